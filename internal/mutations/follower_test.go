package mutations

// followerMutations are bugs of a follower.
var followerMutations = []mutation{
	{
		bug:  "a follower truncates to its high watermark (KIP-101)",
		file: "sim/broker/replica.go",
		old:  "\tb.stopFollowers(r, out)\n\tr.Role = Follows\n",
		new:  "\tb.stopFollowers(r, out)\n\tr.Role = Follows\n\tb.truncate(r, b.log(r.At), r.HW, out)\n",
		pkg:  broker, run: conversation("truncation"), walked: "acks=all",
	},
	{
		bug:  "a follower does not truncate",
		file: "sim/broker/replicate.go",
		old:  "\tb.truncate(r, l, min(to, l.End()), out)\n",
		new:  "\tr.BackingOff = to < 0\n",
		pkg:  broker, run: conversation("truncation"),
	},
	{
		bug:  "a follower truncates to the leader's word without looking at its own epochs (KIP-279)",
		file: "sim/broker/replicate.go",
		old:  "\tif own.End != wire.NoOffset {\n",
		new:  "\tif own.End < 0 {\n",
		pkg:  broker, run: conversation("truncation"),
	},
	{
		bug:  "a follower truncates no further than its high watermark",
		file: "sim/broker/replicate.go",
		old:  "\tb.truncate(r, l, min(to, l.End()), out)\n",
		new:  "\tb.truncate(r, l, max(r.HW, min(to, l.End())), out)\n",
		pkg:  broker, run: conversation("truncation"),
	},
	{
		bug:  "an answer of an old epoch is appended",
		file: "sim/broker/replicate.go",
		old:  "r.Role != Follows || r.LeaderEpoch != asked.CurrentEpoch",
		new:  "r.Role != Follows",
		pkg:  broker, run: conversation("follower_stale"),
	},
	{
		bug:  "a batch of a later epoch than the one asked in is appended (KAFKA-18723)",
		file: "sim/broker/replicate.go",
		old:  "\t\tif batch.Epoch > r.LeaderEpoch {\n\t\t\tbreak\n\t\t}\n",
		new:  "",
		pkg:  broker, run: conversation("follower_stale"),
	},
	{
		bug:  "a follower's high watermark passes its log's end",
		file: "sim/broker/replicate.go",
		old:  "min(res.HighWatermark, l.End())",
		new:  "res.HighWatermark",
		pkg:  broker, run: conversation("follower"),
	},
	{
		bug:  "a follower's high watermark never falls",
		file: "sim/broker/replicate.go",
		old:  "max(l.Start, min(res.HighWatermark",
		new:  "max(r.HW, min(res.HighWatermark",
		pkg:  broker, run: conversation("follower"),
	},
	{
		bug:  "a fenced follower goes on asking",
		file: "sim/broker/replicate.go",
		old:  "\t\tr.Failed = true // until new metadata\n",
		new:  "",
		pkg:  broker, run: conversation("follower"),
	},
	{
		bug:  "a follower does not back off after an error",
		file: "sim/broker/replicate.go",
		old:  "\tr.BackingOff = true\n",
		new:  "",
		pkg:  broker, run: conversation("follower"),
	},
}
