package tui

import (
	"testing"

	"example.com/ksim/internal/scenario"
)

// TestTheCommandThatShowsThisAgain names the file by its path, the variant and what was set; of a branch, the file that it was
// saved to.
func TestTheCommandThatShowsThisAgain(t *testing.T) {
	s := read(t, "leader-crash")
	t.Chdir(t.TempDir())
	m := stage(s, look{w: 120, h: 36})
	says := func(want string) {
		t.Helper()
		m.said = nil
		press(m, "y")
		if got := m.said.String(); got != want {
			t.Errorf("y says %q, want %q", got, want)
		}
	}
	says("`ksim play testdata/leader-crash.yaml`")
	press(m, "s s s")
	says("`ksim play testdata/leader-crash.yaml`, then `:#3`")
	order(m, "crash b2")
	says("no: what-if-1 is in no file yet: ctrl+s saves it")
	order(m, "save a b.yaml")
	wants(t, m.said.String(), "saved: `ksim run 'a b.yaml'` replays it")
	says("`ksim play 'a b.yaml'`, then `:#4`")
	press(m, "n n home")
	says("`ksim play 'a b.yaml'`")
	press(m, "end")
	order(m, "crash b3")
	press(m, "home")
	says("no: what-if-1 is in no file yet: ctrl+s saves it")
	order(m, "pause b1")
	says("no: what-if-2 is in no file yet: ctrl+s saves it")
	order(m, "save acks-all-survives")
	wants(t, m.said.String(), "saved: `ksim run ./acks-all-survives` replays it")
	says("`ksim play ./acks-all-survives`, then `:#1`")
	order(m, "goto main")
	says("`ksim play testdata/leader-crash.yaml`, then `:#2421`")
	order(m, "reproduce")
	wants(t, m.said.String(), "`ksim play testdata/leader-crash.yaml`, then")

	m = picked(t, "p02-retry-reorders", "fix")
	says("`ksim play p02-retry-reorders --variant fix`")
	wants(t, m.player.exploreLine(1).String(), "ksim explore p02-retry-reorders --variant fix --find ")
	s, err := scenario.Load("acks-1-leader-crash", nil, "p1.acks=all", "seed=9")
	if err != nil {
		t.Fatal(err)
	}
	m = stage(s, look{w: 120, h: 36})
	says("`ksim play acks-1-leader-crash --set p1.acks=all --set seed=9`")
}

// TestTheCommandOfAClusterOfOnesOwn is there once the cluster is in a file, or the run of it.
func TestTheCommandOfAClusterOfOnesOwn(t *testing.T) {
	m := formed(t, look{w: 120, h: 36}, "p1.acks=1", "play")
	t.Chdir(t.TempDir())
	press(m, "s y")
	wants(t, text(m), "no: main is in no file yet: ctrl+s saves it")
	if l := m.player.exploreLine(1); l != nil {
		t.Errorf("a search of what is in no file: %s", l)
	}
	through(m, press(m, "ctrl+s"))
	press(m, "y")
	wants(t, text(m), "`ksim play my-cluster-saved.yaml`, then `:#1`")
	press(m, "q")
	order(m, "save")
	press(m, "P y")
	wants(t, text(m), "`ksim play my-cluster.yaml`")
}
