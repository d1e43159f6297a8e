package broker_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/ksim/internal/converse"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/wire"
	"pgregory.net/rapid"
)

// compacting is a log that producers write to, with and without transactions, while it is cleaned, and what they know of
// it.
type compacting struct {
	t       *rapid.T
	r       *converse.Room
	records map[int64]appended // by offset
	n       int                // messages so far
	next    [2]int             // sequence numbers of the transactional producers, 7 and 8
	open    [2][]int64         // what they have in their transaction
}

// appended is a record as it was sent.
type appended struct {
	key, message string
	aborted      bool
}

func newCompacting(t *rapid.T) *compacting {
	c := &compacting{t: t, r: room(), records: map[int64]appended{}}
	keys := rapid.SampledFrom([]int{1, 2, 100}).Draw(t, "keys in a map")
	c.verb("config", "cleaner.backoff=15s", fmt.Sprintf("cleaner.keys=%d", keys))
	dirty := rapid.SampledFrom([]int{0, 300, 500}).Draw(t, "min.cleanable.dirty.ratio")
	size := rapid.SampledFrom([]int{370, 600, 1000}).Draw(t, "segment.bytes")
	c.boot(fmt.Sprintf("Topic orders compact=true minDirty=%d segmentBytes=%d deleteRetention=60s", dirty, size),
		"Partition orders-0 replicas=b1 isr=b1 leader=b1")
	return c
}

func (c *compacting) verb(verb string, words ...string) {
	if _, err := c.r.Verbs[verb](words, nil); err != nil {
		c.t.Fatal(err)
	}
}

func (c *compacting) boot(lines ...string) {
	if _, err := c.r.Verbs["boot"](nil, lines); err != nil {
		c.t.Fatal(err)
	}
}

func (c *compacting) run(line string) {
	if err := c.r.Run(line); err != nil {
		c.t.Fatal(err)
	}
}

func (c *compacting) log() *broker.Log { return &c.r.Node().(*broker.Broker).Logs[0] }

// batch draws records and notes them as what is appended next.
func (c *compacting) batch(txn bool) (text string, offsets []int64) {
	var names []string
	end := c.log().End()
	for i := range rapid.IntRange(1, 3).Draw(c.t, "records") {
		c.n++
		a := appended{key: rapid.SampledFrom([]string{"a", "b", "COMMIT", "ABORT"}).Draw(c.t, "key"), message: fmt.Sprintf("m%d", c.n), aborted: txn}
		c.records[end+int64(i)] = a
		names, offsets = append(names, a.key+":"+a.message), append(offsets, end+int64(i))
	}
	return strings.Join(names, ","), offsets
}

func (c *compacting) plain() {
	text, _ := c.batch(false)
	c.run("p2 asks Produce orders-0: batch=" + text)
}

func (c *compacting) transactional() {
	i := rapid.IntRange(0, 1).Draw(c.t, "producer")
	text, offsets := c.batch(true)
	c.run(fmt.Sprintf("p1 asks Produce transaction=t%d orders-0: batch=%s~%d/0/%dt", i, text, 7+i, c.next[i]))
	c.next[i] += len(offsets)
	c.open[i] = append(c.open[i], offsets...)
}

// end ends a transaction. What is open counts as aborted until it is committed.
func (c *compacting) end() {
	i := rapid.IntRange(0, 1).Draw(c.t, "producer")
	marker := rapid.SampledFrom([]wire.Marker{wire.AbortMarker, wire.CommitMarker}).Draw(c.t, "marker")
	for _, offset := range c.open[i] {
		a := c.records[offset]
		a.aborted = marker == wire.AbortMarker
		c.records[offset] = a
	}
	c.open[i] = nil
	c.run(fmt.Sprintf("b3 asks WriteTxnMarkers %d: epoch=0 coordinatorEpoch=2 marker=%s partitions=orders-0", 7+i, marker))
}

