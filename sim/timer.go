package sim

import "example.com/ksim/sim/value"

// Timer is something a node has asked to be told later. Kind is the row in the node's table, Key
// tells apart several of one kind.
type Timer struct {
	Kind uint8
	Key  int32
}

// TimerKind is a row of a node's table of timers.
type TimerKind struct {
	Name  string
	Class TimerClass
	// Outlives marks what is the machine's and not the process's: it rings for a process that is
	// paused or gone, too, as long as there is power.
	Outlives bool
}

// TimerClass tells what it means that a timer rings.
type TimerClass uint8

const (
	// Pace timers keep things moving: linger, back-off, poll.
	Pace TimerClass = iota
	// Patience timers give up waiting: request, session, delivery time-outs. To ring one before
	// its time means that the world was slow, so a search pays for it.
	Patience
	// Work timers are the application's own doing; a pause freezes them.
	Work
	// Idle timers only say "still here" or tidy up: keep-alives, expiring long polls with no news.
	// The exhaustive search never rings them. Each says in its table why that hides nothing.
	Idle
)

func (c TimerClass) String() string {
	return [...]string{"pace", "patience", "work", "idle"}[c]
}

type armed struct {
	Timer
	class TimerClass
	of    NodeID // whose silence the timer measures; Nobody: no single node's
	speed uint8  // how long it was set for, see Speed
	due   Time
	// outlives: see TimerKind
	outlives bool
	origin   uint32 // the step that set it; unseen by nodes, not hashed
}

// speeds are the lengths of time from which on a timer belongs to the next slower class. Packets
// and handlers take milliseconds; back-offs take tenths of seconds, time-outs of the control plane
// seconds, of sessions more, of requests and lag half a minute.
var speeds = [...]Duration{
	50 * value.Millisecond, 1500 * value.Millisecond, 6 * value.Second, 12 * value.Second,
	60 * value.Second,
}

// speed is the class of a length of time: 0 is quick, all others are slow.
func speed(d Duration) uint8 {
	n := uint8(0)
	for _, s := range speeds {
		if d >= s {
			n++
		}
	}
	return n
}

func (t Timer) key() uint64 { return uint64(t.Kind)<<32 | uint64(uint32(t.Key)) }

// find is where t is, or where it belongs, among timers sorted by kind and key.
func find(timers []armed, t Timer) (int, bool) {
	for i := range timers {
		if k := timers[i].key(); k >= t.key() {
			return i, k == t.key()
		}
	}
	return len(timers), false
}

func (a armed) sum(h value.Hash, exact bool, now Time) value.Hash {
	if a.class == Idle && !exact {
		return h
	}
	h = h.Add(a.key()<<8 | uint64(a.speed))
	if exact {
		h = h.Add(uint64(a.due.Sub(now)))
	}
	return h
}
