package main

import "github.com/spf13/cobra"

func playCommand() *cobra.Command { return &cobra.Command{Use: "play"} }
func home(c *cobra.Command, _ []string) error { return c.Help() }
