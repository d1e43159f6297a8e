package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// MarkerChannel is a leader that has been asked for markers, one request at a time, or that is left alone
// for a while because it could not write one (TransactionMarkerChannelManager, TxnMarkerQueue).
type MarkerChannel struct {
	Leader wire.NodeID
	Sent   []SentMarker `sim:"frozen"` // none: it is left alone
}

// SentMarker is a marker on its way, and whose it is.
type SentMarker struct {
	Name   wire.TransactionalID
	Marker wire.TxnMarker
}

// sendMarkers is a turn of the thread that sends markers. A transaction that has them all is completed; a
// partition without a leader waits, and one that is not there any more needs no marker
// (TransactionMarkerChannelManager.generateRequests, .addTxnMarkersToBrokerQueue).
func (b *Broker) sendMarkers(out *sim.Out) {
	for i := range b.Txns {
		t := &b.Txns[i]
		if !preparing(t.Now.State) || t.Writing || t.Dropped {
			continue
		}
		t.Left = slices.DeleteFunc(t.Left, func(at wire.Partition) bool { return b.Image.Partition(at) == nil })
		if len(t.Left) == 0 {
			b.writeTxn(t, out)
		}
	}
	for id := range b.Image.Alive().All() {
		if b.channel(id) < 0 {
			b.sendMarkersTo(id, out)
		}
	}
	if b.waiting(wire.Nobody) != nil {
		b.retryMarkers(out)
	}
}

// waiting are the markers that are to be sent to a leader; those for Nobody have nowhere to go yet.
func (b *Broker) waiting(leader wire.NodeID) []SentMarker {
	var all []SentMarker
	for i := range b.Txns {
		t := &b.Txns[i]
		m := wire.TxnMarker{ID: t.Now.ID, Epoch: t.Now.Epoch, Bumped: t.Now.Bumps,
			Marker:           wire.MarkerOf(t.Now.State == wire.TxnPrepareCommit),
			CoordinatorEpoch: b.coordinatorEpoch(t.Now.Name)}
		for _, at := range t.Left {
			if b.leaderOf(at) == leader && !b.marking(t, at) {
				m.Partitions = append(m.Partitions, at)
			}
		}
		if len(m.Partitions) > 0 {
			all = append(all, SentMarker{t.Now.Name, m})
		}
	}
	return all
}

// retryMarkers takes another turn after a while; in Kafka the thread goes round without a pause.
func (b *Broker) retryMarkers(out *sim.Out) {
	if t := (sim.Timer{Kind: markerTimer}); !out.Armed(t) {
		out.SetTimer(t, retryBackoff)
	}
}

// sendMarkersTo sends a leader all markers that wait for it.
func (b *Broker) sendMarkersTo(leader wire.NodeID, out *sim.Out) {
	c, req := MarkerChannel{Leader: leader, Sent: b.waiting(leader)}, &wire.WriteTxnMarkersRequest{}
	if len(c.Sent) == 0 {
		return
	}
	for i := range c.Sent {
		req.Markers = append(req.Markers, c.Sent[i].Marker)
	}
	b.Markers = append(b.Markers, c)
	if leader != b.Self {
		out.Await(sim.Timer{Kind: markerWaitTimer, Key: int32(leader)}, markerTimeout, leader)
	}
	b.ask(leader, wire.MarkerLane, req, out)
}

// channel is the place of a leader's channel, -1 if it can be sent markers.
func (b *Broker) channel(leader wire.NodeID) int {
	return slices.IndexFunc(b.Markers, func(c MarkerChannel) bool { return c.Leader == leader })
}

// marking tells whether a marker is on its way already, if only to who led the partition before.
func (b *Broker) marking(t *Txn, at wire.Partition) bool {
	for _, c := range b.Markers {
		for i := range c.Sent {
			if m := &c.Sent[i]; b.sentFor(m) == t && slices.Contains(m.Marker.Partitions, at) {
				return true
			}
		}
	}
	return false
}

// sentFor is the transaction that a marker was sent for, nil if it is another coordinator's now.
func (b *Broker) sentFor(m *SentMarker) *Txn {
	t, err := b.coordinated(m.Name)
	if err != wire.None || t == nil || b.coordinatorEpoch(m.Name) != m.Marker.CoordinatorEpoch {
		return nil
	}
	return t
}

// onMarkersWritten takes a leader's word for its markers. What it could not write is sent again, perhaps to
// another leader (TransactionMarkerRequestCompletionHandler.onComplete).
func (b *Broker) onMarkersWritten(leader wire.NodeID, r *wire.WriteTxnMarkersResponse, out *sim.Out) {
	i := b.channel(leader)
	sent := b.Markers[i].Sent
	out.StopTimer(sim.Timer{Kind: markerWaitTimer, Key: int32(leader)})
	again := false
	for j := range sent {
		if t := b.sentFor(&sent[j]); t != nil {
			again = t.marked(&sent[j].Marker, r.Results) || again
		}
	}
	b.Markers = slices.Delete(b.Markers, i, i+1)
	if again {
		b.leaveAlone(leader, out)
	}
	b.sendMarkers(out)
}

// marked takes what came of one marker, and tells whether some of it is to be sent again. If the leader has
// seen a newer epoch, of the producer or of the coordinator, nothing of it is, and the transaction is never
// completed here.
func (t *Txn) marked(m *wire.TxnMarker, results []wire.MarkerResult) (again bool) {
	for _, r := range results {
		if r.ID != m.ID || !slices.Contains(m.Partitions, r.At) {
			continue
		}
		switch r.Err {
		case wire.None:
			t.Left = slices.DeleteFunc(t.Left, func(at wire.Partition) bool { return at == r.At })
		case wire.InvalidProducerEpoch, wire.TransactionCoordinatorFenced:
			t.Dropped = true
		default:
			again = true
		}
	}
	if !t.Dropped {
		return again
	}
	t.Left = slices.DeleteFunc(t.Left, func(at wire.Partition) bool { return slices.Contains(m.Partitions, at) })
	return false
}

// leaveAlone sends a leader nothing for a while.
func (b *Broker) leaveAlone(leader wire.NodeID, out *sim.Out) {
	b.Markers = append(b.Markers, MarkerChannel{Leader: leader})
	out.SetTimer(sim.Timer{Kind: markerBackoffTimer, Key: int32(leader)}, retryBackoff)
}

// endMarkerBackoff is when it may be asked again.
func (b *Broker) endMarkerBackoff(leader wire.NodeID, out *sim.Out) {
	i := b.channel(leader)
	b.Markers = slices.Delete(b.Markers, i, i+1)
	b.sendMarkers(out)
}

// markersLost takes the news that a leader will not answer: its markers are sent again.
func (b *Broker) markersLost(leader wire.NodeID, out *sim.Out) {
	i := b.channel(leader)
	if i < 0 || len(b.Markers[i].Sent) == 0 {
		return
	}
	out.StopTimer(sim.Timer{Kind: markerWaitTimer, Key: int32(leader)})
	b.Markers = slices.Delete(b.Markers, i, i+1)
	b.leaveAlone(leader, out)
	b.sendMarkers(out)
}
