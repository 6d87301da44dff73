package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
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

	turns chan struct{} // a token for each upload that is read now; nil: no bound
	forms Forms

	// After is what the worker waits by while the journal is away; nil:
	// [time.After].
	After func(time.Duration) <-chan time.Time
}

const (
	// maxReads is on how many deliveries an upload is read: one fewer than an
	// inbox makes, so that there is one left to say that it was given up, also
	// when every worker that read it died of it.
	maxReads = 4
	// ahead is how many uploads are under way for each one that is read: most of
	// an upload's time is waiting for the disk, and outcomes that come together
	// share one sync of it.
	ahead     = 48
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
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w.turns = make(chan struct{}, 2*parallel) // while one is read, the bytes of the next are fetched
	loops := parallel * ahead
	ends := make(chan error, loops)
	for range loops {
		go func() { ends <- w.loop(ctx) }()
	}
	var failed error
	for range loops {
		if err := <-ends; err != nil && failed == nil {
			failed = fmt.Errorf("ingest: %w", err)
			cancel()
		}
	}
	return failed
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
	stop := beat(job.Heartbeat, heartbeat)
	defer stop()
	log := w.Log.With().Str("request", job.Key.Name).Str("agency", job.Key.Agency).Str("upload", received.Upload).Int("try", job.Try).Logger()
	err := errDied
	if job.Try <= maxReads {
		err = w.patiently(ctx, log, func() error { return w.settle(ctx, job, received) })
	}
	switch {
	case err == nil:
		if err := job.Done(); err != nil {
			log.Warn().Err(err).Msg("outcome is written; the inbox will hand the upload out again")
		}
	case ctx.Err() != nil: // stopping: the inbox hands it out again
	case job.Try < maxReads:
		log.Warn().Err(err).Msg("upload not settled, will be tried again")
		if err := job.Retry(pauseBefore(job.Try)); err != nil {
			log.Warn().Err(err).Msg("could not say so to the inbox")
		}
	default:
		log.Error().Err(err).Msg("upload given up")
		w.setAside(ctx, log, job, received, err)
	}
}

// errDied is why an upload is given up that was handed out too often already.
var errDied = errors.New("the workers that read it before came to no end")

// pauseBefore is how long to wait after the nth failure.
func pauseBefore(n int) time.Duration { return min(retryStep<<min(n-1, 8), retryMax) }

// patiently does something again and again while the stores are away, however
// long that is: it is not the upload's fault, and giving it up could not be
// written down either.
func (w *Worker) patiently(ctx context.Context, log zerolog.Logger, do func() error) error {
	after := w.After
	if after == nil {
		after = time.After
	}
	for n := 1; ; n++ {
		err := do()
		if !errors.Is(err, report.ErrUnavailable) {
			return err
		}
		log.Warn().Err(err).Msg("waiting for the journal")
		select {
		case <-after(pauseBefore(n)):
		case <-ctx.Done():
			return err
		}
	}
}

// settle makes sure that the upload has its outcome in the journal, and its
// submission where that was asked for (law 1: only then does it leave the
// inbox). A panic on the way is an error like any other (law 3).
func (w *Worker) settle(ctx context.Context, job *report.Job, received *report.Received) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if err := w.Desk.Books.Reached(ctx, job.Seq); err != nil {
		return err
	}
	for range maxReads {
		env, known, err := w.look(job, received.Upload)
		if err != nil {
			return err
		}
		var checked *report.Checked
		if !known {
			if checked, err = w.read(ctx, received, env); err != nil {
				return err
			}
		}
		if err = w.record(ctx, job, received.Upload, checked, env.Answers); !errors.Is(err, errAnswered) {
			return err
		}
	}
	return errAnswered
}

// errAnswered: a question of an upload was answered while it was read. An outcome
// that does not know of it would be later than the answer, and nobody would read
// the upload again.
var errAnswered = errors.New("a question was answered while the upload was read")

// overheard reports whether an outcome was made without an answer that is known by
// now, or with one that is known no more.
func overheard(l *report.Ledger, definition, agency string, questions []report.Question, used report.Answers) bool {
	if len(questions) == 0 {
		return false
	}
	now := l.Answers(definition, agency)
	return slices.ContainsFunc(questions, func(q report.Question) bool { return now[q.Key].ID != used[q.Key].ID })
}

