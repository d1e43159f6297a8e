package value

import (
	"strings"
	"testing"
)

// Fingerprints are written down in tests and reports, so they are the same on every machine.
func TestSumsAreTheSameForEver(t *testing.T) {
	if got := Seeded.Add(1).Add(2); got != 0xa5a0b5dfd24ae506 {
		t.Errorf("the sum of 1 and 2 is %#x", uint64(got))
	}
	if got := Seeded.Text("orders-0"); got != 0x7f84397c87dc19eb {
		t.Errorf("the sum of a text is %#x", uint64(got))
	}
}

func TestSumsKnowOrder(t *testing.T) {
	if Seeded.Add(1).Add(2) == Seeded.Add(2).Add(1) {
		t.Error("1, 2 and 2, 1 have one sum")
	}
}

func TestTextsOfEveryLengthAndCutDiffer(t *testing.T) {
	seen := map[Hash]string{}
	for n := range 40 {
		for cut := range n + 1 {
			a, b := strings.Repeat("x", cut), strings.Repeat("x", n-cut)
			h := Seeded.Text(a).Text(b)
			if old, ok := seen[h]; ok {
				t.Errorf("%q,%q has the sum of %s", a, b, old)
			}
			seen[h] = a + "," + b
		}
	}
}
