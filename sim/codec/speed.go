package codec

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Speeds say how fast the codecs are, in megabytes (10^6 bytes) of records before compression a
// second. 0: it takes no time.
type Speeds struct {
	Pack, Unpack [wire.Codecs]int64
}

// DefaultSpeeds are those of the README of facebook/zstd: one core of an i7-9700K, the Silesia
// corpus, zlib and zstd on level 1. Other levels, data and machines have others.
var DefaultSpeeds = Speeds{
	Pack:   [wire.Codecs]int64{wire.Gzip: 95, wire.Snappy: 530, wire.LZ4: 700, wire.Zstd: 510},
	Unpack: [wire.Codecs]int64{wire.Gzip: 400, wire.Snappy: 1660, wire.LZ4: 4000, wire.Zstd: 1580},
}

// Packing is what compressing so many bytes takes.
func (s *Speeds) Packing(c wire.Codec, bytes int64) value.Duration { return took(bytes, s.Pack[c]) }

// Unpacking is what it takes to have so many bytes back.
func (s *Speeds) Unpacking(c wire.Codec, bytes int64) value.Duration { return took(bytes, s.Unpack[c]) }

func took(bytes, megabytesPerSecond int64) value.Duration {
	if megabytesPerSecond == 0 {
		return 0
	}
	return value.Duration(bytes*1000/megabytesPerSecond) * value.Nanosecond
}
