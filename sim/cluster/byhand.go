package cluster

import (
	"fmt"

	"example.com/ksim/sim"
	"example.com/ksim/sim/producer"
)

// send lets a producer's application call send() once more. Without a partition the partitioner chooses.
var send = order{verb: "send", about: theApplications, usage: "PRODUCER [TOPIC-N] [key=KEY]", server: theClient,
	help:    "a producer's application calls send() once more, of a message beside its own",
	offers:  offerSends,
	never:   neverSend,
	refuse:  refuseSend,
	foresee: func(n *Names, o *words) { n.more[o.client]++ }}

func offerSends(w *sim.World) []string {
	var out []string
	image := CommittedImage(w)
	for id := range ids(w) {
		p, ok := w.Node(id).(*producer.Producer)
		if !ok {
			continue
		}
		out = append(out, w.Name(id))
		if t := image.Topic(p.Config.App.Topic); t != nil {
			for _, part := range image.Of(t.ID) {
				out = append(out, fmt.Sprintf("%s %s-%d key=k", w.Name(id), t.Name, part.At.Index))
			}
		}
	}
	return out
}

func neverSend(w *sim.World, o *words) error {
	if p := w.Node(o.client).(*producer.Producer); o.topic != nil && o.topic.ID != p.Config.App.Topic {
		return fmt.Errorf("%s does not send to %s: its application has one topic", w.Name(o.client), o.topic.Name)
	}
	return nil
}

func refuseSend(w *sim.World, o *words) error {
	if err := refuseUnlessAwake(w, o.client); err != nil {
		return err
	}
	if w.Node(o.client).(*producer.Producer).Closing {
		return fmt.Errorf("%s is closing: it sends no more", w.Name(o.client))
	}
	if o.part != "" && CommittedImage(w).Partition(o.at) == nil {
		return fmt.Errorf("there is no %s now", o.part)
	}
	return nil
}
