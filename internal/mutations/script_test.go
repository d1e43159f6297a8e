package mutations

// scriptMutations are bugs of what is told to who writes a file.
var scriptMutations = []mutation{
	{
		bug:  "what a node never tells is waited for",
		file: "sim/cluster/match.go",
		old:  "if !n.tellable(id, p.kind) {",
		new:  "if p.kind == wire.NoNote {",
		pkg:  "./cmd/ksim", run: "TestCommands/contradictions",
	},
	{
		bug:  "an act that can never be is found at its moment",
		file: "sim/event.go",
		old:  "if a.Never != nil {",
		new:  "if a.Never == nil && a.Refuse == nil {",
		pkg:  "./cmd/ksim", run: "TestCommands/contradictions",
	},
	{
		bug:  "a partition that there will never be is found at its moment",
		file: "sim/cluster/orders.go",
		old:  "_, err := n.ParsePartition(said.part)\n\treturn err",
		new:  "_, _ = n.ParsePartition(said.part)\n\treturn nil",
		pkg:  "./cmd/ksim", run: "TestCommands/contradictions",
	},
	{
		bug:  "the notes that come nearest are the last ones",
		file: "sim/cluster/match.go",
		old:  "\t\tif p.has(n, w) {\n\t\t\tnear++\n\t\t}\n",
		new:  "\t\tif p.has(n, w) {\n\t\t\tcontinue\n\t\t}\n",
		pkg:  "./cmd/ksim", run: "TestCommands/run",
	},
	{
		bug:  "what follows from a mistake is told beside it",
		file: "internal/scenario/places.go",
		old:  "\tr.broken[path] = true\n",
		new:  "",
		pkg:  "./cmd/ksim", run: "TestCommands/flags",
	},
	{
		bug:  "a failure of what nobody reads is accepted",
		file: "sim/cluster/effect.go",
		old:  "\tif !slices.Contains(cfg.Topics, id) &&\n",
		new:  "\tif len(cfg.Topics) == 0 && !slices.Contains(cfg.Topics, id) &&\n",
		pkg:  "./cmd/ksim", run: "TestCommands/effect",
	},
	{
		bug:  "who is assigned partitions may have a strategy",
		file: "sim/cluster/effect.go",
		old:  "\t\t\tif isSet(c.Settings, name) {\n",
		new:  "\t\t\tif isSet(c.Settings, name) && c.subscribes() {\n",
		pkg:  "./cmd/ksim", run: "TestCommands/effect",
	},
	{
		bug:  "the schema is stricter with text than the loader",
		file: "internal/scenario/schema.go",
		old:  "\tloosen(s)\n\ts.Definitions",
		new:  "\ts.Definitions",
		pkg:  "./internal/scenario", run: "TestTheSchemaAcceptsWhatTheLoaderAccepts",
	},
	{
		bug:  "a duration is whatever Go takes for a number",
		file: "sim/cluster/value.go",
		old:  "err != nil || strings.Trim(number, \"0123456789.\") != \"\"",
		new:  "err != nil",
		pkg:  "./internal/scenario", run: "TestTheSchemaRefusesWhatTheLoaderRefuses",
	},
}
