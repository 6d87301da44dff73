package aggregate

import (
	"fmt"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/codec"
	"tonghop/report/decimal"
)

// wide is a request of many agencies, districts and indicators.
func wide(agencies, places, indicators int) *history {
	h := &history{now: time.Date(2021, 3, 20, 1, 0, 0, 0, time.UTC), subs: map[string][]*report.Event{}}
	d := &report.Definition{Code: "d", Version: "1"}
	for i := range indicators {
		d.Indicators = append(d.Indicators, report.Indicator{Code: fmt.Sprintf("i%02d", i), Type: report.TypeInt})
	}
	d.Indicators[indicators-1] = report.Indicator{Code: "ratio", Type: report.TypeDec, Scale: 1, Num: "i00", Den: "i01", Factor: 100, Roll: report.Roll{Agency: report.RollRatio, Place: report.RollRatio}}
	r := &report.Register{Code: "hd", Version: "1", Places: []report.Place{{Code: "30", Level: report.LevelProvince}}}
	for i := range places {
		r.Places = append(r.Places, report.Place{Code: fmt.Sprintf("p%03d", i), Level: report.LevelDistrict, Parent: "30"})
	}
	var roster []string
	for i := range agencies {
		roster = append(roster, fmt.Sprintf("a%04d", i))
	}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: d})
	h.add(report.Key{Scope: report.ScopeRegister, Name: "hd"}, &report.RegisterApplied{Register: r})
	h.request(1, false, roster...)
	return h
}

// draftOf fills places x indicators.
func draftOf(agency string, places, indicators, seed int) report.Draft {
	var facts []report.Fact
	for p := range places {
		for i := range indicators {
			facts = append(facts, report.Fact{Unit: agency, Place: fmt.Sprintf("p%03d", p), Indicator: fmt.Sprintf("i%02d", i),
				Value: report.NumberOf(decimal.FromInt(int64(seed + p + i)))})
		}
	}
	return report.Draft{Facts: report.FactsOf(facts)}
}

