package zookeeper

import (
	"slices"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// Server answers for the ensemble.
type Server struct {
	Durable
	Config *Config `sim:"-"`
	Self   wire.NodeID
}

// Durable is what survives the end of the process and the loss of power: ZooKeeper writes a change to
// its transaction log, and flushes it, before it answers.
type Durable struct {
	Offsets []Offset
}

// Offset is the znode /consumers/GROUP/offsets/TOPIC/PARTITION. It holds a number and no more: not who
// wrote it, in which generation, nor a leader epoch; and it does not expire.
type Offset struct {
	Group  wire.GroupID
	At     wire.Partition
	Offset int64
}

// Config is what the ensemble is started with.
type Config struct {
	Fsync sim.Duration // what a flush takes
}

// New is a server that holds nothing.
func New(self wire.NodeID, c *Config) *Server { return &Server{Config: c, Self: self} }

// Crash forgets nothing.
func (*Server) Crash(sim.CrashKind, *sim.Out) {}

// Timers: a server has none.
func (*Server) Timers() []sim.TimerKind { return nil }

// Step is the node's door.
func (s *Server) Step(in sim.Input, out *sim.Out) {
	if in.Kind != sim.Receive {
		return
	}
	switch r := in.Body.(type) {
	case *wire.ApiVersionsRequest:
		out.Reply(in.Conn, &wire.ApiVersionsResponse{})
	case *wire.OffsetCommitRequest:
		for _, o := range r.Offsets {
			s.write(Offset{r.Group, o.At, o.Offset}, out)
		}
		out.Busy(s.Config.Fsync)
		out.Reply(in.Conn, &wire.OffsetCommitResponse{})
	case *wire.OffsetFetchRequest:
		answer := &wire.OffsetFetchResponse{}
		for _, at := range r.Partitions {
			answer.Offsets = append(answer.Offsets, wire.PartitionOffset{
				At: at, Offset: s.Committed(r.Group, at), OffsetEpoch: wire.NoEpoch,
			})
		}
		out.Reply(in.Conn, answer)
	default:
		panic("zookeeper: not for ZooKeeper: " + in.Body.API())
	}
}

// write is setData without a version: whoever writes last has written, whatever was there
// (ZkUtils.updatePersistentPath).
func (s *Server) write(o Offset, out *sim.Out) {
	i := s.find(o.Group, o.At)
	if i < 0 {
		s.Offsets = append(s.Offsets, o)
		return
	}
	if had := s.Offsets[i].Offset; had > o.Offset {
		out.Tell(wire.Note{Kind: wire.CommitLowered, Node: s.Self, At: o.At, Offset: had, To: o.Offset,
			Text: string(o.Group)})
	}
	s.Offsets[i] = o
}

// Committed is a group's offset in a partition, wire.NoOffset if it has none.
func (s *Server) Committed(g wire.GroupID, at wire.Partition) int64 {
	if i := s.find(g, at); i >= 0 {
		return s.Offsets[i].Offset
	}
	return wire.NoOffset
}

func (s *Server) find(g wire.GroupID, at wire.Partition) int {
	return slices.IndexFunc(s.Offsets, func(o Offset) bool { return o.Group == g && o.At == at })
}
