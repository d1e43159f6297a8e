package mutations

// fateMutations are bugs in what is said of messages.
var fateMutations = []mutation{
	{
		bug:  "a message that is delivered again has been overtaken",
		file: "sim/cluster/keyorder.go",
		old:  "\t\tseen[e.Message] = true\n",
		new:  "",
		pkg:  "./sim/cluster", run: "TestOrderOfAKey",
	},
	{
		bug:  "messages of two keys must keep their order",
		file: "sim/cluster/keyorder.go",
		old:  "h.Message.Producer != e.Message.Producer || other != key",
		new:  "h.Message.Producer != e.Message.Producer || other == key+\"?\"",
		pkg:  "./sim/cluster", run: "TestOrderOfAKey",
	},
}
