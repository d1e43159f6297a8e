package scenario_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/ksim/internal/scenario"
)

// TestAShellTakesACommandAsItWasMeant, whatever its words are.
func TestAShellTakesACommandAsItWasMeant(t *testing.T) {
	words := []string{"run", "a b", "it's", "", "$HOME", "`x`", "a\\b", "*", "#1", "~", "{a,b}", "[a]", "a!b", "p1.acks=all", "你好.yaml", "a:fix", `"`, "x;y", "(z)", "a^b", "<", "a\nb"}
	line := strings.Replace(scenario.Command(words...), "ksim", `printf '<%s>\n'`, 1)
	out, err := exec.Command("sh", "-c", line).Output()
	if err != nil {
		t.Skip("no shell here:", err)
	}
	if want := "<" + strings.Join(words, ">\n<") + ">\n"; string(out) != want {
		t.Errorf("%s\ngives %s", line, out)
	}
	if got := scenario.Command("run", "scenarios/a-b_1.yaml", "--set", "p1.acks=all"); strings.Contains(got, "'") {
		t.Errorf("quoted for nothing: %s", got)
	}
}

// TestWordsLoadTheSameRun: a file of any name, one of a name that comes with ksim, a variant, and settings.
func TestWordsLoadTheSameRun(t *testing.T) {
	source, _ := scenario.Source("p02-retry-reorders")
	dir := t.TempDir()
	t.Chdir(dir)
	for _, file := range []string{"mine.yaml", "acks-all-survives", "-x.yaml", "a b.yaml"} {
		if err := os.WriteFile(file, source, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for what, want := range map[string]string{
		"mine.yaml": "mine.yaml", "./acks-all-survives": "./acks-all-survives", "./-x.yaml": "./-x.yaml", "a b.yaml": "a b.yaml",
		"acks-all-survives": "acks-all-survives", filepath.Join(dir, "mine.yaml"): filepath.Join(dir, "mine.yaml"),
	} {
		s, err := scenario.Load(what, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(s.Words(), "|"); got != want {
			t.Errorf("%s: %s", what, got)
		}
		for _, v := range s.Variants {
			if got := strings.Join(v.Words(), "|"); got != want+"|--variant|"+v.Variant || v.Word() != want+":"+v.Variant {
				t.Errorf("%s, %s: %s and %s", what, v.Variant, got, v.Word())
			}
		}
		base, err := s.Pick(scenario.TheFile)
		if got := strings.Join(base.Words(), "|"); err != nil || got != want || base.Word() != want+":base" {
			t.Errorf("%s, base: %s and %s", what, got, base.Word())
		}
	}
	s, err := scenario.Load("mine.yaml", nil, "p1.acks=0", "seed=9")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.Words(), "|"); got != "mine.yaml|--set|p1.acks=0|--set|seed=9" {
		t.Errorf("set: %s", got)
	}
	for file, want := range map[string]string{"acks-all-survives": "./acks-all-survives", "-": "./-", "x.yaml": "x.yaml"} {
		if got := scenario.Argument(file); got != want {
			t.Errorf("%s: %s", file, got)
		}
	}
	if s, err = scenario.Load("-", strings.NewReader(string(source))); err != nil || s.Words() != nil || s.Word() != "FILE:base" {
		t.Errorf("standard input: %v, %q (%v)", s.Words(), s.Word(), err)
	}
}
