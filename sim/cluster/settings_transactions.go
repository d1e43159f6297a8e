package cluster

import "example.com/ksim/sim/wire"

// transactionsSince is the release that transactions came with (KIP-98).
var transactionsSince = Release{0, 11}

// transactionSettings are the settings of transaction coordinators, and of leaders that ask them.
var transactionSettings = []SettingRow{
	{Name: "transaction.state.log.num.partitions", Kind: Count, Default: "50", Min: 1, Max: 1000,
		Since: transactionsSince,
		Doc:   "partitions of __transaction_state",
		set:   func(t *target, v Value) { t.broker.TxnPartitions = int32(v.Int) }},
	{Name: "transaction.state.log.replication.factor", Kind: Count, Default: "3", Min: 1, Max: wire.MaxNodes,
		Since: transactionsSince,
		Doc:   "replicas of __transaction_state (never more than there are brokers)",
		set:   func(t *target, v Value) { t.txnRF = v.Int }},
	{Name: "transaction.state.log.min.isr", Kind: Count, Default: "2", Min: 1, Max: wire.MaxNodes,
		Since: transactionsSince,
		Doc:   "min.insync.replicas of __transaction_state",
		set:   func(t *target, v Value) { t.txnMinISR = int8(v.Int) }},
	{Name: "transaction.max.timeout.ms", Kind: Millis, Default: "900000", Min: 1,
		Since: transactionsSince,
		Doc:   "the longest transaction.timeout.ms that is accepted",
		set:   func(t *target, v Value) { t.broker.TxnMaxTimeout = v.Duration }},
	{Name: "transaction.abort.timed.out.transaction.cleanup.interval.ms", Kind: Millis, Default: "10000", Min: 1,
		Was: []Was{{Release{2, 5}, "60000"}}, Since: transactionsSince,
		Doc: "how often a coordinator looks for transactions that are open for too long",
		set: func(t *target, v Value) { t.broker.TxnCleanup = v.Duration }},
}
