package value

import "math/bits"

// Hash is a running 64-bit sum of plain data. It is the identity of worlds, so it is the same
// on every machine: no seed of the process goes into it.
type Hash uint64

// Seeded is where every sum starts.
const Seeded Hash = 0x9e3779b97f4a7c15

const mixer = 0xa0761d6478bd642f

// Add takes one word into the sum.
func (h Hash) Add(x uint64) Hash {
	hi, lo := bits.Mul64(uint64(h)^x, mixer)
	return Hash(hi ^ lo ^ uint64(h)>>1)
}

// Text takes a string into the sum, its length included, so that "ab","c" and "a","bc" differ.
func (h Hash) Text(s string) Hash {
	h = h.Add(uint64(len(s)))
	for ; len(s) >= 8; s = s[8:] {
		h = h.Add(uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56)
	}
	var rest uint64
	for i := range len(s) {
		rest |= uint64(s[i]) << (8 * i)
	}
	return h.Add(rest)
}

// Bit is b as a word, for packing flags.
func Bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
