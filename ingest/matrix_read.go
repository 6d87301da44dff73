package ingest

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// asksOf reports whether the agency must answer any of the indicators that are
// wanted.
func (r *reading) asksOf(inds []*report.Indicator, wanted func(*report.Indicator) bool) bool {
	return slices.ContainsFunc(inds, func(ind *report.Indicator) bool { return ind.Asks(r.agency) && wanted(ind) })
}

func isRequired(ind *report.Indicator) bool { return ind.Required }

func isFilled(ind *report.Indicator) bool { return !derived(ind) }

// lackingRows gives the rows of a matrix in which something is wanted and that do
// not stand on the sheet, but for those of which something worse was said.
func (r *reading) lackingRows(m *mapped, wanted func(*report.Indicator) bool) (labels []string) {
	x := m.plan.matrix
	stands := make([]bool, len(x.rows))
	for _, l := range m.lines {
		if l.role == roleValue {
			stands[l.down] = true
		}
	}
	for i := range x.rows {
		if !stands[i] && !m.refused[x.rows[i].Code] && r.asksOf(x.row(i), wanted) {
			labels = append(labels, x.rowLabel(i))
		}
	}
	return labels
}

// lackingColumns is lackingRows for columns.
func (r *reading) lackingColumns(m *mapped, wanted func(*report.Indicator) bool) (titles []string) {
	x := m.plan.matrix
	for j := range x.columns {
		stands := slices.ContainsFunc(m.cols, func(c column) bool { return c.placed && c.across == j })
		if !stands && r.asksOf(x.column(j), wanted) {
			titles = append(titles, x.title(j))
		}
	}
	return titles
}

// anyFigure takes any number.
var anyFigure = report.Indicator{Type: report.TypeDec, Scale: decimal.MaxScale, Min: &least}

// noteUnasked keeps a cell of a matrix that holds a figure though nothing is asked
// there. That there is nothing needs no word.
func (m *mapped) noteUnasked(c *sheet.Cell, at spot) {
	if m.plan.matrix == nil || c.Text == "" && !c.NoValue {
		return
	}
	a := question{ind: &anyFigure}.read(c, m.sheet.Date1904())
	if a.value.Kind == report.Number && !a.value.Num.IsZero() || a.wrong != nil && strings.ContainsAny(c.Text, "123456789") {
		m.unasked = append(m.unasked, at)
	}
}

// tellUnasked says which cells hold figures that nobody asked for, once for the
// sheet: an office that works its own sums out fills whole columns so.
func (r *reading) tellUnasked(m *mapped) {
	if len(m.unasked) == 0 {
		return
	}
	first, n := m.unasked[0], strconv.Itoa(len(m.unasked))
	f := fault.New(fault.MatrixCellsNotAsked, fault.A("got", m.nameOf(first.cell)), fault.A("count", n)).At(first.sheet, first.cell)
	if len(m.unasked) > 1 {
		f = f.See(ranges(m.unasked)...)
	}
	r.find(f)
}

// nameOf says in words which cell of a matrix is meant.
func (m *mapped) nameOf(ref string) string {
	row, col, err := xlsx.ParseRef(ref)
	if err != nil {
		return ref
	}
	var names []string
	for _, l := range m.lines {
		if l.row == row {
			names = append(names, l.label)
		}
	}
	if c := m.column(col); c != nil && c.role == roleValue {
		names = append(names, m.plan.matrix.title(c.across))
	}
	return strings.Join(names, " / ")
}

// summand gives what a column is added up as: its indicator, or any figure of a
// matrix; nil where it has no sum.
func (m *mapped) summand(c *column) *report.Indicator {
	if m.plan.matrix == nil || c.role != roleValue {
		return c.ind
	}
	ind := anyFigure
	ind.Code, ind.Name.VI = m.plan.matrix.columns[c.across].Code, m.plan.matrix.title(c.across)
	return &ind
}

// saysOwnUnit reports whether the words over a column name the unit that is asked,
// where the definition knows another to stand there: then they are not the words
// that the definition speaks of, and nothing is to be converted.
func saysOwnUnit(known report.Column, ind *report.Indicator, u unit) bool {
	stated := viet.Key(u.stated)
	return known.Unit != "" && !u.general && stated != "" && stated == viet.Key(ind.Unit) && stated != viet.Key(known.Unit)
}

// checkMatrixHeader says which columns of a matrix are lacking.
func (r *reading) checkMatrixHeader(m *mapped, at string) {
	required := r.lackingColumns(m, isRequired)
	for _, title := range required {
		r.find(fault.New(fault.HeaderMissing, fault.A("expected", title)).At(m.sheet.Name, at))
	}
	blank := slices.DeleteFunc(r.lackingColumns(m, isFilled), func(title string) bool { return slices.Contains(required, title) })
	if len(blank) > 0 { // they may be left blank, and so may their columns
		r.find(fault.New(fault.HeaderMissing, fault.A("expected", strings.Join(blank, "”, “"))).At(m.sheet.Name, at).Weighed(fault.Note))
	}
}

// unprovenTotal says that a row of totals the form does not have is not what the
// rows around it come to. It may add up some of them only, so it is no error.
func (r *reading) unprovenTotal(m *mapped, total *line) {
	figures := 0
	cells := m.sheet.Row(total.row)
	for i := range cells {
		switch c := m.column(cells[i].Col); {
		case c != nil && c.role == roleLabel:
			r.used(m.sheet, &cells[i])
		case c != nil && c.role == roleValue:
			figures++
			cells[i].Settle(sheet.UnknownRow)
		default:
			cells[i].Settle(sheet.UnknownRow)
		}
	}
	r.find(fault.New(fault.MatrixTotalUnproven, fault.A("got", total.label), fault.A("count", strconv.Itoa(figures))).At(m.sheet.Name, cells[0].Ref()))
}

// matrixHeaderChanged says that the words over a column are not those of the
// column that its code names. What stands under a merged cell is looked at from
// the lowest words up, as far as the heading has steps.
func (r *reading) matrixHeaderChanged(m *mapped, c *column, head int) bool {
	x := m.plan.matrix
	c.title = x.title(c.across)
	if head == 0 {
		return false
	}
	path := slices.Clone(x.columns[c.across].Header)
	path[len(path)-1] = x.leaf(c.across)
	var last *sheet.Cell
	for row := head; row > max(head-x.tiers(), m.first) && len(path) > 0; row-- {
		cell := m.sheet.Shown(row, c.col)
		if cell == nil || cell == last || cell.Text == "" {
			continue
		}
		last = cell
		if words := path[len(path)-1]; viet.Key(cell.Text) != viet.Key(words) {
			r.find(fault.New(fault.HeaderChanged, fault.A("label", c.title), fault.A("got", clipped(cell.Text))).At(m.sheet.Name, cell.Ref()))
			return true
		}
		path = path[:len(path)-1]
	}
	return false
}
