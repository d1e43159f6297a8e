package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ksim": main})
}

// TestCommands plays the command lines of testdata/script as a person at a shell would.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "")
			const bug = "KSIM_SEEDED_BUG" // with which internal/mutations has these commands run
			env.Setenv(bug, os.Getenv(bug))
			return nil
		},
	})
}
