package controller

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
)

// Config is what a controller is started with.
type Config struct {
	Voters          []sim.NodeID // all controllers, this one too
	SessionTimeout  sim.Duration // broker.session.timeout.ms
	FetchTimeout    sim.Duration // controller.quorum.fetch.timeout.ms
	ElectionTimeout sim.Duration // controller.quorum.election.timeout.ms
	FetchMaxWait    sim.Duration // how long a fetch of the metadata log is parked
	ELR             bool         // feature eligible.leader.replicas.version >= 1
	Topics          []Topic      // what "create" makes
	Settings        Settings     // of topics
}

// Settings are the settings of topics by their names.
type Settings interface {
	// Altered are a topic's settings with one of them, "name=value", altered.
	Altered(c metadata.TopicConfig, setting string) metadata.TopicConfig
}

// Topic is a topic to be created.
type Topic struct {
	metadata.Topic
	Partitions []metadata.Partition // At and Replicas
}

// The kinds of timers, in the order of the table.
const (
	sessionTimer uint8 = iota // key: the broker
	electionTimer
	fetchWaitTimer // key: see fetchWait
	retryTimer
	checkQuorumTimer
)

// retryBackoff is controller.quorum.retry.backoff.ms.
const retryBackoff = 20 * sim.Millisecond

var timers = []sim.TimerKind{
	{Name: "session", Class: sim.Patience},
	{Name: "election", Class: sim.Patience},
	// A parked fetch that expires brings no records: it only shows that the leader lives.
	{Name: "fetch-wait", Class: sim.Idle},
	{Name: "retry", Class: sim.Pace},
	{Name: "check-quorum", Class: sim.Patience},
}

// Timers is the table of a controller's timers.
func (*Controller) Timers() []sim.TimerKind { return timers }
