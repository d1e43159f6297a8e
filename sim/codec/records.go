package codec

import (
	"encoding/binary"

	"example.com/ksim/sim/wire"
)

// Section is the records section of a batch before compression: what follows the 61 bytes of its
// header (DefaultRecord.writeTo, without headers).
func Section(records []wire.Record, kind wire.Payload) []byte {
	var section []byte
	for i := range records {
		section = appendRecord(section, kind, records, i)
	}
	return section
}

// Bytes is how many of them a record takes that comes after others (DefaultRecord.sizeInBytes).
func Bytes(before []wire.Record, r *wire.Record) int32 {
	first := r
	if len(before) > 0 {
		first = &before[0]
	}
	body := bodySize(first, r, len(before))
	return int32(varintSize(int64(body)) + body)
}

// appendRecord appends one record. All varints are zigzag, as ByteUtils.writeVarint has them.
func appendRecord(to []byte, kind wire.Payload, records []wire.Record, i int) []byte {
	r := &records[i]
	to = binary.AppendVarint(to, int64(bodySize(&records[0], r, i)))
	to = append(to, 0) // attributes
	to = binary.AppendVarint(to, sinceFirst(&records[0], r))
	to = binary.AppendVarint(to, int64(i))
	if r.Keyed {
		to = binary.AppendVarint(to, int64(len(r.Key)))
		to = append(to, r.Key...)
	} else {
		to = binary.AppendVarint(to, -1)
	}
	size := valueSize(r)
	to = binary.AppendVarint(to, int64(size))
	to = appendValue(to, kind, r, size)
	return binary.AppendVarint(to, 0) // no headers
}

// maxOverhead is DefaultRecord.MAX_RECORD_OVERHEAD: the attributes and three varints at their longest.
const maxOverhead = 21

// UpperBound is the most that a record can take, wherever in a batch it stands
// (DefaultRecord.recordSizeUpperBound).
func UpperBound(r *wire.Record) int32 { return int32(maxOverhead + contentSize(r)) }

// bodySize is the size of the i-th record of a batch, without its length.
func bodySize(first, r *wire.Record, i int) int {
	return 1 + varintSize(sinceFirst(first, r)) + varintSize(int64(i)) + contentSize(r)
}

// contentSize is the size of key and value with their lengths, and of no headers (DefaultRecord.sizeOf).
func contentSize(r *wire.Record) int {
	key := int64(-1)
	if r.Keyed {
		key = int64(len(r.Key))
	}
	size := valueSize(r)
	return varintSize(key) + len(r.Key) + varintSize(int64(size)) + size + 1
}

// sinceFirst is the timestamp of a record after that of the first, in milliseconds. Records of the
// model have no timestamps; their bytes have one that moves by 1 ms with each message.
func sinceFirst(first, r *wire.Record) int64 {
	return int64(r.Message.N - first.Message.N)
}

// valueSize is what the key leaves of a record's size.
func valueSize(r *wire.Record) int { return max(int(r.Bytes)-len(r.Key), 0) }

func varintSize(n int64) int {
	zigzag, size := uint64(n<<1^n>>63), 1
	for ; zigzag >= 0x80; zigzag >>= 7 {
		size++
	}
	return size
}
