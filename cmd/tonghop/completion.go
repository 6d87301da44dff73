package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/client"
)

// completionPatience is how long a shell waits for the codes of a journal.
const completionPatience = 3 * time.Second

// addCompletions lets the shell complete the codes of requests and agencies for
// a command and those below it: arguments called REQUEST and AGENCY, and the
// flags of those names.
func (p *program) addCompletions(c *cobra.Command) {
	if strings.Contains(c.Use, " REQUEST") || strings.Contains(c.Use, " [REQUEST]") {
		c.ValidArgsFunction = p.completeCodes
	}
	for name, complete := range map[string]cobra.CompletionFunc{
		"request": p.completeRequest, "agency": p.completeAgency,
	} {
		if c.Flags().Lookup(name) != nil {
			_ = c.RegisterFlagCompletionFunc(name, complete) // fails only for a flag that is not there
		}
	}
	for _, below := range c.Commands() {
		p.addCompletions(below)
	}
}

// completeCodes completes arguments: the request, then the agency where one may
// follow.
func (p *program) completeCodes(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	switch {
	case len(args) == 0:
		return p.completeRequest(c, args, word)
	case len(args) == 1 && strings.Contains(c.Use, "AGENCY"):
		return p.completeAgency(c, args, word)
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func (p *program) completeRequest(c *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return p.completeFrom(c, word, func(ctx context.Context, cl *client.Client) ([]cobra.Completion, error) {
		list, err := cl.Requests(ctx)
		if err != nil {
			return nil, err
		}
		var codes []cobra.Completion
		for _, r := range list.Requests {
			codes = append(codes, cobra.CompletionWithDesc(r.Request, r.Title.VI))
		}
		return codes, nil
	})
}

// completeAgency gives the agencies of the request that was named before, as an
// argument or a flag.
func (p *program) completeAgency(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	request, _ := c.Flags().GetString("request") // empty where there is no such flag
	if request == "" && len(args) > 0 && c.ValidArgsFunction != nil {
		request = args[0]
	}
	if request == "" {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return p.completeFrom(c, word, func(ctx context.Context, cl *client.Client) ([]cobra.Completion, error) {
		status, err := cl.Status(ctx, request)
		if err != nil {
			return nil, err
		}
		var codes []cobra.Completion
		for _, a := range status.Agencies {
			codes = append(codes, cobra.CompletionWithDesc(a.Agency, a.Name))
		}
		return codes, nil
	})
}

// completeFrom asks the server or the data folder that the command line names
// for words. Where neither answers there are none.
func (p *program) completeFrom(c *cobra.Command, word string, ask func(context.Context, *client.Client) ([]cobra.Completion, error)) ([]string, cobra.ShellCompDirective) {
	if err := p.config.load(c); err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	p.config.LogLevel = "disabled"
	ctx, cancel := context.WithTimeout(c.Context(), completionPatience)
	defer cancel()
	var fitting []string
	err := p.withClient(ctx, func(ctx context.Context, cl *client.Client) error {
		words, err := ask(ctx, cl)
		for _, w := range words {
			if strings.HasPrefix(w, word) {
				fitting = append(fitting, w)
			}
		}
		return err
	})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return fitting, cobra.ShellCompDirectiveNoFileComp
}

// completeWords completes a flag with one of a few words.
func completeWords(c *cobra.Command, flag string, words ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
}
