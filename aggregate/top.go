package aggregate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/report"
	"tonghop/report/decimal"
)

// Top asks for the rows with the greatest figures of each indicator, or the least. The zero
// Top is all rows, as they come. Rows with the same figure as the last one stay too: which of
// them the register names first says nothing about them.
type Top struct {
	N     int  // of each indicator; 0: all rows
	Least bool // the least ones
	// By is what orders them: empty for the figure itself, or a comparison of
	// [Query.Against] and "difference", "index" or "growth" of it, as "plan.index".
	By string
}

// Ranked says what a [Top] was taken from. Rows without a figure are not nought: they take no
// place and stand aside (law 8).
type Ranked struct {
	Top        int             `json:"top"`
	Least      bool            `json:"least,omitempty"`
	By         string          `json:"by,omitempty"` // as [Top.By]
	Indicators []RankedFigures `json:"indicators"`   // in the order of the definition
	// Unordered names the indicators that have no order, texts and yes or no. They are
	// refused where they are asked for by code.
	Unordered []string `json:"unordered,omitempty"`
}

// RankedFigures counts the rows of an indicator.
type RankedFigures struct {
	Indicator string `json:"indicator"`
	Kept      int    `json:"kept"`  // more than asked for where several are alike
	Of        int    `json:"of"`    // rows that could be ordered
	Aside     int    `json:"aside"` // rows with nothing to order them by
}

// ranking is how rows are ordered; of nothing where they stay as they come.
type ranking struct {
	Top
	with, what string // of a comparison
}

// ranking reads what is asked for.
func (q *Query) ranking() (ranking, error) {
	t := q.Top
	switch {
	case t == Top{}:
		return ranking{}, nil
	case t.N < 1:
		return ranking{}, wrongParameter("top", strconv.Itoa(t.N), "số dòng cần lấy, từ 1", "how many rows, from 1")
	case t.By == "":
		return ranking{Top: t}, nil
	}
	with, what, _ := strings.Cut(t.By, ".")
	if !slices.Contains(q.Against, with) || !slices.Contains(orders, what) {
		var choices []string
		for _, with := range q.Against {
			for _, what := range orders {
				choices = append(choices, with+"."+what)
			}
		}
		all := strings.Join(choices, ", ")
		if all == "" {
			return ranking{}, wrongParameter("topBy", t.By, "trống, vì không so với gì", "nothing, for nothing is compared")
		}
		return ranking{}, wrongParameter("topBy", t.By, "trống hoặc một trong: "+all, "nothing or one of: "+all)
	}
	return ranking{t, with, what}, nil
}

// orders are what a comparison can order rows by.
var orders = []string{"difference", "index", "growth"}

// rank keeps the rows with the greatest figures of each indicator, in their order.
func (r *Rollup) rank(q *Query, by *ranking) error {
	if by.N == 0 {
		return nil
	}
	out := &Ranked{Top: by.N, Least: by.Least, By: by.By, Indicators: []RankedFigures{}}
	rows := map[string][]int{}
	for i := range r.Rows {
		rows[r.Rows[i].Indicator] = append(rows[r.Rows[i].Indicator], i)
	}
	all := r.Rows
	r.Rows = []Row{}
	for i := range r.Definition.Indicators {
		ind := &r.Definition.Indicators[i]
		switch {
		case len(q.Indicators) > 0 && !slices.Contains(q.Indicators, ind.Code):
		case ind.IsNumber():
			if of := rows[ind.Code]; len(of) > 0 {
				kept, ranked := by.best(all, of)
				r.Rows, out.Indicators = append(r.Rows, kept...), append(out.Indicators, ranked)
			}
		case len(q.Indicators) > 0:
			return wrongParameter("indicator", ind.Code, "chỉ tiêu là số, chữ và có/không không xếp thứ tự được", "an indicator in numbers: texts and yes or no have no order")
		default:
			out.Unordered = append(out.Unordered, ind.Code)
		}
	}
	r.Ranked = out
	return nil
}

// best gives the rows to keep of those of one indicator.
func (o *ranking) best(rows []Row, at []int) (kept []Row, of RankedFigures) {
	of.Indicator = rows[at[0]].Indicator
	type figure struct {
		row int
		by  decimal.Decimal
	}
	figures := make([]figure, 0, len(at))
	for _, i := range at {
		if text := o.of(&rows[i]); text != nil {
			if d, err := decimal.Parse(*text); err == nil {
				figures = append(figures, figure{i, d})
			}
		}
	}
	of.Of, of.Aside = len(figures), len(at)-len(figures)
	slices.SortFunc(figures, func(a, b figure) int {
		c := b.by.Cmp(a.by)
		if o.Least {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(a.row, b.row)) // those alike as they came
	})
	for i, f := range figures {
		row := &rows[f.row]
		row.Rank = i + 1
		if i > 0 && f.by.Cmp(figures[i-1].by) == 0 {
			row.Rank = kept[i-1].Rank
		}
		if row.Rank > o.N {
			break
		}
		kept = append(kept, *row)
	}
	of.Kept = len(kept)
	return kept, of
}

// of gives what a row is ordered by; nil where there is nothing.
func (o *ranking) of(r *Row) *string {
	if o.with == "" {
		return r.Value
	}
	a := r.Against[o.with]
	switch o.what {
	case "difference":
		return a.Difference
	case "index":
		return a.Index
	}
	return a.Growth
}

// Words says which rows are kept, as a heading does: "10 số liệu lớn nhất".
func (r *Ranked) Words() report.Text {
	with, what, _ := strings.Cut(r.By, ".")
	than := AgainstWords(with)
	vi, one, many := "số liệu", "figure", "figures"
	switch what {
	case "difference":
		vi, one, many = "mức tăng giảm so với "+than.VI, "difference from "+than.EN, "differences from "+than.EN
	case "index":
		vi, one, many = "tỷ lệ % so với "+than.VI, "share in % of "+than.EN, "shares in % of "+than.EN
	case "growth":
		vi, one, many = "tốc độ tăng so với "+than.VI, "rate of growth over "+than.EN, "rates of growth over "+than.EN
	}
	n := strconv.Itoa(r.Top)
	end, begin := " lớn nhất", "the greatest "
	if r.Least {
		end, begin = " nhỏ nhất", "the least "
	}
	if r.Top == 1 {
		return report.Text{VI: n + " " + vi + end, EN: begin + one}
	}
	return report.Text{VI: n + " " + vi + end, EN: begin + n + " " + many}
}
