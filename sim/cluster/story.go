package cluster

import "example.com/ksim/sim"

// Story picks out of what a run tells, step by step, what a person wants to hear.
type Story struct {
	names *Names
	told  map[string]bool // looked up, never ranged
}

// Story begins the story of a run.
func (n *Names) Story() *Story { return &Story{n, map[string]bool{}} }

// Tell is the story's words for the next step.
func (s *Story) Tell(h *sim.Happened) []string {
	var out []string
	for i := range h.Notes {
		n := &h.Notes[i]
		if s.names.Minor(n) {
			continue
		}
		text := s.names.Note(n)
		if Repeats(n.Kind) {
			if s.told[text] {
				continue
			}
			s.told[text] = true
		}
		out = append(out, text)
	}
	return out
}
