package aggregate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"tonghop/report"
	"tonghop/report/calendar"
)

// boundedOf spells the bounds of rows in short.
func boundedOf(r *Rollup) string {
	var out []string
	for _, row := range r.Rows {
		if b := row.Bounds; b != nil {
			out = append(out, fmt.Sprintf("%s%s%s=%s..%s/%d,%d", orNothing(row.Agency), orNothing(row.Group), orNothing(row.Place), b.Low, b.High, b.Agencies, b.Unknown))
		}
	}
	return strings.Join(out, " ")
}

// TestBounds: a sum lies between itself with the least and with the most that those missing
// reported in their last periods.
func TestBounds(t *testing.T) {
	r := mapRegister("2024-03-31", "30")
	place, other := r.Places[2].Code, r.Places[3].Code
	w := newMapWorld(r)
	period := func(code, key string, figures map[string][]report.Fact) {
		w.request(code, key, "2024-03-31")
		for _, agency := range []string{"a", "b"} {
			if facts, heard := figures[agency]; heard {
				w.submit(code, agency, facts...)
			}
		}
	}
	of := func(agency, place, value string) report.Fact { return num(agency, place, "sum", value) }
	period("q1", "2023-Q1", map[string][]report.Fact{"a": {of("a", place, "9")}, "b": {of("b", place, "5"), of("b", other, "3")}})
	period("q2", "2023-Q2", map[string][]report.Fact{"a": {of("a", place, "9")}, "b": {of("b", place, "7")}})
	period("q3", "2023-Q3", map[string][]report.Fact{"a": {of("a", place, "9")}}) // b was silent
	period("month", "2023-M12", map[string][]report.Fact{"b": {of("b", place, "1000")}})
	period("now", "2024-Q1", map[string][]report.Fact{"a": {of("a", place, "10"), of("a", other, "1")}})
	period("later", "2024-Q2", map[string][]report.Fact{"b": {of("b", place, "2000")}})
	q := Query{Request: "now", Indicators: []string{"sum"}, Bounds: true}
	for by, want := range map[string]string{
		"":       "=18..19/1,0", // 11, and 7 or 5+3 of b
		ByPlace:  place + "=15..17/1,0 " + other + "=1..4/1,0",
		ByAgency: "b=7..8/1,0",
		ByGroup:  "b=7..8/1,0",
	} {
		q.By = strings.FieldsFunc(by, func(r rune) bool { return r == ',' })
		if got := boundedOf(w.rollup(t, q)); got != want {
			t.Errorf("by %q: %q, want %q", by, got, want)
		}
	}
	q.By = nil
	q.Request = "q1" // nothing came before
	if got := boundedOf(w.rollup(t, q)); got != "" {
		t.Errorf("nobody is missing in q1, and %q", got)
	}
	w.request("first", "2022-Q1", "2024-03-31")
	q.Request = "first"
	if got := boundedOf(w.rollup(t, q)); got != "=0..0/0,2" {
		t.Errorf("nothing came before: %q", got)
	}
	q.Request, q.Indicators = "now", []string{"mean", "max", "ratio", "text", "none"}
	if got := boundedOf(w.rollup(t, q)); got != "" {
		t.Errorf("what does not add up has bounds: %q", got)
	}
	for name, bad := range map[string]Query{
		"a window":    {Request: "now", Bounds: true, Window: Window{Period: "2023"}},
		"another map": {Request: "now", Bounds: true, Map: MapView{On: calendar.MustDate("2025-07-01")}},
	} {
		if _, err := w.state.Rollup(&w.ledger, bad); err == nil {
			t.Errorf("bounds of %s are given", name)
		}
	}
}

// TestBoundsHold: had the missing agency reported what it did in any period before, the sum
// would lie within the bounds; and in two of them on either end.
func TestBoundsHold(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 3))
		r := mapRegister("2024-03-31", "30")
		w := newMapWorld(r)
		periods := 1 + rng.IntN(boundPeriods)
		var totals []int
		for n := range periods {
			code := fmt.Sprintf("p%d", n)
			w.request(code, fmt.Sprintf("%d", 2010+n), "2024-03-31")
			sum := 0
			var facts []report.Fact
			for _, p := range r.Places[:6] {
				if rng.IntN(3) > 0 {
					v := rng.IntN(2000) - 500
					sum += v
					facts = append(facts, num("b", p.Code, "sum", strconv.Itoa(v)))
				}
			}
			w.submit(code, "b", facts...)
			totals = append(totals, sum)
		}
		w.request("now", fmt.Sprintf("%d", 2010+periods), "2024-03-31")
		w.submit("now", "a", num("a", r.Places[1].Code, "sum", "100"))
		row := w.rollup(t, Query{Request: "now", Indicators: []string{"sum"}, Bounds: true}).Rows[0]
		low, high := 100+totals[0], 100+totals[0]
		for _, v := range totals {
			low, high = min(low, 100+v), max(high, 100+v)
		}
		if row.Bounds == nil || row.Bounds.Low != strconv.Itoa(low) || row.Bounds.High != strconv.Itoa(high) {
			t.Errorf("seed %d: %+v, want %d to %d", seed, row.Bounds, low, high)
		}
	}
}
