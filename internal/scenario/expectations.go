package scenario

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// final is the end of a run, as expectations look at it.
type final struct {
	world   *sim.World
	names   *cluster.Names
	survey  *cluster.Survey
	fates   []cluster.Fate
	tally   [cluster.Classes]int
	figures []cluster.Figure
	path    []sim.Happened
}

func (x *expector) fates(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by message") {
		if _, err := x.message(p.key); err != nil {
			x.r.fail(p.at, "%v", err)
			continue
		}
		x.add(p.value, name+"."+p.key, x.word(p.value, cluster.ClassNames()), func(f *final) string {
			for i := range f.fates {
				if f.names.Is(f.fates[i].Message, p.key) {
					return f.fates[i].Worst().String()
				}
			}
			return "never sent"
		})
	}
}

// answers are what applications can be told, and how often a message was told it.
var answers = []struct {
	name string
	of   func(r cluster.Row) int
}{
	{"acked", func(r cluster.Row) int { return int(r.Acked) }},
	{"failed", func(r cluster.Row) int { return int(r.Failed) }},
	{"unknown", func(r cluster.Row) int { return int(r.Unknown) }},
	{"sent-ok", func(r cluster.Row) int { return int(r.SentOK) }},
}

func (x *expector) told(n ast.Node, name string) {
	var known []string
	for _, a := range answers {
		known = append(known, a.name)
	}
	for _, p := range x.r.mapping(n, "a mapping by answer") {
		found := false
		for _, a := range answers {
			if found = a.name == p.key; found {
				x.add(p.value, name+"."+p.key, x.count(p.value), func(f *final) string {
					total := 0
					for i := range f.fates {
						total += a.of(f.fates[i].Row)
					}
					return strconv.Itoa(total)
				})
				break
			}
		}
		if !found {
			x.r.fail(p.at, "%q is none of %s%s", p.key, strings.Join(known, ", "),
				sim.DidYouMean(p.key, known))
		}
	}
}

func (x *expector) logs(n ast.Node, name string) {
	want := func(n ast.Node) matcher { return x.list(n, x.record) }
	x.eachPartition(n, name, "broker", want, ofLog(func(names *cluster.Names, l *broker.Log) string {
		var held []string
		for _, r := range l.Records() {
			held = append(held, names.Record(r))
		}
		return listText(held)
	}))
}

func (x *expector) leo(n ast.Node, name string) {
	x.eachPartition(n, name, "broker", x.count, ofLog(func(_ *cluster.Names, l *broker.Log) string {
		return strconv.FormatInt(l.End(), 10)
	}))
}

func (x *expector) epochs(n ast.Node, name string) {
	x.eachPartition(n, name, "broker", x.starts, ofLog(func(_ *cluster.Names, l *broker.Log) string {
		var starts []string
		for _, e := range l.Epochs {
			starts = append(starts, epochText(int(e.Epoch), e.Start))
		}
		return listText(starts)
	}))
}

func epochText(epoch int, start int64) string { return fmt.Sprintf("epoch %d from %d", epoch, start) }

// starts reads a mapping from epochs to the offsets they start at.
func (x *expector) starts(n ast.Node) matcher {
	type start struct {
		epoch  int
		offset int64
	}
	var all []start
	for _, p := range x.r.mapping(n, "a mapping from epochs to offsets") {
		epoch, err := strconv.Atoi(p.key)
		if err != nil {
			x.r.fail(p.at, "%q is not an epoch", p.key)
		}
		text, _ := x.r.scalar(p.value, "an offset")
		offset, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			x.r.failNode(p.value, "%q is not an offset", text)
		}
		all = append(all, start{epoch, offset})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].epoch < all[j].epoch })
	var words []string
	for _, s := range all {
		words = append(words, epochText(s.epoch, s.offset))
	}
	return exactly(listText(words))
}

// ofLog looks at a broker's log of a partition.
func ofLog(get func(*cluster.Names, *broker.Log) string) func(*final, wire.NodeID, wire.Partition) string {
	return func(f *final, id wire.NodeID, at wire.Partition) string {
		b := f.world.Node(id).(*broker.Broker)
		for i := range b.Logs {
			if b.Logs[i].At == at {
				return get(f.names, &b.Logs[i])
			}
		}
		return "no replica"
	}
}

func (x *expector) hw(n ast.Node, name string) {
	x.ofReplica(n, name, func(_ *broker.Log, hw int64) int64 { return hw })
}

func (x *expector) lso(n ast.Node, name string) {
	x.ofReplica(n, name, (*broker.Log).LastStable)
}

// ofReplica reads offsets that a broker's log of a partition and its high watermark tell.
func (x *expector) ofReplica(n ast.Node, name string, get func(l *broker.Log, hw int64) int64) {
	x.eachPartition(n, name, "broker", x.count, func(f *final, id wire.NodeID, at wire.Partition) string {
		b := f.world.Node(id).(*broker.Broker)
		for i := range b.Replicas {
			if r := &b.Replicas[i]; r.At == at {
				return ofLog(func(_ *cluster.Names, l *broker.Log) string {
					return strconv.FormatInt(get(l, r.HW), 10)
				})(f, id, at)
			}
		}
		return "no running replica"
	})
}

