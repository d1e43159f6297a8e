package broker

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// QuorumClient is how the broker follows the metadata log: a long poll to the active controller
// (KafkaRaftClient as an observer).
type QuorumClient struct {
	Leader wire.NodeID // the active controller, as far as it knows
	Epoch  int32
	Asked  wire.NodeID // whom the poll under way went to; Nobody: there is none
	Turn   wire.NodeID // whom it asked last
	clean  int64       // CleanEpoch as found at the start
}

// hint takes what an answer of NOT_CONTROLLER says of who is active.
func (q *QuorumClient) hint(leader wire.NodeID) { q.Leader = leader }

// pollMetadata asks for the records after those it has replayed. A controller learns nothing from
// being asked by a broker, so the question is idle.
func (b *Broker) pollMetadata(out *sim.Out) {
	q := &b.Quorum
	if q.Asked != wire.Nobody {
		return
	}
	q.Asked = q.Leader
	if q.Asked == wire.Nobody {
		i := slices.Index(b.Config.Controllers, q.Turn)
		q.Asked = b.Config.Controllers[(i+1)%len(b.Config.Controllers)]
	}
	q.Turn = q.Asked
	out.Await(sim.Timer{Kind: quorumTimer}, b.Config.QuorumTimeout, q.Asked)
	out.SendIdle(q.Asked, wire.QuorumLane, &wire.QuorumFetchRequest{
		Replica: b.Self, Epoch: q.Epoch, Offset: b.Image.Offset, LastEpoch: wire.NoEpoch,
	})
}

// onMetadata replays new records and acts on what they change.
func (b *Broker) onMetadata(from wire.NodeID, r *wire.QuorumFetchResponse, out *sim.Out) {
	q := &b.Quorum
	q.Asked = wire.Nobody
	out.StopTimer(sim.Timer{Kind: quorumTimer})
	if r.Epoch >= q.Epoch {
		q.Epoch = r.Epoch
		q.Leader = r.Leader
	}
	if r.Err != wire.None || r.Epoch < q.Epoch {
		d := retryBackoff
		if q.Leader != wire.Nobody && q.Leader != from {
			d = 0
		}
		out.SetTimer(sim.Timer{Kind: quorumRetryTimer}, d)
		return
	}
	if len(r.Records) > 0 {
		old := b.Image
		b.Image = old.Replay(r.Records)
		b.replayed(out)
		if b.Life.State >= Recovery {
			b.takeRoles(old, out)
		}
	}
	b.pollMetadata(out)
}

// replayed makes the next keep-alive a heartbeat if it has something to say now.
func (b *Broker) replayed(out *sim.Out) {
	keep := sim.Timer{Kind: keepaliveTimer}
	if out.Armed(keep) && b.hasNews() {
		out.MoveTimer(keep, sim.Timer{Kind: heartbeatTimer})
	}
}

// quorumLost takes the news that the poll will not be answered: the next one goes to another.
func (b *Broker) quorumLost(out *sim.Out) {
	q := &b.Quorum
	if q.Asked == wire.Nobody {
		return
	}
	if q.Leader == q.Asked {
		q.Leader = wire.Nobody
	}
	q.Asked = wire.Nobody
	out.StopTimer(sim.Timer{Kind: quorumTimer})
	out.SetTimer(sim.Timer{Kind: quorumRetryTimer}, retryBackoff)
}
