package value

import (
	"iter"
	"slices"
)

// Summer is what a frozen sequence asks of its elements: that they can be hashed.
type Summer interface {
	Sum(h Hash, exact bool) Hash
}

const chunkLen = 32

// Vec is a sequence that grows and shrinks at its end and is shared between worlds: full
// chunks are frozen and never copied again, so remembering 100,000 worlds of a long log costs
// what each of them changed, not what each of them holds.
//
// Own makes a Vec private to its holder; until then its memory belongs to others too.
type Vec[T Summer] struct {
	chunks []chunk[T]
	tail   []T
}

type chunk[T Summer] struct {
	items []T
	sum   Hash // of everything up to and including this chunk
}

// Len is the number of elements.
func (v *Vec[T]) Len() int { return len(v.chunks)*chunkLen + len(v.tail) }

// At is the i-th element; i must be within 0..Len()-1.
func (v *Vec[T]) At(i int) T {
	if c := i / chunkLen; c < len(v.chunks) {
		return v.chunks[c].items[i%chunkLen]
	}
	return v.tail[i-len(v.chunks)*chunkLen]
}

// Last is the element at the end; the Vec must not be empty.
func (v *Vec[T]) Last() T { return v.At(v.Len() - 1) }

// All yields the elements from the first to the last.
func (v *Vec[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for i := range v.Len() {
			if !yield(i, v.At(i)) {
				return
			}
		}
	}
}

// Append puts x at the end.
func (v *Vec[T]) Append(x T) {
	v.tail = append(v.tail, x)
	if len(v.tail) < chunkLen {
		return
	}
	sum := v.frozenSum()
	for _, y := range v.tail {
		sum = y.Sum(sum, true)
	}
	v.chunks = append(v.chunks, chunk[T]{v.tail, sum})
	v.tail = nil
}

// Truncate keeps the first n elements and forgets the rest.
func (v *Vec[T]) Truncate(n int) {
	if n >= v.Len() {
		return
	}
	if c := n / chunkLen; c < len(v.chunks) {
		v.tail = slices.Clone(v.chunks[c].items[:n%chunkLen])
		v.chunks = slices.Clip(v.chunks[:c])
		return
	}
	v.tail = slices.Clone(v.tail[:n-len(v.chunks)*chunkLen])
}

// Drop forgets the first n elements. It costs what is left.
func (v *Vec[T]) Drop(n int) {
	if n == 0 {
		return
	}
	old := *v
	*v = Vec[T]{}
	for i := n; i < old.Len(); i++ {
		v.Append(old.At(i))
	}
}

// Own makes the next Append write to memory of its own.
func (v *Vec[T]) Own() {
	v.chunks = slices.Clip(v.chunks)
	v.tail = slices.Clip(v.tail)
}

// Sum hashes the whole sequence at the cost of its unfrozen tail.
func (v *Vec[T]) Sum(h Hash, exact bool) Hash {
	h = h.Add(uint64(v.Len())).Add(uint64(v.frozenSum()))
	for _, x := range v.tail {
		h = x.Sum(h, exact)
	}
	return h
}

// Rehash hashes every element anew, without trusting what was cached.
func (v *Vec[T]) Rehash() Hash {
	h := Seeded
	for _, x := range v.All() {
		h = x.Sum(h, true)
	}
	return h
}

func (v *Vec[T]) frozenSum() Hash {
	if len(v.chunks) == 0 {
		return Seeded
	}
	return v.chunks[len(v.chunks)-1].sum
}
