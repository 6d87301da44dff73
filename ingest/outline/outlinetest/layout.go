package outlinetest

import (
	"strconv"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

// layout puts one table on paper and notes where everything came to stand.
type layout struct {
	t         *table
	p         *paper
	top, left int
	columns   []*column // all of them, from the left
	number    *column   // of the row numbers, nil where there is none
	name      *column
	heads     []*head
	index     map[*column]string // what the index row calls them
	shown     map[*row]bool      // some figure or mark was written
	bodyTop   int
	repeated  []int
	gold      outline.Table
	extra     GoldTable
}

// put writes header, index row and body from a corner on. It gives the last row.
func (l *layout) put() int {
	l.arrange()
	l.index, l.shown = map[*column]string{}, map[*row]bool{}
	if l.t.look.codeRow {
		l.putCodes()
		l.top++
	}
	row := l.putHeader(l.top, true)
	if l.t.look.indexStyle > 0 {
		l.putIndex(row)
		l.gold.IndexRow = ptr(row)
		row++
	}
	l.bodyTop = row
	last := l.putBody(row)
	l.gold.Range = xlsx.Rect(l.top, l.left, last, l.left+len(l.columns)-1).String()
	l.gold.FirstRow, l.gold.LastRow = l.firstBodyRow(), last
	l.noteColumns()
	l.noteRows()
	return last
}

func ptr[T any](v T) *T { return &v }

// firstBodyRow is the first row with something in it.
func (l *layout) firstBodyRow() int {
	for _, r := range l.t.rows {
		if r.kind != blankRow {
			return r.row
		}
	}
	return l.bodyTop
}

// arrange gives each column its place.
func (l *layout) arrange() {
	l.heads = l.t.heads
	col := l.left
	for _, h := range l.heads {
		for _, c := range h.leaves() {
			c.col = col
			l.columns = append(l.columns, c)
			if c.role == outline.ColumnNumber && l.number == nil {
				l.number = c
			}
			if c.role == outline.ColumnName {
				l.name = c // the last of them
			}
			col++
		}
	}
	for _, c := range l.columns {
		l.p.width(c.col, widthOf(c))
	}
}

func widthOf(c *column) float64 {
	switch c.role {
	case outline.ColumnNumber:
		return 6
	case outline.ColumnCode:
		return 9
	case outline.ColumnName:
		return 38
	case outline.ColumnNote:
		return 18
	}
	return 13
}

// putBody writes the rows and gives the last one written.
func (l *layout) putBody(row int) int {
	since := 0
	for i, r := range l.t.rows {
		if every := l.t.look.repeatEvery; every > 0 && since >= every && len(l.t.rows)-i > 3 {
			next := l.putHeader(row, false)
			if l.t.look.indexStyle > 0 {
				l.putIndex(next)
				next++
			}
			for ; row < next; row++ {
				l.repeated = append(l.repeated, row)
			}
			since = 0
		}
		since++
		r.row = row
		row++
	}
	for _, r := range l.t.rows {
		l.putRow(r)
	}
	return row - 1
}

func (l *layout) bodyStyle(r *row) xlsx.Style {
	st := xlsx.Style{Size: 12, Bold: r.bold}
	if l.t.look.box {
		st.Border = xlsx.Box
	}
	return st
}

func (l *layout) putRow(r *row) {
	if r.kind == blankRow {
		return
	}
	for _, c := range l.columns {
		l.p.Blank(r.row, c.col, l.bodyStyle(r))
	}
	l.putLabel(r)
	for _, c := range l.columns {
		st := l.bodyStyle(r)
		switch c.role {
		case outline.ColumnCode:
			st.H = xlsx.Center
			l.p.exact(r.row, c.col, r.code, inTable, st)
		case columnUnit:
			st.H = xlsx.Center
			if r.hasFigures() {
				l.p.write(r.row, c.col, r.unit, inTable, st)
			}
		case outline.ColumnNote:
			if c.fill != nil {
				l.p.write(r.row, c.col, c.fill(r), inTable, st)
			}
		case outline.ColumnValue:
			if r.hasFigures() && l.putFigure(r, c) {
				l.shown[r] = true
			}
		case outline.ColumnName:
			if c != l.name {
				l.putGroup(r, c)
			}
		}
	}
}

// fullLabel is the label as it is written, and where the number stands.
func (l *layout) fullLabel(r *row) string {
	label := r.label
	if r.marker != "" && label != "" {
		label = r.marker + lowerFirst(label)
	}
	if r.caps {
		label = strings.ToUpper(label)
	}
	if r.star != "" {
		label += " " + r.star
	}
	dash := r.number == "-" || r.number == "+"
	if r.number != "" && (l.number == nil && l.t.look.numberInAll || dash && (l.number == nil || l.t.look.dashInName)) {
		switch {
		case dash, strings.HasSuffix(r.number, ")"):
			label = r.number + " " + label
		default:
			label = r.number + ". " + label
		}
	}
	return label
}

func (l *layout) putLabel(r *row) {
	st := l.bodyStyle(r)
	label := l.fullLabel(r)
	col := l.name.col
	if l.across(r) {
		if l.number != nil && r.number != "" {
			label = r.number + ". " + label
		}
		l.p.write(r.row, l.left, label, inTable, st)
		if l.t.look.merge {
			l.p.merge(xlsx.Rect(r.row, l.left, r.row, l.left+len(l.columns)-1))
		}
		return
	}
	switch l.t.look.indent {
	case blankIndent:
		if r.depth > 1 && label != "" {
			label = strings.Repeat("   ", r.depth-1) + label
		}
	case styleIndent:
		if r.depth > 1 {
			st.H, st.Indent = xlsx.Left, r.depth-1
		}
	}
	if l.number != nil {
		if r.kind == totalRow && r.number == "" && l.t.look.totalsFirst && l.number.col < col && r.free {
			// The label of a total often stands across number and name.
			st.H = xlsx.Center
			l.p.write(r.row, l.number.col, label, inTable, st)
			if l.t.look.merge {
				l.p.merge(xlsx.Rect(r.row, l.number.col, r.row, col))
			}
			return
		}
		l.putNumber(r)
	}
	l.p.write(r.row, col, label, inTable, st)
}

// across reports whether a row's words stand over the whole width.
func (l *layout) across(r *row) bool {
	return l.t.look.acrossHead && r.kind == sectionRow && r.code == ""
}

// putGroup writes what goes for several rows, once for all of them.
func (l *layout) putGroup(r *row, c *column) {
	if r.group == "" {
		return
	}
	st := l.bodyStyle(r)
	st.V, st.Bold, st.Wrap = xlsx.Middle, true, true
	l.p.write(r.row, c.col, r.group, inTable, st)
	if l.t.look.merge {
		l.p.merge(xlsx.Rect(r.row, c.col, r.row+r.span-1, c.col))
	}
}

func (l *layout) putNumber(r *row) {
	dash := r.number == "-" || r.number == "+"
	if r.number == "" || dash && l.t.look.dashInName {
		return
	}
	st := l.bodyStyle(r)
	st.H = xlsx.Center
	text := r.number
	if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text && l.t.look.sttNumbers {
		l.p.number(r.row, l.number.col, text, inTable, st)
		return
	}
	l.p.exact(r.row, l.number.col, text, inTable, st)
}
