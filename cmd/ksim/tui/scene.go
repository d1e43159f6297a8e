package tui

import (
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/timeline"
	"example.com/ksim/sim/wire"
	"example.com/ksim/sim/zookeeper"
)

// scene is what there is to know of one moment. It is made once a moment; panes only read it.
type scene struct {
	moment *timeline.Moment
	line   int // the length of the line that the moment is on
	world  *sim.World
	names  *cluster.Names
	ledger *cluster.Ledger
	image  *metadata.Image // what the controllers have committed

	controllers []*controller.Controller
	zookeeper   *zookeeper.Server // nil if nobody keeps offsets there
	producers   []*producer.Producer
	consumers   []*consumer.Consumer
	writers     []*outbox.Writer
	relays      []*outbox.Relay
	databases   []*database.Database
	partitions  []partition // of the applications' topics
	internal    []partition
	groups      []group
	txns        []txn
	effects     [][]applied // of consumers, by account
	flights     []sim.Flight
	dropped     []sim.Flight // by this step: they never arrive
	inFlight    []packet     // as they are to be shown
	arriving    []packet     // the same before this step, if one of them has arrived
	news        news
	choices     []choice // what may happen next, the clock's choice first

	fates    []cluster.Fate
	tally    [cluster.Classes]int
	verdicts []cluster.Verdict
	books    []cluster.Accounts                      // what sinks hold, by group
	copies   []copies                                // of each of the fates
	risky    int                                     // the first of them that is in danger, -1 if none is
	concern  wire.MessageID                          // whom to look at first; zero if all is well
	gone     map[wire.MessageID]wire.PartitionOffset // acked and lost: the place that was promised
	axis     axis
}

// partition is a partition and its replicas.
type partition struct {
	at       wire.Partition
	state    *metadata.Partition
	topic    *metadata.Topic
	leader   wire.NodeID // who leads, runs and knows it; Nobody if there is none
	replicas []replica   // in the order of their assignment
	first    int64       // the first offset that any of them has
	end      int64       // the offset after the last one
	spans    []txnSpan   // the transactions in it
}

// replica is what one broker is to a partition.
type replica struct {
	id     wire.NodeID
	broker *broker.Broker
	role   *broker.Replica // nil while the broker has not heard of it
	log    *broker.Log     // nil if there is none
}

func newScene(p *player) *scene {
	w := p.World()
	s := &scene{moment: p.here(), line: p.Tree.Len(), world: w, names: p.Names,
		ledger: cluster.LedgerOf(w)}
	survey := cluster.SurveyOf(w)
	s.image = survey.Image
	s.fates, s.verdicts, s.books = survey.Fates(), survey.Verdicts(), survey.Sinks()
	s.tally = cluster.Tally(s.fates)
	s.copies = make([]copies, len(s.fates))
	s.readNodes()
	for _, state := range s.image.Partitions {
		s.readPartition(survey, state)
	}
	s.findConcern()
	s.readGroups()
	s.readTxns()
	s.readSinks()
	s.gone = p.promised(s.fates)
	s.readFlights(p)
	s.choices = p.choose(s)
	s.news = s.latest(p)
	s.axis = p.newAxis()
	return s
}

func (s *scene) readNodes() {
	for i := range s.world.Nodes() {
		id := wire.NodeID(i + 1)
		switch n := s.world.Node(id).(type) {
		case *controller.Controller:
			s.controllers = append(s.controllers, n)
		case *zookeeper.Server:
			s.zookeeper = n
		case *outbox.Writer:
			s.writers = append(s.writers, n)
		case *outbox.Relay:
			s.relays = append(s.relays, n)
		case *database.Database:
			s.databases = append(s.databases, n)
		}
		if p, ok := cluster.ProducerOf(s.world, id); ok {
			s.producers = append(s.producers, p)
		}
		if c, ok := cluster.ConsumerOf(s.world, id); ok {
			s.consumers = append(s.consumers, c)
		}
	}
}

func (s *scene) readPartition(survey *cluster.Survey, state *metadata.Partition) {
	p := partition{at: state.At, state: state, topic: s.image.Topic(state.At.Topic),
		leader: survey.LeaderOf(state.At), first: -1}
	for _, id := range state.Replicas {
		r := s.readReplica(id, state.At)
		if r.log != nil {
			if p.first < 0 || r.log.Start < p.first {
				p.first = r.log.Start
			}
			p.end = max(p.end, r.log.End())
		}
		p.replicas = append(p.replicas, r)
	}
	p.first = max(p.first, 0)
	if cluster.Internal(s.names.Topic(state.At.Topic)) {
		s.internal = append(s.internal, p)
		return
	}
	s.partitions = append(s.partitions, p)
	s.readCopies(&p)
}

// minISR is how large the ISR must be for acks=all; 0 once the topic is gone.
func (p *partition) minISR() int {
	if p.topic == nil {
		return 0
	}
	return p.replicas[0].broker.Config.MinISR(p.state, p.topic)
}

func (s *scene) readReplica(id wire.NodeID, at wire.Partition) replica {
	b := s.world.Node(id).(*broker.Broker)
	r := replica{id: id, broker: b}
	if i := slices.IndexFunc(b.Replicas, func(r broker.Replica) bool { return r.At == at }); i >= 0 {
		r.role = &b.Replicas[i]
	}
	if i := slices.IndexFunc(b.Logs, func(l broker.Log) bool { return l.At == at }); i >= 0 {
		r.log = &b.Logs[i]
	}
	return r
}

// longest is how many offsets the longest partition has.
func (s *scene) longest() int {
	n := int64(0)
	for i := range s.partitions {
		n = max(n, s.partitions[i].end-s.partitions[i].first)
	}
	return int(n)
}

// fresh tells whether the moment told of something about a node and a place.
func (s *scene) fresh(node wire.NodeID, at wire.Partition, offset int64, kinds ...wire.NoteKind) bool {
	for i := range s.moment.Notes {
		n := &s.moment.Notes[i]
		if n.Node != node || n.At != at || !slices.Contains(kinds, n.Kind) {
			continue
		}
		if from, to := n.Span(); offset == wire.NoOffset || from <= offset && offset < to {
			return true
		}
	}
	return false
}

// timer is how long a node's timer still runs; false if it is not armed.
func (s *scene) timer(id wire.NodeID, name string, key int32) (sim.Duration, bool) {
	for _, w := range s.world.Waits(id) {
		if strings.TrimPrefix(w.Name, producers) == name && w.Key == key {
			return w.Left, true
		}
	}
	return 0, false
}
