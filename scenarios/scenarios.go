// Package scenarios holds the scenarios that come with ksim.
package scenarios

import "embed"

// Files are the scenario files, by name.
//
//go:embed *.yaml
var Files embed.FS
