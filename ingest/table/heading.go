package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/ingest/viet"
)

// heading is the head of a table as a person sees it: of each of its rows the cell
// that stands over each column, whether it was written there, merged over it, or
// is the words of a group that was not merged over all of its columns.
type heading struct {
	*Table
	over    [][]*seen // by row of the head and column of the table
	again   []bool    // rows that say in another language what stands over them
	unsure  map[int]bool
	figures map[int]bool
}

// readHeading reads the head from the top: words further down belong to what
// stands over them.
func (t *Table) readHeading() *heading {
	h := &heading{Table: t, again: t.translations(), unsure: map[int]bool{}, figures: map[int]bool{}}
	for i, r := range t.HeadRows {
		h.over = append(h.over, make([]*seen, t.cols.to-t.cols.from+1))
		for col := t.cols.from; col <= t.cols.to; col++ {
			c := t.look.shown(r, col)
			if c == nil {
				c = h.unmerged(i, col)
			}
			h.over[i][col-t.cols.from] = c
		}
	}
	return h
}

// at gives the cell of a row of the head that stands over a column, nil for none.
func (h *heading) at(i, col int) *seen { return h.over[i][col-h.cols.from] }

// path gives the words over a column, from the top. What was written over several
// rows of one column without merging comes in as many steps. Where it is open
// which words stand over the column there are none.
func (h *heading) path(col int) []string {
	if h.unsure[col] {
		return nil
	}
	var path []string
	var last *seen
	for i := range h.HeadRows {
		c := h.at(i, col)
		if c == nil || c == last {
			continue
		}
		last = c
		text, _ := viet.Clean(c.Text)
		path = append(path, text)
	}
	return path
}

// translations marks the rows of the head in which all is English, under words that
// are not: "Tổng số" over "Total".
func (t *Table) translations() []bool {
	again := make([]bool, len(t.HeadRows))
	original := false
	for i, r := range t.HeadRows {
		cells := t.look.row(r, t.cols)
		english := len(cells) > 0 && !slices.ContainsFunc(cells, func(c seen) bool { return c.kind != kindText || !isEnglish(c.Text) })
		again[i] = english && original
		original = original || !english
	}
	return again
}

// isEnglish reports whether words are no Vietnamese: no letter has a mark, and some
// word cannot be a syllable, as "Total" has two. Abbreviations are in no language.
func isEnglish(text string) bool {
	if !isASCII(text) {
		return false
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(w string) bool { return strings.ToUpper(w) != w && !viet.IsSyllable(w) }) ||
		beginsWith(viet.Key(text), englishNumberHeads)
}

// englishNumberHeads are English words that could be Vietnamese syllables.
var englishNumberHeads = keys("no")

// unmerged finds the words that stand over a column without standing in it or being
// merged over it.
func (h *heading) unmerged(i, col int) *seen {
	if h.again[i] {
		return h.translated(i, col)
	}
	return h.groupOver(i, col)
}

// translated gives what stands in another language under the words over a column:
// it goes where they go.
func (h *heading) translated(i, col int) *seen {
	for k := i - 1; k >= 0; k-- {
		c := h.at(k, col)
		if h.again[k] || c == nil {
			continue
		}
		return h.look.at(h.HeadRows[i], c.Col)
	}
	return nil
}

// groupOver finds the words of a group that stand over one of its columns without
// being merged over all of them: the nearest to the left in the row; else the
// nearest to the right, where the words were put in the middle.
func (h *heading) groupOver(i, col int) *seen {
	if !h.saysBelow(i, col) {
		return nil
	}
	left, stop := h.groupBeside(i, col, -1)
	if stop {
		return nil
	}
	right, _ := h.groupBeside(i, col, +1)
	switch {
	case left == nil:
		return right
	case right != nil && h.mayGoOn(i, left) && h.isCentred(i, right, left.Col+1):
		h.doubt(left.Col+1, 2*right.Col-left.Col-1)
	}
	return left
}

// doubt leaves open which words stand over columns, and so what they are under.
func (h *heading) doubt(from, to int) {
	for col := from; col <= to; col++ {
		h.unsure[col] = true
	}
}

// mayGoOn reports whether words and what stands under them may be one phrase as well
// as a group and the first of its columns: in capitals "TRẺ EM CÓ" over "HOÀN CẢNH
// ĐẶC BIỆT" looks like "SỐ HỘ" over "THÀNH THỊ".
func (h *heading) mayGoOn(i int, c *seen) bool {
	below := h.wordsBelow(i, c.Col)
	if len(below) != 1 || !isCapitals(c.Text) || !isCapitals(below[0].Text) || isHeadWord(below[0]) {
		return false
	}
	if isHeadWord(c) && !headWords[viet.Key(c.Text+" "+below[0].Text)] {
		return false // said in full: "THỰC HIỆN" over "LŨY KẾ", and not "KẾ HOẠCH" over "NĂM"
	}
	key := viet.Key(below[0].Text)
	for _, r := range h.HeadRows { // what comes again heads the columns of groups
		for _, o := range h.look.row(r, h.cols) {
			if o.Col != c.Col && viet.Key(o.Text) == key {
				return false
			}
		}
	}
	return true
}

