package converse

import (
	"fmt"

	"example.com/ksim/sim/wire"
)

// Transaction writes what is known of a transactional.id: its state, producer id and epoch, partitions, and
// which ids were before and come after: tx1:ONGOING~7/0+orders-0.
func (r *Room) Transaction(t *wire.Transaction) string {
	s := fmt.Sprintf("%s:%s~%d/%d", t.Name, t.State, t.ID, t.Epoch)
	for _, at := range t.Partitions {
		s += "+" + r.partition(at)
	}
	if t.PreviousID != wire.NoProducerID {
		s += fmt.Sprintf("<%d", t.PreviousID)
	}
	if t.NextID != wire.NoProducerID {
		s += fmt.Sprintf(">%d", t.NextID)
	}
	return s
}
