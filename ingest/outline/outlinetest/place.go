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

// putCodes writes technical names over the header, as forms of the State Bank do.
func (l *layout) putCodes() {
	next := pick(l.p.d, 100, 101, 200)
	for _, c := range l.columns {
		if c.role == outline.ColumnValue {
			c.code = "C-" + strconv.Itoa(next)
			next++
			l.p.exact(l.top, c.col, c.code, either, xlsx.Style{Size: 10, H: xlsx.Center})
		}
	}
	l.extra.CodeRow = l.top
}

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

func (l *layout) headStyle() xlsx.Style {
	st := xlsx.Style{Size: 12, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	if l.t.look.box {
		st.Border = xlsx.Box
	}
	return st
}

// putHeader writes the header and gives the row below it. The first time it is
// noted as such, later it stands among the rows.
func (l *layout) putHeader(top int, first bool) int {
	levels := 0
	for _, h := range l.heads {
		levels = max(levels, h.depth())
	}
	per := 1
	if l.t.look.bilingual == twoRows {
		per = 2
	}
	rows := levels * per
	if l.t.look.unitRow {
		rows++
	}
	for _, c := range l.columns {
		for r := top; r < top+rows; r++ {
			l.p.Blank(r, c.col, l.headStyle())
		}
	}
	for r := top; r < top+levels*per && per == 1; r++ {
		l.p.Row(r, xlsx.Row{Height: 34})
	}
	for _, h := range l.heads {
		l.putHead(h, top, top+levels*per-1, per)
	}
	if l.t.look.unitRow {
		for _, c := range l.columns {
			if c.unit != "" {
				st := l.headStyle()
				st.Bold, st.Italic = false, true
				l.p.write(top+rows-1, c.col, "("+c.unit+")", inTable, st)
			}
		}
	}
	if first {
		for r := top; r < top+rows; r++ {
			l.gold.HeaderRows = append(l.gold.HeaderRows, r)
		}
	}
	return top + rows
}

// putHead writes a head and what is below it into the rows down to last.
func (l *layout) putHead(h *head, top, last, per int) {
	columns := h.leaves()
	from, to := columns[0].col, columns[len(columns)-1].col
	bottom := top + per - 1
	if h.column != nil {
		bottom = last
	}
	at := from
	if l.t.look.centred && !l.t.look.merge && len(columns) > 2 && len(columns)%2 == 1 && l.alone(h) {
		at = from + len(columns)/2
	}
	text, second := h.text, h.english
	if l.t.look.capsHead {
		text = strings.ToUpper(text)
	}
	if l.t.look.breaks {
		text = broken(text)
	}
	end := bottom
	switch {
	case l.t.look.bilingual == sameCell && second != "":
		text += pick(l.p.d, "\n", "\n", "/", " / ") + second
	case l.t.look.bilingual == twoRows && second != "":
		end = bottom - 1
		st := l.headStyle()
		st.Bold, st.Italic = false, true
		l.p.write(bottom, at, second, inTable, st)
		if l.t.look.merge {
			l.p.merge(xlsx.Rect(bottom, from, bottom, to))
		}
	}
	l.headText(h, top, at, text, end > top)
	if l.t.look.merge {
		l.p.merge(xlsx.Rect(top, from, end, to))
	}
	for _, c := range h.children {
		l.putHead(c, bottom+1, last, per)
	}
}

// headText writes a head: years are numbers, as clerks type them. Where there is
// room below, a phrase may go on there.
func (l *layout) headText(h *head, row, col int, text string, room bool) {
	if _, err := strconv.Atoi(text); err == nil {
		l.p.number(row, col, text, inTable, l.headStyle())
		return
	}
	if h.loose && room {
		if first, rest, ok := cutMiddle(text); ok {
			l.p.write(row, col, first, inTable, l.headStyle())
			l.p.write(row+1, col, rest, inTable, l.headStyle())
			return
		}
	}
	l.p.write(row, col, text, inTable, l.headStyle())
}

func cutMiddle(text string) (first, rest string, ok bool) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return text, "", false
	}
	return strings.Join(words[:len(words)/2], " "), strings.Join(words[len(words)/2:], " "), true
}

// alone reports whether no neighbour is a group, so that a head in the middle of
// its columns can belong to them only.
func (l *layout) alone(h *head) bool {
	for i, o := range l.heads {
		if o != h {
			continue
		}
		return (i == 0 || l.heads[i-1].column != nil) && (i == len(l.heads)-1 || l.heads[i+1].column != nil)
	}
	return false
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
