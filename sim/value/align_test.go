package value_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"example.com/ksim/sim/value"
)

// column draws lines: of few letters, so that many are equal, or of many, so that most are there once.
func column(t *rapid.T, name string) []string {
	letters := rapid.SampledFrom([]string{"abc", "abcdefghijkl", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"}).Draw(t, "letters")
	return rapid.SliceOfN(rapid.SampledFrom(strings.Split(letters, "")), 0, 30).Draw(t, name)
}

func TestAlignedColumnsAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := column(t, "a"), column(t, "b")
		var left, right []string
		rows := value.Align(a, b)
		for _, r := range rows {
			if r.A == value.Gap && r.B == value.Gap || r.Same && (r.A == value.Gap || r.B == value.Gap || a[r.A] != b[r.B]) {
				t.Fatalf("row %+v of %v and %v", r, a, b)
			}
			if r.A != value.Gap {
				left = append(left, a[r.A])
			}
			if r.B != value.Gap {
				right = append(right, b[r.B])
			}
		}
		if !slices.Equal(left, a) || !slices.Equal(right, b) {
			t.Fatalf("%v and %v became %v and %v", a, b, left, right)
		}
		if !slices.Equal(rows, value.Align(slices.Clone(a), slices.Clone(b))) {
			t.Fatal("the same columns were aligned in another way")
		}
	})
}

func TestAColumnBesideItselfIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := column(t, "a")
		rows := value.Align(a, a)
		if len(rows) != len(a) || slices.ContainsFunc(rows, func(r value.Pair) bool { return !r.Same || r.A != r.B }) {
			t.Fatalf("%v beside itself: %+v", a, rows)
		}
	})
}

// TestWhatWasPutInIsAllThatDiffers: lines that are put into a column are the only ones that are not the same.
func TestWhatWasPutInIsAllThatDiffers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := column(t, "a")
		at := rapid.IntRange(0, len(a)).Draw(t, "at")
		b := slices.Insert(slices.Clone(a), at, "x", "y")
		for _, r := range value.Align(a, b) {
			if r.Same == (r.B == at || r.B == at+1) {
				t.Fatalf("%v with x y put in at %d: %+v", a, at, r)
			}
		}
	})
}

func TestEqualLinesMeetAgain(t *testing.T) {
	for _, row := range []struct{ a, b, same string }{
		{"a b c", "a x c", "ac"},
		{"a b c d e", "b c a d e", "bcde"},
		{"a a b b", "a b", "ab"},
		{"x a y a z", "a a", "aa"},
		{"q a c b", "z a b c", "ab"},
		{"q a b c d r", "a x b y c z d w", "abcd"},
		{"a b", "c d", ""},
		{"a b", "", ""},
	} {
		a, b, same := strings.Fields(row.a), strings.Fields(row.b), ""
		for _, r := range value.Align(a, b) {
			if r.Same {
				same += a[r.A]
			}
		}
		if same != row.same {
			t.Errorf("%q and %q meet in %q, want %q", row.a, row.b, same, row.same)
		}
	}
}

// BenchmarkAlign aligns two long runs that have parted early and are the same but for every tenth line.
func BenchmarkAlign(b *testing.B) {
	var left, right []string
	for i := range 20_000 {
		left = append(left, fmt.Sprint("line ", i))
		right = append(right, fmt.Sprint("line ", i+i%10/9*1_000_000))
	}
	for b.Loop() {
		value.Align(left, right)
	}
}
