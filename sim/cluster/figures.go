package cluster

import (
	"fmt"
	"slices"
	"strconv"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// FigureRow is one thing that can be measured of a client in a run: what a guarantee costs. All
// times are virtual, so a figure is exact, and says nothing about any real machine.
type FigureRow struct {
	Name string
	Of   string // the kind of node: "producer" or "consumer"
	Unit Unit
	Doc  string
	of   func(l *logbook) (value float64, ok bool)
}

// Unit is what a figure counts.
type Unit uint8

// The units of figures.
const (
	Number  Unit = iota // a whole number
	Average             // a number with one decimal
	Rate                // per second of virtual time, with one decimal
	Fine                // a number with two decimals
	Span                // nanoseconds, printed in microseconds or more
)

// NotMeasured is the text of a figure that a run has nothing to measure of.
const NotMeasured = "none"

// FigureTable is every figure.
var FigureTable = []FigureRow{
	{"ack-latency-p50", "producer", Span, "from the call of send() to the callback that says it is written, of half of the records at the most",
		median(func(l *logbook) []sim.Duration { return l.acks.spans })},
	{"ack-latency-max", "producer", Span, "the same, of the slowest record",
		longest(func(l *logbook) []sim.Duration { return l.acks.spans })},
	{"acked-per-second", "producer", Rate, "records that it was told are written, from its first send() to the last such callback",
		rate(func(l *logbook) *tempo { return &l.acks })},
	{"requests-sent", "producer", Number, "produce requests, those that were sent again included",
		number(func(l *logbook) int { return l.requests })},
	{"batches-sent", "producer", Number, "batches in those requests",
		number(func(l *logbook) int { return l.batches })},
	{"records-per-batch", "producer", Average, "records of a batch that was sent",
		ratio(func(l *logbook) (int, int) { return l.batched, l.batches })},
	{"bytes-before-compression", "producer", Number, "bytes of the records in those batches before compression (Kafka's record overhead counts if there is a codec)",
		number(func(l *logbook) int { return l.raw })},
	{"bytes-sent", "producer", Number, "bytes of those batches' records as they were sent, without the 61 of each header",
		number(func(l *logbook) int { return l.sent })},
	{"compression-ratio", "producer", Fine, "the one over the other",
		ratio(func(l *logbook) (int, int) { return l.raw, l.sent })},
	{"bytes-appended", "producer", Number, "bytes of its records in the logs of leaders, without headers",
		number(func(l *logbook) int { return l.appended })},
	{"batches-retried", "producer", Number, "batches that an error sent back to the queue",
		number(func(l *logbook) int { return l.retries })},
	{"time-blocked", "producer", Span, "the time its application was stuck inside send()",
		func(l *logbook) (float64, bool) { return float64(l.blocked), true }},
	{"processed-per-second", "consumer", Rate, "records processed, from the first poll() that returned any to the last of them",
		rate(func(l *logbook) *tempo { return &l.work })},
	{"fetches", "consumer", Number, "fetch requests that reached a broker",
		number(func(l *logbook) int { return l.fetches })},
	{"polls", "consumer", Number, "calls of poll() that returned records",
		number(func(l *logbook) int { return l.polls })},
	{"records-per-poll", "consumer", Average, "records that such a call returned",
		ratio(func(l *logbook) (int, int) { return l.polled, l.polls })},
	{"end-to-end-p50", "consumer", Span, "from the producer's send() to the end of processing, of half of the records at the most",
		median(func(l *logbook) []sim.Duration { return l.work.spans })},
	{"end-to-end-max", "consumer", Span, "the same, of the slowest record",
		longest(func(l *logbook) []sim.Duration { return l.work.spans })},
	{"commits-sent", "consumer", Number, "requests to commit offsets",
		number(func(l *logbook) int { return l.commits })},
	{"takeover-time", "consumer", Span, "from its death, or the moment it stops running, to the first record of the last of its partitions that anybody of its group reads again",
		longest(func(l *logbook) []sim.Duration { return l.takeover })},
	{"takeover-folklore", "consumer", Span, "R, what folklore says takeover-time is at the most: session.timeout.ms + heartbeat.interval.ms + the largest latency; not measured",
		func(l *logbook) (float64, bool) { return float64(l.folklore), l.folklore > 0 }},
}

// Figure is a figure of one node in one run.
type Figure struct {
	Node  wire.NodeID
	Row   *FigureRow
	Value float64
	Known bool // false: the run has nothing to measure
}

func (f Figure) String() string {
	switch {
	case !f.Known:
		return NotMeasured
	case f.Row.Unit == Span:
		return (sim.Duration(f.Value) / sim.Microsecond * sim.Microsecond).String()
	case f.Row.Unit == Number:
		return strconv.Itoa(int(f.Value))
	}
	if f.Row.Unit == Fine {
		return fmt.Sprintf("%.2f", f.Value)
	}
	return fmt.Sprintf("%.1f", f.Value)
}

// Figures measures every client of a run, from what its steps told: clients in the order of their
// ids, figures in the order of the table.
func Figures(w *sim.World, path []sim.Happened) []Figure {
	books := keepBooks(w, path)
	var out []Figure
	for id := range books {
		node := wire.NodeID(id + 1)
		for i := range FigureTable {
			row := &FigureTable[i]
			if !IsA(w, node, row.Of) {
				continue
			}
			value, ok := row.of(&books[id])
			out = append(out, Figure{node, row, value, ok})
		}
	}
	return out
}

type figure = func(l *logbook) (float64, bool)

func number(of func(l *logbook) int) figure {
	return func(l *logbook) (float64, bool) { return float64(of(l)), true }
}

func ratio(of func(l *logbook) (part, whole int)) figure {
	return func(l *logbook) (float64, bool) {
		part, whole := of(l)
		return float64(part) / float64(max(whole, 1)), whole > 0
	}
}

func rate(of func(l *logbook) *tempo) figure {
	return func(l *logbook) (float64, bool) {
		t := of(l)
		took := t.last.Sub(t.first)
		return float64(t.done) * float64(sim.Second) / float64(max(took, 1)), t.done > 0 && took > 0
	}
}

func median(of func(l *logbook) []sim.Duration) figure {
	return func(l *logbook) (float64, bool) {
		spans := slices.Sorted(slices.Values(of(l)))
		if len(spans) == 0 {
			return 0, false
		}
		return float64(spans[(len(spans)-1)/2]), true
	}
}

func longest(of func(l *logbook) []sim.Duration) figure {
	return func(l *logbook) (float64, bool) {
		spans := of(l)
		if len(spans) == 0 {
			return 0, false
		}
		return float64(slices.Max(spans)), true
	}
}
