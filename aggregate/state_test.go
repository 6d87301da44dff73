package aggregate

import (
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tonghop/report"
)

var (
	seedFlag  = flag.Uint64("seed", 0, "run only the history of this seed")
	timesFlag = flag.Uint64("times", 1, "run so many times more histories")
)

// seeds gives the seeds of the histories to run. A failure names its seed, and
// -seed runs it again.
func seeds(t *testing.T, n uint64) iter.Seq[uint64] {
	t.Helper()
	return func(yield func(uint64) bool) {
		if *seedFlag != 0 {
			yield(*seedFlag)
			return
		}
		for seed := range n * *timesFlag {
			if !yield(seed + 1) {
				return
			}
		}
	}
}

// scrambled gives the events of a history as another reader may meet them:
// shuffled, some of them twice, and split over two journals that were merged.
func scrambled(rng *rand.Rand, events []*report.Event) []*report.Event {
	shuffle := func(e []*report.Event) []*report.Event {
		rng.Shuffle(len(e), func(i, j int) { e[i], e[j] = e[j], e[i] })
		return e
	}
	switch rng.IntN(3) {
	case 0:
		return shuffle(slices.Clone(events))
	case 1:
		out := slices.Clone(events)
		for range len(events) {
			out = append(out, events[rng.IntN(len(events))])
		}
		return shuffle(out)
	}
	var one, two []*report.Event
	for _, e := range events {
		switch rng.IntN(3) {
		case 0:
			one = append(one, e)
		case 1:
			two = append(two, e)
		default:
			one, two = append(one, e), append(two, e)
		}
	}
	return append(two, one...)
}

// TestEventsAreASet holds law 2: order, repetition and the journal an event came
// from change nothing, in the present and in any past.
func TestEventsAreASet(t *testing.T) {
	for seed := range seeds(t, 1000) {
		h := randomHistory(seed, 6)
		moments := []time.Time{{}}
		if seed%4 == 0 {
			moments = append(moments, h.events[h.rng.IntN(len(h.events))].At)
		}
		straight, other := folded(h.events), folded(scrambled(h.rng, h.events))
		for _, asOf := range moments {
			if got, want := other.dump(t, asOf), straight.dump(t, asOf); got != want {
				t.Fatalf("seed %d, as of %v: the same events give another summary:\n%s", seed, asOf, firstDifference(got, want))
			}
		}
	}
}

// TestTheFirstReceiptNamesTheFile: the same bytes came under two names by two
// journals. The first receipt is the legal one, whichever is heard of first.
func TestTheFirstReceiptNamesTheFile(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", "3")))
	n := len(h.events)
	later := h.events[n-3].Body.(*report.Received)
	first := *later
	first.Name = "first.xlsx"
	h.now = h.events[n-3].At.Add(-30*time.Second - time.Minute)
	h.add(h.events[n-3].Key, &first)
	straight := folded(h.events)
	slices.Reverse(h.events)
	if got, want := folded(h.events).dump(t, time.Time{}), straight.dump(t, time.Time{}); got != want {
		t.Errorf("the same events give another summary:\n%s", firstDifference(got, want))
	}
}

// TestRebuildGivesTheSame: the figures followed event by event are those counted
// at once.
func TestRebuildGivesTheSame(t *testing.T) {
	for seed := range seeds(t, 100) {
		f := folded(randomHistory(seed, 15).events)
		live := f.dump(t, time.Time{})
		f.state.Rebuild(&f.ledger)
		if anew := f.dump(t, time.Time{}); anew != live {
			t.Fatalf("seed %d:\n%s", seed, firstDifference(live, anew))
		}
	}
}

// TestPastIsWhatItWas: the figures as of the time of any event are those that
// stood when it had just come. Before the request was opened there were none.
func TestPastIsWhatItWas(t *testing.T) {
	for seed := range seeds(t, 20) {
		h := randomHistory(seed, 10)
		whole, f := folded(h.events), &fold{}
		for n, e := range h.events {
			f.take(e)
			if f.ledger.Request(testRequest) == nil {
				continue
			}
			if got, want := whole.dump(t, e.At), f.dump(t, e.At); got != want {
				t.Fatalf("seed %d, event %d:\n%s", seed, n, firstDifference(got, want))
			}
		}
	}
}

// TestBrokenFoldIsFound breaks the fold on purpose and sees the comparison of
// TestEventsAreASet fail: a test that cannot fail proves nothing.
func TestBrokenFoldIsFound(t *testing.T) {
	// A fault is made anew for every fold; it spoils what the ledger says of an
	// event before the figures see it.
	type spoil func(s *State, e *report.Event, c report.Change)
	faults := map[string]func() spoil{
		"old figures are not taken out": func() spoil {
			return func(s *State, e *report.Event, _ report.Change) {
				if f := s.slots[testRequest].known(); f != nil {
					if a, ok := f.agencies[e.Key.Agency]; ok {
						f.provisional.parts[a] = nil // forgotten, but still in the tallies
					}
				}
			}
		},
		"the one that came last wins": func() spoil {
			last := map[string]string{}
			return func(_ *State, e *report.Event, c report.Change) {
				if e.Body.Kind() == report.KindSubmitted {
					last[e.Key.Agency] = e.ID
				}
				stand(c, last)
			}
		},
		"a withdrawal that came early is lost": func() spoil {
			lost := map[string]string{}
			return func(_ *State, e *report.Event, c report.Change) {
				if w, ok := e.Body.(*report.Withdrawn); ok && len(c.Returns) == 1 && len(c.Returns[0].Submissions) == 0 {
					lost[e.Key.Agency] = w.Submission
				}
				stand(c, lost)
			}
		},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			broken := func(events []*report.Event) (out string) {
				f, spoil := &fold{}, fault()
				for _, e := range events {
					f.seq++
					c := f.ledger.Add(e)
					spoil(&f.state, e, c)
					f.state.Apply(&f.ledger, report.Recorded{Seq: f.seq, Event: e}, c)
				}
				defer func() { // figures without a source: found by other means
					if r := recover(); r != nil {
						out = fmt.Sprint(r)
					}
				}()
				return f.dump(t, time.Time{})
			}
			for seed := range uint64(200) {
				h := randomHistory(seed+1, 8)
				if broken(h.events) != broken(scrambled(h.rng, h.events)) {
					return
				}
			}
			t.Error("two hundred histories did not show the fault")
		})
	}
}

// stand makes submissions stand that should not, by agency.
func stand(c report.Change, ids map[string]string) {
	for _, r := range c.Returns {
		for _, s := range r.Submissions {
			if s.ID == ids[r.Key.Agency] && s.Draft != nil {
				r.Standing = s
			}
		}
	}
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-120):min(len(s), i+200)] }
	return "got  … " + cut(got) + "\nwant … " + cut(want)
}
