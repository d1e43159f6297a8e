package paint

import "slices"

// palette is a theme as it is written down: how every role is drawn, and on what.
type palette struct {
	name, about string
	ground      string // the colour behind everything, of 256; empty: the terminal's own
	glow        string // the colour behind what is lit, of 256; empty: it is reversed
	light       bool   // made for a light ground
	inks        [roles]ink
}

// ink is how a role is drawn: in a colour of 16 or of 256, and with attributes.
type ink struct {
	ansi, ansi256          string
	bold, faint, underline bool
}

// mono is how roles are drawn without colours.
var mono = palette{inks: [roles]ink{
	Dim:    {faint: true},
	Strong: {bold: true},
	Title:  {bold: true},
	Frame:  {faint: true},
	Focus:  {bold: true},
	Key:    {bold: true},
	Bad:    {bold: true, underline: true},
	Leader: {bold: true},
}}

// palettes are the themes, the usual one first. Every colour has at least the contrast that WCAG asks of text,
// 4.5 to the ground (frames: 3). With 16 colours the terminal decides what they are; those that are commonly
// too pale or too dark for the ground are not used.
var palettes = []palette{
	{name: "dark", about: "for a dark ground", glow: "239", inks: [roles]ink{
		Plain:  {},
		Dim:    {ansi: "8", ansi256: "245"},
		Strong: {ansi: "15", ansi256: "255", bold: true},
		Title:  {ansi: "6", ansi256: "117"},
		Frame:  {ansi: "8", ansi256: "241"},
		Focus:  {ansi: "3", ansi256: "214"},
		Key:    {ansi: "11", ansi256: "221"},
		Good:   {ansi: "2", ansi256: "42"},
		Bad:    {ansi: "9", ansi256: "203", bold: true},
		Warn:   {ansi: "3", ansi256: "214"},
		Info:   {ansi: "6", ansi256: "74"},
		Leader: {ansi: "11", ansi256: "221", bold: true},
		Epoch0: {ansi: "7", ansi256: "252"},
		Epoch1: {ansi: "6", ansi256: "117"},
		Epoch2: {ansi: "13", ansi256: "175"},
		Epoch3: {ansi: "3", ansi256: "179"},
		Epoch4: {ansi: "2", ansi256: "114"},
		Epoch5: {ansi: "12", ansi256: "111"},
	}},
	{name: "light", about: "for a light ground", glow: "229", light: true, inks: [roles]ink{
		Plain:  {},
		Dim:    {ansi256: "242"},
		Strong: {ansi: "0", ansi256: "16", bold: true},
		Title:  {ansi: "4", ansi256: "24"},
		Frame:  {ansi: "8", ansi256: "245"},
		Focus:  {ansi: "5", ansi256: "130"},
		Key:    {ansi: "5", ansi256: "94"},
		Good:   {ansi: "4", ansi256: "28"},
		Bad:    {ansi: "1", ansi256: "160", bold: true},
		Warn:   {ansi: "5", ansi256: "130"},
		Info:   {ansi: "4", ansi256: "25"},
		Leader: {ansi: "5", ansi256: "94", bold: true},
		Epoch0: {ansi: "0", ansi256: "238"},
		Epoch1: {ansi: "4", ansi256: "24"},
		Epoch2: {ansi: "5", ansi256: "90"},
		Epoch3: {ansi: "1", ansi256: "94"},
		Epoch4: {ansi: "0", ansi256: "28"},
		Epoch5: {ansi: "4", ansi256: "61"},
	}},
	{name: "contrast", about: "bright on black, on any ground", ground: "16", glow: "18", inks: [roles]ink{
		Plain:  {ansi: "15", ansi256: "231"},
		Dim:    {ansi: "7", ansi256: "252"},
		Strong: {ansi: "15", ansi256: "231", bold: true},
		Title:  {ansi: "14", ansi256: "123"},
		Frame:  {ansi: "7", ansi256: "250"},
		Focus:  {ansi: "11", ansi256: "226", bold: true},
		Key:    {ansi: "11", ansi256: "226"},
		Good:   {ansi: "10", ansi256: "120"},
		Bad:    {ansi: "9", ansi256: "210", bold: true, underline: true},
		Warn:   {ansi: "11", ansi256: "221"},
		Info:   {ansi: "14", ansi256: "117"},
		Leader: {ansi: "11", ansi256: "226", bold: true},
		Epoch0: {ansi: "15", ansi256: "255"},
		Epoch1: {ansi: "14", ansi256: "123"},
		Epoch2: {ansi: "13", ansi256: "219"},
		Epoch3: {ansi: "11", ansi256: "222"},
		Epoch4: {ansi: "10", ansi256: "120"},
		Epoch5: {ansi: "12", ansi256: "153"},
	}},
	{name: "safe", about: "the colours of Okabe and Ito, for a dark ground: told apart by colour-blind people", glow: "239", inks: [roles]ink{
		Plain:  {},
		Dim:    {ansi: "8", ansi256: "245"},
		Strong: {ansi: "15", ansi256: "255", bold: true},
		Title:  {ansi: "14", ansi256: "117"},
		Frame:  {ansi: "8", ansi256: "241"},
		Focus:  {ansi: "11", ansi256: "221"},
		Key:    {ansi: "11", ansi256: "221"},
		Good:   {ansi: "10", ansi256: "36"},
		Bad:    {ansi: "9", ansi256: "202", bold: true, underline: true},
		Warn:   {ansi: "11", ansi256: "221"},
		Info:   {ansi: "14", ansi256: "74"},
		Leader: {ansi: "11", ansi256: "221", bold: true},
		Epoch0: {ansi: "7", ansi256: "252"},
		Epoch1: {ansi: "14", ansi256: "74"},
		Epoch2: {ansi: "13", ansi256: "175"},
		Epoch3: {ansi: "3", ansi256: "178"},
		Epoch4: {ansi: "10", ansi256: "36"},
		Epoch5: {ansi: "12", ansi256: "111"},
	}},
}

// Themes are the names of the themes, the usual one first.
func Themes() []string {
	var out []string
	for i := range palettes {
		out = append(out, palettes[i].name)
	}
	return out
}

// About says in words what a theme is for.
func About(theme string) string { return paletteOf(theme).about }

// paletteOf is the palette of a name, the usual one of any other.
func paletteOf(name string) *palette {
	i := slices.IndexFunc(palettes, func(p palette) bool { return p.name == name })
	return &palettes[max(i, 0)]
}

// Light tells of a theme whether it is made for a light ground.
func Light(name string) bool { return paletteOf(name).light }
