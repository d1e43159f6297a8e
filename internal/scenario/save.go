package scenario

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// Save writes the session down as a scenario that replays it up to the moment that is being looked
// at: everything that was done becomes a line of the script, and what became of the messages is
// expected.
func (s *Session) Save(title string) ([]byte, error) {
	d := s.Document
	if title != "" {
		d.Title = title
	}
	if s.Left() {
		d.Story = fmt.Sprintf("Saved from %s%s after %d steps. The script is what was done on the way.",
			s.Name, s.OfVariant(), s.World().Steps())
	}
	d.Limits, d.Variants = s.written.Limits, nil
	d.Script = s.script()
	d.Until = s.end()
	d.Expect = Expect{said: s.observed()}
	return encode(&d)
}

// end is a moment that ends a run right here: the time, or, if more is due at the same time, the
// step. Where nothing has happened yet there is nothing to end.
func (s *Session) end() Until {
	w := s.World()
	_, at, ok := w.Earliest()
	switch {
	case w.Steps() == 0:
		return s.Document.Until
	case w.Now() > 0 && (!ok || at > w.Now()):
		return Until{Time: sim.Duration(w.Now())}
	}
	return Until{Step: w.Steps()}
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

// script is what was done on the way here, each with its moment.
func (s *Session) script() []Line {
	var out []Line
	from := 0 // the moment of the act before
	for i := 1; i <= s.Tree.Index(); i++ {
		m := s.Tree.BareOn(i)
		if !s.marks[m.ID].acted {
			continue
		}
		out = append(out, s.moment(from, i))
		from = i
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

// count is how many notes from one moment of the line to another a pattern means.
func (s *Session) count(p *cluster.Pattern, from, to int) int {
	n := 0
	for i := from; i <= to; i++ {
		n += matches(p, s.Tree.BareOn(i).Notes)
	}
	return n
}

// observed is what became of the messages, as expectations.
func (s *Session) observed() []said {
	survey := cluster.SurveyOf(s.World())
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
