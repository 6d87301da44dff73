package outlinetest

import (
	"strings"

	"tonghop/ingest/outline"
)

// knowledge is how well a reader knows something. Who leaves it open has not
// said anything wrong.
type knowledge int

const (
	wrong knowledge = iota
	open
	right
)

func known(ok, none bool) knowledge {
	switch {
	case ok:
		return right
	case none:
		return open
	}
	return wrong
}

// figures counts the figures of a table: right where row, column and unit are,
// answered where none of them was left open. A figure where there is none is an
// answer too.
func (s *scorer) figures(w, g outline.Table, rows map[int]knowledge, columns map[string]knowledge, unit knowledge) {
	t := s.scores.of(Figures)
	type cell struct {
		row int
		col string
	}
	there := map[cell]bool{}
	for _, r := range w.Rows {
		for _, c := range w.Columns {
			if !isFigure(r, c) {
				continue
			}
			there[cell{r.Row, c.Column}] = true
			t.Gold++
			parts := parts{row: rows[r.Row], column: columns[c.Column], unit: unit}
			switch parts.worst() {
			case right:
				t.Right++
				t.Got++
			case wrong:
				t.Got++
				s.fail(Figures, c.Column+number(&r.Row), "", "wrong: "+parts.listed(wrong))
			case open:
				s.fail(Figures, c.Column+number(&r.Row), "", "open: "+parts.listed(open))
			}
		}
	}
	for _, r := range g.Rows {
		for _, c := range g.Columns {
			if isFigure(r, c) && !there[cell{r.Row, c.Column}] {
				t.Got++
				s.fail(Figures, c.Column+number(&r.Row), "", "no figure")
			}
		}
	}
}

// parts are how well the parts of a figure are known.
type parts struct{ row, column, unit knowledge }

func (p parts) worst() knowledge { return worst(p.row, p.column, p.unit) }

// listed names the parts that are known so well.
func (p parts) listed(k knowledge) string {
	var out []string
	for _, part := range []struct {
		name  string
		known knowledge
	}{{"row", p.row}, {"column", p.column}, {"unit", p.unit}} {
		if part.known == k {
			out = append(out, part.name)
		}
	}
	return strings.Join(out, ", ")
}

// worst tells how well a figure is known by what is known of its parts: it is
// open as soon as one of them is, for then somebody asks.
func worst(of ...knowledge) knowledge {
	least := right
	for _, k := range of {
		if k == open {
			return open
		}
		least = min(least, k)
	}
	return least
}

func isFigure(r outline.Row, c outline.Column) bool {
	return (r.Role == outline.RowData || r.Role == outline.RowTotal) && c.Role == outline.ColumnValue
}
