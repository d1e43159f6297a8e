package tui

import (
	"slices"
	"strings"
)

// panePromises are those of the keys that move among panes, and in them.
func panePromises() promises {
	all := promises{
		"the next pane":   {{"long", "3", func(now pressed) bool { return seen(now, paneRecords) }}},
		"the pane before": {{"long", "1", func(now pressed) bool { return seen(now, paneMetrics) }}},
		"this pane alone, or all panes again": {
			{"leader-crash", midway, func(now pressed) bool { return panesSeen(now.model) == 1 && panesSeen(now.was) > 1 }},
			{"leader-crash", midway + " +", func(now pressed) bool { return panesSeen(now.model) > 1 && panesSeen(now.was) == 1 }},
		},
		"logs: earlier offsets": {{"long", "end", func(now pressed) bool { return firstOffset(now.model) < firstOffset(now.was) }}},
		"logs: later offsets":   {{"long", "end h h h", func(now pressed) bool { return firstOffset(now.model) > firstOffset(now.was) }}},
		"choose: go to a step, make an event happen out of turn, ask why": {
			{"leader-crash", midway + " 3 k k k", func(now pressed) bool {
				return now.player.here().ID == now.was.player.Tree.BareOn(now.was.player.past(3)[2].at).ID
			}},
			{"leader-crash", midway + " 3 j j", func(now pressed) bool {
				return now.player.here().Event == now.was.player.scene.choices[2].event && now.player.Left()
			}},
			{"leader-crash", "end 4 G", func(now pressed) bool {
				return now.menu != nil && strings.HasPrefix(now.menu.title, "why m3 is acked-lost")
			}},
		},
	}
	shown := map[paneID]struct {
		on, after string
		words     []string
	}{
		paneCluster:     {"leader-crash", "end", []string{"orders-0 · leader b2", "b1 ", "m1", "m2", "b3 ", "LEO 2"}},
		paneClients:     {"leader-crash", "end", []string{"p1 producer · orders · acks=1", "acked m1 m2 m3", "c1 consumer · group g1"}},
		paneEvents:      {"leader-crash", "] ] ]", []string{"b1 crashed", "what may happen next", "in 0"}},
		paneRecords:     {"leader-crash", "end", []string{"m1 delivered", "m2 delivered", "m3 acked-lost"}},
		paneStory:       {"leader-crash", "end", []string{"acks=1 asks only the leader.", "What would have saved it"}},
		paneAccumulator: {"retry", ": #86 enter", []string{"p1", "orders-0", "m"}},
		paneGroup:       {"long", "end", []string{"g1", "c1-1 ♛", "owns orders-0", "position 30, 0 to read", "committed"}},
		paneSink:        {"accounts", "end", []string{"g1 ✓ applied 4 of 4", "m1² m2² m3²", "balance"}},
		paneTxns:        {"transactions", ": #438 enter", []string{"coordinator", "marker"}},
		paneMetrics:     {"leader-crash", "] ] ] ] ]", []string{"UnderReplicatedPartitions 0", "FencedBrokerCount 1 was 0"}},
	}
	for id, p := range shown {
		all[panes[id].name+": "+panes[id].shows] = []promise{{p.on, p.after + " 5 1 " + otherPane(id), func(now pressed) bool {
			r := now.layout().panes[id]
			lines, _ := panes[id].draw(now.model, r.w, 200)
			got := paneText(lines)
			return seen(now, id) && !slices.ContainsFunc(p.words, func(w string) bool { return !strings.Contains(got, w) })
		}}}
	}
	return moves(all, "long", "end 4 g"+strings.Repeat(" j", 25), func(m *model) (row, rows int) {
		s := m.player.scene
		return s.index(m.player.chosen()), len(s.fates)
	})
}

// otherPane is the key of a pane that is not the one.
func otherPane(id paneID) string { return ((id + 1) % paneCount).key() }

// seen tells whether a pane has got the keys, and is on the screen.
func seen(now pressed, id paneID) bool {
	return now.player.focus() == id && now.was.player.focus() != id && now.layout().panes[id].w > 0
}

// panesSeen is how many panes are on the screen.
func panesSeen(m *model) int {
	n := 0
	for _, r := range m.layout().panes {
		n += min(r.w, 1)
	}
	return n
}

// firstOffset is the first of the ruler above the logs.
func firstOffset(m *model) string {
	return strings.Fields(clusterText(m)[strings.Index(clusterText(m), "‹"):])[0]
}
