package mutations

const kernel = "./sim"

// networkMutations are bugs of connections.
var networkMutations = []mutation{
	{
		bug:  "what hangs in the network comes at the end of a run only",
		file: "sim/act.go",
		old:  "if l.up.held && !l.open {",
		new:  "if l.up.held && l.open {",
		pkg:  "./sim/explore", run: "TestARequestThatHangsComesAtEveryMoment",
	},
	{
		bug:  "what could not leave a machine is sent without power",
		file: "sim/network.go",
		old:  "\t\ts.keep(0, r.w.now)\n",
		new:  "",
		pkg:  kernel, run: "TestWhatHasNotLeftDiesWithTheMachineOnly",
	},
	{
		bug:  "a power loss takes what has left the machine",
		file: "sim/network.go",
		old:  "!s.held && r.w.blocked[id].Has(l.Peer(id))",
		new:  "!s.held",
		pkg:  kernel, run: "TestWhatHasNotLeftDiesWithTheMachineOnly",
	},
	{
		bug:  "a power loss takes what the network holds",
		file: "sim/network.go",
		old:  "!s.done && !s.held && ",
		new:  "!s.done && ",
		pkg:  kernel, run: "TestWhatHasNotLeftDiesWithTheMachineOnly",
	},
	{
		bug:  "nobody is told of a machine that is back if the end could not be sent before",
		file: "sim/link.go",
		old:  "\ts.sealed, s.last = false, now\n",
		new:  "\ts.last = now\n",
		pkg:  kernel, run: "TestWhatHasNotLeftDiesWithTheMachineOnly",
	},
	{
		bug:  "a machine without power opens a connection later",
		file: "sim/network.go",
		old:  "to != Off || l.cold && id == l.Client {",
		new:  "to != Off || l.cold && l.Client == 0 {",
		pkg:  kernel, run: "TestWhatNeverHadAConnectionDiesWithTheMachine",
	},
	{
		bug:  "a connection that nobody talks on keeps its number",
		file: "sim/network.go",
		old:  "l.lingers() && !l.unserved {",
		new:  "l.lingers() && l.unserved {",
		pkg:  kernel, run: "TestAConnectionOnWhichNothingComesGivesItsNumberBack",
	},
	{
		bug:  "the answer to a request that was given up goes to the next connection",
		file: "sim/network.go",
		old:  "l.lingers() && !l.unserved {",
		new:  "l.lingers() {",
		pkg:  kernel, run: "TestAConnectionOnWhichTheServerWillAnswerKeepsItsNumber",
	},
	{
		bug:  "since when a process is paused is no part of the world",
		file: "sim/slot.go",
		old:  "\tif exact && s.paused {\n",
		new:  "\tif exact && s.pause < 0 {\n",
		pkg:  kernel, run: "TestSinceWhenAProcessIsPausedCounts",
	},
	{
		bug:  "a cluster without group.version has the consumer protocol",
		file: "sim/cluster/protocol.go",
		old:  "case p.base.modern.off:",
		new:  "case p.base.modern.off && p.version.Before(Release{4, 0}):",
		pkg:  "./cmd/ksim", run: "TestCommands/protocol",
	},
	{
		bug:  "who was told 256 times was told nothing",
		file: "sim/cluster/ledger.go",
		old:  "return r.Acked == 0 && r.SentOK == 0 && r.Failed == 0 && r.Unknown == 0",
		new:  "return r.Acked+r.SentOK+r.Failed+r.Unknown == 0",
		pkg:  "./sim/cluster", run: "TestWhatIsCountedNoFurther",
	},
	{
		bug:  "a call that may wait for nothing takes no time",
		file: "sim/producer/txn_app.go",
		old:  "max(p.Config.MaxBlock, shortestCall)",
		new:  "max(p.Config.MaxBlock, shortestCall-sim.Millisecond)",
		pkg:  "./cmd/ksim", run: "TestCommands/transactions",
	},
	{
		bug:  "what mends is not looked at",
		file: "sim/explore/finish.go",
		old:  "\t\tif o.finding = s.changed(r, from); o.finding != nil {\n",
		new:  "\t\tif o.finding != nil {\n",
		pkg:  "./sim/explore", run: "TestWhatMendsIsLookedAt",
	},
	{
		bug:  "a search that has cut a run off claims to have covered it",
		file: "sim/explore/finish.go",
		old:  "\t\t\to.cut = true\n",
		new:  "",
		pkg:  "./sim/explore", run: "TestARunWithTooManyEventsIsNotCovered",
	},
}
