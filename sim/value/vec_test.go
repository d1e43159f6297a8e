package value

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// pair is a Vec and the plain slice that it should be.
type pair struct {
	vec   Vec[item]
	plain []item
}

// heir is a copy as a new world makes one: by value, and each side owns what it changes next.
func (p *pair) heir() *pair {
	c := &pair{p.vec, slices.Clone(p.plain)}
	p.vec.Own()
	c.vec.Own()
	return c
}

// TestAVecIsASlice changes a family of Vecs that share memory and compares each with a slice.
func TestAVecIsASlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		family := []*pair{{}}
		for range rapid.IntRange(1, 30).Draw(t, "changes") {
			p := rapid.SampledFrom(family).Draw(t, "which")
			switch rapid.IntRange(0, 2).Draw(t, "change") {
			case 0:
				for range aLength.Draw(t, "more") {
					x := anItem.Draw(t, "x")
					p.vec.Append(x)
					p.plain = append(p.plain, x)
				}
			case 1:
				n := min(aLength.Draw(t, "keep"), len(p.plain)+1)
				p.vec.Truncate(n)
				p.plain = p.plain[:min(n, len(p.plain))]
			case 2:
				family = append(family, p.heir())
			}
		}
		for _, p := range family {
			same(t, &p.vec, p.plain)
		}
	})
}

// same fails unless a Vec holds what a slice holds.
func same(t *rapid.T, v *Vec[item], plain []item) {
	if v.Len() != len(plain) {
		t.Fatalf("Len is %d, want %d", v.Len(), len(plain))
	}
	for i, x := range v.All() {
		if x != plain[i] || v.At(i) != x {
			t.Fatalf("item %d is %d, want %d", i, x, plain[i])
		}
	}
	if len(plain) > 0 && v.Last() != plain[len(plain)-1] {
		t.Fatalf("Last is %d, want %d", v.Last(), plain[len(plain)-1])
	}
}

// How a Vec came to be is no part of what it is: worlds are told apart by such sums.
func TestTheSumOfAVecDependsOnItsItemsOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := aLength.Draw(t, "n")
		items := rapid.SliceOfN(anItem, n, n).Draw(t, "items")
		var straight, detour Vec[item]
		for _, x := range items {
			straight.Append(x)
			detour.Append(x)
		}
		for range aLength.Draw(t, "too much") {
			detour.Append(9)
		}
		detour.Truncate(n)
		if straight.Sum(Seeded, true) != detour.Sum(Seeded, true) || straight.Rehash() != detour.Rehash() {
			t.Fatal("the same items have two sums")
		}
		straight.Append(9)
		if straight.Sum(Seeded, true) == detour.Sum(Seeded, true) || straight.Rehash() == detour.Rehash() {
			t.Fatal("one item more has the same sum")
		}
	})
}

func TestAllStopsWhenItIsTold(t *testing.T) {
	var v Vec[item]
	for i := range item(50) {
		v.Append(i)
	}
	seen := 0
	for range v.All() {
		if seen++; seen == 40 {
			break
		}
	}
	if seen != 40 {
		t.Errorf("saw %d items, want 40", seen)
	}
}

// A long log must not be copied when a world is.
func TestAnHeirSharesWhatIsFrozen(t *testing.T) {
	var v Vec[item]
	for i := range item(10 * chunkLen) {
		v.Append(i)
	}
	heir := v
	heir.Own()
	heir.Append(1)
	for c := range v.chunks {
		if &v.chunks[c].items[0] != &heir.chunks[c].items[0] {
			t.Fatalf("chunk %d was copied", c)
		}
	}
}
