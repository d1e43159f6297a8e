package paint

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Theme turns looks into what a terminal understands.
type Theme struct {
	ascii  bool
	prefix [roles << markBits]string // by role and marks
}

// Settings choose a theme.
type Settings struct {
	ASCII   bool // nothing but ASCII characters
	NoColor bool // attributes only
	Profile termenv.Profile
}

// NewTheme makes a theme.
func NewTheme(s Settings) *Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetHasDarkBackground(true)
	r.SetColorProfile(s.Profile)
	if s.NoColor { // termenv's profile without colours knows no attributes either
		r.SetColorProfile(termenv.ANSI)
	}
	t := &Theme{ascii: s.ASCII}
	for i := range t.prefix {
		look := Look(i>>markBits) | Look(i&(1<<markBits-1))<<8
		t.prefix[i] = prefix(style(r, look, !s.NoColor))
	}
	return t
}

// prefix is what a style writes before its text.
func prefix(s lipgloss.Style) string {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return before
}

// ink is how a role is drawn: a colour, and attributes that tell it from others without one.
type ink struct {
	ansi, ansi256 string
	bold, faint   bool
	monoBold      bool // bold where there are no colours
	monoUnderline bool
}

// inks are the roles of the dark theme, in the colours of Okabe and Ito where a terminal has them.
var inks = [roles]ink{
	Plain:  {},
	Dim:    {ansi: "8", ansi256: "245", faint: true},
	Strong: {ansi: "15", ansi256: "255", bold: true},
	Title:  {ansi: "6", ansi256: "117", monoBold: true},
	Frame:  {ansi: "8", ansi256: "240", faint: true},
	Focus:  {ansi: "3", ansi256: "214", monoBold: true},
	Key:    {ansi: "11", ansi256: "221", monoBold: true},
	Good:   {ansi: "2", ansi256: "42"},
	Bad:    {ansi: "9", ansi256: "203", bold: true, monoUnderline: true},
	Warn:   {ansi: "3", ansi256: "214"},
	Info:   {ansi: "6", ansi256: "74"},
	Leader: {ansi: "11", ansi256: "221", bold: true},
	Epoch0: {ansi: "7", ansi256: "252"},
	Epoch1: {ansi: "6", ansi256: "117"},
	Epoch2: {ansi: "5", ansi256: "175"},
	Epoch3: {ansi: "3", ansi256: "179"},
	Epoch4: {ansi: "2", ansi256: "114"},
	Epoch5: {ansi: "4", ansi256: "111"},
}

func style(r *lipgloss.Renderer, look Look, colors bool) lipgloss.Style {
	k := &inks[look&roleMask]
	s := r.NewStyle()
	if colors && k.ansi256 != "" {
		s = s.Foreground(lipgloss.CompleteColor{ANSI: k.ansi, ANSI256: k.ansi256, TrueColor: k.ansi256})
	}
	if k.bold || k.monoBold && !colors || look&Changed != 0 {
		s = s.Bold(true)
	}
	if k.faint && !colors && look&Changed == 0 {
		s = s.Faint(true)
	}
	if look&Chosen != 0 {
		s = s.Reverse(true)
	}
	if look&Struck != 0 {
		s = s.Strikethrough(true)
	}
	if look&Marked != 0 || k.monoUnderline && !colors {
		s = s.Underline(true)
	}
	return s
}

// reset ends every look.
const reset = "\x1b[m"

// Render writes lines for a terminal.
func (t *Theme) Render(lines []Line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		t.render(&b, l)
	}
	return b.String()
}

func (t *Theme) render(b *strings.Builder, l Line) {
	now := ""
	for i := range l {
		s := &l[i]
		if p := t.prefix[s.Look&roleMask<<markBits|s.Look>>8]; p != now {
			if now != "" {
				b.WriteString(reset)
			}
			b.WriteString(p)
			now = p
		}
		if t.ascii {
			b.WriteString(ASCII(s.Text))
		} else {
			b.WriteString(s.Text)
		}
	}
	if now != "" {
		b.WriteString(reset)
	}
}
