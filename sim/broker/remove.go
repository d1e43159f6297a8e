package broker

import (
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// dropStrays deletes the logs of partitions that are not the broker's any more: their topic was deleted,
// and perhaps created again meanwhile (ReplicaManager.stopPartitions, LogManager.isStrayKraftReplica). Who
// coordinates groups forgets what they had committed there.
func (b *Broker) dropStrays(old *metadata.Image, out *sim.Out) {
	for i := 0; i < len(b.Logs); {
		l := &b.Logs[i]
		t, p := b.Image.Topic(l.At.Topic), b.Image.Partition(l.At)
		if p != nil && p.Holds(b.Self) && t.Creation == l.Creation {
			i++
			continue
		}
		b.drop(l, out)
	}
	for _, t := range old.Topics {
		if now := b.Image.Topic(t.ID); now == nil || now.Creation != t.Creation {
			b.forgetOffsets(t.ID, out)
		}
	}
}

// drop deletes a log with all that is known of its producers, and ends the replica.
func (b *Broker) drop(l *Log, out *sim.Out) {
	at := l.At
	if r := b.replica(at); r != nil {
		b.stopFollowers(r, out)
	}
	l.dropSegments(len(l.Segments), out)
	for _, kind := range [...]uint8{backoffTimer, writebackTimer, rollTimer} {
		out.StopTimer(sim.Timer{Kind: kind, Key: partitionKey(at, 0)})
	}
	for i := range l.Producers {
		out.StopTimer(sim.Timer{Kind: producerTimer, Key: l.Producers[i].Timer})
	}
	b.Guards = slices.DeleteFunc(b.Guards, func(g Guard) bool { return g.At == at })
	b.tellDeleted(wire.Dropped, l, l.End(), l.runs(l.Start, l.End()), "its topic was deleted", out)
	b.Logs = slices.DeleteFunc(b.Logs, func(l Log) bool { return l.At == at })
	b.Replicas = slices.DeleteFunc(b.Replicas, func(r Replica) bool { return r.At == at })
}

// stopFollowers ends the accounts of a leader's followers.
func (b *Broker) stopFollowers(r *Replica, out *sim.Out) {
	for i := range r.Followers {
		key := partitionKey(r.At, r.Followers[i].ID)
		out.StopTimer(sim.Timer{Kind: lagTimer, Key: key})
		out.StopTimer(sim.Timer{Kind: candidateTimer, Key: key})
	}
	r.Followers = nil
}

// order carries out what an operator asked of this leader: "delete-records orders-0 before=5"
// (Partition.deleteRecordsOnLeader). Nothing at or above the high watermark can be deleted, and nothing at all of
// a topic that is compacted (POLICY_VIOLATION).
func (b *Broker) order(text string, out *sim.Out) {
	words := strings.Fields(text)
	before, err := strconv.ParseInt(strings.TrimPrefix(words[2], "before="), 10, 64)
	at, ok := b.Image.Find(words[1])
	r := b.replica(at)
	if err == nil && ok && r != nil && r.Role == Leads && before <= r.HW && !b.Image.Topic(at.Topic).Config.Compact {
		b.raiseStart(b.log(at), before, "an operator deleted them", out)
	}
}

// raiseStart moves the start of a log up and deletes what is below: here at once, in Kafka when all of
// a segment is (UnifiedLog.maybeIncrementLogStartOffset). The start is written to disk as it moves.
func (b *Broker) raiseStart(l *Log, to int64, why string, out *sim.Out) {
	from := l.Start
	if to <= from {
		return
	}
	gone := l.runs(from, to)
	r := b.replica(l.At)
	stable := l.LastStable(r.HW)
	l.raiseStart(to)
	b.tellDeleted(wire.Deleted, l, to, gone, why, out)
	b.evict(l, out)
	b.tellStable(r, r.HW, stable, out)
	b.checkFetches(out)
}

// tellDeleted tells of records that are gone, of those that follow each other at a time: a note's records do.
func (b *Broker) tellDeleted(
	kind wire.NoteKind, l *Log, to int64, gone []run, why string, out *sim.Out,
) {
	for _, r := range gone {
		out.Tell(wire.Note{Kind: kind, Node: b.Self, At: l.At, Offset: r.from, To: to, Records: r.records, Text: why})
	}
}
