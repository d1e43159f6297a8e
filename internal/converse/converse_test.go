package converse

import (
	"strings"
	"testing"

	"example.com/ksim/sim"
)

// TestWhatIsReadIsWritten reads requests and responses and writes them again.
func TestWhatIsReadIsWritten(t *testing.T) {
	r := New("b1 b2 k1 p1 c1", "orders", func(self sim.NodeID) sim.Node { return &peer{self: self} })
	for _, line := range []string{
		"Request Produce acks=all timeout=30s orders-0: batch=m1,m2 orders-1: batch=m3",
		"Response Fetch orders-0: NONE highWatermark=2 diverging=1@4 batches=m1,m2@0/0+m3@2/1",
		"Response Fetch orders-0: FENCED_LEADER_EPOCH highWatermark=0 leader=b2 epoch=3",
		"Request OffsetCommit group=g1 generation=2 member=c1#1 orders-0: offset=5",
		"Response SyncGroup NONE partitions=orders-0,orders-1",
		"Request AlterPartition broker=b1 brokerEpoch=7 orders-0: leaderEpoch=1 partitionEpoch=2 isr=b1,b2 isrEpochs=7,8",
	} {
		words := strings.Fields(line)
		body, err := r.read(words[1]+words[0], words[2:], nil)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if want := strings.TrimPrefix(line, words[0]+" "); r.body(body) != want {
			t.Errorf("read %s\nwrote %s", want, r.body(body))
		}
	}
}

// TestWhatCannotBeReadIsSaid: a line that means nothing must not pass for one that leads to nothing.
func TestWhatCannotBeReadIsSaid(t *testing.T) {
	r := New("b1 k1", "orders", func(self sim.NodeID) sim.Node { return &peer{self: self} })
	for _, line := range []string{
		"k1 asks Nonsense", "k1 asks Fetch colour=red", "k1 asks Fetch orders-x: offset=1",
		"k9 asks Fetch", "k1 answers Fetch orders-0: NONE", "fire linger", "wait", "frobnicate b1",
	} {
		if said, err := r.Do(strings.Fields(line), nil); err == nil {
			t.Errorf("%s: no error, but %q", line, said)
		}
	}
}
