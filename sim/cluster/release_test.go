package cluster

import (
	"testing"
)

// TestDefaultsAreThoseOfTheRelease: a client of a release has the defaults of that release.
func TestDefaultsAreThoseOfTheRelease(t *testing.T) {
	for _, c := range []struct {
		rows          []SettingRow
		name, release string
		want          string
	}{
		{ProducerSettings, "acks", "2.8", "1"},
		{ProducerSettings, "acks", "3.0", "all"},
		{ProducerSettings, "retries", "2.0", "0"},
		{ProducerSettings, "retries", "2.1", "2147483647"},
		{ProducerSettings, "enable.idempotence", "3.0", "false"}, // KAFKA-13598
		{ProducerSettings, "enable.idempotence", "3.0.1", "true"},
		{ProducerSettings, "enable.idempotence", "3.1", "false"},
		{ProducerSettings, "enable.idempotence", "3.1.1", "true"},
		{ProducerSettings, "linger.ms", "3.9", "0"},
		{ProducerSettings, "linger.ms", "4.0", "5"},
		{ConsumerSettings, "session.timeout.ms", "0.10.0", "30000"},
		{ConsumerSettings, "session.timeout.ms", "0.10.1", "10000"},
		{ConsumerSettings, "session.timeout.ms", "2.8", "10000"},
		{ConsumerSettings, "session.timeout.ms", "3.0", "45000"},
		{ConsumerSettings, "request.timeout.ms", "1.1", "305000"},
		{BrokerSettings, "replica.lag.time.max.ms", "2.4", "10000"},
		{ConsumerSettings, "default.api.timeout.ms", "1.1", longText},
		{ConsumerSettings, "default.api.timeout.ms", "2.0", "60000"},
		{ConsumerSettings, "reconnect.backoff.ms", "0.8.2", "10"},
		{ConsumerSettings, "reconnect.backoff.ms", "0.9", "50"},
		{BrokerSettings, "group.max.session.timeout.ms", "0.9", "30000"},
		{BrokerSettings, "group.max.session.timeout.ms", "0.10", "300000"},
		{BrokerSettings, "group.max.session.timeout.ms", "2.3", "1800000"},
		{BrokerSettings, "message.max.bytes", "2.4", "1000012"},
		{BrokerSettings, "message.max.bytes", "2.5", "1048588"},
		{BrokerSettings, "unclean.leader.election.enable", "0.10.2", "true"},
		{BrokerSettings, "unclean.leader.election.enable", "0.11", "false"},
		{BrokerSettings, "transaction.partition.verification.enable", "3.5", "false"},
		{BrokerSettings, "transaction.partition.verification.enable", "3.6", "true"},
		{FeatureSettings, "transaction.version", "3.9", "0"},
		{FeatureSettings, "transaction.version", "4.0", "2"},
		{BrokerSwitches, "strict-min-isr-for-hw", "3.6", "false"},
		{BrokerSwitches, "strict-min-isr-for-hw", "3.7", "true"},
		{BrokerSwitches, "markers-keep-producers", "0.11", "true"},
		{BrokerSwitches, "markers-keep-producers", "1.0", "false"},
		{BrokerSwitches, "only-leaders-check-markers", "0.11", "false"},
		{BrokerSwitches, "only-leaders-check-markers", "2.4", "false"},
		{BrokerSwitches, "only-leaders-check-markers", "2.4.1", "true"},
		{BrokerSwitches, "cleaned-abort-index", "2.8", "looked-at"},
		{BrokerSwitches, "cleaned-abort-index", "2.8.2", "whole"},
	} {
		v, err := ParseRelease(c.release)
		if err != nil {
			t.Fatal(err)
		}
		if got := findRow(c.rows, c.name).In(v); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.name, c.release, got, c.want)
		}
	}
}

// TestReleasesAreChecked: what is no release, or none that the model spans, is an error.
func TestReleasesAreChecked(t *testing.T) {
	for _, text := range []string{"4", "x", "2.8.", "02.8", "0.7", "4.2", "2.-1", "1.2.3.4"} {
		if v, err := ParseRelease(text); err == nil {
			t.Errorf("%q is read as %s", text, v)
		}
	}
	for _, text := range []string{"0.8.2", "2.8", "4.1"} {
		if v, err := ParseRelease(text); err != nil || v.String() != text {
			t.Errorf("%q is read as %s (%v)", text, v, err)
		}
	}
}

// TestOldClientsWaitTheSameEachTime: what doubles now did not before KIP-144 (reconnecting) and KIP-580 (retrying).
func TestOldClientsWaitTheSameEachTime(t *testing.T) {
	for _, c := range []struct {
		release         string
		reconnect, more bool
	}{{"0.10.2", false, false}, {"0.11", true, false}, {"3.6", true, false}, {"3.7", true, true}} {
		p := transactional(3)
		var target target
		v, _ := ParseRelease(c.release)
		apply(ProducerSettings, nil, v, &target, "", &p.problems)
		client := &target.producer.Client
		p.joinCluster(client, v)
		if got := client.ReconnectMax > client.ReconnectBackoff; got != c.reconnect {
			t.Errorf("%s: waiting longer to connect again is %t", c.release, got)
		}
		if got := client.RetryBackoffMax > client.RetryBackoff; got != c.more {
			t.Errorf("%s: waiting longer to try again is %t", c.release, got)
		}
	}
}
