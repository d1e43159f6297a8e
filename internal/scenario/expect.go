package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/invopop/jsonschema"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// Expect is what must be true at the end of a run. It is read against the scenario's names, so it
// stays YAML until the world is built.
type Expect struct {
	node ast.Node
	said []said // of a written session
}

// said is one expectation to be written down.
type said struct {
	key   string
	value any
}

func (v *Expect) read(_ *reader, n ast.Node, _ string) { v.node = n }

// check is one thing that is expected.
type check struct {
	name string // what is looked at: "logs.b1.orders-0"
	at   Position
	want matcher
	got  func(f *final) string
}

// matcher is what is wanted: in words, and as a test of what there is.
type matcher struct {
	text string
	ok   func(got string) bool
}

// expectRow is one key of `expect`.
type expectRow struct {
	key    string
	doc    string
	schema func() *jsonschema.Schema
	read   func(x *expector, n ast.Node, name string)
}

// expector reads the expectations of a scenario.
type expector struct {
	r           *reader
	world       *sim.World
	names       *cluster.Names
	checks      []check
	figureNames []string // that are expected of anybody
}

// expectRows is everything that can be expected. Every class of fates is a key too.
func expectRows() []expectRow {
	var rows []expectRow
	for c := range cluster.Classes {
		rows = append(rows, expectRow{c.String(), "how many messages are: " + cluster.ClassDocs[c],
			countSchema, func(x *expector, n ast.Node, name string) {
				x.add(n, name, x.count(n), func(f *final) string { return strconv.Itoa(f.tally[c]) })
			}})
	}
	return append(rows, []expectRow{
		{"fates", "the worst that became of single messages, by name", mapSchema(wordSchema), (*expector).fates},
		{"told", "how often applications were told: acked, failed, unknown, sent-ok", mapSchema(countSchema), (*expector).told},
		{"logs", "the messages and markers (COMMIT, ABORT) in a replica's log, by broker and partition", deepSchema(listSchema), (*expector).logs},
		{"hw", "high watermarks, by broker and partition", deepSchema(countSchema), (*expector).hw},
		{"lso", "last stable offsets, by broker and partition: up to where those read that read what is committed", deepSchema(countSchema), (*expector).lso},
		{"leo", "log end offsets, by broker and partition", deepSchema(countSchema), (*expector).leo},
		{"epochs", "where each leader epoch starts in a log, by broker and partition", deepSchema(mapSchema(countSchema)), (*expector).epochs},
		{"leader", "the leader, by partition; none if there is none", mapSchema(wordSchema), (*expector).leader},
		{"isr", "the ISR, by partition", mapSchema(listSchema), (*expector).isr},
		{"positions", "the offset a consumer reads next, by consumer and partition", deepSchema(countSchema), (*expector).positions},
		{"committed", "a group's committed offset, by group and partition; -1 if none", deepSchema(countSchema), (*expector).committed},
		{"sink", "the messages in a consumer's sink, in order", mapSchema(listSchema), (*expector).sink},
		{"balance", "the accounts in a group's sink (set, increment), by group and account; or right or wrong, by group", balanceSchema, (*expector).balance},
		{"changes", "the business changes that a database has committed, by database", mapSchema(listSchema), (*expector).changes},
		{"unsent", "the rows of a database's outbox that are not marked as sent, by database", mapSchema(listSchema), (*expector).unsent},
		{"notes", "how often something was told, as `when` would name it", mapSchema(countSchema), (*expector).notes},
		{"figures", "what clients were measured at in virtual time, by client and figure (`ksim list --figures` lists them)", deepSchema(figureSchema), (*expector).figures},
		{"verdict", "the guarantee that the run has lived up to, of every group or by group", verdictSchema, (*expector).verdict},
	}...)
}

