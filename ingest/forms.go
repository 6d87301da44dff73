package ingest

import (
	"slices"
	"sync"

	"tonghop/report"
)

// Forms keeps what the uploads of a form are read by, worked out once: the plan
// that is asked of every agency alike, and the words on it as keys. A thousand
// agencies that answer one letter are then read by one of it. The zero value is
// ready, and any number of goroutines may use it. A nil Forms keeps nothing.
type Forms struct {
	mu   sync.Mutex
	kept []*plan // the one used last comes first
}

// mostForms bounds what is kept: requests under way at a time.
const mostForms = 16

// plan gives the plan of a form. Definitions, requests and registers never change
// once they are read from the journal, so they are known by where they lie.
func (f *Forms) plan(def *report.Definition, req *report.Request, reg *report.Register) *plan {
	if f == nil {
		return commonPlan(def, req, reg)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	at := slices.IndexFunc(f.kept, func(p *plan) bool { return p.def == def && p.req == req && p.reg == reg })
	if at < 0 {
		f.kept = append(f.kept, commonPlan(def, req, reg))
		at = len(f.kept) - 1
	}
	p := f.kept[at]
	copy(f.kept[1:at+1], f.kept[:at])
	f.kept[0] = p
	f.kept = f.kept[:min(len(f.kept), mostForms)]
	return p
}
