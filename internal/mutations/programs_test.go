package mutations

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// programs are the tests of some packages, compiled once.
type programs struct {
	dir string
	bug int // that they run with; 0: none
}

// check is a test of a package, and more arguments for it.
type check struct {
	pkg, run string
	args     []string
}

// with are the same programs, with a bug.
func (p programs) with(bug int) programs { return programs{p.dir, bug} }

// test runs a test where go test would. A program that did not compile has said why.
func (p programs) test(t *testing.T, c check) (out string, passed bool) {
	t.Helper()
	program := p.program(c.pkg)
	if _, err := os.Stat(program); err != nil {
		compileTo(t, p.dir, c.pkg)
	}
	cmd := exec.Command(program, append([]string{"-test.timeout=120s", "-test.run=" + c.run}, c.args...)...)
	cmd.Dir = filepath.Join(root, c.pkg)
	cmd.Env = append(os.Environ(), choice+"="+strconv.Itoa(p.bug))
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

func (p programs) program(pkg string) string { return filepath.Join(p.dir, filepath.Base(pkg)+".test") }

// compile makes the tests of packages, or of all that the table names, with some files changed or added.
func compile(t *testing.T, files map[string][]byte, pkgs ...string) programs {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	for name, text := range files {
		path, err := filepath.Abs(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		replace[path] = filepath.Join(dir, fmt.Sprintf("%d_%s", len(replace), filepath.Base(name)))
		write(t, replace[path], text)
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), text)
	if len(pkgs) == 0 {
		pkgs = packages()
	}
	compileTo(t, dir, pkgs...)
	return programs{dir: dir}
}

// compileTo makes tests with what a folder's overlay.json changes.
func compileTo(t *testing.T, dir string, pkgs ...string) {
	t.Helper()
	args := []string{"test", "-c", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-o", dir + "/"}
	cmd := exec.Command("go", append(args, pkgs...)...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("it does not compile, so nothing is caught:\n%s", out)
	}
}

// packages are those whose tests catch bugs.
func packages() []string {
	pkgs := []string{searching.pkg, walking("").pkg}
	for _, m := range table {
		pkgs = append(pkgs, m.pkg)
	}
	slices.Sort(pkgs)
	return slices.Compact(pkgs)
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
