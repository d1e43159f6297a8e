package scenario

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
)

// Document is a scenario file as written. The schema is made from it, and so are the fields of a draft; those
// marked form:"-" are parts of their own there, or nothing that can be typed into a line. A default tag says in words
// what holds where nothing is written and fill writes nothing.
type Document struct {
	Title     string     `yaml:"title" jsonschema:"required" jsonschema_description:"one line that says what happens"`
	About     Subject    `yaml:"about,omitempty" form:"-" jsonschema_description:"its place among the scenarios that come with ksim"`
	Story     string     `yaml:"story,omitempty" form:"-" jsonschema_description:"Markdown shown beside the run"`
	Seed      uint64     `yaml:"seed,omitempty" default:"0" jsonschema_description:"chance: the same seed gives the same run"`
	Cluster   Cluster    `yaml:"cluster,omitempty" form:"-"`
	Producers []Producer `yaml:"producers,omitempty" form:"-"`
	Consumers []Consumer `yaml:"consumers,omitempty" form:"-"`
	Databases []Database `yaml:"databases,omitempty" form:"-"`
	Writers   []Writer   `yaml:"writers,omitempty" form:"-"`
	Relays    []Relay    `yaml:"relays,omitempty" form:"-"`
	Script    []Line     `yaml:"script,omitempty" form:"-" jsonschema_description:"what befalls the cluster, in order; each line waits for its moment"`
	Until     Until      `yaml:"until,omitempty" default:"settled" jsonschema_description:"when the run ends: a virtual time like 60s, a step like step 37, or settled (the default): all is sent, read and in sync, but for what is down or cut off"`
	Limits    Limits     `yaml:"limits,omitempty" jsonschema_description:"when to give up a run that does not end by itself"`
	Expect    Expect     `yaml:"expect" form:"-" jsonschema_description:"what must be true at the end"`
	Variants  []Variant  `yaml:"variants,omitempty" form:"-" jsonschema_description:"the same once more with something changed: the fix, or a control"`
}

// Variant is a second run of the same file, with something changed and expectations of its own.
type Variant struct {
	Name   string   `yaml:"name" jsonschema:"required" jsonschema_description:"one word, like fix"`
	Why    string   `yaml:"why,omitempty" jsonschema_description:"what is different, and why that helps or does not"`
	Set    []string `yaml:"set,omitempty" jsonschema_description:"what is changed, as after --set: p1.acks=all, c1.process.commit=after, p1.version=2.8, orders.min.insync.replicas=2, cluster.switches.NAME=VALUE, seed=9"`
	Script []Line   `yaml:"script,omitempty" jsonschema_description:"instead of the file's script"`
	Until  Until    `yaml:"until,omitempty" jsonschema_description:"instead of the file's"`
	Expect Expect   `yaml:"expect" jsonschema:"required" jsonschema_description:"what must be true at the end of this run"`
}

// Cluster is the servers and their topics.
type Cluster struct {
	Brokers     Nodes    `yaml:"brokers,omitempty" jsonschema_description:"how many (b1, b2, ...), or their names; default 3"`
	Controllers Nodes    `yaml:"controllers,omitempty" jsonschema_description:"1 or 3 (k1, ...), or their names; default 1"`
	Config      Settings `yaml:"config,omitempty" jsonschema_description:"settings of all brokers, and defaults for topics"`
	Features    Settings `yaml:"features,omitempty" jsonschema_description:"finalised features"`
	Version     string   `yaml:"version,omitempty" jsonschema_description:"the release of Kafka, like 2.8: its rules and defaults, for brokers and for clients that name none; default 4.1"`
	Switches    Settings `yaml:"switches,omitempty" jsonschema_description:"single rules as another release had them, or known bugs; MODEL.md lists them"`
	Topics      []Topic  `yaml:"topics,omitempty" form:"-"`
	Costs       Costs    `yaml:"costs,omitempty" jsonschema_description:"what things take in virtual time"`
}

