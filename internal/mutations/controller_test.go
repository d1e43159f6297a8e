package mutations

const controller = "./sim/controller"

// controllerMutations are bugs of elections, ISRs and sessions.
var controllerMutations = []mutation{
	{
		bug:  "an unclean election where it is not allowed",
		file: "sim/controller/partition.go",
		old:  "\tif c.topic.Config.Unclean {\n",
		new:  "\tif c.topic != nil {\n",
		pkg:  controller, run: conversation("unclean_off"), walked: "acks=all",
	},
	{
		bug:  "an unclean election leaves the ISR as it was",
		file: "sim/controller/partition.go",
		old:  "\tcase unclean:\n",
		new:  "\tcase unclean && c.elr:\n",
		pkg:  controller, run: conversation("unclean_on"),
	},
	{
		bug:  "a replica outside the ISR is elected",
		file: "sim/controller/partition.go",
		old:  "(c.isr.Has(id) || c.isr == 0 && elr.Has(id))",
		new:  "(c.isr.Has(id) || elr.Len() == 0)",
		pkg:  controller, run: conversation("unclean_off"), walked: "acks=all",
	},
	{
		bug:  "the last replica in assignment order is elected, not the first",
		file: "sim/controller/partition.go",
		old:  "\tfor _, r := range c.Replicas {\n\t\tif valid(r) {\n\t\t\treturn r, false\n\t\t}\n\t}\n",
		new:  "\tfor i := range c.Replicas {\n\t\tif r := c.Replicas[len(c.Replicas)-1-i]; valid(r) {\n\t\t\treturn r, false\n\t\t}\n\t}\n",
		pkg:  controller, run: conversation("election"),
	},
	{
		bug:  "a new leader leads in the old epoch",
		file: "sim/controller/partition.go",
		old:  "\t\tnext.LeaderEpoch++\n",
		new:  "",
		pkg:  controller, run: conversation("election"),
	},
	{
		bug:  "an ISR becomes empty without ELR",
		file: "sim/controller/partition.go",
		old:  "\tcase isr != 0 || c.elr:",
		new:  "\tcase isr != 0 || !c.elr:",
		pkg:  controller, run: conversation("election"),
	},
	{
		bug:  "the ELR is not kept when the ISR is too small (KIP-966)",
		file: "sim/controller/partition.go",
		old:  "\telr := (c.ELR | c.ISR) &^ c.isr\n",
		new:  "\telr := c.ELR &^ c.isr\n",
		pkg:  controller, run: conversation("elr"),
	},
	{
		bug:  "an unclean shutdown leaves a broker in the ELR (KIP-966)",
		file: "sim/controller/session.go",
		old:  "clean := r.PreviousEpoch == old.Epoch",
		new:  "clean := r.PreviousEpoch <= old.Epoch",
		pkg:  controller, run: conversation("elr_unclean"),
	},
	{
		bug:  "a wish of an old partition epoch is granted",
		file: "sim/controller/alter.go",
		old:  "\tcase a.PartitionEpoch < p.PartitionEpoch:\n\t\treturn wire.InvalidUpdateVersion\n",
		new:  "",
		pkg:  controller, run: conversation("alter_partition"),
	},
	{
		bug:  "a wish of a deposed leader is not fenced",
		file: "sim/controller/alter.go",
		old:  "\tcase a.LeaderEpoch < p.LeaderEpoch:\n\t\treturn wire.FencedLeaderEpoch\n",
		new:  "",
		pkg:  controller, run: conversation("alter_partition"),
	},
	{
		bug:  "a wish of the future is not answered NOT_CONTROLLER",
		file: "sim/controller/alter.go",
		old:  "a.LeaderEpoch > p.LeaderEpoch, a.PartitionEpoch > p.PartitionEpoch:",
		new:  "a.LeaderEpoch > p.LeaderEpoch:",
		pkg:  controller, run: conversation("alter_partition"),
	},
	{
		bug:  "a fenced broker is let into an ISR (KIP-841)",
		file: "sim/controller/alter.go",
		old:  "b == nil || !b.Active() || ",
		new:  "b == nil || ",
		pkg:  controller, run: conversation("alter_partition"),
	},
	{
		bug:  "an earlier process of a broker is let into an ISR (KIP-903)",
		file: "sim/controller/alter.go",
		old:  " || a.ISREpochs[i] != wire.NoOffset && a.ISREpochs[i] != b.Epoch",
		new:  "",
		pkg:  controller, run: conversation("alter_partition"),
	},
	{
		bug:  "a broker registers anew while its session lasts (KIP-380)",
		file: "sim/controller/session.go",
		old:  "\tif old != nil && !old.Fenced {\n",
		new:  "\tif old != nil && old.ShuttingDown {\n",
		pkg:  controller, run: conversation("registration"),
	},
	{
		bug:  "a broker is unfenced before it has caught up",
		file: "sim/controller/session.go",
		old:  "case b.Fenced && !r.WantFence && r.MetadataOffset >= b.Epoch:",
		new:  "case b.Fenced && r.MetadataOffset >= 0:",
		pkg:  controller, run: conversation("registration"),
	},
	{
		bug:  "a silent broker stays in ISRs",
		file: "sim/controller/session.go",
		old:  "\tk.append(out, append(k.updatePartitions(update{remove: id}, out),\n",
		new:  "\tk.append(out, append([]wire.Entry(nil),\n",
		pkg:  controller, run: conversation("heartbeat"),
	},
	{
		bug:  "a broker may exit before the others have heard that it does",
		file: "sim/controller/session.go",
		old:  "case b.ShuttingDown && !k.leads(b.ID) && k.session(b.ID).ShutdownOffset <= k.lowestActive():",
		new:  "case b.ShuttingDown && !k.leads(b.ID):",
		pkg:  controller, run: conversation("shutdown"),
	},
}

