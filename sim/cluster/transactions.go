package cluster

import (
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// producerTransactions are the settings of transactions.
var producerTransactions = []SettingRow{
	{Name: "transactional.id", Kind: Name, Since: transactionsSince,
		Doc: "who the producer is across its processes; with one it sends in transactions",
		set: func(t *target, v Value) { t.producer.Transaction = wire.TransactionalID(v.Text) }},
	{Name: "transaction.timeout.ms", Kind: Millis, Default: "60000", Min: 1, Since: transactionsSince,
		Doc: "how long a transaction may stay open before its coordinator aborts it",
		set: func(t *target, v Value) { t.producer.TransactionTimeout = v.Duration }},
}

// noIdempotence is what ProducerConfig says of a transactional.id without idempotence.
const noIdempotence = "Cannot set a transactional.id without also enabling idempotence."

// asksForIdempotence tells whether conflicts with idempotence are exceptions. Before 3.0 a transactional.id asked for it, too
// (ProducerConfig.idempotenceEnabled).
func asksForIdempotence(c *Producer, v Release) bool {
	return isSet(c.Settings, "enable.idempotence") ||
		v.Before(Release{3, 0}) && isSet(c.Settings, "transactional.id")
}

// resolveTransactions settles what an application with a transactional.id does, and refuses the one without the
// other.
func (p *plan) resolveTransactions(c *Producer, t *target, v Release, path string) {
	cfg, said := &t.producer, &c.Send.Transaction
	cfg.Abortable = !v.Before(Release{3, 8})
	cfg.Version2 = p.base.broker.TxnVersion >= 2 && !v.Before(Release{4, 0})
	if cfg.App.Fed && cfg.Transactional() {
		p.enableIdempotence(c, cfg, v, path)
	}
	if cfg.App.Fed {
		return // its owner says how
	}
	asked, uses := cfg.Transactional(), said.Records != 0 || said.End != nil || said.OnAbort != ""
	switch {
	case asked && !uses:
		p.wrong(path+".config.transactional.id", "with a transactional.id a producer can only send in transactions:"+
			" say how, like send: {transaction: {records: 2}}")
	case uses && !asked:
		p.wrong(path+".send.transaction", "a transaction needs a transactional.id in config")
	}
	if !asked || !uses {
		return
	}
	if said.Records < 1 || said.Records > 10_000_000 {
		p.wrong(path+".send.transaction.records", "want 1 to 10000000 records a transaction, not %d", said.Records)
	}
	if cfg.App.Failure != producer.Ignore {
		p.wrong(path+".send.failure", "a record that fails spoils its transaction: say with transaction.on.abort what is"+
			" done about that")
	}
	p.enableIdempotence(c, cfg, v, path)
	txn := &cfg.App.Txn
	txn.Records = int32(said.Records)
	txn.Again = p.choice(said.OnAbort, path+".send.transaction.on.abort", "next", "again") == 1
	for _, word := range said.End {
		txn.Commits = append(txn.Commits, p.choice(word, path+".send.transaction.end", "commit", "abort") == 0)
	}
	if txn.Commits == nil {
		txn.Commits = []bool{true}
	}
}

// enableIdempotence: before 3.0 a transactional.id switches idempotence on, unless it was switched off by name
// (ProducerConfig.idempotenceEnabled).
func (p *plan) enableIdempotence(c *Producer, cfg *producer.Config, v Release, path string) {
	switch {
	case cfg.Idempotent:
	case isSet(c.Settings, "enable.idempotence"):
		p.wrong(path+".config.enable.idempotence", "ConfigException: %s", noIdempotence)
	case v.Before(Release{3, 0}):
		cfg.Idempotent = true
	default:
		p.wrong(path+".config.transactional.id", "ConfigException: %s Say enable.idempotence: true, which this release"+
			" has not by itself", noIdempotence)
	}
}
