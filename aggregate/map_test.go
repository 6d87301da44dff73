package aggregate

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/codec"
	"tonghop/report/country"
	"tonghop/report/decimal"
)

// mapDefinition has an indicator for each way in which figures about places roll.
func mapDefinition() *report.Definition {
	roll := func(place report.Rolling) report.Roll { return report.Roll{Place: place} }
	return &report.Definition{
		Code: "d", Version: "1", Calendar: "civil",
		Indicators: []report.Indicator{
			{Code: "sum", Type: report.TypeInt},
			{Code: "dec", Type: report.TypeDec, Scale: 2},
			{Code: "w", Type: report.TypeInt},
			{Code: "mean", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: report.Roll{Agency: report.RollMean, Place: report.RollMean}},
			{Code: "ratio", Type: report.TypeDec, Scale: 1, Num: "sum", Den: "w", Factor: 100, Roll: report.Roll{Agency: report.RollRatio, Place: report.RollRatio}},
			{Code: "max", Type: report.TypeInt, Roll: report.Roll{Agency: report.RollMax, Place: report.RollMax}},
			{Code: "all", Type: report.TypeBool},
			{Code: "text", Type: report.TypeText},
			{Code: "none", Type: report.TypeInt, Roll: roll(report.RollNone)},
			{Code: "twice", Type: report.TypeInt, Repeats: true},
		},
	}
}

// mapRegister is the units of a day in some provinces (none: all), and their provincial level.
func mapRegister(on string, provinces ...string) *report.Register {
	m := country.On(calendar.MustDate(on))
	r := &report.Register{Code: "vn", Version: on, Agencies: []report.Agency{{Code: "a"}, {Code: "b"}}}
	put := func(u *country.Unit) {
		r.Places = append(r.Places, report.Place{Code: u.Code, Name: report.Text{VI: u.FullName()}, Level: string(u.Level), Parent: u.Parent})
	}
	for _, p := range m.Provinces() {
		if len(provinces) > 0 && !strings.Contains(strings.Join(provinces, " "), p.Code) {
			continue
		}
		put(p)
		r.Places = append(r.Places, report.Place{Code: p.Code + "T", Name: report.Text{VI: "Cấp tỉnh"}, Level: report.LevelProvincial, Parent: p.Code})
		for _, d := range m.Children(p.Code) {
			put(d)
			for _, c := range m.Children(d.Code) {
				put(c)
			}
		}
	}
	return r.Index()
}

// mapWorld is a fold in the making.
type mapWorld struct {
	*fold
	now time.Time
}

func newMapWorld(registers ...*report.Register) *mapWorld {
	w := &mapWorld{fold: &fold{}, now: time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC)}
	w.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: mapDefinition()})
	for _, r := range registers {
		w.add(report.Key{Scope: report.ScopeRegister, Name: "vn"}, &report.RegisterApplied{Register: r})
	}
	return w
}

func (w *mapWorld) add(key report.Key, body report.Body) {
	w.now = w.now.Add(time.Minute)
	e := &report.Event{Key: key, At: w.now, Actor: report.Actor{Role: report.RoleSystem, ID: "t"}, Body: body}
	if err := codec.Seal(e); err != nil {
		panic(err)
	}
	w.take(e)
}

func (w *mapWorld) request(code, period, register string) {
	w.add(report.RequestKey(code), &report.RequestApplied{Revision: 1, Request: &report.Request{
		Code: code, Definition: "d", Version: "1", Register: "vn", Registered: register, Period: period, Agencies: []string{"a", "b"},
	}})
}

func (w *mapWorld) submit(request, agency string, facts ...report.Fact) {
	key := report.ReturnKey(request, agency)
	upload := report.UploadID(request, agency, fmt.Sprint(w.now))
	w.add(key, &report.Received{Upload: upload, SHA256: fmt.Sprint(w.now), Name: agency + ".xlsx", Via: report.ViaWorkbook})
	w.add(key, &report.Checked{Upload: upload, Outcome: report.Ready, Draft: report.Draft{Facts: report.FactsOf(facts)}})
	w.add(key, &report.Submitted{Version: 1, Upload: upload})
}

