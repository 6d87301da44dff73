package aggregate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/fault"
)

// define writes one more version of the definition.
func (h *timeHistory) define(version string, indicators ...report.Indicator) {
	d := &report.Definition{Code: "d", Version: version, Calendar: "d09", Indicators: indicators}
	h.add(report.Key{Scope: report.ScopeDefinition, Name: "d"}, &report.DefinitionApplied{Definition: d})
}

// months opens the reports of April, May and June 2021 of some version, m4 to m6.
func (h *timeHistory) months(version string, agencies ...string) (out []*timeAsk) {
	for m := 4; m <= 6; m++ {
		a := h.ask(fmt.Sprint("m", m), "d09", fmt.Sprintf("2021-M%02d", m), agencies...)
		a.Version = version
		h.open(a, 1)
		out = append(out, a)
	}
	return out
}

// rollup asks what must not be refused.
func (f *fold) rollup(t *testing.T, q Query) *Rollup {
	t.Helper()
	r, err := f.state.Rollup(&f.ledger, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRollsOverTime has a line for each way to roll: what an agency reports in three
// months, and what the quarter says.
func TestRollsOverTime(t *testing.T) {
	const most = "99999999999999999999999999999999999999"
	rate := report.Roll{Agency: report.RollRatio, Place: report.RollRatio, Time: report.RollRatio}
	for _, c := range []struct {
		name string
		typ  report.Type
		roll report.Rolling
		kind string // "weighed", "ratio"
		said string // of April; May; June: the figure, then n, d or w and theirs
		want string
		mark report.Mark
	}{
		{"what flows adds", report.TypeInt, report.RollSum, "", "3; 4; 5", "12", ""},
		{"a stock at the end is the last", report.TypeInt, report.RollLast, "", "60; 70; 98", "98", ""},
		{"a stock at the beginning is the first", report.TypeInt, report.RollFirst, "", "60; 70; 98", "60", ""},
		{"an older stock is not carried forward", report.TypeInt, report.RollLast, "", "60; 70; nil", "", report.MarkNil},
		{"nor is one that was left out", report.TypeInt, report.RollLast, "", "60; 70; -", "", report.MarkBlank},
		{"a month without a figure takes no part", report.TypeInt, report.RollSum, "", "60; nil; -", "60", ""},
		{"nor in a mean", report.TypeDec, report.RollMean, "", "1; -; 2", "1.5", ""},
		{"the smallest", report.TypeInt, report.RollMin, "", "4; 3; 5", "3", ""},
		{"the largest", report.TypeInt, report.RollMax, "", "4; nil; 3", "4", ""},
		{"the mean is rounded once, half to even", report.TypeDec, report.RollMean, "", "1; 1.5; -", "1.2", ""},
		{"a weighted mean", report.TypeDec, report.RollMean, "weighed", "1 w 3; 2 w 1; -", "1.2", ""},
		{"a mean whose weight is not known is refused", report.TypeDec, report.RollMean, "weighed", "1 w 3; 2; -", "", report.MarkNotAdditive},
		{"a mean over what weighs nothing", report.TypeDec, report.RollMean, "weighed", "1 w 0; 2 w nil; -", "", report.MarkUndefined},
		{"one figure is itself, whatever it weighs", report.TypeDec, report.RollMean, "weighed", "1.25; -; nil", "1.25", ""},
		{"a ratio from the sums of its parts", report.TypeDec, "", "ratio", "65 n 13 d 20; 50 n 2 d 4; -", "62.5", ""},
		{"a ratio over a denominator of nought", report.TypeDec, "", "ratio", "- n 13 d 0; - n 1 d 0; -", "", report.MarkUndefined},
		{"the paper's own ratio of one month", report.TypeDec, "", "ratio", "65.01 n 13 d 20; nil; -", "65.01", ""},
		{"the same, without parts", report.TypeDec, "", "ratio", "65.01; n/a; - n nil", "65.01", ""},
		{"ratios without parts", report.TypeDec, "", "ratio", "65; 50; -", "", report.MarkUndefined},
		{"ratios of which nothing is left", report.TypeDec, "", "ratio", "65; 50; - n nil", "", report.MarkUndefined},
		{"people are not added over time", report.TypeInt, report.RollNone, "", "3; 4; -", "", report.MarkNotAdditive},
		{"one figure is itself", report.TypeInt, report.RollNone, "", "-; 4; nil", "4", ""},
		{"a ratio is not recomputed where that is refused", report.TypeDec, report.RollNone, "ratio", "65 n 13 d 20; 50 n 2 d 4; -", "", report.MarkNotAdditive},
		{"all of them", report.TypeBool, "", "", "yes; no; -", "false", ""},
		{"any of them", report.TypeBool, report.RollAny, "", "yes; no; -", "true", ""},
		{"words stand side by side", report.TypeText, "", "", "one; two; -", "one\ntwo", ""},
		{"the last words", report.TypeText, report.RollLast, "", "one; two; three", "three", ""},
		{"words do not add", report.TypeText, report.RollSum, "", "one; two; -", "", report.MarkNotAdditive},
		{"nothing occurred in any", report.TypeInt, report.RollSum, "", "nil; n/a; -", "", report.MarkNil},
		{"not collected weighs more than nothing", report.TypeInt, report.RollSum, "", "nil; ...; n/a", "", report.MarkNotCollected},
		{"nothing is said", report.TypeInt, report.RollSum, "", "-; -; -", "", report.MarkBlank},
		{"a sum too large is refused", report.TypeInt, report.RollSum, "", most + "; " + most + "; -", "", report.MarkOverflow},
	} {
		t.Run(c.name, func(t *testing.T) {
			ind := report.Indicator{Code: "x", Type: c.typ, Scale: 1, Roll: report.Roll{Time: c.roll}}
			switch c.kind {
			case "weighed":
				ind.Weight = "w"
			case "ratio":
				ind.Num, ind.Den, ind.Factor, ind.Roll = "n", "d", 100, rate
				if c.roll != "" {
					ind.Roll.Time = c.roll
				}
			}
			h := newTimeHistory(1)
			h.define("t", ind, report.Indicator{Code: "n", Type: report.TypeInt}, report.Indicator{Code: "d", Type: report.TypeInt}, report.Indicator{Code: "w", Type: report.TypeInt})
			months := h.months("t", "syt", "sgd")
			for k, said := range strings.Split(c.said, "; ") {
				words := strings.Fields("x " + said)
				var draft []report.Fact
				for i := 0; i < len(words); i += 2 {
					if words[i+1] != "-" {
						draft = append(draft, saidOf("288", words[i], words[i+1]))
					}
				}
				h.submit(months[k], "syt", facts(draft...))
			}
			f := folded(h.events)
			for _, by := range [][]string{nil, {ByAgency}} { // nobody else gives a figure
				row := f.rollup(t, Query{Request: "m5", Window: Window{Period: "2021-Q2"}, Indicators: []string{"x"}, By: by}).Rows[0]
				value := ""
				if row.Value != nil {
					value = *row.Value
				}
				if value != c.want || row.Mark != c.mark {
					t.Errorf("by %v: got %q (%s), want %q (%s)", by, value, row.Mark, c.want, c.mark)
				}
			}
		})
	}
}

// saidOf spells out a fact of syt.
func saidOf(place, indicator, text string) report.Fact {
	f := report.Fact{Unit: "syt", Place: place, Indicator: indicator}
	switch text {
	case "nil":
		f.Value.Kind = report.Nil
	case "...":
		f.Value.Kind = report.NotCollected
	case "n/a":
		f.Value.Kind = report.NotApplicable
	case "yes", "no":
		f.Value = report.BoolOf(text == "yes")
	default:
		if text[0] > '9' {
			f.Value = report.TextOf(text)
		} else {
			f.Value = valueOf(text)
		}
	}
	return f
}

// TestRefusedOverTimeIsRefusedAbove: a total that would need a figure that cannot be
// given is refused as well, and names nobody's part of it as the whole.
func TestRefusedOverTimeIsRefusedAbove(t *testing.T) {
	h := newTimeHistory(1)
	months := h.months("1", "syt", "sgd")
	for _, a := range months[:2] {
		h.submit(a, "syt", facts(num("syt", "288", "people", "3"), num("syt", "288", "summean", "2")))
		h.submit(a, "sgd", facts(num("sgd", "30T", "flow", "1")))
	}
	h.submit(months[2], "sgd", facts(num("sgd", "288", "people", "5"), num("sgd", "288", "summean", "7"), num("sgd", "288", "w", "1")))
	f := folded(h.events)
	q := Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicators: []string{"people", "summean"}}
	for _, c := range []struct {
		by   []string
		want string
	}{
		{nil, "- - summean - (not_additive) 2/2\n- - people - (not_additive) 2/2\n"},
		{[]string{ByAgency}, "syt - summean - (not_additive) 1/1\nsyt - people - (not_additive) 1/1\nsgd - summean 7 1/1\nsgd - people 5 1/1\n"},
		{[]string{ByPlace}, "- 288 summean - (not_additive) 2/2\n- 288 people - (not_additive) 2/2\n"},
	} {
		q.By = c.by
		lines := strings.Split(table(f.rollup(t, q)), "\n")
		want := strings.Split(c.want, "\n")
		slices.Sort(lines)
		slices.Sort(want)
		if !slices.Equal(lines, want) {
			t.Errorf("by %v: got %v, want %v", c.by, lines, want)
		}
	}
}

// TestTimeIsRolledFirst: the largest agency of the quarter is not the sum of the
// largest of each month.
func TestTimeIsRolledFirst(t *testing.T) {
	h := newTimeHistory(1)
	h.define("t", report.Indicator{Code: "x", Type: report.TypeInt, Roll: timeRoll(report.RollMax, report.RollSum, report.RollSum)})
	months := h.months("t", "syt", "sgd")
	for k, pair := range [][2]string{{"9", "1"}, {"1", "6"}, {"1", "6"}} {
		h.submit(months[k], "syt", facts(num("syt", "288", "x", pair[0])))
		h.submit(months[k], "sgd", facts(num("sgd", "288", "x", pair[1])))
	}
	r := folded(h.events).rollup(t, Query{Request: "m4", Window: Window{Period: "2021-Q2"}})
	if got, want := table(r), "- - x 13 2/2\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTiles has a line for each way in which requests can share a quarter.
func TestTiles(t *testing.T) {
	for _, c := range []struct {
		name string
		asks string // code, period, and of how many of three agencies it was heard
		want string // the parts; the gaps; what is set aside
	}{
		{"three months", "a 2021-M04 3, b 2021-M05 3, c 2021-M06 3", "a b c; []; []"},
		{"the quarter's own, when all is heard", "a 2021-M04 3, b 2021-M05 3, c 2021-M06 3, q 2021-Q2 3", "q; []; [a twice b twice c twice]"},
		{"the quarter's own, when as much is heard", "a 2021-M04 2, b 2021-M05 2, c 2021-M06 2, q 2021-Q2 2", "q; []; [a twice b twice c twice]"},
		{"not before", "a 2021-M04 3, b 2021-M05 3, c 2021-M06 2, q 2021-Q2 2", "a b c; []; [q twice]"},
		{"of a quarter nobody is heard of, the months", "a 2021-M04 0, b 2021-M05 1, q 2021-Q2 0", "a b; [2021-05-15 2021-06-14]; [q twice]"},
		{"nobody is heard at all: most days, and then fewest requests", "a 2021-M04 0, b 2021-M05 0, c 2021-M06 0, q 2021-Q2 0", "q; []; [a twice b twice c twice]"},
		{"days nobody asks about", "a 2021-M04 1, d 2021-05-20..2021-06-10 1", "a d; [2021-04-15 2021-05-19 2021-06-11 2021-06-14]; []"},
		{"across the edge", "a 2021-M04 3, x 2021-06-10..2021-06-20 3, y 2021-M07 3", "a; [2021-04-15 2021-06-14]; [x across]"},
		{"across both", "a 2021-M04 1, x 2021-H1 3", "a; [2021-04-15 2021-06-14]; [x across]"},
		{"a day within a month", "a 2021-M04 1, d 2021-03-25..2021-03-25 3", "a; [2021-04-15 2021-06-14]; [d twice]"},
		{"a day of which more is heard than of its month", "a 2021-M04 0, d 2021-03-25..2021-03-25 1", "d; [2021-03-15 2021-03-24 2021-03-26 2021-06-14]; [a twice]"},
		{"two for the same days: the one with more heard", "a 2021-M04 1, b 2021-M04 2", "b; [2021-04-15 2021-06-14]; [a twice]"},
		{"two for the same days, of which as much is heard: the first code", "b 2021-M04 2, a 2021-M04 2", "a; [2021-04-15 2021-06-14]; [b twice]"},
		{"equal to the last digit: most days", "a 2021-03-15..2021-04-13 1, c 2021-03-20..2021-03-29 3", "a; [2021-04-14 2021-06-14]; [c twice]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newTimeHistory(1)
			for ask := range strings.SplitSeq(c.asks, ", ") {
				words := strings.Fields(ask)
				a := h.ask(words[0], "d09", words[1], "syt", "sgd", "hpn")
				h.open(a, 1)
				for i := range int(words[2][0] - '0') {
					h.submit(a, a.Agencies[i], report.Draft{Nil: true})
				}
			}
			f := folded(h.events)
			for _, a := range h.asks { // whichever is asked
				o := f.rollup(t, Query{Request: a.Code, Window: Window{Period: "2021-Q2"}}).Over
				var parts, gaps, aside []string
				for _, p := range o.Parts {
					parts = append(parts, p.Request)
				}
				for _, g := range o.Gaps {
					gaps = append(gaps, g.From.String(), g.To.String())
				}
				for _, x := range o.Aside {
					aside = append(aside, x.Request, string(x.Reason))
				}
				if got := fmt.Sprintf("%s; %v; %v", strings.Join(parts, " "), gaps, aside); got != c.want {
					t.Errorf("asked of %s: got %s, want %s", a.Code, got, c.want)
				}
			}
		})
	}
}

// TestOddWindows asks what makes no sense, or of what is hardly there: it is
// refused in words or answered, and nothing breaks.
func TestOddWindows(t *testing.T) {
	h := newTimeHistory(1)
	months := h.months("1", "syt", "sgd")
	h.submit(months[0], "syt", facts(num("syt", "99999", "flow", "3"), num("syt", "288", "stock", "4"), num("nowhere", "nowhere", "flow", "1")))
	h.submit(months[1], "sgd", report.Draft{Nil: true})
	bare := h.ask("bare", "d09", "2021-M05", "syt")
	bare.Period = "" // and no days either
	h.open(bare, 1)
	h.submit(bare, "syt", facts(num("syt", "288", "flow", "100")))
	empty := h.ask("empty", "d09", "2021-M06") // of nobody
	h.open(empty, 1)
	old := h.ask("old", "d09", "2019-M05", "mt") // of whom no later one is asked
	h.open(old, 1)
	h.submit(old, "mt", facts(num("mt", "30T", "flow", "9")))
	turned := h.ask("turned", "d09", "2021-M05", "syt")
	h.open(turned, 1)
	before := h.now
	turned.Version = "9" // which nobody knows
	h.open(turned, 2)
	f := folded(h.events)

	for _, c := range []struct {
		name string
		q    Query
		want fault.Code // empty: it is answered
	}{
		{"no such period", Query{Request: "m4", Window: Window{Period: "2021-M13"}}, fault.ParameterWrong},
		{"no such calendar", Query{Request: "m4", Window: Window{Period: "2021-Q2", Calendar: "lunar"}}, fault.ParameterWrong},
		{"days that run backwards", Query{Request: "m4", Window: Window{Period: "2021-05-01..2021-04-01"}}, fault.ParameterWrong},
		{"nobody asked about that time", Query{Request: "m4", Window: Window{Period: "2030-Q2"}}, fault.ParameterWrong},
		{"a request without a period, for its own", Query{Request: "bare", Window: Window{Cumulative: true}}, fault.ParameterMissing},
		{"a request without a period, for another", Query{Request: "bare", Window: Window{Period: "2021-Q2"}}, ""},
		{"a request without a period is compared with nothing", Query{Request: "bare", Against: []string{AgainstPrevious}}, fault.ParameterMissing},
		{"compared with what is not known", Query{Request: "m4", Against: []string{"next"}}, fault.ParameterWrong},
		{"its own period, compared", Query{Request: "m5", Against: []string{AgainstPrevious, AgainstLastYear, AgainstPrevious}}, ""},
		{"a request of nobody", Query{Request: "empty", Window: Window{Period: "2021-M06"}, By: []string{ByAgency}}, ""},
		{"the first year", Query{Request: "m4", Window: Window{Period: "0001"}, Against: []string{AgainstPrevious}}, fault.ParameterWrong},
		{"all years", Query{Request: "m4", Window: Window{Period: "0001-01-01..9999-12-31"}, Against: []string{AgainstPrevious, AgainstLastYear}}, ""},
		{"one day", Query{Request: "m4", Window: Window{Period: "2021-04-01..2021-04-01"}}, fault.ParameterWrong},
		{"one tile", Query{Request: "m4", Window: Window{Period: "2021-M04"}, By: []string{ByAgency, ByPlace, ByUnit}}, ""},
		{"an agency that only another time knows", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Agencies: []string{"mt"}}, fault.AgencyNotAsked},
		{"an agency that the base does not know", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Agencies: []string{"syt"}, By: []string{ByGroup}, Against: []string{AgainstLastYear}}, ""},
		{"nothing but what the base does not know", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicators: []string{"flow"}, Places: []string{"nowhere"}, Against: []string{AgainstPrevious}}, ""},
		{"a place that is in no register", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Places: []string{"99999"}, By: []string{ByPlace}}, ""},
		{"a place that nobody knows", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Places: []string{"x"}}, fault.ParameterWrong},
		{"places by level", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Places: []string{"30/district"}, By: []string{ByPlace}, Level: "district"}, ""},
		{"a level that is none", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Level: "x"}, fault.ParameterWrong},
		{"an indicator that is none", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicators: []string{"x"}}, fault.ParameterWrong},
		{"before it was opened", Query{Request: "m4", Window: Window{Period: "2021-Q2"}, AsOf: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}, fault.ParameterWrong},
		{"no such request", Query{Request: "x", Window: Window{Period: "2021-Q2"}}, fault.RequestUnknown},
		{"what was of a known version then", Query{Request: "turned", Window: Window{Period: "2021-Q2"}, AsOf: before}, ""},
		{"what is of an unknown version", Query{Request: "turned", Window: Window{Period: "2021-Q2"}}, fault.RequestUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := f.state.Rollup(&f.ledger, c.q)
			if c.want != "" {
				if !errors.Is(err, c.want) {
					t.Fatalf("got %+v, %v; want %s", r, err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for i := range r.Rows {
				key := figureKeyOf(&r.Rows[i])
				_, err := f.state.Explain(&f.ledger, Question{Request: c.q.Request, Window: c.q.Window, Agency: key.agency, Unit: key.unit, Place: key.place, Level: c.q.Level, Indicator: key.indicator, AsOf: c.q.AsOf})
				if err != nil && key.unit+key.place == "" {
					t.Errorf("%+v is not explained: %v", key, err)
				}
			}
		})
	}
}

