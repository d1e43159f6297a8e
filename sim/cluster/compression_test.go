package cluster_test

import (
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// heard is a note and when it was told.
type heard struct {
	at   sim.Time
	note wire.Note
}

// listen runs a cluster for a second.
func listen(t *testing.T, c cluster.Config) (all []heard) {
	t.Helper()
	r := build(t, c).Run()
	for r.Now() < sim.Time(sim.Second) {
		if _, ok := r.Next(); !ok {
			break
		}
		for _, n := range r.Notes() {
			all = append(all, heard{r.Now(), n})
		}
	}
	return all
}

// first is the first note of a kind, but not of __consumer_offsets.
func first(t *testing.T, all []heard, kind wire.NoteKind) heard {
	t.Helper()
	return nth(t, all, kind, 1)
}

func nth(t *testing.T, all []heard, kind wire.NoteKind, n int) heard {
	t.Helper()
	for _, h := range all {
		if h.note.Kind == kind && h.note.At.Topic <= 1 {
			if n--; n == 0 {
				return h
			}
		}
	}
	t.Fatalf("too few notes %q", kind.Row().Name)
	return heard{}
}

// packing is a small cluster whose producer compresses.
func packing(pairs ...string) cluster.Config {
	c := small(append([]string{"acks", "all"}, pairs...)...)
	c.Producers[0].Bytes = 500
	return c
}

// What records look like makes no difference to anything that is not compressed.
func TestPayloadIsNothingWithoutCompression(t *testing.T) {
	tell := func(payload string) string {
		c := packing()
		c.Producers[0].Payload = payload
		names := cluster.NamesOf(build(t, c))
		var s strings.Builder
		for _, h := range listen(t, c) {
			s.WriteString(h.at.String() + " " + names.Note(&h.note) + "\n")
		}
		return s.String()
	}
	if tell("json") != tell("random") {
		t.Error("a run without compression depends on what records look like")
	}
}

// A compressed batch is small on its way to the leader, in its log, on the way to followers and in
// theirs.
func TestACompressedBatchIsSmallEverywhere(t *testing.T) {
	for _, name := range wire.CodecNames[1:] {
		all := listen(t, packing("compression.type", name))
		for _, kind := range []wire.NoteKind{wire.Drained, wire.Appended, wire.Replicated} {
			b := first(t, all, kind).note.Batch
			if b.Codec.String() != name || b.Size() >= b.Raw {
				t.Errorf("%s: %s with %d bytes for %d of %s", kind.Row().Name, b.Codec, b.Size(), b.Raw, name)
			}
		}
	}
}

// Levels reach the codecs, the producer's and the topic's.
func TestLevelsCount(t *testing.T) {
	size := func(c cluster.Config) int32 {
		c.Producers[0].Bytes = 20_000
		return first(t, listen(t, c), wire.Appended).note.Batch.Size()
	}
	for codec, setting := range map[string][3]string{
		"gzip": {"compression.gzip.level", "1", "9"}, "lz4": {"compression.lz4.level", "1", "17"},
		"zstd": {"compression.zstd.level", "-5", "22"},
	} {
		var sent, kept [2]int32
		for i, level := range setting[1:] {
			sent[i] = size(packing("compression.type", codec, setting[0], level))
			c := packing()
			c.Topics[0].Settings = set("compression.type", codec, setting[0], level)
			kept[i] = size(c)
		}
		if sent[0] <= sent[1] || sent != kept {
			t.Errorf("%s: a producer's levels give %d, a topic's %d", codec, sent, kept)
		}
	}
}

// The application's thread compresses in send(), the leader decompresses to validate, the consumer's
// thread in poll(). Nothing else takes longer.
func TestCodecsTakeTime(t *testing.T) {
	for c := wire.Gzip; c < wire.Codecs; c++ {
		config := packing("compression.type", c.String(), "acks", "1", "linger.ms", "0")
		config.Costs.Codecs = fast()
		quick := listen(t, config)

		config.Costs.Codecs.Pack[c] = 1 // a byte a microsecond
		slow := listen(t, config)
		pause := func(all []heard) sim.Duration {
			return nth(t, all, wire.Sent, 2).at.Sub(first(t, all, wire.Sent).at)
		}
		if took := pause(slow) - pause(quick); took != 500*sim.Microsecond {
			t.Errorf("%s: compressing 500 bytes took send() %s", c, took)
		}

		config.Costs.Codecs = fast()
		config.Costs.Codecs.Unpack[c] = 1
		slow = listen(t, config)
		raw := sim.Duration(first(t, quick, wire.Drained).note.Batch.Raw) * sim.Microsecond
		if took := first(t, slow, wire.Acked).at.Sub(first(t, quick, wire.Acked).at); took != raw {
			t.Errorf("%s: decompressing %d bytes took the leader %s", c, raw/sim.Microsecond, took)
		}
		if took := first(t, slow, wire.Polled).at.Sub(first(t, quick, wire.Polled).at); took < raw {
			t.Errorf("%s: decompressing %d bytes took poll() %s", c, raw/sim.Microsecond, took)
		}
	}
}

// fast is a codec that takes next to nothing.
func fast() (s codec.Speeds) {
	for c := range s.Pack {
		s.Pack[c], s.Unpack[c] = 1_000_000, 1_000_000
	}
	return s
}

// What cannot be said is refused.
func TestCompressionIsChecked(t *testing.T) {
	for _, row := range []struct {
		change func(c *cluster.Config)
		want   string
	}{
		{func(c *cluster.Config) { c.Producers[0].Settings = set("compression.type", "brotli") },
			`producers[0].config.compression.type: "brotli" is none of none, gzip, snappy, lz4, zstd`},
		{func(c *cluster.Config) { c.Producers[0].Settings = set("compression.gzip.level", "0") },
			`"0" is none of -1, 1, 2`},
		{func(c *cluster.Config) { c.Producers[0].Settings = set("compression.lz4.level", "18") },
			"18 is not between 1 and 17"},
		{func(c *cluster.Config) {
			c.Version, c.Producers[0].Settings = "2.0", set("compression.type", "zstd")
		}, "zstd came with Kafka 2.1, and this is 2.0"},
		{func(c *cluster.Config) {
			c.Version, c.Producers[0].Settings = "3.7", set("compression.zstd.level", "4")
		}, "compression.zstd.level came with Kafka 3.8, and this is 3.7"},
		{func(c *cluster.Config) { c.Topics[0].Settings = set("compression.type", "none") },
			`cluster.topics[0].config.compression.type: "none" is none of producer, uncompressed, gzip`},
		{func(c *cluster.Config) { c.Producers[0].Payload = "xml" },
			`producers[0].payload: "xml" is none of json, text, random, same`},
		{func(c *cluster.Config) { c.Costs.Codecs.Pack[wire.LZ4] = 0 },
			"cluster.costs.compress.mb.per.second.lz4: 0 is not between 1 and 1000000"},
	} {
		c := small()
		row.change(&c)
		if _, err := cluster.Build(c); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("want %q, got %v", row.want, err)
		}
	}
}
