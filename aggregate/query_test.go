package aggregate

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// table shows rows as a clerk would write them down.
func table(r *Rollup) string {
	var b strings.Builder
	show := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	for _, row := range r.Rows {
		fmt.Fprintf(&b, "%s %s %s %s", show(row.Agency), show(row.Place), row.Indicator, show(row.Value))
		if row.Unit != nil {
			fmt.Fprintf(&b, " unit %s", *row.Unit)
		}
		if row.Mark != "" {
			fmt.Fprintf(&b, " (%s)", row.Mark)
		}
		fmt.Fprintf(&b, " %d/%d\n", row.Heard, row.Asked)
	}
	return b.String()
}

func small() *fold {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", "3"), num("bv1", "10525", "sum", "4"), num("bv2", "10525", "sum", "5")))
	h.submit("sgd", facts(num("sgd", "290", "sum", "10"), num("sgd", "30T", "sum", "1")))
	h.submit("hpn", report.Draft{Nil: true})
	return folded(h.events)
}

func TestRollup(t *testing.T) {
	f := small()
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"whole province", Query{}, `
- - sum 23 3/4`},
		{"by agency lists the whole roster", Query{By: []string{ByAgency}}, `
syt - sum 12 1/1
sgd - sum 11 1/1
hpn - sum - (nil) 1/1
bao - sum - (missing) 0/1`},
		{"by place, in the order of the register", Query{By: []string{ByPlace}}, `
- 30T sum 1 3/4
- 290 sum 10 3/4
- 288 sum 3 3/4
- 10525 sum 9 3/4`},
		{"a commune counts for its district, and the provincial level stays itself", Query{By: []string{ByPlace}, Level: "district"}, `
- 30T sum 1 3/4
- 290 sum 10 3/4
- 288 sum 12 3/4`},
		{"all of it is the province", Query{By: []string{ByPlace}, Level: "province"}, `
- 30 sum 23 3/4`},
		{"by agency and place", Query{By: []string{ByAgency, ByPlace}, Level: "district"}, `
syt 288 sum 12 1/1
sgd 30T sum 1 1/1
sgd 290 sum 10 1/1
hpn - sum - (nil) 1/1
bao - sum - (missing) 0/1`},
		{"of places nobody speaks of", Query{By: []string{ByPlace}, Agencies: []string{"bao"}}, `
- - sum - (missing) 0/1`},
		{"by unit", Query{By: []string{ByUnit}, Agencies: []string{"syt"}}, `
- - sum 5 unit bv2 1/1
- - sum 3 unit syt 1/1
- - sum 4 unit bv1 1/1`},
		{"one agency", Query{By: []string{ByPlace}, Agencies: []string{"sgd"}}, `
- 30T sum 1 1/1
- 290 sum 10 1/1`},
		{"one district, with its communes", Query{By: []string{ByAgency}, Places: []string{"288"}, Agencies: []string{"syt", "bao"}}, `
syt - sum 12 1/1
bao - sum - (missing) 0/1`},
		{"all districts by selector", Query{Places: []string{"30/district"}}, `
- - sum 22 3/4`},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Request, c.q.Indicators = testRequest, []string{"sum"}
			r, err := f.state.Rollup(&f.ledger, c.q)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := table(r), strings.TrimPrefix(c.want, "\n")+"\n"; got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestRollupRefuses(t *testing.T) {
	f := small()
	for _, c := range []struct {
		name string
		q    Query
		want fault.Code
	}{
		{"unknown request", Query{Request: "x"}, fault.RequestUnknown},
		{"before it was opened", Query{Request: testRequest, AsOf: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}, fault.ParameterWrong},
		{"unknown axis", Query{Request: testRequest, By: []string{"district"}}, fault.ParameterWrong},
		{"unknown level", Query{Request: testRequest, Level: "county"}, fault.ParameterWrong},
		{"unknown indicator", Query{Request: testRequest, Indicators: []string{"9.99"}}, fault.ParameterWrong},
		{"agency not asked", Query{Request: testRequest, Agencies: []string{"stc"}}, fault.AgencyNotAsked},
		{"unknown place", Query{Request: testRequest, Places: []string{"111"}}, fault.ParameterWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := f.state.Rollup(&f.ledger, c.q)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestRollupJSON holds the contract outside clients are written against.
func TestRollupJSON(t *testing.T) {
	f := small()
	r, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, By: []string{ByAgency}, Agencies: []string{"syt", "bao"}, Indicators: []string{"sum"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"request":"r-2021","asOf":"2021-03-20T01:12:00Z","official":false,"provisional":true,"heard":1,"asked":2,"missing":["bao"],"rows":[` +
		`{"agency":"syt","place":null,"indicator":"sum","value":"12","mark":"","heard":1,"asked":1,"given":1},` +
		`{"agency":"bao","place":null,"indicator":"sum","value":null,"mark":"missing","heard":0,"asked":1,"given":0}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestSlicesAgainstOracle compares filtered and by-unit answers, which are made
// of a cube of their own, with the oracle.
func TestSlicesAgainstOracle(t *testing.T) {
	for seed := range seeds(t, 60) {
		h := randomHistory(seed, 12)
		f := folded(h.events)
		book := f.ledger.Request(testRequest)
		agency := book.Request.Agencies[h.rng.IntN(len(book.Request.Agencies))]
		for _, official := range []bool{false, true} {
			o := newOracle(f.journal().book(testRequest, time.Time{}), official)
			for _, c := range []struct {
				q Query
				w func(Row) at
			}{
				{Query{By: []string{ByUnit, ByPlace}, Agencies: []string{agency}}, func(r Row) at { return at{agency: agency, unit: derefText(r.Unit), place: derefText(r.Place)} }},
				{Query{By: []string{ByAgency, ByUnit}}, func(r Row) at { return at{agency: *r.Agency, unit: derefText(r.Unit)} }},
				{Query{Agencies: []string{agency}, Places: []string{"288"}}, func(Row) at { return at{agency: agency, below: "288"} }},
				{Query{By: []string{ByAgency, ByPlace}, Level: "province", Agencies: []string{agency}}, func(r Row) at {
					if derefText(r.Place) == "30" {
						return at{agency: agency, below: "30"}
					}
					return at{agency: agency, place: derefText(r.Place)}
				}},
			} {
				c.q.Request, c.q.Official = testRequest, official
				r, err := f.state.Rollup(&f.ledger, c.q)
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range r.Rows {
					value := ""
					if row.Value != nil {
						value = *row.Value
					}
					got := fmt.Sprintf("%s|%s|%d|%d|%d", value, row.Mark, row.Given, row.Heard, row.Asked)
					if want := o.cell(c.w(row), row.Indicator); got != want {
						t.Fatalf("seed %d, %+v, %s: got %s, want %s", seed, c.q, row.Indicator, got, want)
					}
				}
			}
		}
	}
}
