package tui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// still is a model in which nothing is shown moving.
func still(t *testing.T, name string, k look) *model {
	m := stage(read(t, name), k)
	m.still = true
	return m
}

// TestTheLastFrameIsTheStillOne takes steps: between them and the screen that stands still are a few frames, none of
// which moves anything else, and after it nothing goes on.
func TestTheLastFrameIsTheStillOne(t *testing.T) {
	for _, k := range []look{{w: 80, h: 24}, {w: 120, h: 36}, {w: 200, h: 50}} {
		m, fresh := stage(read(t, "leader-crash"), k), still(t, "leader-crash", k)
		films := 0
		for range 120 {
			if cmd := press(fresh, "right"); cmd != nil {
				t.Fatal("a screen on which nothing moves asks for something")
			}
			want := fresh.View()
			_, cmd := m.Update(keyMsg("right"))
			moved, ticks := false, 0
			for ; cmd != nil; ticks++ {
				if ticks > filmFrames {
					t.Fatalf("step %d: it still moves", m.player.here().Step)
				}
				moved = moved || m.View() != want
				_, cmd = m.Update(m.player.motion.due())
			}
			if got := m.View(); got != want {
				t.Fatalf("step %d: the last frame is\n%s\nwant\n%s", m.player.here().Step, text(m), text(fresh))
			}
			if ticks > 0 && !moved {
				t.Errorf("step %d: %d frames, and nothing moved", m.player.here().Step, ticks)
			}
			if moved {
				films++
			}
		}
		if films < 60 {
			t.Errorf("%dx%d: only %d of 120 steps were shown moving", k.w, k.h, films)
		}
	}
	if filmFrames*frameTime > 300*time.Millisecond || frameTime < time.Second/30 {
		t.Errorf("%d frames, one every %v", filmFrames, frameTime)
	}
}

// TestAFrameIsAsLargeAsTheScreen, whatever runs over it.
func TestAFrameIsAsLargeAsTheScreen(t *testing.T) {
	for _, k := range []look{{w: 80, h: 24}, {w: 120, h: 36, ascii: true}, {w: 200, h: 50}} {
		for _, name := range []string{"leader-crash", "transactions", "zombie"} {
			m := stage(read(t, name), k)
			for range 100 {
				for _, cmd := m.Update(keyMsg("right")); cmd != nil; _, cmd = m.Update(m.player.motion.due()) {
					for y, l := range m.picture() {
						if l.Width() != k.w {
							t.Fatalf("step %d, frame %d, line %d has %d cells", m.player.here().Step, m.player.motion.film.frame, y, l.Width())
						}
					}
				}
			}
		}
	}
}

// filmed is a model that shows the first frame of a step.
func filmed(t *testing.T) *model {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	for range 60 {
		if _, cmd := m.Update(keyMsg("right")); cmd != nil {
			return m
		}
	}
	t.Fatal("nothing moves")
	return nil
}

// TestAKeyCutsAFilm: it acts at once, and the frame that was asked for comes too late.
func TestAKeyCutsAFilm(t *testing.T) {
	for _, key := range []string{"2", "?", "left", "v", "T"} {
		m := filmed(t)
		stale := m.player.motion.due()
		_, cmd := m.Update(keyMsg(key))
		if cmd != nil || m.player.motion.film != (film{}) {
			t.Errorf("%s: the film goes on", key)
		}
		before := m.View()
		if _, cmd := m.Update(stale); cmd != nil || m.View() != before {
			t.Errorf("%s: the film goes on later", key)
		}
	}
	m := filmed(t)
	if step := m.player.here().Step; press(m, "right") != nil || m.player.here().Step <= step {
		t.Error("a step had to wait for a film")
	}
	m = filmed(t)
	m.Update(tea.MouseMsg{Action: tea.MouseActionPress, Button: tea.MouseButtonLeft, X: 3, Y: 30})
	if m.player.motion.film != (film{}) {
		t.Error("a click does not end it")
	}
}

// TestARunIsAsFastWithFilmsAsWithout: films are part of the time between its steps, one that is faster has none, and a
// key that ends one does not make it step sooner.
func TestARunIsAsFastWithFilmsAsWithout(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	o := &m.player.motion
	for o.speed = range speeds {
		pause := time.Second / time.Duration(speeds[o.speed].steps)
		m.player.motion.running = true
		o.running = true
		m.player.roll(m, m.player.telling())
		o.film = film{}
		m.Update(keyMsg("home"))
		m.Update(keyMsg(" "))
		switch f := o.film; {
		case pause < filmFrames*frameTime && f != (film{}):
			t.Errorf("%s: it has films", speeds[o.speed].called)
		case pause >= filmFrames*frameTime && (f.frame == 0 || f.rest+time.Duration(filmFrames-f.frame+1)*frameTime != pause):
			t.Errorf("%s: frame %d of %d and then %v, want %v", speeds[o.speed].called, f.frame, filmFrames, f.rest, pause)
		}
		m.Update(keyMsg("esc"))
	}
	o.speed = 0
	m.Update(keyMsg("home"))
	m.Update(keyMsg(" "))
	here, frame := m.player.here(), o.film.frame
	m.Update(keyMsg("2"))
	for ; frame <= filmFrames; frame++ {
		if _, cmd := m.Update(o.due()); cmd == nil || m.player.here() != here {
			t.Fatalf("frame %d: it stopped or stepped", frame)
		}
	}
	if m.Update(o.due()); m.player.here() == here {
		t.Error("it does not go on")
	}
}
