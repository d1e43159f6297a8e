package consumer

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// doubt looks whether a partition's leader is another one than its position was checked against. If
// so the position has to be checked again before anything is read there, unless it is not known
// which epoch it is of; what was fetched from the old leader is dropped
// (SubscriptionState.maybeValidatePosition, KIP-320).
func (c *Consumer) doubt(p *Part) {
	if p.Need != NeedNothing && p.Need != NeedValidation {
		return
	}
	now := c.Net.Meta.Part(p.At)
	if now == nil || now.Leader == wire.Nobody || now.Leader == p.Leader && now.Epoch == p.LeaderEpoch {
		return
	}
	p.Leader, p.LeaderEpoch, p.Need, p.Asked = now.Leader, now.Epoch, NeedNothing, false
	if p.OffsetEpoch != wire.NoEpoch && !c.Config.NoTruncationDetection {
		p.Need = NeedValidation
		p.discard()
	}
}

// validate asks the leader where the epoch of the last record that was read ends
// (OffsetsForLeaderEpochClient).
func (c *Consumer) validate(p *Part, out *sim.Out) {
	if !c.Net.Ready(&c.Config.Client, p.Leader, wire.MainLane, out) {
		return
	}
	p.Asked = true
	c.Net.Send(&c.Config.Client, p.Leader, wire.MainLane, client.Call{
		What: validateCall, Body: &wire.OffsetForLeaderEpochRequest{
			Partitions: []wire.OffsetForLeaderEpochPart{{
				At: p.At, CurrentEpoch: p.LeaderEpoch, LeaderEpoch: p.OffsetEpoch,
			}},
		},
	}, out)
}

// onValidated goes on reading, or goes back to where the leader's log parts from what was read
// (SubscriptionState.maybeCompleteValidation).
func (c *Consumer) onValidated(
	asked *wire.OffsetForLeaderEpochRequest, r *wire.OffsetForLeaderEpochResponse, out *sim.Out,
) {
	for i, res := range r.Partitions {
		q, p := &asked.Partitions[i], c.part(res.At)
		if p == nil || p.Need != NeedValidation || p.LeaderEpoch != q.CurrentEpoch ||
			p.OffsetEpoch != q.LeaderEpoch {
			continue // the question is another one by now
		}
		switch {
		case res.Err != wire.None:
			c.Net.Meta.Stale = true
			c.resetLater(out)
		case res.LeaderEpoch == wire.NoEpoch:
			c.loseWay(p, fmt.Sprintf("LogTruncationException: the leader knows nothing of epoch %d",
				q.LeaderEpoch), out)
		case res.EndOffset >= p.Position:
			p.Need, p.Asked = NeedNothing, false
		case c.Config.Reset == None:
			c.loseWay(p, fmt.Sprintf("LogTruncationException: the log parts from what was read at %d",
				res.EndOffset), out)
		default:
			leader := p.Leader
			c.place(p, res.EndOffset, "truncation detected, the log parts there from what was read", out)
			p.OffsetEpoch, p.Leader, p.LeaderEpoch = res.LeaderEpoch, leader, q.CurrentEpoch
		}
	}
}
