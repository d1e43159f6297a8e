package tui

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// teller turns events and what they carry into words.
type teller struct {
	world *sim.World // in which the event is possible
	names *cluster.Names
}

// event says in words what an event is, with what it carries.
func (t *teller) event(e sim.Event, body wire.Body) string {
	switch e.Verb {
	case sim.Deliver:
		from, to := e.Node, e.Peer
		if e.Back {
			from, to = to, from
		}
		return fmt.Sprintf("%s → %s  %s", t.names.Node(from), t.names.Node(to), t.body(body, e.Back))
	case sim.Fire:
		return t.names.Node(e.Node) + "  " + t.timer(e)
	case sim.Begin:
		return t.names.Node(e.Node) + " starts"
	}
	return t.world.Text(e)
}

// body says what a packet carries. Answers are told from requests, which have the same API name.
func (t *teller) body(b wire.Body, answer bool) string { return t.named(b, answer, ": ") }

// parcel is the same on an arrow.
func (t *teller) parcel(b wire.Body, answer bool) string { return t.named(b, answer, " ") }

func (t *teller) named(b wire.Body, answer bool, gap string) string {
	if b == nil {
		return "end of the connection"
	}
	text := b.API()
	if answer {
		text += " answer"
	}
	if inside := t.inside(b); inside != "" {
		text += gap + inside
	}
	return text
}

// inside is the gist of a body; empty if there is nothing to say beyond its name.
func (t *teller) inside(b wire.Body) string {
	switch b := b.(type) {
	case *wire.ProduceRequest:
		return each(b.Partitions, func(p *wire.ProducePart) string { return t.batchSent(p.Batch) })
	case *wire.ProduceResponse:
		return each(b.Partitions, func(r *wire.ProduceResult) string {
			return t.outcome(r.Err, fmt.Sprintf("at %s@%d", t.names.Partition(r.At), r.Base))
		})
	case *wire.FetchRequest:
		return each(b.Partitions, func(p *wire.FetchPart) string {
			if len(b.Partitions) > 1 && t.internal(p.At) {
				return ""
			}
			return fmt.Sprintf("from %s@%d", t.names.Partition(p.At), p.Offset)
		})
	case *wire.FetchResponse:
		return each(b.Partitions, func(r *wire.FetchResult) string {
			if len(b.Partitions) > 1 && t.internal(r.At) && len(r.Batches) == 0 && r.Err == wire.None {
				return ""
			}
			return t.fetched(r)
		})
	case *wire.OffsetCommitRequest:
		return each(b.Offsets, t.offset)
	case *wire.OffsetFetchResponse:
		return t.outcome(b.Err, each(b.Offsets, t.offset))
	case *wire.ListOffsetsResponse:
		return each(b.Partitions, func(r *wire.ListOffsetsResult) string {
			return t.outcome(r.Err, fmt.Sprintf("%s@%d", t.names.Partition(r.At), r.Offset))
		})
	case *wire.FindCoordinatorResponse:
		return t.outcome(b.Err, t.names.Node(b.Node))
	case *wire.AlterPartitionRequest:
		return each(b.Partitions, func(p *wire.AlterPart) string {
			return "ISR " + t.names.Set(p.ISR) + " of " + t.names.Partition(p.At)
		})
	case *wire.MetadataResponse:
		return each(b.Partitions, func(p *wire.PartitionMetadata) string {
			return t.outcome(p.Err, t.names.Node(p.Leader)+" leads "+t.names.Partition(p.At))
		})
	case *wire.TransactRequest:
		return each(b.Statements, func(s *wire.Statement) string { return t.names.Message(s.Record.Message) + " " + s.Do.String() })
	case *wire.PollOutboxResponse:
		return each(b.Rows, func(r *wire.OutboxRow) string { return t.names.Message(r.Record.Message) })
	case *wire.QuorumFetchResponse:
		switch n := len(b.Records); n {
		case 0:
			return "nothing new"
		case 1:
			return "a metadata record"
		default:
			return fmt.Sprintf("%d metadata records", n)
		}
	}
	if text := t.transacted(b); text != "" {
		return text
	}
	return t.failure(b)
}

// batchSent is what a producer sends: records, and their numbers if it gives them any.
func (t *teller) batchSent(b *wire.Batch) string {
	text := t.names.Records(b.Records)
	if b.Idempotent() {
		text += " (" + numbers(b.BaseSequence, b.LastSequence()) + ")"
	}
	return text
}

// failure is the error of an answer of which only that matters.
func (t *teller) failure(b wire.Body) string {
	var err wire.Error
	switch b := b.(type) {
	case *wire.OffsetCommitResponse:
		err = b.Err
	case *wire.JoinGroupResponse:
		err = b.Err
	case *wire.SyncGroupResponse:
		err = b.Err
	case *wire.HeartbeatResponse:
		err = b.Err
	case *wire.AlterPartitionResponse:
		err = b.Err
	case *wire.AddPartitionsToTxnResponse:
		err = b.Err
	case *wire.EndTxnResponse:
		err = b.Err
	}
	return t.outcome(err, "")
}

func (t *teller) fetched(r *wire.FetchResult) string {
	if r.Err != wire.None {
		return r.Err.String()
	}
	var records []wire.Record
	for _, b := range r.Batches {
		records = append(records, b.Records...)
	}
	if len(records) > 0 {
		return t.names.Records(records)
	}
	if r.Diverging.Epoch != wire.NoEpoch {
		return fmt.Sprintf("epoch %d ends at %d: cut back", r.Diverging.Epoch, r.Diverging.End)
	}
	return fmt.Sprintf("nothing new, high watermark %d", r.HighWatermark)
}

func (t *teller) offset(o *wire.PartitionOffset) string {
	if o.Offset == wire.NoOffset {
		return t.names.Partition(o.At) + " none"
	}
	return fmt.Sprintf("%s@%d", t.names.Partition(o.At), o.Offset)
}

func (t *teller) outcome(err wire.Error, ok string) string {
	if err != wire.None {
		return err.String()
	}
	return ok
}

// internal tells whether a partition is of a topic that applications do not see. Next to one that
// they do see it is not worth a word.
func (t *teller) internal(at wire.Partition) bool {
	return cluster.Internal(t.names.Topic(at.Topic))
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// each puts the gist of several things into one text.
func each[T any](items []T, text func(*T) string) string {
	var out []string
	for i := range items {
		if s := text(&items[i]); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}
