package reporttest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"tonghop/report"
)

// MaxTries is how often an inbox hands a job out before it buries it.
const MaxTries = 5

// short is a patience that a test can wait for.
const short = 700 * time.Millisecond

// TestInbox holds an inbox to the contract of report.Inbox. Open gives an empty
// journal and its inbox with the given patience: how long a job may go without a
// heartbeat before it is handed to another worker.
func TestInbox(t *testing.T, open func(t *testing.T, patience time.Duration) (report.Journal, report.Inbox)) {
	for _, test := range []struct {
		name     string
		patience time.Duration
		run      func(*testing.T, report.Journal, report.Inbox)
	}{
		{"only uploads, in order", patience, testOnlyUploads},
		{"waits for the next upload", patience, testWaits},
		{"as many runs as jobs", patience, testRuns},
		{"a dead worker's job comes again", short, testDeadWorker},
		{"a heartbeat keeps a slow job", short, testHeartbeat},
		{"retry after a delay", patience, testRetry},
		{"buried by hand", patience, testBury},
		{"buried after the last try", short, testLastTry},
		{"next ends with its context", patience, testNextEnds},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel() // most of it is waiting
			j, in := open(t, test.patience)
			test.run(t, j, in)
		})
	}
}

// next takes a job.
func next(t *testing.T, in report.Inbox) *report.Job {
	t.Helper()
	job, err := in.Next(within(t))
	if err != nil {
		t.Fatalf("next: %v", err)
	}
	return job
}

// none checks that no job comes for a while.
func none(t *testing.T, in report.Inbox, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if job, err := in.Next(ctx); err == nil {
		t.Errorf("got job %d on try %d, want none", job.Seq, job.Try)
	}
}

func done(t *testing.T, job *report.Job) {
	t.Helper()
	if err := job.Done(); err != nil {
		t.Errorf("done with job %d: %v", job.Seq, err)
	}
}

func testOnlyUploads(t *testing.T, j report.Journal, in report.Inbox) {
	request := report.RequestKey(keyA.Name)
	mustAppend(t, j, request, 0, closed(request, 1))
	one := mustAppend(t, j, keyA, 0, received(keyA, 1))
	two := mustAppend(t, j, keyA, one, checked(keyA, 2, 2000), received(keyA, 3))
	for _, want := range []uint64{one, two} {
		job := next(t, in)
		if job.Seq != want || job.Try != 1 || job.Key != keyA || job.Body.Kind() != report.KindReceived || job.ID == "" {
			t.Errorf("got job %d of %v on try %d, want %d of %v on try 1", job.Seq, job.Key, job.Try, want, keyA)
		}
		done(t, job)
	}
	none(t, in, 200*time.Millisecond)
}

func testWaits(t *testing.T, j report.Journal, in report.Inbox) {
	got := make(chan *report.Job, 1)
	go func() {
		job, err := in.Next(within(t))
		if err != nil {
			t.Errorf("next: %v", err)
		}
		got <- job
	}()
	time.Sleep(50 * time.Millisecond)
	seq := mustAppend(t, j, keyA, 0, received(keyA, 1))
	job := receive(t, got)
	if job == nil || job.Seq != seq {
		t.Fatalf("got %v, want job %d", job, seq)
	}
	done(t, job)
}

