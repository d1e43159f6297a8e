package sim

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// World is everything there is at one moment, except its past. It never changes: Apply makes
// another one that shares what the event left alone.
type World struct {
	*Roster
	now     Time
	step    uint32
	nodes   []*slot // by NodeID-1
	links   []*link // sorted by connection
	blocked []wire.NodeSet
	ledger  Observer
	stamp   uint32 // the step the ledger and the slices above were last copied for
}

// New makes a world of booting nodes, in the order of the roster. Each starts at its time.
func New(r *Roster, nodes []Node, starts []Time, ledger Observer) *World {
	w := &World{Roster: r, ledger: ledger, blocked: make([]wire.NodeSet, len(nodes)+1)}
	for i, n := range nodes {
		w.nodes = append(w.nodes, &slot{node: n, health: Booting, boot: starts[i]})
	}
	return w
}

// Now is the moment of virtual time.
func (w *World) Now() Time { return w.now }

// Steps is how many events have led here.
func (w *World) Steps() int { return int(w.step) }

// Later is the same world with the clock run on to t, as far as nothing is due before.
func (w *World) Later(t Time) *World {
	if _, at, ok := w.Earliest(); ok {
		t = min(t, at)
	}
	later := *w
	later.now = max(w.now, t)
	return &later
}

// slot is a node's slot, to be read only.
func (w *World) slot(id NodeID) *slot {
	if int(id) <= len(w.nodes) {
		return w.nodes[id-1]
	}
	return w.vacant(id)
}

// Node is a node, to be read only. The id must be on the roster.
func (w *World) Node(id NodeID) Node { return w.slot(id).node }

// Health tells whether a node's process runs.
func (w *World) Health(id NodeID) Health { return w.slot(id).health }

// Paused tells whether a node's process is stopped for a while.
func (w *World) Paused(id NodeID) bool { return w.slot(id).paused }

// Nodes is how many nodes there are: their ids are 1..Nodes().
func (w *World) Nodes() int { return len(w.nodes) }

// Named are the names of the nodes that there are.
func (w *World) Named() []string {
	var out []string
	for i := range w.nodes {
		out = append(out, w.Name(NodeID(i+1)))
	}
	return out
}

// Ledger is the observer's state, to be read only.
func (w *World) Ledger() Observer { return w.ledger }

// Blocked tells whether nothing that a sends reaches b.
func (w *World) Blocked(a, b NodeID) bool { return w.blocked[a].Has(b) }

// Wait is an armed timer as an onlooker sees it.
type Wait struct {
	Timer
	Name  string
	Class TimerClass
	Left  Duration // 0 when overdue
}

// Waits are a node's armed timers.
func (w *World) Waits(id NodeID) []Wait {
	var out []Wait
	for _, a := range w.slot(id).timers {
		left := max(0, a.due.Sub(w.now))
		out = append(out, Wait{a.Timer, w.timerKind(id, a.Timer).Name, a.class, left})
	}
	return out
}

// Flight is a packet in flight as an onlooker sees it.
type Flight struct {
	Packet
	Conn     Conn
	From, To NodeID
	Left     Duration
	Idle     bool
	Held     bool
	Waiting  bool // it has arrived, but the server is still busy with an earlier request
}

// Flights are all packets in flight, connection by connection, oldest first.
func (w *World) Flights() []Flight {
	var out []Flight
	for _, l := range w.links {
		for _, down := range [2]bool{false, true} {
			from, to, s := l.Client, l.Server, &l.up
			if down {
				from, to, s = l.Server, l.Client, &l.down
			}
			for _, p := range s.queue {
				out = append(out, Flight{
					Packet: p, Conn: l.Conn, From: from, To: to, Idle: p.idle, Held: s.held,
					Left: max(0, p.Due.Sub(w.now)), Waiting: !down && l.unserved,
				})
			}
		}
	}
	return out
}

// Conns are the connections that the client still holds.
func (w *World) Conns() []Conn {
	var out []Conn
	for _, l := range w.links {
		if l.open {
			out = append(out, l.Conn)
		}
	}
	return out
}

// Fingerprint is what the world is: not when it is, nor how it came to be. Packets and timers
// that only say "still here" do not count, so an event that leaves the Fingerprint as it was
// told nobody anything.
type Fingerprint value.Hash

// Fingerprint hashes the world, sharing the sums of what the last event left alone.
func (w *World) Fingerprint() Fingerprint {
	h := value.Seeded
	for _, s := range w.nodes {
		h = h.Add(uint64(s.sum(false, 0)))
	}
	for _, l := range w.links {
		if !l.summed {
			l.plain, l.summed = l.sum(false, 0), true
		}
		if l.plain != 0 {
			h = h.Add(uint64(l.plain))
		}
	}
	return Fingerprint(w.rest(h, false))
}

// TimedFingerprint also takes in how far off every due is and how often chance was asked, so two
// worlds with the same one have the same future under the clock.
func (w *World) TimedFingerprint() Fingerprint {
	h := value.Seeded
	for _, s := range w.nodes {
		h = h.Add(uint64(s.sum(true, w.now)))
	}
	for _, l := range w.links {
		h = h.Add(uint64(l.sum(true, w.now)))
	}
	return Fingerprint(w.rest(h, true))
}

func (w *World) rest(h value.Hash, exact bool) value.Hash {
	for _, b := range w.blocked {
		h = h.Add(uint64(b))
	}
	if w.ledger == nil {
		return h
	}
	return w.ledger.Sum(h, exact)
}

// Rehash is the Fingerprint taken from scratch, trusting no sum that was kept. It differs from
// what Fingerprint said earlier only if somebody changed a frozen world.
func (w *World) Rehash() Fingerprint {
	fresh := *w
	fresh.nodes, fresh.links = nil, nil
	for _, s := range w.nodes {
		c := *s
		c.summed = [2]bool{}
		fresh.nodes = append(fresh.nodes, &c)
	}
	for _, l := range w.links {
		c := *l
		c.summed = false
		fresh.links = append(fresh.links, &c)
	}
	return fresh.Fingerprint()
}

// find is where the connection's link is, or where it belongs.
func (w *World) find(c Conn) (int, bool) {
	for i, l := range w.links {
		if !l.Conn.less(c) {
			return i, l.Conn == c
		}
	}
	return len(w.links), false
}

// held is the connection that a client holds to a server on a lane, if it holds one.
func (w *World) held(client, server NodeID, lane Lane) (int, bool) {
	for i, l := range w.links {
		if l.open && l.Client == client && l.Server == server && l.Lane == lane {
			return i, true
		}
	}
	return 0, false
}
