package value

import "slices"

const rowsLen = 64

// Table is a sequence whose elements change in place, shared between worlds: chunks are copied
// when they are first changed, and the sum is kept up to date, so a change costs the same however
// long the table is.
//
// Own makes a Table's next changes private to its holder.
type Table[T Summer] struct {
	chunks []*[rowsLen]T
	own    []bool // by chunk: nobody else holds it
	mine   bool   // nobody else holds chunks itself
	n      int
	sum    Hash // of all elements with their places, in any order
}

// Len is the number of elements.
func (t *Table[T]) Len() int { return t.n }

// At is the i-th element; i must be within 0..Len()-1.
func (t *Table[T]) At(i int) T { return t.chunks[i/rowsLen][i%rowsLen] }

// Append puts x at the end.
func (t *Table[T]) Append(x T) {
	if t.n%rowsLen == 0 {
		t.takeSpine()
		t.chunks = append(t.chunks, new([rowsLen]T))
		t.own = append(t.own, true)
	}
	t.n++
	t.put(t.n-1, x)
}

// Set replaces the i-th element.
func (t *Table[T]) Set(i int, x T) {
	t.sum -= t.place(i, t.At(i))
	t.put(i, x)
}

func (t *Table[T]) put(i int, x T) {
	t.takeSpine()
	c := i / rowsLen
	if !t.own[c] {
		chunk := *t.chunks[c]
		t.chunks[c], t.own[c] = &chunk, true
	}
	t.chunks[c][i%rowsLen] = x
	t.sum += t.place(i, x)
}

func (t *Table[T]) takeSpine() {
	if !t.mine {
		t.chunks, t.own, t.mine = slices.Clone(t.chunks), make([]bool, len(t.chunks)), true
	}
}

func (t *Table[T]) place(i int, x T) Hash { return x.Sum(Seeded.Add(uint64(i)), true) }

// Own makes the next change copy what it changes.
func (t *Table[T]) Own() { t.mine = false }

// Sum hashes the table.
func (t *Table[T]) Sum(h Hash, _ bool) Hash { return h.Add(uint64(t.n)).Add(uint64(t.sum)) }

// Rehash hashes every element anew, without trusting the sum that was kept.
func (t *Table[T]) Rehash() Hash {
	var sum Hash
	for i := range t.n {
		sum += t.place(i, t.At(i))
	}
	return sum
}
