package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/ksim/cmd/ksim/tui"
	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/value"
)

// sideText prints a comparison.
type sideText struct {
	*compared
	out   *bufio.Writer
	all   bool
	width int // of a line
}

// compareWidth is how wide a comparison is if nothing says so.
const compareWidth = 150

func (x *compared) text(out io.Writer, f *compareFlags) error {
	t := sideText{compared: x, out: bufio.NewWriter(out), all: f.all, width: widthOf(out)}
	t.introduce()
	t.differences()
	t.parting()
	t.stories()
	fates := t.Fates
	if !t.Tally.Same() {
		fates = append([]cluster.Beside{t.Tally}, fates...)
	}
	t.ends("What became of the messages", "message", fates)
	t.ends("What the sinks hold", "account", t.Sinks)
	t.verdicts()
	t.figures(f.figures)
	return t.out.Flush()
}

// widthOf is how wide the terminal is that is printed on, if it is one.
func widthOf(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		return cmp.Or(tui.Columns(f), compareWidth)
	}
	return compareWidth
}

func (t *sideText) introduce() {
	for i, o := range []*scenario.Outcome{t.a, t.b} {
		fmt.Fprintf(t.out, "%c  %s\n", 'A'+i, t.runName(o))
	}
	for i, o := range []*scenario.Outcome{t.a, t.b} {
		if why := o.Cut(); why != "" {
			fmt.Fprintf(t.out, "%c was not finished: %s\n", 'A'+i, why)
		}
	}
	fmt.Fprintln(t.out)
}

// runName names a run as a command line does, with its title.
func (t *sideText) runName(o *scenario.Outcome) string {
	name := o.Name
	if o.Variant != "" {
		name += ":" + o.Variant
	}
	return fmt.Sprintf("%s  %s (seed %d, %d steps)", name, o.Document.Title, o.Document.Seed, o.World().Steps())
}

func (t *sideText) differences() {
	if len(t.settings) == 0 {
		return
	}
	fmt.Fprintln(t.out, "What is set otherwise")
	rows := [][3]string{}
	for _, d := range t.settings {
		rows = append(rows, [3]string{d.What, d.In(0), d.In(1)})
	}
	t.table(rows)
	fmt.Fprintln(t.out)
}

// table prints rows of three columns under A and B.
func (t *sideText) table(rows [][3]string) {
	wide, left := 8, 12
	for _, r := range rows {
		wide, left = max(wide, paint.Width(r[0])), max(left, paint.Width(r[1]))
	}
	left = min(left, max(12, (t.width-wide)/2))
	for _, r := range append([][3]string{{"", "A", "B"}}, rows...) {
		fmt.Fprintln(t.out, "  "+fitted(r[0], wide)+"  "+fitted(r[1], left)+"  "+r[2])
	}
}

// fitted is a text that is at least w cells wide.
func fitted(text string, w int) string { return paint.Text(paint.Plain, text).Pad(w).String() }

// butIdle says which steps are not counted.
const butIdle = " (those that only say \"still here\" do not count)"

// parting says how far the runs are the same, and what comes then in each.
func (t *sideText) parting() {
	parted := t.Parts != [2]*sim.Happened{}
	switch {
	case parted:
		fmt.Fprintf(t.out, "In common: the first %s%s\n", paint.Count(t.Common, "step", "steps"), butIdle)
	case t.Same():
		fmt.Fprintf(t.out, "The same: all of %s%s\n", paint.Count(t.Common, "step", "steps"), butIdle)
	default:
		fmt.Fprintf(t.out, "In common: all of %s%s\n", paint.Count(t.Common, "step", "steps"), butIdle)
	}
	if l := t.Later; l[0] != nil {
		fmt.Fprintf(t.out, "From step %d of A on they come at other times: %s in A, %s in B\n", l[0].Step, l[0].At, l[1].At)
	}
	fmt.Fprintln(t.out)
	if !parted {
		return
	}
	fmt.Fprintln(t.out, "The first difference")
	for i, o := range []*scenario.Outcome{t.a, t.b} {
		h, name := t.Parts[i], string(rune('A'+i))
		if h == nil {
			fmt.Fprintf(t.out, "  %s  nothing more happens\n", name)
			continue
		}
		fmt.Fprintf(t.out, "  %s  step %d  %s  %s\n", name, h.Step, h.At, eventText(o.World(), h))
		side := sideOf(o)
		for _, note := range side.Notes(h) {
			fmt.Fprintf(t.out, "       %s\n", note)
		}
	}
	fmt.Fprintln(t.out)
}

