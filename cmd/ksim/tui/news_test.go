package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/internal/scenario"
)

// shippedAt is a scenario that ksim comes with, at a size, after a command.
func shippedAt(t *testing.T, name string, k look, command string) *model {
	t.Helper()
	s, err := scenario.Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, k)
	if command != "" {
		ordered(m, command)
	}
	return m
}

// flat is the screen as one text, without frames and line ends.
func flat(m *model) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "┃", " ").Replace(text(m))), " ")
}

// TestTheNewsThatDecidesIsRead on a small screen, in front of what hangs on it, however much a step tells.
func TestTheNewsThatDecidesIsRead(t *testing.T) {
	m := shippedAt(t, "acks-1-leader-crash", look{w: 80, h: 24}, "#324")
	wants(t, flat(m), "▶ 324 b2 was elected leader of orders-0 by k1 (epoch 1) · b1 was fenced by k1: no heartbeat for "+
		"broker.session.timeout.ms · ISR of orders-0 is now b2 b3, says k1")
	m = shippedAt(t, "acks-1-leader-crash", look{w: 60, h: 16}, "#324")
	wants(t, flat(m), "▶ 324 b2 was elected leader of orders-0 by k1 (epoch 1)")
}

// TestHarmLeadsTheNews, whatever else the step tells.
func TestHarmLeadsTheNews(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	m.player.seek(withMark(m.player, lost)[0])
	line := text(m)[strings.Index(text(m), " ▶ "):]
	line = line[strings.LastIndex(line, " ▶ "):]
	if !strings.Contains(strings.SplitN(line, "\n", 2)[0], "m3 now acked-lost") {
		t.Errorf("the news begins with\n%s", line)
	}
}

// TestANewcomerReadsWhatItMeans beside what happened, until it is not wanted; then what was sent, or the news alone.
func TestANewcomerReadsWhatItMeans(t *testing.T) {
	const means = "If it dies before a follower has copied them, they are lost."
	for _, k := range []look{{w: 80, h: 24}, {w: 120, h: 36}, {w: 200, h: 50}} {
		m := stage(read(t, "leader-crash"), k)
		ordered(m, "#47")
		for _, told := range []struct{ means, trace bool }{{true, false}, {false, true}, {false, false}, {true, false}} {
			lines, _ := panes[paneEvents].draw(m, 60, 30)
			events := strings.Join(strings.Fields(paneText(lines)), " ")
			if strings.Contains(events, means) != told.means || strings.Contains(events, "ProduceRequest") != told.trace {
				t.Errorf("want the meaning %v, the trace %v:\n%s", told.means, told.trace, paneText(lines))
			}
			if k.w == 80 && strings.Contains(flat(m), means) != told.means {
				t.Errorf("below the pane, want the meaning %v:\n%s", told.means, text(m))
			}
			press(m, "v")
			wants(t, m.said.String(), "v ")
			press(m, "left right")
		}
	}
}

// TestAnAnswerIsReadWhole: what has no room on its line wraps over the rows above it, until the next key.
func TestAnAnswerIsReadWhole(t *testing.T) {
	for _, k := range []look{{w: 60, h: 16}, {w: 80, h: 24}, {w: 120, h: 36}} {
		m := shippedAt(t, "acks-1-leader-crash", k, "alter-config orders min.insync.replicas=no-number-at-all")
		if m.no == nil || !strings.Contains(flat(m), strings.Join(strings.Fields(m.no.Error()), " ")) {
			t.Errorf("%dx%d does not show %v:\n%s", k.w, k.h, m.no, text(m))
		}
		press(m, "n")
		if strings.Contains(flat(m), "no-number") {
			t.Errorf("after the next key it is still there:\n%s", text(m))
		}
	}
	m := stage(nil, look{w: 80, h: 24}, read(t, "leader-crash"))
	press(m, "n")
	ordered(m, "cluster.brokers=2")
	wants(t, flat(m), "replication.factor 3, but there are 2 brokers")
	m = stage(nil, look{w: 60, h: 16}, read(t, "leader-crash"))
	ordered(m, "a-command-with-a-name-that-is-longer-than-any-command-could-ever-be")
	wants(t, flat(m), "(help lists all)")
}

