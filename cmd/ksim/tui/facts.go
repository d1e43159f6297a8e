package tui

import (
	"slices"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
)

// fact is what a moment means for whoever looks for something; it is found out once.
type fact struct {
	known bool
	tells bool // a person wants to hear of it
	marks mark
	turns []cluster.Turn // messages that came to harm
}

// mark is something that is worth going to; one moment can have several.
type mark uint16

const (
	told       mark = 1 << iota // the application was told that something is sent
	failed                      // or that it is not, or may not be
	isr                         // the in-sync replicas changed
	election                    // somebody leads, or nobody does
	cut                         // records are gone from a log
	lost                        // a message is
	harmed                      // another harm came to a message
	rebalance                   // a group's members change, or one of them gives partitions up
	again                       // an effect was there already
	commits                     // a transaction is, or the application was told so
	aborts                      // likewise
	fences                      // a producer's transactional.id has gone on without it
	acted                       // somebody did something to the cluster
	bookmarked                  // a person wants to find it again
	breaks                      // a breakpoint stops there
)

// markOf are the kinds of notes that make a mark.
var markOf = map[wire.NoteKind]mark{
	wire.Acked: told, wire.SentOK: told, wire.Failed: failed, wire.Unknown: failed,
	wire.ISRChanged: isr, wire.Elected: election, wire.BecameLeader: election,
	wire.Joined: rebalance, wire.LeftGroup: rebalance, wire.Revoked: rebalance, wire.PartitionsLost: rebalance,
	wire.TxnCommitted: commits, wire.TxnAborted: aborts, wire.TxnExpired: aborts, wire.FencedOut: fences,
	wire.TxnBroken: failed, wire.TxnDoubtful: failed, wire.TxnFatal: failed,
	wire.Leaderless: election, wire.Truncated: cut, wire.StartedAnew: cut, wire.LostUnflushed: cut,
}

// tells tells whether a person wants to hear of a moment.
func (p *player) tells(m *timeline.Moment) bool { return p.fact(m).tells }

// marks are a moment's.
func (p *player) marks(m *timeline.Moment) mark { return p.fact(m).marks }

func (p *player) fact(m *timeline.Moment) *fact {
	for len(p.facts) <= m.ID {
		p.facts = append(p.facts, fact{})
	}
	f := &p.facts[m.ID]
	if f.known {
		return f
	}
	f.known = true
	if p.Acted(m.ID) {
		f.tells, f.marks = true, acted
	}
	for i := range m.Notes {
		n := &m.Notes[i]
		if p.minor(m, n) {
			continue
		}
		f.tells = true
		f.marks |= markOf[n.Kind]
		if n.Kind == wire.EffectApplied && repeated(p.Tree.Moment(m.ID), n) {
			f.marks |= again
		}
		if n.Kind == wire.MarkerWritten {
			f.marks |= markOfMarker[n.Text]
		}
	}
	f.turns = p.turnsAt(m, f.marks)
	for _, t := range f.turns {
		f.tells, f.marks = true, f.marks|markOfTurn(t)
	}
	return f
}

// markOfMarker is the mark of a marker by what it says.
var markOfMarker = map[string]mark{wire.CommitMarker.String(): commits, wire.AbortMarker.String(): aborts}

// repeated tells of an effect that was applied whether its group had applied it before.
func repeated(m *timeline.Moment, n *wire.Note) bool {
	ledger := cluster.LedgerOf(m.World)
	group := slices.Index(ledger.Groups, wire.GroupID(n.Text))
	return group >= 0 && ledger.Row(n.Message).Effects[group] > 1
}

// minor tells whether a note is too small for a story, or is told again in the same words.
func (p *player) minor(m *timeline.Moment, n *wire.Note) bool {
	return p.Names.Minor(n) || cluster.Repeats(n.Kind) && p.toldBefore(m, n)
}

// lookBack is how many steps back somebody may remember having read the same.
const lookBack = 1000

func (p *player) toldBefore(m *timeline.Moment, n *wire.Note) bool {
	for range lookBack {
		if m.Parent < 0 {
			return false
		}
		m = p.Tree.Bare(m.Parent)
		for i := range m.Notes {
			o := &m.Notes[i]
			if o.Kind == n.Kind && o.Node == n.Node && o.Peer == n.Peer && o.At == n.At && o.Epoch == n.Epoch {
				return true
			}
		}
	}
	return false
}
