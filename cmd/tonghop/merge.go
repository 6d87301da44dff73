package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"tonghop/internal/jet"
	"tonghop/report"
)

func (p *program) merge() *cobra.Command {
	return &cobra.Command{
		Use:   "merge FOLDER…",
		Short: "Nhập nhật ký của thư mục dữ liệu khác vào (take over the journal of another data folder)",
		Long: `merge takes over what another data folder holds and this one does not: every event, with the files of its receipts.
A department that worked alone on a laptop brings its work home so. The figures are then those of one journal that had
everything from the beginning, whatever is taken over first; taking over again changes nothing. The other folder is not
changed. No server may be running on either of them.`,
		Example: "  tonghop merge /media/usb/tonghop-data --data ./tonghop-data",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if p.config.Server != "" {
				return inputError{errors.New("merge làm việc trên thư mục dữ liệu (--data) hoặc cụm (--nats), không qua máy chủ")}
			}
			for _, folder := range args {
				if _, err := os.Stat(folder); err != nil {
					return inputError{fmt.Errorf("thư mục %s: %w", folder, err)}
				}
			}
			return p.takeOver(c.Context(), args)
		},
	}
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
		if err != nil {
			return fmt.Errorf("thư mục %s: %w", folder, err)
		}
		if p.json {
			if err := p.printJSON(taken); err != nil {
				return err
			}
			continue
		}
		p.say("%s: nhập %d sự kiện, %d tệp; %d sự kiện đã có sẵn.", folder, taken.Events, taken.Files, taken.Known)
	}
	return nil
}

func (p *program) takeOverOne(ctx context.Context, own *jet.Store, folder string, log zerolog.Logger) (taken report.Taken, err error) {
	c := p.config
	c.Data, c.NATS = folder, nil
	other, err := jet.Open(ctx, c.store(log))
	if err != nil {
		return taken, err
	}
	defer func() { err = errors.Join(err, other.Close(context.WithoutCancel(ctx))) }()
	return report.TakeOver(ctx, own.Journal(), other.Journal(), own.Files(), other.Files())
}
