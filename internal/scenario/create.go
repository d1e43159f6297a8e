package scenario

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// CreateNew writes a file that does not exist yet, as a whole or not at all. The error of one that does is fs.ErrExist.
func CreateNew(path string, content []byte) error {
	return createNew(path, func(f io.Writer) error {
		_, err := f.Write(content)
		return err
	})
}

// createNew takes away what it could not write to its end: half a file would be in the way of the next try.
func createNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", path, reason(err)), os.Remove(path))
	}
	return nil
}
