package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"example.com/ksim/internal/scenario"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the diff before you commit it")

// ksim runs a command line and gives what it printed.
func ksim(args ...string) (out string, code int) {
	var stdout, stderr bytes.Buffer
	code = run(args, bytes.NewReader(nil), &stdout, &stderr)
	return stdout.String(), code
}

// TestEveryScenarioRunsAsItsGoldenSays: the whole report of each scenario, and a hash of its whole
// trace, so that no change of the model goes unseen, and the same file and seed give the same bytes.
func TestEveryScenarioRunsAsItsGoldenSays(t *testing.T) {
	for _, name := range scenario.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, code := ksim("run", name)
			if code != exitFine {
				t.Errorf("exit code %d, want 0", code)
			}
			trace, _ := ksim("run", name, "--trace")
			got := report + fmt.Sprintf("trace sha256 %x\n", sha256.Sum256([]byte(trace)))
			compare(t, filepath.Join("testdata", "runs", name+".txt"), got)
		})
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test ./cmd/ksim -update writes it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what ksim prints now; first difference at %s", file,
			firstDifference(got, string(want)))
	}
}

// firstDifference shows the line where two texts part.
func firstDifference(got, want string) string {
	a, b := bytes.Split([]byte(got), []byte("\n")), bytes.Split([]byte(want), []byte("\n"))
	for i := 0; i < len(a) && i < len(b); i++ {
		if !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("line %d:\n got: %s\nwant: %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("the end: %d lines, want %d", len(a), len(b))
}

// TestAnotherSeedIsAnotherRun: chance does come from the seed.
func TestAnotherSeedIsAnotherRun(t *testing.T) {
	seven, _ := ksim("run", "acks-all-survives", "--trace")
	eight, _ := ksim("run", "acks-all-survives", "--trace", "--seed", "8")
	if seven == eight {
		t.Error("seeds 7 and 8 give the same trace")
	}
}
