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

// FindCoordinatorRequest asks any broker for the coordinator of a group or, if Transaction is not empty, of
// a transactional.id.
type FindCoordinatorRequest struct {
	small
	Group       GroupID
	Transaction TransactionalID
}

// FindCoordinatorResponse names the leader of its partition of __consumer_offsets or __transaction_state.
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
	Instance         string // group.instance.id of a static member
	Client           NodeID // client.id
	Birth            int32  // what makes a new member id unique, see MemberID
	SessionTimeout   value.Duration
	RebalanceTimeout value.Duration // max.poll.interval.ms
	Protocols        []string       // assignors, best first
	Subscription     Subscription
}

// JoinGroupResponse comes when the join phase is over. Members is filled for the leader only.
type JoinGroupResponse struct {
	small
	Err        Error
	Generation int32
	Protocol   string
	Leader     MemberID
	Member     MemberID
	Skip       bool // a leader that came back deals out nothing: the old assignment holds (KIP-814)
	Members    []JoinedMember
}

// JoinedMember is a member as the leader hears of it.
type JoinedMember struct {
	Member       MemberID
	Instance     string
	Subscription Subscription
}

// Subscription is what a member wants to read, and what it says it has
// (ConsumerPartitionAssignor.Subscription). The sticky assignor has its own way to say so, user data,
// as its members have given everything up before they join. A generation below 0 is none.
type Subscription struct {
	Topics           []TopicID
	Owned            []Partition
	OwnedGeneration  int32 // KIP-792
	Sticky           []Partition
	StickyGeneration int32 // KIP-341
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
	Instance    string
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
	Instance   string
}

// HeartbeatResponse answers it.
type HeartbeatResponse struct {
	small
	Err Error
}

// LeaveGroupRequest takes a member out of its group.
type LeaveGroupRequest struct {
	small
	Group    GroupID
	Member   MemberID
	Instance string
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
	Instance   string
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
	Stable     bool        // not while a transaction may still change them (KIP-447)
	Partitions []Partition
}

// OffsetFetchResponse gives them; NoOffset means there is none.
type OffsetFetchResponse struct {
	small
	Err     Error
	Offsets []PartitionOffset
}

// CommittedOffset is the record of __consumer_offsets that holds a group's position; one with NoOffset is
// the tombstone of it.
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
	Instance         string
	Subscription     Subscription
	Partitions       []Partition
}
