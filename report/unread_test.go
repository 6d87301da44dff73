package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// twoAgencies are events of a request and of two returns, as a journal has them.
func twoAgencies(t *testing.T) []Recorded {
	t.Helper()
	const story = `1 received A submit
		2 ready A
		3 submitted 1 A
		4 received B
		5 refused B
		6 withdrawn submitted@3`
	events := append([]*Event{apply(1, 0, true)}, tell(t, story).events...)
	for _, e := range tell(t, story).events {
		other := *e
		other.ID, other.Key = "other "+e.ID, ReturnKey("r", "b")
		events = append(events, &other)
	}
	events = append(events, &Event{ID: "close", Key: RequestKey("r"), At: minute(7), Body: &Closed{}})
	recorded := make([]Recorded, len(events))
	for i, e := range events {
		recorded[i] = Recorded{Seq: uint64(3 * (i + 1)), Event: e}
	}
	return recorded
}

// asParts sorts events as a snapshot does: what stands for itself, and what is read later;
// reads counts how often that was.
func asParts(events []Recorded, reads *atomic.Int32) (whole []Recorded, parts []Unread) {
	u := Unread{Request: "r"}
	var later []Recorded
	for _, r := range events {
		if !r.Key.IsReturn() {
			whole = append(whole, r)
			continue
		}
		later = append(later, r)
		u.Fingerprint += FingerprintOf(r.ID)
		u.Last = r.Seq
	}
	u.Read = func() []Recorded { reads.Add(1); return later }
	return whole, []Unread{u}
}

// told is what can be asked of a ledger about the request of these tests.
func told(b *Books) (out string) {
	b.Read(func(l *Ledger) {
		book := l.Request("r")
		past := book.AsOf(minute(3))
		out = fmt.Sprint(book.Fingerprint(), book.Latest(), len(book.Closed), book.Revision(), len(book.Events()), len(past.Returns()),
			book.ReturnAsOf("a", minute(2)).Attempts[0].State)
		for _, agency := range []string{"a", "b", "c"} {
			if ret := book.Returns()[agency]; ret != nil {
				out += fmt.Sprint(agency, " ", sketch(ret), len(ret.Events()), "; ")
			}
		}
	})
	for _, key := range []Key{RequestKey("r"), ReturnKey("r", "a"), ReturnKey("r", "b"), ReturnKey("r", "c"), ReturnKey("s", "a")} {
		b.ReadKey(key, func(_ *Ledger, last uint64) { out += fmt.Sprint(last, " ") })
	}
	return out + fmt.Sprint("up to ", b.Seq())
}

// TestUnread: a ledger of which a part lies unread says what one says that was read at once,
// whatever came before someone asked.
func TestUnread(t *testing.T) {
	events := twoAgencies(t)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		shuffled := slices.Clone(events)
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for i := range shuffled {
			shuffled[i].Seq = uint64(3 * (i + 1))
		}
		cut := rng.IntN(len(events))
		var one, lazy Books
		if err := one.Restore(shuffled); err != nil {
			t.Fatal(err)
		}
		var reads atomic.Int32
		whole, parts := asParts(shuffled[:cut], &reads)
		var seq uint64
		if cut > 0 {
			seq = shuffled[cut-1].Seq
		}
		if err := lazy.RestoreParts(whole, parts, seq); err != nil {
			t.Fatal(err)
		}
		if reads.Load() != 0 || lazy.Seq() != seq {
			t.Fatalf("read %d times at the start, up to %d of %d", reads.Load(), lazy.Seq(), seq)
		}
		for _, r := range shuffled[cut:] {
			if err := lazy.take(r); err != nil {
				t.Fatal(err)
			}
			if rng.IntN(3) == 0 {
				lazy.Fetch("r")
			}
		}
		if got, want := told(&lazy), told(&one); got != want {
			t.Fatalf("cut at %d of %d:\n%s, at once:\n%s", cut, len(events), got, want)
		}
		if n := reads.Load(); n != 1 {
			t.Errorf("read %d times", n)
		}
	}
}

// TestUnreadIsTold: who wants to hear of each event hears of those of a snapshot, in their
// order.
func TestUnreadIsTold(t *testing.T) {
	events := twoAgencies(t)
	var heard []uint64
	b := Books{OnEvent: func(_ *Ledger, r Recorded, c Change) {
		if c.New {
			heard = append(heard, r.Seq)
		}
	}}
	var reads atomic.Int32
	whole, parts := asParts(events, &reads)
	if err := b.RestoreParts(whole, parts, events[len(events)-1].Seq); err != nil {
		t.Fatal(err)
	}
	want := make([]uint64, len(events))
	for i, r := range events {
		want[i] = r.Seq
	}
	if !slices.Equal(heard, want) {
		t.Errorf("heard of %d, want %d", heard, want)
	}
}

// TestUnreadFingerprint: of what lies unread the fingerprint is known before it is read, and no
// other afterwards, even where the index had another.
func TestUnreadFingerprint(t *testing.T) {
	events := twoAgencies(t)
	var one Books
	if err := one.Restore(events); err != nil {
		t.Fatal(err)
	}
	want := one.ledger.Request("r").Fingerprint()
	for _, wrong := range []uint64{0, 5} {
		var reads atomic.Int32
		whole, parts := asParts(events, &reads)
		parts[0].Fingerprint += wrong
		var lazy Books
		if err := lazy.RestoreParts(whole, parts, events[len(events)-1].Seq); err != nil {
			t.Fatal(err)
		}
		book := lazy.ledger.Request("r")
		if got := book.Fingerprint(); got != want+wrong || reads.Load() != 0 || book.IsRead() {
			t.Errorf("unread: %x, want %x; read %d times", got, want+wrong, reads.Load())
		}
		if book.Returns(); book.Fingerprint() != want || !book.IsRead() {
			t.Errorf("read: %x, want %x", book.Fingerprint(), want)
		}
	}
}

// TestUnreadByMany: several readers at once see all of it, and it is read once.
func TestUnreadByMany(t *testing.T) {
	events := twoAgencies(t)
	var one, lazy Books
	if err := one.Restore(events); err != nil {
		t.Fatal(err)
	}
	want := told(&one)
	var reads atomic.Int32
	whole, parts := asParts(events, &reads)
	if err := lazy.RestoreParts(whole, parts, events[len(events)-1].Seq); err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			lazy.Fetch("r")
			if got := told(&lazy); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
	readers.Wait()
	if n := reads.Load(); n != 1 {
		t.Errorf("read %d times", n)
	}
}

// TestBooksUnread: the requests that nobody has asked for, the last used first.
func TestBooksUnread(t *testing.T) {
	var b Books
	var parts []Unread
	for i, code := range []string{"x", "y", "z"} {
		parts = append(parts, Unread{Request: code, Last: uint64([]int{20, 30, 10}[i]), Read: func() []Recorded { return nil }})
	}
	if err := b.RestoreParts(nil, parts, 30); err != nil {
		t.Fatal(err)
	}
	if got := b.Unread(); !slices.Equal(got, []string{"y", "x", "z"}) {
		t.Errorf("got %v", got)
	}
	b.Read(func(l *Ledger) { l.Requests["y"].Returns() })
	b.Fetch("x") // is not yet to have read it
	if got := b.Unread(); !slices.Equal(got, []string{"x", "z"}) {
		t.Errorf("after one was asked for: %v", got)
	}
}
