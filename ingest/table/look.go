package table

import (
	"slices"
	"sort"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// kind is what a cell looks like before it is known where it stands.
type kind uint8

const (
	kindEmpty  kind = iota
	kindText        // words
	kindFigure      // a number, stored or written
	kindMark        // "-", "…", "x", an error, a formula without a value: stands where a figure would
	kindDate
)

// isFigure reports whether a cell is what stands in a column of figures.
func (k kind) isFigure() bool { return k == kindFigure || k == kindMark }

// seen is a cell as it looks.
type seen struct {
	*sheet.Cell
	kind  kind
	value decimal.Decimal // of a figure
	fine  bool            // the value has all its digits: a binary fraction may lack the last
	unit  string          // that stands behind the figure in the cell itself
}

// look is a sheet seen by kinds of cells, and by merged areas in all of its rows:
// package sheet keeps those of the upper rows only.
type look struct {
	sheet *sheet.Sheet
	rows  []int          // with something in them, ascending
	cells map[int][]seen // by row
	areas map[int][]xlsx.Range

	doubts map[int][]doubt // by row
}

// mostMerges bounds the merged areas that are looked at, and tallest the rows of
// one that are entered: what is merged further down is looked at by its first
// rows.
const (
	mostMerges = 20_000
	tallest    = 400
)

func lookAt(s *sheet.Sheet) *look {
	l := &look{sheet: s, cells: map[int][]seen{}, areas: map[int][]xlsx.Range{}}
	all := make([]seen, 0, len(s.Cells))
	for i := range s.Cells {
		c := &s.Cells[i]
		k := seen{Cell: c}
		k.kind, k.value, k.fine = kindOf(c)
		if k.kind == kindEmpty {
			continue
		}
		from := len(all)
		all = append(all, k)
		if n := len(l.rows); n > 0 && l.rows[n-1] == c.Row {
			row := l.cells[c.Row]
			l.cells[c.Row] = all[from-len(row) : from+1 : from+1]
			continue
		}
		l.rows = append(l.rows, c.Row)
		l.cells[c.Row] = all[from : from+1 : from+1]
	}
	l.readUnits()
	l.readLosses()
	l.readHabits()
	for _, m := range s.Merges[:min(len(s.Merges), mostMerges)] {
		for row := m.FirstRow; row <= min(m.LastRow, m.FirstRow+tallest); row++ {
			l.areas[row] = append(l.areas[row], m)
		}
	}
	return l
}

// kindOf tells what a cell looks like.
func kindOf(c *sheet.Cell) (kind, decimal.Decimal, bool) {
	var none decimal.Decimal
	switch c.Type {
	case xlsx.Number:
		d, _, err := decimal.FromStored(c.Text)
		if err != nil {
			return kindMark, none, false
		}
		return kindFigure, d, len(digitsOf(c.Raw)) < storedDigits
	case xlsx.Date:
		return kindDate, none, false
	case xlsx.TypeError, xlsx.Blank:
		if c.Type == xlsx.Blank && !c.NoValue {
			return kindEmpty, none, false
		}
		return kindMark, none, false
	case xlsx.Bool:
		return kindText, none, false
	}
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return kindEmpty, none, false
	}
	if len(text) > longestFigure {
		return kindText, none, false
	}
	if isDay(text) {
		return kindDate, none, false
	}
	if viet.MarkOfFigure(text) != viet.NoMark {
		return kindMark, none, false
	}
	if n, err := viet.Number(text); err == nil && n.Rest == "" && !isIndexLike(text) {
		return kindFigure, n.Value, true
	}
	return kindText, none, false
}

// readUnits takes texts for figures that have their unit behind them: "05 hộ". The
// words behind are a unit that is known, or the same in the column again and again,
// or those of another cell of the row; else it is a name that begins with a number.
func (l *look) readUnits() {
	type word struct {
		col int
		key string
	}
	often := map[word]int{}
	var found []*seen
	numbers := map[*seen]viet.Reading{}
	for _, r := range l.rows {
		cells := l.cells[r]
		for i := range cells {
			c := &cells[i]
			if c.kind != kindText || !beginsWithDigit(c.Text) || len(c.Text) > longestFigure {
				continue
			}
			n, err := viet.Number(c.Text)
			if err != nil || n.Rest == "" || strings.ContainsAny(n.Rest, "0123456789/") {
				continue
			}
			found = append(found, c)
			numbers[c] = n
			often[word{c.Col, viet.Key(n.Rest)}]++
		}
	}
	if len(found) == 0 {
		return
	}
	const again = 3
	heads := l.headsOf()
	for _, c := range found {
		n := numbers[c]
		key := viet.Key(n.Rest)
		named := slices.ContainsFunc(l.cells[c.Row], func(o seen) bool { return o.Col != c.Col && viet.Key(o.Text) == key })
		if named || IsUnit(n.Rest) || often[word{c.Col, key}] >= again || strings.Contains(heads[c.Col], " "+key+" ") {
			c.kind, c.value, c.fine, c.unit = kindFigure, n.Value, true, n.Rest
		}
	}
}