// fill submits random figures about the places of a register.
func (w *mapWorld) fill(rng *rand.Rand, request string, r *report.Register, one int) {
	for _, agency := range []string{"a", "b"} {
		var facts []report.Fact
		for _, p := range r.Places {
			if rng.IntN(one) > 0 {
				continue
			}
			for _, ind := range mapDefinition().Indicators {
				if ind.Code == "ratio" || rng.IntN(5) == 0 && ind.Code != "w" {
					continue
				}
				f := report.Fact{Unit: agency, Place: p.Code, Indicator: ind.Code, Source: report.Source{Sheet: "s", Cell: "A1"}}
				switch ind.Type {
				case report.TypeBool:
					f.Value = report.BoolOf(rng.IntN(9) > 0)
				case report.TypeText:
					f.Value = report.TextOf("lời của " + p.Code)
				case report.TypeDec:
					f.Value = report.NumberOf(decimal.New(rng.Int64N(100000), 2))
				default:
					f.Value = report.NumberOf(decimal.FromInt(rng.Int64N(1000)))
				}
				facts = append(facts, f)
			}
		}
		w.submit(request, agency, facts...)
	}
}

func (w *mapWorld) rollup(t *testing.T, q Query) *Rollup {
	t.Helper()
	r, err := w.state.Rollup(&w.ledger, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func valuesOf(r *Rollup) map[figureKey]figured {
	out := map[figureKey]figured{}
	for i := range r.Rows {
		out[figureKeyOf(&r.Rows[i])] = figuredOf(r.Rows[i].Value, r.Rows[i].Mark)
	}
	return out
}

// TestMapsConserve: under every map the totals are what they are under the figures' own,
// by agency and over all, in whatever way figures roll, and are no estimates.
func TestMapsConserve(t *testing.T) {
	for seed, tt := range []struct {
		period, register, on string
		provinces            []string
	}{
		{"2025-Q1", "2025-06-30", "2025-07-01", []string{"10", "15", "30", "31"}},
		{"2025-Q4", "2025-07-01", "2025-06-30", []string{"15", "31", "75"}},
		{"2025-Q4", "2025-07-01", "2026-05-01", []string{"75"}},
		{"2024-Q1", "2024-03-31", "2025-01-01", []string{"46"}},
	} {
		r := mapRegister(tt.register, tt.provinces...)
		w := newMapWorld(r)
		w.request("r", tt.period, tt.register)
		w.fill(rand.New(rand.NewPCG(uint64(seed), 7)), "r", r, 6)
		for _, by := range [][]string{{}, {ByAgency}} {
			own := valuesOf(w.rollup(t, Query{Request: "r", By: by}))
			views := []MapView{{On: calendar.MustDate(tt.on)}}
			if tt.on == "2025-06-30" { // what was reported about the new 31 lies in these two
				views = append(views, MapView{On: views[0].On, Allocate: AllocateByWeights, Weights: map[string]decimal.Decimal{"30": decimal.FromInt(3), "31": decimal.FromInt(1)}})
			}
			for _, view := range views {
				got := w.rollup(t, Query{Request: "r", By: by, Map: view})
				for key, want := range own {
					if key.indicator == "text" || key.indicator == "none" {
						continue // in the order of places; of which there may be fewer
					}
					if is := valuesOf(got)[key]; is != want {
						t.Errorf("%s on %s, %v: %v, want %v", tt.period, tt.on, key, is, want)
					}
				}
			}
		}
	}
}

// TestMapOfTheCountry: a figure about every commune of the old map comes to each new
// province as the sum over the provinces that went into it, and back.
func TestMapOfTheCountry(t *testing.T) {
	before, after := country.On(calendar.MustDate("2025-06-30")), country.On(calendar.MustDate("2025-07-01"))
	r := mapRegister("2025-06-30")
	w := newMapWorld(r)
	w.request("r", "2025-Q1", "2025-06-30")
	var facts []report.Fact
	want := map[string]int64{}
	n := int64(0)
	for _, p := range before.Provinces() {
		into := p.Code
		if next := p.Successors(); len(next) > 0 {
			into = next[0].Code
		}
		for _, c := range before.Communes(p.Code) {
			n++
			facts = append(facts, num("a", c.Code, "sum", fmt.Sprint(n)))
			want[into] += n
		}
	}
	w.submit("r", "a", facts...)
	got := w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Level: report.LevelProvince, Indicators: []string{"sum"}, Map: MapView{On: calendar.MustDate("2025-07-01")}})
	if len(got.Rows) != len(want) || len(want) != len(after.Provinces()) {
		t.Errorf("%d rows, want %d", len(got.Rows), len(want))
	}
	for _, row := range got.Rows {
		if row.Value == nil || *row.Value != fmt.Sprint(want[*row.Place]) || row.Mark != report.MarkNone {
			t.Errorf("%s: %+v, want %d", *row.Place, row, want[*row.Place])
		}
	}
	if total := w.rollup(t, Query{Request: "r", Map: MapView{On: calendar.MustDate("2025-07-01")}}); *total.Rows[0].Value != fmt.Sprint(n*(n+1)/2) {
		t.Errorf("the country: %+v", total.Rows[0])
	}
}

