// Package scenario reads scenario files, plays them, and writes them. It is the only room that
// knows YAML. A file becomes a Document (what is written), a Document a Scenario (checked, with the
// world before the first step), a Scenario a Session (being played), and a Session that has ended
// is judged by the file's expectations. A Session can be written down as a file that replays it.
package scenario
