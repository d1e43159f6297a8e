package mutations

// breakpointMutations are bugs of stopping where one asked to, and of coming back to what was.
var breakpointMutations = []mutation{
	{
		bug:  "a breakpoint on the second time stops at the first",
		file: "internal/scenario/breakpoint.go",
		old:  "was < b.nth && b.nth <= is",
		new:  "was < 1 && 1 <= is",
		pkg:  "./internal/scenario", run: "TestBreakpointsComeUpWhereTheNotesAre",
	},
	{
		bug:  "what stops right before a note stops after it",
		file: "internal/scenario/breakpoint.go",
		old:  "\tif b.Before() {\n\t\ti++\n\t}\n",
		new:  "",
		pkg:  "./internal/scenario", run: "TestBreakpointsComeUpWhereTheNotesAre",
	},
	{
		bug:  "what is told of anybody is waited for in vain",
		file: "sim/cluster/match.go",
		old:  "return p.node == wire.Nobody || n.Node == p.node",
		new:  "return n.Node == p.node",
		pkg:  "./internal/scenario", run: "TestBreakpointsComeUpWhereTheNotesAre",
	},
	{
		bug:  "a breakpoint on a fate comes up as long as it lasts",
		file: "internal/scenario/breakpoint.go",
		old:  "return 0 <= was && was < is",
		new:  "return 0 <= was && 0 < is",
		pkg:  "./internal/scenario", run: "TestBreakpointsOnFates",
	},
	{
		bug:  "who set out from a breakpoint never leaves it",
		file: "cmd/ksim/tui/breakpoints.go",
		old:  "!t.back && i-1 != p.motion.from && s.At(i-1)",
		new:  "!t.back && s.At(i-1)",
		pkg:  "./cmd/ksim/tui", run: "TestABreakpointBeforeWhatWasNotPlayedYet",
	},
	{
		bug:  "a world is made again without the time that went by before",
		file: "sim/timeline/memory.go",
		old:  "w.Later(m.At).Apply(m.Event)",
		new:  "w.Apply(m.Event)",
		pkg:  "./sim/timeline", run: "TestWorldsThatWereForgottenAreMadeAgain",
	},
}
