package mutations

// membershipMutations are bugs of a member of a group, and of the assignors.
var membershipMutations = []mutation{
	{
		bug:  "assignors take topics in the order in which they were created",
		file: "sim/consumer/assign.go",
		old:  "cmp.Compare(a.Name, b.Name), cmp.Compare(a.Topic, b.Topic)",
		new:  "cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Name, b.Name)",
		pkg:  "./sim/cluster", run: "TestAssignorsGoByTheNamesOfTopics",
	},
	{
		bug:  "a commit in onPartitionsRevoked is not waited for",
		file: "sim/consumer/listener.go",
		old:  "\tif c.committing(commitRevoke) {\n",
		new:  "\tif c.committing(commitGivenUp) {\n",
		pkg:  consumer, run: conversation("on_revoke"),
	},
	{
		bug:  "a cooperative member that gave something up does not join again",
		file: "sim/consumer/join.go",
		old:  "m.Rejoin = m.Rejoin || len(surplus) > 0",
		new:  "m.Rejoin = m.Rejoin || len(surplus) > 99",
		pkg:  consumer, run: conversation("cooperative"),
	},
	{
		bug:  "a cooperative member stops reading while it joins",
		file: "sim/consumer/consumer.go",
		old:  "\tif c.withheld() {\n",
		new:  "\tif c.withheld() || c.Member.Pending {\n",
		pkg:  consumer, run: conversation("cooperative"),
	},
	{
		bug:  "a leader does not notice a partition more",
		file: "sim/consumer/join.go",
		old:  "c.Net.Meta.Count(t.Topic) != int(t.Count)",
		new:  "c.Net.Meta.Count(t.Topic) < int(t.Count)",
		pkg:  consumer, run: conversation("lead"),
	},
	{
		bug:  "a static member says good-bye",
		file: "sim/consumer/member.go",
		old:  "if c.Config.Instance == \"\" && m.State",
		new:  "if m.State",
		pkg:  consumer, run: conversation("static_close"),
	},
	{
		bug:  "who is out of the group sends its commit all the same",
		file: "sim/consumer/commit.go",
		old:  "if m.Err = c.standing(); m.Err != wire.None {",
		new:  "if m.Err = c.standing(); m.Err == wire.RebalanceInProgress {",
		pkg:  consumer, run: conversation("max_poll"),
	},
	{
		bug:  "of two claims of different generations the older counts",
		file: "sim/consumer/assign_sticky.go",
		old:  "\t\t\tcase 1:\n",
		new:  "\t\t\tcase -1:\n",
		pkg:  consumer, run: "TestAssignorsAgreeWithKafka",
	},
	{
		bug:  "what another still owns is given away",
		file: "sim/consumer/assign_sticky.go",
		old:  "\t\tif cooperative {\n",
		new:  "\t\tif cooperative && i < 0 {\n",
		pkg:  consumer, run: "TestCooperativeTakesTwoRounds", walked: "cooperative group",
	},
	{
		bug:  "the sticky assignor takes away more than it must",
		file: "sim/consumer/assign_sticky.go",
		old:  "\t\tn = e.max\n\t\te.over--\n",
		new:  "\t\te.exact = append(e.exact, i)\n",
		pkg:  consumer, run: "TestStickyMovesAsLittleAsItCan",
	},
	{
		bug:  "members that want different topics are not evened out",
		file: "sim/consumer/assign_unequal.go",
		old:  "if u.even(all) && !fresh && u.score() >= score {",
		new:  "if len(all) > 999 && !fresh && u.score() >= score {",
		pkg:  consumer, run: "TestUnequalMembersCouldNotGetMore",
	},
	{
		bug:  "a takeover is over when the first partition is read again",
		file: "sim/cluster/figures.go",
		old:  "longest(func(l *logbook) []sim.Duration { return l.takeover })",
		new:  "median(func(l *logbook) []sim.Duration { return l.takeover })",
		pkg:  "./sim/cluster", run: "TestATakeoverLastsUntilEverythingIsReadAgain",
	},
}
