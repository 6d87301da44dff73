package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// oracleOwnPlans are the indicators of the world's results that have their plan beside them.
var oracleOwnPlans = map[string]string{"peak": "least", "people": "w", "stand": "ratio"}

// randomPlanHistory draws requests for results, and for plans by another definition, which has
// other units and types for some: for the year, for quarters, for a month, under two calendars.
func randomPlanHistory(seed uint64, deeds int) *timeHistory {
	h := newTimeHistory(seed)
	results := &report.Definition{Code: "kq", Version: "1", Calendar: "d09", Plan: "kh", Indicators: timeIndicators("1")}
	for i := range results.Indicators {
		results.Indicators[i].Plan = oracleOwnPlans[results.Indicators[i].Code]
	}
	if h.chance(1, 5) {
		results.Plan = "" // then there are but those
	}
	for _, d := range []*report.Definition{results, {Code: "kh", Version: "2", Calendar: "d09", Indicators: timeIndicators("2")}} {
		h.add(report.Key{Scope: report.ScopeDefinition, Name: d.Code}, &report.DefinitionApplied{Definition: d})
	}
	ask := func(of, in int, definition, code, cal, period string) {
		if !h.chance(of, in) {
			return
		}
		a := h.ask(code, cal, period, h.anyRoster()...)
		a.Definition, a.Approval = definition, h.chance(1, 3)
		if definition == "kh" {
			a.Version = "2"
		}
	}
	for _, period := range []string{"2021-M04", "2021-M05", "2021-M06", "2021-Q2", "2021-03-20..2021-05-14"} {
		ask(2, 3, "kq", "kq-"+period[5:], "d09", period)
	}
	ask(1, 2, "kq", "kq-q1", "d09", "2021-Q1")
	ask(1, 3, "kq", "kq-dl", "civil", "2021-Q2")
	if len(h.asks) == 0 {
		ask(1, 1, "kq", "kq-M04", "d09", "2021-M04")
	}
	ask(1, 2, "kh", "kh-nam", "d09", "2021")
	ask(1, 4, "kh", "kh-nam-dl", "civil", "2021")
	ask(1, 4, "kh", "kh-sua", "d09", "2021")
	for q := 1; q <= 4; q++ {
		ask(2, 3, "kh", fmt.Sprintf("kh-q%d", q), "d09", fmt.Sprintf("2021-Q%d", q))
	}
	ask(1, 3, "kh", "kh-m04", "d09", "2021-M04")
	ask(1, 3, "kh", "kh-m05-dl", "civil", "2021-M05")
	ask(1, 4, "kh", "kh-dot", "d09", "2021-03-20..2021-05-14")
	for _, a := range h.asks {
		h.open(a, 1)
		for _, agency := range a.Agencies {
			if h.chance(4, 5) {
				h.submit(a, agency, h.draft(a, agency))
			}
		}
	}
	for range deeds {
		h.step()
	}
	return h
}

// oraclePlanned gives the windows whose plans a window is held against, the best first.
func oraclePlanned(h *timeHistory, w Window) (out []Window) {
	calendars := []string{cmp.Or(w.Calendar, "d09")}
	asks := slices.Clone(h.asks)
	slices.SortFunc(asks, func(a, b *timeAsk) int { return strings.Compare(a.Code, b.Code) })
	for _, a := range asks {
		if a.Definition == "kh" && !slices.Contains(calendars, a.Calendar) {
			calendars = append(calendars, a.Calendar)
		}
	}
	if !w.Cumulative {
		for _, cal := range calendars {
			if strings.Contains(w.Period, "..") {
				cal = calendars[0]
			}
			out = append(out, Window{Period: w.Period, Calendar: cal})
		}
	}
	for _, cal := range calendars {
		out = append(out, Window{Period: w.Period[:4], Calendar: cal})
	}
	if w.Cumulative {
		out = append(out, w)
	}
	return out
}

// planCheck holds the tables of a question against plans against the oracle.
type planCheck struct {
	timeCheck
	h *timeHistory
}

