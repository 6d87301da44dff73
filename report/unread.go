package report

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Unread is the events of a request's returns as a snapshot holds them: they are read
// when someone asks for the request, and not at the start.
type Unread struct {
	Request     string
	Fingerprint uint64 // the sum of [FingerprintOf] of the events
	Last        uint64 // sequence of the last
	// Read gives the events, each of a return of the request and none of them [Answered] or
	// [Exported], which others ask for. It cannot fail: whoever has them not where
	// they should be takes them from the journal.
	Read func() []Recorded
}

// unread is what a book has not read yet. It is read under the lock of the ledger for
// readers, of whom there may be several: the first reads, and the others wait for it.
type unread struct {
	Unread
	fetching    sync.Mutex
	events      []Recorded // once fetched, until they are in the book
	reading     sync.Mutex
	done        atomic.Bool
	fingerprint atomic.Uint64
	last        map[string]uint64 // by agency, the last event of its return; once read
}

// leave notes events that are not read yet. It comes after all events of the ledger
// that are, and before it is shared.
func (l *Ledger) leave(u Unread) {
	b := l.book(u.Request)
	b.unread = &unread{Unread: u}
	b.unread.fingerprint.Store(u.Fingerprint)
}

// IsRead reports whether all that is known of the returns was read: it is not where they
// lie in a snapshot and nobody asked for them since the start.
func (b *RequestBook) IsRead() bool { return b.unread == nil || b.unread.done.Load() }

// read reads what is unread. Everything that looks at returns comes through here.
func (b *RequestBook) read() {
	if b.IsRead() {
		return
	}
	b.unread.reading.Lock()
	defer b.unread.reading.Unlock()
	if !b.IsRead() { // while this one waited
		b.unread.into(b)
	}
}

// fetch gives the events. It needs no lock.
func (u *unread) fetch() []Recorded {
	u.fetching.Lock()
	defer u.fetching.Unlock()
	if u.Read != nil {
		u.events = u.Read()
		u.Read = nil // it holds the bytes of the snapshot
	}
	return u.events
}

// into puts the events into a book. Its returns may hold some already, of those that
// others ask for.
func (u *unread) into(b *RequestBook) {
	events := u.fetch()
	u.last = map[string]uint64{}
	fingerprint := uint64(0)
	changed := map[*Return]struct{}{}
	for _, r := range events {
		u.last[r.Key.Agency] = max(u.last[r.Key.Agency], r.Seq)
		if ret, added := b.addUnfolded(r.Event); added {
			fingerprint += FingerprintOf(r.ID)
			changed[ret] = struct{}{}
		}
	}
	for ret := range changed { // any order: each is folded by itself
		ret.Fold(b.Closed, b.needsApproval(), time.Time{})
	}
	u.fingerprint.Store(fingerprint)
	u.fetching.Lock()
	u.events = nil
	u.fetching.Unlock()
	u.done.Store(true)
}

// print is the fingerprint of what is or was unread.
func (u *unread) print() uint64 {
	if u == nil {
		return 0
	}
	return u.fingerprint.Load()
}

// lastOf is the sequence of the last event of a return among those unread.
func (b *RequestBook) lastOf(agency string) uint64 {
	if b.read(); b.unread == nil {
		return 0
	}
	return b.unread.last[agency]
}

// Unread gives the requests of which something lies unread, the last used first.
func (b *Books) Unread() []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var out []*RequestBook
	for _, book := range b.ledger.Requests {
		if !book.IsRead() {
			out = append(out, book)
		}
	}
	slices.SortFunc(out, func(x, y *RequestBook) int {
		return cmp.Or(cmp.Compare(y.unread.Last, x.unread.Last), cmp.Compare(x.Code, y.Code))
	})
	codes := make([]string, len(out))
	for i, book := range out {
		codes[i] = book.Code
	}
	return codes
}

// Fetch reads the events of a request that lie unread, without holding anybody up: who
// then asks for it finds them read, and has to fold them only.
func (b *Books) Fetch(request string) {
	b.mu.RLock()
	book := b.ledger.Requests[request]
	b.mu.RUnlock()
	if book != nil && !book.IsRead() {
		book.unread.fetch()
	}
}
