package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/client"
)

func (p *program) template() *cobra.Command {
	var out string
	var all bool
	c := &cobra.Command{
		Use:   "template REQUEST [AGENCY]",
		Short: "Tạo biểu Excel cho đơn vị điền (an agency's workbook to fill in)",
		Long: `template writes the Excel form of a request for one agency, or with --all one for each agency asked.
The form carries hidden marks (form, version, request, agency), so that it is recognised when it comes back.`,
		Example: `  tonghop template ngay-ctxh-2021 syt -o so-y-te.xlsx
  tonghop template ngay-ctxh-2021 --all -o bieu/`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			if all == (len(args) == 2) {
				return inputError{fmt.Errorf("cần mã đơn vị, hoặc --all cho mọi đơn vị")}
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				if !all {
					return p.writeTemplate(ctx, cl, args[0], args[1], out)
				}
				return p.writeTemplates(ctx, cl, args[0], out)
			})
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", `file, or with --all folder; "-" for standard output (default: the proposed name)`)
	c.Flags().BoolVar(&all, "all", false, "one form for each agency asked")
	return c
}

// writeTemplates writes the forms of all agencies into a folder, which is made.
func (p *program) writeTemplates(ctx context.Context, cl *client.Client, request, dir string) error {
	status, err := cl.Status(ctx, request)
	if err != nil {
		return err
	}
	if dir == "" {
		dir = "."
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	forms := make([]written, len(status.Agencies))
	bar := p.progress(len(forms), "biểu")
	for i, a := range status.Agencies {
		form, err := cl.Export(ctx, request, "template.xlsx", url.Values{"agency": {a.Agency}})
		if err != nil {
			return err
		}
		forms[i] = written{filepath.Join(dir, fmt.Sprintf("%s-%s.xlsx", request, a.Agency)), len(form.Body)}
		if err := writeAtomic(forms[i].File, form.Body); err != nil {
			return err
		}
		bar.step()
	}
	bar.done()
	if p.json {
		return p.printJSON(forms)
	}
	for _, f := range forms {
		p.say("đã ghi %s (%s)", f.File, size(f.Bytes))
	}
	return nil
}

func (p *program) writeTemplate(ctx context.Context, cl *client.Client, request, agency, out string) error {
	file, err := cl.Export(ctx, request, "template.xlsx", url.Values{"agency": {agency}})
	if err != nil {
		return err
	}
	return p.writeFile(out, file)
}
