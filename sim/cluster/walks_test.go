package cluster_test

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/broker"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
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

// place is a land and what is promised there.
type place struct {
	name   string
	config cluster.Config
	never  []string
	props  []sim.Property
	keeps  bool // no acked message can be lost
	spared func(*sim.World, sim.Event) bool
	orders bool // topics come and go
	// promises are looked at after steps that told anything: what they are about changes in no other.
	promises []sim.Property
	ends     []sim.Property // when all is mended and has come to rest
	calm     int            // as in a land
	from     wire.NoteKind  // walks begin where it is first told; 0: at the beginning
}

// begin is the world where a place's walks begin.
func (p *place) begin(tb testing.TB) *sim.World {
	tb.Helper()
	w := build(tb, p.config)
	if p.from == wire.NoNote {
		return w
	}
	run := w.Run()
	for !told(run.Notes(), p.from) {
		run.Next()
	}
	return run.World()
}

// lands are the worlds that walks start from. Where power is never lost and every election is
// clean, what is below a high watermark stays for ever, so more is promised there.
var lands = []place{
	{name: "clients", config: idempotent(), never: powerLoss, keeps: true, spared: oneSession,
		props: cluster.SafeInvariants(),
		promises: []sim.Property{cluster.OnceInOrder(), cluster.NothingSkipped(), cluster.OneOwner(),
			cluster.FailuresAreFinal()}},
	{name: "cooperative group", config: cooperative(), never: powerLoss, keeps: true, spared: oneSession,
		props:    cluster.SafeInvariants(),
		promises: []sim.Property{cluster.NothingSkipped(), cluster.OneOwner(), cluster.FailuresAreFinal()}},
	{name: "acks=all", config: small("acks", "all"), never: powerLoss, keeps: true,
		props:    cluster.SafeInvariants(),
		promises: []sim.Property{cluster.NothingSkipped(), cluster.FailuresAreFinal()}},
	{name: "acks=1", config: small("acks", "1"), never: powerLoss, props: cluster.SafeInvariants()},
	{name: "three controllers and two partitions", config: wide(), never: powerLoss, keeps: true,
		props: cluster.SafeInvariants()},
	{name: "the consumer protocol", config: modern(), never: powerLoss, keeps: true,
		props:    append(cluster.SafeInvariants(), cluster.OneOwner()),
		promises: []sim.Property{cluster.NothingSkipped(), cluster.FailuresAreFinal()}},
	{name: "unclean elections", config: lax("true", "acks", "all"), props: cluster.Invariants()},
	{name: "power losses", config: small("acks", "all"), props: cluster.Invariants()},
	{name: "transactions", config: transactional(), never: powerLoss, keeps: true, props: cluster.SafeInvariants(),
		promises: oneFailover(cluster.TransactionPromises()),
		ends:     oneFailover(append(cluster.TransactionPromises(), cluster.NothingHangs())),
		from:     wire.TxnBegun, calm: 100},
	{name: "compacted topics", config: compacting(), never: powerLoss, keeps: true, props: cluster.SafeInvariants(),
		promises: oneFailover(cluster.TransactionPromises()),
		ends:     oneFailover(append(cluster.TransactionPromises(), cluster.NothingHangs())),
		from:     wire.Cleaned, calm: 100},
	{name: "topics come and go", config: small("acks", "all"), never: powerLoss, orders: true,
		props: cluster.SafeInvariants()},
}

var powerLoss = []string{"power"}

// oneSession is what an idempotent producer's promise needs: its process is not killed, no batch is
// given up, and no broker forgets it.
func oneSession(w *sim.World, e sim.Event) bool {
	if e.Verb == sim.Fire {
		kind := w.Node(e.Node).Timers()[e.Timer.Kind].Name
		return kind == "delivery" || kind == "producer-expiry"
	}
	_, act := w.Act(e.Verb)
	_, client := w.Node(e.Node).(*producer.Producer)
	return act && client && slices.Contains([]string{"crash", "panic", "exit"}, e.Verb)
}

// oneFailover holds promises to worlds in which the transactions' coordinator was deposed once at the most. When it
// happens twice in a row, one walk in some thousand comes to a torn transaction: the second coordinator goes by
// records that it has loaded though they are not committed (TransactionStateManager reads up to the log's end), and is
// deposed before they are; the third knows nothing of a partition that was added.
func oneFailover(props []sim.Property) []sim.Property {
	for i := range props {
		check := props[i].Check
		props[i].Check = func(w *sim.World) error {
			for _, p := range cluster.CommittedImage(w).Partitions {
				if cluster.CommittedImage(w).Topic(p.At.Topic).Name == cluster.TransactionsTopic && p.LeaderEpoch > 1 {
					return nil
				}
			}
			return check(w)
		}
	}
	return props
}

// TestWalksKeepTheInvariants walks at random and looks at every world on the way.
//
// The long runs, some minutes on two cores:
//
//	go test ./sim/cluster -run TestWalksKeepTheInvariants -walks=4000 -v
//	go test ./sim/cluster -run TestWalksKeepTheInvariants/^clients$ -walks=20000 -v
//	go test ./sim/cluster -run TestWalksKeepTheInvariants/^transactions$ -walks=20000 -v
func TestWalksKeepTheInvariants(t *testing.T) {
	for _, l := range lands {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			seen := &census{}
			at := land{root: l.begin(t), steps: 400, budget: 12, never: l.never, spared: l.spared, orders: l.orders, calm: l.calm}
			rapid.Check(t, func(t *rapid.T) { keep(t, at.walk(rapidDice(t)), l, seen) })
			if t.Failed() {
				return
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
		if len(w.run.Notes()) > 0 {
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
	if len(at.ends) > 0 {
		rested(t, w)
		check(t, w.run.Look(), at.ends)
	}
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
	{"commits", tells(wire.TxnCommitted), only("transactions")},
	{"aborts", tells(wire.TxnAborted), only("transactions")},
	{"fencings", tells(wire.FencedOut), only("transactions")},
	{"time-outs of transactions", tells(wire.TxnExpired), only("transactions")},
	{"new coordinators of transactions", coordinates, only("transactions")},
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
	walks int
	met   [len(sights)]int
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
