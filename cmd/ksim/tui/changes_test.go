package tui

import (
	"os"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// TestWhatIsChangedOnTheScreenReplays: a setting, a topic's partitions, a process that starts before its time, and
// a seek, each chosen from the menu; the saved script leads to the same moments.
func TestWhatIsChangedOnTheScreenReplays(t *testing.T) {
	m := shipping(t, "c08-rebalance-before-commit")
	t.Chdir(t.TempDir())
	onceTold(t, m, wire.Acked, "p1")
	press(m, "a / m i n . i n enter enter 2 enter")
	wants(t, text(m), "k1 set min.insync.replicas=2 for orders")
	press(m, "n n a / a d d enter enter n n")
	press(m, "a / s t a r t space c 2 enter enter")
	c2 := m.player.scene.consumers[0].Self
	if m.player.World().Health(c2) != sim.Up {
		t.Errorf("c2 is %v", m.player.World().Health(c2))
	}
	onceTold(t, m, wire.Assigned, "c2")
	press(m, "a / s e e k - t o - b e g enter enter n n n")
	press(m, "2 F / s e n d space p 1 space o r d e r s - 1 enter enter n n n n n n")
	replays(t, m, "changed")
	if len(m.player.unsaved()) != 0 {
		t.Errorf("%d deeds are not saved", len(m.player.unsaved()))
	}
	source := string(fileOf(t, "changed.yaml"))
	for _, did := range []string{"alter-config orders min.insync.replicas=2", "add-partitions orders to=2", "start c2",
		"seek-to-beginning c", "send p1 orders-1 key=k"} {
		if !strings.Contains(source, did) {
			t.Errorf("not in the script: %s\n%s", did, source)
		}
	}
}

// TestAWrongValueIsRefused, and why.
func TestAWrongValueIsRefused(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	for typed, why := range map[string]string{
		"0": "0 is not between 1 and 63", "two": `"two" is not a whole number`, "1": "orders has min.insync.replicas=1 already",
	} {
		press(m, "] a enter")
		hand(m, keyMsg(typed))
		press(m, "enter")
		if got := m.said.String(); !strings.Contains(got, why) {
			t.Errorf("%q is answered with %q", typed, got)
		}
	}
}

// TestWhatCantBeChangedSaysWhatToDo: every row that can't be chosen gives a reason.
func TestWhatCantBeChangedSaysWhatToDo(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 200, h: 60})
	press(m, "] a")
	for _, it := range m.menu.items {
		if l := it.line.String(); it.refused && !it.heading && !strings.ContainsAny(l, "(:") && !strings.Contains(l, "  ") {
			t.Errorf("no reason: %s", l)
		}
	}
	wants(t, text(m), "a new broker: it would hold nothing until partitions are moved to it", "a new producer: what it sends", "fewer partitions: their number can only grow")
	press(m, "G")
	if m.menu.at != len(m.menu.items)-1 || press(m, "enter") != nil || m.menu == nil {
		t.Error("the last reason can't be read, or be chosen")
	}
}

// TestTheDeadRestartFromTheirRow: what is refused of a node follows its state.
func TestTheDeadRestartFromTheirRow(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 120, h: 40})
	press(m, "] ] ] 1 g F")
	wants(t, text(m), "▶ power b1", "restart b1")
	press(m, "/ k i l l e d enter")
	wants(t, text(m), "crash b1  b1 is killed already (restart b1 first)")
}

func fileOf(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
