package explore

import (
	"slices"

	"example.com/ksim/sim"
)

// shrink leaves out of a finding every act without which the property breaks all the same.
func (s *search) shrink(f Finding) Finding {
	for i := range f.Acts {
		if g := s.again(without(f.Acts, i)); g != nil && g.Property == f.Property {
			return s.shrink(*g)
		}
	}
	return f
}

// without leaves out one act. The later ones keep their place among what the clock chooses, so there
// is one step less before each.
func without(acts []Inserted, i int) []Inserted {
	out := slices.Delete(slices.Clone(acts), i, i+1)
	for k := i; k < len(out); k++ {
		out[k].Step--
	}
	return out
}

// again makes a run from the root with acts struck at their steps, and to its end. It gives what that
// finds; nil if it finds nothing, or if an act can't be struck there.
func (s *search) again(acts []Inserted) *Finding {
	r := s.root.Run()
	from := run{}
	for _, a := range acts {
		for r.Look().Steps() < a.Step {
			if _, ok := r.Next(); !ok {
				return nil
			}
			if f := s.changed(r, from); f != nil {
				return f
			}
		}
		if r.Apply(a.Event) != nil {
			return nil
		}
		from.pay(r.Look(), a)
		if f := s.changed(r, from); f != nil {
			return f
		}
	}
	from.world = r.World()
	return s.finish(from).finding
}

// pay notes what was inserted. An act costs what its row says, an early timer and a delay cost one.
func (r *run) pay(w *sim.World, a Inserted) {
	cost := 1
	if row, ok := w.Act(a.Event.Verb); ok {
		cost = row.Cost
	}
	if a.Delay {
		r.late += cost
	} else {
		r.spent += cost
	}
	r.acts = append(slices.Clone(r.acts), a)
}
