package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/wire"
)

// crowded is a cluster whose partitions do not all fit.
func crowded(t *testing.T, k look) *model {
	t.Helper()
	s, err := scenario.Load("preset-five-brokers", nil)
	if err != nil {
		t.Fatal(err)
	}
	return stage(s, k)
}

// clusterText is what the pane of the cluster shows.
func clusterText(m *model) string {
	r := m.layout().panes[paneCluster]
	lines, foot := panes[paneCluster].draw(m, r.w-paint.BoxInset, r.h-paint.BoxEdges)
	return paneText(append(lines, foot))
}

// TestTheClusterFollowsTheNews: wherever something was told of a partition, its part of the pane is in sight; a step
// back shows what was there before; and what is on its way is always there.
func TestTheClusterFollowsTheNews(t *testing.T) {
	for _, k := range []look{{w: 80, h: 24}, {w: 120, h: 36}, {w: 200, h: 50}} {
		m := crowded(t, k)
		seen, moved := []string{clusterText(m)}, map[int]bool{}
		for range 150 {
			press(m, "n")
			got := clusterText(m)
			seen = append(seen, got)
			told, ok := m.player.scene.placeOf(m.player.here())
			if name := m.player.Names.Partition(told.at) + " · "; ok && !strings.Contains(got, name) {
				t.Fatalf("%dx%d, step %d is about %s:\n%s", k.w, k.h, m.player.here().Step, name, got)
			}
			if !strings.Contains(got, "in flight ") {
				t.Fatalf("step %d: no word of what is in flight:\n%s", m.player.here().Step, got)
			}
			r := m.layout().panes[paneCluster]
			h := r.h - paint.BoxEdges
			moved[m.clusterSheet(r.w-paint.BoxInset, h).top(m.player.scene.news, m.player.scrolled, m.clusterRows(h))] = true
		}
		if len(moved) < 3 {
			t.Errorf("%dx%d: it stood at %v only", k.w, k.h, moved)
		}
		for i := len(seen) - 2; i >= 0; i-- {
			press(m, "N")
			if got := clusterText(m); got != seen[i] {
				t.Fatalf("%dx%d: back at step %d:\n%s\nwas\n%s", k.w, k.h, m.player.here().Step, got, seen[i])
			}
		}
	}
}

// TestAPersonsScrollHolds until there is other news that is out of sight.
func TestAPersonsScrollHolds(t *testing.T) {
	m := crowded(t, look{w: 80, h: 24})
	press(m, ": #280 enter")
	wants(t, clusterText(m), "orders-6 · leader b2")
	press(m, "g")
	if got := clusterText(m); !strings.HasPrefix(got, "orders-0 ") {
		t.Errorf("g shows\n%s", got)
	}
	press(m, "v + +")
	if got := clusterText(m); !strings.HasPrefix(got, "orders-0 ") {
		t.Errorf("without a step it moved:\n%s", got)
	}
	for m.player.scene.news.step == 280 {
		press(m, "right")
	}
	wants(t, clusterText(m), m.player.Names.Partition(m.player.scene.news.at)+" · ")
}

// TestTheOverviewHasARowAPartition: in the pane of a small screen all partitions, which has changed, who is down,
// and who is out of sync.
func TestTheOverviewHasARowAPartition(t *testing.T) {
	m := crowded(t, look{w: 80, h: 24})
	press(m, ": #280 enter")
	wants(t, clusterText(m), "o overview")
	press(m, "o")
	got := clusterText(m)
	for i := range 12 {
		wants(t, got, fmt.Sprintf("orders-%d ", i))
	}
	wants(t, got, "● orders-6", "b2♛ 3/2", "b4 3/2", "ISR b2 b3 b4", "o logs")
	if n := strings.Count(got, "● orders"); n != 1 {
		t.Errorf("%d partitions have changed:\n%s", n, got)
	}
	typed(m, "crash b2")
	wants(t, clusterText(m), "b2 3/- down")
	typed(m, "20s")
	wants(t, clusterText(m), "b2 out · ISR b1 b3")
	typed(m, "overview")
	wants(t, clusterText(m), "orders-6 · ")
}

// TestTheOverviewSaysWhatIsWrong: who should lead does not, too few are in sync, an unclean election, open transactions.
func TestTheOverviewSaysWhatIsWrong(t *testing.T) {
	seen := ""
	for _, name := range []string{"claim-unclean-election-loses", "min-isr-refuses"} {
		m := shipping(t, name)
		m.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
		for press(m, "o"); !m.player.Ended(); press(m, "n") {
			seen += clusterText(m)
		}
	}
	m := shot(t, "transactions", "o : #285 enter", look{w: 160, h: 50})
	wants(t, seen+clusterText(m), " not leading", "below min ISR", "unclean election", "b2 out · ISR b1", "txn open")
}

// TestArrowsInASCII have the same width.
func TestArrowsInASCII(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24, ascii: true, noColor: true})
	onceTold(t, m, wire.Drained, "p1")
	wants(t, ansi.Strip(m.View()), "p1 -Produce m1-> b1")
}

// TestTheCursorComesIntoSight: where the pane has moved away under the cursor, j and k bring it in over the edge.
func TestTheCursorComesIntoSight(t *testing.T) {
	m := crowded(t, look{w: 80, h: 24})
	press(m, ": #280 enter j")
	wants(t, clusterText(m), "orders-6 · ", "▶b2 ♛")
}

// TestPacketsThatAreGone are shown as lost where they are, and those that can't go on as held.
func TestPacketsThatAreGone(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	press(m, "] ] n")
	for !strings.Contains(clusterText(m), "p1 ─Produce m3─▶ b1") {
		press(m, "left")
	}
	typed(m, "hold p1>b1")
	wants(t, clusterText(m), "p1 ─Produce m3─▶ b1 (held)")
	typed(m, "crash b1")
	wants(t, clusterText(m), "p1 ─Produce m3─✗ b1 (lost)")
	press(m, "right")
	if got := clusterText(m); strings.Contains(got, "(lost)") {
		t.Errorf("still shown after a step:\n%s", got)
	}
}
