package aggregate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// randomTable draws a table of a few rows and columns out of a few names, so that
// tables have much in common, and now and then what is odd about papers.
func randomTable(r *rand.Rand, n int) *paper.Table {
	t := &paper.Table{File: strconv.Itoa(n / 2), Sheet: strconv.Itoa(n % 2), Area: "A1:C9", People: r.IntN(8) == 0}
	for i, k := range r.Perm(4)[:1+r.IntN(3)] {
		c := paper.Column{Key: strconv.Itoa(k), Path: []string{"c" + strconv.Itoa(k)}, Adds: r.IntN(6) > 0, Unit: randomUnit(r), Lent: r.IntN(3) == 0}
		if i > 0 && r.IntN(3) == 0 {
			c.Of = some(r, i)
		}
		t.Columns = append(t.Columns, c)
	}
	for i, k := range r.Perm(8)[:1+r.IntN(6)] {
		name := "hàng số " + strconv.Itoa(k)
		row := paper.Row{Key: name, Own: name, NameKey: name, Name: name, Level: r.IntN(3), Part: r.IntN(6) == 0, Twice: r.IntN(8) == 0, Adds: r.IntN(8) > 0, Unit: randomUnit(r), Counts: r.IntN(6) == 0, Called: r.IntN(8) == 0}
		if i > 0 && r.IntN(3) == 0 {
			row.Key = t.Rows[i-1].Key + paper.KeyStep + name
		}
		if i > 1 && r.IntN(2) == 0 {
			row.Total, row.Of = true, [][]int{{i - 2, i - 1}, some(r, i), t.Rows[i-1].Of}[r.IntN(3)]
		}
		empty := r.IntN(6) == 0 // a total that is left to whoever adds up
		t.Rows = append(t.Rows, row)
		for c := range t.Columns {
			if !empty && r.IntN(4) > 0 {
				t.Figures = append(t.Figures, paper.Figure{Row: i, Column: c, Cell: fmt.Sprintf("%c%d", 'B'+c, i+2), Value: decimal.FromInt(int64(r.IntN(5)))})
			}
		}
	}
	return t
}

// withoutTotals draws a table of the rows and columns of another that leaves its totals
// to whoever adds up.
func withoutTotals(r *rand.Rand, n int, of *paper.Table) *paper.Table {
	t := *of
	t.File, t.Sheet, t.Figures = strconv.Itoa(n/2), strconv.Itoa(n%2), nil
	for _, f := range of.Figures {
		if of.Rows[f.Row].Of == nil {
			f.Value = decimal.FromInt(int64(r.IntN(50)))
			t.Figures = append(t.Figures, f)
		}
	}
	return &t
}

// some draws some of the numbers below n, at least one: two totals may be of the same.
func some(r *rand.Rand, n int) []int {
	out := r.Perm(n)[:1+r.IntN(min(n, 3))]
	slices.Sort(out)
	return out
}

// randomUnit draws a unit, most often none.
func randomUnit(r *rand.Rand) paper.Unit {
	return unitNamed([]string{"", "", "", "", "", "đ", "trđ", "hộ", "tấn"}[r.IntN(9)])
}

// TestCollateNothingVanishes: of tables however odd each is added or said to be left
// out, every figure that adds up is in the total of its row and column, a total is
// what its sources are together, and the same tables give the same sums.
func TestCollateNothingVanishes(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		var tables []*paper.Table
		for n := range 2 + r.IntN(5) {
			next := randomTable(r, n)
			if n > 0 && r.IntN(4) == 0 {
				next = withoutTotals(r, n, tables[n-1])
			}
			tables = append(tables, next)
		}
		sums := Collate(tables)
		if spelt(sums) != spelt(Collate(tables)) {
			t.Fatalf("seed %d: the same tables give other sums", seed)
		}
		in := 0
		for i := range sums {
			in += len(sums[i].Tables)
			for _, f := range sums[i].Findings {
				if f.Code == fault.PaperTwice || f.Code == fault.PaperIsSum {
					in++
				}
			}
			if err := wholeSum(&sums[i]); err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, spelt(sums))
			}
		}
		if in != len(tables) {
			t.Fatalf("seed %d: %d tables, %d accounted for", seed, len(tables), in)
		}
	}
}

// belongs says what is wrong with a figure in a total: it does not add up, or it is
// there in another unit than where it stands itself.
func belongs(s *paper.Sum, t *paper.Total, src paper.Source) error {
	table := s.Tables[src.Table]
	f := &table.Figures[slices.IndexFunc(table.Figures, func(f paper.Figure) bool { return f.Cell == src.Cell })]
	row := slices.IndexFunc(s.Rows, func(r paper.Row) bool { return r.Key == table.Rows[f.Row].Key })
	column := slices.IndexFunc(s.Columns, func(c paper.Column) bool { return c.Key == table.Columns[f.Column].Key })
	if !s.Rows[row].Adds || !s.Columns[column].Adds {
		return fmt.Errorf("%s counts %s of table %d, a rate", s.Rows[t.Row].Name, src.Cell, src.Table)
	}
	own, _ := s.At(row, column)
	from, to := unitNamed(own.Unit), unitNamed(t.Unit)
	if !from.IsStated() || !to.IsStated() {
		return nil
	}
	value := own.Sources[slices.IndexFunc(own.Sources, func(o paper.Source) bool { return o.Table == src.Table && o.Cell == src.Cell })].Value
	if moved, err := value.Shift(from.Power - to.Power); from.Base != to.Base && (from.Measure || to.Measure) || err != nil || moved != src.Value {
		return fmt.Errorf("%s counts %s of table %d, %s%s, as %s%s", s.Rows[t.Row].Name, src.Cell, src.Table, value, from.Words, src.Value, to.Words)
	}
	return nil
}

// wholeSum says what is lacking in a sum.
func wholeSum(s *paper.Sum) error {
	rows, columns := map[string]int{}, map[string]int{}
	for i := range s.Rows {
		rows[s.Rows[i].Key] = i
	}
	for i := range s.Columns {
		columns[s.Columns[i].Key] = i
	}
	for i := range s.Totals {
		t := &s.Totals[i]
		if sum, _ := sumOfSources(t.Sources); sum != t.Value {
			return fmt.Errorf("%s is %s, its sources are %s", s.Rows[t.Row].Name, t.Value, sum)
		}
		counted := map[paper.Source]bool{}
		for _, src := range t.Sources {
			if err := belongs(s, t, src); err != nil {
				return err
			}
			if src.Value = (decimal.Decimal{}); counted[src] {
				return fmt.Errorf("%s counts %s of table %d twice", s.Rows[t.Row].Name, src.Cell, src.Table)
			}
			counted[src] = true
		}
	}
	for n, table := range s.Tables {
		for i := range table.Figures {
			f := &table.Figures[i]
			row, column := rows[table.Rows[f.Row].Key], columns[table.Columns[f.Column].Key]
			if !s.Rows[row].Adds || !s.Columns[column].Adds {
				continue
			}
			total, _ := s.At(row, column)
			times := 0
			for _, src := range total.Sources {
				if src.Table == n && src.Cell == f.Cell {
					times++
				}
			}
			if times != 1 {
				return fmt.Errorf("%s of table %d is %d times in its total", f.Cell, n, times)
			}
		}
	}
	return nil
}
