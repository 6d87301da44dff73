package outlinetest

import (
	"fmt"
	"strconv"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
)

// putFigure writes a figure in the way of its table. It reports whether anything
// was written: nought may be left blank.
func (l *layout) putFigure(r *row, c *column) bool {
	f := l.t.figureAt(r, c)
	if f.blank {
		return false
	}
	st := l.bodyStyle(r)
	if f.mark != "" {
		st.H = xlsx.Center
		l.p.exact(r.row, c.col, f.mark, inTable, st)
		return true
	}
	st.H = xlsx.Right
	look := l.t.look.numbers
	if look == mixedText {
		look = asNumbers
		if l.p.d.chance(25) {
			look = commaText
		}
	}
	if look != asNumbers {
		if f.n != 0 || look == paddedText || l.t.look.nilMark == "" {
			l.p.exact(r.row, c.col, spell(l.p.d, look, f, r, c), inTable, st)
			return true
		}
	}
	if f.n == 0 && l.t.look.nilMark != "" && !c.isRatio() && len(r.parts) == 0 && len(c.parts) == 0 {
		mark := l.t.look.nilMark
		if l.t.look.otherMark != "" && l.p.d.chance(25) {
			mark = l.t.look.otherMark
		}
		if mark != " " {
			st.H = xlsx.Center
			l.p.exact(r.row, c.col, mark, inTable, st)
		}
		return mark != " "
	}
	if look != asNumbers {
		l.p.exact(r.row, c.col, spell(l.p.d, look, f, r, c), inTable, st)
		return true
	}
	st.NumFmt = "#,##0"
	if f.scale > 0 {
		st.NumFmt += "." + strings.Repeat("0", f.scale)
	}
	decimal := plain(f.n, f.scale)
	if c.isRatio() && l.t.look.fractions {
		st.NumFmt, decimal = "0.0%", plain(f.n, f.scale+2)
		l.p.number(r.row, c.col, decimal, inTable, st)
		return true
	}
	if expr := l.formula(r, c, f); expr != "" {
		l.p.formula(r.row, c.col, expr, decimal, st)
		return true
	}
	l.p.number(r.row, c.col, decimal, inTable, st)
	return true
}

// spell writes a figure as text.
func spell(d dice, how numberLook, f figure, r *row, c *column) string {
	switch how {
	case dottedText:
		return trimmed(f.n, f.scale, ".")
	case spacedText:
		return trimmed(f.n, f.scale, pick(d, " ", "\u00a0"))
	case paddedText:
		if f.n == 0 {
			return "00,0"
		}
		if f.scale == 0 {
			return fixed(f.n, 0, ",", "") + ",0"
		}
		return fixed(f.n, f.scale, ",", "")
	case leadingZero:
		if f.scale == 0 && 0 <= f.n && f.n < 10 {
			return "0" + strconv.FormatInt(f.n, 10)
		}
	case withUnits:
		unit := c.unit
		if r.unit != "" && !c.isRatio() {
			unit = r.unit
		}
		if unit == "%" {
			return trimmed(f.n, f.scale, "") + "%"
		}
		if unit != "" && !strings.ContainsAny(unit, " /-,0123456789") && f.scale == 0 {
			return fmt.Sprintf("%02d %s", f.n, unit)
		}
	}
	return trimmed(f.n, f.scale, "")
}

// formula gives what a spreadsheet would compute the figure with: nothing where
// the table has no formulas or the figure does not follow.
func (l *layout) formula(r *row, c *column, f figure) string {
	if !l.t.look.formulas || l.t.rounded {
		return ""
	}
	down := len(r.parts) > 0 && c.adds()
	across := len(c.parts) > 0
	switch {
	case down && l.closes(r, c, true):
		return sumDown(r.parts, c)
	case down && l.t.broken[r][c]:
		// The classic: a row was put in below what is added up.
		if first, last := r.parts[1:], r.parts[:len(r.parts)-1]; f.n == l.sumOf(last, c) {
			return sumDown(last, c)
		} else if f.n == l.sumOf(first, c) {
			return sumDown(first, c)
		}
	case across && !down && l.closes(r, c, false):
		var at []string
		for _, p := range c.parts {
			at = append(at, ref(r.row, p.col))
		}
		return "SUM(" + strings.Join(at, ",") + ")"
	case c.isRatio() && l.t.look.nilMark == "" && f.mark == "" && !c.growth:
		return fmt.Sprintf("ROUND(%s/%s*100,%d)", ref(r.row, c.ratio[0].col), ref(r.row, c.ratio[1].col), c.scale)
	}
	return ""
}

