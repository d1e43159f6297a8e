package client

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Network is a client's connections and what it knows of the cluster.
type Network struct {
	Peers []Peer
	Meta  Metadata
}

// Peer is the client's connection to one broker on one lane.
type Peer struct {
	ID       wire.NodeID
	Lane     wire.Lane
	State    PeerState
	Failures int8   `sim:"idle"`      // connections lost in a row: it only sets how long to wait
	InFlight []Call `sim:"idle:Idle"` // unanswered requests, oldest first
}

// PeerState is the state of a connection.
type PeerState uint8

// The states of a connection.
const (
	Disconnected PeerState = iota
	BackingOff             // disconnected, and it is too early to connect again
	Connecting             // connected, but ApiVersions is not answered yet
	Ready
)

// Call is an unanswered request. What and Ref are the owner's; Body is what was asked.
type Call struct {
	Number int32 // of the time-out timer
	What   uint8
	Ref    int32
	Idle   bool // it only says "still here"
	Body   wire.Body
}

// The network's own calls; an owner's What starts at OwnersCall.
const (
	versionsCall uint8 = iota
	metadataCall
	OwnersCall
)

func (p *Peer) key() int32 { return int32(p.ID)<<2 | int32(p.Lane&3) }

func (p *Peer) timer(kind uint8, number int32) sim.Timer {
	return sim.Timer{Kind: kind, Key: p.key()<<8 | number}
}

// Peer is the connection to a broker, made up if there was none.
func (n *Network) Peer(id wire.NodeID, lane wire.Lane) *Peer {
	for i := range n.Peers {
		if n.Peers[i].ID == id && n.Peers[i].Lane == lane {
			return &n.Peers[i]
		}
	}
	n.Peers = append(n.Peers, Peer{ID: id, Lane: lane})
	return &n.Peers[len(n.Peers)-1]
}

// Usable tells whether a request could be sent now or a connection be opened for it; not while
// backing off, connecting, or full.
func (n *Network) Usable(c *Config, id wire.NodeID, lane wire.Lane) bool {
	p := n.Peer(id, lane)
	return p.State == Disconnected || p.State == Ready && len(p.InFlight) < c.MaxInFlight
}

// Ready tells whether a request can be sent to a broker now. If there is no connection it opens
// one; the owner tries again when it is told that something happened.
func (n *Network) Ready(c *Config, id wire.NodeID, lane wire.Lane, out *sim.Out) bool {
	p := n.Peer(id, lane)
	switch p.State {
	case Ready:
		return len(p.InFlight) < c.MaxInFlight
	case Disconnected:
		p.State = Connecting
		n.send(p, Call{What: versionsCall, Body: &wire.ApiVersionsRequest{}}, setupTimeout, out)
	}
	return false
}

// Send sends a request on a ready connection. One that is marked Idle is a keep-alive.
func (n *Network) Send(c *Config, id wire.NodeID, lane wire.Lane, call Call, out *sim.Out) {
	n.send(n.Peer(id, lane), call, c.RequestTimeout, out)
}

// SendFor is Send with a time-out of its own.
func (n *Network) SendFor(
	d sim.Duration, id wire.NodeID, lane wire.Lane, call Call, out *sim.Out,
) {
	n.send(n.Peer(id, lane), call, d, out)
}

// SendNoAnswer sends a request that is done once it is written: acks=0.
func (n *Network) SendNoAnswer(c *Config, id wire.NodeID, b wire.Body, out *sim.Out) {
	out.Send(id, c.Lane, b)
}

// Repeat sends again a request that was just answered with no news: the call counts as before,
// but that it is on its way tells nothing.
func (n *Network) Repeat(c *Config, id wire.NodeID, lane wire.Lane, call Call, out *sim.Out) {
	p := n.Peer(id, lane)
	n.track(p, &call, c.RequestTimeout, out)
	out.SendIdle(p.ID, p.Lane, call.Body)
}

