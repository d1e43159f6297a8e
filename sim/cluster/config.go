package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/codec"
)

// Config describes a cluster, its clients and what they do. It is what a scenario file says,
// without the script.
type Config struct {
	Seed        uint64
	Brokers     []string // names; their node ids are 1, 2, ...
	Controllers []string
	Settings    []Setting // broker and cluster settings, for all brokers
	Features    []Setting
	Version     string    // the release of brokers, and of clients that name none; empty: the newest
	Switches    []Setting // single rules of another release, or bugs: rows of BrokerSwitches
	Topics      []Topic
	Producers   []Producer
	Consumers   []Consumer
	Databases   []string // names
	Writers     []Writer
	Relays      []Relay
	Costs       Costs
}

// Setting is a setting by its Kafka name, as written.
type Setting struct {
	Name  string
	Value string
}

// Topic is a topic to be created before the run begins.
type Topic struct {
	Name        string
	Partitions  int
	Replication int
	Replicas    [][]string // for each partition its brokers, preferred leader first; nil: in turn
	Settings    []Setting
}

// Producer is a producing application.
type Producer struct {
	ID      string
	Topic   string
	Records int
	Every   sim.Duration
	Start   sim.Duration
	Bytes   int
	Keys    []string

	Partitions []int // that the application names, in turn; none: the partitioner chooses

	Payload  string // what the values look like: a name of wire.PayloadNames; empty: json
	Settings []Setting
	Version  string    // of the client
	Switches []Setting // rows of ProducerSwitches
	Send     Send
}

// Send is how a producing application uses send(); empty fields are defaults.
type Send struct {
	Mode    string // callback, forget, sync
	Failure string // ignore, resend, stop
	Resume  string // sent, confirmed
	Flush   string // never, each, or a number of messages
	Close   *sim.Duration

	Transaction Transaction
}

// Transaction is how a producing application uses transactions; no records: it has none.
type Transaction struct {
	Records int
	End     []string // commit, abort, in turn
	OnAbort string   // next, again
}

// Writer is an application that makes business changes in a database, and says so in a topic.
type Writer struct {
	Producer
	Database string
	Form     string // a name of outbox.FormNames
}

// Relay is a process that sends what waits for a topic in the outbox of a database.
type Relay struct {
	Producer
	Database string
}

// Consumer is a consuming application.
type Consumer struct {
	ID       string
	Group    string
	Topics   []string // subscribe()
	Pattern  string   // subscribe(Pattern); in place of topics
	Assign   []string // assign(): partitions; in place of both
	Start    sim.Duration
	Process  Process
	Copy     Copy
	Settings []Setting
	Version  string    // of the client
	Switches []Setting // rows of ConsumerSwitches
}

// Copy is what a consumer that copies does with records: it sends them on, by a producer of its own.
type Copy struct {
	Topic    string // "": it does not copy
	Metadata string // given or none: what is told of the group with positions in a transaction; empty: given
	Settings []Setting
	Switches []Setting // rows of ProducerSwitches
}

// Costs is what things take in virtual time.
type Costs struct {
	ClientLatency sim.Duration // one way between a client and a broker
	BrokerLatency sim.Duration // one way between brokers and controllers
	Jitter        int          // ± percent
	BitsPerSecond int64
	Request       sim.Duration // to read a request and make up its answer
	Restart       sim.Duration
	Fsync         sim.Duration
	Codecs        codec.Speeds
}

// DefaultCosts are round figures of a small data centre.
func DefaultCosts() Costs {
	return Costs{
		ClientLatency: 500 * sim.Microsecond, BrokerLatency: 300 * sim.Microsecond, Jitter: 20,
		BitsPerSecond: 1_000_000_000, Request: 50 * sim.Microsecond, Restart: sim.Second,
		Fsync: 5 * sim.Millisecond, Codecs: codec.DefaultSpeeds,
	}
}

// Problem is something wrong with a Config. Path leads to it in the words of a scenario file:
// "producers[0].config.linger.ms".
type Problem struct {
	Path string
	Text string
}

func (p Problem) Error() string { return p.Path + ": " + p.Text }

// Problems are all that is wrong with a Config.
type Problems []Problem

func (p Problems) Error() string {
	text := ""
	for i := range p {
		if i > 0 {
			text += "\n"
		}
		text += p[i].Error()
	}
	return text
}
