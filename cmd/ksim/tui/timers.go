package tui

import (
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
)

// rings says what it means that a timer rings: by its name, or by the kind of node and its name
// where kinds differ. A timer that is not here is called by its name.
var rings = map[string]string{
	// Clients.
	"request":        "request.timeout.ms is over",
	"keepalive-wait": "gives up waiting for the answer to a heartbeat",
	"reconnect":      "may connect again (back-off over)",
	"refresh":        "asks for metadata again",
	"refresh-idle":   "asks for metadata again",
	"metadata-age":   "metadata.max.age.ms is over",
	// Producers.
	"send":      "the application calls send()",
	"sender":    "the sender thread runs",
	"linger":    "linger.ms is over",
	"backoff":   "may retry (back-off over)",
	"delivery":  "delivery.timeout.ms is over",
	"max-block": "max.block.ms is over",
	"close":     "close() gives up",
	"identify":  "asks for a producer id again",
	"ask-again": "asks its transaction coordinator again",
	// Consumers.
	"poll":               "poll() returns",
	"effect":             "the effect of the record happens",
	"process":            "the record is finished",
	"next":               "the application goes on",
	"auto-commit":        "auto.commit.interval.ms is over",
	"auto-commit-again":  "auto.commit.interval.ms is over, nothing new",
	"consumer heartbeat": "sends a heartbeat to its group",
	"consumer session":   "session.timeout.ms is over",
	"join-prepare":       "it gives up committing before the rebalance",
	"max-poll":           "max.poll.interval.ms is over",
	"look-up":            "looks for its coordinator (heartbeat thread)",
	"find-coordinator":   "looks for the coordinator again",
	"commit-retry":       "commits again",
	"commit-sync":        "commitSync() gives up: default.api.timeout.ms is over",
	"lap":                "poll() returns without records",
	"rejoin":             "may join again (back-off over)",
	"reset":              "asks for offsets again",
	// Copiers.
	"copy":  "the application calls send() of a copy",
	"go-on": "the application goes on",
	// Applications with a database, and databases.
	"query":         "gives up waiting for the database",
	"query-again":   "asks the database again",
	"wal-flush":     "its write-ahead log is on disk: committed",
	"commit-answer": "answers that it has committed",
	// Brokers.
	"broker heartbeat":       "sends a heartbeat to the controller",
	"keepalive":              "sends a heartbeat to the controller",
	"shutdown":               "gives up waiting to hand over its partitions",
	"lifecycle":              "gives up waiting for the controller",
	"quorum":                 "gives up waiting for metadata",
	"quorum-retry":           "asks for metadata again",
	"isr-check":              "checks which followers lag",
	"isr-check-idle":         "checks which followers lag",
	"lag":                    "replica.lag.time.max.ms is over for a follower",
	"lag-candidate":          "the last full fetch of a follower is long ago",
	"fetch-wait":             "answers a fetch that waited long enough",
	"fetch-backoff":          "may fetch again (back-off over)",
	"replica-request":        "gives up waiting for the leader",
	"produce":                "gives up waiting for the ISR",
	"alter":                  "gives up waiting for the controller",
	"alter-retry":            "asks for the ISR again",
	"checkpoint":             "writes its high watermarks to disk",
	"writeback":              "the page cache is written to disk",
	"producer-expiry":        "producer.id.expiration.ms is over for a producer",
	"load":                   "has read its part of __consumer_offsets or __transaction_state",
	"member-session":         "session.timeout.ms of a member is over",
	"join":                   "the join phase of a group ends",
	"sync":                   "gives up waiting for assignments",
	"consumer-session":       "group.consumer.session.timeout.ms of a member is over",
	"revocation":             "a member has not given up its partitions in time",
	"segment-age":            "the newest record of a segment is older than retention.ms",
	"segment-roll":           "the first record of a segment is older than segment.ms",
	"offset-age":             "offsets.retention.minutes are over for a committed offset",
	"offset-check":           "looks for committed offsets that have expired",
	"retention-check":        "looks for segments to delete",
	"cleaner":                "looks for logs to clean",
	"delete-horizon":         "delete.retention.ms of a marker are over",
	"offset-commit":          "gives up waiting for a commit",
	"loopback":               "gets what it has sent to itself",
	"transaction-timeout":    "transaction.timeout.ms of a transaction is over",
	"transaction-check":      "looks for transactions that are open for too long",
	"transaction-check-idle": "looks for transactions that are open for too long",
	"markers":                "sends markers of transactions to their partitions' leaders",
	"markers-request":        "gives up waiting for a leader's markers",
	"markers-backoff":        "may send a leader markers again",
	"verify-request":         "gives up waiting for a transaction's coordinator",
	"verify-retry":           "asks a transaction's coordinator again",
	"verify-patience":        "tries no longer to add a partition to a transaction",
	// Controllers.
	"controller session": "broker.session.timeout.ms of a broker is over",
	"controller retry":   "asks its leader again",
	"check-quorum":       "has not heard a majority for too long",
	"election":           "gives up waiting for its leader, stands for election",
}

// timer says what it means that a timer rings.
func (t *teller) timer(e sim.Event) string {
	text := strings.TrimPrefix(t.world.Text(e), sim.Fire+" "+t.names.Node(e.Node)+" ")
	name, _, _ := strings.Cut(text, ":")
	said, name := saidOf(cluster.KindOf(t.world, e.Node), name)
	if said == "" {
		return "timer " + text
	}
	if p, isProducer := cluster.ProducerOf(t.world, e.Node); isProducer && ofBatch[name] {
		said += t.batch(p, e.Timer.Key)
	}
	return said
}

// saidOf is what a timer of a kind of node means, and what it is called; those of a copier's parts mean what
// they mean of nodes of their own.
func saidOf(kind, name string) (said, part string) {
	if kind == "copier" {
		if kind = "consumer"; strings.HasPrefix(name, producers) {
			kind, name = "producer", strings.TrimPrefix(name, producers)
		}
	}
	if said, ok := rings[kind+" "+name]; ok {
		return said, name
	}
	return rings[name], name
}

// producers is before the names of the timers of a copier's producer.
const producers = "producer-"

// ofBatch are the timers of a producer's batches.
var ofBatch = map[string]bool{"linger": true, "backoff": true, "delivery": true}

func (t *teller) batch(p *producer.Producer, id int32) string {
	for i := range p.Batches {
		if p.Batches[i].ID == id {
			return " for " + t.names.Records(p.Batches[i].Records)
		}
	}
	return ""
}