// quorumMutations are bugs of the metadata log.
var quorumMutations = []mutation{
	{
		bug:  "an answer leaves before its record is committed",
		file: "sim/controller/log.go",
		old:  "\tif k.end() <= k.Commit {\n",
		new:  "\tif k.Commit <= k.end() {\n",
		pkg:  controller, run: conversation("quorum_leader"),
	},
	{
		bug:  "a leader commits records of earlier epochs by counting copies",
		file: "sim/controller/log.go",
		old:  " || k.Log.At(int(commit-1)).Epoch != k.Epoch",
		new:  "",
		pkg:  controller, run: conversation("quorum_failover"),
	},
	{
		bug:  "a minority commits",
		file: "sim/controller/log.go",
		old:  "commit := ends[len(ends)-k.majority()]",
		new:  "commit := ends[len(ends)-1]",
		pkg:  controller, run: conversation("quorum_leader"),
	},
	{
		bug:  "two votes in one epoch",
		file: "sim/controller/quorum.go",
		old:  "current && k.Leader == wire.Nobody &&\n\t\t(k.VotedFor == wire.Nobody || k.VotedFor == r.Candidate)",
		new:  "current && k.Leader == wire.Nobody",
		pkg:  controller, run: conversation("quorum_follower"),
	},
	{
		bug:  "a shorter log gets a vote",
		file: "sim/controller/quorum.go",
		old:  "r.LastEpoch == k.lastEpoch() && r.End >= k.end()",
		new:  "r.LastEpoch == k.lastEpoch()",
		pkg:  controller, run: conversation("quorum_follower"),
	},
	{
		bug:  "a controller does not cut what nobody else has",
		file: "sim/controller/quorum.go",
		old:  "\tk.Log.Truncate(int(end))\n",
		new:  "",
		pkg:  controller, run: conversation("quorum_truncate"),
	},
	{
		bug:  "a deposed controller names itself",
		file: "sim/controller/quorum.go",
		old:  "\t\tk.Leader = wire.Nobody // who waits for it must not be sent back to it\n",
		new:  "",
		pkg:  controller, run: conversation("quorum_leader"),
	},
}
