package aggregate

import (
	"testing"
	"time"

	"tonghop/internal/mem"
	"tonghop/report"
)

// keptApart splits a history over two journals as if two had worked alone: each has the events
// of some keys, and both those of definition, register and request.
func keptApart(t *testing.T, h *history, files *mem.Files) (whole, a, b *mem.Journal) {
	t.Helper()
	var left, right []*report.Event
	for i, e := range h.events {
		if r, is := e.Body.(*report.Received); is {
			sha, err := files.Put(t.Context(), []byte(r.Name))
			if err != nil {
				t.Fatal(err)
			}
			r.SHA256 = sha
		}
		common := e.Key.Agency == ""
		if common || i%2 == 0 {
			left = append(left, e)
		}
		if common || i%2 == 1 {
			right = append(right, e)
		}
	}
	return journalOf(t, h.events), journalOf(t, left), journalOf(t, right)
}

// TestTakeOver: two journals kept apart become what one would have been, whichever takes the
// other over, also twice and in turns; and files come with their receipts.
func TestTakeOver(t *testing.T) {
	for seed := range uint64(12) {
		files := &mem.Files{}
		whole, a, b := keptApart(t, randomHistory(seed, 25), files)
		if _, err := (&Auditor{Journal: b}).Seal(t.Context(), time.Now(), report.Actor{Role: report.RoleSystem, ID: "t"}); err != nil {
			t.Fatal(err)
		}
		want := dumpOf(t, whole)
		into := &mem.Files{}
		first, err := report.TakeOver(t.Context(), a, b, into, files)
		if err != nil || first.Events == 0 {
			t.Fatalf("%+v, %v", first, err)
		}
		if got := dumpOf(t, a); got != want {
			t.Errorf("seed %d: one that took the other over shows\n%.600s\nwant\n%.600s", seed, got, want)
		}
		again, err := report.TakeOver(t.Context(), a, b, into, files)
		if err != nil || again.Events != 0 || again.Known != first.Events+first.Known || again.Left != first.Left || again.Files != 0 {
			t.Errorf("seed %d: again %+v, first %+v, %v", seed, again, first, err)
		}
		back, err := report.TakeOver(t.Context(), b, a, &mem.Files{}, files)
		if err != nil || back.Events == 0 {
			t.Fatalf("%+v, %v", back, err)
		}
		if got := dumpOf(t, b); got != want {
			t.Errorf("seed %d: the other way round it shows\n%.600s\nwant\n%.600s", seed, got, want)
		}
		if err := eachReceipt(t, a, into); err != nil && first.Files > 0 {
			t.Error(err)
		}
		if got, err := (&Auditor{Journal: b, Files: files}).Audit(t.Context()); err != nil || got.Journal != "" {
			t.Errorf("a sealed journal that took another over: %+v, %v", got, err)
		}
	}
}

// eachReceipt looks for the files of the receipts that a journal took over.
func eachReceipt(t *testing.T, j report.Journal, files report.Files) error {
	t.Helper()
	found := 0
	_, err := report.ReadAll(t.Context(), j, func(r report.Recorded) error {
		if b, is := r.Body.(*report.Received); is {
			if _, err := files.Get(t.Context(), b.SHA256); err == nil {
				found++
			}
		}
		return nil
	})
	if err == nil && found == 0 {
		t.Error("no file came with its receipt")
	}
	return err
}

// dumpOf folds a journal and gives the figures of its request.
func dumpOf(t *testing.T, j report.Journal) string {
	t.Helper()
	f := &fold{}
	if _, err := report.ReadAll(t.Context(), j, func(r report.Recorded) error { f.take(r.Event); return nil }); err != nil {
		t.Fatal(err)
	}
	return f.dump(t, time.Time{})
}
