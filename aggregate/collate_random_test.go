package aggregate

import (
	"fmt"
	"math/rand/v2"
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
		c := paper.Column{Key: strconv.Itoa(k), Path: []string{"c" + strconv.Itoa(k)}, Adds: r.IntN(6) > 0}
		if i > 0 && r.IntN(3) == 0 {
			c.Of = []int{i - 1}
		}
		t.Columns = append(t.Columns, c)
	}
	for i, k := range r.Perm(8)[:1+r.IntN(6)] {
		name := "hàng số " + strconv.Itoa(k)
		row := paper.Row{Key: name, Own: name, NameKey: name, Name: name, Level: r.IntN(3), Part: r.IntN(6) == 0, Twice: r.IntN(8) == 0, Adds: r.IntN(8) > 0}
		if i > 0 && r.IntN(3) == 0 {
			row.Key = t.Rows[i-1].Key + paper.KeyStep + name
		}
		if i > 1 && r.IntN(3) == 0 {
			row.Total, row.Of = true, []int{i - 2, i - 1}
		}
		t.Rows = append(t.Rows, row)
		for c := range t.Columns {
			if r.IntN(4) > 0 {
				t.Figures = append(t.Figures, paper.Figure{Row: i, Column: c, Cell: fmt.Sprintf("%c%d", 'B'+c, i+2), Value: decimal.FromInt(int64(r.IntN(5)))})
			}
		}
	}
	return t
}

// TestCollateNothingVanishes: of tables however odd each is added or said to be left
// out, every figure that adds up is in the total of its row and column, a total is
// what its sources are together, and the same tables give the same sums.
func TestCollateNothingVanishes(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		var tables []*paper.Table
		for n := range 2 + r.IntN(5) {
			tables = append(tables, randomTable(r, n))
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
