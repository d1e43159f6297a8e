package explore

import "example.com/ksim/sim"

// table is a set of fingerprints: open addressing, no pointers, so that a remembered world costs a
// word or two and the garbage collector need not look at it.
type table struct {
	slots []sim.Fingerprint // 0: empty
	used  int
}

func newTable() *table { return &table{slots: make([]sim.Fingerprint, 1<<12)} }

// has tells whether fp is in the set. It may be called by several goroutines as long as nobody adds.
func (t *table) has(fp sim.Fingerprint) bool {
	fp = nonzero(fp)
	for i := uint64(fp); ; i++ {
		switch t.slots[i&uint64(len(t.slots)-1)] {
		case fp:
			return true
		case 0:
			return false
		}
	}
}

// add puts fp into the set; it tells whether it was new.
func (t *table) add(fp sim.Fingerprint) bool {
	fp = nonzero(fp)
	if t.used*3 >= len(t.slots)*2 {
		t.grow()
	}
	if !t.put(fp) {
		return false
	}
	t.used++
	return true
}

func (t *table) put(fp sim.Fingerprint) bool {
	for i := uint64(fp); ; i++ {
		switch s := &t.slots[i&uint64(len(t.slots)-1)]; *s {
		case fp:
			return false
		case 0:
			*s = fp
			return true
		}
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]sim.Fingerprint, 2*len(old))
	for _, fp := range old {
		if fp != 0 {
			t.put(fp)
		}
	}
}

// bytes is the memory the set takes.
func (t *table) bytes() int { return 8 * len(t.slots) }

func nonzero(fp sim.Fingerprint) sim.Fingerprint {
	if fp == 0 {
		return 1
	}
	return fp
}
