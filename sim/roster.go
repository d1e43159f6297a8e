package sim

import "example.com/ksim/sim/wire"

// Roster is what stays the same in all worlds of one run: names, costs, acts, the seed.
type Roster struct {
	Names []string // by NodeID; Names[0] is nobody's
	Lanes []string // by Lane; Lanes[0] is "" and not written
	Costs Costs
	Acts  []Act
	Seed  Seed
}

// Costs is what things take in virtual time.
type Costs struct {
	Latency        [][]Duration // one way, by sender and receiver
	LatencyPercent int          // spread of the latency, ± percent
	BitsPerSecond  int64
	Request        []Duration // by node: reading a request and making up its answer
	Boot           []Duration // by node: from a restart to the process running
}

// Name is the name of a node, "?" for one that is not on the roster.
func (r *Roster) Name(id NodeID) string {
	if int(id) >= len(r.Names) {
		return "?"
	}
	return r.Names[id]
}

// ID finds a node by its name.
func (r *Roster) ID(name string) (NodeID, bool) {
	for i := 1; i < len(r.Names); i++ {
		if r.Names[i] == name {
			return NodeID(i), true
		}
	}
	return wire.Nobody, false
}

func (r *Roster) lane(name string) (Lane, bool) {
	for i := range r.Lanes {
		if r.Lanes[i] == name {
			return Lane(i), true
		}
	}
	return 0, false
}

// transmit is how long a body of that many bytes takes to leave the sender.
func (c *Costs) transmit(bytes int) Duration {
	if c.BitsPerSecond <= 0 {
		return 0
	}
	return Duration(int64(bytes) * 8 * int64(1_000_000_000) / c.BitsPerSecond)
}
