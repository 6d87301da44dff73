package aggregate

import (
	"fmt"
	"slices"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
	"tonghop/report/decimal"
)

// A world across the reorganisations of the country: a few communes that were merged, divided
// or left as they are, under the registers of their own days, with what no map has beside them.

// mapScene is where a history plays: provinces, the days before and after they changed, and
// the periods asked about.
type mapScene struct {
	provinces     []string // of the day before
	before, after string
	periods       []string // of both
}

var mapScenes = []mapScene{
	{[]string{"10", "15"}, "2025-06-30", "2025-07-01", []string{"2024-Q1", "2025-Q1", "2025-Q2", "2025-M05", "2025-Q3", "2025-Q4", "2025-M08"}},
	{[]string{"30", "31"}, "2025-06-30", "2025-07-01", []string{"2024-Q3", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"}},
	{[]string{"01"}, "2025-06-30", "2025-07-01", []string{"2025-Q1", "2025-Q2", "2025-Q3", "2025-M07"}},
	{[]string{"46"}, "2024-12-31", "2025-01-01", []string{"2024-Q3", "2024-Q4", "2025-Q1", "2025-M03", "2024-M12"}},
	{[]string{"70", "75"}, "2025-06-30", "2026-04-30", []string{"2025-Q2", "2025-Q1", "2026-Q2", "2026-M05"}},
	{[]string{"75"}, "2026-04-29", "2026-04-30", []string{"2025-Q4", "2026-Q1", "2026-M03", "2026-Q2", "2026-M05"}},
}

// mapDays are days of different maps.
var mapDays = []string{"2024-01-01", "2025-03-01", "2025-07-01", "2025-12-31", "2026-05-01"}

// mapIndicatorsOf has an indicator for each way in which places roll, crossed with others.
func mapIndicatorsOf(string) []report.Indicator {
	const (
		sum, last, first = report.RollSum, report.RollLast, report.RollFirst
		mini, maxi, mean = report.RollMin, report.RollMax, report.RollMean
		none, rate       = report.RollNone, report.RollRatio
	)
	return []report.Indicator{
		{Code: "flow", Type: report.TypeInt},
		{Code: "dec", Type: report.TypeDec, Scale: 3, Repeats: true},
		{Code: "w", Type: report.TypeInt},
		{Code: "stock", Type: report.TypeInt, Roll: timeRoll(sum, sum, last)},
		{Code: "start", Type: report.TypeInt, Roll: timeRoll(sum, sum, first)},
		{Code: "low", Type: report.TypeDec, Scale: 3, Roll: timeRoll(sum, mini, sum)},
		{Code: "peak", Type: report.TypeInt, Roll: timeRoll(maxi, maxi, maxi)},
		{Code: "mean", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(mean, mean, mean)},
		{Code: "meansum", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(mean, sum, sum)},
		{Code: "plain", Type: report.TypeDec, Scale: 1, Roll: timeRoll(mean, mean, mean)},
		{Code: "ratio", Unit: "%", Type: report.TypeDec, Scale: 1, Num: "flow", Den: "w", Factor: 100, Roll: timeRoll(rate, rate, rate)},
		{Code: "noratio", Type: report.TypeDec, Scale: 1, Num: "flow", Den: "w", Factor: 100, Roll: timeRoll(rate, none, rate)},
		{Code: "none", Type: report.TypeInt, Roll: timeRoll(sum, none, sum)},
		{Code: "lastplace", Type: report.TypeInt, Roll: timeRoll(sum, last, sum)},
		{Code: "firstplace", Type: report.TypeInt, Roll: timeRoll(sum, first, maxi)},
		{Code: "all", Type: report.TypeBool},
		{Code: "any", Type: report.TypeBool, Roll: timeRoll(report.RollAny, report.RollAny, report.RollAny)},
		{Code: "text", Type: report.TypeText},
		{Code: "total", Type: report.TypeDec, Scale: 3, Compute: "[flow] + [dec]"},
	}
}

// mapHistory is a history in a scene.
type mapHistory struct {
	*timeHistory
	scene   mapScene
	near    []*country.Unit // the units of the scene, before and after
	asAsked map[string][]string
}

func randomMapHistory(seed uint64, deeds int) *mapHistory {
	h := &mapHistory{timeHistory: emptyTimeHistory(seed)}
	h.scene = mapScenes[h.rng.IntN(len(mapScenes))]
	h.busy = true
	h.indicators, h.adjustable = mapIndicatorsOf, []string{"flow", "dec", "w", "stock", "mean"}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: &report.Definition{Code: "d", Version: "1", Calendar: "civil", Indicators: mapIndicatorsOf("")}})
	h.asAsked = map[string][]string{}
	before, after := h.registers()
	for _, r := range []*report.Register{before, after} {
		h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: r})
		for _, p := range r.Places {
			if !h.foretold(r, p) {
				h.asAsked[r.Version] = append(h.asAsked[r.Version], p.Code)
			}
		}
		h.asAsked[r.Version] = append(h.asAsked[r.Version], "99999")
	}
	h.places = func(a *timeAsk) []string { return h.asAsked[a.Registered] }
	for _, period := range h.scene.periods {
		if h.chance(1, 2) {
			h.askIn(period)
		}
	}
	if len(h.asks) == 0 {
		h.askIn(h.scene.periods[0])
	}
	h.live(deeds)
	return h
}

