package sim_test

import (
	"testing"

	"example.com/ksim/sim"
	"pgregory.net/rapid"
)

// What a seed draws is written down in scenarios and traces, so it is the same on every machine and
// for ever.
func TestDrawsAreTheSameForEver(t *testing.T) {
	for _, row := range []struct {
		seed sim.Seed
		what string
		nth  uint64
		want uint64
	}{
		{0, "", 0, 0x6e3d20c73ffd9f01},
		{7, "latency", 0, 0x52bc5ad74bef41c2},
		{7, "latency", 1, 0xa088fec679eb5ba0},
		{8, "latency", 1, 0x418c40d8d34f988f},
		{7, "jitter", 1, 0x8392ef4533256e18},
	} {
		if got := row.seed.Draw(row.what, row.nth); got != row.want {
			t.Errorf("seed %d: draw %d of %q is %#x, want %#x", row.seed, row.nth, row.what, got, row.want)
		}
	}
}

func TestDrawsDifferBySeedNameAndNumber(t *testing.T) {
	seen := map[uint64]bool{}
	n := 0
	for seed := range sim.Seed(20) {
		for _, what := range []string{"latency", "reconnect", "sticky"} {
			for nth := range uint64(50) {
				seen[seed.Draw(what, nth)] = true
				n++
			}
		}
	}
	if len(seen) != n {
		t.Errorf("%d draws gave %d numbers", n, len(seen))
	}
}

func TestJitterStaysWithinItsPercent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := sim.Duration(rapid.Int64Range(0, int64(sim.Second)).Draw(t, "d"))
		percent := rapid.IntRange(0, 100).Draw(t, "percent")
		seed := sim.Seed(rapid.Uint64().Draw(t, "seed"))
		got := seed.Jitter(d, percent, "x", rapid.Uint64().Draw(t, "nth"))
		off := d * sim.Duration(percent) / 100
		if got < d-off || got > d+off+1 {
			t.Fatalf("%s ± %d %% became %s", d, percent, got)
		}
	})
}

func TestJitterUsesAllOfItsWidth(t *testing.T) {
	low, high := sim.Forever, sim.Duration(0)
	for nth := range uint64(1000) {
		d := sim.Seed(7).Jitter(1000, 20, "x", nth)
		low, high = min(low, d), max(high, d)
	}
	if low > 810 || high < 1190 {
		t.Errorf("1000 draws of 1000 ± 20 %% lie between %d and %d", int64(low), int64(high))
	}
}
