package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/internal/portal/client"
)

func (p *program) explain() *cobra.Command {
	var agency, place, indicator, asOf string
	var official bool
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
			f := rollupFlags{asOf: asOf, official: official}
			q, err := f.query()
			if err != nil {
				return err
			}
			q.Del("by")
			q.Set("agency", agency)
			q.Set("place", place)
			q.Set("indicator", indicator)
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var raw json.RawMessage
				if err := cl.Get(ctx, "/requests/"+url.PathEscape(args[0])+"/explain", q, &raw); err != nil {
					return err
				}
				return p.showExplanation(raw)
			})
		},
	}
	c.Flags().StringVarP(&agency, "agency", "a", "", "agency (default: all)")
	c.Flags().StringVarP(&place, "place", "p", "", "place (default: all)")
	c.Flags().StringVarP(&indicator, "indicator", "i", "", "indicator")
	c.Flags().StringVar(&asOf, "as-of", "", "the figure as it was known then")
	c.Flags().BoolVar(&official, "official", false, "approved submissions only")
	return c
}

func (p *program) showExplanation(raw json.RawMessage) error {
	if p.json {
		return p.printJSON(raw)
	}
	var e aggregate.Explanation
	if err := json.Unmarshal(raw, &e); err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	p.say("%s = %s: %s. Đã nghe %d/%d đơn vị.", e.Indicator, valueWords(e.Value, e.Mark), e.How.VI, e.Heard, e.Asked)
	w := table(p.out)
	fmt.Fprintln(w, "ĐƠN VỊ\tĐỊA BÀN\tBẢN\tTỆP\tTRANG\tÔ\tTRONG TỆP GHI\tGIÁ TRỊ")
	for _, s := range e.Sources {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", s.Agency, s.Place, s.Version, s.File, s.Sheet, s.Cell, oneLine(s.Text), oneLine(deref(s.Value)))
	}
	return w.Flush()
}
