package explore

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/value"
)

// Exhaustive takes every event that is enabled and quick, in any order, whatever the clock says, until no
// new world turns up. What is slow (World.Speed) comes only where nothing quick is left, the one that is due first and
// no other, and so do the acts that mend: a pause of seconds does not end while packets fly. So it covers every order of
// what happens between two such moments, not every order of all events. Idle timers are left out: they
// tell nobody anything. A patience timer costs one fault, unless the node it waits for can't be heard.
// Worlds are told apart by their Fingerprint and by what has been spent.
//
// With 64-bit fingerprints n worlds are mistaken for one another with a chance of about n²/2^65.
func Exhaustive(root *sim.World, lim Limits, props []sim.Property, progress func(Report) bool) Report {
	x := &exhaustion{root: root, lim: lim, props: props, progress: progress, visited: newTable(),
		workers: make([]scratch, max(1, lim.Workers)),
		report:  Report{Search: "exhaustive", Worlds: 1}}
	x.visited.add(key(root.Fingerprint(), 0))
	x.trail = append(x.trail, hop{})
	frontier := []place{{world: root}}
	if x.examine(&frontier[0]) {
		return x.report
	}
	for len(frontier) > 0 && x.report.Limit == "" && len(x.report.Findings) == 0 {
		if frontier = x.level(frontier); x.report.Limit != interrupted {
			x.report.Depth++
		}
		x.report.Bytes = x.visited.bytes() + hopBytes*cap(x.trail)
	}
	x.report.Exhausted = x.report.Limit == "" && len(x.report.Findings) == 0
	return x.report
}

// exhaustion is an Exhaustive search under way.
type exhaustion struct {
	root    *sim.World
	lim     Limits
	props   []sim.Property
	visited *table
	workers []scratch
	trail   []hop // how each world was first reached, by its number
	report  Report
	// progress is asked whether to go on, many times a level.
	progress func(Report) bool
}

// place is a world of the present level.
type place struct {
	world *sim.World
	id    uint32
	spent uint8
}

// step is a choice that led to a world that was new when the level began.
type step struct {
	place
	fp  sim.Fingerprint
	via uint16
	bad *Finding
}

func key(fp sim.Fingerprint, spent uint8) sim.Fingerprint {
	return sim.Fingerprint(value.Hash(fp).Add(uint64(spent)))
}

// choice is an event that may be taken, and what it costs.
type choice struct {
	event sim.Event
	cost  uint8
}

// scratch is one worker's memory.
type scratch struct {
	run     sim.Runner
	events  []sim.Event
	choices []choice
	slow    []choice
	paid    []choice
}

// choose lists what may happen in a world with what is left to spend, always in the same order:
// what happens by itself and is quick; or, if there is nothing quick, the slow event that is due
// first, and what mends; and in any case what costs.
func (s *scratch) choose(w *sim.World, left int) {
	s.choices, s.slow, s.paid = s.choices[:0], s.slow[:0], s.paid[:0]
	s.events = w.Enabled(s.events[:0])
	soonest := sim.Time(sim.Forever)
	for _, e := range s.events {
		class := w.Class(e)
		switch {
		case class == sim.Idle:
		case class == sim.Patience && !w.Silent(e):
			if left > 0 {
				s.paid = append(s.paid, choice{e, 1})
			}
		case w.Speed(e) == 0:
			s.choices = append(s.choices, choice{e, 0})
		default:
			if due, _ := w.Due(e); due < soonest {
				soonest, s.slow = due, append(s.slow[:0], choice{e, 0})
			}
		}
	}
	s.strikes(w, left)
	if len(s.choices) == 0 {
		s.choices = append(s.choices, s.slow...)
	}
	s.choices = append(s.choices, s.paid...)
}

