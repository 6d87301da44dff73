package jet_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tonghop/internal/jet"
	"tonghop/report"
	"tonghop/report/reporttest"
)

// TestCluster holds the store to the same contracts on three servers, and to
// what only several servers can break.
func TestCluster(t *testing.T) {
	t.Parallel()
	c := startCluster(t)
	fresh := func(t *testing.T) *jet.Store { return c.fresh(t, jet.Config{}) }
	t.Run("contracts", func(t *testing.T) {
		t.Run("journal", func(t *testing.T) {
			reporttest.TestJournal(t, func(t *testing.T) report.Journal { return fresh(t).Journal() })
		})
		t.Run("inbox", func(t *testing.T) {
			reporttest.TestInbox(t, func(t *testing.T, patience time.Duration) (report.Journal, report.Inbox) {
				s := c.fresh(t, jet.Config{Patience: patience})
				return s.Journal(), s.Inbox()
			})
		})
		t.Run("files", func(t *testing.T) {
			reporttest.TestFiles(t, func(t *testing.T) report.Files { return fresh(t).Files() })
		})
		t.Run("snapshots", func(t *testing.T) {
			reporttest.TestSnapshots(t, func(t *testing.T) (report.Journal, report.Snapshots) {
				s := fresh(t)
				return s.Journal(), s.Snapshots()
			})
		})
		t.Run("schedules", func(t *testing.T) {
			reporttest.TestSchedules(t, func(t *testing.T) report.Schedules { return fresh(t).Schedules() })
		})
	})
	t.Run("two writers race for every place", func(t *testing.T) { testRace(t, c) })
}

// TestClusterLosesServers takes servers away under load.
func TestClusterLosesServers(t *testing.T) {
	t.Parallel()
	c := startCluster(t)
	t.Run("a server stops and returns", func(t *testing.T) {
		testServerStops(t, c, func(account string) int { return (c.leader(account, "EV") + 1) % 3 })
	})
	t.Run("the leader stops and returns", func(t *testing.T) {
		testServerStops(t, c, func(account string) int { return c.leader(account, "EV") })
	})
	t.Run("the inbox outlives its leader", func(t *testing.T) { testInboxLeader(t, c) })
}

// testRace: two processes expect the same sequence of one key, thousands of
// times, and exactly one of them gets it each time. Servers that are asked about
// one key in two spellings let both through (docs/adr/0008).
func testRace(t *testing.T, c *cluster) {
	const rounds = 2500
	name := c.account()
	stores := []*jet.Store{open(t, c.config(name, 0)), open(t, c.config(name, 1))}
	key, expect, won := agency(1), uint64(0), 0
	for round := range rounds {
		var seqs [2]uint64
		var errs [2]error
		var wg sync.WaitGroup
		for i, s := range stores {
			events := []*report.Event{receipt(key, 2*round+i)}
			if round%5 == i { // now and then a batch against a single message
				events = append(events, receipt(key, 100_000+round))
			}
			wg.Go(func() { seqs[i], errs[i] = s.Journal().Append(t.Context(), key, expect, events...) })
		}
		wg.Wait()
		winners := 0
		for i, err := range errs {
			switch {
			case err == nil:
				winners, expect = winners+1, seqs[i]
			case !errors.Is(err, report.ErrStale):
				t.Fatalf("round %d: got %v, want ErrStale", round, err)
			}
		}
		if winners != 1 {
			t.Fatalf("round %d: %d writers won", round, winners)
		}
		won++
	}
	if _, last, err := stores[0].Journal().Load(t.Context(), key); err != nil || last != expect {
		t.Errorf("the key ends at %d, %v, want %d", last, err, expect)
	}
	t.Logf("%d rounds, %d won", rounds, won)
}