// TestLayFindsWhoIsGone: agencies and places that the newest register does not have
// stand where the newest of the earlier ones has them; and what they stand in is
// where the newest has that.
func TestLayFindsWhoIsGone(t *testing.T) {
	h := newTimeHistory(1)
	months := h.months("1", "syt", "tx")
	h.submit(months[0], "syt", facts(num("bv2", "h1", "flow", "1"), num("syt", "10528", "flow", "10"), num("syt", "10600", "flow", "100")))
	h.submit(months[0], "tx", facts(num("tx", "10525", "flow", "1000")))
	months[2].Registered = "2"
	h.open(months[2], 2)
	h.submit(months[2], "syt", facts(num("syt", "10525", "flow", "2")))
	f := folded(h.events)
	for _, c := range []struct {
		by    string
		level string
		want  []string
	}{
		{ByPlace, "district", []string{"- 288 flow 1002 2/2", "- 290 flow 11 2/2", "- 291 flow 100 2/2"}},
		{ByPlace, "commune", []string{"- 10525 flow 1002 2/2", "- 10528 flow 11 2/2", "- 10600 flow 100 2/2"}},
		{ByUnit, "", []string{"- - flow 112 unit syt 1/1", "- - flow 1000 unit tx 2/2", "- - flow 1 unit bv2 1/1"}},
	} {
		got := strings.Split(strings.TrimSpace(table(f.rollup(t, Query{Request: "m4", Window: Window{Period: "2021-Q2"}, By: []string{c.by}, Level: c.level, Indicators: []string{"flow"}}))), "\n")
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("by %s %s: got %q, want %q", c.by, c.level, got, c.want)
		}
	}
	r := f.rollup(t, Query{Request: "m4", Window: Window{Period: "2021-Q2"}, By: []string{ByGroup}, Indicators: []string{"flow"}})
	if len(r.Rows) != 1 || *r.Rows[0].Group != "syt" || *r.Rows[0].Value != "1113" {
		t.Errorf("got %+v, want all of it with syt", r.Rows)
	}
}

