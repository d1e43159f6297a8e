// Package metadata is the cluster's metadata as KRaft keeps it: the records of the metadata log
// and the image they add up to. Controllers write the records; everybody replays them.
package metadata

//go:generate go run ../../internal/derive -entries Topic,RemoveTopic,Partition,RegisterBroker,ChangeBroker,LeaderChange Image

import (
	"slices"

	"example.com/ksim/sim/wire"
)

// Image is what the metadata log adds up to at one offset. It is frozen: Replay makes a new one.
type Image struct {
	Offset     int64 // the metadata log is replayed up to here, exclusive
	Brokers    []Broker
	Topics     []*Topic
	Partitions []*Partition // sorted by topic and index
}

// Broker is a broker's registration.
type Broker struct {
	ID           wire.NodeID
	Epoch        int64 // offset of the RegisterBroker record
	Incarnation  int32
	Fenced       bool
	ShuttingDown bool // in controlled shutdown
}

// Active tells whether the broker may lead partitions and enter ISRs (KIP-841).
func (b *Broker) Active() bool { return !b.Fenced && !b.ShuttingDown }

// Broker is a broker's registration, nil if there is none.
func (m *Image) Broker(id wire.NodeID) *Broker {
	for i := range m.Brokers {
		if m.Brokers[i].ID == id {
			return &m.Brokers[i]
		}
	}
	return nil
}

// Active tells whether a broker is registered, unfenced and not shutting down.
func (m *Image) Active(id wire.NodeID) bool {
	b := m.Broker(id)
	return b != nil && b.Active()
}

// Alive are the brokers that clients are told of: all that are not fenced.
func (m *Image) Alive() wire.NodeSet {
	var s wire.NodeSet
	for i := range m.Brokers {
		if !m.Brokers[i].Fenced {
			s = s.With(m.Brokers[i].ID)
		}
	}
	return s
}

// Topic is a topic, nil if there is none.
func (m *Image) Topic(id wire.TopicID) *Topic {
	for _, t := range m.Topics {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// Partition is a partition's state, nil if there is none.
func (m *Image) Partition(at wire.Partition) *Partition {
	for _, p := range m.Partitions {
		if p.At == at {
			return p
		}
	}
	return nil
}

// Find is the partition of a name, "orders-0".
func (m *Image) Find(name string) (wire.Partition, bool) {
	topic, index := wire.SplitPartition(name)
	for _, t := range m.Topics {
		at := wire.Partition{Topic: t.ID, Index: index}
		if t.Name == topic && m.Partition(at) != nil {
			return at, true
		}
	}
	return wire.Partition{}, false
}

// Of yields the partitions of a topic.
func (m *Image) Of(id wire.TopicID) []*Partition {
	var out []*Partition
	for _, p := range m.Partitions {
		if p.At.Topic == id {
			out = append(out, p)
		}
	}
	return out
}

// Replay is the image after the next records of the log.
func (m *Image) Replay(entries []wire.MetadataEntry) *Image {
	next := &Image{
		Offset:     m.Offset,
		Brokers:    slices.Clone(m.Brokers),
		Topics:     slices.Clone(m.Topics),
		Partitions: slices.Clone(m.Partitions),
	}
	for i := range entries {
		next.replay(entries[i].Record)
		next.Offset++
	}
	return next
}

func (m *Image) replay(record wire.Entry) {
	switch r := record.(type) {
	case *Topic:
		i := slices.IndexFunc(m.Topics, func(t *Topic) bool { return t.ID == r.ID })
		if i >= 0 {
			m.Topics[i] = r
		} else {
			m.Topics = append(m.Topics, r)
		}
	case *RemoveTopic:
		m.Topics = slices.DeleteFunc(m.Topics, func(t *Topic) bool { return t.ID == r.ID })
		m.Partitions = slices.DeleteFunc(m.Partitions, func(p *Partition) bool { return p.At.Topic == r.ID })
	case *Partition:
		i, found := slices.BinarySearchFunc(m.Partitions, r.At, comparePartition)
		if found {
			m.Partitions[i] = r
		} else {
			m.Partitions = slices.Insert(m.Partitions, i, r)
		}
	case *RegisterBroker:
		b := Broker{ID: r.Broker, Epoch: m.Offset, Incarnation: r.Incarnation, Fenced: true}
		if old := m.Broker(r.Broker); old != nil {
			*old = b
		} else {
			m.Brokers = append(m.Brokers, b)
		}
	case *ChangeBroker:
		b := m.Broker(r.Broker)
		b.Fenced, b.ShuttingDown = r.Fenced, r.ShuttingDown
	case *LeaderChange: // only marks the start of a controller's epoch
	default:
		panic("metadata: no such record: " + record.Entry())
	}
}

func comparePartition(p *Partition, at wire.Partition) int {
	switch {
	case p.At.Less(at):
		return -1
	case at.Less(p.At):
		return 1
	}
	return 0
}
