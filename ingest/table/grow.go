package table

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/viet"
)

// mostBlanks is how many empty rows in a row a table may have inside.
const mostBlanks = 2

// roomToFill is how many empty rows the form of a list may have under its head.
const roomToFill = 30

// grow takes the rows under a head that belong to it. It gives nil when there are
// none, and the head heads nothing.
func (d *discovery) grow(h head, cols colSpan, to int) *Table {
	t := &Table{look: d.look, head: h, Top: h.top, IndexRow: h.index}
	for r := h.top; r <= h.bottom; r++ {
		if r != h.codes {
			t.HeadRows = append(t.HeadRows, r)
		}
	}
	left, right := cols.to, cols.from
	for r := h.top; r <= h.bottom; r++ {
		a, b := d.extent(r, cols)
		left, right = min(left, a), max(right, b)
	}
	// A column without words at the left is one of the table where its rows have
	// names or numbers there.
	t.cols = colSpan{left, right}
	g := growth{discovery: d, Table: t, band: cols, to: to, under: map[int]bool{}}
	after := max(h.bottom, h.index, h.codes)
	t.First = after + 1
	g.run(after + 1)
	if len(g.body) == 0 {
		return nil
	}
	t.First, t.Last = g.body[0], g.body[len(g.body)-1]
	for _, r := range g.body {
		t.Lines = append(t.Lines, Line{Row: r})
		for _, c := range d.row(r, cols) {
			if c.Col < t.cols.from && t.cols.from-c.Col <= 3 {
				g.under[c.Col] = true
			}
		}
	}
	for col := range g.under { // leftmost columns without words over them
		n := 0
		for _, r := range g.body {
			if d.at(r, col) != nil {
				n++
			}
		}
		if n*3 >= len(g.body) {
			t.cols.from = min(t.cols.from, col)
		}
	}
	return t
}

// growth is the taking of rows into a table.
type growth struct {
	*discovery
	*Table
	band    colSpan
	to      int
	figures map[int]int // figures taken so far, by column
	under   map[int]bool
	body    []int
	waiting []int // rows of words, of which it is not known whether they belong
	apart   bool  // an empty row stands before or among them
	gap     int   // empty rows since the last row
}

func (g *growth) run(from int) {
	g.figures = map[int]int{}
	rows := g.discovery.rows
	i, _ := slices.BinarySearch(rows, from)
	last := from - 1
	for i < len(rows) && rows[i] <= g.to {
		r := rows[i]
		cells := g.rowIn(r)
		if len(cells) == 0 {
			i++
			continue
		}
		g.gap = r - last - 1
		if g.gap > mostBlanks && !(len(g.body)+len(g.waiting) == 0 && g.IndexRow > 0 && g.gap <= roomToFill) && !g.resumes(i) {
			break
		}
		if g.gap > 0 && g.isNames() {
			break // names of parameters and their values, and then the table
		}
		if n := g.repeats(i); n > 0 {
			for k := range n {
				g.Repeated = append(g.Repeated, rows[i+k])
			}
			i += n
			last = rows[i-1]
			continue
		}
		if n := len(g.Repeated); n > 0 && g.Repeated[n-1] == last && isIndexRow(cells) {
			g.Repeated = append(g.Repeated, r)
			last = r
			i++
			continue
		}
		if !g.take(i, r, cells) {
			break
		}
		last = r
		i++
	}
	g.settleWaiting()
}

// isNames reports whether the head is technical names only.
func (g *growth) isNames() bool {
	if len(g.HeadRows) != 1 {
		return false
	}
	for _, c := range g.rowIn(g.HeadRows[0]) {
		if c.kind != kindText || !isIdentifier(c.Text) || isHeadWord(&c) {
			return false
		}
	}
	return true
}

// rowIn gives the cells of a row in the columns of the head, and beside them in
// those of the band: names without a word over them.
func (g *growth) rowIn(r int) []seen { return g.row(r, g.band) }

