package aggregate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/decimal"
)

// TestExplainOverTime points at rows over time: what is explained is the row, the
// sources of a sum add up to it, and those of what stands at an end are of the
// request at that end.
func TestExplainOverTime(t *testing.T) {
	sums, ends := 0, 0
	for seed := range seeds(t, 10) {
		h := randomTimeHistory(seed, 15)
		c := timeCheck{t: t, f: folded(h.events), w: overWindows[h.rng.IntN(len(overWindows))], name: fmt.Sprintf("seed %d", seed)}
		c.m.official = h.chance(1, 4)
		c.w.Calendar = "d09"
		o := c.oracle(c.w)
		if o == nil {
			continue
		}
		for _, table := range overTables {
			if slices.Contains(table.by, ByGroup) {
				continue // is not explained
			}
			r, err := c.f.state.Rollup(&c.f.ledger, Query{Request: h.asks[0].Code, Window: c.w, Official: c.m.official, By: table.by, Level: table.level})
			if err != nil {
				continue // of a level that the newest register does not have
			}
			for i := range r.Rows {
				if len(r.Rows) > 120 && !h.chance(40, len(r.Rows)) {
					continue
				}
				row := &r.Rows[i]
				e := c.explain(h.asks[0].Code, row, table.level)
				s, n := c.sources(o, o.def.Indicator(row.Indicator), row, e)
				sums, ends = sums+s, ends+n
			}
		}
	}
	if *seedFlag == 0 && (sums < 200 || ends < 100) {
		t.Errorf("only %d sums and %d figures of an end were looked at", sums, ends)
	}
	t.Logf("%d sums, %d ends", sums, ends)
}

func (c *timeCheck) explain(request string, row *Row, level string) *Explanation {
	c.t.Helper()
	key := figureKeyOf(row)
	e, err := c.f.state.Explain(&c.f.ledger, Question{
		Request: request, Window: c.w, Official: c.m.official, Agency: key.agency, Unit: key.unit, Place: key.place, Level: level, Indicator: row.Indicator,
	})
	if err != nil {
		c.fatal("%+v: %v", key, err)
	}
	same := Row{Value: e.Value, Mark: e.Mark, Heard: e.Heard, Asked: e.Asked, Given: e.Given, Reports: e.Reports}
	if rowText(&same) != rowText(row) || e.Over == nil || e.How.VI == "" || e.How.EN == "" {
		c.fatal("%+v at level %q: the row says %s, its explanation %s, %q, %q", key, level, rowText(row), rowText(&same), e.How.VI, e.How.EN)
	}
	return e
}

// sources looks at the sources of a row, and says whether it was a sum, or a figure
// of an end.
func (c *timeCheck) sources(o *timeOracle, ind *report.Indicator, row *Row, e *Explanation) (sums, ends int) {
	c.t.Helper()
	var sum decimal.Sum
	numbers := 0
	for _, s := range e.Sources {
		at := slices.IndexFunc(o.tiles, func(t *oracleTile) bool { return t.code == s.Request })
		if at < 0 || s.Period == "" {
			c.fatal("%+v rests on a request that has no part: %+v", row, s)
		}
		if s.Indicator == ind.Code && !o.hasSay(at, ind) {
			c.fatal("%s of an end rests on %+v", ind.Code, s)
		}
		v, known := o.tiles[at].said(s.Agency, s.Unit, s.Place, s.Indicator)
		if !known || v.IsNone() != (s.Value == nil) || s.Value != nil && v.String() != *s.Value {
			c.fatal("%+v rests on what was not said: %+v, said is %s", row, s, v)
		}
		if v.Kind == report.Number && s.Indicator == ind.Code {
			sum.Add(decimal.MustParse(*s.Value))
			numbers++
		}
	}
	if roll := ind.Roll.Time; numbers > 0 && (roll == report.RollLast || roll == report.RollFirst) {
		ends++
	}
	adds := ind.IsNumber() && ind.Compute == "" && ind.On(report.AxisAgency) == report.RollSum && ind.On(report.AxisPlace) == report.RollSum
	switch ind.On(report.AxisTime) {
	case report.RollSum, report.RollLast, report.RollFirst:
	default:
		adds = false
	}
	if !adds || row.Mark == report.MarkNotAdditive {
		return 0, ends
	}
	total, err := sum.Value()
	if err != nil || (numbers > 0) != (row.Value != nil) || numbers > 0 && total.String() != *row.Value {
		c.fatal("%+v: %d sources give %s, the row says %s", figureKeyOf(row), numbers, total, rowText(row))
	}
	return min(numbers, 1), ends
}

