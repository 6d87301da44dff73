package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/report"
	"tonghop/report/codec"
)

// What the stores of a bad year answer.
var (
	errNotWritten = fmt.Errorf("connection lost before anything was written: %w", report.ErrUnavailable)
	errNoAnswer   = fmt.Errorf("connection lost before the answer came: %w", report.ErrUnavailable)
	errNotRead    = errors.New("bad sector")
)

// office is one process: a desk, a worker and figures over stores that it shares
// with other processes, and reaches over a bad line.
type office struct {
	year  *Year
	skew  time.Duration // its clock against the true one
	books *report.Books
	view  *aggregate.View
	desk  *ingest.Desk
	line  *line
	end   func() // the power goes
}

// open starts a process. It begins from a snapshot when there is one.
func (y *Year) open(snapshots report.Snapshots) (*office, error) {
	o := &office{year: y, line: &line{Journal: y.journal, year: y}}
	o.books = &report.Books{Journal: o.line}
	o.view = &aggregate.View{Books: o.books}
	o.desk = &ingest.Desk{Books: o.books, Journal: o.line, Files: &lossyFiles{y.files, y}, Now: func() time.Time { return y.now.Add(o.skew) }}
	if snapshots != nil {
		if seq, err := aggregate.Restore(context.Background(), snapshots, o.books); err != nil || seq == 0 {
			return nil, fmt.Errorf("begin from a snapshot, at event %d: %w", seq, err)
		}
	}
	o.view.Attach()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = o.books.Run(ctx) }) // ends with ctx; what it missed shows in the figures
	o.end = func() { cancel(); running.Wait() }
	return o, o.catchUp()
}

// catchUp waits until the process knows what the journal holds.
func (o *office) catchUp() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	o.line.hold(false)
	last, err := o.year.journal.Last(ctx)
	if err != nil {
		return err
	}
	return o.books.Reached(ctx, last)
}

// work gives a worker of the process one job, and ends it afterwards.
func (o *office) work(job *report.Job) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in := oneJob{jobs: make(chan *report.Job, 1)}
	in.jobs <- in.watched(job, cancel)
	w := &ingest.Worker{Inbox: in, Desk: o.desk, Parallel: 1, Log: zerolog.Nop(), After: o.later}
	return w.Run(ctx)
}

// later is a wait that takes as long as the process needs to learn what was
// written meanwhile, its own words without an answer among it.
func (o *office) later(time.Duration) <-chan time.Time {
	c := make(chan time.Time, 1)
	if o.catchUp() == nil {
		c <- time.Time{}
	}
	return c
}

// oneJob is an inbox with a single job in it.
type oneJob struct{ jobs chan *report.Job }

// watched is the job, with over called once the worker has said what became of
// it.
func (oneJob) watched(job *report.Job, over func()) *report.Job {
	watched := *job
	watched.Done = func() error { defer over(); return job.Done() }
	watched.Retry = func(after time.Duration) error { defer over(); return job.Retry(after) }
	watched.Bury = func(why string) error { defer over(); return job.Bury(why) }
	return &watched
}

// Next implements report.Inbox.
func (in oneJob) Next(ctx context.Context) (*report.Job, error) {
	select {
	case job := <-in.jobs:
		return job, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Buried implements report.Inbox.
func (oneJob) Buried(context.Context) ([]report.Buried, error) { return nil, nil }

// line is how a process reaches the journal. It loses requests and answers, and
// what comes from the other end can be held back for a while.
type line struct {
	report.Journal
	year *Year

	mu   sync.Mutex
	held chan struct{} // closed to let go; nil while nothing is held
}

// hold keeps new events from the process, or lets them through.
func (l *line) hold(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case on && l.held == nil:
		l.held = make(chan struct{})
	case !on && l.held != nil:
		close(l.held)
		l.held = nil
	}
}

// Append implements report.Journal, badly. Whoever writes is let through to read
// what others wrote before.
func (l *line) Append(ctx context.Context, key report.Key, expect uint64, events ...*report.Event) (uint64, error) {
	defer l.hold(false)
	if l.year.luckless(12) {
		return 0, errNotWritten
	}
	seq, err := l.Journal.Append(ctx, key, expect, events...)
	switch {
	case errors.Is(err, report.ErrStale):
		l.year.Stale++
	case err == nil && l.year.luckless(12):
		l.year.Unanswered++
		return 0, errNoAnswer
	}
	return seq, err
}

// Follow implements report.Journal. Events come as their bytes do: nothing is
// shared between two processes.
func (l *line) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	return l.Journal.Follow(ctx, from, func(r report.Recorded) error {
		l.mu.Lock()
		held := l.held
		l.mu.Unlock()
		if held != nil {
			select {
			case <-held:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		own := *r.Event // sealing writes into it
		b, err := codec.Encode(&own)
		if err != nil {
			return err
		}
		e, err := codec.Decode(b)
		if err != nil {
			return err
		}
		return fn(report.Recorded{Seq: r.Seq, Event: e})
	}, caughtUp)
}

// lossyFiles are files that sometimes cannot be kept, or were kept without an
// answer, and sometimes cannot be read.
type lossyFiles struct {
	report.Files
	year *Year
}

// Put implements report.Files.
func (f *lossyFiles) Put(ctx context.Context, b []byte) (string, error) {
	if f.year.luckless(15) {
		return "", errNotWritten
	}
	sha, err := f.Files.Put(ctx, b)
	if err == nil && f.year.luckless(15) {
		return "", errNoAnswer
	}
	return sha, err
}

// Get implements report.Files.
func (f *lossyFiles) Get(ctx context.Context, sha string) ([]byte, error) {
	if f.year.luckless(6) {
		return nil, errNotRead
	}
	return f.Files.Get(ctx, sha)
}

// errand is an upload on its way to an outcome.
type errand struct {
	report.Recorded
	tries int
}

// collect opens an errand for every upload that came since.
func (y *Year) collect() {
	for _, r := range y.record()[y.collected:] {
		y.collected++
		if r.Body.Kind() == report.KindReceived {
			y.errands = append(y.errands, &errand{Recorded: r})
		}
	}
}

// worker hands some upload to a worker of some process. It may die before it
// begins, and it may die, or not be heard, when all is done: then the upload is
// handed out again. The last try of all is not disturbed: nobody could say what
// became of the upload.
func (y *Year) worker() error {
	if y.collect(); len(y.errands) == 0 {
		return nil
	}
	e := y.errands[y.rng.IntN(len(y.errands))]
	e.tries++
	last := e.tries >= 5
	if !last && y.luckless(8) {
		y.Deaths++
		return nil
	}
	done := func() { y.errands = slices.DeleteFunc(y.errands, func(x *errand) bool { return x == e }) }
	return y.offices[y.rng.IntN(len(y.offices))].work(&report.Job{
		Recorded: e.Recorded, Try: e.tries, Heartbeat: func() {},
		Done: func() error {
			if !last && y.luckless(6) {
				y.Deaths++
				return errNoAnswer
			}
			done()
			return nil
		},
		Retry: func(time.Duration) error { return nil },
		Bury:  func(string) error { done(); y.Buried++; return nil },
	})
}