// strikes lists the acts that mend, and those that there is enough left for.
func (s *scratch) strikes(w *sim.World, left int) {
	for i := range w.Acts {
		a := &w.Acts[i]
		if a.Cost > left || a.Cost == 0 && !a.Mends || a.Mends && len(s.choices) > 0 {
			continue // too dear, no fault, or to be mended only once nothing quick is left
		}
		s.events = w.Strikes(a, s.events[:0])
		for _, e := range s.events {
			if a.Mends {
				s.slow = append(s.slow, choice{e, 0})
			} else {
				s.paid = append(s.paid, choice{e, uint8(a.Cost)})
			}
		}
	}
}

// level takes every choice in every world of a level. Workers take worlds; what they find is put
// together in the order of the worlds, so it does not matter who was first.
func (x *exhaustion) level(frontier []place) []place {
	const chunk = 1 << 12
	var next []place
	for len(frontier) > 0 && x.report.Limit == "" && len(x.report.Findings) == 0 {
		n := min(chunk, len(frontier))
		found := make([][]step, n)
		edges := make([]int, n)
		parallel(len(x.workers), n, func(worker, i int) {
			found[i], edges[i] = x.expand(frontier[i], &x.workers[worker])
		})
		for i := range found {
			x.report.Edges += edges[i]
			for j := range found[i] {
				next = x.reach(next, &found[i][j], frontier[i].id)
			}
			frontier[i].world = nil
		}
		frontier = frontier[n:]
		if x.progress != nil && !x.progress(x.report) {
			x.report.Limit = interrupted
		}
	}
	return next
}

// expand takes every choice in one world and keeps those that lead somewhere new.
func (x *exhaustion) expand(p place, s *scratch) ([]step, int) {
	var out []step
	s.choose(p.world, x.lim.Faults-int(p.spent))
	for i, c := range s.choices {
		s.run.Restart(p.world)
		must(s.run.Apply(c.event))
		s.run.Silence()
		spent := p.spent + c.cost
		fp := key(s.run.Look().Fingerprint(), spent)
		if x.visited.has(fp) {
			continue
		}
		w := s.run.World()
		out = append(out, step{place: place{world: w, spent: spent}, fp: fp, via: uint16(i),
			bad: x.check(w, sim.Always)})
	}
	if len(s.choices) == 0 {
		out = append(out, step{place: p, bad: x.check(p.world, sim.Finally)})
	}
	return out, len(s.choices)
}

// reach takes a step into the next level if it is still new.
func (x *exhaustion) reach(next []place, s *step, from uint32) []place {
	if s.fp == 0 { // an end: nothing more can happen there
		x.find(s.bad, from)
		return next
	}
	if len(x.report.Findings) > 0 || x.report.Limit != "" || !x.visited.add(s.fp) {
		return next
	}
	s.id = uint32(len(x.trail))
	x.trail = append(x.trail, hop{from, s.via})
	x.report.Worlds++
	if s.bad != nil {
		x.find(s.bad, s.id)
		return next
	}
	if x.lim.MaxWorlds > 0 && x.report.Worlds >= x.lim.MaxWorlds {
		x.report.Limit = "worlds"
	}
	return append(next, s.place)
}

// find takes in a finding, if it is the first, and proves it by going its way once more. Nothing can
// be left out of that way: a shorter one would have been found on an earlier level.
func (x *exhaustion) find(f *Finding, id uint32) {
	if f == nil || len(x.report.Findings) > 0 {
		return
	}
	f.Path, f.Cost = x.way(id)
	f.World = follow(x.root, f.Path)
	x.report.Findings = append(x.report.Findings, *f)
}

func (x *exhaustion) check(w *sim.World, when sim.When) *Finding {
	for _, p := range x.props {
		if p.When == when {
			if err := p.Check(w); err != nil {
				return &Finding{Property: p.Name, Err: err.Error(), World: w}
			}
		}
	}
	return nil
}

// examine checks the root.
func (x *exhaustion) examine(p *place) bool {
	if f := x.check(p.world, sim.Always); f != nil {
		x.report.Findings = append(x.report.Findings, *f)
		return true
	}
	return false
}