// Topic is a topic that exists from the start.
type Topic struct {
	Name       string     `yaml:"name" jsonschema:"required" jsonschema_description:"its name"`
	Partitions int        `yaml:"partitions,omitempty" jsonschema:"minimum=1" jsonschema_description:"how many it has; default 1"`
	Factor     int        `yaml:"replication.factor,omitempty" jsonschema:"minimum=1" jsonschema_description:"copies of each partition, the leader's included; default 3, or the number of brokers if that is less"`
	Replicas   [][]string `yaml:"replicas,omitempty" default:"dealt out in turn" jsonschema_description:"for each partition its brokers, preferred leader first"`
	Config     Settings   `yaml:"config,omitempty"`
}

// Producer is an application that sends.
type Producer struct {
	ID       string       `yaml:"id" jsonschema:"required" jsonschema_description:"its name"`
	Topic    string       `yaml:"topic" jsonschema:"required" jsonschema_description:"where it sends to"`
	Records  int          `yaml:"records,omitempty" default:"0" jsonschema:"minimum=0" jsonschema_description:"how many it sends"`
	Every    sim.Duration `yaml:"every,omitempty" zero:"no" jsonschema_description:"the time between two sends; default 10ms"`
	Start    sim.Duration `yaml:"start,omitempty" default:"with the cluster" jsonschema_description:"when it starts; default: with the cluster"`
	Bytes    int          `yaml:"bytes,omitempty" jsonschema:"minimum=1" jsonschema_description:"of a record; default 100"`
	Keys     []string     `yaml:"keys,omitempty" jsonschema_description:"keys of the records, in turn, as text or as bytes (0x00ff); none: no keys"`
	Named    []int        `yaml:"partitions,omitempty" jsonschema_description:"the partitions that the application names itself, in turn (ProducerRecord's partition); none: the partitioner chooses"`
	Payload  string       `yaml:"payload,omitempty" jsonschema:"enum=json,enum=text,enum=random,enum=same" jsonschema_description:"what values look like, which only compression can tell: json (the default; events of a shop), text (English words), random (bytes), same (one event in every record)"`
	Config   Settings     `yaml:"config,omitempty"`
	Version  string       `yaml:"version,omitempty" jsonschema_description:"the client's release; default: the cluster's"`
	Switches Settings     `yaml:"switches,omitempty" jsonschema_description:"single rules as another release of the client had them, or known bugs"`
	Send     Send         `yaml:"send,omitempty" jsonschema_description:"how the application uses send()"`
}

// Send is how a producing application uses send(), and what it does when one fails.
type Send struct {
	Mode    string        `yaml:"mode,omitempty" jsonschema:"enum=callback,enum=forget,enum=sync" jsonschema_description:"callback (the default) looks at the error, forget at nothing, sync is send().get(): one at a time"`
	Failure string        `yaml:"failure,omitempty" jsonschema:"enum=ignore,enum=resend,enum=stop" jsonschema_description:"what is done about a failure: ignore (the default), resend it as a new record, or stop and close()"`
	Resume  string        `yaml:"resume,omitempty" jsonschema:"enum=sent,enum=confirmed" jsonschema_description:"where it goes on after a restart: after what it had sent (the default), or with what was not confirmed"`
	Flush   string        `yaml:"flush,omitempty" default:"never" jsonschema_description:"flush() after each message, after every so many, or never (the default)"`
	Close   *sim.Duration `yaml:"close.timeout,omitempty" default:"for ever" jsonschema_description:"how long close() waits for what was sent; default: for ever"`

	Transaction Transaction `yaml:"transaction,omitempty" jsonschema_description:"with transactional.id: initTransactions(), then one transaction after the other"`
}

// Transaction is how a producing application uses transactions.
type Transaction struct {
	Records int      `yaml:"records,omitempty" jsonschema:"required" jsonschema_description:"how many messages it sends in a transaction"`
	End     []string `yaml:"end,omitempty" default:"commit" jsonschema:"enum=commit,enum=abort" jsonschema_description:"how it ends them, in turn: commit, abort; default commit"`
	OnAbort string   `yaml:"on.abort,omitempty" jsonschema:"enum=next,enum=again" jsonschema_description:"what becomes of the messages of a transaction that failed, once it is aborted: they are given up (next, the default), or sent in the next one (again)"`
}

