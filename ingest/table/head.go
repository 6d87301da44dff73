package table

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
)

// head is a block of rows that may head a table.
type head struct {
	top, bottom int
	index       int // row of column numbers, 0 without
	codes       int // row of technical names, 0 without
}

// headOver finds the head over the first row of figures, or over a row of column
// numbers: its bottom is the lowest row above that has words over those columns, and is not
// numbered as the row before, "1" over "2": a row in whose cell words stand, "khoảng 120".
func (d *discovery) headOver(cols colSpan, from, row int, under []int) (head, bool) {
	i, _ := slices.BinarySearch(d.rows, row)
	numbered := -1
	for k := i - 1; k >= 0 && d.rows[k] >= from && d.rows[k] >= row-headReach; k-- {
		r := d.rows[k]
		cells := d.row(r, cols)
		if len(cells) == 0 || d.isAcross(cells, row, cols) {
			continue
		}
		over := 0
		for _, col := range under {
			if c := d.shown(r, col); c != nil && (c.kind == kindText || c.kind == kindFigure && d.isYearHead(indexOf(d.rows, c.Row), cols)) && d.reaches(c, r) {
				over++
			}
		}
		if over == 0 {
			continue
		}
		if numbered < 0 && d.isNumberedBefore(r, row, cols) {
			numbered = k
			continue
		}
		return d.headAt(cols, from, k, row)
	}
	if numbered >= 0 {
		return d.headAt(cols, from, numbered, row)
	}
	return head{}, false
}

// isNumberedBefore reports whether a row begins with the number before that of another, and
// has a name behind it.
func (d *discovery) isNumberedBefore(r, row int, cols colSpan) bool {
	cells := d.row(r, cols)
	if len(cells) < 3 || cells[0].kind != kindFigure || cells[1].kind != kindText {
		return false
	}
	next := d.at(row, cells[0].Col)
	if next == nil || next.kind != kindFigure {
		return false
	}
	n, whole := cells[0].value.Int64()
	m, also := next.value.Int64()
	return whole && also && m == n+1
}

// isAcross reports whether all that a row says is merged from where another row
// begins over what it has further right: the name of a section, or a title.
func (d *discovery) isAcross(cells []seen, row int, cols colSpan) bool {
	other := d.row(row, cols)
	if len(cells) != 1 || len(other) < 2 {
		return false
	}
	a, merged := d.area(cells[0].Row, cells[0].Col)
	return merged && a.FirstCol <= other[0].Col && a.LastCol > other[0].Col && a.FirstRow == a.LastRow
}

// reaches reports whether words belong to a row: they stand in it, or in a merged
// area that ends in it.
func (d *discovery) reaches(c *seen, row int) bool {
	if c.Row == row {
		return true
	}
	a, ok := d.area(c.Row, c.Col)
	return ok && a.LastRow == row
}

// headAt makes a head of rows that end in row k of the list.
func (d *discovery) headAt(cols colSpan, from, k, before int) (head, bool) {
	bottom := d.rows[k]
	for _, a := range d.areas[bottom] { // what is merged down belongs to the head
		if cols.has(a.FirstCol) && a.LastRow < before && a.LastRow-bottom < mostHeadRows && d.at(a.FirstRow, a.FirstCol) != nil {
			bottom = max(bottom, a.LastRow)
		}
	}
	h := head{top: d.rows[k], bottom: d.otherLanguage(bottom, before, cols)}
	if d.isCodes(d.row(h.top, cols)) && k > 0 && d.rows[k-1] >= from && d.rows[k-1] == h.top-1 && !d.isAlone(d.rows[k-1], cols) {
		// Technical names between the words and the figures.
		h.codes = h.top
		k--
		h.top, h.bottom = d.rows[k], d.rows[k]
	}
	h.top = d.headTop(cols, from, h.top, h.bottom)
	if h.codes == 0 {
		if above := h.top - 1; above >= from && d.isCodes(d.row(above, cols)) {
			h.codes = above
		}
	}
	if h.codes == 0 && h.top < h.bottom && d.isCodes(d.row(h.top, cols)) {
		h.codes = h.top
		h.top++
	}
	words := map[*seen]bool{}
	for r := h.top; r <= h.bottom; r++ {
		for _, c := range d.row(r, cols) {
			words[d.shown(r, c.Col)] = true
		}
	}
	return h, len(words) >= 2 || len(words) == 1 && d.singleColumn(cols, h.bottom)
}

