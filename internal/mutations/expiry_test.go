package mutations

// expiryMutations are bugs in how long committed offsets are kept.
var expiryMutations = []mutation{
	{
		bug:  "committed offsets expire although their group reads (KAFKA-4682)",
		file: "sim/broker/offsetages.go",
		old:  "g.State == Stable && !g.subscribes(c.At.Topic) && old(c.At)",
		new:  "old(c.At)",
		pkg:  broker, run: conversation("offset_expiry"),
	},
	{
		bug:  "an offset of an empty group counts from its commit",
		file: "sim/broker/offsetages.go",
		old:  "\t\treturn old(wire.Partition{})\n",
		new:  "\t\treturn old(c.At)\n",
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
		old:  "return slices.Contains(m.Subscription.Topics, topic)",
		new:  "return len(m.Subscription.Topics) > 0",
		pkg:  broker, run: conversation("offset_expiry"),
	},
	{
		bug:  "a new commit does not live anew",
		file: "sim/broker/offsetages.go",
		old:  "\tb.Ages[i].Old = false\n",
		new:  "",
		pkg:  broker, run: conversation("offset_expiry_since_commit"),
	},
	{
		bug:  "a coordinator goes on looking at what another one leads",
		file: "sim/broker/coordinator.go",
		old:  "\tb.uncount(at, out)\n",
		new:  "",
		pkg:  broker, run: conversation("offset_expiry"),
	},
}
