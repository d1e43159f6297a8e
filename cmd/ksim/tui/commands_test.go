package tui

import (
	"slices"
	"strings"
	"testing"

	"example.com/ksim/sim"
)

// TestNoNameMeansTwoThings: neither among the commands nor between them and what can be done to a cluster.
func TestNoNameMeansTwoThings(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 80, h: 24})
	verbs := []string{sim.Deliver, sim.Fire, sim.Begin}
	for _, a := range m.player.World().Acts {
		verbs = append(verbs, a.Verb)
	}
	for _, where := range []place{atHome, atPlay, inForm} {
		seen := slices.Clone(verbs)
		for _, c := range commands() {
			for _, name := range c.names {
				if c.where&where != 0 && slices.Contains(seen, name) {
					t.Errorf("%q means two things", name)
				}
				if c.where&where != 0 {
					seen = append(seen, name)
				}
			}
		}
	}
}

// TestEveryCommandDoesSomething types every command of the table, on the screen, in a situation in which it
// can do something.
func TestEveryCommandDoesSomething(t *testing.T) {
	scenario := read(t, "leader-crash")
	places := map[place]struct {
		stage func() *model
		rest  map[string]string
	}{
		atHome: {func() *model { return stage(nil, look{w: 120, h: 36}, scenario) },
			map[string]string{"play": "acks-1-leader-crash", "theme": "light"}},
		inForm: {func() *model { return formed(t, look{w: 120, h: 36}, "p1.acks=1") },
			map[string]string{"add": "topic", "remove": "p1", "fields": "linger"}},
		atPlay: {func() *model {
			m := stage(scenario, look{w: 120, h: 36})
			press(m, "] ] ] : c r a s h space b 2 enter 3")
			m.command("bookmark a")
			m.command("break b2 appended m1")
			m.player.kept = []kept{{"a.yaml", m.player.here().ID}}
			return m
		}, map[string]string{"why": "m1", "run": "2", "goto": "main", "find": "acked-lost", "set": "p1.acks=all", "break": "b1 answered m3",
			"before": "deliver b3<b1/fetch", "after": "deliver b3<b1/fetch"}},
	}
	for where, p := range places {
		for _, c := range commands() {
			for _, name := range c.names {
				if c.where&where == 0 {
					continue
				}
				m := p.stage()
				if name == "events" {
					press(m, "1")
				}
				before := text(m)
				press(m, ":")
				m.prompt.text = strings.TrimSpace(name + " " + p.rest[name])
				if cmd := press(m, "enter"); m.no != nil || cmd == nil && text(m) == before {
					t.Errorf("%s does nothing at place %d (%v)", name, where, m.no)
				}
			}
		}
	}
}

// TestWhatIsTypedIsInSight: of a command that is longer than the screen one sees where one types.
func TestWhatIsTypedIsInSight(t *testing.T) {
	m := stage(read(t, "leader-crash"), look{w: 60, h: 16})
	press(m, ": "+strings.Join(strings.Split("crashed-and-restarted-and-crashed-again-and-once-more-in-the-END", ""), " "))
	rows := strings.Split(strings.TrimRight(text(m), "\n"), "\n")
	if last := strings.TrimRight(rows[len(rows)-1], " "); !strings.HasPrefix(last, "…") || !strings.HasSuffix(last, "in-the-END") {
		t.Errorf("typed: %q", last)
	}
}
