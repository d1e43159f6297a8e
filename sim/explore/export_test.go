package explore

import "example.com/ksim/sim"

// Shrink is what Faults does with a finding.
func Shrink(root *sim.World, lim Limits, props []sim.Property, f Finding) Finding {
	return (&search{root: root, lim: lim, props: props}).shrink(f)
}
