package tui

import (
	"regexp"
	"strings"
	"testing"
)

// states are states that matter, what one types and presses to see each, and the sign and words that tell it without colours.
var states = []struct{ name, scenario, typed, keys, says string }{
	{"leads", "leader-crash", "", "n n n", `(?m)b1 ♛.*LEO 0 +leads`},
	{"in sync", "leader-crash", "", "n n n", `b2 .*LEO 0 += in sync`},
	{"killed", "leader-crash", "", "] ] ] ]", `b1 .*✗ down: killed`},
	{"leader is down", "leader-crash", "", "] ] ] ]", `leader b1 \(epoch 0\) is down, not noticed yet`},
	{"elected", "leader-crash", "", "] ] ] ] ]", `leader b2 \(epoch 1\)`},
	{"lost", "leader-crash", "", "end", `LOST +✗m3  acked, and the leader does not have it`},
	{"fenced", "leader-crash", "partition b2>k1; 25s", "", `b2 .*LEO \d +⊘ fenced`},
	{"partitioned", "leader-crash", "partition b2>k1", "", `partitioned: nothing b2 sends reaches k1`},
	{"cut off in the ISR", "leader-crash", "#20; partition b2>b1", "", `b2 .*LEO 0 +⊣ cut off, in ISR`},
	{"cut off", "leader-crash", "#20; partition b2>b1; 45s", "", `b2 .*LEO 0 +⊣ cut off, out of ISR`},
	{"out of the ISR", "leader-crash", "#20; partition b2>b1; 45s; crash b1", "", `b2 .*LEO 0 +≠ out of sync`},
	{"catching up", "leader-crash", "#20; partition b2>b1; 45s; heal b2>b1; step", "", `b2 .*LEO 0 +↑ catching up`},
	{"starts", "leader-crash", "crash b3; 1s; restart b3", "", `b3 .*↻ starts`},
	{"paused", "leader-crash", "pause b3", "", `b3 .*‖ paused`},
	{"no power", "leader-crash", "power b3", "", `b3 .*✗ down: no power`},
	{"open transaction", "transactions", "#285", "", `… t2 open─`},
	{"prepared transaction", "transactions", "#285", "", `→ t4 prepared`},
	{"committed transaction", "transactions", "#285", "", `✓ t1 committed─`},
	{"ongoing transaction", "transactions", "#438", "9", `t1  … ONGOING`},
	{"zombie producer", "transactions", "#438", "9", `p2 says   ! zombie: b2 has gone on`},
	{"zombie consumer", "zombie", "#1000", "7", `c1 ! zombie: b1 has removed it, and it does not know`},
	{"member", "leader-crash", "", "end 7", `c1-2 ● in generation 1`},
	{"acked", "leader-crash", "", "end 2", `✓ acked m1`},
}

// TestEveryStateHasWords looks for every state on a screen without colours.
func TestEveryStateHasWords(t *testing.T) {
	for _, s := range states {
		m := stage(read(t, s.scenario), look{w: 200, h: 60, noColor: true})
		for _, command := range strings.Split(s.typed, "; ") {
			ordered(m, command)
		}
		press(m, s.keys)
		if !regexp.MustCompile(s.says).MatchString(text(m)) {
			t.Errorf("%s: nothing says %q:\n%s", s.name, s.says, text(m))
		}
	}
}
