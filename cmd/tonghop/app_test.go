package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/aggregate"
	"tonghop/report"
)

// opened gives the program wired up on a folder of its own, reading its journal.
// Whoever opens it closes it.
func opened(t *testing.T) *app {
	t.Helper()
	a, err := openApp(t.Context(), config{Data: t.TempDir(), MaxStore: 1 << 10, MaxUpload: 20}, zerolog.Nop(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.follow(t.Context()); err != nil {
		t.Fatal(a.close(err))
	}
	return a
}

// heldJournal holds an append up until it is let go.
type heldJournal struct {
	report.Journal
	begun, let chan struct{}
}

func (j *heldJournal) Append(ctx context.Context, key report.Key, expect uint64, events ...*report.Event) (uint64, error) {
	close(j.begun)
	<-j.let
	return j.Journal.Append(ctx, key, expect, events...)
}

// TestStopAnswersWhatIsUnderWay: what is being decided when the program is asked
// to stop is written and answered; the reading of the journal, which the answer
// waits for, ends last.
func TestStopAnswersWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	a := opened(t)
	held := &heldJournal{Journal: a.store.Journal(), begun: make(chan struct{}), let: make(chan struct{})}
	a.desk.Journal = held
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(a.close(err))
	}
	web := a.portal()
	web.Listener = l
	a.start(rolePortal, web.Run)

	answered := make(chan error, 1)
	go func() {
		resp, err := http.Post("http://"+l.Addr().String()+"/api/v1/tokens", "application/json", strings.NewReader(`{"role":"admin"}`))
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
		if err == nil && resp.StatusCode != http.StatusCreated {
			err = errors.New(resp.Status)
		}
		answered <- err
	}()
	<-held.begun
	began, closed := time.Now(), make(chan error, 1)
	go func() { closed <- a.close(nil) }()
	<-a.ctx.Done()
	time.Sleep(100 * time.Millisecond) // time enough for the reading to end, were it to end now
	close(held.let)
	if err := <-answered; err != nil {
		t.Errorf("the decision under way: %v", err)
	}
	if err := <-closed; err != nil {
		t.Errorf("close: %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

// TestStartRefusesAJournalWithoutItsTail: a snapshot of events that the journal
// does not hold says that acknowledged events are gone. Figures without them
// would be wrong and nobody would see it.
func TestStartRefusesAJournalWithoutItsTail(t *testing.T) {
	t.Parallel()
	a, err := openApp(t.Context(), config{Data: t.TempDir(), MaxStore: 1 << 10, MaxUpload: 20}, zerolog.Nop(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.close(nil); err != nil {
			t.Error(err)
		}
	}()
	if err := a.store.Snapshots().Save(t.Context(), aggregate.SnapshotName, 7, []byte("of events that are gone")); err != nil {
		t.Fatal(err)
	}
	p := &program{streams: streams{out: io.Discard, err: io.Discard}}
	err = p.serveRoles(t.Context(), a, serveFlags{roles: []string{roleAggregate}, snapshotInterval: time.Hour})
	if !errors.Is(err, report.ErrGap) {
		t.Errorf("got %v, want %v", err, report.ErrGap)
	}
}

// TestAFailureIsSaidOnce: the failure of a part ends the program with one error.
func TestAFailureIsSaidOnce(t *testing.T) {
	t.Parallel()
	a := opened(t)
	a.start("part", func(context.Context) error { return errors.New("broke") })
	a.wait(t.Context())
	err := a.close(context.Cause(a.ctx))
	if err == nil || err.Error() != "part: broke" {
		t.Errorf("got %q, want %q", err, "part: broke")
	}
}

// TestAnErrorHoldsNoSecret: the address of a cluster may carry a password; what
// is said of it does not.
func TestAnErrorHoldsNoSecret(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := openApp(ctx, config{NATS: []string{"nats://tonghop:s3cret@127.0.0.1:1"}, MaxUpload: 20}, zerolog.Nop(), time.Now)
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("got %v", err)
	}
}
