package aggregate

import (
	"testing"
	"time"

	"tonghop/report"
)

// TestOwnFiguresOfScatteredPlaces: communes of two districts stand mixed in the
// register, so that what lies below one of them is no run of its own. The figures
// of an agency there are its communes' all the same, and no others'.
func TestOwnFiguresOfScatteredPlaces(t *testing.T) {
	h := &history{now: time.Date(2021, 3, 20, 1, 0, 0, 0, time.UTC), subs: map[string][]*report.Event{}}
	d := &report.Definition{Code: "d", Version: "1", Indicators: []report.Indicator{{Code: "sum", Type: report.TypeInt}}}
	r := &report.Register{Code: "hd", Version: "1", Places: []report.Place{
		{Code: "30", Level: report.LevelProvince},
		{Code: "b2", Level: report.LevelCommune, Parent: "b"},
		{Code: "a1", Level: report.LevelCommune, Parent: "a"},
		{Code: "b", Level: report.LevelDistrict, Parent: "30"},
		{Code: "b1", Level: report.LevelCommune, Parent: "b"},
		{Code: "a", Level: report.LevelDistrict, Parent: "30"},
		{Code: "a2", Level: report.LevelCommune, Parent: "a"},
	}}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: d})
	h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: r})
	h.request(1, false, "syt")
	h.submit("syt", facts(
		num("syt", "a1", "sum", "1"), num("syt", "a2", "sum", "2"), num("syt", "a", "sum", "4"),
		num("syt", "b1", "sum", "10"), num("syt", "b2", "sum", "20")))
	f := folded(h.events)
	for level, want := range map[string]string{
		"":                   "b2 20, a1 1, b1 10, a 4, a2 2",
		report.LevelCommune:  "b2 20, a1 1, b1 10, a 4, a2 2",
		report.LevelDistrict: "b 30, a 7",
		report.LevelProvince: "30 37",
	} {
		got, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: []string{ByAgency, ByPlace}, Level: level})
		if err != nil {
			t.Fatal(err)
		}
		line := ""
		for i, row := range got.Rows {
			if i > 0 {
				line += ", "
			}
			line += *row.Place + " " + *row.Value
		}
		if line != want {
			t.Errorf("by agency and %s: got %s, want %s", level, line, want)
		}
	}
}
