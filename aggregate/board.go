package aggregate

import (
	"time"

	"tonghop/report"
)

// Board (bảng theo dõi) is who has reported on a request, without the figures:
// it costs what the roster is long, however many figures there are.
type Board struct {
	AsOf        time.Time
	Closed      bool
	Provisional bool // TẠM TÍNH, as the figures are that are given out unasked, see [Rollup]
	Heard       int
	Asked       int
	Missing     []string // in roster order
	Agencies    []report.AgencyStatus
}

// Board says who has reported on a request, as of a moment (the zero time: now).
// A request that is not known is a [fault.Fault], and so is a moment before it.
func (v *View) Board(request string, asOf time.Time) (out *Board, err error) {
	v.Books.Read(func(l *report.Ledger) {
		f := v.state.at(l, request, asOf)
		if f == nil {
			err = notCounted(l, request, asOf)
			return
		}
		at := f.moment(asOf)
		c := f.outlook(false, at)
		out = &Board{
			AsOf: at, Closed: f.book.IsClosed(at), Provisional: c.provisional,
			Asked: len(f.request.Agencies), Missing: c.missing(), Agencies: f.statuses(false),
		}
		out.Heard = out.Asked - len(out.Missing)
	})
	return out, err
}

// StateOf gives where an agency stands by its return; nil is one that did
// nothing.
func StateOf(r *report.Return) report.AgencyState {
	if r == nil {
		return report.AgencyMissing
	}
	return stateOf(r)
}
