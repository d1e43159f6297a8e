package tui

import (
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// word is a state in words, and how it is drawn. A colour never says it alone.
type word struct {
	glyph string // empty if another one tells it already
	text  string
	look  paint.Look
}

func (v word) line() paint.Line { return v.sign().Join(v.said()) }

// said is the word alone, for who has it read aloud.
func (v word) said() paint.Line { return paint.Text(v.look, v.text) }

// sign is the glyph alone, and a gap.
func (v word) sign() paint.Line {
	if v.glyph == "" {
		return nil
	}
	return paint.Text(v.look, v.glyph+" ")
}

// downs are the words for processes that do not run.
var downs = map[sim.Health]word{
	sim.Killed: {"✗", "down: killed", paint.Bad},
	sim.Off:    {"✗", "down: no power", paint.Bad},
	sim.Exited: {"✗", "down: stopped", paint.Warn},
}

// health is the word for what is the matter with a process; false if nothing is.
func (s *scene) health(id wire.NodeID) (word, bool) {
	if when, boots := s.begins(id); boots {
		return word{"↻", "starts " + when, paint.Warn}, true
	}
	if w, down := downs[s.world.Health(id)]; down {
		return w, true
	}
	if s.world.Paused(id) {
		return word{"‖", "paused", paint.Warn}, true
	}
	return word{}, false
}

// begins is when a process starts; false if it has, or is not going to.
func (s *scene) begins(id wire.NodeID) (string, bool) {
	at, boots := s.world.Due(sim.Event{Verb: sim.Begin, Node: id})
	if at == s.world.Now() {
		return "now", boots
	}
	return "in " + span(at.Sub(s.world.Now())), boots
}

// standing is the word for what a broker is to a partition: what keeps it from it, or its role.
func (s *scene) standing(p *partition, r *replica) word {
	if w, ill := s.health(r.id); ill {
		return w
	}
	b := s.image.Broker(r.id)
	switch {
	case b == nil || b.Fenced:
		return word{"⊘", "fenced", paint.Warn}
	case p.leader == r.id:
		return word{"", "leads", paint.Leader}
	case r.leads():
		return word{"", "thinks it leads", paint.Warn}
	case p.state.Leader == r.id:
		return word{"?", "elected, unaware", paint.Warn}
	case b.ShuttingDown:
		return word{"↓", "shutting down", paint.Warn}
	case s.cutOff(p, r) && p.state.ISR.Has(r.id):
		return word{"⊣", "cut off, in ISR", paint.Warn}
	case s.cutOff(p, r):
		return word{"⊣", "cut off, out of ISR", paint.Warn}
	case !p.state.ISR.Has(r.id) && r.copies(p):
		return word{"↑", "catching up", paint.Warn}
	case !p.state.ISR.Has(r.id):
		return word{"≠", "out of sync", paint.Warn}
	}
	return word{"=", "in sync", paint.Good}
}

// cutOff tells whether a follower and who leads it can't talk to each other.
func (s *scene) cutOff(p *partition, r *replica) bool {
	return p.leader != wire.Nobody && (s.world.Blocked(r.id, p.leader) || s.world.Blocked(p.leader, r.id))
}

// copies tells whether a follower fetches from who leads now.
func (r *replica) copies(p *partition) bool {
	return r.role != nil && r.role.Role == broker.Follows && r.role.Leader == p.leader &&
		r.role.LeaderEpoch == p.state.LeaderEpoch && !r.role.BackingOff && !r.role.Failed
}

// leads tells whether a broker believes that it leads.
func (r *replica) leads() bool { return r.role != nil && r.role.Role == broker.Leads }

// leadership says who leads a partition, and what is odd about it.
func (s *scene) leadership(p *partition) paint.Line {
	leader := p.state.Leader
	if leader == wire.Nobody {
		return paint.Textf(paint.Bad, "NO LEADER (epoch %d)", p.state.LeaderEpoch)
	}
	l := paint.Textf(paint.Leader, "leader %s", s.names.Node(leader)).
		Addf(paint.Plain, " (epoch %d)", p.state.LeaderEpoch)
	if p.leader != wire.Nobody {
		return l
	}
	if w, ill := s.health(leader); ill {
		what, _, _ := strings.Cut(w.text, ":")
		return l.Add(paint.Plain, " is ").Add(w.look, what).Add(paint.Warn, ", not noticed yet")
	}
	return l.Add(paint.Warn, " does not know it yet")
}
