package wire

import "example.com/ksim/sim/value"

// Body is a request or a response. It is frozen once sent.
type Body interface {
	value.Summer
	// Size is roughly how many bytes it takes on the wire.
	Size() int
	// API is Kafka's name for it, "Produce" for the request and the response alike.
	API() string
}

// headBytes is a round figure for a request's or response's header and fixed fields.
const headBytes = 80

// small gives a body without records its size.
type small struct{}

func (small) Size() int { return headBytes }

func batchBytes(batches []*Batch) int {
	n := 0
	for _, b := range batches {
		n += int(b.Bytes)
	}
	return n
}
