// Package aaterm keeps ksim from questioning the terminal before it has been asked to draw.
//
// bubbletea v1 asks for the background colour when it is initialised, in every command, and waits
// five seconds for terminals that never answer. It does not ask when the answer is known. Ready
// packages are initialised in the order of their import paths, so this one, whose path sorts before
// bubbletea's, gives the answer first. Whoever imports bubbletea imports this package too.
package aaterm

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
