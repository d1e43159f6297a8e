package mutations

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mutation is one bug and the test that must catch it.
type mutation struct {
	bug  string
	file string // of this module
	old  string // occurs in the file exactly once
	new  string
	pkg  string
	run  string // go test -run
	// walked is the land where walks at random see sooner or later that it breaks a promise, too.
	walked string
	// searched: it loses what acks=all has acked, and a search with one fault finds how.
	searched bool
}

// walks is the test that walks at random and looks at the invariants after every step.
const walks = "TestWalksKeepTheInvariants"

// walking are long walks in a land; what they find need not be made short.
func walking(land string) check {
	return check{pkg: "./sim/cluster", run: walks + "/^" + strings.ReplaceAll(land, " ", "_") + "$",
		args: []string{"-walks=20000", "-rapid.shrinktime=0s"}}
}

// searching is the search that finds nothing without a bug.
var searching = check{pkg: "./cmd/ksim", run: "TestNoFaultLosesWhatAcksAllHasAcked"}

// table is all of them.
var table = slices.Concat(
	leaderMutations, isrMutations, followerMutations, coordinatorMutations,
	controllerMutations, quorumMutations, producerMutations, idempotenceMutations,
	consumerMutations, commitMutations, workMutations, compressionMutations,
	membershipMutations, modernMutations, topicMutations, retentionMutations, expiryMutations,
	fateMutations, networkMutations, loaderMutations, seekMutations, addMutations, scriptMutations,
	transactionMutations, txnCoordinatorMutations, verificationMutations, transactingMutations, databaseMutations,
	txnOffsetMutations, copierMutations, cleanerMutations, timelineMutations,
	compareMutations,
	breakpointMutations, everyoneMutations,
)

// root is the module's folder.
const root = "../.."

var full = flag.Bool("mutations", false, "seed every bug and run the test that must catch it")

// TestEveryMutationFits: a row whose old text is gone, or is there twice, would seed nothing or
// something else.
func TestEveryMutationFits(t *testing.T) {
	for _, m := range table {
		src, err := os.ReadFile(filepath.Join(root, m.file))
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(src, []byte(m.old)); n != 1 {
			t.Errorf("%s: %d times in %s:\n%s", m.bug, n, m.file, m.old)
		}
	}
}

// TestEveryMutationHasItsOwnName keeps the list of what is caught readable.
func TestEveryMutationHasItsOwnName(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range table {
		if seen[m.bug] {
			t.Errorf("two rows are called %q", m.bug)
		}
		seen[m.bug] = true
	}
}

// TestEveryMutationIsCaught runs the named tests with each bug in the code.
func TestEveryMutationIsCaught(t *testing.T) {
	if !*full {
		t.Skip("takes minutes: run with -mutations")
	}
	files, alone, err := together(table, func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(root, file)) })
	if err != nil {
		t.Fatal(err)
	}
	bins := compile(t, files)
	healthy(t, bins)
	t.Logf("%d bugs in one program each, %d in all of these together", len(alone), len(table)-len(alone))
	for i, m := range table {
		t.Run(m.bug, func(t *testing.T) {
			t.Parallel()
			tests := bins.with(i + 1)
			if slices.Contains(alone, i) {
				tests = compile(t, map[string][]byte{m.file: mutant(t, m)}, m.pkg)
			}
			out, passed := tests.test(t, check{pkg: m.pkg, run: m.run})
			if why := notCaught(out, passed); why != "" {
				t.Errorf("%s by %s of %s:\n%s", why, m.run, m.pkg, out)
			}
			if m.walked != "" {
				caughtBy(t, tests, walking(m.walked), "[rapid] failed")
			}
			if m.searched {
				caughtBy(t, tests, searching, "FOUND with 1 faults")
			}
		})
	}
}

// caughtBy runs a second test that must catch the bug too, and say so in its own words.
func caughtBy(t *testing.T, tests programs, c check, says string) {
	t.Helper()
	out, passed := tests.test(t, c)
	if why := notCaught(out, passed); why != "" || !strings.Contains(out, says) {
		t.Errorf("%v does not say %q: %s\n%s", c, says, why, out)
	}
}

// healthy makes sure that the tests pass without any bug: else their failures would prove nothing.
func healthy(t *testing.T, tests programs) {
	names := map[string][]string{"./sim/cluster": {walks}}
	for _, m := range table {
		name, _, _ := strings.Cut(m.run, "/")
		names[m.pkg] = append(names[m.pkg], name)
	}
	for pkg, list := range names {
		slices.Sort(list)
		c := check{pkg: pkg, run: "^(" + strings.Join(slices.Compact(list), "|") + ")$"}
		if out, passed := tests.test(t, c); !passed {
			t.Fatalf("the tests of %s fail without any bug:\n%s", pkg, out)
		}
	}
}

// notCaught tells why a run does not count as having caught the bug; "" if it does.
func notCaught(out string, passed bool) string {
	switch {
	case passed:
		return "not caught"
	case strings.Contains(out, "[build failed]"), strings.Contains(out, "[setup failed]"):
		return "does not compile, so not caught"
	case strings.Contains(out, "panic: "):
		return "crashes, so not caught"
	case !strings.Contains(out, "--- FAIL: "):
		return "no test has failed, so not caught"
	}
	return ""
}

// mutant is a file with one bug in it.
func mutant(t *testing.T, m mutation) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(src, []byte(m.old), []byte(m.new), 1)
}

// TestWhatCountsAsCaught: a bug that the compiler or a crash finds is not caught by the test.
func TestWhatCountsAsCaught(t *testing.T) {
	for _, run := range []struct {
		out    string
		passed bool
		caught bool
	}{
		{"ok  \texample.com/ksim/sim/broker", true, false},
		{"FAIL\texample.com/ksim/sim/broker [build failed]", false, false},
		{"--- FAIL: TestX\npanic: index out of range", false, false},
		{"exit status 1", false, false},
		{"--- FAIL: TestX (0.00s)\n    x_test.go:3: wrong", false, true},
	} {
		if caught := notCaught(run.out, run.passed) == ""; caught != run.caught {
			t.Errorf("%q: caught %v, want %v", run.out, caught, run.caught)
		}
	}
}
