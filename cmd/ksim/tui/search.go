package tui

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.com/ksim/cmd/ksim/tui/paint"
	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim"
	"example.com/ksim/sim/cluster"
	"example.com/ksim/sim/explore"
)

// search is a search for the shortest way to a harm, from the moment that is looked at. It goes on beside the terminal, which
// shows how far it is; what it finds becomes a branch.
type search struct {
	harm    cluster.Class
	lim     explore.Limits
	from    int // the moment
	stopped atomic.Bool
	report  atomic.Pointer[explore.Report] // as far as it is
	shown   *menu                          // that shows it
}

// searchedMsg tells that a search is over.
type searchedMsg struct {
	*search
	report explore.Report
}

// progressMsg asks to show how far a search is.
type progressMsg struct{ *search }

// progressEvery is how often that is shown.
const progressEvery = 200 * time.Millisecond

// mostFaults is how many faults a search from the screen combines: more take too long to wait for.
const mostFaults = 2

// unoffered are harms that somebody is told of, or has chosen: they can be looked for, but who asks what can go wrong does
// not mean them.
var unoffered = []cluster.Class{cluster.Failed, cluster.RolledBack, cluster.DeadLettered}

// openSearches lists what one can look for, the worst first.
func (m *model) openSearches() tea.Cmd {
	n := &menu{title: "find the shortest way, from here, to a message that is ..."}
	var wide int
	for c := range cluster.Classes {
		wide = max(wide, len(c.String())+2)
	}
	for c := cluster.Classes; c > 0; {
		if c--; !c.Harmful() || slices.Contains(unoffered, c) {
			continue
		}
		n.items = append(n.items, item{
			line:    paint.Textf(paint.Strong, "%-*s", wide, c).Add(paint.Plain, cluster.ClassDocs[c]),
			indent:  wide,
			preview: m.player.exploreLine(c),
			do:      func(m *model) tea.Cmd { return m.player.find(m, c, 1) },
		})
	}
	return m.open(n)
}

// exploreLine is the command that looks for a class without a screen; nothing if there is no file that it could do that in.
func (p *player) exploreLine(c cluster.Class) paint.Line {
	words := p.Words()
	if words == nil {
		return nil
	}
	words = slices.Concat([]string{"explore"}, words, []string{"--find", c.String(), "--faults", "1"})
	return paint.Text(paint.Dim, "the same from the beginning: ").Add(paint.Info, scenario.Command(words...))
}

// searchCommands look for something.
func searchCommands() []command {
	return []command{{names: []string{"find"}, usage: "[HARM] [faults=N]", where: atPlay,
		help: "the shortest way, from here, to a message that is lost, doubled ...",
		do: func(m *model, text string) tea.Cmd {
			if text == "" {
				return m.openSearches()
			}
			return m.player.findCommand(m, text)
		}}}
}

// findCommand reads `find CLASS` or `find CLASS faults=2`.
func (p *player) findCommand(m *model, text string) tea.Cmd {
	name, rest, _ := strings.Cut(text, " ")
	faults := 1
	if rest = strings.TrimSpace(rest); rest != "" {
		if n, err := fmt.Sscanf(rest, "faults=%d", &faults); n != 1 || err != nil || faults < 0 || faults > mostFaults {
			m.refuse(fmt.Errorf("%q: write faults=1 or faults=%d; `ksim explore` takes more", rest, mostFaults))
			return nil
		}
	}
	c, ok := cluster.ParseClass(name)
	if !ok || !c.Sought() {
		m.refuse(fmt.Errorf("%q is nothing to look for%s; %s lists what is", name, sim.DidYouMean(name, cluster.ClassNames()), m.by("x")))
		return nil
	}
	return p.find(m, c, faults)
}

// find begins a search. Closing the menu that shows how far it is stops it.
func (p *player) find(m *model, c cluster.Class, faults int) tea.Cmd {
	p.motion.stop()
	s := &search{harm: c, lim: p.SearchLimits(p.World().Now()), from: p.here().ID}
	s.lim.Faults = faults
	s.report.Store(&explore.Report{})
	root := p.World()
	p.search, s.shown = s, s.menu()
	m.open(s.shown)
	look := func() tea.Msg {
		r := explore.Faults(root, s.lim, cluster.Never(c), func(r explore.Report) bool {
			s.report.Store(&r)
			return !s.stopped.Load()
		})
		return searchedMsg{s, r}
	}
	return tea.Batch(look, s.wait())
}

