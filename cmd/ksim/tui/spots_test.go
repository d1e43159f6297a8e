package tui

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
)

// pointer is what the cursor of a pane is on.
func pointer(t *testing.T, m *model) string {
	t.Helper()
	on, ok := m.player.spotOn(m.player.focus())
	if !ok {
		t.Fatal("the cursor is on nothing")
	}
	return m.player.Names.Node(on.node)
}

// TestTheCursorGoesFromNodeToNode: through the replicas, then the controllers, and back; the row is marked.
func TestTheCursorGoesFromNodeToNode(t *testing.T) {
	for _, k := range []look{{w: 80, h: 24}, {w: 120, h: 36}, {w: 60, h: 16}} {
		m := stage(read(t, "leader-crash"), k)
		var seen []string
		for range 20 {
			name := pointer(t, m)
			if len(seen) == 0 || seen[len(seen)-1] != name {
				seen = append(seen, name)
			}
			if !strings.Contains(text(m), "▶"+name) {
				t.Errorf("%dx%d: the cursor on %s is not to be seen:\n%s", k.w, k.h, name, text(m))
			}
			press(m, "j")
		}
		if got := strings.Join(seen, " "); got != "b1 b2 b3 k1" {
			t.Errorf("%dx%d: j goes over %s", k.w, k.h, got)
		}
		press(m, "g")
		if pointer(t, m) != "b1" {
			t.Errorf("g goes to %s", pointer(t, m))
		}
	}
}

// TestAllLinesComeBy: where the next node is out of sight j and k move the lines, so nothing is out of reach.
func TestAllLinesComeBy(t *testing.T) {
	m := stage(read(t, "transactions"), look{w: 60, h: 16})
	press(m, "n n n n")
	r := m.layout().panes[paneCluster]
	want := m.clusterSheet(r.w-4, r.h-2).lines
	seen := ""
	for range 3 * len(want) {
		seen += text(m)
		press(m, "j")
	}
	for _, l := range want {
		if words := strings.Trim(l.String(), " ▶"); len(words) > 0 && !strings.Contains(seen, words) {
			t.Errorf("never seen: %q", words)
		}
	}
	press(m, "g")
	if pointer(t, m) != "b1" || m.player.row[paneCluster] != 0 {
		t.Errorf("g goes to %s, row %d", pointer(t, m), m.player.row[paneCluster])
	}
}

// TestANodesMenu has all that concerns the node and nothing else, and says why something can't be.
func TestANodesMenu(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 200, h: 60})
	press(m, "n n n 1 j enter")
	for _, it := range m.menu.items {
		if l := it.line.String(); !it.heading && !strings.Contains(l, "b2") {
			t.Errorf("not about b2: %s", l)
		}
	}
	got := text(m)
	wants(t, got, "b2: do what?", "crash b2", "resume b2  b2 is not paused", "cut b2-k1", "partition b1>b2")
	press(m, "esc 2 F / s e e k")
	wants(t, text(m), "no row has \"seek\" in it")
	press(m, "backspace backspace backspace backspace c r a s h enter enter")
	if m.player.World().Health(m.player.scene.producers[0].Self) != sim.Killed {
		t.Error("p1 runs on")
	}
}

// TestStrikingBesideAPendingEvent: the fault comes right before the event, or right after it, and the saved script
// does the same.
func TestStrikingBesideAPendingEvent(t *testing.T) {
	s := read(t, "leader-crash")
	t.Chdir(t.TempDir())
	for word, happens := range map[string]bool{"before": false, "after": true} {
		m := stage(s, look{w: 120, h: 36})
		onceTold(t, m, wire.Sent, "p1")
		press(m, "n")
		typed(m, word+" deliver p1>b1")
		p := m.player
		if m.menu == nil {
			t.Fatalf("%s: no menu: %s", word, text(m))
		}
		if happened := p.here().Event.Verb == sim.Deliver && p.here().Event.Receiver() == 1; happened != happens {
			t.Errorf("%s: delivered: %v, at step %d", word, happened, p.here().Step)
		}
		if word == "before" && !p.isNext(p.scene.choices[0].event) || p.scene.choices[0].event.Verb != sim.Deliver {
			t.Errorf("%s: next is %v", word, p.scene.choices[0].event)
		}
		press(m, "/ c r a s h space b 1 enter enter n n n")
		replays(t, m, word)
	}
}

// replays saves the session, and wants its file to run to the same moments.
func replays(t *testing.T, m *model, file string) {
	t.Helper()
	file += ".yaml"
	hand(m, keyMsg(":"))
	hand(m, keyMsg("save "+file))
	m.Update(press(m, "enter")())
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := scenario.Read(file, source)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	i, tree := 0, m.player.Tree
	o := scenario.Run(saved, func(got *timeline.Moment) bool {
		if i++; i <= tree.Index() && (tree.On(i).Event != got.Event || tree.On(i).At != got.At) {
			t.Fatalf("step %d is %v at %v, was %v at %v\n%s", i, got.Event, got.At, tree.On(i).Event, tree.On(i).At, source)
		}
		return true
	})
	if i < tree.Index() || o.Refused != nil || o.Failed() {
		t.Errorf("it ended after %d steps, want %d (%v, %v)\n%s", i, tree.Index(), o.Refused, o.Checks, source)
	}
}

// TestWhatCantBeDoneIsSaidOnceAnAct, after all that can; peers stand in the order of the cluster.
func TestWhatCantBeDoneIsSaidOnceAnAct(t *testing.T) {
	m := crowded(t, look{w: 140, h: 60})
	press(m, "1 j j j F")
	var rows []string
	for _, it := range m.menu.items {
		rows = append(rows, strings.TrimSpace(it.line.String()))
	}
	all := strings.Join(rows, "\n")
	wants(t, all, "cut b1-b2\ncut b2-b3\ncut b2-b4\ncut b2-b5\ncut b2-k1\n", "not now\nrestart b2  b2 is up already\nresume b2")
	not := slices.Index(rows, "not now")
	verbs := map[string]bool{}
	for i, it := range m.menu.items {
		verb, _, _ := strings.Cut(rows[i], " ")
		if it.heading {
			continue
		}
		if it.refused != (i > not) || i > not && verbs[verb] {
			t.Errorf("row %d: %s, refused: %v", i, rows[i], it.refused)
		}
		verbs[verb] = verbs[verb] || i > not
	}
	press(m, "esc")
	m.command("20s")
	press(m, "2 G F")
	if n := strings.Count(text(m), "IllegalStateException"); n == 0 || n > 3 {
		t.Errorf("%d rows refuse seeks:\n%s", n, text(m))
	}
}

// TestWhatBeginsNowIsNotSaidToBeginElse now.
func TestWhatBeginsNowIsNotSaidToBeginElse(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	press(m, "a")
	wants(t, text(m), "start p1")
	if got := text(m); strings.Contains(got, "else now") {
		t.Errorf("now, else now:\n%s", got)
	}
}
