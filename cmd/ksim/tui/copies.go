package tui

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// copies are where a message is.
type copies struct {
	at      wire.Partition
	held    wire.NodeSet // who has it, running or not
	flushed wire.NodeSet // who has it on disk: a power loss leaves it there
	attempt int16        // in a transaction: which send() of it the last copy is; else 0
	txn     outcome      // what has become of that transaction
}

func (s *scene) readCopies(p *partition) {
	for i := range p.replicas {
		r := &p.replicas[i]
		if r.log == nil {
			continue
		}
		for offset, record := range r.log.Records() {
			k := s.index(record.Message)
			if k < 0 {
				continue
			}
			c := &s.copies[k]
			c.at, c.held = p.at, c.held.With(r.id)
			if offset < r.log.Flushed {
				c.flushed = c.flushed.With(r.id)
			}
		}
	}
}

// heirs are who may lead a partition next: whoever is in the ISR or the ELR, and if the topic allows
// unclean elections, every replica (PartitionChangeBuilder).
func (s *scene) heirs(at wire.Partition) wire.NodeSet {
	p := s.image.Partition(at)
	if p == nil {
		return 0
	}
	heirs := p.ISR | p.ELR | p.LastKnownELR
	if s.image.Topic(at.Topic).Config.Unclean {
		heirs |= wire.Nodes(p.Replicas...)
	}
	return heirs
}

// risk says what threatens a promise that is still kept: the application was told that the message
// is written, and one more blow can undo it. A crash leaves the log as it is, so it can lose the
// message only if somebody is elected who never had it; a power loss takes what was not flushed. In a
// transaction nothing is promised before that is committed.
// Empty: no single blow does it.
func (s *scene) risk(i int) string {
	f, c := &s.fates[i], &s.copies[i]
	txn, told := s.ledger.Txn(f.Message)
	if f.Row.Acked == 0 || f.Row.Expired > 0 || f.Has(cluster.Superseded) || f.Harmed() || txn > 0 && told != cluster.TxnCommitted {
		return ""
	}
	running, heirs := s.running(c.held), s.heirs(c.at)
	safe := running & heirs
	switch {
	case running == 0:
		return "on no broker that runs"
	case safe == 0:
		return "on none that may lead"
	case safe.Len() > 1:
		return ""
	case heirs&^c.held != 0:
		return "one crash from being lost"
	case safe&^c.flushed != 0:
		return "one power loss from being lost"
	}
	return ""
}

// running are those of some brokers that run.
func (s *scene) running(ids wire.NodeSet) wire.NodeSet {
	var out wire.NodeSet
	for id := range ids.All() {
		if s.world.Health(id) == sim.Up {
			out = out.With(id)
		}
	}
	return out
}
