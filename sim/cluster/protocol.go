package cluster

import (
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/consumer"
)

// modernBounds are what a broker accepts for groups of the consumer protocol (GroupCoordinatorConfig).
type modernBounds struct {
	minSession, maxSession     sim.Duration
	minHeartbeat, maxHeartbeat sim.Duration
	off                        bool // group.version=0
}

// modernSettings are a broker's settings for groups of the consumer protocol (KIP-848). Sessions and
// heartbeats are set here and no longer by the members.
var modernSettings = []SettingRow{
	{Name: "group.consumer.session.timeout.ms", Kind: Millis, Default: "45000", Since: Release{3, 5},
		Doc: "group.protocol=consumer: how long a silent member stays in its group",
		set: func(t *target, v Value) { t.broker.ConsumerSession = v.Duration }},
	{Name: "group.consumer.min.session.timeout.ms", Kind: Millis, Default: "45000", Min: 1, Since: Release{3, 5},
		Doc: "the shortest group.consumer.session.timeout.ms",
		set: func(t *target, v Value) { t.modern.minSession = v.Duration }},
	{Name: "group.consumer.max.session.timeout.ms", Kind: Millis, Default: "60000", Min: 1, Since: Release{3, 5},
		Doc: "the longest group.consumer.session.timeout.ms",
		set: func(t *target, v Value) { t.modern.maxSession = v.Duration }},
	{Name: "group.consumer.heartbeat.interval.ms", Kind: Millis, Default: "5000", Since: Release{3, 5},
		Doc: "group.protocol=consumer: the time between a member's heartbeats",
		set: func(t *target, v Value) { t.broker.ConsumerHeartbeat = v.Duration }},
	{Name: "group.consumer.min.heartbeat.interval.ms", Kind: Millis, Default: "5000", Min: 1, Since: Release{3, 5},
		Doc: "the shortest group.consumer.heartbeat.interval.ms",
		set: func(t *target, v Value) { t.modern.minHeartbeat = v.Duration }},
	{Name: "group.consumer.max.heartbeat.interval.ms", Kind: Millis, Default: "15000", Min: 1, Since: Release{3, 5},
		Doc: "the longest group.consumer.heartbeat.interval.ms",
		set: func(t *target, v Value) { t.modern.maxHeartbeat = v.Duration }},
	{Name: "group.consumer.assignors", Kind: List, Default: "uniform,range", Since: Release{3, 5},
		Doc:   "group.protocol=consumer: who can deal out partitions, the default first: uniform, range",
		Words: []string{broker.UniformAssignor, broker.RangeAssignor},
		set:   func(t *target, v Value) { t.broker.ConsumerAssignors = v.Words }},
}

// checkModernBounds: a broker with others does not start (GroupCoordinatorConfig).
func (p *plan) checkModernBounds() {
	b, m := &p.base.broker, &p.base.modern
	for _, row := range []struct {
		name         string
		is, min, max sim.Duration
	}{
		{"session.timeout.ms", b.ConsumerSession, m.minSession, m.maxSession},
		{"heartbeat.interval.ms", b.ConsumerHeartbeat, m.minHeartbeat, m.maxHeartbeat},
	} {
		if row.is < row.min || row.is > row.max {
			p.wrong("cluster.config.group.consumer."+row.name, "%s is not between group.consumer.min.%s (%s) and"+
				" group.consumer.max.%s (%s): set those too", row.is, row.name, row.min, row.name, row.max)
		}
	}
	if b.ConsumerHeartbeat >= b.ConsumerSession {
		p.wrong("cluster.config.group.consumer.heartbeat.interval.ms",
			"must be shorter than group.consumer.session.timeout.ms (%s)", b.ConsumerSession)
	}
}

// notOfModern and notOfClassic can't be set with the other protocol (ConsumerConfig).
var (
	notOfModern  = []string{"partition.assignment.strategy", "heartbeat.interval.ms", "session.timeout.ms"}
	notOfClassic = []string{"group.remote.assignor"}
)

// checkProtocol: what goes with a consumer's group.protocol.
func (p *plan) checkProtocol(i int, cfg *consumer.Config, path string) {
	c := &p.Consumers[i]
	banned, protocol := notOfClassic, "CLASSIC"
	if cfg.Modern {
		banned, protocol = notOfModern, "CONSUMER"
	}
	var set []string
	for _, name := range banned {
		if isSet(c.Settings, name) {
			set = append(set, name)
		}
	}
	if len(set) > 0 {
		p.wrong(path+".config."+set[0], "%s cannot be set when group.protocol=%s (ConfigException)",
			strings.Join(set, ", "), protocol)
	}
	switch {
	case !cfg.Modern:
	case p.version.Before(Release{4, 0}):
		p.wrong(path+".config.group.protocol", "consumer needs brokers of 4.0, and cluster.version is %s"+
			" (UnsupportedVersionException)", p.version)
	case p.base.modern.off: // GroupVersion
		p.wrong(path+".config.group.protocol", "consumer needs group.version=1 in cluster.features"+
			" (UnsupportedVersionException)")
	}
	for k := range i {
		o := &p.Consumers[k]
		if o.Group == c.Group && c.Group != "" && o.subscribes() && c.subscribes() &&
			p.clients[len(p.clients)-i+k].consumer.Modern != cfg.Modern {
			p.wrong(path+".config.group.protocol", "%s is in group %q by the other protocol: upgrading a group"+
				" at work is not modelled", o.ID, c.Group)
		}
	}
}
