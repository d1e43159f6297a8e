package tui

import (
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// TestACleanedLogHasGaps: what is left stays under its offset, and what was cleaned away leaves its place empty.
func TestACleanedLogHasGaps(t *testing.T) {
	s, err := scenario.Load("compaction", nil)
	if err != nil {
		t.Fatal(err)
	}
	m := stage(s, look{w: 120, h: 36})
	until(t, m, logText, "· cleaned away")
	var rows []string
	for _, l := range m.clusterSheet(200, 80).lines {
		rows = append(rows, l.String())
	}
	wants(t, strings.Join(rows, "\n"),
		"▶b1 ♛ ·    ·    ·    ·    ·    ·    ·   ▐m8  ▐m9  ▐m10 ░m11 ░m12 │",
		"b2   ▐m1  ▐m2  ▐m3  ▐m4  ▐m5  ▐m6  ▐m7  ▐m8  ▐m9  ▐m10 ░m11 ░m12 │")
	until(t, m, recordText, "m1 superseded compacted away, acked, applied by g1")
}

func recordText(m *model) string {
	lines, _ := recordsPane{}.draw(m, 100, 30)
	return paneText(lines)
}
