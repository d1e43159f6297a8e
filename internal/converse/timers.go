package converse

import (
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// waiting is a timer of the real node and when it is due.
type waiting struct {
	sim.Wait
	due sim.Time
}

func (r *Room) waits() []waiting {
	w := r.run.Look()
	var out []waiting
	for _, t := range w.Waits(subject) {
		out = append(out, waiting{t, w.Now().Add(t.Left)})
	}
	return out
}

// writeTimers writes which timers are armed that were not, or not for then, and which were stopped.
func (r *Room) writeTimers(before []waiting) {
	var changes []string
	after := r.waits()
	for _, t := range after {
		same := func(u waiting) bool { return u.Timer == t.Timer && u.due == t.due }
		if !slices.ContainsFunc(before, same) {
			changes = append(changes, "+"+r.label(t.Wait)+" "+round(t.Left))
		}
	}
	for _, t := range before {
		same := func(u waiting) bool { return u.Timer == t.Timer }
		if !slices.ContainsFunc(after, same) && !slices.Contains(r.rang, t.Timer) {
			changes = append(changes, "-"+r.label(t.Wait))
		}
	}
	if len(changes) > 0 {
		r.write("timers: %s", strings.Join(changes, " "))
	}
}

// round drops what is below a millisecond: the draws of chance.
func round(d sim.Duration) string {
	if d > sim.Millisecond {
		d -= d % sim.Millisecond
	}
	return d.String()
}

// label is a timer's name and what it is about.
func (r *Room) label(w sim.Wait) string {
	if key := r.Key(w.Name, w.Key); key != "" {
		return w.Name + ":" + key
	}
	return w.Name
}

func (r *Room) labelOf(t sim.Timer) string {
	name := r.Node().Timers()[t.Kind].Name
	return r.label(sim.Wait{Timer: t, Name: name})
}

// ClientKey writes the key of a timer of package client: the broker, and the number of the call if
// it is not the first one in flight.
func (r *Room) ClientKey(timer string, key int32) string {
	switch timer {
	case "request", "keepalive-wait", "reconnect":
		name := r.Peer(sim.NodeID(key >> 10))
		if lane := key >> 8 & 3; lane != 0 {
			name += "/" + wire.LaneNames[lane]
		}
		if call := key & 0xff; call != 0 {
			name += fmt.Sprintf("#%d", call)
		}
		return name
	}
	if key == 0 {
		return ""
	}
	return fmt.Sprint(key)
}

// Peer names a node in a timer's key.
func (r *Room) Peer(id sim.NodeID) string {
	if int(id) < len(r.Nodes) {
		return r.Nodes[id]
	}
	return fmt.Sprint(id)
}
