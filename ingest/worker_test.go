package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// hand hands an upload in.
func (o *office) hand(agency, letter string, words ...string) string {
	o.t.Helper()
	in := o.incoming(agency, append([]string{letter}, words...))
	o.clock.Move(time.Second)
	o.must(o.desk.Receive(o.t.Context(), clerk(agency), in))
	return o.upload(agency, letter)
}

// retries works everything off until nothing is left, however long that takes.
func (o *office) retries() {
	for range 20 {
		o.workOff()
		o.clock.Move(time.Minute)
	}
}

func (o *office) buried() []report.Buried {
	o.t.Helper()
	dead, err := o.inbox.Buried(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return dead
}

// outcomes counts the outcomes in the journal by upload.
func (o *office) outcomes() map[string]int {
	out := map[string]int{}
	for _, e := range o.all() {
		if c, ok := e.Body.(*report.Checked); ok {
			out[c.Upload]++
		}
	}
	return out
}

// findings gives the codes of the findings of an upload's outcome.
func (o *office) findings(agency, letter string) string {
	var words []string
	o.books.Read(func(l *report.Ledger) {
		if c := l.Request("ky-1").Returns()[agency].Attempt(o.upload(agency, letter)).Checked; c != nil {
			for _, f := range c.Draft.Findings {
				words = append(words, string(f.Code))
			}
		}
	})
	return strings.Join(words, " ")
}

// TestWorkerDies: a worker that dies anywhere between taking a job and saying
// that it is done leaves one outcome and one submission.
func TestWorkerDies(t *testing.T) {
	t.Run("before it wrote anything", func(t *testing.T) {
		o := newOffice(t)
		o.hand("syt", "A", "1=12", "submit")
		if o.due() == nil { // taken, and never heard of again
			t.Fatal("no job")
		}
		o.retries()
		if got, want := o.sketch("syt"), "A=submitted v1=A counts=v1"; got != want || o.events(report.KindChecked) != 1 {
			t.Errorf("got %s, want %s", got, want)
		}
	})
	t.Run("after it wrote the outcome", func(t *testing.T) {
		o := newOffice(t)
		o.hand("syt", "A", "1=12", "submit")
		job := o.due()
		lost := errors.New("connection lost")
		job.Done = func() error { return lost }
		o.worker.work(t.Context(), job)
		before := len(o.all())
		o.retries()
		if len(o.all()) != before || len(o.buried()) != 0 {
			t.Errorf("the second delivery wrote something, or the job was buried: %v", o.sketch("syt"))
		}
	})
	t.Run("and the second worker comes after it was taken back", func(t *testing.T) {
		o := newOffice(t)
		o.hand("syt", "A", "1=12", "submit")
		job := o.due()
		o.worker.work(t.Context(), job)
		o.play(`syt withdraw`)
		o.worker.work(t.Context(), job)
		if got, want := o.sketch("syt"), "A=withdrawn v1=A"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
	t.Run("and the second worker comes after it was taken back and sent anew", func(t *testing.T) {
		o := newOffice(t)
		o.hand("syt", "A", "1=12", "submit")
		job := o.due()
		o.worker.work(t.Context(), job)
		o.play(`
			syt withdraw
			syt send B 1=13 submit`)
		o.worker.work(t.Context(), job)
		if got, want := o.sketch("syt"), "A=withdrawn B=submitted v1=A v2=B counts=v2"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
	t.Run("again and again, so that nobody ever said why", func(t *testing.T) {
		o := newOffice(t)
		reads := 0
		o.worker.Read = func(Upload, Env) report.Checked { reads++; return report.Checked{} }
		o.hand("syt", "A", "1=12", "submit")
		for range maxReads {
			if o.due() == nil {
				t.Fatal("the inbox gave up first")
			}
			o.clock.Move(time.Hour)
		}
		o.workOff()
		if got := o.findings("syt", "A"); got != "F023" || reads != 0 {
			t.Errorf("findings %s after %d more readings", got, reads)
		}
		if dead := o.buried(); len(dead) != 1 || dead[0].Reason != errDied.Error() {
			t.Errorf("dead letters: %v", dead)
		}
	})
}

// TestPoison: one upload that brings the reader down does not stop the others,
// and has an outcome like any other (law 3).
func TestPoison(t *testing.T) {
	o := newOffice(t)
	o.worker.Read = func(up Upload, env Env) report.Checked {
		if strings.Contains(string(up.Body), "666") {
			panic("poison")
		}
		return Read(up, env)
	}
	o.hand("syt", "A", "1=666", "submit")
	o.hand("syt", "B", "1=13", "submit")
	o.hand("sgd", "C", "1=14", "submit")
	o.retries()
	for agency, want := range map[string]string{"syt": "A=refused B=submitted v1=B counts=v1", "sgd": "C=submitted v1=C counts=v1"} {
		if got := o.sketch(agency); got != want {
			t.Errorf("%s: got %s, want %s", agency, got, want)
		}
	}
	if got := o.findings("syt", "A"); got != "F023" {
		t.Errorf("findings: got %s, want F023", got)
	}
	dead := o.buried()
	if len(dead) != 1 || dead[0].Tries != maxReads || !strings.Contains(dead[0].Reason, "poison") {
		t.Errorf("dead letters: %+v", dead)
	}
	for upload, n := range o.outcomes() {
		if n != 1 {
			t.Errorf("upload %s has %d outcomes", upload, n)
		}
	}
}

// lostFiles forgets what it was given until it is found again.
type lostFiles struct {
	report.Files
	err  error
	gets int
}

func (f *lostFiles) Get(ctx context.Context, sha string) ([]byte, error) {
	if f.gets++; f.err != nil {
		return nil, f.err
	}
	return f.Files.Get(ctx, sha)
}

func TestFilesMissing(t *testing.T) {
	o := newOffice(t)
	files := &lostFiles{Files: o.files, err: report.ErrNotFound}
	o.desk.Files = files
	o.hand("syt", "A", "1=12", "submit")
	o.retries()
	if got, want := o.sketch("syt"), "A=refused"; got != want || o.findings("syt", "A") != "F023" {
		t.Errorf("got %s with %s", got, o.findings("syt", "A"))
	}
	if dead := o.buried(); len(dead) != 1 || files.gets != maxReads || !strings.Contains(dead[0].Reason, "not found") {
		t.Errorf("dead letters after %d tries: %+v", files.gets, dead)
	}
	t.Run("the same bytes come again and are read", func(t *testing.T) {
		files.err = nil
		o.hand("syt", "A", "submit")
		o.hand("syt", "A", "submit") // twice, but asked once
		o.retries()
		if got, want := o.sketch("syt"), "A=submitted v1=A counts=v1"; got != want || o.events(report.KindReceived) != 2 {
			t.Errorf("got %s after %d receipts, want %s", got, o.events(report.KindReceived), want)
		}
		before := len(o.all())
		o.hand("syt", "A", "submit")
		o.retries()
		if len(o.all()) != before {
			t.Error("and once more: something was written")
		}
	})
}

// TestJournalAway: while the journal is away an upload is not given up, however
// often it is tried.
func TestJournalAway(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	o.hand("syt", "A", "1=12", "submit")
	away := fmt.Errorf("no leader: %w", report.ErrUnavailable)
	o.desk.Journal = &troubled{o.journal, func(func() (uint64, error)) (uint64, error) { return 0, away }}
	job := o.due()
	job.Try = maxReads
	o.worker.work(ctx, job) // waits until it is told to stop
	if ctx.Err() == nil {
		t.Error("the worker let go of the upload")
	}
	o.desk.Journal = o.journal
	o.retries()
	if got, want := o.sketch("syt"), "A=submitted v1=A counts=v1"; got != want || len(o.buried()) != 0 {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestOvertaken: a correction that was read first is not replaced by what it
// corrects.
func TestOvertaken(t *testing.T) {
	tests := []struct {
		name string
		send [][]string // in the order of their coming
		read []int      // in which the jobs are worked off
		want string
	}{
		{"in order", [][]string{{"A", "1=1", "submit"}, {"B", "1=2", "submit"}}, []int{0, 1}, "A=superseded B=submitted v1=A v2=B counts=v2"},
		{"the correction first", [][]string{{"A", "1=1", "submit"}, {"B", "1=2", "submit"}}, []int{1, 0}, "A=superseded B=submitted v1=B counts=v1"},
		{"a correction that nobody submitted", [][]string{{"A", "1=1", "submit"}, {"B", "1=2"}}, []int{1, 0}, "A=submitted B=ready v1=A counts=v1"},
		{"a correction that must be mended", [][]string{{"A", "1=1", "submit"}, {"B", "1=-2", "submit"}}, []int{1, 0}, "A=submitted B=refused v1=A counts=v1"},
		{"the first one again, after its correction", [][]string{{"A", "1=1"}, {"B", "1=2", "submit"}, {"A", "submit"}}, []int{1, 2, 0}, "A=submitted B=superseded v1=B v2=A counts=v2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			var jobs []*report.Job
			for _, words := range test.send {
				o.hand("syt", words[0], words[1:]...)
				jobs = append(jobs, o.due())
			}
			for _, at := range test.read {
				o.worker.work(t.Context(), jobs[at])
			}
			if got := o.sketch("syt"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestLeftTheRoster: an agency that is asked no longer when its upload is read
// still learns what became of it. Nothing is submitted for it.
func TestLeftTheRoster(t *testing.T) {
	o := newOffice(t)
	o.hand("syt", "A", "1=12", "submit")
	req := officeRequest()
	req.Agencies = []string{"sgd"}
	o.must(o.desk.ApplyRequest(t.Context(), coordinator, req))
	o.retries()
	if got, want := o.sketch("syt"), "A=ready"; got != want || len(o.buried()) != 0 {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestDefinitionAway: without its definition an upload is refused, and not lost.
func TestDefinitionAway(t *testing.T) {
	o := newOffice(t)
	o.hand("syt", "A", "1=12", "submit")
	req := officeRequest()
	req.Version = "9"
	_, last, err := o.journal.Load(t.Context(), report.RequestKey("ky-1"))
	o.must(nil, err)
	_, err = o.journal.Append(t.Context(), report.RequestKey("ky-1"), last, &report.Event{
		Key: report.RequestKey("ky-1"), At: o.clock.Now(), Actor: admin, Body: &report.RequestApplied{Revision: 9, Request: req}})
	o.must(nil, err)
	waitFor(t, "the revision", func() bool { return o.books.Seq() == uint64(len(o.all())) })
	o.retries()
	if got := o.findings("syt", "A"); got != string(fault.DefinitionUnknown) {
		t.Errorf("findings: got %s", got)
	}
}

// TestForeignJob: what is no upload, and what belongs to a request that is not
// here, is buried where the operator sees it.
func TestForeignJob(t *testing.T) {
	o := newOffice(t)
	key := report.ReturnKey("ky-9", "syt")
	_, err := o.journal.Append(t.Context(), key, 0, &report.Event{Key: key, At: o.clock.Now(), Actor: admin, Body: &report.Received{Upload: "x"}})
	o.must(nil, err)
	o.retries()
	if dead := o.buried(); len(dead) != 1 || dead[0].Key != key || !strings.Contains(dead[0].Reason, "not open here") {
		t.Errorf("dead letters: %+v", dead)
	}
	buried := ""
	o.worker.work(t.Context(), &report.Job{Recorded: report.Recorded{Event: &report.Event{ID: "e", Body: &report.Closed{}}}, Bury: func(why string) error { buried = why; return nil }})
	if buried == "" {
		t.Error("an event that is no upload was not buried")
	}
}

// TestStop: a worker that is told to stop in the middle of a job leaves it for
// the next one.
func TestStop(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancel(t.Context())
	o.worker.Read = func(up Upload, env Env) report.Checked { cancel(); return Read(up, env) }
	o.hand("syt", "A", "1=12", "submit")
	if err := o.worker.Run(ctx); err != nil {
		t.Fatalf("Run: %v", err)
	}
	if n := o.events(report.KindChecked); n != 0 {
		t.Fatalf("%d outcomes after it was told to stop", n)
	}
	o.worker.Read = nil
	o.retries()
	if got, want := o.sketch("syt"), "A=submitted v1=A counts=v1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRunEndsQuietlyWithItsParent(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the portal could not listen"))
	if err := o.worker.Run(ctx); err != nil {
		t.Errorf("another's error is told as its own: %v", err)
	}
}

// brokenInbox fails after a few jobs.
type brokenInbox struct{ left atomic.Int32 }

func (in *brokenInbox) Next(ctx context.Context) (*report.Job, error) {
	if in.left.Add(-1) < 0 {
		return nil, errors.New("inbox is gone")
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

func (*brokenInbox) Buried(context.Context) ([]report.Buried, error) { return nil, nil }

func TestInboxFails(t *testing.T) {
	o := newOffice(t)
	in := &brokenInbox{}
	in.left.Store(2)
	o.worker.Inbox, o.worker.Parallel = in, 3
	if err := o.worker.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "inbox is gone") {
		t.Errorf("got %v", err)
	}
}

// TestMany: several workers on one inbox, all agencies at once.
func TestMany(t *testing.T) {
	o := newOffice(t)
	o.worker.Parallel = 4
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := o.worker.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	for n := range 20 {
		for _, agency := range []string{"syt", "sgd"} {
			o.clock.Move(time.Second)
			o.must(o.desk.Receive(ctx, clerk(agency), Incoming{Request: "ky-1", Agency: agency, Via: report.ViaForm, Body: form(fmt.Sprintf("1=%d", n)), Submit: true}))
		}
	}
	waitFor(t, "all outcomes", func() bool { return len(o.outcomes()) == 40 })
	cancel()
	running.Wait()
	last, err := o.books.Journal.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the books to follow", func() bool { return o.books.Seq() >= last })
	for upload, n := range o.outcomes() {
		if n != 1 {
			t.Errorf("upload %s has %d outcomes", upload, n)
		}
	}
	o.books.Read(func(l *report.Ledger) {
		for _, agency := range []string{"syt", "sgd"} {
			ret := l.Request("ky-1").Returns()[agency]
			if newest := ret.Attempts[len(ret.Attempts)-1]; ret.Standing == nil || ret.Standing.Upload != newest.Received.Upload {
				t.Errorf("%s: what it sent last does not count", agency)
			}
		}
	})
}

func TestHeartbeat(t *testing.T) {
	var beats atomic.Int32
	stop := beat(func() { beats.Add(1) }, time.Millisecond)
	waitFor(t, "three beats", func() bool { return beats.Load() >= 3 })
	stop()
	if n := pauseBefore(1000); n != retryMax {
		t.Errorf("pause before the thousandth try: %v", n)
	}
}
