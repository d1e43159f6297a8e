package cluster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/consumer"
	"example.com/ksim/sim/wire"
)

// Process is what a consuming application does with each record, in the words of a scenario file.
type Process struct {
	Takes    sim.Duration
	Commit   string // see commitWords
	Offsets  string // see offsetWords
	Mode     string // see modeWords
	OnClose  string // see closeWords
	OnRevoke string // see revokeWords

	Workers   int
	Busy      string    // see busyWords
	Failures  []Setting // messages, and how often the handler throws on them
	OnFailure string    // see failureWords
	Sink      string    // see sinkWords
	Dedupe    string    // see dedupeWords
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
		{"mark", consumer.CommitMark}, {"stored", consumer.CommitStored}, {inTransaction, consumer.CommitNever},
	}
	offsetWords = []word[consumer.CommitWhat]{
		{"positions", consumer.Positions}, {"processed", consumer.Handled}, {"sink", consumer.InSink},
	}
	modeWords = []word[consumer.CommitMode]{
		{"sync", consumer.Sync}, {"async", consumer.Async}, {"async-retry", consumer.AsyncRetry},
	}
	busyWords   = []word[bool]{{"poll", false}, {"pause", true}}
	closeWords  = []word[bool]{{"nothing", false}, {"commit", true}}
	revokeWords = []word[consumer.OnRevoke]{
		{"nothing", consumer.RevokeNothing}, {"commit", consumer.RevokeCommit},
	}
	sinkWords = []word[consumer.Sink]{
		{"append", consumer.Append}, {"set", consumer.Set}, {"increment", consumer.Increment},
	}
	dedupeWords = []word[consumer.Dedupe]{
		{"nothing", consumer.DedupeNothing}, {"key", consumer.DedupeKey}, {"offset", consumer.DedupeOffset},
	}
	failureWords = []word[consumer.OnFailure]{
		{"stop", consumer.Stop}, {"close", consumer.Close}, {"retry", consumer.Retry},
		{"skip", consumer.Skip}, {"dead-letter", consumer.DeadLetter},
		{"poll", consumer.PollAgain}, {"seek", consumer.SeekBack},
	}
)

