package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
)

func (p *program) status() *cobra.Command {
	return &cobra.Command{
		Use:   "status [REQUEST]",
		Short: "Ai đã nộp, ai chưa (who has reported)",
		Long:  `status lists the requests, or shows for one of them who has reported, when, and who is missing.`,
		Example: `  tonghop status
  tonghop status ngay-ctxh-2021 --json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				if len(args) == 0 {
					list, err := cl.Requests(ctx)
					if err != nil {
						return err
					}
					return p.showRequests(list)
				}
				s, err := cl.Status(ctx, args[0])
				if err != nil {
					return err
				}
				return p.showStatus(s)
			})
		},
	}
}

func (p *program) showRequests(list *api.Requests) error {
	if p.json {
		return p.printJSON(list)
	}
	if len(list.Requests) == 0 {
		p.say("Chưa có yêu cầu báo cáo nào. Bắt đầu: tonghop apply FILE…")
		return nil
	}
	w := table(p.out)
	fmt.Fprintln(w, "YÊU CẦU\tĐÃ BÁO CÁO\tHẠN\tTÊN")
	for _, r := range list.Requests {
		closed := ""
		if r.Closed {
			closed = " (đã khoá)"
		}
		fmt.Fprintf(w, "%s\t%d/%d\t%s\t%s%s\n", r.Request, r.Heard, r.Asked, r.Due.Wording, r.Title.VI, closed)
	}
	return w.Flush()
}

func (p *program) showStatus(s *api.Status) error {
	if p.json {
		return p.printJSON(s)
	}
	state := ""
	if s.Closed {
		state = ", đã khoá"
	}
	p.say("%s (%s)", s.Title.VI, s.Request)
	p.say("Hạn: %s. Đã báo cáo %d/%d đơn vị%s.%s", s.Due.Wording, s.Heard, s.Asked, state, provisionalWords(s.Provisional))
	w := table(p.out)
	fmt.Fprintln(w, "ĐƠN VỊ\tTÌNH TRẠNG\tBẢN\tNHẬN LÚC\tHẠN\tTỆP")
	for _, a := range s.Agencies {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Name, stateOf(a), number(a.Version), received(a), timely(a), fileOf(a))
	}
	return w.Flush()
}

func stateOf(a api.AgencyState) string {
	words := agencyStates[a.State]
	if a.Nil {
		words += ", không phát sinh"
	}
	if a.Findings > 0 {
		words += fmt.Sprintf(", %d lỗi phải sửa", a.Findings)
	}
	return words
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func received(a api.AgencyState) string {
	if a.ReceivedAt == nil {
		return ""
	}
	return clock(*a.ReceivedAt)
}

// fileOf names what was handed in; nothing where nothing was.
func fileOf(a api.AgencyState) string {
	if a.ReceivedAt == nil {
		return ""
	}
	return fileWords(a.File)
}

func timely(a api.AgencyState) string {
	words := timelinessWords[a.Timeliness]
	if a.DaysLate > 0 {
		words += fmt.Sprintf(" %d ngày", a.DaysLate)
	}
	return words
}
