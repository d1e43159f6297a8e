package tidy

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDerivedIsFresh: a field that was added and not derived would be forgotten by copies and hashes.
func TestDerivedIsFresh(t *testing.T) {
	derive := build(t)
	checked := 0
	for _, s := range tree(t) {
		for line := range strings.Lines(s.text) {
			args, ok := strings.CutPrefix(strings.TrimSpace(line), "//go:generate go run ../../internal/derive ")
			if !ok || s.in("internal/tidy") {
				continue
			}
			checked++
			t.Run(s.dir(), func(t *testing.T) {
				t.Parallel()
				if out, err := check(derive, filepath.Join(root, s.dir()), args); err != nil {
					t.Errorf("%s", out)
				}
			})
		}
	}
	if checked == 0 {
		t.Error("no package derives anything: the search for go:generate is broken")
	}
}

// TestStaleIsNoticed tries the check on a package whose derived file is of yesterday.
func TestStaleIsNoticed(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"x.go":       "package x\n\n// T is t.\ntype T struct{ New int }\n",
		"derived.go": "package x\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := check(build(t), dir, "T")
	if err == nil || !strings.Contains(out, "stale") {
		t.Errorf("a stale file passes: %v %s", err, out)
	}
}

// build makes the command that derives.
func build(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "derive")
	cmd := exec.Command("go", "build", "-o", name, "./internal/derive")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	return name
}

// check runs it on a package without writing anything.
func check(derive, dir, args string) (string, error) {
	cmd := exec.Command(derive, append([]string{"-check"}, strings.Fields(args)...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}
