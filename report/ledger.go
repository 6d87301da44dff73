package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"time"
)

// Ledger (sổ) is what the journal says without its figures: definitions,
// registers, requests, returns and tokens. It is folded from a set of events
// (law 2). The zero value is an empty ledger. It is not safe for concurrent use;
// its owner guards it.
type Ledger struct {
	Definitions map[string]*Definition  // by Ref(code, version)
	Registers   map[string]*Register    // by Ref(code, version)
	Requests    map[string]*RequestBook // by code
	Tokens      map[string]*Token       // by ID
	Exports     []*Event                // Exported events, sorted, each once

	appliedBy map[string]string // Ref -> ID of the event that defined it
	answers   map[answerer]Answers
}

// Token is the right of a holder of a secret.
type Token struct {
	TokenIssued
	IssuedAt  time.Time
	RevokedAt time.Time // zero: not revoked
}

// RequestBook is a request with all that happened to it.
type RequestBook struct {
	Code        string
	Request     *Request // nil while only other events of it are known
	Since       time.Time
	Closed      []Span             // times at which it was closed, in order
	returns     map[string]*Return // by agency, see Returns
	unread      *unread            // more of their events; nil: there are none
	events      []*Event           // the request's own: applied, closed, reopened
	fingerprint uint64             // of all but the unread, see Fingerprint
}

// Returns gives what each agency did for the request. The map is the book's own: read only.
func (b *RequestBook) Returns() map[string]*Return {
	b.read()
	return b.returns
}

// Change says what an event changed, for those who keep something derived.
type Change struct {
	New     bool         // false: the event was known already
	Request *RequestBook // the request it concerns, nil for other scopes
	Returns []*Return    // returns that were folded again
}

// Add takes an event in. An event known already changes nothing.
func (l *Ledger) Add(e *Event) Change {
	switch b := e.Body.(type) {
	case *DefinitionApplied:
		return Change{New: l.define(Ref(b.Definition.Code, b.Definition.Version), e)}
	case *RegisterApplied:
		return Change{New: l.define("register "+Ref(b.Register.Code, b.Register.Version), e)}
	case *TokenIssued, *TokenRevoked:
		return Change{New: l.token(e)}
	case *Exported:
		return Change{New: insert(&l.Exports, e)}
	}
	if e.Key.Scope != ScopeRequest {
		return Change{}
	}
	book := l.book(e.Key.Name)
	if !e.Key.IsReturn() {
		return book.add(e)
	}
	ret, added := book.addToReturn(e)
	if !added {
		return Change{Request: book}
	}
	l.remember(e)
	ret.Fold(book.Closed, book.needsApproval(), time.Time{})
	return Change{New: true, Request: book, Returns: []*Return{ret}}
}

// addToReturn takes an event of a return in, unless it is known; the return is to
// be folded then.
func (b *RequestBook) addToReturn(e *Event) (ret *Return, added bool) {
	b.read()
	if ret, added = b.addUnfolded(e); added {
		b.blend(e.ID)
	}
	return ret, added
}

func (b *RequestBook) addUnfolded(e *Event) (ret *Return, added bool) {
	ret = b.returns[e.Key.Agency]
	if ret == nil {
		ret = &Return{Key: e.Key}
		b.returns[e.Key.Agency] = ret
	}
	return ret, ret.Add(e)
}

// load takes in many events at once, each return folded once in the end: the same
// ledger as from Add, in a time that does not grow with the square of what an
// agency sent.
func (l *Ledger) load(events []Recorded) {
	changed := map[*Return]*RequestBook{}
	for _, r := range events {
		if _, export := r.Body.(*Exported); export || !r.Key.IsReturn() {
			l.Add(r.Event)
			continue
		}
		book := l.book(r.Key.Name)
		if ret, added := book.addToReturn(r.Event); added {
			l.remember(r.Event)
			changed[ret] = book
		}
	}
	for ret, book := range changed { // any order: each is folded by itself
		ret.Fold(book.Closed, book.needsApproval(), time.Time{})
	}
}

