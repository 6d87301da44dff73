package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/jet"
	"tonghop/internal/portal"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// app is the program wired up: the store, the live ledger with its figures, the
// desk, and whatever roles were started on them. Parts end when one of them
// fails or the app is closed.
type app struct {
	store *jet.Store
	books *report.Books
	view  *aggregate.View
	desk  *ingest.Desk
	now   func() time.Time
	log   zerolog.Logger

	wrong atomic.Pointer[error] // what an audit found wrong with journal or figures; nil: nothing

	parts       *errgroup.Group
	ctx         context.Context // of the parts
	cancel      context.CancelFunc
	stopReading func() // ends the following of the journal; nil before it began
}

// closeTimeout is how long closing the store may take.
const closeTimeout = 20 * time.Second

// openApp opens the store and reads the journal to its end. now is the clock of
// everything that is decided.
func openApp(ctx context.Context, c config, log zerolog.Logger, now func() time.Time) (*app, error) {
	store, err := jet.Open(ctx, c.store(log))
	if err != nil && len(c.NATS) > 0 {
		return nil, fmt.Errorf("cụm NATS %s: %w", jet.Addresses(c.NATS), err)
	}
	if err != nil {
		return nil, err
	}
	a := &app{store: store, now: now, log: log}
	// The parts outlive the signal that ends ctx: whoever opened the app closes
	// it, in order.
	var base context.Context
	base, a.cancel = context.WithCancel(context.WithoutCancel(ctx))
	a.parts, a.ctx = errgroup.WithContext(base)
	a.books = &report.Books{Journal: store.Journal()}
	a.view = &aggregate.View{Books: a.books}
	a.desk = &ingest.Desk{Books: a.books, Journal: store.Journal(), Files: store.Files(), Now: now, MaxBody: c.MaxUpload << 20}
	return a, nil
}

// store is the configuration of the store.
func (c config) store(log zerolog.Logger) jet.Config {
	s := jet.Config{
		MaxStore: c.MaxStore << 20, Replicas: c.Replicas, URLs: c.NATS,
		Creds: c.NATSCreds, NKey: c.NATSNKey, CA: c.NATSCA,
		Log: func(format string, args ...any) { log.Warn().Msgf(format, args...) },
	}
	if len(c.NATS) == 0 {
		s.Dir = c.Data
	}
	return s
}

// follow begins to follow the journal and waits until what it holds is read.
func (a *app) follow(ctx context.Context) error {
	a.view.Attach()
	a.read()
	caught, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(a.ctx, func() { cancel(context.Cause(a.ctx)) })
	defer stop()
	if err := a.books.CaughtUp(caught); err != nil {
		return fmt.Errorf("read the journal: %w", context.Cause(caught))
	}
	return nil
}

// read begins to follow the journal. The reading outlives the parts: what they
// have under way waits until the books hold it.
func (a *app) read() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(a.ctx))
	var failed error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		failed = a.books.Run(ctx)
	}()
	a.stopReading = func() { cancel(); <-ended }
	a.start("books", func(ctx context.Context) error {
		select {
		case <-ended:
			return failed
		case <-ctx.Done():
			return nil
		}
	})
}

// start runs a part until the app is closed. A part that ends before that has
// failed, and ends the others.
func (a *app) start(name string, run func(context.Context) error) {
	a.parts.Go(func() error {
		err := run(a.ctx)
		switch {
		case a.ctx.Err() != nil:
			return nil
		case err == nil:
			err = errors.New("ended by itself")
		}
		return fmt.Errorf("%s: %w", name, err)
	})
}

// wait waits until ctx ends or a part fails; close tells the failure.
func (a *app) wait(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-a.ctx.Done():
	}
}

// close ends the parts, then the reading of the journal, then the store. It gives
// err, which is how the work with the app ended, and what else went wrong.
func (a *app) close(err error) error {
	a.cancel()
	if failed := a.parts.Wait(); !errors.Is(err, failed) {
		err = errors.Join(err, failed)
	}
	if a.stopReading != nil {
		a.stopReading()
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	return errors.Join(err, a.store.Close(ctx))
}

// portal is the app's HTTP side.
func (a *app) portal() *portal.Portal {
	return &portal.Portal{
		Desk: a.desk, Books: a.books, View: a.view, Journal: a.store.Journal(), Files: a.store.Files(),
		Inbox: a.store.Inbox(), Snapshots: a.store.Snapshots(), Ready: a.ready, Log: a.log, Version: thisVersion().Version,
	}
}

// worker is the app's ingest role.
func (a *app) worker(parallel int) *ingest.Worker {
	return &ingest.Worker{Inbox: a.store.Inbox(), Desk: a.desk, Parallel: parallel, Log: a.log}
}

// withClient runs do with a client: of the server that was named, or of the
// whole program opened on the data folder for as long as do takes. The folder
// must be there.
func (p *program) withClient(ctx context.Context, do func(context.Context, *client.Client) error) error {
	c := p.config
	if _, err := os.Stat(c.Data); c.Server == "" && len(c.NATS) == 0 && errors.Is(err, fs.ErrNotExist) {
		return surroundingsError{fmt.Errorf("chưa có thư mục dữ liệu %s: chỉ đúng thư mục bằng --data, hỏi máy chủ đang chạy bằng --server, hoặc bắt đầu bằng tonghop apply", c.Data)}
	}
	return p.withNewClient(ctx, do)
}

// withNewClient is withClient for commands that may be the first on a data
// folder: it is made when it is not there.
func (p *program) withNewClient(ctx context.Context, do func(context.Context, *client.Client) error) (err error) {
	if p.config.Server != "" {
		return do(ctx, client.New(p.config.Server, p.config.Token))
	}
	a, err := openApp(ctx, p.config, p.config.log(p.err, zerolog.WarnLevel), time.Now)
	if err != nil {
		return err
	}
	defer func() { err = a.close(err) }()
	if err := a.follow(ctx); err != nil {
		return err
	}
	a.start("ingest", a.worker(0).Run)
	local := a.portal()
	local.Trusted = true // the person at the machine itself
	return do(ctx, client.Local(local.Handler()))
}
