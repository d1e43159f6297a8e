package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Cause is one link of the chain that explains a fate: at which step what happened.
type Cause struct {
	Step  int
	Text  string
	Means string // in plain words, for whoever sees it for the first time
}

// story is what a path told of one message, and of the world around it, in order.
type story struct {
	names  *Names
	m      wire.MessageID
	mine   []line // notes that name the message
	copies []line // what befell its copies, until somebody polls them
	world  []line // crashes, elections, fencings, cuts: what befalls nodes
}

type line struct {
	step int
	wire.Note
}

// Why explains what became of a message by the notes of the path that led here: the shortest chain
// of events, naming brokers, offsets, epochs and steps.
func Why(w *sim.World, path []sim.Happened, m wire.MessageID) []Cause {
	survey := SurveyOf(w)
	f := survey.fate(m)
	s := tellStory(NamesOf(w), path, m)
	var chain []Cause
	switch f.Worst() {
	case Aborted, AbortedRead, Torn:
		chain = s.whyTxn(f.Row.Txn)
	case AckedLost:
		if chain = s.whyAckedLost(); f.Row.Txn > 0 {
			chain = append(chain, s.whyTxn(f.Row.Txn)...)
		}
	case Unfounded, RolledBack:
		chain = s.whyNotMade()
	case Lost, Failed:
		if chain = s.whyLost(); f.Owed {
			chain = s.whyOwed()
		}
	case Duplicated:
		if survey.copiedTwice(m) {
			chain = s.whyCopiedTwice()
		} else {
			chain = s.whyDuplicated(&f)
		}
	case Reordered:
		if g := survey.at(m); g.reordered {
			chain = s.whyReordered(w, path, &f)
		} else {
			chain = s.whyLate(path, survey.ledger, g.late)
		}
	case Expired:
		chain = s.plain(wire.Appended, wire.Acked, wire.Deleted, wire.Dropped)
	case Superseded:
		chain = s.plain(wire.Appended, wire.Acked, wire.Superseded)
	case Unseen:
		chain = s.whyUnseen(f.Where)
	case DeadLettered:
		chain = s.plain(wire.HandlerFailed, wire.DeadLettered)
	case UnackedDelivered, FailedDelivered:
		chain = s.plain(wire.Appended, wire.Retrying, wire.Unknown, wire.Failed)
		if f.Row.Txn > 0 {
			chain = s.whyTxn(f.Row.Txn)
		}
	default:
		chain = s.plain(wire.Sent, wire.Blocked, wire.Refused, wire.Retrying, wire.Appended,
			wire.Acked, wire.SentOK, wire.EffectApplied, wire.ChangeBegun, wire.RowCommitted, wire.OutboxPolled, wire.RowMarked)
	}
	slices.SortStableFunc(chain, func(a, b Cause) int { return a.Step - b.Step })
	chain = folded(chain)
	if so := s.conclusion(&f); so != "" && len(chain) > 0 {
		chain = append(chain, Cause{Step: chain[len(chain)-1].Step, Text: so})
	}
	return chain
}

// often is how many times the same may be told before it is folded.
const often = 2

// folded tells what happens again and again only once, and how often and until when it did.
func folded(chain []Cause) []Cause {
	chain = slices.Compact(chain)
	last, times := map[string]int{}, map[string]int{} // by text; looked up, never ranged
	for _, c := range chain {
		if at, seen := last[c.Text]; !seen || at != c.Step {
			times[c.Text]++
		}
		last[c.Text] = c.Step
	}
	var out []Cause
	told := map[Cause]bool{}
	for _, c := range chain {
		text := c.Text
		if n := times[text]; n > often {
			c.Text = fmt.Sprintf("%s (%d times, until step %d)", text, n, last[text])
			if told[Cause{Text: text}] {
				continue
			}
			told[Cause{Text: text}] = true
		}
		if !told[c] {
			told[c] = true
			out = append(out, c)
		}
	}
	return out
}

func tellStory(names *Names, path []sim.Happened, m wire.MessageID) *story {
	s := &story{names: names, m: m}
	for i := range path {
		for j := range path[i].Notes {
			n := &path[i].Notes[j]
			switch {
			case copied(names.world, n, m):
				s.copies = append(s.copies, line{path[i].Step, *n})
			case concerns(n, m):
				s.mine = append(s.mine, line{path[i].Step, *n})
			case befalls(n.Kind):
				s.world = append(s.world, line{path[i].Step, *n})
			}
		}
	}
	return s
}

// concerns tells whether a note names a message.
func concerns(n *wire.Note, m wire.MessageID) bool {
	if n.Message == m {
		return true
	}
	return slices.ContainsFunc(n.Carried(), func(r wire.Record) bool { return r.Message == m })
}

// copied tells whether a note is about a copy of a message. What is polled is input, copy or not.
func copied(w *sim.World, n *wire.Note, m wire.MessageID) bool {
	if n.Kind == wire.Polled || n.Kind == wire.LeftOut {
		return false
	}
	return n.Message == m && copierOf(w, n) != wire.Nobody || slices.ContainsFunc(n.Carried(), func(r wire.Record) bool {
		return r.Message == m && r.Copier != wire.Nobody
	})
}

// befalls marks the notes that tell what happened to nodes and partitions as a whole.
func befalls(k wire.NoteKind) bool {
	switch k {
	case wire.Paused, wire.Resumed, wire.Revoked, wire.PartitionsLost, wire.CommitFailed, wire.WasCut, wire.Partitioned, wire.Held,
		wire.WasFenced, wire.Elected, wire.BecameLeader, wire.ISRChanged, wire.Restarted,
		wire.RequestTimeout, wire.Disconnected, wire.Positioned, wire.Committed, wire.Exited,
		wire.ShuttingDown, wire.LeftGroup, wire.PartitionsAdded, wire.ConfigAltered, wire.TopicDeleted, wire.TopicCreated,
		wire.ReplicaFailed, wire.PassedOver, wire.LostPlace, wire.CommitLowered,
		wire.TxnBegun, wire.TxnEnding, wire.TxnCommitted, wire.TxnAborted, wire.TxnDoubtful, wire.TxnBroken,
		wire.FencedOut, wire.TxnFatal, wire.TxnExpired, wire.MarkerWritten, wire.Cleaned, wire.MarkerRemoved:
		return true
	}
	return k.Died()
}

func (s *story) cause(l line) Cause {
	return Cause{l.step, s.names.Note(&l.Note), s.names.Meaning(&l.Note)}
}

func (s *story) say(step int, format string, args ...any) Cause {
	return Cause{Step: step, Text: fmt.Sprintf(format, args...)}
}

// plain is every note of some kinds that names the message.
func (s *story) plain(kinds ...wire.NoteKind) []Cause {
	var out []Cause
	for _, l := range s.mine {
		if slices.Contains(kinds, l.Kind) {
			out = append(out, s.cause(l))
		}
	}
	return out
}

// find is the first note of a kind that names the message, from a step on.
func (s *story) find(kind wire.NoteKind, from int) (line, bool) {
	for _, l := range s.mine {
		if l.Kind == kind && l.step >= from {
			return l, true
		}
	}
	return line{}, false
}

// before is the last thing that befell a node before a step, out of some kinds.
func (s *story) before(step int, node wire.NodeID, kinds ...wire.NoteKind) (line, bool) {
	best, found := line{}, false
	for _, l := range s.world {
		if l.step <= step && (l.Node == node || l.Peer == node) && slices.Contains(kinds, l.Kind) {
			best, found = l, true
		}
	}
	return best, found
}
