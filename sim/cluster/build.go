package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/database"
	"example.com/ksim/sim/wire"
	"example.com/ksim/sim/zookeeper"
)

type clientConfig = client.Config

// Build makes the world of a configuration: a cluster that has formed, with its topics created
// and every replica in sync, and clients that are about to start. If the configuration is wrong
// the error is Problems, all of them; the world is then only good for reading names and acts
// against it, and nil if there is not even that.
func Build(c Config) (*sim.World, error) {
	if problems := tooLarge(&c); len(problems) > 0 {
		return nil, problems
	}
	p := newPlan(c)
	if problems := p.resolve(); len(problems) > 0 {
		return p.draft(), problems
	}
	return p.form()
}

// draft is a world of nodes that have never run.
func (p *plan) draft() *sim.World {
	if len(p.roster.Names) > wire.MaxNodes || len(p.voters) == 0 {
		return nil
	}
	starts := make([]sim.Time, len(p.roster.Names)-1)
	return sim.New(&p.roster, p.nodes(), starts, p.ledger())
}

// plan is a configuration on its way to a world.
type plan struct {
	Config
	roster   sim.Roster
	brokers  []sim.NodeID
	voters   []sim.NodeID
	keeper   sim.NodeID // ZooKeeper, if some consumer keeps its offsets there
	dbs      []sim.NodeID
	first    sim.NodeID // the first client
	version  Release    // of the brokers, and of clients that name none
	base     target     // the cluster's settings
	topics   []controller.Topic
	clients  []target // producers, consumers, writers, relays
	problems Problems
}

func newPlan(c Config) *plan {
	p := &plan{Config: c}
	p.roster.Names = []string{"-"}
	for _, name := range c.Brokers {
		p.brokers = append(p.brokers, p.add(name))
	}
	for _, name := range c.Controllers {
		p.voters = append(p.voters, p.add(name))
	}
	if needsZooKeeper(&c) {
		p.keeper = p.add(zookeeperName)
	}
	for _, name := range c.Databases {
		p.dbs = append(p.dbs, p.add(name))
	}
	p.first = sim.NodeID(len(p.roster.Names))
	for i := range c.Producers {
		p.add(c.Producers[i].ID)
	}
	for i := range c.Consumers {
		p.add(c.Consumers[i].ID)
	}
	for i := range c.Writers {
		p.add(c.Writers[i].ID)
	}
	for i := range c.Relays {
		p.add(c.Relays[i].ID)
	}
	p.roster.Seats = p.seats()
	p.roster.Lanes = wire.LaneNames
	p.roster.Seed = sim.Seed(c.Seed)
	p.roster.Acts = Acts(p.first)
	return p
}

func (p *plan) add(name string) sim.NodeID {
	p.roster.Names = append(p.roster.Names, name)
	return sim.NodeID(len(p.roster.Names) - 1)
}

func (p *plan) wrong(path, format string, args ...any) {
	p.problems = append(p.problems, Problem{path, fmt.Sprintf(format, args...)})
}

// costs spreads the configured costs over the nodes.
func (p *plan) costs() sim.Costs {
	n := p.roster.Size()
	c := sim.Costs{
		LatencyPercent: p.Costs.Jitter, BitsPerSecond: p.Costs.BitsPerSecond,
		Latency: make([][]sim.Duration, n),
	}
	for i := range n {
		c.Request = append(c.Request, p.Costs.Request)
		c.Boot = append(c.Boot, p.Costs.Restart)
		c.Latency[i] = make([]sim.Duration, n)
		for j := range n {
			c.Latency[i][j] = p.Costs.BrokerLatency
			if sim.NodeID(i) >= p.first || sim.NodeID(j) >= p.first {
				c.Latency[i][j] = p.Costs.ClientLatency
			}
		}
	}
	return c
}

// nodes makes the nodes in the order of the roster.
func (p *plan) nodes() []sim.Node {
	var nodes []sim.Node
	bc := p.base.broker
	for i := range p.brokers {
		nodes = append(nodes, broker.New(p.brokers[i], &bc))
	}
	cc := p.base.controller
	cc.Topics, cc.Settings = p.topics, topicSettings{}
	for i := range p.voters {
		nodes = append(nodes, controller.New(p.voters[i], &cc))
	}
	if p.keeper != wire.Nobody {
		nodes = append(nodes, zookeeper.New(p.keeper, &zookeeper.Config{Fsync: p.Costs.Fsync}))
	}
	for _, id := range p.dbs {
		nodes = append(nodes, database.New(id, &database.Config{Fsync: p.Costs.Fsync}))
	}
	for i := range p.clients {
		t := &p.clients[i]
		nodes = append(nodes, t.make(t, p.first+sim.NodeID(i)))
	}
	return nodes
}

