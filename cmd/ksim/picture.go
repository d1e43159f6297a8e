package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"example.com/ksim/cmd/ksim/tui"
)

const pictureLong = `Draw what the terminal shows of a scenario after some keys, as an SVG image, or all screens on the way
as an asciicast, which asciinema plays. Keys have their usual names (right, end, enter, esc, space, ], f, ...); n*20 is twenty times n;
what is no key is typed.`

// largest is the largest screen that is drawn.
const largest = 500

func pictureCommand() *cobra.Command {
	var load loadFlags
	var size, to string
	var cast bool
	c := &cobra.Command{
		Use: "picture NAME|FILE [KEY ...]", Short: "Draw the terminal's screen as an SVG image or a cast", Long: pictureLong,
		Example: "  ksim picture acks-1-leader-crash end [ [ --size 120x36 --to loss.svg\n" +
			"  ksim picture acks-1-leader-crash 'n*40' --cast --to loss.cast",
		Args: cobra.MinimumNArgs(1), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			var s tui.Size
			if n, err := fmt.Sscanf(size+"\n", "%dx%d\n", &s.W, &s.H); n != 2 || err != nil || s.W < 1 || s.H < 1 || s.W > largest || s.H > largest {
				return fmt.Errorf("--size %s: want columns and rows like 120x36, each up to %d", size, largest)
			}
			sc, err := load.load(c, args[0])
			if err != nil {
				return err
			}
			o, err := options(c)
			if err != nil {
				return err
			}
			draw := tui.Picture
			if cast {
				draw = tui.Cast
			}
			text, err := draw(sc, o, s, args[1:])
			if err != nil {
				return err
			}
			if to == "" || to == "-" {
				_, err = c.OutOrStdout().Write([]byte(text))
				return err
			}
			if err := create(to, []byte(text)); err != nil {
				return badFile(err)
			}
			return nil
		},
	}
	load.add(c)
	themeFlag(c)
	c.Flags().StringVar(&size, "size", "120x36", "of the terminal: columns and rows")
	c.Flags().StringVar(&to, "to", "", "write to a new file")
	c.Flags().BoolVar(&cast, "cast", false, "all screens on the way as an asciicast (version 2)")
	return c
}
