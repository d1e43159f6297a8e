package scenario

import (
	"cmp"
	"slices"
	"strings"
)

// FirstPreset is what one begins with who wants a cluster and nothing else.
const FirstPreset = "preset-three-brokers"

// Presets are the scenarios that come with ksim to begin with and to change; their names say that they are. First
// come the clusters that nothing happens to, then the settings of each guarantee under the same faults.
func Presets() ([]*Scenario, error) {
	var out []*Scenario
	for _, name := range Names() {
		if !strings.HasPrefix(name, "preset-") {
			continue
		}
		s, err := Load(name, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b *Scenario) int { return cmp.Compare(a.early(), b.early()) })
	return out, nil
}

// early is the place of a preset among the others: the less, the earlier.
func (s *Scenario) early() int {
	if s.Name == FirstPreset {
		return -len(subjects)
	}
	return -s.Document.About.rank()
}
