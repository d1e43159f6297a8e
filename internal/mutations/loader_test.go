package mutations

// loaderMutations are bugs of what reads and judges files.
var loaderMutations = []mutation{
	{
		bug:  "a switch is taken where nothing depends on it",
		file: "sim/cluster/switches.go",
		old:  "\t\tif why := row.idle(t); why != \"\" {\n",
		new:  "\t\tif why := row.idle(t); why == \"?\" {\n",
		pkg:  command, run: "TestCommands/validate",
	},
	{
		bug:  "a variant may be the file itself",
		file: "internal/scenario/variant.go",
		old:  "out.playsAs(s) {",
		new:  "out.playsAs(s) && v.Until != (Until{}) {",
		pkg:  command, run: "TestCommands/validate",
	},
	{
		bug:  "a variant with another setting is the file itself",
		file: "internal/scenario/variant.go",
		old:  "!reflect.DeepEqual(s.Root.Node(id), o.Root.Node(id)) {",
		new:  "s.Root.Node(id) == nil {",
		pkg:  command, run: "TestCommands/validate",
	},
	{
		bug:  "a variant may say a thing twice",
		file: "internal/scenario/variant.go",
		old:  "strings.HasPrefix(o, what+\"=\") }) {",
		new:  "strings.HasPrefix(o, what+\"?\") }) {",
		pkg:  command, run: "TestCommands/validate",
	},
	{
		bug:  "a batch may be larger than the memory for batches",
		file: "sim/cluster/resolve_producer.go",
		old:  "\tif cfg.BatchSize <= cfg.BufferMemory {\n",
		new:  "\tif cfg.BatchSize <= 2*cfg.BufferMemory {\n",
		pkg:  command, run: "TestCommands/validate",
	},
	{
		bug:  "clients of before 0.11 wait longer and longer to connect again",
		file: "sim/cluster/resolve.go",
		old:  "c.ReconnectMax = c.ReconnectBackoff",
		new:  "c.ReconnectMax = 2 * c.ReconnectBackoff",
		pkg:  "./sim/cluster", run: "TestOldClientsWaitTheSameEachTime",
	},
	{
		bug:  "a callback may send again what is too large",
		file: "sim/cluster/resolve_producer.go",
		old:  "== producer.Resend && cfg.Refuses() {",
		new:  "== producer.Stop && cfg.Refuses() {",
		pkg:  command, run: "TestCommands/validate",
	},
}

const command = "./cmd/ksim"