// TestFiguresMaySayTwice: what may be counted twice when added is marked so where it
// is added over time, too.
func TestFiguresMaySayTwice(t *testing.T) {
	h := newTimeHistory(1)
	months := h.months("1", "syt", "sgd")
	h.submit(months[0], "syt", facts(num("syt", "288", "dec", "1")))
	h.submit(months[1], "syt", facts(num("syt", "288", "dec", "2")))
	f := folded(h.events)
	q := Query{Request: "m4", Window: Window{Period: "2021-Q2"}, By: []string{ByAgency, ByPlace}, Indicators: []string{"dec"}}
	if got, want := table(f.rollup(t, q)), "syt 288 dec 3 (repeats) 1/1\nsgd - dec - (missing) 0/1\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	q.Window.Period = "2021-M05"
	if got, want := table(f.rollup(t, q)), "syt 288 dec 2 1/1\nsgd - dec - (missing) 0/1\n"; got != want {
		t.Errorf("of one month: got %s, want %s", got, want)
	}
}

// TestTheNewestVersionRolls: how figures weigh and roll is what the newest version
// says, for those of earlier ones as well.
func TestTheNewestVersionRolls(t *testing.T) {
	h := newTimeHistory(1)
	mean := report.Indicator{Code: "x", Type: report.TypeDec, Scale: 2, Weight: "w", Roll: timeRoll(report.RollMean, report.RollMean, report.RollMean)}
	w := report.Indicator{Code: "w", Type: report.TypeInt, Unit: "người"}
	h.define("a", report.Indicator{Code: "x", Type: report.TypeDec, Scale: 2}, w)
	h.define("b", mean, w)
	w.Unit = "nghìn người"
	h.define("c", mean, w)
	months := h.months("a", "syt", "sgd")
	months[1].Version = "b"
	h.open(months[1], 2)
	h.submit(months[0], "syt", facts(num("syt", "288", "x", "1"), num("syt", "288", "w", "1")))
	h.submit(months[1], "syt", facts(num("syt", "288", "x", "3"), num("syt", "288", "w", "3")))
	q := Query{Request: "m4", Window: Window{Period: "2021-03-15..2021-05-14"}, Indicators: []string{"x"}}
	if got, want := table(folded(h.events).rollup(t, q)), "- - x 2.5 1/2\n"; got != want {
		t.Errorf("a sum that became a mean: got %s, want %s", got, want)
	}
	months[2].Version = "c"
	h.open(months[2], 2)
	h.submit(months[2], "syt", facts(num("syt", "288", "x", "4"), num("syt", "288", "w", "4")))
	q.Window.Period = "2021-Q2"
	if got, want := table(folded(h.events).rollup(t, q)), "- - x - (not_additive) 1/2\n"; got != want {
		t.Errorf("a weight in thousands of people weighs nothing that is known: got %s, want %s", got, want)
	}
}

