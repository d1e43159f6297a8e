package mutations

// coordinatorMutations are bugs of a group coordinator.
var coordinatorMutations = []mutation{
	{
		bug:  "positions are told before they are committed",
		file: "sim/broker/coordinator.go",
		old:  "Committed(b.log(at), b.replica(at).HW, r.Group, p)",
		new:  "Committed(b.log(at), b.log(at).End(), r.Group, p)",
		pkg:  broker, run: conversation("offset_commit"),
	},
	{
		bug:  "a commit is answered before it is replicated",
		file: "sim/broker/coordinator.go",
		old:  "\t\tif b.replica(d.At).HW < d.Required {\n",
		new:  "\t\tif b.log(d.At).End() < d.Required {\n",
		pkg:  broker, run: conversation("offset_commit_replicated"),
	},
	{
		bug:  "a commit of an old generation is stored",
		file: "sim/broker/coordinator.go",
		old:  "\tcase r.Generation != g.Generation:\n\t\treturn wire.IllegalGeneration\n",
		new:  "",
		pkg:  broker, run: conversation("group_rebalance"),
	},
	{
		bug:  "a commit is stored while the assignment is worked out",
		file: "sim/broker/coordinator.go",
		old:  "\tcase g.State == Completing:\n\t\treturn wire.RebalanceInProgress\n",
		new:  "",
		pkg:  broker, run: conversation("group_rebalance"),
	},
	{
		bug:  "an assignment is handed out before it is committed",
		file: "sim/broker/members.go",
		old:  "\tb.appendOffsets(DelayedAppend{Group: g.ID, Sync: true}, []wire.Entry{g.snapshot()}, out)\n}\n\n// assigned",
		new:  "\tb.appendOffsets(DelayedAppend{Group: g.ID, Sync: true}, []wire.Entry{g.snapshot()}, out)\n\tb.assigned(g, wire.None, out)\n}\n\n// assigned",
		pkg:  broker, run: conversation("group_join"),
	},
	{
		bug:  "a member of an old generation keeps its session",
		file: "sim/broker/members.go",
		old:  "\tcase generation != g.Generation:\n",
		new:  "\tcase generation > g.Generation:\n",
		pkg:  broker, run: conversation("group_rebalance"),
	},
	{
		bug:  "a rebalance does not wait for the members",
		file: "sim/broker/group.go",
		old:  "\t\tif !g.Members[i].Joining {\n\t\t\treturn\n",
		new:  "\t\tif !g.Members[i].Joining {\n\t\t\tbreak\n",
		pkg:  broker, run: conversation("group_rebalance"),
	},
	{
		bug:  "a coordinator serves before it has loaded its groups",
		file: "sim/broker/coordinator.go",
		old:  "\t\t\tif o.Loading {\n",
		new:  "\t\t\tif o.At != at {\n",
		pkg:  broker, run: conversation("coordinator_failover"),
	},
	{
		bug:  "a coordinator that starts anew does not know its members",
		file: "sim/broker/coordinator.go",
		old:  "\t\t\t\tb.restore(at, e)\n",
		new:  "\t\t\t\t_ = e\n",
		pkg:  broker, run: conversation("coordinator_restart"),
	},
}