// base works out what was planned; nil where nothing was for the whole of any time.
func (c *planCheck) base(o *timeOracle) (*timeOracle, Window) {
	if o.def.Plan == "" {
		return nil, Window{}
	}
	windows := oraclePlanned(c.h, c.w)
	for _, w := range windows {
		from, to := oracleWindow(w)
		m := c.m
		m.definition = "kh"
		if b := newTimeOracle(c.f.journal(), from, to, m); b != nil && len(b.gaps) == 0 {
			return b, w
		}
	}
	return nil, Window{Period: c.w.Period[:4], Calendar: c.w.Calendar}
}

// planned gives the rows of what was planned, with the indicators that they are the plan of.
func (c *planCheck) planned(o, b *timeOracle, table overTable) map[figureKey]func() oracleCell {
	out := map[figureKey]func() oracleCell{}
	for _, row := range o.rows(table.by, table.level) {
		for code, plan := range oracleOwnPlans {
			if plan == row.key.indicator {
				key, where := row.key, row.where
				key.indicator = code
				out[key] = func() oracleCell { return o.cell(where, plan) }
			}
		}
	}
	if b == nil {
		return out
	}
	for _, row := range b.rows(table.by, table.level) {
		if c.apart(o, b, row.key.indicator) {
			out[row.key] = func() oracleCell { return b.cell(row.where, row.key.indicator) }
		}
	}
	return out
}

// apart reports whether an indicator is held against the figures of the plan's definition.
func (c *planCheck) apart(o, b *timeOracle, code string) bool {
	ind, planned := o.def.Indicator(code), b.def.Indicator(code)
	for own, plan := range oracleOwnPlans {
		if code == own || code == plan {
			return false
		}
	}
	number := func(i *report.Indicator) bool {
		return i != nil && (i.Type == report.TypeInt || i.Type == report.TypeDec)
	}
	return number(ind) && number(planned) && ind.Unit == planned.Unit
}

// run compares every row of some tables.
func (c *planCheck) run(request string) {
	c.t.Helper()
	from, to := oracleWindow(c.w)
	m := c.m
	m.definition = "kq"
	o := newTimeOracle(c.f.journal(), from, to, m)
	q := Query{Request: request, Window: c.w, AsOf: c.m.asOf, Official: c.m.official, Against: []string{AgainstPlan}}
	if _, err := c.f.state.Rollup(&c.f.ledger, q); err != nil || o == nil {
		known := oracleTileOf(c.f.journal(), request, m) != nil
		if (err == nil) != (o != nil && known) {
			c.fatal("got %v; the oracle knows of %v", err, o)
		}
		return
	}
	b, of := c.base(o)
	for _, table := range overTables {
		q.By, q.Level = table.by, table.level
		if q.Level != "" && !slices.ContainsFunc(o.regs[0].Places, func(p report.Place) bool { return p.Level == q.Level }) {
			continue
		}
		r, err := c.f.state.Rollup(&c.f.ledger, q)
		if err != nil {
			c.fatal("%v: %v", table, err)
		}
		got := r.Bases[0]
		if (got.Over != nil) != (b != nil) || b != nil && overText(got.Over) != b.over() || len(got.Plans) != len(oracleOwnPlans) {
			c.fatal("held against %+v, want %v", got, b)
		}
		if of.Period != "" {
			if from, to := oracleWindow(of); got.From != from || got.To != to {
				c.fatal("of %s to %s, want %s to %s", got.From, got.To, from, to)
			}
		}
		c.rows(o, b, table, r)
	}
}

