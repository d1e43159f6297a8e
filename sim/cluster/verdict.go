package cluster

import "example.com/ksim/sim"

// Verdict is which delivery guarantee a run has lived up to. It is computed from what happened,
// never from settings.
type Verdict struct {
	Group    string // "" without consumers: copies in the log count
	Missed   int    // messages that had no effect, though the application was not told they failed
	Doubled  int    // messages that had more than one
	Messages int
	Pending  int // of the missed: not decided yet
	Dead     int // messages that were put aside as dead letters: no effect, and not missed
}

// Name is the guarantee: exactly-once, at-least-once, at-most-once or none-of-them.
func (v Verdict) Name() string {
	switch {
	case v.Missed == 0 && v.Doubled == 0:
		return "exactly-once"
	case v.Missed == 0:
		return "at-least-once"
	case v.Doubled == 0:
		return "at-most-once"
	}
	return "none-of-them"
}

// VerdictNames are the names a verdict can have.
func VerdictNames() []string {
	return []string{"exactly-once", "at-least-once", "at-most-once", "none-of-them"}
}

// Verdicts judges a world: one verdict for each group, or one without consumers.
func Verdicts(w *sim.World) []Verdict { return SurveyOf(w).Verdicts() }

// Verdicts judges: one verdict for each group, or one without consumers.
func (s *Survey) Verdicts() []Verdict {
	fates := s.Fates()
	if len(s.ledger.Groups) == 0 {
		v := Verdict{}
		for i := range fates {
			v.count(&fates[i], s.at(fates[i].Message).readable, false)
		}
		return []Verdict{v}
	}
	var out []Verdict
	for g, name := range s.ledger.Groups {
		v := Verdict{Group: string(name)}
		for i := range fates {
			if s.concerned(g, fates[i].Message) {
				row := &fates[i].Row
				v.count(&fates[i], int(row.Effects[g]), row.Dead[g] > 0)
			}
		}
		out = append(out, v)
	}
	return out
}

func (v *Verdict) count(f *Fate, effects int, dead bool) {
	v.Messages++
	switch {
	case effects == 0 && dead:
		v.Dead++
	case effects == 0 && !f.Row.failed():
		v.Missed++
		if f.Worst() == Pending {
			v.Pending++
		}
	case effects > 1:
		v.Doubled++
	}
}
