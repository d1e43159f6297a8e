package cluster

import "example.com/ksim/sim/wire"

// conclusion is what an explanation comes to, in one sentence; empty where its last link says it.
func (s *story) conclusion(f *Fate) string {
	name := s.names.Message(s.m)
	switch worst := f.Worst(); {
	case f.Row.Txn > 0 || f.Owed:
	case worst == AckedLost:
		return s.goneSince(wire.Acked)
	case worst == Lost || worst == Failed:
		if _, ok := s.find(wire.Appended, 0); !ok {
			return s.say(0, "so no broker has ever had %s", name).Text
		}
		return s.goneSince(wire.Appended)
	case worst == Duplicated && f.Copies > 1:
		return s.say(0, "so %s has %s %d times", s.names.Partition(f.Where.At), name, f.Copies).Text
	}
	return ""
}

// goneSince says where the message stood when something was told of it, and who leads without it.
func (s *story) goneSince(kind wire.NoteKind) string {
	told, ok := s.find(kind, 0)
	if !ok {
		return ""
	}
	step, tail := told.step, ", and is gone from there"
	usurpers, later := s.usurpers(told.At, told.step)
	switch {
	case len(usurpers) > 0 && later:
		step, tail = usurpers[0].step, ", and "+s.tookOver(usurpers)
	case len(usurpers) > 0:
		tail = ", though before that " + s.tookOver(usurpers)
	case s.holders(maxStep) != 0:
		return ""
	}
	holders := s.holders(step)
	if holders == 0 {
		return ""
	}
	alone := ""
	if holders.Len() == 1 {
		alone = " alone"
	}
	return s.say(0, "so %s stood at offset %d on %s%s%s", s.names.Message(s.m), told.Offset, s.names.Set(holders), alone, tail).Text
}

// tookOver says who led first, and from where on.
func (s *story) tookOver(usurpers []line) string {
	for _, l := range usurpers {
		if l.Kind == wire.BecameLeader {
			return s.say(0, "%s took the lead from offset %d on without it", s.names.Node(l.Node), l.Offset).Text
		}
	}
	return s.say(0, "%s was elected without it", s.names.Node(usurpers[0].Node)).Text
}
