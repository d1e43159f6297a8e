package scenario

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/wire"
)

// Scenario is a checked file, ready to be played.
type Scenario struct {
	Name     string     // of the file, without folder and ending
	Variant  string     // which of the file's variants this is; empty: the file itself
	Why      string     // of a variant: what is different
	Changed  []string   // of a variant: its overrides
	Set      []Override // given beside the file
	Variants []*Scenario
	Document Document
	Root     *sim.World // before the first step
	Names    *cluster.Names
	Measured []string // the figures that are expected of anybody
	lines    []line
	checks   []check
	file     string
	source   []byte
	written  Document  // without the defaults
	base     *Scenario // of a run that was picked: the file with all of its runs
	path     string    // where the script of a variant is

	argument string // that a command line loads it by; empty: none
}

// ReadDocument reads a file without building its world: enough to know what it is about. The error
// is *Errors.
func ReadDocument(file string, source []byte) (*Document, error) {
	r := newReader(file, source)
	d := r.document()
	return &d, r.failed()
}

func (r *reader) document() Document {
	var d Document
	if n := r.parse(); n != nil {
		r.value(n, reflect.ValueOf(&d).Elem(), "")
		r.read = true
	}
	return d
}

// Read reads a scenario file, with overrides. Its variants are read only without overrides: what they
// expect is not meant for anything else. The error is *Errors: all that is wrong, each with its line
// and column.
func Read(file string, source []byte, overrides ...Override) (*Scenario, error) {
	r := newReader(file, source)
	s := &Scenario{Name: nameOf(file), Set: overrides, Document: r.document(), file: file, source: source}
	if r.read {
		s.written = s.Document
		s.Document.fill()
		s.override(r, overrides)
		s.build(r)
		if r.failed() == nil && len(overrides) == 0 {
			s.vary(r)
		}
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	return s, nil
}

func nameOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(strings.TrimSuffix(base, ".yaml"), ".yml")
}

// build makes the world, and reads against it what names its nodes.
func (s *Scenario) build(r *reader) {
	world, err := cluster.Build(s.Document.config())
	var problems cluster.Problems
	if err != nil && !errors.As(err, &problems) {
		r.fail(Position{}, "%v", err)
	}
	for _, p := range problems {
		r.failPath(p.Path, "%s", p.Text)
	}
	if s.Document.Limits.Time >= cluster.Week {
		r.failPath("limits.time", "a run takes less than a week: what Kafka deletes after that by default stays here")
	}
	if world == nil {
		return
	}
	s.Root, s.Names = world, cluster.NamesOf(world)
	s.readScript(r)
	if n := s.Document.Expect.node; n != nil {
		x := expector{r: r, world: world, names: s.Names}
		x.readAll(n)
		s.checks, s.Measured = x.checks, x.figureNames
	}
}

// Default sizes of what a file leaves out.
const (
	defaultBrokers = 3
	defaultFactor  = 3
	defaultBytes   = 100
	defaultEvery   = 10 * sim.Millisecond
	defaultTakes   = sim.Millisecond
	defaultSteps   = 1_000_000
	defaultMaxTime = 3600 * sim.Second
)

// fill writes the defaults of what the file leaves out.
func (d *Document) fill() {
	c := &d.Cluster
	if c.Brokers == nil {
		c.Brokers = numbered("b", defaultBrokers)
	}
	if c.Controllers == nil {
		c.Controllers = numbered("k", 1)
	}
	for i := range c.Topics {
		t := &c.Topics[i]
		orElse(&t.Partitions, 1)
		orElse(&t.Factor, min(defaultFactor, len(c.Brokers)))
	}
	for i := range d.Producers {
		orElse(&d.Producers[i].Bytes, defaultBytes)
		orElse(&d.Producers[i].Every, defaultEvery)
	}
	for i := range d.Consumers {
		orElse(&d.Consumers[i].Process.Takes, defaultTakes)
	}
	for i := range d.Writers {
		orElse(&d.Writers[i].Bytes, defaultBytes)
		orElse(&d.Writers[i].Every, defaultEvery)
	}
	for i := range d.Relays {
		orElse(&d.Relays[i].Every, defaultEvery)
	}
	orElse(&d.Limits.Steps, defaultSteps)
	orElse(&d.Limits.Time, defaultMaxTime)
}

