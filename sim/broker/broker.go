package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// Broker is one broker process and its disks.
type Broker struct {
	Durable
	Config *Config `sim:"-"`
	Self   wire.NodeID

	Life     Lifecycle
	Quorum   QuorumClient
	Image    *metadata.Image // the metadata log as far as this broker has replayed it
	Replicas []Replica       // what it is to each of its partitions, sorted
	Fetchers []Fetcher       // one for each leader it follows
	Produces []DelayedProduce
	Fetches  []DelayedFetch `sim:"idle"` // parked: nothing to tell them now
	Alter    AlterManager
	Groups   []Group         // those it coordinates, of the classic protocol
	Modern   []ModernGroup   // those of the consumer protocol
	Offsets  []OffsetsLog    // partitions of __consumer_offsets it leads
	Ages     []OffsetAge     // of what groups have committed
	Commits  []DelayedAppend // answers that wait for a record of __consumer_offsets
	TxnLogs  []TxnLog        // partitions of __transaction_state it leads
	Txns     []Txn           // the transactional.ids it coordinates, sorted
	Markers  []MarkerChannel // leaders it has asked for markers
	Loop     []Looped        // what it has sent to itself
	Guards   []Guard         // of producers that it has asked their coordinators about

	Unverified []Unverified // produce requests that wait for their transactions' coordinators

	ProducerIDs int64 // handed out since it was started
}

// Durable is what survives the end of the process; Log.Flushed tells what survives a power loss.
type Durable struct {
	Logs       []Log // sorted by partition
	Starts     int32 // how often the process has been started: its incarnation
	CleanEpoch int64 // broker epoch in the clean-shutdown file; NoOffset: no such file
}

// New is a broker with empty disks.
func New(self wire.NodeID, c *Config) *Broker {
	return &Broker{
		Durable: Durable{CleanEpoch: wire.NoOffset}, Config: c, Self: self, Image: &metadata.Image{},
	}
}

// Step is the node's door.
func (b *Broker) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Start:
		b.start(out)
	case sim.Receive:
		if in.Conn.Server == b.Self {
			b.serve(in.Conn, in.Body, out)
		} else {
			b.answered(in.Conn, in.Body, out)
		}
	case sim.Timeout:
		b.timeout(in.Timer, out)
	case sim.Hangup:
		b.hangup(in.Conn, out)
	case sim.Command:
		if in.Text == "stop" {
			b.stop(out)
		} else {
			b.order(in.Text, out)
		}
	}
}

// serve handles a request. A broker that has not caught up with the metadata does not listen yet
// (BrokerServer.startup).
func (b *Broker) serve(c sim.Conn, body wire.Body, out *sim.Out) {
	if b.Life.State < Recovery {
		out.Refuse(c)
		return
	}
	switch r := body.(type) {
	case *wire.ApiVersionsRequest:
		out.Reply(c, &wire.ApiVersionsResponse{})
	case *wire.MetadataRequest:
		out.Reply(c, b.describe(r))
	case *wire.ProduceRequest:
		b.onProduce(c, r, out)
	case *wire.InitProducerIdRequest:
		b.onInitProducerId(c, r, out)
	case *wire.FetchRequest:
		b.onFetch(c, r, out)
	case *wire.ListOffsetsRequest:
		out.Reply(c, b.listOffsets(r))
	case *wire.OffsetForLeaderEpochRequest:
		out.Reply(c, b.endsOfEpochs(r))
	case *wire.FindCoordinatorRequest:
		out.Reply(c, b.findCoordinator(r))
	case *wire.JoinGroupRequest:
		b.onJoin(c, r, out)
	case *wire.SyncGroupRequest:
		b.onSync(c, r, out)
	case *wire.HeartbeatRequest:
		b.onMemberHeartbeat(c, r, out)
	case *wire.LeaveGroupRequest:
		b.onLeave(c, r, out)
	case *wire.ConsumerGroupHeartbeatRequest:
		b.onConsumerHeartbeat(c, r, out)
	case *wire.OffsetCommitRequest:
		b.onOffsetCommit(c, r, out)
	case *wire.TxnOffsetCommitRequest:
		b.onTxnOffsetCommit(c, r, out)
	case *wire.OffsetFetchRequest:
		b.onOffsetFetch(c, r, out)
	default:
		b.serveTxn(c, body, out)
	}
}

// serveTxn handles what only transactions need.
func (b *Broker) serveTxn(c sim.Conn, body wire.Body, out *sim.Out) {
	switch r := body.(type) {
	case *wire.AddPartitionsToTxnRequest:
		b.onAddPartitionsToTxn(c, r, out)
	case *wire.AddOffsetsToTxnRequest:
		b.onAddOffsetsToTxn(c, r, out)
	case *wire.EndTxnRequest:
		b.onEndTxn(c, r, out)
	case *wire.WriteTxnMarkersRequest:
		b.onWriteTxnMarkers(c, r, out)
	default:
		panic("broker: not for a broker: " + body.API())
	}
}

