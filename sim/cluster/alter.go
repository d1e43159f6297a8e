package cluster

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/ksim/sim"
	"example.com/ksim/sim/metadata"
)

// AlterConfig is the verb of the act that alters a setting of a topic.
const AlterConfig = "alter-config"

// alterConfig alters a setting of a topic in use (kafka-configs --alter --entity-type topics). All settings of
// topics are dynamic (ControllerConfigurationValidator, LogConfig.validate); what else there is in Kafka is not for
// a topic.
var alterConfig = order{verb: AlterConfig, about: theTopics, usage: "TOPIC NAME=VALUE", server: theController,
	help:   "alter a setting of a topic in use: who has heard of it goes by it",
	offers: offerSettings,
	refuse: func(w *sim.World, o *words) error {
		if err := mustExist(w, o); err != nil {
			return err
		}
		if now := existing(w, o.topic).Config; (topicSettings{}).Altered(now, o.setting) == now {
			return fmt.Errorf("%s has %s already", o.topic.Name, o.setting)
		}
		return nil
	}}

// topicSettings is the table of settings, for controllers.
type topicSettings struct{}

// Altered are a topic's settings with one of them altered; readSetting has found it to be one.
func (topicSettings) Altered(c metadata.TopicConfig, setting string) metadata.TopicConfig {
	name, text, _ := strings.Cut(setting, "=")
	row := findRow(TopicSettings, name)
	v, _ := row.parse(text)
	t := &target{topic: c}
	row.set(t, v)
	return t.topic
}

func readSetting(_ *sim.World, o *words, said string) error {
	name, text, ok := strings.Cut(said, "=")
	if !ok {
		return fmt.Errorf("%q: want a setting and its value, like min.insync.replicas=2", said)
	}
	row := findRow(TopicSettings, name)
	switch {
	case row == nil:
		return fmt.Errorf("%s", noTopicSetting(name))
	case row.now == nil:
		return fmt.Errorf("in Kafka %s can be altered at any time, here only in the file (save the session, and edit the topic's config)", name)
	}
	o.setting = said
	_, err := row.parse(text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// noTopicSetting says why a name is none of a topic's settings. Kafka answers INVALID_CONFIG.
func noTopicSetting(name string) string {
	for _, other := range []struct {
		rows []SettingRow
		why  string
	}{
		{BrokerSettings, "brokers, not of topics"},
		{ProducerSettings, "a producer, which reads its settings once, when it is made"},
		{ConsumerSettings, "a consumer, which reads its settings once, when it is made"},
	} {
		if findRow(other.rows, name) != nil {
			return fmt.Sprintf("%s is a setting of %s: save the session, and edit the file", name, other.why)
		}
	}
	return unknown(TopicSettings, name, "")
}

// Alterable is a setting of a topic that can be altered in a run, with its value of now.
type Alterable struct {
	SettingRow
	Topic, Now string
}

// Alterables are the settings of all topics of applications that there are.
func Alterables(w *sim.World) []Alterable {
	var out []Alterable
	for _, t := range userTopics(w) {
		now := existing(w, t)
		for i := range TopicSettings {
			if row := &TopicSettings[i]; now != nil && row.now != nil {
				out = append(out, Alterable{*row, t.Name, row.now(&now.Config)})
			}
		}
	}
	return out
}

// offerSettings proposes the nearest other values, where there are few.
func offerSettings(w *sim.World) []string {
	var out []string
	for _, a := range Alterables(w) {
		for _, value := range a.others() {
			out = append(out, fmt.Sprintf("%s %s=%s", a.Topic, a.Name, value))
		}
	}
	return out
}

// fewValues is how many values a setting has at most for which a menu proposes some.
const fewValues = 100

func (a *Alterable) others() []string {
	if a.Kind == Bool {
		return []string{strconv.FormatBool(a.Now != "true")}
	}
	var out []string
	n, err := strconv.ParseInt(a.Now, 10, 64)
	if err != nil || a.Max > fewValues {
		return nil
	}
	for _, near := range []int64{n - 1, n + 1} {
		if a.Min <= near && near <= a.Max {
			out = append(out, strconv.FormatInt(near, 10))
		}
	}
	return out
}
