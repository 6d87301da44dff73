package aggregate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// shown is everything that a view shows, in a form in which equal figures are equal: of
// every request both summaries, its figures by all axes, and now and then those of a year.
func shown(t *testing.T, v *View) string {
	t.Helper()
	var codes []string
	v.Books.Read(func(l *report.Ledger) { codes = l.RequestCodes() })
	var out strings.Builder
	for _, code := range codes {
		for _, official := range []bool{false, true} {
			s, err := v.Summarize(code, time.Time{}, official)
			if err != nil {
				fmt.Fprintln(&out, code, err)
				continue
			}
			b, err := Canonical(s)
			if err != nil {
				t.Fatal(err)
			}
			r, err := v.Rollup(Query{Request: code, By: []string{ByAgency, ByPlace, ByUnit}, Official: official})
			rows, _ := json.Marshal(r)
			fmt.Fprintf(&out, "%s %s\n%s %v\n", code, b, rows, err)
			r, err = v.Rollup(Query{Request: code, By: []string{ByAgency}, Official: official, Window: Window{Cumulative: true}})
			rows, _ = json.Marshal(r)
			fmt.Fprintf(&out, "%s %v\n", rows, err)
		}
	}
	return out.String()
}

// begun gives a view that begins from a snapshot, as a server does, and follows the
// journal; early is what is asked for before the journal is read on.
func begun(t *testing.T, j *mem.Journal, kept []byte, seq uint64, early func(*View)) (*View, uint64) {
	t.Helper()
	s := &mem.Snapshots{Journal: j}
	if err := s.Save(t.Context(), SnapshotName, seq, kept); err != nil {
		t.Fatal(err)
	}
	v := &View{Books: &report.Books{Journal: j}}
	restored, err := Restore(t.Context(), s, v.Books)
	if err != nil {
		t.Fatal(err)
	}
	v.Attach()
	if early != nil {
		early(v)
	}
	return run(t, v), restored
}