// read reads an upload when its turn has come: only those that are read hold
// their bytes in memory.
func (w *Worker) read(ctx context.Context, received *report.Received, env Env) (*report.Checked, error) {
	if w.turns != nil {
		select {
		case w.turns <- struct{}{}:
			defer func() { <-w.turns }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	body, err := w.Desk.Files.Get(ctx, received.SHA256)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", received.SHA256, err)
	}
	read := w.Read
	if read == nil {
		read = Read
	}
	c := read(Upload{ID: received.Upload, Name: received.Name, Media: received.Media, Via: received.Via, Body: body}, env)
	return &c, nil
}

// look finds what an upload is read by, and whether it has an outcome already.
func (w *Worker) look(job *report.Job, upload string) (env Env, known bool, err error) {
	w.Desk.Books.Read(func(l *report.Ledger) {
		book, attempt, e := attemptOf(l, job, upload)
		if e != nil {
			err = e
			return
		}
		known = !unread(l, book, job, attempt)
		env = EnvOf(l, book, job.Key.Agency)
		env.Forms = &w.forms
	})
	return env, known, err
}

// attemptOf finds what a job is about. It fails while the opening of the request
// stands in a journal that was not merged into this one yet.
func attemptOf(l *report.Ledger, job *report.Job, upload string) (*report.RequestBook, *report.Attempt, error) {
	if book := l.Request(job.Key.Name); book != nil {
		if a := book.Returns()[job.Key.Agency].Attempt(upload); a != nil {
			return book, a, nil
		}
	}
	return nil, nil, fmt.Errorf("upload %s of %s: request %s is not open here", upload, job.Key.Agency, job.Key.Name)
}

// unread reports whether an upload that came to be read still has to be: it has no
// outcome, or one from before that does not hold.
func unread(l *report.Ledger, book *report.RequestBook, job *report.Job, a *report.Attempt) bool {
	return a.Checked == nil || readAgain(l, book, job.Key.Agency, a) && a.CheckedAt.Before(job.At)
}

// record writes the outcome, unless another worker wrote one, and the
// submission, where it was asked for and nothing stands against it.
// It fails with errAnswered where a question of the outcome was answered since it was
// begun, used being the answers that it was made with.
func (w *Worker) record(ctx context.Context, job *report.Job, upload string, checked *report.Checked, used report.Answers) error {
	_, err := w.Desk.decide(ctx, job.Key, workerActor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		book, attempt, err := attemptOf(l, job, upload)
		if err != nil {
			return nil, err
		}
		outcome := attempt.Checked
		var bodies []report.Body
		if unread(l, book, job, attempt) && checked != nil {
			if overheard(l, book.Request.Definition, job.Key.Agency, checked.Draft.Questions, used) {
				return nil, errAnswered
			}
			outcome = checked
			bodies = []report.Body{checked}
		}
		ret := book.Returns()[job.Key.Agency]
		if attempt.Submit && book.Request.Asks(job.Key.Agency) && !book.IsClosed(now) &&
			submitsItself(attempt, outcome, job.At) && !overtaken(ret, upload, job.At) {
			// The submission goes first: it takes effect with its outcome, so
			// nobody sees the upload waiting to be submitted in between.
			bodies = slices.Insert(bodies, 0, report.Body(&report.Submitted{Version: ret.NextVersion(), Upload: upload, Explanations: outcome.Draft.Explanations()}))
		}
		return bodies, nil
	})
	return err
}

// submitsItself reports whether the outcome needs no person before it is
// submitted. An upload that was submitted after it was asked for is not
// submitted again: the inbox may hand a job out twice.
func submitsItself(a *report.Attempt, outcome *report.Checked, asked time.Time) bool {
	if outcome == nil || outcome.Outcome != report.Ready || explained(outcome.Draft.Findings, outcome.Draft.Explanations()) != nil {
		return false
	}
	if a.Submission == nil {
		return true
	}
	again := a.State == report.StateWithdrawn || a.State == report.StateHeld
	return again && a.Submission.At.Before(asked)
}

// overtaken reports whether the agency has submitted something that it sent
// later: uploads are read side by side, and one that takes long, or is tried
// again, must not replace its own correction.
func overtaken(ret *report.Return, upload string, asked time.Time) bool {
	return slices.ContainsFunc(ret.Submissions, func(s *report.Submission) bool {
		return s.Upload != upload && s.AskedAt.After(asked)
	})
}

// setAside gives an upload up: its agency is told so by a refusal (law 3), and
// the operator by the dead letters.
func (w *Worker) setAside(ctx context.Context, log zerolog.Logger, job *report.Job, received *report.Received, cause error) {
	refusal := &report.Checked{
		Upload: received.Upload, Outcome: report.Refused,
		Draft: report.Draft{Findings: fault.List{fault.New(fault.FileSetAside, fault.A("attempts", strconv.Itoa(min(job.Try, maxReads))))}},
	}
	err := w.patiently(ctx, log, func() error { return w.record(ctx, job, received.Upload, refusal, nil) })
	switch {
	case err != nil && ctx.Err() != nil:
		return // stopping: the inbox hands it out again
	case err != nil:
		log.Error().Err(err).Msg("could not write the refusal of an upload given up")
	}
	w.bury(job, cause.Error())
}

func (w *Worker) bury(job *report.Job, reason string) {
	if err := job.Bury(reason); err != nil {
		w.Log.Error().Err(err).Uint64("event", job.Seq).Msg("could not bury a job")
	}
}

// beat tells the inbox that work goes on until stop is called.
func beat(tell func(), every time.Duration) (stop func()) {
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(every)
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