// define keeps a definition or register. Should two journals hold different
// content under one (code, version), the event with the greater identity is
// kept by all readers alike (law 2); Desk refuses to write the second.
func (l *Ledger) define(ref string, e *Event) bool {
	if l.appliedBy == nil {
		l.appliedBy = map[string]string{}
		l.Definitions, l.Registers = map[string]*Definition{}, map[string]*Register{}
	}
	if l.appliedBy[ref] >= e.ID {
		return false
	}
	l.appliedBy[ref] = e.ID
	switch b := e.Body.(type) {
	case *DefinitionApplied:
		l.Definitions[ref] = b.Definition
	case *RegisterApplied:
		l.Registers[Ref(b.Register.Code, b.Register.Version)] = b.Register.Index()
	}
	return true
}

func (l *Ledger) token(e *Event) bool {
	if l.Tokens == nil {
		l.Tokens = map[string]*Token{}
	}
	of := func(id string) *Token {
		if l.Tokens[id] == nil {
			l.Tokens[id] = &Token{}
		}
		return l.Tokens[id]
	}
	switch b := e.Body.(type) {
	case *TokenIssued:
		t := of(b.ID)
		if !t.IssuedAt.IsZero() && t.IssuedAt.Compare(e.At) <= 0 {
			return false
		}
		t.TokenIssued, t.IssuedAt = *b, e.At
	case *TokenRevoked:
		t := of(b.ID)
		if !t.RevokedAt.IsZero() && t.RevokedAt.Compare(e.At) <= 0 {
			return false
		}
		t.RevokedAt = e.At
	}
	return true
}

func (l *Ledger) book(code string) *RequestBook {
	if l.Requests == nil {
		l.Requests = map[string]*RequestBook{}
	}
	b := l.Requests[code]
	if b == nil {
		b = &RequestBook{Code: code, returns: map[string]*Return{}}
		l.Requests[code] = b
	}
	return b
}

// Definition finds a definition by code and version; nil when not known.
func (l *Ledger) Definition(code, version string) *Definition {
	return l.Definitions[Ref(code, version)]
}

// Register finds a register by code and version; nil when not known.
func (l *Ledger) Register(code, version string) *Register { return l.Registers[Ref(code, version)] }

// HasAgency reports whether any register has an agency.
func (l *Ledger) HasAgency(code string) bool {
	for _, r := range l.Registers {
		if r.Agency(code) != nil {
			return true
		}
	}
	return false
}

// Request finds a request by code; nil when it was not opened here.
func (l *Ledger) Request(code string) *RequestBook {
	if b := l.Requests[code]; b != nil && b.Request != nil {
		return b
	}
	return nil
}

// RequestCodes gives the codes of the open and closed requests, sorted.
func (l *Ledger) RequestCodes() []string {
	var out []string
	for _, code := range slices.Sorted(maps.Keys(l.Requests)) {
		if l.Requests[code].Request != nil {
			out = append(out, code)
		}
	}
	return out
}

// add takes in an event of the request itself, and folds every return again:
// closing touches them all.
func (b *RequestBook) add(e *Event) Change {
	if !insert(&b.events, e) {
		return Change{Request: b}
	}
	b.blend(e.ID)
	b.Request, b.Since, b.Closed = foldRequest(b.events, time.Time{})
	c := Change{New: true, Request: b}
	returns := b.Returns()
	for _, agency := range slices.Sorted(maps.Keys(returns)) {
		r := returns[agency]
		r.Fold(b.Closed, b.needsApproval(), time.Time{})
		c.Returns = append(c.Returns, r)
	}
	return c
}

// Fingerprint tells one set of events of the request and its returns from another:
// the same set gives the same number, whatever order it came in (law 2). A book as
// of a moment has none.
func (b *RequestBook) Fingerprint() uint64 { return b.fingerprint + b.unread.print() }

// blend takes the identity of an event into the fingerprint. A sum does not depend
// on the order; and as what is added are hashes, two sets with one sum are not to be
// expected. The definitions and registers that the events name are not in it: under
// one version there is one, unless two journals that hold others are merged
// ([Ledger.define]).
func (b *RequestBook) blend(id string) { b.fingerprint += FingerprintOf(id) }

