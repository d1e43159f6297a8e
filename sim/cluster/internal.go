package cluster

import (
	"slices"

	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// The internal topics: what groups have committed, and how far transactions are.
const (
	OffsetsTopic      = "__consumer_offsets"
	TransactionsTopic = "__transaction_state"
)

// needers are who an internal topic is made for.
var needers = map[string]string{OffsetsTopic: "consumers", TransactionsTopic: "a transactional.id"}

// Internal tells whether a topic is Kafka's own.
func Internal(topic string) bool { return needers[topic] != "" }

// internalTopics makes the internal topics that somebody needs; in Kafka the first who does makes them
// (AutoTopicCreationManager).
func (p *plan) internalTopics() {
	b := &p.base.broker
	var groups, transactions []int16
	for _, g := range p.groups() {
		groups = append(groups, wire.GroupPartition(g, b.OffsetsPartitions))
	}
	for _, id := range p.transactionalIDs() {
		transactions = append(transactions, wire.TransactionPartition(id, b.TxnPartitions))
	}
	config := internalConfig(p.base.topic)
	b.OffsetsTopic = p.internalTopic(OffsetsTopic, b.OffsetsPartitions, p.base.offsetsRF, config, groups)
	// As TransactionStateManager.transactionTopicConfigs enforces it.
	config.MinISR, config.Unclean, config.Recompress = p.base.txnMinISR, false, false
	b.TxnTopic = p.internalTopic(TransactionsTopic, b.TxnPartitions, p.base.txnRF, config, transactions)
	if len(transactions) == 0 {
		b.TxnCleanup = 0
	}
}

// internalTopic makes a topic with the partitions that are in use; without any there is none, and its id is 0.
func (p *plan) internalTopic(
	name string, partitions int32, rf int64, config metadata.TopicConfig, used []int16,
) wire.TopicID {
	if len(used) == 0 {
		return 0
	}
	id := wire.TopicID(len(p.topics) + 1)
	t := controller.Topic{Topic: metadata.Topic{ID: id, Name: name, Partitions: int16(partitions), Config: config}}
	for i, index := range used {
		if !slices.Contains(used[:i], index) {
			t.Partitions = append(t.Partitions, metadata.Partition{
				At: wire.Partition{Topic: id, Index: index}, Replicas: p.inTurn(int(index), p.replicas(rf)),
			})
		}
	}
	p.topics = append(p.topics, t)
	return id
}

// replicas is the replication factor of an internal topic: no more than there are brokers, as the server.properties say
// that Kafka comes with (1). With the defaults Kafka makes no topic while there are fewer brokers
// (INVALID_REPLICATION_FACTOR).
func (p *plan) replicas(rf int64) int { return min(int(rf), len(p.brokers)) }

// transactionalIDs are the transactional.ids of producers.
func (p *plan) transactionalIDs() []wire.TransactionalID {
	var ids []wire.TransactionalID
	var settings [][]Setting
	for i := range p.Producers {
		settings = append(settings, p.Producers[i].Settings)
	}
	for i := range p.Consumers {
		settings = append(settings, p.Consumers[i].Copy.Settings)
	}
	for _, of := range settings {
		for _, s := range of {
			if id := wire.TransactionalID(s.Value); s.Name == "transactional.id" && id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// checkTransactions: a transaction begins with a record in __transaction_state, for which enough replicas must
// be in sync. KafkaConfig does not compare the two; up to 3.6 (KAFKA-15583) every transaction would wait for ever.
func (p *plan) checkTransactions() {
	rf := p.replicas(p.base.txnRF)
	if len(p.transactionalIDs()) > 0 && p.base.broker.LooseMinISR && int(p.base.txnMinISR) > rf {
		p.wrong("cluster.config.transaction.state.log.min.isr", "transaction.state.log.min.isr %d, but"+
			" __transaction_state has %d replicas: up to Kafka 3.6 no transaction could ever begin", p.base.txnMinISR, rf)
	}
}
