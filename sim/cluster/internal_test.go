package cluster

import (
	"testing"

	"example.com/ksim/sim/wire"
)

// transactional is a plan of some brokers, two producers with a transactional.id each, and a third with that
// of the second.
func transactional(brokers int, settings ...Setting) *plan {
	c := Config{Brokers: []string{"b1", "b2", "b3", "b4"}[:brokers], Controllers: []string{"k1"},
		Settings: settings, Costs: DefaultCosts()}
	for _, id := range []string{"tx1", "tx2", "tx2"} {
		c.Producers = append(c.Producers, Producer{Settings: []Setting{{"transactional.id", id}}})
	}
	p := newPlan(c)
	p.resolveCluster()
	return p
}

// TestTransactionsTopicIsMadeForTransactionalIDs: a partition for each that is in use, where Java's hash of the
// transactional.id says.
func TestTransactionsTopicIsMadeForTransactionalIDs(t *testing.T) {
	p := transactional(4)
	p.internalTopics()
	if len(p.topics) != 1 || p.topics[0].Name != TransactionsTopic {
		t.Fatalf("made %v", p.topics)
	}
	made := &p.topics[0]
	if made.Config.MinISR != 2 || made.ID != p.base.broker.TxnTopic || len(made.Partitions) != 2 {
		t.Errorf("made %+v with the id %d", made, p.base.broker.TxnTopic)
	}
	for i, index := range []int16{45, 46} { // "tx1".hashCode() is 115245
		if at := made.Partitions[i]; at.At != (wire.Partition{Topic: made.ID, Index: index}) || len(at.Replicas) != 3 {
			t.Errorf("partition %d is %+v", i, at)
		}
	}
}

// TestNoTransactionalIDNoTopic: without one there is nothing to coordinate, and nobody looks for old
// transactions.
func TestNoTransactionalIDNoTopic(t *testing.T) {
	p := transactional(3)
	p.Producers = nil
	p.internalTopics()
	if len(p.topics) != 0 || p.base.broker.TxnTopic != 0 || p.base.broker.TxnCleanup != 0 {
		t.Errorf("made %v", p.topics)
	}
}

// TestTransactionsNeedEnoughBrokers: up to 3.6 a cluster with fewer brokers than transaction.state.log.min.isr must say
// that it is one.
func TestTransactionsNeedEnoughBrokers(t *testing.T) {
	const name = "transaction.state.log.min.isr"
	for _, c := range []struct {
		loose    bool
		settings []Setting
		problems int
	}{{true, nil, 1}, {true, []Setting{{name, "1"}}, 0}, {false, nil, 0}} {
		p := transactional(1, c.settings...)
		p.base.broker.LooseMinISR = c.loose
		p.checkTransactions()
		if len(p.problems) != c.problems || c.problems > 0 && p.problems[0].Path != "cluster.config."+name {
			t.Errorf("%+v: said %v", c, p.problems)
		}
	}
}
