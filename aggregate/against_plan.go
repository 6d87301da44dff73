package aggregate

import (
	"maps"
	"slices"

	"tonghop/report"
	"tonghop/report/calendar"
)

// planBase finds what was planned (docs/adr/0036). Where the definition says that one
// indicator states the plan of another, it is the figure of that, in the same cell of the same
// reports. Otherwise it is the figure of the same indicator by the definition of the plan, in
// the requests that cover the time wholly: of what is cumulative the year's, and otherwise that
// of the period itself, or else of its year.
func (s *State) planBase(l *report.Ledger, c *comparison) (Base, []basis, error) {
	asked, err := c.indicators(c.whole.frame)
	if err != nil {
		return Base{}, nil, err
	}
	b := Base{With: c.with, Unlike: []string{}}
	var in []basis
	own, apart := c.whole.plansOf(asked)
	if len(own) > 0 {
		f, err := c.ownPlan(own)
		if err != nil {
			return b, nil, err
		}
		in = append(in, f)
		b.Plans, b.Official, b.Provisional = own, c.whole.official, c.whole.provisional
		if d, err := c.days(); err == nil { // it needs none
			b.From, b.To = d.from, d.to
		}
	}
	var there map[string]string
	if len(apart) > 0 {
		f, err := s.planApart(l, c, &b, apart)
		if err != nil {
			return b, nil, err
		}
		if f.base != nil {
			in, there = append(in, f), f.as
		}
	}
	for _, i := range asked {
		p := &c.whole.plans[i]
		if p.IsNumber() && own[p.Code] == "" && there[p.Code] == "" && !c.whole.isPlan(p.Code) {
			b.Unlike = append(b.Unlike, p.Code)
		}
	}
	return b, in, nil
}

// plansOf gives of some indicators those that have their plan beside them, with the one that
// states it, and those that may have it apart. What is a plan itself is held against none
// but one beside it.
func (f *frame) plansOf(asked []int32) (own map[string]string, apart []string) {
	own = map[string]string{}
	for _, i := range asked {
		p := &f.plans[i]
		at := f.position(p.Plan)
		switch {
		case !p.IsNumber():
		case at >= 0 && isPlanOf(p.Indicator, f.plans[at].Indicator):
			own[p.Code] = p.Plan
		case f.definition.Plan != "" && !f.isPlan(p.Code):
			apart = append(apart, p.Code)
		}
	}
	return own, apart
}

// isPlan reports whether an indicator states the plan of another.
func (f *frame) isPlan(code string) bool {
	return slices.ContainsFunc(f.plans, func(p plan) bool { return p.Plan == code })
}

// isPlanOf reports whether a figure can be held against a planned one: both are numbers in one
// unit.
func isPlanOf(ind, planned *report.Indicator) bool {
	return ind.IsNumber() && planned.IsNumber() && ind.Unit == planned.Unit
}

// ownPlan finds the plans that stand in the same reports.
func (c *comparison) ownPlan(own map[string]string) (basis, error) {
	q := *c.Query
	q.Indicators = slices.Sorted(maps.Values(own))
	r, err := q.answer(c.whole, c.by)
	if err != nil {
		return basis{}, err
	}
	of, err := q.agencyMask(c.whole.frame)
	if err != nil {
		return basis{}, err
	}
	in := basis{base: c.whole, of: of, as: own}
	for i := range r.Rows {
		for k := range c.whole.plans {
			if code := c.whole.plans[k].Code; own[code] == r.Rows[i].Indicator {
				row := r.Rows[i]
				row.Indicator = code
				in.rows = append(in.rows, row)
			}
		}
	}
	return in, nil
}

// planApart finds the plans of some indicators by the definition of the plan; without a base
// where there is none.
func (s *State) planApart(l *report.Ledger, c *comparison, b *Base, apart []string) (basis, error) {
	d, err := c.days()
	if err != nil {
		return basis{}, err
	}
	base, d := s.planTile(l, c, d)
	b.From, b.To = d.from, d.to
	if base == nil {
		return basis{}, nil
	}
	as := map[string]string{}
	q := *c.Query
	q.Indicators = nil
	for _, code := range apart {
		at := base.position(code)
		if at >= 0 && isPlanOf(c.whole.plans[c.whole.position(code)].Indicator, base.plans[at].Indicator) {
			as[code] = code
			q.Indicators = append(q.Indicators, code)
		}
	}
	if len(as) == 0 {
		return basis{}, nil
	}
	beside := len(b.Plans) > 0
	in, err := c.ask(base, b, &q)
	if in.as == nil {
		in.as = as
	}
	if beside { // it is worth what both are
		b.Official, b.Provisional = b.Official && c.whole.official, b.Provisional || c.whole.provisional
	}
	return in, err
}

// planTile finds the requests of a plan that cover the days of figures, and which days they
// are of; nil, with the year, where none cover them wholly: a part of a plan is none.
func (s *State) planTile(l *report.Ledger, c *comparison, d days) (*scope, days) {
	req := *c.whole.request
	req.Definition = c.whole.definition.Plan
	calendars := []calendar.Calendar{d.period.Calendar}
	for _, code := range l.RequestCodes() {
		other := l.Requests[code].Request
		if !other.Repeats(&req) {
			continue
		}
		if def := l.Definition(other.Definition, other.Version); def != nil {
			if p, err := other.PeriodUnder(def); err == nil && !slices.Contains(calendars, p.Calendar) {
				calendars = append(calendars, p.Calendar)
			}
		}
	}
	for _, days := range d.planned(calendars) {
		if base := s.planOn(l, c, &req, days); base != nil && len(base.over.Gaps) == 0 {
			return base, days
		}
	}
	return nil, d.year(d.period.Calendar)
}

// planOn finds the figures of a plan on the map of the figures held against it. By one version
// of the register both are of the same places, though the map changed before the year of the
// plan was over.
func (s *State) planOn(l *report.Ledger, c *comparison, req *report.Request, d days) *scope {
	if c.Map.On.IsZero() {
		base := s.recalledTile(l, req, d, c.Map, c.AsOf, c.Official)
		if base == nil || base.mapped == nil && !slices.ContainsFunc(base.over.Parts, func(p Part) bool {
			return l.Request(p.Request).Request.Registered != c.whole.request.Registered
		}) {
			return base
		}
	}
	return s.recalledTile(l, req, d, c.view(), c.AsOf, c.Official)
}

// planned gives the days of which plans are looked for, the best first. A plan may be by
// another calendar than the reports: that of 2026 is for 2026, wherever either begins.
func (d *days) planned(calendars []calendar.Calendar) (out []days) {
	if !d.cumulative {
		for _, cal := range calendars {
			if p, err := calendar.NewPeriod(cal, d.period.Kind, d.period.Year, d.period.N); err == nil {
				out = append(out, daysOf(p, false))
			}
		}
		if d.period.Kind == calendar.Free {
			out = append(out, *d)
		}
	}
	for _, cal := range calendars {
		out = append(out, d.year(cal))
	}
	if d.cumulative {
		out = append(out, *d)
	}
	return out
}

// year gives the year in which the last of the days lies, under a calendar.
func (d *days) year(cal calendar.Calendar) days {
	year, err := calendar.NewPeriod(cal, calendar.Year, d.period.Year, 1)
	if d.period.Kind == calendar.Free || err != nil {
		year, _ = calendar.Containing(cal, calendar.Year, d.to) // every day lies in a year
	}
	return daysOf(year, false)
}
