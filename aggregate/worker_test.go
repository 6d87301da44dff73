package aggregate

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/decimal"
)

// journalOf appends events to a journal in memory, in their order.
func journalOf(t *testing.T, events []*report.Event) *mem.Journal {
	t.Helper()
	j := &mem.Journal{}
	last := map[report.Key]uint64{}
	for _, e := range events {
		seq, err := j.Append(t.Context(), e.Key, last[e.Key], e)
		if err != nil {
			t.Fatal(err)
		}
		last[e.Key] = seq
	}
	return j
}

// following gives a view that follows a journal and has caught up with it.
func following(t *testing.T, j report.Journal, restored func(*report.Books)) *View {
	t.Helper()
	v := &View{Books: &report.Books{Journal: j}}
	v.Attach()
	if restored != nil {
		restored(v.Books)
	}
	return run(t, v)
}

// run has the books of a view follow their journal until the test ends, and waits until
// they have caught up with it.
func run(t *testing.T, v *View) *View {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = v.Books.Run(ctx) // ends with the context
	}()
	t.Cleanup(func() { cancel(); <-done })
	if err := v.Books.CaughtUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	return v
}

func canonicalOf(t *testing.T, v *View) string {
	t.Helper()
	s, err := v.Summarize(testRequest, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Canonical(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestWorkerKeepsSnapshot: a view restored from a snapshot and the rest of the
// journal shows what one shows that read the journal from its beginning, whether
// the snapshot was kept after an audit or without one.
func TestWorkerKeepsSnapshot(t *testing.T) {
	for name, keep := range map[string]func(*Worker, context.Context) error{"audit": (*Worker).Audit, "keep": (*Worker).Keep} {
		t.Run(name, func(t *testing.T) {
			h := randomHistory(7, 20)
			j := journalOf(t, h.events)
			v := following(t, j, nil)
			snapshots := &mem.Snapshots{Journal: j}
			w := &Worker{Journal: j, View: v, Snapshots: snapshots, Log: zerolog.Nop()}
			if err := keep(w, t.Context()); err != nil {
				t.Fatal(err)
			}
			again := following(t, j, func(b *report.Books) {
				seq, err := Restore(t.Context(), snapshots, b)
				if err != nil || seq != uint64(len(h.events)) || b.Seq() != seq {
					t.Fatalf("restored %d events of %d: %v", seq, len(h.events), err)
				}
			})
			if got, want := canonicalOf(t, again), canonicalOf(t, v); got != want {
				t.Errorf("restored from a snapshot:\n%s", firstDifference(got, want))
			}
		})
	}
}

// TestWorkerKeepsNothing: of an empty journal there is no snapshot.
func TestWorkerKeepsNothing(t *testing.T) {
	j := &mem.Journal{}
	snapshots := &mem.Snapshots{Journal: j}
	w := &Worker{Journal: j, Snapshots: snapshots, Log: zerolog.Nop()}
	if err := w.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := snapshots.Newest(t.Context(), SnapshotName); !errors.Is(err, report.ErrNotFound) {
		t.Errorf("got %v, want %v", err, report.ErrNotFound)
	}
}

// TestRestoreIgnoresDamage: a snapshot that is cut short is as none.
func TestRestoreIgnoresDamage(t *testing.T) {
	h := randomHistory(7, 5)
	j := journalOf(t, h.events)
	snapshots := &mem.Snapshots{Journal: j}
	w := &Worker{Journal: j, View: following(t, j, nil), Snapshots: snapshots, Log: zerolog.Nop()}
	if err := w.Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	seq, b, err := snapshots.Newest(t.Context(), SnapshotName)
	if err != nil {
		t.Fatal(err)
	}
	if err := snapshots.Save(t.Context(), SnapshotName, seq, b[:len(b)/2]); err != nil {
		t.Fatal(err)
	}
	books := &report.Books{Journal: j}
	if seq, err := Restore(t.Context(), snapshots, books); seq != 0 || err != nil || books.Seq() != 0 {
		t.Errorf("restored %d events (books at %d), %v; want none", seq, books.Seq(), err)
	}
}

// TestAuditFindsDivergence: figures that are not those of the journal end the
// worker.
func TestAuditFindsDivergence(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", "3")))
	j := journalOf(t, h.events)
	v := following(t, j, nil)
	spoilt := v.state.slots[testRequest].known().provisional.shelf(everything).tally(0)
	spoilt.sum.Add(decimal.FromInt(1))
	ticks := make(chan time.Time, 1)
	ticks <- time.Time{}
	w := &Worker{Journal: j, View: v, Ticks: ticks, Log: zerolog.Nop()}
	if err := w.Run(t.Context()); !errors.Is(err, ErrDiverged) {
		t.Errorf("got %v, want %v", err, ErrDiverged)
	}
}

// endingJournal cancels a context once it has given its last event.
type endingJournal struct {
	report.Journal
	cancel context.CancelFunc
}

func (j endingJournal) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	defer j.cancel()
	return j.Journal.Follow(ctx, from, fn, caughtUp)
}

// TestAuditStops: an audit that is told to stop compares nothing more, and finds
// nothing wrong.
func TestAuditStops(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", "3")))
	j := journalOf(t, h.events)
	v := following(t, j, nil)
	v.state.slots[testRequest].known().provisional.shelf(everything).tally(0).sum.Add(decimal.FromInt(1)) // would be found
	ctx, cancel := context.WithCancel(t.Context())
	w := &Worker{Journal: endingJournal{j, cancel}, View: v, Log: zerolog.Nop()}
	if err := w.Audit(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, ErrDiverged) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestWorkerAnnounces: who listens hears of a changed summary, once.
func TestWorkerAnnounces(t *testing.T) {
	h := newHistory(1)
	j := journalOf(t, h.events)
	v := following(t, j, nil)
	heard := make(chan Announcement, 10)
	ctx, cancel := context.WithCancel(t.Context())
	w := &Worker{Journal: j, View: v, Announce: func(a Announcement) { heard <- a }, Log: zerolog.Nop()}
	done := make(chan error)
	go func() { done <- w.Run(ctx) }()
	before := len(h.events)
	h.submit("syt", facts(num("syt", "288", "sum", "3")))
	key := report.ReturnKey(testRequest, "syt")
	for { // the worker begins to listen some time after Run is called
		v.mu.Lock()
		listening := len(v.watches) > 0
		v.mu.Unlock()
		if listening {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := j.Append(t.Context(), key, 0, h.events[before:]...); err != nil {
		t.Fatal(err)
	}
	var last Announcement
	for last.Heard == 0 {
		last = <-heard
	}
	s, err := v.Summarize(testRequest, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if last.Request != testRequest || last.State != s.State || last.Asked != 4 || !last.AsOf.Equal(s.AsOf) {
		t.Errorf("announced %+v of %s", last, s.State)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// fullDisk keeps no snapshots.
type fullDisk struct{ mem.Snapshots }

func (*fullDisk) Save(context.Context, string, uint64, []byte) error { return report.ErrUnavailable }

// TestWorkerLivesWithoutSnapshots: a snapshot only saves time; one that cannot be
// kept ends nothing.
func TestWorkerLivesWithoutSnapshots(t *testing.T) {
	h := randomHistory(7, 5)
	j := journalOf(t, h.events)
	ticks := make(chan time.Time)
	w := &Worker{Journal: j, View: following(t, j, nil), Snapshots: &fullDisk{}, Ticks: ticks, Log: zerolog.Nop()}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	for range 2 {
		select {
		case ticks <- time.Time{}:
		case err := <-ended:
			t.Fatalf("ended: %v", err)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
