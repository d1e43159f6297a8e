package sim

import (
	"slices"

	"example.com/ksim/sim/value"
)

// Health tells whether a node's process runs.
type Health uint8

const (
	// Up: the process runs (or is paused).
	Up Health = iota
	// Booting: it was restarted and will run when its Start is due.
	Booting
	// Killed: the process is gone, its machine is not; who talks to it is refused at once.
	Killed
	// Off: the machine has no power; who talks to it hears nothing.
	Off
	// Exited: the process ended by its own will.
	Exited
	// Absent: it has not been added.
	Absent
)

func (h Health) String() string {
	return [...]string{"up", "booting", "killed", "off", "exited", "not there yet"}[h]
}

// slot is a node with what the kernel keeps for it.
type slot struct {
	stamp  uint32 // the step it was last copied for; see Runner
	node   Node
	like   NodeID // who was added: whose configuration it has, which its Sum leaves out
	health Health
	paused bool
	boot   Time    // when Booting: when it starts
	origin uint32  // when Booting: the step that ordered it; not hashed
	pause  Time    // when paused: since when
	timers []armed // sorted by kind and key
	sums   [2]value.Hash
	summed [2]bool
}

func (s *slot) copyFor(stamp uint32) *slot {
	c := *s
	c.stamp = stamp
	c.node = s.node.Copy()
	c.timers = slices.Clone(s.timers)
	c.summed = [2]bool{}
	return &c
}

// runs tells whether the node can be stepped.
func (s *slot) runs() bool { return s.health == Up && !s.paused }

// rings tells whether a timer of the node can ring.
func (s *slot) rings(a *armed) bool { return s.runs() || a.outlives && s.health != Off }

// orphan drops the timers that end with the process.
func (s *slot) orphan(to Health) {
	var left []armed
	for _, a := range s.timers {
		if a.outlives && to != Off {
			left = append(left, a)
		}
	}
	s.timers = left
}

func (s *slot) set(a armed) {
	i, found := find(s.timers, a.Timer)
	if found {
		s.timers[i] = a
		return
	}
	s.timers = slices.Insert(s.timers, i, a)
}

func (s *slot) stop(t Timer) {
	if i, found := find(s.timers, t); found {
		s.timers = slices.Delete(s.timers, i, i+1)
	}
}

// nodeSum hashes the node, once.
func (s *slot) nodeSum(exact bool) value.Hash {
	which := 0
	if exact {
		which = 1
	}
	if !s.summed[which] {
		s.sums[which] = s.node.Sum(value.Seeded, exact)
		s.summed[which] = true
	}
	return s.sums[which]
}

func (s *slot) sum(exact bool, now Time) value.Hash {
	h := value.Hash(s.nodeSum(exact)).Add(uint64(s.like)<<8 | uint64(s.health)<<1)
	if s.paused {
		h = h.Add(1)
	}
	if exact {
		h = h.Add(uint64(max(s.boot, now).Sub(now)))
	}
	if exact && s.paused {
		h = h.Add(uint64(now.Sub(s.pause))) // resume moves work on by it
	}
	for i := range s.timers {
		h = s.timers[i].sum(h, exact, now)
	}
	return h
}
