package outlinetest

import (
	"fmt"
	"strconv"
	"strings"

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
		if l.p.d.chance(25) && !(c.isRatio() && l.t.look.fractions) {
			look = commaText
		}
	}
	if look != asNumbers {
		if f.n != 0 || look == paddedText || l.t.look.nilMark == "" {
			l.p.exact(r.row, c.col, spell(look, l.t.look.spacer, f, r, c), inTable, st)
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
		l.p.exact(r.row, c.col, spell(look, l.t.look.spacer, f, r, c), inTable, st)
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
func spell(how numberLook, spacer string, f figure, r *row, c *column) string {
	switch how {
	case dottedText:
		return trimmed(f.n, f.scale, ".")
	case spacedText:
		return trimmed(f.n, f.scale, spacer)
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

// sumDown adds up rows: by the runs that they stand in.
func sumDown(parts []*row, c *column) string {
	var runs []string
	for i := 0; i < len(parts); {
		k := i
		for k+1 < len(parts) && parts[k+1].row == parts[k].row+1 {
			k++
		}
		run := ref(parts[i].row, c.col)
		if k > i {
			run += ":" + ref(parts[k].row, c.col)
		}
		runs = append(runs, run)
		i = k + 1
	}
	if len(runs) > 30 {
		return ""
	}
	return "SUM(" + strings.Join(runs, ",") + ")"
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
