package aggregate

import (
	"slices"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// boundPeriods is how many earlier periods of an agency are looked at, the latest ones.
const boundPeriods = 8

// Bounds say between what a sum would lie had those that are missing reported as little, or as
// much, as ever before: the sum with the least and the greatest figure of each in its last
// periods, at most eight. Who reported then and gave no figure there counts as nought. They
// are no estimate and add to nothing.
type Bounds struct {
	Low      string `json:"low"`
	High     string `json:"high"`
	Agencies int    `json:"agencies"` // missing ones that the bounds count
	Unknown  int    `json:"unknown"`  // missing ones that never reported this before: they are not in the bounds
}

// bound puts bounds beside the sums of which some are missing.
func (s *State) bound(l *report.Ledger, q *Query, by axes, whole *scope, out *Rollup) error {
	if !q.Bounds {
		return nil
	}
	if whole.over != nil || whole.mapped != nil {
		return wrongParameter("bounds", "true", "kỳ và bản đồ của chính yêu cầu", "the period and the map of the request itself")
	}
	of, err := q.agencyMask(whole.frame)
	if err != nil {
		return err
	}
	var silent []string
	for a, code := range whole.request.Agencies {
		if whole.parts[a] == nil && (of == nil || of[a]) {
			silent = append(silent, code)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	past := s.pastOf(l, q, by, whole, silent)
	for i := range out.Rows {
		r := &out.Rows[i]
		if p := &whole.plans[whole.position(r.Indicator)]; p.additive && (r.Value != nil || r.Heard == 0) {
			r.Bounds = whole.boundsOf(r, p, silent, past)
		}
	}
	return nil
}

// past is what agencies reported before.
type past struct {
	periods map[pastKey]int               // in which an agency was asked for an indicator and heard, by both
	figures map[pastKey][]decimal.Decimal // by agency, unit, place and indicator
}

type pastKey struct{ agency, unit, place, indicator string }

// pastOf gathers what some agencies reported in the periods before.
func (s *State) pastOf(l *report.Ledger, q *Query, by axes, whole *scope, agencies []string) past {
	out := past{map[pastKey]int{}, map[pastKey][]decimal.Decimal{}}
	before := *q
	before.Agencies, before.Against, before.Bounds = agencies, nil, false
	by.agency, by.group = true, false
	for _, code := range before.earlier(l) {
		f := s.at(l, code, q.AsOf)
		if f == nil {
			continue
		}
		then := f.own(MapView{}, q.AsOf, q.Official)
		known, some := before.knownTo(then.frame)
		if !some {
			continue
		}
		r, err := known.answer(then, by)
		if err != nil {
			continue // it does not know the level that is asked for
		}
		unlike := whole.unlike(then.frame)
		for _, agency := range known.Agencies {
			a := then.agencies[agency]
			for i := range then.plans {
				if !slices.Contains(unlike, then.plans[i].Code) && then.plans[i].asks[a] && then.hears(a, int32(i)) {
					out.periods[pastKey{agency: agency, indicator: then.plans[i].Code}]++
				}
			}
		}
		for i := range r.Rows {
			row := &r.Rows[i]
			if row.Value == nil || row.Agency == nil || slices.Contains(unlike, row.Indicator) {
				continue
			}
			if v, err := decimal.Parse(*row.Value); err == nil {
				key := pastKey{*row.Agency, orNothing(row.Unit), orNothing(row.Place), row.Indicator}
				out.figures[key] = append(out.figures[key], v)
			}
		}
	}
	return out
}

// earlier gives the requests for the periods before that of a query's, of the same kind and
// about the same, the latest first; of several for one period the first.
func (q *Query) earlier(l *report.Ledger) []string {
	book := l.Request(q.Request)
	now, err := book.Request.PeriodUnder(l.Definition(book.Request.Definition, book.Request.Version))
	if err != nil {
		return nil
	}
	type asked struct {
		code string
		from calendar.Date
	}
	var out []asked
	for _, code := range l.RequestCodes() {
		other := l.Request(code)
		def := l.Definition(other.Request.Definition, other.Request.Version)
		if def == nil || !other.Request.Repeats(book.Request) {
			continue
		}
		p, err := other.Request.PeriodUnder(def)
		if err != nil || p.Calendar != now.Calendar || p.Kind != now.Kind || !p.To.Before(now.From) {
			continue
		}
		if !slices.ContainsFunc(out, func(a asked) bool { return a.from == p.From }) {
			out = append(out, asked{code, p.From})
		}
	}
	slices.SortFunc(out, func(a, b asked) int { return b.from.Compare(a.from) })
	var codes []string
	for _, a := range out[:min(len(out), boundPeriods)] {
		codes = append(codes, a.code)
	}
	return codes
}

// boundsOf gives the bounds of a row; nil where none of those that are missing is asked for
// it, or the bounds cannot be held.
func (s *scope) boundsOf(r *Row, p *plan, silent []string, past past) *Bounds {
	out := &Bounds{}
	var low, high decimal.Decimal
	if r.Value != nil {
		v, err := decimal.Parse(*r.Value)
		if err != nil {
			return nil
		}
		low, high = v, v
	}
	for _, agency := range silent {
		if !p.asks[s.agencies[agency]] || r.Agency != nil && *r.Agency != agency || r.Group != nil && *r.Group != s.groupOf(agency) {
			continue
		}
		periods := past.periods[pastKey{agency: agency, indicator: r.Indicator}]
		if periods == 0 {
			out.Unknown++
			continue
		}
		out.Agencies++
		least, most := rangeOf(past.figures[pastKey{agency, orNothing(r.Unit), orNothing(r.Place), r.Indicator}], periods)
		var err1, err2 error
		low, err1 = low.Add(least)
		high, err2 = high.Add(most)
		if err1 != nil || err2 != nil {
			return nil
		}
	}
	if out.Agencies+out.Unknown == 0 {
		return nil
	}
	out.Low, out.High = low.String(), high.String()
	return out
}

// rangeOf gives the least and the greatest of the figures of some periods; a period without
// one has nought.
func rangeOf(figures []decimal.Decimal, periods int) (least, most decimal.Decimal) {
	for i, f := range figures {
		if i == 0 && len(figures) >= periods {
			least, most = f, f
		}
		if f.Cmp(least) < 0 {
			least = f
		}
		if f.Cmp(most) > 0 {
			most = f
		}
	}
	return least, most
}

func orNothing(code *string) string {
	if code == nil {
		return ""
	}
	return *code
}