// TestExplainHowOverTime has a line for each way in which a figure over time comes
// about, in words and with what it rests on.
func TestExplainHowOverTime(t *testing.T) {
	const most = "99999999999999999999999999999999999999"
	h := newTimeHistory(1)
	months := h.months("1", "syt", "sgd")
	h.submit(months[0], "syt", facts(num("syt", "288", "flow", "3"), num("syt", "288", "w", "20"), num("syt", "288", "summean", "2"), num("syt", "288", "stock", "7"),
		num("syt", "288", "people", "7"), num("syt", "288", "dec", "0.5"), num("syt", "288", "gone", most), num("syt", "288", "noratio", "15")))
	h.submit(months[1], "syt", facts(num("syt", "288", "flow", "4"), num("syt", "288", "w", "10"), num("syt", "288", "summean", "1"),
		num("syt", "288", "people", "5"), num("syt", "288", "gone", most)))
	h.submit(months[1], "sgd", facts(num("sgd", "290", "stock", "8"), num("sgd", "290", "flow", "1"), num("sgd", "290", "people", "2"), num("sgd", "290", "gone", "1")))
	h.submit(months[2], "syt", facts(num("syt", "288", "stock", "9"), num("syt", "290", "stock", "1")))
	f := folded(h.events)
	for _, c := range []struct{ name, indicator, value, vi, en, sources string }{
		{"a sum", "flow", "8", "tổng (3 số liệu), của 2 kỳ", "sum (3 figures), of 2 periods", "m4 syt flow 3; m5 syt flow 4; m5 sgd flow 1"},
		{"what stands at the end", "stock", "10", "tổng (2 số liệu), của tháng 6 năm 2021", "sum (2 figures), of June 2021", "m6 syt stock 1; m6 syt stock 9"},
		{"a mean, with its weights", "summean", "1.67", "trung bình có trọng số (2 số liệu), của 2 kỳ", "weighted mean (2 figures), of 2 periods",
			"m4 syt w 20; m5 syt w 10; m4 syt summean 2; m5 syt summean 1"},
		{"a ratio, with its parts", "ratio", "26.7", "tỷ lệ tính lại: 100 × [flow] 8 / [w] 30", "ratio recomputed: 100 × [flow] 8 / [w] 30",
			"m4 syt flow 3; m5 syt flow 4; m5 sgd flow 1; m4 syt w 20; m5 syt w 10"},
		{"what is computed, in one month", "total", "3.5", "số liệu của tháng 4 năm 2021", "the figure of April 2021", "m4 syt flow 3; m4 syt dec 0.5"},
		{"what is refused of one agency is refused", "people", "", "biểu mẫu không cho cộng số liệu của các kỳ", "the definition refuses to add the figures of several periods",
			"m4 syt people 7; m5 syt people 5; m5 sgd people 2"},
		{"and so is a ratio", "noratio", "", "biểu mẫu không cho cộng số liệu của các kỳ", "the definition refuses to add the figures of several periods",
			"m4 syt flow 3; m5 syt flow 4; m5 sgd flow 1; m4 syt w 20; m5 syt w 10"},
		{"what is too large", "gone", "", "có số liệu quá lớn, không cộng được", "a figure is too large to be added", "m4 syt gone " + most + "; m5 syt gone " + most + "; m5 sgd gone 1"},
		{"nothing", "text", "", "không có số liệu", "there is no figure", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := f.state.Explain(&f.ledger, Question{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicator: c.indicator})
			if err != nil {
				t.Fatal(err)
			}
			value := ""
			if e.Value != nil {
				value = *e.Value
			}
			var sources []string
			for _, s := range e.Sources {
				sources = append(sources, s.Request+" "+s.Agency+" "+s.Indicator+" "+*s.Value)
			}
			if value != c.value || e.How.VI != c.vi || e.How.EN != c.en || strings.Join(sources, "; ") != c.sources {
				t.Errorf("got %q, %q, %q, from %q", value, e.How.VI, e.How.EN, strings.Join(sources, "; "))
			}
		})
	}
}

