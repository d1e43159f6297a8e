package sim

// Property is a promise about worlds. The error says, in words for a person, how it is broken.
type Property struct {
	Name  string
	When  When
	Check func(*World) error
}

// When tells at which worlds a property is looked at.
type When uint8

const (
	// Always: at every world.
	Always When = iota
	// Finally: after everything has been mended and has settled.
	Finally
)
