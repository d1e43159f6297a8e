package converse

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// leaf writes one value; "" stands for a value that says nothing.
func (r *Room) leaf(v any) string {
	switch v := v.(type) {
	case wire.NodeID:
		return r.nodes(v)
	case wire.NodeSet:
		return r.nodes(slices.Collect(v.All())...)
	case []wire.NodeID:
		return r.nodes(v...)
	case wire.TopicID:
		return r.topic(v)
	case []wire.TopicID:
		return each(v, r.topic)
	case wire.Partition:
		return r.partition(v)
	case []wire.Partition:
		return each(v, r.partition)
	case wire.MemberID:
		return r.member(v)
	case wire.MemberEpoch:
		return strconv.Itoa(int(v))
	case wire.EpochEnd:
		return epochEnd(v)
	case []wire.AbortedTxn: // producer and first offset: 7@0
		return each(v, func(t wire.AbortedTxn) string { return fmt.Sprintf("%d@%d", t.ID, t.First) })
	case *wire.Batch:
		return r.batch(v)
	case []*wire.Batch:
		return each(v, r.batch, "+")
	case sim.Duration:
		return v.String()
	case wire.Error:
		return v.String()
	case wire.Isolation:
		return isolations[v]
	case wire.Record:
		return r.record(&v)
	case wire.RowKind:
		return v.String()
	case wire.Marker:
		return v.String()
	case wire.TxnState:
		return v.String()
	case wire.Creation: // most topics are created once
		return strings.TrimPrefix(fmt.Sprint(int32(v)), "0")
	case bool:
		if v {
			return "true"
		}
		return ""
	case int8:
		return strings.Replace(fmt.Sprint(v), "-1", "all", 1) // acks
	case []string:
		return strings.Join(v, ",")
	case []int64:
		return each(v, func(n int64) string { return strconv.FormatInt(n, 10) })
	}
	return number(v)
}

// number writes a number or a text; -1 is Kafka's "unknown".
func number(v any) string {
	if s := fmt.Sprint(v); s != "-1" {
		return s
	}
	return ""
}

func each[T any](vs []T, write func(T) string, sep ...string) string {
	var out []string
	for _, v := range vs {
		out = append(out, write(v))
	}
	return strings.Join(out, append(sep, ",")[0])
}

func (r *Room) nodes(ids ...wire.NodeID) string {
	if len(ids) == 1 && ids[0] == wire.Nobody {
		return ""
	}
	return each(ids, r.Peer)
}

func (r *Room) topic(id wire.TopicID) string { return r.Topics[id] }

func (r *Room) partition(p wire.Partition) string {
	return r.Topics[p.Topic] + "-" + strconv.Itoa(int(p.Index))
}

func (r *Room) member(m wire.MemberID) string {
	if m == wire.NoMember {
		return ""
	}
	return r.Nodes[m.Client] + "#" + strconv.Itoa(int(m.Birth))
}

func epochEnd(e wire.EpochEnd) string {
	if e.Epoch == wire.NoEpoch {
		return ""
	}
	return fmt.Sprintf("%d@%d", e.Epoch, e.End)
}

// batch writes a batch's records, then how its producer has numbered it, and, once a leader has
// appended it, its place: m1,m2~7/0/3@0/1. A codec stands before it: gzip/m1,m2; that it is part of a
// transaction, behind its numbers: m1~7/0/0t; and a marker is COMMIT~7/0/2, with the coordinator's epoch last.
func (r *Room) batch(b *wire.Batch) string {
	s := packed(b) + r.content(b) + sequence(b)
	if b.Marker != wire.NoMarker {
		s = fmt.Sprintf("%s~%d/%d/%d", b.Marker, b.ProducerID, b.ProducerEpoch, b.CoordinatorEpoch)
	}
	if b.Epoch == wire.NoEpoch {
		return s
	}
	return fmt.Sprintf("%s@%d/%d", s, b.Base, b.Epoch)
}

// sequence writes how a producer has numbered a batch, if it has.
func sequence(b *wire.Batch) string {
	if b == nil || !b.Idempotent() {
		return ""
	}
	s := fmt.Sprintf("~%d/%d/%d", b.ProducerID, b.ProducerEpoch, b.BaseSequence)
	if b.Transactional {
		s += "t"
	}
	return s
}

