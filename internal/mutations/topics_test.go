package mutations

// topicMutations are bugs in what is done when topics change.
var topicMutations = []mutation{
	{
		bug:  "a fetch of a deleted topic is served from the one created after it",
		file: "sim/broker/fetch.go",
		old:  "t == nil || t.Creation != p.Creation",
		new:  "t == nil",
		pkg:  broker, run: conversation("topic_deleted"),
	},
	{
		bug:  "the log of a deleted topic is taken for that of the new one",
		file: "sim/broker/remove.go",
		old:  "p.Holds(b.Self) && t.Creation == l.Creation",
		new:  "p.Holds(b.Self) && t.Creation >= 0",
		pkg:  broker, run: conversation("topic_recreated_unseen"),
	},
	{
		bug:  "offsets outlive the topic that they were committed in",
		file: "sim/broker/remove.go",
		old:  "\t\t\tb.forgetOffsets(t.ID, out)\n",
		new:  "",
		pkg:  broker, run: conversation("topic_deleted"),
	},
	{
		bug:  "records above the high watermark are deleted",
		file: "sim/broker/remove.go",
		old:  "r.Role == Leads && before <= r.HW",
		new:  "r.Role == Leads",
		pkg:  broker, run: conversation("delete_records"),
	},
	{
		bug:  "a follower keeps what its leader has deleted",
		file: "sim/broker/replicate.go",
		old:  "\tb.raiseStart(l, min(res.LogStart, r.HW), \"its leader has deleted them\", out)\n",
		new:  "",
		pkg:  broker, run: conversation("delete_records_follower"),
	},
	{
		bug:  "the epoch cache forgets the epoch that the log begins in",
		file: "sim/broker/epochs.go",
		old:  "[]EpochStart{{l.Epochs[n-1].Epoch, start}}",
		new:  "[]EpochStart{}",
		pkg:  broker, run: conversation("delete_records"),
	},
	{
		bug:  "new partitions are placed on fenced brokers like on others",
		file: "sim/controller/topics.go",
		old:  "if k.Image.Broker(id).Fenced {",
		new:  "if id == 0 {",
		pkg:  controller, run: conversation("topics"),
	},
	{
		bug:  "a topic gets fewer partitions",
		file: "sim/controller/topics.go",
		old:  "if len(records) > 1 {",
		new:  "if len(records) > 0 {",
		pkg:  controller, run: conversation("topics"),
	},
	{
		bug:  "leader epochs that begin anew are never believed (KAFKA-12257)",
		file: "sim/client/metadata.go",
		old:  "news.Epoch < p.Epoch && !anew",
		new:  "news.Epoch < p.Epoch && (!anew || true)",
		pkg:  consumer, run: conversation("topic_recreated_epochs"),
	},
	{
		bug:  "nobody reads new partitions",
		file: "sim/consumer/join.go",
		old:  "c.Net.Meta.Count(t.Topic) != int(t.Count)",
		new:  "c.Net.Meta.Count(t.Topic) < 0",
		pkg:  consumer, run: conversation("partitions_added"),
	},
	{
		bug:  "the group waits for a topic that was deleted",
		file: "sim/consumer/join.go",
		old:  "known = known && c.Net.Meta.Knows(t)",
		new:  "known = known && n > 0",
		pkg:  consumer, run: conversation("topic_recreated"),
	},
}
