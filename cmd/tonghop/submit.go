package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// target says for which request and agency a file is; empty fields are read
// from the file's hidden marks.
type target struct{ request, agency string }

func (t *target) flags(c *cobra.Command) {
	c.Flags().StringVarP(&t.request, "request", "r", "", "request code (default: from the file's hidden marks)")
	c.Flags().StringVarP(&t.agency, "agency", "a", "", "agency code (default: from the file's hidden marks)")
}

// of completes the target for a file.
func (t target) of(ctx context.Context, cl *client.Client, f client.File) (target, error) {
	if t.request != "" && t.agency != "" {
		return t, nil
	}
	m, err := cl.Marks(ctx, f)
	if problem := client.IsProblem(err); problem != nil && problem.Status < 500 {
		return t, inputError{fmt.Errorf("%s: tệp không có dấu ẩn của biểu mẫu; ghi rõ --request và --agency", f.Name)}
	}
	if err != nil {
		return t, err
	}
	if t.request == "" {
		t.request = m.Request
	}
	if t.agency == "" {
		t.agency = m.Agency
	}
	return t, nil
}

func readFile(path string) (client.File, error) {
	b, err := os.ReadFile(path)
	return client.File{Name: filepath.Base(path), Body: b}, err
}

func (p *program) check() *cobra.Command {
	var t target
	c := &cobra.Command{
		Use:   "check FILE…",
		Short: "Kiểm tra tệp, chưa nộp (check, without handing in)",
		Long: `check reads workbooks or forms (.json) as a submission would be read and shows every finding at once,
each with its cell. Nothing is kept. Exit code 2 when something must be mended.`,
		Example: `  tonghop check so-y-te.xlsx
  tonghop check bang-tu-lap.xlsx -r ngay-ctxh-2021 -a syt --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.checkAll(ctx, cl, t, args)
			})
		},
	}
	t.flags(c)
	return c
}

func (p *program) checkAll(ctx context.Context, cl *client.Client, t target, paths []string) error {
	refused := false
	for _, path := range paths {
		f, err := readFile(path)
		if err != nil {
			return err
		}
		to, err := t.of(ctx, cl, f)
		if err != nil {
			return err
		}
		r, err := cl.Check(ctx, to.request, to.agency, f)
		if err != nil {
			return err
		}
		refused = refused || r.Outcome == report.Refused
		if err := p.showChecked(path, r); err != nil {
			return err
		}
	}
	if refused {
		return errFindings
	}
	return nil
}

func (p *program) showChecked(path string, r *api.Checked) error {
	if p.json {
		return p.printJSON(struct {
			File string `json:"file"`
			*api.Checked
		}{path, r})
	}
	verdict := "sẵn sàng nộp"
	switch {
	case r.Outcome == report.Refused:
		verdict = "chưa nộp được"
	case needsExplaining(r.Findings):
		verdict = "nộp được sau khi giải trình"
	}
	p.say("%s (%s, %s): %s; %s", path, r.Request, r.Agency, verdict, counts(r.Findings))
	printFindings(p.out, r.Findings)
	p.say("  Đã đọc %d ô: dùng %d, để ngoài %d; %d số liệu.", r.Cells.Cells, r.Cells.Used, r.Cells.Excluded, r.Facts)
	return nil
}

func needsExplaining(findings []fault.Fault) bool {
	for _, f := range findings {
		if f.Severity == fault.Explain {
			return true
		}
	}
	return false
}

// submitFlags are the choices of the submit command.
type submitFlags struct {
	target
	explain  []string
	hold     bool
	parallel int
}

func (p *program) submit() *cobra.Command {
	var s submitFlags
	c := &cobra.Command{
		Use:   "submit FILE…",
		Short: "Nộp báo cáo (hand reports in)",
		Long: `submit hands workbooks or forms (.json) in. Each is received (on the disk, with a receipt), checked, and, when
nothing stands against it, submitted in one go. The same file twice has one effect; a changed file is the next version.
A folder stands for the files in it.`,
		Example: `  tonghop submit so-y-te.xlsx
  tonghop submit nop/*.xlsx
  tonghop submit mttq.xlsx --explain R402="Quà do Trung ương tặng, có danh sách kèm theo"
  tonghop submit kps.json -r ngay-ctxh-2021 -a bhd`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			explanations, err := parseExplanations(s.explain)
			if err != nil {
				return err
			}
			paths, err := expand(args)
			if err != nil {
				return err
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.submitAll(ctx, cl, s, explanations, paths)
			})
		},
	}
	s.flags(c)
	c.Flags().StringArrayVar(&s.explain, "explain", nil, `answer to a finding: CODE=reason or CODE@Sheet!Cell=reason`)
	c.Flags().BoolVar(&s.hold, "hold", false, "check only what is received; submit later with: tonghop decide submit")
	c.Flags().IntVar(&s.parallel, "parallel", 16, "files handed in at a time")
	return c
}

// submitted is what became of one file.
type submitted struct {
	File     string          `json:"file"`
	Receipt  *client.Receipt `json:"receipt"`
	Upload   *api.Upload     `json:"upload"`
	Finished bool            `json:"submitted"`
}

func (p *program) submitAll(ctx context.Context, cl *client.Client, s submitFlags, explain []report.Explanation, paths []string) error {
	bar := p.progress(len(paths), "nộp")
	results := make([]submitted, len(paths))
	err := each(len(paths), s.parallel, func(i int) (err error) {
		results[i], err = submitOne(ctx, cl, s, explain, paths[i])
		bar.step()
		return err
	})
	bar.done()
	if err != nil {
		return err
	}
	return p.showSubmitted(results, s.hold)
}

// submitOne takes one file the whole way.
func submitOne(ctx context.Context, cl *client.Client, s submitFlags, explain []report.Explanation, path string) (r submitted, err error) {
	r.File = path
	f, err := readFile(path)
	if err != nil {
		return r, err
	}
	to, err := s.of(ctx, cl, f)
	if err != nil {
		return r, err
	}
	if r.Receipt, err = cl.Upload(ctx, to.request, to.agency, f, !s.hold, ""); err != nil {
		return r, err
	}
	if r.Upload, err = cl.Settled(ctx, r.Receipt.Upload); err != nil {
		return r, err
	}
	if !s.hold && r.Upload.State == report.StateReady && len(explain) > 0 {
		if _, err = cl.Decide(ctx, to.request, to.agency, "submit", api.Submit{Upload: r.Upload.Upload, Explanations: explain}); err != nil {
			return r, err
		}
		if r.Upload, err = cl.State(ctx, r.Receipt.Upload); err != nil {
			return r, err
		}
	}
	r.Finished = r.Upload.State == report.StateSubmitted
	return r, nil
}

func (p *program) showSubmitted(results []submitted, hold bool) error {
	open := false
	for _, r := range results {
		settled := r.Finished || hold && r.Upload.State == report.StateReady
		open = open || !settled
		if p.json {
			continue
		}
		again := ""
		if r.Receipt.Again {
			again = " (tệp này đã nhận trước đây)"
		}
		p.say("%s: biên nhận %s lúc %s%s", r.File, r.Receipt.Number, clock(r.Receipt.ReceivedAt), again)
		p.say("  %s; %s", stateWords(r.Upload), counts(r.Upload.Findings))
		printFindings(p.out, r.Upload.Findings)
	}
	if p.json {
		if err := p.printJSON(results); err != nil {
			return err
		}
	}
	if open {
		return errFindings
	}
	return nil
}

func stateWords(u *api.Upload) string {
	words := uploadStates[u.State]
	if u.Approved {
		words = uploadStates[report.StateApproved]
	}
	if u.Version > 0 {
		words += fmt.Sprintf(", bản %d", u.Version)
	}
	return words
}

// each calls do for 0 to n-1, some at a time, and gives the first error; what
// was begun is finished.
func each(n, parallel int, do func(int) error) error {
	if parallel < 1 {
		parallel = 1
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
		next  int
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if first != nil || next >= n {
			return 0, false
		}
		next++
		return next - 1, true
	}
	for range min(parallel, n) {
		wg.Go(func() {
			for {
				i, ok := take()
				if !ok {
					return
				}
				if err := do(i); err != nil {
					mu.Lock()
					first = cmpErr(first, err)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return first
}

func cmpErr(first, err error) error {
	if first != nil {
		return first
	}
	return err
}
