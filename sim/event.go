package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// The verbs of what a world does by itself. Acts have verbs of their own, see Act.
const (
	Deliver = "deliver" // the oldest packet of one direction of a link arrives
	Fire    = "fire"    // a timer rings
	Begin   = "start"   // a booting process begins to run
)

// Event is what may happen next. It is comparable, and Roster.Text and Roster.ParseEvent turn
// it into one line and back.
type Event struct {
	Verb  string
	Node  NodeID // who fires, starts or is struck; of a connection, its client
	Peer  NodeID // of a connection, its server; of an act between two nodes, the other
	Lane  Lane
	Gen   uint16
	Back  bool // of a connection: the direction from the server to the client
	Both  bool // of an act between two nodes: in both directions
	Keep  [2]int16
	Timer Timer
	Text  string // a command's or an order's words
}

// conn is the connection that a delivery is on.
func (e Event) conn() Conn {
	return Conn{Client: e.Node, Server: e.Peer, Lane: e.Lane, Gen: e.Gen}
}

// Receiver is who gets what is delivered.
func (e Event) Receiver() NodeID {
	if e.Back {
		return e.Node
	}
	return e.Peer
}

// Text is the event in one line: "deliver p1>b1", "fire p1 linger:0", "crash b2". A connection is
// written with its client first: p1>b1 is what p1 asks, p1<b1 what b1 answers.
func (w *World) Text(e Event) string {
	r := w.Roster
	switch e.Verb {
	case Deliver:
		return e.Verb + " " + r.path(e)
	case Fire:
		return e.Verb + " " + r.Name(e.Node) + " " + w.timerText(e.Node, e.Timer)
	case Begin:
		return e.Verb + " " + r.Name(e.Node)
	}
	if a := r.act(e.Verb); a != nil {
		return strings.TrimRight(e.Verb+" "+a.Form.text(r, e), " ")
	}
	return e.Verb + " ?"
}

func (w *World) timerText(id NodeID, t Timer) string {
	s := w.timerKind(id, t).Name
	if t.Key != 0 {
		s += ":" + strconv.Itoa(int(t.Key))
	}
	return s
}

func (w *World) timerKind(id NodeID, t Timer) TimerKind {
	if kinds := w.Node(id).Timers(); int(t.Kind) < len(kinds) {
		return kinds[t.Kind]
	}
	return TimerKind{Name: "?"}
}

// path writes where a delivery goes: "b2>b1/fetch", "b2<b1/fetch@1".
func (r *Roster) path(e Event) string {
	sign := ">"
	if e.Back {
		sign = "<"
	}
	s := r.Name(e.Node) + sign + r.Name(e.Peer)
	if e.Lane != 0 {
		s += "/" + r.Lanes[e.Lane]
	}
	if e.Gen != 0 {
		s += "@" + strconv.Itoa(int(e.Gen))
	}
	return s
}

// ParseEvent reads what Text has written. The error says which word is wrong and what it could be.
func (w *World) ParseEvent(text string) (Event, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return Event{}, fmt.Errorf("an empty event: write one like %q", "crash b1")
	}
	verb, rest := words[0], words[1:]
	switch verb {
	case Deliver:
		return w.parseDeliver(rest)
	case Fire:
		return w.parseFire(rest)
	case Begin:
		return parseNode(w, Begin, rest)
	}
	a := w.act(verb)
	if a == nil {
		return Event{}, w.unknownVerb(verb)
	}
	e, err := w.parseAct(a, rest)
	if err != nil {
		return Event{}, fmt.Errorf("%s: %w (form: %s %s)", verb, err, verb, a.usage())
	}
	if a.Never != nil {
		if err := a.Never(w, e); err != nil {
			return Event{}, fmt.Errorf("%s: %w", verb, err)
		}
	}
	if e.Keep != [2]int16{} && !a.Keeps {
		return Event{}, fmt.Errorf("%s: nothing is kept by choice: leave keep= out", verb)
	}
	return e, nil
}

func (w *World) parseAct(a *Act, words []string) (Event, error) {
	if a.Form != Order {
		return a.Form.parse(w, a.Verb, words)
	}
	text, err := a.Read(w, words)
	return Event{Verb: a.Verb, Text: text}, err
}

func (w *World) parseDeliver(words []string) (Event, error) {
	if len(words) != 1 {
		return Event{}, fmt.Errorf("deliver: want one connection, like p1>b1")
	}
	return parsePath(w, Deliver, words[0])
}

func (w *World) parseFire(words []string) (Event, error) {
	if len(words) != 2 {
		return Event{}, fmt.Errorf("fire: want a node and a timer, like p1 linger")
	}
	e, err := parseNode(w, Fire, words[:1])
	if err != nil {
		return Event{}, err
	}
	name, key, keyed := strings.Cut(words[1], ":")
	if keyed {
		n, err := strconv.ParseInt(key, 10, 32)
		if err != nil {
			return Event{}, fmt.Errorf("fire: %q is not a timer's number", key)
		}
		e.Timer.Key = int32(n)
	}
	var known []string
	for i, k := range w.Node(e.Node).Timers() {
		if k.Name == name {
			e.Timer.Kind = uint8(i)
			return e, nil
		}
		known = append(known, k.Name)
	}
	return Event{}, fmt.Errorf("fire: %s has no timer %q (it has %s)",
		words[0], name, strings.Join(known, ", "))
}