// TestARatioIsOfTheTimeOfItsParts: what a paper of an earlier month says of the end of
// that month is not carried forward to the end of the quarter.
func TestARatioIsOfTheTimeOfItsParts(t *testing.T) {
	h := newTimeHistory(1)
	months := h.months("1", "syt", "sgd")
	h.submit(months[0], "syt", facts(num("syt", "288", "stand", "50"), num("syt", "288", "stock", "1"), num("syt", "288", "endmax", "2")))
	h.submit(months[2], "sgd", facts(num("sgd", "290", "stand", "25"), num("sgd", "290", "stock", "1"), num("sgd", "290", "endmax", "4")))
	q := Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicators: []string{"stand"}}
	f := folded(h.events)
	if got, want := table(f.rollup(t, q)), "- - stand 25 1/2\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	q.By = []string{ByAgency}
	if got, want := table(f.rollup(t, q)), "syt - stand - (missing) 0/1\nsgd - stand 25 1/1\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestRowsOfABaseAlone: they count whom the row is about, and stand beside both bases.
func TestRowsOfABaseAlone(t *testing.T) {
	h := newTimeHistory(1)
	h.months("1", "syt", "sgd", "hpn")
	before := h.ask("m3", "d09", "2021-M03", "syt", "sgd", "tx")
	h.open(before, 1)
	h.submit(before, "syt", facts(num("syt", "288", "flow", "5")))
	h.submit(before, "sgd", facts(num("sgd", "30T", "flow", "7")))
	last := h.ask("y4", "d09", "2020-M04", "hpn")
	h.open(last, 1)
	h.submit(last, "hpn", facts(num("hpn", "30T", "flow", "3")))
	h.submit(h.asks[0], "hpn", facts(num("hpn", "288", "flow", "1")))
	h.submit(h.asks[0], "syt", report.Draft{Nil: true})
	f := folded(h.events)
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"by place", Query{By: []string{ByPlace}},
			"/288 1 2/3 2 of 3 [- 5]; /30T - (nil) 2/3 2 of 3 [3 7]"},
		{"by place, of some", Query{By: []string{ByPlace}, Agencies: []string{"sgd", "hpn"}},
			"/288 1 1/2 1 of 2 [- -]; /30T - (blank) 1/2 1 of 2 [3 7]"},
		{"by agency and place", Query{By: []string{ByAgency, ByPlace}},
			"syt/ - (nil) 1/1 1 of 1 [- -]; sgd/ - (missing) 0/1 0 of 1 [- -]; hpn/288 1 1/1 1 of 1 [- -]; " +
				"hpn/30T - (blank) 1/1 1 of 1 [3 -]; syt/288 - (nil) 1/1 1 of 1 [- 5]; sgd/30T - (missing) 0/1 0 of 1 [- 7]"},
		{"by agency: one is asked no more", Query{By: []string{ByAgency}},
			"syt/ - (nil) 1/1 1 of 1 [- 5]; sgd/ - (missing) 0/1 0 of 1 [- 7]; hpn/ 1 1/1 1 of 1 [3 -]; tx/ - (not_applicable) 0/0 0 of 0 [- -]"},
		{"by unit", Query{By: []string{ByUnit}},
			"hpn: 1 1/1 1 of 1 [3 -]; syt: - (nil) 1/1 1 of 1 [- 5]; sgd: - (missing) 0/1 0 of 1 [- 7]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.Request, c.q.Window, c.q.Indicators = "m4", Window{Period: "2021-M04"}, []string{"flow"}
			c.q.Against = []string{AgainstLastYear, AgainstPrevious}
			var got []string
			for _, row := range f.rollup(t, c.q).Rows {
				key := figureKeyOf(&row)
				line := key.agency + "/" + key.place
				if key.unit != "" {
					line = key.unit + ":"
				}
				of := func(v *string) string {
					if v == nil {
						return "-"
					}
					return *v
				}
				line += " " + of(row.Value)
				if row.Mark != "" {
					line += " (" + string(row.Mark) + ")"
				}
				got = append(got, fmt.Sprintf("%s %d/%d %d of %d [%s %s]", line, row.Heard, row.Asked, row.Reports.Heard, row.Reports.Asked,
					of(row.Against[AgainstLastYear].Value), of(row.Against[AgainstPrevious].Value)))
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got\n%s, want\n%s", strings.Join(got, "; "), c.want)
			}
		})
	}
}