// Consumer is an application that reads.
type Consumer struct {
	ID       string       `yaml:"id" jsonschema:"required" jsonschema_description:"its name"`
	Group    string       `yaml:"group,omitempty" jsonschema_description:"group.id; without one nothing can be committed, and assign is needed"`
	Topics   []string     `yaml:"topics,omitempty" jsonschema_description:"subscribe(): the group deals their partitions out"`
	Pattern  string       `yaml:"pattern,omitempty" jsonschema_description:"subscribe(Pattern): a regular expression for the whole name, like ord.*; all topics that match, those that come later too; in place of topics"`
	Assign   []string     `yaml:"assign,omitempty" jsonschema_description:"assign(): partitions such as orders-0, which nobody deals out; in place of topics"`
	Start    sim.Duration `yaml:"start,omitempty" default:"with the cluster" jsonschema_description:"when it starts; default: with the cluster"`
	Config   Settings     `yaml:"config,omitempty"`
	Version  string       `yaml:"version,omitempty" jsonschema_description:"the client's release; default: the cluster's"`
	Switches Settings     `yaml:"switches,omitempty" jsonschema_description:"single rules as another release of the client had them, or known bugs"`
	Process  Process      `yaml:"process,omitempty"`
	Copy     Copy         `yaml:"copy,omitempty" jsonschema_description:"the application has a producer too, and sends each record on to another topic; process says when it commits"`
}

// Copy is what a consumer that copies sends, and how.
type Copy struct {
	Topic    string   `yaml:"topic" jsonschema:"required" jsonschema_description:"where to"`
	Config   Settings `yaml:"config,omitempty" jsonschema_description:"settings of its producer"`
	Switches Settings `yaml:"switches,omitempty" jsonschema_description:"of its producer, as a producer has them"`
	Metadata string   `yaml:"group.metadata,omitempty" jsonschema:"enum=given,enum=none" jsonschema_description:"with process.commit: transaction: whether the group's coordinator is told what member of the group sends the positions (given, the default) or only which group (none, as before 2.5)"`
}

// Process is what a consumer does with each record.
type Process struct {
	Takes     sim.Duration `yaml:"takes,omitempty" zero:"no" jsonschema_description:"the time one record takes; default 1ms"`
	Commit    string       `yaml:"commit,omitempty" jsonschema_description:"who commits, and when: the application never (the default), before or after processing what it polled, or after each record; or the background timer of another library, which commits what the application marks after processing (mark: Sarama) or what the library stores when it hands a record out (stored: librdkafka); with copy also transaction: sendOffsetsToTransaction()"`
	Offsets   string       `yaml:"offsets,omitempty" jsonschema_description:"what the application commits: positions (the default: commitSync() without arguments, everything poll() has returned), processed (the offset after what is processed), or sink: nothing, the sink keeps the offset in the transaction of the effect, and the application seeks there when it is assigned the partition"`
	Mode      string       `yaml:"mode,omitempty" jsonschema_description:"commitSync(), commitAsync(), or commitAsync() with a callback that commits again what failed; default sync"`
	OnClose   string       `yaml:"on.close,omitempty" jsonschema_description:"what the application does before close(): nothing (the default), or commitSync()"`
	OnRevoke  string       `yaml:"on.revoke,omitempty" jsonschema_description:"what the application does in onPartitionsRevoked: nothing (the default), or commitSync()"`
	Workers   int          `yaml:"workers,omitempty" default:"0" jsonschema:"minimum=0" jsonschema_description:"how many worker threads process the records while the thread that polls goes on polling; default 0: it processes them itself"`
	Busy      string       `yaml:"busy,omitempty" jsonschema_description:"with workers, what is done about a partition whose records they have: poll (the default: poll() returns more of it, and the queue grows) or pause (pause(), and resume() when they are done; poll() goes on and returns nothing of it meanwhile)"`
	Failures  Settings     `yaml:"failures,omitempty" jsonschema_description:"messages on which the handler throws an exception, and how often: {m2: 1, m5: always}"`
	OnFailure string       `yaml:"on.failure,omitempty" jsonschema_description:"what an exception leads to: stop (the default: it ends the process, without close()), close (try ... finally close(), then the process ends), retry, skip, dead-letter, poll (it is swallowed, and poll() called again), seek (back to the record, and poll() again)"`
	Sink      string       `yaml:"sink,omitempty" jsonschema_description:"what each record does outside of Kafka: append (the default: it is put at the end of a list), set (the account that its key names := the new value it carries) or increment (the account + 1)"`
	Dedupe    string       `yaml:"dedupe,omitempty" jsonschema_description:"what the sink knows again and does not apply twice: nothing (the default), key (the message, by an id its producer gave it) or offset (the record, by partition and offset)"`
}

