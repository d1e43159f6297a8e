package wire

// Codec is a compression.type; its number is the batch attribute's (CompressionType).
type Codec uint8

// The codecs.
const (
	Uncompressed Codec = iota
	Gzip
	Snappy
	LZ4
	Zstd
	Codecs // how many there are
)

// CodecNames are CompressionType's names, by Codec.
var CodecNames = [Codecs]string{"none", "gzip", "snappy", "lz4", "zstd"}

func (c Codec) String() string { return CodecNames[c] }

// Compression is a codec with its level. Snappy has none.
type Compression struct {
	Codec Codec
	Level int32
}

// DefaultLevels are CompressionType.defaultLevel, by Codec. For gzip -1 stands for zlib's 6; for LZ4
// 9 stands for its fast compressor.
var DefaultLevels = [Codecs]int32{Gzip: -1, LZ4: 9, Zstd: 3}

// Payload is what the values of an application's records look like. Without compression it makes
// no difference to anything.
type Payload uint8

// The payloads.
const (
	JSON   Payload = iota // events of a shop
	Text                  // English words
	Random                // bytes that no codec makes smaller
	Same                  // the same event in every record
)

// PayloadNames are the payloads' names in scenario files, by Payload.
var PayloadNames = [...]string{"json", "text", "random", "same"}

func (p Payload) String() string { return PayloadNames[p] }

// Size is what its records take as they are.
func (b *Batch) Size() int32 { return b.Bytes - batchOverhead }

// Packed is the batch with its records, which take raw bytes, compressed into size.
func (b *Batch) Packed(codec Codec, raw, size int32) *Batch {
	c := *b
	c.Codec, c.Raw, c.Bytes = codec, raw, batchOverhead+size
	c.content = b.content.Add(uint64(codec)<<32 | uint64(uint32(size)))
	return &c
}
