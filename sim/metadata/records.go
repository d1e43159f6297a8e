package metadata

import (
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// Topic creates a topic with its settings. A later one of the same creation says that it has more
// partitions.
type Topic struct {
	ID         wire.TopicID
	Name       string
	Creation   wire.Creation
	Partitions int16 // how many it has; of an internal topic only those in use exist as replicas
	Config     TopicConfig
}

// RemoveTopic deletes a topic and its partitions.
type RemoveTopic struct {
	ID wire.TopicID
}

// TopicConfig are the settings of a topic that the model knows, after the cluster's defaults.
type TopicConfig struct {
	MinISR          int8  // min.insync.replicas
	Unclean         bool  // unclean.leader.election.enable
	FlushMessages   int64 // flush.messages: fsync after that many records
	MaxMessageBytes int32 // max.message.bytes
	SegmentBytes    int64 // segment.bytes; 0: no limit

	SegmentAge     value.Duration // segment.ms; 0: no limit
	Retention      value.Duration // retention.ms; 0: for ever
	RetentionBytes int64          // retention.bytes, if Limited
	Limited        bool

	Compact         bool           // cleanup.policy is compact
	MinDirty        int16          // min.cleanable.dirty.ratio, in thousandths
	DeleteRetention value.Duration // delete.retention.ms; 0: for ever

	Recompress bool       // compression.type is not producer
	Codec      wire.Codec // compression.type, if it is not producer
	Level      int32      // of the codec
}

// Partition is the full state of a partition after a change (Kafka's PartitionRecord, and its
// PartitionChangeRecord, which carries only what changed).
type Partition struct {
	At             wire.Partition
	Replicas       []wire.NodeID // in assignment order: the first is the preferred leader
	ISR            wire.NodeSet
	ELR            wire.NodeSet // eligible leader replicas (KIP-966)
	LastKnownELR   wire.NodeSet // the last known leader, once ISR and ELR are empty
	Leader         wire.NodeID  // Nobody: no leader
	LeaderEpoch    int32
	PartitionEpoch int32
}

// EffectiveMinISR is min.insync.replicas, but never more than there are replicas
// (ReplicationControlManager.getTopicEffectiveMinIsr; KAFKA-15583, 3.7+).
func (p *Partition) EffectiveMinISR(t *Topic) int {
	return min(int(t.Config.MinISR), len(p.Replicas))
}

// Holds tells whether a broker is a replica of the partition.
func (p *Partition) Holds(id wire.NodeID) bool {
	for _, r := range p.Replicas {
		if r == id {
			return true
		}
	}
	return false
}

// RegisterBroker registers a broker, fenced.
type RegisterBroker struct {
	Broker      wire.NodeID
	Incarnation int32
}

// ChangeBroker sets what a registered broker may do (Kafka's BrokerRegistrationChangeRecord).
type ChangeBroker struct {
	Broker       wire.NodeID
	Fenced       bool
	ShuttingDown bool
}

// LeaderChange opens a controller's epoch (KIP-595's control record).
type LeaderChange struct {
	Leader wire.NodeID
}
