package value

import "slices"

// Pair is a row of two columns of lines: a place in each, Gap where a column has none. The lines of a pair that
// is Same are equal.
type Pair struct {
	A, B int
	Same bool
}

// Gap is no place.
const Gap = -1

// InA tells whether the left column has a line in this row.
func (p Pair) InA() bool { return p.A != Gap }

// InB tells it of the right one.
func (p Pair) InB() bool { return p.B != Gap }

// Sign is what stands between the columns: nothing where they are the same, else what diff has where only one has
// a line.
func (p Pair) Sign() string {
	switch {
	case p.Same:
		return " "
	case !p.InB():
		return "<"
	case !p.InA():
		return ">"
	}
	return "≠"
}

// Align lays two columns of lines side by side so that equal lines meet. Each line is in one row, in its
// order. Lines that occur once in each column hold it together, as in a patience diff: in a story most do,
// and they are what a reader would go by.
func Align(a, b []string) []Pair {
	l := aligner{a: a, b: b, rows: make([]Pair, 0, max(len(a), len(b)))}
	l.align(0, len(a), 0, len(b))
	return l.rows
}

// aligner is two columns on their way into rows.
type aligner struct {
	a, b []string
	rows []Pair
}

// align lays a[i:j] beside b[k:l].
func (x *aligner) align(i, j, k, l int) {
	for i < j && k < l && x.a[i] == x.b[k] {
		x.same(i, k)
		i, k = i+1, k+1
	}
	tail := 0
	for i < j && k < l && x.a[j-1] == x.b[l-1] {
		j, l, tail = j-1, l-1, tail+1
	}
	anchors := x.anchors(i, j, k, l)
	if len(anchors) == 0 {
		anchors = x.common(i, j, k, l)
		for _, p := range anchors {
			x.apart(i, p.A, k, p.B)
			x.same(p.A, p.B)
			i, k = p.A+1, p.B+1
		}
		x.apart(i, j, k, l)
	} else {
		for _, p := range anchors {
			x.align(i, p.A, k, p.B)
			x.same(p.A, p.B)
			i, k = p.A+1, p.B+1
		}
		x.align(i, j, k, l)
	}
	for n := range tail {
		x.same(j+n, l+n)
	}
}

func (x *aligner) same(i, k int) { x.rows = append(x.rows, Pair{i, k, true}) }

// apart lays lines beside each other that have nothing in common.
func (x *aligner) apart(i, j, k, l int) {
	for i < j || k < l {
		r := Pair{Gap, Gap, false}
		if i < j {
			r.A, i = i, i+1
		}
		if k < l {
			r.B, k = k, k+1
		}
		x.rows = append(x.rows, r)
	}
}

// anchors are the lines that occur once in a[i:j] and once in b[k:l], as many of them as keep their order.
func (x *aligner) anchors(i, j, k, l int) []Pair {
	if i == j || k == l {
		return nil
	}
	ours, theirs := once(x.a, i, j), once(x.b, k, l)
	var both []Pair
	for n, m := 0, 0; n < len(ours) && m < len(theirs); {
		switch s, t := x.a[ours[n]], x.b[theirs[m]]; {
		case s == t:
			both = append(both, Pair{ours[n], theirs[m], true})
			n, m = n+1, m+1
		case s < t:
			n++
		default:
			m++
		}
	}
	slices.SortFunc(both, func(p, q Pair) int { return p.A - q.A })
	return rising(both)
}

// once are the places in lines[i:j] whose line occurs once there, sorted by the line.
func once(lines []string, i, j int) []int {
	places := make([]int, 0, j-i)
	for n := i; n < j; n++ {
		places = append(places, n)
	}
	slices.SortStableFunc(places, func(n, m int) int {
		switch {
		case lines[n] < lines[m]:
			return -1
		case lines[n] > lines[m]:
			return 1
		}
		return 0
	})
	out := places[:0]
	for n := 0; n < len(places); {
		end := n + 1
		for end < len(places) && lines[places[end]] == lines[places[n]] {
			end++
		}
		if end == n+1 {
			out = append(out, places[n])
		}
		n = end
	}
	return out
}

// rising is the longest part of pairs, sorted by A, in which B rises, too.
func rising(pairs []Pair) []Pair {
	var ends []int // of the parts of each length the one that ends lowest: its last pair
	before := make([]int, len(pairs))
	for n := range pairs {
		at, _ := slices.BinarySearchFunc(ends, pairs[n].B, func(e, b int) int { return pairs[e].B - b })
		before[n] = Gap
		if at > 0 {
			before[n] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, n)
		} else {
			ends[at] = n
		}
	}
	if len(ends) == 0 {
		return nil
	}
	out := make([]Pair, len(ends))
	for n, at := ends[len(ends)-1], len(ends)-1; n != Gap; n, at = before[n], at-1 {
		out[at] = pairs[n]
	}
	return out
}

// mostCells is how large a table common fills in: a few milliseconds.
const mostCells = 1 << 20

// common is the longest common part of a[i:j] and b[k:l], or nothing where that would take too long.
func (x *aligner) common(i, j, k, l int) []Pair {
	n, m := j-i, l-k
	if n == 0 || m == 0 || n > mostCells/m {
		return nil
	}
	wide := m + 1
	longest := make([]int32, (n+1)*wide) // of what begins at a place of each
	for p := n - 1; p >= 0; p-- {
		for q := m - 1; q >= 0; q-- {
			if x.a[i+p] == x.b[k+q] {
				longest[p*wide+q] = longest[(p+1)*wide+q+1] + 1
			} else {
				longest[p*wide+q] = max(longest[(p+1)*wide+q], longest[p*wide+q+1])
			}
		}
	}
	var out []Pair
	for p, q := 0, 0; p < n && q < m; {
		switch {
		case x.a[i+p] == x.b[k+q]:
			out = append(out, Pair{i + p, k + q, true})
			p, q = p+1, q+1
		case longest[(p+1)*wide+q] >= longest[p*wide+q+1]:
			p++
		default:
			q++
		}
	}
	return out
}
