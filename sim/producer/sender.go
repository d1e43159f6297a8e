package producer

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// wake runs the sender thread if there is something it could do now.
func (p *Producer) wake(out *sim.Out) {
	t := sim.Timer{Kind: senderTimer}
	if p.forced() || p.busy() {
		out.StopTimer(t)
		return
	}
	for i := range p.Queues {
		q := &p.Queues[i]
		if len(q.Batches) == 0 {
			continue
		}
		leader, _ := p.Net.Meta.Leader(q.At)
		if leader != wire.Nobody && p.sendable(q, p.batch(q.Batches[0])) && !p.stuck(leader) &&
			p.Net.Usable(&p.Config.Client, leader, p.Config.Client.Lane) {
			if !out.Armed(t) {
				out.SetTimer(t, 0)
			}
			return
		}
	}
	p.Net.Refresh(&p.Config.Client, out) // a leader may have turned out to be unknown
}

// runSender is one turn of the sender thread (Sender.sendProducerData): which brokers are ready to
// be sent something, and to each of them one request with the head of every queue that it leads,
// those still lingering included.
func (p *Producer) runSender(out *sim.Out) {
	p.measureLoad()
	var ready wire.NodeSet
	for i := range p.Queues {
		q := &p.Queues[i]
		if len(q.Batches) == 0 {
			continue
		}
		leader, _ := p.Net.Meta.Leader(q.At)
		if leader != wire.Nobody && p.sendable(q, p.batch(q.Batches[0])) && !p.stuck(leader) {
			ready = ready.With(leader)
		}
	}
	for id := range ready.All() {
		if p.Net.Ready(&p.Config.Client, id, p.Config.Client.Lane, out) {
			p.drain(id, out)
		}
	}
}

// drain takes one batch from every queue that a broker leads, up to max.request.size, and sends
// them. A queue whose head must wait for an earlier batch ends it, and the next drain begins there: so
// it keeps the other partitions of its broker waiting (RecordAccumulator.drainBatchesForOneNode).
func (p *Producer) drain(leader wire.NodeID, out *sim.Out) {
	req := &wire.ProduceRequest{Acks: p.Config.Acks, Timeout: p.Config.Client.RequestTimeout,
		Transaction: p.Config.Transaction, Adds: p.Config.Version2,
		Abortable: p.Config.Transactional() && p.Config.Abortable}
	var ids []int32
	size := int32(0)
	for k := range p.Queues {
		i := (int(p.Turn) + k) % len(p.Queues)
		q := &p.Queues[i]
		now, epoch := p.Net.Meta.Leader(q.At)
		if len(q.Batches) == 0 || now != leader || q.Muted {
			continue
		}
		b := p.batch(q.Batches[0])
		if p.waits(b) {
			continue
		}
		if len(ids) > 0 && size+b.Bytes > p.Config.MaxRequestSize || !p.mayDrain(q, b) {
			p.Turn = int16(i)
			break
		}
		q.Batches = slices.Delete(q.Batches, 0, 1)
		q.Muted = p.Config.Client.MaxInFlight == 1
		b.Full, b.InFlight, b.SentEpoch = true, true, epoch
		out.StopTimer(sim.Timer{Kind: lingerTimer, Key: b.ID})
		ids = append(ids, b.ID)
		sent := p.encode(q, b, out)
		size += sent.Bytes
		req.Partitions = append(req.Partitions, wire.ProducePart{At: b.At, Batch: sent})
		out.Tell(wire.Note{Kind: wire.Drained, Node: p.Self, Peer: leader, At: b.At, Batch: sent})
	}
	if len(ids) > 0 {
		p.dispatch(leader, req, ids, out)
	}
}

// stuck tells whether a drain for a broker would end at once, at a queue that has to wait.
func (p *Producer) stuck(leader wire.NodeID) bool {
	for k := range p.Queues {
		q := &p.Queues[(int(p.Turn)+k)%len(p.Queues)]
		if now, _ := p.Net.Meta.Leader(q.At); len(q.Batches) == 0 || now != leader || q.Muted {
			continue
		}
		if b := p.batch(q.Batches[0]); !p.waits(b) {
			return !p.mayDrain(q, b)
		}
	}
	return false
}

// encode makes what goes over the wire, numbered if the producer is idempotent.
func (p *Producer) encode(q *Queue, b *Batch, out *sim.Out) *wire.Batch {
	sent := p.pack(b, out)
	if !p.Config.Idempotent {
		return sent
	}
	if p.number(q, b); b.Who.ID == 0 {
		return sent // numbered anew when the epochs were used up, Kafka sends it without an id
	}
	if sent = sent.Numbered(b.Who.ID, b.Who.Epoch, b.Sequence); p.Config.Transactional() {
		sent = sent.InTransaction()
	}
	return sent
}

// dispatch sends a request. With acks=0 its batches are done as soon as it is written.
func (p *Producer) dispatch(leader wire.NodeID, req *wire.ProduceRequest, ids []int32, out *sim.Out) {
	if req.Acks == 0 {
		p.Net.SendNoAnswer(&p.Config.Client, leader, req, out)
		for _, id := range ids {
			b := p.batch(id)
			p.unmute(b.At)
			p.complete(b, wire.NoOffset, out)
			p.forget(id, out)
		}
		return
	}
	ref := int32(0)
	for slices.ContainsFunc(p.Requests, func(r Request) bool { return r.Ref == ref }) {
		ref++
	}
	p.Requests = append(p.Requests, Request{Ref: ref, Batches: ids})
	p.Net.Send(&p.Config.Client, leader, p.Config.Client.Lane,
		client.Call{What: produceCall, Ref: ref, Body: req}, out)
}

// take is the request a call stands for; it is in flight no longer.
func (p *Producer) take(ref int32) []int32 {
	for i := range p.Requests {
		if p.Requests[i].Ref == ref {
			ids := p.Requests[i].Batches
			p.Requests = slices.Delete(p.Requests, i, i+1)
			return ids
		}
	}
	panic("producer: an answer to a request that was not sent")
}

func (p *Producer) unmute(at wire.Partition) { p.queue(at).Muted = false }