// Costs are times. Unset ones have the model's defaults.
type Costs struct {
	ClientLatency *sim.Duration `yaml:"client.latency,omitempty" jsonschema_description:"one way between a client and a broker; default 500us"`
	BrokerLatency *sim.Duration `yaml:"broker.latency,omitempty" jsonschema_description:"one way between servers; default 300us"`
	Jitter        *int          `yaml:"jitter.percent,omitempty" jsonschema:"minimum=0,maximum=100" jsonschema_description:"default 20"`
	Bandwidth     *int64        `yaml:"bits.per.second,omitempty" jsonschema:"minimum=1000000" jsonschema_description:"default 1000000000"`
	Request       *sim.Duration `yaml:"request,omitempty" jsonschema_description:"to handle a request; default 50us"`
	Restart       *sim.Duration `yaml:"restart,omitempty" jsonschema_description:"until a restarted process runs; default 1s"`
	Fsync         *sim.Duration `yaml:"fsync,omitempty" jsonschema_description:"to flush to disk; default 5ms"`
	Compress      Speeds        `yaml:"compress.mb.per.second,omitempty" jsonschema_description:"megabytes of records a second; default gzip 95, snappy 530, lz4 700, zstd 510: the README of facebook/zstd, level 1"`
	Decompress    Speeds        `yaml:"decompress.mb.per.second,omitempty" jsonschema_description:"the same, back; default gzip 400, snappy 1660, lz4 4000, zstd 1580"`
}

// Speeds are of codecs. Unset ones have the model's defaults.
type Speeds struct {
	Gzip   *int64 `yaml:"gzip,omitempty" jsonschema:"minimum=1"`
	Snappy *int64 `yaml:"snappy,omitempty" jsonschema:"minimum=1"`
	LZ4    *int64 `yaml:"lz4,omitempty" jsonschema:"minimum=1"`
	Zstd   *int64 `yaml:"zstd,omitempty" jsonschema:"minimum=1"`
}

// Line is one line of a script: when (a note), at (a time) or step, and what to do then.
type Line struct {
	When string        `yaml:"when,omitempty" jsonschema_description:"[before|after] NODE NOTE [WORD...] [#n]: at the n-th such note since the line before; NODE can be any"`
	At   *sim.Duration `yaml:"at,omitempty" jsonschema_description:"at this virtual time, before anything that is due then"`
	Step *int          `yaml:"step,omitempty" jsonschema:"minimum=0" jsonschema_description:"right after this step"`
	Do   string        `yaml:"do" jsonschema:"required" jsonschema_description:"an act, like crash b1; or an event, like deliver p1>b1"`
}

// Limits stop a run that does not end.
type Limits struct {
	Steps int          `yaml:"steps,omitempty" jsonschema:"minimum=1" jsonschema_description:"default 1000000"`
	Time  sim.Duration `yaml:"time,omitempty" zero:"no" jsonschema_description:"virtual; default 1h"`
}

// Nodes is how many nodes of a kind there are, or their names.
type Nodes []string

// Settings are settings by their Kafka names, in the order they are written.
type Settings []cluster.Setting

// Until is when a run ends: at a time, after a step, or, if it has neither, when the world has
// settled.
type Until struct {
	Time sim.Duration
	Step int
}
