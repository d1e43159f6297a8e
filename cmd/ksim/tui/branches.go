package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/timeline"
)

// limb is a branch in the tree of branches: what it hangs from is drawn before its name.
type limb struct {
	timeline.Branch
	twigs string
}

// limbs are the branches as a tree, each below the one it left and in the order in which they left it.
func (p *player) limbs() []limb {
	kids := make([][]timeline.Branch, len(p.Tree.Branches()))
	for _, b := range p.Tree.Branches()[1:] {
		parent := p.Tree.Moment(b.From).Branch
		kids[parent] = append(kids[parent], b)
	}
	var out []limb
	var grow func(b timeline.Branch, twigs, below string)
	grow = func(b timeline.Branch, twigs, below string) {
		out = append(out, limb{b, twigs})
		of := kids[b.ID]
		slices.SortStableFunc(of, func(a, b timeline.Branch) int {
			return p.Tree.Moment(a.From).Step - p.Tree.Moment(b.From).Step
		})
		for i, kid := range of {
			if i == len(of)-1 {
				grow(kid, below+"╰─", below+"  ")
			} else {
				grow(kid, below+"├─", below+"│ ")
			}
		}
	}
	grow(p.Tree.Branches()[0], "", "")
	return out
}

// openBranches draws the tree of the lines that were begun. Choosing one goes to its end.
func (m *model) openBranches() tea.Cmd {
	p := m.player
	now := p.Tree.On(p.Tree.Len() - 1).Branch
	n := &menu{title: "branches"}
	all := p.limbs()
	wide := 0
	for i := range all {
		wide = max(wide, all[i].name(false).Width()+2)
	}
	const here = " (here)"
	if m.plain {
		wide += len(here)
	}
	n.items = append(n.items, item{refused: true,
		line: paint.Textf(paint.Dim, "%-*s%-9s %-6s %-*s%s", wide, "", "leaves at", "steps", outcomeWidth, "at its end", "with")})
	for i := range all {
		b := &all[i]
		name := b.name(b.ID == now)
		if m.plain && b.ID == now {
			name = name.Add(paint.Plain, here)
		}
		n.items = append(n.items, item{
			line:    name.Pad(wide).Join(p.limbLine(b)),
			indent:  wide,
			preview: p.limbStory(b),
			do:      func(m *model) tea.Cmd { p.visit(m, b.Last); return nil },
		})
	}
	m.open(n)
	n.at = 1 + slices.IndexFunc(all, func(b limb) bool { return b.ID == now })
	return nil
}

// mostTwigs is how wide a tree is drawn before its name; of one that is deeper the right part is.
const mostTwigs = 16

func (b *limb) name(here bool) paint.Line {
	twigs := paint.Text(paint.Frame, b.twigs)
	if w := twigs.Width(); w > mostTwigs {
		twigs = paint.Text(paint.Frame, "…").Join(twigs.Cut(w-mostTwigs+1, w))
	}
	if here {
		return twigs.Add(paint.Key, "● ").Add(paint.Strong, branchName(b.ID))
	}
	return twigs.Add(paint.Dim, "○ ").Add(paint.Plain, branchName(b.ID))
}

// outcomeWidth is how wide most outcomes are.
const outcomeWidth = 16

// limbLine is where a branch begins and with what, how long it is, and what has become of the messages
// at its end.
func (p *player) limbLine(b *limb) paint.Line {
	last, act := p.Tree.Moment(b.Last), p.begun(b)
	if act == nil {
		return paint.Textf(paint.Dim, "%-9s %-6d ", "", last.Step).Join(p.outcome(last))
	}
	from := p.Tree.Moment(b.From)
	return paint.Textf(paint.Dim, "#%-8d %-6d ", from.Step, last.Step-from.Step).
		Join(p.outcome(last).Pad(outcomeWidth)).Add(paint.Info, from.World.Text(act.Event))
}

// limbStory is the same in words.
func (p *player) limbStory(b *limb) paint.Line {
	last, act := p.Tree.Moment(b.Last), p.begun(b)
	var l paint.Line
	if act != nil {
		from := p.Tree.Moment(b.From)
		l = l.Addf(paint.Dim, "leaves %s after step %d, %s, with ", branchName(from.Branch), from.Step, from.At).
			Add(paint.Info, from.World.Text(act.Event)).Add(paint.Dim, "; ")
	}
	l = l.Addf(paint.Dim, "played to step %d, %s", last.Step, last.At)
	for _, v := range cluster.SurveyOf(last.World).Verdicts() {
		if v.Decided() > 0 {
			l = l.Addf(paint.Dim, "; %s so far ", v.For()).Add(paint.Strong, v.SoFar())
		}
	}
	return l
}

// begun is the first moment of a branch, nil of the one that begins with the run.
func (p *player) begun(b *limb) *timeline.Moment {
	if b.From < 0 {
		return nil
	}
	kids := p.Tree.Children(b.From)
	return kids[slices.IndexFunc(kids, func(m *timeline.Moment) bool { return m.Branch == b.ID })]
}

// outcome is the worst that has become of messages by a moment.
func (p *player) outcome(at *timeline.Moment) paint.Line {
	tally := cluster.Tally(cluster.SurveyOf(at.World).Fates())
	for c := cluster.Classes - 1; c > cluster.Pending; c-- {
		if tally[c] > 0 && (c.Harmful() || c == cluster.Delivered && tally[cluster.Pending] == 0) {
			return paint.Text(severity(c), fmt.Sprintf("%d %s", tally[c], c))
		}
	}
	if tally[cluster.Pending] > 0 {
		return paint.Textf(paint.Dim, "%d pending", tally[cluster.Pending])
	}
	return paint.Text(paint.Dim, "nothing sent")
}
