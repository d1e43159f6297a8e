package broker

import (
	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
)

// SessionTimer is the timer that ends a member's session, or takes back an id that nobody joins with.
func SessionTimer(id wire.MemberID) sim.Timer { return memberTimerOf(id) }
