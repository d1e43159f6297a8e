package scenario

import (
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// Save writes down the line that is being looked at, as far as it was played, as a scenario that replays it:
// everything that was done becomes a line of the script, and what became of the messages by its end is expected.
// Where on the line one looks does not matter.
func (s *Session) Save(title string) ([]byte, error) {
	d, last := s.Document, s.Tree.Len()-1
	if title != "" {
		d.Title = title
	}
	end := s.Tree.On(last)
	if s.marks[end.ID].free {
		d.Story = fmt.Sprintf("Saved from %s%s after %d steps. The script is what was done on the way.",
			s.Name, s.OfVariant(), end.World.Steps())
	}
	d.Variants, d.Expect = nil, Expect{}
	d.Script = s.Script(last)
	d.Limits = s.limitsFor(end.World)
	if last > 0 {
		d.Until, d.Expect.said = ending(end.World), observed(end.World)
	}
	return encode(&d)
}

// ending is a moment that ends a run right at a world: the time, or, if more is due at the same time, the step.
func ending(w *sim.World) Until {
	if _, at, ok := w.Earliest(); w.Now() > 0 && (!ok || at > w.Now()) {
		return Until{Time: sim.Duration(w.Now())}
	}
	return Until{Step: w.Steps()}
}

// limitsFor are the file's limits, or, if one has gone beyond them, such as let a run come to a world.
func (s *Session) limitsFor(w *sim.World) Limits {
	out := s.written.Limits
	if w.Steps() > s.Document.Limits.Steps {
		out.Steps = w.Steps()
	}
	if now := sim.Duration(w.Now()); now > s.Document.Limits.Time {
		out.Time = 2 * now // what was due next may have been later
	}
	return out
}

// Deeds are the moments of all branches that a person's acts have led to.
func (s *Session) Deeds() []int {
	var out []int
	for id, m := range s.marks {
		if m.free && m.acted {
			out = append(out, id)
		}
	}
	return out
}

// header tells editors where the schema is.
const header = "# yaml-language-server: $schema=./scenario.schema.json\n" +
	"# $schema: ./scenario.schema.json\n"

// writing is how values are written.
var writing = yaml.CustomMarshaler(func(d sim.Duration) ([]byte, error) { return []byte(d.String()), nil })

func encode(d *Document) ([]byte, error) {
	out, err := yaml.MarshalWithOptions(d, yaml.UseLiteralStyleIfMultiline(true), yaml.IndentSequence(true), writing)
	if err != nil {
		return nil, fmt.Errorf("writing a scenario: %w", err)
	}
	return append([]byte(header), out...), nil
}

// Script is what was done on the line up to its i-th moment, each with its own moment.
func (s *Session) Script(i int) []Line {
	var out []Line
	from := 0 // the moment of the act before
	for k := 1; k <= i; k++ {
		if s.Acted(s.Tree.BareOn(k).ID) {
			out = append(out, s.moment(from, k))
			from = k
		}
	}
	return out
}

// moment writes down what was done at the i-th moment: right after a note if the moment before
// told one, or by the number of its step.
func (s *Session) moment(from, i int) Line {
	before, m := s.Tree.On(i-1), s.Tree.On(i)
	l := Line{Do: before.World.Text(m.Event)}
	if _, act := before.World.Act(m.Event.Verb); act && m.At > before.At {
		at := sim.Duration(m.At)
		l.At = &at
		return l
	}
	if n := len(before.Notes); n > 0 && i-1 > 0 {
		text := s.Names.PatternFor(&before.Notes[n-1])
		if p, err := s.Names.ParsePattern(text); err == nil {
			l.When = fmt.Sprintf("%s #%d", text, s.count(&p, from, i-1))
			return l
		}
	}
	step := before.Step
	l.Step = &step
	return l
}

// YAML is the line as it stands in a file.
func (l *Line) YAML() string {
	moment := "when: " + strconv.Quote(l.When)
	switch {
	case l.At != nil:
		moment = "at: " + l.At.String()
	case l.Step != nil:
		moment = "step: " + strconv.Itoa(*l.Step)
	}
	return fmt.Sprintf("- {%s, do: %q}", moment, l.Do)
}

// count is how many notes from one moment of the line to another a pattern means.
func (s *Session) count(p *cluster.Pattern, from, to int) int {
	n := 0
	for i := from; i <= to; i++ {
		n += matches(p, s.Tree.BareOn(i).Notes)
	}
	return n
}

// observed is what became of the messages by then, as expectations.
func observed(w *sim.World) []said {
	survey := cluster.SurveyOf(w)
	tally := cluster.Tally(survey.Fates())
	var out []said
	for c := range cluster.Classes {
		if c != cluster.Pending && (tally[c] > 0 || !c.OfTransactions()) {
			out = append(out, said{c.String(), tally[c]})
		}
	}
	f := &final{survey: survey}
	if v := verdictOf(f, ""); len(survey.Verdicts()) == 1 {
		out = append(out, said{"verdict", v})
	}
	return out
}

// MarshalYAML writes what was observed.
func (v Expect) MarshalYAML() (any, error) {
	out := yaml.MapSlice{}
	for _, e := range v.said {
		out = append(out, yaml.MapItem{Key: e.key, Value: e.value})
	}
	return out, nil
}
