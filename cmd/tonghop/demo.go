package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"tonghop/examples"
	"tonghop/internal/portal/api"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

const demoLong = `demo plays a story from nothing to the finished workbook: the letter of March 2021 by which the labour department of
Hải Dương asked nine agencies how they had kept Social Work Day. There is a correction, a late report, a nil one, one
refused with several findings, one explained, one adjusted, one missing. Every step goes the way it would in an office;
only the clock is that of the story, so every run gives the same workbook, byte for byte.

It leaves in its folder: the forms (bieu/), what the agencies sent (nop/), the results (ket-qua/) and the journal
(nhat-ky/), which the other commands can be tried on: tonghop status ngay-ctxh-2021 --data tonghop-demo/nhat-ky`

func (p *program) demo() *cobra.Command {
	var dir, listen string
	var keep bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Xem từ đầu đến cuối trên số liệu mẫu (the whole way, on example papers)",
		Long:  demoLong,
		Example: `  tonghop demo
  tonghop demo --dir /tmp/thu --serve`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.runDemo(c.Context(), dir, keep, listen)
		},
	}
	c.Flags().StringVar(&dir, "dir", "tonghop-demo", "folder for everything it leaves; made anew at each run")
	c.Flags().BoolVar(&keep, "serve", false, "keep running afterwards, with the pages and the API")
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "with --serve: address of the pages")
	return c
}

// The folders a demonstration leaves.
const (
	demoForms   = "bieu"
	demoSent    = "nop"
	demoResults = "ket-qua"
	demoJournal = "nhat-ky"
	demoMark    = ".tonghop-demo" // says that the folder is a demonstration's and may be made anew
)

// demonstration is a story being played.
type demonstration struct {
	*program
	app     *app
	story   *examples.Story
	dir     string
	moment  *atomic.Pointer[time.Time] // the story's clock; nil once it is over
	results []string                   // files written
}

func (p *program) runDemo(ctx context.Context, dir string, keep bool, listen string) (err error) {
	story, err := examples.Scenario()
	if err != nil {
		return err
	}
	if err := freshDemo(dir); err != nil {
		return err
	}
	d := &demonstration{program: p, story: story, dir: dir, moment: &atomic.Pointer[time.Time]{}}
	c := p.config
	c.Data, c.NATS = filepath.Join(dir, demoJournal), nil
	if d.app, err = openApp(ctx, c, c.log(p.err, zerolog.WarnLevel), d.now); err != nil {
		return err
	}
	defer func() { err = d.app.close(err) }()
	if err := d.app.follow(ctx); err != nil {
		return err
	}
	d.app.start("ingest", d.app.worker(1).Run)
	if err := d.play(ctx); err != nil {
		return err
	}
	if !keep {
		p.hint("Xem tiếp: tonghop status %s --data %s", story.Request, c.Data)
		return nil
	}
	return d.serve(ctx, listen)
}

