package value

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// twin is a Table and the plain slice that it should be.
type twin struct {
	table Table[item]
	plain []item
}

// heir is a copy as a new world makes one: by value, and each side owns what it changes next.
func (p *twin) heir() *twin {
	c := &twin{p.table, slices.Clone(p.plain)}
	p.table.Own()
	c.table.Own()
	return c
}

// TestATableIsASlice changes a family of Tables that share memory and compares each with a slice.
func TestATableIsASlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		family := []*twin{{}}
		for range rapid.IntRange(1, 30).Draw(t, "changes") {
			p := rapid.SampledFrom(family).Draw(t, "which")
			switch change := rapid.IntRange(0, 2).Draw(t, "change"); {
			case change == 0:
				for range aLength.Draw(t, "more") {
					x := anItem.Draw(t, "x")
					p.table.Append(x)
					p.plain = append(p.plain, x)
				}
			case change == 1 && len(p.plain) > 0:
				i := rapid.IntRange(0, len(p.plain)-1).Draw(t, "i")
				x := anItem.Draw(t, "x")
				p.table.Set(i, x)
				p.plain[i] = x
			default:
				family = append(family, p.heir())
			}
		}
		for _, p := range family {
			p.compare(t)
		}
	})
}

// compare fails unless the Table holds what the slice holds, and the sum it kept is that.
func (p *twin) compare(t *rapid.T) {
	if p.table.Len() != len(p.plain) {
		t.Fatalf("Len is %d, want %d", p.table.Len(), len(p.plain))
	}
	var fresh Table[item]
	for i, x := range p.plain {
		if p.table.At(i) != x {
			t.Fatalf("item %d is %d, want %d", i, p.table.At(i), x)
		}
		fresh.Append(x)
	}
	if p.table.Sum(Seeded, true) != fresh.Sum(Seeded, true) || p.table.Rehash() != fresh.Rehash() {
		t.Fatal("the sum is not that of the items")
	}
}

func TestTheSumOfATableKnowsPlaces(t *testing.T) {
	var ab, ba Table[item]
	ab.Append(1)
	ab.Append(2)
	ba.Append(2)
	ba.Append(1)
	if ab.Sum(Seeded, true) == ba.Sum(Seeded, true) {
		t.Error("two items in either order have one sum")
	}
}

// One change of a long table must not copy it.
func TestAChangeCopiesOneChunk(t *testing.T) {
	var table Table[item]
	for i := range item(10 * rowsLen) {
		table.Append(i)
	}
	heir := table
	heir.Own()
	heir.Set(3*rowsLen, 1)
	for c := range table.chunks {
		if copied := table.chunks[c] != heir.chunks[c]; copied != (c == 3) {
			t.Errorf("chunk %d copied: %v", c, copied)
		}
	}
}
