package tui

import "example.com/ksim/cmd/ksim/tui/paint"

// sights are what was drawn in logs, and so what a legend has to explain.
type sights struct {
	defects  defect
	outcomes uint8 // bits
	markers  bool
	gaps     bool // offsets whose records a cleaner has removed
	stable   bool // a last stable offset below the high watermark
	flushed  bool // records on disk
	cached   bool // records in the page cache alone
	marked   bool // a high watermark
	epochs   bool // where one starts
}

// and is what was drawn here or there.
func (k sights) and(o sights) sights {
	return sights{k.defects | o.defects, k.outcomes | o.outcomes, k.markers || o.markers, k.gaps || o.gaps, k.stable || o.stable,
		k.flushed || o.flushed, k.cached || o.cached, k.marked || o.marked, k.epochs || o.epochs}
}

// saw says what was drawn in the lines that were added last, and forgets it.
func (s *sheet) saw(k *sights) {
	for len(s.seen) < len(s.lines) {
		s.seen = append(s.seen, *k)
	}
	*k = sights{}
}

// sight is what was drawn in so many rows from one on.
func (s *sheet) sight(from, rows int) sights {
	var out sights
	for i := max(0, from); i < min(from+rows, len(s.seen)); i++ {
		out = out.and(s.seen[i])
	}
	return out
}

// legend says what the signs mean that were seen, what is odd first: where there is one line for it, the others go.
func legend(w int, seen sights) []paint.Line {
	var out []paint.Line
	add := func(there bool, look paint.Look, glyph, word string) {
		if !there {
			return
		}
		l := paint.Text(look, glyph).Add(paint.Dim, " "+word)
		if n := len(out) - 1; n >= 0 && out[n].Width()+2+l.Width() <= w {
			out[n] = out[n].Add(paint.Plain, "  ").Join(l)
			return
		}
		out = append(out, l)
	}
	for _, f := range defects {
		add(seen.defects&f.defect != 0, f.look, f.glyph, f.word)
	}
	for o, x := range outcomes {
		add(seen.outcomes&(1<<o) != 0, x.look, x.glyph, x.name)
	}
	add(seen.stable, paint.Dim, "┼", "last stable offset")
	add(seen.markers, paint.Dim, "C A", "commit, abort markers")
	add(seen.gaps, paint.Dim, "·", "cleaned away")
	add(seen.flushed, paint.Dim, "▐", "on disk")
	add(seen.cached, paint.Dim, "░", "page cache")
	add(seen.marked, paint.Dim, "┤", "high watermark")
	add(seen.epochs, paint.Dim, "e0", "epoch 0 starts")
	return out
}
