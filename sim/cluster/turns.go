package cluster

import "example.com/ksim/sim/wire"

// Turn is that a message came into a class that it was not in before.
type Turn struct {
	Message wire.MessageID
	Class   Class
}

// Turns are what turned to the worse between two moments of a run, a message each: the worst of the
// harmful classes that it has come into.
func Turns(before, after []Fate) []Turn {
	var out []Turn
	for i := range after {
		f := &after[i]
		var was uint32
		if len(before) > 0 && before[0].Message == f.Message { // they are in the same order, with more at the end of each producer
			was, before = before[0].Classes, before[1:]
		}
		is := Fate{Classes: f.Classes &^ was}
		for c := Classes - 1; c > Pending; c-- {
			if c.Harmful() && is.Has(c) {
				out = append(out, Turn{f.Message, c})
				break
			}
		}
	}
	return out
}
