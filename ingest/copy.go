package ingest

import (
	"strconv"

	"tonghop/report"
	"tonghop/report/fault"
)

// checkCopy asks about a report whose figures are those of the period before: a
// file in which only the date was changed is an old report, and nobody would
// know from its figures alone, each of which is in order.
func (r *reading) checkCopy() {
	if r.env.Previous == nil || r.nothing {
		return
	}
	l, cells := r.likeness()
	if !l.isCopy() {
		return
	}
	r.find(fault.New(fault.CopyOfLastPeriod, fault.A("count", strconv.Itoa(l.same)), fault.A("compared", strconv.Itoa(l.compared)),
		fault.A("request", r.env.PreviousRequest)).See(rangesBySheet(cells)...))
}

// resemblance is how far a report says what the one before said. Only figures other
// than 0 count: that nothing occurred twice is no sign of copying.
type resemblance struct {
	compared int // figures that are not 0 in either report
	same     int // of these the same in both
	values   int // different values among the same
}

// When likeness is no accident. A few small numbers are often the same again, and
// so is one number in many places.
const (
	copyFigures = 10 // figures that are the same, at least
	copyValues  = 5  // different values among them, at least
	copyPercent = 95 // of the figures compared, at least
)

func (l resemblance) isCopy() bool {
	return l.same >= copyFigures && l.values >= copyValues && 100*l.same >= copyPercent*l.compared
}

// likeness compares the figures of the report with those of the period before.
func (r *reading) likeness() (l resemblance, same []spot) {
	values := map[string]bool{}
	for i := range r.facts {
		f := &r.facts[i]
		was := r.env.Previous.Look(f.Unit, f.Place, f.Indicator)
		if !r.renews(f.Indicator) || isNothing(f.Value) && isNothing(was) {
			continue
		}
		l.compared++
		if f.Value.Equal(was) {
			l.same++
			values[f.Value.Num.String()] = true
			same = append(same, spot{f.Source.Sheet, f.Source.Cell})
		}
	}
	l.values = len(values)
	if !l.isCopy() { // what the report leaves out can only make it less like
		return l, nil
	}
	for _, f := range r.env.Previous.All() {
		if _, given := r.value(factKey{f.Unit, f.Place, f.Indicator}); !given && r.renews(f.Indicator) && !isNothing(f.Value) {
			l.compared++
		}
	}
	return l, same
}

// renews reports whether an indicator is counted anew in each period. What there
// is at a period's end (staff, beds, schools) may well be as it was; and what is
// computed says nothing that its parts do not.
func (r *reading) renews(code string) bool {
	ind := r.def.Indicator(code)
	if ind == nil || !ind.IsNumber() || derived(ind) {
		return false
	}
	switch ind.On(report.AxisTime) {
	case report.RollLast, report.RollFirst, report.RollMean, report.RollRatio:
		return false
	}
	return true
}

// isNothing reports whether a value is no figure, or 0.
func isNothing(v report.Value) bool { return v.Kind != report.Number || v.Num.IsZero() }
