package outlinetest

import (
	"strconv"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

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