// otherLanguage gives the last row of a head whose words come again in English under
// it, not over every column.
func (d *discovery) otherLanguage(bottom, before int, cols colSpan) int {
	cells := d.row(bottom+1, cols)
	if bottom+1 >= before || len(cells) == 0 || isIndexRow(cells) {
		return bottom
	}
	words, apart := 0, 0
	for i := range cells {
		c := &cells[i]
		if c.kind != kindText || !isASCII(c.Text) || styleOf(c.Text) != noStyle {
			return bottom
		}
		if !d.hasWordsOver(bottom, c.Col) {
			apart++
		}
		if isHeadWord(c) {
			words++
		}
	}
	if words == 0 || apart > 0 && words < 2 {
		return bottom
	}
	return bottom + 1
}

// hasWordsOver reports whether words stand over a column, in a row or right above it
// without an empty row between: those of a head of which the row is the last.
func (d *discovery) hasWordsOver(row, col int) bool {
	for r := row; r > max(0, row-mostHeadRows) && len(d.cells[r]) > 0; r-- {
		if d.shown(r, col) != nil {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// singleColumn reports whether what follows has one column of figures and one of
// names at most, so that one word may head it.
func (d *discovery) singleColumn(cols colSpan, bottom int) bool {
	i, _ := slices.BinarySearch(d.rows, bottom+1)
	rows := 0
	for ; i < len(d.rows) && rows < 3; i++ {
		cells := d.row(d.rows[i], cols)
		if len(cells) != 2 || cells[0].kind != kindText || !cells[1].kind.isFigure() {
			return false
		}
		rows++
	}
	return rows == 3
}

// isCodes reports whether a row holds technical names only, one for each column.
func (d *discovery) isCodes(cells []seen) bool {
	technical := 0
	for i := range cells {
		if cells[i].kind != kindText || !isIdentifier(cells[i].Text) {
			return false
		}
		if _, merged := d.area(cells[i].Row, cells[i].Col); merged || isHeadWord(&cells[i]) {
			return false
		}
		if strings.ContainsAny(cells[i].Text, "0123456789_") || isJoined(cells[i].Text) {
			technical++
		}
	}
	return len(cells) >= 2 && technical*2 > len(cells)
}

// isJoined reports whether capitals are words written as one, "TENHUYEN", and not the
// first letters of words, "THPT".
func isJoined(text string) bool {
	const shortest = 5
	return len(text) >= shortest && strings.ToUpper(text) == text && strings.ContainsAny(text, "AEIOUY")
}

// isAlone reports whether a row shows one thing only.
func (d *discovery) isAlone(row int, cols colSpan) bool {
	return len(d.row(row, cols)) < 2
}

// headTop finds the first row of a head from its last.
func (d *discovery) headTop(cols colSpan, from, top, bottom int) int {
	for top > from && bottom-top+1 < mostHeadRows {
		above := top - 1
		tied := false // merged from above into the head
		for _, a := range d.areas[top] {
			if a.FirstRow < top && a.FirstRow >= from && cols.has(a.FirstCol) && d.at(a.FirstRow, a.FirstCol) != nil {
				tied = true
			}
		}
		if tied || d.endsMany(above, from, cols) {
			top = above
			continue
		}
		if len(d.row(above, cols)) == 0 && above-1 >= from && len(d.row(above-1, cols)) > 2 {
			above-- // an empty row within
		}
		if !d.isHeadRow(above, top, bottom, cols) {
			return top
		}
		top = above
	}
	return top
}

// endsMany reports whether several merged areas that begin further up end in a row:
// the words of a head, over a row of units.
func (d *discovery) endsMany(row, from int, cols colSpan) bool {
	n := 0
	for _, a := range d.areas[row] {
		if a.FirstRow < row && a.LastRow == row && a.FirstRow >= from && cols.has(a.FirstCol) && d.at(a.FirstRow, a.FirstCol) != nil {
			n++
		}
	}
	return n > 1
}

// isHeadRow reports whether a row right above a head belongs to it.
func (d *discovery) isHeadRow(row, below, bottom int, cols colSpan) bool {
	cells := d.row(row, cols)
	if len(cells) == 0 || isIndexRow(cells) || d.isCodes(cells) || len(cells) == 1 && isCode(&cells[0]) {
		return false
	}
	words, over := 0, 0
	for i := range cells {
		c := &cells[i]
		if unitBeside(cells, i) != "" && strings.HasSuffix(strings.TrimSpace(c.Text), ":") {
			return false
		}
		switch {
		case c.kind == kindFigure && isYears(cells):
		case c.kind != kindText:
			return false
		case isHeadWord(c):
			words++
		case isTitle(c.Text, len(cells) == 1 || len(cells) == 2 && d.shown(below, c.Col) == nil && !d.hasBody(bottom, c.Col)), isLabelled(c.Text):
			return false
		}
		// The words of a head stand over words, or over a column of the body.
		if d.shown(below, c.Col) != nil || d.isWide(row, c.Col) || d.hasBody(bottom, c.Col) {
			over++
		}
	}
	left, right := d.extent(below, cols)
	for r := below + 1; r <= bottom; r++ {
		first, last := d.extent(r, cols)
		left, right = min(left, first), max(right, last)
	}
	if len(cells) == 1 {
		// One group over some of the columns; a title stands at the left, or over
		// all of them.
		c := &cells[0]
		a, merged := d.area(row, c.Col)
		if _, money := Money(strings.Trim(c.Text, "() ")); money && !merged {
			return false // of the whole table
		}
		if merged && a.FirstCol <= left && a.LastCol >= right {
			return false
		}
		if c.Col <= left && d.shown(below, c.Col) != nil {
			return false
		}
		stacked := over == 1 && d.at(row-1, c.Col) != nil && d.at(row-1, c.Col).kind == kindText
		return merged && a.LastCol > a.FirstCol || words > 0 || stacked || d.isGroup(row, c.Col, below)
	}
	return over == len(cells) || over*2 > len(cells) && len(cells) > 2 || words >= 2
}

// hasBody reports whether something stands in a column in the first rows under a
// head.
func (d *discovery) hasBody(bottom, col int) bool {
	const depth = 6
	i, _ := slices.BinarySearch(d.rows, bottom+1)
	for k := i; k < min(i+depth, len(d.rows)); k++ {
		if d.at(d.rows[k], col) != nil {
			return true
		}
	}
	return false
}

// isGroup reports whether words stand over at least two columns of the row below
// without being merged over them.
func (d *discovery) isGroup(row, col, below int) bool {
	here, right := d.at(below, col), d.at(below, col+1)
	if here != nil && beginsWith(viet.Key(here.Text), nameHeads) {
		return false
	}
	return here != nil && right != nil && d.at(row, col+1) == nil && len(d.at(row, col).Text) < 60
}

// extent gives the columns between which a row shows something.
func (d *discovery) extent(row int, cols colSpan) (left, right int) {
	cells := d.row(row, cols)
	left, right = cols.to, cols.from
	for i := range cells {
		left, right = min(left, cells[i].Col), max(right, cells[i].Col)
		if a, ok := d.area(row, cells[i].Col); ok {
			right = max(right, a.LastCol)
		}
	}
	for _, a := range d.areas[row] {
		if cols.has(a.FirstCol) && d.at(a.FirstRow, a.FirstCol) != nil {
			left, right = min(left, a.FirstCol), max(right, a.LastCol)
		}
	}
	return left, right
}

// wordHead makes a head of row i by its words alone: for blank forms and for lists
// of texts.
func (d *discovery) wordHead(cols colSpan, i, to int) (head, bool) {
	r := d.rows[i]
	cells := d.row(r, cols)
	words, numbering := 0, false
	for k := range cells {
		if cells[k].kind != kindText {
			return head{}, false
		}
		if isHeadWord(&cells[k]) && !isLabelled(cells[k].Text) {
			words++
			numbering = numbering || IsNumbering(viet.Key(cells[k].Text))
		}
	}
	if words < 2 && !(numbering && len(cells) >= 3) {
		return head{}, false
	}
	// Column numbers or figures further down know better where the head ends.
	bottom := r
	for _, a := range d.areas[r] {
		if cols.has(a.FirstCol) {
			bottom = max(bottom, min(a.LastRow, r+mostHeadRows))
		}
	}
	last := r
	for k := i + 1; k < len(d.rows) && d.rows[k] <= min(to, r+headReach); k++ {
		row := d.rows[k]
		if row > last+3 {
			break
		}
		last = row
		below := d.row(row, cols)
		if d.isIndex(k, below) || d.hasFigures(below) && !d.isYearHead(k, cols) {
			return head{}, false
		}
	}
	k, _ := slices.BinarySearch(d.rows, bottom)
	if k == len(d.rows) || d.rows[k] != bottom {
		k = i
	}
	h, ok := d.headAt(cols, r, k, to+1)
	h.bottom = max(h.bottom, bottom)
	return h, ok
}
