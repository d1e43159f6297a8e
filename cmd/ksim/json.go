package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// printerOf is the printer for a format.
func printerOf(out io.Writer, format string, traced, measured bool) (printer, error) {
	switch {
	case format == "jsonl":
		return each(func(s *scenario.Scenario) writer { return newLines(out, s) }), nil
	case format == "json":
		return &object{out: out}, nil
	case format != "text":
		return nil, fmt.Errorf("output %q is none of text, json, jsonl", format)
	case traced:
		return each(func(s *scenario.Scenario) writer { return newTrace(out, s) }), nil
	}
	return each(func(s *scenario.Scenario) writer { return newReport(out, s, measured) }), nil
}

// schemaVersion rises when a field of the JSON output changes its meaning.
const schemaVersion = 2

type jsonHeader struct {
	Format        string `json:"format"`
	SchemaVersion int    `json:"schema_version"`
	Scenario      string `json:"scenario"`
	Variant       string `json:"variant,omitempty"`
	Title         string `json:"title"`
	Seed          string `json:"seed"` // text, as it may be above 2^53
}

type jsonStep struct {
	Step    int        `json:"step"`
	TimeNS  int64      `json:"t_ns"`
	Event   string     `json:"event"`
	Carries string     `json:"carries,omitempty"`
	Notes   []jsonNote `json:"notes,omitempty"`
}

type jsonNote struct {
	Kind string `json:"kind"`
	Node string `json:"node"`
	Text string `json:"text"`
}

type jsonFate struct {
	Message string      `json:"message"`
	Worst   string      `json:"worst"`
	Classes []string    `json:"classes"`
	Why     []jsonCause `json:"why,omitempty"`
}

type jsonCause struct {
	Step int    `json:"step"`
	Text string `json:"text"`
}

type jsonVerdict struct {
	Group    string `json:"group,omitempty"`
	Name     string `json:"verdict"`
	Messages int    `json:"messages"`
	Pending  int    `json:"pending"`
	Missed   int    `json:"missed"`
	Doubled  int    `json:"doubled"`
	Unwanted int    `json:"aborted_and_applied,omitempty"`
	Dead     int    `json:"dead_letters,omitempty"`
}

// jsonFigure is a figure; its value is missing if there was nothing to measure.
type jsonFigure struct {
	Node  string   `json:"node"`
	Name  string   `json:"figure"`
	Value *float64 `json:"value,omitempty"` // times in nanoseconds, rates in 1 a second
}

type jsonAccount struct {
	Group   string `json:"group"`
	Account string `json:"account"`
	Actual  int64  `json:"actual"`
	Right   int64  `json:"right"`
}

type jsonCheck struct {
	Name  string `json:"name"`
	Want  string `json:"want"`
	Got   string `json:"got"`
	OK    bool   `json:"ok"`
	Where string `json:"where"`
}

type jsonEnd struct {
	Steps     int           `json:"steps"`
	TimeNS    int64         `json:"t_ns"`
	Limit     string        `json:"limit,omitempty"`
	Refused   string        `json:"refused,omitempty"`
	Unreached string        `json:"unreached,omitempty"`
	Fates     []jsonFate    `json:"fates"`
	Sinks     []jsonAccount `json:"sinks,omitempty"`
	Verdicts  []jsonVerdict `json:"verdicts"`
	Figures   []jsonFigure  `json:"figures"`
	Expected  []jsonCheck   `json:"expected"`
	OK        bool          `json:"ok"`
}

func headerOf(s *scenario.Scenario, format string) jsonHeader {
	return jsonHeader{format, schemaVersion, s.Name, s.Variant, s.Document.Title, fmt.Sprint(s.Document.Seed)}
}