// sumDown adds up rows: as a run where they are one.
func sumDown(parts []*row, c *column) string {
	from, to := parts[0].row, parts[len(parts)-1].row
	if to-from == len(parts)-1 {
		return "SUM(" + ref(from, c.col) + ":" + ref(to, c.col) + ")"
	}
	if len(parts) > 30 {
		return ""
	}
	var at []string
	for _, p := range parts {
		at = append(at, ref(p.row, c.col))
	}
	return "SUM(" + strings.Join(at, ",") + ")"
}

func (l *layout) sumOf(parts []*row, c *column) int64 {
	n := int64(0)
	for _, p := range parts {
		n += l.t.figureAt(p, c).value()
	}
	return n
}

// closes reports whether the sum down or across comes to the figure shown.
func (l *layout) closes(r *row, c *column, down bool) bool {
	n := l.t.figureAt(r, c).value()
	if down {
		return n == l.sumOf(r.parts, c)
	}
	for _, p := range c.parts {
		n -= l.t.figureAt(r, p).value()
	}
	return n == 0
}

// The spellings of the row of column numbers; 0 is none.
const (
	indexPlain    = 1 + iota // A B 1 2 3
	indexBrackets            // (1) (2) (3)
	indexLetters             // (A) (B) (1) (2)
	indexFormulas            // A B 1 2 3=1+2 4=2/1*100
	indexSpaced              // A B (1) (2) (3) = (1) + (2)
)

// putIndex writes the row of column numbers.
func (l *layout) putIndex(row int) {
	style := l.t.look.indexStyle
	st := xlsx.Style{Size: 10, Italic: true, H: xlsx.Center}
	if l.t.look.box {
		st.Border = xlsx.Box
	}
	numbers := map[*column]int{}
	n, letter := 0, 'A'
	text := map[*column]string{}
	for _, c := range l.columns {
		if c.role != outline.ColumnValue && style != indexBrackets {
			if c.role == outline.ColumnNote {
				continue
			}
			text[c] = string(letter)
			letter++
			continue
		}
		n++
		numbers[c] = n
	}
	for _, c := range l.columns {
		s, ok := text[c]
		if !ok {
			if numbers[c] == 0 {
				l.p.Blank(row, c.col, st)
				continue
			}
			s = l.indexNumber(c, numbers)
		}
		if style == indexLetters || ok && style == indexBrackets {
			s = "(" + strings.Trim(s, "()") + ")"
		}
		own, _, _ := strings.Cut(s, "=")
		l.index[c] = strings.TrimSpace(own)
		if plain, err := strconv.Atoi(s); err == nil && l.t.look.sttNumbers {
			l.p.number(row, c.col, strconv.Itoa(plain), inTable, st)
			continue
		}
		l.p.exact(row, c.col, s, inTable, st)
	}
}

// indexNumber spells the number of a column, with what it is worked out from.
func (l *layout) indexNumber(c *column, numbers map[*column]int) string {
	own := strconv.Itoa(numbers[c])
	format, glue, plus := "%d", "=", "+"
	switch l.t.look.indexStyle {
	case indexPlain:
		return own
	case indexBrackets, indexLetters:
		return "(" + own + ")"
	case indexSpaced:
		format, glue, plus, own = "(%d)", " = ", " + ", "("+own+")"
	}
	switch {
	case len(c.parts) > 0:
		var parts []string
		for _, p := range c.parts {
			parts = append(parts, fmt.Sprintf(format, numbers[p]))
		}
		return own + glue + strings.Join(parts, plus)
	case c.isRatio() && !c.growth:
		return own + glue + fmt.Sprintf(format, numbers[c.ratio[0]]) + "/" + fmt.Sprintf(format, numbers[c.ratio[1]]) + pick(l.p.d, "", "*100", "x100")
	case c.stock[0] != nil:
		return own + glue + fmt.Sprintf(format, numbers[c.stock[0]]) + plus + fmt.Sprintf(format, numbers[c.stock[1]]) + "-" + fmt.Sprintf(format, numbers[c.stock[2]])
	}
	return own
}
