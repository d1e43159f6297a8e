package cluster

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// life follows one message from node to node.
type life struct {
	story
	transactional bool
	places        []place
	past          wire.NodeSet // who has committed an offset behind it
	chain         []Cause
}

// place is an offset that the message has, or had, in a partition.
type place struct {
	wire.PartitionOffset
	producer int64        // the producer id of its batch
	holders  wire.NodeSet // the brokers that have it there
	ended    bool         // its transaction, by a marker behind it
}

// Life is what a message has gone through on the path that led here, step by step and node by node: sent, batched, in
// flight, written, copied, below the high watermark, acknowledged, fetched, applied, committed, and what else befell it.
func Life(w *sim.World, path []sim.Happened, m wire.MessageID) []Cause {
	l := life{story: story{names: NamesOf(w), m: m}, transactional: LedgerOf(w).Row(m).Txn > 0}
	for i := range path {
		h := &path[i]
		l.fetched(h)
		for k := range h.Notes {
			if n := &h.Notes[k]; l.touches(n) {
				l.chain = append(l.chain, l.cause(line{h.Step, *n}))
			}
		}
	}
	return folded(l.chain)
}

// fetched takes in that a consumer gets the message, which poll() will return.
func (l *life) fetched(h *sim.Happened) {
	b, ok := h.Body.(*wire.FetchResponse)
	if !ok || !IsA(l.names.world, h.Event.Receiver(), "consumer") {
		return
	}
	for i := range b.Partitions {
		for _, batch := range b.Partitions[i].Batches {
			if slices.ContainsFunc(batch.Records, func(r wire.Record) bool { return r.Message == l.m }) {
				l.chain = append(l.chain, l.say(h.Step, "%s fetched %s from %s: it waits there for poll()",
					l.names.Node(h.Event.Receiver()), l.names.Message(l.m), l.names.Node(h.Event.Peer)))
				return
			}
		}
	}
}

// touches tells whether a note is about the message: because it names it, or because it is about its place in a log.
func (l *life) touches(n *wire.Note) bool {
	if concerns(n, l.m) {
		l.move(n)
		return true
	}
	for i := range l.places {
		if p := &l.places[i]; p.At == n.At && p.holders != 0 && l.passes(p, n) {
			return true
		}
	}
	return false
}

// move takes in where the message is now, and where no more.
func (l *life) move(n *wire.Note) {
	switch n.Kind {
	case wire.Appended, wire.Replicated:
		at := slices.IndexFunc(n.Carried(), func(r wire.Record) bool { return r.Message == l.m })
		p := l.place(wire.PartitionOffset{At: n.At, Offset: n.Batch.Offset(at)})
		p.holders, p.producer = p.holders.With(n.Node), n.Batch.ProducerID
	case wire.Truncated, wire.StartedAnew, wire.LostUnflushed, wire.Deleted, wire.Dropped, wire.Superseded, wire.AbortedRemoved:
		for i := range l.places {
			if p := &l.places[i]; p.At == n.At {
				p.holders = p.holders.Without(n.Node)
			}
		}
	}
}

// place is what is known of an offset of the message.
func (l *life) place(at wire.PartitionOffset) *place {
	for i := range l.places {
		if l.places[i].PartitionOffset == at {
			return &l.places[i]
		}
	}
	l.places = append(l.places, place{PartitionOffset: at})
	return &l.places[len(l.places)-1]
}

// passes tells whether a note is about a mark that passes the message's place: a broker's high watermark or last stable
// offset, the end of its transaction, a group's position.
func (l *life) passes(p *place, n *wire.Note) bool {
	up, down := n.Offset <= p.Offset && p.Offset < n.To, n.To <= p.Offset && p.Offset < n.Offset
	switch n.Kind {
	case wire.HWAdvanced:
		return up && p.holders.Has(n.Node)
	case wire.LSOAdvanced:
		return up && p.holders.Has(n.Node) && l.transactional
	case wire.HWLowered:
		return down && p.holders.Has(n.Node)
	case wire.CommitLowered:
		return down
	case wire.MarkerWritten:
		first := !p.ended && n.Offset > p.Offset && n.To == p.producer
		p.ended = p.ended || first
		return first
	case wire.Committed, wire.OffsetsSent:
		first := n.Offset > p.Offset && !l.past.Has(n.Node)
		if first {
			l.past = l.past.With(n.Node)
		}
		return first
	}
	return false
}
