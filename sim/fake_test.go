package sim_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/ksim/sim"
	"example.com/ksim/sim/value"
	"example.com/ksim/sim/wire"
)

// word is a body that says one word. Long words are large, so they travel for longer.
type word string

func (w word) Size() int                           { return len(w) * 1000 }
func (w word) API() string                         { return "Word" }
func (w word) Sum(h value.Hash, _ bool) value.Hash { return h.Text(string(w)) }
func (w word) answer() (answer word, asked, park bool) { // "ask..." is answered, "park..." is not yet
	return "re:" + w, strings.HasPrefix(string(w), "ask"), strings.HasPrefix(string(w), "park")
}

// parrot is a node that writes down what it is told and does what its operator says:
//
//	say b ask1 two park3    send these words to b, one request each
//	answer                  answer what is parked
//	close b                 end the connection to b
//	arm work 10             let the timer ring after 10 ms
//	disarm work             let it not
//	leave                   end the process
//	part 2 arm pace 10      obey as a component does whose timers begin at row 2 of the table
type parrot struct {
	heard  []string
	parked []sim.Conn
}

var parrotTimers = []sim.TimerKind{
	{Name: "pace", Class: sim.Pace}, {Name: "patience", Class: sim.Patience},
	{Name: "work", Class: sim.Work}, {Name: "idle", Class: sim.Idle},
}

func (p *parrot) Timers() []sim.TimerKind { return parrotTimers }

func (p *parrot) Copy() sim.Node {
	return &parrot{slices.Clone(p.heard), slices.Clone(p.parked)}
}

func (p *parrot) Sum(h value.Hash, exact bool) value.Hash {
	for _, s := range p.heard {
		h = h.Text(s)
	}
	for i := range p.parked {
		h = p.parked[i].Sum(h, exact)
	}
	return h
}

func (p *parrot) Crash(how sim.CrashKind, _ *sim.Out) {
	p.parked = nil
	if how.Power {
		p.heard = append(p.heard, "POWER")
		return
	}
	p.heard = append(p.heard, "KILLED")
}

func (p *parrot) Step(in sim.Input, out *sim.Out) {
	switch in.Kind {
	case sim.Start:
		p.heard = append(p.heard, "START")
	case sim.Receive:
		w := in.Body.(word)
		p.heard = append(p.heard, string(w))
		if in.Conn.Server == out.ID() {
			p.serve(in.Conn, w, out)
		}
	case sim.Timeout:
		p.heard = append(p.heard, "RANG "+parrotTimers[in.Timer.Kind].Name)
	case sim.Hangup:
		p.heard = append(p.heard, "HANGUP")
	case sim.Command:
		p.obey(strings.Fields(in.Text), out)
	}
}

func (p *parrot) serve(c sim.Conn, w word, out *sim.Out) {
	switch answer, asked, park := w.answer(); {
	case asked:
		out.Reply(c, answer)
	case park:
		p.parked = append(p.parked, c)
	default:
		out.Done(c)
	}
}

func (p *parrot) obey(words []string, out *sim.Out) {
	switch words[0] {
	case "say":
		for _, w := range words[2:] {
			out.Send(peer(words[1]), 0, word(w))
		}
	case "mutter":
		out.SendIdle(peer(words[1]), 0, word(words[2]))
	case "answer":
		for _, c := range p.parked {
			out.Reply(c, word("re:late"))
		}
		p.parked = nil
	case "close":
		out.Close(peer(words[1]), 0)
	case "leave":
		out.Exit()
	case "part":
		first, _ := strconv.Atoi(words[1])
		if out.Part(uint8(first), func(out *sim.Out) { p.obey(words[2:], out) }) {
			p.heard = append(p.heard, "A PART LEAVES")
		}
	case "disarm":
		out.StopTimer(sim.Timer{Kind: row(words[1])})
	case "arm":
		ms, _ := strconv.Atoi(words[2])
		out.SetTimer(sim.Timer{Kind: row(words[1])}, sim.Duration(ms)*sim.Millisecond)
	}
}

// row is a timer's place in the table.
func row(name string) uint8 {
	return uint8(slices.IndexFunc(parrotTimers, func(k sim.TimerKind) bool { return k.Name == name }))
}

func peer(name string) sim.NodeID { return sim.NodeID(name[0] - 'a' + 1) }

// tell is the act by which a test gives orders.
var tell = sim.Act{
	Verb: "tell", Form: sim.Words, Help: "give a parrot an order",
	Candidates: func(_ *sim.World, buf []sim.Event) []sim.Event { return buf },
	Refuse:     func(*sim.World, sim.Event) error { return nil },
	Strike:     func(r *sim.Runner, e sim.Event) { r.Command(e.Node, e.Text) },
}

// stage is a world of two parrots, a and b, that have started, and a test that plays in it.
type stage struct {
	*testing.T
	w *sim.World
}

func parrots(t *testing.T) *stage {
	ms := sim.Millisecond
	r := &sim.Roster{
		Names: []string{"-", "a", "b"}, Lanes: []string{""}, Acts: append(sim.Faults(), tell),
		Costs: sim.Costs{
			Latency:        [][]sim.Duration{{0, 0, 0}, {0, 0, ms}, {0, ms, 0}},
			LatencyPercent: 100, BitsPerSecond: 1_000_000_000,
			Request: make([]sim.Duration, 3), Boot: []sim.Duration{0, 10 * ms, 10 * ms},
		},
	}
	s := &stage{t, sim.New(r, []sim.Node{&parrot{}, &parrot{}}, []sim.Time{0, 0}, nil)}
	s.do("start a", "start b")
	return s
}

// do makes events happen, given as a script would have them.
func (s *stage) do(events ...string) {
	s.Helper()
	for _, text := range events {
		e, err := s.w.ParseEvent(text)
		if err != nil {
			s.Fatal(err)
		}
		step, err := s.w.Apply(e)
		if err != nil {
			s.Fatal(err)
		}
		s.w = step.World
	}
}

// clock lets the clock choose until a moment, in milliseconds.
func (s *stage) clock(ms int) {
	until := sim.Time(ms) * sim.Time(sim.Millisecond)
	for {
		e, at, ok := s.w.Earliest()
		if !ok || at > until {
			s.w = s.w.Later(until)
			return
		}
		s.do(s.w.Text(e))
	}
}

// refused tries an event that can't be.
func (s *stage) refused(text, why string) {
	s.Helper()
	e, err := s.w.ParseEvent(text)
	if err != nil {
		s.Fatal(err)
	}
	before := s.w.TimedFingerprint()
	if _, err := s.w.Apply(e); err == nil || !strings.Contains(err.Error(), why) {
		s.Errorf("%s: %v; want it refused with %q", text, err, why)
	}
	if s.w.TimedFingerprint() != before {
		s.Errorf("%s: the refusal changed the world", text)
	}
}

// heard checks all that a parrot has heard since its start.
func (s *stage) heard(name string, want ...string) {
	s.Helper()
	got := s.w.Node(peer(name)).(*parrot).heard[1:]
	if !slices.Equal(got, want) {
		s.Errorf("%s heard %q, want %q", name, got, want)
	}
}

// possible checks which events are enabled.
func (s *stage) possible(want ...string) {
	s.Helper()
	var got []string
	for _, e := range s.w.Enabled(nil) {
		got = append(got, s.w.Text(e))
	}
	if !slices.Equal(got, want) {
		s.Errorf("possible: %q, want %q", got, want)
	}
}

var _ wire.Body = word("")
