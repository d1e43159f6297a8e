package scenario_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/ksim/internal/scenario"
)

// many are lines of a list, numbered from 0 on.
func many(n int, line string) string {
	text := ""
	for i := range n {
		text += fmt.Sprintf(line+"\n", i)
	}
	return text
}

// TestWhatIsTooLargeIsRefusedAtOnce, where it becomes too much.
func TestWhatIsTooLargeIsRefusedAtOnce(t *testing.T) {
	for want, text := range map[string]string{
		"big.yaml:255:6: 300 topics are too many: at most 250": "title: x\nexpect: {}\ncluster:\n  topics:\n" +
			many(300, "  - {name: t%d}"),
		"big.yaml:25:6: more than 2000 partitions": "title: x\nexpect: {}\ncluster:\n  topics:\n" +
			many(200, "  - {name: t%d, partitions: 100}"),
		"big.yaml:54:4: 60 variants are too many: at most 50": "title: x\nexpect: {}\nvariants:\n" +
			many(60, "- {name: v%d, set: [seed=3], expect: {}}"),
		"big.yaml:1:1: more than 100 lists or mappings": strings.Repeat("- ", 100_000),
		"big.yaml:2:1: more than 100 lists or mappings": "title: x\n" + strings.Repeat("? ", 100_000),
		"big.yaml:3:1: more than 100 lists or mappings": "title: x\nstory: y\n" + strings.Repeat("- !a ", 40_000),
	} {
		began := time.Now()
		_, err := scenario.Read("big.yaml", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("want %q:\n%.300v", want, err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: only after %s", want, took)
		}
	}
}

// TestAsMuchAsThereMayBeCanBeBuilt: Kafka's own topics have room beside 250 others.
func TestAsMuchAsThereMayBeCanBeBuilt(t *testing.T) {
	text := "title: x\nexpect: {}\nconsumers: [{id: c1, group: g, topics: [t1]}]\ncluster:\n  topics:\n" + many(250, "  - {name: t%d}")
	if _, err := scenario.Read("big.yaml", []byte(text)); err != nil {
		t.Error(err)
	}
}
