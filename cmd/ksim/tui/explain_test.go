package tui

import (
	"strings"
	"testing"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// row is the first row of the open menu that holds a text; the test fails without one.
func row(t *testing.T, m *model, text string) int {
	t.Helper()
	if m.menu == nil {
		t.Fatalf("no menu is open; said %q", m.said)
	}
	for i := range m.menu.items {
		if strings.Contains(m.menu.items[i].line.String(), text) {
			return i
		}
	}
	t.Fatalf("no row holds %q in\n%s", text, rowsOf(m))
	return -1
}

func rowsOf(m *model) string {
	var out []string
	for i := range m.menu.items {
		out = append(out, m.menu.items[i].line.String())
	}
	return strings.Join(out, "\n")
}

// TestAChainIsWalkedBackAndForth goes from an acknowledgement back to where the record was appended, and comes back.
func TestAChainIsWalkedBackAndForth(t *testing.T) {
	m := shot(t, "leader-crash", "] e", look{w: 120, h: 36})
	acked := m.player.here().Step
	m.menu.at = row(t, m, "appended m1")
	press(m, "enter")
	if at := m.player.here(); at.Step >= acked || at.Notes[0].Kind != wire.Appended {
		t.Fatalf("the row of the append led to step %d", at.Step)
	}
	m.menu.at = row(t, m, "arrived    b1 → p1")
	press(m, "enter")
	if m.player.here().Step != acked {
		t.Errorf("walked back to step %d, not to %d", m.player.here().Step, acked)
	}
	press(m, "esc e")
	if !strings.Contains(text(m), "The promise is made") || !strings.Contains(text(m), "p1<b1  ProduceResponse partitions=[(") {
		t.Errorf("neither what it means nor the trace is there:\n%s", text(m))
	}
}

// TestACrashSaysWhoDidItAndWhatItDid: the script, what it waited for, the connections that end, and the session that
// ends for want of heartbeats.
func TestACrashSaysWhoDidItAndWhatItDid(t *testing.T) {
	m := shot(t, "leader-crash", "] ] ] e", look{w: 120, h: 36})
	for _, text := range []string{"the script says: when", "end of the connection", "missed     k1", "was fenced"} {
		row(t, m, text)
	}
	m.menu.at = row(t, m, "missed     k1")
	press(m, "enter")
	row(t, m, "silence    b1 crashed")
}

// TestWhatAPersonDidSaysSo and at the beginning there is nothing to explain.
func TestWhatAPersonDidSaysSo(t *testing.T) {
	m := shot(t, "leader-crash", "e", look{w: 120, h: 36})
	if m.menu != nil || !strings.Contains(m.said.String(), "nothing has happened") {
		t.Errorf("at the beginning it says %q", m.said)
	}
	press(m, "] :")
	m.prompt.set(m, "crash b3")
	press(m, "enter e")
	row(t, m, "you did it")
}

// TestWhatMayHappenSaysWhereItComesFrom too.
func TestWhatMayHappenSaysWhereItComesFrom(t *testing.T) {
	m := shot(t, "leader-crash", "] 3 j j e", look{w: 120, h: 36})
	if rows := rowsOf(m); !strings.Contains(rows, "it may be") || !strings.Contains(rows, "sent it") && !strings.Contains(rows, "set it") {
		t.Errorf("the rows are\n%s", rows)
	}
}

// TestTheGlossaryOpensOnWhatIsUnderTheCursor and finds what is typed.
func TestTheGlossaryOpensOnWhatIsUnderTheCursor(t *testing.T) {
	for keys, want := range map[string]string{
		"] i": "acked ", "end 4 i": "acked-lost ", "end 0 i": "UnderReplicatedPartitions ", "end 0 j j i": "OfflinePartitionsCount ",
		"i l s o": "LSO ", "i n o t _ l e a": "NOT_LEADER_OR_FOLLOWER ",
	} {
		m := shot(t, "leader-crash", keys, look{w: 120, h: 36})
		if m.menu == nil || !strings.HasPrefix(m.menu.items[m.menu.at].line.String(), want) {
			t.Errorf("%s: the cursor is not on %q:\n%s", keys, want, rowsOf(m))
		}
	}
}

// TestTheGlossaryIsSearchedAndLeft: down moves while one types, enter leaves the text, esc the glossary.
func TestTheGlossaryIsSearchedAndLeft(t *testing.T) {
	m := shot(t, "leader-crash", "i i s r down enter", look{w: 120, h: 36})
	if m.prompt != nil || m.menu == nil || m.menu.at != 1 {
		t.Fatalf("enter closed more than the text")
	}
	press(m, "/ a c k s")
	if !strings.HasPrefix(m.menu.items[0].line.String(), "acks ") {
		t.Errorf("searched again, it begins with %q", m.menu.items[0].line)
	}
	press(m, "enter esc")
	if m.menu != nil {
		t.Error("esc left the glossary open")
	}
}

// TestEveryTimerIsExplained: those that have no words yet would be missing in the glossary.
func TestEveryTimerIsExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range glossary() {
		if e.Kind == "timer" {
			seen[e.Name] = e.Meaning != ""
		}
	}
	w := read(t, "leader-crash").Root
	for id := wire.NodeID(1); int(id) <= w.Nodes(); id++ {
		kind := cluster.KindOf(w, id)
		for _, k := range w.Node(id).Timers() {
			if !seen[k.Name] && !seen[kind+" "+k.Name] {
				t.Errorf("the timer %s of a %s is not explained", k.Name, kind)
			}
		}
	}
}

// TestMetricsAreTheSameOnEveryWay: what is kept of each moment adds up to what a fresh look counts, back and forth.
func TestMetricsAreTheSameOnEveryWay(t *testing.T) {
	m := shot(t, "leader-crash", "0 end", look{w: 80, h: 24})
	end := text(m)
	press(m, "home [ ] ] end")
	if text(m) != end {
		t.Errorf("at the end again it shows\n%s\nnot\n%s", text(m), end)
	}
	for _, keys := range []string{"] ] ] ]", "] ] ] ] ]"} {
		press(m, "home "+keys)
		walked, direct := m.player.readings(), shot(t, "leader-crash", keys+" 0", look{w: 80, h: 24}).player.readings()
		if len(walked) != len(direct) {
			t.Fatalf("%d metrics, not %d", len(walked), len(direct))
		}
		for i := range walked {
			if walked[i] != direct[i] {
				t.Errorf("%+v, not %+v", walked[i], direct[i])
			}
		}
	}
}

// TestMetricsSayWhatTheyWere at the step that changes them, and only there.
func TestMetricsSayWhatTheyWere(t *testing.T) {
	m := shot(t, "leader-crash", "] ] ] ] ] 0", look{w: 80, h: 24})
	if !strings.Contains(text(m), "▲ FencedBrokerCount                 1 was 0") {
		t.Errorf("a broker was fenced, and it shows\n%s", text(m))
	}
	press(m, "right")
	if strings.Contains(text(m), "was 0") {
		t.Errorf("a step later it shows\n%s", text(m))
	}
}

// TestHelpSaysWhatThePaneShows first, and works in menus, too.
func TestHelpSaysWhatThePaneShows(t *testing.T) {
	m := shot(t, "leader-crash", "0 ?", look{w: 120, h: 36})
	if first := m.menu.items[0].line.String(); first != "this pane: Metrics shows "+panes[paneMetrics].shows {
		t.Errorf("the help begins with %q", first)
	}
	press(m, "esc i ? esc")
	if m.menu == nil || m.menu.search == nil {
		t.Error("the help of the glossary does not come back to it")
	}
}
