package controller

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// onRegister registers a new broker process, fenced, after taking the old one out of every ISR
// (ClusterControlManager.registerBroker). While the old process's session lasts it is refused.
func (k *Controller) onRegister(c sim.Conn, r *wire.BrokerRegistrationRequest, out *sim.Out) {
	answer := &wire.BrokerRegistrationResponse{}
	if !k.active() {
		out.Reply(c, refuse(answer, k.Leader))
		return
	}
	old := k.Image.Broker(r.Broker)
	if old != nil && old.Incarnation == r.Incarnation { // it did not hear the first answer
		answer.Epoch = old.Epoch
		k.answer(c, answer, out)
		return
	}
	if old != nil && !old.Fenced {
		answer.Err = wire.DuplicateBrokerRegistered
		out.Reply(c, answer)
		return
	}
	if old != nil {
		clean := r.PreviousEpoch == old.Epoch
		k.append(out, k.cleanUp(r.Broker, clean, out)...)
	}
	answer.Epoch = k.end()
	k.append(out, &metadata.RegisterBroker{Broker: r.Broker, Incarnation: r.Incarnation})
	out.Tell(wire.Note{Kind: wire.Registered, Node: r.Broker, Peer: k.Self, Offset: answer.Epoch})
	k.answer(c, answer, out)
}

// cleanUp takes a broker that comes back out of ISRs. With ELR on, one that did not shut down
// cleanly may have lost its tail and leaves the ELR too (KIP-966).
func (k *Controller) cleanUp(b wire.NodeID, clean bool, out *sim.Out) []wire.Entry {
	if k.Config.ELR && !clean {
		return k.updatePartitions(update{unclean: b}, out)
	}
	return k.updatePartitions(update{remove: b}, out)
}

// onHeartbeat renews a broker's session and grants the state it asks for
// (BrokerHeartbeatManager.calculateNextBrokerState).
func (k *Controller) onHeartbeat(c sim.Conn, r *wire.BrokerHeartbeatRequest, out *sim.Out) {
	answer := &wire.BrokerHeartbeatResponse{}
	if !k.active() {
		out.Reply(c, refuse(answer, k.Leader))
		return
	}
	b := k.Image.Broker(r.Broker)
	if b == nil || b.Epoch != r.Epoch {
		answer.Err = wire.StaleBrokerEpoch
		out.Reply(c, answer)
		return
	}
	before := k.end()
	fenced, shutDown := k.grant(b, r, out)
	if !fenced {
		k.touch(r.Broker, r.MetadataOffset, out)
	}
	answer.CaughtUp = r.MetadataOffset >= b.Epoch
	answer.Fenced, answer.ShouldShutDown = fenced, shutDown
	if k.end() == before && !fenced && !r.WantShutDown {
		out.ReplyIdle(c, answer)
		return
	}
	k.answer(c, answer, out)
}

// grant changes the broker's state as its heartbeat asks; it tells whether the broker is fenced
// afterwards and whether it may exit.
func (k *Controller) grant(
	b *metadata.Broker, r *wire.BrokerHeartbeatRequest, out *sim.Out,
) (fenced, shutDown bool) {
	switch {
	case b.Fenced && r.WantShutDown:
		return true, true
	case b.Fenced && !r.WantFence && r.MetadataOffset >= b.Epoch:
		k.unfence(b.ID, out)
		return false, false
	case b.Fenced:
		return true, false
	case r.WantShutDown && !k.leads(b.ID) && !b.ShuttingDown:
		k.fence(b.ID, "it shuts down", out)
		return true, true
	case r.WantShutDown && !b.ShuttingDown:
		k.beginShutdown(b.ID, out)
		return false, false
	case b.ShuttingDown && !k.leads(b.ID) && k.session(b.ID).ShutdownOffset <= k.lowestActive():
		k.fence(b.ID, "it shuts down", out)
		return true, true
	}
	return false, false
}

func (k *Controller) unfence(id wire.NodeID, out *sim.Out) {
	out.Tell(wire.Note{Kind: wire.WasUnfenced, Node: id, Peer: k.Self})
	k.append(out, append([]wire.Entry{&metadata.ChangeBroker{Broker: id}},
		k.updatePartitions(update{add: id}, out)...)...)
}

func (k *Controller) fence(id wire.NodeID, why string, out *sim.Out) {
	k.drop(id, out)
	out.Tell(wire.Note{Kind: wire.WasFenced, Node: id, Peer: k.Self, Text: why})
	k.append(out, append(k.updatePartitions(update{remove: id}, out),
		&metadata.ChangeBroker{Broker: id, Fenced: true})...)
}

// beginShutdown moves leaderships away from a broker that wants to stop and bars it from ISRs.
func (k *Controller) beginShutdown(id wire.NodeID, out *sim.Out) {
	out.Tell(wire.Note{Kind: wire.ShuttingDown, Node: id, Peer: k.Self,
		Text: "its partitions are led by others first"})
	k.append(out, append([]wire.Entry{&metadata.ChangeBroker{Broker: id, ShuttingDown: true}},
		k.updatePartitions(update{remove: id}, out)...)...)
	k.touch(id, 0, out)
	k.session(id).ShutdownOffset = k.end()
}

// expire fences a broker that was silent for too long.
func (k *Controller) expire(id wire.NodeID, out *sim.Out) {
	k.fence(id, "no heartbeat for broker.session.timeout.ms", out)
}

// touch renews a broker's session.
func (k *Controller) touch(id wire.NodeID, offset int64, out *sim.Out) {
	s := k.session(id)
	if s == nil {
		k.Brokers = append(k.Brokers, Session{Broker: id})
		s = &k.Brokers[len(k.Brokers)-1]
	}
	s.MetadataOffset = max(s.MetadataOffset, offset)
	out.Await(sim.Timer{Kind: sessionTimer, Key: int32(id)}, k.Config.SessionTimeout, id)
}

// drop ends a broker's session.
func (k *Controller) drop(id wire.NodeID, out *sim.Out) {
	out.StopTimer(sim.Timer{Kind: sessionTimer, Key: int32(id)})
	for i := range k.Brokers {
		if k.Brokers[i].Broker == id {
			k.Brokers = append(k.Brokers[:i], k.Brokers[i+1:]...)
			return
		}
	}
}

func (k *Controller) session(id wire.NodeID) *Session {
	for i := range k.Brokers {
		if k.Brokers[i].Broker == id {
			return &k.Brokers[i]
		}
	}
	return nil
}

// leads tells whether a broker leads any partition.
func (k *Controller) leads(id wire.NodeID) bool {
	for _, p := range k.Image.Partitions {
		if p.Leader == id {
			return true
		}
	}
	return false
}

// lowestActive is how far the slowest broker that stays has replayed the metadata log.
func (k *Controller) lowestActive() int64 {
	lowest := k.end()
	for i := range k.Brokers {
		s := &k.Brokers[i]
		if k.Image.Active(s.Broker) {
			lowest = min(lowest, s.MetadataOffset)
		}
	}
	return lowest
}
