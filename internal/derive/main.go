// Command derive writes the methods that a type's fields already imply, so that no field can be
// forgotten: Sum (hash), Own (a private copy of what the value holds), Copy (for nodes) and API
// (for wire bodies). It is run by go generate; a test in internal/tidy fails if its output is stale.
//
//	derive [-bodies] [-node TYPE,...] [TYPE...]
//
// works on the package in the current folder. Field tags: `sim:"-"` is not hashed, `sim:"idle"`
// is hashed only exactly, `sim:"idle:FLAG"` is a slice whose elements with FLAG set are hashed
// only exactly, `sim:"frozen"` is a slice that nobody changes in place and is shared.
// Pointers and interfaces are taken to be frozen: they are shared, never followed by Own.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"log"
	"os"
	"path/filepath"
	"strings"
)

const output = "derived.go"

func main() {
	log.SetFlags(0)
	log.SetPrefix("derive: ")
	dir := flag.String("dir", ".", "folder of the package")
	check := flag.Bool("check", false, "write nothing; fail if the file is stale")
	bodies := flag.Bool("bodies", false, "derive for every struct that has no Sum, and API for messages")
	nodes := flag.String("node", "", "types that are a sim.Node, separated by commas: they get Copy too")
	entries := flag.String("entries", "", "types that are a wire.Entry, separated by commas")
	values := flag.String("values", "", "types hashed by value, separated by commas")
	observer := flag.String("observer", "", "a type that is a sim.Observer: gets Copy too")
	flag.Parse()

	p, err := load(*dir)
	if err != nil {
		log.Fatal(err)
	}
	g := &generator{pkg: p, observer: *observer}
	roots := flag.Args()
	if *entries != "" {
		g.entries = strings.Split(*entries, ",")
		roots = append(roots, g.entries...)
	}
	if *bodies {
		roots, g.bodies = append(roots, p.structs()...), true
	}
	if *values != "" {
		g.values = strings.Split(*values, ",")
		roots = append(roots, g.values...)
	}
	if *nodes != "" {
		g.nodes = strings.Split(*nodes, ",")
		roots = append(roots, g.nodes...)
	}
	if *observer != "" {
		roots = append(roots, *observer)
	}
	src, err := g.file(roots)
	if err != nil {
		log.Fatal(err)
	}
	if err := put(filepath.Join(*dir, output), src, *check); err != nil {
		log.Fatal(err)
	}
}

func put(path string, src []byte, check bool) error {
	src, err := format.Source(src)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	old, _ := os.ReadFile(path)
	if bytes.Equal(old, src) {
		return nil
	}
	if check {
		return fmt.Errorf("%s is stale: run go generate ./...", path)
	}
	return os.WriteFile(path, src, 0o644)
}
