package client

import "example.com/ksim/sim"

// Config is what producers and consumers have in common.
type Config struct {
	Bootstrap        []sim.NodeID
	Lane             sim.Lane     // of its connections; a consumer has another for its coordinator
	RequestTimeout   sim.Duration // request.timeout.ms
	RetryBackoff     sim.Duration // retry.backoff.ms
	RetryBackoffMax  sim.Duration // retry.backoff.max.ms
	ReconnectBackoff sim.Duration // reconnect.backoff.ms
	ReconnectMax     sim.Duration // reconnect.backoff.max.ms
	MetadataMaxAge   sim.Duration // metadata.max.age.ms
	MaxInFlight      int          // max.in.flight.requests.per.connection; a consumer's is 100

	// NoTopicIDs is a client before 3.1: it tells no creation of a topic from another, and does not
	// believe in leader epochs that begin anew (KIP-516, KAFKA-12257).
	NoTopicIDs bool
}

// setupTimeout is socket.connection.setup.timeout.ms: how long a connection may take to be ready.
const setupTimeout = 10 * sim.Second

// The kinds of timers that a Network uses; NextTimer is the first that is free for its owner.
const (
	RequestTimer   uint8 = iota // key: Peer.Key and the call's number
	KeepaliveTimer              // the same, of a call that is idle
	ReconnectTimer              // key: Peer.Key
	RefreshTimer
	RefreshIdleTimer
	MetadataAgeTimer
	NextTimer
)

// Timers are the first rows of the owner's table.
var Timers = []sim.TimerKind{
	{Name: "request", Class: sim.Patience},
	{Name: "keepalive-wait", Class: sim.Idle}, // for the answer to a keep-alive
	{Name: "reconnect", Class: sim.Pace},
	{Name: "refresh", Class: sim.Pace},
	{Name: "refresh-idle", Class: sim.Idle}, // nothing is wanted yet that has to wait for it
	// A client that is wrong about a leader is told so by errors and lost connections long before;
	// one that is right learns nothing.
	{Name: "metadata-age", Class: sim.Idle},
}

// Backoff is Kafka's exponential back-off without jitter: initial * 2^(attempts-1), at most limit
// (ExponentialBackoff, KIP-580). The caller adds the jitter of ±20 %.
func Backoff(initial, limit sim.Duration, attempts int) sim.Duration {
	d := initial
	for ; attempts > 1 && d < limit; attempts-- {
		d *= 2
	}
	return min(d, limit)
}
