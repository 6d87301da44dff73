package aggregate

import (
	"slices"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// What histories found under other maps, each by itself.

// mergedWith finds a commune that was divided, and another that went wholly into its first part.
func mergedWith(t *testing.T) (divided, whole, into *country.Unit) {
	t.Helper()
	before := country.On(calendar.MustDate("2025-06-30"))
	for _, p := range before.Provinces() {
		for _, divided := range before.Communes(p.Code) {
			if len(divided.Successors()) < 2 {
				continue
			}
			into := divided.Successors()[0]
			for _, whole := range into.Predecessors() {
				if len(whole.Successors()) == 1 && whole.Province == divided.Province {
					return divided, whole, into
				}
			}
		}
	}
	t.Fatal("no commune was merged with a part of another")
	return nil, nil, nil
}

// TestMapNilIsKnown: that nothing occurred in a place is so in each of its parts, and makes no
// estimate of what else lies there.
func TestMapNilIsKnown(t *testing.T) {
	divided, whole, into := mergedWith(t)
	w := newMapWorld(mapRegister("2025-06-30", divided.Province))
	w.request("r", "2025-Q1", "2025-06-30")
	w.submit("r", "a", num("a", whole.Code, "sum", "5"), report.Fact{Unit: "a", Place: divided.Code, Indicator: "sum", Value: report.Value{Kind: report.Nil}})
	for _, window := range []Window{{}, {Period: "2025-H1"}} {
		for _, by := range [][]string{nil, {ByPlace}} {
			got := w.rollup(t, Query{Request: "r", Window: window, By: by, Indicators: []string{"sum"}, Map: MapView{On: calendar.MustDate("2025-07-01")}})
			for _, row := range got.Rows {
				if (row.Place == nil || *row.Place == into.Code) && (row.Value == nil || *row.Value != "5" || row.Mark != report.MarkNone) {
					t.Errorf("%+v by %v: %+v, want 5 without a mark", window, by, row)
				}
			}
		}
	}
}

// TestMapRefusesOverTime: what may not be added over places is refused for a time in one part
// of which two of them met, also where in another part one alone was heard of; and a figure of
// two papers may count twice over time as well.
func TestMapRefusesOverTime(t *testing.T) {
	r := mapRegister("2025-06-30", "10")
	w := newMapWorld(r)
	w.request("q1", "2025-Q1", "2025-06-30")
	w.request("q2", "2025-Q2", "2025-06-30")
	into := country.On(calendar.MustDate("2025-07-01")).Unit("02647") // of several communes
	one, two := into.Predecessors()[0].Code, into.Predecessors()[1].Code
	w.submit("q1", "a", num("a", one, "none", "5"), num("a", two, "none", "6"), num("a", one, "twice", "7"), num("a", two, "twice", "8"))
	w.submit("q2", "a", num("a", one, "none", "9"))
	got := w.rollup(t, Query{Request: "q1", By: []string{ByPlace}, Indicators: []string{"none", "twice"}, Window: Window{Period: "2025-H1"}, Map: MapView{On: calendar.MustDate("2025-07-01")}})
	if len(got.Rows) != 2 || got.Rows[0].Value != nil || got.Rows[0].Mark != report.MarkNotAdditive {
		t.Errorf("two places that may not be added: %+v", got.Rows)
	}
	if row := got.Rows[1]; row.Value == nil || *row.Value != "15" || row.Mark != report.MarkRepeats {
		t.Errorf("two papers: %+v, want 15 marked %s", row, report.MarkRepeats)
	}
}

// TestMapKnowsUnitsByLevel: a place of the department's own that has the code of a unit of the
// country, and is at another level, is not that unit.
func TestMapKnowsUnitsByLevel(t *testing.T) {
	r := mapRegister("2025-06-30", "01")
	r.Place("00007").Level = "cluster" // that of the ward Cống Vị, which was divided
	w := newMapWorld(r)
	w.request("r", "2025-Q1", "2025-06-30")
	w.submit("r", "a", num("a", "00007", "sum", "7"), num("a", "00006", "sum", "5"))
	got := w.rollup(t, Query{Request: "r", By: []string{ByPlace}, Indicators: []string{"sum"}, Map: MapView{On: calendar.MustDate("2025-07-01")}})
	if len(got.Mapped.Divided) != 0 || !slices.Equal(got.Mapped.Kept, []string{"00007"}) {
		t.Errorf("divided %+v, kept %v", got.Mapped.Divided, got.Mapped.Kept)
	}
	for _, row := range got.Rows {
		if want := map[string]string{"00007": "7", "00008": "5"}[*row.Place]; *row.Value != want || row.Mark != report.MarkNone {
			t.Errorf("%s: %+v, want %s", *row.Place, row, want)
		}
	}
}
