package aggregate

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/codec"
)

// forged is a journal in which an event is another, or missing, or one too many.
type forged struct {
	report.Journal
	change func(events []report.Recorded) []report.Recorded
}

func (f forged) all(ctx context.Context) ([]report.Recorded, error) {
	var out []report.Recorded
	_, err := readAll(ctx, f.Journal, func(r report.Recorded) error { out = append(out, r); return nil })
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
	if _, err := readAll(t.Context(), j, func(r report.Recorded) error { last[r.Key] = r.Seq; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, e := range h.events[half:] {
		seq, err := j.Append(t.Context(), e.Key, last[e.Key], e)
		if err != nil {
			t.Fatal(err)
		}
		last[e.Key] = seq
	}
	if err := (&Auditor{Journal: j}).Seal(t.Context(), h.now, report.Actor{Role: report.RoleSystem, ID: "t"}); err != nil {
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
}

// TestSealOnce: a journal is sealed when something came since, and not for its own seals.
func TestSealOnce(t *testing.T) {
	j, _ := sealedJournal(t)
	before, err := j.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := &Auditor{Journal: j}
	if err := a.Seal(t.Context(), time.Now(), report.Actor{Role: report.RoleSystem, ID: "t"}); err != nil {
		t.Fatal(err)
	}
	if after, err := j.Last(t.Context()); err != nil || after != before {
		t.Errorf("%d events, were %d; %v", after, before, err)
	}
}

// TestAuditor: files that are gone, a snapshot of other events and figures that differ are
// each said.
func TestAuditor(t *testing.T) {
	files := &mem.Files{}
	h := newHistory(1)
	body := []byte("một tệp")
	sha, err := files.Put(t.Context(), body)
	if err != nil {
		t.Fatal(err)
	}
	key := report.ReturnKey(testRequest, "syt")
	receive := func(sha string) {
		h.serial++
		h.add(key, &report.Received{Upload: report.UploadID(testRequest, "syt", sha), SHA256: sha, Name: "a.xlsx", Via: report.ViaWorkbook})
	}
	receive(sha)
	j := journalOf(t, h.events)
	v := following(t, j, nil)
	snapshots := &mem.Snapshots{Journal: j}
	a := &Auditor{Journal: j, Files: files, Snapshots: snapshots, Live: v}
	if err := (&Worker{Journal: j, View: v, Snapshots: snapshots, Log: zerolog.Nop()}).Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := a.Audit(t.Context())
	if err != nil || !got.Agrees || got.Files != 1 || got.Snapshot != 4 || got.Events != 4 || got.Requests != 1 {
		t.Fatalf("%+v, %v", got, err)
	}

	missing := strings.Repeat("0", 64)
	receive(missing)
	seq, err := j.Append(t.Context(), key, 4, h.events[len(h.events)-1])
	if err != nil {
		t.Fatal(err)
	}
	got, err = a.Audit(t.Context())
	if err != nil || got.Agrees || len(got.Missing) != 1 || got.Missing[0].Seq != seq || got.Missing[0].SHA256 != missing {
		t.Errorf("a file that is gone: %+v, %v", got, err)
	}

	var packed bytes.Buffer
	pack := codec.NewPackWriter(&packed)
	if _, err := readAll(t.Context(), j, func(r report.Recorded) error {
		if r.Seq == 3 {
			r = another(r)
		}
		return pack.Add(r)
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Close(); err != nil {
		t.Fatal(err)
	}
	if err := snapshots.Save(t.Context(), SnapshotName, seq, packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	got, err = a.Audit(t.Context())
	if err != nil || got.Agrees || !strings.HasPrefix(got.Snapped, "event 3: byte ") {
		t.Errorf("another snapshot: %+v, %v", got, err)
	}
	forgery := &Auditor{Journal: forged{j, func(e []report.Recorded) []report.Recorded { return append(e[:1:1], e[2:]...) }}, Files: files}
	got, err = forgery.Audit(t.Context())
	if err != nil || got.Events != 4 {
		t.Errorf("nothing was sealed, so a loss is not seen: %+v, %v", got, err)
	}
}
