package tui

// everyoneKeys are those that suit the screen to who sits before it.
func everyoneKeys() []binding {
	return []binding{
		{keys: []string{"T"}, where: atHome | atPlay | inForm, help: "the next theme: dark, light, more contrast, safe for the colour-blind",
			do: (*model).nextTheme},
	}
}