// FingerprintOf gives what an event of some identity adds to [RequestBook.Fingerprint].
func FingerprintOf(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:8])
}

func (b *RequestBook) needsApproval() bool { return b.Request != nil && b.Request.Approval }

// IsClosed reports whether the request is closed at t.
func (b *RequestBook) IsClosed(t time.Time) bool { return within(b.Closed, t) }

// Revision is the revision a change of the request would have now.
func (b *RequestBook) Revision() int {
	n := 0
	for _, e := range b.events {
		if a, ok := e.Body.(*RequestApplied); ok {
			n = max(n, a.Revision)
		}
	}
	return n + 1
}

// Events gives the request's own events in order of time. Read only.
func (b *RequestBook) Events() []*Event { return b.events }

// IDs gives the identities of the events of the request and its returns; of a nil book none.
func (b *RequestBook) IDs() map[string]struct{} {
	ids := map[string]struct{}{}
	if b == nil {
		return ids
	}
	for _, e := range b.events {
		ids[e.ID] = struct{}{}
	}
	for _, r := range b.Returns() {
		for id := range r.byID {
			ids[id] = struct{}{}
		}
	}
	return ids
}

// AsOf gives the request as it was known at a moment: a new book, folded from
// the events not after it.
func (b *RequestBook) AsOf(t time.Time) *RequestBook {
	out := &RequestBook{Code: b.Code, returns: map[string]*Return{}, events: b.events}
	out.Request, out.Since, out.Closed = foldRequest(b.events, t)
	for agency, r := range b.Returns() {
		past := &Return{Key: r.Key, events: r.events}
		past.Fold(out.Closed, out.needsApproval(), t)
		if len(past.Attempts) > 0 {
			out.returns[agency] = past
		}
	}
	return out
}

// ReturnAsOf gives what an agency did for the request as it was known at a moment: a
// new return, folded from the events not after it; nil where there was nothing.
func (b *RequestBook) ReturnAsOf(agency string, t time.Time) *Return {
	r := b.Returns()[agency]
	if r == nil {
		return nil
	}
	req, _, closed := foldRequest(b.events, t)
	past := &Return{Key: r.Key, events: r.events}
	past.Fold(closed, req != nil && req.Approval, t)
	if len(past.Attempts) == 0 {
		return nil
	}
	return past
}

// Latest is the time of the newest event of the request or its returns: the
// moment the figures speak of when no other is asked for. It is the state's own
// time, never the clock's (law 6).
func (b *RequestBook) Latest() time.Time {
	var t time.Time
	later := func(events []*Event) {
		if n := len(events); n > 0 && events[n-1].At.After(t) {
			t = events[n-1].At
		}
	}
	later(b.events)
	for _, r := range b.Returns() {
		later(r.events)
	}
	return t
}

// foldRequest works out the request and the times it was closed from its own
// events not after asOf.
func foldRequest(events []*Event, asOf time.Time) (req *Request, since time.Time, closed []Span) {
	revision := -1
	var by string
	for _, e := range events {
		if !asOf.IsZero() && e.At.After(asOf) {
			break
		}
		switch a := e.Body.(type) {
		case *RequestApplied:
			if since.IsZero() {
				since = e.At
			}
			if cmp.Or(cmp.Compare(a.Revision, revision), cmp.Compare(e.ID, by)) > 0 {
				req, revision, by = a.Request, a.Revision, e.ID
			}
		case *Closed:
			if n := len(closed); n == 0 || !closed[n-1].To.IsZero() {
				closed = append(closed, Span{From: e.At})
			}
		case *Reopened:
			if n := len(closed); n > 0 && closed[n-1].To.IsZero() {
				closed[n-1].To = e.At
			}
		}
	}
	return req, since, closed
}

// insert puts an event into a sorted list unless it is there, and reports
// whether it was new.
func insert(list *[]*Event, e *Event) bool {
	at, found := slices.BinarySearchFunc(*list, e, (*Event).Compare)
	if found {
		return false
	}
	*list = slices.Insert(*list, at, e)
	return true
}
