package sim

import "example.com/ksim/sim/value"

// Seed is the source of chance. Chance is a pure function of the seed, of what is drawn and of
// which draw it is, never a stream: a new draw somewhere changes no draw elsewhere.
type Seed uint64

// Draw is a number that looks random: the nth of what.
func (s Seed) Draw(what string, nth uint64) uint64 {
	return uint64(value.Seeded.Add(uint64(s)).Text(what).Add(nth).Add(uint64(s)))
}

// Jitter spreads d evenly over d ± percent.
func (s Seed) Jitter(d Duration, percent int, what string, nth uint64) Duration {
	if percent == 0 || d == 0 {
		return d
	}
	return spread(d, percent, s.Draw(what, nth))
}

func spread(d Duration, percent int, draw uint64) Duration {
	width := uint64(d) * 2 * uint64(percent) / 100
	if width == 0 {
		return d
	}
	return d - Duration(width/2) + Duration(draw%(width+1))
}
