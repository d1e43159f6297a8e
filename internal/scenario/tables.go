package scenario

import (
	"github.com/goccy/go-yaml/ast"

	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/database"
)

func (x *expector) changes(n ast.Node, name string) {
	x.eachDatabase(n, name, func(names *cluster.Names, d *database.Database) (held []string) {
		for _, m := range d.Changes {
			held = append(held, names.Message(m))
		}
		return held
	})
}

func (x *expector) unsent(n ast.Node, name string) {
	x.eachDatabase(n, name, func(names *cluster.Names, d *database.Database) (held []string) {
		for i := range d.Outbox {
			if !d.Outbox[i].Sent {
				held = append(held, names.Message(d.Outbox[i].Record.Message))
			}
		}
		return held
	})
}

// eachDatabase reads lists of messages by database.
func (x *expector) eachDatabase(n ast.Node, name string, rows func(*cluster.Names, *database.Database) []string) {
	for _, p := range x.r.mapping(n, "a mapping by database") {
		if id, ok := x.node(p, "database"); ok {
			x.add(p.value, name+"."+p.key, x.list(p.value, x.message), func(f *final) string {
				return listText(rows(f.names, f.world.Node(id).(*database.Database)))
			})
		}
	}
}
