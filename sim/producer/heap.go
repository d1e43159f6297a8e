package producer

import "slices"

// Before 2.3 the unfinished batches of a partition were in a java.util.PriorityQueue, a heap in an
// array. Its head is the batch with the lowest number, but who goes through it meets the others as the
// array has them (KAFKA-8483). Nothing but that order is asked of the heap here.

// track puts a batch that got its numbers into the heap (PriorityQueue.offer).
func (p *Producer) track(q *Queue, b *Batch) {
	if !p.Config.HeapOrder {
		return
	}
	q.Sequences.Heap = append(q.Sequences.Heap, b.ID)
	p.siftUp(q.Sequences.Heap, len(q.Sequences.Heap)-1)
}

// untrack takes a batch that is done out of the heap: the last of the array takes its place
// (PriorityQueue.removeAt).
func (p *Producer) untrack(b *Batch) {
	s := &p.queue(b.At).Sequences
	i := slices.Index(s.Heap, b.ID)
	if i < 0 {
		return
	}
	end := len(s.Heap) - 1
	moved := s.Heap[end]
	s.Heap[i] = moved
	if s.Heap = s.Heap[:end]; i == end {
		return
	}
	p.siftDown(s.Heap, i)
	if s.Heap[i] == moved {
		p.siftUp(s.Heap, i)
	}
}

// heaped are the batches of the heap in the order of its array.
func (p *Producer) heaped(q *Queue) []*Batch {
	var out []*Batch
	for _, id := range q.Sequences.Heap {
		out = append(out, p.batch(id))
	}
	return out
}

func (p *Producer) siftUp(heap []int32, i int) {
	for parent := (i - 1) / 2; i > 0 && p.below(heap[i], heap[parent]); parent = (i - 1) / 2 {
		heap[i], heap[parent] = heap[parent], heap[i]
		i = parent
	}
}

func (p *Producer) siftDown(heap []int32, i int) {
	for child := 2*i + 1; child < len(heap); child = 2*i + 1 {
		if right := child + 1; right < len(heap) && p.below(heap[right], heap[child]) {
			child = right
		}
		if !p.below(heap[child], heap[i]) {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}

// below compares two batches by the number of their first record.
func (p *Producer) below(a, b int32) bool { return p.batch(a).Sequence < p.batch(b).Sequence }
