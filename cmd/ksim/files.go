package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
	"example.com/ksim/sim/wire"
)

func listCommand() *cobra.Command {
	var notes, figures bool
	c := &cobra.Command{
		Use: "list", Short: "List the scenarios that come with ksim", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case notes:
				listNotes(c.OutOrStdout())
				return nil
			case figures:
				listFigures(c.OutOrStdout())
				return nil
			}
			return listScenarios(c.OutOrStdout())
		},
	}
	c.Flags().BoolVar(&notes, "notes", false, "list the notes that a script can wait for instead")
	c.Flags().BoolVar(&figures, "figures", false, "list what can be measured of a client instead")
	c.MarkFlagsMutuallyExclusive("notes", "figures")
	return c
}

// listScenarios prints a line a scenario, its name first. A person gets headings too.
func listScenarios(out io.Writer) error {
	all, err := scenario.Catalogue()
	if err != nil {
		return &exit{exitInternal, err.Error()}
	}
	longest := 0
	for _, e := range all {
		longest = max(longest, len(e.Name))
	}
	for i, e := range all {
		if isTerminal(out) && (i == 0 || e.About != all[i-1].About) {
			fmt.Fprintf(out, "%s%s\n", strings.Repeat("\n", min(i, 1)), e.About.Heading())
		}
		fmt.Fprintf(out, "%-*s  %s\n", longest, e.Name, e.Title)
	}
	return nil
}

// listNotes prints every note's name in scripts, and what it tells.
func listNotes(out io.Writer) {
	for _, row := range wire.NoteTable {
		if row.Name != "" {
			fmt.Fprintf(out, "%-17s %s\n", row.Name, row.Told)
		}
	}
}

func showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show NAME", Short: "Print the file of a scenario that comes with ksim",
		Args: cobra.ExactArgs(1), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			source, ok := scenario.Source(args[0])
			if !ok {
				return badFile(scenario.NoSuch(args[0]))
			}
			_, err := c.OutOrStdout().Write(source)
			return err
		},
	}
}

func newCommand() *cobra.Command {
	return &cobra.Command{
		Use: "new FILE", Short: "Write a scenario file to start from; an existing file is left alone",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if args[0] == "-" {
				fmt.Fprint(c.OutOrStdout(), scenario.Template)
				return nil
			}
			if err := create(args[0], []byte(scenario.Template)); err != nil {
				return badFile(err)
			}
			file := scenario.Argument(args[0])
			fmt.Fprintf(c.ErrOrStderr(), "wrote %s: change it, then `%s` or `%s`\n",
				args[0], scenario.Command("run", file), scenario.Command("play", file))
			return nil
		},
	}
}

func exists(path string) error {
	return fmt.Errorf("%s: exists already; ksim overwrites nothing: choose another name", path)
}

// create writes a file that does not exist yet.
func create(path string, content []byte) error {
	err := scenario.CreateNew(path, content)
	if errors.Is(err, fs.ErrExist) {
		return exists(path)
	}
	return err
}

func validateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "validate FILE...", Short: "Check scenario files; report all that is wrong with them",
		Args: cobra.MinimumNArgs(1), ValidArgsFunction: completeScenario,
		RunE: func(c *cobra.Command, args []string) error {
			bad := 0
			for _, file := range args {
				if _, err := scenario.Load(file, c.InOrStdin()); err != nil {
					bad++
					fmt.Fprintln(c.ErrOrStderr(), err)
					continue
				}
				fmt.Fprintf(c.OutOrStdout(), "%s: ok\n", file)
			}
			if bad > 0 {
				return &exit{code: exitUsage}
			}
			return nil
		},
	}
}

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use: "schema [scenario]", Short: "Print the JSON Schema of scenario files",
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs), ValidArgs: []string{"scenario"},
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := scenario.Schema()
			if err != nil {
				return &exit{exitInternal, err.Error()}
			}
			_, err = c.OutOrStdout().Write(s)
			return err
		},
	}
}
