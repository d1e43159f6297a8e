package mutations

// seekMutations are bugs of what an application is told to seek.
var seekMutations = []mutation{
	{
		bug:  "seek() interrupts the work on a batch",
		file: "sim/consumer/seek.go",
		old:  "\tif c.App.State == Polling {\n",
		new:  "\tc.seekNow(out)\n\tif c.App.State == Polling {\n",
		pkg:  consumer, run: conversation("seek"),
	},
	{
		bug:  "a poll() without records keeps seek() waiting",
		file: "sim/consumer/work.go",
		old:  "len(c.Seeks) > 0 || ",
		new:  "",
		pkg:  consumer, run: conversation("seek"),
	},
	{
		bug:  "seek() keeps what was fetched from another position",
		file: "sim/consumer/seek.go",
		old:  "\t\tfetched = nil\n",
		new:  "",
		pkg:  consumer, run: conversation("seek_buffered"),
	},
	{
		bug:  "a position that is not wanted any more is taken",
		file: "sim/consumer/position.go",
		old:  "asked.Earliest != (to == Earliest)",
		new:  "to == None",
		pkg:  consumer, run: conversation("seek_reset"),
	},
	{
		bug:  "seekToEnd() goes to the beginning",
		file: "sim/consumer/seek.go",
		old:  "return Latest, \"seekToEnd()\", true",
		new:  "return Earliest, \"seekToEnd()\", true",
		pkg:  consumer, run: conversation("seek_reset"),
	},
	{
		bug:  "seek() to what is not assigned is not told",
		file: "sim/consumer/seek.go",
		old:  "\t\t\tout.Tell(wire.Note{Kind: wire.SeekFailed, Node: c.Self, At: s.At})\n",
		new:  "",
		pkg:  consumer, run: conversation("seek_not_assigned"),
	},
	{
		bug:  "seek is let happen where the consumer owns nothing",
		file: "sim/cluster/seeks.go",
		old:  "\tif !slices.ContainsFunc(c.Parts",
		new:  "\tif len(c.Parts) > 0 && !slices.ContainsFunc(c.Parts",
		pkg:  "./cmd/ksim", run: "TestCommands/seek",
	},
}
