//go:build unix

package tui

import (
	"os"
	"syscall"
)

// stops are the signals that ask a process to stop until it is told to go on.
var stops = []os.Signal{syscall.SIGTSTP}

// halt stops this process, unless nobody could tell it to go on. Go does not give SIGTSTP its usual meaning back once it was
// heeded; SIGTTIN has the same.
func halt() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGTTIN) }

// wake tells this process to go on.
func wake() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGCONT) }
