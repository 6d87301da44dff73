package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
)

func (p *program) log() *cobra.Command {
	var request, agency string
	var from uint64
	var limit int
	c := &cobra.Command{
		Use:   "log",
		Short: "Nhật ký: việc gì, ai, lúc nào (the journal)",
		Long: `log shows the events of the journal, oldest first: what happened, who did it, when. With --json, one event a
line, with its content (the number of facts stands for the facts).`,
		Example: `  tonghop log
  tonghop log -r ngay-ctxh-2021 -a syt --json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				return p.showLog(ctx, cl, url.Values{"request": {request}, "agency": {agency}}, from, limit)
			})
		},
	}
	c.Flags().StringVarP(&request, "request", "r", "", "only this request's")
	c.Flags().StringVarP(&agency, "agency", "a", "", "only this agency's")
	c.Flags().Uint64Var(&from, "from", 1, "sequence to begin at")
	c.Flags().IntVar(&limit, "limit", 0, "at most so many events (0: all)")
	return c
}

func (p *program) showLog(ctx context.Context, cl *client.Client, query url.Values, from uint64, limit int) error {
	shown := 0
	for from = max(from, 1); from > 0; {
		query.Set("from", strconv.FormatUint(from, 10))
		var page api.Log
		if err := cl.Get(ctx, "/log", query, &page); err != nil {
			return err
		}
		for _, e := range page.Events {
			if limit > 0 && shown == limit {
				return nil
			}
			shown++
			if err := p.showEvent(e); err != nil {
				return err
			}
		}
		from = page.Next
	}
	return nil
}

func (p *program) showEvent(e api.Event) error {
	if p.json {
		enc := json.NewEncoder(p.out)
		enc.SetEscapeHTML(false)
		return enc.Encode(e)
	}
	what := e.Key.Name
	if e.Key.Agency != "" {
		what += "/" + e.Key.Agency
	}
	_, err := fmt.Fprintf(p.out, "%6d  %s  %-13s %-30s %s\n", e.Seq, clock(e.At), kindWords(e.Kind), what, actorWords(e.Actor))
	return err
}

func (p *program) replay() *cobra.Command {
	return &cobra.Command{
		Use:   "replay",
		Short: "Cộng lại từ đầu và so với số đang dùng (fold the journal anew and compare)",
		Long: `replay reads the whole journal from its first event, folds it anew, and compares every request's figures with
those in use. Exit code 1 when they differ.`,
		Example: "  tonghop replay --data ./tonghop-data",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var r api.Replayed
				if err := cl.Post(ctx, "/replay", nil, &r); err != nil {
					return err
				}
				return p.showReplay(r)
			})
		},
	}
}

func (p *program) showReplay(r api.Replayed) error {
	if p.json {
		if err := p.printJSON(r); err != nil {
			return err
		}
	} else {
		p.say("Đã đọc lại %d sự kiện trong %d ms.", r.Events, r.Millis)
		if r.Agrees {
			p.say("Mọi số liệu đều khớp (%d yêu cầu).", len(r.Requests))
		}
	}
	if !r.Agrees {
		return fmt.Errorf("figures differ after a replay: %v", r.Differs)
	}
	return nil
}
