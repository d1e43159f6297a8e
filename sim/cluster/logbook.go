package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// logbook is what the figures of one client are made from.
type logbook struct {
	acks, work                          tempo
	requests, batches, batched, retries int
	raw, sent, appended                 int          // bytes
	blocked                             sim.Duration // in sends that are over
	stuck                               stuck
	fetches, polls, polled, commits     int
	takeover                            []sim.Duration // of each partition that it had when it died
	folklore                            sim.Duration   // how long that should take at the most, they say; 0: it is in no group
}

// stuck is a send() that does not return.
type stuck struct {
	on    wire.MessageID // zero: none
	since sim.Time
}

// tempo is how fast records got through.
type tempo struct {
	begun       bool
	first, last sim.Time
	done        int
	spans       []sim.Duration // of each record that is done: how long it took since its send()
}

func (t *tempo) begin(at sim.Time) {
	if !t.begun {
		t.begun, t.first = true, at
	}
}

func (t *tempo) finish(at sim.Time, sent sim.Time, known bool) {
	t.done++
	t.last = at
	if known {
		t.spans = append(t.spans, at.Sub(sent))
	}
}

// call is one send(): of a message, which time, and by which copier, if it is a copy.
type call struct {
	message wire.MessageID
	attempt int16
	copier  wire.NodeID
}

// keepBooks goes through a run once, and writes down what each client did.
func keepBooks(w *sim.World, path []sim.Happened) []logbook {
	books := make([]logbook, w.Nodes())
	for i := range books {
		books[i].folklore = folklore(w, wire.NodeID(i+1))
	}
	left := newHeritage(w)
	calls := map[call]sim.Time{} // when send() was called
	for i := range path {
		h := &path[i]
		if h.Event.Verb == sim.Deliver && !h.Event.Back {
			if _, ok := h.Body.(*wire.FetchRequest); ok {
				books[h.Event.Node-1].fetches++
			}
		}
		for k := range h.Notes {
			n := &h.Notes[k]
			if n.Node == wire.Nobody {
				continue
			}
			left.heed(w, n, h.At)
			b := &books[n.Node-1]
			switch n.Kind {
			case wire.Sent, wire.Blocked, wire.Acked, wire.SentOK:
				b.sends(n, h.At, copierOf(w, n), calls)
			case wire.Unblocked, wire.Failed, wire.Crashed, wire.Panicked, wire.Quit, wire.LostPower:
				b.goesOn(n, h.At)
			case wire.Drained, wire.Retrying:
				b.batchesGo(n, firstOf(h.Notes, k))
			case wire.Appended:
				if r := n.Carried(); len(r) > 0 && r[0].Message.Producer != wire.Nobody {
					books[r[0].Sender()-1].appended += int(n.Batch.Size())
				}
			case wire.Polled, wire.Processed, wire.CommitSent:
				b.reads(n, firstOf(h.Notes, k), h.At, calls)
			}
		}
	}
	left.close(books)
	return books
}

// firstOf tells whether a note is the first of its kind, between the same two nodes, in its step: of
// a request or a poll() that is told partition by partition, the one that counts.
func firstOf(notes []wire.Note, k int) bool {
	for i := range notes[:k] {
		if n := &notes[i]; n.Kind == notes[k].Kind && n.Node == notes[k].Node && n.Peer == notes[k].Peer {
			return false
		}
	}
	return true
}

// sends takes in what a producer's application does and is told. A send() that blocks was called when
// it began to block.
func (b *logbook) sends(n *wire.Note, at sim.Time, copier wire.NodeID, calls map[call]sim.Time) {
	c := call{n.Message, max(n.Attempt, 1), copier}
	called, known := calls[c]
	switch n.Kind {
	case wire.Acked, wire.SentOK:
		b.acks.finish(at, called, known)
		return
	case wire.Blocked:
		if b.stuck.on != n.Message {
			b.stuck = stuck{n.Message, at}
		}
	}
	b.acks.begin(at)
	if !known {
		calls[c] = at
	}
}

// goesOn ends a send() that was stuck.
func (b *logbook) goesOn(n *wire.Note, at sim.Time) {
	none := wire.MessageID{}
	if b.stuck.on != none && (n.Message == b.stuck.on || n.Kind.Died()) {
		b.blocked += at.Sub(b.stuck.since)
		b.stuck = stuck{}
	}
}

// batchesGo takes in what a producer's sender thread did.
func (b *logbook) batchesGo(n *wire.Note, first bool) {
	if n.Kind == wire.Retrying {
		b.retries++
		return
	}
	b.batches++
	b.batched += len(n.Carried())
	if n.Batch != nil {
		b.raw += int(n.Batch.Raw)
		b.sent += int(n.Batch.Size())
	}
	if first {
		b.requests++
	}
}

// reads takes in what a consumer's application did.
func (b *logbook) reads(n *wire.Note, first bool, at sim.Time, calls map[call]sim.Time) {
	switch n.Kind {
	case wire.Polled:
		b.work.begin(at)
		b.polled += len(n.Carried())
		if first {
			b.polls++
		}
	case wire.Processed:
		called, known := calls[call{n.Message, max(n.Attempt, 1), wire.Nobody}]
		b.work.finish(at, called, known)
	case wire.CommitSent:
		if first {
			b.commits++
		}
	}
}