// testRuns: several workers, and every job runs exactly once.
func testRuns(t *testing.T, j report.Journal, in report.Inbox) {
	const jobs, workers = 40, 6
	for n := range jobs {
		key := report.ReturnKey("bc", fmt.Sprintf("xa-%d", n))
		mustAppend(t, j, key, 0, received(key, n))
	}
	ctx, stop := context.WithCancel(within(t))
	defer stop()
	var mu sync.Mutex
	runs := make(map[uint64]int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				job, err := in.Next(ctx)
				if err != nil {
					return
				}
				time.Sleep(5 * time.Millisecond)
				done(t, job)
				mu.Lock()
				runs[job.Seq]++
				if len(runs) == jobs {
					stop()
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(runs) != jobs {
		t.Errorf("%d jobs ran, want %d", len(runs), jobs)
	}
	for seq, n := range runs {
		if n != 1 {
			t.Errorf("job %d ran %d times", seq, n)
		}
	}
	none(t, in, 200*time.Millisecond)
}

func testDeadWorker(t *testing.T, j report.Journal, in report.Inbox) {
	seq := mustAppend(t, j, keyA, 0, received(keyA, 1))
	next(t, in) // and never another word
	job := next(t, in)
	if job.Seq != seq || job.Try != 2 {
		t.Errorf("got job %d on try %d, want %d on try 2", job.Seq, job.Try, seq)
	}
	done(t, job)
	none(t, in, 2*short)
}

func testHeartbeat(t *testing.T, j report.Journal, in report.Inbox) {
	mustAppend(t, j, keyA, 0, received(keyA, 1))
	job := next(t, in)
	ctx, stop := context.WithCancel(t.Context())
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		for ctx.Err() == nil {
			job.Heartbeat()
			time.Sleep(100 * time.Millisecond)
		}
	}()
	none(t, in, 3*short)
	stop()
	<-beating
	done(t, job)
	none(t, in, 2*short)
}

func testRetry(t *testing.T, j report.Journal, in report.Inbox) {
	seq := mustAppend(t, j, keyA, 0, received(keyA, 1))
	if err := next(t, in).Retry(300 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	asked := time.Now()
	job := next(t, in)
	if job.Seq != seq || job.Try != 2 {
		t.Errorf("got job %d on try %d, want %d on try 2", job.Seq, job.Try, seq)
	}
	if waited := time.Since(asked); waited < 200*time.Millisecond {
		t.Errorf("came again after %v, want 300ms", waited)
	}
	done(t, job)
}

func testBury(t *testing.T, j report.Journal, in report.Inbox) {
	if dead, err := in.Buried(within(t)); len(dead) != 0 || err != nil {
		t.Errorf("buried: got %v, %v", dead, err)
	}
	first, second := received(keyA, 1), received(keyA, 2)
	mustAppend(t, j, keyA, 0, first, second)
	for _, reason := range []string{"tệp hỏng", "cannot be read"} {
		if err := next(t, in).Bury(reason); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "two dead letters", func() bool { return len(buried(t, in)) == 2 })
	dead := buried(t, in)
	if dead[0].ID != first.ID || dead[1].ID != second.ID || dead[0].Reason != "tệp hỏng" || dead[0].Tries != 1 || dead[0].At.IsZero() {
		t.Errorf("got %+v and %+v", dead[0], dead[1])
	}
	none(t, in, 200*time.Millisecond)
}

func buried(t *testing.T, in report.Inbox) []report.Buried {
	t.Helper()
	dead, err := in.Buried(within(t))
	if err != nil {
		t.Fatalf("buried: %v", err)
	}
	return dead
}

func testLastTry(t *testing.T, j report.Journal, in report.Inbox) {
	e := received(keyA, 1)
	seq := mustAppend(t, j, keyA, 0, e)
	for try := 1; try <= MaxTries; try++ {
		job := next(t, in)
		if job.Try != try {
			t.Fatalf("got try %d, want %d", job.Try, try)
		}
		if err := job.Retry(10 * time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	none(t, in, 2*short)
	eventually(t, "a dead letter", func() bool { return len(buried(t, in)) == 1 })
	if dead := buried(t, in)[0]; dead.ID != e.ID || dead.Seq != seq || dead.Tries != MaxTries || dead.Reason == "" {
		t.Errorf("got %+v", dead)
	}
}

func testNextEnds(t *testing.T, j report.Journal, in report.Inbox) {
	for range 5 {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		if _, err := in.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the end of the context", err)
		}
		cancel()
	}
	mustAppend(t, j, keyA, 0, received(keyA, 1))
	job := next(t, in) // those that gave up took nothing with them
	if job.Try != 1 {
		t.Errorf("got try %d, want 1", job.Try)
	}
	done(t, job)
}
