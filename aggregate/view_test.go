package aggregate

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"tonghop/report"
)

// TestViewIsReadWhileItChanges asks everything while events come in: what is
// given out is never torn, and ends up as the figures of all events.
func TestViewIsReadWhileItChanges(t *testing.T) {
	h := randomHistory(11, 40)
	j := journalOf(t, h.events[:3])
	v := following(t, j, nil)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				s, err := v.Summarize(testRequest, time.Time{}, false)
				if err != nil {
					t.Error(err)
					return
				}
				if s.Heard+len(s.Missing) != s.Asked || len(s.Agencies) != s.Asked {
					t.Errorf("torn: heard %d, missing %v, asked %d", s.Heard, s.Missing, s.Asked)
				}
				if _, err := v.Rollup(Query{Request: testRequest, By: []string{ByUnit}}); err != nil {
					t.Error(err)
				}
				if _, err := v.Explain(Question{Request: testRequest, Indicator: "ratio"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	last := map[report.Key]uint64{}
	for i, e := range h.events {
		if i < 3 {
			last[e.Key] = uint64(i) + 1
			continue
		}
		seq, err := j.Append(t.Context(), e.Key, last[e.Key], e)
		if err != nil {
			t.Fatal(err)
		}
		last[e.Key] = seq
	}
	if err := v.Books.Reached(t.Context(), uint64(len(h.events))); err != nil {
		t.Fatal(err)
	}
	close(done)
	readers.Wait()
	want := &View{Books: &report.Books{}}
	want.Attach()
	var all []report.Recorded
	for i, e := range h.events {
		all = append(all, report.Recorded{Seq: uint64(i) + 1, Event: e})
	}
	if err := want.Books.Restore(all); err != nil {
		t.Fatal(err)
	}
	if got, want := canonicalOf(t, v), canonicalOf(t, want); got != want {
		t.Errorf("followed live:\n%s", firstDifference(got, want))
	}
	late := &View{Books: &report.Books{}} // as a server begins: from its snapshot
	if err := late.Books.Restore(all); err != nil {
		t.Fatal(err)
	}
	late.Attach()
	if got, want := canonicalOf(t, late), canonicalOf(t, want); got != want {
		t.Errorf("attached to what was restored:\n%s", firstDifference(got, want))
	}
}

// TestWatchJoinsChanges: a slow reader hears of every request that changed, once.
func TestWatchJoinsChanges(t *testing.T) {
	v := &View{}
	w := v.Watch()
	v.tell([]string{"b"}, 1)
	v.tell([]string{"a"}, 2)
	v.tell([]string{"b"}, 3)
	requests, seq, err := w.Next(t.Context())
	if err != nil || len(requests) != 2 || requests[0] != "a" || requests[1] != "b" || seq != 3 {
		t.Errorf("got %v, %d, %v; want [a b], 3", requests, seq, err)
	}
	v.Unwatch(w)
	v.tell([]string{"a"}, 4)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if requests, _, err := w.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after Unwatch: got %v, %v", requests, err)
	}
}