// freshDemo makes the folder anew. Only a folder that a demonstration made is
// emptied; any other that is not empty is left alone and refused.
func freshDemo(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	mark := filepath.Join(dir, demoMark)
	if len(entries) > 0 {
		if _, err := os.Stat(mark); err != nil {
			return inputError{fmt.Errorf("thư mục %s đã có thứ khác; chọn thư mục khác bằng --dir", dir)}
		}
	}
	for _, name := range []string{demoForms, demoSent, demoResults, demoJournal} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
		if name != demoJournal {
			if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(mark, []byte("Thư mục này do \"tonghop demo\" tạo; mỗi lần chạy lại sẽ làm mới.\n"), 0o644)
}

// now is the story's clock while it is told, and the machine's afterwards.
func (d *demonstration) now() time.Time {
	if t := d.moment.Load(); t != nil {
		return *t
	}
	return time.Now()
}

// play tells the story and writes what it leaves.
func (d *demonstration) play(ctx context.Context) error {
	d.tell("%s", d.story.Title.VI)
	for i := range d.story.Steps {
		step := &d.story.Steps[i]
		at := step.At()
		d.moment.Store(&at)
		if err := d.act(ctx, step); err != nil {
			return fmt.Errorf("step %d of the story, %s: %w", i+1, step.Do, err)
		}
		d.tell("%s  %s", at.Format("02/01 15:04"), step.Tell.VI)
	}
	d.moment.Store(nil)
	return d.leave(ctx)
}

// tell writes a line of the story, unless a machine is listening.
func (d *demonstration) tell(format string, args ...any) {
	if !d.json {
		d.say(format, args...)
	}
}

// coordinator is who reviews in the story.
var coordinator = report.Actor{Role: report.RoleCoordinator, ID: "demo", Name: "Phòng Bảo trợ xã hội"}

// leave writes the results and says where they are.
func (d *demonstration) leave(ctx context.Context) error {
	local := d.app.portal()
	local.Trusted = true
	cl := client.Local(local.Handler())
	status, err := cl.Status(ctx, d.story.Request)
	if err != nil {
		return err
	}
	if err := d.leaveForms(ctx, cl, status); err != nil {
		return err
	}
	if err := d.leaveUnsent(); err != nil {
		return err
	}
	if err := d.leaveResults(ctx, cl); err != nil {
		return err
	}
	if d.json {
		return d.printJSON(struct {
			Dir    string      `json:"dir"`
			Files  []string    `json:"files"`
			Status *api.Status `json:"status"`
		}{d.dir, d.results, status})
	}
	d.say("Kết quả: %d/%d đơn vị đã báo cáo; còn thiếu: %s. %s", status.Heard, status.Asked, orNone(status.Missing), d.story.Ending.VI)
	for _, f := range d.results {
		d.say("  %s", f)
	}
	return nil
}

func (d *demonstration) leaveForms(ctx context.Context, cl *client.Client, status *api.Status) error {
	for _, a := range status.Agencies {
		form, err := cl.Export(ctx, d.story.Request, "template.xlsx", map[string][]string{"agency": {a.Agency}})
		if err != nil {
			return err
		}
		name := filepath.Join(d.dir, demoForms, a.Agency+".xlsx")
		if err := writeAtomic(name, form.Body); err != nil {
			return err
		}
	}
	return nil
}

// leaveUnsent puts the files that nobody sent beside the others, for the
// onlooker to send.
func (d *demonstration) leaveUnsent() error {
	for _, name := range d.story.Leave {
		b, err := fs.ReadFile(examples.FS, path.Join(d.story.Folder, name))
		if err != nil {
			return err
		}
		if err := writeAtomic(filepath.Join(d.dir, demoSent, path.Base(name)), b); err != nil {
			return err
		}
	}
	return nil
}

func (d *demonstration) leaveResults(ctx context.Context, cl *client.Client) error {
	for _, result := range []struct {
		file  string
		query map[string][]string
		name  string // "": the proposed one
	}{
		{file: "summary.xlsx"},
		{file: "rollup.csv", query: map[string][]string{"by": {"agency"}}, name: "theo-don-vi.csv"},
		{file: "rollup.csv", query: map[string][]string{"by": {"place"}}, name: "theo-dia-ban.csv"},
		{file: "rollup.csv", query: map[string][]string{"by": {"agency,place"}}, name: "don-vi-x-dia-ban.csv"},
	} {
		answer, err := cl.Export(ctx, d.story.Request, result.file, result.query)
		if err != nil {
			return err
		}
		name := result.name
		if name == "" {
			name = filepath.Base(answer.Name)
		}
		path := filepath.Join(d.dir, demoResults, name)
		if err := writeAtomic(path, answer.Body); err != nil {
			return err
		}
		d.results = append(d.results, path)
	}
	return nil
}

// serve keeps the program running on what the story left, with the machine's
// clock.
func (d *demonstration) serve(ctx context.Context, listen string) error {
	if err := d.listen(d.app, serveFlags{listen: listen}); err != nil {
		return err
	}
	d.app.wait(ctx)
	return nil
}
