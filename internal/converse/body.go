package converse

import (
	"fmt"
	"reflect"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// bodies are all requests and responses that can be read, with what clients put there by default.
var bodies = []wire.Body{
	&wire.ProduceRequest{Acks: wire.AcksAll, Timeout: 30 * sim.Second}, &wire.ProduceResponse{},
	&wire.InitProducerIdRequest{Timeout: 60 * sim.Second, ID: wire.NoProducerID, Epoch: wire.NoProducerEpoch},
	&wire.InitProducerIdResponse{},
	&wire.AddPartitionsToTxnRequest{}, &wire.AddPartitionsToTxnResponse{},
	&wire.AddOffsetsToTxnRequest{}, &wire.AddOffsetsToTxnResponse{},
	&wire.TxnOffsetCommitRequest{Generation: wire.NoGeneration}, &wire.TxnOffsetCommitResponse{},
	&wire.EndTxnRequest{}, &wire.EndTxnResponse{},
	&wire.WriteTxnMarkersRequest{}, &wire.WriteTxnMarkersResponse{},
	&wire.FetchRequest{BrokerEpoch: wire.NoOffset, MaxWait: 500 * sim.Millisecond, MinBytes: 1},
	&wire.FetchResponse{},
	&wire.ListOffsetsRequest{}, &wire.ListOffsetsResponse{},
	&wire.OffsetForLeaderEpochRequest{}, &wire.OffsetForLeaderEpochResponse{},
	&wire.MetadataRequest{}, &wire.MetadataResponse{},
	&wire.FindCoordinatorRequest{}, &wire.FindCoordinatorResponse{},
	&wire.JoinGroupRequest{
		SessionTimeout: 45 * sim.Second, RebalanceTimeout: 300 * sim.Second,
		Protocols: []string{"range"}, Subscription: wire.Subscription{Topics: []wire.TopicID{1}},
	},
	&wire.JoinGroupResponse{},
	&wire.SyncGroupRequest{}, &wire.SyncGroupResponse{},
	&wire.HeartbeatRequest{}, &wire.HeartbeatResponse{},
	&wire.LeaveGroupRequest{}, &wire.LeaveGroupResponse{},
	&wire.ConsumerGroupHeartbeatRequest{}, &wire.ConsumerGroupHeartbeatResponse{},
	&wire.OffsetCommitRequest{}, &wire.OffsetCommitResponse{},
	&wire.OffsetFetchRequest{}, &wire.OffsetFetchResponse{},
	&wire.BrokerRegistrationRequest{}, &wire.BrokerRegistrationResponse{},
	&wire.BrokerHeartbeatRequest{}, &wire.BrokerHeartbeatResponse{},
	&wire.AlterPartitionRequest{}, &wire.AlterPartitionResponse{},
	&wire.QuorumFetchRequest{}, &wire.QuorumFetchResponse{},
	&wire.VoteRequest{}, &wire.VoteResponse{},
	&wire.BeginQuorumEpochRequest{}, &wire.BeginQuorumEpochResponse{},
	&wire.TransactRequest{}, &wire.TransactResponse{},
	&wire.PollOutboxRequest{}, &wire.PollOutboxResponse{},
}

// entries are all records of the metadata log that can be read, with a cluster's usual settings.
var entries = []wire.Entry{
	&metadata.Topic{Partitions: 1, Config: metadata.TopicConfig{
		MinISR: 1, FlushMessages: 1<<63 - 1, MaxMessageBytes: 1048588,
	}},
	&metadata.RemoveTopic{}, &metadata.Partition{}, &metadata.RegisterBroker{}, &metadata.ChangeBroker{},
	&metadata.LeaderChange{},
}

// unwritten are fields that no conversation turns on.
var unwritten = []string{"MaxBytes", "LogStart", "Bytes", "FlushMessages", "MaxMessageBytes", "Name", "Codec", "Level"}

// body writes a request or response: Kafka's name of it, its fields, then its elements, each
// behind what it is about.
func (r *Room) body(b wire.Body) string {
	return strings.TrimSpace(b.API() + r.fields(reflect.ValueOf(b).Elem(), ""))
}

// entry writes a record of the metadata log.
func (r *Room) entry(e wire.Entry) string {
	return e.Entry() + r.fields(reflect.ValueOf(e).Elem(), "")
}

// fields writes the fields of a struct, the one named head bare and with a colon.
func (r *Room) fields(v reflect.Value, head string) string {
	var b strings.Builder
	for i := range v.NumField() {
		f, field := v.Type().Field(i), v.Field(i)
		switch {
		case !f.IsExported() || contains(unwritten, f.Name) || beside(v, f.Name):
		case f.Name == head:
			b.WriteString(" " + r.leaf(field.Interface()) + ":")
		case isElements(f.Type):
			for k := range field.Len() {
				b.WriteString(r.element(field.Index(k)))
			}
		case f.Name == "Config" || f.Name == "Subscription":
			b.WriteString(r.fields(field, ""))
		case f.Type == reflect.TypeFor[wire.Error]():
			b.WriteString(" " + r.leaf(field.Interface()))
		default:
			if text := r.leaf(field.Interface()); text != "" {
				b.WriteString(" " + lower(f.Name) + "=" + text)
			}
		}
	}
	return b.String()
}

// beside tells of a field that it says nothing because the one it belongs to is not set: the epoch
// of no leader, the broker epoch of no broker.
func beside(v reflect.Value, name string) bool {
	of := reflect.Value{}
	switch name {
	case "Epoch":
		if v.FieldByName("At").IsValid() {
			of = v.FieldByName("Leader")
		}
		if name := v.FieldByName("Transaction"); name.IsValid() {
			of = name
		}
	case "Topic":
		of = v.FieldByName("Topic")
	case "BrokerEpoch":
		of = v.FieldByName("Replica")
	case "ID", "Timeout":
		if _, init := v.Addr().Interface().(*wire.InitProducerIdRequest); init {
			of = v.FieldByName("Transaction")
		}
	}
	return of.IsValid() && of.IsZero()
}

func (r *Room) element(v reflect.Value) string {
	if e, ok := v.Interface().(wire.MetadataEntry); ok {
		return fmt.Sprintf("\n  %s (epoch %d)", r.entry(e.Record), e.Epoch)
	}
	return r.fields(v, v.Type().Field(0).Name)
}

// isElements tells whether a field is a list of structs with fields of their own.
func isElements(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct &&
		t.Elem() != reflect.TypeFor[wire.Partition]() && t.Elem() != reflect.TypeFor[wire.AbortedTxn]()
}

// lower is a field's name as Kafka would write it: HighWatermark is highWatermark, ISR is isr.
func lower(name string) string {
	n := 1
	for n < len(name) && name[n] >= 'A' && name[n] <= 'Z' &&
		(n+1 == len(name) || name[n+1] >= 'A' && name[n+1] <= 'Z') {
		n++
	}
	return strings.ToLower(name[:n]) + name[n:]
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// read reads what body writes; each line below is a record of the metadata log.
func (r *Room) read(name string, words, lines []string) (wire.Body, error) {
	for _, proto := range bodies {
		t := reflect.TypeOf(proto).Elem()
		if t.Name() != name {
			continue
		}
		v := reflect.New(t)
		v.Elem().Set(reflect.ValueOf(proto).Elem())
		unknown(v.Elem())
		if err := r.readFields(v.Elem(), words); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		b := v.Interface().(wire.Body)
		if q, ok := b.(*wire.QuorumFetchResponse); ok {
			records, err := r.Entries(q.Epoch, lines)
			q.Records = records
			return b, err
		}
		return b, nil
	}
	return nil, fmt.Errorf("there is no %s", name)
}

// Entries reads records of the metadata log, one a line.
func (r *Room) Entries(epoch int32, lines []string) ([]wire.MetadataEntry, error) {
	var out []wire.MetadataEntry
	for _, line := range lines {
		e, err := r.readEntry(strings.Fields(line))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", line, err)
		}
		out = append(out, wire.MetadataEntry{Epoch: epoch, Record: e})
	}
	return out, nil
}

func (r *Room) readEntry(words []string) (wire.Entry, error) {
	for _, proto := range entries {
		if proto.Entry() != words[0] {
			continue
		}
		v := reflect.New(reflect.TypeOf(proto).Elem())
		v.Elem().Set(reflect.ValueOf(proto).Elem())
		if err := r.readFields(v.Elem(), words[1:]); err != nil {
			return nil, err
		}
		if t, ok := v.Interface().(*metadata.Topic); ok {
			t.Name = r.topic(t.ID)
		}
		return v.Interface().(wire.Entry), nil
	}
	return nil, fmt.Errorf("there is no such record")
}

// Configure sets fields of a configuration, those of structs inside it too, by Kafka's names where
// they are alike: linger.ms is Linger, batch.size is BatchSize.
func (r *Room) Configure(config any, words []string) error {
	var fields []string
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		fields = append(fields, fieldNames.Replace(name)+"="+value)
	}
	return r.readFields(reflect.ValueOf(config).Elem(), fields)
}

