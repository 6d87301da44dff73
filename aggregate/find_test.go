package aggregate

import (
	"errors"
	"strings"
	"testing"

	"tonghop/report/fault"
)

func TestFind(t *testing.T) {
	f := small()
	for _, c := range []struct {
		name   string
		q      Query
		want   string
		places string // that were found
	}{
		{"a place, by words without marks", Query{By: []string{ByPlace}, Search: []string{"chi linh"}}, `
- 290 sum 10 3/4`, "290"},
		{"its own name, and not that of the province above", Query{By: []string{ByPlace}, Search: []string{"HẢI DƯƠNG"}}, `
- 288 sum 3 3/4`, "288"},
		{"a code", Query{By: []string{ByPlace}, Search: []string{"10525"}}, `
- 10525 sum 9 3/4`, "10525"},
		{"a level takes what lies below along", Query{By: []string{ByPlace}, Level: "district", Search: []string{"hai duong"}}, `
- 288 sum 12 3/4`, "288"},
		{"all that is sought", Query{By: []string{ByAgency, ByPlace}, Search: []string{"so y te", "hai duong"}}, `
syt 288 sum 3 1/1`, "288"},
		{"an agency that was silent", Query{By: []string{ByAgency, ByPlace}, Search: []string{"bao"}}, `
bao - sum - (missing) 0/1`, ""},
		{"an indicator", Query{Search: []string{"so luot"}}, `
- - sum 23 3/4`, ""},
		{"a unit", Query{By: []string{ByUnit}, Search: []string{"bv 2"}}, `
- - sum 5 unit bv2 1/1`, ""},
		{"what is summed over is not looked at", Query{By: []string{ByPlace}, Search: []string{"so y te"}}, ``, ""},
		{"a group", Query{By: []string{ByGroup}, Search: []string{"sở y tế"}}, `
- - sum 12 1/1`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Request, c.q.Indicators = testRequest, []string{"sum"}
			r, err := f.state.Rollup(&f.ledger, c.q)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := strings.TrimSpace(table(r)), strings.TrimSpace(c.want); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			c.q.Search = nil
			whole, err := f.state.Rollup(&f.ledger, c.q)
			if err != nil {
				t.Fatal(err)
			}
			if r.Found.Rows != len(r.Rows) || r.Found.Of != len(whole.Rows) || strings.Join(r.Found.Places, " ") != c.places {
				t.Errorf("found %+v", r.Found)
			}
			if r.Heard != whole.Heard || r.Asked != whole.Asked || len(r.Missing) != len(whole.Missing) {
				t.Error("what is shown changes who was heard")
			}
		})
	}
	for _, text := range []string{"...", strings.Repeat("a ", mostWords+1)} {
		if _, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, Search: []string{text}}); !errors.Is(err, fault.ParameterWrong) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, Search: strings.Fields(strings.Repeat("a ", mostWords+1))}); !errors.Is(err, fault.ParameterWrong) {
		t.Errorf("too many: %v", err)
	}
}
