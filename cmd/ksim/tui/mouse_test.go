package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
)

// at finds the cell where a text is drawn.
func at(t *testing.T, m *model, what string) (x, y int) {
	t.Helper()
	for y, l := range m.picture() {
		if before, _, ok := strings.Cut(l.String(), what); ok {
			return paint.Width(before), y
		}
	}
	t.Fatalf("%q is nowhere on the screen:\n%s", what, text(m))
	return 0, 0
}

func mouse(m *model, x, y int, button tea.MouseButton, action tea.MouseAction) {
	hand(m, tea.MouseMsg{X: x, Y: y, Button: button, Action: action})
}

// click presses and releases the left button where a text is drawn.
func click(t *testing.T, m *model, what string) {
	t.Helper()
	x, y := at(t, m, what)
	mouse(m, x, y, tea.MouseButtonLeft, tea.MouseActionPress)
	mouse(m, x, y, tea.MouseButtonNone, tea.MouseActionRelease)
}

func TestAClickGivesTheKeysAndPutsTheCursor(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 200, h: 50})
	press(m, "] ] ] ]")
	click(t, m, "░ page cache")
	if m.player.focus() != paneCluster {
		t.Error("a click into the cluster did not give it the keys")
	}
	click(t, m, "m2 pending")
	if got := m.player.Names.Message(m.player.chosen()); got != "m2" || m.player.focus() != paneRecords {
		t.Errorf("a click on m2 chose %s\n%s", got, text(m))
	}
	click(t, m, "b1 appended m2")
	press(m, "enter")
	if got := m.player.here().Step; got != 40 || !strings.Contains(text(m), "▶40.1") {
		t.Errorf("a click on what happened, and enter: at step %d\n%s", got, text(m))
	}
	click(t, m, "6 Accumulator")
	if m.player.focus() != paneAccumulator {
		t.Error("a click on a name in a title did not show that pane")
	}
}

func TestClicksOnTabs(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	click(t, m, "5 Story")
	if m.player.focus() != paneStory {
		t.Error("a click on a tab did not show its pane")
	}
}

func TestTheWheelScrollsWhatIsUnderIt(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 30})
	x, y := at(t, m, "Watch m3")
	mouse(m, x, y, tea.MouseButtonWheelDown, tea.MouseActionPress)
	if m.player.row[paneStory] != wheelRows || m.player.focus() != paneCluster {
		t.Errorf("the story is at row %d and pane %d has the keys", m.player.row[paneStory], m.player.focus())
	}
	mouse(m, x, y, tea.MouseButtonWheelUp, tea.MouseActionPress)
	if m.player.row[paneStory] != 0 {
		t.Error("the wheel does not scroll back")
	}
}

// TestAClickInAMenuChooses the row that is drawn there, not what the menu covers.
func TestAClickInAMenuChooses(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	press(m, "f")
	click(t, m, "partition ")
	wants(t, text(m), "partition what?")
	click(t, m, "partition b2>b1")
	wants(t, text(m), "partition b2>b1: begins the branch")
	press(m, "f")
	x, y := at(t, m, "do what?")
	mouse(m, x, y, tea.MouseButtonLeft, tea.MouseActionPress)
	mouse(m, 0, 3, tea.MouseButtonLeft, tea.MouseActionPress)
	if m.menu == nil {
		t.Fatal("a click beside every row chose something")
	}
	before := m.menu.at
	mouse(m, x, y, tea.MouseButtonWheelDown, tea.MouseActionPress)
	if m.menu.at <= before {
		t.Error("the wheel does not move the cursor of a menu")
	}
	click(t, m, "is not paused") // of what is refused
	if m.menu == nil {
		t.Error("a click chose what is refused")
	}
}

func TestClicksAndDragsOnTheTimelineSeek(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 30})
	y := m.layout().timeline
	before, _, _ := strings.Cut(m.picture()[y].String(), "♛")
	x := paint.Width(before)
	mouse(m, x, y, tea.MouseButtonLeft, tea.MouseActionPress)
	if got := m.player.here().Step; m.player.marks(m.player.here())&election == 0 {
		t.Errorf("a click on an election goes to step %d", got)
	}
	mouse(m, m.w-1, 2, tea.MouseButtonLeft, tea.MouseActionMotion)
	end := m.player.here().Step
	mouse(m, 0, 2, tea.MouseButtonLeft, tea.MouseActionMotion)
	if m.player.here().Step != 0 || end < 577 {
		t.Errorf("dragged to the ends: step %d and %d", end, m.player.here().Step)
	}
	mouse(m, 0, 2, tea.MouseButtonNone, tea.MouseActionRelease)
	mouse(m, x, y, tea.MouseButtonLeft, tea.MouseActionMotion)
	if m.player.here().Step != 0 {
		t.Error("after the release it is dragged on")
	}
}

func TestAClickAtHome(t *testing.T) {
	m := stage(nil, look{w: 80, h: 24}, read(t, "leader-crash"), read(t, "long"))
	click(t, m, "  long ")
	if got := m.home.shown[m.home.at].Name; got != "long" {
		t.Errorf("a click on long chose %s\n%s", got, text(m))
	}
}

// TestSpotsAreWhereTheirRowsAre points everywhere at any size: rows of panes are pointed at inside their boxes only,
// and nothing that is pointed at can break the screen.
func TestSpotsAreWhereTheirRowsAre(t *testing.T) {
	scenarios := []*scenario.Scenario{read(t, "leader-crash"), read(t, "zombie"), nil}
	keys := allKeys()
	t.Chdir(t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		m := stage(rapid.SampledFrom(scenarios).Draw(t, "scenario"), look{w: 80, h: 24}, scenarios[0])
		for range rapid.IntRange(0, 15).Draw(t, "moves") {
			m.Update(tea.WindowSizeMsg{Width: rapid.IntRange(20, 250).Draw(t, "w"), Height: rapid.IntRange(5, 70).Draw(t, "h")})
			hand(m, keyMsg(rapid.SampledFrom(keys).Draw(t, "key")))
			x, y := rapid.IntRange(-1, m.w+1).Draw(t, "x"), rapid.IntRange(-1, m.h+1).Draw(t, "y")
			if s := m.under(x, y); m.player != nil && m.menu == nil && s.Zone > 0 && s.Zone <= int16(paneCount) {
				if id, ok := m.paneAt(x, y); !ok || !zone(id).has(s) {
					t.Fatalf("%d,%d stands for a row of pane %d and lies in %d", x, y, s.Zone-1, id)
				}
			}
			for _, b := range []tea.MouseButton{tea.MouseButtonLeft, tea.MouseButtonWheelUp, tea.MouseButtonWheelDown, tea.MouseButtonRight} {
				actions := []tea.MouseAction{tea.MouseActionPress, tea.MouseActionMotion, tea.MouseActionRelease}
				mouse(m, x, y, b, rapid.SampledFrom(actions).Draw(t, "action"))
				exact(t, m)
			}
		}
	})
}
