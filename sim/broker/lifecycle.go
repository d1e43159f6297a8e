package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
	"example.com/ksim/sim/wire"
)

// State is how far a broker is in its life (BrokerState).
type State uint8

// The states of a broker, in order.
const (
	Starting State = iota // not registered, or not caught up with the metadata
	Recovery              // caught up, still fenced
	Running
	PendingShutdown // waits for its leaderships to be moved
)

func (s State) String() string {
	return [...]string{"starting", "recovery", "running", "shutting down"}[s]
}

// Lifecycle is the broker's dealings with the active controller (BrokerLifecycleManager).
type Lifecycle struct {
	State      State
	Registered bool
	Epoch      int64       // broker epoch
	Failures   int8        `sim:"idle"` // in a row: it only sets how long to wait
	Sent       int64       // the metadata offset in the last heartbeat
	Asked      wire.NodeID `sim:"idle"` // whom the request under way went to; Nobody: there is none
}

// start recovers the logs and begins to look for the controller.
func (b *Broker) start(out *sim.Out) {
	b.Starts++
	if !b.recover(out) {
		out.Die()
		return
	}
	b.CleanEpoch, b.Quorum.clean = wire.NoOffset, b.CleanEpoch
	b.pollMetadata(out)
	out.SetTimer(sim.Timer{Kind: heartbeatTimer}, 0)
	out.SetTimer(sim.Timer{Kind: isrIdleTimer}, b.Config.LagTimeMax/2)
	if b.Config.RetentionCheck > 0 {
		out.SetTimer(sim.Timer{Kind: retentionTimer}, retentionDelay)
	}
	if b.Config.CleanerBackoff > 0 {
		out.SetTimer(sim.Timer{Kind: cleanerTimer}, b.Config.CleanerBackoff)
	}
	if b.Config.TxnCleanup > 0 {
		out.SetTimer(sim.Timer{Kind: txnCheckIdleTimer}, b.Config.TxnCleanup)
	}
}

// communicate sends what is due to the controller: the registration, or a heartbeat.
func (b *Broker) communicate(idle bool, out *sim.Out) {
	if b.Life.Asked != wire.Nobody {
		return
	}
	if b.Quorum.Leader == wire.Nobody {
		out.SetTimer(sim.Timer{Kind: heartbeatTimer}, retryBackoff)
		return
	}
	b.Life.Asked = b.Quorum.Leader
	wait := sim.Timer{Kind: lifecycleTimer}
	if idle {
		wait.Kind = keepaliveWaitTimer
	}
	out.Await(wait, b.Config.SessionTimeout/2, b.Quorum.Leader)
	if !b.Life.Registered {
		out.Send(b.Quorum.Leader, wire.LifecycleLane, &wire.BrokerRegistrationRequest{
			Broker: b.Self, Incarnation: b.Starts, PreviousEpoch: b.Quorum.clean,
		})
		return
	}
	b.Life.Sent = b.Image.Offset
	beat := &wire.BrokerHeartbeatRequest{
		Broker: b.Self, Epoch: b.Life.Epoch, MetadataOffset: b.Image.Offset,
		WantFence: b.Life.State < Recovery, WantShutDown: b.Life.State == PendingShutdown,
	}
	if idle {
		out.SendIdle(b.Quorum.Leader, wire.LifecycleLane, beat)
	} else {
		out.Send(b.Quorum.Leader, wire.LifecycleLane, beat)
	}
}

func (b *Broker) onRegistered(r *wire.BrokerRegistrationResponse, out *sim.Out) {
	b.lifecycleDone(out)
	if r.Err != wire.None {
		b.lifecycleRefused(r.Err, r.Leader, out)
		return
	}
	b.Life.Registered, b.Life.Epoch, b.Life.Failures = true, r.Epoch, 0
	out.SetTimer(sim.Timer{Kind: heartbeatTimer}, 0)
}

