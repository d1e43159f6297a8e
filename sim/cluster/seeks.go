package cluster

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// seeks are the calls that a person lets a consumer's application make before its next poll(). Kafka refuses
// them with an IllegalStateException where the consumer does not own the partition
// (SubscriptionState.assignedState).
var seeks = []order{
	{verb: "seek", about: theApplications, usage: "CONSUMER TOPIC-N to=OFFSET", server: theClient,
		help:   "its application calls seek(): it goes on reading from an offset",
		offers: offerSeeks(" to=0"), never: neverSeek, refuse: refuseSeek},
	{verb: "seek-to-beginning", about: theApplications, usage: "CONSUMER TOPIC-N", server: theClient,
		help:   "its application calls seekToBeginning(): it reads all that there is once more",
		offers: offerSeeks(""), never: neverSeek, refuse: refuseSeek},
	{verb: "seek-to-end", about: theApplications, usage: "CONSUMER TOPIC-N", server: theClient,
		help:   "its application calls seekToEnd(): it skips what it has not read",
		offers: offerSeeks(""), never: neverSeek, refuse: refuseSeek},
}

func theClient(_ *sim.World, o *words) sim.NodeID { return o.client }

func offerSeeks(option string) func(w *sim.World) []string {
	return func(w *sim.World) []string {
		var out []string
		image := CommittedImage(w)
		for id := range ids(w) {
			c, ok := ConsumerOf(w, id)
			if !ok {
				continue
			}
			for _, t := range userTopics(w) {
				for _, p := range image.Of(t.ID) {
					if reads(c, p.At) {
						out = append(out, fmt.Sprintf("%s %s-%d%s", w.Name(id), t.Name, p.At.Index, option))
					}
				}
			}
		}
		return out
	}
}

// reads tells whether a consumer may come to own a partition.
func reads(c *consumer.Consumer, at wire.Partition) bool {
	return slices.Contains(c.Config.Topics, at.Topic) || slices.Contains(c.Config.Assign, at)
}

func neverSeek(w *sim.World, o *words) error {
	if c, _ := ConsumerOf(w, o.client); !reads(c, o.at) {
		return fmt.Errorf("%s does not read %s: it can seek only where it reads", w.Name(o.client), o.part)
	}
	return nil
}

func refuseSeek(w *sim.World, o *words) error {
	if err := refuseUnlessAwake(w, o.client); err != nil {
		return err
	}
	c, _ := ConsumerOf(w, o.client)
	if c.Closing {
		return fmt.Errorf("%s is closing: it polls no more", w.Name(o.client))
	}
	if !slices.ContainsFunc(c.Parts, func(p consumer.Part) bool { return p.At == o.at }) {
		return fmt.Errorf("%s does not own %s now (IllegalStateException: No current assignment for partition)",
			w.Name(o.client), o.part)
	}
	return nil
}
