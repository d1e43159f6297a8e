package sim

import "example.com/ksim/sim/wire"

// Out is what a node says while it steps. Effects take hold at once, but nobody else sees them
// before the step is over.
type Out struct {
	r     *Runner
	id    NodeID
	slot  *slot
	kinds []TimerKind
	first uint8 // of the timers that the stepping component has, see Part
	busy  Duration
	exit  bool
	dies  bool
}

// ID is the stepping node's own id.
func (o *Out) ID() NodeID { return o.id }

// Send sends a request on the node's connection to a server, opening one if it has none.
func (o *Out) Send(to NodeID, lane Lane, b wire.Body) { o.send(to, lane, b, false) }

// SendIdle sends a request that only says "still here".
func (o *Out) SendIdle(to NodeID, lane Lane, b wire.Body) { o.send(to, lane, b, true) }

func (o *Out) send(to NodeID, lane Lane, b wire.Body, idle bool) {
	i := o.r.dial(o.id, to, lane)
	l := o.r.link(i)
	o.r.send(&l.up, l.Conn, o.id, b, o.busy, idle)
}

// Reply answers the request that is unserved on c. If the connection is gone, so is the answer.
func (o *Out) Reply(c Conn, b wire.Body) { o.reply(c, b, false) }

// ReplyIdle answers that there is no news.
func (o *Out) ReplyIdle(c Conn, b wire.Body) { o.reply(c, b, true) }

// Done says that the unserved request on c is served and gets no answer.
func (o *Out) Done(c Conn) { o.reply(c, nil, false) }

func (o *Out) reply(c Conn, b wire.Body, idle bool) {
	i, ok := o.r.w.find(c)
	if !ok {
		return
	}
	l := o.r.link(i)
	l.unserved = false
	if b != nil {
		wait := o.r.w.Costs.Request[o.id] + o.busy
		o.r.send(&l.down, l.Conn, o.id, b, wait, idle)
	}
	o.r.sweep(i)
}

// Close ends the connection the node holds to a server on a lane, if it holds one.
func (o *Out) Close(to NodeID, lane Lane) {
	if i, ok := o.r.w.held(o.id, to, lane); ok {
		o.r.hangUp(i, o.id)
	}
}

// Refuse ends a connection from the server's side.
func (o *Out) Refuse(c Conn) {
	if i, ok := o.r.w.find(c); ok {
		o.r.hangUp(i, o.id)
	}
}

// Busy says that this step keeps the node from sending anything for d, such as an fsync does.
func (o *Out) Busy(d Duration) { o.busy += d }

// Part lets one component of a node step, whose timers are the rows of the node's table from first on. It
// tells whether the component wants the process to end: that is for the node to say.
func (o *Out) Part(first uint8, step func(*Out)) (exits bool) {
	base, exit := o.first, o.exit
	o.first, o.exit = base+first, false
	step(o)
	exits, o.first, o.exit = o.exit, base, exit
	return exits
}

// row is a component's timer as the node's table has it.
func (o *Out) row(t Timer) Timer {
	t.Kind += o.first
	return t
}

// SetTimer arms a timer to ring after d, in place of an earlier setting. Forever never rings.
func (o *Out) SetTimer(t Timer, d Duration) { o.Await(t, d, wire.Nobody) }

// Await arms a patience timer that measures the silence of one node.
func (o *Out) Await(t Timer, d Duration, of NodeID) {
	t = o.row(t)
	if d >= Forever {
		o.slot.stop(t)
		return
	}
	k := &o.kinds[t.Kind]
	o.slot.set(armed{t, k.Class, of, speed(d), o.r.w.now.Add(d), k.Outlives, o.r.w.step})
}

// StopTimer disarms a timer.
func (o *Out) StopTimer(t Timer) { o.slot.stop(o.row(t)) }

// MoveTimer makes to ring when from would have, and disarms from. If from is not armed, because
// it rang already, to is disarmed too.
func (o *Out) MoveTimer(from, to Timer) {
	o.CopyTimer(from, to)
	o.StopTimer(from)
}

// CopyTimer makes to ring when from will. If from is not armed, to is disarmed.
func (o *Out) CopyTimer(from, to Timer) {
	to = o.row(to)
	i, ok := find(o.slot.timers, o.row(from))
	if !ok {
		o.slot.stop(to)
		return
	}
	a := o.slot.timers[i]
	a.Timer, a.class = to, o.kinds[to.Kind].Class
	o.slot.set(a)
}

// Armed tells whether a timer is set and has not rung.
func (o *Out) Armed(t Timer) bool {
	_, ok := find(o.slot.timers, o.row(t))
	return ok
}

// Jitter spreads d by percent; the draw is the nth of what at this node.
func (o *Out) Jitter(d Duration, percent int, what string, nth uint64) Duration {
	return spread(d, percent, o.Draw(what, nth))
}

// Draw is chance: the nth of what at this node.
func (o *Out) Draw(what string, nth uint64) uint64 {
	return o.r.w.Seed.Draw(what, uint64(o.id)<<32^nth)
}

// Tell tells a note.
func (o *Out) Tell(n wire.Note) { o.r.Tell(n) }

// Recall asks the outside world for what applications have told it.
func (o *Out) Recall(q wire.Note) int64 {
	if o.r.w.ledger == nil {
		return wire.NoOffset
	}
	return o.r.w.ledger.Recall(&q)
}

// Exit ends the process by its own will once the step is over.
func (o *Out) Exit() { o.exit = true }

// Die ends the process once the step is over, as a kill would: an exception that nobody catches.
func (o *Out) Die() { o.dies = true }