// grow lets a delete horizon pass, if there is one.
func (c *compacting) grow() {
	for _, h := range c.log().Horizons {
		if h.Timer >= 0 {
			c.run(strings.TrimSuffix(fmt.Sprintf("fire delete-horizon:%d", h.Timer), ":0"))
			return
		}
	}
}

// readable is what a log gives to who reads what is committed: of each key the last message.
func (c *compacting) readable(l *broker.Log) map[string]string {
	last := map[string]string{}
	for _, b := range l.Batches.All() {
		for offset, r := range b.All() {
			if b.Marker != wire.NoMarker || l.Outcome(b) != broker.Counts {
				continue
			}
			sent := c.records[offset]
			if got := c.r.Message(r.Message); got != sent.message || sent.aborted {
				c.t.Fatalf("%s is at %d and counts, where %+v was written", got, offset, sent)
			}
			last[sent.key] = sent.message
		}
	}
	return last
}

// check: cleaned or not, of each key the last message that is committed can be read, and nothing else that was not.
func (c *compacting) check() {
	l := c.log()
	want := map[string]string{}
	for offset := range l.End() {
		if a, ok := c.records[offset]; ok && !a.aborted {
			want[a.key] = a.message
		}
	}
	if got := c.readable(l); fmt.Sprint(got) != fmt.Sprint(want) {
		c.t.Fatalf("reads %v, want %v", got, want)
	}
	if l.End() < int64(len(c.records)) {
		c.t.Fatalf("the log ends at %d", l.End())
	}
}

// checkCopy: a follower that copies the log knows the same of it as who has written it.
func (c *compacting) checkCopy() {
	l := c.log()
	if l.Batches.Len() == 0 {
		return
	}
	var batches []string
	for _, b := range l.Batches.All() {
		batches = append(batches, c.r.Batch(b))
	}
	follower := *c
	follower.r = room()
	follower.boot("Topic orders compact=true", "Partition orders-0 replicas=b2,b1 isr=b1,b2 leader=b2")
	follower.run(fmt.Sprintf("b2 answers Fetch orders-0: NONE highWatermark=%d batches=%s", l.End(), strings.Join(batches, "+")))
	copied := follower.log()
	if a, b := l.LastStable(l.End()), copied.LastStable(l.End()); a != b || copied.End() != l.End() {
		c.t.Fatalf("stable up to %d of %d, and in the copy up to %d of %d", a, l.End(), b, copied.End())
	}
	if a, b := fmt.Sprint(c.readable(l)), fmt.Sprint(follower.readable(copied)); a != b {
		c.t.Fatalf("reads %s, and %s in the copy", a, b)
	}
	for i := range l.Producers {
		p := &l.Producers[i]
		if n := len(p.Batches); n > 0 && !lastIs(copied, p.ID, p.Batches[n-1].Last) {
			c.t.Fatalf("the copy does not know the last number of producer %d", p.ID)
		}
	}
}

// lastIs tells whether a log knows the last sequence number of a producer.
func lastIs(l *broker.Log, id int64, last int32) bool {
	for i := range l.Producers {
		if p := &l.Producers[i]; p.ID == id && len(p.Batches) > 0 {
			return p.Batches[len(p.Batches)-1].Last == last
		}
	}
	return false
}

// TestCleaningKeepsTheLastOfEachKey: whatever is written, whenever a log is cleaned, and however few keys fit into the
// cleaner's map.
func TestCleaningKeepsTheLastOfEachKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCompacting(t)
		t.Repeat(map[string]func(*rapid.T){
			"plain":         func(*rapid.T) { c.plain() },
			"transactional": func(*rapid.T) { c.transactional() },
			"end":           func(*rapid.T) { c.end() },
			"clean":         func(*rapid.T) { c.run("fire cleaner") },
			"grow":          func(*rapid.T) { c.grow() },
			"":              func(*rapid.T) { c.check() },
		})
		c.checkCopy()
	})
}
