package tui

import (
	"os"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// TestALossIsShownWhereItWasPromised: of two partitions only the one that lost a record says so.
func TestALossIsShownWhereItWasPromised(t *testing.T) {
	source, err := os.ReadFile("testdata/leader-crash.yaml")
	if err != nil {
		t.Fatal(err)
	}
	two := strings.Replace(string(source), "partitions: 1", "partitions: 2, replicas: [[b1, b2, b3], [b1, b2, b3]]", 1)
	s, err := scenario.Read("two.yaml", []byte(two))
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 160, h: 50})
	press(m, "end")
	if got := strings.Count(text(m), "LOST"); got != 1 {
		t.Errorf("%d partitions show a loss:\n%s", got, text(m))
	}
}

// TestLogsScroll looks back into logs that are longer than the screen is wide.
func TestLogsScroll(t *testing.T) {
	m := stage(read(t, "long"), look{w: 120, h: 36})
	press(m, "end esc")
	newest := text(m)
	press(m, "h h h")
	if back := text(m); back == newest || !strings.Contains(back, "3›") {
		t.Errorf("earlier offsets are not shown:\n%s", back)
	}
	press(m, "l l l")
	if text(m) != newest {
		t.Error("going back to the newest offsets shows another screen")
	}
}
