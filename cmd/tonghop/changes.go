package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) changes() *cobra.Command {
	var since, until, out string
	var official bool
	c := &cobra.Command{
		Use:   "changes REQUEST",
		Short: "Số liệu nào đã thay đổi, do ai, vì sao (what changed, by whom and why)",
		Long: `changes compares two moments of a request: every figure that differs, what it was and what it is, and the deeds that
led from the one to the other. Without --since it begins at the newest official summary: what was signed. With -o it
writes a correction notice (đính chính).`,
		Example: `  tonghop changes ngay-ctxh-2021 --since 2021-03-30
  tonghop changes ngay-ctxh-2021 -o dinh-chinh.xlsx`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			q := url.Values{}
			for name, text := range map[string]string{"since": since, "until": until} {
				if text == "" {
					continue
				}
				t, err := parseMoment(text)
				if err != nil {
					return err
				}
				q.Set(name, t.UTC().Format(time.RFC3339Nano))
			}
			if official {
				q.Set("official", "true")
			}
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				if out != "" {
					answer, err := cl.Export(ctx, args[0], "changes.xlsx", q)
					if err != nil {
						return err
					}
					return p.writeFile(out, answer)
				}
				var ch report.Changes
				if err := cl.Get(ctx, "/requests/"+url.PathEscape(args[0])+"/changes", q, &ch); err != nil {
					return err
				}
				if p.json {
					return p.printJSON(&ch)
				}
				write, err := figuresOf(ctx, cl, args[0])
				if err != nil {
					return err
				}
				return p.showChanges(&ch, write)
			})
		},
	}
	c.Flags().StringVar(&since, "since", "", "from this moment on (default: the newest official summary)")
	c.Flags().StringVar(&until, "until", "", "to this moment (default: now)")
	c.Flags().BoolVar(&official, "official", false, "approved submissions only")
	c.Flags().StringVarP(&out, "output", "o", "", `write a correction notice to this xlsx file; "-" for standard output`)
	return c
}

// showChanges lists the figures that differ, each with its deeds.
func (p *program) showChanges(ch *report.Changes, write figureWriter) error {
	w := table(p.out)
	fmt.Fprintln(w, "ĐƠN VỊ\tĐỊA BÀN\tCHỈ TIÊU\tTRƯỚC\tSAU\tDO")
	for _, list := range [][]report.Changed{ch.Totals, ch.Cells} {
		for i := range list {
			c := &list[i]
			var deeds []string
			for _, s := range c.Steps {
				for _, d := range s.Deeds {
					deeds = append(deeds, "["+fmt.Sprint(d+1)+"]")
				}
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", cmp.Or(deref(c.Agency), "tất cả"), deref(c.Place), c.Indicator,
				write.words(c.Indicator, c.Old, c.OldMark), write.words(c.Indicator, c.New, c.NewMark), strings.Join(deeds, " "))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for i := range ch.Deeds {
		d := &ch.Deeds[i]
		what := strings.TrimSpace(d.Agency + " " + oneLine(d.Words().VI))
		p.say("[%d] %s, %s: %s", i+1, clock(d.At), actorWords(d.Actor), what)
	}
	p.say("Từ %s đến %s: %d số tổng hợp và %d số liệu của đơn vị thay đổi.", clock(ch.From), clock(ch.To), len(ch.Totals), len(ch.Cells))
	return nil
}
