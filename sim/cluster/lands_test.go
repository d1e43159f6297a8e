package cluster_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/producer"
	"example.com/ksim/sim/wire"
)

// place is a land and what is promised there.
type place struct {
	name   string
	config cluster.Config
	budget int // as in a land
	never  []string
	props  []sim.Property
	keeps  bool // no acked message can be lost
	spared func(*sim.World, sim.Event) bool
	orders bool // topics come and go
	// promises are looked at after steps that told anything: what they are about changes in no other.
	promises []sim.Property
	ends     []sim.Property // when all is mended and has come to rest
	calm     int            // as in a land
	again    []string       // as in a land
	comes    func(*sim.World) error
	from     wire.NoteKind // walks begin where it is first told; 0: at the beginning
}

// wild is the budget of walks in which faults follow each other closely; in those with two nobody can say that one
// rare pair was not met.
const (
	wild      = 12
	twoFaults = 2
)

// land is where walks of some steps go that begin in a place.
func (p *place) land(tb testing.TB, steps int) land {
	tb.Helper()
	return land{root: p.begin(tb), steps: steps, budget: cmp.Or(p.budget, wild), never: p.never, spared: p.spared,
		orders: p.orders, calm: p.calm, again: p.again, comes: p.comes}
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
	inTransactions("transactions", transactional(), wire.TxnBegun, wild),
	inTransactions("transactions and two faults", transactional(), wire.TxnBegun, twoFaults),
	inTransactions("compacted topics", compacting(), wire.Cleaned, wild),
	inPipelines("pipelines", wild), inPipelines("pipelines and two faults", twoFaults),
	{name: "topics come and go", config: small("acks", "all"), never: powerLoss, orders: true, spared: allowsUnclean,
		props: cluster.SafeInvariants()},
}

// inTransactions is where two processes of one application send in transactions.
func inTransactions(name string, config cluster.Config, from wire.NoteKind, budget int) place {
	return place{name: name, config: config, budget: budget, never: powerLoss, keeps: true,
		props:    cluster.SafeInvariants(),
		promises: cluster.TransactionPromises(),
		ends:     append(cluster.TransactionPromises(), cluster.NothingHangs()),
		from:     from, calm: 100}
}

// inPipelines is where a group copies in transactions, and another applies the copies. Who reads is started anew in
// the end: what nobody is left to copy proves nothing. Who is gone has its partitions until its session ends.
func inPipelines(name string, budget int) place {
	_, finally := cluster.AppliedOnce()
	return place{name: name, config: pipeline(), budget: budget, never: powerLoss, keeps: true,
		props:    cluster.SafeInvariants(),
		promises: cluster.CopyPromises(),
		ends:     append(cluster.CopyPromises(), cluster.NothingHangs(), finally),
		from:     wire.TxnBegun, calm: 100, again: []string{"c1", "c2", "c3", "c4"}, comes: finally.Check}
}

var powerLoss = []string{"power"}

// allowsUnclean tells whether an order gives up what keeps elections clean.
func allowsUnclean(_ *sim.World, e sim.Event) bool {
	return e.Verb == cluster.AlterConfig && strings.HasSuffix(e.Text, "unclean.leader.election.enable=true")
}

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
