package aggregate

import (
	"context"
	"sync"
	"time"

	"tonghop/report"
)

// View is the live figures of a ledger that follows a journal. Set Books, call
// Attach once they hold their snapshot and before they run, and ask: readers share
// the lock of the books, and what they are given does not change any more.
type View struct {
	Books *report.Books

	state State

	mu      sync.Mutex // guards watches
	watches []*Watch
}

// Attach makes the figures change with the books.
func (v *View) Attach() {
	v.Books.Read(v.state.Rebuild) // from what a snapshot held
	v.Books.OnEvent = func(l *report.Ledger, r report.Recorded, c report.Change) {
		if changed := v.state.Apply(l, r, c); len(changed) > 0 {
			v.tell(changed, r.Seq)
		}
	}
}

// Warm counts the requests that a snapshot holds and nobody has looked at since the
// start, the last used first, and returns when all are counted or ctx ends. It may run beside
// everything else; who asks for a request does not wait for the others.
func (v *View) Warm(ctx context.Context) {
	codes := v.Books.Unread()
	inParallel(len(codes), func(k int) {
		if ctx.Err() != nil {
			return
		}
		v.Books.Fetch(codes[k])
		v.Books.Read(func(l *report.Ledger) { v.state.of(l, codes[k]) })
	})
}

func (v *View) tell(requests []string, seq uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, w := range v.watches {
		w.tell(requests, seq)
	}
}

// Rollup answers a query. What is wrong with the query is a [fault.Fault].
func (v *View) Rollup(q Query) (*Rollup, error) {
	var out *Rollup
	var err error
	v.Books.Read(func(l *report.Ledger) { out, err = v.state.Rollup(l, q) })
	return out, err
}

// Explain says how a figure came about. What is wrong with the question is a
// [fault.Fault].
func (v *View) Explain(q Question) (*Explanation, error) {
	var out *Explanation
	var err error
	v.Books.Read(func(l *report.Ledger) { out, err = v.state.Explain(l, q) })
	return out, err
}

// Summarize gives the finished table of a request, as of a moment (the zero
// time: now), of the approved figures only or of all that stand. They are official
// as those of a [Rollup] are. A request that is not known is a [fault.Fault].
func (v *View) Summarize(request string, asOf time.Time, official bool) (*report.Summary, error) {
	var out *report.Summary
	var err error
	v.Books.Read(func(l *report.Ledger) { out, err = v.state.Summarize(l, request, asOf, official) })
	return out, err
}

// Changes explains what became of the figures of a request from one moment to a later
// one, the zero time being now. What is wrong with the question is a [fault.Fault].
func (v *View) Changes(request string, from, to time.Time, official bool) (*report.Changes, error) {
	var out *report.Changes
	var err error
	v.Books.Read(func(l *report.Ledger) { out, err = v.state.Changes(l, request, from, to, official) })
	return out, err
}

// Joint gives what pairs of agencies both report of one place, likely one event that is
// counted twice. What is wrong with the question is a [fault.Fault].
func (v *View) Joint(request string, asOf time.Time, official bool) (*JointReport, error) {
	var out *JointReport
	var err error
	v.Books.Read(func(l *report.Ledger) { out, err = v.state.Joint(l, request, asOf, official) })
	return out, err
}

// Signed gives the moment of which the newest official summary of a request speaks; false
// where there is none.
func (v *View) Signed(request string) (at time.Time, signed bool) {
	v.Books.Read(func(l *report.Ledger) { at, signed = v.state.Signed(l, request) })
	return at, signed
}
