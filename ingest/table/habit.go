package table

import (
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
