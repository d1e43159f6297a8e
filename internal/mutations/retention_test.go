package mutations

// retentionMutations are bugs in what is deleted because of its age or size.
var retentionMutations = []mutation{
	{
		bug:  "retention deletes what is above the high watermark",
		file: "sim/broker/retention.go",
		old:  "l.upper(n) <= hw && may(n)",
		new:  "may(n)",
		pkg:  broker, run: conversation("retention"),
	},
	{
		bug:  "an active segment is never deleted, however old it is",
		file: "sim/broker/retention.go",
		old:  "\tfor n < len(l.Segments) &&",
		new:  "\tfor n+1 < len(l.Segments) &&",
		pkg:  broker, run: conversation("retention"),
	},
	{
		bug:  "retention.bytes counts what would be left as too much",
		file: "sim/broker/retention.go",
		old:  "if surplus < l.Segments[i].Bytes {",
		new:  "if surplus <= 0 {",
		pkg:  broker, run: conversation("retention_bytes"),
	},
	{
		bug:  "a new record does not make its segment young again",
		file: "sim/broker/segments.go",
		old:  "\ts.Old = false\n",
		new:  "",
		pkg:  broker, run: conversation("retention_young"),
	},
	{
		bug:  "segment.ms ends no segment",
		file: "sim/broker/segments.go",
		old:  "if s.Bytes > 0 && (full || s.Full) {",
		new:  "if s.Bytes > 0 && full {",
		pkg:  broker, run: conversation("retention"),
	},
	{
		bug:  "a segment that is full takes one batch more",
		file: "sim/broker/segments.go",
		old:  "s.Bytes+int64(batch.Bytes) > segmentRoom(",
		new:  "s.Bytes > segmentRoom(",
		pkg:  broker, run: conversation("retention_bytes"),
	},
	{
		bug:  "time stands still while a process is down",
		file: "sim/broker/config.go",
		old:  "{Name: \"segment-age\", Class: sim.Idle, Outlives: true}",
		new:  "{Name: \"segment-age\", Class: sim.Idle}",
		pkg:  broker, run: conversation("retention"),
	},
	{
		bug:  "a message that was deleted unread is never unseen",
		file: "sim/cluster/fates.go",
		old:  "\t\treturn was != (wire.PartitionOffset{}) && s.passed(group, was)\n",
		new:  "\t\treturn was.Offset < 0 && s.passed(group, was)\n",
		pkg:  "./cmd/ksim", run: "TestEveryScenarioRunsAsItsGoldenSays/c15-retention-overtakes",
	},
}
