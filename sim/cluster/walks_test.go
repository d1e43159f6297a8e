package cluster_test

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
	"pgregory.net/rapid"
)

var walks = flag.Int("walks", 240, "how many random walks to take in each land")

// TestMain hands -walks on to rapid. Without -rapid.seed the walks are the same every time, so
// that what has passed once passes again.
func TestMain(m *testing.M) {
	flag.Parse()
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for name, value := range map[string]string{
		"rapid.checks": strconv.Itoa(*walks), "rapid.seed": "1", "rapid.nofailfile": "true",
	} {
		if !given[name] {
			if err := flag.Set(name, value); err != nil {
				panic(err)
			}
		}
	}
	os.Exit(m.Run())
}

// TestWalksKeepTheInvariants walks at random and looks at every world on the way.
//
// The long runs, some minutes on two cores:
//
//	go test ./sim/cluster -run TestWalksKeepTheInvariants -walks=4000 -v
//	go test ./sim/cluster -run TestWalksKeepTheInvariants/^clients$ -walks=20000 -v
//	go test ./sim/cluster -run 'TestWalksKeepTheInvariants/^(transactions|pipelines)_and_two_faults$' -walks=20000 -v -timeout 30m
func TestWalksKeepTheInvariants(t *testing.T) {
	for _, l := range lands {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			seen := &census{}
			at := l.land(t, 400)
			rapid.Check(t, func(t *rapid.T) { keep(t, at.walk(rapidDice(t)), l, seen) })
			if t.Failed() {
				return
			}
			released := 100 * float64(seen.released) / float64(seen.walks)
			t.Logf("%.1f %% of %d walks were promised nothing in the end: coordinators fell in a row", released, seen.walks)
			if released > 10 {
				t.Error("too many walks were promised nothing: they prove little")
			}
			for i := range sights {
				share := seen.share(i)
				t.Logf("%.1f %% of %d walks saw %s", share, seen.walks, sights[i].name)
				if sights[i].where(l.name) && share < 5 {
					t.Errorf("too few walks saw %s: they prove little", sights[i].name)
				}
			}
		})
	}
}

// keep walks to the end and fails where something is not kept.
func keep(t *rapid.T, w *walk, at place, seen *census) {
	var told notes
	watermarks := watermarks{}
	defer func() {
		if t.Failed() {
			t.Logf("the walk:\n%s", w)
		}
	}()
	for w.step() {
		look := w.run.Look()
		told.add(look, w.run.Notes())
		ofTheirNodes(t, look, w.run.Notes())
		if len(w.run.Notes()) > 0 && !w.coordinators.hasty {
			check(t, look, at.promises)
		}
		check(t, look, at.props)
		if err := watermarks.advance(look); err != nil {
			t.Fatal(err)
		}
		if fp := look.Fingerprint(); fp != look.Fingerprint() || fp != look.Rehash() {
			t.Fatal("the fingerprint is not what it would be from scratch")
		}
	}
	if len(w.path) < 200 {
		t.Fatalf("it ended after %d events: too short to prove much", len(w.path))
	}
	seen.add(told)
	if len(at.ends) > 0 && !rested(t, w) {
		seen.released++
		return
	}
	check(t, w.run.Look(), at.ends)
}

// ofTheirNodes: who writes a script is told which notes a node can't tell.
func ofTheirNodes(t *rapid.T, look *sim.World, told []wire.Note) {
	for i := range told {
		if n := &told[i]; !cluster.CanTell(look, n.Node, n.Kind) {
			t.Fatalf("%s is told of %s", n.Kind.Row().Name, look.Name(n.Node))
		}
	}
}

func check(t *rapid.T, look *sim.World, props []sim.Property) {
	for _, p := range props {
		if err := p.Check(look); err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
	}
}

// sights are what walks must meet often enough to prove something, and in which lands.
var sights = [...]struct {
	name  string
	is    func(*sim.World, *wire.Note) bool
	where func(land string) bool
}{
	{"retries", tells(wire.Retrying), everywhere},
	{"leader changes", tells(wire.Elected), everywhere},
	{"truncations", tells(wire.Truncated), except("three controllers and two partitions", "compacted topics")},
	{"rebalances", func(_ *sim.World, n *wire.Note) bool { return n.Kind == wire.Joined && n.Epoch > 1 },
		except("compacted topics")},
	{"duplicate answers", tells(wire.Recognised), only("clients")},
	{"commits", tells(wire.TxnCommitted), transacting},
	{"aborts", tells(wire.TxnAborted), transacting},
	{"fencings", tells(wire.FencedOut), transacting},
	{"time-outs of transactions", tells(wire.TxnExpired), transacting},
	{"new coordinators of transactions", coordinates, transacting},
	{"records that are compacted away", tells(wire.Superseded), only("compacted topics")},
	{"aborted records that are cleaned away", tells(wire.AbortedRemoved), only("compacted topics")},
	{"markers that are cleaned away", tells(wire.MarkerRemoved), only("compacted topics")},
}

func tells(k wire.NoteKind) func(*sim.World, *wire.Note) bool {
	return func(_ *sim.World, n *wire.Note) bool { return n.Kind == k }
}

// coordinates tells whether a broker has begun to lead a partition of __transaction_state.
func coordinates(w *sim.World, n *wire.Note) bool {
	b, ok := w.Node(n.Node).(*broker.Broker)
	return ok && n.Kind == wire.BecameLeader && n.At.Topic == b.Config.TxnTopic
}

func everywhere(string) bool { return true }

// transacting lands are those with transactions.
func transacting(land string) bool {
	return strings.HasPrefix(land, "transactions") || strings.HasPrefix(land, "pipelines")
}

func only(name string) func(land string) bool {
	return func(land string) bool { return land == name }
}

func except(names ...string) func(land string) bool {
	return func(land string) bool { return !slices.Contains(names, land) }
}

// notes tells which of the sights a walk has met.
type notes [len(sights)]bool

func (s *notes) add(w *sim.World, told []wire.Note) {
	for i := range told {
		for k := range sights {
			s[k] = s[k] || sights[k].is(w, &told[i])
		}
	}
}

// census counts the walks that met each sight.
type census struct {
	walks    int
	met      [len(sights)]int
	released int // walks in the end of which nothing was promised any more
}

func (c *census) add(s notes) {
	c.walks++
	for k, met := range s {
		if met {
			c.met[k]++
		}
	}
}

// share is how many walks in a hundred met a sight.
func (c *census) share(k int) float64 {
	return 100 * float64(c.met[k]) / float64(max(1, c.walks))
}
