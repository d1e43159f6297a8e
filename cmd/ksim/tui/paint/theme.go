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
	Theme   string
	Profile termenv.Profile
}

// NewTheme makes a theme.
func NewTheme(s Settings) *Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(s.Profile)
	p := paletteOf(s.Theme)
	if s.NoColor { // termenv's profile without colours knows no attributes either
		r.SetColorProfile(termenv.ANSI)
		p = &mono
	}
	t := &Theme{ascii: s.ASCII}
	for i := range t.prefix {
		look := Look(i>>markBits) | Look(i&(1<<markBits-1))<<8
		t.prefix[i] = prefix(style(r, p, look))
	}
	return t
}

// prefix is what a style writes before its text.
func prefix(s lipgloss.Style) string {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return before
}

func style(r *lipgloss.Renderer, p *palette, look Look) lipgloss.Style {
	k := &p.inks[look&roleMask]
	s := r.NewStyle()
	if k.ansi256 != "" {
		s = s.Foreground(lipgloss.CompleteColor{ANSI: k.ansi, ANSI256: k.ansi256, TrueColor: k.ansi256})
	}
	if p.ground != "" {
		s = s.Background(lipgloss.CompleteColor{ANSI: "0", ANSI256: p.ground, TrueColor: p.ground})
	}
	if k.bold || look&Changed != 0 {
		s = s.Bold(true)
	}
	if k.faint && look&Changed == 0 {
		s = s.Faint(true)
	}
	if look&Chosen != 0 {
		s = s.Reverse(true)
	}
	switch {
	case look&Lit == 0:
	case p.glow == "" || r.ColorProfile() == termenv.ANSI:
		s = s.Reverse(look&Chosen == 0)
	default:
		s = s.Background(lipgloss.Color(p.glow))
	}
	if look&Struck != 0 {
		s = s.Strikethrough(true)
	}
	if look&Marked != 0 || k.underline {
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
