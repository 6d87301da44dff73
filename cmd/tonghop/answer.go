package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) answer() *cobra.Command {
	return &cobra.Command{
		Use:   "answer UPLOAD [QUESTION=CHOICE…]",
		Short: "Trả lời câu hỏi về một tệp đã nộp (answer questions about an upload)",
		Long: `answer shows what could not be read for certain in an upload: a column, a row, a unit or a sheet whose words are
nearly those of the form. With QUESTION=CHOICE it answers: CHOICE is the code of a candidate, or - for none of them,
which leaves it out. The beginning of a question's key will do. The file is read again at once and needs no second
sending; the answers are remembered for later reports of the same agency on the same form. Exit code 2 while something
is left to mend, to answer or to explain.`,
		Example: `  tonghop answer 5f1c0de2a9b84711c3d0e6f2
  tonghop answer 5f1c0de2a9b84711c3d0e6f2 3fa1=1.02 9c40=-`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				u, err := cl.Settled(ctx, args[0])
				if err != nil {
					return err
				}
				if len(args) > 1 {
					if u, err = answerAll(ctx, cl, u, args[1:]); err != nil {
						return err
					}
				}
				return p.showAnswered(u)
			})
		},
	}
}

// answerAll gives answers to questions of an upload, and waits until it was read
// with them.
func answerAll(ctx context.Context, cl *client.Client, u *api.Upload, args []string) (*api.Upload, error) {
	answers := make([]api.Answer, len(args))
	for i, arg := range args {
		key, choice, ok := strings.Cut(arg, "=")
		if !ok || key == "" || choice == "" {
			return nil, inputError{fmt.Errorf("%q: cần CÂU-HỎI=LỰA-CHỌN, ví dụ 3fa1=1.02 hoặc 3fa1=-", arg)}
		}
		question, err := questionOf(u, key)
		if err != nil {
			return nil, err
		}
		answers[i] = api.Answer{Question: question, Choice: choice}
	}
	if _, err := cl.Answer(ctx, u.Upload, answers); err != nil {
		return nil, err
	}
	return cl.Settled(ctx, u.Upload)
}

// questionOf finds the question whose key begins so.
func questionOf(u *api.Upload, begin string) (string, error) {
	var found []string
	for _, q := range u.Questions {
		if strings.HasPrefix(q.Key, begin) {
			found = append(found, q.Key)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", inputError{fmt.Errorf("không có câu hỏi %q; xem: tonghop answer %s", begin, u.Upload)}
	}
	return "", inputError{fmt.Errorf("%q là phần đầu của nhiều câu hỏi: %s", begin, strings.Join(found, ", "))}
}

func (p *program) showAnswered(u *api.Upload) error {
	if p.json {
		if err := p.printJSON(u); err != nil {
			return err
		}
	} else {
		p.say("%s: %s; %s", u.Number, stateWords(u), counts(u.Findings))
		printFindings(p.out, u.Findings)
		if waits(u) {
			p.sayQuestions(u.Questions)
		}
	}
	if u.State == report.StateRefused || u.State == report.StateReady && needsExplaining(u.Findings) {
		return errFindings
	}
	return nil
}

// waits reports whether answers would still change what becomes of an upload.
func waits(u *api.Upload) bool {
	return asked(u.Questions) > 0 && (u.State == report.StateRefused || u.State == report.StateReady)
}

// asked counts the questions that are open.
func asked(questions []api.Question) (n int) {
	for _, q := range questions {
		if q.Choice == "" {
			n++
		}
	}
	return n
}

// sayQuestions writes the open questions with what may be answered.
func (p *program) sayQuestions(questions []api.Question) {
	if n := asked(questions); n > 0 {
		p.say("Cần trả lời %d câu hỏi", n)
	}
	for _, q := range questions {
		if q.Choice != "" {
			continue
		}
		place := q.Sheet
		if len(q.Cells) > 0 {
			place += "!" + q.Cells[0]
		}
		p.say("  %s  %s: %s", q.Key, place, q.Kind.Asks(q.Words).VI)
		for _, c := range q.Candidates {
			line := c.Code
			if c.Name != c.Code {
				line += "  " + c.Name
			}
			if c.Confidence > 0 {
				line += fmt.Sprintf(" (giống %d%%)", c.Confidence)
			}
			p.say("      %s", line)
		}
		p.say("      %s  không phải mục nào, bỏ ra", report.ChoiceNone)
	}
}

// answerWords is the command that answers what is asked, with the likeliest choices
// left to be made.
func answerWords(u *api.Upload) string {
	var words strings.Builder
	fmt.Fprintf(&words, "tonghop answer %s", u.Upload)
	for _, q := range u.Questions {
		if q.Choice == "" {
			fmt.Fprintf(&words, " %s=…", q.Key)
		}
	}
	return words.String()
}