func (b *Broker) onHeartbeat(r *wire.BrokerHeartbeatResponse, out *sim.Out) {
	b.lifecycleDone(out)
	if r.Err != wire.None {
		b.lifecycleRefused(r.Err, r.Leader, out)
		return
	}
	b.Life.Failures = 0
	switch b.Life.State {
	case Starting:
		if r.CaughtUp {
			b.Life.State = Recovery
			b.takeRoles(&metadata.Image{}, out)
		}
		out.SetTimer(sim.Timer{Kind: heartbeatTimer}, 10*sim.Millisecond)
		return
	case Recovery:
		if !r.Fenced {
			b.Life.State = Running
		}
	case PendingShutdown:
		if r.ShouldShutDown {
			b.finish(out)
			return
		}
		out.SetTimer(sim.Timer{Kind: heartbeatTimer}, 50*sim.Millisecond)
		return
	}
	b.scheduleHeartbeat(b.Config.HeartbeatInterval, out)
}

// scheduleHeartbeat arms the next heartbeat; one that would tell nothing new is a keep-alive.
func (b *Broker) scheduleHeartbeat(d sim.Duration, out *sim.Out) {
	t := sim.Timer{Kind: keepaliveTimer}
	if b.hasNews() {
		t.Kind = heartbeatTimer
	}
	out.SetTimer(t, d)
}

// hasNews tells whether a heartbeat would say more than "still here": the broker wants a change of
// state, it was fenced though it lives, or a broker that shuts down waits until the controller
// knows that this one has replayed the metadata.
func (b *Broker) hasNews() bool {
	if b.Life.State != Running {
		return true
	}
	for i := range b.Image.Brokers {
		r := &b.Image.Brokers[i]
		if r.ID == b.Self && r.Fenced || r.ShuttingDown && b.Life.Sent != b.Image.Offset {
			return true
		}
	}
	return false
}

func (b *Broker) lifecycleDone(out *sim.Out) {
	b.Life.Asked = wire.Nobody
	out.StopTimer(sim.Timer{Kind: lifecycleTimer})
	out.StopTimer(sim.Timer{Kind: keepaliveWaitTimer})
}

// lifecycleFailed takes the news that the last request will not be answered.
func (b *Broker) lifecycleFailed(out *sim.Out) {
	if b.Life.Asked != wire.Nobody {
		b.lifecycleDone(out)
		b.lifecycleRetry(out)
	}
}

// lifecycleRefused tries again; only a controller that is not active says who is.
func (b *Broker) lifecycleRefused(err wire.Error, leader wire.NodeID, out *sim.Out) {
	if err == wire.NotController {
		b.Quorum.hint(leader)
	}
	b.lifecycleRetry(out)
}

// lifecycleRetry tries again after a back-off that grows up to the heartbeat interval.
func (b *Broker) lifecycleRetry(out *sim.Out) {
	d := retryBackoff
	for range b.Life.Failures {
		d = min(2*d, b.Config.HeartbeatInterval)
	}
	b.Life.Failures = min(b.Life.Failures+1, 8)
	out.SetTimer(sim.Timer{Kind: heartbeatTimer}, d)
}

// stop begins a controlled shutdown (SIGTERM).
func (b *Broker) stop(out *sim.Out) {
	if b.Life.State != Running {
		b.finish(out)
		return
	}
	b.Life.State = PendingShutdown
	out.SetTimer(sim.Timer{Kind: shutdownTimer}, b.Config.ShutdownTimeout)
	out.StopTimer(sim.Timer{Kind: keepaliveTimer})
	out.SetTimer(sim.Timer{Kind: heartbeatTimer}, 0)
}

// finish flushes the logs, writes the clean-shutdown file and ends the process.
func (b *Broker) finish(out *sim.Out) {
	for i := range b.Logs {
		b.flush(&b.Logs[i], out)
		b.Logs[i].snapshot()
	}
	for i := range b.Replicas {
		b.log(b.Replicas[i].At).Checkpoint = b.Replicas[i].HW
	}
	b.CleanEpoch = b.Life.Epoch
	out.Exit()
}
