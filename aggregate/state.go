package aggregate

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tonghop/report"
)

// State is the figures of all requests of a ledger. The zero value is that of an
// empty ledger. It changes with the ledger, event by event, under the same lock;
// reading it needs that lock, too.
type State struct {
	slots  map[string]*slot // by request
	recall recall           // of figures over time
}

// slot is where the figures of a request are kept. A request that lies unread in a
// snapshot is counted when someone first looks at it: under the lock for readers, of whom
// there may be several.
type slot struct {
	counting sync.Mutex
	figures  atomic.Pointer[figures] // nil: nobody has looked
}

// known gives the figures that were counted; nil where there are none, or nobody has looked.
func (at *slot) known() *figures {
	if at == nil {
		return nil
	}
	return at.figures.Load()
}

// of gives the figures of a request as it is now; nil when there is nothing to count it by.
func (s *State) of(l *report.Ledger, request string) *figures {
	at := s.slots[request]
	if at == nil {
		return nil
	}
	if f := at.known(); f != nil {
		return f
	}
	at.counting.Lock()
	defer at.counting.Unlock()
	if at.known() == nil { // nobody counted it while this one waited
		at.figures.Store(count(l, l.Requests[request]))
	}
	return at.known()
}

// figures is a request as it is counted.
type figures struct {
	*frame
	book        *report.RequestBook
	provisional *cube // of the submissions that stand
	official    *cube // of those approved; where no approval is asked, the same cube
}

// Apply follows the ledger, which has just taken in an event and says what it
// changed. It gives the codes of the requests whose figures, or whose account of
// who reported, may be different now, sorted.
func (s *State) Apply(l *report.Ledger, r report.Recorded, c report.Change) []string {
	if !c.New {
		return nil
	}
	switch r.Body.(type) {
	case *report.DefinitionApplied, *report.RegisterApplied:
		return s.refit(l)
	}
	if c.Request == nil {
		return nil
	}
	s.update(l, c.Request, c.Returns)
	return []string{c.Request.Code}
}

// Rebuild counts everything anew from the ledger, what is unread there when someone
// looks at it.
func (s *State) Rebuild(l *report.Ledger) {
	s.slots = nil
	s.refit(l)
}

// refit rebuilds what does not fit the ledger any more, after a definition or
// register has come, and gives the requests concerned.
func (s *State) refit(l *report.Ledger) []string {
	var changed []string
	for _, code := range slices.Sorted(maps.Keys(l.Requests)) {
		book := l.Requests[code]
		if old := s.slots[code]; old != nil {
			if f := old.known(); f == nil || f.fits(l, book) {
				continue // what nobody has looked at fits when it is counted
			}
		}
		if s.build(l, book) {
			changed = append(changed, code)
		}
	}
	return changed
}

// update brings a request up to date after some of its returns have changed.
func (s *State) update(l *report.Ledger, book *report.RequestBook, returns []*report.Return) {
	at := s.slots[book.Code]
	if at != nil && at.known() == nil {
		if !isCountable(l, book) { // it was
			delete(s.slots, book.Code)
		}
		return
	}
	if at == nil || !at.known().fits(l, book) {
		s.build(l, book)
		return
	}
	for _, r := range returns {
		at.known().update(r)
	}
}

// isCountable reports whether all is known that a request is counted by.
func isCountable(l *report.Ledger, book *report.RequestBook) bool {
	req := book.Request
	return req != nil && l.Definition(req.Definition, req.Version) != nil && l.Register(req.Register, req.Registered) != nil
}

// build counts a request from nothing, or has it counted later. It reports whether that
// is possible: without its definition or register nothing can be counted yet.
func (s *State) build(l *report.Ledger, book *report.RequestBook) bool {
	delete(s.slots, book.Code)
	if !isCountable(l, book) {
		return false
	}
	if s.slots == nil {
		s.slots = map[string]*slot{}
	}
	s.slots[book.Code] = &slot{}
	if book.IsRead() {
		s.of(l, book.Code)
	}
	return true
}

// count counts a request from nothing; nil when its definition or register is
// not known.
func count(l *report.Ledger, book *report.RequestBook) *figures {
	frame := newFrame(l, book)
	if frame == nil {
		return nil
	}
	f := &figures{frame: frame, book: book, provisional: newCube(frame)}
	f.official = f.provisional
	if frame.request.Approval {
		f.official = newCube(frame)
	}
	f.countAll()
	return f
}

// update counts what a return says now instead of what it said before. The cost
// is that of this return: it does not depend on how many there are.
func (f *figures) update(r *report.Return) {
	agency, asked := f.agencies[r.Key.Agency]
	if !asked {
		return // it is named in the notes of the summary (law 4)
	}
	standing := f.renew(f.provisional, agency, r, r.Standing, nil)
	if f.official != f.provisional {
		f.renew(f.official, agency, r, r.Official, standing)
	}
}

// renew puts a submission into a cube unless it is there already, and gives what
// it contributes. other is a contribution that may be of the same submission: it
// is read once.
func (f *figures) renew(c *cube, agency int32, r *report.Return, s *report.Submission, other *contribution) *contribution {
	switch old := c.parts[agency]; {
	case old.same(r, s):
		return old
	case s == nil:
		c.replace(agency, nil)
		return nil
	}
	part := other
	if part == nil || !part.same(r, s) {
		part = f.contribute(agency, r, s)
	}
	c.replace(agency, part)
	return part
}

// layer gives the cube of the official figures, or of the provisional ones.
func (f *figures) layer(official bool) *cube {
	if official {
		return f.official
	}
	return f.provisional
}

// at gives a request as it was known at a moment, the zero time being now; nil
// when there was none, or nothing to count it by. The past is counted from
// nothing, by the same code.
func (s *State) at(l *report.Ledger, request string, asOf time.Time) *figures {
	book := l.Request(request)
	if book == nil {
		return nil
	}
	if asOf.IsZero() || !book.Latest().After(asOf) {
		return s.of(l, request)
	}
	return count(l, book.AsOf(asOf))
}

// missing gives the agencies that were not heard, in roster order.
func (c *cube) missing() []string {
	out := []string{}
	for a, code := range c.request.Agencies {
		if c.parts[a] == nil && c.counts(int32(a)) {
			out = append(out, code)
		}
	}
	return out
}