// answered handles a response to one of the broker's own requests.
func (b *Broker) answered(c sim.Conn, body wire.Body, out *sim.Out) {
	switch r := body.(type) {
	case *wire.BrokerRegistrationResponse:
		b.onRegistered(r, out)
	case *wire.BrokerHeartbeatResponse:
		b.onHeartbeat(r, out)
	case *wire.QuorumFetchResponse:
		b.onMetadata(c.Server, r, out)
	case *wire.FetchResponse:
		b.onFetched(c.Server, r, out)
	case *wire.ListOffsetsResponse:
		b.onSought(c.Server, r, out)
	case *wire.AlterPartitionResponse:
		b.onAltered(r, out)
	case *wire.WriteTxnMarkersResponse:
		b.onMarkersWritten(c.Server, r, out)
	case *wire.AddPartitionsToTxnResponse:
		b.onVerified(c.Server, r, out)
	default:
		panic("broker: not for a broker: " + body.API())
	}
}

func (b *Broker) timeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case heartbeatTimer, keepaliveTimer:
		b.communicate(t.Kind == keepaliveTimer, out)
	case lifecycleTimer, keepaliveWaitTimer:
		out.Close(b.Life.Asked, wire.LifecycleLane)
		b.lifecycleFailed(out)
	case shutdownTimer:
		b.finish(out)
	case quorumTimer:
		out.Close(b.Quorum.Asked, wire.QuorumLane)
		b.quorumLost(out)
	case quorumRetryTimer:
		b.pollMetadata(out)
	case isrTimer, isrIdleTimer:
		b.checkISRs(out)
	case lagTimer: // that it rang is all there is to it, but that the next check matters now
		if idle := (sim.Timer{Kind: isrIdleTimer}); out.Armed(idle) {
			out.MoveTimer(idle, sim.Timer{Kind: isrTimer})
		}
	case candidateTimer: // likewise
	case fetchWaitTimer:
		b.expireFetch(t.Key, out)
	case backoffTimer:
		b.endBackoff(t.Key, out)
	case replicaTimer:
		out.Close(wire.NodeID(t.Key), wire.FetcherLane)
		b.fetcherLost(wire.NodeID(t.Key), out)
	case produceTimer:
		b.expireProduce(t.Key, out)
	case alterTimer:
		out.Close(b.Alter.Asked, wire.AlterLane)
		b.alterLost(out)
	case alterRetryTimer:
		b.Alter.Waiting = false
		b.sendAlter(out)
	case offsetAgeTimer:
		b.offsetGrewOld(t.Key)
	case offsetCheckTimer:
		b.checkOffsets(t.Key, out)
	case loadTimer:
		b.loaded(keyPartition(t.Key), out)
	default:
		b.logTimeout(t, out)
	}
}

// logTimeout is about the logs and what they know.
func (b *Broker) logTimeout(t sim.Timer, out *sim.Out) {
	switch t.Kind {
	case checkpointTimer:
		b.checkpoint(out)
	case writebackTimer:
		b.writeBack(t.Key, out)
	case producerTimer:
		b.forgetProducer(t.Key, out)
	case ageTimer:
		b.grewOld(t.Key)
	case rollTimer:
		b.grewFull(t.Key)
	case retentionTimer:
		b.retain(out)
	case cleanerTimer:
		b.compact(out)
	case horizonTimer:
		b.passHorizon(t.Key)
	default:
		b.groupTimeout(t, out)
	}
}

func (b *Broker) hangup(c sim.Conn, out *sim.Out) {
	if c.Server == b.Self {
		b.forgetFetch(c, out)
		return
	}
	switch asked := c.Server; { // a controller that is not asked any more may go
	case c.Lane == wire.LifecycleLane && asked == b.Life.Asked:
		b.lifecycleFailed(out)
	case c.Lane == wire.QuorumLane && asked == b.Quorum.Asked:
		b.quorumLost(out)
	case c.Lane == wire.FetcherLane:
		b.fetcherLost(asked, out)
	case c.Lane == wire.AlterLane && asked == b.Alter.Asked:
		b.alterLost(out)
	case c.Lane == wire.MarkerLane:
		b.markersLost(asked, out)
	case c.Lane == wire.TxnLane:
		b.verifierLost(asked, out)
	}
}

// log is the broker's log of a partition, nil if it has none.
func (b *Broker) log(at wire.Partition) *Log {
	for i := range b.Logs {
		if b.Logs[i].At == at {
			return &b.Logs[i]
		}
	}
	return nil
}

// replica is what the broker is to a partition, nil if nothing.
func (b *Broker) replica(at wire.Partition) *Replica {
	for i := range b.Replicas {
		if b.Replicas[i].At == at {
			return &b.Replicas[i]
		}
	}
	return nil
}

// partitionKey is a timer key for a partition; with a follower it is that follower's of it.
func partitionKey(at wire.Partition, follower wire.NodeID) int32 {
	return int32(at.Topic)<<24 | int32(at.Index)<<8 | int32(follower)
}

func keyPartition(key int32) wire.Partition {
	return wire.Partition{Topic: wire.TopicID(key >> 24), Index: int16(key >> 8)}
}
