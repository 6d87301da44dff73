package table

import (
	"strings"
	"unicode"

	"tonghop/ingest/viet"
)

// readLosses takes short numbers in brackets, "(83)", for losses where they stand among
// figures: behind a name, in a column with other figures, and with a figure before them in
// the column or in the row. In a row of numbers of columns, "(1) (2) (3)", and in a column of
// numbers of rows they are none.
func (l *look) readLosses() {
	figures, losses, long := map[int]int{}, map[int]int{}, map[int]bool{}
	var found []*seen
	for _, r := range l.rows {
		cells := l.cells[r]
		for i := range cells {
			switch c := &cells[i]; {
			case c.kind == kindFigure:
				figures[c.Col]++
				long[c.Col] = long[c.Col] || strings.HasPrefix(strings.TrimSpace(c.Text), "(")
			case c.kind == kindText && isIndexLike(c.Text) && l.isNamed(c) && !l.numbersColumns(r):
				found = append(found, c)
				losses[c.Col]++
			}
		}
	}
	const fewest = 3
	before := map[int]bool{} // columns that had a loss
	for _, c := range found {
		if figures[c.Col] == 0 || figures[c.Col]+losses[c.Col] < fewest {
			continue
		}
		n, err := viet.Number(c.Text)
		if err != nil || n.Rest != "" {
			continue
		}
		if long[c.Col] || before[c.Col] || l.hasFigure(c.Row) || l.hasFigureAbove(c) {
			c.kind, c.value, c.fine = kindFigure, n.Value, true
			before[c.Col] = true
		}
	}
}

// isNamed reports whether words stand before a cell in its row.
func (l *look) isNamed(c *seen) bool {
	for i := range l.cells[c.Row] {
		o := &l.cells[c.Row][i]
		if o.Col >= c.Col {
			return false
		}
		if o.kind == kindText && letters(o.Text) > 1 {
			return true
		}
	}
	return false
}

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// numbersColumns reports whether a row holds numbers in brackets that follow one another.
func (l *look) numbersColumns(row int) bool {
	before := ""
	for i := range l.cells[row] {
		c := &l.cells[row][i]
		if c.kind != kindText || !isIndexLike(c.Text) {
			continue
		}
		if before != "" && follows(before, c.Text) {
			return true
		}
		before = c.Text
	}
	return false
}

// follows reports whether of two numbers in brackets the second is one more.
func follows(a, b string) bool {
	x, err1 := viet.Number(a)
	y, err2 := viet.Number(b)
	if err1 != nil || err2 != nil {
		return false
	}
	more, err := x.Value.Sub(y.Value) // both are losses as they are read
	return err == nil && more.String() == "1"
}

// hasFigure reports whether a row has a figure that does not number it.
func (l *look) hasFigure(row int) bool {
	named := false
	for i := range l.cells[row] {
		c := &l.cells[row][i]
		named = named || c.kind == kindText && letters(c.Text) > 1
		if named && c.kind == kindFigure {
			return true
		}
	}
	return false
}

// hasFigureAbove reports whether a figure stands right over a cell.
func (l *look) hasFigureAbove(c *seen) bool {
	o := l.at(c.Row-1, c.Col)
	return o != nil && o.kind == kindFigure
}
