package codec

import (
	"bytes"
	"encoding/binary"

	"github.com/golang/snappy"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"example.com/ksim/sim/wire"
)

// Compress is a records section as Kafka writes it with a codec, framing included.
func Compress(c wire.Compression, section []byte) []byte {
	switch c.Codec {
	case wire.Gzip:
		return compressGzip(int(c.Level), section)
	case wire.Snappy:
		return compressSnappy(section)
	case wire.LZ4:
		return compressLZ4(int(c.Level), section)
	case wire.Zstd:
		return compressZstd(int(c.Level), section)
	}
	return section
}

// likeZlib is the library's level that comes closest to zlib's default, 6. Its own 6 does not even
// try to compress a single record of 100 bytes.
const likeZlib = 7

func compressGzip(level int, section []byte) []byte {
	if level == -1 || level == 6 {
		level = likeZlib
	}
	var to bytes.Buffer
	w := must(gzip.NewWriterLevel(&to, level))
	must(w.Write(section))
	check(w.Close())
	return to.Bytes()
}

// xerialBlock is the block of SnappyOutputStream.
const xerialBlock = 32 << 10

// xerialHead is SnappyOutputStream's header: a magic number, version 1, readable by version 1.
const xerialHead = "\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01"

// compressSnappy frames as snappy-java does: a header, then blocks with their sizes before them.
func compressSnappy(section []byte) []byte {
	to := []byte(xerialHead)
	for len(section) > 0 {
		n := min(len(section), xerialBlock)
		block := snappy.Encode(nil, section[:n])
		to = append(binary.BigEndian.AppendUint32(to, uint32(len(block))), block...)
		section = section[n:]
	}
	return to
}

const (
	lz4Block = 64 << 10
	// lz4Head is the frame's header: a magic number, FLG (version 1, independent blocks), BD
	// (blocks of 64 KB), and the checksum of these two.
	lz4Head     = "\x04\x22\x4d\x18\x60\x40\x82"
	lz4Raw      = 1 << 31 // marks a block that is not compressed
	lz4Fast     = 9       // Kafka's default level is the fast compressor, all others are LZ4HC's
	lz4MaxDepth = 16
)

// compressLZ4 frames as Lz4BlockOutputStream does.
func compressLZ4(level int, section []byte) []byte {
	to := []byte(lz4Head)
	buffer := make([]byte, lz4.CompressBlockBound(min(len(section), lz4Block)))
	for len(section) > 0 {
		from := section[:min(len(section), lz4Block)]
		section = section[len(from):]
		n := compressLZ4Block(level, from, buffer)
		if n == 0 || n >= len(from) {
			to = binary.LittleEndian.AppendUint32(to, uint32(len(from))|lz4Raw)
			to = append(to, from...)
			continue
		}
		to = append(binary.LittleEndian.AppendUint32(to, uint32(n)), buffer[:n]...)
	}
	return append(to, 0, 0, 0, 0)
}

// compressLZ4Block is LZ4_compress_fast on the default level; on the others it searches as deep as
// LZ4HC does: 2^(level-1) candidates.
func compressLZ4Block(level int, from, to []byte) int {
	if level == lz4Fast {
		var c lz4.CompressorCCompat
		return must(c.CompressBlock(from, to))
	}
	c := lz4.CompressorHC{Level: 1 << min(level-1, lz4MaxDepth)}
	return must(c.CompressBlock(from, to))
}

// zstdWindow is enough for a batch: blocks of zstd are no longer, and a larger one only costs time.
const zstdWindow = 1 << 20

// compressZstd has four levels for Kafka's many.
func compressZstd(level int, section []byte) []byte {
	w := must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(level)),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstdWindow), zstd.WithLowerEncoderMem(true),
		zstd.WithEncoderCRC(false), zstd.WithAllLitEntropyCompression(true)))
	defer func() { check(w.Close()) }()
	return w.EncodeAll(section, nil)
}

// must: writing to memory with levels that were checked does not fail.
func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic("codec: " + err.Error())
	}
}
