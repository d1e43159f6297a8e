package cluster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
)

// mostChanges is how many business changes a writer can make: its database looks for rows one by one.
const mostChanges = 10_000

func (p *plan) resolveWriter(i int) {
	c := &p.Writers[i]
	path := fmt.Sprintf("writers[%d]", i)
	t := p.producing(&c.Producer, path)
	form := outbox.Form(p.choice(c.Form, path+".form", outbox.FormNames...))
	t.writer = outbox.WriterConfig{Database: p.database(c.Database, path+".database"), Form: form,
		Records: int32(c.Records), Every: c.Every, Producer: t.producer}
	speechless(&t.writer.Producer.App)
	t.make = func(t *target, self sim.NodeID) sim.Node { return outbox.NewWriter(self, &t.writer) }
	p.clients = append(p.clients, t)
	if c.Records > mostChanges {
		p.wrong(path+".records", "want 0 to %d business changes, not %d", mostChanges, c.Records)
	}
	if c.Form != outbox.Outbox.String() {
		return
	}
	for _, s := range c.Settings {
		p.wrong(path+".config."+s.Name, "with form outbox the writer has no producer: its relay has")
	}
	if !slices.ContainsFunc(p.Relays, func(r Relay) bool { return r.Database == c.Database && r.Topic == c.Topic }) {
		p.wrong(path+".form", "outbox, but nobody sends what waits there: add to relays {id: r1, database: %s, topic: %s}",
			c.Database, c.Topic)
	}
}

func (p *plan) resolveRelay(i int) {
	c := &p.Relays[i]
	path := fmt.Sprintf("relays[%d]", i)
	c.Bytes = 1 // it says nothing of its own
	t := p.producing(&c.Producer, path)
	t.relay = outbox.RelayConfig{Database: p.database(c.Database, path+".database"), Every: c.Every, Producer: t.producer}
	speechless(&t.relay.Producer.App)
	t.make = func(t *target, self sim.NodeID) sim.Node { return outbox.NewRelay(self, &t.relay) }
	p.clients = append(p.clients, t)
}

// speechless is the application of a producer that says only what it is given.
func speechless(app *producer.App) { app.Records, app.Every, app.Fed = 0, 0, true }

// database finds a database by its name.
func (p *plan) database(name, path string) sim.NodeID {
	if i := slices.Index(p.Databases, name); i >= 0 {
		return p.dbs[i]
	}
	known := cmp.Or(strings.Join(p.Databases, ", "), "none")
	p.wrong(path, "unknown database %q%s (databases: %s)", name, sim.DidYouMean(name, p.Databases), known)
	return 0
}
