package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
)

// stride is one step, with the worlds before and after it.
type stride struct {
	before, after *sim.World
	names         *Names
	h             *sim.Happened
}

// isrChanges counts the ISRs that a leader had asked for and takes over from the controller's answer: with a follower
// more, or with one less. If it has heard of it by its metadata before, it does not count
// (Partition.submitAlterPartition).
func (s *stride) isrChanges(expands bool) []Metric {
	answer, ok := s.h.Body.(*wire.AlterPartitionResponse)
	if !ok {
		return nil
	}
	n, id := 0, s.h.Event.Receiver()
	before, after := s.before.Node(id).(*broker.Broker), s.after.Node(id).(*broker.Broker)
	for i := range answer.Partitions {
		a := &answer.Partitions[i]
		was, is := replicaOf(before, a.At), replicaOf(after, a.At)
		taken := a.Err == wire.None && was != nil && is != nil && was.Wish != 0 && was.Wish != is.Wish
		n += when(taken && (was.Wish.Len() > was.ISR.Len()) == expands)
	}
	return some("", n)
}

// refusals counts the errors in the answers that a step has sent, by request and error.
func (s *stride) refusals() []Metric {
	if packets, _ := s.after.Left(s.h.Step); packets == 0 {
		return nil
	}
	var out []Metric
	for _, f := range s.after.Flights() {
		if int(f.Origin) != s.h.Step || f.Body == nil || f.From != f.Conn.Server {
			continue
		}
		for _, err := range wire.Refusals(f.Body) {
			out = append(out, Metric{Label: f.Body.API() + " " + err.String(), Value: 1})
		}
	}
	return Sum(out)
}

// failures counts the records that producers gave up (Sender.failBatch), and those whose send() threw
// (KafkaProducer.doSend).
func (s *stride) failures() []Metric {
	var out []Metric
	for i := range s.h.Notes {
		switch n := &s.h.Notes[i]; n.Kind {
		case wire.Failed, wire.Unknown, wire.Unheard:
			out = append(out, Metric{Label: s.names.Node(n.Node), Value: 1})
		}
	}
	return Sum(out)
}