func orElse[T comparable](v *T, or T) {
	var zero T
	if *v == zero {
		*v = or
	}
}

// config is the document in the model's words.
func (d *Document) config() cluster.Config {
	c := cluster.Config{
		Seed: d.Seed, Brokers: d.Cluster.Brokers, Controllers: d.Cluster.Controllers,
		Settings: d.Cluster.Config, Features: d.Cluster.Features, Costs: d.Cluster.Costs.config(),
		Version: d.Cluster.Version, Switches: d.Cluster.Switches,
	}
	for _, t := range d.Cluster.Topics {
		c.Topics = append(c.Topics, cluster.Topic{
			Name: t.Name, Partitions: t.Partitions, Replication: t.Factor,
			Replicas: t.Replicas, Settings: t.Config,
		})
	}
	for _, p := range d.Producers {
		c.Producers = append(c.Producers, cluster.Producer{
			ID: p.ID, Topic: p.Topic, Records: p.Records, Every: p.Every, Start: p.Start,
			Bytes: p.Bytes, Keys: p.Keys, Partitions: p.Named, Payload: p.Payload, Settings: p.Config,
			Version: p.Version, Switches: p.Switches,
			Send: cluster.Send{Mode: p.Send.Mode, Failure: p.Send.Failure, Resume: p.Send.Resume,
				Flush: p.Send.Flush, Close: p.Send.Close, Transaction: cluster.Transaction(p.Send.Transaction)},
		})
	}
	for _, k := range d.Consumers {
		c.Consumers = append(c.Consumers, cluster.Consumer{
			ID: k.ID, Group: k.Group, Topics: k.Topics, Pattern: k.Pattern, Assign: k.Assign, Start: k.Start, Settings: k.Config,
			Version: k.Version, Switches: k.Switches,
			Process: k.Process.config(),
			Copy: cluster.Copy{Topic: k.Copy.Topic, Settings: k.Copy.Config, Switches: k.Copy.Switches,
				Metadata: k.Copy.Metadata},
		})
	}
	d.beside(&c)
	return c
}

func (p *Process) config() cluster.Process {
	return cluster.Process{
		Takes: p.Takes, Commit: p.Commit, Offsets: p.Offsets, Mode: p.Mode, OnClose: p.OnClose, OnRevoke: p.OnRevoke,
		Workers: p.Workers, Busy: p.Busy, Failures: p.Failures, OnFailure: p.OnFailure, Sink: p.Sink,
		Dedupe: p.Dedupe,
	}
}

func (c *Costs) config() cluster.Costs {
	out := cluster.DefaultCosts()
	set(&out.ClientLatency, c.ClientLatency)
	set(&out.BrokerLatency, c.BrokerLatency)
	set(&out.Jitter, c.Jitter)
	set(&out.BitsPerSecond, c.Bandwidth)
	set(&out.Request, c.Request)
	set(&out.Restart, c.Restart)
	set(&out.Fsync, c.Fsync)
	c.Compress.over(&out.Codecs.Pack)
	c.Decompress.over(&out.Codecs.Unpack)
	return out
}

// whole are the costs with the model's where none are set.
func (c *Costs) whole() Costs {
	all := c.config()
	speeds := func(of *[wire.Codecs]int64) Speeds {
		return Speeds{Gzip: &of[wire.Gzip], Snappy: &of[wire.Snappy], LZ4: &of[wire.LZ4], Zstd: &of[wire.Zstd]}
	}
	return Costs{ClientLatency: &all.ClientLatency, BrokerLatency: &all.BrokerLatency, Jitter: &all.Jitter,
		Bandwidth: &all.BitsPerSecond, Request: &all.Request, Restart: &all.Restart, Fsync: &all.Fsync,
		Compress: speeds(&all.Codecs.Pack), Decompress: speeds(&all.Codecs.Unpack)}
}

// over writes what is set over a table of speeds.
func (s *Speeds) over(to *[wire.Codecs]int64) {
	set(&to[wire.Gzip], s.Gzip)
	set(&to[wire.Snappy], s.Snappy)
	set(&to[wire.LZ4], s.LZ4)
	set(&to[wire.Zstd], s.Zstd)
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}
