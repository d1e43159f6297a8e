package codec_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"runtime"
	"testing"

	"github.com/golang/snappy"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// messages are n records of a producer, with keys in turn or none.
func messages(n int, bytes int32, keys ...string) []wire.Record {
	records := make([]wire.Record, n)
	for i := range records {
		r := &records[i]
		r.Message, r.Bytes = wire.MessageID{Producer: 5, N: int32(i + 1)}, bytes
		if len(keys) > 0 {
			r.Keyed, r.Key = true, keys[i%len(keys)]
		}
	}
	return records
}

var (
	payloads = []wire.Payload{wire.JSON, wire.Text, wire.Random, wire.Same}
	sizes    = []int{1, 10, 80, 700} // records of 200 bytes; 80 fill a batch, 700 fill two blocks of LZ4
)

// compressions are the codecs on their default levels, and the ends of their levels.
var compressions = []wire.Compression{
	{Codec: wire.Uncompressed},
	{Codec: wire.Gzip, Level: -1}, {Codec: wire.Gzip, Level: 1}, {Codec: wire.Gzip, Level: 9},
	{Codec: wire.Snappy},
	{Codec: wire.LZ4, Level: 9}, {Codec: wire.LZ4, Level: 1}, {Codec: wire.LZ4, Level: 17},
	{Codec: wire.Zstd, Level: 3}, {Codec: wire.Zstd, Level: -131072}, {Codec: wire.Zstd, Level: 22},
}

// What was compressed is got back by readers that know the formats and nothing of this package.
func TestRoundTrip(t *testing.T) {
	for _, payload := range payloads {
		for _, n := range append(sizes, 0) {
			section := codec.Section(messages(n, 200, "k1", ""), payload)
			for _, c := range compressions {
				if back := decompress(t, c.Codec, codec.Compress(c, section)); !bytes.Equal(back, section) {
					t.Errorf("%s %d of %d %s: not what went in", c.Codec, c.Level, n, payload)
				}
			}
		}
	}
}

func decompress(t *testing.T, c wire.Codec, b []byte) []byte {
	t.Helper()
	switch c {
	case wire.Gzip:
		r, err := gzip.NewReader(bytes.NewReader(b))
		return whole(t, r, err)
	case wire.Snappy:
		return unsnap(t, b)
	case wire.LZ4:
		return whole(t, lz4.NewReader(bytes.NewReader(b)), nil)
	case wire.Zstd:
		r, err := zstd.NewReader(bytes.NewReader(b))
		return whole(t, r, err)
	}
	return b
}

func whole(t *testing.T, r io.Reader, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unsnap reads the xerial framing (SnappyInputStream).
func unsnap(t *testing.T, b []byte) (to []byte) {
	t.Helper()
	if string(b[:8]) != "\x82SNAPPY\x00" {
		t.Fatalf("no xerial header: %q", b[:8])
	}
	for b = b[16:]; len(b) > 0; {
		n := binary.BigEndian.Uint32(b)
		block, err := snappy.Decode(nil, b[4:4+n])
		if err != nil {
			t.Fatal(err)
		}
		to, b = append(to, block...), b[4+n:]
	}
	return to
}

// A record's bytes are DefaultRecord's: length, attributes, timestamp, offset, key, value, headers.
func TestRecordFormat(t *testing.T) {
	records := messages(2, 3, "k")
	got := codec.Section(records, wire.Same)
	want := []byte{
		2 * 9, 0, 2 * 0, 2 * 0, 2 * 1, 'k', 2 * 2, '{', '"', 0,
		2 * 9, 0, 2 * 1, 2 * 1, 2 * 1, 'k', 2 * 2, '{', '"', 0,
	}
	if !bytes.Equal(got, want) {
		t.Errorf("records are\n%v, want\n%v", got, want)
	}
	null := codec.Section(messages(1, 1), wire.Same)
	if want := []byte{2 * 7, 0, 0, 0, 1, 2 * 1, '{', 0}; !bytes.Equal(null, want) {
		t.Errorf("a record without a key is\n%v, want\n%v", null, want)
	}
}

// The size of a record is known before its value is made.
func TestBytesIsTheSizeInTheSection(t *testing.T) {
	for _, size := range []int32{0, 1, 100, 5000} {
		records := messages(200, size, "", "a longer key")
		sum := 0
		for i := range records {
			sum += int(codec.Bytes(records[:i], &records[i]))
		}
		if got := len(codec.Section(records, wire.JSON)); got != sum {
			t.Errorf("records of %d bytes: a section of %d, records of %d", size, got, sum)
		}
	}
}

// A message has one value, whatever batch and attempt it is in; other messages have others.
func TestValuesComeFromMessages(t *testing.T) {
	records := messages(2, 100)
	again := records[1]
	again.Attempt = 7
	value := func(r wire.Record, p wire.Payload) string {
		s := codec.Section([]wire.Record{r}, p)
		return string(s[len(s)-101:])
	}
	for _, p := range payloads {
		if value(records[1], p) != value(again, p) {
			t.Errorf("%s: the second attempt says something else", p)
		}
		if same := value(records[0], p) == value(records[1], p); same != (p == wire.Same) {
			t.Errorf("%s: two messages say the same: %v", p, same)
		}
	}
}

// Nothing is kept from one call to the next, and threads do not count.
func TestNoHistory(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	first := map[string][]byte{}
	for round := range 2 {
		runtime.GOMAXPROCS(1 + 3*round)
		for i := range payloads {
			p := payloads[(i+3*round)%len(payloads)] // in another order
			section := codec.Section(messages(300, 200), p)
			for _, c := range compressions {
				name := p.String() + c.Codec.String() + string(rune('a'+c.Level&31))
				got := codec.Compress(c, section)
				if round == 0 {
					first[name] = got
				} else if !bytes.Equal(first[name], got) {
					t.Errorf("%s %s %d: other bytes the second time", p, c.Codec, c.Level)
				}
			}
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	section := codec.Section(messages(80, 200), wire.JSON)
	for c := wire.Gzip; c < wire.Codecs; c++ {
		b.Run(c.String(), func(b *testing.B) {
			b.SetBytes(int64(len(section)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = len(codec.Compress(wire.Compression{Codec: c, Level: wire.DefaultLevels[c]}, section))
			}
			b.ReportMetric(float64(len(section))/float64(n), "ratio")
		})
	}
}

func BenchmarkSection(b *testing.B) {
	records := messages(80, 200)
	for b.Loop() {
		codec.Section(records, wire.JSON)
	}
}
