package main

import (
	"context"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

func (p *program) check() *cobra.Command {
	var t target
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Kiểm tra tệp, chưa nộp (check, without handing in)",
		Long: `check reads workbooks (.xlsx, .xls, .ods), tables in text (.csv, .tsv) or forms (.json) as a submission would be read
and shows every finding at once, each with its cell. A folder stands for the files in it. Nothing is kept. Exit code 2
when something must be mended.`,
		Example: `  tonghop check so-y-te.xlsx
  tonghop check bang-tu-lap.xlsx -r ngay-ctxh-2021 -a syt --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			paths, err := expand(args)
			if err != nil {
				return err
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.checkAll(ctx, cl, t, paths)
			})
		},
	}
	t.flags(c)
	return c
}

// checked is what a check found in one file. Problem says why a file could not
// be checked at all.
type checked struct {
	File string `json:"file"`
	*api.Checked
	Problem *api.Problem `json:"problem,omitempty"`
}

func (p *program) checkAll(ctx context.Context, cl *client.Client, t target, paths []string) error {
	results := make([]checked, len(paths))
	bar := p.progress(len(paths), "kiểm tra")
	for i, path := range paths {
		r, err := checkOne(ctx, cl, t, path)
		if err != nil && classify(err) != exitInput {
			return err
		}
		results[i] = checked{File: path, Checked: r, Problem: problemOf(err)}
		bar.step()
	}
	bar.done()
	return p.showChecked(results)
}

func checkOne(ctx context.Context, cl *client.Client, t target, path string) (*api.Checked, error) {
	f, err := readFile(path)
	if err != nil {
		return nil, err
	}
	to, err := t.of(ctx, cl, f)
	if err != nil {
		return nil, err
	}
	return cl.Check(ctx, to.request, to.agency, f)
}

func (p *program) showChecked(results []checked) error {
	refused := false
	for _, r := range results {
		refused = refused || r.Problem != nil || r.Outcome == report.Refused
		if !p.json {
			p.sayChecked(r)
		}
	}
	if p.json {
		if err := p.printJSON(results); err != nil {
			return err
		}
	}
	if refused {
		return errFindings
	}
	return nil
}

func (p *program) sayChecked(r checked) {
	if r.Problem != nil {
		p.sayProblem(r.File, "không kiểm tra được", r.Problem)
		return
	}
	verdict := "sẵn sàng nộp"
	switch {
	case r.Outcome == report.Refused:
		verdict = "chưa nộp được"
	case needsExplaining(r.Findings):
		verdict = "nộp được sau khi giải trình"
	}
	p.say("%s (%s, %s): %s; %s", r.File, r.Request, r.Agency, verdict, counts(r.Findings))
	printFindings(p.out, r.Findings, r.Groups...)
	p.sayQuestions(r.Questions)
	p.say("  Đã đọc %d ô: dùng %d, để ngoài %d; %d số liệu.", r.Cells.Cells, r.Cells.Used, r.Cells.Excluded, r.Facts)
}

func needsExplaining(findings []fault.Fault) bool {
	for _, f := range findings {
		if f.Severity == fault.Explain {
			return true
		}
	}
	return false
}
