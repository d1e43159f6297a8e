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
	{
		bug:  "what is pending counts as missed",
		file: "sim/cluster/verdict.go",
		old:  "case effects == 0 && over:",
		new:  "case effects == 0 && (over || f.Worst() == Pending):",
		pkg:  "./sim/cluster", run: "TestAVerdictCountsWhatIsDecided",
	},
	{
		bug:  "a guarantee is named while messages are pending",
		file: "sim/cluster/verdict.go",
		old:  "v.Pending > 0 && (v.Missed",
		new:  "v.Pending > v.Messages && (v.Missed",
		pkg:  "./sim/cluster", run: "TestAVerdictCountsWhatIsDecided",
	},
	{
		bug:  "a crash is said to lose what nobody else can replace",
		file: "cmd/ksim/tui/copies.go",
		old:  "case heirs&^c.held != 0:",
		new:  "case safe != 0:",
		pkg:  "./cmd/ksim/tui", run: "TestTheRiskIsTheBlowThatWouldDoIt",
	},
	{
		bug:  "a power loss is said to take what is on disk",
		file: "cmd/ksim/tui/copies.go",
		old:  "case safe&^c.flushed != 0:",
		new:  "case safe != 0:",
		pkg:  "./cmd/ksim/tui", run: "TestTheRiskIsTheBlowThatWouldDoIt",
	},
	{
		bug:  "the second owner of a partition is not seen",
		file: "cmd/ksim/tui/groups.go",
		old:  "slices.Contains(m.owns, at) {",
		new:  "slices.Contains(m.owns, at) && len(out) == 0 {",
		pkg:  "./cmd/ksim/tui", run: "TestTwoOwnersAreSeen",
	},
}
