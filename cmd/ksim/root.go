package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
)

const rootLong = `ksim simulates Apache Kafka's delivery guarantees: brokers, ISR, high watermark, leader epochs,
producers, consumers and their groups step through deterministic events. Step forward and back, crash
a broker, cut a link, pull the power, and see which message is lost, duplicated or reordered, and why.

Exit codes: 0 fine · 1 a claim failed · 2 usage or bad file · 3 internal · 4 a limit was hit ·
129, 130 and 143 signals.`

func rootCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ksim",
		Short: "See how Kafka loses, duplicates and reorders messages, and why",
		Long:  rootLong,
		Example: "  ksim                                     the home screen\n" +
			"  ksim play acks-1-leader-crash            explore a scenario\n" +
			"  ksim run acks-1-leader-crash             replay it without a screen\n" +
			"  ksim explore acks-all-survives --find acked-lost --faults 1",
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          home,
	}
	c.SetFlagErrorFunc(badFlag)
	c.PersistentFlags().Bool("ascii", false, "draw with ASCII characters only")
	c.PersistentFlags().Bool("no-color", false, "no colours (also NO_COLOR)")
	screenFlags(c)
	c.AddCommand(playCommand(), runCommand(), compareCommand(), exploreCommand(), pictureCommand(), listCommand(), showCommand(),
		newCommand(), validateCommand(), schemaCommand())
	strict(c)
	return c
}

// strict makes the commands that every cobra program has refuse what they don't know, as the others do.
func strict(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				found, rest, err := root.Find(args)
				if err == nil && len(rest) > 0 {
					err = fmt.Errorf("unknown command %q for %q", rest[0], found.CommandPath())
				}
				return err
			}
		case "completion":
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
}

// badFlag says of a flag's value what it should be, and not which function did not like it.
func badFlag(_ *cobra.Command, err error) error {
	var n *strconv.NumError
	if !errors.As(err, &n) {
		return err
	}
	want := map[string]string{"ParseUint": "a whole number from 0 on", "ParseBool": "true or false"}[n.Func]
	if want == "" {
		want = "a whole number"
	}
	return errors.New(strings.TrimSuffix(err.Error(), n.Error()) + "want " + want)
}

// completeScenario completes the name of a scenario, or a file.
func completeScenario(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return scenario.Names(), cobra.ShellCompDirectiveDefault
}
