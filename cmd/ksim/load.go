package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"example.com/ksim/internal/scenario"
)

// loadFlags are the flags of every command that plays a scenario.
type loadFlags struct {
	seed    uint64
	set     []string
	variant string
}

func (f *loadFlags) add(c *cobra.Command) {
	c.Flags().Uint64Var(&f.seed, "seed", 0, "chance, in place of the file's seed")
	c.Flags().StringArrayVar(&f.set, "set", nil,
		"a setting in place of the file's, like p1.acks=all, orders.min.insync.replicas=2,\n"+
			"cluster.unclean.leader.election.enable=true or p1.version=2.8; p1.acks= takes one back;\n"+
			"may be given again")
	c.Flags().StringVar(&f.variant, "variant", "", "one run of the file only: a variant by its name, or base; NAME:fix says the same")
}

// load reads the scenario that a command was given.
func (f *loadFlags) load(c *cobra.Command, what string) (*scenario.Scenario, error) {
	var overrides []scenario.Override
	for _, s := range f.set {
		overrides = append(overrides, scenario.Override(s))
	}
	if c.Flags().Changed("seed") {
		overrides = append(overrides, scenario.Override("seed="+strconv.FormatUint(f.seed, 10)))
	}
	s, err := scenario.Load(what, c.InOrStdin(), overrides...)
	if err != nil {
		return nil, badFile(err)
	}
	if f.variant == "" {
		return s, nil
	}
	if len(overrides) > 0 {
		return nil, &exit{exitUsage, "ksim: --variant does not go with --set or --seed: a variant is what the file says"}
	}
	if s, err = s.Pick(f.variant); err != nil {
		return nil, badFile(err)
	}
	return s, nil
}
