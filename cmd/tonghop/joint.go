package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) joint() *cobra.Command {
	var asOf string
	var official bool
	c := &cobra.Command{
		Use:   "joint REQUEST",
		Short: "Hai đơn vị nào báo cùng những con số (which agencies report the same figures of one place)",
		Long: `joint looks for one event that two agencies may both have counted: among indicators that may count twice (repeats), figures
that are the very same at one place, with as many digits in common as hardly happens by chance, and what the two have in common
beside them. Nothing is changed: whether it is one event is for people to say.`,
		Example: `  tonghop joint ngay-ctxh-2021`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			q := url.Values{}
			if asOf != "" {
				t, err := parseMoment(asOf)
				if err != nil {
					return err
				}
				q.Set("asOf", t.UTC().Format(time.RFC3339Nano))
			}
			if official {
				q.Set("official", "true")
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var r aggregate.JointReport
				if err := cl.Get(ctx, "/requests/"+url.PathEscape(args[0])+"/joint", q, &r); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(r)
				}
				write, err := figuresOf(ctx, cl, args[0])
				if err != nil {
					return err
				}
				return p.showJoint(&r, write)
			})
		},
	}
	c.Flags().StringVar(&asOf, "as-of", "", "as it was known then")
	c.Flags().BoolVar(&official, "official", false, "approved submissions only")
	return c
}

// showJoint lists the pairs with their cells side by side.
func (p *program) showJoint(r *aggregate.JointReport, write figureWriter) error {
	w := table(p.out)
	fmt.Fprintln(w, "ĐỊA BÀN\tCHỈ TIÊU\tGIÁ TRỊ\tĐƠN VỊ\tÔ\tĐƠN VỊ\tÔ")
	for _, j := range r.Joint {
		for i := range j.Figures {
			f := &j.Figures[i]
			fmt.Fprintf(w, "%s\t%s\t%s", j.Place, f.Indicator, write.words(f.Indicator, &f.Value, report.MarkNone))
			for _, s := range f.Sides {
				fmt.Fprintf(w, "\t%s\t%s", s.Agency, strings.TrimSpace(fileWords(s.File)+" "+s.Sheet+" "+s.Cell))
			}
			fmt.Fprintln(w)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	p.say("%d chỗ hai đơn vị báo cùng những con số; có thể là một việc được tính hai lần.%s", len(r.Joint), provisionalWords(r.Provisional))
	return nil
}
