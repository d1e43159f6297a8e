package value

import (
	"fmt"
	"strconv"
)

// Time is a moment of virtual time, in nanoseconds since the run began.
type Time int64

// Duration is a length of virtual time, in nanoseconds.
type Duration int64

// The units durations are written in.
const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
	// Forever stands for Kafka's Long.MAX_VALUE: a time-out that never comes.
	Forever Duration = 1 << 62
)

// Add is the moment d after t; it saturates instead of wrapping round.
func (t Time) Add(d Duration) Time {
	if d >= Forever-Duration(t) {
		return Time(Forever)
	}
	return t + Time(d)
}

// Sub is how long after u the moment t lies.
func (t Time) Sub(u Time) Duration { return Duration(t - u) }

// String prints minutes, seconds and microseconds, "00:12.000345": a clock a room can read.
func (t Time) String() string {
	us := int64(t) / 1000
	return fmt.Sprintf("%02d:%02d.%06d", us/60_000_000, us/1_000_000%60, us%1_000_000)
}

// String prints d in the largest unit that keeps it short: "30s", "4.5s", "250ms", "300µs".
func (d Duration) String() string {
	if d >= Forever {
		return "forever"
	}
	for _, u := range []struct {
		unit Duration
		name string
	}{{Second, "s"}, {Millisecond, "ms"}, {Microsecond, "µs"}} {
		if d >= u.unit || -d >= u.unit {
			return strconv.FormatFloat(float64(d)/float64(u.unit), 'f', -1, 64) + u.name
		}
	}
	if d == 0 {
		return "0ms"
	}
	return strconv.FormatInt(int64(d), 10) + "ns"
}
