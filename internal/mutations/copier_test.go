package mutations

// copying is the land of walks in which a group copies, with two faults a walk.
const copying = "pipelines and two faults"

// copierMutations are bugs in copiers, and in what is said of copies.
var copierMutations = []mutation{
	{
		bug:  "a copier commits before its copies are written",
		file: "sim/copier/round.go",
		old:  "c.call(Flushing, c.Out.Flush, out)",
		new:  "c.call(Flushing, func(*sim.Out) {}, out)",
		pkg:  "./sim/cluster", run: "TestAKillAtEveryMomentOfACopy",
	},
	{
		bug:  "a copier commits although a send() has failed",
		file: "sim/copier/round.go",
		old:  "c.Out.Spoilt() && !transactional && r.State == Flushing",
		new:  "c.Out.Spoilt() && false",
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
		old:  "return g.flying || g.onLeader > g.readable",
		new:  "return false && g.flying",
		pkg:  "./sim/cluster", run: "TestAKillAtEveryMomentOfACopy",
	},
	{
		bug:  "a message is unseen while nobody leads what its copy is in",
		file: "sim/cluster/copies.go",
		old:  " || !s.led(s.outputs[group])",
		new:  "",
		pkg:  "./sim/cluster", run: walks + "/^pipelines_and_two_faults$",
	},
	{
		bug:  "nobody counts how often a group applies what it reads once",
		file: "sim/cluster/promises_copies.go",
		old:  "!right(times, in.readable, in.onLeader)",
		new:  "!right(min(1, times), in.readable, in.onLeader)",
		pkg:  "./sim/cluster", run: "TestReadUncommittedReadsCopiesTwice",
	},
	{
		bug:  "a copier's positions are no part of its transaction",
		file: "sim/copier/round.go",
		old:  "\tcase r.State == Copying && c.Config.Offsets:\n",
		new:  "\tcase r.State == Copying && c.Config.Offsets && false:\n",
		pkg:  "./sim/cluster", run: "TestAKillAtEveryMomentOfACopy", walked: copying,
	},
	{
		bug:  "a copier commits a transaction that can only be aborted",
		file: "sim/copier/round.go",
		old:  "\tcase c.Out.Spoilt() && transactional:\n",
		new:  "\tcase false:\n",
		pkg:  "./sim/copier", run: conversation("transaction"), walked: copying,
	},
	{
		bug:  "a copier goes on where it was when its transaction was aborted",
		file: "sim/copier/round.go",
		old:  "c.consume(out, c.In.Rewind)",
		new:  "c.consume(out, c.In.Return)",
		pkg:  "./sim/copier", run: conversation("transaction"), walked: copying,
	},
	{
		bug:  "a copier polls before initTransactions() has returned",
		file: "sim/copier/round.go",
		old:  "out.Armed(sim.Timer{Kind: goOnTimer}) || !c.Out.Idle() {",
		new:  "out.Armed(sim.Timer{Kind: goOnTimer}) {",
		pkg:  "./sim/copier", run: conversation("transaction"), walked: copying,
	},
	{
		bug:  "a copier does not say what member of its group it is (KIP-447)",
		file: "sim/copier/round.go",
		old:  "if !c.Config.Anonymous {\n\t\tc.Round.Member",
		new:  "if c.Config.Anonymous {\n\t\tc.Round.Member",
		pkg:  "./sim/copier", run: conversation("transaction"), walked: copying,
	},
	{
		bug:  "a member that the group does not have is the end of the producer",
		file: "sim/producer/txn_answers.go",
		old:  "kind == commitOffsets && strange(err)",
		new:  "false && strange(err)",
		pkg:  "./sim/copier", run: conversation("transaction"),
	},
	{
		bug:  "with transaction.version 2 the client adds the group's partition",
		file: "sim/producer/txn_offsets.go",
		old:  "\tif r.Adds {",
		new:  "\tif false {",
		pkg:  "./sim/copier", run: conversation("transaction_version_2"),
	},
	{
		bug:  "a group's coordinator that has moved is asked again",
		file: "sim/producer/txn_requests.go",
		old:  "\t\tfind = &wire.FindCoordinatorRequest{Group: r.Group}\n",
		new:  "\t\t_ = r\n",
		pkg:  "./sim/copier", run: conversation("transaction_version_2"),
	},
}