// TestNilIsOfTheTilesThatHaveASay: a nil report at the end says that nothing stands
// there, whatever was reported before.
func TestNilIsOfTheTilesThatHaveASay(t *testing.T) {
	h := newTimeHistory(1)
	months := h.months("1", "syt")
	h.submit(months[0], "syt", facts(num("syt", "288", "stock", "5")))
	h.submit(months[1], "syt", report.Draft{Nil: true})
	f := folded(h.events)
	q := Query{Request: "m4", Window: Window{Period: "2021-Q2"}, Indicators: []string{"flow", "stock"}}
	if got, want := table(f.rollup(t, q)), "- - flow - (blank) 1/1\n- - stock - (nil) 1/1\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAUnitIsSilentByItself: what another agency did not do says nothing about a unit.
func TestAUnitIsSilentByItself(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("bv1", "288", "w", "3")))
	h.submit("hpn", report.Draft{Nil: true})
	f := folded(h.events)
	r := f.rollup(t, Query{Request: testRequest, By: []string{ByUnit}, Indicators: []string{"ratio"}})
	if got, want := table(r), "- - ratio - unit bv1 (undefined) 1/1\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestYearsBegin: a cumulative window begins where the year of its period does, and
// one of free days where that of its last day does.
func TestYearsBegin(t *testing.T) {
	for _, c := range []struct{ period, cal, from, to string }{
		{"2021-M01", "d09", "2020-12-15", "2021-01-14"},
		{"2021-M05", "d09", "2020-12-15", "2021-05-14"},
		{"2021-Q2", "civil", "2021-01-01", "2021-06-30"},
		{"2021", "d09", "2020-12-15", "2021-12-14"},
		{"2021-03-20..2021-03-30", "d09", "2020-12-15", "2021-03-30"},
		{"2020-12-20..2021-01-03", "d09", "2020-12-15", "2021-01-03"},
		{"2020-12-20..2021-01-03", "civil", "2021-01-01", "2021-01-03"},
	} {
		cal, err := calendar.Lookup(c.cal)
		if err != nil {
			t.Fatal(err)
		}
		p, err := calendar.ParsePeriod(cal, c.period)
		if err != nil {
			t.Fatal(err)
		}
		if d := daysOf(p, true); d.from.String() != c.from || d.to.String() != c.to {
			t.Errorf("%s, %s: got %s to %s, want %s to %s", c.period, c.cal, d.from, d.to, c.from, c.to)
		}
	}
}
