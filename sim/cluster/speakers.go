package cluster

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/copier"
	"example.com/ksim/sim/outbox"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// speaker is whoever has messages of its own: a producer, or a writer, whose nth message is about its nth business change.
type speaker struct {
	app     *producer.App // the topic and the keys
	records int32
	says    func(n int32) wire.Record // the nth message
}

// speakerOf is what a node has to say; false if it has nothing of its own.
func speakerOf(w *sim.World, id wire.NodeID) (speaker, bool) {
	switch n := w.Node(id).(type) {
	case *producer.Producer:
		return speaker{&n.Config.App, n.Total(), n.Says}, true
	case *outbox.Writer:
		return speaker{&n.Config.Producer.App, n.Config.Records, n.Config.Producer.App.Record}, true
	}
	return speaker{}, false
}

// producerOf is the producer inside of a client; nil if it has none.
func producerOf(n sim.Node) *producer.Producer {
	switch n := n.(type) {
	case *producer.Producer:
		return n
	case *copier.Copier:
		return &n.Out
	case *outbox.Writer:
		return &n.Producer
	case *outbox.Relay:
		return &n.Producer
	}
	return nil
}
