package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/wire"
)

// Survey is where every copy of every message is, at one moment, seen from above.
type Survey struct {
	world    *sim.World
	ledger   *Ledger
	Image    *metadata.Image             // what is committed in the metadata log, whoever has heard of it
	messages []sighting                  // by client, then by message
	outputs  [MaxGroups]wire.TopicID     // what it copies to, if it does
	copies   [MaxGroups][]sighting       // what it has made of each message, if it copies
	starts   []int                       // where each client's messages begin
	reads    [MaxGroups][]wire.TopicID   // that its members subscribe to
	assigned [MaxGroups][]wire.Partition // that its members were assigned
}

// sighting is where one message was seen, or a copy of it.
type sighting struct {
	onLeader  int // copies in the log of the partition's leader, but not those in transactions that were aborted
	readable  int // of these, below its high watermark, and committed
	aborted   int // copies in the log of the partition's leader whose transaction was aborted
	anywhere  bool
	flying    bool                 // in a batch of a running producer, or in a packet
	reordered bool                 // in the log of the partition's leader
	first     wire.PartitionOffset // the first copy on a leader
	late      *overtaking          // in what a group has applied
	change    change               // the business change that it says was made
	waits     bool                 // it is a row of an outbox, not marked as sent
}

// SurveyOf looks at a world from above.
func SurveyOf(w *sim.World) *Survey {
	s := &Survey{world: w, ledger: LedgerOf(w), Image: CommittedImage(w)}
	total := 0
	for i := range s.ledger.Accounts {
		s.starts = append(s.starts, total)
		total += s.ledger.Accounts[i].Rows.Len()
	}
	s.messages = make([]sighting, total)
	s.readGroups()
	for id := range ids(w) {
		if b, ok := w.Node(id).(*broker.Broker); ok {
			for i := range b.Logs {
				s.readLog(id, b, &b.Logs[i])
			}
		}
		switch n := w.Node(id).(type) {
		case *database.Database:
			s.readTables(n)
		case *outbox.Writer:
			s.readWriter(n)
		}
		if p := producerOf(w.Node(id)); p != nil {
			for i := range p.Batches {
				s.fly(p.Batches[i].Records)
			}
		}
	}
	s.readFlights()
	s.readKeys()
	return s
}

// LeaderOf is the broker that leads a partition in its present epoch, runs and knows it; Nobody if
// there is none.
func (s *Survey) LeaderOf(at wire.Partition) wire.NodeID {
	p := s.Image.Partition(at)
	if p == nil || p.Leader == wire.Nobody || s.world.Health(p.Leader) != sim.Up {
		return wire.Nobody
	}
	b := s.world.Node(p.Leader).(*broker.Broker)
	for i := range b.Replicas {
		if r := &b.Replicas[i]; r.At == at && r.Role == broker.Leads && r.LeaderEpoch == p.LeaderEpoch {
			return p.Leader
		}
	}
	return wire.Nobody
}

func (s *Survey) at(m wire.MessageID) *sighting {
	if i := s.index(m); i >= 0 {
		return &s.messages[i]
	}
	return nil
}

// index is the place of a message among all; -1: it was never sent.
func (s *Survey) index(m wire.MessageID) int {
	client := int(m.Producer - s.ledger.First)
	if m.Producer < s.ledger.First || int(m.N) > s.ledger.Accounts[client].Rows.Len() {
		return -1
	}
	return s.starts[client] + int(m.N) - 1
}

func (s *Survey) readLog(id wire.NodeID, b *broker.Broker, l *broker.Log) {
	leads := s.LeaderOf(l.At) == id
	hw := int64(0)
	if leads {
		for i := range b.Replicas {
			if b.Replicas[i].At == l.At {
				hw = b.Replicas[i].HW
			}
		}
	}
	last := map[wire.NodeID]int32{} // the latest message seen, by producer; looked up, never ranged
	for _, b := range l.Batches.All() {
		what := l.Outcome(b)
		for offset, r := range b.All() {
			g, m := s.of(r), r.Message
			if g == nil || offset < l.Start {
				continue
			}
			g.anywhere = true
			if leads {
				g.see(wire.PartitionOffset{At: l.At, Offset: offset}, what, offset < hw, m.N < last[m.Producer])
			}
			if leads && what != broker.Discarded {
				last[m.Producer] = max(last[m.Producer], m.N)
			}
		}
	}
}

// see takes in a copy in the log of its partition's leader.
func (g *sighting) see(at wire.PartitionOffset, what broker.Outcome, below, late bool) {
	if what == broker.Discarded {
		g.aborted++
		return
	}
	if g.onLeader == 0 {
		g.first, g.reordered = at, late
	}
	g.onLeader++
	if below && what == broker.Counts {
		g.readable++
	}
}

func (s *Survey) fly(records []wire.Record) {
	for i := range records {
		if g := s.of(&records[i]); g != nil {
			g.flying = true
		}
	}
}

func (s *Survey) readFlights() {
	for _, f := range s.world.Flights() {
		switch b := f.Body.(type) {
		case *wire.TransactRequest:
			s.begun(b.Statements)
		case *wire.ProduceRequest:
			for i := range b.Partitions {
				s.fly(b.Partitions[i].Batch.Records)
			}
		case *wire.FetchResponse:
			for i := range b.Partitions {
				for _, batch := range b.Partitions[i].Batches {
					s.fly(batch.Records)
				}
			}
		}
	}
}
