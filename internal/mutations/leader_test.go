package mutations

// conversation is the test that holds one conversation of a node.
func conversation(name string) string { return "TestConversations/^" + name + "$" }

const broker = "./sim/broker"

// leaderMutations are bugs of a leader: appending, answering, the high watermark.
var leaderMutations = []mutation{
	{
		bug:  "the high watermark ignores the ISR",
		file: "sim/broker/isr.go",
		old:  "\t\t\thw = min(hw, f.End)\n",
		new:  "\t\t\thw = max(hw, f.End)\n",
		pkg:  broker, run: conversation("acks"), walked: "acks=all", searched: true,
	},
	{
		bug:  "the high watermark is over the confirmed ISR only (KIP-497)",
		file: "sim/broker/isr.go",
		old:  "\tmaximal := r.MaximalISR()\n",
		new:  "\tmaximal := r.ISR\n",
		pkg:  broker, run: conversation("high_watermark"),
	},
	{
		bug:  "a shrink counts before the controller has confirmed it (KIP-497)",
		file: "sim/broker/replica.go",
		old:  "{ return r.ISR | r.Wish }",
		new:  "{\n\tif r.Wish != 0 {\n\t\treturn r.Wish\n\t}\n\treturn r.ISR\n}",
		pkg:  broker, run: conversation("isr_shrink"), walked: "acks=all",
	},
	{
		bug:  "the high watermark leaves behind who is about to join the ISR",
		file: "sim/broker/isr.go",
		old:  "maximal.Has(f.ID) || b.caughtUp(r, f, out) && b.eligible(f)",
		new:  "maximal.Has(f.ID)",
		pkg:  broker, run: conversation("high_watermark_joining"),
	},
	{
		bug:  "the high watermark rises below min.insync.replicas (KAFKA-15583)",
		file: "sim/broker/isr.go",
		old:  "\tif !b.Config.LooseHW && r.ISR.Len() < b.minISR(r) {\n",
		new:  "\tif r.ISR.Len() < 1 {\n",
		pkg:  broker, run: conversation("min_isr"),
	},
	{
		bug:  "acks=all does not ask for min.insync.replicas",
		file: "sim/broker/produce.go",
		old:  "acks == wire.AcksAll && r.ISR.Len() < b.minISR(r)",
		new:  "acks == wire.AcksAll && r.ISR.Len() < 1",
		pkg:  broker, run: conversation("min_isr"),
	},
	{
		bug:  "acks=1 asks for min.insync.replicas",
		file: "sim/broker/produce.go",
		old:  "acks == wire.AcksAll && r.ISR.Len() < b.minISR(r)",
		new:  "r.ISR.Len() < b.minISR(r)",
		pkg:  broker, run: conversation("min_isr"),
	},
	{
		bug:  "an answer without an append",
		file: "sim/broker/produce.go",
		old:  "\tb.appendBatch(r, l, part.Batch, out)\n",
		new:  "",
		pkg:  broker, run: conversation("acks"),
	},
	{
		bug:  "acks=all is answered like acks=1",
		file: "sim/broker/produce.go",
		old:  "\tif b.decided(&d) {\n",
		new:  "\tif b.decided(&d) || d.Markers == nil {\n",
		pkg:  broker, run: conversation("acks"), searched: true,
	},
	{
		bug:  "a broker that does not lead appends",
		file: "sim/broker/produce.go",
		old:  "\tcase r.Role != Leads:\n\t\treturn wire.NotLeaderOrFollower\n\tcase acks",
		new:  "\tcase acks",
		pkg:  broker, run: conversation("acks"),
	},
	{
		bug:  "acks=0 with an error leaves the connection open",
		file: "sim/broker/produce.go",
		old:  "\t\t\tout.Refuse(c)\n\t\t\treturn\n",
		new:  "",
		pkg:  broker, run: conversation("acks"),
	},
	{
		bug:  "a request that waits is answered as good when leadership is lost",
		file: "sim/broker/produce.go",
		old:  "p.settle(wire.NotLeaderOrFollower)",
		new:  "p.settle(wire.None)",
		pkg:  broker, run: conversation("purgatory"),
	},
	{
		bug:  "a server reads the next request before it has answered the last",
		file: "sim/enabled.go",
		old:  "\treturn down || !l.unserved\n",
		new:  "\treturn true\n",
		pkg:  broker, run: conversation("acks"),
	},
	{
		bug:  "a fetch's answer carries the high watermark from after this fetch",
		file: "sim/broker/fetch.go",
		old:  "\t\tif moved {\n\t\t\tb.advance(r, out)\n\t\t}\n",
		new:  "\t\tif moved {\n\t\t\tb.advance(r, out)\n\t\t}\n\t\tres.HighWatermark = r.HW\n",
		pkg:  broker, run: conversation("fetch_follower"),
	},
	{
		bug:  "a fetch at N confirms N",
		file: "sim/broker/fetch.go",
		old:  "f.End, f.LeaderEnd, f.BrokerEpoch = p.Offset, end,",
		new:  "f.End, f.LeaderEnd, f.BrokerEpoch = min(p.Offset+1, end), end,",
		pkg:  broker, run: conversation("fetch_follower"),
	},
	{
		bug:  "a consumer reads above the high watermark",
		file: "sim/broker/fetch.go",
		old:  "\treturn r.HW\n",
		new:  "\treturn b.log(r.At).End()\n",
		pkg:  broker, run: conversation("fetch_consumer"),
	},
	{
		bug:  "a new leader tells a latest offset that it does not know yet (KIP-207)",
		file: "sim/broker/fetch.go",
		old:  "req.Replica == wire.Nobody && r.HW < r.EpochStart:",
		new:  "req.Replica == wire.Nobody && r.HW < 0:",
		pkg:  broker, run: conversation("new_leader"),
	},
	{
		bug:  "a new leader takes the followers' word from before its epoch",
		file: "sim/broker/replica.go",
		old:  "f := Follower{ID: id, End: wire.NoOffset,",
		new:  "f := Follower{ID: id, End: end,",
		pkg:  broker, run: conversation("new_leader"), walked: "acks=all",
	},
	{
		bug:  "a new leader does not note where its epoch begins (KAFKA-7415)",
		file: "sim/broker/replica.go",
		old:  "\t\tl.assign(r.LeaderEpoch, r.EpochStart)\n",
		new:  "",
		pkg:  broker, run: conversation("new_leader"),
	},
	{
		bug:  "a fetch of an old leader epoch is served (KIP-320)",
		file: "sim/broker/replica.go",
		old:  "\tcase epoch != wire.NoEpoch && epoch < r.LeaderEpoch:\n\t\treturn wire.FencedLeaderEpoch\n",
		new:  "",
		pkg:  broker, run: conversation("leader_epochs"),
	},
	{
		bug:  "a leader does not tell where the logs part",
		file: "sim/broker/fetch.go",
		old:  "\t\tcase end.Epoch < p.LastEpoch || end.End < p.Offset:\n",
		new:  "\t\tcase end.Epoch < p.LastEpoch && end.End > p.Offset:\n",
		pkg:  broker, run: conversation("divergence"), walked: "acks=all",
	},
}
