package cluster

import (
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
)

// Process is what a consuming application does with each record, in the words of a scenario file.
type Process struct {
	Takes   sim.Duration
	Commit  string // see CommitWords
	Offsets string // see OffsetWords
	Mode    string // see ModeWords
	OnClose string // see CloseWords
	Sink    string // append
}

// word is one thing that can be written, and what it stands for.
type word[T any] struct {
	text  string
	means T
}

// What can be written in a process; the first of each is the default.
var (
	commitWords = []word[consumer.CommitWhen]{
		{"never", consumer.CommitNever}, {"before", consumer.CommitBefore},
		{"after", consumer.CommitAfter}, {"each", consumer.CommitEach},
		{"mark", consumer.CommitMark}, {"stored", consumer.CommitStored},
	}
	offsetWords = []word[consumer.CommitWhat]{
		{"positions", consumer.Positions}, {"processed", consumer.Handled},
	}
	modeWords = []word[consumer.CommitMode]{
		{"sync", consumer.Sync}, {"async", consumer.Async}, {"async-retry", consumer.AsyncRetry},
	}
	closeWords = []word[bool]{{"nothing", false}, {"commit", true}}
)

// ProcessWords are what can be written in a field of a process.
func ProcessWords(field string) []string {
	return map[string][]string{
		"commit": texts(commitWords), "offsets": texts(offsetWords), "mode": texts(modeWords),
		"on.close": texts(closeWords), "sink": {"append"},
	}[field]
}

func texts[T any](words []word[T]) []string {
	var out []string
	for i := range words {
		out = append(out, words[i].text)
	}
	return out
}

// read finds what a word means; an empty one means the default.
func read[T any](p *plan, path, text string, words []word[T]) T {
	if text == "" {
		return words[0].means
	}
	for i := range words {
		if words[i].text == text {
			return words[i].means
		}
	}
	known := texts(words)
	p.wrong(path, "%q is none of %s%s", text, strings.Join(known, ", "), sim.DidYouMean(text, known))
	return words[0].means
}

func (p *plan) resolveProcess(c *Process, cfg *consumer.Config, path string) {
	a := &cfg.App
	a.Takes = c.Takes
	a.Commit = read(p, path+".commit", c.Commit, commitWords)
	a.Offsets = read(p, path+".offsets", c.Offsets, offsetWords)
	a.Mode = read(p, path+".mode", c.Mode, modeWords)
	a.OnClose = read(p, path+".on.close", c.OnClose, closeWords)
	if c.Sink != "" && c.Sink != "append" {
		p.wrong(path+".sink", "%q is not append", c.Sink)
	}
	p.checkCommit(c, cfg, path)
}

// checkCommit refuses what would be without effect, or in each other's way.
func (p *plan) checkCommit(c *Process, cfg *consumer.Config, path string) {
	library := cfg.App.Commit == consumer.CommitMark || cfg.App.Commit == consumer.CommitStored
	if library && !cfg.AutoCommit {
		p.wrong(path+".commit", "%s: the library's background timer commits what is stored, every"+
			" auto.commit.interval.ms: leave enable.auto.commit true", c.Commit)
	}
	if cfg.App.Commit == consumer.CommitBefore && cfg.App.Offsets == consumer.Handled {
		p.wrong(path+".offsets", "processed, but commit is before: then nothing is processed yet")
	}
	byHand := c.Commit != "" && c.Commit != "never" && !library || cfg.App.OnClose
	if c.Offsets != "" && !byHand {
		p.wrong(path+".offsets", "%s, but the application commits nothing by itself: give commit"+
			" (before, after, each) or on.close: commit", c.Offsets)
	}
	if c.Mode != "" && (!byHand || cfg.App.Commit == consumer.CommitNever) {
		p.wrong(path+".mode", "%s, but the application commits nothing by itself: give commit"+
			" (before, after, each)", c.Mode)
	}
}
