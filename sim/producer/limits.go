package producer

import (
	"fmt"

	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// upperBound is the most that a batch of one record can take, as send() estimates it before it knows
// what compression leaves (AbstractRecords.estimateSizeInBytesUpperBound).
func upperBound(r *wire.Record) int32 { return batchOverhead + codec.UpperBound(r) }

// exceeded is the setting that keeps a record out, none if it may come in, and how large the record may be
// (KafkaProducer.ensureValidRecordSize).
func (c *Config) exceeded(r *wire.Record) (setting string, size int32) {
	size = upperBound(r)
	switch {
	case size > c.MaxRequestSize:
		return fmt.Sprintf("max.request.size=%d", c.MaxRequestSize), size
	case size > c.BufferMemory:
		return fmt.Sprintf("buffer.memory=%d", c.BufferMemory), size
	}
	return "", size
}

// Refuses tells whether a record of the application is too large for send(): records differ by their
// keys only.
func (c *Config) Refuses() bool {
	for n := range max(len(c.App.Keys), 1) {
		r := c.App.Record(int32(n) + 1)
		if setting, _ := c.exceeded(&r); setting != "" {
			return true
		}
	}
	return false
}
