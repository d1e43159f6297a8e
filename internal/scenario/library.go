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

// CutRun takes the name of a run off a scenario's: the last ':' parts them, if what follows can be the name of a
// variant and the whole is no file. Without one it is the run of the file itself.
func CutRun(what string) (name, run string, picked bool) {
	i := strings.LastIndexByte(what, ':')
	if i < 1 || what[i+1:] == "" || strings.ContainsFunc(what[i+1:], notInAName) {
		return what, TheFile, false
	}
	if _, err := os.Stat(what); err == nil {
		return what, TheFile, false
	}
	return what[:i], what[i+1:], true
}

// ErrVariantSet: a variant has a set of its own.
var ErrVariantSet = errors.New("--set does not go with a variant: a variant is what the file says")

// Load reads a scenario that comes with ksim by its name, a file by its path, or "-" from in; one of its runs if
// a ':' and its name follow. The error says what is wrong with what was named.
func Load(what string, in io.Reader, overrides ...Override) (*Scenario, error) {
	name, run, picked := CutRun(what)
	if picked && len(overrides) > 0 {
		return nil, ErrVariantSet
	}
	s, err := load(name, in, overrides...)
	if err != nil || !picked {
		return s, err
	}
	return s.Pick(run)
}

func load(what string, in io.Reader, overrides ...Override) (*Scenario, error) {
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

// Called is what the file of a scenario that was named can be loaded by from any folder: its name, or its whole
// path; nothing for what came from standard input.
func Called(what string) string {
	what, _, _ = CutRun(what)
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
