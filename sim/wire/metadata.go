package wire

// ApiVersionsRequest is the first request of a client's connection: until it is answered the
// client does not count the broker as ready.
type ApiVersionsRequest struct{ small }

// ApiVersionsResponse answers it.
type ApiVersionsResponse struct{ small }

// MetadataRequest asks any broker who leads the partitions of some topics, or of all that there are.
type MetadataRequest struct {
	small
	Topics []TopicID
	All    bool
}

// MetadataResponse is what that broker has heard from the controller so far. A topic that it does not
// know (UNKNOWN_TOPIC_OR_PARTITION) has no partitions in it.
type MetadataResponse struct {
	small
	Brokers    NodeSet // those that are not fenced
	Partitions []PartitionMetadata
}

// PartitionMetadata tells the leader of a partition; Nobody comes with LEADER_NOT_AVAILABLE.
type PartitionMetadata struct {
	At     Partition
	Err    Error
	Leader NodeID
	Epoch  int32

	Creation Creation // of the topic
}

// Has tells whether a partition is in it.
func (r *MetadataResponse) Has(at Partition) bool {
	for i := range r.Partitions {
		if r.Partitions[i].At == at {
			return true
		}
	}
	return false
}
