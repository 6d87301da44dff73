package portal

import (
	"cmp"
	"slices"

	"tonghop/aggregate"
	"tonghop/report"
	"tonghop/report/calendar"
)

// mapOption is a map of the country to choose from.
type mapOption struct {
	On     string
	Name   report.Text
	Chosen bool
}

// mapOptions are the maps before and after the communes were merged.
func mapOptions(v aggregate.MapView) []mapOption {
	out := []mapOption{
		{On: "2025-06-30", Name: report.Text{VI: "trước 01/7/2025", EN: "before 1 July 2025"}},
		{On: "2025-07-01", Name: report.Text{VI: "từ 01/7/2025", EN: "from 1 July 2025 on"}},
	}
	for i := range out {
		out[i].Chosen = out[i].On == v.On.String()
	}
	return out
}

// periodOption is a period that requests of a definition lie in.
type periodOption struct {
	Key, Calendar string
	Name          report.Text
	Chosen        bool
}

// Value is the option as the form sends it: the calendar goes with the key.
func (o periodOption) Value() string { return o.Calendar + " " + o.Key }

// figureView is one way of seeing the figures.
type figureView struct {
	Value string
	Name  report.Text
}

// againstViews are what figures can be compared with.
var againstViews = []figureView{
	{aggregate.AgainstPrevious, aggregate.AgainstWords(aggregate.AgainstPrevious)},
	{aggregate.AgainstLastYear, aggregate.AgainstWords(aggregate.AgainstLastYear)},
	{aggregate.AgainstPlan, aggregate.AgainstWords(aggregate.AgainstPlan)},
}

// orderViews are what figures that are compared can be ordered by.
var orderViews = []figureView{
	{"", report.Text{VI: "số liệu", EN: "the figure"}},
	{"index", report.Text{VI: "tỷ lệ % của phép so", EN: "% of what it is compared with"}},
	{"difference", report.Text{VI: "mức tăng giảm", EN: "the difference"}},
	{"growth", report.Text{VI: "tốc độ tăng", EN: "growth"}},
}

var figureViews = []figureView{
	{"agency", report.Text{VI: "Đơn vị", EN: "Agency"}},
	{"place", report.Text{VI: "Địa bàn", EN: "Place"}},
	{"both", report.Text{VI: "Đơn vị × địa bàn", EN: "Agency × place"}},
}

// indicatorOption is a section of the indicators to choose from.
type indicatorOption struct {
	Name  report.Text
	Codes []indicatorName
}

type indicatorName struct {
	Code string
	Name report.Text
}

// periodsOf gives the periods in which the requests lie that ask the same as one,
// under the calendar of each: of the latest year first, and in it the longest.
func periodsOf(l *report.Ledger, req *report.Request) []periodOption {
	var periods []calendar.Period
	for _, code := range l.RequestCodes() {
		other := l.Requests[code].Request
		def := l.Definition(other.Definition, other.Version)
		if def == nil || !other.Repeats(req) {
			continue
		}
		own, err := other.PeriodUnder(def)
		if err != nil {
			continue
		}
		for _, kind := range []calendar.Kind{calendar.Month, calendar.Quarter, calendar.Half, calendar.NineMonths, calendar.Year} {
			p, err := calendar.Containing(own.Calendar, kind, own.From)
			if err == nil && !own.To.After(p.To) && !slices.Contains(periods, p) {
				periods = append(periods, p)
			}
		}
	}
	slices.SortFunc(periods, func(a, b calendar.Period) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Calendar.Name(), b.Calendar.Name()), b.Days()-a.Days(), a.From.Sub(b.From))
	})
	var out []periodOption
	several := slices.ContainsFunc(periods, func(p calendar.Period) bool { return p.Calendar != periods[0].Calendar })
	for _, p := range periods {
		name := report.Text{VI: p.VI(), EN: p.EN()}
		if several {
			name.VI += " (" + p.Calendar.VI() + ")"
			name.EN += " (" + p.Calendar.EN() + ")"
		}
		out = append(out, periodOption{Key: p.Key(), Calendar: p.Calendar.Name(), Name: name})
	}
	return out
}

func optionsOf(def *report.Definition) []indicatorOption {
	options := []indicatorOption{{}}
	at := map[string]int{}
	for _, g := range def.Groups {
		at[g.Code] = len(options)
		options = append(options, indicatorOption{Name: g.Name})
	}
	for i := range def.Indicators {
		ind := &def.Indicators[i]
		o := &options[at[ind.Group]]
		o.Codes = append(o.Codes, indicatorName{ind.Code, ind.Name})
	}
	return slices.DeleteFunc(options, func(o indicatorOption) bool { return len(o.Codes) == 0 })
}

// firstByPlace is an indicator that is asked by place, to begin with.
func firstByPlace(def *report.Definition) string {
	for i := range def.Indicators {
		if def.Indicators[i].By == report.ByPlace {
			return def.Indicators[i].Code
		}
	}
	return def.Indicators[0].Code
}
