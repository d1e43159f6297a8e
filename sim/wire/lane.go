package wire

// Lane tells apart several connections between the same two nodes: Kafka opens one for each
// component that talks, so a parked fetch does not keep a heartbeat waiting.
type Lane uint8

// The lanes, each opened by the component named.
const (
	MainLane        Lane = iota // a client's NetworkClient
	CoordinatorLane             // a consumer to its group's coordinator, or to ZooKeeper
	FetcherLane                 // a broker's ReplicaFetcherThread
	LifecycleLane               // a broker's BrokerLifecycleManager, to the controller
	AlterLane                   // a broker's AlterPartitionManager, to the controller
	QuorumLane                  // replaying and replicating the metadata log, to a controller
	VoteLane                    // a controller's elections
	TxnLane                     // a broker's AddPartitionsToTxnManager, to a transaction's coordinator
	MarkerLane                  // a transaction coordinator's TransactionMarkerChannelManager, to leaders
	ProducerLane                // the producer of a process that is a consumer, too
	DatabaseLane                // an application to its database
)

// LaneNames are what the lanes are called in events, by Lane.
var LaneNames = []string{"", "coordinator", "fetch", "lifecycle", "alter", "quorum", "vote",
	"txn", "markers", "producer", "database"}
