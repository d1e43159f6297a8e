package mutations

// txnOffsetMutations are bugs in what a group coordinator makes of positions that are part of a transaction.
var txnOffsetMutations = []mutation{
	{
		bug:  "a position holds before its transaction is committed",
		file: "sim/broker/txnoffsets.go",
		old:  "\treturn open\n}",
		new:  "\treturn holds\n}",
		pkg:  broker, run: conversation("txn_offsets"), walked: copying,
	},
	{
		bug:  "a marker counts before it is committed",
		file: "sim/broker/txnoffsets.go",
		old:  "if counts(batch.Base) {",
		new:  "if batch != nil {",
		pkg:  broker, run: conversation("txn_offsets"),
	},
	{
		bug:  "a group's position is given while a transaction may change it (KIP-447)",
		file: "sim/broker/offsets.go",
		old:  "if r.Stable && b.log(",
		new:  "if false && b.log(",
		pkg:  broker, run: conversation("txn_offsets"), walked: copying,
	},
	{
		bug:  "a stable position is given before it is committed",
		file: "sim/broker/offsets.go",
		old:  "r.Stable && b.unsettled(r.Group)",
		new:  "false && b.unsettled(r.Group)",
		pkg:  broker, run: conversation("txn_offsets"),
	},
	{
		bug:  "a member of an old generation commits with its transaction (KIP-447)",
		file: "sim/broker/txnoffsets.go",
		old:  "\t_, err := b.committer(r)\n\treturn err\n",
		new:  "\treturn wire.None\n",
		pkg:  broker, run: conversation("txn_offsets_states"), walked: copying,
	},
	{
		bug:  "who says nothing of its group may not commit with a transaction (KAFKA-18060)",
		file: "sim/broker/txnoffsets.go",
		old:  "r.Generation == wire.NoGeneration && r.Member == wire.NoMember && r.Instance == \"\"",
		new:  "false && r.Instance == \"\"",
		pkg:  broker, run: conversation("txn_offsets_states"),
	},
	{
		bug:  "a fenced producer commits positions",
		file: "sim/broker/txnoffsets.go",
		old:  "p != nil && batch.ProducerEpoch < p.Epoch",
		new:  "p != nil && batch.ProducerEpoch < 0",
		pkg:  broker, run: conversation("txn_offsets_states"),
	},
	{
		bug:  "an aborted position counts",
		file: "sim/broker/txnoffsets.go",
		old:  "\t\t\treturn void\n",
		new:  "\t\t\treturn holds\n",
		pkg:  broker, run: conversation("txn_offsets_markers"), walked: copying,
	},
	{
		bug:  "a marker ends the transactions of other producers",
		file: "sim/broker/txnoffsets.go",
		old:  "m := markers[i]; m.ProducerID == id {",
		new:  "m := markers[i]; m.ProducerID >= 0 {",
		pkg:  broker, run: conversation("txn_offsets_markers"),
	},
	{
		bug:  "a late commit of positions opens a transaction (KIP-890)",
		file: "sim/broker/txnoffsets.go",
		old:  "if !b.mustVerify(u.Request) {",
		new:  "if true || !b.mustVerify(u.Request) {",
		pkg:  broker, run: conversation("txn_offsets_verified"), walked: copying,
	},
	{
		bug:  "a commit of positions that a marker has overtaken opens a transaction",
		file: "sim/broker/txnoffsets.go",
		old:  "err = b.mayOpen(b.log(at), batch, &u.Verification, wire.None)",
		new:  "err = wire.None",
		pkg:  broker, run: conversation("txn_offsets_verified"),
	},
}
