package cluster

import (
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim/wire"
)

// zstdSince is the release that brought zstd (KIP-110), and levelsSince the one that brought levels
// (KIP-390).
var (
	zstdSince   = Release{2, 1}
	levelsSince = Release{3, 8}
)

// producerCompression are a producer's settings of compression.
var producerCompression = append([]SettingRow{
	{Name: "compression.type", Kind: Word, Default: "none", Words: wire.CodecNames[:],
		Doc: "how batches are compressed (zstd since 2.1)",
		set: func(t *target, v Value) { t.producer.Compression.Codec = codecNamed(v.Text) }},
}, compressionLevels...)

// topicCompression are a topic's (KAFKA-1499).
var topicCompression = append([]SettingRow{
	{Name: "compression.type", Kind: Word, Default: "producer", Since: Release{0, 9},
		Words: append([]string{"producer", "uncompressed"}, wire.CodecNames[1:]...),
		Doc:   "how the log keeps batches: as producers sent them, or compressed anew by the leader",
		set: func(t *target, v Value) {
			t.topic.Recompress, t.topic.Codec = v.Text != "producer", codecNamed(v.Text)
		}},
}, compressionLevels...)

// compressionLevels are the levels of codecs, of producers and of topics.
var compressionLevels = []SettingRow{
	{Name: "compression.gzip.level", Kind: Word, Default: "-1", Since: levelsSince,
		Words: []string{"-1", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		Doc:   "how hard gzip tries; -1 is zlib's own default, 6",
		set: func(t *target, v Value) {
			level, _ := strconv.Atoi(v.Text)
			t.levels[wire.Gzip] = int32(level)
		}},
	{Name: "compression.lz4.level", Kind: Count, Default: "9", Min: 1, Max: 17, Since: levelsSince,
		Doc: "how hard LZ4 tries; 9 is its fast compressor, all others are LZ4HC's",
		set: func(t *target, v Value) { t.levels[wire.LZ4] = int32(v.Int) }},
	{Name: "compression.zstd.level", Kind: Count, Default: "3", Min: -131072, Max: 22, Since: levelsSince,
		Doc: "how hard zstd tries; here in four steps: below 3, to 5, to 9, and above",
		set: func(t *target, v Value) { t.levels[wire.Zstd] = int32(v.Int) }},
}

// codecNamed is a codec by its name; the topic's words for none of them mean that too.
func codecNamed(name string) wire.Codec {
	return wire.Codec(max(slices.Index(wire.CodecNames[:], name), 0))
}

// checkCodec: a release knows its codecs.
func (p *plan) checkCodec(c wire.Codec, v Release, path string) {
	if c == wire.Zstd && v.Before(zstdSince) {
		p.wrong(path, "zstd came with Kafka %s, and this is %s", zstdSince, v)
	}
}

// compressProducer settles how a producer compresses, and what its records look like.
func (p *plan) compressProducer(c *Producer, t *target, v Release, path string) {
	cfg := &t.producer
	cfg.Compression.Level = t.levels[cfg.Compression.Codec]
	cfg.Speeds = p.Costs.Codecs
	p.checkCodec(cfg.Compression.Codec, v, path+".config.compression.type")
	p.checkCodec(cfg.Compression.Codec, p.version, path+".config.compression.type")
	if c.Payload == "" {
		return
	}
	i := slices.Index(wire.PayloadNames[:], c.Payload)
	if i < 0 {
		p.wrong(path+".payload", "%q is none of %s", c.Payload, strings.Join(wire.PayloadNames[:], ", "))
	}
	cfg.App.Payload = wire.Payload(max(i, 0))
}

// compressTopic settles how a topic's log is compressed.
func (p *plan) compressTopic(t *target, path string) {
	t.topic.Level = t.levels[t.topic.Codec]
	p.checkCodec(t.topic.Codec, p.version, path+".compression.type")
}

// checkSpeeds: codecs take time.
func (p *plan) checkSpeeds() {
	for c := wire.Gzip; c < wire.Codecs; c++ {
		for _, row := range []struct {
			name string
			mbps int64
		}{
			{"compress", p.Costs.Codecs.Pack[c]}, {"decompress", p.Costs.Codecs.Unpack[c]},
		} {
			if row.mbps < 1 || row.mbps > 1_000_000 {
				p.wrong("cluster.costs."+row.name+".mb.per.second."+c.String(),
					"%d is not between 1 and 1000000", row.mbps)
			}
		}
	}
}
