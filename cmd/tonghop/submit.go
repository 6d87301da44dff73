package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/fault"
)

// submitFlags are the choices of the submit command.
type submitFlags struct {
	target
	explain  []string
	hold     bool
	parallel int

	explanations []report.Explanation // explain, read
}

func (p *program) submit() *cobra.Command {
	var s submitFlags
	c := &cobra.Command{
		Use:   "submit FILE…",
		Short: "Nộp báo cáo (hand reports in)",
		Long: `submit hands workbooks (.xlsx, .xls, .ods), tables in text (.csv, .tsv) or forms (.json) in. What a file is, is told by
its content, whatever it is called. Each is received (on the disk, with a receipt), checked, and, when nothing stands
against it, submitted in one go. The same file twice has one effect; a changed file is the next version, so files of one
agency are taken in the order given. A folder stands for the files in it. A file that is at fault does not keep the
others back; the exit code is 2 then.`,
		Example: `  tonghop submit so-y-te.xlsx
  tonghop submit nop/*.xlsx
  tonghop submit mttq.xlsx --explain R402/R06="Quà do Trung ương tặng, có danh sách kèm theo"
  tonghop submit kps.json -r ngay-ctxh-2021 -a bhd`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			if s.explanations, err = parseExplanations(s.explain); err != nil {
				return err
			}
			paths, err := expand(args)
			if err != nil {
				return err
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.submitAll(ctx, cl, s, paths)
			})
		},
	}
	s.flags(c)
	c.Flags().StringArrayVar(&s.explain, "explain", nil, `answer to findings: CODE=reason, CODE/RULE=reason or CODE@Sheet!Cell=reason`)
	c.Flags().BoolVar(&s.hold, "hold", false, "check only what is received; submit later with: tonghop decide submit")
	c.Flags().IntVar(&s.parallel, "parallel", 16, "agencies whose files are handed in at a time")
	return c
}

// submitted is what became of one file. Problem says why a file could not be
// handed in at all.
type submitted struct {
	File     string          `json:"file"`
	Receipt  *client.Receipt `json:"receipt"`
	Upload   *api.Upload     `json:"upload"`
	Finished bool            `json:"submitted"`
	Problem  *api.Problem    `json:"problem,omitempty"`

	to target
}

// submitAll hands the files in, those of one agency one after the other. What
// was received is told even when the machine fails at a later file.
func (p *program) submitAll(ctx context.Context, cl *client.Client, s submitFlags, paths []string) error {
	results := make([]submitted, len(paths))
	err := each(len(paths), s.parallel, func(i int) error {
		results[i].File = paths[i]
		return results[i].note(results[i].address(ctx, cl, s))
	})
	if err != nil {
		return err
	}
	bar := p.progress(len(paths), "nộp")
	groups := byTarget(results)
	err = each(len(groups), s.parallel, func(g int) error {
		for _, r := range groups[g] {
			if err := r.note(r.submit(ctx, cl, s)); err != nil {
				return err
			}
			bar.step()
		}
		return nil
	})
	bar.done()
	if shown := p.showSubmitted(results, s.hold); err == nil {
		err = shown
	}
	return err
}

// byTarget puts the files of one return together, each in the order given.
// Files that could not be addressed are left out.
func byTarget(results []submitted) [][]*submitted {
	var groups [][]*submitted
	at := map[target]int{}
	for i := range results {
		r := &results[i]
		if r.Problem != nil {
			continue
		}
		g, known := at[r.to]
		if !known {
			g = len(groups)
			at[r.to], groups = g, append(groups, nil)
		}
		groups[g] = append(groups[g], r)
	}
	return groups
}

// note keeps an error of the paper as the file's problem, and gives any other
// back: that concerns all files.
func (r *submitted) note(err error) error {
	if err == nil || classify(err) != exitInput {
		return err
	}
	r.Problem = problemOf(err)
	return nil
}

// address finds out whose report the file is.
func (r *submitted) address(ctx context.Context, cl *client.Client, s submitFlags) error {
	f, err := readFile(r.File)
	if err != nil {
		return err
	}
	r.to, err = s.of(ctx, cl, f)
	return err
}

