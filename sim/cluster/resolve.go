package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// resolve reads all settings and checks that they can be.
func (p *plan) resolve() Problems {
	p.checkNames()
	p.resolveCluster()
	for i := range p.Topics {
		p.resolveTopic(i)
	}
	for i := range p.Producers {
		p.resolveProducer(i)
	}
	for i := range p.Consumers {
		p.resolveConsumer(i)
	}
	for i := range p.Writers {
		p.resolveWriter(i)
	}
	for i := range p.Relays {
		p.resolveRelay(i)
	}
	p.settleCompaction(p.topics)
	p.settleRetention(p.topics)
	p.checkTransactions()
	if len(p.problems) == 0 {
		p.internalTopics()
	}
	return p.problems
}

// checkNames: names are what scripts and the screen say, so each must be one word and unique.
func (p *plan) checkNames() {
	if len(p.Brokers) == 0 {
		p.wrong("cluster.brokers", "a cluster needs at least one broker")
	}
	if n := len(p.Controllers); n != 1 && n != 3 {
		p.wrong("cluster.controllers", "want 1 or 3 controllers, not %d", n)
	}
	if n := len(p.roster.Names) - 1; n > wire.MaxNodes {
		p.wrong("cluster", "%d nodes are too many: at most %d", n, wire.MaxNodes)
	}
	paths := p.paths()
	for i, name := range p.roster.Names[1:] {
		switch {
		case !validName(name):
			p.wrong(paths[i], "%q can't be a name: use letters, digits, '_' and '.', and no word that means something else", name)
		case slices.Contains(p.roster.Names[1:i+1], name):
			p.wrong(paths[i], "there is more than one %q", name)
		}
	}
	for i := range p.Topics {
		name := p.Topics[i].Name
		same := slices.IndexFunc(p.Topics, func(t Topic) bool { return t.Name == name })
		switch {
		case !validTopic(name):
			p.wrong(fmt.Sprintf("cluster.topics[%d].name", i),
				"%q can't be a topic: use letters, digits, '.', '_' and '-'", name)
		case same != i:
			p.wrong(fmt.Sprintf("cluster.topics[%d].name", i), "there is more than one topic %q", name)
		}
	}
}

// paths lead to the names on the roster.
func (p *plan) paths() []string {
	var out []string
	for i := range p.Brokers {
		out = append(out, fmt.Sprintf("cluster.brokers[%d]", i))
	}
	for i := range p.Controllers {
		out = append(out, fmt.Sprintf("cluster.controllers[%d]", i))
	}
	if p.keeper != wire.Nobody {
		out = append(out, "cluster")
	}
	for _, list := range []struct {
		name string
		n    int
	}{
		{"databases", len(p.Databases)}, {"producers", len(p.Producers)}, {"consumers", len(p.Consumers)},
		{"writers", len(p.Writers)}, {"relays", len(p.Relays)},
	} {
		for i := range list.n {
			out = append(out, fmt.Sprintf("%s[%d].id", list.name, i))
		}
	}
	return out
}

// reserved are words that mean something else where nodes are named.
var reserved = []string{"before", "after", "none", "cluster", "seed"}

func validName(s string) bool {
	ok := s != "" && len(s) <= 32 && !slices.Contains(reserved, s) && !isMessage(s)
	for _, r := range s {
		ok = ok && isNameRune(r)
	}
	return ok
}

func isNameRune(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	return letter || r >= '0' && r <= '9' || r == '_' || r == '.'
}

func validTopic(s string) bool {
	return isName(s) && s != "." && s != ".." && !Internal(s)
}

// isName tells whether a text is what topics and transactional ids may be called.
func isName(s string) bool {
	ok := s != "" && len(s) <= 64
	for _, r := range s {
		ok = ok && (r == '-' || isNameRune(r))
	}
	return ok
}

func (p *plan) resolveCluster() {
	t := &p.base
	p.checkCosts()
	v := p.release(p.Version, Newest, "cluster.version")
	p.version = v
	apply(BrokerSettings, p.Settings, v, t, "cluster.config", &p.problems)
	apply(FeatureSettings, p.Features, v, t, "cluster.features", &p.problems)
	apply(BrokerSwitches, p.Switches, v, t, "cluster.switches", &p.problems)
	t.broker.Controllers, t.broker.Fsync = p.voters, p.Config.Costs.Fsync
	t.broker.Speeds = p.Config.Costs.Codecs
	p.compressTopic(t, "cluster.config")
	p.checkUnits()
	p.checkSegments(t, "cluster.config.log.segment.bytes")
	t.broker.ShutdownTimeout, t.broker.Writeback = shutdownTimeout, writebackAfter
	t.controller.Voters, t.controller.FetchMaxWait = p.voters, quorumFetchMaxWait
	t.controller.ELR = t.elr
	p.checkModernBounds()
	if t.broker.SessionTimeout <= t.broker.HeartbeatInterval {
		p.wrong(oneSet(p.Settings, "cluster.config", "broker.session.timeout.ms", "broker.heartbeat.interval.ms"),
			"broker.session.timeout.ms (%s) must be longer than broker.heartbeat.interval.ms (%s)",
			t.broker.SessionTimeout, t.broker.HeartbeatInterval)
	}
	if t.broker.QuorumTimeout <= quorumFetchMaxWait {
		p.wrong("cluster.config.controller.quorum.request.timeout.ms", "must be longer than the %s that the active controller"+
			" may keep a fetch of metadata waiting: else brokers give it up, and no cluster forms", quorumFetchMaxWait)
	}
}

