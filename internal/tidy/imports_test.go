package tidy

import (
	"slices"
	"strings"
	"testing"
)

// knows says which packages of the module a package may import: the arrows.
var knows = map[string][]string{
	"sim/value":      {},
	"sim/wire":       {"sim/value"},
	"sim":            {"sim/value", "sim/wire"},
	"sim/codec":      {"sim/value", "sim/wire"},
	"sim/metadata":   {"sim/value", "sim/wire"},
	"sim/client":     {"sim", "sim/value", "sim/wire"},
	"sim/broker":     {"sim", "sim/codec", "sim/metadata", "sim/value", "sim/wire"},
	"sim/controller": {"sim", "sim/metadata", "sim/value", "sim/wire"},
	"sim/producer":   {"sim", "sim/client", "sim/codec", "sim/value", "sim/wire"},
	"sim/consumer":   {"sim", "sim/client", "sim/codec", "sim/value", "sim/wire"},
	"sim/copier":     {"sim", "sim/consumer", "sim/producer", "sim/value", "sim/wire"},
	"sim/zookeeper":  {"sim", "sim/value", "sim/wire"},
	"sim/database":   {"sim", "sim/value", "sim/wire"},
	"sim/outbox":     {"sim", "sim/producer", "sim/value", "sim/wire"},
	"sim/timeline":   {"sim", "sim/value", "sim/wire"},
	"sim/explore":    {"sim", "sim/value", "sim/wire"},
	"sim/cluster": {"sim", "sim/broker", "sim/client", "sim/codec", "sim/consumer", "sim/controller", "sim/copier",
		"sim/database", "sim/metadata", "sim/outbox", "sim/producer", "sim/value", "sim/wire", "sim/zookeeper"},
	"scenarios":         {},
	"internal/converse": {"sim", "sim/codec", "sim/metadata", "sim/value", "sim/wire"},
}

func TestArrows(t *testing.T) {
	rule{
		name: "a package knows only what is below it",
		check: func(s *source) []string {
			allowed, ruled := knows[s.dir()]
			if s.test() || !ruled && !s.in("sim") {
				return nil
			}
			if !ruled {
				return []string{s.at(1, "package %s is not on the map: say in tidy what it may know", s.dir())}
			}
			return complain(s, func(imported string) bool {
				own, ok := strings.CutPrefix(imported, module)
				return ok && !slices.Contains(allowed, own)
			}, s.dir()+" must not know it")
		},
		examples: []example{
			{"sim/broker/x.go", importing("example.com/ksim/sim/producer"), true},
			{"sim/x.go", importing("example.com/ksim/sim/broker"), true},
			{"sim/wire/x.go", importing("example.com/ksim/sim"), true},
			{"sim/explore/x.go", importing("example.com/ksim/sim/cluster"), true},
			{"sim/newroom/x.go", importing("strings"), true},
			{"sim/broker/x.go", importing("example.com/ksim/sim/metadata"), false},
			{"sim/broker/x_test.go", importing("example.com/ksim/internal/converse"), false},
		},
	}.hold(t)
	rule{
		name: "nobody knows a command",
		check: func(s *source) []string {
			if s.in("cmd/ksim") {
				return nil
			}
			return complain(s, below(module+"cmd"), "commands know others, not the other way round")
		},
		examples: []example{
			{"internal/scenario/x.go", importing("example.com/ksim/cmd/ksim/tui"), true},
			{"cmd/ksim/x.go", importing("example.com/ksim/cmd/ksim/tui"), false},
		},
	}.hold(t)
}

func TestOnlyTheScreenKnowsTheTerminal(t *testing.T) {
	rule{
		name: "charmbracelet is imported by the screen and by what prepares it",
		check: func(s *source) []string {
			if s.in("cmd/ksim/tui") || s.in("cmd/ksim/aaterm") {
				return nil
			}
			return complain(s, below("github.com/charmbracelet"), "only cmd/ksim/tui draws")
		},
		examples: []example{
			{"cmd/ksim/x.go", importing("github.com/charmbracelet/lipgloss"), true},
			{"sim/x.go", importing("github.com/charmbracelet/bubbletea"), true},
			{"cmd/ksim/tui/x.go", importing("github.com/charmbracelet/lipgloss"), false},
		},
	}.hold(t)
}

