package producer

import "hash/crc32"

// murmur2 is Kafka's hash of keys (org.apache.kafka.common.utils.Utils.murmur2): MurmurHash2 with
// Kafka's seed, over little-endian blocks.
func murmur2(key string) int32 {
	const (
		seed = 0x9747b28c
		m    = 0x5bd1e995
		r    = 24
	)
	h := uint32(seed) ^ uint32(len(key))
	for ; len(key) >= 4; key = key[4:] {
		k := uint32(key[0]) | uint32(key[1])<<8 | uint32(key[2])<<16 | uint32(key[3])<<24
		k *= m
		k ^= k >> r
		k *= m
		h *= m
		h ^= k
	}
	switch len(key) {
	case 3:
		h ^= uint32(key[2]) << 16
		fallthrough
	case 2:
		h ^= uint32(key[1]) << 8
		fallthrough
	case 1:
		h ^= uint32(key[0])
		h *= m
	}
	h ^= h >> 13
	h *= m
	h ^= h >> 15
	return int32(h)
}

// keyPartition is the home of a key: it depends on how many partitions there are, available or
// not, and on nothing else (BuiltInPartitioner.partitionForKey).
func keyPartition(key string, partitions int) int16 {
	return int16(int(uint32(murmur2(key))&0x7fffffff) % partitions)
}

// keyChecksum is the home of a key as librdkafka finds it by default (rd_kafka_msg_partitioner_consistent):
// another one than Kafka's.
func keyChecksum(key string, partitions int) int16 {
	return int16(crc32.ChecksumIEEE([]byte(key)) % uint32(partitions))
}
