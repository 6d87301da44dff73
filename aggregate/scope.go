package aggregate

import (
	"time"

	"tonghop/report"
)

// scope is the figures from which a question is answered: those of a request, or
// of all requests that cover a window.
type scope struct {
	outlook
	asOf   time.Time
	days   days
	over   *Over   // nil: the request's own period
	tiling *tiling // likewise
}

// scope finds the figures a question is about. What is wrong with it is a
// [fault.Fault].
func (s *State) scope(l *report.Ledger, request string, w Window, asOf time.Time, official bool) (*scope, error) {
	f := s.at(l, request, asOf)
	if f == nil {
		return nil, notCounted(l, request, asOf)
	}
	if w == (Window{}) {
		at := f.moment(asOf)
		return &scope{outlook: f.outlook(official, at), asOf: at}, nil
	}
	d, err := w.days(f.frame)
	if err != nil {
		return nil, err
	}
	out := s.tile(l, f.request, d, asOf, official)
	if out == nil {
		return nil, wrongParameter("period", d.period.Key(),
			"kỳ có ít nhất một yêu cầu của biểu mẫu này nằm trọn trong đó", "a period within which at least one request of this definition lies")
	}
	return out, nil
}

// tile covers a window by the requests that ask the same as one; nil where none
// lies within it. What it gives is provisional while a part is, and while days of
// the window are not covered.
func (s *State) tile(l *report.Ledger, req *report.Request, d days, asOf time.Time, official bool) *scope {
	within, across := s.candidates(l, req, d, asOf, official)
	tiles, twice := tiled(within)
	if len(tiles) == 0 {
		return nil
	}
	t := lay(tiles, d)
	out := &scope{outlook: outlook{cube: t.cube(), official: true}, days: d, over: t.over(d), tiling: t}
	out.over.Gaps, out.over.Aside = d.gaps(tiles), append(across, twice...)
	if out.over.Aside == nil {
		out.over.Aside = []Aside{}
	}
	out.provisional = len(out.over.Gaps) > 0
	for _, tile := range tiles {
		out.official = out.official && tile.official
		out.provisional = out.provisional || tile.provisional
		if tile.latest.After(out.asOf) {
			out.asOf = tile.latest
		}
	}
	return out
}