func endOf(o *scenario.Outcome) jsonEnd {
	end := jsonEnd{
		Steps: o.World().Steps(), TimeNS: int64(o.World().Now()), Limit: o.Limit, Unreached: o.Missed,
		Fates: []jsonFate{}, Figures: []jsonFigure{}, Expected: []jsonCheck{}, OK: o.Limit == "" && !o.Failed(),
	}
	if o.Refused != nil {
		end.Refused = o.Refused.Error()
	}
	for i := range o.Fates {
		end.Fates = append(end.Fates, fateOf(o, &o.Fates[i]))
	}
	for _, sink := range o.Sinks {
		for _, b := range sink.Balances {
			end.Sinks = append(end.Sinks, jsonAccount{sink.Group, b.Account, b.Actual, b.Right})
		}
	}
	for i := range o.Verdicts {
		end.Verdicts = append(end.Verdicts, *verdictOf(&o.Verdicts[i]))
	}
	for i := range o.Figures {
		f := &o.Figures[i]
		out := jsonFigure{Node: o.Names.Node(f.Node), Name: f.Row.Name}
		if f.Known {
			out.Value = &f.Value
		}
		end.Figures = append(end.Figures, out)
	}
	for _, c := range o.Checks {
		end.Expected = append(end.Expected, jsonCheck{c.Name, c.Want, c.Got, c.OK, c.Where})
	}
	return end
}

// verdictOf is a verdict, nil if there is none.
func verdictOf(v *cluster.Verdict) *jsonVerdict {
	if v == nil {
		return nil
	}
	return &jsonVerdict{v.Group, v.Name(), v.Messages, v.Pending, v.Missed, v.Doubled, v.Unwanted, v.Dead}
}

func fateOf(o *scenario.Outcome, f *cluster.Fate) jsonFate {
	out := jsonFate{Message: o.Names.Message(f.Message), Worst: f.Worst().String()}
	for c := range cluster.Classes {
		if f.Has(c) {
			out.Classes = append(out.Classes, c.String())
		}
	}
	if f.Harmed() {
		for _, c := range cluster.Why(o.World(), o.Tree.Path(), f.Message) {
			out.Why = append(out.Why, jsonCause{c.Step, c.Text})
		}
	}
	return out
}

func stepOf(s *scenario.Scenario, w *sim.World, h *sim.Happened) jsonStep {
	out := jsonStep{Step: h.Step, TimeNS: int64(h.At), Event: w.Text(h.Event)}
	if h.Body != nil {
		out.Carries = h.Body.API()
	}
	for i := range h.Notes {
		n := &h.Notes[i]
		out.Notes = append(out.Notes, jsonNote{n.Kind.Row().Name, s.Names.Node(n.Node), s.Names.Note(n)})
	}
	return out
}

// object is a run as one JSON object, without its steps. The runs of its variants are in it.
type object struct {
	out  io.Writer
	runs []jsonRun
}

type jsonRun struct {
	jsonHeader
	jsonEnd
}

func (w *object) run(*scenario.Scenario) writer { return w }

func (w *object) moment(*timeline.Moment) {}

func (w *object) end(o *scenario.Outcome) error {
	w.runs = append(w.runs, jsonRun{headerOf(o.Scenario, "ksim-run"), endOf(o)})
	return nil
}

func (w *object) close() error {
	if len(w.runs) == 0 {
		return nil
	}
	for i := range w.runs[1:] { // the file is as it says only if all of its runs are
		w.runs[0].OK = w.runs[0].OK && w.runs[1+i].OK
	}
	e := json.NewEncoder(w.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		jsonRun
		Variants []jsonRun `json:"variants,omitempty"`
	}{w.runs[0], w.runs[1:]})
}

// lines is a run as JSON Lines: a header, every step that told anything, and an end with the hash
// of all lines before, so that one can tell whether the file is whole.
type lines struct {
	out io.Writer
	s   *scenario.Scenario
	sum hash.Hash
	err error
}

func newLines(out io.Writer, s *scenario.Scenario) writer {
	w := &lines{out: out, s: s, sum: sha256.New()}
	w.write(headerOf(s, "ksim-trace"))
	return w
}

func (w *lines) write(v any) {
	e := json.NewEncoder(io.MultiWriter(w.out, w.sum))
	e.SetEscapeHTML(false)
	var err error
	if w.err == nil {
		err = e.Encode(v)
	}
	if w.err == nil {
		w.err = err
	}
}

func (w *lines) moment(m *timeline.Moment) {
	if !m.Idle {
		w.write(stepOf(w.s, m.World, &m.Happened))
	}
}

func (w *lines) end(o *scenario.Outcome) error {
	w.write(struct {
		Kind string `json:"kind"`
		jsonEnd
		SHA256 string `json:"sha256"`
	}{"end", endOf(o), hex.EncodeToString(w.sum.Sum(nil))})
	return w.err
}
