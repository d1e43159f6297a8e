package tui

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// metricsPane shows what an operator sees: Kafka's own metrics, as they were before this step and as they are now.
type metricsPane struct{}

// reading is a metric before this step and now.
type reading struct {
	row      *cluster.MetricRow
	label    string
	was, now int64
}

func (metricsPane) move(m *model, n int) {
	p := m.player
	p.row[paneMetrics] = clamp(min(p.row[paneMetrics], len(p.readings())-1)+n, 0, max(0, len(p.readings())-1))
}

// enter explains the metric under the cursor.
func (metricsPane) enter(m *model) tea.Cmd { return m.openGlossary() }

// metricHere is the name of the metric under the cursor.
func (p *player) metricHere() string {
	all := p.readings()
	return all[clamp(p.row[paneMetrics], 0, len(all)-1)].row.Name
}

func (metricsPane) draw(m *model, w, h int) ([]paint.Line, paint.Line) {
	p := m.player
	all := p.readings()
	at := clamp(p.row[paneMetrics], 0, len(all)-1)
	var lines []paint.Line
	first := 0
	for i := range all {
		if i == at {
			first = len(lines)
		}
		if label := all[i].label; label != "" && (i == 0 || all[i-1].row != all[i].row) {
			lines = append(lines, paint.Text(paint.Plain, "  "+all[i].row.Name))
		}
		lines = append(lines, all[i].line(w, i == at && p.focus() == paneMetrics))
	}
	from := window(first, len(lines), h)
	return lines[from:min(len(lines), from+h)], scrollFoot(from, len(lines), h)
}

// scrollFoot is a word on what is hidden of n lines if h are shown from one on.
func scrollFoot(from, n, h int) paint.Line {
	_, foot := scrolled(make([]paint.Line, n), from, h)
	return foot
}

// line is one metric: its value, and if it has changed what it was.
func (r *reading) line(w int, chosen bool) paint.Line {
	name, look, mark := r.row.Name, paint.Plain, "  "
	if r.label != "" {
		name = "  " + r.label
	}
	if r.was != r.now {
		look, mark = paint.Strong|paint.Changed, "▲ "
		if r.now < r.was {
			mark = "▼ "
		}
	}
	if chosen {
		mark = "› "
	}
	l := paint.Text(paint.Key, mark).Add(look&^paint.Changed, name).Add(paint.Plain, " ")
	value := paint.Text(look, strconv.FormatInt(r.now, 10))
	if r.was != r.now {
		value = value.Addf(paint.Dim, " was %d", r.was)
	}
	l = l.Pad(min(metricCells, w-value.Width())).Join(value)
	if chosen {
		return l.Fit(w).With(paint.Chosen)
	}
	return l
}

// metricCells is where the values stand if there is room.
const metricCells = 36

// metered are the readings of a moment, taken once.
type metered struct {
	moment *timeline.Moment
	all    []reading
}

// addedMetrics are what the moments added to the counters, by moment, found out once each.
type addedMetrics []*[]cluster.Metric

// counts is what the i-th moment of the line added to the counters.
func (p *player) counts(i int) []cluster.Metric {
	x := p.Tree.BareOn(i)
	for len(p.added) <= x.ID {
		p.added = append(p.added, nil)
	}
	if p.added[x.ID] == nil {
		added := cluster.Counts(p.Names, p.Tree.On(i-1).World, p.Tree.On(i).World, &x.Happened)
		p.added[x.ID] = &added
	}
	return *p.added[x.ID]
}

// readings are the metrics of this moment: those that are always shown, and those that are not zero or have changed.
func (p *player) readings() []reading {
	if p.metered.moment == p.here() {
		return p.metered.all
	}
	at := p.Tree.Index()
	var before []cluster.Metric
	if at > 0 {
		before = cluster.Gauges(p.Tree.On(at - 1).World)
	}
	now := cluster.Gauges(p.World())
	for i := 1; i <= at; i++ {
		counts := p.counts(i)
		if now = append(now, counts...); i < at {
			before = append(before, counts...)
		}
	}
	p.metered = metered{p.here(), compared(cluster.Sum(before), cluster.Sum(now), at > 0)}
	return p.metered.all
}

// compared puts what was beside what is, in the order of the table.
func compared(before, now []cluster.Metric, known bool) []reading {
	var out []reading
	for i := range cluster.MetricTable {
		row := &cluster.MetricTable[i]
		from := len(out)
		for _, v := range now {
			if v.Row == row {
				out = append(out, reading{row: row, label: v.Label, now: v.Value})
			}
		}
		for _, v := range before {
			if v.Row != row {
				continue
			}
			k := slices.IndexFunc(out[from:], func(r reading) bool { return r.label == v.Label })
			if k < 0 {
				out = append(out, reading{row: row, label: v.Label})
				k = len(out) - from - 1
			}
			out[from+k].was = v.Value
		}
		if row.Always && row.Counts() && len(out) == from {
			out = append(out, reading{row: row})
		}
	}
	for i := range out {
		if !known {
			out[i].was = out[i].now
		}
	}
	return slices.DeleteFunc(out, func(r reading) bool { return !r.row.Always && r.was == 0 && r.now == 0 })
}