// BenchmarkFold folds submissions of 40 facts (4 places, 10 indicators), three
// events each, by ever more agencies: the cost of one must not depend on how
// many came before.
func BenchmarkFold(b *testing.B) {
	for _, agencies := range []int{200, 2000} {
		b.Run(fmt.Sprintf("agencies=%d", agencies), func(b *testing.B) {
			h := wide(agencies, 4, 11)
			for a := range agencies {
				agency := fmt.Sprintf("a%04d", a)
				h.submit(agency, draftOf(agency, 4, 10, a))
			}
			b.ReportAllocs()
			for b.Loop() {
				folded(h.events)
			}
			n := float64(b.N) * float64(agencies)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n, "ns/submission")
			b.ReportMetric(3*n/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkCorrection takes one submission of 40 facts out of a full cube and
// puts another in.
func BenchmarkCorrection(b *testing.B) {
	for _, agencies := range []int{200, 2000} {
		b.Run(fmt.Sprintf("agencies=%d", agencies), func(b *testing.B) {
			h := wide(agencies, 4, 11)
			for a := range agencies {
				agency := fmt.Sprintf("a%04d", a)
				h.submit(agency, draftOf(agency, 4, 10, a))
			}
			f := folded(h.events)
			figures := f.state.slots[testRequest].known()
			r := f.ledger.Request(testRequest).Returns()["a0000"]
			versions := [2]*report.Submission{}
			for i := range versions {
				draft := draftOf("a0000", 4, 10, 100+i)
				versions[i] = &report.Submission{ID: fmt.Sprint(i), Upload: r.Standing.Upload, Draft: &draft}
			}
			n := 0
			for b.Loop() {
				r.Standing, r.Official = versions[n%2], versions[n%2]
				figures.update(r)
				n++
			}
		})
	}
}

// BenchmarkQuery asks of 9 agencies, 12 places and 60 indicators, full.
func BenchmarkQuery(b *testing.B) {
	h := wide(9, 12, 60)
	for a := range 9 {
		agency := fmt.Sprintf("a%04d", a)
		h.submit(agency, draftOf(agency, 12, 59, a))
	}
	f := folded(h.events)
	rollup := func(q Query) func(b *testing.B) {
		q.Request = testRequest
		return func(b *testing.B) {
			for b.Loop() {
				if _, err := f.state.Rollup(&f.ledger, q); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	b.Run("total", rollup(Query{}))
	b.Run("by agency", rollup(Query{By: []string{ByAgency}}))
	b.Run("by place", rollup(Query{By: []string{ByPlace}}))
	b.Run("by agency and place", rollup(Query{By: []string{ByAgency, ByPlace}}))
	b.Run("one agency by place", rollup(Query{By: []string{ByPlace}, Agencies: []string{"a0003"}}))
	b.Run("the greatest, by agency and place", rollup(Query{By: []string{ByAgency, ByPlace}, Top: Top{N: 3}}))
	b.Run("found, by agency and place", rollup(Query{By: []string{ByAgency, ByPlace}, Search: []string{"a0003"}}))
	b.Run("as of a moment", rollup(Query{By: []string{ByAgency}, AsOf: h.events[len(h.events)-2].At}))
	b.Run("summary", func(b *testing.B) {
		for b.Loop() {
			if _, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, false); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("explain", func(b *testing.B) {
		for b.Loop() {
			if _, err := f.state.Explain(&f.ledger, Question{Request: testRequest, Indicator: "i00"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDecode is the price of reading one submission's events, for scale.
func BenchmarkDecode(b *testing.B) {
	h := wide(1, 4, 11)
	h.submit("a0000", draftOf("a0000", 4, 10, 1))
	payload, err := codec.Encode(h.events[4])
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := codec.Decode(payload); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOverYear asks for a year of twelve monthly requests, of 50 agencies with 400 figures
// each: what it costs for each figure, by agency and over all.
func BenchmarkOverYear(b *testing.B) {
	r := mapRegister("2025-06-30", "30")
	w := newMapWorld(r)
	agencies := make([]string, 50)
	for i := range agencies {
		agencies[i] = fmt.Sprintf("a%02d", i)
	}
	var communes []string
	for _, p := range r.Places {
		if p.Level == report.LevelCommune {
			communes = append(communes, p.Code)
		}
	}
	figures := 0
	for month := 1; month <= 12; month++ {
		code := fmt.Sprintf("m%02d", month)
		w.add(report.RequestKey(code), &report.RequestApplied{Revision: 1, Request: &report.Request{
			Code: code, Definition: "d", Version: "1", Register: "vn", Registered: "2025-06-30", Period: fmt.Sprintf("2024-M%02d", month), Agencies: agencies,
		}})
		for k, a := range agencies {
			var facts []report.Fact
			for i := range 200 {
				place := communes[(k*7+i)%len(communes)]
				facts = append(facts, num(a, place, "sum", fmt.Sprint(i+month)), num(a, place, "w", fmt.Sprint(i+1)))
			}
			w.submit(code, a, facts...)
			figures += len(facts)
		}
	}
	anew := w.now.Add(time.Hour) // what is as of a moment is worked out each time
	for name, q := range map[string]Query{
		"a month":         {Request: "m01", By: []string{ByAgency}},
		"a year":          {Request: "m01", By: []string{ByAgency}, Window: Window{Period: "2024"}, AsOf: anew},
		"a year, new map": {Request: "m01", By: []string{ByAgency}, Window: Window{Period: "2024"}, Map: MapView{On: calendar.MustDate("2025-07-01")}, AsOf: anew},
		"a year, again":   {Request: "m01", By: []string{ByAgency}, Window: Window{Period: "2024"}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.state.Rollup(&w.ledger, q); err != nil {
					b.Fatal(err)
				}
			}
			if q.Period != "" {
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(figures), "ns/figure")
			}
		})
	}
}
