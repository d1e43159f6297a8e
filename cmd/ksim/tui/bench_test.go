package tui

import "testing"

func BenchmarkView200x60(b *testing.B) {
	for _, name := range []string{"leader-crash", "long"} {
		b.Run(name, func(b *testing.B) {
			m := stage(read(b, name), look{w: 200, h: 60})
			press(m, "end")
			for b.Loop() {
				_ = m.View()
			}
		})
	}
}

// BenchmarkStepAndView is what a key costs: a step of the world, its scene, and the screen.
func BenchmarkStepAndView(b *testing.B) {
	for _, name := range []string{"leader-crash", "long"} {
		b.Run(name, func(b *testing.B) {
			m := stage(read(b, name), look{w: 200, h: 60})
			for b.Loop() {
				if m.player.Ended() {
					b.StopTimer()
					m = stage(read(b, name), look{w: 200, h: 60})
					b.StartTimer()
				}
				press(m, "n")
				_ = m.View()
			}
		})
	}
}
