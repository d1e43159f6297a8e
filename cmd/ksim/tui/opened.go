package tui

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/internal/scenario"
)

// What is kept of what was opened last, and shown of it; and how much of the file is read.
const (
	openedKept  = 8
	openedShown = 3
	openedBytes = 1 << 16
)

// openedFile keeps what was opened last, a line each, the latest first: the name of a scenario that comes with
// ksim, or a path. An empty one keeps nothing. It is a convenience: if it can't be read or written, there is
// nothing that was opened last, and nobody is told.
type openedFile string

// names are those that the file keeps.
func (f openedFile) names() []string {
	info, err := os.Stat(string(f))
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	in, err := os.Open(string(f))
	if err != nil {
		return nil
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, openedBytes))
	if err != nil {
		return nil
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[:min(len(lines), openedKept)]
}

// entries are those of them that can be opened again.
func (f openedFile) entries() []listed {
	var out []listed
	for _, name := range f.names() {
		if len(out) == openedShown {
			break
		}
		if _, shipped := scenario.Source(name); !shipped {
			if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
				continue
			}
		}
		if s, err := loader(name)(); err == nil {
			out = append(out, listed{Entry: entryOf(s), heading: openedHeading, what: name, load: loader(name)})
		}
	}
	return out
}

// add puts a name first. The file is replaced as a whole, so that two who write at once leave one of theirs.
func (f openedFile) add(name string) error {
	names := slices.DeleteFunc(f.names(), func(n string) bool { return n == name })
	text := strings.Join(append([]string{name}, names[:min(len(names), openedKept-1)]...), "\n") + "\n"
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o755); err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(string(f)), ".opened-*")
	if err != nil {
		return err
	}
	_, err = out.WriteString(text)
	if closing := out.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(out.Name(), string(f))
	}
	if err != nil {
		os.Remove(out.Name())
	}
	return err
}

// remember keeps that something was opened.
func (m *model) remember(what string) tea.Cmd {
	if m.opened == "" || what == "" || strings.Contains(what, "\n") {
		return nil
	}
	file := m.opened
	return func() tea.Msg {
		_ = file.add(what) // a convenience
		return nil
	}
}
