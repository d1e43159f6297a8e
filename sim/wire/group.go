package wire

import "example.com/ksim/sim/value"

// GroupID is group.id.
type GroupID string

// MemberID stands for the member id a coordinator hands out (client id and a random UUID). Birth
// makes it differ from every earlier one of the same client.
type MemberID struct {
	Client NodeID
	Birth  int32
}

// NoMember is the empty member id of a first JoinGroup.
var NoMember = MemberID{}

// NoGeneration is the generation of a consumer that is in no group.
const NoGeneration int32 = -1

// FindCoordinatorRequest asks any broker for the coordinator of a group.
type FindCoordinatorRequest struct {
	small
	Group GroupID
}

// FindCoordinatorResponse names the leader of the group's partition of __consumer_offsets.
type FindCoordinatorResponse struct {
	small
	Err  Error
	Node NodeID
}

// JoinGroupRequest enters a group or its next generation.
type JoinGroupRequest struct {
	small
	Group            GroupID
	Member           MemberID
	Client           NodeID // client.id
	Birth            int32  // what makes a new member id unique, see MemberID
	SessionTimeout   value.Duration
	RebalanceTimeout value.Duration // max.poll.interval.ms
	Protocols        []string       // assignors, best first
	Topics           []TopicID
}

// JoinGroupResponse comes when the join phase is over. Members is filled for the leader only.
type JoinGroupResponse struct {
	small
	Err        Error
	Generation int32
	Protocol   string
	Leader     MemberID
	Member     MemberID
	Members    []Subscription
}

// Subscription is what one member wants to read.
type Subscription struct {
	Member MemberID
	Topics []TopicID
}

// Assignment is what one member is to read.
type Assignment struct {
	Member     MemberID
	Partitions []Partition
}

// SyncGroupRequest hands in the leader's assignment, or asks for one's own.
type SyncGroupRequest struct {
	small
	Group       GroupID
	Generation  int32
	Member      MemberID
	Assignments []Assignment // the leader's; empty from others
}

// SyncGroupResponse tells a member its partitions.
type SyncGroupResponse struct {
	small
	Err        Error
	Partitions []Partition
}

// HeartbeatRequest keeps a member alive.
type HeartbeatRequest struct {
	small
	Group      GroupID
	Generation int32
	Member     MemberID
}

// HeartbeatResponse answers it.
type HeartbeatResponse struct {
	small
	Err Error
}

// LeaveGroupRequest takes a member out of its group.
type LeaveGroupRequest struct {
	small
	Group  GroupID
	Member MemberID
}

// LeaveGroupResponse answers it.
type LeaveGroupResponse struct {
	small
	Err Error
}

// PartitionOffset is a position in a partition.
type PartitionOffset struct {
	At     Partition
	Offset int64
	// OffsetEpoch is the leader epoch of the last record before it (FetchPosition.offsetEpoch, KIP-320);
	// NoEpoch: unknown.
	OffsetEpoch int32
}

// OffsetCommitRequest stores positions; whatever comes is stored, the last write wins.
type OffsetCommitRequest struct {
	small
	Group      GroupID
	Generation int32
	Member     MemberID
	Offsets    []PartitionOffset
}

// OffsetCommitResponse answers it when the record of it is below the high watermark.
type OffsetCommitResponse struct {
	small
	Err Error
}

// OffsetFetchRequest asks for committed positions.
type OffsetFetchRequest struct {
	small
	Group      GroupID
	Member     MemberID    // NoMember: not of the consumer protocol
	Epoch      MemberEpoch // of the member
	Partitions []Partition
}

// OffsetFetchResponse gives them; NoOffset means there is none.
type OffsetFetchResponse struct {
	small
	Err     Error
	Offsets []PartitionOffset
}

// CommittedOffset is the record of __consumer_offsets that holds a group's position.
type CommittedOffset struct {
	Group       GroupID
	At          Partition
	Offset      int64
	OffsetEpoch int32 // see PartitionOffset
}

// GroupSnapshot is the record of __consumer_offsets that holds a group's generation and members.
type GroupSnapshot struct {
	Group      GroupID
	Generation int32
	Protocol   string
	Leader     MemberID
	Members    []MemberSnapshot
}

// MemberSnapshot is one member in a GroupSnapshot.
type MemberSnapshot struct {
	Member           MemberID
	SessionTimeout   value.Duration
	RebalanceTimeout value.Duration
	Protocols        []string
	Topics           []TopicID
	Partitions       []Partition
}