// submit takes the file the whole way.
func (r *submitted) submit(ctx context.Context, cl *client.Client, s submitFlags) error {
	f, err := readFile(r.File)
	if err != nil {
		return err
	}
	if r.Receipt, err = cl.Upload(ctx, r.to.request, r.to.agency, f, !s.hold, ""); err != nil {
		r.Receipt = nil
		return err
	}
	if r.Upload, err = cl.Settled(ctx, r.Receipt.Upload); err != nil {
		r.Upload = nil
		return err
	}
	if !s.hold && r.Upload.State == report.StateReady && len(s.explanations) > 0 {
		if err := r.explain(ctx, cl, s.explanations); err != nil {
			return err
		}
	}
	r.Finished = r.Upload.State == report.StateSubmitted
	return nil
}

// explain submits with the answers to what had to be explained.
func (r *submitted) explain(ctx context.Context, cl *client.Client, explanations []report.Explanation) error {
	body := api.Submit{Upload: r.Upload.Upload, Explanations: explanations}
	if _, err := cl.Decide(ctx, r.to.request, r.to.agency, "submit", body); err != nil {
		return err
	}
	u, err := cl.State(ctx, r.Upload.Upload)
	if err == nil {
		r.Upload = u
	}
	return err
}

func (p *program) showSubmitted(results []submitted, hold bool) error {
	open := false
	for _, r := range results {
		open = open || !r.settled(hold)
		if !p.json {
			p.saySubmitted(r)
		}
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

// settled reports whether nothing is left to do: what is superseded had its
// effect when it was handed in before.
func (r *submitted) settled(hold bool) bool {
	switch {
	case r.Problem != nil || r.Upload == nil:
		return false
	case r.Upload.State == report.StateReady:
		return hold
	}
	return r.Finished || r.Upload.State == report.StateSuperseded
}

func (p *program) saySubmitted(r submitted) {
	if r.Receipt != nil {
		again := ""
		if r.Receipt.Again {
			again = " (tệp này đã nhận trước đây)"
		}
		p.say("%s: biên nhận %s lúc %s%s", r.File, r.Receipt.Number, clock(r.Receipt.ReceivedAt), again)
	}
	if r.Upload != nil {
		p.say("  %s; %s", stateWords(r.Upload), counts(r.Upload.Findings))
		printFindings(p.out, r.Upload.Findings, r.Upload.Groups...)
		p.sayQuestions(r.Upload.Questions)
		if waits(r.Upload) {
			p.say("  Trả lời: %s", answerWords(r.Upload))
		}
	}
	switch {
	case r.Problem != nil && r.Receipt != nil:
		p.sayProblem(r.File, "đã nhận nhưng chưa nộp được", r.Problem)
	case r.Problem != nil:
		p.sayProblem(r.File, "không nhận được", r.Problem)
	case r.Upload != nil && r.Upload.State == report.StateReady && needsExplaining(r.Upload.Findings):
		p.say("  Giải trình rồi nộp: tonghop submit %s%s", r.File, explainWords(r.Upload.Findings))
	}
}

// explainWords are the flags that answer what has to be explained: one for each
// rule, and for each code that is no rule's.
func explainWords(findings []fault.Fault) string {
	var words strings.Builder
	seen := map[string]bool{}
	for _, f := range findings {
		head := string(f.Code)
		if rule, ok := f.Arg("rule"); ok {
			head += "/" + rule
		}
		if f.Severity == fault.Explain && !seen[head] {
			seen[head] = true
			fmt.Fprintf(&words, " --explain %s=\"…\"", head)
		}
	}
	return words.String()
}

func stateWords(u *api.Upload) string {
	words := uploadStates[u.State]
	if u.State == report.StateReady && needsExplaining(u.Findings) {
		words = "chưa nộp" // what is to be explained is counted beside it
	}
	switch {
	case u.Approved:
		words = uploadStates[report.StateApproved]
	case u.Returned:
		words = uploadStates[report.StateReturned]
	case u.Held:
		words = uploadStates[report.StateHeld]
	}
	if u.Version > 0 {
		words += fmt.Sprintf(", bản %d", u.Version)
	}
	return words
}
