package cluster

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Pattern matches notes: what a script's `when` says, "b1 appended orders-0@2".
type Pattern struct {
	names *Names
	node  wire.NodeID // Nobody: whoever it is
	kind  wire.NoteKind
	words []string
}

// Anybody stands for any node in a pattern, unless a node has that name.
const Anybody = "any"

// ParsePattern reads "NODE NOTE [WORD...]": the node may be "any", and a word is a partition
// "orders-0", an offset of it "orders-0@2", a message "m3", another node, an error's name, or
// "epoch=2". The error says what is not known and what could be meant.
func (n *Names) ParsePattern(text string) (Pattern, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return Pattern{}, fmt.Errorf("%q: want a node and what it tells, like %q", text,
			"b1 appended orders-0@2")
	}
	p := Pattern{names: n}
	id, ok := n.ID(words[0])
	if !ok && words[0] != Anybody {
		if _, err := p.takeKind(words); err == nil {
			return p, fmt.Errorf("%q: who tells it? did you mean %q?", text, Anybody+" "+text)
		}
		nodes := n.world.Named()
		return p, fmt.Errorf("unknown node %q%s (nodes: %s)", words[0],
			sim.DidYouMean(words[0], nodes), strings.Join(nodes, ", "))
	}
	p.node = id
	rest, err := p.takeKind(words[1:])
	if err != nil {
		return p, err
	}
	if !n.tellable(id, p.kind) {
		who := "nobody here is one"
		if ok {
			who = words[0] + " is a " + KindOf(n.world, id)
		}
		return p, fmt.Errorf("%s: %q is only told of %ss", who, p.kind.Row().Name, p.kind.Row().Of)
	}
	for _, w := range rest {
		if err := n.checkWord(w); err != nil {
			return p, err
		}
	}
	p.words = rest
	return p, nil
}

// takeKind takes the longest name of a note off the front.
func (p *Pattern) takeKind(words []string) ([]string, error) {
	for take := min(3, len(words)); take > 0; take-- {
		name := strings.Join(words[:take], " ")
		for _, row := range wire.NoteTable {
			if row.Name == name && name != "" {
				p.kind = row.Kind
				return words[take:], nil
			}
		}
	}
	near := ""
	for take := min(3, len(words)); take > 0 && near == ""; take-- {
		near = sim.DidYouMean(strings.Join(words[:take], " "), NoteNames())
	}
	return nil, fmt.Errorf("unknown note %q%s (notes: %s)", strings.Join(words, " "), near,
		strings.Join(NoteNames(), ", "))
}

// tellable tells whether a note can be about a node; of Nobody, whether there is one it can be about.
func (n *Names) tellable(id wire.NodeID, kind wire.NoteKind) bool {
	if id != wire.Nobody {
		return CanTell(n.world, id, kind)
	}
	for some := range ids(n.world) {
		if CanTell(n.world, some, kind) {
			return true
		}
	}
	return false
}

// CanTell tells whether a note can be about a node.
func CanTell(w *sim.World, id wire.NodeID, kind wire.NoteKind) bool {
	of := kind.Row().Of
	return of == "" || IsA(w, id, of) || of == "client" && isClient(w, id) ||
		of == "producer" && producerOf(w.Node(id)) != nil
}

// NoteNames are the names of all notes, sorted.
func NoteNames() []string {
	var out []string
	for _, row := range wire.NoteTable {
		if row.Name != "" {
			out = append(out, row.Name)
		}
	}
	sort.Strings(out)
	return out
}

// checkWord tells whether a word could match anything in this run.
func (n *Names) checkWord(w string) error {
	if _, ok := n.ID(w); ok {
		return nil
	}
	if epoch, ok := strings.CutPrefix(w, "epoch="); ok {
		if _, err := strconv.Atoi(epoch); err != nil {
			return fmt.Errorf("%q: %q is not an epoch", w, epoch)
		}
		return nil
	}
	if wire.IsError(w) {
		return nil
	}
	if isMessage(w) {
		_, err := n.ParseMessage(w)
		return err
	}
	part, offset, hasOffset := strings.Cut(w, "@")
	if hasOffset {
		if at, err := strconv.ParseInt(offset, 10, 64); err != nil || at < 0 {
			return fmt.Errorf("%q: %q is not an offset", w, offset)
		}
	}
	i := strings.LastIndexByte(part, '-')
	if i < 0 {
		return fmt.Errorf("%q is no node, partition, message, error or epoch=N", w)
	}
	if topic := part[:i]; Internal(topic) && TopicOf(n.world, topic) == nil {
		return fmt.Errorf("%q: without %s there is no %s", w, needers[topic], topic)
	}
	_, err := n.ParsePartition(part)
	return err
}

// splitAttempt takes the number of the send() off "m3#2"; 0 if there is none.
func splitAttempt(w string) (message string, attempt int16) {
	message, number, _ := strings.Cut(w, "#")
	if n, err := strconv.ParseInt(number, 10, 16); err == nil && n > 0 {
		return message, int16(n)
	}
	return w, 0
}