// TestMapEstimates: what lies in one place is added up and known; what is divided is an
// estimate in each part, and not in what holds all parts; texts are left where they were.
func TestMapEstimates(t *testing.T) {
	divided := firstDivided(t)
	r := mapRegister("2025-06-30", divided.Province)
	w := newMapWorld(r)
	w.request("r", "2025-Q1", "2025-06-30")
	w.submit("r", "a", num("a", divided.Code, "sum", "7"), num("a", divided.Code, "max", "5"),
		report.Fact{Unit: "a", Place: divided.Code, Indicator: "text", Value: report.TextOf("lời")})
	view := MapView{On: calendar.MustDate("2025-07-01")}
	parts := divided.Successors()
	got := w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Map: view})
	seen := map[string]string{}
	for _, row := range got.Rows {
		if row.Value != nil {
			seen[row.Indicator] += fmt.Sprintf("%s=%s(%s) ", *row.Place, *row.Value, row.Mark)
		}
	}
	for indicator, want := range map[string]string{
		"sum":  fmt.Sprintf("%s=4(estimate) %s=4(estimate) ", parts[0].Code, parts[1].Code), // 3.5, half to even
		"max":  fmt.Sprintf("%s=5(estimate) %s=5(estimate) ", parts[0].Code, parts[1].Code),
		"text": fmt.Sprintf("%s@2025-06-30=lời() ", divided.Code),
	} {
		if seen[indicator] != want {
			t.Errorf("%s: %q, want %q", indicator, seen[indicator], want)
		}
	}
	if len(got.Mapped.Divided) != 1 || got.Mapped.Divided[0].Place != divided.Code || got.Mapped.Divided[0].Parts[0].Share != "1/2" {
		t.Errorf("divided: %+v", got.Mapped.Divided)
	}
	whole := w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Level: report.LevelProvince, Indicators: []string{"sum"}, Map: view})
	if len(whole.Rows) != 1 || *whole.Rows[0].Value != "7" || whole.Rows[0].Mark != report.MarkNone {
		t.Errorf("the province: %+v", whole.Rows)
	}
	e, err := w.state.Explain(&w.ledger, Question{Request: "r", Map: view, Place: parts[1].Code, Indicator: "sum"})
	if err != nil || len(e.Sources) != 1 || *e.Sources[0].Value != "7" || e.Sources[0].Place != divided.Code || e.Sources[0].Share == nil || *e.Sources[0].Share != "1/2" {
		t.Errorf("explained: %+v, %v", e, err)
	}
	weighed := MapView{On: view.On, Allocate: AllocateByWeights, Weights: map[string]decimal.Decimal{parts[0].Code: decimal.FromInt(6), parts[1].Code: decimal.FromInt(1)}}
	got = w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Indicators: []string{"sum"}, Map: weighed})
	if *got.Rows[0].Value != "6" || *got.Rows[1].Value != "1" {
		t.Errorf("by weights: %+v", got.Rows)
	}
	one := map[string]decimal.Decimal{parts[1].Code: decimal.FromInt(1)} // the other is forgotten
	got = w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Indicators: []string{"sum"}, Map: MapView{On: view.On, Allocate: AllocateByWeights, Weights: one}})
	if len(got.Rows) != 2 || *got.Rows[0].Value != "0" || *got.Rows[1].Value != "7" || got.Rows[1].Mark != report.MarkEstimate || len(got.Mapped.Divided) != 1 {
		t.Errorf("a guess is taken for a fact: %+v, %+v", got.Rows, got.Mapped.Divided)
	}
	byPeople := MapView{On: view.On, Allocate: AllocateByPopulation}
	got = w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Indicators: []string{"sum"}, Map: byPeople})
	if *got.Rows[0].Value != "4" || got.Mapped.Divided[0].By != AllocateEqually || got.Mapped.Allocate != AllocateByPopulation {
		t.Errorf("where nobody is known to live: %+v, %+v", got.Rows, got.Mapped.Divided)
	}
	for name, v := range map[string]MapView{
		"a key that is none":        {On: view.On, Allocate: "area"},
		"weights without their key": {On: view.On, Weights: one},
		"the key without weights":   {On: view.On, Allocate: AllocateByWeights},
		"a weight of no unit":       {On: view.On, Allocate: AllocateByWeights, Weights: map[string]decimal.Decimal{"99999": decimal.FromInt(1)}},
	} {
		if _, err := w.state.Rollup(&w.ledger, Query{Request: "r", Map: v}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestMapByPopulation: a place is divided by the population that the register states, where
// it states that of each of its parts.
func TestMapByPopulation(t *testing.T) {
	divided := firstDivided(t)
	parts := divided.Successors()
	for _, tt := range []struct {
		name   string
		people []int64
		want   []string
		by     string
	}{
		{"both", []int64{6000, 1000}, []string{"6", "1"}, AllocateByPopulation},
		{"one of them", []int64{6000, 0}, []string{"4", "4"}, AllocateEqually},
		{"those that live there later", []int64{6000, -1}, []string{"4", "4"}, AllocateEqually},
	} {
		r := mapRegister("2025-06-30", divided.Province)
		for i, u := range parts {
			if old := r.Place(u.Code); old != nil { // as 00008 was another ward before
				old.Until, old.Population = calendar.MustDate("2025-06-30"), decimal.FromInt(5)
			}
			r.Places = append(r.Places, report.Place{Code: u.Code, Name: report.Text{VI: u.FullName()}, Level: string(u.Level), Parent: divided.Province, From: u.From, Population: decimal.FromInt(tt.people[i])})
			if last := &r.Places[len(r.Places)-1]; tt.people[i] < 0 {
				last.From, last.Population = calendar.MustDate("2030-01-01"), decimal.FromInt(1000)
			}
		}
		w := newMapWorld(r.Index())
		w.request("r", "2025-Q1", "2025-06-30")
		w.submit("r", "a", num("a", divided.Code, "sum", "7"))
		got := w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Indicators: []string{"sum"}, Map: MapView{On: calendar.MustDate("2025-07-01"), Allocate: AllocateByPopulation}})
		values := []string{*got.Rows[0].Value, *got.Rows[1].Value}
		if !slices.Equal(values, tt.want) || got.Mapped.Divided[0].By != tt.by || got.Rows[0].Mark != report.MarkEstimate {
			t.Errorf("%s: %v by %s", tt.name, values, got.Mapped.Divided[0].By)
		}
	}
}