// isCapitals reports whether words have no small letter.
func isCapitals(words string) bool { return strings.ToUpper(words) == words }

// isCentred reports whether words stand in the middle of the columns from one on to
// the next words in their row.
func (h *heading) isCentred(i int, c *seen, from int) bool {
	last := 2*c.Col - from
	next := last + 1
	return h.cols.has(last) && h.saysBelow(i, last) && h.look.at(h.HeadRows[i], last) == nil &&
		(!h.cols.has(next) || !h.saysBelow(i, next) || h.look.at(h.HeadRows[i], next) != nil)
}

// widestGroup is how far the words of a group are looked for.
const widestGroup = 40

// groupBeside looks for the words of a group on one side. stop tells that what
// stands there is no group, and that the other side may not be looked at either.
func (h *heading) groupBeside(i, col, step int) (group *seen, stop bool) {
	row := h.HeadRows[i]
	for at := col + step; h.cols.has(at) && abs(at-col) <= widestGroup; at += step {
		if a, merged := h.look.area(row, at); merged {
			return nil, a.LastRow == a.FirstRow && step < 0
		}
		c := h.look.at(row, at)
		switch {
		case c == nil && h.saysBelow(i, at):
			continue
		case c == nil, !h.isGroup(i, c, col):
			return nil, false
		}
		return c, false
	}
	return nil, false
}

// isGroup reports whether words in row i of the head may stand over a column that
// is not their own: both columns lie under the same words, and the words do not
// head their column alone.
func (h *heading) isGroup(i int, c *seen, col int) bool {
	if c.kind != kindText || !h.saysBelow(i, c.Col) || isNumberHead(h.ownPath(c.Col)) || h.isOwnHead(c) {
		return false
	}
	for k := range i {
		if !h.again[k] && h.at(k, c.Col) != h.at(k, col) {
			return false
		}
	}
	return !h.isAlone(i, c, col)
}

// isAlone reports whether words head their own column only, though more stands
// under them there than over the column that asks: a unit in brackets, the same in
// another language, or the rest of the phrase.
func (h *heading) isAlone(i int, c *seen, col int) bool {
	own, other := h.wordsBelow(i, c.Col), h.wordsBelow(i, col)
	switch {
	case len(other) == 0:
		return false // it needs words more than anybody
	case len(own) == 0:
		return true
	}
	return goesOn(c.Text, own[0].Text) && !beginsSmall(other[0].Text)
}

// goesOn reports whether words are the rest of those above them, cut for want of
// room: "Tổng" over "số", "Số đối tượng đang" over "hưởng trợ cấp".
func goesOn(above, words string) bool {
	return beginsSmall(words) || contains(totalWords, viet.Key(above+" "+words))
}

// beginsSmall reports whether words begin with a small letter.
func beginsSmall(words string) bool {
	r, _ := utf8.DecodeRuneInString(words)
	return unicode.IsLower(r)
}

// wordsBelow gives what stands in a column itself further down in the head than row
// i, without what is said again in another language or only adds the unit.
func (h *heading) wordsBelow(i, col int) []*seen {
	var out []*seen
	for k := i + 1; k < len(h.HeadRows); k++ {
		c := h.look.at(h.HeadRows[k], col)
		if c == nil || h.again[k] || isBracketed(c.Text) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// isBracketed reports whether all of a text stands in brackets.
func isBracketed(text string) bool {
	s := strings.TrimSpace(text)
	return strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")
}

// isOwnHead reports whether words head a column of names, codes or remarks: never a
// group, though they come again in another language under them. Over figures words
// for names are a group like others: "Tổ chức" beside "Cá nhân".
func (h *heading) isOwnHead(c *seen) bool {
	key := viet.Key(c.Text)
	return beginsWith(key, codeHeads) || beginsWith(key, noteHeads) || contains(timeHeads, key) ||
		beginsWith(key, nameHeads) && !h.holdsFigures(c.Col)
}

var timeHeads = keys("kỳ", "thời gian", "tháng", "quý", "năm")

// holdsFigures reports whether most of what stands in a column of the body is
// figures.
func (h *heading) holdsFigures(col int) bool {
	if known, ok := h.figures[col]; ok {
		return known
	}
	filled, figures := 0, 0
	for _, l := range h.Lines {
		if c := h.look.at(l.Row, col); c != nil {
			filled++
			if c.kind.isFigure() {
				figures++
			}
		}
	}
	h.figures[col] = 2*figures > filled
	return h.figures[col]
}

// saysBelow reports whether a column has words of its own further down in the head
// than row i.
func (h *heading) saysBelow(i, col int) bool {
	for _, r := range h.HeadRows[i+1:] {
		if c := h.look.shown(r, col); c != nil && c.Row > h.HeadRows[i] {
			return true
		}
	}
	return false
}

// ownPath gives the words that stand in a column itself.
func (h *heading) ownPath(col int) []string {
	var path []string
	for _, r := range h.HeadRows {
		if c := h.look.at(r, col); c != nil {
			path = append(path, c.Text)
		}
	}
	return path
}
