package scenario

import (
	"strings"
	"unicode"
)

// Command is a command line of ksim, as a shell takes it.
func Command(words ...string) string {
	line := "ksim"
	for _, w := range words {
		line += " " + quoted(w)
	}
	return line
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if word != "" && !strings.ContainsFunc(word, means) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// means tells whether a character may mean something to a shell.
func means(c rune) bool {
	return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("@%_+=:,./-", c)
}

// Argument is a file as a command line names it: not to be taken for a scenario that comes with ksim, for a flag,
// for standard input, or for the name of a program, as zsh takes =name.
func Argument(file string) string {
	if _, shipped := Source(file); shipped || strings.HasPrefix(file, "-") || strings.HasPrefix(file, "=") {
		return "./" + file
	}
	return file
}

// Words name this run on a command line: what it was loaded from, and which of its runs it is or what was set. There are none
// for what no command line can load again.
func (s *Scenario) Words() []string {
	file := s.Runs()[0]
	if file.argument == "" || s.Variant != "" && len(s.Set) > 0 {
		return nil
	}
	words := []string{file.argument}
	if s.Variant != "" {
		words = append(words, "--variant", s.Variant)
	}
	for _, o := range s.Set {
		words = append(words, "--set", string(o))
	}
	return words
}

// Word names this run in one word, as `ksim compare` takes it; FILE stands for a file that there is not.
func (s *Scenario) Word() string {
	file, run := s.Runs()[0].argument, s.Variant
	if file == "" {
		file = "FILE"
	}
	if run == "" {
		run = TheFile
	}
	return file + ":" + run
}
