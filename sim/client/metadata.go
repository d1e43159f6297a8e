package client

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Metadata is what a client believes of the cluster (org.apache.kafka.clients.Metadata).
type Metadata struct {
	Topics   []wire.TopicID // those it needs
	All      bool           // it asks for all topics, to find those it needs by their names
	Parts    []Part         // sorted
	Brokers  wire.NodeSet   // those it was told of; empty: only the bootstrap servers
	Stale    bool           // it wants news
	Asking   bool           // a request is under way
	Waiting  bool           `sim:"idle"` // it asked too recently
	Failures int8           `sim:"idle"` // attempts in a row that brought no use
	Turn     wire.NodeID    // whom it asked last
}

// Part is what the client believes of one partition.
type Part struct {
	At     wire.Partition
	Leader wire.NodeID // Nobody: unknown
	Epoch  int32

	Creation wire.Creation // of its topic
	Gone     bool          // the last news had no such partition
}

// Want adds a topic that the client needs to know. News of a new topic is asked for at once
// (Metadata.requestUpdateForNewTopics).
func (m *Metadata) Want(id wire.TopicID) {
	if !slices.Contains(m.Topics, id) {
		m.Topics = append(m.Topics, id)
		m.Stale, m.Waiting = true, false
	}
}

// Part is what is known of a partition, nil if nothing is.
func (m *Metadata) Part(at wire.Partition) *Part {
	for i := range m.Parts {
		if m.Parts[i].At == at {
			return &m.Parts[i]
		}
	}
	return nil
}

// Count is how many partitions of a topic are known: all, or none.
func (m *Metadata) Count(id wire.TopicID) int {
	n := 0
	for i := range m.Parts {
		if m.Parts[i].At.Topic == id && !m.Parts[i].Gone {
			n++
		}
	}
	return n
}

// Knows tells whether there has been news of a topic, if only that it was deleted.
func (m *Metadata) Knows(id wire.TopicID) bool {
	return slices.ContainsFunc(m.Parts, func(p Part) bool { return p.At.Topic == id })
}

// Leader is the believed leader of a partition. If there is none it asks for news.
func (m *Metadata) Leader(at wire.Partition) (wire.NodeID, int32) {
	p := m.Part(at)
	if p == nil || p.Leader == wire.Nobody {
		m.Stale = true
		return wire.Nobody, wire.NoEpoch
	}
	return p.Leader, p.Epoch
}

// Refresh sends a metadata request if news is wanted and one may be sent. The owner calls it at
// the end of each of its steps, as NetworkClient.poll does.
func (n *Network) Refresh(c *Config, out *sim.Out) {
	m := &n.Meta
	if m.Stale && m.Waiting { // now it matters that the wait ends
		quiet := sim.Timer{Kind: RefreshIdleTimer}
		if out.Armed(quiet) {
			out.MoveTimer(quiet, sim.Timer{Kind: RefreshTimer})
		}
	}
	if !m.Stale || m.Asking || m.Waiting {
		return
	}
	id := n.leastLoaded(c)
	if id == wire.Nobody || !n.Ready(c, id, c.Lane, out) {
		return
	}
	m.Asking, m.Stale, m.Turn = true, false, id
	n.Send(c, id, c.Lane, Call{
		What: metadataCall, Body: m.request(),
	}, out)
}

// request asks for the topics that the client needs. One that finds its topics by their names asks for
// all that there are, and keeps what it needs (ConsumerMetadata.newMetadataRequestBuilder).
func (m *Metadata) request() *wire.MetadataRequest {
	if m.All {
		return &wire.MetadataRequest{All: true}
	}
	return &wire.MetadataRequest{Topics: slices.Clone(m.Topics)}
}

// Any is a broker to ask what every broker knows; Nobody if none can be asked now.
func (n *Network) Any(c *Config) wire.NodeID { return n.leastLoaded(c) }

// leastLoaded is the broker to ask: a ready one with the fewest requests in flight, else one that
// is being connected to, else the next one in turn (NetworkClient.leastLoadedNode; Kafka starts at a
// random place, here it starts after the one asked last).
func (n *Network) leastLoaded(c *Config) wire.NodeID {
	best, connecting, load := wire.Nobody, wire.Nobody, c.MaxInFlight
	for i := range n.Peers {
		p := &n.Peers[i]
		if p.Lane != c.Lane {
			continue
		}
		if p.State == Connecting {
			connecting = p.ID
		}
		if p.State == Ready && len(p.InFlight) < load {
			best, load = p.ID, len(p.InFlight)
		}
	}
	if best != wire.Nobody {
		return best
	}
	if connecting != wire.Nobody {
		return connecting // wait for it
	}
	ids := c.Bootstrap
	after := max(0, slices.Index(ids, n.Meta.Turn)+1)
	for i := range ids {
		id := ids[(after+i)%len(ids)]
		if n.Usable(c, id, c.Lane) {
			return id
		}
	}
	return wire.Nobody
}

