package tui

import (
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// defect is what is wrong with a record in a log; the defects are bits.
type defect uint8

const (
	astray  defect = 1 << iota // the leader does not have it there
	doubled                    // the log has it more than once
	late                       // a later message of the producer comes before it
)

// defects says how each is drawn.
var defects = []struct {
	defect defect
	glyph  string
	word   string
	look   paint.Look
}{
	{astray, "×", "not in the leader's log", paint.Bad},
	{doubled, "²", "more than once in the log", paint.Warn},
	{late, "↕", "behind a later one", paint.Warn},
}

// name is the broker's name with a crown if it leads, or thinks so.
func (g *grid) name(r *replica) paint.Line {
	l := paint.Text(paint.Strong, g.names.Node(r.id))
	switch {
	case g.p.leader == r.id:
		l = l.Add(paint.Leader, " ♛")
	case r.leads():
		l = l.Add(paint.Warn, " ♕")
	}
	return l.Fit(g.label)
}

// cells draws the log of one replica; without a ruler, with the high watermark between the records.
func (g *grid) cells(r *replica) paint.Line {
	l := g.name(r)
	end := g.first
	for _, e := range g.entries(r) {
		l = append(l, g.nothing(r, end, e.offset)...)
		l = append(l, g.record(r, e)...)
		end = e.offset + 1
	}
	if r.log != nil {
		to := min(r.log.End(), g.first+int64(g.columns()))
		l, end = append(l, g.nothing(r, end, to)...), max(end, to)
	}
	edge := " "
	if r.log != nil && int(end-g.first) < g.columns() {
		edge = "│"
	}
	l = l.Add(paint.Frame, edge)
	return l.Fit(g.label + g.room + 1).Join(g.behind(r))
}

// record draws one record: how safe it is, its name, its epoch by its tint, and what is wrong.
func (g *grid) record(r *replica, e entry) paint.Line {
	shade, look := "░", paint.Epoch(e.epoch)
	if e.offset < r.log.Flushed {
		shade = "▐"
	}
	g.seen.flushed, g.seen.cached = g.seen.flushed || shade == "▐", g.seen.cached || shade == "░"
	if _, ill := g.health(r.id); ill {
		look = paint.Dim
	}
	if g.fresh(r.id, g.p.at, e.offset, wire.Appended, wire.Replicated) {
		look |= paint.Changed
	}
	name, text := look, g.cellText(e)
	l := paint.Text(look, shade)
	f := g.defectOf(r, e)
	g.seen.defects |= f
	g.seen.markers = g.seen.markers || e.marker != wire.NoMarker
	if f == astray {
		name = paint.Bad | paint.Struck
	}
	if e.message == g.chosen && e.marker == wire.NoMarker {
		name |= paint.Marked
	}
	l = l.Add(name, text)
	for _, row := range defects {
		if row.defect == f {
			l = l.Add(row.look, row.glyph)
		}
	}
	return g.edged(r, e.offset, l)
}

// nothing draws offsets that have no record: it was cleaned away, or is below the log's start.
func (g *grid) nothing(r *replica, from, to int64) paint.Line {
	var l paint.Line
	for offset := from; offset < to; offset++ {
		var cell paint.Line
		if offset >= r.log.Start {
			cell, g.seen.gaps = paint.Text(paint.Dim, " ·"), true
		}
		l = append(l, g.edged(r, offset, cell)...)
	}
	return l
}

// edged is the cell of an offset; in a tight grid the one before the high watermark has an edge.
func (g *grid) edged(r *replica, offset int64, l paint.Line) paint.Line {
	l = l.Fit(g.cell)
	switch {
	case !g.tight || r.role == nil:
	case offset+1 == r.role.HW:
		g.seen.marked = true
		return l.Cut(0, g.cell-1).Add(g.mark(r), "┤")
	case g.unstable(r) && offset+1 == r.log.LastStable(r.role.HW):
		g.seen.stable = true
		return l.Cut(0, g.cell-1).Add(g.mark(r), "┼")
	}
	return l
}

// markerTexts are how markers are drawn.
var markerTexts = map[wire.Marker]string{wire.CommitMarker: "C", wire.AbortMarker: "A"}

// cellText is what a record is called: a message by its name.
func (g *grid) cellText(e entry) string {
	if e.marker != wire.NoMarker {
		return markerTexts[e.marker]
	}
	return g.names.Message(e.message)
}

// mark is how the high watermark of a replica is drawn.
func (g *grid) mark(r *replica) paint.Look {
	look := paint.Info
	if _, ill := g.health(r.id); ill {
		return paint.Dim
	}
	if g.fresh(r.id, g.p.at, wire.NoOffset, wire.HWAdvanced, wire.HWLowered) {
		look |= paint.Changed
	}
	return look
}

// defectOf is what is wrong with a record in a log; 0 if nothing is.
func (g *grid) defectOf(r *replica, e entry) defect {
	if g.p.leader != wire.Nobody && r.id != g.p.leader && !slices.Contains(g.leader, e) && !g.cleaned(e.offset) {
		return astray
	}
	return g.misplaced(e)
}

// cleaned tells whether the leader's log has nothing at an offset because a cleaner has removed it.
func (g *grid) cleaned(offset int64) bool {
	leader := g.p.replica(g.p.leader)
	there := func(e entry) bool { return e.offset == offset }
	return g.p.topic != nil && g.p.topic.Config.Compact && leader != nil && leader.log != nil &&
		offset < leader.log.End() && !slices.ContainsFunc(g.leader, there)
}

// misplaced is what is wrong with a message in every log that has it.
func (g *grid) misplaced(e entry) defect {
	f := g.fate(e.message)
	switch {
	case f == nil:
		return 0
	case f.Copies > 1:
		return doubled
	case f.Has(cluster.Reordered):
		return late
	}
	return 0
}

// ruler stands under a log: the leader epochs where they begin, and the high watermark.
func (g *grid) ruler(r *replica) paint.Line {
	l := paint.Text(paint.Plain, strings.Repeat(" ", g.label))
	if r.log == nil {
		return l
	}
	if r.role != nil {
		reach := g.reach(r.role.HW)
		g.seen.marked = g.seen.marked || reach > 0 || len(r.log.Epochs) == 0
		l = l.Add(g.mark(r), strings.Repeat("─", max(0, reach-1))+"┤")
		if stable := g.reach(r.log.LastStable(r.role.HW)); g.unstable(r) && 0 < stable && stable < reach {
			l = l.Over(g.label+stable-1, paint.Text(g.mark(r), "┼"))
		}
	}
	for _, e := range r.log.Epochs {
		x := int(e.Start-g.first) * g.cell
		label := paint.Text(paint.Epoch(e.Epoch), "e"+strconv.Itoa(int(e.Epoch)))
		if x >= 0 && x+label.Width() <= g.room {
			l, g.seen.epochs = l.Over(g.label+x, label), true
		}
	}
	hw := "-" // not known while the process does not run
	if r.role != nil {
		hw = strconv.FormatInt(r.role.HW, 10)
	}
	l = l.Fit(g.label+g.room+1).Addf(g.mark(r), " HW  %-4s ", hw)
	if stable := g.lastStable(r); stable != nil {
		return l.Join(stable).Addf(paint.Dim, " disk %d", r.log.Flushed)
	}
	return l.Addf(paint.Dim, " on disk to %d", r.log.Flushed)
}

// reach is how many cells the records below an offset take.
func (g *grid) reach(offset int64) int { return clamp(int(offset-g.first)*g.cell, 0, g.room) }

// behind is what stands behind a log.
func (g *grid) behind(r *replica) paint.Line {
	if r.log == nil {
		return paint.Text(paint.Plain, " ").Join(g.standing(g.p, r).line())
	}
	look := paint.Plain
	if g.fresh(r.id, g.p.at, wire.NoOffset, wire.Appended, wire.Replicated, wire.Truncated,
		wire.StartedAnew, wire.LostUnflushed) {
		look |= paint.Changed
	}
	l := paint.Textf(look, " LEO %-4d", r.log.End())
	if g.tight && r.role != nil {
		l = l.Addf(g.mark(r), "HW %-4d", r.role.HW)
	}
	l = l.Add(paint.Plain, " ").Join(g.standing(g.p, r).line())
	for i, e := range r.log.Epochs {
		if g.tight && i > 0 {
			l = l.Addf(paint.Epoch(e.Epoch), "  e%d from %d", e.Epoch, e.Start)
		}
	}
	return l
}

// lost draws the messages that somebody was promised and nobody can read, where they were promised
// to be: no leader has them, or they stand there in a transaction that was aborted.
func (g *grid) lost() paint.Line {
	l := paint.Text(paint.Bad, "LOST").Fit(g.label + 1)
	gone, aborted := false, false
	for i := range g.fates {
		f := &g.fates[i]
		place, ok := g.gone[f.Message]
		if !ok || !f.Has(cluster.AckedLost) || place.At != g.p.at || place.Offset < g.first {
			continue
		}
		there := g.copies[i].held.Has(g.p.leader)
		gone, aborted = gone || !there, aborted || there
		cell := paint.Text(paint.Bad, "✗").Add(paint.Bad|paint.Struck, g.names.Message(f.Message))
		l = l.Over(g.label+int(place.Offset-g.first)*g.cell, cell)
	}
	switch {
	case gone:
		return l.Add(paint.Bad, "  acked, and the leader does not have it")
	case aborted:
		return l.Add(paint.Bad, "  told committed, and aborted here")
	}
	return nil
}
