package scenario_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// turned is a run in which a switch makes a difference.
type turned struct {
	owner, name, value string
	scenario           string
	with               []scenario.Override // in both runs
}

// turns has a row for every switch.
var turns = []turned{
	{"cluster", "unknown-producer", "reject-on-empty", "idempotent-overtaken", nil},
	{"p1", "sequence-recovery", "new-id", "p12-no-dedup-window", nil},
	{"p1", "sequence-advance", "sent", "idempotent-number-used-twice", nil},
	{"p2", "round-robin-skips", "true", "claim-order-only-in-a-partition", nil},
	{"p1", "renumber-order", "heap", "p11-renumbered-in-heap-order", over("p1.switches.renumber-order=sequence")},
	{"cluster", "producer-state-outlives-records", "true", "p09-state-deleted-with-records", nil},
	{"cluster", "dedup-window", "0", "p01-retry-duplicate", over("p1.enable.idempotence=true")},
	{"p1", "epoch-bump", "all", "p07-epoch-bump-hits-another-partition", over("p1.switches.epoch-bump=affected")},
	{"cluster", "offsets-load", "whole", "c19-coordinator-loads-stale", nil},
	{"cluster", "offset-expiry", "since-empty", "c14-silent-partition-expires", nil},
	{"cluster", "loaded-offsets-expire", "false", "c14-expired-by-loading", nil},
	{"cluster", "strict-min-isr-for-hw", "false", "min-isr-refuses", over("p1.acks=1")},
	{"c1", "consumer-truncation-detection", "false", "r27-truncation-detected", nil},
	{"c1", "auto-commit-of-returned", "false", "c06-auto-commit-prefetched", nil},
	{"c1", "fetch-during-revocation-commit", "false", "c09-fetch-during-revocation", nil},
	{"c1", "topic-ids", "true", "c16-topic-recreated-stuck", nil},
	{"cluster", "markers-keep-producers", "true", "t11-expired-in-a-long-transaction", nil},
	{"cluster", "only-leaders-check-markers", "true", "t11-expired-in-a-long-transaction", nil},
	{"cluster", "failed-fence-bumps", "false", "t14-epochs-used-up", nil},
	{"cluster", "cleaned-abort-index", "whole", "t10-cleaner-forgets-aborts", nil},
	{"cluster", "markers-have-keys", "false", "t10-cleaner-drops-markers", nil},
	{"cluster", "cleaner-keys", "3", "t10-cleaner-forgets-aborts", nil},
	{"cluster", "max-producer-epoch", "100", "t14-epochs-used-up", nil},
	{"c2", "require-stable", "true", "t07-offset-of-open-transaction", nil},
	{"c2", "sticky-generation", "true", "c18-two-owners", nil},
	{"c2", "cooperative-generation", "true", "c18-two-owners-cooperative", nil},
	{"c1", "lost-while-joining", "true", "c18-two-owners-cooperative", nil},
}

func over(o ...scenario.Override) []scenario.Override { return o }

// TestEverySwitchChangesATrace: a switch that nothing depends on would be a promise without a model.
func TestEverySwitchChangesATrace(t *testing.T) {
	for _, c := range turns {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			turn := scenario.Override(c.owner + ".switches." + c.name + "=" + c.value)
			if slices.Equal(allTold(t, c.scenario, c.with), allTold(t, c.scenario, append(c.with, turn))) {
				t.Errorf("%s makes no difference to %s", turn, c.scenario)
			}
		})
	}
	for _, row := range switches() {
		if !slices.ContainsFunc(turns, func(c turned) bool { return c.name == row.Name }) {
			t.Errorf("no run shows what the switch %s does", row.Name)
		}
	}
}

// TestEverySwitchIsInTheModel: MODEL.md lists all switches by name.
func TestEverySwitchIsInTheModel(t *testing.T) {
	model, err := os.ReadFile("../../MODEL.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range switches() {
		if !strings.Contains(string(model), "`"+row.Name+"`") {
			t.Errorf("MODEL.md does not explain the switch %s", row.Name)
		}
	}
}

func switches() []cluster.SettingRow {
	return slices.Concat(cluster.BrokerSwitches, cluster.ProducerSwitches, cluster.ConsumerSwitches)
}

// allTold is what every step of a run told.
func allTold(t *testing.T, name string, with []scenario.Override) []string {
	t.Helper()
	s, err := scenario.Load(name, nil, with...)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	scenario.Run(s, func(m *timeline.Moment) bool {
		for i := range m.Notes {
			out = append(out, s.Names.Note(&m.Notes[i]))
		}
		return true
	})
	return out
}
