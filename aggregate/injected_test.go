package aggregate

import (
	"slices"
	"testing"

	"github.com/rs/zerolog"

	"tonghop/internal/mem"
	"tonghop/report"
)

// What goes wrong inside is found by the next audit, and by one: bits that flip, events that
// are lost, figures that are added twice or taken out once too often. And nothing is found
// where nothing is wrong.

// spoilt is a journal of some history with the figures in use and a snapshot of it.
type spoilt struct {
	journal   *mem.Journal
	snapshots *mem.Snapshots
	view      *View
	events    []*report.Event
}

func clean(t *testing.T, events []*report.Event) *spoilt {
	t.Helper()
	s := &spoilt{journal: journalOf(t, events), events: events}
	s.snapshots = &mem.Snapshots{Journal: s.journal}
	s.view = following(t, s.journal, nil)
	if err := s.keep(t); err != nil {
		t.Fatal(err)
	}
	return s
}

// keep writes a snapshot.
func (s *spoilt) keep(t *testing.T) error {
	return (&Worker{Journal: s.journal, View: s.view, Snapshots: s.snapshots, Log: zerolog.Nop()}).Keep(t.Context())
}

// sweep is one audit of everything.
func (s *spoilt) sweep(t *testing.T, live *View) *Audited {
	t.Helper()
	got, err := (&Auditor{Journal: s.journal, Snapshots: s.snapshots, Live: live}).Audit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// unchained are the events of a history that a journal would not have written itself.
func unchained(events []*report.Event) []*report.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e *report.Event) bool { return e.Body.Kind() == report.KindChained })
}

// TestFlippedBitsAreFound: whichever bit of a snapshot flips, the next audit says so.
func TestFlippedBitsAreFound(t *testing.T) {
	s := clean(t, unchained(busyHistory(5, 4).events))
	seq, packed, err := s.snapshots.Newest(t.Context(), SnapshotName)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.sweep(t, s.view); !got.Agrees || got.Snapshot != seq {
		t.Fatalf("before: %+v", got)
	}
	step := 1 + len(packed)*8/800 // some eight hundred of them
	for bit := 0; bit < len(packed)*8; bit += step {
		other := slices.Clone(packed)
		other[bit/8] ^= 1 << (bit % 8)
		if err := s.snapshots.Save(t.Context(), SnapshotName, seq, other); err != nil {
			t.Fatal(err)
		}
		if got := s.sweep(t, nil); got.Agrees || got.Snapped == "" || got.Journal != "" {
			t.Fatalf("bit %d of byte %d flipped, of %d bytes: %+v", bit%8, bit/8, len(packed), got)
		}
	}
}

// TestLostEventsAreFound: figures in use that lack an event, any of the request, are said to be
// others.
func TestLostEventsAreFound(t *testing.T) {
	s := clean(t, unchained(busyHistory(6, 10).events))
	lost := 0
	for i, e := range s.events {
		if e.Key.Scope != report.ScopeRequest || e.Body.Kind() == report.KindExported {
			continue // what is no part of the figures of a request
		}
		if i == len(s.events)-1 {
			continue // figures that lag behind the journal have lost nothing yet
		}
		var rest []report.Recorded
		for k, other := range s.events {
			if k != i {
				rest = append(rest, report.Recorded{Seq: uint64(k + 1), Event: other})
			}
		}
		live := &View{Books: &report.Books{}}
		live.Attach()
		if err := live.Books.Restore(rest); err != nil {
			t.Fatal(err)
		}
		if got := s.sweep(t, live); got.Agrees || !slices.Equal(got.Differs, []string{testRequest}) {
			t.Errorf("%s, event %d, is lost: %+v", e.Body.Kind(), i+1, got)
		}
		lost++
	}
	if lost < 20 {
		t.Errorf("only %d events were lost", lost)
	}
}

// TestDoubleAddsAreFound: what one agency said that is counted twice, or taken out once too
// often, of approved figures or of all.
func TestDoubleAddsAreFound(t *testing.T) {
	s := clean(t, unchained(busyHistory(9, 20).events))
	spoiled := 0
	f := s.view.state.slots[testRequest].known()
	for layer, c := range map[string]*cube{"all": f.provisional, "approved": f.official} {
		for _, part := range c.parts {
			if part == nil || len(part.leaves) == 0 {
				continue
			}
			for _, sign := range []int32{+1, -1} {
				c.count(part, sign)
				if got := s.sweep(t, s.view); got.Agrees || !slices.Equal(got.Differs, []string{testRequest}) {
					t.Errorf("%s, agency %d, %+d: %+v", layer, part.agency, sign, got)
				}
				c.count(part, -sign)
				spoiled++
			}
			if got := s.sweep(t, s.view); !got.Agrees {
				t.Fatalf("mended: %+v", got)
			}
		}
	}
	if spoiled < 4 {
		t.Errorf("only %d figures were spoilt", spoiled)
	}
}

// TestNoFalseAlarm: over a long run of every kind of event, snapshots, seals and audits, nothing is
// ever found, and no request is passed over.
func TestNoFalseAlarm(t *testing.T) {
	h := busyHistory(12, 150)
	events := unchained(h.events)
	s := clean(t, events[:3])
	last := map[report.Key]uint64{}
	for i, e := range events[:3] {
		last[e.Key] = uint64(i + 1)
	}
	audits := 0
	for i, e := range events[3:] {
		seq, err := s.journal.Append(t.Context(), e.Key, last[e.Key], e)
		if err != nil {
			t.Fatal(err)
		}
		last[e.Key] = seq
		if i%12 > 0 {
			continue
		}
		if err := s.view.Books.Reached(t.Context(), seq); err != nil {
			t.Fatal(err)
		}
		if err := s.keep(t); err != nil {
			t.Fatal(err)
		}
		got, err := (&Auditor{Journal: s.journal, Snapshots: s.snapshots, Live: s.view}).Seal(t.Context(), h.now, report.Actor{Role: report.RoleSystem, ID: "t"})
		if err != nil || !got.Agrees || got.Last != seq || got.Requests != 1 || len(got.Skipped) > 0 {
			t.Fatalf("after event %d: %+v, %v", i, got, err)
		}
		audits++
	}
	if audits < 20 {
		t.Errorf("only %d audits", audits)
	}
}