// firstDivided gives the first commune of the old map that lies in two of the new one.
func firstDivided(t *testing.T) *country.Unit {
	t.Helper()
	before := country.On(calendar.MustDate("2025-06-30"))
	for _, p := range before.Provinces() {
		for _, c := range before.Communes(p.Code) {
			if next := c.Successors(); len(next) == 2 {
				return c
			}
		}
	}
	t.Fatal("no commune was divided in two")
	return nil
}

// TestMapExplainsItself: the sources of a sum under another map, by their shares, add up to
// it exactly, wherever it stands.
func TestMapExplainsItself(t *testing.T) {
	r := mapRegister("2025-06-30", "30", "31")
	w := newMapWorld(r)
	w.request("r", "2025-Q1", "2025-06-30")
	w.fill(rand.New(rand.NewPCG(1, 7)), "r", r, 8)
	view := MapView{On: calendar.MustDate("2025-07-01")}
	for _, level := range []string{"", report.LevelProvince} {
		got := w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Level: level, Indicators: []string{"sum", "dec"}, Map: view})
		for _, row := range got.Rows {
			if row.Place == nil || row.Value == nil {
				continue
			}
			e, err := w.state.Explain(&w.ledger, Question{Request: "r", Map: view, Place: *row.Place, Level: level, Indicator: row.Indicator})
			if err != nil {
				t.Fatal(err)
			}
			sum := new(big.Rat)
			for _, s := range e.Sources {
				value, _ := new(big.Rat).SetString(*s.Value)
				if s.Share != nil {
					share, _ := new(big.Rat).SetString(*s.Share)
					value.Mul(value, share)
				}
				sum.Add(sum, value)
			}
			scale := map[string]int{"sum": 0, "dec": 2}[row.Indicator]
			if want := oracleRound(sum, scale); *row.Value != want || *e.Value != want {
				t.Fatalf("%s %s: %s, explained as %s, its sources are %s", *row.Place, row.Indicator, *row.Value, *e.Value, sum.RatString())
			}
		}
	}
}

