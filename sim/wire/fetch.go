package wire

import "example.com/ksim/sim/value"

// FetchRequest asks for records: a consumer up to the high watermark, a follower up to the log
// end. A follower that asks for offset N thereby says that it has everything below N.
type FetchRequest struct {
	Replica     NodeID // the asking broker; Nobody: a consumer
	BrokerEpoch int64  // of the asking broker (KIP-903)
	MaxWait     value.Duration
	MinBytes    int32
	MaxBytes    int32
	Isolation   Isolation
	Partitions  []FetchPart
}

// FetchPart is what is asked of one partition.
type FetchPart struct {
	At           Partition
	CurrentEpoch int32 // the leader epoch the asker believes in; NoEpoch: not checked
	Offset       int64
	LastEpoch    int32 // epoch of the asker's last record (KIP-595); NoEpoch: none
	LogStart     int64
	MaxBytes     int32
	Creation     Creation // of the topic that the asker means (v13, 3.1+)
}

// EpochEnd says where an epoch ends in a leader's log. Epoch NoEpoch means there is nothing to say.
type EpochEnd struct {
	Epoch int32
	End   int64
}

// FetchResponse answers a FetchRequest.
type FetchResponse struct {
	Partitions []FetchResult
}

// FetchResult is one partition's answer. HighWatermark is the one from before this fetch was
// counted (Partition.fetchRecords takes its snapshot first).
type FetchResult struct {
	At            Partition
	Err           Error
	HighWatermark int64
	LastStable    int64        // last stable offset; NoOffset for a follower
	Aborted       []AbortedTxn // with read_committed: those that overlap what is answered
	LogStart      int64
	Diverging     EpochEnd
	Leader        NodeID // the current leader, if the broker knows a newer one (KIP-951)
	Epoch         int32
	Batches       []*Batch
}

// Size is the header's and the partitions'.
func (r *FetchRequest) Size() int { return headBytes + 32*len(r.Partitions) }

// Size counts the batches.
func (r *FetchResponse) Size() int {
	n := headBytes
	for i := range r.Partitions {
		n += 32 + batchBytes(r.Partitions[i].Batches)
	}
	return n
}

// ListOffsetsRequest asks for the earliest or latest offset a consumer could read, or of a log.
type ListOffsetsRequest struct {
	small
	Replica    NodeID // the asking broker; Nobody: a consumer
	Isolation  Isolation
	Earliest   bool
	Partitions []ListOffsetsPart
}

// ListOffsetsPart names a partition and the leader epoch the asker believes in.
type ListOffsetsPart struct {
	At           Partition
	CurrentEpoch int32
}

// ListOffsetsResponse answers a ListOffsetsRequest.
type ListOffsetsResponse struct {
	small
	Partitions []ListOffsetsResult
}

// ListOffsetsResult is one partition's answer.
type ListOffsetsResult struct {
	At     Partition
	Err    Error
	Offset int64
}

// OffsetForLeaderEpochRequest asks where leader epochs end, so that a consumer can tell whether what
// it has read is still there (KIP-320).
type OffsetForLeaderEpochRequest struct {
	small
	Partitions []OffsetForLeaderEpochPart
}

// OffsetForLeaderEpochPart asks for the end of one epoch.
type OffsetForLeaderEpochPart struct {
	At           Partition
	CurrentEpoch int32 // the leader epoch the asker believes in
	LeaderEpoch  int32 // whose end it wants to know
}

// OffsetForLeaderEpochResponse answers it.
type OffsetForLeaderEpochResponse struct {
	small
	Partitions []OffsetForLeaderEpochResult
}

// OffsetForLeaderEpochResult is one partition's answer: the largest epoch at or below the one asked
// for, and where it ends; NoEpoch and NoOffset if the leader does not know.
type OffsetForLeaderEpochResult struct {
	At          Partition
	Err         Error
	LeaderEpoch int32
	EndOffset   int64
}