// headsOf gives the words over the first figure of each column, by key: what a figure there
// may be counted in, "12 giấy" under "Số giấy đã cấp".
func (l *look) headsOf() map[int]string {
	heads, figures := map[int]string{}, map[int]bool{}
	for _, row := range l.rows {
		cells := l.cells[row]
		for i := range cells {
			switch c := &cells[i]; {
			case c.kind == kindFigure:
				figures[c.Col] = true
			case c.kind == kindText && !figures[c.Col] && !beginsWithDigit(c.Text) && len(heads[c.Col]) < mostHead:
				heads[c.Col] += " " + viet.Key(c.Text) + " "
			}
		}
	}
	for col := range heads {
		if !figures[col] {
			delete(heads, col)
		}
	}
	return heads
}

// mostHead bounds the words that are looked at over a column, in bytes.
const mostHead = 2000

// beginsWithDigit reports whether a text begins with a digit or a loss, "-7 người". A
// blank behind the sign makes an item of a list of it: "- 6 tháng".
func beginsWithDigit(text string) bool {
	text = strings.TrimPrefix(text, "-")
	return text != "" && isDigitByte(text[0])
}

// longestFigure is the longest text that is tried as a figure or a mark.
const longestFigure = 40

// isDay reports whether a text is a day in figures: 9/5/1931, 09-05-1931.
func isDay(text string) bool {
	if len(text) < len("1/1/1931") || len(text) > len("01/01/1931") {
		return false
	}
	parts, signs, digits := 0, 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case (c == '/' || c == '-') && digits > 0 && digits < 3:
			signs++
			parts, digits = parts+1, 0
		default:
			return false
		}
	}
	return parts == 2 && signs == 2 && digits == 4
}

// isIndexLike reports whether a text is a short number in brackets: more often the
// number of a column or a footnote than a loss.
func isIndexLike(text string) bool {
	inner, ok := strings.CutPrefix(text, "(")
	return ok && len(strings.TrimSuffix(inner, ")")) <= 2
}

// storedDigits is how many digits a workbook's number has at most that a decimal
// typed by a person may have; one more, and its last may be rounded.
const storedDigits = 15

// digitsOf gives the significant digits of a number as it is spelt.
func digitsOf(text string) string {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, mantissa), "0")
}

// row gives the cells of a row within columns.
func (l *look) row(n int, cols colSpan) []seen {
	cells := l.cells[n]
	from, _ := slices.BinarySearchFunc(cells, cols.from, func(c seen, col int) int { return c.Col - col })
	to := from
	for to < len(cells) && cells[to].Col <= cols.to {
		to++
	}
	return cells[from:to]
}

// at gives the cell at an address, nil where nothing is.
func (l *look) at(row, col int) *seen {
	cells := l.cells[row]
	if len(cells) == 0 || col < cells[0].Col {
		return nil
	}
	if i := col - cells[0].Col; i < len(cells) && cells[i].Col == col { // most rows have no gaps
		return &cells[i]
	}
	i := sort.Search(len(cells), func(i int) bool { return cells[i].Col >= col })
	if i == len(cells) || cells[i].Col != col {
		return nil
	}
	return &cells[i]
}

// area gives the merged area that an address lies in.
func (l *look) area(row, col int) (xlsx.Range, bool) {
	for _, a := range l.areas[row] {
		if a.Contains(row, col) {
			return a, true
		}
	}
	return xlsx.Range{}, false
}

// isWide reports whether an address is merged over several columns.
func (l *look) isWide(row, col int) bool {
	a, ok := l.area(row, col)
	return ok && a.LastCol > a.FirstCol
}

// shown gives the cell that a person sees at an address: the cell itself or the
// first of the merged area it lies in.
func (l *look) shown(row, col int) *seen {
	if a, ok := l.area(row, col); ok {
		return l.at(a.FirstRow, a.FirstCol)
	}
	return l.at(row, col)
}

// colSpan is a run of columns, both ends included.
type colSpan struct{ from, to int }

func (s colSpan) has(col int) bool { return s.from <= col && col <= s.to }
