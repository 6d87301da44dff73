package aggregate

import (
	"fmt"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// TestRecallForgets: what is kept of figures over time is used again, and not when a report
// came since, was corrected, or a request of another time was opened.
func TestRecallForgets(t *testing.T) {
	r := mapRegister("2025-06-30", "46")
	w := newMapWorld(r)
	w.request("m01", "2024-M01", "2025-06-30")
	place := r.Places[len(r.Places)-1].Code
	ask := Query{Request: "m01", Window: Window{Period: "2024-Q1"}, Indicators: []string{"sum"}}
	check := func(what, want string, kept int) {
		t.Helper()
		for range 2 {
			got := w.rollup(t, ask)
			if v := got.Rows[0].Value; v == nil && want != "" || v != nil && *v != want {
				t.Errorf("%s: %+v, want %s", what, got.Rows[0], want)
			}
		}
		if len(w.state.recall.kept) != kept {
			t.Errorf("%s: %d scopes are kept", what, len(w.state.recall.kept))
		}
	}
	check("nothing", "", 1)
	w.submit("m01", "a", num("a", place, "sum", "5"))
	check("a report", "5", 1)
	first := w.state.recall.kept[0].scope
	if check("the same", "5", 1); w.state.recall.kept[0].scope != first {
		t.Error("the same figures were worked out again")
	}
	w.request("m02", "2024-M02", "2025-06-30")
	w.submit("m02", "a", num("a", place, "sum", "7"))
	check("another month", "12", 1)
	ask.Period = "2024"
	check("a year", "12", 2)
	for _, period := range []string{"2024-H1", "2024-9M", "2024-M02", "2024-M01"} {
		ask.Period = period
		w.rollup(t, ask)
	}
	if len(w.state.recall.kept) != recallScopes {
		t.Errorf("%d scopes are kept", len(w.state.recall.kept))
	}
}

// TestRecallTellsApart: questions that differ in anything but axes and filters have figures of
// their own, whatever was asked before.
func TestRecallTellsApart(t *testing.T) {
	r := mapRegister("2025-07-01", "46") // with the map of a day before, each place lies in several
	ask := func(w *mapWorld, q Query) string {
		q.Request, q.Indicators, q.By = "m01", []string{"sum", "w"}, []string{ByPlace}
		return fmt.Sprint(valuesOf(w.rollup(t, q)))
	}
	world := func() *mapWorld {
		w := newMapWorld(r)
		for i, p := range r.Places[:40] {
			month := i%2 + 1
			code := fmt.Sprintf("m%02d", month)
			if i < 2 {
				w.request(code, fmt.Sprintf("2024-M%02d", month), "2025-07-01")
			}
			w.submit(code, "a", num("a", p.Code, "sum", fmt.Sprint(i+1)), num("a", p.Code, "w", fmt.Sprint(2*i+1)))
		}
		return w
	}
	on := func(day string, view MapView) MapView { view.On = calendar.MustDate(day); return view }
	weights := func(every int) map[string]decimal.Decimal {
		out := map[string]decimal.Decimal{}
		for i, p := range mapRegister("2025-06-30", "46").Places {
			if p.Level == report.LevelProvincial {
				continue // no unit of the country
			}
			out[p.Code] = decimal.FromInt(int64(i % (every + 1)))
		}
		return out
	}
	questions := []Query{
		{Window: Window{Period: "2024-Q1"}},
		{Window: Window{Period: "2024-Q1"}, Official: true},
		{Window: Window{Period: "2024-M02"}},
		{Window: Window{Period: "2024-M02", Cumulative: true}},
		{Window: Window{Period: "2024-Q1"}, Map: on("2025-06-30", MapView{})},
		{Window: Window{Period: "2024-Q1"}, Map: on("2025-07-01", MapView{})},
		{Window: Window{Period: "2024-Q1"}, Map: on("2025-06-30", MapView{Allocate: AllocateByWeights, Weights: weights(1)})},
		{Window: Window{Period: "2024-Q1"}, Map: on("2025-06-30", MapView{Allocate: AllocateByWeights, Weights: weights(2)})},
	}
	shared := world()
	for range 2 {
		for i, q := range questions {
			if got, want := ask(shared, q), ask(world(), q); got != want {
				t.Errorf("question %d after others: %s\nby itself: %s", i, got, want)
			}
		}
	}
}

// TestRecallTellsAnswersApart: what differs in one thing alone, and has other figures or says
// something else of them, is never taken for the other: approved figures, those of a moment, a
// time of the same days that is cumulative, a key of allocation.
func TestRecallTellsAnswersApart(t *testing.T) {
	divided := firstDivided(t)
	r := mapRegister("2025-06-30", divided.Province)
	for i, u := range divided.Successors() {
		if old := r.Place(u.Code); old != nil {
			old.Until = calendar.MustDate("2025-06-30")
		}
		r.Places = append(r.Places, report.Place{Code: u.Code, Name: report.Text{VI: u.FullName()}, Level: string(u.Level), Parent: divided.Province, From: u.From, Population: decimal.FromInt(int64(6000 - 5000*i))})
	}
	w := newMapWorld(r.Index())
	w.add(report.RequestKey("r"), &report.RequestApplied{Revision: 1, Request: &report.Request{
		Code: "r", Definition: "d", Version: "1", Register: "vn", Registered: "2025-06-30", Period: "2025-Q1", Agencies: []string{"a", "b"}, Approval: true,
	}})
	w.submit("r", "a", num("a", divided.Code, "sum", "7"))
	before := w.now
	w.submit("r", "b", num("b", divided.Code, "sum", "70"))
	approve := func(agency string) {
		subs := w.ledger.Request("r").Returns()[agency].Submissions
		w.add(report.ReturnKey("r", agency), &report.Approved{Submission: subs[len(subs)-1].ID})
	}
	approve("a")
	ask := func(change func(*Query)) string {
		q := Query{Request: "r", Indicators: []string{"sum"}, By: []string{ByPlace}, Window: Window{Period: "2025-Q1"}, Map: MapView{On: calendar.MustDate("2025-07-01")}}
		change(&q)
		got := w.rollup(t, q)
		var values []string
		for _, row := range got.Rows {
			values = append(values, *row.Value)
		}
		return fmt.Sprint(values, got.Official, got.Over.Cumulative, got.Mapped != nil && got.Mapped.Divided[0].By == AllocateByPopulation)
	}
	for range 2 { // the second time all of them are known
		for _, c := range []struct {
			name   string
			change func(*Query)
			want   string
		}{
			{"all that stand", func(*Query) {}, "[38 38] false false false"},
			{"approved", func(q *Query) { q.Official = true }, "[4 4] true false false"},
			{"as of before the second", func(q *Query) { q.AsOf = before }, "[4 4] false false false"},
			{"cumulative", func(q *Query) { q.Cumulative = true }, "[38 38] false true false"},
			{"by population", func(q *Query) { q.Map.Allocate = AllocateByPopulation }, "[66 11] false false true"},
			{"by weights", func(q *Query) {
				q.Map.Allocate, q.Map.Weights = AllocateByWeights, map[string]decimal.Decimal{divided.Successors()[1].Code: decimal.FromInt(1)}
			}, "[0 77] false false false"},
			{"by other weights", func(q *Query) {
				q.Map.Allocate, q.Map.Weights = AllocateByWeights, map[string]decimal.Decimal{divided.Successors()[0].Code: decimal.FromInt(1)}
			}, "[77 0] false false false"},
			{"under its own map", func(q *Query) { q.Map = MapView{} }, "[77] false false false"},
		} {
			if got := ask(c.change); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
	}
	if n := len(w.state.recall.kept); n != recallScopes {
		t.Errorf("%d scopes are kept", n)
	}
}

// TestRecallKeepsNoGiants: what is larger than all the rest of the memory is worked out again.
func TestRecallKeepsNoGiants(t *testing.T) {
	of := func(leaves int) recalled {
		return recalled{scope: &scope{outlook: outlook{cube: &cube{parts: []*contribution{{leaves: make([]leaf, leaves)}}}}}}
	}
	var r recall
	if r.keep(of(recallMost + 1)); len(r.kept) != 0 {
		t.Error("a scope too many leaves large is kept")
	}
	if r.keep(of(recallMost)); len(r.kept) != 1 {
		t.Error("one of just as many as may be is not kept")
	}
}

// TestRecallKnowsTheDefinition: a request that goes over to another version is read anew.
func TestRecallKnowsTheDefinition(t *testing.T) {
	r := mapRegister("2025-06-30", "46")
	w := newMapWorld(r)
	w.request("m01", "2024-M01", "2025-06-30")
	place := r.Places[len(r.Places)-1].Code
	w.submit("m01", "a", num("a", place, "sum", "5"))
	q := Query{Request: "m01", Window: Window{Period: "2024-Q1"}, Indicators: []string{"sum"}}
	w.rollup(t, q)
	name := ""
	for i := 0; w.ledger.Definition("d", "1").Indicators[0].Name.VI == ""; i++ { // of two contents the greater identity holds
		changed := mapDefinition()
		name = fmt.Sprintf("Tên khác %d", i)
		changed.Indicators[0].Name = report.Text{VI: name}
		w.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: changed})
	}
	if got := w.rollup(t, q); got.Definition.Indicators[0].Name.VI != name {
		t.Errorf("named %q, want %q", got.Definition.Indicators[0].Name.VI, name)
	}
}
