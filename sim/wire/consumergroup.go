package wire

import "example.com/ksim/sim/value"

// MemberEpoch is how far a member of the consumer protocol has come: the epoch of the target that it
// has reached (KIP-848).
type MemberEpoch int32

// The member epochs that are none: how a ConsumerGroupHeartbeat joins a group, leaves it, or, of a
// static member, leaves for a while (ConsumerGroupHeartbeatRequest).
const (
	JoinEpoch        MemberEpoch = 0
	LeaveEpoch       MemberEpoch = -1
	StaticLeaveEpoch MemberEpoch = -2
)

// ConsumerGroupHeartbeatRequest is all that a member of the consumer protocol says to its
// coordinator: that it joins, is there, has given up or taken partitions, or leaves (KIP-848). The
// member makes up its id itself. What has not changed since its last heartbeat is left out.
type ConsumerGroupHeartbeatRequest struct {
	small
	Group            GroupID
	Member           MemberID
	Epoch            MemberEpoch
	Instance         string         // group.instance.id of a static member
	RebalanceTimeout value.Duration // max.poll.interval.ms; 0: left out
	Topics           []TopicID      // its subscription; nil: left out
	Assignor         string         // group.remote.assignor; "": left out, or the coordinator's choice
	Reports          bool           // Owned is not left out
	Owned            []Partition    // what it has
}

// Full tells whether nothing is left out; the answer to such a request has an assignment.
func (r *ConsumerGroupHeartbeatRequest) Full() bool {
	return r.Epoch == JoinEpoch || r.RebalanceTimeout > 0 && r.Topics != nil && r.Reports
}

// ConsumerGroupHeartbeatResponse tells a member its epoch and, if that is new to it, what it may read.
type ConsumerGroupHeartbeatResponse struct {
	small
	Err        Error
	Member     MemberID
	Epoch      MemberEpoch
	Interval   value.Duration // until the next heartbeat
	Assigns    bool           // Partitions is not left out
	Partitions []Partition
}

// TopicCount is how many partitions a topic has.
type TopicCount struct {
	Topic TopicID
	Count int16
}

// ConsumerGroup is a group of the consumer protocol as its coordinator knows it
// (modern.consumer.ConsumerGroup). It is frozen: a change makes another one, which is also what is
// written to __consumer_offsets. There it stands for the records that Kafka writes of a change, in
// one batch: ConsumerGroupMetadata, ConsumerGroupPartitionMetadata and ConsumerGroupTargetAssignmentMetadata
// of the group, and ConsumerGroupMemberMetadata, ConsumerGroupTargetAssignmentMember and
// ConsumerGroupCurrentMemberAssignment of its members.
type ConsumerGroup struct {
	ID              GroupID
	Epoch           MemberEpoch      // group epoch: one more with every change of members, subscriptions or topics
	AssignmentEpoch MemberEpoch      // the group epoch that the targets were worked out for
	Topics          []TopicCount     // what its members want to read, and how many partitions that had
	Members         []ConsumerMember // by their ids
}

// ConsumerMember is a member of a group of the consumer protocol as its coordinator knows it
// (modern.consumer.ConsumerGroupMember, and its part of the target assignment).
type ConsumerMember struct {
	ID               MemberID
	Instance         string // group.instance.id; "": a dynamic member
	RebalanceTimeout value.Duration
	Topics           []TopicID
	Assignor         string
	Epoch            MemberEpoch
	Previous         MemberEpoch // the epoch before
	State            ReconcileState
	Assigned         []Partition // what it may read
	Revoking         []Partition // what it still has and must give up first
	Target           []Partition // what it is to read in the end
}

// ReconcileState is how far a member is on its way to its target (modern.MemberState).
type ReconcileState uint8

// The states of a member.
const (
	Reconciled           ReconcileState = iota // STABLE
	UnrevokedPartitions                        // it has yet to give something up
	UnreleasedPartitions                       // others have yet to give up what it is to get
)

func (s ReconcileState) String() string {
	return [...]string{"stable", "unrevoked partitions", "unreleased partitions"}[s]
}
