package faultproof

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/mem"
	"tonghop/internal/portal"
	"tonghop/report"
)

// world is the whole program in memory: portal, desk, worker, journal, figures.
type world struct {
	handler http.Handler
	view    *aggregate.View
	tokens  map[string]string // secrets by the name of who holds them
}

// newWorld starts a world that knows the base documents, on the day of the
// example and with its trouble.
func newWorld(t *testing.T, e *example) *world {
	t.Helper()
	journal, files := &mem.Journal{}, &mem.Files{}
	books := &report.Books{Journal: journal}
	view := &aggregate.View{Books: books}
	view.Attach()
	day, err := time.Parse(time.DateOnly, e.or("clock", "2021-03-20"))
	if err != nil {
		t.Fatal(err)
	}
	now := ticking(day.Add(8*time.Hour), time.Millisecond)
	// The inbox's own clock leaps, so that a try after a delay comes at once.
	inbox := &mem.Inbox{Journal: journal, Patience: 24 * time.Hour, Now: ticking(day, time.Minute)}
	desk := &ingest.Desk{Books: books, Journal: journal, Files: files, Now: now}
	p := &portal.Portal{Desk: desk, Books: books, View: view, Journal: journal, Files: files, Inbox: inbox, Log: zerolog.Nop(), Version: "test"}
	w := &world{handler: p.Handler(), view: view, tokens: map[string]string{}}

	run(t, func(ctx context.Context) { _ = books.Run(ctx) })
	w.apply(t, desk)
	if e.head["tokens"] != "" {
		w.issue(t, desk)
	}
	desk.Journal, desk.Files = troubled(t, e.head["trouble"], journal, files)
	if e.head["trouble"] != "the worker sleeps" {
		worker := &ingest.Worker{Inbox: inbox, Desk: desk, Parallel: 1, Log: zerolog.Nop()}
		run(t, func(ctx context.Context) { _ = worker.Run(ctx) })
	}
	return w
}

// run runs something until the test ends.
func run(t *testing.T, f func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { f(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
}

// ticking is a clock that moves on whenever it is read.
func ticking(from time.Time, step time.Duration) func() time.Time {
	var mu sync.Mutex
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		from = from.Add(step)
		return from
	}
}

var admin = report.Actor{Role: report.RoleAdmin, ID: "local"}

// apply makes the documents of the base known.
func (w *world) apply(t *testing.T, desk *ingest.Desk) {
	t.Helper()
	var s shelf
	s.add(baseDocuments(t, "danh-muc"))
	s.add(baseDocuments(t, "bieu"))
	var errs []error
	for _, r := range s.registers {
		_, err := desk.ApplyRegister(t.Context(), admin, r)
		errs = append(errs, err)
	}
	for _, d := range s.definitions {
		_, err := desk.ApplyDefinition(t.Context(), admin, d)
		errs = append(errs, err)
	}
	for _, r := range s.requests {
		_, err := desk.ApplyRequest(t.Context(), admin, r)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// issue gives a token to an agency, the coordinator and an analyst; the examples
// write their names where the secret goes.
func (w *world) issue(t *testing.T, desk *ingest.Desk) {
	t.Helper()
	for name, is := range map[string]report.TokenIssued{
		"syt":         {Role: report.RoleAgency, Agency: "syt", Name: "Sở Y tế"},
		"coordinator": {Role: report.RoleCoordinator, Name: "Sở LĐTBXH"},
		"analyst":     {Role: report.RoleAnalyst, Name: "Cục Thống kê"},
	} {
		secret, _, err := desk.IssueToken(t.Context(), admin, is)
		if err != nil {
			t.Fatal(err)
		}
		w.tokens[name] = secret
	}
}

// troubled is the journal and the files as the desk meets them in a trouble.
func troubled(t *testing.T, trouble string, journal report.Journal, files report.Files) (report.Journal, report.Files) {
	t.Helper()
	switch trouble {
	case "", "the worker sleeps":
	case "others are always faster":
		journal = brokenJournal{journal, report.ErrStale}
	case "the journal goes away after one event":
		journal = &failingJournal{Journal: journal, left: 1}
	case "the journal is away":
		journal = brokenJournal{journal, report.ErrUnavailable}
	case "the disk is full":
		files = brokenFiles{files, errors.New("no space left on device"), nil}
	case "files cannot be read back":
		files = brokenFiles{files, nil, errors.New("input/output error")}
	default:
		t.Fatalf("there is no trouble %q", trouble)
	}
	return journal, files
}

// brokenJournal takes nothing.
type brokenJournal struct {
	report.Journal
	err error
}

func (j brokenJournal) Append(context.Context, report.Key, uint64, ...*report.Event) (uint64, error) {
	return 0, j.err
}

// failingJournal takes a few events and then no more.
type failingJournal struct {
	report.Journal
	left int
}

func (j *failingJournal) Append(ctx context.Context, key report.Key, expect uint64, events ...*report.Event) (uint64, error) {
	if j.left--; j.left < 0 {
		return 0, report.ErrUnavailable
	}
	return j.Journal.Append(ctx, key, expect, events...)
}

// brokenFiles keeps nothing, or gives nothing back.
type brokenFiles struct {
	report.Files
	put, get error
}

func (f brokenFiles) Put(ctx context.Context, b []byte) (string, error) {
	if f.put != nil {
		return "", f.put
	}
	return f.Files.Put(ctx, b)
}

func (f brokenFiles) Get(ctx context.Context, sha string) ([]byte, error) {
	if f.get != nil {
		return nil, f.get
	}
	return f.Files.Get(ctx, sha)
}
