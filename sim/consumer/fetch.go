package consumer

import (
	"fmt"
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/client"
	"example.com/ksim/sim/wire"
)

// fetch asks every leader of partitions that have nothing buffered for more, one request at a time
// for each (AbstractFetch.prepareFetchRequests).
func (c *Consumer) fetch(out *sim.Out) {
	var asked wire.NodeSet
	for i := range c.Parts {
		p := &c.Parts[i]
		if !p.fetchable() {
			continue
		}
		leader, _ := c.Net.Meta.Leader(p.At)
		if leader == wire.Nobody || asked.Has(leader) {
			continue
		}
		asked = asked.With(leader)
		if !c.fetching(leader) && c.Net.Ready(&c.Config.Client, leader, wire.MainLane, out) {
			call := client.Call{What: fetchCall, Body: c.fetchRequest(leader)}
			c.Net.Send(&c.Config.Client, leader, wire.MainLane, call, out)
		}
	}
}

// fetchable tells whether there is anything to be asked for.
func (p *Part) fetchable() bool {
	return p.Need == NeedNothing && len(p.Buffer) == 0 && !p.Lost && !p.Going && !p.Paused
}

// heard lets the partitions be fetched again that have waited for news of the cluster, and ends a look.
func (c *Consumer) heard() {
	if c.Member.Look == Looking {
		c.Member.Look = Looked
	}
	for i := range c.Parts {
		c.Parts[i].Lost = false
	}
}

// unheard takes a fetch that will not be answered: its leader may be down.
func (c *Consumer) unheard(r *wire.FetchRequest) {
	for i := range r.Partitions {
		if p := c.part(r.Partitions[i].At); p != nil {
			p.Lost = true
		}
	}
}

func (c *Consumer) fetching(leader wire.NodeID) bool {
	p := c.Net.Peer(leader, wire.MainLane)
	return slices.ContainsFunc(p.InFlight, func(call client.Call) bool { return call.What == fetchCall })
}

func (c *Consumer) fetchRequest(leader wire.NodeID) *wire.FetchRequest {
	r := &wire.FetchRequest{
		MaxWait: c.Config.FetchMaxWait, MinBytes: c.Config.FetchMinBytes,
		MaxBytes: c.Config.FetchMaxBytes, Isolation: c.Config.Isolation,
	}
	for i := range c.Parts {
		p := &c.Parts[i]
		now, epoch := c.Net.Meta.Leader(p.At)
		if !p.fetchable() || now != leader {
			continue
		}
		r.Partitions = append(r.Partitions, wire.FetchPart{
			At: p.At, CurrentEpoch: epoch, Offset: p.Position, LastEpoch: wire.NoEpoch,
			MaxBytes: c.Config.MaxPartitionBytes, Creation: c.Net.Meta.Part(p.At).Creation,
		})
	}
	return r
}

// onFetched buffers what came for partitions that are still where they were asked from.
func (c *Consumer) onFetched(
	call client.Call, from wire.NodeID, r *wire.FetchResponse, out *sim.Out,
) {
	asked := call.Body.(*wire.FetchRequest)
	news := false
	for i := range r.Partitions {
		news = c.takeFetched(&asked.Partitions[i], &r.Partitions[i], out) || news
	}
	quiet := !news && c.App.State == Polling && !c.Closing && !c.withheld()
	if again := c.fetchRequest(from); quiet && len(again.Partitions) > 0 {
		c.Net.Repeat(&c.Config.Client, from, wire.MainLane,
			client.Call{What: fetchCall, Body: again}, out)
	}
}

// takeFetched takes one partition's answer; it tells whether there was anything in it.
func (c *Consumer) takeFetched(asked *wire.FetchPart, res *wire.FetchResult, out *sim.Out) bool {
	p := c.part(res.At)
	if p == nil || p.Going || p.Need != NeedNothing || p.Position != asked.Offset || len(p.Buffer) > 0 {
		return true
	}
	switch {
	case res.Err == wire.OffsetOutOfRange:
		c.loseWay(p, fmt.Sprintf("OffsetOutOfRangeException at %d", p.Position), out)
	case res.Err != wire.None:
		c.Net.Meta.Stale = true
		c.Net.Meta.Hint(res.At, res.Leader, res.Epoch, out)
		p.Lost = res.Leader == wire.Nobody || res.Epoch <= asked.CurrentEpoch // else try there at once
	case len(res.Batches) > 0:
		p.Buffer, p.Aborted = res.Batches, abortedIn(res)
	default:
		return false
	}
	return true
}
