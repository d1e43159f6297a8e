package main

import (
	"encoding/json"
	"io"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/value"
)

// jsonCompared is a comparison as one JSON object.
type jsonCompared struct {
	Format        string         `json:"format"`
	SchemaVersion int            `json:"schema_version"`
	A             jsonHeader     `json:"a"`
	B             jsonHeader     `json:"b"`
	Same          bool           `json:"same"`
	Settings      []jsonPair     `json:"settings"`
	Common        int            `json:"steps_in_common"`
	First         *jsonParting   `json:"first_difference,omitempty"`
	Events        []jsonRow      `json:"events"`
	Fates         []jsonPair     `json:"fates"`
	Sinks         []jsonPair     `json:"sinks"`
	Verdicts      []jsonVerdicts `json:"verdicts"`
	Figures       []jsonPair     `json:"figures"`
}

// jsonPair is something that the runs have, each in its way; empty: not there.
type jsonPair struct {
	What string `json:"what"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// jsonParting is the first step of each that the other does not have; missing: it ended before.
type jsonParting struct {
	A *jsonStep `json:"a,omitempty"`
	B *jsonStep `json:"b,omitempty"`
}

// jsonRow is a row of both stories; one side is missing where only the other tells something.
type jsonRow struct {
	Same bool      `json:"same"`
	A    *jsonLine `json:"a,omitempty"`
	B    *jsonLine `json:"b,omitempty"`
}

type jsonLine struct {
	Step   int    `json:"step"`
	TimeNS int64  `json:"t_ns"`
	Text   string `json:"text"`
}

type jsonVerdicts struct {
	Group string       `json:"group,omitempty"`
	A     *jsonVerdict `json:"a,omitempty"`
	B     *jsonVerdict `json:"b,omitempty"`
}

// json prints the comparison; of what is the same it has the events, and with --all the rest, too.
func (x *compared) json(out io.Writer, f *compareFlags) error {
	j := jsonCompared{
		Format: "ksim-compare", SchemaVersion: schemaVersion,
		A: headerOf(x.a.Scenario, "ksim-run"), B: headerOf(x.b.Scenario, "ksim-run"),
		Same: x.Same(), Common: x.Common,
		Settings: []jsonPair{}, Events: []jsonRow{}, Verdicts: []jsonVerdicts{},
		Fates: pairsOf(x.Fates, f.all), Sinks: pairsOf(x.Sinks, f.all),
		Figures: pairsOf(x.figurePairs(func(string) bool { return true }), f.all),
	}
	for _, d := range x.settings {
		j.Settings = append(j.Settings, jsonPair{d.What, d.A, d.B})
	}
	if x.Parts != [2]*sim.Happened{} {
		j.First = &jsonParting{partOf(x.a, x.Parts[0]), partOf(x.b, x.Parts[1])}
	}
	for _, r := range x.Rows {
		j.Events = append(j.Events, jsonRow{r.Same, lineOf(x.Comparison.A, r.A), lineOf(x.Comparison.B, r.B)})
	}
	for _, p := range x.Verdicts {
		if f.all || !p.Same() {
			j.Verdicts = append(j.Verdicts, jsonVerdicts{p.Group, verdictOf(p.A), verdictOf(p.B)})
		}
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(&j)
}

// pairsOf are those that are not the same, or all.
func pairsOf(pairs []cluster.Beside, all bool) []jsonPair {
	out := []jsonPair{}
	for _, p := range pairs {
		if all || !p.Same() {
			out = append(out, jsonPair{p.What, p.A, p.B})
		}
	}
	return out
}

func partOf(o *scenario.Outcome, h *sim.Happened) *jsonStep {
	if h == nil {
		return nil
	}
	s := stepOf(o.Scenario, o.World(), h)
	return &s
}

func lineOf(story []cluster.Telling, at int) *jsonLine {
	if at == value.Gap {
		return nil
	}
	t := &story[at]
	return &jsonLine{t.Step, int64(t.At), t.Text}
}