// keptOf writes a snapshot of events.
func keptOf(t *testing.T, events []report.Recorded) []byte {
	t.Helper()
	k := newKeeping()
	for _, r := range events {
		if err := k.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	return k.bytes.Bytes()
}

// packOf writes what an older program kept.
func packOf(t *testing.T, events []report.Recorded) []byte {
	t.Helper()
	var b bytes.Buffer
	p := codec.NewPackWriter(&b)
	for _, r := range events {
		if err := p.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func recordedIn(t *testing.T, j *mem.Journal) (events []report.Recorded) {
	t.Helper()
	_, err := report.ReadAll(t.Context(), j, func(r report.Recorded) error {
		events = append(events, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// TestStartFromASnapshot: a start from a snapshot of any moment shows byte for byte what
// a start from the journal shows, whatever came after it, and whatever was asked for in
// between: corrections, withdrawals, closes, rosters, definitions and registers. So does
// one from what an older program kept.
func TestStartFromASnapshot(t *testing.T) {
	check := func(t *testing.T, seed uint64, events []*report.Event) {
		t.Helper()
		rng := rand.New(rand.NewPCG(seed, 37))
		j := journalOf(t, events)
		recorded := recordedIn(t, j)
		want := shown(t, following(t, j, nil))
		for name, keep := range map[string]func(*testing.T, []report.Recorded) []byte{"snapshot": keptOf, "pack": packOf} {
			for _, early := range []func(*View){
				nil,
				func(v *View) { v.Warm(t.Context()) },
				func(v *View) { // one of the requests
					var codes []string
					if v.Books.Read(func(l *report.Ledger) { codes = l.RequestCodes() }); len(codes) > 0 {
						_, _ = v.Rollup(Query{Request: codes[rng.IntN(len(codes))]})
					}
				},
			} {
				at := 1 + rng.IntN(len(recorded))
				v, seq := begun(t, j, keep(t, recorded[:at]), recorded[at-1].Seq, early)
				if seq != recorded[at-1].Seq {
					t.Fatalf("%s of seed %d: begun at event %d, want %d", name, seed, seq, recorded[at-1].Seq)
				}
				if rng.IntN(2) == 0 {
					v.Warm(t.Context())
				}
				if got := shown(t, v); got != want {
					t.Fatalf("%s of %d of %d events of seed %d:\n%s", name, at, len(recorded), seed, firstDifference(got, want))
				}
				if left := v.Books.Unread(); len(left) > 0 {
					t.Errorf("%v were not read", left)
				}
			}
		}
	}
	for seed := range seeds(t, 25) {
		check(t, seed, randomHistory(seed, 25).events)
		check(t, seed, scrambled(rand.New(rand.NewPCG(seed, 38)), randomHistory(seed, 25).events))
	}
	for seed := range seeds(t, 8) {
		check(t, seed, randomTimeHistory(seed, 40).events)
		check(t, seed, scrambled(rand.New(rand.NewPCG(seed, 38)), randomTimeHistory(seed, 40).events))
	}
}

// TestStartReadsNothing: what a snapshot holds of the returns is neither read nor counted
// before someone asks, and then that of the one request.
func TestStartReadsNothing(t *testing.T) {
	events := randomTimeHistory(3, 60).events
	j := journalOf(t, events)
	recorded := recordedIn(t, j)
	v, _ := begun(t, j, keptOf(t, recorded), recorded[len(recorded)-1].Seq, nil)
	unread := v.Books.Unread()
	if len(unread) < 3 {
		t.Fatalf("%d requests lie unread, want some", len(unread))
	}
	if _, err := v.Summarize(unread[1], time.Time{}, false); err != nil {
		t.Fatal(err)
	}
	if got, want := v.Books.Unread(), slices.Delete(slices.Clone(unread), 1, 2); !slices.Equal(got, want) {
		t.Errorf("unread are %v, want %v", got, want)
	}
}

// TestStartIsAskedByMany: while events come in and the rest is counted, whoever asks is
// given figures of some moment, and in the end everyone those of the journal.
func TestStartIsAskedByMany(t *testing.T) {
	h := randomTimeHistory(11, 80)
	j := journalOf(t, h.events)
	recorded := recordedIn(t, j)
	at := len(recorded) / 2
	var asking sync.WaitGroup
	v, _ := begun(t, j, keptOf(t, recorded[:at]), recorded[at-1].Seq, func(v *View) {
		codes := v.Books.Unread()
		asking.Go(func() { v.Warm(t.Context()) })
		for k := range 4 {
			asking.Go(func() {
				for i := range codes {
					code := codes[(i+k*len(codes)/4)%len(codes)]
					if _, err := v.Summarize(code, time.Time{}, k%2 == 0); err != nil {
						t.Error(err)
					}
					v.Books.ReadKey(report.ReturnKey(code, "syt"), func(l *report.Ledger, _ uint64) { l.Requests[code].Fingerprint() })
				}
			})
		}
	})
	asking.Wait()
	if got, want := shown(t, v), shown(t, following(t, j, nil)); got != want {
		t.Error(firstDifference(got, want))
	}
}

// TestWarmEnds: it stops with its context, and does no harm twice.
func TestWarmEnds(t *testing.T) {
	j := journalOf(t, randomTimeHistory(3, 60).events)
	recorded := recordedIn(t, j)
	v, _ := begun(t, j, keptOf(t, recorded), recorded[len(recorded)-1].Seq, nil)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if v.Warm(ended); len(v.Books.Unread()) == 0 {
		t.Error("all was counted though nobody waited for it any more")
	}
	v.Warm(t.Context())
	v.Warm(t.Context())
	if left := v.Books.Unread(); len(left) > 0 {
		t.Errorf("%v were not read", left)
	}
}

// TestSnapshotsThatAreNone: of one that is cut short, changed, of a newer program or of
// another moment than it says nothing is used, and the start is as without.
func TestSnapshotsThatAreNone(t *testing.T) {
	h := randomHistory(7, 8)
	j := journalOf(t, h.events)
	recorded := recordedIn(t, j)
	last := recorded[len(recorded)-1].Seq
	want := shown(t, following(t, j, nil))
	good := keptOf(t, recorded)
	newer := bytes.Clone(good)
	newer[4]++
	bad := map[string][]byte{"nothing": nil, "a newer one": newer, "another moment": keptOf(t, recorded[:len(recorded)-1]), "an older pack, cut": packOf(t, recorded)[:40]}
	for i := 0; i < len(good); i += max(1, len(good)/40) {
		flipped := bytes.Clone(good)
		flipped[i] ^= 4
		bad[fmt.Sprintf("byte %d", i)], bad[fmt.Sprintf("cut at %d", i)] = flipped, good[:i]
	}
	for name, b := range bad {
		v, seq := begun(t, j, b, last, nil)
		if seq != 0 {
			t.Errorf("%s: begun at event %d", name, seq)
		}
		if got := shown(t, v); got != want {
			t.Errorf("%s:\n%s", name, firstDifference(got, want))
		}
	}
}

// resealed changes a snapshot so that the part of its first request cannot be read, and
// makes its digest right again.
func resealed(t *testing.T, b []byte) []byte {
	t.Helper()
	s, err := codec.OpenSnapshot(b)
	if err != nil {
		t.Fatal(err)
	}
	for i := 6; i < len(b)-sha256.Size; i++ { // until it is the right block
		out := bytes.Clone(b)
		out[i] ^= 0x55
		sum := sha256.Sum256(out[:len(out)-sha256.Size])
		copy(out[len(out)-sha256.Size:], sum[:])
		changed, err := codec.OpenSnapshot(out)
		if err != nil || len(changed.Requests) != len(s.Requests) {
			continue
		}
		_, whole := changed.Whole.Read()
		if _, err := changed.Requests[0].Read(); err != nil && whole == nil {
			return out
		}
	}
	t.Fatal("no byte spoils the part alone")
	return nil
}

// busyJournal does something when its events have been read to their end.
type busyJournal struct {
	report.Journal
	then func()
}

func (j busyJournal) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	err := j.Journal.Follow(ctx, from, fn, caughtUp)
	j.then()
	return err
}

// forgedIn changes a figure of an event as if that had been what was sent.
func forgedIn(t *testing.T, events []report.Recorded, of string) (out []report.Recorded, changed bool) {
	t.Helper()
	out = slices.Clone(events)
	for i, r := range out {
		c, checked := r.Body.(*report.Checked)
		if !checked || r.Key.Name != of || c.Draft.Facts.Len() == 0 {
			continue
		}
		body, e := *c, *r.Event
		list := c.Draft.Facts.List()
		list[0].Value = report.NumberOf(decimal.FromInt(77_777))
		body.Draft.Facts = report.FactsOf(list)
		e.ID, e.Body = "", &body
		if err := codec.Seal(&e); err != nil {
			t.Fatal(err)
		}
		out[i].Event = &e
		return out, true
	}
	return out, false
}

// TestForgedSnapshotIsFound: a snapshot that is sound in itself and holds what the journal
// does not is found by the first audit, which says where; also while other events of the
// same request come in all the time.
func TestForgedSnapshotIsFound(t *testing.T) {
	for _, busy := range []bool{false, true} {
		h := newHistory(1)
		h.submit("syt", facts(num("syt", "288", "sum", "3")))
		h.submit("sgd", facts(num("sgd", "288", "sum", "4")))
		j := journalOf(t, h.events)
		recorded := recordedIn(t, j)
		wrong, changed := forgedIn(t, recorded, testRequest)
		if !changed {
			t.Fatal("nothing was changed")
		}
		v, seq := begun(t, j, keptOf(t, wrong), recorded[len(recorded)-1].Seq, nil)
		if seq == 0 {
			t.Fatal("it was not begun from")
		}
		w := &Worker{Journal: j, View: v, Log: zerolog.Nop()}
		if busy {
			before := len(h.events)
			h.submit("hpn", facts(num("hpn", "288", "sum", "5")))
			w.Journal = busyJournal{j, func() {
				if _, err := j.Append(t.Context(), h.events[before].Key, 0, h.events[before:]...); err != nil {
					t.Error(err)
				}
				last, _ := j.Last(t.Context())
				if err := v.Books.Reached(t.Context(), last); err != nil {
					t.Error(err)
				}
			}}
		}
		if err := w.Audit(t.Context()); !errors.Is(err, ErrDiverged) || !strings.Contains(err.Error(), testRequest) {
			t.Errorf("busy %v: got %v, want %v of %s", busy, err, ErrDiverged, testRequest)
		}
		// The same from a true snapshot raises no alarm.
		v, _ = begun(t, j, keptOf(t, recorded), recorded[len(recorded)-1].Seq, nil)
		w = &Worker{Journal: j, View: v, Log: zerolog.Nop()}
		if err := w.Audit(t.Context()); err != nil {
			t.Errorf("busy %v: true figures: %v", busy, err)
		}
	}
}

// TestPartThatCannotBeRead: when a part of a snapshot turns out to be none, the journal is
// asked, and what is shown is what it says.
func TestPartThatCannotBeRead(t *testing.T) {
	h := randomHistory(5, 20)
	j := journalOf(t, h.events)
	recorded := recordedIn(t, j)
	at := len(recorded) * 3 / 4
	s, err := codec.OpenSnapshot(keptOf(t, recorded[:at]))
	if err != nil || len(s.Requests) != 1 {
		t.Fatalf("%d parts, %v", len(s.Requests), err)
	}
	other, err := codec.OpenSnapshot(resealed(t, keptOf(t, recorded[:at])))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Requests[0].Read(); err == nil {
		t.Fatal("a part whose bytes were changed was read")
	}
	want, err := s.Requests[0].Read()
	if err != nil {
		t.Fatal(err)
	}
	got := readPart(other.Requests[0], recorded[at-1].Seq, j)
	if len(got) != len(want) {
		t.Fatalf("got %d events, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i].Seq != want[i].Seq || got[i].ID != want[i].ID {
			t.Fatalf("event %d is %s, want %s", got[i].Seq, got[i].ID, want[i].ID)
		}
	}
	v, seq := begun(t, j, resealed(t, keptOf(t, recorded[:at])), recorded[at-1].Seq, nil)
	if seq == 0 {
		t.Fatal("it was not begun from")
	}
	if got, want := shown(t, v), shown(t, following(t, j, nil)); got != want {
		t.Errorf("%s", firstDifference(got, want))
	}
}
