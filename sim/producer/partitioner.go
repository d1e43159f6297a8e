package producer

import (
	"math"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Sticky is a sticky partitioner's memory for records without a key. The built-in one stays with one
// partition until batch.size bytes went there (BuiltInPartitioner, KIP-794), the one before it until a record
// did not fit into the batch (StickyPartitionCache, KIP-480).
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

// place chooses a record's partition, and again if the record would begin a new batch there. A class is
// asked only once about a record that waits for memory (KafkaProducer.doSend).
func (p *Producer) place(r *wire.Record, count int, out *sim.Out) int16 {
	class := p.Config.Partitioner
	if class != BuiltIn && p.Thread.Blocked == NeedMemory {
		return p.Thread.Partition
	}
	index := p.partition(r, count, out)
	at := wire.Partition{Topic: p.Config.App.Topic, Index: index}
	if class == BuiltIn || class == DealKeyless || int(index) >= count || p.room(p.queue(at), r) != nil {
		return index
	}
	switch {
	case class == RoundRobin && !p.Config.Skips:
		return index // it remembers that it was asked
	case class != RoundRobin && p.Sticky.Chosen && p.Sticky.Partition == index:
		p.leave(out)
	}
	return p.partition(r, count, out)
}

// partition chooses a record's partition: the one that the application names, or that of its key, or one
// that the partitioner likes.
func (p *Producer) partition(r *wire.Record, count int, out *sim.Out) int16 {
	class := p.Config.Partitioner
	if named := p.Config.App.Partitions; len(named) > 0 {
		return named[int(r.Message.N-1)%len(named)]
	}
	keyed := r.Keyed && class != RoundRobin && class != UniformSticky && !p.Config.IgnoreKeys
	switch {
	case keyed:
		return keyPartition(r.Key, count)
	case class == RoundRobin, class == DealKeyless:
		return p.nextInTurn(count, out)
	case class != BuiltIn:
		if !p.Sticky.Chosen {
			p.choose(out)
		}
		return p.Sticky.Partition
	}
	return p.sticky(out)
}

// sticky is the partition that the built-in partitioner is at.
func (p *Producer) sticky(out *sim.Out) int16 {
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

// nextInTurn deals records out one by one over the available partitions (RoundRobinPartitioner). The
// DefaultPartitioner of old begins anywhere.
func (p *Producer) nextInTurn(count int, out *sim.Out) int16 {
	if s := &p.Sticky; p.Config.Partitioner == DealKeyless && !s.Chosen {
		s.Chosen, p.Counter = true, int32(out.Draw("turn", 0)>>33)
	}
	turn := int(p.Counter)
	p.Counter = (p.Counter + 1) & math.MaxInt32
	if available := p.available(); len(available) > 0 {
		return available[turn%len(available)]
	}
	return int16(turn % count)
}

// leave draws a sticky partition that is another one, if there is another
// (StickyPartitionCache.nextPartition, KIP-480).
func (p *Producer) leave(out *sim.Out) {
	for old := p.Sticky.Partition; ; {
		if p.choose(out); p.Sticky.Partition != old || len(p.available()) < 2 {
			return
		}
	}
}

// stick, of the built-in partitioner, counts the bytes that went to the sticky partition. Once they make a batch it moves on,
// but not while a batch is being filled, unless they make two.
func (p *Producer) stick(at wire.Partition, bytes int32, full bool, out *sim.Out) {
	s := &p.Sticky
	if p.Config.Partitioner != BuiltIn || !s.Chosen || s.Partition != at.Index {
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
	if p.Config.Partitioner != BuiltIn || !p.Config.Adaptive || all < 2 || len(p.Queues) < all {
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
