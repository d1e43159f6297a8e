package main

import "testing"

// TestNoFaultLosesWhatAcksAllHasAcked: every fault of the table, after every event that changed
// anything. Seeded bugs make it fail: see internal/mutations.
func TestNoFaultLosesWhatAcksAllHasAcked(t *testing.T) {
	out, code := ksim("explore", "acks-all-survives", "--find", "acked-lost", "--faults", "1")
	if code != exitFine {
		t.Errorf("exit code %d:\n%s", code, out)
	}
}