// rows compares the rows of a table, those that only a plan has among them, and what each is
// held against.
func (c *planCheck) rows(o, b *timeOracle, table overTable, r *Rollup) {
	c.t.Helper()
	own := map[figureKey]whereOver{}
	for _, row := range o.rows(table.by, table.level) {
		own[row.key] = row.where
	}
	planned := c.planned(o, b, table)
	left := map[figureKey]bool{}
	for key := range own {
		left[key] = true
	}
	for key := range planned {
		if silent := key.unit == "" && key.place == "" && (slices.Contains(table.by, ByPlace) || slices.Contains(table.by, ByUnit)); !silent {
			left[key] = true
		}
	}
	for i := range r.Rows {
		got := &r.Rows[i]
		key := figureKeyOf(got)
		if !left[key] {
			c.fatal("%v: a row too many, or twice: %+v", table, key)
		}
		delete(left, key)
		ind := o.def.Indicator(key.indicator)
		where, known := own[key]
		if !known {
			where = o.whereOf(key)
		}
		cell := o.cell(where, key.indicator)
		if !known {
			cell = o.count(where, ind)
			cell.mark = cell.silence(nil)
		}
		if rowText(got) != cell.String() {
			c.fatal("%v: %+v: got %s, want %s", table, key, rowText(got), cell)
		}
		said, there := got.Against[AgainstPlan]
		plan, beside := oracleOwnPlans[key.indicator]
		if !beside && (b == nil || !c.apart(o, b, key.indicator)) {
			if there {
				c.fatal("%v: %+v is held against %+v, and there is no plan of it", table, key, said)
			}
			continue
		}
		var base oracleCell
		switch at := planned[key]; {
		case at != nil:
			base = at()
		case beside:
			base = o.count(o.whereOf(key), o.def.Indicator(plan))
			base.mark = base.silence(nil)
		default:
			base = b.count(b.whereOf(key), b.def.Indicator(key.indicator))
			base.mark = base.silence(nil)
		}
		if want := oracleAgainst(ind, cell, base); !there || againstText(said) != want {
			c.fatal("%v: %+v %s: got %s, want %s", table, key, cell, againstText(said), want)
		}
		c.cells++
	}
	for key := range left {
		c.fatal("%v: no row for %+v", table, key)
	}
}

// whereOf gives what a row is of, for counting who is asked and heard there.
func (o *timeOracle) whereOf(key figureKey) whereOver {
	w := whereOver{unit: key.unit, place: key.place}
	if key.agency != "" {
		w.agencies = []string{key.agency}
	}
	return o.ofGroup(w, key.group)
}

// TestPlanAgainstOracle compares every cell of tables against plans, and the plans.
func TestPlanAgainstOracle(t *testing.T) {
	cells, apart := 0, 0
	for seed := range seeds(t, 30) {
		h := randomPlanHistory(seed, 15)
		f := folded(h.events)
		var results []*timeAsk
		for _, a := range h.asks {
			if a.Definition == "kq" {
				results = append(results, a)
			}
		}
		windows := []Window{
			{Period: "2021-M04"}, {Period: "2021-M05"}, {Period: "2021-Q2"}, {Period: "2021-H1"}, {Period: "2021"}, {Period: "2021-03-20..2021-05-14"},
			{Period: "2021-Q2", Calendar: "civil"}, {Period: "2021-M05", Cumulative: true}, {Period: "2021-Q2", Cumulative: true}, {Period: "2021-Q2", Calendar: "civil", Cumulative: true},
		}
		for range 3 {
			c := planCheck{timeCheck{t: t, f: f, w: windows[h.rng.IntN(len(windows))], name: fmt.Sprintf("seed %d", seed)}, h}
			c.w.Calendar = cmp.Or(c.w.Calendar, "d09")
			c.m.official = h.chance(1, 4)
			if h.chance(1, 3) {
				c.m.asOf = h.events[h.rng.IntN(len(h.events))].At
			}
			c.run(results[h.rng.IntN(len(results))].Code)
			cells += c.cells
			if b, _ := c.base(&timeOracle{def: &report.Definition{Plan: "kh"}}); b != nil {
				apart++
			}
		}
	}
	if *seedFlag == 0 && (cells < 10_000 || apart < 20) {
		t.Errorf("only %d cells, %d plans apart", cells, apart)
	}
	t.Logf("%d cells, %d plans apart", cells, apart)
}

