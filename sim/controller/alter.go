package controller

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// onAlterPartition grants or refuses the ISRs a leader wishes for
// (ReplicationControlManager.alterPartition).
func (k *Controller) onAlterPartition(c sim.Conn, r *wire.AlterPartitionRequest, out *sim.Out) {
	answer := &wire.AlterPartitionResponse{}
	if !k.active() {
		out.Reply(c, refuse(answer, k.Leader))
		return
	}
	if b := k.Image.Broker(r.Broker); b == nil || b.Epoch != r.BrokerEpoch {
		answer.Err = wire.StaleBrokerEpoch
		out.Reply(c, answer)
		return
	}
	var records []wire.Entry
	for i := range r.Partitions {
		result, record := k.alter(r.Broker, &r.Partitions[i], out)
		answer.Partitions = append(answer.Partitions, result)
		if record != nil {
			records = append(records, record)
		}
	}
	k.append(out, records...)
	k.answer(c, answer, out)
}

func (k *Controller) alter(
	from wire.NodeID, a *wire.AlterPart, out *sim.Out,
) (wire.AlterResult, wire.Entry) {
	p := k.Image.Partition(a.At)
	if err := k.validate(from, a, p); err != wire.None {
		return wire.AlterResult{At: a.At, Err: err}, nil
	}
	next, unclean := change{
		Partition: p, topic: k.Image.Topic(a.At.Topic), isr: a.ISR, elr: k.Config.ELR,
		acceptable: k.Image.Active,
	}.build()
	result := wire.AlterResult{At: a.At}
	if next == nil {
		next = p
	} else {
		k.tellChange(p, next, unclean, out)
	}
	result.Leader, result.LeaderEpoch = next.Leader, next.LeaderEpoch
	result.PartitionEpoch, result.ISR = next.PartitionEpoch, next.ISR
	if next == p {
		return result, nil
	}
	return result, next
}

// validate refuses wishes of the past, of others than the leader, and for brokers that may not
// be in an ISR.
func (k *Controller) validate(from wire.NodeID, a *wire.AlterPart, p *metadata.Partition) wire.Error {
	switch {
	case p == nil:
		return wire.UnknownTopicOrPartition
	case a.LeaderEpoch > p.LeaderEpoch, a.PartitionEpoch > p.PartitionEpoch:
		return wire.NotController // the asker knows more: this is not the active one any more
	case a.LeaderEpoch < p.LeaderEpoch:
		return wire.FencedLeaderEpoch
	case from != p.Leader:
		return wire.InvalidRequest
	case a.PartitionEpoch < p.PartitionEpoch:
		return wire.InvalidUpdateVersion
	case !a.ISR.Has(p.Leader):
		return wire.InvalidRequest
	}
	i := 0
	for id := range a.ISR.All() {
		if !p.Holds(id) {
			return wire.InvalidRequest
		}
		b := k.Image.Broker(id)
		if b == nil || !b.Active() || a.ISREpochs[i] != wire.NoOffset && a.ISREpochs[i] != b.Epoch {
			return wire.IneligibleReplica
		}
		i++
	}
	return wire.None
}