// TestMapOverTime: a year of two maps is seen under the newer, a year earlier is restated on
// it, and both say so.
func TestMapOverTime(t *testing.T) {
	old, now := mapRegister("2025-06-30", "10", "15"), mapRegister("2025-07-01", "15")
	w := newMapWorld(old, now)
	w.request("q1", "2025-Q1", "2025-06-30")
	w.request("q4", "2025-Q4", "2025-07-01")
	w.request("q4-2024", "2024-Q4", "2025-06-30")
	before := country.On(calendar.MustDate("2025-06-30"))
	merged := before.Communes("10")[0] // of old Lào Cai, in the new since
	into := merged.Successors()[0]
	yen := before.Communes("15")[0]
	w.submit("q1", "a", num("a", merged.Code, "sum", "10"), num("a", yen.Code, "sum", "3"))
	w.submit("q4", "a", num("a", into.Code, "sum", "20"))
	w.submit("q4-2024", "a", num("a", merged.Code, "sum", "16"), num("a", "10T", "sum", "1"))
	year := w.rollup(t, Query{Request: "q4", By: []string{ByPlace}, Window: Window{Period: "2025"}})
	got := valuesOf(year)
	if is := got[figureKey{place: into.Code, indicator: "sum"}]; is.value != "30" || is.mark != report.MarkNone {
		t.Errorf("%s: %+v of %v", into.Code, is, got)
	}
	if year.Mapped == nil || year.Mapped.On != calendar.MustDate("2025-12-31") {
		t.Errorf("mapped: %+v", year.Mapped)
	}
	if province := w.rollup(t, Query{Request: "q4", By: []string{ByPlace}, Level: report.LevelProvince, Indicators: []string{"sum"}, Window: Window{Period: "2025"}}); len(province.Rows) != 1 || *province.Rows[0].Place != "15" || *province.Rows[0].Value != "33" {
		t.Errorf("the province: %+v", province.Rows)
	}
	beside := w.rollup(t, Query{Request: "q4", By: []string{ByPlace}, Level: report.LevelProvince, Indicators: []string{"sum"}, Window: Window{Period: "2025-Q4"}, Against: []string{AgainstLastYear}})
	row := beside.Rows[0]
	if a := row.Against[AgainstLastYear]; *row.Place != "15" || a.Value == nil || *a.Value != "17" || *a.Index != "117.65" {
		t.Errorf("against last year: %+v %+v", row, row.Against)
	}
	if b := beside.Bases[0]; b.Mapped == nil || len(b.Mapped.Kept) != 1 || b.Mapped.Kept[0] != "10T" {
		t.Errorf("the base is not said to be restated: %+v", b.Mapped)
	}
}