// readAll reads every expectation.
func (x *expector) readAll(n ast.Node) {
	rows := expectRows()
	var keys []string
	for i := range rows {
		keys = append(keys, rows[i].key)
	}
	for _, p := range x.r.mapping(n, "expectations by name") {
		i := slices.Index(keys, p.key)
		if i < 0 {
			x.r.fail(p.at, "unknown expectation %q%s (known: %s)", p.key,
				sim.DidYouMean(p.key, keys), strings.Join(keys, ", "))
			continue
		}
		rows[i].read(x, p.value, p.key)
	}
}

func (x *expector) add(n ast.Node, name string, want matcher, got func(f *final) string) {
	x.checks = append(x.checks, check{name, place(n), want, got})
}

// count reads a whole number, or a comparison such as ">= 1".
func (x *expector) count(n ast.Node) matcher {
	return x.compared(n, "a number, or a comparison like \">= 1\"", func(text string) (float64, error) {
		i, err := strconv.Atoi(text)
		return float64(i), err
	})
}

// list reads names, and gives each as reports name it.
func (x *expector) list(n ast.Node, known func(name string) (string, error)) matcher {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		x.r.failNode(n, "want a list, not %s", describe(n))
		return matcher{}
	}
	var words []string
	for _, item := range s.Values {
		word, ok := x.r.scalar(item, "a name")
		if !ok {
			continue
		}
		name, err := known(word)
		if err != nil {
			x.r.failNode(item, "%v", err)
		}
		words = append(words, name)
	}
	return exactly(listText(words))
}

func exactly(text string) matcher {
	return matcher{text, func(got string) bool { return got == text }}
}

func listText(words []string) string { return "[" + strings.Join(words, ", ") + "]" }

// word reads one of some words.
func (x *expector) word(n ast.Node, words []string) matcher {
	text, ok := x.r.scalar(n, "one of "+strings.Join(words, ", "))
	if ok && !slices.Contains(words, text) {
		x.r.failNode(n, "%q is none of %s%s", text, strings.Join(words, ", "),
			sim.DidYouMean(text, words))
	}
	return exactly(text)
}

// node finds a node of a kind by its name.
func (x *expector) node(p pair, kind string) (wire.NodeID, bool) {
	var names []string
	for i := range x.names.Nodes() {
		id := wire.NodeID(i + 1)
		if !cluster.IsA(x.world, id, kind) {
			continue
		}
		if x.world.Name(id) == p.key {
			return id, true
		}
		names = append(names, x.world.Name(id))
	}
	x.r.fail(p.at, "unknown %s %q%s", kind, p.key, sim.DidYouMean(p.key, names))
	return wire.Nobody, false
}

// partition finds a partition by its name, "orders-0".
func (x *expector) partition(p pair) (wire.Partition, bool) {
	at, err := x.names.ParsePartition(p.key)
	if err != nil {
		x.r.fail(p.at, "%v", err)
	}
	return at, err == nil
}

// record finds what stands in a log: a message, or the marker of a transaction, COMMIT or ABORT.
func (x *expector) record(name string) (string, error) {
	if name == wire.CommitMarker.String() || name == wire.AbortMarker.String() {
		return name, nil
	}
	return x.message(name)
}

// message finds a message by any of its names, and gives the one that reports use: "m2", or "m2#2"
// for the application's second send() of it.
func (x *expector) message(name string) (string, error) {
	m, err := x.names.ParseMessage(name)
	if _, attempt, again := strings.Cut(name, "#"); again && attempt != "1" {
		return x.names.Message(m) + "#" + attempt, err
	}
	return x.names.Message(m), err
}

// eachPartition reads values by broker (or another kind) and partition.
func (x *expector) eachPartition(
	n ast.Node, name, kind string, want func(n ast.Node) matcher,
	got func(f *final, id wire.NodeID, at wire.Partition) string,
) {
	for _, p := range x.r.mapping(n, "a mapping by "+kind) {
		id, ok := x.node(p, kind)
		if !ok {
			continue
		}
		for _, q := range x.r.mapping(p.value, "a mapping by partition") {
			if at, ok := x.partition(q); ok {
				x.add(q.value, fmt.Sprintf("%s.%s.%s", name, p.key, q.key), want(q.value),
					func(f *final) string { return got(f, id, at) })
			}
		}
	}
}