// TestPlan: what is asked goes for the plan as well, filters and all; what is done least of its
// plan comes first where that is asked for; who has no plan has none, and takes no place.
func TestPlan(t *testing.T) {
	h := newTimeHistory(1)
	results := &report.Definition{Code: "kq", Version: "1", Calendar: "d09", Plan: "kh", Indicators: []report.Indicator{
		{Code: "a", Type: report.TypeInt, Unit: "hộ"}, {Code: "own", Type: report.TypeInt, Plan: "a", Unit: "hộ"}, {Code: "text", Type: report.TypeText},
		{Code: "b", Type: report.TypeInt, Unit: "hộ"}, {Code: "c", Type: report.TypeInt, Unit: "người"}, {Code: "d", Type: report.TypeInt},
	}}
	plan := &report.Definition{Code: "kh", Version: "1", Calendar: "civil", Indicators: []report.Indicator{
		{Code: "b", Type: report.TypeDec, Scale: 1, Unit: "hộ"}, {Code: "c", Type: report.TypeInt, Unit: "nghìn người"}, {Code: "a", Type: report.TypeInt, Unit: "hộ"}, {Code: "text", Type: report.TypeText},
	}}
	for _, d := range []*report.Definition{results, plan} {
		h.add(report.Key{Scope: report.ScopeDefinition, Name: d.Code}, &report.DefinitionApplied{Definition: d})
	}
	ask := func(definition, code, cal, period string) *timeAsk {
		a := h.ask(code, cal, period, timeAgencies...)
		a.Definition = definition
		h.open(a, 1)
		return a
	}
	done, planned := ask("kq", "q1", "d09", "2021-Q1"), ask("kh", "nam", "civil", "2021")
	h.submit(done, "syt", facts(num("syt", "288", "a", "4"), num("syt", "288", "own", "3"), num("syt", "288", "b", "30"), num("syt", "10525", "b", "8"), num("syt", "290", "b", "1")))
	h.submit(done, "sgd", facts(num("sgd", "290", "b", "5"), num("sgd", "288", "c", "5")))
	h.submit(done, "hpn", facts(num("hpn", "290", "b", "5")))
	h.submit(planned, "syt", facts(num("syt", "288", "b", "40"), num("syt", "10525", "b", "10.5"), num("syt", "290", "b", "0")))
	h.submit(planned, "sgd", facts(num("sgd", "290", "b", "50"), num("sgd", "288", "c", "1")))
	f := folded(h.events)
	rollup := func(q Query) string {
		t.Helper()
		q.Request, q.Against = "q1", []string{AgainstPlan}
		r, err := f.state.Rollup(&f.ledger, q)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for i := range r.Rows {
			row := &r.Rows[i]
			text := orNothing(row.Agency) + orNothing(row.Place) + " " + row.Indicator
			if a, there := row.Against[AgainstPlan]; there {
				text += fmt.Sprintf(" %s/%s=%s %v", orNothing(row.Value), orNothing(a.Value), orNothing(a.Index), a.Reports)
			}
			out = append(out, text)
		}
		b := r.Bases[0]
		return fmt.Sprintf("%s; %s to %s, %v, none of %v", strings.Join(out, ", "), b.From, b.To, b.Plans, b.Unlike)
	}
	const year = "; 2021-01-01 to 2021-12-31, "
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"by nothing", Query{}, " a,  own 3/4=75 {3 4},  text,  b 49/100.5=48.76 {2 4},  c,  d" + year + "map[own:a], none of [c d]"},
		{"of one", Query{Indicators: []string{"own"}}, " own 3/4=75 {3 4}; 2020-12-15 to 2021-03-14, map[own:a], none of []"},
		{"by agency", Query{By: []string{ByAgency}, Indicators: []string{"b"}},
			"syt b 39/50.5=77.23 {1 1}, sgd b 5/50=10 {1 1}, hpn b 5/= {0 1}, tx b /= {0 1}" + year + "map[], none of []"},
		{"of one agency and place, with what lies there", Query{By: []string{ByPlace}, Agencies: []string{"syt"}, Places: []string{"288"}, Indicators: []string{"b"}},
			"288 b 30/40=75 {1 1}, 10525 b 8/10.5=76.19 {1 1}" + year + "map[], none of []"},
		{"by district", Query{By: []string{ByPlace}, Level: "district", Indicators: []string{"b"}},
			"290 b 11/50=22 {2 4}, 288 b 38/50.5=75.25 {2 4}" + year + "map[], none of []"},
		{"those furthest from their plan", Query{By: []string{ByAgency}, Indicators: []string{"b"}, Top: Top{N: 2, Least: true, By: "plan.index"}},
			"sgd b 5/50=10 {1 1}, syt b 39/50.5=77.23 {1 1}" + year + "map[], none of []"},
		{"a plan of nought has no share", Query{By: []string{ByAgency, ByPlace}, Places: []string{"290"}, Agencies: []string{"syt"}, Indicators: []string{"b"}},
			"syt290 b 1/0= {1 1}" + year + "map[], none of []"},
	} {
		if got := rollup(c.q); got != c.want {
			t.Errorf("%s: got\n%s, want\n%s", c.name, got, c.want)
		}
	}
}

