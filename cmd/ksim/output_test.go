package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// full is a disk on which nothing more fits.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestLostOutputIsNoSuccess: who reads a code and a file must not take a part of the output for all of it.
func TestLostOutputIsNoSuccess(t *testing.T) {
	for _, line := range []string{"list", "show acks-1-leader-crash", "new -", "schema", "run acks-1-leader-crash",
		"explore acks-1-leader-crash --find acked-lost --save -", "validate acks-1-leader-crash", "help"} {
		var talk bytes.Buffer
		if code := run(strings.Fields(line), nil, full{}, &talk); code != exitInternal ||
			!strings.HasSuffix(talk.String(), "ksim: no space left\n") {
			t.Errorf("ksim %s: exit %d, %q", line, code, talk.String())
		}
	}
}
