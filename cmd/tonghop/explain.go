package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) explain() *cobra.Command {
	var agency, place, indicator, asOf string
	var official bool
	var window windowFlags
	c := &cobra.Command{
		Use:   "explain REQUEST",
		Short: "Mở một con số đến tận ô nguồn (open a figure down to its cells)",
		Long: `explain opens one figure into the facts it is made of, each with its file, sheet, cell and the text that stood
there. Leave out --agency or --place to open a total over them.`,
		Example: `  tonghop explain ngay-ctxh-2021 -i 2.03
  tonghop explain ngay-ctxh-2021 -i 2.03 -a hctd -p 288 --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if indicator == "" {
				return inputError{errors.New("cần mã chỉ tiêu: -i CHỈ-TIÊU")}
			}
			f := rollupFlags{asOf: asOf, official: official, windowFlags: window}
			q, err := f.query()
			if err != nil {
				return err
			}
			q.Del("by")
			q.Set("agency", agency)
			q.Set("place", place)
			q.Set("indicator", indicator)
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var e aggregate.Explanation
				if err := cl.Get(ctx, "/requests/"+url.PathEscape(args[0])+"/explain", q, &e); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(e)
				}
				write, err := figuresOf(ctx, cl, args[0])
				if err != nil {
					return err
				}
				return p.showExplanation(&e, write)
			})
		},
	}
	c.Flags().StringVarP(&agency, "agency", "a", "", "agency (default: all)")
	c.Flags().StringVarP(&place, "place", "p", "", "place (default: all)")
	c.Flags().StringVarP(&indicator, "indicator", "i", "", "indicator")
	window.declare(c)
	c.Flags().StringVar(&asOf, "as-of", "", "the figure as it was known then")
	c.Flags().BoolVar(&official, "official", false, "approved submissions only")
	return c
}

func (p *program) showExplanation(e *aggregate.Explanation, write figureWriter) error {
	p.say("%s = %s: %s. Đã nghe %d/%d đơn vị.%s", e.Indicator, write.words(e.Indicator, e.Value, e.Mark), e.How.VI, e.Heard, e.Asked, provisionalWords(e.Provisional))
	w := table(p.out)
	heads := []string{"ĐƠN VỊ", "ĐỊA BÀN", "BẢN", "TỆP", "TRANG", "Ô", "TRONG TỆP GHI", "GIÁ TRỊ"}
	if e.Over != nil {
		heads = append([]string{"KỲ"}, heads...)
	}
	fmt.Fprintln(w, strings.Join(heads, "\t"))
	for _, s := range e.Sources {
		value := ""
		if s.Value != nil {
			value = write.words(s.Indicator, s.Value, s.Mark)
			if s.Share != nil {
				value += " × " + *s.Share
			}
		}
		if e.Over != nil {
			fmt.Fprintf(w, "%s\t", s.Period)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", s.Agency, s.Place, s.Version, fileWords(s.File), s.Sheet, s.Cell, oneLine(s.Text), value)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	p.sayOver(e.Over)
	p.sayMapped(e.Mapped)
	for i := range e.Sources {
		p.sayAdjustments(&e.Sources[i], write)
	}
	return nil
}

// sayAdjustments says who set a figure by hand, to what, when and why.
func (p *program) sayAdjustments(s *aggregate.SourceFigure, write figureWriter) {
	for _, a := range s.Adjustments {
		was := "không có số liệu"
		if a.Old != nil {
			was = write.words(s.Indicator, a.Old, report.MarkNone)
		}
		p.say("Điều chỉnh %s %s %s: %s → %s; %s, %s. Lý do: %s", s.Agency, s.Place, s.Indicator,
			was, write.words(s.Indicator, &a.New, report.MarkNone), actorWords(a.Actor), clock(a.At), oneLine(a.Reason))
	}
}

// fileWords names a file; a form that came as JSON has no name.
func fileWords(name string) string { return cmp.Or(name, "biểu JSON") }
