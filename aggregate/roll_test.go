package aggregate

import (
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/reporttest"
)

func valueOf(s string) report.Value { return report.NumberOf(decimal.MustParse(s)) }

func TestRollTime(t *testing.T) {
	ind := func(typ report.Type, roll report.Rolling, more ...func(*report.Indicator)) *report.Indicator {
		i := &report.Indicator{Type: typ, Scale: 1, Factor: 100, Roll: report.Roll{Time: roll}}
		for _, m := range more {
			m(i)
		}
		return i
	}
	weighed := func(i *report.Indicator) { i.Weight = "w" }
	values := func(texts ...string) (out []PeriodValue) {
		for _, s := range texts {
			var p PeriodValue
			switch s {
			case "missing":
			case "nil":
				p.Value.Kind = report.Nil
			case "yes", "no":
				p.Value = report.BoolOf(s == "yes")
			default:
				p.Value = valueOf(s)
			}
			out = append(out, p)
		}
		return out
	}
	weights := func(p []PeriodValue, texts ...string) []PeriodValue {
		for i, s := range texts {
			p[i].Weight = valueOf(s)
		}
		return p
	}
	parts := func(pairs ...string) (out []PeriodValue) {
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, PeriodValue{Num: valueOf(pairs[i]), Den: valueOf(pairs[i+1])})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		ind     *report.Indicator
		periods []PeriodValue
		want    string
		mark    report.Mark
	}{
		{"what flows adds", ind(report.TypeInt, report.RollSum), values("3", "4", "5"), "12", ""},
		{"a stock at the end is the last", ind(report.TypeInt, report.RollLast), values("60", "98"), "98", ""},
		{"a stock at the beginning is the first", ind(report.TypeInt, report.RollFirst), values("60", "98"), "60", ""},
		{"a period without a figure takes no part", ind(report.TypeInt, report.RollLast), values("60", "nil", "missing"), "60", ""},
		{"the mean is rounded once, half to even", ind(report.TypeDec, report.RollMean), values("1", "1.5"), "1.2", ""},
		{"a weighted mean", ind(report.TypeDec, report.RollMean, weighed), weights(values("1", "2"), "3", "1"), "1.2", ""},
		{"a mean whose weight is not known", ind(report.TypeDec, report.RollMean, weighed), weights(values("1", "2"), "3"), "", report.MarkUndefined},
		{"a ratio from the sums of its parts", ind(report.TypeDec, report.RollRatio), parts("13", "20", "2", "4"), "62.5", ""},
		{"a ratio without a denominator", ind(report.TypeDec, report.RollRatio), parts("13", "0", "1", "0"), "", report.MarkUndefined},
		{"people are not added over time", ind(report.TypeInt, report.RollNone), values("3", "4"), "", report.MarkNotAdditive},
		{"one figure is itself", ind(report.TypeInt, report.RollNone), values("missing", "4"), "4", ""},
		{"all of them", ind(report.TypeBool, ""), values("yes", "no"), "false", ""},
		{"any of them", ind(report.TypeBool, report.RollAny), values("yes", "no"), "true", ""},
		{"nothing occurred in any", ind(report.TypeInt, report.RollSum), values("nil", "missing"), "", report.MarkNil},
		{"nothing is known", ind(report.TypeInt, report.RollSum), values("missing"), "", report.MarkMissing},
		{"a sum too large is refused", ind(report.TypeInt, report.RollSum), values("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"), "", report.MarkOverflow},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, mark := RollTime(c.ind, c.periods)
			if v.String() != c.want || mark != c.mark {
				t.Errorf("got %q (%s), want %q (%s)", v, mark, c.want, c.mark)
			}
		})
	}
}

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
