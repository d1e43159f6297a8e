package scenario

import "bytes"

// What a file may be at the most: far more than anybody writes by hand.
const (
	maxBytes = 1 << 18
	maxDepth = 100 // of lists and mappings in each other: the parser takes for ever on thousands
)

// tooDeep is the line where lists and mappings are nested too deeply, by brackets or by what begins a
// line; 0 if nowhere. Indentation alone can't: a line is as long as it is deep.
func tooDeep(source []byte) int {
	depth, n := 0, 0
	for line := range bytes.Lines(source) {
		n++
		most := indicators(line)
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
				most = max(most, depth)
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if most > maxDepth {
			return n
		}
	}
	return 0
}

// indicators is how many lists and keys begin one in another where a line begins, as in "- - ? !tag - x".
func indicators(line []byte) int {
	n := 0
	for word := range bytes.FieldsSeq(line) {
		switch {
		case len(word) == 1 && bytes.ContainsAny(word, "-?:"):
			n++
		case !bytes.ContainsAny(word[:1], "!&"):
			return n
		}
	}
	return n
}
