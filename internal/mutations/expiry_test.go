package mutations

// expiryMutations are bugs in how long committed offsets are kept.
var expiryMutations = []mutation{
	{
		bug:  "committed offsets expire although their group reads (KAFKA-4682)",
		file: "sim/broker/offsetages.go",
		old:  "settled && !slices.Contains(g.Read, c.At.Topic) && mine.Old",
		new:  "settled && mine.Old",
		pkg:  broker, run: conversation("offset_expiry"),
	},
	{
		bug:  "an offset of an empty group counts from its commit",
		file: "sim/broker/offsetages.go",
		old:  "age(wire.Partition{}).Old",
		new:  "mine.Old",
		pkg:  broker, run: conversation("offset_expiry"),
	},
	{
		bug:  "the time without members goes on while there are some",
		file: "sim/broker/rebalance.go",
		old:  "\t\tb.inUse(g.ID, out)\n",
		new:  "",
		pkg:  broker, run: conversation("offset_expiry"),
	},
	{
		bug:  "offsets of topics that nobody reads any more are kept for ever",
		file: "sim/broker/offsetages.go",
		old:  "!slices.Contains(g.Read, c.At.Topic)",
		new:  "len(g.Read) == 0",
		pkg:  broker, run: conversation("offset_expiry"),
	},
	{
		bug:  "a new commit does not live anew",
		file: "sim/broker/offsetages.go",
		old:  "\tb.Ages[i].Old, b.Ages[i].Past = false, false\n",
		new:  "",
		pkg:  broker, run: conversation("offset_expiry_since_commit"),
	},
	{
		bug:  "a group that joins keeps nothing that its last generation did not read (KAFKA-13636)",
		file: "sim/broker/offsetages.go",
		old:  "b.Config.ExpireJoining && g.Generation > 0",
		new:  "g.Generation > 0",
		pkg:  broker, run: conversation("offset_expiry_join"),
	},
	{
		bug:  "a group that has had no members counts as one that reads",
		file: "sim/broker/rebalance.go",
		old:  "Empty, wire.NoMember, \"\", nil",
		new:  "Empty, wire.NoMember, \"\", g.Read",
		pkg:  broker, run: conversation("offset_expiry_join_unread"),
	},
	{
		bug:  "what was loaded has expired (KAFKA-8069)",
		file: "sim/broker/offsetages.go",
		old:  ".Past = b.Config.ExpireLoaded",
		new:  ".Past = !b.Config.ExpireLoaded",
		pkg:  broker, run: conversation("offset_expiry_loaded"),
	},
	{
		bug:  "a coordinator goes on looking at what another one leads",
		file: "sim/broker/coordinator.go",
		old:  "\tb.uncount(at, out)\n",
		new:  "",
		pkg:  broker, run: conversation("offset_expiry"),
	},
}
