package cluster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

func (p *plan) resolveProducer(i int) {
	p.clients = append(p.clients, p.producing(&p.Producers[i], fmt.Sprintf("producers[%d]", i)))
}

// producing is a producer and its application.
func (p *plan) producing(c *Producer, path string) target {
	t := target{start: c.Start, make: func(t *target, self sim.NodeID) sim.Node { return producer.New(self, &t.producer) }}
	p.configureProducer(c, &t, path)
	return t
}

// configureProducer is the part of a target that is a producer's.
func (p *plan) configureProducer(c *Producer, t *target, path string) {
	v := p.release(c.Version, p.version, path+".version")
	apply(ProducerSettings, c.Settings, v, t, path+".config", &p.problems)
	apply(ProducerSwitches, c.Switches, v, t, path+".switches", &p.problems)
	cfg := &t.producer
	p.joinCluster(&cfg.Client, v)
	cfg.App.Topic = p.topicID(c.Topic, path+".topic")
	cfg.App.Records, cfg.App.Every = int32(c.Records), c.Every
	cfg.App.Bytes, cfg.App.Keys = int32(c.Bytes), p.keys(c.Keys, path)
	if c.Records < 0 || c.Records > 10_000_000 {
		p.wrong(path+".records", "want 0 to 10000000 records, not %d", c.Records)
	}
	if c.Bytes < 1 || c.Bytes > 10_000_000 {
		p.wrong(path+".bytes", "want 1 to 10000000 bytes a record, not %d", c.Bytes)
	}
	p.checkMemory(c, cfg, path)
	p.resolvePartitioner(c, t, v, path)
	p.resolveSend(&c.Send, &cfg.App, path+".send")
	if cfg.App.Failure == producer.Resend && cfg.Refuses() {
		p.wrong(path+".send.failure", "a record is too large for send(), which tells the callback so at once: who"+
			" sends it again there never comes to an end")
	}
	p.resolveTransactions(c, t, v, path)
	p.compressProducer(c, t, v, path)
	p.checkIdempotence(c, cfg, v, path)
	if cfg.DeliveryTimeout < cfg.Linger+cfg.Client.RequestTimeout {
		if isSet(c.Settings, "delivery.timeout.ms") {
			p.wrong(path+".config.delivery.timeout.ms",
				"must be at least linger.ms + request.timeout.ms (%s + %s), as KafkaProducer demands",
				cfg.Linger, cfg.Client.RequestTimeout)
		}
		cfg.DeliveryTimeout = cfg.Linger + cfg.Client.RequestTimeout
	}
	p.checkSwitches(ProducerSwitches, c.Switches, t, path+".switches")
}

// checkMemory: a batch takes batch.size bytes of buffer.memory, and what can never be had is an exception
// that no callback hears of (BufferPool.allocate).
func (p *plan) checkMemory(c *Producer, cfg *producer.Config, path string) {
	if cfg.BatchSize <= cfg.BufferMemory {
		return
	}
	at := "batch.size"
	if isSet(c.Settings, "buffer.memory") {
		at = "buffer.memory"
	}
	p.wrong(path+".config."+at, "a batch takes batch.size=%d bytes, more than buffer.memory=%d has: every send()"+
		" would throw an IllegalArgumentException (Attempt to allocate %[1]d bytes, but there is a hard limit of"+
		" %[2]d on memory allocations)", cfg.BatchSize, cfg.BufferMemory)
}

// resolveSend reads how the application uses send().
func (p *plan) resolveSend(c *Send, app *producer.App, path string) {
	app.Mode = producer.Mode(p.choice(c.Mode, path+".mode", "callback", "forget", "sync"))
	app.Failure = producer.Failure(p.choice(c.Failure, path+".failure", "ignore", "resend", "stop"))
	app.Replay = p.choice(c.Resume, path+".resume", "sent", "confirmed") == 1
	app.Close = sim.Forever
	if c.Close != nil {
		app.Close = *c.Close
	}
	if app.Mode == producer.Forget && app.Failure != producer.Ignore {
		p.wrong(path+".failure", "with mode forget nobody looks at results, so nothing is done about a failure:"+
			" choose mode callback or sync")
	}
	switch n, err := strconv.ParseInt(c.Flush, 10, 32); {
	case c.Flush == "" || c.Flush == "never":
	case c.Flush == "each":
		app.Flush = 1
	case err == nil && n > 0:
		app.Flush = int32(n)
	default:
		p.wrong(path+".flush", "%q is neither never, nor each, nor a number of messages from 1 on", c.Flush)
	}
}

// choice is the place of a word among those that can be said; the first stands for none.
func (p *plan) choice(word, path string, words ...string) int {
	i := slices.Index(words, word)
	if word != "" && i < 0 {
		p.wrong(path, "%q is none of %s%s", word, strings.Join(words, ", "), sim.DidYouMean(word, words))
	}
	return max(i, 0)
}

// idempotenceInFlight is how many requests an idempotent producer may have in flight
// (ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION_FOR_IDEMPOTENCE; KAFKA-5494 in 1.0). Two that were sent
// before one is acknowledged would get the same numbers.
func idempotenceInFlight(v Release, cfg *producer.Config) int {
	if v.Before(Release{1, 0}) || cfg.CountsAcked {
		return 1
	}
	return 5
}

// checkIdempotence: some settings cannot be had with idempotence. Who asked for it gets an exception.
// Who did not, because it is the default, loses it without a word: only a line in the log, at level
// INFO, or WARN for too many requests in flight. These are an exception for both since 4.0
// (ProducerConfig.postProcessAndValidateIdempotenceConfigs).
func (p *plan) checkIdempotence(c *Producer, cfg *producer.Config, v Release, path string) {
	if !cfg.Idempotent {
		return
	}
	asked := asksForIdempotence(c, v)
	most := idempotenceInFlight(v, cfg)
	if most == 1 && !isSet(c.Settings, "max.in.flight.requests.per.connection") {
		cfg.Client.MaxInFlight = most // KafkaProducer.configureInflightRequests of 0.11
	}
	if asked && v.Before(Release{3, 0}) { // what is not set gives way (ProducerConfig.maybeOverrideAcksAndRetries)
		if !isSet(c.Settings, "acks") {
			cfg.Acks = wire.AcksAll
		}
		if !isSet(c.Settings, "retries") {
			cfg.Retries = maxInt
		}
	}
	refuse := func(setting, text string) {
		p.wrong(path+".config."+setting, "ConfigException: %s. Or say enable.idempotence: false", text)
	}
	for _, row := range []struct {
		conflict, silent bool
		setting, text    string
	}{
		{cfg.Retries == 0, !asked, "retries", "Must set retries to non-zero when using the idempotent producer"},
		{cfg.Acks != wire.AcksAll, !asked, "acks", "Must set acks to all in order to use the idempotent" +
			" producer. Otherwise we cannot guarantee idempotence"},
		{cfg.Client.MaxInFlight > most, !asked && v.Before(Release{4, 0}),
			"max.in.flight.requests.per.connection", fmt.Sprintf("To use the idempotent producer,"+
				" max.in.flight.requests.per.connection must be set to at most %d. Current value is %d",
				most, cfg.Client.MaxInFlight)},
	} {
		switch {
		case row.conflict && !row.silent:
			refuse(row.setting, row.text)
		case row.conflict:
			cfg.Idempotent = false
			if cfg.Transactional() {
				p.wrong(path+".config."+row.setting, "ConfigException: %s", noIdempotence)
			}
			cfg.SwitchedOff = append(cfg.SwitchedOff, row.setting)
		}
	}
}