// isMessage tells whether a word has the form of a message's name: "m3", "p1.m3", "m3#2".
func isMessage(w string) bool {
	w, _ = splitAttempt(w)
	w = w[strings.LastIndexByte(w, '.')+1:]
	if !strings.HasPrefix(w, "m") {
		return false
	}
	_, err := strconv.Atoi(w[1:])
	return err == nil
}

// Matches tells whether a note is meant.
func (p *Pattern) Matches(n *wire.Note) bool {
	if n.Kind != p.kind || !p.about(n) {
		return false
	}
	for _, w := range p.words {
		if !p.has(n, w) {
			return false
		}
	}
	return true
}

// about tells whether a note is about whom it should be.
func (p *Pattern) about(n *wire.Note) bool { return p.node == wire.Nobody || n.Node == p.node }

// Near tells how near a note comes to what is meant: 0 if it is of another kind; to be about the same node
// counts more than all words together, and each word that it has counts.
func (p *Pattern) Near(n *wire.Note) int {
	if n.Kind != p.kind {
		return 0
	}
	near := 1
	if p.about(n) {
		near += len(p.words) + 1
	}
	for _, w := range p.words {
		if p.has(n, w) {
			near++
		}
	}
	return near
}

func (p *Pattern) has(n *wire.Note, w string) bool {
	if id, ok := p.names.roster.ID(w); ok {
		return n.Peer == id || n.Set.Has(id)
	}
	if isMessage(w) {
		name, attempt := splitAttempt(w)
		if p.names.Is(n.Message, name) && (attempt == 0 || attempt == n.Attempt) {
			return true
		}
		for _, r := range n.Carried() {
			if p.names.Is(r.Message, name) && (attempt == 0 || attempt == r.Attempt) {
				return true
			}
		}
		return false
	}
	if wire.IsError(w) {
		return n.Err.String() == w
	}
	if epoch, ok := strings.CutPrefix(w, "epoch="); ok {
		return strconv.Itoa(int(n.Epoch)) == epoch
	}
	part, offset, hasOffset := strings.Cut(w, "@")
	if p.names.Partition(n.At) != part {
		return false
	}
	if !hasOffset {
		return true
	}
	at, _ := strconv.ParseInt(offset, 10, 64)
	from, to := n.Span()
	return at >= from && at < to
}

// Is compares a message with a name, with or without its producer.
func (n *Names) Is(m wire.MessageID, name string) bool {
	if m.Producer == wire.Nobody {
		return false
	}
	short := "m" + strconv.Itoa(int(m.N))
	return name == n.Node(m.Producer)+"."+short || n.single && name == short
}

// PatternFor is a pattern that matches a note, as a script would write it.
func (n *Names) PatternFor(note *wire.Note) string {
	row := note.Kind.Row()
	words := []string{n.Node(note.Node), row.Name}
	for _, field := range []string{"at", "msg", "peer"} {
		if !strings.Contains(row.Told, "{"+field+"}") {
			continue
		}
		if field == "at" && strings.Contains(row.Told, "@{offset}") {
			from, _ := note.Span()
			words = append(words, n.Partition(note.At)+"@"+strconv.FormatInt(from, 10))
			continue
		}
		if field == "msg" {
			words = append(words, n.attempt(note.Message, note.Attempt))
			continue
		}
		words = append(words, n.field(note, field))
	}
	return strings.Join(words, " ")
}

// ParsePartition finds a partition by its name, "orders-0": one that exists from the start, or will.
func (n *Names) ParsePartition(name string) (wire.Partition, error) {
	topic, index := wire.SplitPartition(name)
	t := TopicOf(n.world, topic)
	if t == nil {
		return wire.Partition{}, fmt.Errorf("unknown partition %q%s (topics: %s)", name,
			sim.DidYouMean(topic, n.topics[1:]), strings.Join(n.topics[1:], ", "))
	}
	if most := n.partitions[t.ID]; index < 0 || index >= most {
		return wire.Partition{}, fmt.Errorf("%q: %s has partitions 0 to %d", name, topic, most-1)
	}
	return wire.Partition{Topic: t.ID, Index: index}, nil
}

// ParseMessage finds a message of this run, sent or not, by its name, "m3" or "p1.m3".
func (n *Names) ParseMessage(name string) (wire.MessageID, error) {
	if !isMessage(name) {
		return wire.MessageID{}, fmt.Errorf("%q is no message: they are called m1, m2, ...", name)
	}
	name, _ = splitAttempt(name)
	number, _ := strconv.Atoi(name[strings.LastIndexByte(name, '.')+2:])
	for id := range ids(n.world) {
		s, ok := speakerOf(n.world, id)
		m := wire.MessageID{Producer: id, N: int32(number)}
		if ok && m.N >= 1 && m.N <= s.records+n.more[id] && n.Is(m, name) {
			return m, nil
		}
	}
	return wire.MessageID{}, fmt.Errorf("no producer sends a message %q", name)
}
