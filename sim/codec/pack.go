package codec

import "example.com/ksim/sim/wire"

// Pack is a batch with its records compressed in another way: by a producer, or by a broker whose
// topic wants them otherwise. The model counts records that are not compressed without the few
// bytes of their lengths (wire.NewBatch).
func Pack(b *wire.Batch, to wire.Compression) *wire.Batch {
	if to.Codec == wire.Uncompressed {
		plain := wire.NewBatch(b.Records).Raw
		return b.Packed(to.Codec, plain, plain)
	}
	section := Section(b.Records, b.Payload)
	return b.Packed(to.Codec, int32(len(section)), int32(len(Compress(to, section))))
}
