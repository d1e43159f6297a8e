package wire

// BrokerRegistrationRequest announces a broker process to the active controller.
type BrokerRegistrationRequest struct {
	small
	Broker        NodeID
	Incarnation   int32 // stands for the incarnation UUID: differs for every start of the process
	PreviousEpoch int64 // broker epoch in the clean-shutdown file; NoOffset: there was no file
}

// BrokerRegistrationResponse gives the broker its epoch.
type BrokerRegistrationResponse struct {
	small
	Err    Error
	Epoch  int64
	Leader NodeID // the active controller, with NOT_CONTROLLER
}

// BrokerHeartbeatRequest keeps a broker's session and asks for state changes.
type BrokerHeartbeatRequest struct {
	small
	Broker         NodeID
	Epoch          int64
	MetadataOffset int64 // the broker has replayed the metadata log up to here
	WantFence      bool
	WantShutDown   bool
}

// BrokerHeartbeatResponse answers it.
type BrokerHeartbeatResponse struct {
	small
	Err            Error
	CaughtUp       bool
	Fenced         bool
	ShouldShutDown bool
	Leader         NodeID // the active controller, with NOT_CONTROLLER
}

// AlterPartitionRequest is a leader's wish for another ISR (KIP-497).
type AlterPartitionRequest struct {
	small
	Broker      NodeID
	BrokerEpoch int64
	Partitions  []AlterPart
}

// AlterPart is the wish for one partition.
type AlterPart struct {
	At             Partition
	LeaderEpoch    int32
	PartitionEpoch int32
	ISR            NodeSet
	ISREpochs      []int64 // broker epoch of each member, in NodeSet order (KIP-903)
}

// AlterPartitionResponse answers it once the change is committed in the metadata log.
type AlterPartitionResponse struct {
	small
	Err        Error
	Leader     NodeID // the active controller, with NOT_CONTROLLER
	Partitions []AlterResult
}

// AlterResult is one partition's outcome.
type AlterResult struct {
	At             Partition
	Err            Error
	Leader         NodeID
	LeaderEpoch    int32
	PartitionEpoch int32
	ISR            NodeSet
}

// QuorumFetchRequest is Fetch on the metadata log: brokers read what is committed, controllers
// everything, and a controller's offset says what it has (KIP-595).
type QuorumFetchRequest struct {
	small
	Replica   NodeID
	Voter     bool
	Epoch     int32
	Offset    int64
	LastEpoch int32
}

// QuorumFetchResponse carries metadata records.
type QuorumFetchResponse struct {
	Err           Error
	Epoch         int32
	Leader        NodeID
	HighWatermark int64
	Diverging     EpochEnd
	Records       []MetadataEntry
}

// MetadataEntry is one record of the metadata log with the controller epoch that wrote it.
type MetadataEntry struct {
	Epoch  int32
	Record Entry
}

// Size counts the records.
func (r *QuorumFetchResponse) Size() int { return headBytes + 40*len(r.Records) }

// VoteRequest asks a controller for its vote.
type VoteRequest struct {
	small
	Epoch     int32
	Candidate NodeID
	LastEpoch int32
	End       int64
}

// VoteResponse answers it.
type VoteResponse struct {
	small
	Epoch   int32
	Granted bool
}

// BeginQuorumEpochRequest tells a controller who has won.
type BeginQuorumEpochRequest struct {
	small
	Epoch  int32
	Leader NodeID
}

// BeginQuorumEpochResponse answers it.
type BeginQuorumEpochResponse struct {
	small
	Epoch int32
}
