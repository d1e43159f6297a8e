package cluster

import "example.com/ksim/sim/wire"

// transactionsSince is the release that transactions came with (KIP-98).
var transactionsSince = Release{0, 11}

// verifiedSince is the release that leaders verify transactions from on (KIP-890).
var verifiedSince = Release{3, 6}

// transactionSettings are the settings of transaction coordinators, and of leaders that ask them.
var transactionSettings = []SettingRow{
	{Name: "transaction.state.log.num.partitions", Kind: Count, Default: "50", Min: 1, Max: 1000,
		Since: transactionsSince,
		Doc:   "partitions of __transaction_state",
		set:   func(t *target, v Value) { t.broker.TxnPartitions = int32(v.Int) }},
	{Name: "transaction.state.log.replication.factor", Kind: Count, Default: "3", Min: 1, Max: wire.MaxNodes,
		Since: transactionsSince,
		Doc:   "replicas of __transaction_state; with fewer brokers ksim makes as many as there are, and Kafka no topic at all",
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
	{Name: "transaction.partition.verification.enable", Kind: Bool, Default: "true",
		Was: []Was{{verifiedSince, "false"}}, Since: verifiedSince,
		Doc: "KIP-890: leaders ask the coordinator before a transaction begins in a partition",
		set: func(t *target, v Value) { t.broker.VerifyTxns = v.Bool }},
	{Name: "add.partitions.to.txn.retry.backoff.ms", Kind: Millis, Default: "20", Min: 1,
		Since: Release{4, 0},
		Doc:   "how long a leader waits before it asks the coordinator again to add its partition",
		set:   func(t *target, v Value) { t.broker.AddRetryBackoff = v.Duration }},
	{Name: "add.partitions.to.txn.retry.backoff.max.ms", Kind: Millis, Default: "100",
		Since: Release{4, 0},
		Doc:   "for how long it does so",
		set:   func(t *target, v Value) { t.broker.AddRetryMax = v.Duration }},
}
