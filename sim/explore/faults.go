package explore

import (
	"sync"
	"sync/atomic"

	"example.com/ksim/sim"
)

// Impatience is the name under which early patience timers are counted among the acts.
const Impatience = "impatience"

// batchLen is how many runs are handed to the workers at once. Findings are looked for after each
// batch, in order, so that the report does not depend on who was fastest.
const batchLen = 256

// Faults follows the clock from root and inserts acts: first none, then such as cost 1 together,
// then 2, and so on, so the first finding has the fewest. Of those that cost the same, the ones
// with true faults only come before the ones where somebody's patience ends early. Acts are inserted
// where an event has made the world different from all it was before on that run. At the end of a
// run everything is mended, and what the properties say then counts too.
func Faults(root *sim.World, lim Limits, props []sim.Property, progress func(Report) bool) Report {
	s := &search{root: root, lim: lim, props: props, progress: progress, report: Report{Search: "faults"}}
	for cost := 0; cost <= lim.Faults+lim.Delays && !s.stopped; cost++ {
		for _, hasty := range [...]bool{false, true} {
			if hasty && (cost == 0 || lim.Faults == 0 || s.stopped) {
				continue
			}
			s.cost, s.hasty, s.seen = cost, hasty, map[sim.Fingerprint]bool{}
			s.enumerate(run{world: root}, cost)
			s.flush()
		}
	}
	s.report.Exhausted = s.report.Limit == "" && len(s.report.Findings) == 0
	return s.report
}

// search is a Faults search under way.
type search struct {
	root     *sim.World
	lim      Limits
	props    []sim.Property
	progress func(Report) bool
	report   Report
	cost     int
	hasty    bool // only runs on which somebody's patience ends early; else only others
	seen     map[sim.Fingerprint]bool
	batch    []run
	stopped  bool
}

// run is a run to be made: from a world on, with what was inserted to get there.
type run struct {
	world *sim.World
	acts  []Inserted
	spent int // on faults
	late  int // delays
	hasty bool
}

// enumerate hands out every run that costs exactly left more. What hangs in the network is mended at the end of a run, and
// besides, once its client has given it up, at every moment: that costs nothing.
func (s *search) enumerate(from run, left int) {
	if left == 0 {
		s.add(from)
	}
	walk := from.world.Run()
	here := map[sim.Fingerprint]bool{}
	for steps := 0; !s.stopped; steps++ {
		w := walk.World()
		if left == 0 && !w.Hangs() {
			return
		}
		if from.acts == nil {
			s.report.At = steps
		}
		if fp := w.Fingerprint(); !here[fp] {
			here[fp] = true
			s.insert(from, w, w.Strays(nil), "release", 0, left)
			if left > 0 {
				s.branch(from, w, left)
			}
		}
		if _, at, ok := w.Earliest(); !ok || at > s.lim.Until {
			return
		}
		if steps >= s.lim.MaxEvents {
			s.report.Limit = tooMany
			return
		}
		walk.Next()
	}
}

// branch tries every act in a world, and every event but the next.
func (s *search) branch(from run, w *sim.World, left int) {
	if s.cost == 1 && !s.hasty {
		s.report.Points++
	}
	var buf []sim.Event
	if from.spent < s.lim.Faults {
		for i := range w.Acts {
			a := &w.Acts[i]
			if a.Cost == 0 || a.Cost > s.room(from, left) {
				continue
			}
			buf = w.Strikes(a, buf[:0])
			s.insert(from, w, buf, a.Verb, a.Cost, left)
		}
		if s.hasty {
			s.insert(from, w, impatient(w, buf[:0]), Impatience, 1, left)
		}
	}
	if from.late < s.lim.Delays && s.room(from, left) > 0 {
		s.insert(from, w, overtaking(w, buf[:0]), "", 1, left)
	}
}

// room is what is left to spend on anything but impatience, if there must be some of that too.
func (s *search) room(from run, left int) int {
	if s.hasty && !from.hasty {
		return left - 1
	}
	return left
}

// insert tries events in a world. Without a verb they are delays.
func (s *search) insert(
	from run, w *sim.World, events []sim.Event, verb string, cost, left int,
) {
	if s.cost == 1 && verb != "" {
		s.report.strike(verb, len(events))
	}
	for _, e := range events {
		if s.stopped {
			return
		}
		step, err := w.Apply(e)
		if err != nil {
			continue
		}
		next := from
		next.world, next.hasty = step.World, from.hasty || verb == Impatience
		next.pay(w, Inserted{Step: w.Steps(), Event: e, Delay: verb == ""})
		s.enumerate(next, left-cost)
	}
}

// impatient are the patience timers that could ring before their time. Those that wait for a node
// that can't be heard will ring anyway.
func impatient(w *sim.World, buf []sim.Event) []sim.Event {
	for _, e := range w.Enabled(nil) {
		if e.Verb != sim.Fire || w.Class(e) != sim.Patience || w.Silent(e) {
			continue
		}
		if due, ok := w.Due(e); ok && due > w.Now() {
			buf = append(buf, e)
		}
	}
	return buf
}

// overtaking are the events that could go before the next one: those that are due before
// anybody's patience ends.
func overtaking(w *sim.World, buf []sim.Event) []sim.Event {
	first, _, ok := w.Earliest()
	deadline := sim.Time(sim.Forever)
	enabled := w.Enabled(nil)
	for _, e := range enabled {
		if w.Class(e) == sim.Patience {
			if due, _ := w.Due(e); due < deadline {
				deadline = due
			}
		}
	}
	for _, e := range enabled {
		due, _ := w.Due(e)
		if ok && e != first && w.Class(e) != sim.Patience && w.Class(e) != sim.Idle && due < deadline {
			buf = append(buf, e)
		}
	}
	return buf
}

// add queues a run, unless one from an equal world was made.
func (s *search) add(r run) {
	if fp := r.world.TimedFingerprint(); s.seen[fp] {
		s.report.Merged++
		return
	} else {
		s.seen[fp] = true
	}
	if s.lim.MaxRuns > 0 && s.report.Runs+len(s.batch) >= s.lim.MaxRuns {
		s.report.Limit, s.stopped = "runs", true
		return
	}
	if s.batch = append(s.batch, r); len(s.batch) >= batchLen {
		s.flush()
	}
}

// flush makes the queued runs and looks at what they found, in order.
func (s *search) flush() {
	results := make([]outcome, len(s.batch))
	parallel(s.lim.Workers, len(s.batch), func(_, i int) {
		results[i] = s.finish(s.batch[i])
	})
	for i := range results {
		s.report.Runs++
		s.report.Events += results[i].events
		if results[i].cut {
			s.report.Limit = tooMany
		}
		if s.report.Runs == 1 {
			s.report.Of = results[i].clock
		}
		if f := results[i].finding; f != nil && len(s.report.Findings) == 0 {
			s.report.Findings = append(s.report.Findings, s.shrink(*f))
			s.stopped = true
		}
	}
	s.batch = s.batch[:0]
	s.report.Depth = s.cost
	if s.progress != nil && !s.progress(s.report) {
		s.report.Limit, s.stopped = interrupted, true
	}
}

// parallel calls do for 0..n-1 with that many workers, telling each which worker it is.
func parallel(workers, n int, do func(worker, i int)) {
	if workers < 2 {
		for i := range n {
			do(0, i)
		}
		return
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	for k := range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(k, i)
			}
		})
	}
	wg.Wait()
}