// around is how many lines that are the same are shown before and after others.
const around = 2

// stories prints what the runs tell, side by side.
func (t *sideText) stories() {
	if len(t.Rows) == 0 || t.First == len(t.Rows) && !t.all {
		return
	}
	fmt.Fprintln(t.out, "What happened")
	hidden := 0
	tell := func() {
		if hidden > 0 {
			fmt.Fprintf(t.out, "        ... %s the same (--all prints them)\n", paint.Count(hidden, "line", "lines"))
		}
		hidden = 0
	}
	for i := range t.Rows {
		if !t.all && !t.near(i) {
			hidden++
			continue
		}
		tell()
		if i == t.First {
			fmt.Fprintln(t.out, "------- the first difference of what is told")
		}
		t.row(&t.Rows[i])
	}
	tell()
	fmt.Fprintln(t.out)
}

// near tells of a row whether it, or one close to it, is not the same in both.
func (t *sideText) near(i int) bool {
	for k := max(0, i-around); k <= min(i+around, len(t.Rows)-1); k++ {
		if !t.Rows[k].Same {
			return true
		}
	}
	return false
}

// row prints a row: side by side, or where that has no room below each other.
func (t *sideText) row(r *value.Pair) {
	a, b := line(t.A, r.A), line(t.B, r.B)
	sign := r.Sign()
	if t.width < tui.TwoColumns {
		switch {
		case r.Same:
			t.column("  ", a)
		default:
			t.column("< ", a)
			t.column("> ", b)
		}
		return
	}
	w := (t.width - 3) / 2
	left, right := paint.Wrap(paint.Text(paint.Plain, a), w, stepWidth), paint.Wrap(paint.Text(paint.Plain, b), w, stepWidth)
	for k := range max(len(left), len(right)) {
		var l, m paint.Line
		if k < len(left) {
			l = left[k]
		}
		if k < len(right) {
			m = right[k]
		}
		fmt.Fprintln(t.out, strings.TrimRight(l.Fit(w).String()+" "+sign+" "+m.String(), " "))
		sign = " "
	}
}

func (t *sideText) column(sign, text string) {
	for k, l := range paint.Wrap(paint.Text(paint.Plain, text), t.width-2, stepWidth) {
		if text == "" {
			break
		}
		if k > 0 {
			sign = "  "
		}
		fmt.Fprintln(t.out, strings.TrimRight(sign+l.String(), " "))
	}
}

// stepWidth is how many cells the number of a step takes.
const stepWidth = 8

// line is a line of a story, empty where there is a gap.
func line(story []cluster.Telling, at int) string {
	if at == value.Gap {
		return ""
	}
	return fmt.Sprintf("%6d  %s", story[at].Step, story[at].Text)
}

// ends prints how things stand at the end of each run.
func (t *sideText) ends(title, what string, all []cluster.Beside) {
	var rows [][3]string
	same := 0
	for _, p := range all {
		if p.Same() && !t.all {
			same++
			continue
		}
		rows = append(rows, [3]string{p.What, p.A, p.B})
	}
	t.section(title, rows, same, what)
}

// section prints what differs, and counts what does not.
func (t *sideText) section(title string, rows [][3]string, same int, what string) {
	if len(rows) == 0 && same == 0 {
		return
	}
	fmt.Fprintln(t.out, title)
	if len(rows) > 0 {
		t.table(rows)
	}
	if same > 0 {
		fmt.Fprintf(t.out, "  the same in both: %s\n", paint.Count(same, what, what+"s"))
	}
	fmt.Fprintln(t.out)
}

func (t *sideText) verdicts() {
	fmt.Fprintln(t.out, "Verdict")
	var rows [][3]string
	for _, p := range t.Verdicts {
		if p.Same() {
			fmt.Fprintf(t.out, "  %s, in both: %s\n", p.Who(), p.A.Words())
			continue
		}
		rows = append(rows, [3]string{p.Who(), p.A.Words(), p.B.Words()})
	}
	if len(rows) > 0 {
		t.table(rows)
	}
	fmt.Fprintln(t.out)
}