func (n *Network) track(p *Peer, call *Call, timeout sim.Duration, out *sim.Out) {
	call.Number = p.free()
	p.InFlight = append(p.InFlight, *call)
	out.Await(p.wait(call), timeout, p.ID)
}

func (n *Network) send(p *Peer, call Call, timeout sim.Duration, out *sim.Out) {
	n.track(p, &call, timeout, out)
	if call.Idle {
		out.SendIdle(p.ID, p.Lane, call.Body)
		return
	}
	out.Send(p.ID, p.Lane, call.Body)
}

// wait is the timer of a call's time-out.
func (p *Peer) wait(call *Call) sim.Timer {
	if call.Idle {
		return p.timer(KeepaliveTimer, call.Number)
	}
	return p.timer(RequestTimer, call.Number)
}

// free is the lowest number that no call in flight has.
func (p *Peer) free() int32 {
	for n := int32(0); ; n++ {
		taken := false
		for i := range p.InFlight {
			taken = taken || p.InFlight[i].Number == n
		}
		if !taken {
			return n
		}
	}
}

// Receive takes a response and tells which call it answers; false if that was the network's own.
func (n *Network) Receive(c *Config, conn sim.Conn, b wire.Body, out *sim.Out) (Call, bool) {
	p := n.Peer(conn.Server, conn.Lane)
	call := p.InFlight[0]
	p.InFlight = p.InFlight[1:]
	out.StopTimer(p.wait(&call))
	switch call.What {
	case versionsCall:
		p.State, p.Failures = Ready, 0
		return call, false
	case metadataCall:
		n.Meta.update(c, call.Body.(*wire.MetadataRequest), b.(*wire.MetadataResponse), out)
		return call, false
	}
	return call, true
}

// Lost takes the news that a connection is gone and gives back the owner's calls on it, oldest
// first. The broker may be down, so the metadata is stale (NetworkClient.processDisconnection).
func (n *Network) Lost(c *Config, id wire.NodeID, lane wire.Lane, out *sim.Out) []Call {
	p := n.Peer(id, lane)
	var lost []Call
	for _, call := range p.InFlight {
		out.StopTimer(p.wait(&call))
		switch call.What {
		case versionsCall:
		case metadataCall:
			n.Meta.failed(c, out)
		default:
			lost = append(lost, call)
		}
	}
	p.InFlight = nil
	p.State = BackingOff
	p.Failures = min(p.Failures+1, 20)
	d := Backoff(c.ReconnectBackoff, c.ReconnectMax, int(p.Failures))
	d = out.Jitter(d, 20, "reconnect", uint64(p.Failures))
	out.SetTimer(p.timer(ReconnectTimer, 0), d)
	n.Meta.Stale = true
	return lost
}

// Rang takes a timer of the network's. For a request that waited too long it closes the
// connection and gives back every call that was on it.
func (n *Network) Rang(c *Config, t sim.Timer, out *sim.Out) []Call {
	switch t.Kind {
	case RequestTimer, KeepaliveTimer:
		p := n.byKey(t.Key >> 8)
		out.Close(p.ID, p.Lane)
		out.Tell(wire.Note{Kind: wire.RequestTimeout, Node: out.ID(), Peer: p.ID})
		return n.Lost(c, p.ID, p.Lane, out)
	case ReconnectTimer:
		n.byKey(t.Key >> 8).State = Disconnected
	case RefreshTimer, RefreshIdleTimer:
		n.Meta.Waiting = false
	case MetadataAgeTimer:
		n.Meta.Stale = true
	}
	return nil
}

// PeerOf is the broker and the lane of the connection that a request's timer belongs to.
func PeerOf(key int32) (wire.NodeID, wire.Lane) {
	return wire.NodeID(key >> 10), wire.Lane(key >> 8 & 3)
}

func (n *Network) byKey(key int32) *Peer {
	for i := range n.Peers {
		if n.Peers[i].key() == key {
			return &n.Peers[i]
		}
	}
	panic("client: a timer for a connection that never was")
}
