package export

import (
	"strings"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// figure is what a cell of a table shows.
type figure struct {
	indicator *report.Indicator
	cell      report.Cell
	strong    bool    // a total
	formula   string  // proved to come to the value; "" for none
	target    string  // where its parts stand; "" for nowhere
	size      float64 // of the type; that of tables where 0
}

// sized gives the style in the type of the figure; what is smaller stays so.
func (f *figure) sized(st xlsx.Style) xlsx.Style {
	if f.size > 0 {
		st.Size = min(st.Size, f.size)
	}
	return st
}

// figure writes a cell: the number with its formula, or the word that says why
// there is none. A cell nobody filled stays blank and grey (law 8).
func (p *paper) figure(w *xlsx.Worksheet, row, col int, f figure) {
	switch v := f.cell.Value; {
	case v.Kind == report.Number:
		p.number(w, row, col, f)
	case v.Kind == report.YesNo:
		st := f.sized(bolder(midStyle, f.strong))
		if f.formula != "" {
			w.FormulaText(row, col, f.formula, yesNo(v.Yes), st)
		} else {
			w.Text(row, col, yesNo(v.Yes), st)
		}
	case isVoid(f.cell):
		w.Blank(row, col, f.sized(voidStyle))
		return
	default:
		w.Text(row, col, markWord(f.cell), f.sized(wordStyle(markWord(f.cell))))
		return
	}
	// LibreOffice shows the link of a plain text in blue; a word is made of a
	// formula where it has sources.
	if f.target != "" && (f.formula != "" || f.cell.Value.Kind == report.Number) {
		w.Lead(row, col, f.target)
	}
}

// number writes a number, as a text where a spreadsheet would lose digits.
func (p *paper) number(w *xlsx.Worksheet, row, col int, f figure) {
	st := f.sized(numberStyle(p.scales[f.indicator.Code], f.cell.Mark == report.MarkRepeats, f.strong))
	v := f.cell.Value
	switch {
	case !written(v):
		st.NumFmt, st.Wrap = "", true
		w.Text(row, col, shownNumber(v, p.scales[f.indicator.Code]), st)
	case f.formula != "":
		w.Formula(row, col, f.formula, v.Num.String(), st)
	default:
		w.Number(row, col, v.Num.String(), st)
	}
}

// isVoid tells whether nothing at all is known of a cell.
func isVoid(c report.Cell) bool {
	return c.Value.Kind == report.Missing && (c.Mark == report.MarkNone || c.Mark == report.MarkMissing)
}

// Words in place of figures. The signs of official statistics are used as they
// are: "-" nothing occurred, "…" occurred but was not collected, "x" does not
// apply.
const (
	wordNil           = "-"
	wordNotCollected  = "…"
	wordNotApplicable = "x"
	wordBlank         = "trống"
	wordNotAdditive   = "không cộng"
	wordUndefined     = "k.x.đ"
	wordOverflow      = "quá lớn"
)

// markWord says why there is no number.
func markWord(c report.Cell) string {
	switch {
	case c.Mark == report.MarkNil || c.Value.Kind == report.Nil:
		return wordNil
	case c.Mark == report.MarkNotCollected || c.Value.Kind == report.NotCollected:
		return wordNotCollected
	case c.Mark == report.MarkNotApplicable || c.Value.Kind == report.NotApplicable:
		return wordNotApplicable
	}
	switch c.Mark {
	case report.MarkBlank:
		return wordBlank
	case report.MarkNotAdditive:
		return wordNotAdditive
	case report.MarkUndefined:
		return wordUndefined
	case report.MarkOverflow:
		return wordOverflow
	}
	return ""
}

func yesNo(yes bool) string {
	if yes {
		return "có"
	}
	return "không"
}

// shownNumber spells a number for Vietnamese readers, "" where there is none.
func shownNumber(v report.Value, scale int) string {
	if v.Kind != report.Number {
		return ""
	}
	return decimal.FormatVI(v.Num, scale)
}

// timeWidth is how wide a column of times is, in digits.
const timeWidth = 16.5

// area gives a range as formulas on the same sheet want it; a single cell as such.
func area(top, left, bottom, right int) string {
	from := xlsx.Ref(top, left)
	if top == bottom && left == right {
		return from
	}
	return from + ":" + xlsx.Ref(bottom, right)
}

// lineHeight is how tall a row of one line is, in points.
const lineHeight = 17.25

// fit gives the height a row needs for a text, never less than that of one line.
func fit(text string, width float64, st xlsx.Style) float64 {
	return max(lineHeight, xlsx.FitHeight(text, width, st))
}

// moment spells a time in Vietnam: "17 giờ 05 phút ngày 30/3/2021".
func moment(t time.Time) string {
	return t.In(calendar.Vietnam()).Format("15 giờ 04 phút ngày ") + calendar.DateOf(t, nil).Vietnamese()
}

func upper(s string) string { return strings.ToUpper(s) }

// groupName gives the name of a group of indicators, "" for one not named.
func (p *paper) groupName(code string) string {
	for _, g := range p.s.Definition.Groups {
		if g.Code == code {
			return g.Name.VI
		}
	}
	return ""
}

// stamp says under a title of which moment the figures speak and how many were
// heard.
func (p *paper) stamp() string {
	return "Số liệu tính đến " + moment(p.s.AsOf) + "; " + heardOf(p.s.Heard, p.s.Asked) + " đơn vị đã báo cáo"
}

// provisional is the line that stands on every sheet while figures may change.
func (p *paper) provisional() string {
	return Provisional + " – số liệu chưa chính thức, còn có thể thay đổi"
}