// update takes an answer: all that there is of the topics that were asked for. One without partitions
// does not exist, which is asked about again. Of a topic that is wanted only since the request went out
// it says nothing (Metadata.requestVersion).
func (m *Metadata) update(
	c *Config, asked *wire.MetadataRequest, r *wire.MetadataResponse, out *sim.Out,
) {
	m.Asking, m.Brokers = false, r.Brokers
	useful := true
	for i := range m.Parts {
		if p := &m.Parts[i]; !r.Has(p.At) && (asked.All || slices.Contains(asked.Topics, p.At.Topic)) {
			p.Gone, p.Leader = true, wire.Nobody
		}
	}
	for _, p := range r.Partitions {
		if !slices.Contains(m.Topics, p.At.Topic) {
			continue // one of all, and not of those it needs
		}
		if p.Err.InvalidMetadata() {
			m.Stale, useful = true, false
		}
		creation := p.Creation
		if c.NoTopicIDs {
			creation = wire.AnyCreation
		}
		m.learn(Part{At: p.At, Leader: p.Leader, Epoch: p.Epoch, Creation: creation}, out)
	}
	for _, t := range asked.Topics {
		if m.Count(t) == 0 {
			m.Stale, useful = true, false
		}
	}
	m.miss(asked)
	if useful {
		m.Failures = 0
	} else {
		m.Failures = min(m.Failures+1, 20)
	}
	m.wait(c, out)
	out.SetTimer(sim.Timer{Kind: MetadataAgeTimer}, c.MetadataMaxAge)
}

// miss keeps in mind that topics of which nothing was known before are not there.
func (m *Metadata) miss(asked *wire.MetadataRequest) {
	for _, t := range m.Topics {
		if !m.Knows(t) && (asked.All || slices.Contains(asked.Topics, t)) {
			m.insert(Part{At: wire.Partition{Topic: t}, Epoch: wire.NoEpoch, Gone: true})
		}
	}
}

// learn takes news of a partition. That of an older leader epoch than known is not believed (KIP-320),
// unless the topic is another creation: its epochs begin anew (Metadata.updateLatestMetadata, KAFKA-12257).
func (m *Metadata) learn(news Part, out *sim.Out) {
	p := m.Part(news.At)
	if p == nil {
		p = m.insert(Part{At: news.At, Epoch: wire.NoEpoch, Creation: news.Creation})
	}
	anew := news.Creation != wire.AnyCreation && (p.Gone || news.Creation != p.Creation)
	if *p == news || news.Epoch < p.Epoch && !anew {
		return
	}
	*p = news
	if p.Leader != wire.Nobody {
		out.Tell(wire.Note{Kind: wire.LearntLeader, Node: out.ID(), Peer: p.Leader, At: p.At, Epoch: p.Epoch})
	}
}

// insert adds a partition of which nothing was known, in its place.
func (m *Metadata) insert(p Part) *Part {
	i, _ := slices.BinarySearchFunc(m.Parts, p.At, func(q Part, at wire.Partition) int {
		return q.At.Compare(at)
	})
	m.Parts = slices.Insert(m.Parts, i, p)
	return &m.Parts[i]
}

// Hint takes the new leader that an error response names; Nobody: it names none (KIP-951,
// Metadata.updatePartitionLeadership).
func (m *Metadata) Hint(at wire.Partition, leader wire.NodeID, epoch int32, out *sim.Out) {
	if p := m.Part(at); leader != wire.Nobody && p != nil && !p.Gone && epoch > p.Epoch {
		m.learn(Part{At: at, Leader: leader, Epoch: epoch, Creation: p.Creation}, out)
	}
}

// Seen takes a leader epoch that was heard of elsewhere, with a committed offset. If it is newer than
// the metadata, so is the leader: it is not known any more (Metadata.updateLastSeenEpochIfNewer).
func (m *Metadata) Seen(at wire.Partition, epoch int32) {
	if p := m.Part(at); p != nil && epoch > p.Epoch {
		p.Leader, p.Epoch, m.Stale = wire.Nobody, epoch, true
	}
}

// failed takes the news that a request for metadata will not be answered.
func (m *Metadata) failed(c *Config, out *sim.Out) {
	m.Asking, m.Stale = false, true
	m.Failures = min(m.Failures+1, 20)
	m.wait(c, out)
}

// wait keeps the next request off for retry.backoff.ms, longer after failures.
func (m *Metadata) wait(c *Config, out *sim.Out) {
	m.Waiting = true
	d := Backoff(c.RetryBackoff, c.RetryBackoffMax, int(m.Failures))
	out.SetTimer(sim.Timer{Kind: RefreshIdleTimer}, out.Jitter(d, 20, "refresh", uint64(m.Failures)))
}
