package mutations

// lastOfEachKey is the property of whatever a cleaner does.
const lastOfEachKey = "TestCleaningKeepsTheLastOfEachKey"

// cleanerMutations are bugs of the log cleaner, and of those who read what it leaves.
var cleanerMutations = []mutation{
	{
		bug:  "a cleaner goes beyond the last stable offset",
		file: "sim/broker/cleaner.go",
		old:  "stable, done, more := l.LastStable(hw), int64(0), int64(0)",
		new:  "stable, done, more := hw, int64(0), int64(0)",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a cleaner goes beyond the high watermark",
		file: "sim/broker/cleaner.go",
		old:  "if l.Segments[i].Base <= stable {",
		new:  "if l.Segments[i].Base <= max(stable, l.End()) {",
		pkg:  broker, run: conversation("compaction"),
	},
	{
		bug:  "min.cleanable.dirty.ratio is of no account",
		file: "sim/broker/cleaner.go",
		old:  "1000*more > thousandths*(done+more)",
		new:  "1000*more > thousandths-thousandths",
		pkg:  broker, run: conversation("compaction"),
	},
	{
		bug:  "what was aborted counts as the last record of its key",
		file: "sim/broker/offsetmap.go",
		old:  "b.Marker == wire.NoMarker && !over {",
		new:  "b.Marker == wire.NoMarker && (over || !over) {",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a cleaner whose map is full removes what it has not looked at",
		file: "sim/broker/offsetmap.go",
		old:  "return offset > m.latest || r.Keyed",
		new:  "return r.Keyed && (there || offset > m.latest)",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "markers compete with records for their keys",
		file: "sim/broker/cleaner.go",
		old:  "case control && !c.broker.Config.MarkersByKey:",
		new:  "case control && c.broker.Config.MarkersByKey:",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a cleaner forgets what was aborted where it has not looked",
		file: "sim/broker/cleaner.go",
		old:  "if last && c.broker.Config.PartialAborts {",
		new:  "if last && c.broker.Config.CleanerKeys > 0 {",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a marker goes before its transaction's records",
		file: "sim/broker/cleanedtxns.go",
		old:  "return len(t.committed) == n\n",
		new:  "return len(t.committed) <= n\n",
		pkg:  broker, run: conversation("compaction_transactions"),
	},
	{
		bug:  "a marker goes as soon as its transaction's records have gone",
		file: "sim/broker/cleaner.go",
		old:  "discard := gone && (!control || c.log.pastHorizon(b.Base))",
		new:  "discard := gone",
		pkg:  broker, run: conversation("compaction_transactions"),
	},
	{
		bug:  "the index forgets an aborted transaction that has a batch",
		file: "sim/broker/cleanedtxns.go",
		old:  "t.index = append(t.index, a.Ended)",
		new:  "t.index = append(t.index[:0], a.Ended)[:0]",
		pkg:  broker, run: conversation("compaction_transactions"),
	},
	{
		bug:  "the last batch of a producer goes like any other",
		file: "sim/broker/cleaner.go",
		old:  "return b.Next() == p.Batches[len(p.Batches)-1].Next",
		new:  "return b.Next() < p.Batches[0].Base",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a topic that is compacted takes records without keys",
		file: "sim/broker/compress.go",
		old:  "return !r.Keyed })",
		new:  "return r.Keyed && r.Bytes < 0 })",
		pkg:  broker, run: conversation("compaction"),
	},
	{
		bug:  "a batch ends where its last record is left",
		file: "sim/wire/cleaned.go",
		old:  "return b.kept.span\n",
		new:  "return len(b.Records)\n",
		pkg:  broker, run: conversation("compaction"),
	},
	{
		bug:  "records move up into the gaps of a cleaned batch",
		file: "sim/wire/cleaned.go",
		old:  "return b.Base + int64(b.kept.at[i])",
		new:  "return b.Base + int64(i)",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a batch that has lost records has fewer sequence numbers",
		file: "sim/wire/cleaned.go",
		old:  "return NextSequence(b.BaseSequence, b.span()-1)",
		new:  "return NextSequence(b.BaseSequence, len(b.Records)-1)",
		pkg:  broker, run: lastOfEachKey,
	},
	{
		bug:  "a consumer takes the record behind a gap for the one it asked for",
		file: "sim/consumer/app.go",
		old:  "if next := b.Offset(i); next > p.Position {",
		new:  "if next := b.Offset(i); i == len(b.Records) {",
		pkg:  "./sim/consumer", run: conversation("compacted"),
	},
	{
		bug:  "what was compacted away is lost",
		file: "sim/cluster/fates.go",
		old:  "f.removed = expired || superseded",
		new:  "f.removed = expired",
		pkg:  "./cmd/ksim", run: "TestEveryScenarioRunsAsItsGoldenSays/compaction",
	},
	{
		bug:  "a group that never saw what was compacted away has missed it",
		file: "sim/cluster/verdict.go",
		old:  "(f.told == broken || f.left() || f.Has(Superseded)):",
		new:  "(f.told == broken || f.left()):",
		pkg:  "./cmd/ksim", run: "TestEveryScenarioRunsAsItsGoldenSays/compaction",
	},
}
