package mutations

// everyoneMutations are bugs of the terminal that only some people would meet.
var everyoneMutations = []mutation{
	{
		bug:  "a colour that is too pale for a light ground",
		file: "cmd/ksim/tui/paint/palettes.go",
		old:  `Good:   {ansi: "4", ansi256: "28"},`,
		new:  `Good:   {ansi: "4", ansi256: "35"},`,
		pkg:  "./cmd/ksim/tui/paint", run: "TestEveryRoleCanBeRead",
	},
	{
		bug:  "a row of a menu is another one for who points at it",
		file: "cmd/ksim/tui/menu.go",
		old:  "Join(l).Fit(w).On(zoneMenu.spot(i))",
		new:  "Join(l).Fit(w).On(zoneMenu.spot(i + 1))",
		pkg:  "./cmd/ksim/tui", run: "TestAClickInAMenuChooses",
	},
	{
		bug:  "a panic in a command is not heard of",
		file: "cmd/ksim/tui/guard.go",
		old:  "return g, g.guard(cmd)",
		new:  "return g, cmd",
		pkg:  "./cmd/ksim/tui", run: "TestAPanicLeavesTheTerminalAsItWas",
	},
	{
		bug:  "after a suspension the mouse is not asked for again",
		file: "cmd/ksim/tui/model.go",
		old:  "return m, m.mouseOn",
		new:  "return m, nil",
		pkg:  "./cmd/ksim/tui", run: "TestSuspending",
	},
	{
		bug:  "a pipe whose commands were refused ends well",
		file: "cmd/ksim/tui/plain.go",
		old:  "case t.refused && !t.person:",
		new:  "case t.refused && t.person:",
		pkg:  "./cmd/ksim", run: "TestCommands/plain",
	},
}
