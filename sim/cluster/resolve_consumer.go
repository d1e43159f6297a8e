package cluster

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

func (p *plan) resolveConsumer(i int) {
	c := &p.Consumers[i]
	path := fmt.Sprintf("consumers[%d]", i)
	t := target{start: c.Start, make: func(t *target, self sim.NodeID) sim.Node { return consumer.New(self, &t.consumer) }}
	v := p.release(c.Version, p.version, path+".version")
	apply(ConsumerSettings, c.Settings, v, &t, path+".config", &p.problems)
	apply(ConsumerSwitches, c.Switches, v, &t, path+".switches", &p.problems)
	cfg := &t.consumer
	p.joinCluster(&cfg.Client, v)
	cfg.Unstable = cfg.Unstable || p.version.Before(Release{2, 5}) // brokers do not know the request
	cfg.Client.MaxInFlight, cfg.Speeds = 100, p.Costs.Codecs
	cfg.Group = wire.GroupID(c.Group)
	cfg.Reads, cfg.Names = p.reads(c), p.topicNames()
	p.resolveTopics(c, cfg, path)
	p.resolveGroup(c, cfg, path)
	p.checkProtocol(i, cfg, path)
	p.checkEffect(c, path)
	p.checkStorage(i, t.inKafka, path)
	if keepsInZooKeeper(&p.Config, i) {
		cfg.ZooKeeper = p.keeper
	}
	if len(p.groups()) > MaxGroups {
		p.wrong(path+".group", "more than %d groups", MaxGroups)
	}
	p.resolveProcess(&c.Process, cfg, path+".process")
	p.resolveCopy(c, &t, path)
	p.checkSwitches(ConsumerSwitches, c.Switches, &t, path+".switches")
	p.clients = append(p.clients, t)
}

// reads is the name of the group that a consumer's effects count for: its own name, if it is in none, or
// if it was only assigned partitions under the group.id of others, which subscribe: two programs that
// share no more than that name.
func (p *plan) reads(c *Consumer) wire.GroupID {
	beside := len(c.Assign) > 0 && slices.ContainsFunc(p.Consumers, func(o Consumer) bool {
		return o.Group == c.Group && o.subscribes()
	})
	if c.Group == "" || beside {
		return wire.GroupID(c.ID)
	}
	return wire.GroupID(c.Group)
}

// resolveTopics reads what a consumer subscribes to, or is assigned.
func (p *plan) resolveTopics(c *Consumer, cfg *consumer.Config, path string) {
	for k, name := range c.Topics {
		at := fmt.Sprintf("%s.topics[%d]", path, k)
		if slices.Contains(c.Topics[:k], name) {
			p.wrong(at, "%s is named twice", name)
		}
		cfg.Topics = append(cfg.Topics, p.topicID(name, at))
	}
	for k, name := range c.Assign {
		at := fmt.Sprintf("%s.assign[%d]", path, k)
		if slices.Contains(c.Assign[:k], name) {
			p.wrong(at, "%s is named twice", name)
		}
		cfg.Assign = append(cfg.Assign, p.partition(name, at))
	}
	slices.SortFunc(cfg.Assign, wire.Partition.Compare)
	if c.Pattern != "" {
		p.resolvePattern(c, cfg, path+".pattern")
	}
	switch {
	case len(c.Topics) > 0 && c.Pattern != "":
		p.wrong(path+".pattern", "a consumer subscribes either to topics by their names or by a pattern, not both")
	case c.subscribes() && len(c.Assign) > 0:
		p.wrong(path+".assign", "a consumer either subscribes to topics or is assigned partitions, not both")
	case !c.subscribes() && len(c.Assign) == 0:
		p.wrong(path+".topics", "a consumer needs topics to read, or partitions to be assigned")
	}
}

// subscribes tells whether a group deals partitions out to the consumer.
func (c *Consumer) subscribes() bool { return len(c.Topics) > 0 || c.Pattern != "" }