// release reads a release; nothing means the one beside it.
func (p *plan) release(text string, or Release, path string) Release {
	if text == "" {
		return or
	}
	v, err := ParseRelease(text)
	if err != nil {
		p.wrong(path, "%v", err)
	}
	return v
}

// checkCosts: times that a cluster can form with.
func (p *plan) checkCosts() {
	c := &p.Costs
	for _, row := range []struct {
		name        string
		value, most sim.Duration
	}{
		{"client.latency", c.ClientLatency, sim.Second}, {"broker.latency", c.BrokerLatency, sim.Second / 10},
		{"request", c.Request, sim.Second / 10}, {"restart", c.Restart, 3600 * sim.Second},
		{"fsync", c.Fsync, 10 * sim.Second},
	} {
		if row.value < 0 || row.value > row.most {
			p.wrong("cluster.costs."+row.name, "%s is not between 0 and %s", row.value, row.most)
		}
	}
	if c.Jitter < 0 || c.Jitter > 100 {
		p.wrong("cluster.costs.jitter.percent", "%d is not between 0 and 100", c.Jitter)
	}
	if c.BitsPerSecond < 1_000_000 {
		p.wrong("cluster.costs.bits.per.second", "%d is less than 1000000", c.BitsPerSecond)
	}
	p.checkSpeeds()
}

func (p *plan) resolveTopic(i int) {
	c := &p.Topics[i]
	path := fmt.Sprintf("cluster.topics[%d]", i)
	t := p.base
	override(TopicSettings, c.Settings, p.version, &t, path+".config", &p.problems)
	p.compressTopic(&t, path+".config")
	if isSet(c.Settings, "segment.bytes") {
		p.checkSegments(&t, path+".config.segment.bytes")
	}
	id := wire.TopicID(i + 1)
	topic := controller.Topic{Topic: metadata.Topic{
		ID: id, Name: c.Name, Partitions: int16(c.Partitions), Config: t.topic,
	}}
	defer func() { p.topics = append(p.topics, topic) }()
	if c.Partitions < 1 || c.Partitions > 100 {
		p.wrong(path+".partitions", "want 1 to 100 partitions, not %d", c.Partitions)
		return
	}
	if c.Replication < 1 || c.Replication > len(p.Brokers) {
		p.wrong(path+".replication.factor", "replication.factor %d, but there are %d brokers",
			c.Replication, len(p.Brokers))
		return
	}
	if c.Replicas != nil && len(c.Replicas) != c.Partitions {
		p.wrong(path+".replicas", "%d partitions, but replicas of %d", c.Partitions, len(c.Replicas))
		return
	}
	for k := range c.Partitions {
		replicas := p.inTurn(k, c.Replication)
		if c.Replicas != nil {
			replicas = p.named(c, k, path)
		}
		topic.Partitions = append(topic.Partitions, metadata.Partition{
			At: wire.Partition{Topic: id, Index: int16(k)}, Replicas: replicas,
		})
	}
}

// named reads an explicit assignment.
func (p *plan) named(c *Topic, k int, path string) []sim.NodeID {
	at := fmt.Sprintf("%s.replicas[%d]", path, k)
	var out []sim.NodeID
	for _, name := range c.Replicas[k] {
		i := slices.Index(p.Brokers, name)
		switch {
		case i < 0:
			p.wrong(at, "unknown broker %q%s", name, sim.DidYouMean(name, p.Brokers))
		case slices.Contains(out, p.brokers[i]):
			p.wrong(at, "%s is named twice", name)
		default:
			out = append(out, p.brokers[i])
		}
	}
	if len(out) == len(c.Replicas[k]) && len(out) != c.Replication {
		p.wrong(at, "%d replicas, but replication.factor %d", len(out), c.Replication)
	}
	return out
}

// topicNames are the names of topics by their ids, which count from 1.
func (p *plan) topicNames() []string {
	names := []string{""}
	for i := range p.Topics {
		names = append(names, p.Topics[i].Name)
	}
	return names
}

// topicID finds a topic by name.
func (p *plan) topicID(name, path string) wire.TopicID {
	names := p.topicNames()
	if i := slices.Index(names[1:], name); i >= 0 {
		return wire.TopicID(i + 1)
	}
	p.wrong(path, "unknown topic %q%s", name, sim.DidYouMean(name, names[1:]))
	return 0
}

// joinCluster settles what a client of a release has in common with others.
func (p *plan) joinCluster(c *clientConfig, v Release) {
	c.Bootstrap = p.brokers
	if v.Before(steadyBackoff) {
		c.RetryBackoffMax = c.RetryBackoff
	}
	if v.Before(steadyReconnects) {
		c.ReconnectMax = c.ReconnectBackoff
	}
}
