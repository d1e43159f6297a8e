// Package tidy holds tests about the code itself: which package may know which, what the kernel may not
// touch, how long files and functions may become, what must be said about exported names, and that what
// is generated is fresh.
//
// Each check is tried on a bad example too: a check that finds nothing anywhere is broken.
package tidy