// resolvePattern finds the topics whose whole names match, as Matcher.matches() does. Topics that come
// later are among them: only those of the file can.
func (p *plan) resolvePattern(c *Consumer, cfg *consumer.Config, path string) {
	match, err := regexp.Compile(`^(?:` + c.Pattern + `)$`)
	if err != nil {
		p.wrong(path, "%q is no regular expression: %v (in the syntax of RE2)", c.Pattern, because(err))
		return
	}
	names := p.topicNames()
	for id := 1; id < len(names); id++ {
		if match.MatchString(names[id]) {
			cfg.Topics = append(cfg.Topics, wire.TopicID(id))
		}
	}
	cfg.Pattern = c.Pattern
	switch {
	case len(cfg.Topics) == 0:
		p.wrong(path, "%q matches no topic (topics: %s); it has to match the whole name", c.Pattern,
			strings.Join(names[1:], ", "))
	case cfg.Modern:
		p.wrong(path, "subscribe(Pattern) with group.protocol=consumer is not modelled: name the topics")
	}
}

// because is what is wrong with a pattern, without the pattern.
func because(err error) string {
	if syntax := (*syntax.Error)(nil); errors.As(err, &syntax) {
		return syntax.Code.String()
	}
	return err.Error()
}

// partition finds a partition by its name, "orders-0".
func (p *plan) partition(name, path string) wire.Partition {
	cut := max(0, strings.LastIndexByte(name, '-'))
	index, err := strconv.Atoi(strings.TrimPrefix(name[cut:], "-"))
	if err != nil || cut == 0 || strconv.Itoa(index) != name[cut+1:] {
		p.wrong(path, "%q is not a partition: write a topic and a number, like orders-0", name)
		return wire.Partition{}
	}
	at := wire.Partition{Topic: p.topicID(name[:cut], path), Index: int16(index)}
	if at.Topic > 0 && index >= p.Topics[at.Topic-1].Partitions {
		p.wrong(path, "%s has no partition %d: it has %d", name[:cut], index, p.Topics[at.Topic-1].Partitions)
	}
	return at
}

// resolveGroup: without a group.id nobody deals out partitions, and nothing can be committed. Kafka
// switches auto commit off then, unless it was asked for (KafkaConsumer, ConsumerConfig).
func (p *plan) resolveGroup(c *Consumer, cfg *consumer.Config, path string) {
	if c.Group != "" {
		if !cfg.Modern {
			p.checkSession(c, cfg, path+".config")
		}
		return
	}
	if slices.ContainsFunc(p.Consumers, func(o Consumer) bool { return o.Group == c.ID }) {
		p.wrong(path+".id", "%s is in no group, and there is a group of that name", c.ID)
	}
	if c.subscribes() {
		p.wrong(path+".group", "a consumer that subscribes to topics needs a group; without one, assign it partitions")
	}
	if cfg.AutoCommit && isSet(c.Settings, "enable.auto.commit") {
		p.wrong(path+".config.enable.auto.commit", "true without a group: there is nowhere to commit to"+
			" (InvalidConfigurationException)")
	}
	if c.Process.Commit != "" && c.Process.Commit != "never" {
		p.wrong(path+".process.commit", "%s without a group: there is nowhere to commit to"+
			" (InvalidGroupIdException)", c.Process.Commit)
	}
	cfg.AutoCommit = false
}

// checkSession: a coordinator refuses sessions beyond its bounds, and the application ends with an
// exception (INVALID_SESSION_TIMEOUT); a heartbeat must fit into a session (ConsumerConfig).
func (p *plan) checkSession(c *Consumer, cfg *consumer.Config, path string) {
	b := &p.base.broker
	if s := cfg.SessionTimeout; s < b.MinGroupSession || s > b.MaxGroupSession {
		p.wrong(path+".session.timeout.ms", "%s is not between group.min.session.timeout.ms (%s) and"+
			" group.max.session.timeout.ms (%s): no coordinator would take %s in", s, b.MinGroupSession,
			b.MaxGroupSession, c.ID)
	}
	if cfg.HeartbeatInterval >= cfg.SessionTimeout {
		p.wrong(oneSet(c.Settings, path, "heartbeat.interval.ms", "session.timeout.ms"),
			"heartbeat.interval.ms (%s) must be shorter than session.timeout.ms (%s)", cfg.HeartbeatInterval, cfg.SessionTimeout)
	}
}
