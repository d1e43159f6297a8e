package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// searched presses keys that begin a search, and lets it come to its end.
func searched(t *testing.T, m *model, keys string) {
	t.Helper()
	cmd := press(m, keys)
	if cmd == nil || m.player.search == nil {
		t.Fatalf("no search has begun:\n%s", text(m))
	}
	for _, c := range cmd().(tea.BatchMsg) {
		if msg, over := c().(searchedMsg); over {
			m.Update(msg)
		} else {
			m.Update(progressMsg{m.player.search})
		}
		return // the search is the first
	}
}

// TestWhatASearchFindsIsABranch: from a moment at which nothing is lost yet, the search finds that a crash of the leader
// loses a message, and shows it; what it shows can be saved and comes out the same.
func TestWhatASearchFindsIsABranch(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "] ]")
	from := m.player.here().Step
	searched(t, m, "x enter")
	if got := m.player.scene.tally[cluster.AckedLost]; got == 0 || m.player.branch() == "main" {
		t.Fatalf("%d messages are acked-lost on %s:\n%s", got, m.player.branch(), text(m))
	}
	if !strings.Contains(text(m), "found: acked-lost after crash b1 at #") || m.said.Width() > 80 {
		t.Errorf("it is not told, or too long:\n%s", text(m))
	}
	left := m.player.Tree.Moment(m.player.Tree.Branches()[1].From)
	if len(m.player.unsaved()) == 0 || left.Step < from {
		t.Errorf("%d deeds, from step %d on; it began at %d", len(m.player.unsaved()), left.Step, from)
	}
	source, err := m.player.Save("")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Read("found.yaml", source)
	if err != nil {
		t.Fatal(err)
	}
	if scenario.Run(s, nil).Failed() {
		t.Error("replayed, it does not come out the same")
	}
}

// TestASearchThatFindsNothingOffersMore, and says how far it looked.
func TestASearchThatFindsNothingOffersMore(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "x enter")
	m.Update(searchedMsg{m.player.search, explore.Report{Runs: 77, Exhausted: true}})
	wants(t, text(m), "nothing found: in 77 runs with up to 1 fault no message is ever acked-lost", "look on, with 2 faults")
	press(m, "end enter")
	if m.player.search == nil || m.player.search.lim.Faults != 2 {
		t.Errorf("no search with two faults has begun:\n%s", text(m))
	}
}

// TestASearchThatWasCutOffClaimsNothing: what runs too long has not been looked at to its end.
func TestASearchThatWasCutOffClaimsNothing(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "x enter")
	m.Update(searchedMsg{m.player.search, explore.Report{Runs: 77, Limit: "events"}})
	wants(t, text(m), "nothing found so far: the limit of events was hit in one of 77 runs")
}

// TestFindAsACommand is the same, typed; what is no harm is refused, with what comes near.
func TestFindAsACommand(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	m.command("find acked-lst")
	wants(t, text(m), `did you mean "acked-lost"`)
	m.command("find acked-lost faults=9")
	wants(t, text(m), "ksim explore")
	m.command("find acked-lost faults=2")
	if m.player.search == nil || m.player.search.lim.Faults != 2 {
		t.Error("it does not look")
	}
}

// TestProgressIsToldInItsOwnMenu: help that lies over it stays, and so do the cursor and what is searched for in it.
func TestProgressIsToldInItsOwnMenu(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "x enter")
	under := m.player.search
	tick := func(runs int) {
		under.report.Store(&explore.Report{Runs: runs})
		m.Update(progressMsg{under})
	}
	tick(17)
	wants(t, text(m), "17 runs, 0 events so far", "▶ stop looking")
	press(m, "? j j")
	help := text(m)
	if tick(18); text(m) != help {
		t.Errorf("the help is gone:\n%s", text(m))
	}
	press(m, "esc / s t o p")
	if tick(19); strings.Contains(text(m), "events so far") {
		t.Errorf("what is searched for is forgotten:\n%s", text(m))
	}
	press(m, "enter")
	wants(t, text(m), "▶ stop looking")
	if press(m, "enter"); m.player.search != nil || m.menu != nil {
		t.Error("it still looks")
	}
}

// TestASearchCanBeStopped: its menu is closed, and what it finds later is not shown.
func TestASearchCanBeStopped(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	cmd := press(m, "x enter")
	under := m.player.search
	press(m, "esc")
	if m.menu != nil || m.player.search != nil || !under.stopped.Load() {
		t.Fatalf("it goes on:\n%s", text(m))
	}
	for _, c := range cmd().(tea.BatchMsg)[:1] {
		m.Update(c())
	}
	if len(m.player.Tree.Branches()) > 1 {
		t.Error("it found something after it was stopped")
	}
}

// TestHarmsAreOfferedTheWorstFirst: what nobody means who asks what can go wrong can still be typed.
func TestHarmsAreOfferedTheWorstFirst(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "x")
	if first := m.menu.items[0].line.String(); !strings.HasPrefix(first, "acked-lost") {
		t.Errorf("first %s is offered", first)
	}
	for _, name := range []string{"pending", "failed", "rolled-back", "dead-lettered"} {
		for _, it := range m.menu.items {
			if strings.HasPrefix(it.line.String(), name+" ") {
				t.Errorf("%s is offered", name)
			}
		}
		typed := stage(read(t, "leader-crash"), look{w: 120, h: 36})
		if typed.command("find " + name); typed.player.search == nil {
			t.Errorf("find %s: %v", name, typed.no)
		}
	}
}

// TestASearchSaysHowFarItIs, of how much.
func TestASearchSaysHowFarItIs(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "x enter")
	for text, r := range map[string]explore.Report{
		"without a fault at first": {}, "fault after event 210 of 640": {At: 210, Of: 640, Depth: 1},
		"the first of 2 faults after event 3 of 640": {At: 3, Of: 640, Depth: 2},
	} {
		m.player.search.report.Store(&r)
		m.Update(progressMsg{m.player.search})
		wants(t, strings.Join(strings.Fields(paneText([]paint.Line{m.menu.items[0].line})), " "), text)
	}
}
