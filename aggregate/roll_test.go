package aggregate

import (
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/reporttest"
)

func valueOf(s string) report.Value { return report.NumberOf(decimal.MustParse(s)) }

// TestExactFractions: a decimal goes through fractions unchanged, and is rounded
// as the decimal itself rounds.
func TestExactFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := reporttest.AnyDecimal().Draw(t, "d")
		scale := rapid.IntRange(0, decimal.MaxScale).Draw(t, "scale")
		if got, err := roundHalfEven(ratOf(d), decimal.MaxScale); err != nil || got != d {
			t.Fatalf("got %s, %v; want %s", got, err, d)
		}
		if got, err := roundHalfEven(ratOf(d), scale); err != nil || got != d.Round(scale, decimal.HalfEven) {
			t.Fatalf("at %d decimals: got %s, %v; want %s", scale, got, err, d.Round(scale, decimal.HalfEven))
		}
	})
}

// TestOverflowIsRefused: a total that does not fit is marked, and comes back
// when what was too much is taken out again (law 5).
func TestOverflowIsRefused(t *testing.T) {
	const most = "99999999999999999999999999999999999999"
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", most)))
	h.submit("sgd", facts(num("sgd", "288", "sum", most)))
	f := folded(h.events)
	total := func() Row {
		r, err := f.state.Rollup(&f.ledger, Query{Request: testRequest, Indicators: []string{"sum"}})
		if err != nil {
			t.Fatal(err)
		}
		return r.Rows[0]
	}
	if row := total(); row.Value != nil || row.Mark != report.MarkOverflow || row.Given != 2 {
		t.Errorf("got %+v, want an overflow of two figures", row)
	}
	f.take(h.submit("sgd", facts(num("sgd", "288", "sum", "0"))))
	for _, e := range h.events[len(h.events)-3:] {
		f.take(e)
	}
	if row := total(); row.Value == nil || *row.Value != most {
		t.Errorf("got %+v, want %s", row, most)
	}
}