// TestPlanOnMaps: a plan is of the same places as the figures where both name one version of the
// register, though the map changes within the plan's year; and otherwise it is restated on the
// map of the figures.
func TestPlanOnMaps(t *testing.T) {
	old, merged := mapRegister("2025-06-30", "30"), mapRegister("2025-07-01", "31")
	w := newMapWorld(old, merged)
	for code, plan := range map[string]string{"kq": "kh", "kh": ""} {
		d := mapDefinition()
		d.Code, d.Plan = code, plan
		w.add(report.Key{Scope: report.ScopeDefinition, Name: code}, &report.DefinitionApplied{Definition: d})
	}
	ask := func(definition, code, period, register string) {
		w.add(report.RequestKey(code), &report.RequestApplied{Revision: 1, Request: &report.Request{
			Code: code, Definition: definition, Version: "1", Register: "vn", Registered: register, Period: period, Agencies: []string{"a"},
		}})
	}
	now := country.On(calendar.MustDate("2026-03-31"))
	lies := func(code string) (whole string) { // the one unit of the new map that an old commune went into
		if parts := country.On(calendar.MustDate("2024-12-31")).Unit(code).Trace(calendar.MustDate("2026-03-31"), country.Equally); len(parts) == 1 {
			whole = parts[0].Unit.Code
		}
		return whole
	}
	var commune, today, kept string // kept is the code of a larger unit now
	for _, p := range old.Places {
		if p.Level != report.LevelCommune {
			continue
		}
		switch to := lies(p.Code); {
		case to == p.Code && len(now.Unit(to).Trace(calendar.MustDate("2025-06-14"), country.Equally)) > 1:
			kept = p.Code
		case to != "" && to != p.Code && today == "":
			commune, today = p.Code, to
		}
	}
	if today == "" || kept == "" {
		t.Fatal("no commune went whole into another, or none gave its code to a larger one")
	}
	ask("kh", "kh-2025", "2025", "2025-06-30")
	ask("kh", "kh-2024", "2024", "2025-06-30")
	ask("kq", "kq-q2", "2025-Q2", "2025-06-30")
	ask("kq", "kq-2024", "2024-Q4", "2025-06-30")
	w.submit("kh-2025", "a", num("a", kept, "sum", "40"))
	w.submit("kh-2024", "a", num("a", commune, "sum", "50"))
	w.submit("kq-q2", "a", num("a", kept, "sum", "10"))
	w.submit("kq-2024", "a", num("a", commune, "sum", "20"))
	for _, c := range []struct {
		request string
		view    MapView
		want    string
	}{
		{"kq-q2", MapView{}, kept + " 10 of 40 = 25"},
		{"kq-2024", MapView{}, commune + " 20 of 50 = 40"},
		{"kq-2024", MapView{On: calendar.MustDate("2026-03-31")}, today + " 20 of 50 = 40"},
	} {
		r := w.rollup(t, Query{Request: c.request, By: []string{ByPlace}, Indicators: []string{"sum"}, Against: []string{AgainstPlan}, Map: c.view})
		a := r.Rows[0].Against[AgainstPlan]
		if got := fmt.Sprintf("%s %s of %s = %s", orNothing(r.Rows[0].Place), orNothing(r.Rows[0].Value), orNothing(a.Value), orNothing(a.Index)); got != c.want || len(r.Rows) != 1 {
			t.Errorf("%s on %s: %s, want %s; %d rows", c.request, c.view.On, got, c.want, len(r.Rows))
		}
	}
}
