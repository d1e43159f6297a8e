package tui

import (
	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/controller"
	"example.com/ksim/sim/wire"
)

// overdue says which brokers the active controller has not heard of for too long, and when it fences them:
// until then nobody else is elected for what they led.
func (s *scene) overdue(k *controller.Controller) paint.Line {
	var l paint.Line
	lead := "fences "
	for _, w := range s.world.Waits(k.Self) {
		id := wire.NodeID(w.Key)
		if w.Name != "session" {
			continue
		}
		if _, ill := s.health(id); ill || w.Left < k.Config.SessionTimeout/2 {
			l = l.Add(paint.Plain, ", ").Add(paint.Warn, unbroken(lead+s.names.Node(id)+" in "+span(w.Left)))
			lead = ""
		}
	}
	return l
}
