package aggregate

import (
	"slices"
	"sync"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
)

// recall keeps the last few scopes over time: a page asks several questions of one and the
// same. What is kept is used only while every request that may have a part in it is as it
// was then, and is never larger than [recallMost].
type recall struct {
	mu   sync.Mutex
	kept []recalled // the last used first
}

const (
	recallScopes = 4
	recallMost   = 500_000 // leaves
)

// recalled is a scope with what it was asked for and what it was made from.
type recalled struct {
	of    recallKey
	stamp []stamp
	scope *scope
}

// recallKey is a question, but for the axes and filters: these go over a scope.
type recallKey struct {
	definition, register, place string
	from, to                    calendar.Date
	period                      calendar.Period
	cumulative                  bool
	under                       calendar.Date // whose map
	allocate                    string
	official                    bool
}

// stamp is a request as it was.
type stamp struct {
	code        string
	fingerprint uint64 // of its events
	frame       *frame // changes with its definition and register
}

// stamps gives the requests that may have a part in figures over time.
func (s *State) stamps(l *report.Ledger, req *report.Request) (out []stamp) {
	for code, book := range l.Requests {
		if book.Request == nil || book.Request.Definition != req.Definition {
			continue
		}
		at := stamp{code: code, fingerprint: book.Fingerprint()}
		if f := s.slots[code].known(); f != nil { // what nobody has looked at had no part in anything
			at.frame = f.frame
		}
		out = append(out, at)
	}
	slices.SortFunc(out, func(a, b stamp) int {
		if a.code < b.code {
			return -1
		}
		return 1
	})
	return out
}

// recalledTile is [State.tile] with a memory. The past and weights of one's own are worked
// out each time.
func (s *State) recalledTile(l *report.Ledger, req *report.Request, d days, v MapView, asOf time.Time, official bool) *scope {
	if !asOf.IsZero() || len(v.Weights) > 0 {
		return s.tile(l, req, d, v, asOf, official)
	}
	of := recallKey{req.Definition, req.Register, req.Place, d.from, d.to, d.period, d.cumulative, v.On, v.Allocate, official}
	stamp := s.stamps(l, req)
	if kept := s.recall.find(of, stamp); kept != nil {
		return kept
	}
	out := s.tile(l, req, d, v, asOf, official)
	if out != nil {
		s.recall.keep(recalled{of, stamp, out})
	}
	return out
}

func (r *recall) find(of recallKey, now []stamp) *scope {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.kept, func(k recalled) bool { return k.of == of })
	if i < 0 {
		return nil
	}
	found := r.kept[i]
	r.kept = slices.Delete(r.kept, i, i+1)
	if !slices.Equal(found.stamp, now) {
		return nil
	}
	r.kept = slices.Insert(r.kept, 0, found)
	return found.scope
}

func (r *recall) keep(k recalled) {
	if k.scope.size() > recallMost {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept = slices.DeleteFunc(r.kept, func(old recalled) bool { return old.of == k.of })
	r.kept = append([]recalled{k}, r.kept...)
	r.kept = r.kept[:min(len(r.kept), recallScopes)]
}
