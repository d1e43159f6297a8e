package scenario

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestHalfAFileIsTakenAway, and one that was there before never is.
func TestHalfAFileIsTakenAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.yaml")
	full := errors.New("the disk is full")
	half := func(w io.Writer) error {
		if _, err := w.Write([]byte("title: ha")); err != nil {
			t.Fatal(err)
		}
		return full
	}
	if err := createNew(path, half); !errors.Is(err, full) {
		t.Errorf("said: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
	if err := CreateNew(path, []byte("whole")); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{createNew(path, half), CreateNew(path, []byte("other"))} {
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("said: %v", err)
		}
	}
	if got, err := os.ReadFile(path); string(got) != "whole" {
		t.Errorf("it holds %q (%v)", got, err)
	}
}
