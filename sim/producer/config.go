package producer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/codec"
	"example.com/ksim/sim/wire"
)

// Config is what a producer and its application are started with.
type Config struct {
	Client          client.Config
	Acks            int8             // acks: 0, 1 or wire.AcksAll
	Idempotent      bool             // enable.idempotence
	BumpAll         bool             // an epoch bump is about all partitions (librdkafka issue 4953)
	NewID           bool             // before 2.5: a gap is an error and the end of the producer id (KIP-360)
	CountsAcked     bool             // before 1.0: numbers move on when they are acknowledged (KAFKA-5494)
	HeapOrder       bool             // before 2.3: batches are numbered anew as a heap holds them (KAFKA-8483)
	SwitchedOff     []string         // settings that switched it off though nobody asked for that
	Retries         int32            // retries
	Linger          sim.Duration     // linger.ms
	BatchSize       int32            // batch.size
	BufferMemory    int32            // buffer.memory
	MaxBlock        sim.Duration     // max.block.ms
	DeliveryTimeout sim.Duration     // delivery.timeout.ms
	MaxRequestSize  int32            // max.request.size
	Partitioner     Partitioner      // partitioner.class
	Skips           bool             // 2.4 to 4.0: round robin passes a partition by for each new batch (KAFKA-17632)
	IgnoreKeys      bool             // partitioner.ignore.keys
	Adaptive        bool             // partitioner.adaptive.partitioning.enable
	Interceptors    []string         // interceptor.classes
	Compression     wire.Compression // compression.type and its level
	Speeds          codec.Speeds

	Transaction        wire.TransactionalID // transactional.id; "": none
	TransactionTimeout sim.Duration         // transaction.timeout.ms
	Abortable          bool                 // since 3.8: it knows TRANSACTION_ABORTABLE (Produce v11)
	Version2           bool                 // transaction.version 2: of the cluster, and known to the client (KIP-890)

	App App
}

// Partitioner is a partitioner.class.
type Partitioner uint8

// The partitioners the model has. All but the built-in one are classes, which KafkaProducer asks again
// if a record would begin a new batch (Partitioner.onNewBatch, since 2.4).
const (
	BuiltIn          Partitioner = iota // 3.3: by key; without one, sticky by bytes (KIP-794)
	RoundRobin                          // RoundRobinPartitioner
	StickyBatch                         // DefaultPartitioner since 2.4: by key; without one, sticky by batch (KIP-480)
	UniformSticky                       // UniformStickyPartitioner: sticky by batch, whatever the key
	DealKeyless                         // DefaultPartitioner before 2.4: by key; without one, in turn
	Random                              // random of librdkafka: any, for each record, whatever the key
	Murmur2Random                       // murmur2_random of librdkafka: by key; without one, any
	ConsistentRandom                    // consistent_random, librdkafka's default: by another hash of the key; without one, any
)

// The kinds of timers, in the order of the table, after the client's.
const (
	sendTimer uint8 = client.NextTimer + iota
	senderTimer
	lingerTimer   // key: partition
	backoffTimer  // key: batch
	deliveryTimer // key: batch
	blockTimer
	identifyTimer
	closeTimer
	txnTimer
)

var timers = append(append([]sim.TimerKind(nil), client.Timers...), []sim.TimerKind{
	{Name: "send", Class: sim.Work},
	{Name: "sender", Class: sim.Pace},
	{Name: "linger", Class: sim.Pace},
	{Name: "backoff", Class: sim.Pace},
	{Name: "delivery", Class: sim.Patience},
	{Name: "max-block", Class: sim.Patience},
	{Name: "identify", Class: sim.Pace},
	{Name: "close", Class: sim.Patience},
	{Name: "ask-again", Class: sim.Pace},
}...)

// Timers is the table of a producer's timers.
func (*Producer) Timers() []sim.TimerKind { return timers }
