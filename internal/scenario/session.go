package scenario

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// Session is a scenario being played: the tree of moments, and how far the script has come at
// each. Whoever does something that neither the script nor the clock would have done leaves the
// script: on that branch only the clock and the person decide.
type Session struct {
	*Scenario
	Tree  *timeline.Tree
	marks []mark // by moment
}

// mark is how far the script has come at a moment.
type mark struct {
	line  int  // the next line
	seen  int  // notes that it waits for, seen since the line before
	free  bool // the script was left
	acted bool // what led here was done by the script or a person, not by the clock
}

// Play begins a session.
func Play(s *Scenario) *Session {
	return &Session{Scenario: s, Tree: timeline.New(s.Root), marks: []mark{{}}}
}

// From is a session that goes on from a moment of this one, which it leaves as it is.
func (s *Session) From(id int) *Session {
	return &Session{Scenario: s.Scenario, Tree: timeline.New(s.Tree.Moment(id).World), marks: []mark{s.marks[id]}}
}

// World is the world at the moment that is being looked at.
func (s *Session) World() *sim.World { return s.Tree.Here().World }

// Left tells whether the script was left on the way here.
func (s *Session) Left() bool { return s.mark().free }

// LeftBy tells of a moment whether the script was left on the way there.
func (s *Session) LeftBy(id int) bool { return s.marks[id].free }

// ToCome are the acts that the script still has for here: those that will happen or, where it was left, will not.
func (s *Session) ToCome() []string {
	var out []string
	for _, l := range s.lines[s.mark().line:] {
		out = append(out, l.text)
	}
	return out
}

// Acted tells of a moment whether a person or the script did what led there.
func (s *Session) Acted(id int) bool { return s.marks[id].acted }

// ByHand tells whether a person did what led to a moment.
func (s *Session) ByHand(id int) bool { return s.marks[id].acted && s.marks[id].free }

func (s *Session) mark() *mark { return &s.marks[s.Tree.Here().ID] }

// line is the line of the script that is next, nil if there is none.
func (s *Session) line() *line {
	if m := s.mark(); !m.free && m.line < len(s.lines) {
		return &s.lines[m.line]
	}
	return nil
}

// Next is what Advance would do at the end of the line: the script's line if its moment has come,
// or else what the clock chooses.
func (s *Session) Next() (e sim.Event, scripted, ok bool) {
	if l := s.line(); l != nil && s.due(l) {
		return l.event, true, true
	}
	e, _, ok = s.World().Earliest()
	return e, false, ok
}

// due tells whether the moment of a line has come.
func (s *Session) due(l *line) bool {
	w := s.World()
	next, at, ok := w.Earliest()
	switch l.moment {
	case atTime:
		return !ok || at >= l.at
	case atStep:
		return w.Steps() >= l.step
	case afterNote:
		return s.mark().seen >= l.nth
	}
	if !ok {
		return false
	}
	step, err := w.Apply(next)
	return err == nil && s.mark().seen+matches(&l.pattern, step.Notes) >= l.nth
}

// Advance goes one moment on: along the line where it goes on, else by what Next says. It is false
// when nothing can happen any more. The error is the refusal of a scripted act.
func (s *Session) Advance() (bool, error) {
	if s.Tree.Index()+1 < s.Tree.Len() {
		return s.Tree.Advance(), nil
	}
	e, scripted, ok := s.Next()
	if !ok {
		return false, nil
	}
	m, l := *s.mark(), s.line()
	if !scripted {
		err := s.Tree.Do(e)
		s.note(mark{line: m.line, seen: m.seen, free: m.free})
		return err == nil, err
	}
	if err := s.strike(l); err != nil {
		return false, fmt.Errorf("script line %d (%s): %w", m.line+1, l.where, err)
	}
	s.note(mark{line: m.line + 1, acted: true})
	return true, nil
}

func (s *Session) strike(l *line) error {
	if l.moment == atTime {
		return s.Tree.DoAt(l.at, l.event)
	}
	return s.Tree.Do(l.event)
}

// Do makes something happen here because a person wants it. In the past it begins a branch. The
// error is a refusal.
func (s *Session) Do(e sim.Event) error {
	next, scripted, ok := s.Next()
	if ok && !scripted && e == next && s.Tree.Index()+1 == s.Tree.Len() {
		_, err := s.Advance()
		return err
	}
	m := *s.mark()
	if err := s.Tree.Do(e); err != nil {
		return err
	}
	s.Names.Foresee(e)
	s.note(mark{line: m.line, free: true, acted: true})
	return nil
}

// note keeps the mark of the moment that is new, with what it told.
func (s *Session) note(m mark) {
	here := s.Tree.Here()
	if here.ID < len(s.marks) {
		return // it was visited before
	}
	if !m.free && m.line < len(s.lines) && s.lines[m.line].waits() {
		m.seen += matches(&s.lines[m.line].pattern, here.Notes)
	}
	s.marks = append(s.marks, m)
}

// Ended tells whether the run is over here: the script has nothing to do by now, and the time of the
// file has come or the world has settled. One can go on beyond it.
func (s *Session) Ended() bool {
	l := s.line()
	_, at, ok := s.World().Earliest()
	if step := s.Document.Until.Step; step > 0 {
		return !ok || s.World().Steps() >= step
	}
	if until := sim.Time(s.Document.Until.Time); until > 0 {
		return (!ok || at > until) && (l == nil || !s.dueBy(l, until))
	}
	if l != nil && (!l.waits() || s.due(l)) {
		return false
	}
	return !ok || cluster.Settled(s.World())
}

// dueBy tells of a line, when nothing else happens until then, whether its moment will have come.
func (s *Session) dueBy(l *line, until sim.Time) bool {
	switch l.moment {
	case atTime:
		return l.at <= until
	case beforeNote:
		return false // the note would come too late
	}
	return s.due(l)
}

// Unreached is the line of the script that still waits, empty if none does.
func (s *Session) Unreached() string {
	l := s.line()
	if l == nil {
		return ""
	}
	given := s.Document.Script[s.mark().line]
	switch l.moment {
	case atTime:
		return fmt.Sprintf("at %s: %s", l.at, l.text)
	case atStep:
		return fmt.Sprintf("at step %d: %s", l.step, l.text)
	}
	return fmt.Sprintf("when %s: %s", given.When, l.text)
}

// nearestShown is how many notes are shown to who wrote a `when` that was not reached.
const nearestShown = 5

// nearest are the last notes that come nearest to what the line of the script waits for.
func (s *Session) nearest() []string {
	l := s.line()
	if l == nil || !l.waits() {
		return nil
	}
	var out []string
	best := 1
	for _, h := range s.Tree.Path() {
		for i := range h.Notes {
			near := l.pattern.Near(&h.Notes[i])
			if near > best {
				out, best = nil, near
			}
			if near == best {
				out = append(out, fmt.Sprintf("step %d: %s", h.Step, s.Names.PatternFor(&h.Notes[i])))
			}
		}
	}
	return out[max(0, len(out)-nearestShown):]
}

// By says who did what led to a moment: the script, and what it waited for, or a person. After tells whether the moment
// before is what the script waited for.
func (s *Session) By(id int) (who string, after bool) {
	m := s.marks[id]
	if m.free {
		return "you did it", false
	}
	switch l, given := &s.lines[m.line-1], &s.Document.Script[m.line-1]; l.moment {
	case atTime:
		return fmt.Sprintf("the script says: at %s", l.at), false
	case atStep:
		return fmt.Sprintf("the script says: after step %d", l.step), false
	default:
		return "the script says: when " + given.When, l.moment == afterNote
	}
}
