package main

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"tonghop/aggregate"
	"tonghop/internal/jet"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

func (p *program) audit() *cobra.Command {
	var link string
	c := &cobra.Command{
		Use:   "audit",
		Short: "Đối chiếu nhật ký, tệp, bản chụp và số liệu (prove that all that is kept agrees)",
		Long: `audit reads everything that is kept again: every event with its hash, the chain by which the journal vouches for its
events, every file of a receipt or an export, the snapshot, and the figures of every request folded anew. It says where the
first of each is wrong; exit code 1 then. Where all agrees the chain is lengthened to the newest event, and its last link is
shown: written down elsewhere, --link proves later that nothing before it was changed. A journal that the disk has damaged is
read as far as it goes.`,
		Example: "  tonghop audit --data ./tonghop-data\n  tonghop audit --link 5f0c…",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			a, err := p.audited(c.Context(), strings.TrimSpace(link))
			if err != nil {
				return err
			}
			return p.showAudit(a, link)
		},
	}
	c.Flags().StringVar(&link, "link", "", "link of the chain that was written down: it must be there still")
	return c
}

func (p *program) audited(ctx context.Context, link string) (*aggregate.Audited, error) {
	var a aggregate.Audited
	err := p.withClient(ctx, func(ctx context.Context, cl *client.Client) error {
		path := "/audit"
		if link != "" {
			path += "?" + url.Values{"link": {link}}.Encode()
		}
		return cl.Post(ctx, path, nil, &a)
	})
	if errors.Is(err, report.ErrGap) { // nothing can be counted from it, but it can be said what is left
		return p.auditDamaged(ctx)
	}
	return &a, err
}

// auditDamaged audits a store whose journal cannot be read to its end.
func (p *program) auditDamaged(ctx context.Context) (_ *aggregate.Audited, err error) {
	store, err := jet.Open(ctx, p.config.store(p.config.log(p.err, zerolog.ErrorLevel)))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close(context.WithoutCancel(ctx))) }()
	a := aggregate.Auditor{Journal: store.Journal(), Files: store.Files(), Snapshots: store.Snapshots()}
	return a.Audit(ctx)
}

func (p *program) showAudit(a *aggregate.Audited, link string) error {
	if p.json {
		if err := p.printJSON(a); err != nil {
			return err
		}
	} else {
		p.sayAudit(a, link)
	}
	if !a.Agrees {
		return errors.New("những gì đang giữ không khớp với nhau (what is kept does not agree)")
	}
	return nil
}

func (p *program) sayAudit(a *aggregate.Audited, link string) {
	p.sayJournal(a, link)
	for _, f := range a.Missing {
		p.say("Tệp %.12s… mà sự kiện %d (%s) nói đến có lỗi: %s", f.SHA256, f.Seq, eventKinds[f.Kind], f.Fault)
	}
	upTo := ""
	if !a.Whole {
		upTo = " của phần đọc được"
	}
	if len(a.Missing) == 0 {
		p.say("Tệp%s: %d biên nhận và bản xuất, tệp nào cũng còn và đúng mã SHA-256.", upTo, a.Files)
	}
	switch {
	case a.Snapped != "":
		p.say("Bản chụp có lỗi: %s", a.Snapped)
	case a.Snapshot > 0:
		p.say("Bản chụp%s đến sự kiện %d: đúng.", upTo, min(a.Snapshot, a.Last))
	}
	if !a.Whole {
		p.say("Số liệu: chưa so, vì nhật ký chưa đọc được hết.")
		return
	}
	for _, code := range a.Differs {
		p.say("Số liệu của %s khác với khi cộng lại từ đầu.", code)
	}
	for _, code := range a.Skipped {
		p.say("Số liệu của %s: chưa so được, vì chưa đủ biểu mẫu hoặc đang có sự kiện mới.", code)
	}
	if len(a.Differs) == 0 {
		p.say("Số liệu: %d yêu cầu được so, cộng lại từ đầu đều khớp.", a.Requests)
	}
}

func (p *program) sayJournal(a *aggregate.Audited, link string) {
	switch {
	case a.Broken != nil:
		p.say("Nhật ký khác với chuỗi niêm phong: sau sự kiện %d, đến sự kiện %d, có sự kiện bị sửa, mất, thêm hoặc đổi chỗ (niêm phong lúc %s).",
			a.Broken.After, a.Broken.Upto, a.Broken.Said.Local().Format(time.DateTime))
	case !a.Whole:
		p.say("Nhật ký hỏng, chỉ đọc được đến sự kiện %d: %s", a.Last, a.Journal)
	case link != "" && a.Linked == 0:
		p.say("Nhật ký không phải là nhật ký của mắt xích %s, hoặc đã bị sửa trước đó.", link)
	default:
		p.say("Nhật ký: %d sự kiện, liền mạch.", a.Events)
	}
	if a.Linked > 0 {
		p.say("Mắt xích đã chép có trong chuỗi: đến sự kiện %d không có gì bị sửa.", a.Linked)
	}
	if a.Sealed != nil {
		p.say("Niêm phong đến sự kiện %d, mắt xích %s", a.Sealed.Seq, a.Sealed.Chain)
	}
}
