package database_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim"
	"example.com/ksim/sim/database"
)

// TestConversations holds the conversations in testdata with database db1.
func TestConversations(t *testing.T) { converse.Walk(t, room) }

func room() *converse.Room {
	c := &database.Config{Fsync: 5 * sim.Millisecond}
	r := converse.New("db1 p1 p2 r1", "orders bills", func(self sim.NodeID) sim.Node {
		return database.New(self, c)
	})
	r.Verbs["tables"] = func(_, _ []string) (string, error) { return tables(r), nil }
	return r
}

// tables writes what is committed.
func tables(r *converse.Room) string {
	d := r.Node().(*database.Database)
	changes, outbox := []string{}, []string{}
	for _, m := range d.Changes {
		changes = append(changes, r.Message(m))
	}
	for i := range d.Outbox {
		o := &d.Outbox[i]
		text := r.Message(o.Record.Message)
		if o.Sent {
			text += " (sent)"
		}
		outbox = append(outbox, text)
	}
	return fmt.Sprintf("changes: %s\noutbox: %s\n", strings.Join(changes, " "), strings.Join(outbox, " "))
}
