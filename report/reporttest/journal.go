package reporttest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/report"
)

// TestJournal holds a journal to the contract of report.Journal. Open gives an
// empty journal and closes it when the test ends.
func TestJournal(t *testing.T, open func(t *testing.T) report.Journal) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, report.Journal)
	}{
		{"empty", testEmpty},
		{"the expected sequence guards a key", testGuard},
		{"keys do not disturb one another", testKeysApart},
		{"one writer wins", testOneWins},
		{"writers of many keys lose nothing", testManyKeys},
		{"several events are all or none", testAllOrNone},
		{"the same event twice", testSameTwice},
		{"large events", testLarge},
		{"follow from the middle", testMiddle},
		{"follow from beyond the end", testBeyond},
		{"caught up once, then live", testLive},
		{"followers end with their context", testFollowEnds},
		{"a follower that fails", testFollowFails},
		{"refused before anything is written", testRefused},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

var (
	keyA = report.ReturnKey("bc-2026-11", "so-yte")
	keyB = report.ReturnKey("bc-2026-11", "so-nv")
)

// journalIs follows the journal until it is caught up and compares what it gave
// with the events of want, by identity and in order.
func journalIs(t *testing.T, j report.Journal, from uint64, want ...*report.Event) []report.Recorded {
	t.Helper()
	got := all(t, j, from)
	var gotIDs, wantIDs []string
	last := uint64(0)
	for _, r := range got {
		if r.Seq <= last {
			t.Errorf("sequence %d after %d", r.Seq, last)
		}
		last = r.Seq
		gotIDs = append(gotIDs, r.ID)
	}
	for _, e := range want {
		wantIDs = append(wantIDs, e.ID)
	}
	if diff := cmp.Diff(wantIDs, gotIDs); diff != "" {
		t.Errorf("journal from %d (-want +got):\n%s", from, diff)
	}
	return got
}

// all gives the events that are there, from a sequence on.
func all(t *testing.T, j report.Journal, from uint64) []report.Recorded {
	t.Helper()
	var got []report.Recorded
	ctx, stop := context.WithCancel(within(t))
	defer stop()
	err := j.Follow(ctx, from, func(r report.Recorded) error {
		got = append(got, r)
		return nil
	}, func(uint64) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("follow from %d: got %v, want the end of the context", from, err)
	}
	return got
}

func testEmpty(t *testing.T, j report.Journal) {
	if last, err := j.Last(within(t)); last != 0 || err != nil {
		t.Errorf("last: got %d, %v", last, err)
	}
	if events, last, err := j.Load(within(t), keyA); len(events) != 0 || last != 0 || err != nil {
		t.Errorf("load: got %v, %d, %v", events, last, err)
	}
	journalIs(t, j, 1)
	journalIs(t, j, 0)
}

func testGuard(t *testing.T, j report.Journal) {
	first, second, third := received(keyA, 1), received(keyA, 2), received(keyA, 3)
	one := mustAppend(t, j, keyA, 0, first)
	if first.ID == "" {
		t.Error("append did not seal the event")
	}
	for _, expect := range []uint64{0, one + 1, one + 1000} {
		if _, err := j.Append(within(t), keyA, expect, second); !errors.Is(err, report.ErrStale) {
			t.Errorf("append after %d, the key ends at %d: got %v, want ErrStale", expect, one, err)
		}
	}
	two := mustAppend(t, j, keyA, one, second)
	if _, err := j.Append(within(t), keyA, one, third); !errors.Is(err, report.ErrStale) {
		t.Errorf("append after the last but one: got %v, want ErrStale", err)
	}
	if last, err := j.Last(within(t)); last != two || err != nil {
		t.Errorf("last: got %d, %v, want %d", last, err, two)
	}
	events, last, err := j.Load(within(t), keyA)
	if err != nil || last != two || len(events) != 2 || events[0].Seq != one || events[1].Seq != two {
		t.Errorf("load: got %v, %d, %v", events, last, err)
	}
	got := journalIs(t, j, 1, first, second)
	if diff := cmp.Diff(*second, *got[1].Event); diff != "" {
		t.Errorf("the event came back changed (-want +got):\n%s", diff)
	}
}

func testKeysApart(t *testing.T, j report.Journal) {
	// Keys that spell alike when someone is careless with separators.
	keys := []report.Key{
		{Scope: report.ScopeRequest, Name: "a"}, {Scope: report.ScopeRequest, Name: "a", Agency: "b"},
		{Scope: report.ScopeRequest, Name: "ab"}, {Scope: report.ScopeRequest, Name: "a_b"}, {Scope: report.ScopeRequest, Name: "a-b"},
		{Scope: report.ScopeDefinition, Name: "a"}, {Scope: report.ScopeRegister, Name: "a"}, {Scope: report.ScopeSystem, Name: "a"},
	}
	for i, key := range keys {
		mustAppend(t, j, key, 0, closed(key, i))
	}
	for i, key := range keys {
		events, last, err := j.Load(within(t), key)
		if err != nil || len(events) != 1 || last != events[0].Seq || events[0].Key != key {
			t.Fatalf("load %v: got %v, %d, %v", key, events, last, err)
		}
		mustAppend(t, j, key, last, closed(key, 100+i))
	}
}

// testOneWins lets many writers race for every place in one key. Exactly one
// must win each round, and every loser must be told.
func testOneWins(t *testing.T, j report.Journal) {
	const writers, rounds = 16, 15
	expect := uint64(0)
	var winners []*report.Event
	for round := range rounds {
		events, errs, seqs := make([]*report.Event, writers), make([]error, writers), make([]uint64, writers)
		var wg sync.WaitGroup
		for w := range writers {
			events[w] = received(keyA, round*writers+w)
			wg.Go(func() { seqs[w], errs[w] = j.Append(within(t), keyA, expect, events[w]) })
		}
		wg.Wait()
		won := 0
		for w, err := range errs {
			switch {
			case err == nil:
				won++
				winners, expect = append(winners, events[w]), seqs[w]
			case !errors.Is(err, report.ErrStale):
				t.Fatalf("round %d: got %v, want ErrStale", round, err)
			}
		}
		if won != 1 {
			t.Fatalf("round %d: %d writers won", round, won)
		}
	}
	journalIs(t, j, 1, winners...)
}

func testManyKeys(t *testing.T, j report.Journal) {
	const writers, each = 24, 12
	var wg sync.WaitGroup
	for w := range writers {
		key := report.ReturnKey("bc-2026-11", fmt.Sprintf("xa-%02d", w))
		wg.Go(func() {
			expect := uint64(0)
			for n := range each {
				seq, err := j.Append(within(t), key, expect, received(key, n))
				if err != nil {
					t.Errorf("append %d to %v: %v", n, key, err)
					return
				}
				expect = seq
			}
		})
	}
	wg.Wait()
	next := make(map[report.Key]int)
	for _, r := range all(t, j, 1) {
		want := received(r.Key, next[r.Key]).Body.(*report.Received).Number
		if got := r.Body.(*report.Received).Number; got != want {
			t.Fatalf("event %d of %v: got %s, want %s", next[r.Key], r.Key, got, want)
		}
		next[r.Key]++
	}
	for key, n := range next {
		if n != each {
			t.Errorf("%v has %d events, want %d", key, n, each)
		}
	}
	if len(next) != writers {
		t.Errorf("%d keys, want %d", len(next), writers)
	}
}

func testAllOrNone(t *testing.T, j report.Journal) {
	three := []*report.Event{received(keyA, 1), received(keyA, 2), received(keyA, 3)}
	seq := mustAppend(t, j, keyA, 0, three...)
	if _, err := j.Append(within(t), keyA, 0, received(keyA, 4), received(keyA, 5)); !errors.Is(err, report.ErrStale) {
		t.Errorf("got %v, want ErrStale", err)
	}
	got := journalIs(t, j, 1, three...)
	if len(got) == 3 && got[2].Seq != seq {
		t.Errorf("append gave sequence %d, the last event has %d", seq, got[2].Seq)
	}
	mustAppend(t, j, keyA, seq, received(keyA, 6))
}

// testSameTwice: a journal is a log and keeps what it is given, though readers
// take equal events for one (law 2).
func testSameTwice(t *testing.T, j report.Journal) {
	first, again := received(keyA, 1), received(keyA, 1)
	one := mustAppend(t, j, keyA, 0, first)
	mustAppend(t, j, keyA, one, again)
	if first.ID != again.ID {
		t.Errorf("equal events have identities %s and %s", first.ID, again.ID)
	}
	journalIs(t, j, 1, first, again)
}

func testLarge(t *testing.T, j report.Journal) {
	small, large, larger, after := received(keyA, 1), checked(keyA, 2, 700_000), checked(keyA, 3, 4_000_000), received(keyA, 4)
	one := mustAppend(t, j, keyA, 0, small)
	two := mustAppend(t, j, keyA, one, large, larger)
	if _, err := j.Append(within(t), keyA, one, checked(keyA, 5, 1_500_000)); !errors.Is(err, report.ErrStale) {
		t.Errorf("a large event out of date: got %v, want ErrStale", err)
	}
	elsewhere := received(keyB, 1)
	other := mustAppend(t, j, keyB, 0, elsewhere)
	mustAppend(t, j, keyA, two, after)
	got := journalIs(t, j, 1, small, large, larger, elsewhere, after)
	if diff := cmp.Diff(*larger, *got[2].Event); diff != "" {
		t.Errorf("the large event came back changed (-want +got):\n%.2000s", diff)
	}
	if got[2].Seq != two || got[3].Seq != other {
		t.Errorf("sequences: got %d and %d, want %d and %d", got[2].Seq, got[3].Seq, two, other)
	}
	events, _, err := j.Load(within(t), keyA)
	if err != nil || len(events) != 4 || events[2].ID != larger.ID {
		t.Errorf("load: got %d events, %v", len(events), err)
	}
	journalIs(t, j, two+1, elsewhere, after)
	journalIs(t, j, two, larger, elsewhere, after) // from the last place it takes
}

func testMiddle(t *testing.T, j report.Journal) {
	var events []*report.Event
	var seqs []uint64
	expect := uint64(0)
	for n := range 10 {
		events = append(events, received(keyA, n))
		expect = mustAppend(t, j, keyA, expect, events[n])
		seqs = append(seqs, expect)
	}
	for _, n := range []int{0, 4, 9} {
		journalIs(t, j, seqs[n], events[n:]...)
		journalIs(t, j, seqs[n]+1, events[n+1:]...)
	}
}

func testBeyond(t *testing.T, j report.Journal) {
	seq := mustAppend(t, j, keyA, 0, received(keyA, 1))
	err := j.Follow(within(t), seq+2, func(report.Recorded) error { return nil }, nil)
	if !errors.Is(err, report.ErrGap) {
		t.Errorf("got %v, want ErrGap: the reader has seen an event that is gone", err)
	}
}

func testLive(t *testing.T, j report.Journal) {
	expect := mustAppend(t, j, keyA, 0, received(keyA, 0), received(keyA, 1))
	ctx, stop := context.WithCancel(within(t))
	came, caught, ended := make(chan report.Recorded, 100), make(chan uint64, 10), make(chan error, 1)
	go func() {
		ended <- j.Follow(ctx, 1, func(r report.Recorded) error { came <- r; return nil }, func(last uint64) { caught <- last })
	}()
	if last := receive(t, caught); last != expect {
		t.Errorf("caught up at %d, want %d", last, expect)
	}
	if len(came) != 2 {
		t.Errorf("caught up after %d events, want 2", len(came))
	}
	receive(t, came)
	receive(t, came)
	for n := 2; n < 6; n++ {
		expect = mustAppend(t, j, keyA, expect, received(keyA, n))
		sent := time.Now()
		if r := receive(t, came); r.Seq != expect {
			t.Errorf("got event %d, want %d", r.Seq, expect)
		}
		if took := time.Since(sent); took > 3*time.Second {
			t.Errorf("a live event took %v", took)
		}
	}
	stop()
	if err := receive(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
	if len(caught) != 0 {
		t.Error("caught up more than once")
	}
}

// receive takes from a channel, patiently.
func receive[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("not reached")
	}
}

func testFollowEnds(t *testing.T, j report.Journal) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := j.Follow(ctx, 1, func(report.Recorded) error { return nil }, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("follow: got %v, want the end of the context", err)
	}
	if _, err := j.Append(ctx, keyA, 0, received(keyA, 1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("append: got %v, want the end of the context", err)
	}
	if _, _, err := j.Load(ctx, keyA); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("load: got %v, want the end of the context", err)
	}
	if _, err := j.Last(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("last: got %v, want the end of the context", err)
	}
}

func testFollowFails(t *testing.T, j report.Journal) {
	mustAppend(t, j, keyA, 0, received(keyA, 1), received(keyA, 2))
	enough, n := errors.New("enough"), 0
	err := j.Follow(within(t), 1, func(report.Recorded) error { n++; return enough }, nil)
	if !errors.Is(err, enough) || n != 1 {
		t.Errorf("got %v after %d events, want the function's own error after 1", err, n)
	}
}

func testRefused(t *testing.T, j report.Journal) {
	if _, err := j.Append(within(t), keyA, 0); err == nil {
		t.Error("nothing was appended without an error")
	}
	if _, err := j.Append(within(t), keyA, 0, received(keyA, 1), received(keyB, 1)); err == nil || errors.Is(err, report.ErrStale) {
		t.Errorf("an event of another key: got %v", err)
	}
	if _, err := j.Append(within(t), keyA, 0, &report.Event{Key: keyA, At: noon}); err == nil {
		t.Error("an event without a body was appended")
	}
	journalIs(t, j, 1)
}
