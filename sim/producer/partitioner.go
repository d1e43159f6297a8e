package producer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Sticky is the built-in partitioner's memory for records without a key: it stays with one
// partition until batch.size bytes went there (BuiltInPartitioner, KIP-794).
type Sticky struct {
	Chosen    bool
	Partition int16
	Produced  int32  // bytes since it was chosen
	Draws     int32  // how often chance was asked
	Load      []Load // weights by queue length; empty: all alike
}

// Load is how attractive a partition is: the shorter its queue, the more.
type Load struct {
	Partition int16
	Upto      int32 // cumulative
}

// partition chooses a record's partition.
func (p *Producer) partition(r *wire.Record, count int, out *sim.Out) int16 {
	switch {
	case p.Config.Partitioner == RoundRobin:
		return p.nextInTurn(count)
	case r.Keyed && !p.Config.IgnoreKeys:
		return keyPartition(r.Key, count)
	}
	s := &p.Sticky
	if !s.Chosen {
		p.choose(out)
	}
	at := wire.Partition{Topic: p.Config.App.Topic, Index: s.Partition}
	if last := p.last(p.queue(at)); (last == nil || last.Full) && s.Produced >= p.Config.BatchSize {
		p.choose(out) // a switch that was put off while a batch was filling
	}
	return s.Partition
}

// nextInTurn deals records out one by one over the available partitions (RoundRobinPartitioner).
func (p *Producer) nextInTurn(count int) int16 {
	available := p.available()
	if len(available) == 0 {
		return int16(int(p.Counter) % count)
	}
	return available[int(p.Counter)%len(available)]
}

// dealt gives the next record its turn. A record that waits for memory keeps its partition.
func (p *Producer) dealt() {
	if p.Config.Partitioner == RoundRobin {
		p.Counter++
	}
}

// stick counts the bytes that went to the sticky partition. Once they make a batch it moves on,
// but not while a batch is being filled, unless they make two.
func (p *Producer) stick(at wire.Partition, bytes int32, full bool, out *sim.Out) {
	s := &p.Sticky
	if !s.Chosen || s.Partition != at.Index {
		return
	}
	s.Produced += bytes
	if full && s.Produced >= p.Config.BatchSize || s.Produced >= 2*p.Config.BatchSize {
		p.choose(out)
	}
}

// choose draws the next sticky partition: by queue lengths if they are known to differ, else any
// available one, else any.
func (p *Producer) choose(out *sim.Out) {
	s := &p.Sticky
	draw := int64(out.Draw("sticky", uint64(s.Draws)) >> 33)
	s.Chosen, s.Produced = true, 0
	s.Draws++
	if n := len(s.Load); n > 0 {
		at := int32(draw % int64(s.Load[n-1].Upto))
		for _, l := range s.Load {
			if at < l.Upto {
				s.Partition = l.Partition
				return
			}
		}
	}
	if a := p.available(); len(a) > 0 {
		s.Partition = a[draw%int64(len(a))]
		return
	}
	s.Partition = int16(draw % int64(p.Net.Meta.Count(p.Config.App.Topic)))
}

// available are the partitions of the topic that have a leader.
func (p *Producer) available() []int16 {
	var out []int16
	for _, part := range p.Net.Meta.Parts {
		if part.At.Topic == p.Config.App.Topic && part.Leader != wire.Nobody {
			out = append(out, part.At.Index)
		}
	}
	return out
}

// measureLoad weighs the partitions by the lengths of their queues, as adaptive partitioning does
// once every partition has been sent to (BuiltInPartitioner.updatePartitionLoadStats).
func (p *Producer) measureLoad() {
	s := &p.Sticky
	s.Load = nil
	all := p.Net.Meta.Count(p.Config.App.Topic)
	if !p.Config.Adaptive || all < 2 || len(p.Queues) < all {
		return
	}
	longest, equal := 0, true
	var queues []*Queue
	for i := range p.Queues {
		q := &p.Queues[i]
		if leader, _ := p.Net.Meta.Leader(q.At); leader == wire.Nobody {
			continue
		}
		queues = append(queues, q)
		longest = max(longest, len(q.Batches))
		equal = equal && len(q.Batches) == len(queues[0].Batches)
	}
	if equal && len(queues) == all {
		return
	}
	total := int32(0)
	for _, q := range queues {
		total += int32(longest + 1 - len(q.Batches))
		s.Load = append(s.Load, Load{Partition: q.At.Index, Upto: total})
	}
}
