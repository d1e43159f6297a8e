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
		old:  "t.BareOn(k).At < o.Due",
		new:  "t.BareOn(k).At > o.Due",
		pkg:  line, run: "TestWhatWasKeptFromHappeningSaysWhatLetItGo",
	},
	{
		bug:  "a packet that is lost is not missed",
		file: "sim/timeline/effects.go",
		old:  "for ; lost > 0; lost-- {",
		new:  "for ; lost > 1; lost-- {",
		pkg:  line, run: "TestEffectsAreCausesReadBackwards",
	},
	{
		bug:  "a session that ends is laid to the last heartbeat alone",
		file: "sim/timeline/cause.go",
		old:  "for k > 0 && t.On(k-1).World.Silent(e) {",
		new:  "for k > 0 && !t.On(k-1).World.Silent(e) {",
		pkg:  line, run: "TestASessionThatIsOverComesFromTheDeath",
	},
	{
		bug:  "a life goes on at a place where nobody has the message any more",
		file: "sim/cluster/life.go",
		old:  "p.At == n.At && p.holders != 0 && l.passes(p, n)",
		new:  "p.At == n.At && l.passes(p, n)",
		pkg:  "./sim/cluster", run: "TestALifeEndsWithItsLastCopy",
	},
	{
		bug:  "the ISR changes of the controller count as a leader's",
		file: "sim/cluster/strides.go",
		old:  "a.Err == wire.None && was != nil && is != nil && was.Wish != 0 && was.Wish != is.Wish",
		new:  "was == nil || is == nil || was.ISR == is.ISR",
		pkg:  "./sim/cluster", run: "TestMetricsOfAFollowerThatLags",
	},
	{
		bug:  "a partition without a leader counts as one that lacks replicas, and not as offline",
		file: "sim/cluster/gauges.go",
		old:  "n += when(p.Leader == wire.Nobody)",
		new:  "n += when(p.Leader != wire.Nobody && p.ISR.Len() == 0)",
		pkg:  "./sim/cluster", run: "TestMetricsOfALeaderThatDies",
	},
	{
		bug:  "record-error-total does not count a send() that throws",
		file: "sim/cluster/strides.go",
		old:  "\t\t\tout = append(out, Metric{Label: s.names.Node(n.Node), Value: 1})\n",
		new:  "\t\t\tif n.At.Topic != 0 {\n\t\t\t\tout = append(out, Metric{Label: s.names.Node(n.Node), Value: 1})\n\t\t\t}\n",
		pkg:  "./sim/cluster", run: "TestMetricsOfSendsThatThrow",
	},
	{
		bug:  "a start is said to come from the beginning",
		file: "sim/fault.go",
		old:  "r.w.now.Add(r.w.Costs.Boot[e.Node]), r.w.step",
		new:  "r.w.now.Add(r.w.Costs.Boot[e.Node]), 0",
		pkg:  line, run: "TestARestartIsWhereAStartComesFrom",
	},
}
