package producer

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// send is KafkaProducer.send: interceptors, metadata, partition, accumulator. What is missing
// blocks the application's thread.
func (p *Producer) send(c Call, out *sim.Out) {
	if p.Thread.Blocked == Free {
		p.called(c)
		p.intercept("onSend", p.message(c.N), out)
	}
	why := p.accept(c, out)
	if why == Never {
		p.refuse(c, out)
		return
	}
	if why == Free {
		p.unblock(c, out)
		p.accepted(c, out)
		return
	}
	if p.Thread.Blocked == Free {
		out.SetTimer(sim.Timer{Kind: blockTimer}, p.Config.MaxBlock)
	}
	if p.Thread.Blocked != why {
		out.Tell(wire.Note{Kind: wire.Blocked, Node: p.Self, Message: p.message(c.N),
			Attempt: c.Attempt, Text: why.String()})
	}
	p.Thread.Blocked, p.Thread.Message, p.Thread.Attempt = why, c.N, c.Attempt
}

// accept puts a message into a batch, or tells what is missing.
func (p *Producer) accept(c Call, out *sim.Out) Block {
	topic := p.Config.App.Topic
	p.Net.Meta.Want(topic)
	count := p.Net.Meta.Count(topic)
	if count == 0 {
		return NeedMetadata
	}
	record := p.record(c)
	at := wire.Partition{Topic: topic, Index: p.place(&record, count, out)}
	if int(at.Index) >= count {
		return NeedMetadata // the application names a partition that there is not, perhaps not yet
	}
	if setting, _ := p.Config.exceeded(&record); setting != "" {
		return Never
	}
	if !p.append(at, record, out) {
		p.Thread.Partition = at.Index
		return NeedMemory
	}
	p.join(at)
	out.Tell(wire.Note{Kind: wire.Sent, Node: p.Self, Message: record.Message, Attempt: c.Attempt, At: at})
	return Free
}

// resume lets a blocked send() try again.
func (p *Producer) resume(out *sim.Out) {
	if b := p.Thread.Blocked; b == NeedMetadata || b == NeedMemory {
		p.send(p.Thread.call(), out)
	}
}

// call is the send() that the thread is blocked in.
func (t *Thread) call() Call { return Call{t.Message, t.Attempt} }

func (p *Producer) unblock(c Call, out *sim.Out) {
	if p.Thread.Blocked != Free {
		out.Tell(wire.Note{Kind: wire.Unblocked, Node: p.Self, Message: p.message(c.N), Attempt: c.Attempt})
		out.StopTimer(sim.Timer{Kind: blockTimer})
	}
	p.Thread = Thread{}
}

// refuse makes send() of a record that is too large fail at once, with a RecordTooLargeException.
func (p *Producer) refuse(c Call, out *sim.Out) {
	record := p.record(c)
	setting, size := p.Config.exceeded(&record)
	out.Tell(wire.Note{Kind: wire.TooLarge, Node: p.Self, Message: record.Message, Attempt: c.Attempt,
		Text: fmt.Sprintf("it may take %d bytes, more than %s", size, setting)})
	p.giveUp(c, wire.MessageTooLarge, out)
}

// giveUp makes a send() fail: the message was never handed over. The error comes to the
// callback as others do, then to the interceptors, and then it spoils the transaction (KafkaProducer.doSend). The
// application goes on with the next one.
func (p *Producer) giveUp(c Call, err wire.Error, out *sim.Out) {
	why := p.Thread.Blocked.String()
	out.StopTimer(sim.Timer{Kind: blockTimer})
	p.Thread = Thread{}
	p.tellFailed(wire.Note{Kind: wire.Failed, Node: p.Self, Message: p.message(c.N), Attempt: c.Attempt,
		Err: err, Text: why}, c, out)
	p.intercept("onAcknowledgement", p.message(c.N), out)
	if err != wire.ProducerClosed { // that is no ApiException
		p.spoil(err, out)
	}
	if p.Thread.Blocked == Free {
		p.scheduleSend(p.Config.App.Every, out)
	}
}

func (p *Producer) message(n int32) wire.MessageID {
	if p.Config.App.Fed {
		return p.Fed.Records[n-1].Message
	}
	return wire.MessageID{Producer: p.Self, N: n}
}

func (p *Producer) record(c Call) wire.Record {
	if p.Config.App.Fed {
		return p.Fed.Records[c.N-1]
	}
	r := p.Says(c.N)
	r.Message, r.Attempt = p.message(c.N), c.Attempt
	return r
}

// intercept runs the interceptors, which see every message twice: before it is sent and when its
// fate is known (ProducerInterceptor).
func (p *Producer) intercept(hook string, m wire.MessageID, out *sim.Out) {
	for _, name := range p.Config.Interceptors {
		out.Tell(wire.Note{Kind: wire.Intercepted, Node: p.Self, Message: m,
			Text: name + "." + hook})
	}
}

// append puts a record at the end of its partition's queue: into the last batch if there is room,
// else into a new one, if buffer.memory has room for it (RecordAccumulator.append).
func (p *Producer) append(at wire.Partition, r wire.Record, out *sim.Out) bool {
	q := p.queue(at)
	if last := p.room(q, &r); last != nil {
		grown := last.add(r, p.Config.BatchSize)
		p.stick(at, grown, last.Full, out)
		return true
	}
	size := max(p.Config.BatchSize, upperBound(&r))
	if p.Buffer+size > p.Config.BufferMemory {
		return false
	}
	p.Buffer += size
	b := Batch{ID: p.freeID(), At: at, Memory: size, Bytes: batchOverhead, Left: p.Config.Retries,
		Sequence: wire.NoSequence, Ratio: p.expected()}
	grown := b.add(r, p.Config.BatchSize)
	p.Batches = append(p.Batches, b)
	q.Batches = append(q.Batches, b.ID)
	out.SetTimer(sim.Timer{Kind: lingerTimer, Key: b.ID}, p.Config.Linger)
	out.SetTimer(sim.Timer{Kind: deliveryTimer, Key: b.ID}, p.Config.DeliveryTimeout)
	p.stick(at, grown, b.Full, out)
	return true
}

// room is the newest batch of a queue, if a record fits in; if not, the batch is closed
// (RecordAccumulator.tryAppend).
func (p *Producer) room(q *Queue, r *wire.Record) *Batch {
	last := p.last(q)
	switch {
	case last == nil || last.Full:
		return nil
	case last.Bytes+last.sizeOf(r) > p.Config.BatchSize:
		last.Full = true
		return nil
	}
	return last
}

// queue is the partition's queue, made if there was none.
func (p *Producer) queue(at wire.Partition) *Queue {
	i := 0
	for i < len(p.Queues) && p.Queues[i].At.Less(at) {
		i++
	}
	if i == len(p.Queues) || p.Queues[i].At != at {
		p.Queues = slices.Insert(p.Queues, i, Queue{At: at, Sequences: p.fresh()})
	}
	return &p.Queues[i]
}
