package tui

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"example.com/ksim/cmd/ksim/tui/paint"
)

// untimed are keys whose outcome does not depend on how fast the machine is, and that don't leave.
var untimed = []string{
	"right", "left", "n", "N", "shift+right", "shift+left", "]", "[", "home", "end", "f", "w", "z", "b", "v", "down", "up", "pgdown", "pgup",
	"g", "G", "l", "h", "e", "i", "o", "0", "F", "a", "T", "B", "c", "C", "Z", "=", "'", "tab", "shift+tab", "+", "?", "esc", "V", "ctrl+l", "1", "2", "3", "4", "5", "6", "7", "8", "9",
}

// TestWhatIsDrawnBitByBitIsTheScreen presses keys at random and resizes a terminal: what it shows, having been sent only what changed, is
// what a fresh paint would show.
func TestWhatIsDrawnBitByBitIsTheScreen(t *testing.T) {
	const w, h, keys = 120, 36, 200
	terminal := vt.NewSafeEmulator(w, h)
	go drain(terminal)
	s, k := read(t, "leader-crash"), look{w: w, h: h}
	drawn, mirror := stage(s, k), stage(s, k)
	p := tea.NewProgram(drawn, tea.WithOutput(terminal), tea.WithInput(nil), tea.WithAltScreen(), tea.WithoutSignals(), tea.WithFPS(120))
	ended := make(chan error, 1)
	go func() { _, err := p.Run(); ended <- err }()
	dice := rand.New(rand.NewPCG(7, 7))
	for i := range keys {
		var msg tea.Msg = keyMsg(untimed[dice.IntN(len(untimed))])
		if i%25 == 0 {
			size := tea.WindowSizeMsg{Width: 60 + dice.IntN(160), Height: 16 + dice.IntN(50)}
			terminal.Resize(size.Width, size.Height)
			msg = size
		}
		hand(mirror, msg)
		p.Send(msg)
		if got, want := settled(terminal, mirror); got != want {
			t.Fatalf("after %v the terminal shows\n%s\nwant\n%s", msg, got, want)
		}
	}
	p.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// drain takes what a terminal answers, which nobody wants.
func drain(terminal *vt.SafeEmulator) {
	buffer := make([]byte, 256)
	for {
		if _, err := terminal.Read(buffer); err != nil {
			return
		}
	}
}

// settled waits until a terminal shows what it should, or for some seconds.
func settled(terminal *vt.SafeEmulator, m *model) (got, want string) {
	want = trimmed(plain(m.picture()))
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if got = trimmed(ansi.Strip(terminal.Render())); got == want {
			break
		}
	}
	return got, want
}

func plain(lines []paint.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.String() + "\n")
	}
	return b.String()
}

// trimmed leaves out the blanks that end lines.
func trimmed(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}
