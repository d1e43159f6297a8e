package converse

import (
	"fmt"
	"strings"

	"example.com/ksim/sim/wire"
)

// parseRow reads a value of a database's row, or one that reads itself.
func (r *Room) parseRow(p any, text string) error {
	var err error
	switch p := p.(type) {
	case *wire.Record:
		*p, err = r.parseRecord(text)
	case *wire.RowKind:
		*p, err = parseRowKind(text)
	default:
		_, err = fmt.Sscan(text, p)
	}
	return err
}

// parseRecord reads a record by its message, with its key before it if it has one: k1:m3. The key of a marker is
// the marker's name: COMMIT:m3.
func (r *Room) parseRecord(text string) (wire.Record, error) {
	key, name, keyed := strings.Cut(text, ":")
	if !keyed {
		key, name = "", text
	}
	if m := parseMarker(key); m != wire.NoMarker {
		key = m.Key()
	}
	m, err := r.parseMessage(name)
	return wire.Record{Message: m, Attempt: 1, Keyed: keyed, Key: key, Bytes: recordBytes}, err
}

// hole stands for a record that was cleaned away.
const hole = "-"

// content writes the records of a batch, and where some are missing: m1,-,m3.
func (r *Room) content(b *wire.Batch) string {
	var out []string
	for at := range b.Next() - b.Base {
		text := hole
		if i := b.From(b.Base + at); b.Offset(i) == b.Base+at {
			text = r.record(&b.Records[i])
		}
		out = append(out, text)
	}
	return strings.Join(out, ",")
}

func parseRowKind(text string) (wire.RowKind, error) {
	for _, k := range []wire.RowKind{wire.InsertChange, wire.InsertOutbox, wire.MarkSent} {
		if k.String() == text {
			return k, nil
		}
	}
	return 0, fmt.Errorf("no such statement")
}

// Message writes a message.
func (r *Room) Message(m wire.MessageID) string { return r.message(m) }

func (r *Room) parseMessage(name string) (wire.MessageID, error) {
	m := wire.MessageID{Producer: r.producer()}
	if from, rest, ok := strings.Cut(name, "."); ok {
		id, err := r.node(from)
		if err != nil {
			return m, err
		}
		m.Producer, name = id, rest
	}
	_, err := fmt.Sscanf(name, "m%d", &m.N)
	return m, err
}
