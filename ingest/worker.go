package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"tonghop/report"
	"tonghop/report/fault"
)

// Worker takes uploads from the inbox, reads them, and writes their outcomes.
// Any number of workers may run on one inbox, in one process or in many.
type Worker struct {
	Inbox    report.Inbox
	Desk     *Desk
	Read     func(Upload, Env) report.Checked // nil: [Read]
	Parallel int                              // uploads read at a time; 0: one for each processor
	Log      zerolog.Logger
}

const (
	maxTries  = 5                // deliveries of a job before it is given up
	heartbeat = 5 * time.Second  // well below a third of the inbox's patience
	retryStep = 2 * time.Second  // wait before the second try; doubles
	retryMax  = 30 * time.Second // longest wait
)

// workerActor is who writes outcomes.
var workerActor = report.Actor{Role: report.RoleSystem, ID: "ingest", Name: "tonghop"}

// Run works until ctx ends. It returns nil then, and an error when the inbox
// fails.
func (w *Worker) Run(ctx context.Context) error {
	parallel := w.Parallel
	if parallel <= 0 {
		parallel = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for range parallel {
		wg.Go(func() {
			if err := w.loop(ctx); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("ingest: %w", err)
	}
	return nil
}

func (w *Worker) loop(ctx context.Context) error {
	for {
		job, err := w.Inbox.Next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("next upload: %w", err)
		}
		w.work(ctx, job)
	}
}

// work brings one job to its end: done, tried again, or given up. Nothing that
// happens to one upload stops the others.
func (w *Worker) work(ctx context.Context, job *report.Job) {
	received, ok := job.Body.(*report.Received)
	if !ok {
		w.bury(job, fmt.Sprintf("event %s is no upload", job.ID))
		return
	}
	log := w.Log.With().Str("request", job.Key.Name).Str("agency", job.Key.Agency).Str("upload", received.Upload).Int("try", job.Try).Logger()
	err := w.settle(ctx, job, received)
	switch {
	case err == nil:
		if err := job.Done(); err != nil {
			log.Warn().Err(err).Msg("outcome is written; the inbox will hand the upload out again")
		}
	case ctx.Err() != nil: // stopping: the inbox hands it out again
	case job.Try < maxTries:
		log.Warn().Err(err).Msg("upload not settled, will be tried again")
		wait := min(retryStep<<(job.Try-1), retryMax)
		if err := job.Retry(wait); err != nil {
			log.Warn().Err(err).Msg("could not say so to the inbox")
		}
	default:
		log.Error().Err(err).Msg("upload given up")
		w.setAside(ctx, job, received, err)
	}
}

// settle makes sure that the upload has its outcome in the journal, and its
// submission where that was asked for (law 1: only then does it leave the
// inbox).
func (w *Worker) settle(ctx context.Context, job *report.Job, received *report.Received) error {
	stop := beat(job.Heartbeat)
	defer stop()
	if err := w.Desk.Books.Reached(ctx, job.Seq); err != nil {
		return err
	}
	var checked *report.Checked
	env, known, err := w.look(job.Key, received.Upload)
	if err != nil {
		return err
	}
	if !known {
		body, err := w.Desk.Files.Get(ctx, received.SHA256)
		if err != nil {
			return fmt.Errorf("fetch %s: %w", received.SHA256, err)
		}
		read := w.Read
		if read == nil {
			read = Read
		}
		c := read(Upload{ID: received.Upload, Name: received.Name, Media: received.Media, Via: received.Via, Body: body}, env)
		checked = &c
	}
	return w.record(ctx, job, received.Upload, checked)
}

// look finds what an upload is read by, and whether it has an outcome already.
func (w *Worker) look(key report.Key, upload string) (env Env, known bool, err error) {
	w.Desk.Books.Read(func(l *report.Ledger) {
		book := l.Request(key.Name)
		if book == nil { // its opening stands in a journal that was not merged yet
			err = fmt.Errorf("upload %s: request %s is not open here", upload, key.Name)
			return
		}
		if a := book.Returns[key.Agency].Attempt(upload); a != nil {
			known = a.Checked != nil
		}
		env = Env{
			Request:    book.Request,
			Definition: l.Definition(book.Request.Definition, book.Request.Version),
			Register:   l.Register(book.Request.Register, book.Request.Registered),
			Agency:     key.Agency,
		}
	})
	return env, known, err
}

// record writes the outcome, unless another worker wrote one, and the
// submission, where it was asked for and nothing stands against it.
func (w *Worker) record(ctx context.Context, job *report.Job, upload string, checked *report.Checked) error {
	_, err := w.Desk.decide(ctx, job.Key, workerActor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		book := l.Request(job.Key.Name)
		if book == nil {
			return nil, fmt.Errorf("upload %s: request %s is not open here", upload, job.Key.Name)
		}
		ret := book.Returns[job.Key.Agency]
		attempt := ret.Attempt(upload) // it holds the job's own event
		outcome := attempt.Checked
		var bodies []report.Body
		if outcome == nil {
			outcome = checked
			bodies = []report.Body{checked}
		}
		if attempt.Submit && book.Request.Asks(job.Key.Agency) && !book.IsClosed(now) && submitsItself(attempt, outcome, job.At) {
			// The submission goes first: it takes effect with its outcome, so
			// nobody sees the upload waiting to be submitted in between.
			bodies = slices.Insert(bodies, 0, report.Body(&report.Submitted{Version: ret.NextVersion(), Upload: upload}))
		}
		return bodies, nil
	})
	return err
}

// submitsItself reports whether the outcome needs no person before it is
// submitted. An upload that was submitted after it was asked for is not
// submitted again: the inbox may hand a job out twice.
func submitsItself(a *report.Attempt, outcome *report.Checked, asked time.Time) bool {
	if outcome.Outcome != report.Ready || explained(outcome.Draft.Findings, nil) != nil {
		return false
	}
	return a.Submission == nil || a.State == report.StateWithdrawn && a.Submission.At.Before(asked)
}

// setAside gives an upload up: its agency is told so by a refusal (law 3), and
// the operator by the dead letters.
func (w *Worker) setAside(ctx context.Context, job *report.Job, received *report.Received, cause error) {
	refusal := &report.Checked{
		Upload: received.Upload, Outcome: report.Refused,
		Draft: report.Draft{Findings: fault.List{fault.New(fault.FileSetAside, fault.A("attempts", strconv.Itoa(job.Try)))}},
	}
	if err := w.record(ctx, job, received.Upload, refusal); err != nil {
		w.Log.Error().Err(err).Str("upload", received.Upload).Msg("could not write the refusal of an upload given up")
	}
	w.bury(job, cause.Error())
}

func (w *Worker) bury(job *report.Job, reason string) {
	if err := job.Bury(reason); err != nil {
		w.Log.Error().Err(err).Uint64("event", job.Seq).Msg("could not bury a job")
	}
}

// beat tells the inbox that work goes on until stop is called.
func beat(tell func()) (stop func()) {
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(heartbeat)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				tell()
			case <-done:
				return
			}
		}
	}()
	return func() { close(done) }
}
