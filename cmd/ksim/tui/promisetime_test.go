package tui

import (
	"strings"

	"example.com/ksim/sim/timeline"
)

// way are the moments that a key has gone over, the one that it led to last; nil if it led out of the line.
func way(now pressed) []*timeline.Moment {
	from, to, tree := now.was.player.Tree.Index(), now.player.Tree.Index(), now.player.Tree
	if tree.Len() != now.was.player.Tree.Len() || from == to {
		return nil
	}
	by := 1
	if to < from {
		by = -1
	}
	var out []*timeline.Moment
	for i := from + by; ; i += by {
		out = append(out, tree.BareOn(i))
		if i == to {
			return out
		}
	}
}

// over tells whether a key has gone a way, forward or back, that ends with the n-th moment of some kind.
func over(n int, forward bool, kind func(p *player, m *timeline.Moment) bool) func(pressed) bool {
	return func(now pressed) bool {
		all, met := way(now), 0
		for _, m := range all {
			if kind(now.player, m) {
				met++
			}
		}
		return len(all) > 0 && met == n && kind(now.player, all[len(all)-1]) &&
			forward == (now.player.Tree.Index() > now.was.player.Tree.Index())
	}
}

func stirring(_ *player, m *timeline.Moment) bool { return !m.Idle }
func telling(p *player, m *timeline.Moment) bool  { return p.tells(m) }
func signed(p *player, m *timeline.Moment) bool   { return p.marks(m) != 0 }

// midway is a step before which and after which much is told.
const midway = "] ] ] n n"

// timePromises are those of the keys that move through time.
func timePromises() promises {
	const on = "leader-crash"
	return promises{
		"one step on; steps that only say \"still here\" are skipped": {{on, midway, over(1, true, stirring)}, {on, ": #324 enter", over(1, true, stirring)}},
		"one step back":  {{on, midway, over(1, false, stirring)}, {on, ": #324 enter", over(1, false, stirring)}},
		"ten steps on":   {{on, midway, over(10, true, stirring)}},
		"ten steps back": {{on, midway, over(10, false, stirring)}},
		"on to the next step that tells something":    {{on, midway, over(1, true, telling)}, {on, ": #60 enter", over(1, true, telling)}},
		"back to the step before that told something": {{on, midway, over(1, false, telling)}},
		"on to the next mark: " + markWords():         {{on, midway, over(1, true, signed)}},
		"back to the mark before":                     {{on, midway, over(1, false, signed)}},
		"to the beginning":                            {{on, midway, func(now pressed) bool { return now.player.here().Step == 0 }}},
		"to the end of the run": {{on, midway, func(now pressed) bool {
			ended := now.player.Ended()
			press(now.model, "left")
			return ended && !now.player.Ended()
		}}},
		"run, or pause: every tick goes on to the next step that tells something": {
			{on, midway, func(now pressed) bool {
				first := over(1, true, telling)(now)
				press(now.was, "n")
				_, next := now.Update(now.player.motion.due())
				return first && now.cmd != nil && over(1, true, telling)(now) && next != nil
			}},
			{on, midway + " space", func(now pressed) bool {
				here := now.player.here()
				_, next := now.Update(now.was.player.motion.due())
				return here == now.player.here() && next == nil && strings.Contains(text(now.model), "paused")
			}},
		},
		"run faster": {{on, midway, func(now pressed) bool { return pace(now.model) == 2*pace(now.was) }}},
		"run slower": {{on, midway, func(now pressed) bool { return 2*pace(now.model) == pace(now.was) }}},
		"run at normal speed again": {{on, "> > >", func(now pressed) bool {
			return pace(now.model) < pace(now.was) && strings.Contains(text(now.model), "normal speed")
		}}},
		"continue to the next breakpoint": {{on, "m enter : break space b1 space crashed enter", func(now pressed) bool {
			return over(1, true, tellsOf("b1 crashed"))(now)
		}}},
		"back to the breakpoint before": {{on, ": break space b1 space crashed enter end end", func(now pressed) bool {
			return over(1, false, tellsOf("b1 crashed"))(now)
		}}},
	}
}

func pace(m *model) int { return speeds[m.player.motion.speed].steps }

// tellsOf is a kind of moments: those whose notes begin so.
func tellsOf(words string) func(*player, *timeline.Moment) bool {
	return func(p *player, m *timeline.Moment) bool {
		for i := range m.Notes {
			if strings.HasPrefix(p.Names.Note(&m.Notes[i]), words) {
				return true
			}
		}
		return false
	}
}
