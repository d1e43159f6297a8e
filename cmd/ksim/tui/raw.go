package tui

import (
	"fmt"
	"reflect"
	"strings"

	"example.com/ksim/sim/wire"
)

// raw is what a packet carries with all its fields, for who knows Kafka's protocol: offsets, epochs and all. Fields
// that are zero, or say that there is nothing, are left out.
func (t *teller) raw(b wire.Body) string {
	if b == nil {
		return ""
	}
	return b.API() + t.value(reflect.ValueOf(b))
}

func (t *teller) value(v reflect.Value) string {
	if v.CanInterface() {
		if text, ok := t.known(v.Interface()); ok {
			return text
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return ""
		}
		return t.value(v.Elem())
	case reflect.Struct:
		return "{" + t.fields(v) + "}"
	case reflect.Slice:
		var all []string
		for i := range v.Len() {
			all = append(all, t.value(v.Index(i)))
		}
		return "[" + strings.Join(all, " ") + "]"
	case reflect.Func, reflect.Map, reflect.Chan:
		return ""
	}
	return fmt.Sprint(v)
}

func (t *teller) fields(v reflect.Value) string {
	var out []string
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || v.Field(i).IsZero() && !zeroCounts[f.Name] {
			continue
		}
		if text := t.value(v.Field(i)); text != "" && text != "[]" && text != "{}" {
			out = append(out, f.Name+":"+text)
		}
	}
	return strings.Join(out, " ")
}

// zeroCounts are the fields of which zero says something.
var zeroCounts = map[string]bool{"Offset": true, "Base": true, "Epoch": true, "LeaderEpoch": true, "CurrentEpoch": true,
	"HighWatermark": true, "Acks": true, "Err": true, "BaseSequence": true}

// known are the values that have names, or that are told best in words of their own.
func (t *teller) known(v any) (string, bool) {
	switch v := v.(type) {
	case wire.NodeID:
		return t.names.Node(v), true
	case wire.NodeSet:
		return "(" + t.names.Set(v) + ")", true
	case wire.TopicID:
		return t.names.Topic(v), true
	case wire.Partition:
		return t.names.Partition(v), true
	case wire.MessageID:
		return t.names.Message(v), true
	case wire.Record:
		return t.names.Record(&v), true
	case wire.Error:
		return fmt.Sprintf("%s(%d)", v, int16(v)), true
	case fmt.Stringer:
		if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
			return "", true
		}
		return v.String(), true
	}
	return "", false
}
