package aggregate

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// forged is a journal in which an event is another, or missing, or one too many.
type forged struct {
	report.Journal
	change func(events []report.Recorded) []report.Recorded
}

func (f forged) all(ctx context.Context) ([]report.Recorded, error) {
	var out []report.Recorded
	_, err := report.ReadAll(ctx, f.Journal, func(r report.Recorded) error { out = append(out, r); return nil })
	return f.change(out), err
}

func (f forged) Load(ctx context.Context, key report.Key) (out []report.Recorded, last uint64, err error) {
	events, err := f.all(ctx)
	for _, r := range events {
		if r.Key == key {
			out, last = append(out, r), r.Seq
		}
	}
	return out, last, err
}

func (f forged) Last(ctx context.Context) (uint64, error) {
	events, err := f.all(ctx)
	if len(events) == 0 {
		return 0, err
	}
	return events[len(events)-1].Seq, err
}

func (f forged) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	events, err := f.all(ctx)
	if err != nil {
		return err
	}
	for _, r := range events {
		if r.Seq >= from {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
	return errors.New("ended")
}

// another is an event of the same key that says something else.
func another(r report.Recorded) report.Recorded {
	e := &report.Event{Key: r.Key, At: r.At, Actor: report.Actor{Role: r.Actor.Role, ID: "someone else"}, Body: r.Body}
	if err := codec.Seal(e); err != nil {
		panic(err)
	}
	return report.Recorded{Seq: r.Seq, Event: e}
}

// sealedJournal has a history that was sealed in the middle and at the end.
func sealedJournal(t *testing.T) (*mem.Journal, uint64) {
	t.Helper()
	h := randomHistory(3, 20)
	half := len(h.events) / 2
	j := journalOf(t, h.events[:half])
	w := &Worker{Journal: j, View: &View{Books: &report.Books{}}, Log: zerolog.Nop()} // nobody reads at the same time
	if err := w.audit(t.Context(), h.now); err != nil {
		t.Fatal(err)
	}
	last := map[report.Key]uint64{}
	if _, err := report.ReadAll(t.Context(), j, func(r report.Recorded) error { last[r.Key] = r.Seq; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, e := range h.events[half:] {
		seq, err := j.Append(t.Context(), e.Key, last[e.Key], e)
		if err != nil {
			t.Fatal(err)
		}
		last[e.Key] = seq
	}
	if _, err := (&Auditor{Journal: j}).Seal(t.Context(), h.now, report.Actor{Role: report.RoleSystem, ID: "t"}); err != nil {
		t.Fatal(err)
	}
	return j, uint64(half)
}

// TestChainFindsForgeries: whatever is done to any event of a sealed journal is found by the
// audit, and said to be where it is; the journal itself is in order.
func TestChainFindsForgeries(t *testing.T) {
	j, half := sealedJournal(t)
	n, err := j.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	check := func(name string, at uint64, change func([]report.Recorded) []report.Recorded) {
		t.Helper()
		w := &Worker{Journal: forged{j, change}, View: &View{Books: &report.Books{}}, Log: zerolog.Nop()}
		err := w.Audit(t.Context())
		var broken *BrokenError
		if !errors.As(err, &broken) || !errors.Is(err, ErrBroken) {
			t.Errorf("%s of event %d is not found: %v", name, at, err)
			return
		}
		if at > 1 && (broken.After >= at || broken.Upto < at) {
			t.Errorf("%s of event %d is said to be between %d and %d", name, at, broken.After, broken.Upto)
		}
		got, err := (&Auditor{Journal: forged{j, change}}).Audit(t.Context())
		if err != nil || got.Agrees || got.Broken == nil || *got.Broken != *broken {
			t.Errorf("%s of event %d: %+v, %v; the worker says %v", name, at, got, err, broken)
		}
	}
	if err := (&Worker{Journal: j, View: &View{Books: &report.Books{}}, Log: zerolog.Nop()}).Audit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for at := uint64(1); at < n; at++ {
		if at == half+1 {
			continue // the first seal itself
		}
		i := at - 1
		check("a change", at, func(e []report.Recorded) []report.Recorded { e[i] = another(e[i]); return e })
		check("a loss", at, func(e []report.Recorded) []report.Recorded { return append(e[:i:i], e[i+1:]...) })
		if at+1 != half+1 && at+1 < n {
			check("an exchange", at, func(e []report.Recorded) []report.Recorded {
				e[i].Event, e[i+1].Event = e[i+1].Event, e[i].Event
				return e
			})
		}
	}
	check("a cut", n-1, func(e []report.Recorded) []report.Recorded { // the seals are kept, and what they speak of is not
		return append(e[:half:half], e[n-1])
	})
	check("a cut that is counted anew", half+1, func(e []report.Recorded) []report.Recorded {
		e[n-1].Seq = half + 1
		return append(e[:half:half], e[n-1])
	})
}

// TestSealOnce: a journal is sealed when something came since, and not for its own seals.
func TestSealOnce(t *testing.T) {
	j, _ := sealedJournal(t)
	before, err := j.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := &Auditor{Journal: j}
	if _, err := a.Seal(t.Context(), time.Now(), report.Actor{Role: report.RoleSystem, ID: "t"}); err != nil {
		t.Fatal(err)
	}
	if after, err := j.Last(t.Context()); err != nil || after != before {
		t.Errorf("%d events, were %d; %v", after, before, err)
	}
}

// kept is a journal with a receipt and an export, their files, a snapshot of all of it and the
// figures in use.
type kept struct {
	h         *history
	journal   *mem.Journal
	files     *mem.Files
	snapshots *mem.Snapshots
	view      *View
	last      uint64
}

func keep(t *testing.T) *kept {
	t.Helper()
	k := &kept{h: newHistory(1), files: &mem.Files{}}
	put := func(text string) string {
		sha, err := k.files.Put(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return sha
	}
	k.h.submit("syt", facts(num("syt", "288", "sum", "3")))
	received := k.h.events[len(k.h.events)-3]
	received.Body.(*report.Received).SHA256 = put("một tệp")
	if err := codec.Seal(received); err != nil {
		t.Fatal(err)
	}
	k.h.add(report.RequestKey(testRequest), &report.Exported{SHA256: put("một bảng"), Name: "bang.xlsx", Trigger: "demand"})
	k.journal = journalOf(t, k.h.events)
	k.last = uint64(len(k.h.events))
	k.snapshots = &mem.Snapshots{Journal: k.journal}
	k.view = following(t, k.journal, nil)
	if err := (&Worker{Journal: k.journal, View: k.view, Snapshots: k.snapshots, Log: zerolog.Nop()}).Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *kept) auditor() *Auditor {
	return &Auditor{Journal: k.journal, Files: k.files, Snapshots: k.snapshots, Live: k.view}
}

// snapshot keeps another snapshot, of the events that change makes of those there are.
func (k *kept) snapshot(t *testing.T, change func([]report.Recorded) []report.Recorded) {
	t.Helper()
	var packed bytes.Buffer
	pack := codec.NewPackWriter(&packed)
	events, err := forged{k.journal, change}.all(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range events {
		if err := pack.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pack.Close(); err != nil {
		t.Fatal(err)
	}
	if err := k.snapshots.Save(t.Context(), SnapshotName, k.last, packed.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// damaged is a journal that cannot be read behind an event.
type damaged struct {
	report.Journal
	after uint64
}

func (d damaged) Follow(ctx context.Context, from uint64, fn func(report.Recorded) error, caughtUp func(uint64)) error {
	return d.Journal.Follow(ctx, from, func(r report.Recorded) error {
		if r.Seq > d.after {
			return report.ErrGap
		}
		return fn(r)
	}, caughtUp)
}

// unreachable is what cannot be asked.
type unreachable struct {
	mem.Files
	mem.Snapshots
}

func (*unreachable) Get(context.Context, string) ([]byte, error) { return nil, report.ErrUnavailable }

func (*unreachable) Newest(context.Context, string) (uint64, []byte, error) {
	return 0, nil, report.ErrUnavailable
}

// TestAuditor: where all agrees it says how much it looked at; whatever is spoilt is said,
// alone, and where it is.
func TestAuditor(t *testing.T) {
	k := keep(t)
	got, err := k.auditor().Audit(t.Context())
	if err != nil || !got.Agrees || !got.Whole || got.Files != 2 || got.Snapshot != k.last || got.Events != k.last ||
		got.Last != k.last || got.Requests != 1 || got.Sealed != nil || len(got.Skipped) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	all := func(e []report.Recorded) []report.Recorded { return e }
	for name, test := range map[string]struct {
		spoil func(t *testing.T, k *kept, a *Auditor)
		want  func(*Audited) bool
	}{
		"a file that is gone": {
			func(t *testing.T, k *kept, _ *Auditor) {
				k.h.add(report.RequestKey(testRequest), &report.Exported{SHA256: strings.Repeat("0", 64), Trigger: "close"})
				if _, err := k.journal.Append(t.Context(), report.RequestKey(testRequest), k.last, k.h.events[k.last]); err != nil {
					t.Fatal(err)
				}
			},
			func(a *Audited) bool {
				return len(a.Missing) == 1 && a.Missing[0].Seq == a.Last && a.Missing[0].Kind == report.KindExported && a.Files == 3
			},
		},
		"another event in the snapshot": {
			func(t *testing.T, k *kept, _ *Auditor) {
				k.snapshot(t, func(e []report.Recorded) []report.Recorded { e[2] = another(e[2]); return e })
			},
			func(a *Audited) bool { return strings.HasPrefix(a.Snapped, "event 3: byte ") },
		},
		"an event less in the snapshot": {
			func(t *testing.T, k *kept, _ *Auditor) {
				k.snapshot(t, func(e []report.Recorded) []report.Recorded { return append(e[:2:2], e[3:]...) })
			},
			func(a *Audited) bool { return a.Snapped == "event 3: the snapshot has event 4" },
		},
		"a snapshot that is cut": {
			func(t *testing.T, k *kept, _ *Auditor) {
				k.snapshot(t, func(e []report.Recorded) []report.Recorded { return e[:len(e)-1] })
			},
			func(a *Audited) bool { return strings.Contains(a.Snapped, "of which the last is not event") },
		},
		"a snapshot of nothing": {
			func(t *testing.T, k *kept, _ *Auditor) {
				k.snapshot(t, func([]report.Recorded) []report.Recorded { return nil })
			},
			func(a *Audited) bool { return strings.HasPrefix(a.Snapped, "0 events") },
		},
		"a snapshot that is damaged": {
			func(t *testing.T, k *kept, _ *Auditor) {
				if err := k.snapshots.Save(t.Context(), SnapshotName, k.last, []byte("hỏng")); err != nil {
					t.Fatal(err)
				}
			},
			func(a *Audited) bool { return a.Snapped != "" && a.Snapshot == k.last },
		},
		"a snapshot of an event too many": {
			func(t *testing.T, k *kept, a *Auditor) {
				k.snapshot(t, all)
				a.Journal = forged{k.journal, func(e []report.Recorded) []report.Recorded { return e[:len(e)-1] }}
				a.Live = nil
			},
			func(a *Audited) bool { return a.Snapped == "event 7 of the snapshot is not in the journal" },
		},
		"figures in use that are others": {
			func(_ *testing.T, k *kept, _ *Auditor) {
				k.view.state.slots[testRequest].known().provisional.shelf(everything).tally(0).sum.Add(decimal.FromInt(1))
			},
			func(a *Audited) bool { return slices.Equal(a.Differs, []string{testRequest}) && a.Requests == 0 },
		},
		"figures in use of other events": {
			func(_ *testing.T, k *kept, a *Auditor) {
				a.Snapshots = nil
				a.Journal = forged{k.journal, func(e []report.Recorded) []report.Recorded { e[5] = another(e[5]); return e }}
			},
			func(a *Audited) bool { return slices.Equal(a.Differs, []string{testRequest}) },
		},
		"a journal that is damaged": {
			func(_ *testing.T, k *kept, a *Auditor) { a.Journal = damaged{k.journal, 4} },
			func(a *Audited) bool {
				return !a.Whole && a.Journal != "" && a.Last == 4 && a.Events == 4 && a.Requests == 0 && a.Files == 1 && a.Snapped == ""
			},
		},
		"a link that never was": {
			func(_ *testing.T, _ *kept, a *Auditor) { a.Link = strings.Repeat("0", 64) },
			func(a *Audited) bool { return a.Linked == 0 && strings.Contains(a.Journal, ErrLink.Error()) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := keep(t)
			a := k.auditor()
			test.spoil(t, k, a)
			got, err := a.Seal(t.Context(), k.h.now, report.Actor{Role: report.RoleSystem, ID: "t"})
			if err != nil || got.Agrees || !test.want(got) {
				t.Errorf("%+v, %v", got, err)
			}
			wrong := 0
			for _, is := range []bool{got.Journal != "", len(got.Missing) > 0, got.Snapped != "", len(got.Differs) > 0} {
				if is {
					wrong++
				}
			}
			if wrong != 1 {
				t.Errorf("%d things are said to be wrong: %+v", wrong, got)
			}
			if claims, _, err := k.journal.Load(t.Context(), report.ChainKey); err != nil || len(claims) > 0 {
				t.Errorf("it was sealed: %v, %v", claims, err)
			}
		})
	}
}

// TestAuditorCannotLook: what cannot be asked at the moment is no fault of it.
func TestAuditorCannotLook(t *testing.T) {
	k := keep(t)
	for name, a := range map[string]*Auditor{
		"files":     {Journal: k.journal, Files: &unreachable{}},
		"snapshots": {Journal: k.journal, Snapshots: &unreachable{}},
	} {
		if got, err := a.Audit(t.Context()); !errors.Is(err, report.ErrUnavailable) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestAuditorSkips: a request about which events came since the journal was read, or that
// cannot be counted, was not compared, and is not said to differ.
func TestAuditorSkips(t *testing.T) {
	k := keep(t)
	past := *k.auditor()
	past.Journal = forged{k.journal, func(e []report.Recorded) []report.Recorded { return e[:3] }}
	past.Snapshots = nil
	got, err := past.Audit(t.Context())
	if err != nil || !got.Agrees || got.Requests != 0 || !slices.Equal(got.Skipped, []string{testRequest}) {
		t.Errorf("newer events: %+v, %v", got, err)
	}
	bare := &history{now: k.h.now}
	bare.request(1, true, testAgencies...)
	j := journalOf(t, bare.events)
	got, err = (&Auditor{Journal: j, Live: following(t, j, nil)}).Audit(t.Context())
	if err != nil || !got.Agrees || got.Requests != 0 || len(got.Skipped) != 1 {
		t.Errorf("no definition: %+v, %v", got, err)
	}
}

// TestSealSaysTheLink: what is shown to be written down is what the journal says of itself; it
// is found again when more came, and not in a journal that was changed before it.
func TestSealSaysTheLink(t *testing.T) {
	k := keep(t)
	by := report.Actor{Role: report.RoleSystem, ID: "t"}
	first, err := k.auditor().Seal(t.Context(), k.h.now, by)
	if err != nil || first.Sealed == nil || first.Sealed.Seq != k.last || first.Sealed.Chain != first.Chain {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := k.auditor().Seal(t.Context(), k.h.now, by)
	if err != nil || *again.Sealed != *first.Sealed || again.Last != k.last+1 {
		t.Errorf("%+v, %v; sealed %+v", again, err, first.Sealed)
	}
	a := k.auditor()
	a.Link = first.Sealed.Chain
	if got, err := a.Audit(t.Context()); err != nil || !got.Agrees || got.Linked != k.last {
		t.Errorf("%+v, %v", got, err)
	}
	// who changes the journal takes its seals out as well
	a.Journal = forged{k.journal, func(e []report.Recorded) []report.Recorded { e[3] = another(e[3]); return e[:k.last] }}
	a.Snapshots, a.Live = nil, nil
	if got, err := a.Audit(t.Context()); err != nil || got.Agrees || got.Linked != 0 || got.Sealed != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestWorkerSeals: a worker seals at its ticks, and ends when what it reads is not what was
// sealed.
func TestWorkerSeals(t *testing.T) {
	k := keep(t)
	ticks := make(chan time.Time)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- (&Worker{Journal: k.journal, View: k.view, Ticks: ticks, Log: zerolog.Nop()}).Run(ctx)
	}()
	for range 2 { // the second is taken when the first audit is over
		ticks <- k.h.now
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	claims, _, err := k.journal.Load(t.Context(), report.ChainKey)
	if err != nil || len(claims) != 1 || claims[0].Body.(*report.Chained).Seq != k.last || !claims[0].At.Equal(k.h.now) {
		t.Fatalf("%+v, %v", claims, err)
	}
	once := make(chan time.Time, 1)
	once <- k.h.now
	changed := forged{k.journal, func(e []report.Recorded) []report.Recorded { e[1] = another(e[1]); return e }}
	if err := (&Worker{Journal: changed, View: k.view, Ticks: once, Log: zerolog.Nop()}).Run(t.Context()); !errors.Is(err, ErrBroken) {
		t.Errorf("got %v, want %v", err, ErrBroken)
	}
}
