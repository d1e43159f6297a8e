package cluster_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// What copying is without one of the parts that make it exactly once: each test walks where the walks of "pipelines"
// do, and comes to what those never see.

// A transaction that does not say what member of the group it is of can be a member's that the group has given up:
// what that has copied counts, and so does what another copies that has begun where the first one was (before KIP-447).
func TestWithoutGroupMetadataARecordCanBeCopiedTwice(t *testing.T) {
	doubles(t, wildPipeline(t, func(c *cluster.Config) {
		for i := range c.Consumers[:3] {
			c.Consumers[i].Copy.Metadata = "none"
		}
	}))
}

// Positions that are committed beside the transaction are no part of it (T09).
func TestWithPositionsOutsideARecordCanBeCopiedTwice(t *testing.T) {
	doubles(t, wildPipeline(t, func(c *cluster.Config) {
		for i := range c.Consumers[:3] {
			c.Consumers[i].Process.Commit = "after"
		}
	}))
}

// Who does not ask for read_committed reads the copies of transactions that were aborted, and then those that count (T13).
func TestReadUncommittedReadsCopiesTwice(t *testing.T) {
	doubles(t, wildPipeline(t, func(c *cluster.Config) {
		reader := &c.Consumers[3]
		i := slices.Index(reader.Settings, set("isolation.level", "read_committed")[0])
		reader.Settings[i].Value = "read_uncommitted"
	}))
}

// KAFKA-17754 in a pipeline: an end that comes late commits copies whose positions are not yet part of the next
// transaction, and the process is killed before they are.
func TestALateEndCanCopyTwice(t *testing.T) {
	doubles(t, latePipeline(t, "3.9"))
}

// TestNoEndIsLateInAPipelineWithVersion2 walks where the test before does, and nothing comes of it (KIP-890).
func TestNoEndIsLateInAPipelineWithVersion2(t *testing.T) {
	t.Parallel()
	nothingComes(t, latePipeline(t, "4.1"), cluster.CopyPromises())
}

// wildPipeline is where the walks of "pipelines" are, but that something is missing.
func wildPipeline(t *testing.T, lacks func(*cluster.Config)) land {
	t.Helper()
	p := inPipelines("", wild)
	lacks(&p.config)
	p.comes = nil
	return p.land(t, 0)
}

// latePipeline is one broker and one copier of a release. What the copier's producer says can hang in the network,
// until the copier has tried again or was killed.
func latePipeline(t *testing.T, version string) land {
	t.Helper()
	p := inPipelines("", wild)
	c := &p.config
	c.Version, c.Brokers, c.Switches = version, c.Brokers[:1], nil
	for i := range c.Topics {
		c.Topics[i].Replication, c.Topics[i].Settings = 1, nil
	}
	c.Consumers = slices.Delete(c.Consumers, 1, 3)
	copier := &c.Consumers[0].Copy
	copier.Settings = append(copier.Settings, set("request.timeout.ms", "10")...)
	c.Settings = append(c.Settings, set("transaction.state.log.min.isr", "1")...)
	l := p.land(t, 0)
	l.only, l.again, l.comes, l.calm = []string{"hold", "release", "crash", "restart"}, []string{"c1"}, nil, 60
	c1, _ := l.root.Roster.ID("c1")
	return l.lateOnly("producer-request", func(e sim.Event) bool {
		return e.Node == c1 && (e.Lane == wire.ProducerLane || e.Verb == "crash" || e.Verb == "restart")
	})
}

// doubles walks until a record that a group reads was applied by it more than once.
func doubles(t *testing.T, l land) {
	t.Helper()
	always, _ := cluster.AppliedOnce()
	twice := func(w *sim.World) bool {
		err := always.Check(w)
		return err != nil && strings.Contains(err.Error(), "applied 2 times")
	}
	comesTo(t, "a record that is applied twice", twice, l)
}
