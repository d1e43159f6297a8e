//go:build !unix

package tui

import "os"

// stops: there are no such signals here.
var stops []os.Signal

func halt() {}
func wake() {}
