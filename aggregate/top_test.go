package aggregate

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"tonghop/report"
	"tonghop/report/fault"
)

// oracleTop takes the greatest or the least of rows that are given, by counting for each how
// many are beyond it.
func oracleTop(def *report.Definition, rows []Row, n int, least bool, by func(*Row) *string) (out []string) {
	for i := range def.Indicators {
		ind := &def.Indicators[i]
		if ind.Type != report.TypeInt && ind.Type != report.TypeDec {
			continue
		}
		var have []*Row
		var values []*big.Rat
		aside := 0
		for k := range rows {
			if rows[k].Indicator != ind.Code {
				continue
			}
			if v := by(&rows[k]); v != nil {
				x, _ := new(big.Rat).SetString(*v)
				have, values = append(have, &rows[k]), append(values, x)
			} else {
				aside++
			}
		}
		var kept []string
		for rank := 1; rank <= n; rank++ {
			for k := range have {
				beyond := 0
				for _, other := range values {
					if c := other.Cmp(values[k]); least && c < 0 || !least && c > 0 {
						beyond++
					}
				}
				if beyond == rank-1 {
					kept = append(kept, fmt.Sprintf("%d %+v %s", rank, figureKeyOf(have[k]), *by(have[k])))
				}
			}
		}
		out = append(out, kept...)
		if len(have)+aside > 0 {
			out = append(out, fmt.Sprintf("%s: %d of %d, %d aside", ind.Code, len(kept), len(have), aside))
		}
	}
	return out
}

// topText spells what a top gives as the oracle does.
func topText(r *Rollup, by func(*Row) *string) (out []string) {
	rows := r.Rows
	for _, ind := range r.Ranked.Indicators {
		for range ind.Kept {
			out = append(out, fmt.Sprintf("%d %+v %s", rows[0].Rank, figureKeyOf(&rows[0]), *by(&rows[0])))
			rows = rows[1:]
		}
		out = append(out, fmt.Sprintf("%s: %d of %d, %d aside", ind.Indicator, ind.Kept, ind.Of, ind.Aside))
	}
	if len(rows) > 0 {
		out = append(out, "rows of no indicator")
	}
	return out
}

// TestTopAgainstOracle: the rows of a top are those of the same question without it that have
// the fewest others beyond them, whatever else is asked: filters, times, comparisons, bounds.
func TestTopAgainstOracle(t *testing.T) {
	tops := 0
	for seed := range seeds(t, 40) {
		h := randomTimeHistory(seed, 15)
		f := folded(h.events)
		for range 4 {
			q := Query{Request: h.asks[0].Code, By: [][]string{nil, {ByAgency}, {ByPlace}, {ByAgency, ByPlace}, {ByUnit}, {ByGroup}}[h.rng.IntN(6)]}
			with := ""
			if h.chance(1, 2) {
				q.Window = overWindows[h.rng.IntN(len(overWindows))]
			}
			if h.chance(1, 2) {
				with = h.pick(AgainstPrevious, AgainstLastYear)
				q.Against = []string{with}
			}
			if h.chance(1, 4) {
				q.Places = []string{"288"}
			}
			q.Bounds = q.Window == Window{} && h.chance(1, 2)
			all, err := f.state.Rollup(&f.ledger, q)
			if err != nil {
				continue // nothing lies in this time
			}
			q.Top = Top{N: 1 + h.rng.IntN(4), Least: h.chance(1, 2)}
			by := func(r *Row) *string { return r.Value }
			if what := h.pick("", "difference", "index", "growth"); with != "" && what != "" {
				q.Top.By = with + "." + what
				by = func(r *Row) *string {
					a := r.Against[with]
					return map[string]*string{"difference": a.Difference, "index": a.Index, "growth": a.Growth}[what]
				}
			}
			r, err := f.state.Rollup(&f.ledger, q)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := topText(r, by), oracleTop(r.Definition, all.Rows, q.Top.N, q.Top.Least, by); !slices.Equal(got, want) {
				t.Fatalf("seed %d, %+v: got\n%q\nwant\n%q", seed, q, got, want)
			}
			tops += len(r.Rows)
		}
	}
	if tops < 1000 && *seedFlag == 0 {
		t.Errorf("only %d rows were kept", tops)
	}
}

// TestTop: those alike stay, those without a figure take no place, and what has no order is
// refused where it is asked for.
func TestTop(t *testing.T) {
	h := newHistory(1)
	h.submit("syt", facts(num("syt", "288", "sum", "3"), num("syt", "290", "sum", "-1")))
	h.submit("sgd", facts(num("sgd", "290", "sum", "2")))
	h.submit("hpn", report.Draft{Nil: true})
	f := folded(h.events)
	q := Query{Request: testRequest, By: []string{ByAgency}, Indicators: []string{"sum"}, Top: Top{N: 1}}
	rollup := func() *Rollup {
		t.Helper()
		r, err := f.state.Rollup(&f.ledger, q)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if got := table(rollup()); got != "syt - sum 2 1/1\nsgd - sum 2 1/1\n" { // 3 - 1, and 2
		t.Errorf("got %s", got)
	}
	q.Top.Least = true
	r := rollup()
	if of := r.Ranked.Indicators[0]; len(r.Rows) != 2 || of != (RankedFigures{"sum", 2, 2, 2}) {
		t.Errorf("the least are %s, %+v", table(r), of)
	}
	q.By, q.Top = []string{ByAgency, ByPlace}, Top{N: 2}
	if got := table(rollup()); got != "syt 288 sum 3 1/1\nsgd 290 sum 2 1/1\n" {
		t.Errorf("got %s", got)
	}
	q.Search = []string{"chi linh"}
	if got := table(rollup()); got != "sgd 290 sum 2 1/1\nsyt 290 sum -1 1/1\n" {
		t.Errorf("of those found %s", got)
	}
	q.Search, q.Indicators, q.By = nil, nil, []string{ByAgency}
	if got := rollup().Ranked.Unordered; !slices.Equal(got, []string{"all", "any", "text"}) {
		t.Errorf("without order: %q", got)
	}
	for name, c := range map[string]Query{
		"none":                         {Top: Top{N: -1}},
		"least of no number":           {Top: Top{Least: true}},
		"a text":                       {Top: Top{N: 1}, Indicators: []string{"sum", "text"}},
		"yes or no":                    {Top: Top{N: 1}, Indicators: []string{"all"}},
		"nothing is compared":          {Top: Top{N: 1, By: "previous.index"}},
		"compared with something else": {Top: Top{N: 1, By: "previous.index"}, Against: []string{AgainstLastYear}},
		"by what it was":               {Top: Top{N: 1, By: "previous.value"}, Against: []string{AgainstPrevious}},
	} {
		c.Request, c.By = testRequest, []string{ByAgency}
		if _, err := f.state.Rollup(&f.ledger, c); !errors.Is(err, fault.ParameterWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
