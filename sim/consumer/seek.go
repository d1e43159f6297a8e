package consumer

import (
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Seek is what a person has told the application to call before its next poll(): seek(), or, with a
// Need, seekToBeginning() or seekToEnd().
type Seek struct {
	At     wire.Partition
	Need   Need
	Offset int64 // of seek(); then Need is NeedNothing
}

// calls are what an application can be told to call.
var calls = []word{{"seek", NeedNothing}, {"seek-to-beginning", NeedBeginning}, {"seek-to-end", NeedEnd}}

// word is an order's name, and where the position has to come from then.
type word struct {
	verb string
	need Need
}

// told is what a person says: "stop", or a call of the consumer such as "seek orders-0 to=5".
func (c *Consumer) told(text string, out *sim.Out) {
	words := strings.Fields(text)
	i := slices.IndexFunc(calls, func(w word) bool { return w.verb == words[0] })
	if i < 0 {
		c.Closing = true
		return
	}
	topic, index := wire.SplitPartition(words[1])
	s := Seek{Need: calls[i].need,
		At: wire.Partition{Topic: wire.TopicID(slices.Index(c.Config.Names, topic)), Index: index}}
	if s.Need == NeedNothing {
		s.Offset, _ = strconv.ParseInt(strings.TrimPrefix(words[2], "to="), 10, 64)
	}
	c.Seeks = append(c.Seeks, s)
	if c.App.State == Polling {
		c.lapLater(out) // a poll() without records returns, too
	}
}

// seekNow makes the calls that the application was told to make. The consumer is not thread-safe, so it
// is the thread that polls which makes them, between two polls (KafkaConsumer's javadoc). What the
// consumer does not own at that time throws; the application logs it and goes on.
func (c *Consumer) seekNow(out *sim.Out) {
	if len(c.Seeks) == 0 {
		return
	}
	for _, s := range c.Seeks {
		switch p := c.part(s.At); {
		case p == nil:
			out.Tell(wire.Note{Kind: wire.SeekFailed, Node: c.Self, At: s.At})
		case s.Need == NeedNothing:
			c.seekTo(p, s.Offset, out)
		default:
			p.Need, p.Asked, p.Buffer = s.Need, false, nil
		}
	}
	c.Seeks = nil
	c.autoStirs(out)
}

// seekTo makes poll() go on from an offset (KafkaConsumer.seek). What is fetched from there already is
// kept; whatever else is fetched or under way is from another position and will be dropped
// (FetchCollector, SubscriptionState.seekUnvalidated).
func (c *Consumer) seekTo(p *Part, offset int64, out *sim.Out) {
	fetched := p.Buffer
	if p.Need != NeedNothing || p.Position != offset {
		fetched = nil
	}
	c.place(p, offset, "seek()", out)
	p.Buffer = fetched
}

// resetOf tells whether a partition's position is to be asked for, and the reset that does it: by
// auto.offset.reset, or as the application wants it (SubscriptionState.requestOffsetReset).
func (c *Consumer) resetOf(p *Part) (to Reset, why string, wanted bool) {
	switch p.Need {
	case NeedReset:
		return c.Config.Reset, "auto.offset.reset=" + c.Config.Reset.String(), true
	case NeedBeginning:
		return Earliest, "seekToBeginning()", true
	case NeedEnd:
		return Latest, "seekToEnd()", true
	}
	return None, "", false
}
