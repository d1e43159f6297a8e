package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// line is a line of a script, read: what it waits for, and what it does then.
type line struct {
	text    string
	where   string // in the file
	event   sim.Event
	moment  moment
	pattern cluster.Pattern // of before and after
	nth     int
	at      sim.Time
	step    int
}

// moment is what kind of moment a line waits for.
type moment uint8

const (
	afterNote moment = iota
	beforeNote
	atTime
	atStep
)

// readScript reads every line against the names of the world.
func (s *Scenario) readScript(r *reader) {
	for i := range s.Document.Script {
		path := fmt.Sprintf("%sscript[%d]", s.path, i)
		l := &s.Document.Script[i]
		out := line{text: l.Do, nth: 1}
		e, err := s.Root.ParseEvent(l.Do)
		if err == nil {
			err = s.Names.Vet(e)
		}
		if err != nil {
			r.failPath(path+".do", "%v", err)
		}
		out.event, out.where = e, Error{File: s.file, Position: r.places[path+".do"]}.where()
		s.Names.Foresee(e)
		given := 0
		if l.When != "" {
			given++
			if err := out.readWhen(s.Names, l.When); err != nil {
				r.failPath(path+".when", "%v", err)
			}
		}
		if l.At != nil {
			given++
			out.moment, out.at = atTime, sim.Time(*l.At)
		}
		if l.Step != nil {
			given++
			out.moment, out.step = atStep, *l.Step
			if *l.Step < 0 {
				r.failPath(path+".step", "%d is no step: they count from 0", *l.Step)
			}
		}
		if i > 0 && given == 1 {
			r.checkOrder(path, &s.lines[i-1], &out)
		}
		if given != 1 {
			r.failPath(path, "want exactly one of when, at and step, not %d of them", given)
		}
		s.lines = append(s.lines, out)
	}
}

// checkOrder: lines are played in order, so a moment before that of the line above never comes.
func (r *reader) checkOrder(path string, above, l *line) {
	switch {
	case above.moment != l.moment:
	case l.moment == atTime && l.at < above.at:
		r.failPath(path+".at", "%s is before %s, the moment of the line above", l.at, above.at)
	case l.moment == atStep && l.step < above.step:
		r.failPath(path+".step", "step %d is before step %d of the line above", l.step, above.step)
	}
}

// readWhen reads "[before|after] NODE NOTE [WORD...] [#n]".
func (l *line) readWhen(names *cluster.Names, text string) error {
	words := strings.Fields(text)
	if len(words) > 0 && (words[0] == "before" || words[0] == "after") {
		if words[0] == "before" {
			l.moment = beforeNote
		}
		words = words[1:]
	}
	if n := len(words); n > 0 && strings.HasPrefix(words[n-1], "#") {
		nth, err := strconv.Atoi(words[n-1][1:])
		if err != nil || nth < 1 {
			return fmt.Errorf("%q: want # and a number from 1 on", words[n-1])
		}
		l.nth, words = nth, words[:n-1]
	}
	pattern, err := names.ParsePattern(strings.Join(words, " "))
	l.pattern = pattern
	return err
}

// waits tells whether the line waits for a note.
func (l *line) waits() bool { return l.moment == afterNote || l.moment == beforeNote }

// matches counts the notes that a pattern means.
func matches(p *cluster.Pattern, notes []wire.Note) int {
	n := 0
	for i := range notes {
		if p.Matches(&notes[i]) {
			n++
		}
	}
	return n
}
