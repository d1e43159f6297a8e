package scenario

import (
	"fmt"
	"runtime"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// WithoutScript is the same scenario with nothing scripted and nothing expected: only the clock.
func (s *Scenario) WithoutScript() *Scenario {
	bare := *s
	bare.lines, bare.checks, bare.Variants, bare.Document.Variants = nil, nil, nil, nil
	bare.Document.Script, bare.Document.Expect = nil, Expect{}
	return &bare
}

// Replay plays what a search of the whole scenario has found, from the first step. It proves the
// finding; it can be saved.
func Replay(s *Scenario, f *explore.Finding, lim explore.Limits) (*Session, error) {
	p := Play(s.WithoutScript())
	return p, p.Follow(f, lim)
}

// Follow plays what a search from this moment has found, as the search did: its acts at their steps or
// its events one by one, and then, as far as the search had to, everything mended and come to rest. It
// leaves the script.
func (s *Session) Follow(f *explore.Finding, lim explore.Limits) error {
	if err := s.inserted(f.Acts); err != nil {
		return err
	}
	for _, e := range f.Path {
		if err := s.Do(e); err != nil {
			return fmt.Errorf("replaying the finding: %w", err)
		}
	}
	if err := s.clock(lim.Until); err != nil {
		return err
	}
	for e, ok := cluster.Mend(s.World()); ok; e, ok = cluster.Mend(s.World()) {
		if err := s.Do(e); err != nil {
			return fmt.Errorf("mending: %w", err)
		}
	}
	end := s.World().Now().Add(lim.Settle)
	for !cluster.Settled(s.World()) {
		if _, at, ok := s.World().Earliest(); !ok || at > end {
			break
		}
		if _, err := s.tick(); err != nil {
			return err
		}
	}
	return nil
}

// inserted follows the clock and does each act at its step.
func (s *Session) inserted(acts []explore.Inserted) error {
	for _, a := range acts {
		for s.World().Steps() < a.Step {
			if ok, err := s.tick(); !ok || err != nil {
				return fmt.Errorf("replaying the finding: step %d was not reached: %w", a.Step, err)
			}
		}
		if err := s.Do(a.Event); err != nil {
			return fmt.Errorf("replaying the finding: %w", err)
		}
	}
	return nil
}

// clock follows the clock up to a moment.
func (s *Session) clock(until sim.Time) error {
	for {
		if _, at, ok := s.World().Earliest(); !ok || at > until {
			return nil
		}
		if _, err := s.tick(); err != nil {
			return err
		}
	}
}

// tick does what the clock chooses, whatever the script has next. It is false when nothing can happen
// any more.
func (s *Session) tick() (bool, error) {
	e, _, ok := s.World().Earliest()
	if !ok {
		return false, nil
	}
	m := *s.mark()
	if err := s.Tree.Do(e); err != nil {
		return false, err
	}
	s.note(mark{line: m.line, free: true})
	return true, nil
}

// searchLength is how long the clock runs in a search when the file gives no time.
const searchLength = 30 * sim.Second

// settleTime is how long a mended world may take to come to rest: longer than request time-outs,
// delivery time-outs and sessions together.
const settleTime = 300 * sim.Second

// maxRunEvents stops a run of a search that does not end.
const maxRunEvents = 1_000_000

// SearchLimits are those of a search from a moment of the scenario: it runs to the file's end, or for
// a while if the file gives none or it is over.
func (s *Scenario) SearchLimits(from sim.Time) explore.Limits {
	until := sim.Time(s.Document.Until.Time)
	if until <= from {
		until = from.Add(searchLength)
	}
	return explore.Limits{
		Until: until, Settle: settleTime, Mend: cluster.Mend, Settled: cluster.Settled,
		MaxEvents: maxRunEvents, Workers: runtime.GOMAXPROCS(0),
	}
}