// ProcessWords are what can be written in a field of a process.
func ProcessWords(field string) []string {
	return map[string][]string{
		"commit": texts(commitWords), "offsets": texts(offsetWords), "mode": texts(modeWords),
		"busy": texts(busyWords), "on.close": texts(closeWords), "on.revoke": texts(revokeWords), "on.failure": texts(failureWords),
		"sink": texts(sinkWords), "dedupe": texts(dedupeWords),
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
	a.OnRevoke = read(p, path+".on.revoke", c.OnRevoke, revokeWords)
	a.Sink = read(p, path+".sink", c.Sink, sinkWords)
	a.Dedupe = read(p, path+".dedupe", c.Dedupe, dedupeWords)
	a.OnFailure = read(p, path+".on.failure", c.OnFailure, failureWords)
	p.checkSink(cfg, path)
	p.checkCommit(c, cfg, path)
	p.resolveFailures(c, cfg, path)
	p.resolveWorkers(c, a, path)
}

// checkSink: the members of a group write to one sink.
func (p *plan) checkSink(cfg *consumer.Config, path string) {
	for i := len(p.Producers); i < len(p.clients); i++ {
		o := &p.clients[i].consumer
		if o.Group != cfg.Group {
			continue
		}
		if a, b := &o.App, &cfg.App; a.Sink != b.Sink || a.Dedupe != b.Dedupe {
			p.wrong(path+".sink", "another member of group %q writes to its sink in another way: all"+
				" members share one, with the same sink and dedupe", cfg.Group)
		}
	}
}

// checkInSink: offsets that the sink keeps are not committed to Kafka.
func (p *plan) checkInSink(c *Process, cfg *consumer.Config, path string) {
	if cfg.AutoCommit {
		p.wrong(path+".offsets", "sink: the sink keeps the offsets, so Kafka need not: set"+
			" enable.auto.commit: false")
	}
	if cfg.App.Commit != consumer.CommitNever || cfg.App.OnClose {
		p.wrong(path+".offsets", "sink: then nothing is committed to Kafka: leave commit and on.close out")
	}
	if c.Workers > 1 {
		p.wrong(path+".offsets", "sink: with %d workers a later offset could be kept before an earlier"+
			" record is applied: want one worker or none", c.Workers)
	}
}

// mostWorkers is how many workers an application can have.
const mostWorkers = 16

// resolveWorkers: an exception in a worker does not reach the thread that polls.
func (p *plan) resolveWorkers(c *Process, a *consumer.App, path string) {
	a.Workers = c.Workers
	if c.Workers < 0 || c.Workers > mostWorkers {
		p.wrong(path+".workers", "want 0 to %d workers, not %d", mostWorkers, c.Workers)
	}
	a.Pause = read(p, path+".busy", c.Busy, busyWords)
	if c.Workers == 0 {
		if a.Pause {
			p.wrong(path+".busy", "pause, but without workers: the thread that polls does the work itself, and does not"+
				" poll meanwhile; set workers: 1")
		}
		return
	}
	if a.Commit == consumer.CommitEach {
		p.wrong(path+".commit", "each, but with workers the thread that polls is not told of single"+
			" records: want after with offsets: processed, or mark")
	}
	if len(a.Failures) > 0 && !slices.Contains(forWorkers, a.OnFailure) {
		p.wrong(path+".on.failure", "%s is not for workers: want stop, retry, skip or dead-letter",
			failureWords[a.OnFailure].text)
	}
}

// forWorkers are what can be done about an exception in a worker.
var forWorkers = []consumer.OnFailure{
	consumer.Stop, consumer.Retry, consumer.Skip, consumer.DeadLetter,
}

// resolveFailures reads how often the handler throws on which message.
func (p *plan) resolveFailures(c *Process, cfg *consumer.Config, path string) {
	if c.OnFailure != "" && len(c.Failures) == 0 {
		p.wrong(path+".on.failure", "%s, but nothing fails: give failures, like {m2: 1}", c.OnFailure)
	}
	for _, f := range c.Failures {
		at := path + ".failures." + f.Name
		m, err := p.message(f.Name)
		if err != nil {
			p.wrong(at, "%v", err)
			continue
		}
		times, err := strconv.ParseInt(f.Value, 10, 32)
		if f.Value == "always" {
			times, err = int64(consumer.Always), nil
		} else if err != nil || times < 1 {
			p.wrong(at, "%q: want how often the handler throws, 1 or more, or always", f.Value)
		}
		p.checkFailure(m, cfg, at)
		a := &cfg.App
		a.Failures = append(a.Failures, consumer.Failure{Message: m, Times: int32(times)})
	}
}

// message finds a message by its name, "m3" or "p1.m3".
func (p *plan) message(name string) (wire.MessageID, error) {
	speakers := len(p.Producers) + len(p.Writers)
	for i := range speakers {
		c, id := p.speaker(i)
		short, mine := strings.CutPrefix(name, c.ID+".")
		if !mine && speakers > 1 || !isMessage(short) {
			continue
		}
		n, _ := strconv.Atoi(short[1:])
		if n >= 1 && n <= c.Records {
			return wire.MessageID{Producer: id, N: int32(n)}, nil
		}
	}
	return wire.MessageID{}, fmt.Errorf("no producer sends a message %q", name)
}

// speaker is the ith of whoever has messages of its own: producers, then writers.
func (p *plan) speaker(i int) (*Producer, wire.NodeID) {
	if n := len(p.Producers); i >= n {
		return &p.Writers[i-n].Producer, p.first + wire.NodeID(i+len(p.Consumers))
	}
	return &p.Producers[i], p.first + wire.NodeID(i)
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
	if cfg.App.Offsets == consumer.InSink {
		p.checkInSink(c, cfg, path)
		return
	}
	byHand := c.Commit != "" && c.Commit != "never" && !library || cfg.App.OnClose ||
		cfg.App.OnRevoke == consumer.RevokeCommit
	if c.Offsets != "" && !byHand {
		p.wrong(path+".offsets", "%s, but the application commits nothing by itself: give commit"+
			" (before, after, each), on.close: commit or on.revoke: commit", c.Offsets)
	}
	if cfg.App.Mode != consumer.Sync && (!byHand || cfg.App.Commit == consumer.CommitNever) {
		p.wrong(path+".mode", "%s, but the application commits nothing by itself: give commit"+
			" (before, after, each)", c.Mode)
	}
}
