package tui

import (
	"slices"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
)

// mostFollowed is up to how many messages are followed from each step to the next. With more of them,
// which takes a millisecond a step, they are looked at where a mark says that something happened.
const mostFollowed = 100

// fated is what had become of every message by a moment; at the first one nothing was sent yet.
type fated struct {
	id    int
	fates []cluster.Fate
}

// fatesAt finds out what had become of every message by a moment. Who asks goes from one moment to the
// next, so the last answer is kept.
func (p *player) fatesAt(m *timeline.Moment) []cluster.Fate {
	if p.fated.id != m.ID {
		p.fated = fated{m.ID, cluster.Fates(p.Tree.Moment(m.ID).World)}
	}
	return p.fated.fates
}

// turnsAt are the messages that came to harm at a moment with some marks. That a message failed is
// told by who sent it.
func (p *player) turnsAt(m *timeline.Moment, marks mark) []cluster.Turn {
	if m.Parent < 0 || m.Idle {
		return nil
	}
	if marks&^told == 0 && cluster.LedgerOf(p.Tree.Moment(m.ID).World).Messages() > mostFollowed {
		return nil
	}
	before := p.fatesAt(p.Tree.Bare(m.Parent))
	all := cluster.Turns(before, p.fatesAt(m))
	return slices.DeleteFunc(all, func(t cluster.Turn) bool { return t.Class == cluster.Failed })
}

// markOfClass are the classes that have a mark of their own.
var markOfClass = map[cluster.Class]mark{
	cluster.Lost: lost, cluster.AckedLost: lost, cluster.Torn: lost, cluster.Duplicated: again,
}

// markOfTurn is the mark of a message's turn to the worse.
func markOfTurn(t cluster.Turn) mark {
	if m, ok := markOfClass[t.Class]; ok {
		return m
	}
	return harmed
}

// turnTellings are the words for the messages that came to harm at a moment, class by class.
func (p *player) turnTellings(m *timeline.Moment) []happening {
	turns := p.fact(m).turns
	var out []happening
	for c := cluster.Classes - 1; c > cluster.Pending; c-- {
		var who []wire.MessageID
		for _, t := range turns {
			if t.Class == c {
				who = append(who, t.Message)
			}
		}
		if len(who) > 0 {
			out = append(out, happening{word: c.String(), look: paint.Bad,
				text: runs(p.Names, who) + " now " + c.String() + ": " + cluster.ClassDocs[c]})
		}
	}
	return out
}
