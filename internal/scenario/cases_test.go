package scenario_test

import (
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
)

// knownFailure is a known failure of clients: how many faults it takes at the most (restarts, timers and
// operators cost nothing; what C06 calls a restart is a kill here), and the class of fates that shows it.
type knownFailure struct {
	id     string
	faults int
	class  cluster.Class
}

// knownFailures are the cases P (producers), C (consumers) and T (transactions) of the known failures. Who waits for
// ever is pending at the end of a run that is longer than every time-out.
var knownFailures = []knownFailure{
	{"p01", 1, cluster.Duplicated}, {"p02", 1, cluster.Reordered}, {"p03", 1, cluster.Duplicated},
	{"p04", 2, cluster.Duplicated}, {"p05", 1, cluster.Duplicated}, {"p07", 2, cluster.Duplicated},
	{"p09", 1, cluster.Duplicated}, {"p11", 1, cluster.Reordered}, {"p12", 1, cluster.Duplicated},
	{"p13", 1, cluster.Lost}, {"p14", 1, cluster.Lost}, {"p15", 1, cluster.Duplicated},
	{"p16", 0, cluster.Reordered}, {"p17", 1, cluster.Reordered},
	{"c01", 1, cluster.Unseen}, {"c02", 1, cluster.Duplicated}, {"c03", 1, cluster.Unseen},
	{"c04", 0, cluster.Unseen}, {"c05", 1, cluster.Unseen}, {"c06", 1, cluster.Unseen},
	{"c07", 1, cluster.Unseen}, {"c08", 0, cluster.Duplicated}, {"c09", 0, cluster.Duplicated},
	{"c10", 1, cluster.Duplicated}, {"c11", 1, cluster.Unseen}, {"c12", 0, cluster.Unseen},
	{"c14", 0, cluster.Unseen}, {"c15", 0, cluster.Unseen}, {"c16", 0, cluster.Unseen},
	{"c17", 1, cluster.Duplicated}, {"c18", 1, cluster.Duplicated}, {"c19", 1, cluster.Duplicated},
	{"c20", 1, cluster.Duplicated},
	{"t01", 1, cluster.AbortedRead}, {"t02", 1, cluster.AckedLost}, {"t03", 1, cluster.Torn},
	{"t04", 1, cluster.Pending}, {"t05", 1, cluster.AbortedRead}, {"t07", 1, cluster.Duplicated},
	{"t09", 1, cluster.Duplicated}, {"t10", 0, cluster.AbortedRead}, {"t11", 2, cluster.Pending},
	{"t13", 0, cluster.AbortedRead}, {"t14", 1, cluster.Pending},
}

// TestEveryKnownFailureEmerges: each case has a scenario that shows its class with no more faults than
// it takes, and a fix beside it that shows none. Run it with -v for the table.
func TestEveryKnownFailureEmerges(t *testing.T) {
	for _, k := range knownFailures {
		t.Run(k.id, func(t *testing.T) {
			t.Parallel()
			var of []string
			for _, name := range scenario.Names() {
				if strings.HasPrefix(name, k.id+"-") {
					of = append(of, name)
				}
			}
			if len(of) == 0 {
				t.Fatalf("no scenario is called %s-...", k.id)
			}
			shown, fixed := 0, 0
			for _, name := range of {
				s, err := scenario.Load(name, nil)
				if err != nil {
					t.Fatal(err)
				}
				o := scenario.Run(s, nil)
				n := cluster.Tally(o.Fates)[k.class]
				if n > 0 {
					shown++
				}
				t.Logf("%-40s %d faults %6d steps  %d %s", name, faults(s), o.World().Steps(), n, k.class)
				if f := faults(s); f > k.faults {
					t.Errorf("%s takes %d faults, want at most %d", name, f, k.faults)
				}
				for _, v := range s.Variants {
					if o := scenario.Run(v, nil); strings.HasPrefix(v.Variant, "fix") {
						fixed++
						n := cluster.Tally(o.Fates)[k.class]
						t.Logf("%-40s %d faults %6d steps  %d %s: %s", "  "+v.Variant, faults(v),
							o.World().Steps(), n, k.class, strings.Join(v.Changed, ", "))
						if n > 0 && !exactlyOnce(o) {
							t.Errorf("%s: %s does not keep messages from being %s", name, v.Variant, k.class)
						}
					}
				}
			}
			if shown == 0 || fixed == 0 {
				t.Errorf("%d scenarios show messages %s, %d fixes show none", shown, k.class, fixed)
			}
		})
	}
}

// exactlyOnce: what is in the log twice has its effect once, where the sink knows it again.
func exactlyOnce(o *scenario.Outcome) bool {
	for _, v := range o.Verdicts {
		if v.Group == "" || v.Name() != "exactly-once" {
			return false
		}
	}
	return true
}

// faults is what the acts of a script cost together.
func faults(s *scenario.Scenario) int {
	cost := 0
	for _, l := range s.Document.Script {
		verb, _, _ := strings.Cut(l.Do, " ")
		if a, ok := s.Root.Act(verb); ok {
			cost += a.Cost
		}
	}
	return cost
}