// TestTimeFilters: what is narrowed to some agencies, indicators or places is what the
// oracle has of them.
func TestTimeFilters(t *testing.T) {
	for seed := range seeds(t, 20) {
		h := randomTimeHistory(seed, 10)
		c := timeCheck{t: t, f: folded(h.events), w: Window{Period: "2021-Q2", Calendar: "d09"}, name: fmt.Sprintf("seed %d", seed)}
		o := c.oracle(c.w)
		if o == nil {
			continue
		}
		q := Query{Request: h.asks[0].Code, Window: c.w, Agencies: o.roster[:1+h.rng.IntN(len(o.roster))], Indicators: []string{"stock", "flow", "summean", "ratio", "pay"}}
		for _, by := range [][]string{nil, {ByAgency}, {ByPlace}, {ByUnit}} {
			q.By = by
			r, err := c.f.state.Rollup(&c.f.ledger, q)
			if err != nil {
				t.Fatal(err)
			}
			for i := range r.Rows {
				key := figureKeyOf(&r.Rows[i])
				w := whereOver{agencies: q.Agencies, unit: key.unit, place: key.place}
				if key.agency != "" {
					w.agencies = []string{key.agency}
				}
				got, want := rowText(&r.Rows[i]), o.cell(w, key.indicator)
				if got != want.String() {
					c.fatal("of %v, %+v: got %s, want %s", q.Agencies, key, got, want)
				}
			}
		}
		// By place, and narrowed to what lies in a district.
		q.Agencies, q.By, q.Places = nil, nil, []string{"288"}
		r, err := c.f.state.Rollup(&c.f.ledger, q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Rows {
			got, want := rowText(&r.Rows[i]), o.cell(whereOver{place: "288", level: "district"}, r.Rows[i].Indicator)
			if got != want.String() {
				c.fatal("in 288, %s: got %s, want %s", r.Rows[i].Indicator, got, want)
			}
		}
	}
}

// timeAnswers writes down all that is answered of a window, but for the moment it
// speaks of.
func timeAnswers(t *testing.T, f *fold, request string, w Window) string {
	t.Helper()
	var out []byte
	for _, by := range [][]string{nil, {ByAgency, ByPlace}, {ByUnit}, {ByGroup}} {
		for _, official := range []bool{false, true} {
			r, err := f.state.Rollup(&f.ledger, Query{Request: request, Window: w, By: by, Official: official, Against: []string{AgainstPrevious, AgainstLastYear}})
			if err != nil {
				out = append(out, err.Error()...)
				continue
			}
			r.AsOf = time.Time{}
			b, err := json.MarshalIndent(r, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			out = append(append(out, b...), '\n')
		}
	}
	return string(out)
}

// TestTimeEventsAreASet holds law 2 over time.
func TestTimeEventsAreASet(t *testing.T) {
	for seed := range seeds(t, 15) {
		h := randomTimeHistory(seed, 10)
		straight := folded(h.events)
		other := folded(scrambled(h.rng, h.events))
		for range 2 {
			w := overWindows[h.rng.IntN(len(overWindows))]
			if got, want := timeAnswers(t, other, h.asks[0].Code, w), timeAnswers(t, straight, h.asks[0].Code, w); got != want {
				t.Fatalf("seed %d, %+v: the same events give other figures:\n%s", seed, w, firstDifference(got, want))
			}
		}
	}
}

// TestOtherTimesChangeNothing: a request of a wholly different time, and one about
// another area, leave the figures of a window alone.
func TestOtherTimesChangeNothing(t *testing.T) {
	for seed := range seeds(t, 15) {
		h := randomTimeHistory(seed, 5)
		w := Window{Period: "2021-Q2", Calendar: "d09"}
		before := timeAnswers(t, folded(h.events), h.asks[0].Code, w)
		for i, period := range []string{"2021-Q3", "2019-M05", "2021-06-15..2021-06-15", "2021-Q2"} {
			a := h.ask(fmt.Sprintf("new-%d", i), "d09", period, timeAgencies...)
			a.Version, a.Registered = "2", "2"
			if period == "2021-Q2" {
				a.Place = "31"
			}
			h.open(a, 1)
			for _, agency := range timeAgencies {
				h.submit(a, agency, h.draft(a, agency))
			}
		}
		if after := timeAnswers(t, folded(h.events), h.asks[0].Code, w); after != before {
			t.Fatalf("seed %d: requests of other times changed the quarter:\n%s", seed, firstDifference(after, before))
		}
	}
}

// TestAQuarterInThreeParts: the figures of a quarter's report, dealt out to the
// reports of its months, give the same sums; and a month in which nothing occurred
// changes none of them.
func TestAQuarterInThreeParts(t *testing.T) {
	adds := []string{"flow", "dec", "w", "worth"}
	w := Window{Period: "2021-Q2", Calendar: "d09"}
	sums := func(h *timeHistory, request string) string {
		f := folded(h.events)
		var b strings.Builder
		for _, by := range [][]string{nil, {ByAgency}, {ByPlace}, {ByAgency, ByPlace, ByUnit}} {
			r, err := f.state.Rollup(&f.ledger, Query{Request: request, Window: w, By: by, Indicators: adds})
			if err != nil {
				t.Fatal(err)
			}
			for i := range r.Rows {
				if r.Rows[i].Value != nil {
					fmt.Fprintln(&b, figureKeyOf(&r.Rows[i]), *r.Rows[i].Value)
				}
			}
		}
		return b.String()
	}
	for seed := range seeds(t, 20) {
		whole, dealt := newTimeHistory(seed), newTimeHistory(seed)
		quarter := whole.ask("q2", "d09", "2021-Q2", timeAgencies...)
		whole.open(quarter, 1)
		var months []*timeAsk
		for m := 4; m <= 6; m++ {
			a := dealt.ask(fmt.Sprint("m", m), "d09", fmt.Sprintf("2021-M%02d", m), timeAgencies...)
			dealt.open(a, 1)
			months = append(months, a)
		}
		for _, agency := range timeAgencies {
			draft := whole.draft(quarter, agency)
			whole.submit(quarter, agency, draft)
			parts := make([][]report.Fact, len(months))
			for _, f := range draft.Facts.All() {
				if f.Value.Kind != report.Number || !slices.Contains(adds, f.Indicator) {
					continue
				}
				rest := f.Value.Num
				for k := range months { // what is left goes to the last
					share := decimal.FromInt(dealt.rng.Int64N(9) - 2)
					if k == len(months)-1 {
						share = rest
					}
					f.Value = report.NumberOf(share)
					parts[k] = append(parts[k], f)
					var err error
					if rest, err = rest.Sub(share); err != nil {
						t.Fatal(err)
					}
				}
			}
			for k, a := range months {
				dealt.submit(a, agency, report.Draft{Facts: report.FactsOf(parts[k])})
			}
		}
		if got, want := sums(dealt, "m4"), sums(whole, "q2"); got != want {
			t.Fatalf("seed %d: the months give other sums than the quarter:\n%s", seed, firstDifference(got, want))
		}
	}
}

// TestANilReportChangesNoFigure: who says that nothing occurred is heard, and adds
// nothing.
func TestANilReportChangesNoFigure(t *testing.T) {
	q := Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicators: []string{"flow", "dec", "stock", "start", "peak", "least", "mean", "summean", "people", "text", "any", "total"}}
	figures := func(h *timeHistory) (text string, reports Count) {
		f := folded(h.events)
		var b strings.Builder
		for _, q.By = range [][]string{nil, {ByAgency}, {ByPlace}, {ByAgency, ByPlace}} {
			r, err := f.state.Rollup(&f.ledger, q)
			if err != nil {
				t.Fatal(err)
			}
			reports = r.Over.Reports
			for i := range r.Rows {
				if r.Rows[i].Value != nil {
					fmt.Fprintln(&b, figureKeyOf(&r.Rows[i]), *r.Rows[i].Value, r.Rows[i].Mark, r.Rows[i].Given)
				}
			}
		}
		return b.String(), reports
	}
	for seed := range seeds(t, 15) {
		h := newTimeHistory(seed)
		for m := 4; m <= 6; m++ {
			a := h.ask(fmt.Sprint("m", m), "d09", fmt.Sprintf("2021-M%02d", m), append([]string{"mt"}, timeAgencies...)...)
			h.open(a, 1)
			for _, agency := range timeAgencies {
				h.submit(a, agency, h.draft(a, agency))
			}
		}
		before, counted := figures(h)
		h.submit(h.asks[h.rng.IntN(3)], "mt", report.Draft{Nil: true})
		after, more := figures(h)
		if after != before || more.Heard != counted.Heard+1 || more.Asked != counted.Asked {
			t.Fatalf("seed %d: of %v and then %v reports:\n%s", seed, counted, more, firstDifference(after, before))
		}
	}
}
