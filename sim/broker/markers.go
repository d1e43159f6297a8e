package broker

import (
	"fmt"
	"iter"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// markerTimeout is how long markers wait for the high watermark: a broker's request.timeout.ms.
const markerTimeout = 30 * sim.Second

// onWriteTxnMarkers ends transactions in partitions that the broker leads. Markers are appended like records
// with acks=all; one answer comes when all are decided (KafkaApis.handleWriteTxnMarkersRequest).
func (b *Broker) onWriteTxnMarkers(c sim.Conn, r *wire.WriteTxnMarkersRequest, out *sim.Out) {
	d := DelayedProduce{Conn: c, Markers: r}
	for i := range r.Markers {
		for _, at := range r.Markers[i].Partitions {
			d.Parts = append(d.Parts, b.appendMarker(&r.Markers[i], at, out))
		}
	}
	for i := range d.Parts {
		b.afterAppend(&d.Parts[i], out)
	}
	b.answerOrDelay(d, markerTimeout, out)
}

// appendMarker appends a control batch on the leader of a partition.
func (b *Broker) appendMarker(m *wire.TxnMarker, at wire.Partition, out *sim.Out) DelayedPart {
	part := DelayedPart{Result: wire.ProduceResult{At: at}}
	r := b.replica(at)
	marker := wire.NewMarker(m.Marker, m.ID, m.Epoch, m.CoordinatorEpoch)
	err := b.canAppend(wire.AcksAll, r, marker)
	if err == wire.None {
		err = b.log(at).judge(m)
	}
	if part.Result.Err = err; err != wire.None {
		out.Tell(wire.Note{Kind: wire.MarkerRefused, Node: b.Self, At: at, To: m.ID, Err: err})
		return part
	}
	l := b.log(at)
	part.Batch = marker.At(l.End(), r.LeaderEpoch)
	b.appendBatch(r, l, part.Batch, out)
	part.Required, part.Waits = part.Batch.Next(), true
	return part
}

// judge compares a marker with what the log knows of its producer. With transaction.version 2 it has to be of
// a later epoch than the records that it ends, so that a late one can't end the next transaction; when it comes
// again, nothing is open (KAFKA-19446, KAFKA-19999, ProducerAppendInfo.checkProducerEpoch, .checkCoordinatorEpoch).
func (l *Log) judge(m *wire.TxnMarker) wire.Error {
	p := l.producer(m.ID)
	switch {
	case p == nil:
	case m.Epoch < p.Epoch, m.Bumped && m.Epoch == p.Epoch && p.open():
		return wire.InvalidProducerEpoch
	case m.CoordinatorEpoch < p.Coordinator:
		return wire.TransactionCoordinatorFenced
	}
	return wire.None
}

// misfit finds the first marker among batches that are copied or loaded which the leader would have refused; a
// note without an error says that there is none. The leader has looked, so nobody else does (AppendOrigin.REPLICATION).
// Before 2.4.1 everybody did, and a marker that a leader had taken because it had forgotten the producer was an
// error ever after (KAFKA-9144, ProducerAppendInfo.appendEndTxnMarker from 0.11 to 2.4.0).
func (b *Broker) misfit(l *Log, batches iter.Seq[*wire.Batch]) wire.Note {
	if !b.Config.CopiesChecked {
		return wire.Note{}
	}
	return b.refusable(l, batches)
}

// refusable is misfit where it is looked for.
func (b *Broker) refusable(l *Log, batches iter.Seq[*wire.Batch]) wire.Note {
	known := Log{Producers: slices.Clone(l.Producers)}
	for i := range known.Producers {
		known.Producers[i].Batches = nil
	}
	for m := range batches {
		if m.Marker.Ends() {
			err := known.judge(&wire.TxnMarker{ID: m.ProducerID, Epoch: m.ProducerEpoch, CoordinatorEpoch: m.CoordinatorEpoch})
			if err != wire.None {
				p := known.producer(m.ProducerID)
				return wire.Note{Node: b.Self, At: l.At, Offset: m.Base, To: m.ProducerID, Err: err,
					Text: fmt.Sprintf("epoch %d, coordinator epoch %d, behind epoch %d, coordinator epoch %d",
						m.ProducerEpoch, m.CoordinatorEpoch, p.Epoch, p.Coordinator)}
			}
		}
		if m.Idempotent() {
			known.note(m)
		}
	}
	return wire.Note{}
}

// answerMarkers tells the coordinator what came of each marker in each partition.
func (b *Broker) answerMarkers(d *DelayedProduce, out *sim.Out) {
	answer := &wire.WriteTxnMarkersResponse{}
	for i := range d.Markers.Markers {
		m := &d.Markers.Markers[i]
		for _, at := range m.Partitions {
			err := d.Parts[len(answer.Results)].Result.Err
			answer.Results = append(answer.Results, wire.MarkerResult{ID: m.ID, At: at, Err: err})
		}
	}
	b.reply(d.Conn, answer, out)
}
