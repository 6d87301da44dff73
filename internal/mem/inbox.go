package mem

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"tonghop/report"
)

// Inbox is a report.Inbox over a [Journal] in memory.
type Inbox struct {
	Journal  *Journal
	Patience time.Duration    // how long a job may go without a heartbeat; 0: 30 s
	MaxTries int              // deliveries before a job is buried; 0: 5
	Now      func() time.Time // the clock; nil: time.Now

	mu     sync.Mutex
	read   uint64             // journal read up to here
	open   map[uint64]*errand // jobs without an outcome, by sequence
	buried []report.Buried
	moved  chan struct{} // closed and replaced when a job may have become due
}

// errand is a job on its way to an outcome.
type errand struct {
	report.Recorded
	tries int
	due   time.Time // may be handed out from then on: the end of a worker's patience or of a delay
}

var _ report.Inbox = (*Inbox)(nil)

func (in *Inbox) now() time.Time {
	if in.Now != nil {
		return in.Now()
	}
	return time.Now()
}

// Next implements report.Inbox. Jobs that are due come in the order of the
// journal.
func (in *Inbox) Next(ctx context.Context) (*report.Job, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		job, wait, moved, more := in.take()
		if job != nil {
			return job, nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-moved:
		case <-more:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// take hands out the first job that is due. Without one it says how long to wait
// at most, and gives the channels that end the waiting early.
func (in *Inbox) take() (job *report.Job, wait time.Duration, moved, more <-chan struct{}) {
	in.mu.Lock()
	defer in.mu.Unlock()
	more = in.refill()
	if in.moved == nil {
		in.moved = make(chan struct{})
	}
	now, wait := in.now(), time.Hour
	for _, e := range in.inOrder() {
		left := e.due.Sub(now)
		switch {
		case left > 0:
			wait = min(wait, left)
		case e.tries >= cmp.Or(in.MaxTries, 5):
			in.bury(e, "no outcome after the last try")
		default:
			e.tries++
			e.due = now.Add(in.patience())
			return in.job(e), 0, nil, nil
		}
	}
	return nil, wait, in.moved, more
}

// refill opens a job for every upload that the journal has and the inbox has not
// seen.
func (in *Inbox) refill() <-chan struct{} {
	fresh, more := in.Journal.since(in.read)
	for _, r := range fresh {
		in.read = r.Seq
		if r.Body.Kind() == report.KindReceived {
			if in.open == nil {
				in.open = make(map[uint64]*errand)
			}
			in.open[r.Seq] = &errand{Recorded: r}
		}
	}
	return more
}

func (in *Inbox) inOrder() []*errand {
	out := make([]*errand, 0, len(in.open))
	for _, e := range in.open {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *errand) int { return cmp.Compare(a.Seq, b.Seq) })
	return out
}

func (in *Inbox) patience() time.Duration { return cmp.Or(in.Patience, 30*time.Second) }

// bury moves a job to the dead letters. The caller holds the lock.
func (in *Inbox) bury(e *errand, reason string) {
	if in.open[e.Seq] == nil {
		return
	}
	delete(in.open, e.Seq)
	in.buried = append(in.buried, report.Buried{Recorded: e.Recorded, Tries: e.tries, Reason: reason, At: in.now()})
}

func (in *Inbox) job(e *errand) *report.Job {
	change := func(f func()) error {
		in.mu.Lock()
		defer in.mu.Unlock()
		f()
		if in.moved != nil {
			close(in.moved)
			in.moved = nil
		}
		return nil
	}
	delay := func(d time.Duration) { e.due = in.now().Add(d) }
	return &report.Job{
		Recorded:  e.Recorded,
		Try:       e.tries,
		Heartbeat: func() { _ = change(func() { delay(in.patience()) }) },
		Done:      func() error { return change(func() { delete(in.open, e.Seq) }) },
		Retry:     func(after time.Duration) error { return change(func() { delay(after) }) },
		Bury:      func(reason string) error { return change(func() { in.bury(e, reason) }) },
	}
}

// Buried implements report.Inbox.
func (in *Inbox) Buried(ctx context.Context) ([]report.Buried, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.refill()
	for _, e := range in.inOrder() {
		if e.tries >= cmp.Or(in.MaxTries, 5) && e.due.Sub(in.now()) <= 0 {
			in.bury(e, "no outcome after the last try")
		}
	}
	return slices.Clone(in.buried), nil
}
