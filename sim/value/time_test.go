package value

import "testing"

func TestTimesAreWrittenForARoomToRead(t *testing.T) {
	for at, want := range map[Time]string{
		0: "00:00.000000", 1_234_567: "00:00.001234", Time(12*Second + 345*Microsecond): "00:12.000345",
		Time(61 * Minute): "61:00.000000",
	} {
		if at.String() != want {
			t.Errorf("%d is written %s, want %s", int64(at), at, want)
		}
	}
}

func TestDurationsAreWrittenInTheirLargestUnit(t *testing.T) {
	for d, want := range map[Duration]string{
		0: "0ms", 30 * Second: "30s", 4500 * Millisecond: "4.5s", 250 * Millisecond: "250ms",
		300 * Microsecond: "300µs", 7: "7ns", -2 * Second: "-2s", Forever: "forever", Forever + 1: "forever",
	} {
		if d.String() != want {
			t.Errorf("%d is written %s, want %s", int64(d), d, want)
		}
	}
}

func TestNothingIsLaterThanForever(t *testing.T) {
	for _, at := range []Time{0, 1, Time(Hour), Time(Forever)} {
		if got := at.Add(Forever); got != Time(Forever) {
			t.Errorf("%s and forever is %d, want %d", at, int64(got), int64(Forever))
		}
	}
	if got := Time(5).Add(7); got != 12 {
		t.Errorf("5 and 7 is %d", int64(got))
	}
}
