package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// Form is how an act's words are written after its verb.
type Form uint8

const (
	// OneNode: "crash b1", and "power b1 keep=2".
	OneNode Form = iota
	// TwoNodes: "cut b1-p1", and "cut b1-p1 keep=1,0".
	TwoNodes
	// Direction: "partition b1>b2", or both ways "partition b1-b2".
	Direction
	// Connection: "hold p1>b1", "hold b2<b1/fetch@1".
	Connection
	// Words: "tell b1 some words".
	Words
	// Order: the words are the row's own, see Act.Read.
	Order
)

// usage is how an act is written after its verb.
func (a *Act) usage() string {
	if a.Form == Order {
		return a.Usage
	}
	keep := ""
	if a.Keeps {
		keep = " [keep=N]"
	}
	return [...]string{
		"NODE" + keep, "NODE-NODE" + keep, "NODE>NODE or NODE-NODE", "CLIENT>SERVER or CLIENT<SERVER, [/LANE][@GEN]",
		"NODE WORDS",
	}[a.Form]
}

func (f Form) text(r *Roster, e Event) string {
	switch f {
	case OneNode:
		return r.Name(e.Node) + keepText(e.Keep, 1)
	case TwoNodes:
		return r.Name(e.Node) + "-" + r.Name(e.Peer) + keepText(e.Keep, 2)
	case Direction:
		sign := ">"
		if e.Both {
			sign = "-"
		}
		return r.Name(e.Node) + sign + r.Name(e.Peer)
	case Connection:
		return r.path(e)
	case Order:
		return e.Text
	default:
		return r.Name(e.Node) + " " + e.Text
	}
}

func keepText(keep [2]int16, n int) string {
	switch {
	case keep == [2]int16{}:
		return ""
	case n == 1:
		return fmt.Sprintf(" keep=%d", keep[0])
	default:
		return fmt.Sprintf(" keep=%d,%d", keep[0], keep[1])
	}
}

func (f Form) parse(w *World, verb string, words []string) (Event, error) {
	switch f {
	case OneNode:
		words, keep, err := cutKeep(words, 1)
		if err != nil {
			return Event{}, err
		}
		e, err := parseNode(w, verb, words)
		e.Keep = keep
		return e, err
	case TwoNodes:
		words, keep, err := cutKeep(words, 2)
		if err != nil {
			return Event{}, err
		}
		e, err := parsePair(w, verb, words, "-")
		e.Keep = keep
		return e, err
	case Direction:
		if len(words) == 1 && strings.Contains(words[0], ">") {
			return parsePair(w, verb, words, ">")
		}
		e, err := parsePair(w, verb, words, "-")
		e.Both = true
		return e, err
	case Connection:
		if len(words) != 1 {
			return Event{}, fmt.Errorf("want one connection, like p1>b1")
		}
		return parsePath(w, verb, words[0])
	default:
		if len(words) < 2 {
			return Event{}, fmt.Errorf("want a node and what to tell it")
		}
		e, err := parseNode(w, verb, words[:1])
		e.Text = strings.Join(words[1:], " ")
		return e, err
	}
}

func parseNode(w *World, verb string, words []string) (Event, error) {
	if len(words) != 1 {
		return Event{}, fmt.Errorf("want the name of one node")
	}
	id, err := w.want(words[0])
	return Event{Verb: verb, Node: id}, err
}

func parsePair(w *World, verb string, words []string, sign string) (Event, error) {
	if len(words) != 1 {
		return Event{}, fmt.Errorf("want two nodes, like b1%sb2", sign)
	}
	for i := range words[0] { // names may hold the sign too: take the first split that is two nodes
		if !strings.HasPrefix(words[0][i:], sign) {
			continue
		}
		a, okA := w.ID(words[0][:i])
		b, okB := w.ID(words[0][i+1:])
		if okA && okB && a != b {
			return Event{Verb: verb, Node: a, Peer: b}, nil
		}
	}
	return Event{}, fmt.Errorf("%q is not two nodes, like b1%sb2 (nodes: %s)", words[0], sign,
		strings.Join(w.Named(), ", "))
}

func parsePath(w *World, verb, word string) (Event, error) {
	word, gen, hasGen := strings.Cut(word, "@")
	word, lane, hasLane := strings.Cut(word, "/")
	sign := ">"
	if strings.Contains(word, "<") {
		sign = "<"
	}
	e, err := parsePair(w, verb, []string{word}, sign)
	if err != nil {
		return e, err
	}
	e.Back = sign == "<"
	if hasLane {
		l, ok := w.lane(lane)
		if !ok {
			return e, fmt.Errorf("unknown lane %q (lanes: %s)", lane, strings.Join(w.Lanes[1:], ", "))
		}
		e.Lane = l
	}
	if hasGen {
		n, err := strconv.ParseUint(gen, 10, 16)
		if err != nil {
			return e, fmt.Errorf("%q is not the number of a connection", gen)
		}
		e.Gen = uint16(n)
	}
	return e, nil
}

// cutKeep takes a last word "keep=..." off.
func cutKeep(words []string, n int) ([]string, [2]int16, error) {
	var keep [2]int16
	if len(words) == 0 || !strings.HasPrefix(words[len(words)-1], "keep=") {
		return words, keep, nil
	}
	last := strings.TrimPrefix(words[len(words)-1], "keep=")
	parts := strings.Split(last, ",")
	if len(parts) > n {
		return nil, keep, fmt.Errorf("keep=%s: want at most %d numbers", last, n)
	}
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 15)
		if err != nil {
			return nil, keep, fmt.Errorf("keep=%s: %q is not a number of 0 or more", last, p)
		}
		keep[i] = int16(v)
	}
	return words[:len(words)-1], keep, nil
}

func (w *World) want(name string) (NodeID, error) {
	id, ok := w.ID(name)
	if !ok {
		names := w.Named()
		return 0, fmt.Errorf("unknown node %q%s (nodes: %s)", name, DidYouMean(name, names), strings.Join(names, ", "))
	}
	return id, nil
}

func (r *Roster) unknownVerb(verb string) error {
	known := []string{Deliver, Fire, Begin}
	for i := range r.Acts {
		known = append(known, r.Acts[i].Verb)
	}
	return fmt.Errorf("unknown verb %q%s (verbs: %s)", verb, DidYouMean(verb, known),
		strings.Join(known, ", "))
}