// formationSteps bounds the events that it may take until a cluster has formed.
const formationSteps = 200_000

// form lets brokers and controllers run until the cluster stands, and sets the clock to zero.
func (p *plan) form() (*sim.World, error) {
	p.roster.Costs = p.costs()
	starts := make([]sim.Time, len(p.roster.Names)-1)
	for i := range starts {
		if sim.NodeID(i+1) >= p.first {
			starts[i] = sim.Time(sim.Forever)
		}
	}
	w := sim.New(&p.roster, p.nodes(), starts, nil)
	r := w.Run()
	created := false
	for range formationSteps {
		look := r.Look()
		if !created && allRun(look, p.brokers) {
			created = true
			r.Command(active(look), "create")
		}
		if created && formed(look, p.topics) {
			return p.settle(r), nil
		}
		if _, ok := r.Next(); !ok {
			break
		}
	}
	return nil, Problems{{"cluster", fmt.Sprintf("it did not form within %d events: fewer brokers or partitions, or longer"+
		" intervals and waits, would let it", formationSteps)}}
}

// settle gives the clients their start and the run its ledger.
func (p *plan) settle(r *sim.Runner) *sim.World {
	now := r.Now()
	for i := range p.clients {
		r.StartAt(p.first+sim.NodeID(i), now.Add(p.clients[i].start))
	}
	r.Observe(p.ledger())
	return r.Settle()
}

// ledger is the empty ledger of the clients.
func (p *plan) ledger() *Ledger {
	groups := p.groups()
	l := NewLedger(p.first, len(p.clients), groups)
	for i := range p.Consumers {
		c, a := &p.clients[len(p.Producers)+i].consumer, &l.Accounts[len(p.Producers)+i]
		a.Group = int8(slices.Index(groups, c.Group))
		a.ByOffset = c.App.Dedupe == consumer.DedupeOffset
	}
	for i := range p.Relays {
		l.Accounts[len(p.clients)-len(p.Relays)+i].Relay = true
	}
	return l
}

func allRun(w *sim.World, brokers []sim.NodeID) bool {
	for _, id := range brokers {
		if b, ok := w.Node(id).(*broker.Broker); !ok || b.Life.State != broker.Running {
			return false
		}
	}
	return active(w) != wire.Nobody
}

// active is the active controller of the latest epoch, Nobody if there is none.
func active(w *sim.World) sim.NodeID {
	best, epoch := wire.Nobody, int32(-1)
	for id := range ids(w) {
		k, ok := w.Node(id).(*controller.Controller)
		if ok && k.Role == controller.Leader && k.Epoch > epoch && w.Health(id) == sim.Up {
			best, epoch = id, k.Epoch
		}
	}
	return best
}

// formed: every broker has heard of everything, every follower has fetched, and nothing flies.
func formed(w *sim.World, topics []controller.Topic) bool {
	if len(w.Flights()) > 0 {
		return false
	}
	k := w.Node(active(w)).(*controller.Controller)
	for id := range ids(w) {
		b, ok := w.Node(id).(*broker.Broker)
		if !ok {
			continue
		}
		if b.Image.Offset != k.Commit || b.Life.Sent != k.Commit {
			return false
		}
		if b.Loading() {
			return false
		}
		for i := range b.Replicas {
			for _, f := range b.Replicas[i].Followers {
				if f.End != 0 {
					return false
				}
			}
		}
	}
	return len(k.Image.Topics) == len(topics)
}

// groups are whom effects count for: groups, and consumers that are in none.
func (p *plan) groups() []wire.GroupID {
	var groups []wire.GroupID
	for i := range p.Consumers {
		if g := p.reads(&p.Consumers[i]); !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// inTurn are rf brokers from the i-th on.
func (p *plan) inTurn(i, rf int) []sim.NodeID {
	var out []sim.NodeID
	for k := range rf {
		out = append(out, p.brokers[(i+k)%len(p.brokers)])
	}
	return out
}