func TestOnlyScenariosKnowYAML(t *testing.T) {
	rule{
		name: "YAML is imported by internal/scenario",
		check: func(s *source) []string {
			if s.in("internal/scenario") {
				return nil
			}
			return complain(s, func(imported string) bool {
				return strings.Contains(imported, "yaml")
			}, "only internal/scenario reads files")
		},
		examples: []example{
			{"cmd/ksim/x.go", importing("github.com/goccy/go-yaml"), true},
			{"internal/scenario/x.go", importing("github.com/goccy/go-yaml"), false},
		},
	}.hold(t)
}

// codecs are the libraries that compress, the standard library's among them.
var codecs = []string{
	"github.com/golang/snappy", "github.com/klauspost/compress", "github.com/pierrec/lz4", "compress",
}

// A codec's bytes decide how a run goes, and its library may keep pools and start threads. One room
// uses them so that nothing of that shows: an encoder a call, and golden sizes.
func TestOnlyOneRoomCompresses(t *testing.T) {
	rule{
		name: "codecs are imported by sim/codec",
		check: func(s *source) []string {
			if s.in("sim/codec") {
				return nil
			}
			return complain(s, func(imported string) bool {
				return slices.ContainsFunc(codecs, func(p string) bool { return below(p)(imported) })
			}, "only sim/codec compresses")
		},
		examples: []example{
			{"sim/broker/x.go", importing("github.com/klauspost/compress/zstd"), true},
			{"sim/producer/x.go", importing("compress/gzip"), true},
			{"internal/scenario/x.go", importing("github.com/pierrec/lz4/v4"), true},
			{"sim/codec/x.go", importing("github.com/golang/snappy"), false},
			{"sim/codec/x.go", importing("bytes"), false},
		},
	}.hold(t)
}

// outside is what would let a run depend on the machine, the hour or the scheduler.
var outside = []string{
	"os", "io", "time", "math/rand", "sync", "context", // the world outside
	"crypto/rand", "hash/maphash", "maps", "net", "runtime", "unsafe", // and its back doors
}

func TestTheSimulatorIsClosed(t *testing.T) {
	rule{
		name: "nothing under sim touches the world outside",
		check: func(s *source) []string {
			if !s.in("sim") || s.test() {
				return nil
			}
			return complain(s, func(imported string) bool {
				if s.in("sim/explore") && (imported == "sync" || imported == "sync/atomic") {
					return false
				}
				return slices.ContainsFunc(outside, func(p string) bool { return below(p)(imported) })
			}, "a run must be the same on every machine")
		},
		examples: []example{
			{"sim/broker/x.go", importing("time"), true},
			{"sim/x.go", importing("os"), true},
			{"sim/cluster/x.go", importing("math/rand/v2"), true},
			{"sim/timeline/x.go", importing("sync"), true},
			{"sim/explore/x.go", importing("context"), true},
			{"sim/explore/x.go", importing("sync/atomic"), false},
			{"sim/value/x.go", importing("math/bits"), false},
			{"sim/cluster/x_test.go", importing("os"), false},
		},
	}.hold(t)
}

func importing(path string) string { return "package x\n\nimport _ \"" + path + "\"\n" }

// below matches a package and those below it.
func below(path string) func(imported string) bool {
	return func(imported string) bool {
		return imported == path || strings.HasPrefix(imported, path+"/")
	}
}

// complain says so of every import that is bad.
func complain(s *source, bad func(imported string) bool, why string) []string {
	var out []string
	for i, imported := range s.imports() {
		if bad(imported) {
			out = append(out, s.at(s.ast.Imports[i].Pos(), "imports %s: %s", imported, why))
		}
	}
	return out
}