// TestTheTitleKeepsItsRoom on a narrow screen: the seed goes first, then microseconds, then words.
func TestTheTitleKeepsItsRoom(t *testing.T) {
	first := func(m *model) string { return strings.SplitN(text(m), "\n", 2)[0] }
	m := stage(read(t, "leader-crash"), look{w: 120, h: 36})
	wants(t, first(m), " ksim acks=1: the leader says yes, then dies ", "00:00.000000", "seed 7", "paused")
	m = stage(read(t, "leader-crash"), look{w: 80, h: 24})
	wants(t, first(m), " ksim acks=1: the leader says yes, then dies ", "00:00.000 ", "step 0/2421", "main")
	for w := 60; w < 100; w++ {
		m := stage(read(t, "leader-crash"), look{w: w, h: 24})
		press(m, "n n n")
		ordered(m, "crash b2")
		wants(t, first(m), "acks=1: the leader ", "/", "what-if-1", "script left")
	}
}

// TestLeavingTheScriptSaysWhatThatMeans, once; the words on the screen are explained.
func TestLeavingTheScriptSaysWhatThatMeans(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	ordered(m, "#48") // the script's crash
	ordered(m, "crash b2")
	wants(t, flat(m), "The script's later acts (restart b1) will not happen")
	ordered(m, "#30")
	ordered(m, "crash b2")
	if strings.Contains(flat(m), "later acts") {
		t.Errorf("it says so again:\n%s", text(m))
	}
	ordered(m, "what script left")
	wants(t, flat(m), "script left word on this branch somebody did something")
}

// TestRisksStayInTheTally where there is too little room: what counts to nothing goes before them.
func TestRisksStayInTheTally(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 60, h: 16})
	ordered(m, "#46")
	wants(t, m.tally().Fit(60).String(), "sent 3 · m2: one crash from being lost")
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
	wants(t, m.tally().String(), "acked-lost 0 · ", "m2: one crash from being lost")
}

// TestTheFooterLeadsOutAndExplains on every screen that is wide enough; the tabs of a very narrow one are digits.
func TestTheFooterLeadsOutAndExplains(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	wants(t, m.footer().String(), "n news  ", "w why  ", "x find  ", "f fault  ", "q quit  ", "? help")
	m = stage(read(t, "leader-crash"), look{w: 60, h: 16})
	wants(t, m.footer().String(), "w why  ", "x find  ", "? help")
	wants(t, m.tabs().String(), " 1 Cluster 2 3 4 5 6 7 8 9 0")
	if f := m.footer(); f.Width() > 60 {
		t.Errorf("the footer has %d cells: %q", f.Width(), f)
	}
}

// TestTheTimelineStaysReadable: of many moments that only tell something a few are drawn, one is always where one sees
// it, and what it hides is named.
func TestTheTimelineStaysReadable(t *testing.T) {
	m := shippedAt(t, "claim-acks-cost", look{w: 80, h: 24}, "50%")
	line := m.timeline().String()
	if n := strings.Count(line, "●"); n < 5 || n > 25 {
		t.Errorf("%d of its moments are drawn:\n%s", n, line)
	}
	for _, k := range []look{{w: 80, h: 24}, {w: 120, h: 36, noColor: true}, {w: 120, h: 36, theme: "light"}} {
		m := stage(read(t, "leader-crash"), k)
		m.player.seek(withMark(m.player, lost)[0])
		wants(t, text(m), "─▲─", "▲▼ lost")
	}
	m = stage(read(t, "leader-crash"), look{w: 120, h: 36, ascii: true})
	wants(t, m.View(), "^")
}

// TestWhatIsLostIsReadWhole where the line is too short for it, and what is wrong with a partition.
func TestWhatIsLostIsReadWhole(t *testing.T) {
	m := shippedAt(t, "leader-epoch-truncation", look{w: 120, h: 36}, "end")
	wants(t, strings.Join(strings.Fields(clusterText(m)), " "), "✗p1.m3 acked, and the leader does not have it")
	m = shippedAt(t, "claim-unclean-election-loses", look{w: 100, h: 30}, "overview")
	for _, step := range []string{"#1", "#300", "#444"} {
		ordered(m, step)
		if got := clusterText(m); strings.Contains(got, "…") {
			t.Errorf("%s: something is cut off in\n%s", step, got)
		}
	}
}
