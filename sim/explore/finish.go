package explore

import "example.com/ksim/sim"

// outcome is what came of one run.
type outcome struct {
	events  int
	clock   int  // of them, before all was mended
	cut     bool // there were more events than a run may have, so what is so in the end is not known
	finding *Finding
}

// finish makes a run to its end, mends everything and lets the world come to rest.
func (s *search) finish(from run) outcome {
	r := from.world.Run()
	o := outcome{}
	if o.finding = s.check(r.Look(), from, sim.Always); o.finding != nil {
		return o
	}
	never := func(*sim.World) bool { return false }
	s.proceed(r, from, s.lim.Until, never, &o)
	if o.clock = o.events; o.finding == nil && !o.cut {
		s.mend(r, from, &o)
	}
	if o.finding == nil && !o.cut {
		o.finding = s.check(r.Look(), from, sim.Finally)
	}
	return o
}

// proceed follows the clock until a moment, or until a world has come to rest.
func (s *search) proceed(r *sim.Runner, from run, until sim.Time, rests func(*sim.World) bool, o *outcome) {
	for steps := 0; o.finding == nil; steps++ {
		if steps%32 == 0 && rests(r.Look()) {
			return
		}
		if _, at, ok := r.Look().Earliest(); !ok || at > until {
			return
		}
		if steps >= s.lim.MaxEvents {
			o.cut = true
			return
		}
		r.Next()
		o.events++
		o.finding = s.changed(r, from)
	}
}

// mend undoes all faults and waits until the world has come to rest, or for Settle.
func (s *search) mend(r *sim.Runner, from run, o *outcome) {
	for e, ok := s.lim.Mend(r.Look()); ok; e, ok = s.lim.Mend(r.Look()) {
		if r.Apply(e) != nil {
			break
		}
		if o.finding = s.changed(r, from); o.finding != nil {
			return
		}
	}
	s.proceed(r, from, r.Now().Add(s.lim.Settle), s.lim.Settled, o)
}

// changed looks at the properties if the last event told anything.
func (s *search) changed(r *sim.Runner, from run) *Finding {
	if len(r.Notes()) == 0 {
		return nil
	}
	return s.check(r.Look(), from, sim.Always)
}

func (s *search) check(w *sim.World, from run, when sim.When) *Finding {
	for _, p := range s.props {
		if p.When != when {
			continue
		}
		if err := p.Check(w); err != nil {
			return &Finding{Property: p.Name, Err: err.Error(), Cost: from.spent, Delays: from.late,
				Acts: from.acts, World: w.Run().World()}
		}
	}
	return nil
}
