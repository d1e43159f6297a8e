package cluster

import (
	"math"
	"testing"
)

// TestWhatIsCountedNoFurther: counters of a message stop, and say no more then than that there were many.
func TestWhatIsCountedNoFurther(t *testing.T) {
	if r := (Row{Acked: math.MaxUint8, Unknown: 1}); r.untold() {
		t.Error("the application was told of it 256 times, not never")
	}
	if r := (Row{Sends: math.MaxUint8, Failed: math.MaxUint8}); r.failed() {
		t.Error("that not one of many sends is still under way can't be told")
	}
	if r := (Row{Sends: 2, Failed: 2}); !r.failed() {
		t.Error("both sends have failed")
	}
}