// Batch writes a batch.
func (r *Room) Batch(b *wire.Batch) string { return r.batch(b) }

// Partition writes a partition.
func (r *Room) Partition(p wire.Partition) string { return r.partition(p) }

func (r *Room) records(records []wire.Record) string {
	if len(records) == 0 {
		return "no records"
	}
	return each(records, func(rec wire.Record) string { return r.record(&rec) })
}

func (r *Room) record(rec *wire.Record) string {
	switch e := rec.Entry.(type) {
	case *wire.CommittedOffset:
		return fmt.Sprintf("%s:%s=%d", e.Group, r.partition(e.At), e.Offset)
	case *wire.GroupSnapshot:
		return fmt.Sprintf("%s:generation=%d", e.Group, e.Generation)
	case *wire.ConsumerGroup:
		return fmt.Sprintf("%s:epoch=%d", e.ID, e.Epoch)
	case wire.Marker:
		return e.String()
	case *wire.Transaction:
		return r.Transaction(e)
	}
	return r.attempt(rec.Message, rec.Attempt)
}

// attempt writes a message that the application has sent before as m3#2.
func (r *Room) attempt(m wire.MessageID, attempt int16) string {
	if attempt < 2 {
		return r.message(m)
	}
	return r.message(m) + "#" + strconv.Itoa(int(attempt))
}

// message writes a message: m3, or c1.m3 if it is not the first producer's.
func (r *Room) message(m wire.MessageID) string {
	name := "m" + strconv.Itoa(int(m.N))
	if m.Producer != r.producer() {
		name = r.Peer(m.Producer) + "." + name
	}
	return name
}

// producer is whom messages belong to whose name says nothing else.
func (r *Room) producer() wire.NodeID {
	return wire.NodeID(max(0, slices.Index(r.Nodes, "p1")))
}

// parse reads one value into what p points to.
func (r *Room) parse(p any, text string) error {
	var err error
	switch p := p.(type) {
	case *wire.NodeID:
		*p, err = r.node(text)
	case *wire.NodeSet:
		var ids []wire.NodeID
		ids, err = list(text, r.node)
		*p = wire.Nodes(ids...)
	case *[]wire.NodeID:
		*p, err = list(text, r.node)
	case *wire.TopicID:
		*p, err = r.parseTopic(text)
	case *[]wire.TopicID:
		*p, err = list(text, r.parseTopic)
	case *wire.Partition:
		*p, err = r.parsePartition(text)
	case *[]wire.Partition:
		*p, err = list(text, r.parsePartition)
	case *wire.MemberID:
		*p, err = r.parseMember(text)
	case *wire.EpochEnd:
		_, err = fmt.Sscanf(text, "%d@%d", &p.Epoch, &p.End)
	case *[]wire.AbortedTxn:
		*p, err = list(text, parseAborted)
	case **wire.Batch:
		*p, err = r.parseBatch(text)
	case *[]*wire.Batch:
		*p, err = list(text, r.parseBatch, "+")
	case *sim.Duration:
		var d time.Duration
		d, err = time.ParseDuration(text)
		*p = sim.Duration(d)
	case *wire.Error:
		*p, err = parseError(text)
	case *int8:
		_, err = fmt.Sscan(strings.Replace(text, "all", "-1", 1), p)
	case *[]string:
		*p = strings.Split(text, ",")
	case *[]int64:
		*p, err = list(text, func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) })
	case *wire.Codec:
		*p, err = parseCodec(text)
	case *wire.Payload:
		*p, err = parsePayload(text)
	case *string, *wire.GroupID, *wire.TransactionalID:
		reflect.ValueOf(p).Elem().SetString(text)
	case *wire.Isolation:
		*p = wire.Isolation(slices.Index(isolations, text))
	case *wire.Marker:
		*p = parseMarker(text)
	default:
		err = r.parseRow(p, text)
	}
	if err != nil {
		return fmt.Errorf("%q: %w", text, err)
	}
	return nil
}

