package tui

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// large are the screens that are measured: five brokers and twelve partitions at the sizes of large terminals, and two
// scenarios of the tests.
func large(b *testing.B, measure func(*testing.B, func() *model)) {
	five, err := scenario.Load("preset-five-brokers", nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range []*scenario.Scenario{read(b, "leader-crash"), read(b, "long"), five} {
		for _, k := range []look{{w: 200, h: 60}, {w: 240, h: 70}} {
			b.Run(fmt.Sprintf("%s/%dx%d", s.Name, k.w, k.h), func(b *testing.B) {
				measure(b, func() *model { return stage(s, k) })
			})
		}
	}
}

// BenchmarkView draws the last screen of a run: the aim is 5 ms.
func BenchmarkView(b *testing.B) {
	large(b, func(b *testing.B, begin func() *model) {
		m := begin()
		press(m, "end")
		for b.Loop() {
			_ = m.View()
		}
	})
}

// BenchmarkStepAndView is what a key costs: a step of the world, its scene, and the screen; the aim is 16 ms. It reports
// how many bytes the lines have that are not as before.
func BenchmarkStepAndView(b *testing.B) {
	large(b, func(b *testing.B, begin func() *model) {
		m, frames, bytes := begin(), 0, 0
		var before []string
		for b.Loop() {
			if m.player.Ended() {
				b.StopTimer()
				m = begin()
				b.StartTimer()
			}
			press(m, "n")
			view := m.View()
			b.StopTimer()
			now := strings.Split(view, "\n")
			frames, bytes, before = frames+1, bytes+len(repaint(before, now)), now
			b.StartTimer()
		}
		b.ReportMetric(float64(bytes)/float64(frames), "bytes/frame")
	})
}
