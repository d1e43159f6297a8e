package sim

import "example.com/ksim/sim/wire"

// Roster is what stays the same in all worlds of one run: names, costs, acts, the seed.
type Roster struct {
	Names []string // by NodeID, of who is there from the beginning; Names[0] is nobody's
	Seats []Seat   // who may be added, in this order; their ids are the next ones
	Lanes []string // by Lane; Lanes[0] is "" and not written
	Costs Costs
	Acts  []Act
	Seed  Seed
}

// Seat is a place for a node that may be added. So all branches of a run call it by one name.
type Seat struct {
	Name string
	Node Node // one of the kind that can sit here; it stands for who does while nobody does
}

// Size is how many ids there are, nobody's included.
func (r *Roster) Size() int { return len(r.Names) + len(r.Seats) }

// seat is the seat of an id behind those of the beginning.
func (r *Roster) seat(id NodeID) *Seat { return &r.Seats[int(id)-len(r.Names)] }

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
	switch {
	case int(id) < len(r.Names):
		return r.Names[id]
	case int(id) < r.Size():
		return r.seat(id).Name
	}
	return "?"
}

// ID finds a node by its name.
func (r *Roster) ID(name string) (NodeID, bool) {
	for id := NodeID(1); int(id) < r.Size(); id++ {
		if r.Name(id) == name {
			return id, true
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
