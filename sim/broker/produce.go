package broker

import (
	"cmp"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// DelayedProduce is an acks=all append whose records, or markers, wait for the high watermark
// (DelayedProduce, the produce purgatory).
type DelayedProduce struct {
	ID      int32                        // of its timer
	Conn    sim.Conn                     // of the request
	Markers *wire.WriteTxnMarkersRequest // nil: they are records
	For     wire.TransactionalID         // whose transition it is, in place of a request
	Parts   []DelayedPart
}

// DelayedPart is one partition of a delayed produce.
type DelayedPart struct {
	Result   wire.ProduceResult
	Batch    *wire.Batch // as appended; nil: not appended
	Required int64       // the high watermark that decides it
	Waits    bool
}

// appendRecords appends and answers as acks demands (ReplicaManager.appendRecords).
func (b *Broker) appendRecords(d DelayedProduce, r *wire.ProduceRequest, v *Verification, out *sim.Out) {
	for i := range r.Partitions {
		d.Parts = append(d.Parts, b.appendPart(r, &r.Partitions[i], v, out))
	}
	for i := range d.Parts {
		b.afterAppend(&d.Parts[i], out)
	}
	switch r.Acks {
	case 0:
		b.answerNothing(d.Conn, d.Parts, out)
	case wire.AcksAll:
		b.answerOrDelay(d, r.Timeout, out)
	default:
		b.produced(&d, out)
	}
}

// produced tells who wanted the records written what came of it.
func (b *Broker) produced(d *DelayedProduce, out *sim.Out) {
	switch {
	case d.For != "":
		b.transitioned(d.For, &d.Parts[0], out)
	case d.Markers != nil:
		b.answerMarkers(d, out)
	default:
		b.answerProduce(d, out)
	}
}

// appendPart appends one partition's batch on its leader, in Kafka's order: leadership, then for
// acks=all the size of the ISR, then the batch itself (Partition.appendRecordsToLeader).
func (b *Broker) appendPart(
	req *wire.ProduceRequest, p *wire.ProducePart, v *Verification, out *sim.Out,
) DelayedPart {
	part := DelayedPart{Result: wire.ProduceResult{At: p.At, Base: wire.NoOffset, Epoch: wire.NoEpoch,
		Start: wire.NoOffset}}
	r := b.replica(p.At)
	kept := p.Batch
	part.Result.Err = cmp.Or(v.refused(p.At), b.canAppend(req.Acks, r, kept))
	if part.Result.Err == wire.None {
		kept, part.Result.Err = b.validate(p, out)
	}
	if part.Result.Err != wire.None {
		if part.Result.Err == wire.NotLeaderOrFollower {
			part.Result.Leader, part.Result.Epoch = r.hint()
		}
		out.Tell(wire.Note{Kind: wire.Refused, Node: b.Self, At: p.At, Err: part.Result.Err,
			Batch: p.Batch})
		return part
	}
	l := b.log(p.At)
	first, err := l.lookUp(kept, req.Adds, b.Config)
	if first == nil {
		err = b.mayOpen(l, kept, v, err)
	}
	switch {
	case err != wire.None:
		part.Result.Err, part.Result.Start = err, l.Start
		out.Tell(wire.Note{Kind: wire.Refused, Node: b.Self, At: p.At, Err: err, Batch: p.Batch})
		return part
	case first != nil:
		part.Batch = kept.At(first.Base, r.LeaderEpoch)
		out.Tell(wire.Note{Kind: wire.Recognised, Node: b.Self, At: p.At, Offset: first.Base,
			To: first.Next, Batch: p.Batch})
	default:
		part.Batch = kept.At(l.End(), r.LeaderEpoch)
		b.appendBatch(r, l, part.Batch, out)
	}
	part.Result.Base, part.Required, part.Waits = part.Batch.Base, part.Batch.Next(), true
	return part
}

func (b *Broker) canAppend(acks int8, r *Replica, batch *wire.Batch) wire.Error {
	switch {
	case acks != 0 && acks != 1 && acks != wire.AcksAll:
		return wire.InvalidRequiredAcks
	case r == nil:
		return wire.UnknownTopicOrPartition
	case r.Role != Leads:
		return wire.NotLeaderOrFollower
	case acks == wire.AcksAll && r.ISR.Len() < b.minISR(r):
		return wire.NotEnoughReplicas
	case batch.Bytes > b.Image.Topic(r.At.Topic).Config.MaxMessageBytes:
		return wire.MessageTooLarge
	case int64(batch.Bytes) > segmentRoom(&b.Image.Topic(r.At.Topic).Config):
		return wire.RecordListTooLarge
	}
	return wire.None
}

// appendBatch writes a batch to the page cache of the leader.
func (b *Broker) appendBatch(r *Replica, l *Log, batch *wire.Batch, out *sim.Out) {
	b.maybeRoll(l, batch, out)
	l.append(batch)
	b.grew(l, batch, out)
	b.noteProducer(l, batch, out)
	tellAppended(b.Self, r.At, batch, out)
	b.wrote(l, out)
}

// tellAppended tells of a batch that a leader has appended.
func tellAppended(self wire.NodeID, at wire.Partition, b *wire.Batch, out *sim.Out) {
	if b.Marker != wire.NoMarker {
		out.Tell(wire.Note{Kind: wire.MarkerWritten, Node: self, At: at, Offset: b.Base, To: b.ProducerID,
			Epoch: int32(b.ProducerEpoch), Text: b.Marker.String()})
		return
	}
	out.Tell(wire.Note{Kind: wire.Appended, Node: self, At: at, Offset: b.Base, To: b.Next(),
		Epoch: b.Epoch, Batch: b})
}

// afterAppend moves the high watermark, if this leader is alone in the ISR, and wakes the parked
// fetches of followers.
func (b *Broker) afterAppend(p *DelayedPart, out *sim.Out) {
	if p.Waits && !b.advance(b.replica(p.Result.At), out) {
		b.checkFetches(out)
	}
}

// answerNothing ends an acks=0 request: with an error all the broker can do is to close the
// connection, so that the client refreshes its metadata.
func (b *Broker) answerNothing(c sim.Conn, parts []DelayedPart, out *sim.Out) {
	for i := range parts {
		if parts[i].Result.Err != wire.None {
			out.Refuse(c)
			return
		}
	}
	out.Done(c)
}

// answerOrDelay answers a request of which everything is decided; else it waits.
func (b *Broker) answerOrDelay(d DelayedProduce, timeout sim.Duration, out *sim.Out) {
	if b.decided(&d) {
		b.produced(&d, out)
		return
	}
	for d.ID = 0; b.delayed(d.ID); d.ID++ {
	}
	b.Produces = append(b.Produces, d)
	out.SetTimer(sim.Timer{Kind: produceTimer, Key: d.ID}, timeout)
}

func (b *Broker) delayed(id int32) bool {
	for i := range b.Produces {
		if b.Produces[i].ID == id {
			return true
		}
	}
	return false
}

// decided settles the partitions that can be settled and tells whether all are
// (DelayedProduce.tryComplete, Partition.checkEnoughReplicasReachOffset). Records whose leadership
// was lost, or that stand in too small an ISR, stay in the log.
func (b *Broker) decided(d *DelayedProduce) bool {
	all := true
	for i := range d.Parts {
		p := &d.Parts[i]
		if !p.Waits {
			continue
		}
		r := b.replica(p.Result.At)
		switch {
		case r == nil: // the topic was deleted
			p.settle(wire.UnknownTopicOrPartition)
		case r.Role != Leads:
			p.settle(wire.NotLeaderOrFollower)
			p.Result.Leader, p.Result.Epoch = r.hint()
		case r.HW >= p.Required && r.MaximalISR().Len() >= b.minISR(r):
			p.settle(wire.None)
		case r.HW >= p.Required:
			p.settle(wire.NotEnoughReplicasAfter)
		default:
			all = false
		}
	}
	return all
}

func (p *DelayedPart) settle(err wire.Error) { p.Result.Err, p.Waits = err, false }

// checkProduces answers the delayed requests that are decided now.
func (b *Broker) checkProduces(out *sim.Out) {
	for i := 0; i < len(b.Produces); {
		if !b.decided(&b.Produces[i]) {
			i++
			continue
		}
		b.release(i, out)
	}
}

// expireProduce answers a delayed request whose time is over; its records stay in the log.
func (b *Broker) expireProduce(id int32, out *sim.Out) {
	for i := range b.Produces {
		if d := &b.Produces[i]; d.ID == id {
			for j := range d.Parts {
				if d.Parts[j].Waits {
					d.Parts[j].settle(wire.RequestTimedOut)
				}
			}
			b.release(i, out)
			return
		}
	}
}

func (b *Broker) release(i int, out *sim.Out) {
	d := b.Produces[i]
	b.Produces = append(b.Produces[:i], b.Produces[i+1:]...)
	out.StopTimer(sim.Timer{Kind: produceTimer, Key: d.ID})
	b.produced(&d, out)
}

func (b *Broker) answerProduce(d *DelayedProduce, out *sim.Out) {
	answer := &wire.ProduceResponse{}
	for i := range d.Parts {
		p := &d.Parts[i]
		answer.Partitions = append(answer.Partitions, p.Result)
		if p.Batch != nil {
			out.Tell(wire.Note{Kind: wire.Answered, Node: b.Self, Peer: d.Conn.Client,
				At: p.Result.At, Offset: p.Result.Base, Err: p.Result.Err, Batch: p.Batch})
		}
	}
	out.Reply(d.Conn, answer)
}