func list[T any](text string, read func(string) (T, error), sep ...string) ([]T, error) {
	var out []T
	for _, word := range strings.Split(text, append(sep, ",")[0]) {
		v, err := read(word)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (r *Room) node(name string) (wire.NodeID, error) {
	if i := slices.Index(r.Nodes, name); i >= 0 {
		return wire.NodeID(i), nil
	}
	return 0, fmt.Errorf("there is no node %q", name)
}

func (r *Room) parseTopic(name string) (wire.TopicID, error) {
	if i := slices.Index(r.Topics, name); i >= 0 {
		return wire.TopicID(i), nil
	}
	return 0, fmt.Errorf("there is no topic %q", name)
}

func (r *Room) parsePartition(text string) (wire.Partition, error) {
	i := strings.LastIndexByte(text, '-')
	if i < 0 {
		return wire.Partition{}, fmt.Errorf("want a partition, like orders-0")
	}
	topic, err := r.parseTopic(text[:i])
	if err != nil {
		return wire.Partition{}, err
	}
	index, err := strconv.ParseInt(text[i+1:], 10, 16)
	return wire.Partition{Topic: topic, Index: int16(index)}, err
}

func (r *Room) parseMember(text string) (wire.MemberID, error) {
	name, birth, _ := strings.Cut(text, "#")
	client, err := r.node(name)
	if err != nil {
		return wire.NoMember, err
	}
	n, err := strconv.ParseInt(birth, 10, 32)
	return wire.MemberID{Client: client, Birth: int32(n)}, err
}

// recordBytes is the size of every record: what it is does not matter, that it is the same does.
const recordBytes = 100

func (r *Room) parseBatch(text string) (*wire.Batch, error) {
	names, place, placed := strings.Cut(text, "@")
	b, err := r.parseContent(names)
	if err != nil || !placed {
		return b, err
	}
	var base int64
	var epoch int32
	_, err = fmt.Sscanf(place, "%d/%d", &base, &epoch)
	return b.At(base, epoch), err
}

// parseContent reads a batch without its place.
func (r *Room) parseContent(text string) (*wire.Batch, error) {
	names, number, numbered := strings.Cut(text, "~")
	var id int64
	var epoch int16
	var sequence int32
	number, transactional := strings.CutSuffix(number, "t")
	if numbered {
		if _, err := fmt.Sscanf(number, "%d/%d/%d", &id, &epoch, &sequence); err != nil {
			return nil, err
		}
	}
	if names == wire.CleanedMarker.String() {
		marker := wire.NewMarker(wire.CommitMarker, id, epoch, sequence)
		return marker.Cleaned(func(int64, *wire.Record) bool { return false }), nil
	}
	if m := parseMarker(names); m != wire.NoMarker {
		return wire.NewMarker(m, id, epoch, sequence), nil
	}
	names, codec := cutCodec(names)
	all := strings.Split(names, ",")
	var records []wire.Record
	for _, name := range all {
		record := wire.Record{}
		if name != hole {
			var err error
			if record, err = r.parseRecord(name); err != nil {
				return nil, err
			}
		}
		records = append(records, record)
	}
	b := pack(wire.NewBatch(records), codec)
	if numbered {
		b = b.Numbered(id, epoch, sequence)
	}
	if transactional {
		b = b.InTransaction()
	}
	return b.Cleaned(func(offset int64, _ *wire.Record) bool { return all[offset] != hole }), nil
}

func parseError(text string) (wire.Error, error) {
	for code := range wire.Error(200) {
		if known(code) == text {
			return code, nil
		}
	}
	return 0, fmt.Errorf("no such error")
}

// known is the name of an error code, "" if the vocabulary has none.
func known(code wire.Error) (name string) {
	defer func() { _ = recover() }()
	return code.String()
}

// Set writes a set of nodes.
func (r *Room) Set(s wire.NodeSet) string {
	if s == 0 {
		return r.Nodes[wire.Nobody]
	}
	return r.leaf(s)
}

// isolations are the isolation levels, by wire.Isolation; the default is left out.
var isolations = []string{"", "read_committed"}

func parseAborted(text string) (t wire.AbortedTxn, err error) {
	_, err = fmt.Sscanf(text, "%d@%d", &t.ID, &t.First)
	return t, err
}

func parseMarker(text string) wire.Marker {
	for _, m := range []wire.Marker{wire.AbortMarker, wire.CommitMarker} {
		if m.String() == text {
			return m
		}
	}
	return wire.NoMarker
}
