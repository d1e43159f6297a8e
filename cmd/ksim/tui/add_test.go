package tui

import (
	"strings"
	"testing"

	"example.com/ksim/sim/wire"
)

// TestAConsumerIsAddedOnTheScreen from the menu of changes: it is seen, it can be struck, and what is saved replays it.
func TestAConsumerIsAddedOnTheScreen(t *testing.T) {
	m := stage(read(t, "zombie"), look{w: 120, h: 36})
	t.Chdir(t.TempDir())
	onceTold(t, m, wire.Assigned, "c1")
	c2 := wire.NodeID(m.player.World().Nodes() + 1)
	if name := m.player.World().Name(c2); name != "c2" {
		t.Fatalf("%s would be added", name)
	}
	for _, c := range []struct{ typed, why string }{
		{"crash c2", "c2 is not there yet (add-consumer like=c1 adds c2)"}, {"on c2", "c2 is not there yet"},
		{"start c2", "cannot happen now"}, {"fire c2 poll", "cannot happen now"}, {"before start c2", "is not among"},
		{"break c2 joined", `unknown node "c2"`},
	} {
		press(m, ":")
		hand(m, keyMsg(c.typed))
		press(m, "enter")
		if got := m.said.String(); !strings.Contains(got, c.why) {
			t.Errorf("%s is answered with %q", c.typed, got)
		}
	}
	press(m, "a / a d d - c enter enter")
	wants(t, text(m), "c2 is being started", "c2")
	at := m.player.Tree.Index()
	onceTold(t, m, wire.Joined, "c2")
	press(m, ":")
	hand(m, keyMsg("on c2"))
	press(m, "enter / c r a s h enter enter n")
	for i := m.player.Tree.Index(); i >= at-1; i-- { // back to before it was there, on every pane
		m.player.seek(i)
		for pane := range panes {
			press(m, paneID(pane).key())
			_ = text(m)
		}
	}
	press(m, "end")
	replays(t, m, "added")
	wants(t, string(fileOf(t, "added.yaml")), "add-consumer like=c1", "crash c2")
}
