package scenario

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// Outcome is how a run ended, and what it was expected to be.
type Outcome struct {
	*Session
	Survey   *cluster.Survey
	Fates    []cluster.Fate
	Verdicts []cluster.Verdict
	Sinks    []cluster.Accounts
	Figures  []cluster.Figure
	Ending
	Nearest []string // notes that came near to what was missed
	Checks  []Checked
}

// Ending is what kept a run from its end; nothing if it is zero.
type Ending struct {
	Limit   string // which limit stopped it, in words; empty if it ended by itself
	Refused error  // an act of the script that could not be done
	Missed  string // the line of the script that was not reached
}

// Cut says it in words; empty if nothing did.
func (e *Ending) Cut() string {
	switch {
	case e.Limit != "":
		return e.Limit
	case e.Refused != nil:
		return e.Refused.Error()
	case e.Missed != "":
		return "this was not reached: " + e.Missed
	}
	return ""
}

// Checked is an expectation and what there was.
type Checked struct {
	Where string // file, line and column
	Name  string
	Want  string
	Got   string
	OK    bool
}

// Failed tells whether the run is not what the file says it is.
func (o *Outcome) Failed() bool {
	if o.Refused != nil || o.Missed != "" {
		return true
	}
	for i := range o.Checks {
		if !o.Checks[i].OK {
			return true
		}
	}
	return false
}

// Run plays a scenario to its end without a screen, and judges it. Watch is called with every
// moment, unless it is nil; if it says false the run stops there.
func Run(s *Scenario, watch func(*timeline.Moment) bool) *Outcome {
	o := &Outcome{Session: Play(s)}
	o.Tree.Forgets = true
	o.Ending = o.Finish(watch)
	o.judge()
	return o
}

// Finish plays on to the end of the run, or to the limits of the file. Watch is as for Run.
func (s *Session) Finish(watch func(*timeline.Moment) bool) (e Ending) {
	for !s.Ended() {
		if e.Limit = s.limit(); e.Limit != "" {
			return e
		}
		ok, err := s.Advance()
		if e.Refused = err; err != nil || !ok {
			break
		}
		if watch != nil && !watch(s.Tree.Here()) {
			e.Limit = "interrupted"
			return e
		}
	}
	e.Missed = s.Unreached()
	return e
}

// limit tells which limit is reached, in words; empty if none is.
func (s *Session) limit() string {
	limits := s.Document.Limits
	w := s.World()
	if w.Steps() >= limits.Steps {
		return fmt.Sprintf("the limit of %d steps was hit at %s (limits.steps)", limits.Steps, w.Now())
	}
	if _, at, ok := w.Earliest(); ok && at > sim.Time(limits.Time) {
		return fmt.Sprintf("the limit of %s of virtual time was hit after step %d (limits.time)",
			limits.Time, w.Steps())
	}
	return ""
}

// judge looks at the end of the run.
func (o *Outcome) judge() {
	w := o.World()
	o.Survey = cluster.SurveyOf(w)
	o.Fates, o.Verdicts = o.Survey.Fates(), o.Survey.Verdicts()
	o.Sinks = o.Survey.Sinks()
	path := o.Tree.Path()
	o.Figures = cluster.Figures(w, path)
	if o.Limit != "" {
		return
	}
	o.Nearest = o.nearest()
	f := &final{world: w, names: o.Names, survey: o.Survey, fates: o.Fates,
		tally: cluster.Tally(o.Fates), path: path, figures: o.Figures}
	for _, c := range o.checks {
		got := c.got(f)
		o.Checks = append(o.Checks, Checked{
			Where: Error{File: o.file, Position: c.at}.where(), Name: c.name,
			Want: c.want.text, Got: got, OK: c.want.ok(got),
		})
	}
}
