package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tonghop/ingest"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) answers() *cobra.Command {
	c := &cobra.Command{
		Use:   "answers",
		Short: "Các câu trả lời đang được nhớ (remembered answers)",
		Long: `answers lists what agencies have said that words of their own mean, which is remembered by agency and form and used
whenever they report on that form again; and withdraws such an answer, so that it is asked again.`,
		Example: `  tonghop answers list ngay-ctxh
  tonghop answers forget ngay-ctxh syt 3fa1c2d4e5f60718 --reason "Danh mục đã đổi"`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.answersList(), p.answersForget())
	return c
}

func (p *program) answersList() *cobra.Command {
	var agency string
	c := &cobra.Command{
		Use: "list DEFINITION", Short: "Liệt kê (list)", Args: cobra.ExactArgs(1),
		Example: "  tonghop answers list ngay-ctxh -a syt",
		RunE: func(c *cobra.Command, args []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				list, err := cl.Remembered(ctx, args[0], agency)
				if err != nil {
					return err
				}
				return p.showRemembered(list)
			})
		},
	}
	c.Flags().StringVarP(&agency, "agency", "a", "", "agency (default: all)")
	return c
}

func (p *program) answersForget() *cobra.Command {
	var what api.Forget
	c := &cobra.Command{
		Use: "forget DEFINITION AGENCY QUESTION", Short: "Bỏ một câu trả lời, để hỏi lại (withdraw, so that it is asked again)", Args: cobra.ExactArgs(3),
		Example: `  tonghop answers forget ngay-ctxh syt 3fa1c2d4e5f60718 --reason "Danh mục đã đổi"`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := ingest.CheckReason(what.Reason); err != nil {
				return err
			}
			what.Agency, what.Question = args[1], args[2]
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				list, err := cl.Forget(ctx, args[0], what)
				if err != nil {
					return err
				}
				return p.showRemembered(list)
			})
		},
	}
	c.Flags().StringVar(&what.Reason, "reason", "", "why")
	return c
}

func (p *program) showRemembered(list *api.Remembered) error {
	if p.json {
		return p.printJSON(list)
	}
	if len(list.Answers) == 0 {
		p.say("Biểu mẫu %s chưa có câu trả lời nào được nhớ.", list.Definition)
		return nil
	}
	w := table(p.out)
	fmt.Fprintln(w, "ĐƠN VỊ\tTRANG\tLOẠI\tLỜI TRONG TỆP\tĐƯỢC HIỂU LÀ\tNGÀY\tNGƯỜI TRẢ LỜI\tCÂU HỎI")
	for _, a := range list.Answers {
		means := a.Choice
		switch {
		case a.Choice == report.ChoiceNone:
			means = "bỏ ra"
		case a.Name != "" && a.Name != a.Choice:
			means += " " + a.Name
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", a.Agency, oneLine(a.Form), a.Kind.Words().VI, oneLine(a.Words), oneLine(means),
			a.At.In(vietnam).Format("02/01/2006"), actorWords(a.By), a.Question)
	}
	return w.Flush()
}