// take decides on a row; false ends the table.
func (g *growth) take(i, r int, cells []seen) bool {
	first := &cells[0]
	figures := 0
	if g.hasFigures(cells) {
		for k := range cells {
			if cells[k].kind.isFigure() && !isNumbered(cells, k) && g.cols.has(cells[k].Col) {
				figures++
			}
		}
	}
	if len(g.body) == 0 && g.IndexRow == 0 && figures > 1 && g.isIndex(i, cells) {
		g.IndexRow = r
		return true
	}
	if figures > 0 {
		if (g.gap > 0 || g.apart) && len(g.body) > 0 && g.startsAnother(r, cells) {
			return false
		}
		if g.gap > 0 && len(g.body) > 0 && figures*4 < len(g.figures) && len(cells) <= 2 && EndsTable(first.Text) {
			return false
		}
		g.flush()
		g.body = append(g.body, r)
		for k := range cells {
			if cells[k].kind.isFigure() {
				g.figures[cells[k].Col]++
			}
		}
		return true
	}
	if (EndsTable(first.Text) && !g.isNamedRow(cells) || isFootnote(first.Text)) && (endsForGood(first.Text) || !g.resumes(i+1)) {
		return false
	}
	if len(g.body) > 0 && len(cells) > 1 && IsNumbering(first.Key()) {
		return false // the head of another table, which numbers its rows too
	}
	if g.gap > 0 && len(g.body)+len(g.waiting) > 0 && g.isNewHead(i, cells) {
		return false
	}
	if g.gap == 0 && len(g.body) > 0 && g.isHeadLike(cells) && len(cells) >= 3 {
		return false
	}
	g.apart = g.apart && len(g.waiting) > 0 || g.gap > 0
	g.waiting = append(g.waiting, r)
	return true
}

// resumes reports whether a row with figures goes on with the body behind empty rows
// or a note: its figures stand in the same columns, and its number or its name where
// those of the last row do. A number must be the next; without one the row has figures in
// every column that has any, for less may be of anything.
func (g *growth) resumes(i int) bool {
	rows := g.discovery.rows
	if len(g.body) < 2 || i >= len(rows) || rows[i] > g.to || rows[i]-g.body[len(g.body)-1] > roomToFill {
		return false
	}
	cells, before := g.rowIn(rows[i]), g.rowIn(g.body[len(g.body)-1])
	if isYears(cells) && len(cells) > 1 {
		return false // the head of another table
	}
	figures := 0
	for k := range cells {
		if c := &cells[k]; c.kind.isFigure() && !isNumbered(cells, k) && g.cols.has(c.Col) {
			if g.figures[c.Col] == 0 {
				return false
			}
			figures++
		}
	}
	if figures == 0 || 2*figures < len(g.figures) {
		return false
	}
	if slices.ContainsFunc(cells, func(c seen) bool { return c.kind == kindText && isPlainTotal(c.Text) }) {
		return true
	}
	first, last := &cells[0], &before[0]
	if n, numbered := countOf(last); numbered {
		next, ok := countOf(first)
		return ok && next == n+1
	}
	return figures >= len(g.figures) && first.kind == kindText && last.kind == kindText && first.Col == last.Col
}

// countOf gives the whole number that a cell counts rows by: "3", "3.".
func countOf(c *seen) (n int, ok bool) {
	n, err := strconv.Atoi(strings.Trim(c.Text, " .)("))
	return n, err == nil
}

// flush takes the waiting rows in: figures follow them.
func (g *growth) flush() {
	g.body = append(g.body, g.waiting...)
	g.waiting, g.apart = nil, false
}

// startsAnother reports whether a row with figures after a gap is the first of
// another table: words that waited are its head, standing over its figures.
func (g *growth) startsAnother(r int, cells []seen) bool {
	for _, w := range g.waiting {
		words := g.rowIn(w)
		if isIndexRow(words) || len(words) <= 2 && statedUnit(words[0].Cell) != "" || g.isHeadLike(words) {
			return true
		}
		over, figures := headed(words, cells)
		if over >= 2 || over == 1 && len(g.figures) == 1 || over == 1 && figures == 1 && len(words) > 1 && g.apart {
			return true
		}
	}
	if len(g.waiting) > 0 && isIndexRow(cells) {
		return true
	}
	return isYears(cells) && len(cells) > 1 && g.isYearHead(indexOf(g.discovery.rows, r), g.band)
}

// headed counts the figures of a row, and those of them that have words over them in
// another row.
func headed(words, cells []seen) (over, figures int) {
	for i := range cells {
		if !cells[i].kind.isFigure() || isNumbered(cells, i) {
			continue
		}
		figures++
		if slices.ContainsFunc(words, func(w seen) bool { return w.kind == kindText && w.Col == cells[i].Col }) {
			over++
		}
	}
	return over, figures
}

func indexOf(rows []int, r int) int {
	i, _ := slices.BinarySearch(rows, r)
	return i
}

// isNewHead reports whether a row of words after a gap begins something else.
func (g *growth) isNewHead(i int, cells []seen) bool {
	first := &cells[0]
	if isTitle(first.Text, len(cells) == 1) && !isHeadWord(first) && !g.isNamedRow(cells) {
		return true
	}
	if g.isHeadLike(cells) {
		return true
	}
	_, ok := g.wordHead(g.band, i, g.to)
	return ok
}

