package producer

import (
	"slices"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Hand is a message that a person lets the application say beside what it says by itself.
type Hand struct {
	N         int32 // the number that it has got; 0: it waits for its turn
	Partition int16 // ProducerRecord's argument; negative: the partitioner chooses
	Keyed     bool
	Key       string
}

// order is "send orders-0 key=k": the application calls send() once more, as soon as its thread is free. Then it
// goes on with what it has to say by itself.
func (p *Producer) order(text string, out *sim.Out) {
	h := Hand{Partition: -1}
	for _, word := range strings.Fields(text)[1:] {
		if key, is := strings.CutPrefix(word, "key="); is {
			h.Keyed, h.Key = true, key
		} else {
			_, h.Partition = wire.SplitPartition(word)
		}
	}
	p.Asked = append(p.Asked, h)
	if p.Thread.Blocked == Free && !p.inGet() {
		p.say(out)
	}
}

// inGet tells whether the thread is in the get() of a send().
func (p *Producer) inGet() bool {
	return p.Config.App.Mode == Sync && slices.ContainsFunc(p.Batches, func(b Batch) bool { return !b.Done })
}

// sayAsked gives the next message that a person asked for its number, if there is one.
func (p *Producer) sayAsked() {
	if len(p.Asked) > 0 {
		h := p.Asked[0]
		h.N = p.Next
		p.Asked, p.Hands = p.Asked[1:], append(p.Hands, h)
	}
}

// hand is the message of a number, if a person asked for it, nil if not; nth is then which of the application's
// own messages it is.
func (p *Producer) hand(n int32) (h *Hand, nth int32) {
	nth = n
	for i := range p.Hands {
		if p.Hands[i].N == n {
			return &p.Hands[i], 0
		}
		if p.Hands[i].N < n {
			nth--
		}
	}
	return nil, nth
}

// Says is what the nth message is sent as.
func (p *Producer) Says(n int32) wire.Record {
	h, nth := p.hand(n)
	if h == nil {
		return p.Config.App.Record(nth)
	}
	return wire.Record{Bytes: p.Config.App.Bytes, Keyed: h.Keyed, Key: h.Key}
}

// named is the partition that the application names for the nth message; false if the partitioner chooses.
func (p *Producer) named(n int32) (int16, bool) {
	h, nth := p.hand(n)
	switch named := p.Config.App.Partitions; {
	case h != nil:
		return h.Partition, h.Partition >= 0
	case len(named) > 0:
		return named[int(nth-1)%len(named)], true
	}
	return 0, false
}

// Total is how many messages the application says in all, as it is.
func (p *Producer) Total() int32 {
	return p.Config.App.Records + int32(len(p.Hands)) + int32(len(p.Asked))
}

// HasToSend tells whether there are messages that the application has yet to hand to send().
func (p *Producer) HasToSend() bool { return len(p.Again) > 0 || p.Next < p.Total() }
