package converse

import (
	"strconv"
	"strings"

	"example.com/ksim/sim/wire"
)

// note writes a note in the words of its row.
func (r *Room) note(n *wire.Note) string {
	text := n.Kind.Row().Told
	for _, field := range [...]struct{ name, value string }{
		{"node", r.Nodes[n.Node]},
		{"peer", r.Nodes[n.Peer]},
		{"at", r.partition(n.At)},
		{"offset", strconv.FormatInt(n.Offset, 10)},
		{"to", strconv.FormatInt(n.To, 10)},
		{"epoch", strconv.Itoa(int(n.Epoch))},
		{"err", n.Err.String()},
		{"msg", r.attempt(n.Message, n.Attempt)},
		{"msgs", r.records(n.Carried())},
		{"sequence", sequence(n.Batch)},
		{"set", r.Set(n.Set)},
		{"text", n.Text},
		{"unclean", map[bool]string{true: ", unclean"}[n.Unclean]},
	} {
		text = strings.ReplaceAll(text, "{"+field.name+"}", field.value)
	}
	return text
}