var fieldNames = strings.NewReplacer(".requests.per.connection", "", ".class", "", ".ms", "", ".", "")

// readFields reads field=value words; a bare word is the error or the first field, one that ends
// with a colon begins an element.
func (r *Room) readFields(top reflect.Value, words []string) error {
	v := top
	for _, word := range words {
		key, text, ok := strings.Cut(word, "=")
		switch head, isHead := strings.CutSuffix(word, ":"); {
		case isHead:
			slice, found := elements(top)
			if !found {
				return fmt.Errorf("%q: it has no elements", word)
			}
			slice.Set(reflect.Append(slice, reflect.Zero(slice.Type().Elem())))
			v = slice.Index(slice.Len() - 1)
			unknown(v)
			key, text = v.Type().Field(0).Name, head
		case !ok && wire.IsError(word):
			key, text = "Err", word
		case !ok:
			key, text = first(v.Type()), word
		}
		f := find(v, key)
		if !f.IsValid() {
			return fmt.Errorf("%q: there is no such field", word)
		}
		if err := r.parse(f.Addr().Interface(), text); err != nil {
			return err
		}
	}
	return nil
}

// elements is the field that holds a struct's elements.
func elements(v reflect.Value) (reflect.Value, bool) {
	for i := range v.NumField() {
		if isElements(v.Type().Field(i).Type) {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// first is the name of the first field that can be set.
func first(t reflect.Type) string {
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			return t.Field(i).Name
		}
	}
	return ""
}

// find is a field by its name, whatever the case, be it one of a struct inside.
func find(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && strings.EqualFold(f.Name, name) {
			return v.Field(i)
		}
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && f.Type.Kind() == reflect.Struct {
			if inner := find(v.Field(i), name); inner.IsValid() {
				return inner
			}
		}
	}
	return reflect.Value{}
}

// unknown sets to Kafka's -1 what a request or response leaves open unless it is said.
func unknown(v reflect.Value) {
	for i := range v.NumField() {
		f, field := v.Type().Field(i), v.Field(i)
		switch f.Name {
		case "CurrentEpoch", "LastEpoch", "OffsetEpoch", "Base", "PreviousEpoch", "LastStable":
			field.SetInt(-1)
		case "Subscription":
			s := field.Addr().Interface().(*wire.Subscription)
			s.OwnedGeneration, s.StickyGeneration = wire.NoGeneration, wire.NoGeneration
		case "MaxBytes":
			field.SetInt(1 << 20)
		case "Diverging":
			field.Set(reflect.ValueOf(wire.EpochEnd{Epoch: wire.NoEpoch, End: wire.NoOffset}))
		}
	}
}
