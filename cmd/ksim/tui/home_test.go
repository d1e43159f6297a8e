package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// TestTheChosenScenarioIsInSight: at every place of the list, on a small screen, with all the
// headings between; its name is there whole.
func TestTheChosenScenarioIsInSight(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	m := stage(nil, look{w: 80, h: 24})
	m.home = newHome(all, nil)
	press(m, "down") // over what to begin with
	for i, s := range all {
		if i > 0 {
			press(m, "down")
		}
		begins := s.Name[:min(len(s.Name), 20)]
		if got := text(m); !strings.Contains(got, "▶ "+begins) || !strings.Contains(got, "│ "+s.Name) {
			t.Fatalf("the cursor is on %s, and the screen does not show it:\n%s", s.Name, text(m))
		}
	}
}

// TestTheFirstStartSaysWhereToBegin, until something was opened.
func TestTheFirstStartSaysWhereToBegin(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	m := stage(nil, look{w: 80, h: 24})
	m.home = newHome(all, nil)
	wants(t, text(m), "new here? start with", "▶ acks-1-leader-crash")
	press(m, "enter q")
	if got := text(m); strings.Contains(got, "new here?") || m.home.shown[m.home.at].Name != startWith {
		t.Errorf("it is still there, or the cursor is elsewhere:\n%s", got)
	}
}

// TestNothingFoundIsSaid where the list is, and how all comes back.
func TestNothingFoundIsSaid(t *testing.T) {
	m := stage(nil, look{w: 80, h: 24}, read(t, "leader-crash"), read(t, "long"))
	press(m, "/ z z z z")
	wants(t, text(m), "nothing matches zzzz; Esc shows all")
	press(m, "enter enter")
	wants(t, text(m), "nothing matches zzzz; Esc shows all")
	if press(m, "esc"); len(m.home.shown) != 2 {
		t.Errorf("esc shows\n%s", text(m))
	}
}

// TestTopicsFold by key and by mouse; what is folded stays so when one comes back, and is found all the same.
func TestTopicsFold(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	m := stage(nil, look{w: 120, h: 36})
	m.home = newHome(all, nil)
	press(m, "space")
	wants(t, text(m), "only topics can be folded")
	press(m, "down space")
	topic := all[0].heading
	wants(t, text(m), "▶ ▸ "+topic+"  ", "enter unfolds "+all[0].Name)
	n := 0
	for _, e := range all {
		if e.heading == topic {
			n++
		}
	}
	if got := len(m.home.shown); got != 1+len(all)-n+1 {
		t.Errorf("%d rows are shown of %d scenarios, %d of them folded", got, len(all), n)
	}
	wants(t, text(m), fmt.Sprintf("%d of %d scenarios", len(all), len(all)))
	press(m, "V")
	press(m, "down enter q")
	wants(t, text(m), "▸ "+topic)
	press(m, "/ l e a d e r - c r a s h enter")
	wants(t, text(m), "▶ acks-1-leader-crash")
	press(m, "esc")
	click := func(what string) {
		for y, l := range strings.Split(text(m), "\n") {
			if x := strings.Index(l, what); x >= 0 {
				m.onMouse(tea.MouseMsg{X: 6, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
				return
			}
		}
		t.Fatalf("%s is not to be seen:\n%s", what, text(m))
	}
	click("▸ " + topic)
	wants(t, text(m), "▾ "+topic)
	click("▾ " + topic)
	wants(t, text(m), "▸ "+topic)
	press(m, "enter")
	if m.player != nil || len(m.home.shown) != len(all)+1 {
		t.Errorf("enter does not unfold:\n%s", text(m))
	}
}

// TestTitlesHaveRoom in the list: most are read whole from 120 columns on.
func TestTitlesHaveRoom(t *testing.T) {
	all, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []look{{w: 120, h: 36}, {w: 200, h: 50}} {
		m := stage(nil, k)
		m.home = newHome(all, nil)
		left, _ := m.twoBoxes(wideWidth)
		cut := 0
		for _, l := range m.home.lines(left.w-paint.BoxInset, 1000) {
			if strings.HasSuffix(strings.TrimRight(l.String(), " "), "…") {
				cut++
			}
		}
		if cut > len(all)/4 {
			t.Errorf("%dx%d: %d of %d titles are cut", k.w, k.h, cut, len(all))
		}
	}
}
