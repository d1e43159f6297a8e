package mutations

// addMutations are bugs of consumers that are added to a run.
var addMutations = []mutation{
	{
		bug:  "whom somebody was added like makes no difference",
		file: "sim/slot.go",
		old:  "uint64(s.like)<<8 | uint64(s.health)<<1",
		new:  "uint64(s.health)<<1",
		pkg:  kernel, run: "TestWhomItIsLikeMakesADifference",
	},
	{
		bug:  "who has not been added can be partitioned",
		file: "sim/act.go",
		old:  "w.Missing(e.Node, e.Peer)",
		new:  "w.Missing(e.Node)",
		pkg:  kernel, run: "TestWhoIsNotThereYet",
	},
	{
		bug:  "who is added starts at once",
		file: "sim/add.go",
		old:  "boot := w.now.Add(w.Costs.Boot[id])",
		new:  "boot := w.now",
		pkg:  kernel, run: "TestWhoIsAddedStartsAndTakesPart",
	},
	{
		bug:  "what a consumer that was added applies is in no sink",
		file: "sim/cluster/add.go",
		old:  "Account{Group: like.Group, ",
		new:  "Account{Group: -1, ",
		pkg:  "./sim/cluster", run: "TestAnAddedConsumerSharesTheWork",
	},
	{
		bug:  "a sink does not know the offsets of what a consumer that was added has applied",
		file: "sim/cluster/add.go",
		old:  "ByOffset: like.ByOffset",
		new:  "ByOffset: false",
		pkg:  "./sim/cluster", run: "TestASinkThatKnowsOffsets",
	},
	{
		bug:  "a static member can be started twice",
		file: "sim/cluster/add.go",
		old:  "case c.Config.Instance != \"\":",
		new:  "case false:",
		pkg:  "./sim/cluster", run: "TestWhoCanNotBeAdded",
	},
	{
		bug:  "a script may strike who is never added",
		file: "sim/cluster/orders.go",
		old:  "\t\tif int(id) > n.nodes {\n",
		new:  "\t\tif false {\n",
		pkg:  "./sim/cluster", run: "TestWhoIsNotThereYetHasAName",
	},
}
