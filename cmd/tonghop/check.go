package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

func (p *program) check() *cobra.Command {
	var t target
	var out string
	var definition []string
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Kiểm tra tệp, chưa nộp (check, without handing in)",
		Long: `check reads workbooks (.xlsx, .xls, .ods), tables in text (.csv, .tsv) or forms (.json) as a submission would be read
and shows every finding at once, each with its cell. A folder stands for the files in it. Nothing is kept. Exit code 2
when something must be mended.

With -o the file comes back with the findings in it: the cells coloured, a note on each, and a first sheet that lists them
with links and a column for explanations. Nothing else in it changes, and it can be handed in as it is. A file that cannot be
marked without harm is left alone, and the list is a workbook of its own that says why.

With --definition no data folder and no server is needed: the file holds the form with its register and its request, or there
are several files of them, parted by commas.`,
		Example: `  tonghop check so-y-te.xlsx
  tonghop check so-y-te.xlsx -o so-y-te-danh-dau.xlsx
  tonghop check bang-tu-lap.xlsx -r ngay-ctxh-2021 -a syt --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			paths, err := expand(args)
			if err != nil {
				return err
			}
			if len(paths) > 1 && out != "" && !isFolder(out) {
				return inputError{fmt.Errorf("-o %s: nhiều tệp thì cần một thư mục đã có", out)}
			}
			with := p.withClient
			if len(definition) > 0 {
				with = p.withDocuments(definition)
			}
			return with(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.checkAll(ctx, cl, t, paths, out)
			})
		},
	}
	t.flags(c)
	c.Flags().StringVarP(&out, "output", "o", "", "give the file back marked: a file, or a folder for many")
	c.Flags().StringSliceVar(&definition, "definition", nil, "files of form, register and request, instead of a data folder")
	return c
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// checked is what a check found in one file. Problem says why a file could not
// be checked at all.
type checked struct {
	File string `json:"file"`
	*api.Checked
	Problem *api.Problem `json:"problem,omitempty"`
	Marked  *marked      `json:"marked,omitempty"`
}

// marked is the file that was given back. Apart says why it is a list of its own
// and not the agency's workbook.
type marked struct {
	written
	Apart string `json:"apart,omitempty"`
}

func (p *program) checkAll(ctx context.Context, cl *client.Client, t target, paths []string, out string) error {
	results := make([]checked, len(paths))
	bar := p.progress(len(paths), "kiểm tra")
	for i, path := range paths {
		r := checked{File: path}
		err := r.check(ctx, cl, t, out)
		if err != nil && classify(err) != exitInput {
			return err
		}
		r.Problem = problemOf(err)
		results[i] = r
		bar.step()
	}
	bar.done()
	return p.showChecked(results)
}

// check checks the file and, with out given, fetches it marked.
func (r *checked) check(ctx context.Context, cl *client.Client, t target, out string) error {
	f, err := readFile(r.File)
	if err != nil {
		return err
	}
	to, err := t.of(ctx, cl, f)
	if err != nil {
		return err
	}
	found, err := cl.Check(ctx, to.request, to.agency, f)
	if err != nil {
		return err
	}
	r.Checked = found
	if out == "" {
		return nil
	}
	answer, err := cl.CheckMarked(ctx, to.request, to.agency, f)
	if err != nil {
		return err
	}
	path, err := outputPath(out, filepath.Base(answer.Name))
	if err != nil {
		return err
	}
	r.Marked = &marked{written{path, len(answer.Body)}, answer.Apart}
	return writeAtomic(path, answer.Body)
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
	if m := r.Marked; m != nil {
		p.say("  đã ghi %s (%s)", m.File, size(m.Bytes))
		if m.Apart != "" {
			p.say("  đó là danh sách riêng, tệp của đơn vị được để nguyên, vì %s", m.Apart)
		}
	}
}

func needsExplaining(findings []fault.Fault) bool {
	for _, f := range findings {
		if f.Severity == fault.Explain {
			return true
		}
	}
	return false
}
