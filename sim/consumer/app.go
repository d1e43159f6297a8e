package consumer

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Thread is the application's thread that polls; the only one, if it has no workers.
type Thread struct {
	State   AppState
	Batch   []Item `sim:"frozen"` // what the last poll() returned
	Done    int    // how many of them are finished, or handed to workers
	Over    bool   // an exception has left the loop: it will only close
	Parting bool   // it has made its own last commit, see App.OnClose
}

// AppState is what the application is doing.
type AppState uint8

// What an application can be doing.
const (
	Stopped    AppState = iota
	Polling             // inside poll()
	Processing          // at work on a record
	Between             // about to call Kafka again: to commit, or to poll
	Committing          // inside commitSync()
	InClose             // inside close()
)

func (s AppState) String() string {
	return [...]string{
		"stopped", "in poll()", "processing", "between two calls", "in commitSync()", "in close()",
	}[s]
}

// inKafka tells whether the thread is inside a call of the consumer, where callbacks can run.
func (s AppState) inKafka() bool { return s == Polling || s == Committing || s == InClose }

// Item is a record that poll() returned.
type Item struct {
	At      wire.Partition
	Offset  int64
	Message wire.MessageID
	Attempt int16
	Record  *wire.Record `sim:"-"` // all of it
}

// poll returns what is buffered, at most max.poll.records; the positions move past it. The next
// fetch goes out before the application sees the records. It returns without any if the position has only
// moved over what the application gets nothing of (ClassicKafkaConsumer.poll, Fetch.isEmpty).
func (c *Consumer) poll(out *sim.Out) {
	if c.App.State != Polling || c.withheld() || c.Closing {
		return
	}
	c.App.Batch, c.App.Done = nil, 0
	moved := false
	for i := range c.Parts {
		moved = c.takeFrom(&c.Parts[i], out) || moved
	}
	if !moved {
		return
	}
	if c.Config.App.Commit == CommitStored {
		c.store(c.App.Batch)
	}
	c.fetch(out)
	if c.Config.CommitsReturned {
		c.maybeAutoCommit(out)
	}
	c.autoStirs(out)
	out.SetTimer(sim.Timer{Kind: maxPollTimer}, c.Config.MaxPollInterval)
	if c.Config.App.Commit == CommitBefore || len(c.App.Batch) == 0 {
		c.pause(out)
		return
	}
	c.begin(out)
}

// takeFrom moves records of one partition from its buffer to the application, and goes past what was cleaned
// away. It tells whether the position
// has moved.
func (c *Consumer) takeFrom(p *Part, out *sim.Out) bool {
	from := p.Position
	var taken []wire.Record
	for p.returnable() && len(c.App.Batch) < c.Config.MaxPollRecords {
		b := p.Buffer[0]
		if p.Position >= b.Next() {
			p.Buffer = p.Buffer[1:]
			continue
		}
		if p.passes(b) {
			c.tellPolled(p, taken, out)
			taken = nil
			c.pass(p, b, out)
			continue
		}
		i := b.From(p.Position)
		if next := b.Offset(i); next > p.Position {
			c.tellPolled(p, taken, out)
			taken = nil
			p.Position, p.OffsetEpoch = next, b.Epoch
			continue
		}
		r := &b.Records[i]
		taken = append(taken, *r)
		c.App.Batch = append(c.App.Batch, Item{p.At, p.Position, r.Message, r.Attempt, r})
		p.Position++
		p.OffsetEpoch = b.Epoch
	}
	c.tellPolled(p, taken, out)
	for len(p.Buffer) > 0 && p.Buffer[0].Next() <= p.Position {
		p.Buffer = p.Buffer[1:]
	}
	if len(p.Buffer) == 0 {
		p.discard()
	}
	return p.Position > from
}

// tellPolled tells of records that follow each other up to the position.
func (c *Consumer) tellPolled(p *Part, taken []wire.Record, out *sim.Out) {
	if n := int64(len(taken)); n > 0 {
		out.Tell(wire.Note{Kind: wire.Polled, Node: c.Self, At: p.At, Offset: p.Position - n, To: p.Position,
			Records: taken})
	}
}

// pause is the moment before the application's next call: a process can be killed there too.
func (c *Consumer) pause(out *sim.Out) {
	c.App.State = Between
	out.SetTimer(sim.Timer{Kind: nextTimer}, 0)
}

// next is the application's next call: a commit if it is time for one, or else what comes after.
func (c *Consumer) next(out *sim.Out) {
	if c.commits() {
		c.commitByHand(c.chosen(), c.Config.App.Mode, out)
	}
	if c.App.State == Between {
		c.goOn(out)
	}
}

// commits tells whether the application commits at this point of its loop.
func (c *Consumer) commits() bool {
	switch c.Config.App.Commit {
	case CommitBefore:
		return c.App.Done == 0
	case CommitAfter:
		return c.App.Done == len(c.App.Batch)
	case CommitEach:
		return c.App.Done > 0
	}
	return false
}

// goOn works on the next record, or polls if there is none.
func (c *Consumer) goOn(out *sim.Out) {
	switch {
	case c.App.Over:
		c.App.State = Polling // and there it closes
	case c.App.Done < len(c.App.Batch):
		c.begin(out)
	default:
		c.pollAgain(out)
	}
}

// pollAgain calls poll() once more; the rest happens in turn.
func (c *Consumer) pollAgain(out *sim.Out) {
	c.resume(out)
	c.seekNow(out)
	c.App = Thread{State: Polling, Parting: c.App.Parting}
	out.StopTimer(sim.Timer{Kind: maxPollTimer})
}
