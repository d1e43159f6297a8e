package tui

import (
	"testing"

	"example.com/ksim/sim/wire"
)

// TestApplicationsWithADatabaseSayWhatTheyDo: writer, database and relay have their place among the clients.
func TestApplicationsWithADatabaseSayWhatTheyDo(t *testing.T) {
	m := shipping(t, "outbox")
	onceTold(t, m, wire.ChangeBegun, "shop")
	wants(t, paneText(m.clientLines(200)), "writer · db1 · outbox", "at the change of m1: commits it, with its outbox row")
	onceTold(t, m, wire.RowCommitted, "db1")
	wants(t, paneText(m.clientLines(200)), "changes m1", "unsent m1", "relay · db1 · orders", "waits for its next look")
	onceTold(t, m, wire.Sent, "r1")
	wants(t, paneText(m.clientLines(200)), "holds [m1] orders-0")
	press(m, "end")
	wants(t, paneText(m.clientLines(200)), "changes m1 m2 m3", "3 of 3 changes begun")
	m = shipping(t, "send-before-commit-lies")
	onceTold(t, m, wire.Drained, "shop")
	wants(t, paneText(m.clientLines(200)), "at the change of m1: flush(): waits for the result")
}
