package broker

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// reconcile takes a member one step towards its target: first it gives up what it is not to have, then
// it gets what nobody has any more. It never waits for others but for the partitions they have
// (CurrentAssignmentBuilder).
func reconcile(
	g *wire.ConsumerGroup, m wire.ConsumerMember, r *wire.ConsumerGroupHeartbeatRequest,
) wire.ConsumerMember {
	switch m.State {
	case wire.Reconciled:
		if m.Epoch == g.AssignmentEpoch {
			return m
		}
		return advance(g, m, m.Epoch, r)
	case wire.UnrevokedPartitions:
		if stillHas(r, m.Revoking) {
			return m
		}
		return advance(g, m, m.Epoch+1, r)
	}
	return advance(g, m, m.Epoch, r)
}

// stillHas tells whether a member may have any of these partitions: a heartbeat that does not say what
// it has gives nothing up (ownsRevokedPartitions).
func stillHas(r *wire.ConsumerGroupHeartbeatRequest, parts []wire.Partition) bool {
	return !r.Reports || slices.ContainsFunc(parts, func(at wire.Partition) bool {
		return slices.Contains(r.Owned, at)
	})
}

// advance works out the next assignment: epoch is the member's if it has to give something up first,
// else it gets the target's (computeNextAssignment).
func advance(
	g *wire.ConsumerGroup, m wire.ConsumerMember, epoch wire.MemberEpoch, r *wire.ConsumerGroupHeartbeatRequest,
) wire.ConsumerMember {
	var keep, surplus, free []wire.Partition
	unreleased := false
	for _, at := range m.Assigned {
		if slices.Contains(m.Target, at) {
			keep = append(keep, at)
		} else {
			surplus = append(surplus, at)
		}
	}
	for _, at := range m.Target {
		switch {
		case slices.Contains(keep, at):
		case owner(g, at) == nil:
			free = append(free, at)
		default:
			unreleased = true
		}
	}
	m.Previous = m.Epoch
	if len(surplus) > 0 && stillHas(r, surplus) {
		m.State, m.Epoch, m.Assigned, m.Revoking = wire.UnrevokedPartitions, epoch, keep, surplus
		return m
	}
	m.State = wire.Reconciled
	if unreleased {
		m.State = wire.UnreleasedPartitions
	}
	m.Epoch, m.Assigned, m.Revoking = g.AssignmentEpoch, append(keep, free...), nil
	slices.SortFunc(m.Assigned, wire.Partition.Compare)
	return m
}
