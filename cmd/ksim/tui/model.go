package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// model is what is on the screen.
type model struct {
	theme    *paint.Theme
	colours  paint.Settings // of the theme
	ascii    bool
	opened   openedFile
	first    tea.Cmd // what to do when the terminal is there
	keys     []binding
	commands []command
	w, h     int

	home    *home    // the list of scenarios; nil if ksim was started with one
	form    *form    // the cluster being put together; nil: none
	player  *player  // the scenario being played; nil on the home screen and in the form
	compare *compare // two runs side by side, in place of the player; or nil
	menu    *menu    // lies over everything else and takes the keys
	prompt  *prompt  // the same, for text

	noMouse  bool
	still    bool // nothing is shown moving
	dragging bool // along the timeline

	said    paint.Line // the answer to the last key, if it needs one
	no      error      // why what was asked for last was not done
	plain   bool       // commands and answers in lines; nothing is drawn and no key pressed
	unasked bool       // nobody is there to answer questions
	err     error      // what the terminal ends with
}

func newModel(o Options) *model {
	colours := coloursOf(o)
	return &model{theme: paint.NewTheme(colours), colours: colours, ascii: o.ASCII, opened: openedFile(o.Opened),
		keys: bindings(), commands: commands(), noMouse: o.NoMouse, still: o.Still || o.Plain}
}

// Init draws nothing: everything begins with the size of the window.
func (m *model) Init() tea.Cmd { return m.first }

// Update takes in what happened to the terminal.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyMsg:
		m.cutFilm()
		return m, m.press(msg)
	case tea.MouseMsg:
		m.cutFilm()
		return m, m.onMouse(msg)
	case tea.ResumeMsg:
		return m, m.mouseOn
	case moveMsg:
		if m.player != nil {
			return m, m.player.moveOn(m, msg)
		}
	case progressMsg:
		return m, m.onProgress(msg)
	case searchedMsg:
		return m, m.onSearched(msg)
	case comparedMsg:
		m.onCompared(msg)
	case savedMsg:
		return m, m.onSaved(msg)
	case endMsg:
		m.err = msg.err
		return m, tea.Quit
	}
	return m, nil
}

// View draws the model.
func (m *model) View() string { return m.theme.Render(m.picture()) }

// say answers a key.
func (m *model) say(look paint.Look, format string, args ...any) {
	m.said = paint.Textf(look, format, args...)
}

// tell says what a motion has come to; the answer to a key that was pressed meanwhile stays before it.
func (m *model) tell(format string, args ...any) {
	if m.said != nil {
		m.said = m.said.Add(paint.Dim, between)
	}
	m.said = m.said.Addf(paint.Info, format, args...)
}

// refuse says why something was not done.
func (m *model) refuse(err error) {
	m.no = err
	m.say(paint.Warn, "no: %v", err)
}
