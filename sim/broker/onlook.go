package broker

import "example.com/ksim/sim/wire"

// MemberKey is the key of a member's timers, for onlookers.
func MemberKey(id wire.MemberID) int32 { return memberKey(id) }