func (h *mapHistory) askIn(period string) {
	a := h.ask("r"+period, "civil", period, h.anyRoster()...)
	p, _ := calendar.ParsePeriod(calendar.Civil(), period)
	if a.Approval = h.chance(1, 4); !p.To.Before(calendar.MustDate(h.scene.after)) {
		a.Registered = "2"
	}
}

// registers gives those of the days before and after.
func (h *mapHistory) registers() (before, after *report.Register) {
	was, is := country.On(calendar.MustDate(h.scene.before)), country.On(calendar.MustDate(h.scene.after))
	chosen := []*country.Unit{}
	choose := func(u *country.Unit) {
		if u != nil && !slices.Contains(chosen, u) && len(chosen) < 9 {
			chosen = append(chosen, u)
		}
	}
	for len(chosen) < 6 {
		communes := was.Communes(h.scene.provinces[h.rng.IntN(len(h.scene.provinces))])
		c := communes[h.rng.IntN(len(communes))]
		for range 40 { // what was divided is rarer than what was merged, and tells more
			if len(c.Successors()) > 1 {
				break
			}
			c = communes[h.rng.IntN(len(communes))]
		}
		choose(c)
		for _, next := range c.Successors() {
			for i, beside := range next.Predecessors() {
				if i < 3 {
					choose(beside)
				}
			}
		}
	}
	later := []*country.Unit{}
	for _, c := range chosen {
		for p := range (&oracleMap{oracleTile: &oracleTile{reg: &report.Register{}}, view: MapView{On: calendar.MustDate(h.scene.after)}, target: is}).shares(c) {
			if !slices.Contains(later, p) {
				later = append(later, p)
			}
		}
	}
	slices.SortFunc(later, func(a, b *country.Unit) int {
		return slices.Index(country.Units(), a) - slices.Index(country.Units(), b)
	})
	h.near = slices.Concat(chosen, later)
	before, after = h.register("1", was, chosen), h.register("2", is, later)
	for _, u := range later { // how many people live there, which by now is known
		if before.Place(u.Code) == nil && h.chance(2, 3) {
			before.Places = append(before.Places, report.Place{Code: u.Code, Level: string(u.Level), From: u.From, Population: decimal.FromInt(1 + h.rng.Int64N(9000))})
		}
	}
	return before.Index(), after
}

// foretold reports whether a place of a register is one of a later map.
func (h *mapHistory) foretold(_ *report.Register, p report.Place) bool { return !p.Population.IsZero() }

// register is the units of a map with those above them, the provincial level, and a hamlet of
// the first of them.
func (h *mapHistory) register(version string, m *country.Map, units []*country.Unit) *report.Register {
	r := &report.Register{Code: "hd", Version: version, Agencies: timeRegister("1").Agencies}
	has := map[string]bool{}
	var put func(u *country.Unit)
	put = func(u *country.Unit) {
		if u == nil || has[u.Code] {
			return
		}
		put(m.Unit(u.Parent))
		has[u.Code] = true
		r.Places = append(r.Places, report.Place{Code: u.Code, Level: string(u.Level), Parent: u.Parent})
		if u.Level == country.Province {
			r.Places = append(r.Places, report.Place{Code: u.Code + "T", Level: report.LevelProvincial, Parent: u.Code})
		}
	}
	for _, u := range units {
		put(u)
	}
	r.Places = append(r.Places, report.Place{Code: "h1", Level: "hamlet", Parent: units[0].Code})
	return r.Index()
}

// view draws a map and a key.
func (h *mapHistory) view() MapView {
	if h.chance(1, 6) {
		return MapView{}
	}
	v := MapView{On: calendar.MustDate(h.pick(mapDays...))}
	switch h.rng.IntN(4) {
	case 0:
		v.Allocate = AllocateByPopulation
	case 1:
		v.Allocate, v.Weights = AllocateByWeights, map[string]decimal.Decimal{}
		for _, u := range h.near {
			if country.On(v.On).Unit(u.Code) != nil && h.chance(2, 3) {
				v.Weights[u.Code] = decimal.FromInt(h.rng.Int64N(5))
			}
		}
		if len(v.Weights) == 0 {
			v = MapView{On: v.On}
		}
	case 2:
		v.Allocate = AllocateEqually
	}
	return v
}

// window draws a time to ask about; the zero window is the request's own.
func (h *mapHistory) window() Window {
	if h.chance(1, 2) {
		return Window{}
	}
	year := h.pick("2024", "2025", "2026")
	return Window{Period: year + h.pick("", "-H1", "-H2", "-9M", "-Q2"), Calendar: "civil", Cumulative: h.chance(1, 5)}
}

func (h *mapHistory) String() string {
	return fmt.Sprintf("%s → %s, %v", h.scene.before, h.scene.after, h.scene.provinces)
}
