package cluster

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/wire"
)

// gauges is a world as its metrics show it.
type gauges struct {
	world  *sim.World
	survey *Survey
	led    []leadership
}

// leadership is a partition by the word of a broker that runs and believes to lead it.
type leadership struct {
	*broker.Replica
	log      *broker.Log
	replicas int
	minISR   int
}

// answers tells whether a process can be asked for its metrics.
func (g *gauges) answers(id wire.NodeID) bool {
	return g.world.Health(id) == sim.Up && !g.world.Paused(id)
}

// lead finds what is led.
func (g *gauges) lead() {
	for id := range ids(g.world) {
		b, ok := g.world.Node(id).(*broker.Broker)
		if !ok || !g.answers(id) {
			continue
		}
		for i := range b.Replicas {
			r := &b.Replicas[i]
			state, log := b.Image.Partition(r.At), logOf(b, r.At)
			if r.Role != broker.Leads || state == nil || log == nil {
				continue
			}
			g.led = append(g.led, leadership{Replica: r, log: log, replicas: len(state.Replicas),
				minISR: b.Config.MinISR(state, b.Image.Topic(r.At.Topic))})
		}
	}
}

// offline counts the partitions that the controllers have given no leader.
func (g *gauges) offline() int {
	n := 0
	for _, p := range g.survey.Image.Partitions {
		n += when(p.Leader == wire.Nobody)
	}
	return n
}

// controllers counts those that believe to be the active one.
func (g *gauges) controllers() int {
	n := 0
	for id := range ids(g.world) {
		k, ok := g.world.Node(id).(*controller.Controller)
		n += when(ok && g.answers(id) && k.Role == controller.Leader)
	}
	return n
}

// leader is a partition by the word of who leads it in its present epoch; nil if nobody does.
func (g *gauges) leader(at wire.Partition) *leadership {
	id := g.survey.LeaderOf(at)
	for i := range g.led {
		if l := &g.led[i]; l.At == at && l.LeaderEpoch == g.survey.Image.Partition(at).LeaderEpoch && id != wire.Nobody {
			return l
		}
	}
	return nil
}

// recordsLag is how far each consumer is behind what it may read.
func (g *gauges) recordsLag() []Metric {
	var out []Metric
	names := NamesOf(g.world)
	for id := range ids(g.world) {
		c, ok := ConsumerOf(g.world, id)
		if !ok || !g.answers(id) {
			continue
		}
		for i := range c.Parts {
			p := &c.Parts[i]
			l := g.leader(p.At)
			if l == nil || p.Position == wire.NoOffset {
				continue
			}
			end := l.HW
			if c.Config.Isolation == wire.ReadCommitted {
				end = l.log.LastStable(l.HW)
			}
			out = append(out, Metric{Label: names.Node(id) + " " + names.Partition(p.At), Value: end - p.Position})
		}
	}
	return out
}

// groupLag is how far what each group has committed is behind the high watermark.
func (g *gauges) groupLag() []Metric {
	var out []Metric
	for i, name := range g.survey.ledger.Groups {
		for _, topic := range g.survey.reads[i] {
			for _, p := range g.survey.Image.Partitions {
				l := g.leader(p.At)
				committed := Committed(g.world, name, p.At)
				if p.At.Topic != topic || l == nil || committed == wire.NoOffset {
					continue
				}
				out = append(out, Metric{Label: fmt.Sprintf("%s %s", name, NamesOf(g.world).Partition(p.At)),
					Value: max(0, l.HW-committed)})
			}
		}
	}
	return out
}

// openTransactions counts those that are begun and not decided.
func (g *gauges) openTransactions() int {
	n := 0
	for id := range ids(g.world) {
		b, ok := g.world.Node(id).(*broker.Broker)
		if !ok || !g.answers(id) {
			continue
		}
		for i := range b.Txns {
			n += when(b.Txns[i].Now.State == wire.TxnOngoing)
		}
	}
	return n
}

// stableLag is how far the last stable offset of the partitions is behind their high watermark.
func (g *gauges) stableLag() []Metric {
	var out []Metric
	names := NamesOf(g.world)
	for i := range g.led {
		l := &g.led[i]
		if lag := l.HW - l.log.LastStable(l.HW); lag > 0 || !Internal(names.Topic(l.At.Topic)) {
			out = append(out, Metric{Label: names.Partition(l.At), Value: lag})
		}
	}
	return Sum(out)
}
