package table

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// doubt is a figure written in a way that two habits read differently: "1,234".
type doubt struct {
	col          int
	first, other decimal.Decimal // by Vietnamese rule, and by English habit
}

// readHabits decides what texts such as "1,234" are by the other texts of their
// column. Where these do not tell, the figure is taken by Vietnamese rule and the
// doubt is kept.
func (l *look) readHabits() {
	habits := map[int]viet.Habit{}
	type unsure struct {
		*seen
		reading viet.Reading
	}
	var open []unsure
	for _, r := range l.rows {
		cells := l.cells[r]
		for i := range cells {
			c := &cells[i]
			if c.kind != kindFigure || c.Type != xlsx.String || !strings.ContainsAny(c.Text, ".,．，") {
				continue
			}
			n, err := viet.Number(c.Text)
			if err != nil {
				continue
			}
			if n.Ambiguous {
				open = append(open, unsure{c, n})
			} else {
				habits[c.Col] = habits[c.Col].And(n.Habit)
			}
		}
	}
	for _, u := range open {
		if d, ok := u.reading.By(habits[u.Col]); ok {
			u.value = d
			continue
		}
		if l.doubts == nil {
			l.doubts = map[int][]doubt{}
		}
		l.doubts[u.Row] = append(l.doubts[u.Row], doubt{u.Col, u.reading.Value, u.reading.Other})
	}
}

// Doubt gives the two readings of a figure of the body that neither its text nor
// its column decides, and false for any other cell. Its value is the first.
func (t *Table) Doubt(row, col int) (first, other decimal.Decimal, ok bool) {
	for _, d := range t.look.doubts[row] {
		if d.col == col {
			return d.first, d.other, true
		}
	}
	return first, other, false
}

// settleDoubts drops the doubts of figures that a sum proves: one that closes with the
// figure as it was read, and has figures in no doubt that are not nought together: the
// other reading would leave them behind.
func (t *Table) settleDoubts() {
	if len(t.look.doubts) == 0 {
		return
	}
	proven := map[ref]bool{}
	for i := range t.Lines {
		for k := range t.Cols {
			t.proveBy(proven, t.ofRow(&t.Lines[i], t.Cols[k].Col))
			t.proveBy(proven, t.ofColumn(&t.Cols[k], t.Lines[i].Row))
		}
	}
	for row, doubts := range t.look.doubts {
		t.look.doubts[row] = slices.DeleteFunc(doubts, func(d doubt) bool { return proven[ref{row, d.col}] })
	}
}

// ofRow gives a total and its parts in a column, none where a row is no total.
func (t *Table) ofRow(l *Line, col int) []ref {
	if l.Sum == nil {
		return nil
	}
	cells := []ref{{l.Row, col}}
	for _, row := range l.Sum {
		cells = append(cells, ref{row, col})
	}
	return cells
}

// ofColumn gives a total and its parts in a row, none where a column is no total.
func (t *Table) ofColumn(c *Col, row int) []ref {
	if c.Sum == nil {
		return nil
	}
	cells := []ref{{row, c.Col}}
	for _, col := range c.Sum {
		cells = append(cells, ref{row, col})
	}
	return cells
}

// proveBy notes the cells of a total and its parts, in this order, where they prove each
// other.
func (t *Table) proveBy(proven map[ref]bool, cells []ref) {
	if len(cells) < 2 {
		return
	}
	var sum, known decimal.Decimal // of all, and of those that are in no doubt
	for i, at := range cells {
		c := t.look.at(at.row, at.col)
		if c == nil || c.kind != kindFigure {
			if i == 0 || c != nil && c.kind != kindMark {
				return
			}
			continue
		}
		value := c.value
		if i == 0 {
			value = value.Neg()
		}
		var err1, err2 error
		sum, err1 = sum.Add(value)
		if _, _, doubtful := t.Doubt(at.row, at.col); !doubtful {
			known, err2 = known.Add(value)
		}
		if err1 != nil || err2 != nil {
			return
		}
	}
	if !known.IsZero() && sum.IsZero() {
		for _, at := range cells {
			proven[at] = true
		}
	}
}
