package export

import (
	"regexp"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// column is the heading of a column and its width in digits.
type column struct {
	name  string
	width float64
}

// writeCross writes every figure that is asked by place, by agency and place,
// folded under the total of its indicator.
func (p *paper) writeCross() {
	if p.cross.places != nil {
		p.writeGrid()
		return
	}
	p.writeList()
}

// tableHead writes the heading of a list that is as wide as its columns.
func (p *paper) tableHead(w *xlsx.Worksheet, row int, columns []column, size float64) {
	height := 0.0
	st := headStyle
	st.Size = size
	for i, c := range columns {
		w.Columns(i+1, i+1, xlsx.Column{Width: c.width})
		w.Text(row, i+1, c.name, st)
		height = max(height, fit(c.name, c.width-2, st)) // less the button of the filter
	}
	w.Row(row, xlsx.Row{Height: height})
	w.View.FreezeRows = row
	w.Print.RepeatTop, w.Print.RepeatBottom = row, row
}

// crossTotal writes the figure of an indicator as a whole.
func (p *paper) crossTotal(ind *report.Indicator) {
	at, cell, keys := p.cross.totals[ind.Code], p.s.Total[ind.Code], p.cross.keys[ind.Code]
	formula := ""
	if roll := ind.On(report.AxisAgency); roll == ind.On(report.AxisPlace) {
		formula = p.crossSum(keys).roll(roll, cell.Value, p.scales[ind.Code])
	}
	if formula == "" && ind.On(report.AxisAgency) == report.RollRatio {
		formula = ratioOnCross(ind, p.cross.totals[ind.Num], p.cross.totals[ind.Den], cell.Value,
			func(code string) report.Value { return p.s.Total[code].Value })
	}
	p.figure(p.crossSheet, at.FirstRow, at.FirstCol, figure{
		indicator: ind, cell: cell, strong: true, formula: formula, target: p.sourceTarget(ind.Code), size: evidenceSize,
	})
}

// crossSum gathers figures of the table for a formula on its sheet.
func (p *paper) crossSum(keys [][3]string) *adder {
	a := new(adder)
	if len(keys) > 0 {
		at := p.cross.area(keys)
		a.refs = []string{area(at.FirstRow, at.FirstCol, at.LastRow, at.LastCol)}
	}
	for _, key := range keys {
		a.add(p.s.AgencyPlace[key].Value)
	}
	return a
}

// crossFigure writes what an agency said of a place.
func (p *paper) crossFigure(key [3]string) {
	at, cell, ind := p.cross.cells[key], p.s.AgencyPlace[key], p.indicator(key[0])
	f := figure{indicator: ind, cell: cell, formula: p.crossFormula(key, ind, cell.Value), size: evidenceSize}
	if rows := p.sourceRows[key]; !rows.isNone() && p.crossLinks < xlsx.MaxLinks-len(p.cross.totals) {
		f.target = p.sourcesSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, p.sourcesLast()))
		p.crossLinks++
	}
	p.figure(p.crossSheet, at.FirstRow, at.FirstCol, f)
}

// noteWord says in words what a sign in place of a figure, or beside it, means.
func noteWord(c report.Cell) string {
	switch c.Mark {
	case report.MarkNone:
	case report.MarkRepeats:
		return "có thể trùng"
	case report.MarkEstimate:
		return "ước tính"
	case report.MarkMissing:
		return "chưa báo cáo"
	}
	switch markWord(c) {
	case wordNil:
		return "không phát sinh"
	case wordNotCollected:
		return "không thu thập"
	case wordNotApplicable:
		return "không áp dụng"
	case wordBlank:
		return "để trống"
	case wordNotAdditive:
		return "không cộng"
	case wordUndefined:
		return "không xác định"
	case wordOverflow:
		return "quá lớn"
	}
	return ""
}

// crossFormula adds up the sources of a figure, or works it out of others as the
// definition does.
func (p *paper) crossFormula(key [3]string, ind *report.Indicator, want report.Value) string {
	if formula := p.sourceFormula(p.sourceRows[key], ind, want); formula != "" {
		return formula
	}
	if formula := p.computeFormula(key, ind, want); formula != "" {
		return formula
	}
	if ind.Num == "" {
		return ""
	}
	return ratioOnCross(ind,
		p.cross.cells[[3]string{ind.Num, key[1], key[2]}], p.cross.cells[[3]string{ind.Den, key[1], key[2]}], want,
		func(code string) report.Value { return p.s.AgencyPlace[[3]string{code, key[1], key[2]}].Value })
}

// sourceFormula adds up a run of sources.
func (p *paper) sourceFormula(rows span, ind *report.Indicator, want report.Value) string {
	if rows.isNone() {
		return ""
	}
	cells := p.sourcesSheet.Ref(xlsx.Rect(rows.from, sourcesValue, rows.to, sourcesValue))
	if want.Kind == report.YesNo && rows.from == rows.to && p.source(rows.from).Value.Equal(want) {
		return cells
	}
	a := adder{refs: []string{cells}}
	for r := rows.from; r <= rows.to; r++ {
		a.add(p.source(r).Value)
	}
	return a.roll(ind.On(report.AxisAgency), want, p.scales[ind.Code])
}

// ratioOnCross makes a ratio of two cells of the table.
func ratioOnCross(ind *report.Indicator, num, den xlsx.Range, want report.Value, value func(code string) report.Value) string {
	if num == (xlsx.Range{}) || den == (xlsx.Range{}) {
		return ""
	}
	return ratioFormula(ind.Factor,
		term{xlsx.Ref(num.FirstRow, num.FirstCol), value(ind.Num)}, term{xlsx.Ref(den.FirstRow, den.FirstCol), value(ind.Den)}, want, ind.Scale)
}

// plainSum matches the expressions that a spreadsheet can do as well: indicators
// added to each other.
var plainSum = regexp.MustCompile(`^\s*\[([^\[\]]+)\](\s*\+\s*\[[^\[\]]+\])+\s*$`)

// computeFormula adds up the indicators a computed one is made of, where its
// expression is such a sum.
func (p *paper) computeFormula(key [3]string, ind *report.Indicator, want report.Value) string {
	if !plainSum.MatchString(ind.Compute) {
		return ""
	}
	var a adder
	for code := range strings.SplitSeq(ind.Compute, "+") {
		part := [3]string{strings.Trim(code, " \t\n\r[]"), key[1], key[2]}
		if at, ok := p.cross.cells[part]; ok {
			a.at(xlsx.Ref(at.FirstRow, at.FirstCol), p.s.AgencyPlace[part].Value)
		}
	}
	return a.sum(want, p.scales[ind.Code])
}

// crossTarget is where the figures of an indicator by agency and place begin.
func (p *paper) crossTarget(ind *report.Indicator) string {
	keys := p.cross.keys[ind.Code]
	if len(keys) == 0 {
		return ""
	}
	rows := p.cross.rows(keys)
	rows.FirstRow = p.cross.totals[ind.Code].FirstRow
	return p.crossSheet.Ref(rows)
}

// sourceTarget is where the sources of an indicator stand.
func (p *paper) sourceTarget(indicator string) string {
	rows := p.sourcesOf[indicator]
	if rows.isNone() {
		return ""
	}
	rows.from-- // with the name
	return p.sourcesSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, p.sourcesLast()))
}
