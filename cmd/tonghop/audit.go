package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/internal/portal/client"
)

func (p *program) audit() *cobra.Command {
	return &cobra.Command{
		Use:   "audit",
		Short: "Đối chiếu nhật ký, tệp, bản chụp và số liệu (prove that all that is kept agrees)",
		Long: `audit reads everything that is kept again: every event with its hash, the chain by which the journal vouches for its
events, every file of a receipt, the snapshot, and the figures of every request folded anew. It says where the first of each
is wrong; exit code 1 then. Where all agrees the chain is lengthened to the newest event, and its last link is shown: written
down elsewhere it proves later that nothing before it was changed.`,
		Example: "  tonghop audit --data ./tonghop-data",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withClient(c.Context(), func(ctx context.Context, cl *client.Client) error {
				var a aggregate.Audited
				if err := cl.Post(ctx, "/audit", nil, &a); err != nil {
					return err
				}
				return p.showAudit(&a)
			})
		},
	}
}

func (p *program) showAudit(a *aggregate.Audited) error {
	if p.json {
		if err := p.printJSON(a); err != nil {
			return err
		}
	} else {
		p.sayAudit(a)
	}
	if !a.Agrees {
		return errors.New("what is kept does not agree")
	}
	return nil
}

func (p *program) sayAudit(a *aggregate.Audited) {
	if a.Journal != "" {
		p.say("Nhật ký có lỗi: %s", a.Journal)
	} else {
		p.say("Nhật ký: %d sự kiện, liền mạch; mắt xích cuối %s.", a.Events, a.Chain)
	}
	if a.Sealed != nil {
		p.say("Đã niêm phong đến sự kiện %d trước lần đối chiếu này.", a.Sealed.Seq)
	}
	for _, f := range a.Missing {
		p.say("Tệp của biên nhận ở sự kiện %d có lỗi: %s", f.Seq, f.Fault)
	}
	if len(a.Missing) == 0 {
		p.say("Tệp: %d biên nhận, tệp nào cũng còn và đúng mã SHA-256.", a.Files)
	}
	switch {
	case a.Snapped != "":
		p.say("Bản chụp có lỗi: %s", a.Snapped)
	case a.Snapshot > 0:
		p.say("Bản chụp đến sự kiện %d: đúng.", a.Snapshot)
	}
	for _, code := range a.Differs {
		p.say("Số liệu của %s khác với khi cộng lại từ đầu.", code)
	}
	if len(a.Differs) == 0 {
		p.say("Số liệu: %d yêu cầu, cộng lại từ đầu đều khớp.", a.Requests)
	}
}
