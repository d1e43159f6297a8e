package scenario

import (
	"fmt"

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

// Replay plays what a search has found, from the first step, as the search did: its acts at their
// steps or its events one by one, and then, as far as the search had to, everything mended and come
// to rest. It proves the finding; it can be saved.
func Replay(s *Scenario, f *explore.Finding, lim explore.Limits) (*Session, error) {
	p := Play(s.WithoutScript())
	if err := p.inserted(f.Acts); err != nil {
		return nil, err
	}
	for _, e := range f.Path {
		if err := p.Do(e); err != nil {
			return nil, fmt.Errorf("replaying the finding: %w", err)
		}
	}
	if err := p.clock(lim.Until); err != nil {
		return nil, err
	}
	for e, ok := cluster.Mend(p.World()); ok; e, ok = cluster.Mend(p.World()) {
		if err := p.Do(e); err != nil {
			return nil, fmt.Errorf("mending: %w", err)
		}
	}
	end := p.World().Now().Add(lim.Settle)
	for !cluster.Settled(p.World()) {
		if _, at, ok := p.World().Earliest(); !ok || at > end {
			break
		}
		if _, err := p.Advance(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// inserted follows the clock and does each act at its step.
func (s *Session) inserted(acts []explore.Inserted) error {
	for _, a := range acts {
		for s.World().Steps() < a.Step {
			if ok, err := s.Advance(); !ok || err != nil {
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
		if _, err := s.Advance(); err != nil {
			return err
		}
	}
}
