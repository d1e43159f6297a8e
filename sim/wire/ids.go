package wire

import (
	"iter"
	"math/bits"
	"strconv"
	"strings"
)

// NodeID is a node of the simulated world: a broker, a controller or a client. For brokers and
// controllers it is Kafka's node.id. Ids are never reused.
type NodeID uint8

// Nobody is no node: the leader of a partition without one, the replica id of a consumer.
const Nobody NodeID = 0

// MaxNodes is how many nodes a world can hold: ids 1..63, so that a NodeSet is one word.
const MaxNodes = 63

// NodeSet is a set of nodes, such as an ISR.
type NodeSet uint64

// Nodes makes a set.
func Nodes(ids ...NodeID) NodeSet {
	var s NodeSet
	for _, id := range ids {
		s = s.With(id)
	}
	return s
}

// Has tells whether id is in the set.
func (s NodeSet) Has(id NodeID) bool { return s>>id&1 == 1 }

// With is the set and id.
func (s NodeSet) With(id NodeID) NodeSet { return s | 1<<id }

// Without is the set minus id.
func (s NodeSet) Without(id NodeID) NodeSet { return s &^ (1 << id) }

// Len is the number of members.
func (s NodeSet) Len() int { return bits.OnesCount64(uint64(s)) }

// Subset tells whether every member of s is in t.
func (s NodeSet) Subset(t NodeSet) bool { return s&^t == 0 }

// All yields the members, lowest id first.
func (s NodeSet) All() iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for rest := uint64(s); rest != 0; rest &= rest - 1 {
			if !yield(NodeID(bits.TrailingZeros64(rest))) {
				return
			}
		}
	}
}

// TopicID stands for a topic's name: all creations of it have the same.
type TopicID uint8

// Creation tells the creations of one topic name apart, as Kafka's topic UUID does (KIP-516); the
// first is 0.
type Creation int32

// AnyCreation is asked for by who knows no topic ids: Fetch before version 13.
const AnyCreation Creation = -1

// Partition names one partition of one topic.
type Partition struct {
	Topic TopicID
	Index int16
}

// SplitPartition takes the name of a partition apart: "orders-0" is topic orders, index 0. An index of -1
// stands for no number.
func SplitPartition(name string) (topic string, index int16) {
	i := strings.LastIndexByte(name, '-')
	if i < 0 {
		return name, -1
	}
	n, err := strconv.ParseUint(name[i+1:], 10, 15)
	if err != nil {
		return name[:i], -1
	}
	return name[:i], int16(n)
}

// Less orders partitions by topic, then index.
func (p Partition) Less(q Partition) bool {
	return p.Topic < q.Topic || p.Topic == q.Topic && p.Index < q.Index
}

// Compare orders partitions by topic, then by number.
func (p Partition) Compare(q Partition) int {
	switch {
	case p.Less(q):
		return -1
	case q.Less(p):
		return 1
	}
	return 0
}

// NoOffset is "unknown", Kafka's -1.
const NoOffset int64 = -1

// NoEpoch is "unknown", Kafka's -1.
const NoEpoch int32 = -1

// MessageID names what one application wants to say: its N-th message, counted from 1. It is a
// ghost: it travels in records so that the ledger can tell fates, and no node may branch on it.
type MessageID struct {
	Producer NodeID
	N        int32
}