// TestMapOfAllParts: under another map every part's places are known: they can be chosen,
// grouped and named, also those that nothing was reported about, and stand in order.
func TestMapOfAllParts(t *testing.T) {
	r := mapRegister("2025-06-30", "10", "15")
	w := newMapWorld(r)
	w.request("q1", "2024-Q1", "2025-06-30")
	w.request("q2", "2024-Q2", "2025-06-30")
	before, view := country.On(calendar.MustDate("2025-06-30")), MapView{On: calendar.MustDate("2025-07-01")}
	wholly := func(province string) *country.Unit {
		for _, c := range before.Communes(province) {
			if len(c.Successors()) == 1 {
				return c
			}
		}
		t.Fatal("no commune went into one")
		return nil
	}
	first, second := wholly("10"), wholly("15")
	w.submit("q1", "a", num("a", first.Code, "sum", "100"))
	w.submit("q2", "a", num("a", second.Code, "sum", "5"))
	ask := Query{Request: "q2", Window: Window{Period: "2024-H1"}, Map: view, Indicators: []string{"sum"}}
	for _, places := range [][]string{{"15/commune"}, {"15"}, nil} {
		ask.Places = places
		if got := w.rollup(t, ask); *got.Rows[0].Value != "105" {
			t.Errorf("%v: %s, want 105", places, *got.Rows[0].Value)
		}
	}
	ask.By, ask.Level = []string{ByPlace}, report.LevelCommune
	got := w.rollup(t, ask)
	var seen []string
	for _, row := range got.Rows {
		seen = append(seen, *row.Place+"="+*row.Value)
		if got.Register.PlaceName(*row.Place) == *row.Place {
			t.Errorf("%s has no name", *row.Place)
		}
	}
	a, b := first.Successors()[0].Code, second.Successors()[0].Code
	want := []string{a + "=100", b + "=5"}
	if b < a {
		want[0], want[1] = want[1], want[0]
	}
	if strings.Join(seen, " ") != strings.Join(want, " ") {
		t.Errorf("%v, want %v", seen, want)
	}
	other := country.On(view.On).Communes("15")
	ask.By, ask.Level, ask.Places = nil, "", []string{other[len(other)-1].Code}
	if row := w.rollup(t, ask).Rows[0]; row.Value != nil || row.Mark != report.MarkBlank {
		t.Errorf("a commune of which nothing was reported: %+v", row)
	}
}

// TestMapStays: what cannot be divided stays under one code, whatever maps there were before.
func TestMapStays(t *testing.T) {
	r := mapRegister("2024-03-31", "10")
	w := newMapWorld(r)
	w.request("q4", "2024-Q4", "2024-03-31") // before Huế became a city, and Lào Cai did not change
	w.request("q1", "2025-Q1", "2024-03-31")
	w.submit("q4", "a", report.Fact{Unit: "a", Place: "082", Indicator: "text", Value: report.TextOf("một")})
	w.submit("q1", "a", report.Fact{Unit: "a", Place: "082", Indicator: "text", Value: report.TextOf("hai")})
	got := w.rollup(t, Query{Request: "q1", By: []string{ByPlace}, Window: Window{Period: "2024-10-01..2025-03-31", Calendar: "civil"}, Map: MapView{On: calendar.MustDate("2025-07-01")}, Indicators: []string{"text"}})
	if len(got.Rows) != 1 || *got.Rows[0].Place != "082@2025-06-30" || *got.Rows[0].Value != "một\nhai" {
		t.Errorf("%+v", got.Rows)
	}
}

// TestMapWords: how a figure under another map came about is told of places, not of times.
func TestMapWords(t *testing.T) {
	r := mapRegister("2025-06-30", "10")
	w := newMapWorld(r)
	w.request("r", "2025-Q1", "2025-06-30")
	view := MapView{On: calendar.MustDate("2025-07-01")}
	into := country.On(view.On).Unit("02647") // of several communes
	var facts []report.Fact
	for _, c := range into.Predecessors()[:2] {
		for _, ind := range []string{"max", "none", "sum"} {
			facts = append(facts, num("a", c.Code, ind, "5"))
		}
	}
	w.submit("r", "a", facts...)
	for indicator, want := range map[string]string{"max": "giá trị lớn nhất (2 số liệu)", "sum": "tổng (2 số liệu)"} {
		e, err := w.state.Explain(&w.ledger, Question{Request: "r", Map: view, Place: into.Code, Indicator: indicator})
		if err != nil || e.How.VI != want {
			t.Errorf("%s: %q, %v; want %q", indicator, e.How.VI, err, want)
		}
	}
}

// TestUndatedIsNamed: a request that asks the same and does not say of which days takes no
// part in a window, and that is said (law 4).
func TestUndatedIsNamed(t *testing.T) {
	w := newMapWorld(mapRegister("2025-06-30", "46"))
	w.request("q1", "2025-Q1", "2025-06-30")
	w.request("some-day", "", "2025-06-30")
	got := w.rollup(t, Query{Request: "q1", Window: Window{Period: "2025-Q1"}}).Over.Aside
	if len(got) != 1 || got[0] != (Aside{Request: "some-day", Reason: AsideUndated}) {
		t.Errorf("%+v", got)
	}
}
