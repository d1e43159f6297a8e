package cluster

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Expert is an event in an expert's line: as scripts and traces write it, and, field by field, what a
// delivery brings. The world may be any of the run in which all of its nodes are there.
func (n *Names) Expert(w *sim.World, h *sim.Happened) string {
	text := w.Text(h.Event)
	if h.Body == nil {
		return text
	}
	what := "Request"
	if h.Event.Back {
		what = "Response"
	}
	return strings.TrimSpace(text + "  " + h.Body.API() + what + " " + n.fields(reflect.ValueOf(h.Body).Elem()))
}

// fields are the fields of a struct that say something, as Kafka's own log lines have them.
func (n *Names) fields(v reflect.Value) string {
	var out []string
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || slices.Contains(unwired, f.Name) || ofNobody(v, f.Name) {
			continue
		}
		if text := n.wired(v.Field(i)); text != "" {
			out = append(out, cmp.Or(inKafka[f.Name], uncapital(f.Name))+"="+text)
		}
	}
	return strings.Join(out, " ")
}

// unwired are fields that stand for something else in the model: versions of requests, topic ids, ghosts.
var unwired = []string{"Adds", "Abortable", "Bumps", "Bumped", "Reports", "Assigns", "Creation", "Birth", "Attempt"}

// inKafka are the names of fields that the model calls otherwise.
var inKafka = map[string]string{
	"At": "partition", "Err": "errorCode", "Base": "baseOffset", "LogStart": "logStartOffset", "Start": "logStartOffset",
	"CurrentEpoch": "currentLeaderEpoch", "LastEpoch": "lastFetchedEpoch", "Replica": "replicaId",
	"LastStable": "lastStableOffset", "Aborted": "abortedTransactions", "Diverging": "divergingEpoch",
	"Isolation": "isolationLevel", "Member": "memberId", "Generation": "generationId", "Client": "clientId",
	"Transaction": "transactionalId", "ID": "producerId", "Broker": "brokerId", "Instance": "groupInstanceId",
}

// owners are the fields that must be set for others to mean anything.
var owners = map[string]string{"Epoch": "Leader", "BrokerEpoch": "Replica"}

// ofNobody tells of a field that it is the epoch of somebody who is not named.
func ofNobody(v reflect.Value, name string) bool {
	owner, owned := owners[name]
	of := v.FieldByName(owner)
	return owned && of.IsValid() && of.IsZero()
}

// uncapital is a field's name as Kafka writes it: HighWatermark is highWatermark, ISR is isr.
func uncapital(name string) string {
	upper := strings.IndexFunc(name, unicode.IsLower)
	switch {
	case upper < 0:
		upper = len(name)
	case upper > 1:
		upper-- // the last capital begins the next word
	}
	return strings.ToLower(name[:upper]) + name[upper:]
}

// wired is a value that a request or response carries; empty if it says nothing: false, none, unknown.
func (n *Names) wired(v reflect.Value) string {
	if v.IsZero() && v.Kind() != reflect.Int64 && v.Kind() != reflect.Int32 {
		return ""
	}
	switch x := v.Interface().(type) {
	case wire.NodeID:
		return n.Node(x)
	case wire.NodeSet:
		return "[" + n.Set(x) + "]"
	case wire.TopicID:
		return n.Topic(x)
	case wire.Partition:
		return n.Partition(x)
	case wire.MessageID:
		return n.Message(x)
	case wire.MemberID:
		return fmt.Sprintf("%s-%d", n.Node(x.Client), x.Birth)
	case wire.EpochEnd:
		if x.Epoch == wire.NoEpoch {
			return ""
		}
		return fmt.Sprintf("%d@%d", x.Epoch, x.End)
	case *wire.Batch:
		return "(" + n.Batch(x) + ")"
	case wire.MetadataEntry:
		return x.Record.Entry() + "(" + n.fields(reflect.Indirect(reflect.ValueOf(x.Record))) + ")"
	case fmt.Stringer:
		return x.String()
	}
	return n.plainly(v)
}

// plainly is a value that needs no names. -1 is Kafka's "unknown", but for acks, where it is all.
func (n *Names) plainly(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return n.wired(v.Elem())
	case reflect.Struct:
		return "(" + n.fields(v) + ")"
	case reflect.Slice, reflect.Array:
		var out []string
		for i := range v.Len() {
			out = append(out, n.wired(v.Index(i)))
		}
		return "[" + strings.Join(out, " ") + "]"
	}
	text := fmt.Sprint(v.Interface())
	if text == "-1" && v.Kind() != reflect.Int8 {
		return ""
	}
	return text
}

// Batch is a batch with its header's fields.
func (n *Names) Batch(b *wire.Batch) string {
	text := n.Records(b.Records)
	if b.Marker != wire.NoMarker {
		text = fmt.Sprintf("%s coordinatorEpoch=%d", b.Marker, b.CoordinatorEpoch)
	}
	if b.Epoch != wire.NoEpoch {
		text += fmt.Sprintf(" baseOffset=%d partitionLeaderEpoch=%d", b.Base, b.Epoch)
	}
	if b.ProducerID != wire.NoProducerID {
		text += fmt.Sprintf(" producerId=%d producerEpoch=%d", b.ProducerID, b.ProducerEpoch)
	}
	if b.BaseSequence != wire.NoSequence {
		text += fmt.Sprintf(" baseSequence=%d", b.BaseSequence)
	}
	if b.Codec != wire.Uncompressed {
		text += " compression=" + b.Codec.String()
	}
	if b.Transactional {
		text += " transactional"
	}
	return strings.TrimSpace(fmt.Sprintf("%s sizeInBytes=%d", text, b.Bytes))
}
