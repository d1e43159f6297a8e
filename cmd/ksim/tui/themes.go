package tui

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/sim"
)

// CheckTheme says of a name that no theme has it.
func CheckTheme(name string) error {
	if name == "" || slices.Contains(paint.Themes(), name) {
		return nil
	}
	return fmt.Errorf("unknown theme %q%s (themes: %s)", name, sim.DidYouMean(name, paint.Themes()),
		strings.Join(paint.Themes(), ", "))
}

// coloursOf are the settings of a theme for what is drawn on. The terminal is not asked: its environment tells.
func coloursOf(o Options) paint.Settings {
	out := o.Output
	if out == nil {
		out = os.Stdout
	}
	profile := lipgloss.NewRenderer(out).ColorProfile()
	return paint.Settings{ASCII: o.ASCII, NoColor: o.NoColor || profile == termenv.Ascii, Theme: o.Theme, Profile: profile}
}

// wantsTheme is the theme that suits the ground of the terminal, as far as COLORFGBG tells it: its last number
// is the ground's colour.
func wantsTheme(getenv func(string) string) string {
	colours := getenv("COLORFGBG")
	ground, err := strconv.Atoi(colours[strings.LastIndexByte(colours, ';')+1:])
	if err == nil && (ground == 7 || ground > 8 && ground < 16) {
		return "light"
	}
	return paint.Themes()[0]
}

// nextTheme draws in the next theme.
func (m *model) nextTheme() tea.Cmd {
	all := paint.Themes()
	m.wear(all[(max(0, slices.Index(all, m.colours.Theme))+1)%len(all)])
	return nil
}

// themeNamed is the command: the theme that is named, or the next one.
func (m *model) themeNamed(name string) tea.Cmd {
	if name == "" {
		return m.nextTheme()
	}
	if err := CheckTheme(name); err != nil {
		m.refuse(err)
		return nil
	}
	m.wear(name)
	return nil
}

// wear draws in a theme.
func (m *model) wear(name string) {
	if m.colours.NoColor {
		m.say(paint.Dim, "themes are colours, and there are none here")
		return
	}
	m.colours.Theme = name
	m.theme = paint.NewTheme(m.colours)
	m.say(paint.Info, "theme %s: %s", name, paint.About(name))
}
