package export

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"tonghop/internal/mem"
	"tonghop/report"
)

// office is a worker with all that it needs, in memory.
type office struct {
	*Worker
	journal *mem.Journal
	files   *mem.Files
	mu      sync.Mutex
	fail    int // summaries that fail before one succeeds
	state   string
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{journal: new(mem.Journal), files: new(mem.Files), state: hashOf("one")}
	books := &report.Books{Journal: o.journal}
	s := official()
	o.Worker = &Worker{
		Schedules: &mem.Schedules{Now: func() time.Time { return at("2021-04-05 07:00") }}, Books: books, Journal: o.journal, Files: o.files,
		Retry: time.Millisecond, Now: func() time.Time { return at("2021-04-05 07:00") },
		Summarize: func(_ context.Context, request string, official bool) (*report.Summary, error) {
			o.mu.Lock()
			defer o.mu.Unlock()
			if o.fail > 0 {
				o.fail--
				return nil, report.ErrUnavailable
			}
			made := *s
			made.State, made.Official, made.Sources = o.state, official, nil
			return &made, nil
		},
	}
	go books.Run(t.Context())
	o.append(t, &report.RequestApplied{Revision: 1, Request: s.Request})
	return o
}

func (o *office) set(state string, fail int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.state, o.fail = state, fail
}

// append writes an event of the request, and waits until the books have it.
func (o *office) append(t *testing.T, body report.Body) {
	t.Helper()
	key := report.RequestKey("ngay-ctxh-2021")
	events, last, err := o.journal.Load(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	when := at("2021-04-02 08:00").Add(time.Duration(len(events)) * time.Minute)
	seq, err := o.journal.Append(t.Context(), key, last, &report.Event{Key: key, At: when, Actor: exportActor, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Books.Reached(t.Context(), seq); err != nil {
		t.Fatal(err)
	}
}

// exports gives the exports that the journal holds.
func (o *office) exports(t *testing.T) []*report.Exported {
	t.Helper()
	events, _, err := o.journal.Load(t.Context(), report.RequestKey("ngay-ctxh-2021"))
	if err != nil {
		t.Fatal(err)
	}
	var out []*report.Exported
	for _, e := range events {
		if x, ok := e.Body.(*report.Exported); ok {
			out = append(out, x)
		}
	}
	return out
}

// run runs the worker until there are so many exports.
func (o *office) run(t *testing.T, want int) []*report.Exported {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- o.Run(ctx) }()
	for ctx.Err() == nil && len(o.exports(t)) < want {
		time.Sleep(time.Millisecond)
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatalf("Run: %v", err)
	}
	out := o.exports(t)
	if len(out) != want {
		t.Fatalf("%d exports, want %d", len(out), want)
	}
	return out
}

func TestClosingWritesAWorkbookOnce(t *testing.T) {
	o := newOffice(t)
	o.append(t, &report.Closed{})
	first := o.run(t, 1)[0]
	if first.Trigger != string(OnClose) || first.Provisional || first.Name != "tong-hop_ngay-ctxh-2021_2021-04-01.xlsx" {
		t.Errorf("entered %+v", first)
	}
	if b, err := o.files.Get(t.Context(), first.SHA256); err != nil || len(b) == 0 {
		t.Errorf("file %s: %d bytes, %v", first.SHA256, len(b), err)
	}
	o.append(t, &report.Reopened{Reason: "bổ sung số liệu"})
	o.append(t, &report.Closed{})
	o.set(hashOf("two"), 2) // new figures, and the summary fails twice
	if again := o.run(t, 2); again[1].State != hashOf("two") {
		t.Errorf("the second close wrote state %s", again[1].State)
	}
}

// What comes in after a close, such as the outcome of an upload that was still
// being read, changes the state of the request, but is no second close: a worker
// that starts again has nothing to do.
func TestOneWorkbookForOneClose(t *testing.T) {
	o := newOffice(t)
	o.append(t, &report.Closed{})
	o.run(t, 1)
	o.set(hashOf("two"), 0)
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	if err := o.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(o.exports(t)); n != 1 {
		t.Errorf("%d workbooks of one close", n)
	}
}

func TestAFireRepeatedMakesNothingTwice(t *testing.T) {
	o := newOffice(t)
	schedule := Schedule{Name: "thu-hai", Once: at("2021-04-05 07:00"), Order: Order{Request: "ngay-ctxh-2021"}}
	for range 2 { // the same fire twice: a broker may hand it out again
		if err := schedule.Set(t.Context(), o.Schedules); err != nil {
			t.Fatal(err)
		}
		o.run(t, 1)
	}
	if _, err := o.Make(t.Context(), Order{Request: "ngay-ctxh-2021"}, OnDemand); err != nil {
		t.Fatal(err)
	}
	if n := len(o.exports(t)); n != 2 {
		t.Errorf("%d exports, want one by schedule and one on demand", n)
	}
}

// Two workers make the same workbook at the same time; one entry is left.
func TestWorkersAgree(t *testing.T) {
	o := newOffice(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := o.Make(t.Context(), Order{Request: "ngay-ctxh-2021", Official: true}, OnClose); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(o.exports(t)); n != 1 {
		t.Errorf("%d entries", n)
	}
}

// A fire that cannot be understood, or is of a request nobody knows, is let go;
// one that fails for another reason is kept.
func TestFireIsLetGoOnlyWhenHopeless(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		fail       int
		done       bool
	}{
		{"understood", `{"request":"ngay-ctxh-2021"}`, 0, true},
		{"fails at first", `{"request":"ngay-ctxh-2021"}`, 2, true},
		{"fails for long", `{"request":"ngay-ctxh-2021"}`, 99, false},
		{"not understood", `{"request":"ngay-ctxh-2021","offical":true}`, 0, true},
		{"no code", `{"request":"a/b"}`, 0, true},
		{"nobody knows it", `{"request":"khac"}`, 99, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t)
			o.set(o.state, tt.fail)
			done := false
			o.fire(t.Context(), &report.Fire{Name: "x", Body: []byte(tt.body), Done: func() error { done = true; return nil }})
			if done != tt.done {
				t.Errorf("let go: %t, want %t", done, tt.done)
			}
		})
	}
}

func TestScheduleIsCheckedBeforeItIsSet(t *testing.T) {
	good := Schedule{Name: "thang", Cron: "0 0 6 1 * *", Zone: "Asia/Ho_Chi_Minh", Order: Order{Request: "r"}}
	if err := good.Set(t.Context(), new(mem.Schedules)); err != nil {
		t.Errorf("a good one: %v", err)
	}
	for name, change := range map[string]func(*Schedule){
		"no name":                func(s *Schedule) { s.Name = "a b" },
		"no request":             func(s *Schedule) { s.Request = "" },
		"five fields":            func(s *Schedule) { s.Cron = "0 6 1 * *" },
		"neither line nor time":  func(s *Schedule) { s.Cron = "" },
		"both a line and a time": func(s *Schedule) { s.Once = at("2021-04-05 07:00") },
	} {
		s := good
		change(&s)
		if err := s.Set(t.Context(), new(mem.Schedules)); !errors.Is(err, ErrSchedule) {
			t.Errorf("%s: got %v, want %v", name, err, ErrSchedule)
		}
	}
}