// testServerStops stops a server under load and brings it back: nothing that was
// acknowledged is lost, nothing is stored twice, and nobody sees an error.
func testServerStops(t *testing.T, c *cluster, which func(account string) int) {
	const writers = 8
	name := c.account()
	s := open(t, c.config(name, 0))
	watch := open(t, c.config(name, 1))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var seen atomic.Int64
	following := make(chan error, 1)
	go func() {
		following <- watch.Journal().Follow(ctx, 1, func(report.Recorded) error { seen.Add(1); return nil }, nil)
	}()

	var done atomic.Bool
	var acked atomic.Int64
	var wg sync.WaitGroup
	counts := make([]int, writers)
	for w := range writers {
		wg.Go(func() {
			expect := uint64(0)
			for !done.Load() {
				seq, err := s.Journal().Append(t.Context(), agency(w), expect, receipt(agency(w), counts[w]))
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				expect = seq
				counts[w]++
				acked.Add(1)
				time.Sleep(2 * time.Millisecond) // others have work to do too
			}
		})
	}
	reach := func(n int64) { c.wait("more appends", func() bool { return acked.Load() >= n }) }
	reach(200)
	node := which(name)
	c.stop(node)
	reach(acked.Load() + 200)
	c.start(node)
	reach(acked.Load() + 200)
	done.Store(true)
	wg.Wait()

	c.wait("the follower has seen all", func() bool { return seen.Load() >= acked.Load() })
	stop()
	if err := <-following; !errors.Is(err, context.Canceled) {
		t.Errorf("follow: %v", err)
	}
	events, err := read(t.Context(), s.Journal(), 1)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[report.Key]int)
	for _, r := range events {
		if want := receipt(r.Key, got[r.Key]).Body.(*report.Received).Number; r.Body.(*report.Received).Number != want {
			t.Fatalf("got %s, want %s", r.Body.(*report.Received).Number, want)
		}
		got[r.Key]++
	}
	for w, want := range counts {
		if got[agency(w)] != want {
			t.Errorf("writer %d: %d stored, %d acknowledged", w, got[agency(w)], want)
		}
	}
	if seen.Load() != acked.Load() {
		t.Errorf("the follower saw %d events, %d were acknowledged", seen.Load(), acked.Load())
	}
	c.wait("one cluster", c.formed)
	t.Logf("%d appends", acked.Load())
}

// testInboxLeader: jobs are handed out through a change of leader, and none is
// forgotten.
func testInboxLeader(t *testing.T, c *cluster) {
	const jobs = 60
	name := c.account()
	cfg := c.config(name, 0)
	cfg.Patience = 2 * time.Second
	s := open(t, cfg)
	for n := range jobs {
		mustAppend(t, s.Journal(), agency(n), 0, receipt(agency(n), n))
	}
	ctx, stop := context.WithTimeout(t.Context(), 40*time.Second)
	defer stop()
	var mu sync.Mutex
	runs := make(map[string]int)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				job, err := s.Inbox().Next(ctx)
				if err != nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
				if err := job.Done(); err != nil {
					t.Errorf("done: %v", err)
				}
				mu.Lock()
				runs[fmt.Sprint(job.Key)]++
				if len(runs) == jobs {
					stop()
				}
				mu.Unlock()
			}
		})
	}
	c.wait("some jobs", func() bool { mu.Lock(); defer mu.Unlock(); return len(runs) > 10 })
	node := c.leader(name, "EV")
	c.stop(node)
	wg.Wait()
	c.start(node)
	if len(runs) != jobs {
		t.Errorf("%d jobs ran, want %d", len(runs), jobs)
	}
}

// TestServersComeLater: a store may be opened before there is anyone to open it.
func TestServersComeLater(t *testing.T) {
	t.Parallel()
	c := startCluster(t)
	cfg := c.config(c.account(), 0)
	cfg.Attempt = time.Second
	for i := range c.nodes {
		c.stop(i)
	}
	opened := make(chan error, 1)
	go func() {
		s, err := jet.Open(t.Context(), cfg)
		if err == nil {
			defer closeStore(t, s)
			_, err = s.Journal().Append(t.Context(), agency(1), 0, receipt(agency(1), 1))
		}
		opened <- err
	}()
	time.Sleep(300 * time.Millisecond)
	for i := range c.nodes {
		c.start(i)
	}
	if err := <-opened; err != nil {
		t.Error(err)
	}
}
