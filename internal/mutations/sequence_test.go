package mutations

// sequenceMutations are bugs of idempotence, in brokers and in the producer.
var sequenceMutations = []mutation{
	{
		bug:  "a log does not know a batch again",
		file: "sim/broker/producers.go",
		old:  "s.First == b.BaseSequence && s.Last == b.LastSequence()",
		new:  "s.First == b.BaseSequence && s.Last != b.LastSequence()",
		pkg:  broker, run: conversation("idempotence"), walked: "clients",
	},
	{
		bug:  "a log takes sequences out of order",
		file: "sim/broker/producers.go",
		old:  "b.ProducerEpoch == p.Epoch && b.BaseSequence != wire.NextSequence(p.last(), 1):",
		new:  "b.ProducerEpoch == p.Epoch && b.BaseSequence < 0:",
		pkg:  broker, run: conversation("idempotence"), walked: "clients",
	},
	{
		bug:  "a follower does not learn the producers of what it copies",
		file: "sim/broker/replicate.go",
		old:  "\t\tb.noteProducer(l, batch, out)\n",
		new:  "",
		pkg:  broker, run: conversation("idempotence_replicas"), walked: "clients",
	},
	{
		bug:  "a batch that is sent again gets another number",
		file: "sim/producer/sequence.go",
		old:  "if b.Reset = false; b.numbered() {",
		new:  "if b.Reset = false; b.Sequence > wire.NextSequence(b.Sequence, 1) {",
		pkg:  producer, run: conversation("idempotence"), walked: "clients",
	},
	{
		bug:  "a retry goes before batches with smaller numbers",
		file: "sim/producer/sequence.go",
		old:  "!other.numbered() || other.Sequence >= b.Sequence",
		new:  "!other.numbered() || other.Sequence >= 0",
		pkg:  producer, run: conversation("idempotence"),
	},
	{
		bug:  "what timed out has failed for certain",
		file: "sim/producer/complete.go",
		old:  "case wire.NetworkException, wire.RequestTimedOut, wire.NotEnoughReplicasAfter,",
		new:  "case wire.NetworkException, wire.NotEnoughReplicasAfter,",
		pkg:  producer, run: conversation("delivery_timeout"), walked: "acks=all",
	},
}
