package xlsx

import (
	"slices"
	"strconv"
)

// cellKind is how a cell is written.
type cellKind uint8

const (
	blankCell cellKind = iota
	textCell
	richCell
	numberCell
	boolCell
	formulaCell
	formulaTextCell
)

// cell is one cell waiting to be written. Numbers are kept and written as
// text: no digit ever passes through a float.
type cell struct {
	col    int32
	style  int32
	kind   cellKind
	text   string // text, digits, formula, or the XML of rich text
	cached string // what a formula comes to
}

// row holds the cells of one row, sorted by column.
type row struct {
	Row
	cells []cell
}

// put inserts a cell. Cells mostly come from left to right.
func (r *row) put(c cell) {
	if n := len(r.cells); n == 0 || r.cells[n-1].col < c.col {
		r.cells = append(r.cells, c)
		return
	}
	i, found := r.find(int(c.col))
	if found {
		r.cells[i] = c
		return
	}
	r.cells = slices.Insert(r.cells, i, c)
}

func (r *row) has(col int) bool {
	_, found := r.find(col)
	return found
}

func (r *row) find(col int) (int, bool) {
	return slices.BinarySearchFunc(r.cells, col, func(c cell, col int) int { return int(c.col) - col })
}

// reset empties the row for use as another, letting go of its texts.
func (r *row) reset() {
	clear(r.cells)
	*r = row{cells: r.cells[:0]}
}

// append appends the row as XML.
func (r *row) append(dst []byte, number int) []byte {
	dst = append(dst, `<row r="`...)
	dst = strconv.AppendInt(dst, int64(number), 10)
	dst = append(dst, '"')
	if r.Height > 0 {
		dst = append(dst, ` ht="`...)
		dst = strconv.AppendFloat(dst, r.Height, 'f', -1, 64)
		dst = append(dst, `" customHeight="1"`...)
	}
	if r.Hidden {
		dst = append(dst, ` hidden="1"`...)
	}
	if r.Level > 0 {
		dst = append(dst, ` outlineLevel="`...)
		dst = strconv.AppendInt(dst, int64(r.Level), 10)
		dst = append(dst, '"')
	}
	dst = append(dst, '>')
	for i := range r.cells {
		dst = r.cells[i].append(dst, number)
	}
	return append(dst, "</row>"...)
}

// append appends the cell as XML. Texts are written in place, not into a table
// of shared strings: a sheet can then be finished while later rows are unknown.
func (c *cell) append(dst []byte, row int) []byte {
	dst = append(dst, `<c r="`...)
	dst = appendRef(dst, row, int(c.col))
	if c.style != 0 {
		dst = append(dst, `" s="`...)
		dst = strconv.AppendInt(dst, int64(c.style), 10)
	}
	switch c.kind {
	case blankCell:
		return append(dst, `"/>`...)
	case textCell:
		dst = append(dst, `" t="inlineStr"><is>`...)
		dst = appendT(dst, c.text)
		dst = append(dst, "</is>"...)
	case richCell:
		dst = append(dst, `" t="inlineStr"><is>`...)
		dst = append(dst, c.text...)
		dst = append(dst, "</is>"...)
	case numberCell:
		dst = append(dst, `">`...)
		dst = appendV(dst, c.text)
	case boolCell:
		dst = append(dst, `" t="b">`...)
		dst = appendV(dst, c.text)
	case formulaCell:
		dst = append(dst, `"><f>`...)
		dst = appendFormula(dst, c.text)
		dst = appendV(append(dst, "</f>"...), c.cached)
	case formulaTextCell:
		dst = append(dst, `" t="str"><f>`...)
		dst = appendFormula(dst, c.text)
		dst = append(dst, `</f><v>`...)
		dst = append(appendText(dst, c.cached), "</v>"...)
	}
	return append(dst, "</c>"...)
}

func appendV(dst []byte, digits string) []byte {
	dst = append(dst, "<v>"...)
	dst = append(dst, digits...)
	return append(dst, "</v>"...)
}

// appendT appends a text element, saying so where its blanks count.
func appendT(dst []byte, text string) []byte {
	if spaced(text) {
		dst = append(dst, `<t xml:space="preserve">`...)
	} else {
		dst = append(dst, "<t>"...)
	}
	return append(appendText(dst, text), "</t>"...)
}

// appendRuns appends the pieces of a rich text as XML. A piece with looks of
// its own has to repeat those of the cell, or it falls back to the workbook's.
func appendRuns(dst []byte, runs []Piece, st Style) []byte {
	for _, r := range runs {
		if r.Text == "" {
			continue
		}
		dst = append(dst, "<r><rPr>"...)
		dst = appendFlag(dst, "<b/>", r.Bold || st.Bold)
		dst = appendFlag(dst, "<i/>", r.Italic || st.Italic)
		dst = appendFlag(dst, "<u/>", r.Underline || st.Underline)
		dst = append(dst, `<sz val="`...)
		dst = strconv.AppendFloat(dst, firstSet(r.Size, st.Size, defaultSize), 'f', -1, 64)
		dst = append(dst, `"/><color rgb="FF`...)
		dst = append(dst, firstSet(r.Color, st.Color, "000000")...)
		dst = append(dst, `"/><rFont val="`...)
		dst = appendAttr(dst, firstSet(st.Font, defaultFont))
		dst = append(dst, `"/></rPr>`...)
		dst = append(appendT(dst, r.Text), "</r>"...)
	}
	return dst
}

func appendFlag(dst []byte, element string, on bool) []byte {
	if on {
		return append(dst, element...)
	}
	return dst
}

// firstSet gives the first value that is not zero.
func firstSet[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}
