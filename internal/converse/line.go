package converse

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/ksim/sim"
	"example.com/ksim/sim/wire"
	"github.com/cockroachdb/datadriven"
)

// Walk holds every conversation in testdata, each in a room of its own.
func Walk(t *testing.T, room func() *Room) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		r := room()
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			text, err := r.Do(words(d), lines(d.Input))
			if err != nil {
				d.Fatalf(t, "%v", err)
			}
			return text
		})
	})
}

// words is the first line of a case, as it was written.
func words(d *datadriven.TestData) []string {
	out := []string{d.Cmd}
	for _, arg := range d.CmdArgs {
		word := arg.Key
		if arg.Vals != nil {
			word += "=" + strings.Join(arg.Vals, ",")
		}
		out = append(out, word)
	}
	return out
}

func lines(input string) []string {
	if input == "" {
		return nil
	}
	return strings.Split(input, "\n")
}

// Do does what a line says and gives what came of it.
func (r *Room) Do(words, lines []string) (string, error) {
	r.said, r.rang, r.hushed = nil, nil, false
	before := r.waits()
	shown, err := r.do(words, lines)
	if err != nil {
		return "", err
	}
	if r.hushed {
		r.said = nil
	} else {
		r.writeTimers(before)
	}
	if shown != "" {
		r.write("%s", strings.TrimSuffix(shown, "\n"))
	}
	if len(r.said) == 0 {
		return "(nothing)", nil
	}
	return strings.Join(r.said, "\n"), nil
}

// Run does what some lines say, as part of the line that is being done.
func (r *Room) Run(lines ...string) error {
	for _, line := range lines {
		if _, err := r.do(strings.Fields(line), nil); err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	return nil
}

// Hush leaves unwritten what the line that is being done leads to: only what it shows is written.
func (r *Room) Hush() { r.hushed = true }

func (r *Room) do(words, lines []string) (string, error) {
	if verb, ok := r.Verbs[words[0]]; ok {
		return verb(words[1:], lines)
	}
	switch {
	case words[0] == "wait":
		return "", r.wait(words[1:])
	case words[0] == "fire":
		return "", r.fire(words[1:])
	case len(words) > 2 && words[1] == "asks":
		return "", r.Ask(words[0], words[2:], lines)
	case len(words) > 2 && words[1] == "answers":
		return "", r.Answer(words[0], words[2:], lines)
	}
	e, err := r.run.Look().ParseEvent(strings.Join(words, " "))
	if err != nil {
		return "", err
	}
	return "", r.happen(e)
}

// Ask lets a peer send the real node a request.
func (r *Room) Ask(from string, words, lines []string) error {
	id, err := r.node(from)
	if err != nil {
		return err
	}
	body, err := r.read(words[0]+"Request", words[1:], lines)
	if err != nil {
		return err
	}
	r.peers[id].say = func(out *sim.Out) { out.Send(subject, lane(body), body) }
	return r.happen(sim.Event{Verb: say, Node: id})
}

// lane is the connection that Kafka sends such a request on.
func lane(body wire.Body) sim.Lane {
	switch b := body.(type) {
	case *wire.FetchRequest:
		if b.Replica != wire.Nobody {
			return wire.FetcherLane
		}
	case *wire.JoinGroupRequest, *wire.SyncGroupRequest, *wire.HeartbeatRequest,
		*wire.LeaveGroupRequest, *wire.OffsetCommitRequest, *wire.OffsetFetchRequest:
		return wire.CoordinatorLane
	case *wire.BrokerRegistrationRequest, *wire.BrokerHeartbeatRequest:
		return wire.LifecycleLane
	case *wire.AlterPartitionRequest:
		return wire.AlterLane
	case *wire.QuorumFetchRequest:
		return wire.QuorumLane
	case *wire.VoteRequest, *wire.BeginQuorumEpochRequest:
		return wire.VoteLane
	case *wire.TransactRequest, *wire.PollOutboxRequest:
		return wire.DatabaseLane
	}
	return wire.MainLane
}

// Answer lets a peer answer the oldest request of that kind that the real node sent it.
func (r *Room) Answer(from string, words, lines []string) error {
	id, err := r.node(from)
	if err != nil {
		return err
	}
	body, err := r.read(words[0]+"Response", words[1:], lines)
	if err != nil {
		return err
	}
	q, ok := r.peers[id].take(body.API(), r.run.Look().Conns())
	if !ok {
		return fmt.Errorf("%s has not been asked any %s", from, body.API())
	}
	r.peers[id].say = func(out *sim.Out) { out.Reply(q.conn, body) }
	return r.happen(sim.Event{Verb: say, Node: id})
}

// fire rings a timer by its label.
func (r *Room) fire(words []string) error {
	for _, w := range r.run.Look().Waits(subject) {
		if len(words) == 1 && r.label(w) == words[0] {
			return r.happen(sim.Event{Verb: sim.Fire, Node: subject, Timer: w.Timer})
		}
	}
	return fmt.Errorf("no such timer is armed: %s", strings.Join(words, " "))
}

// wait lets the clock run and do what is due.
func (r *Room) wait(words []string) error {
	if len(words) != 1 {
		return fmt.Errorf("wait: want a duration")
	}
	d, err := time.ParseDuration(words[0])
	if err != nil {
		return err
	}
	end := r.run.Now().Add(sim.Duration(d))
	for {
		e, at, ok := r.run.Look().Earliest()
		if !ok || at > end {
			break
		}
		if e.Verb == sim.Fire {
			r.write("%s rings", r.labelOf(e.Timer))
		}
		if err := r.happen(e); err != nil {
			return err
		}
	}
	r.run = r.run.World().Later(end).Run()
	return nil
}
