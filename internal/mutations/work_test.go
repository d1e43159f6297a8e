package mutations

// workMutations are bugs of the application that works on what the consumer has polled.
var workMutations = []mutation{
	{
		bug:  "close() in the middle of a batch processes the rest first",
		file: "sim/consumer/failure.go",
		old:  "c.Closing, c.App.Over, c.App.State = true, true, Polling",
		new:  "c.Closing, c.App.State = true, Polling",
		pkg:  consumer, run: conversation("failure_close"),
	},
	{
		bug:  "after the last commit of an application that fails it goes on with the batch",
		file: "sim/consumer/app.go",
		old:  "\tcase c.App.Over:\n\t\tc.App.State = Polling // and there it closes\n",
		new:  "",
		pkg:  consumer, run: conversation("failure_close_processed"),
	},
	{
		bug:  "an exception that nobody catches closes the consumer",
		file: "sim/consumer/failure.go",
		old:  "\t\tout.Die()\n",
		new:  "\t\tout.Exit()\n",
		pkg:  consumer, run: conversation("failure_stop"),
	},
	{
		bug:  "a failure begins anew with every process",
		file: "sim/consumer/failure.go",
		old:  "\t\t\tc.Thrown[i]++\n",
		new:  "\t\t\tc.Thrown[i] = c.Births\n",
		pkg:  consumer, run: conversation("failure_retry"),
	},
	{
		bug:  "a handler that throws has had its effect",
		file: "sim/consumer/work.go",
		old:  "\t\tc.tellItem(wire.HandlerFailed, item, out)\n",
		new:  "\t\tc.tellItem(wire.EffectApplied, item, out)\n",
		pkg:  consumer, run: conversation("failure_skip"),
	},
	{
		bug:  "seek() leaves the position",
		file: "sim/consumer/failure.go",
		old:  "p.Position != o.Offset",
		new:  "p.Position < o.Offset",
		pkg:  consumer, run: conversation("failure_seek"),
	},
	{
		bug:  "poll() waits for the workers",
		file: "sim/consumer/work.go",
		old:  "\t\tc.pick(int32(i)+1, out)\n\t}\n\tc.pause(out)\n",
		new:  "\t\tc.pick(int32(i)+1, out)\n\t}\n",
		pkg:  consumer, run: conversation("workers"),
	},
	{
		bug:  "what waits for a worker counts as finished",
		file: "sim/consumer/work.go",
		old:  "return append(items, c.Pool.Queue...)",
		new:  "return items",
		pkg:  consumer, run: conversation("workers_partitions"),
	},
	{
		bug:  "what a worker is at counts as finished",
		file: "sim/consumer/work.go",
		old:  "\t\tif c.Pool.Hands[i].Busy {\n",
		new:  "\t\tif !c.Pool.Hands[i].Busy {\n",
		pkg:  consumer, run: conversation("workers_processed"),
	},
	{
		bug:  "nobody commits what workers have finished before there are new records",
		file: "sim/consumer/work.go",
		old:  "\t\tc.lapLater(out)\n\t\treturn\n\t}\n\tc.App.Done++",
		new:  "\t\treturn\n\t}\n\tc.App.Done++",
		pkg:  consumer, run: conversation("workers_processed"),
	},
	{
		bug:  "a lower mark counts",
		file: "sim/consumer/offsets.go",
		old:  "p.Stored = max(p.Stored, item.Offset+1)",
		new:  "p.Stored = item.Offset",
		pkg:  consumer, run: conversation("workers_mark"),
	},
}
