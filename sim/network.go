package sim

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// deliver lets the oldest packet of one direction of a link arrive.
func (r *Runner) deliver(e Event) {
	i, _ := r.w.find(e.conn())
	l := r.link(i)
	l.cold = false
	s := l.to(e.Receiver())
	p := s.pop()
	conn := l.Conn
	if p.Fin() {
		s.done = true
		if e.Back {
			l.open = false
		}
		r.sweep(i)
		r.drive(e.Receiver(), Input{Kind: Hangup, Conn: conn})
		return
	}
	if !e.Back {
		l.unserved = true
	}
	r.drive(e.Receiver(), Input{Kind: Receive, Conn: conn, Body: p.Body})
}

// sweep forgets a link of which nothing can come any more.
func (r *Runner) sweep(i int) {
	if r.w.links[i].over() {
		r.w.links = slices.Delete(r.w.links, i, i+1)
	}
}

// dial is the index of the link that the client holds, or of a new one.
func (r *Runner) dial(client, server NodeID, lane Lane) int {
	if i, ok := r.w.held(client, server, lane); ok {
		return i
	}
	i, c := r.unused(client, server, lane)
	h := r.w.nodes[server-1].health
	cold := h == Off || r.w.blocked[client].Has(server) || r.w.blocked[server].Has(client)
	l := &link{Conn: c, stamp: r.stamp, open: true, cold: cold}
	r.w.links = slices.Insert(r.w.links, i, l)
	if h != Up && h != Off {
		l.up.drop() // nobody listens: the machine refuses the connection
		r.fin(&l.down, server, client)
	}
	return i
}

// unused is a connection of which nothing is in the network any more, and where its link belongs. The
// end of an earlier one that its server has nothing to do about makes way.
func (r *Runner) unused(client, server NodeID, lane Lane) (int, Conn) {
	c := Conn{Client: client, Server: server, Lane: lane}
	i, taken := r.w.find(c)
	for ; taken; i, taken = r.w.find(c) {
		if l := r.w.links[i]; l.lingers() && !l.unserved {
			r.w.links = slices.Delete(r.w.links, i, i+1)
			break
		}
		if c.Gen++; c.Gen == 0 {
			panic("sim: " + r.w.Name(client) + " has given up too many connections to " + r.w.Name(server))
		}
	}
	return i, c
}

// send puts a body on a stream.
func (r *Runner) send(s *stream, l Conn, from NodeID, b wire.Body, wait Duration, idle bool) {
	if s.sealed {
		return
	}
	to := l.Peer(from)
	c := &r.w.Costs
	draw := r.w.Seed.Draw("latency", l.draw(from, s.sent))
	latency := spread(c.Latency[from][to], c.LatencyPercent, draw)
	due := r.w.now.Add(wait + latency + c.transmit(b.Size()))
	r.push(s, Packet{Body: b, Due: due, Origin: r.w.step, idle: idle})
}

// fin puts the end on a stream; nothing can follow it.
func (r *Runner) fin(s *stream, from, to NodeID) {
	r.push(s, Packet{Due: r.w.now.Add(r.w.Costs.Latency[from][to]), Origin: r.w.step})
	s.sealed = true
}

func (r *Runner) push(s *stream, p Packet) {
	p.Due = max(p.Due, s.last)
	s.last = p.Due
	s.sent++
	s.queue = append(s.queue, p)
}

// hangUp ends a link from one side: what that side has sent still arrives, then the other side is
// told; what flies towards it is dropped. Of a connection that was never made nothing has been sent.
func (r *Runner) hangUp(i int, side NodeID) {
	l := r.link(i)
	if l.cold && side == l.Client {
		r.w.links = slices.Delete(r.w.links, i, i+1)
		return
	}
	l.to(side).drop()
	if side == l.Client {
		l.open = false
	} else {
		l.unserved = false
	}
	if out := l.from(side); !out.sealed {
		r.fin(out, side, l.Peer(side))
	}
	r.sweep(i)
}

// end stops a node's process. A process that ends hangs up everywhere, and its machine goes on sending what
// the process has handed to it; a machine without power can do neither.
func (r *Runner) end(id NodeID, to Health, how CrashKind) {
	s := r.slot(id)
	s.health, s.paused = to, false
	s.orphan(to)
	r.out = Out{r: r, id: id, slot: s, kinds: s.node.Timers()}
	s.node.Crash(how, &r.out)
	r.eachLink(id, func(i int) {
		if l := r.w.links[i]; to != Off || l.cold && id == l.Client {
			r.hangUp(i, id)
			return
		}
		r.unplug(i, id)
	})
}

// unplug is what a power loss does to a link. What could not leave the machine, because the way is
// partitioned, was in its send buffer and dies there; what is held is in the network, and is not lost.
func (r *Runner) unplug(i int, id NodeID) {
	l := r.link(i)
	if s := l.from(id); !s.done && !s.held && r.w.blocked[id].Has(l.Peer(id)) {
		s.keep(0, r.w.now)
	}
	if id == l.Server {
		l.unserved = true // whatever it was doing, it will not answer
	}
}

// comeBack resets the connections that a machine without power could not close.
func (r *Runner) comeBack(id NodeID) {
	r.eachLink(id, func(i int) { r.hangUp(i, id) })
}

// eachLink visits the links of a node, last first, so that the visit may remove them.
func (r *Runner) eachLink(id NodeID, visit func(i int)) {
	for i := len(r.w.links) - 1; i >= 0; i-- {
		if l := r.w.links[i]; l.Client == id || l.Server == id {
			visit(i)
		}
	}
}

// cut resets every connection between two nodes: of what flies each way the first few packets
// still arrive, then both ends are told.
func (r *Runner) cut(a, b NodeID, keep [2]int16) {
	r.eachLink(a, func(i int) {
		l := r.link(i)
		if l.Peer(a) != b {
			return
		}
		for dir, s := range [...]*stream{&l.up, &l.down} {
			if s.done {
				continue
			}
			s.keep(int(keep[dir]), r.w.now)
			if from := [...]NodeID{l.Client, l.Server}[dir]; !s.sealed {
				r.fin(s, from, l.Peer(from))
			}
		}
	})
}
