package cluster

import "example.com/ksim/sim"

// Verdict is which delivery guarantee a run has lived up to. It is computed from what happened,
// never from settings.
type Verdict struct {
	Group    string // "" without consumers: copies in the log count
	Missed   int    // messages that will have no effect, though the application was not told they failed
	Doubled  int    // messages that had more than one
	Unwanted int    // messages that had one, though their transaction was aborted
	Messages int
	Pending  int // messages that are not decided yet: they count for nothing
	Dead     int // messages that were put aside as dead letters: no effect, and not missed
}

// Undecided is the name of a verdict as long as a message is pending that can still change it.
const Undecided = "undecided"

// Name is the guarantee: exactly-once, at-least-once, at-most-once or none-of-them. It is a claim about
// all messages, so it is undecided while one of them is, unless no guarantee is left.
func (v Verdict) Name() string {
	if v.Pending > 0 && (v.Missed == 0 || !v.tooMuch()) {
		return Undecided
	}
	return v.SoFar()
}

// SoFar is the guarantee that the decided messages were given.
func (v Verdict) SoFar() string {
	switch {
	case v.Missed == 0 && !v.tooMuch():
		return "exactly-once"
	case v.Missed == 0:
		return "at-least-once"
	case !v.tooMuch():
		return "at-most-once"
	}
	return "none-of-them"
}

// tooMuch tells whether there were effects that should not have been.
func (v Verdict) tooMuch() bool { return v.Doubled+v.Unwanted > 0 }

// Decided is how many messages are.
func (v Verdict) Decided() int { return v.Messages - v.Pending }

// VerdictNames are the names a verdict can have.
func VerdictNames() []string {
	return []string{"exactly-once", "at-least-once", "at-most-once", "none-of-them", Undecided}
}

// Verdicts judges a world: one verdict for each group, or one without consumers.
func Verdicts(w *sim.World) []Verdict { return SurveyOf(w).Verdicts() }

// Verdicts judges: one verdict for each group, or one without consumers.
func (s *Survey) Verdicts() []Verdict {
	fates := s.Fates()
	if len(s.ledger.Groups) == 0 {
		v := Verdict{}
		for i := range fates {
			f := &fates[i]
			v.count(f, s.at(f.Message).readable, false, f.gone())
		}
		return []Verdict{v}
	}
	var out []Verdict
	for g, name := range s.ledger.Groups {
		v := Verdict{Group: string(name)}
		for i := range fates {
			if s.concerned(g, fates[i].Message) {
				f := &fates[i]
				v.count(f, int(f.Row.Effects[g]), f.Row.Dead[g] > 0, s.over(g, f))
			}
		}
		out = append(out, v)
	}
	return out
}

// gone tells of a message whether there is nothing left of it to apply: what another group has applied of an
// aborted transaction is not.
func (f *Fate) gone() bool {
	const all = 1<<Expired | 1<<Lost | 1<<AckedLost | 1<<Aborted | 1<<Torn
	return f.Classes&all != 0 || f.Has(AbortedRead) && !f.OnLog
}

// left tells whether a message went with a transaction that its application had not asked to commit when it ended: that
// is no loss (negative control N09 of the known failures).
func (f *Fate) left() bool { return f.Has(Aborted) && f.txn == TxnOpen }

// over tells whether a group that has not applied a message never will: nothing is left of it, or the
// group has gone past it.
func (s *Survey) over(group int, f *Fate) bool {
	return f.gone() || s.missed(group, f.Message, false)
}

// count takes in a message; over: without an effect until now, it will have none.
func (v *Verdict) count(f *Fate, effects int, dead, over bool) {
	if f.Has(RolledBack) {
		return // there was nothing to say
	}
	v.Messages++
	switch {
	case effects == 0 && dead:
		v.Dead++
	case effects == 0 && (f.told == broken || f.left() || f.Has(Superseded)):
	case effects == 0 && over:
		v.Missed++
	case effects == 0:
		v.Pending++
	case effects > 1:
		v.Doubled++
	case f.Has(AbortedRead):
		v.Unwanted++
	}
}
