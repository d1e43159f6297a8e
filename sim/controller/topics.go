package controller

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// createTopics makes the configured topics: the first replica leads, all are in sync.
func (k *Controller) createTopics(out *sim.Out) {
	var records []wire.Entry
	for i := range k.Config.Topics {
		t := &k.Config.Topics[i]
		if !k.active() || k.Image.Topic(t.ID) != nil {
			continue
		}
		records = append(records, &t.Topic)
		for _, p := range t.Partitions {
			p.ISR, p.Leader = wire.Nodes(p.Replicas...), p.Replicas[0]
			records = append(records, &p)
		}
	}
	k.append(out, records...)
}

// order carries out what an operator asked the active controller for; what can't be is left
// (ReplicationControlManager.createTopics, createPartitions, deleteTopic,
// ConfigurationControlManager.incrementalAlterConfigs).
func (k *Controller) order(text string, out *sim.Out) {
	words := strings.Fields(text)
	i := slices.IndexFunc(k.Config.Topics, func(t Topic) bool { return t.Name == words[1] })
	if !k.active() || i < 0 {
		return
	}
	def := &k.Config.Topics[i]
	now := k.Image.Topic(def.ID)
	switch {
	case words[0] == "create-topic" && now == nil:
		k.createAgain(def, out)
	case words[0] == "delete-topic" && now != nil:
		out.Tell(wire.Note{Kind: wire.TopicDeleted, Node: k.Self, At: whole(def.ID), Text: def.Name})
		k.append(out, &metadata.RemoveTopic{ID: def.ID})
	case words[0] == "add-partitions" && now != nil:
		to, _ := strconv.Atoi(strings.TrimPrefix(words[2], "to="))
		k.addPartitions(now, to, out)
	case words[0] == "alter-config" && now != nil:
		k.alterConfig(now, words[2], out)
	}
}

// createAgain makes a topic as it was defined, with another topic id: the offset of its record.
func (k *Controller) createAgain(def *Topic, out *sim.Out) {
	topic := def.Topic
	topic.Creation = wire.Creation(k.end())
	records := []wire.Entry{&topic}
	for _, p := range def.Partitions {
		if !k.place(&p) {
			return
		}
		records = append(records, &p)
	}
	out.Tell(wire.Note{Kind: wire.TopicCreated, Node: k.Self, At: whole(def.ID),
		Text: fmt.Sprintf("%s anew, with another topic id", def.Name)})
	k.append(out, records...)
}

// addPartitions gives a topic more partitions, with as many replicas as the first has, on the brokers
// in turn, those that are not fenced first (StripedReplicaPlacer; Kafka begins at a random one).
func (k *Controller) addPartitions(now *metadata.Topic, to int, out *sim.Out) {
	more := *now
	more.Partitions = int16(to)
	records := []wire.Entry{&more}
	factor := len(k.Image.Partition(wire.Partition{Topic: now.ID}).Replicas)
	for i := int(now.Partitions); i < to; i++ {
		p := metadata.Partition{At: wire.Partition{Topic: now.ID, Index: int16(i)}, Replicas: k.inTurn(i, factor)}
		if !k.place(&p) {
			return
		}
		records = append(records, &p)
	}
	if len(records) > 1 {
		out.Tell(wire.Note{Kind: wire.PartitionsAdded, Node: k.Self, At: whole(now.ID),
			Text: fmt.Sprintf("%s %d partitions", now.Name, to)})
		k.append(out, records...)
	}
}

// alterConfig alters a setting of a topic in use. Everybody goes by it who has heard of it. With another
// min.insync.replicas it is not certain any more who has all that is committed, so the ELR fields are cleared
// (ClearElrRecord, KIP-966).
func (k *Controller) alterConfig(now *metadata.Topic, setting string, out *sim.Out) {
	next := *now
	next.Config = k.Config.Settings.Altered(now.Config, setting)
	if next.Config == now.Config {
		return // no record is written (ConfigurationControlManager.incrementalAlterConfigResource)
	}
	out.Tell(wire.Note{Kind: wire.ConfigAltered, Node: k.Self, At: whole(now.ID),
		Text: fmt.Sprintf("%s for %s", setting, now.Name)})
	records := []wire.Entry{&next}
	for _, p := range k.Image.Of(now.ID) {
		if next.Config.MinISR != now.Config.MinISR && p.ELR|p.LastKnownELR != 0 {
			p := *p
			p.ELR, p.LastKnownELR = 0, 0
			p.PartitionEpoch++
			records = append(records, &p)
		}
	}
	k.append(out, records...)
}

// whole is how a note says which topic it is about.
func whole(t wire.TopicID) wire.Partition { return wire.Partition{Topic: t} }

// inTurn are n brokers from the i-th on.
func (k *Controller) inTurn(i, n int) []wire.NodeID {
	var usable, fenced []wire.NodeID
	for id := range k.registered().All() {
		if k.Image.Broker(id).Fenced {
			fenced = append(fenced, id)
		} else {
			usable = append(usable, id)
		}
	}
	var out []wire.NodeID
	for _, from := range [...][]wire.NodeID{usable, fenced} {
		for j := 0; j < len(from) && len(out) < n; j++ {
			out = append(out, from[(i+j)%len(from)])
		}
	}
	return out
}

func (k *Controller) registered() wire.NodeSet {
	var s wire.NodeSet
	for i := range k.Image.Brokers {
		s = s.With(k.Image.Brokers[i].ID)
	}
	return s
}

// place makes the active ones of a new partition's replicas its ISR, and the first of them its leader;
// false if there is none.
func (k *Controller) place(p *metadata.Partition) bool {
	for _, id := range p.Replicas {
		if k.Image.Active(id) {
			p.ISR = p.ISR.With(id)
			if p.Leader == wire.Nobody {
				p.Leader = id
			}
		}
	}
	return p.Leader != wire.Nobody
}
