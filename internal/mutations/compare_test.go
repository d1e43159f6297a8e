package mutations

// compareMutations are bugs of how two runs are laid side by side.
var compareMutations = []mutation{
	{
		bug:  "what occurs more than once does not meet again",
		file: "sim/value/align.go",
		old:  "n == 0 || m == 0 || n > mostCells/m",
		new:  "n+m >= 0",
		pkg:  "./sim/value", run: "TestEqualLinesMeetAgain",
	},
	{
		bug:  "runs part where only events differ, not what they tell",
		file: "sim/cluster/compare.go",
		old:  " || !slices.Equal(a.Notes(x), b.Notes(y)) {",
		new:  " {",
		pkg:  "./cmd/ksim", run: "TestCommands/compare",
	},
	{
		bug:  "idle steps count as differences",
		file: "sim/cluster/compare.go",
		old:  "i < len(s.Path) && s.Path[i].Idle",
		new:  "i < 0",
		pkg:  "./cmd/ksim", run: "TestCommands/compare",
	},
	{
		bug:  "accounts that differ are the same",
		file: "sim/cluster/compare.go",
		old:  " && !slices.ContainsFunc(c.Sinks, differ)",
		new:  "",
		pkg:  "./cmd/ksim", run: "TestCommands/compare",
	},
	{
		bug:  "a session that goes on from a moment begins its script anew",
		file: "internal/scenario/session.go",
		old:  "marks: []mark{s.marks[id]}}",
		new:  "marks: []mark{{}}}",
		pkg:  "./internal/scenario", run: "TestFromGoesOnAlone",
	},
	{
		bug:  "a consumer's fetch has the broker epoch 0",
		file: "sim/cluster/expert.go",
		old:  "return owned && of.IsValid() && of.IsZero()",
		new:  "return owned && !of.IsValid()",
		pkg:  "./sim/cluster", run: "TestTheExpertsLineHasKafkasNames",
	},
}
