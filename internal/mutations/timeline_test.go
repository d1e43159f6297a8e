package mutations

const line = "./sim/timeline"

// timelineMutations are bugs of what an event is said to come from.
var timelineMutations = []mutation{
	{
		bug:  "a timer is said to come from where an earlier one was set",
		file: "sim/slot.go",
		old:  "\t\ts.timers[i] = a\n",
		new:  "\t\ta.origin = s.timers[i].origin\n\t\ts.timers[i] = a\n",
		pkg:  kernel, run: "TestAnEventComesFromTheStepThatBroughtItAbout",
	},
	{
		bug:  "what a pause kept back is said to have been on time",
		file: "sim/timeline/cause.go",
		old:  "t.On(k).At < o.Due",
		new:  "t.On(k).At > o.Due",
		pkg:  line, run: "TestWhatWasKeptFromHappeningSaysWhatLetItGo",
	},
	{
		bug:  "a packet that is lost is not missed",
		file: "sim/timeline/cause.go",
		old:  "for ; lost > 0; lost-- {",
		new:  "for ; lost > 1; lost-- {",
		pkg:  line, run: "TestEffectsAreCausesReadBackwards",
	},
	{
		bug:  "a start is said to come from the beginning",
		file: "sim/fault.go",
		old:  "r.w.now.Add(r.w.Costs.Boot[e.Node]), r.w.step",
		new:  "r.w.now.Add(r.w.Costs.Boot[e.Node]), 0",
		pkg:  line, run: "TestARestartIsWhereAStartComesFrom",
	},
}
