package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"tonghop/internal/jet"
	"tonghop/report"
)

func (p *program) merge() *cobra.Command {
	return &cobra.Command{
		Use:   "merge FOLDER…",
		Short: "Nhập nhật ký của thư mục dữ liệu khác vào (take over the journal of another data folder)",
		Long: `merge takes over what another data folder holds and this one does not: every event, with the files of receipts and
exports. A department that worked alone on a laptop brings its work home so. The figures are then those of one journal that
had everything from the beginning, whatever is taken over first; taking over again changes nothing. Access tokens and seals
stay where they are. A definition or a register that stands on both sides with one version and two contents is refused before
anything is written. Returns that were worked on on both sides are named: look at them. What the other folder
holds is not changed. No server may be running on either of them.`,
		Example: "  tonghop merge /media/usb/tonghop-data --data ./tonghop-data",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if p.config.Server != "" || len(p.config.NATS) > 0 {
				return inputError{errors.New("merge làm việc trên thư mục dữ liệu (--data), không qua máy chủ hay cụm")}
			}
			for i, folder := range append([]string{p.config.Data}, args...) {
				if !jet.Holds(folder) {
					return inputError{fmt.Errorf("%s không phải là thư mục dữ liệu của tonghop", folder)}
				}
				if i > 0 && sameFolder(folder, p.config.Data) {
					return inputError{fmt.Errorf("%s chính là --data", folder)}
				}
			}
			return p.takeOver(c.Context(), args)
		},
	}
}

func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func (p *program) takeOver(ctx context.Context, folders []string) (err error) {
	log := p.config.log(p.err, zerolog.WarnLevel)
	own, err := jet.Open(ctx, p.config.store(log))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, own.Close(context.WithoutCancel(ctx))) }()
	for _, folder := range folders {
		taken, err := p.takeOverOne(ctx, own, folder, log)
		switch {
		case errors.Is(err, report.ErrContent):
			return inputError{fmt.Errorf("thư mục %s: hai nội dung khác nhau dưới cùng một mã và phiên bản, chưa nhập gì; sửa phiên bản ở một bên trước: %w", folder, err)}
		case err != nil:
			return fmt.Errorf("thư mục %s: %w", folder, err)
		case p.json:
			err = p.printJSON(taken)
		default:
			p.sayTaken(folder, taken)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *program) sayTaken(folder string, t report.Taken) {
	p.say("%s: nhập %d sự kiện, %d tệp; %d sự kiện đã có sẵn.", folder, t.Events, t.Files, t.Known)
	if t.Left > 0 {
		p.say("Để lại %d sự kiện chỉ có nghĩa ở nơi đó: niêm phong và mã truy cập.", t.Left)
	}
	for _, key := range t.Both {
		p.say("Cả hai bên đều làm việc với báo cáo %s của %s: xem lại bản nào có hiệu lực (tonghop status %s).", key.Name, key.Agency, key.Name)
	}
	if len(t.Missing) > 0 {
		p.say("%d sự kiện nói đến tệp mà cả hai bên đều không còn: %s", len(t.Missing), strings.Join(t.Missing, ", "))
	}
}

func (p *program) takeOverOne(ctx context.Context, own *jet.Store, folder string, log zerolog.Logger) (taken report.Taken, err error) {
	c := p.config
	c.Data = folder
	other, err := jet.Open(ctx, c.store(log))
	if err != nil {
		return taken, err
	}
	defer func() { err = errors.Join(err, other.Close(context.WithoutCancel(ctx))) }()
	return report.TakeOver(ctx, own.Journal(), other.Journal(), own.Files(), other.Files())
}
