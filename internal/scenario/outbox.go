package scenario

import (
	"github.com/invopop/jsonschema"

	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/outbox"
)

// Database is a database server beside Kafka.
type Database struct {
	ID string `yaml:"id" jsonschema:"required" jsonschema_description:"its name"`
}

// Writer is an application that makes business changes in a database, and says so in a topic.
type Writer struct {
	ID       string       `yaml:"id" jsonschema:"required" jsonschema_description:"its name"`
	Database string       `yaml:"database" jsonschema:"required" jsonschema_description:"the database that it is connected to"`
	Topic    string       `yaml:"topic" jsonschema:"required" jsonschema_description:"where its messages go: m3 says that business change 3 was made"`
	Form     Form         `yaml:"form" jsonschema:"required" jsonschema_description:"outbox (the message is a row in the transaction of the change, and a relay sends it), send-after-commit (commit, then send(), without waiting for the result) or send-before-commit (send() and flush(), then commit if it did not fail)"`
	Records  int          `yaml:"records,omitempty" default:"0" jsonschema:"minimum=0" jsonschema_description:"how many business changes it makes"`
	Every    sim.Duration `yaml:"every,omitempty" zero:"no" jsonschema_description:"the time between the end of a change and the next one; default 10ms"`
	Start    sim.Duration `yaml:"start,omitempty" default:"with the cluster" jsonschema_description:"when it starts; default: with the cluster"`
	Bytes    int          `yaml:"bytes,omitempty" jsonschema:"minimum=1" jsonschema_description:"of a message; default 100"`
	Keys     []string     `yaml:"keys,omitempty" jsonschema_description:"keys of the messages, in turn, as text or as bytes (0x00ff); none: no keys"`
	Config   Settings     `yaml:"config,omitempty" jsonschema_description:"settings of its producer; with an outbox it has none"`
	Version  string       `yaml:"version,omitempty" jsonschema_description:"the client's release; default: the cluster's"`
}

// Relay is a process that sends what waits in the outbox of a database, and marks it as sent.
type Relay struct {
	ID       string       `yaml:"id" jsonschema:"required" jsonschema_description:"its name"`
	Database string       `yaml:"database" jsonschema:"required" jsonschema_description:"the database that it is connected to"`
	Topic    string       `yaml:"topic" jsonschema:"required" jsonschema_description:"it takes the rows of the outbox that are for this topic"`
	Every    sim.Duration `yaml:"every,omitempty" zero:"no" jsonschema_description:"the time between the end of a round and the next look; default 10ms"`
	Start    sim.Duration `yaml:"start,omitempty" default:"with the cluster" jsonschema_description:"when it starts; default: with the cluster"`
	Config   Settings     `yaml:"config,omitempty" jsonschema_description:"settings of its producer"`
	Version  string       `yaml:"version,omitempty" jsonschema_description:"the client's release; default: the cluster's"`
}

// Form is a name of a form of a writer.
type Form string

// JSONSchema lists the forms.
func (Form) JSONSchema() *jsonschema.Schema {
	s := wordSchema()
	for _, name := range outbox.FormNames {
		s.Enum = append(s.Enum, name)
	}
	return s
}

// beside adds what is beside Kafka to the model's words.
func (d *Document) beside(c *cluster.Config) {
	for _, b := range d.Databases {
		c.Databases = append(c.Databases, b.ID)
	}
	for _, w := range d.Writers {
		c.Writers = append(c.Writers, cluster.Writer{Database: w.Database, Form: string(w.Form), Producer: cluster.Producer{
			ID: w.ID, Topic: w.Topic, Records: w.Records, Every: w.Every, Start: w.Start, Bytes: w.Bytes, Keys: w.Keys,
			Settings: w.Config, Version: w.Version}})
	}
	for _, r := range d.Relays {
		c.Relays = append(c.Relays, cluster.Relay{Database: r.Database, Producer: cluster.Producer{
			ID: r.ID, Topic: r.Topic, Every: r.Every, Start: r.Start, Settings: r.Config, Version: r.Version}})
	}
}