// isNamedRow reports whether a row is numbered or coded as rows of a table are.
func (g *growth) isNamedRow(cells []seen) bool {
	if len(cells) < 2 {
		return false
	}
	number := strings.Trim(cells[0].Text, ".()")
	return cells[0].Col == g.cols.from && number != "" && len(number) <= 6 && styleOf(cells[0].Text) != noStyle
}

// isFootnote reports whether a text explains a mark in the table: "(*) ...", "* ...",
// "(1) Bao gồm ...".
func isFootnote(text string) bool {
	s := strings.TrimSpace(text)
	if strings.HasPrefix(s, "*") || strings.HasPrefix(s, "(*") {
		return true
	}
	if !strings.HasPrefix(s, "(") {
		return false
	}
	inner, rest, ok := strings.Cut(s[1:], ")")
	return ok && len(inner) == 1 && len(rest) > 25
}

// settleWaiting decides on the rows of words at the end: those that follow without
// a gap and are named as rows are, with the figures left out, are rows.
func (g *growth) settleWaiting() {
	if len(g.waiting) == 0 {
		return
	}
	last := 0
	if len(g.body) > 0 {
		last = g.body[len(g.body)-1]
	}
	blank := len(g.body) == 0 // nothing is filled in: all are rows
	prev := g.First - 1
	if last > 0 {
		prev = last
	}
	for _, r := range g.waiting {
		cells := g.rowIn(r)
		if !blank && (r > prev+1 || !g.fits(cells)) {
			break
		}
		if blank && r > prev+1 && isLong(cells) {
			break
		}
		g.body = append(g.body, r)
		prev = r
	}
	g.waiting = nil
}

// isLong reports whether a row holds a paragraph.
func isLong(cells []seen) bool {
	return slices.ContainsFunc(cells, func(c seen) bool { return len(c.Text) > 150 })
}

// fits reports whether a row of words stands where those before it stand: it has
// something in the first columns, and no long text.
func (g *growth) fits(cells []seen) bool {
	if len(cells[0].Text) > 160 || isFootnote(cells[0].Text) {
		return false
	}
	if a, ok := g.area(cells[0].Row, cells[0].Col); ok && a.FirstCol <= g.cols.from && a.LastCol >= g.cols.to-1 && g.cols.to > g.cols.from+1 {
		return false // over the whole width: a note
	}
	for i := range cells {
		if !g.cols.has(cells[i].Col) {
			return false
		}
	}
	if len(cells) > 1 {
		return g.isNamedRow(cells) || cells[0].kind == kindText
	}
	// One text: as the names above it, and not at the place of signatures.
	names := 0
	for _, r := range g.body {
		if g.at(r, cells[0].Col) != nil && g.at(r, cells[0].Col).kind == kindText {
			names++
		}
	}
	return names*2 >= len(g.body)
}

// repeats gives how many rows from row i on say the head once more.
func (g *growth) repeats(i int) int {
	rows := g.discovery.rows
	if len(g.HeadRows) == 0 || len(g.body) == 0 || !g.sameWords(rows[i], g.HeadRows[0]) {
		return 0
	}
	n := 1
	for k := 1; k < len(g.HeadRows) && i+n < len(rows); k++ {
		if len(g.rowIn(g.HeadRows[k])) == 0 {
			continue
		}
		if !g.sameWords(rows[i+n], g.HeadRows[k]) {
			break
		}
		n++
	}
	for i+n < len(rows) && g.IndexRow > 0 && g.sameWords(rows[i+n], g.IndexRow) {
		n++
	}
	return n
}

// sameWords reports whether two rows say the same in the same columns.
func (g *growth) sameWords(a, b int) bool {
	return slices.EqualFunc(g.rowIn(a), g.rowIn(b), func(x, y seen) bool {
		return x.Col == y.Col && viet.Key(x.Text) == viet.Key(y.Text)
	})
}

// bareUnit looks for a unit of money that stands alone in the row right over the
// head, with no word that introduces it.
func (t *Table) bareUnit() {
	row := t.look.cells[t.Top-1]
	if len(row) != 1 || row[0].kind != kindText {
		return
	}
	if words := strings.Trim(strings.TrimSpace(row[0].Text), "()"); viet.ParseUnit(words).Base == viet.BaseMoney {
		t.Unit, t.UnitCell = words, row[0].Ref()
	}
}
