package sim

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"testing"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/report"
	"tonghop/report/codec"
)

var (
	seedFlag  = flag.Uint64("sim.seed", 0, "only this seed")
	countFlag = flag.Int("sim.n", 2000, "how many histories")
)

// bookEvery is how many histories go by their figures for one that goes by its
// workbook, too: figures are compared whole, and a workbook takes ten times as
// long to write. Where every change is held against the laws there is time for
// all of them.
func bookEvery() int {
	if os.Getenv("CI") != "" {
		return 1
	}
	return 20
}

// seeds calls check with each seed, on every processor.
func seeds(t *testing.T, n int, check func(t *testing.T, seed uint64)) {
	if *seedFlag != 0 {
		check(t, *seedFlag)
		return
	}
	next := make(chan uint64)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for seed := range next {
				check(t, seed)
			}
		})
	}
	for i := range n {
		if t.Failed() {
			break
		}
		next <- uint64(i + 1)
	}
	close(next)
	wg.Wait()
}

// TestSameEventsSameFigures is law 2: thousands of histories, each shuffled,
// repeated, split over two journals and merged.
func TestSameEventsSameFigures(t *testing.T) {
	seeds(t, *countFlag, func(t *testing.T, seed uint64) {
		compare(t, seed, "figures", Figures)
	})
}

// TestSameEventsSameWorkbook is the same down to the bytes of the workbook.
func TestSameEventsSameWorkbook(t *testing.T) {
	seeds(t, *countFlag/bookEvery(), func(t *testing.T, seed uint64) {
		compare(t, seed, "workbook", Workbook)
	})
}

// TestSameEventsSameAnswers is the same for what is remembered of answers.
func TestSameEventsSameAnswers(t *testing.T) {
	remembered := map[string]bool{}
	var mu sync.Mutex
	seeds(t, *countFlag, func(t *testing.T, seed uint64) {
		compare(t, seed, "memory of answers", func(events []*report.Event) ([]byte, error) {
			got, err := Answers(events)
			mu.Lock()
			defer mu.Unlock()
			remembered[string(got)] = true
			return got, err
		})
	})
	if *seedFlag == 0 && len(remembered) < min(*countFlag/4, 100) {
		t.Errorf("the histories leave only %d memories: they can hardly tell one order from another", len(remembered))
	}
}

func compare(t *testing.T, seed uint64, what string, fold func([]*report.Event) ([]byte, error)) {
	events := NewHistory(seed)
	want, err := fold(events)
	if err != nil {
		t.Errorf("seed %d: %v", seed, err)
		return
	}
	got, err := fold(Mixed(events, rand.New(rand.NewPCG(seed, 3))))
	if err != nil {
		t.Errorf("seed %d, mixed: %v", seed, err)
		return
	}
	if !bytes.Equal(got, want) {
		t.Errorf("seed %d: the same events in another order give another %s; run with -sim.seed=%d", seed, what, seed)
	}
}

// TestHistoriesDiffer keeps the test above honest: histories must be rich
// enough that a figure changes when anything in them does.
func TestHistoriesDiffer(t *testing.T) {
	books := map[string]bool{}
	for seed := range uint64(60) {
		s, official, err := Summaries(NewHistory(seed + 1))
		if err != nil {
			t.Fatal(err)
		}
		a, err := aggregate.Canonical(s)
		if err != nil {
			t.Fatal(err)
		}
		books[string(a)] = true
		if b, err := aggregate.Canonical(official); err != nil || len(b) == 0 {
			t.Fatalf("official summary: %v", err)
		}
	}
	if len(books) < 55 {
		t.Errorf("60 seeds gave %d summaries", len(books))
	}
}

// forgetful folds as a reader would that does not know an event again: every
// repetition is something new to it.
func forgetful(events History) History {
	out := make(History, len(events))
	seen := map[string]int{}
	for i, e := range events {
		seen[e.ID]++
		copied := *e
		if n := seen[e.ID]; n > 1 {
			copied.ID = e.ID[:len(e.ID)-1] + string(rune('g'+n))
			if s, ok := e.Body.(*report.Submitted); ok {
				again := *s
				again.Version += 7
				copied.Body = &again
			}
		}
		out[i] = &copied
	}
	return out
}

// lastWins folds as a reader would that believes the order of arrival: it gives
// every event the time at which it came.
func lastWins(events History) History {
	out := make(History, len(events))
	for i, e := range events {
		copied := *e
		copied.At = morning.AddDate(0, 0, i)
		out[i] = &copied
	}
	return out
}

// TestBrokenFoldsAreFound breaks the fold on purpose and sees the comparison
// fail.
func TestBrokenFoldsAreFound(t *testing.T) {
	for name, broken := range map[string]func(History) History{"counts a repetition": forgetful, "last one wins": lastWins} {
		t.Run(name, func(t *testing.T) {
			found := 0
			for seed := range uint64(100) {
				events := NewHistory(seed + 1)
				want, err := Figures(broken(events))
				if err != nil {
					t.Fatal(err)
				}
				got, err := Figures(broken(Mixed(events, rand.New(rand.NewPCG(seed, 3)))))
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					found++
				}
			}
			if found < 50 {
				t.Errorf("a fold that %s was found in %d of 100 histories", name, found)
			}
		})
	}
}

// TestEventsSurviveTheirBytes sends every event of a history through the codec
// and folds what comes back.
func TestEventsSurviveTheirBytes(t *testing.T) {
	seeds(t, 200, func(t *testing.T, seed uint64) {
		events := NewHistory(seed)
		back := make(History, len(events))
		for i, e := range events {
			b, err := codec.Encode(e)
			if err != nil {
				t.Errorf("seed %d: %v", seed, err)
				return
			}
			if back[i], err = codec.Decode(b); err != nil {
				t.Errorf("seed %d: %v", seed, err)
				return
			}
		}
		want, err := Figures(events)
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			return
		}
		if got, err := Figures(back); err != nil || !bytes.Equal(got, want) {
			t.Errorf("seed %d: the figures of decoded events differ (%v)", seed, err)
		}
	})
}

func BenchmarkWorkbook(b *testing.B) {
	s, _, err := Summaries(NewHistory(1))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := export.Workbook(s); err != nil {
			b.Fatal(err)
		}
	}
}
