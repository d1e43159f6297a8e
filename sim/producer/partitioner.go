package producer

import (
	"math"
	"slices"

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

// class is what a partitioner does with a record.
type class struct {
	home    func(key string, partitions int) int16 // of a key; nil: keys are not looked at
	blank   bool                                   // an empty key counts as none
	keyless func(p *Producer, count int, out *sim.Out) int16
	again   bool // it is asked again about a record that would begin a new batch
}

var classes = [...]class{
	BuiltIn:          {home: keyPartition, keyless: (*Producer).sticky},
	RoundRobin:       {keyless: (*Producer).nextInTurn, again: true},
	StickyBatch:      {home: keyPartition, keyless: (*Producer).stuckTo, again: true},
	UniformSticky:    {keyless: (*Producer).stuckTo, again: true},
	DealKeyless:      {home: keyPartition, keyless: (*Producer).nextInTurn},
	Random:           {keyless: (*Producer).random},
	Murmur2Random:    {home: keyPartition, keyless: (*Producer).random},
	ConsistentRandom: {home: keyChecksum, blank: true, keyless: (*Producer).random},
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
	if !classes[class].again || int(index) >= count || p.room(p.queue(at), r) != nil {
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
// that the partitioner likes. Only the built-in one can be told to ignore keys.
func (p *Producer) partition(r *wire.Record, count int, out *sim.Out) int16 {
	if named, ok := p.named(r.Message.N); ok {
		return named
	}
	class := &classes[p.Config.Partitioner]
	keyed := r.Keyed && class.home != nil && !(class.blank && r.Key == "")
	if keyed && !(p.Config.IgnoreKeys && p.Config.Partitioner == BuiltIn) {
		return class.home(r.Key, count)
	}
	return class.keyless(p, count, out)
}

// stuckTo is the partition that a partitioner is at which is sticky by batch.
func (p *Producer) stuckTo(_ int, out *sim.Out) int16 {
	if !p.Sticky.Chosen {
		p.choose(out)
	}
	return p.Sticky.Partition
}

// random draws a partition for each record, and once more if that one has no leader: then it takes
// what it gets (rd_kafka_msg_partitioner_random).
func (p *Producer) random(count int, out *sim.Out) int16 {
	index := p.draw(count, out)
	if !slices.Contains(p.available(), index) {
		index = p.draw(count, out)
	}
	return index
}

func (p *Producer) draw(count int, out *sim.Out) int16 {
	n := out.Draw("random", uint64(p.Sticky.Draws)) >> 33
	p.Sticky.Draws++
	return int16(n % uint64(count))
}

// sticky is the partition that the built-in partitioner is at.
func (p *Producer) sticky(_ int, out *sim.Out) int16 {
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
