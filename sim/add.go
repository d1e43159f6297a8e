package sim

import (
	"fmt"
	"slices"

	"example.com/ksim/sim/wire"
)

// Add gives the next seat to a node and orders its start. It is configured like another one, whatever it is that
// its Sum leaves out. Worlds that were given out before know nothing of it.
func (r *Runner) Add(n Node, like NodeID) NodeID {
	w := &r.w
	id := w.Vacancy()
	boot := w.now.Add(w.Costs.Boot[id])
	w.nodes = append(w.nodes, &slot{stamp: r.stamp, node: n, like: like, health: Booting, boot: boot, origin: w.step})
	w.blocked = append(slices.Clip(w.blocked), 0)
	r.Tell(wire.Note{Kind: wire.Added, Node: id, Peer: like})
	return id
}

// Vacancy is the next seat, Nobody if all are taken.
func (w *World) Vacancy() NodeID {
	if next := len(w.nodes) + 1; next < w.Size() {
		return NodeID(next)
	}
	return wire.Nobody
}

// vacant is what stands for a node that has not been added: nothing happens to it.
func (w *World) vacant(id NodeID) *slot { return &slot{node: w.seat(id).Node, health: Absent} }

// Missing says of nodes that not all of them are there, and what adds the next one; nil if they are.
func (w *World) Missing(nodes ...NodeID) error {
	for _, id := range nodes {
		if int(id) > len(w.nodes) {
			return fmt.Errorf("%s is %s%s", w.Name(id), w.Health(id), w.adding())
		}
	}
	return nil
}

// adding says what adds a node, if anything can.
func (w *World) adding() string {
	for i := range w.Acts {
		a := &w.Acts[i]
		if !a.Adds {
			continue
		}
		if e := a.Candidates(w, nil); len(e) > 0 {
			return fmt.Sprintf(" (%s adds %s)", w.Text(e[0]), w.Name(w.Vacancy()))
		}
	}
	return ""
}
