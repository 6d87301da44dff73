package ingest

import (
	"slices"

	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// checkIndexRow holds the figures of a table to what its own row of column numbers
// states: "(5)=(3)+(4)". It is the paper's word and not the form's, so a row that
// differs is asked about and not refused.
func (r *reading) checkIndexRow(m *mapped) {
	if m.index == 0 || m.marked || m.plan.layout.Shape == report.IndicatorsDown {
		return
	}
	cells := m.sheet.Row(m.index)
	byName := map[string]*column{}
	for i := range cells {
		if s, ok := table.ParseIndexSum(cells[i].Text); ok {
			byName[s.Name] = m.column(cells[i].Col)
		}
	}
	for i := range cells {
		s, _ := table.ParseIndexSum(cells[i].Text)
		if len(s.Plus)+len(s.Less) < 2 {
			continue
		}
		sum := statedSum{of: m.column(cells[i].Col), words: cells[i].Text}
		for _, name := range s.Plus {
			sum.plus = append(sum.plus, byName[name])
		}
		for _, name := range s.Less {
			sum.less = append(sum.less, byName[name])
		}
		if m.isStatedSum(sum) {
			r.checkStatedSum(m, sum)
		}
	}
}

// statedSum is a column with those it is stated to be the sum of.
type statedSum struct {
	of         *column
	plus, less []*column
	words      string // as they stand: "5=3+4"
}

// isStatedSum reports whether figures can be held to it: all are columns of
// numbers, and the form does not say the same already.
func (m *mapped) isStatedSum(s statedSum) bool {
	for _, c := range slices.Concat([]*column{s.of}, s.plus, s.less) {
		if c == nil || c.role != roleValue || m.summand(c) == nil || !m.summand(c).IsNumber() {
			return false
		}
	}
	if m.plan.matrix != nil {
		return true // what is computed differs from row to row
	}
	if s.of.ind.Compute != "" || isRatio(s.of.ind) {
		return false // held to what the form computes
	}
	return !slices.ContainsFunc(s.plus, func(c *column) bool { return c.ind.Part == report.PartSplit && c.ind.Parent == s.of.ind.Code })
}

func (r *reading) checkStatedSum(m *mapped, s statedSum) {
	for i := range m.lines {
		l := &m.lines[i]
		if l.role != roleValue {
			continue
		}
		if _, ind, _ := r.keyOf(m, l, s.of); ind == nil || derived(ind) {
			continue // held to what the form computes
		}
		left, ok := r.figureAt(m, l, s.of)
		right, cells, known := r.sumAt(m, l, s)
		if !ok || !known || closes(left, right, m.sheet.At(l.row, s.of.col)) {
			continue
		}
		r.find(differs(fault.IndexSumDiffers, left, right, fault.A("label", label(m.summand(s.of))), fault.A("row", l.label), fault.A("stated", s.words)).
			At(m.sheet.Name, xlsx.Ref(l.row, s.of.col)).See(cells...))
	}
}

// sumAt adds up a row; known is false where one of its figures is not there: what
// was left blank is not zero (law 8).
func (r *reading) sumAt(m *mapped, l *line, s statedSum) (sum decimal.Decimal, cells []string, known bool) {
	var total decimal.Sum
	for i, c := range slices.Concat(s.plus, s.less) {
		d, ok := r.figureAt(m, l, c)
		if !ok {
			return sum, nil, false
		}
		if i >= len(s.plus) {
			d = d.Neg()
		}
		total.Add(d)
		cells = append(cells, inSheet(m.sheet.Name, xlsx.Ref(l.row, c.col)))
	}
	sum, err := total.Value()
	return sum, cells, err == nil
}

// figureAt gives the figure that was read in a row and column.
func (r *reading) figureAt(m *mapped, l *line, c *column) (decimal.Decimal, bool) {
	k, _, asked := r.keyOf(m, l, c)
	if !asked {
		return decimal.Decimal{}, false
	}
	f, _ := r.value(k)
	return figure(f.Value)
}