func (x *expector) positions(n ast.Node, name string) {
	x.eachPartition(n, name, "consumer", x.count, func(f *final, id wire.NodeID, at wire.Partition) string {
		c, _ := cluster.ConsumerOf(f.world, id)
		for i := range c.Parts {
			if c.Parts[i].At == at {
				return strconv.FormatInt(c.Parts[i].Position, 10)
			}
		}
		return "not assigned"
	})
}

func (x *expector) leader(n ast.Node, name string) {
	brokers := append([]string{"none"}, x.namesOf("broker")...)
	for _, p := range x.r.mapping(n, "a mapping by partition") {
		if at, ok := x.partition(p); ok {
			x.add(p.value, name+"."+p.key, x.word(p.value, brokers), func(f *final) string {
				if leader := f.survey.LeaderOf(at); leader != wire.Nobody {
					return f.world.Name(leader)
				}
				return "none"
			})
		}
	}
}

func (x *expector) namesOf(kind string) []string {
	var out []string
	for i := range x.names.Nodes() {
		if id := wire.NodeID(i + 1); cluster.IsA(x.world, id, kind) {
			out = append(out, x.world.Name(id))
		}
	}
	return out
}

// set reads names of brokers, in whatever order.
func (x *expector) set(n ast.Node) matcher {
	var members wire.NodeSet
	x.list(n, func(word string) (string, error) {
		if id, ok := x.node(pair{key: word, at: place(n)}, "broker"); ok {
			members = members.With(id)
		}
		return word, nil
	})
	var words []string
	for id := range members.All() {
		words = append(words, x.world.Name(id))
	}
	return exactly(listText(words))
}

func (x *expector) isr(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by partition") {
		if at, ok := x.partition(p); ok {
			x.add(p.value, name+"."+p.key, x.set(p.value), func(f *final) string {
				var members []string
				if q := f.survey.Image.Partition(at); q != nil {
					for id := range q.ISR.All() {
						members = append(members, f.world.Name(id))
					}
				}
				return listText(members)
			})
		}
	}
}

func (x *expector) committed(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by group") {
		group := wire.GroupID(p.key)
		if !x.hasGroup(group) {
			x.r.fail(p.at, "unknown group %q", p.key)
			continue
		}
		for _, q := range x.r.mapping(p.value, "a mapping by partition") {
			if at, ok := x.partition(q); ok {
				x.add(q.value, fmt.Sprintf("%s.%s.%s", name, p.key, q.key), x.count(q.value),
					func(f *final) string {
						return strconv.FormatInt(cluster.Committed(f.world, group, at), 10)
					})
			}
		}
	}
}

func (x *expector) hasGroup(g wire.GroupID) bool {
	for _, known := range cluster.LedgerOf(x.world).Groups {
		if known == g {
			return true
		}
	}
	return false
}

func (x *expector) sink(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by consumer") {
		id, ok := x.node(p, "consumer")
		if !ok {
			continue
		}
		x.add(p.value, name+"."+p.key, x.list(p.value, x.message), func(f *final) string {
			if f.world.Missing(id) != nil {
				return f.world.Health(id).String()
			}
			l := cluster.LedgerOf(f.world)
			var held []string
			for _, e := range l.Accounts[id-l.First].Sink.All() {
				held = append(held, f.names.Message(e.Message))
			}
			return listText(held)
		})
	}
}

func (x *expector) notes(n ast.Node, name string) {
	for _, p := range x.r.mapping(n, "a mapping by note") {
		pattern, err := x.names.ParsePattern(p.key)
		if err != nil {
			x.r.fail(p.at, "%v", err)
			continue
		}
		x.add(p.value, fmt.Sprintf("%s.%q", name, p.key), x.count(p.value), func(f *final) string {
			count := 0
			for i := range f.path {
				count += matches(&pattern, f.path[i].Notes)
			}
			return strconv.Itoa(count)
		})
	}
}

func (x *expector) verdict(n ast.Node, name string) {
	names := cluster.VerdictNames()
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		for _, p := range x.r.mapping(n, "a verdict, or a mapping by group") {
			if !x.hasGroup(wire.GroupID(p.key)) {
				x.r.fail(p.at, "unknown group %q", p.key)
			}
			x.add(p.value, name+"."+p.key, x.word(p.value, names), func(f *final) string {
				return verdictOf(f, p.key)
			})
		}
	default:
		x.add(n, name, x.word(n, names), func(f *final) string { return verdictOf(f, "") })
	}
}

// verdictOf is the verdict of a group; of all groups, the words of each that differs.
func verdictOf(f *final, group string) string {
	var words []string
	for _, v := range f.survey.Verdicts() {
		if group != "" && v.Group != group {
			continue
		}
		if len(words) == 0 || words[len(words)-1] != v.Name() {
			words = append(words, v.Name())
		}
	}
	return strings.Join(words, ", ")
}
