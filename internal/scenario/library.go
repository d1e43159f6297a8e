package scenario

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/ksim/scenarios"
	"example.com/ksim/sim"
)

// Names are the names of the scenarios that come with ksim, sorted.
func Names() []string {
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for i := range files {
		files[i] = nameOf(files[i])
	}
	return files
}

// Source is the text of a scenario that comes with ksim; false if there is none of that name.
func Source(name string) ([]byte, bool) {
	b, err := scenarios.Files.ReadFile(name + ".yaml")
	return b, err == nil
}

// Entry is a scenario that comes with ksim, as lists name it: what its file says, not yet a world.
type Entry struct {
	Name string
	*Document
}

// Catalogue is every scenario that comes with ksim, by subject, and then by name.
func Catalogue() ([]Entry, error) {
	var all []Entry
	for _, name := range Names() {
		source, _ := Source(name)
		d, err := ReadDocument(name+".yaml", source)
		if err != nil {
			return nil, err
		}
		all = append(all, Entry{name, d})
	}
	return BySubject(all, func(e Entry) Subject { return e.About }), nil
}

// NoSuch says that no scenario has a name, and which is meant.
func NoSuch(name string) error {
	return fmt.Errorf("%s: no scenario has that name%s (see `ksim list`)", name,
		sim.DidYouMean(name, Names()))
}

// Load reads a scenario that comes with ksim by its name, a file by its path, or "-" from in. The
// error says what is wrong with what was named.
func Load(what string, in io.Reader, overrides ...Override) (*Scenario, error) {
	if what == "-" {
		source, err := readAll("standard input", in)
		if err != nil {
			return nil, err
		}
		return Read("standard input", source, overrides...)
	}
	if source, ok := Source(what); ok {
		return read(what+".yaml", what, source, overrides)
	}
	source, err := ReadFile(what)
	if err != nil {
		return nil, err
	}
	return read(what, Argument(what), source, overrides)
}

// read reads a file that a command line loads by an argument.
func read(file, argument string, source []byte, overrides []Override) (*Scenario, error) {
	s, err := Read(file, source, overrides...)
	if err != nil {
		return nil, err
	}
	s.argument = argument
	return s, nil
}

// Called is what a scenario that was named can be loaded by from any folder: its name, or the whole path of its
// file; nothing for what came from standard input.
func Called(what string) string {
	if _, shipped := Source(what); shipped {
		return what
	}
	if path, err := filepath.Abs(what); err == nil && what != "-" {
		return path
	}
	return ""
}

// ReadFile reads a file that may hold a scenario.
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(path, "/\\."):
		return nil, NoSuch(path)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: is a directory: name a scenario file in it", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	defer f.Close()
	return readAll(path, f)
}

// readAll reads no more than a scenario can have.
func readAll(name string, in io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	if len(b) > maxBytes {
		return nil, fmt.Errorf("%s: more than %d bytes: that is no scenario", name, maxBytes)
	}
	return b, nil
}

// reason is an error without the path that the operating system adds.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
