package codec_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

var update = flag.Bool("update", false, "rewrite testdata/sizes.txt; every run that compresses changes with it")

// The sizes of all codecs, to the byte: if they change, runs do. They must be the same on every
// machine, with the libraries' assembly and without (go test -tags noasm,purego,appengine).
func TestSizes(t *testing.T) {
	var b strings.Builder
	b.WriteString("records of 200 bytes: before, then after each codec with its level\n")
	for _, p := range payloads {
		for _, n := range sizes {
			section := codec.Section(messages(n, 200, "", "customer-17"), p)
			fmt.Fprintf(&b, "%-6s x%-4d %6d ", p, n, len(section))
			for _, c := range compressions[1:] {
				fmt.Fprintf(&b, "  %s%+d %d", c.Codec, c.Level, len(codec.Compress(c, section)))
			}
			b.WriteString("\n")
		}
	}
	const file = "testdata/sizes.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("sizes are\n%s\nthey were\n%s", b.String(), want)
	}
}

// What the folklore says is one thing for all data is not: more compression comes with better
// codecs, bigger batches and data that repeats; noise grows.
func TestWhatHelps(t *testing.T) {
	size := func(c wire.Codec, p wire.Payload, n int) (before, after int) {
		section := codec.Section(messages(n, 200), p)
		return len(section), len(codec.Compress(wire.Compression{Codec: c, Level: wire.DefaultLevels[c]}, section))
	}
	for c := wire.Gzip; c < wire.Codecs; c++ {
		small, smaller := size(c, wire.JSON, 2)
		big, bigger := size(c, wire.JSON, 80)
		if smaller*big < bigger*small {
			t.Errorf("%s: a small batch has the better ratio", c)
		}
		if before, after := size(c, wire.Random, 80); after < before*99/100 {
			t.Errorf("%s: noise of %d bytes in %d", c, before, after)
		}
	}
}
