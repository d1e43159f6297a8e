package mutations

// copierMutations are bugs in copiers, and in what is said of copies.
var copierMutations = []mutation{
	{
		bug:  "a copier commits before its copies are written",
		file: "sim/copier/round.go",
		old:  "\tcase r.State == Copying:\n\t\tr.State = Flushing\n",
		new:  "\tcase false:\n\t\tr.State = Flushing\n",
		pkg:  "./sim/cluster", run: "TestAKillAtEveryMomentOfACopy",
	},
	{
		bug:  "a copier commits although a send() has failed",
		file: "sim/copier/round.go",
		old:  "\tcase c.Out.Fed.Failed:",
		new:  "\tcase false && c.Out.Fed.Failed:",
		pkg:  "./sim/copier", run: conversation("failure"),
	},
	{
		bug:  "a copier that is told to stop leaves its round",
		file: "sim/copier/round.go",
		old:  "c.Closing && c.In.App.State == consumer.Polling",
		new:  "c.Closing && c.In.App.State != consumer.Stopped",
		pkg:  "./sim/copier", run: conversation("failure"),
	},
	{
		bug:  "a copy counts as the message itself",
		file: "sim/cluster/copies.go",
		old:  "if r.Copier == wire.Nobody {",
		new:  "if r.Copier >= wire.Nobody {",
		pkg:  "./sim/cluster", run: "TestACopyIsWhatAGroupMakesOfAMessage",
	},
	{
		bug:  "a message is unseen while its copy is under way",
		file: "sim/cluster/copies.go",
		old:  "\treturn g.flying || g.onLeader > g.readable\n",
		new:  "\treturn false && g.flying\n",
		pkg:  "./sim/cluster", run: "TestAKillAtEveryMomentOfACopy",
	},
}
