package aggregate

import (
	"tonghop/report"
	"tonghop/report/lang"
)

// all stands in a [spot] for an axis that is summed over.
const all int32 = -1

// frame is what stays the same while submissions come and go: the request with
// its definition and register, indexed. Positions are those of the roster, of
// the definition, and for places those of interning, which never show: what is
// given out is sorted by rank.
type frame struct {
	request    *report.Request
	definition *report.Definition
	register   *report.Register

	// Of a tiling alone.
	told  [][]Count // reports, by indicator and roster position
	apart bool      // it is of several times, so that reports are more than agencies

	// divided says that what was reported about a place is allocated to several.
	divided bool

	agencies   map[string]int32 // roster position
	indicators map[string]int32 // position in the definition
	plans      []plan           // by indicator
	computed   []int32          // indicators with an expression

	places  []placeInfo // interned, see place.go
	placeAt map[string]int32
	units   []unitInfo
	unitAt  map[string]int32
}

// plan is how one indicator is counted.
type plan struct {
	*report.Indicator
	agency, place    report.Rolling
	time             report.Rolling
	additive         bool          // a number that sums on both axes: its tally is its value
	ratio            bool          // recomputed from num and den
	num, den, weight int32         // positions, or -1
	compute          *lang.Program // of a computed indicator
	asks             []bool        // by roster position
	asked            int
}

// newFrame indexes a request; nil when its definition or register is not known
// yet.
func newFrame(l *report.Ledger, book *report.RequestBook) *frame {
	req := book.Request
	if req == nil {
		return nil
	}
	f := &frame{
		request:    req,
		definition: l.Definition(req.Definition, req.Version),
		register:   l.Register(req.Register, req.Registered),
		agencies:   make(map[string]int32, len(req.Agencies)),
		placeAt:    map[string]int32{},
		unitAt:     map[string]int32{},
	}
	if f.definition == nil || f.register == nil {
		return nil
	}
	for i, a := range req.Agencies {
		f.agencies[a] = int32(i)
	}
	f.planAll()
	return f
}

// fits reports whether the frame is still the one of the request.
func (f *frame) fits(l *report.Ledger, book *report.RequestBook) bool {
	req := book.Request
	return f != nil && f.request == req &&
		f.definition == l.Definition(req.Definition, req.Version) &&
		f.register == l.Register(req.Register, req.Registered)
}

func (f *frame) planAll() {
	f.indicators = make(map[string]int32, len(f.definition.Indicators))
	for i := range f.definition.Indicators {
		f.indicators[f.definition.Indicators[i].Code] = int32(i)
	}
	f.plans = make([]plan, len(f.definition.Indicators))
	for i := range f.plans {
		f.plans[i] = f.planOf(&f.definition.Indicators[i])
	}
	f.compile()
}

func (f *frame) planOf(ind *report.Indicator) plan {
	p := plan{
		Indicator: ind,
		agency:    ind.On(report.AxisAgency),
		place:     ind.On(report.AxisPlace),
		time:      ind.On(report.AxisTime),
		num:       f.position(ind.Num),
		den:       f.position(ind.Den),
		weight:    f.position(ind.Weight),
		asks:      make([]bool, len(f.request.Agencies)),
	}
	p.additive = ind.IsNumber() && p.agency == report.RollSum && p.place == report.RollSum
	p.ratio = isRatio(ind) && f.isPart(p.num) && f.isPart(p.den)
	if isRatio(ind) && p.time != report.RollNone {
		p.time = report.RollRatio // on one axis, so on all: nothing else can be done with it
	}
	for i, a := range f.request.Agencies {
		if ind.Asks(a) {
			p.asks[i] = true
			p.asked++
		}
	}
	return p
}

func isRatio(ind *report.Indicator) bool {
	return ind.On(report.AxisAgency) == report.RollRatio || ind.On(report.AxisPlace) == report.RollRatio
}

// isPart reports whether a ratio can be made of an indicator: a number that is
// not a ratio itself.
func (f *frame) isPart(at int32) bool {
	if at < 0 {
		return false
	}
	ind := &f.definition.Indicators[at]
	return ind.IsNumber() && !isRatio(ind)
}

// position finds an indicator; -1 when there is none of that code.
func (f *frame) position(code string) int32 {
	if at, ok := f.indicators[code]; ok {
		return at
	}
	return -1
}

// everyIndicator gives all positions of the definition.
func (f *frame) everyIndicator() []int32 {
	out := make([]int32, len(f.plans))
	for i := range out {
		out[i] = int32(i)
	}
	return out
}
