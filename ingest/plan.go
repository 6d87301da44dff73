package ingest

import (
	"slices"
	"sync"

	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/calendar"
)

// plan is a definition as it is asked of one agency in one request: which
// indicators stand on which sheet, for which places and units. The template is
// drawn from it, and what comes back is read by it.
type plan struct {
	def    *report.Definition
	req    *report.Request
	reg    *report.Register
	agency string
	period calendar.Period // zero when the request names none
	home   string          // place of facts that are asked once of the agency
	sheets []planned
	all    *registered          // everything in the register
	units  map[string]viet.Unit // of the indicators, by their words
}

// planned is one sheet of the plan.
type planned struct {
	layout     *report.Sheet
	indicators []*report.Indicator // in the order of the sheet, those not asked of the agency among them
	places     []*report.Place     // rows or columns; none for a list and for a single column of values
	units      []*report.Agency    // rows of a list
	matrix     *matrix             // of a sheet of the shape [report.Matrix], nil for the others
	words      func() *wording     // made when it is first asked for
	turned     func() *planned     // the same with rows for columns; nil where that cannot be told or read
}

// newPlan works out what is asked of an agency.
func newPlan(def *report.Definition, req *report.Request, reg *report.Register, agency string) *plan {
	return commonPlan(def, req, reg).of(agency)
}

// of gives the plan of an agency from what is asked of all: the lists have its own
// units for rows.
func (p *plan) of(agency string) *plan {
	own := *p
	own.agency, own.sheets = agency, slices.Clone(p.sheets)
	for i := range own.sheets {
		if s := &own.sheets[i]; s.layout.Shape == report.UnitList {
			s.units = slices.DeleteFunc(p.reg.Units(agency), func(a *report.Agency) bool { return !a.Lives(p.period.To) })
		}
	}
	return &own
}

// commonPlan works out what is asked of every agency alike.
func commonPlan(def *report.Definition, req *report.Request, reg *report.Register) *plan {
	p := &plan{def: def, req: req, reg: reg, period: windowOf(def, req), all: newRegistered(reg), units: unitsOf(def)}
	if p.home = reg.ProvincialPlace(req.Place); p.home == "" {
		p.home = req.Place
	}
	named := map[string]bool{}
	matrices := make([]*matrix, len(def.Sheets))
	for i := range def.Sheets {
		s := &def.Sheets[i]
		for _, code := range s.Indicators {
			named[code] = true
		}
		if matrices[i] = newMatrix(def, s); matrices[i] != nil {
			for _, ind := range matrices[i].asked() {
				named[ind.Code] = true
			}
		}
	}
	for i := range def.Sheets {
		p.sheets = append(p.sheets, p.sheet(&def.Sheets[i], matrices[i], named))
	}
	return p
}

// unitsOf reads the units of the indicators of a form: every figure of every
// agency is held against one of them.
func unitsOf(def *report.Definition) map[string]viet.Unit {
	units := map[string]viet.Unit{}
	for i := range def.Indicators {
		words := def.Indicators[i].Unit
		if _, known := units[words]; !known {
			units[words] = viet.ParseUnit(words)
		}
	}
	return units
}

// unit gives what an indicator of the form is counted in.
func (p *plan) unit(ind *report.Indicator) viet.Unit { return p.units[ind.Unit] }

func (p *plan) sheet(layout *report.Sheet, x *matrix, named map[string]bool) planned {
	s := planned{layout: layout, matrix: x}
	if x != nil {
		s.indicators = x.asked()
	}
	for _, code := range layout.Indicators {
		if ind := p.def.Indicator(code); ind != nil {
			s.indicators = append(s.indicators, ind)
		}
	}
	if len(layout.Indicators) == 0 && x == nil {
		for i := range p.def.Indicators {
			if ind := &p.def.Indicators[i]; !named[ind.Code] && fits(ind, layout) {
				s.indicators = append(s.indicators, ind)
			}
		}
	}
	day := p.period.To
	switch {
	case layout.Shape == report.UnitList: // its rows are each agency's own
	case len(layout.Places) > 0:
		s.places, _ = p.reg.Select(layout.Places, day)
	case layout.Shape == report.PlacesDown:
		if home := p.reg.Place(p.home); home != nil {
			s.places = []*report.Place{home}
		}
	}
	common := s
	s.words = sync.OnceValue(func() *wording { return newWording(p.def, &common) })
	s.turned = sync.OnceValue(func() *planned { return common.turn(p.def) })
	return s
}

// turn gives the sheet with its rows for columns, as an agency may draw it up: nil
// where there are no places over or beside the figures, and where the columns
// of the indicators say more than their names do.
func (s planned) turn(def *report.Definition) *planned {
	layout := *s.layout
	switch {
	case len(s.places) < 2 || len(s.indicators) < 2 || len(layout.Columns) > 0:
		return nil
	case layout.Shape == report.PlacesDown:
		layout.Shape = report.IndicatorsDown
	case layout.Shape == report.IndicatorsDown:
		layout.Shape = report.PlacesDown
	default:
		return nil
	}
	layout.Key = report.KeyHeaders{} // they name what stands at the side
	s.layout, s.turned = &layout, func() *planned { return nil }
	common := s
	s.words = sync.OnceValue(func() *wording { return newWording(def, &common) })
	return &s
}

// fits reports whether an indicator that no sheet names belongs on a sheet by
// its grain.
func fits(ind *report.Indicator, layout *report.Sheet) bool {
	switch layout.Shape {
	case report.UnitList:
		return ind.By == report.ByUnit
	case report.PlacesDown:
		return ind.By == report.ByPlace
	}
	if len(layout.Places) > 0 {
		return ind.By == report.ByPlace
	}
	return ind.By == report.ByAgency || ind.By == ""
}

// windowOf gives the period of a request, the zero one where it has none.
func windowOf(def *report.Definition, req *report.Request) calendar.Period {
	p, err := req.PeriodUnder(def)
	if err != nil {
		return calendar.Period{}
	}
	return p
}

// single reports whether the sheet has one column of values and no places.
func (s *planned) single() bool {
	return s.layout.Shape == report.IndicatorsDown && len(s.places) == 0
}

// placeAt gives the place a value of an indicator belongs to when it stands at
// place ("" for a single column of values), and false when the indicator is not
// asked there: what is asked once of an agency lies at the provincial level.
func (p *plan) placeAt(ind *report.Indicator, place string) (string, bool) {
	if place == "" {
		return p.home, true
	}
	if ind.By == report.ByAgency || ind.By == "" {
		return p.home, place == p.home
	}
	return place, true
}

// unitPlace gives the place of a unit of a list.
func (p *plan) unitPlace(unit string) string {
	if a := p.reg.Agency(unit); a != nil && a.Place != "" {
		return a.Place
	}
	return p.home
}

// derived reports whether the figure follows from others: it may be left blank,
// and when it is given it must agree.
func derived(ind *report.Indicator) bool {
	return ind.Compute != "" || isRatio(ind)
}

// isRatio reports whether the indicator is a quotient of two others.
func isRatio(ind *report.Indicator) bool {
	return ind.Num != "" && ind.Den != "" &&
		slices.Contains([]report.Rolling{ind.Roll.Agency, ind.Roll.Place, ind.Roll.Time}, report.RollRatio)
}

// label is how findings name an indicator.
func label(ind *report.Indicator) string { return ind.Code + " " + ind.Name.VI }