func (s *search) wait() tea.Cmd {
	return tea.Tick(progressEvery, func(time.Time) tea.Msg { return progressMsg{s} })
}

// menu shows how far a search is, in its first row.
func (s *search) menu() *menu {
	return &menu{
		title: fmt.Sprintf("looking for %s with up to %s", s.harm, faultsInWords(s.lim.Faults)),
		items: []item{
			{line: s.progress(), refused: true},
			{line: paint.Textf(paint.Dim, "each to %s, then mended and come to rest", s.lim.Until), refused: true},
			{line: paint.Text(paint.Strong, "stop looking"), do: (*model).stopSearch},
		},
		closed: func(m *model) { m.stopSearch() },
	}
}

// progress says how far a search is: it strikes first after every event that the clock alone would make, in turn.
func (s *search) progress() paint.Line {
	r := s.report.Load()
	at := fmt.Sprintf("fault after event %d of %d", r.At, r.Of)
	switch {
	case r.Of == 0:
		at = "without a fault at first"
	case r.Depth > 1:
		at = fmt.Sprintf("the first of %s after event %d of %d", faultsInWords(r.Depth), r.At, r.Of)
	}
	return paint.Text(paint.Strong, at).Addf(paint.Plain, ": %d runs, %d events so far; %d runs would have been the same", r.Runs, r.Events, r.Merged)
}

func faultsInWords(n int) string { return paint.Count(n, "fault", "faults") }

// stopSearch gives a search up.
func (m *model) stopSearch() tea.Cmd {
	if p := m.player; p != nil && p.search != nil {
		m.say(paint.Info, "stopped looking for %s after %d runs", p.search.harm, p.search.report.Load().Runs)
		p.search.stopped.Store(true)
		p.search = nil
	}
	return nil
}

// onProgress shows how far a search is, in its own menu, whatever lies over that.
func (m *model) onProgress(msg progressMsg) tea.Cmd {
	if m.player == nil || m.player.search != msg.search {
		return nil
	}
	msg.shown.retell(0, msg.progress())
	return msg.wait()
}

// onSearched opens what was found as a branch.
func (m *model) onSearched(msg searchedMsg) tea.Cmd {
	p := m.player
	if p == nil || p.search != msg.search {
		return nil // it was stopped
	}
	p.search, m.menu, m.prompt = nil, nil, nil
	if len(msg.report.Findings) == 0 {
		return m.offerMore(msg)
	}
	f := &msg.report.Findings[0]
	if err := p.Tree.Goto(msg.from); err != nil {
		m.refuse(err)
		return nil
	}
	err := p.Follow(f, msg.lim)
	p.look()
	if err != nil {
		m.refuse(err)
		return nil
	}
	m.say(paint.Good, "found: %s after %s; %s says why", msg.harm, p.foundBy(f, msg.from), m.by("w"))
	return nil
}

// foundBy names what a finding did, each with its step.
func (p *player) foundBy(f *explore.Finding, from int) string {
	if len(f.Acts) == 0 {
		return "nothing that was done"
	}
	var out []string
	w := p.Tree.Moment(from).World
	for _, a := range f.Acts {
		out = append(out, fmt.Sprintf("%s at #%d", w.Text(a.Event), a.Step+1))
	}
	return strings.Join(out, ", ")
}

// offerMore says that nothing was found, and asks whether to look further.
func (m *model) offerMore(msg searchedMsg) tea.Cmd {
	said := fmt.Sprintf("nothing found: in %d runs with up to %s no message is ever %s",
		msg.report.Runs, faultsInWords(msg.lim.Faults), msg.harm)
	if msg.report.Limit != "" {
		m.say(paint.Warn, "nothing found so far: the limit of %s was hit in one of %d runs", msg.report.Limit, msg.report.Runs)
		return nil
	}
	if msg.lim.Faults >= mostFaults {
		m.say(paint.Good, "%s", said)
		return nil
	}
	more := msg.lim.Faults + 1
	return m.open(&menu{title: "every one was tried", items: []item{
		{line: paint.Text(paint.Good, said), refused: true},
		{line: paint.Text(paint.Strong, "good")},
		{line: paint.Textf(paint.Strong, "look on, with %s", faultsInWords(more)).
			Add(paint.Dim, "  takes much longer, and can be stopped"),
			do: func(m *model) tea.Cmd { return m.player.find(m, msg.harm, more) }},
	}})
}
