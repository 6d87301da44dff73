package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"tonghop/report"
)

// Worker writes workbooks nobody asked for at the moment: when a schedule is due,
// and when a request is closed. Any number of workers may run; each workbook is
// entered into the journal once.
type Worker struct {
	Schedules report.Schedules // nil: none
	Books     *report.Books
	Journal   report.Journal
	Files     report.Files

	// Summarize gives the figures of a request. It must know at least the events
	// that Books knows, or the workbook of a close would not know of the close.
	Summarize func(ctx context.Context, request string, official bool) (*report.Summary, error)

	Now   func() time.Time
	Retry time.Duration // wait before what failed is tried again; 0: five seconds
	Log   zerolog.Logger
}

// Trigger is why a workbook was written.
type Trigger string

// The triggers.
const (
	OnDemand   Trigger = "demand"
	OnSchedule Trigger = "schedule"
	OnClose    Trigger = "close"
)

const (
	defaultRetry = 5 * time.Second
	maxTries     = 5 // of one fire; after them it is left to be handed out again
)

// exportActor is who writes workbooks.
var exportActor = report.Actor{Role: report.RoleSystem, ID: "export", Name: "tonghop"}

// Run works until ctx ends. It returns nil then, and an error when schedules or
// journal fail for good.
func (w *Worker) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for _, loop := range []func(context.Context) error{w.followSchedules, w.followCloses} {
		wg.Go(func() {
			if err := loop(ctx); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// Make writes the workbook of a request as it is now, keeps it among the files
// and enters it into the journal, unless the very same one was entered for the
// same trigger before. It gives the entry.
func (w *Worker) Make(ctx context.Context, o Order, trigger Trigger) (*report.Exported, error) {
	summary, err := w.Summarize(ctx, o.Request, o.Official)
	if err != nil {
		return nil, fmt.Errorf("export of %s: %w", o.Request, err)
	}
	book, err := Workbook(summary)
	if err != nil {
		return nil, err
	}
	sha, err := w.Files.Put(ctx, book)
	if err != nil {
		return nil, fmt.Errorf("export of %s: keep the file: %w", o.Request, err)
	}
	return w.enter(ctx, o.Request, &report.Exported{
		SHA256: sha, Name: FileName(summary), State: summary.State,
		Provisional: summary.Provisional, Trigger: string(trigger),
	})
}

// enter appends the export to the request's own events. They are decided one
// after the other, so of two workers that made the same workbook the second finds
// the entry of the first. The returns of agencies have other keys and are not
// held up.
func (w *Worker) enter(ctx context.Context, request string, made *report.Exported) (*report.Exported, error) {
	key := report.RequestKey(request)
	for {
		events, last, err := w.Journal.Load(ctx, key)
		if err != nil {
			return nil, fmt.Errorf("export of %s: %w", request, err)
		}
		if old := entered(events, made); old != nil {
			return old, nil
		}
		event := &report.Event{Key: key, At: w.now(), Actor: exportActor, Body: made}
		_, err = w.Journal.Append(ctx, key, last, event)
		if err == nil {
			w.Log.Info().Str("request", request).Str("file", made.Name).Str("sha256", made.SHA256).Str("trigger", made.Trigger).Msg("workbook written")
			return made, nil
		}
		if !errors.Is(err, report.ErrStale) {
			return nil, fmt.Errorf("export of %s: %w", request, err)
		}
	}
}

// entered finds the entry of a workbook among the events of its request: of the
// very same one, or for a close of whichever was written for that close.
func entered(events []report.Recorded, made *report.Exported) *report.Exported {
	if made.Trigger == string(OnClose) {
		if old := closingEntry(events); old != nil {
			return old
		}
	}
	for _, e := range events {
		if old, ok := e.Body.(*report.Exported); ok && old.SHA256 == made.SHA256 && old.State == made.State && old.Trigger == made.Trigger {
			return old
		}
	}
	return nil
}

// closingEntry finds the workbook of the last close among the events of a
// request. It goes by their order in the journal and not by their times, which
// are of several clocks.
func closingEntry(events []report.Recorded) (entry *report.Exported) {
	for _, e := range events {
		switch b := e.Body.(type) {
		case *report.Closed:
			entry = nil
		case *report.Exported:
			if b.Trigger == string(OnClose) {
				entry = b
			}
		}
	}
	return entry
}

// now gives the moment in the form in which events keep it.
func (w *Worker) now() time.Time { return w.Now().UTC().Truncate(time.Millisecond) }

// followSchedules writes a workbook for each fire.
func (w *Worker) followSchedules(ctx context.Context) error {
	if w.Schedules == nil {
		return nil
	}
	if err := w.Books.CaughtUp(ctx); err != nil {
		return err
	}
	for {
		fire, err := w.Schedules.Next(ctx)
		if err != nil {
			return fmt.Errorf("next schedule: %w", err)
		}
		w.fire(ctx, fire)
	}
}

// fire brings one fire to its end. One that cannot be understood will not be
// better the next time, and is let go with a word in the log; one that failed
// otherwise is left to be handed out again.
func (w *Worker) fire(ctx context.Context, f *report.Fire) {
	log := w.Log.With().Str("schedule", f.Name).Time("due", f.Due).Logger()
	order, err := orderOf(f.Body)
	if err != nil {
		log.Error().Err(err).Msg("schedule is not understood")
	} else if err = w.insist(ctx, order, OnSchedule); err != nil {
		log.Error().Err(err).Msg("scheduled workbook not written")
		if !w.isHopeless(order) {
			return
		}
	}
	if err := f.Done(); err != nil {
		log.Warn().Err(err).Msg("workbook is written; the schedule will be handed out again")
	}
}

// insist tries a few times, with pauses that double.
func (w *Worker) insist(ctx context.Context, o Order, trigger Trigger) error {
	wait := w.retry()
	for try := 1; ; try++ {
		_, err := w.Make(ctx, o, trigger)
		if err == nil || try == maxTries || ctx.Err() != nil || w.isHopeless(o) {
			return err
		}
		pause(ctx, wait)
		wait *= 2
	}
}

// isHopeless tells whether the request is not known here, which no second try
// changes.
func (w *Worker) isHopeless(o Order) bool {
	known := false
	w.Books.Read(func(l *report.Ledger) { known = l.Request(o.Request) != nil })
	return !known
}

func (w *Worker) retry() time.Duration { return cmp.Or(w.Retry, defaultRetry) }

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// followCloses writes the closing workbook of each request that is closed,
// whether it was closed just now or while no worker was running.
func (w *Worker) followCloses(ctx context.Context) error {
	if err := w.Books.CaughtUp(ctx); err != nil {
		return err
	}
	done := map[string]time.Time{} // by request: the close whose workbook is written
	for ctx.Err() == nil {
		seq := w.Books.Seq()
		wait, cancel := ctx, context.CancelFunc(func() {})
		if !w.settle(ctx, done) {
			wait, cancel = context.WithTimeout(ctx, w.retry())
		}
		err := w.Books.Reached(wait, seq+1)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
	return nil
}

// settle writes what is not written yet. False means that something failed and is
// to be tried again.
func (w *Worker) settle(ctx context.Context, done map[string]time.Time) bool {
	all := true
	for _, c := range w.closed() {
		if done[c.request].Equal(c.since) {
			continue
		}
		if err := w.close(ctx, c.request); err != nil {
			w.Log.Error().Err(err).Str("request", c.request).Msg("closing workbook not written, will be tried again")
			all = false
			continue
		}
		done[c.request] = c.since
	}
	return all
}

// close writes the closing workbook of a request, unless the journal has it: a
// worker that starts has all closes of the years before it.
func (w *Worker) close(ctx context.Context, request string) error {
	events, _, err := w.Journal.Load(ctx, report.RequestKey(request))
	if err != nil {
		return fmt.Errorf("export of %s: %w", request, err)
	}
	if closingEntry(events) != nil {
		return nil
	}
	_, err = w.Make(ctx, Order{Request: request, Official: true}, OnClose)
	return err
}

// closing is a request that is closed, and since when.
type closing struct {
	request string
	since   time.Time
}

// closed gives the requests that are closed now, by code.
func (w *Worker) closed() []closing {
	var out []closing
	w.Books.Read(func(l *report.Ledger) {
		for _, code := range l.RequestCodes() {
			spans := l.Requests[code].Closed
			if n := len(spans); n > 0 && spans[n-1].To.IsZero() {
				out = append(out, closing{code, spans[n-1].From})
			}
		}
	})
	return out
}
