package export

import (
	"regexp"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The rows and columns of the table of agencies by places.
const (
	crossHead  = 5
	crossTop   = crossHead + 1
	crossValue = 7
	crossLast  = 9
)

var crossColumns = [crossLast]column{
	{"Mã", 8}, {"Chỉ tiêu", 36}, {"ĐVT", 10.5}, {"Đơn vị", 28}, {"Mã địa bàn", 8.5},
	{"Địa bàn", 20}, {"Số liệu", 14}, {"Dòng", 8}, {"Ghi chú", 12},
}

// column is the heading of a column and its width in digits.
type column struct {
	name  string
	width float64
}

// What the column "Dòng" says, so that a filter can leave totals out.
const (
	lineTotal  = "cộng"
	lineDetail = "chi tiết"
)

// writeCross writes every figure that is asked by place, by agency and place: a
// tidy table, with the rows of an indicator folded under its total.
func (p *paper) writeCross() {
	w := p.crossSheet
	p.sheetTitle(w, "SỐ LIỆU THEO ĐƠN VỊ VÀ ĐỊA BÀN", crossLast)
	p.tableHead(w, crossHead, crossColumns[:])
	for i, r := range p.cross {
		row := crossTop + i
		if r.agency == "" {
			p.crossTotal(row, r.indicator)
		} else {
			p.crossDetail(row, r)
		}
		w.Done(row)
	}
	w.View.Filter = xlsx.Rect(crossHead, 1, max(crossHead, crossTop+len(p.cross)-1), crossLast)
}

// tableHead writes the heading of a list that is as wide as its columns.
func (p *paper) tableHead(w *xlsx.Worksheet, row int, columns []column) {
	height := 0.0
	for i, c := range columns {
		w.Columns(i+1, i+1, xlsx.Column{Width: c.width})
		w.Text(row, i+1, c.name, headStyle)
		height = max(height, fit(c.name, c.width-2, headStyle)) // less the button of the filter
	}
	w.Row(row, xlsx.Row{Height: height})
	w.View.FreezeRows = row
	w.Print.RepeatTop, w.Print.RepeatBottom = row, row
}

func (p *paper) crossTotal(row int, ind *report.Indicator) {
	w, cell, block := p.crossSheet, p.s.Total[ind.Code], p.crossBlock[ind.Code]
	w.Text(row, 1, ind.Code, groupStyle)
	w.Text(row, 2, ind.Name.VI, groupStyle)
	w.Text(row, 3, ind.Unit, groupStyle)
	w.Text(row, 4, "Các đơn vị ("+heardOf(cell.Heard, cell.Asked)+" đã báo cáo)", groupStyle)
	w.Blank(row, 5, groupStyle)
	w.Text(row, 6, "Tất cả địa bàn", groupStyle)
	formula := ""
	if roll := ind.On(report.AxisAgency); roll == ind.On(report.AxisPlace) {
		a := adder{refs: []string{area(block.from, crossValue, block.to, crossValue)}}
		for r := block.from; r <= block.to; r++ {
			a.add(p.crossCell(p.cross[r-crossTop]).Value)
		}
		formula = a.roll(roll, cell.Value, p.scales[ind.Code])
	}
	if formula == "" && ind.On(report.AxisAgency) == report.RollRatio {
		formula = p.ratioOnCross(ind, p.crossBlock[ind.Num].from-1, p.crossBlock[ind.Den].from-1, cell.Value,
			func(code string) report.Value { return p.s.Total[code].Value })
	}
	p.figure(w, row, crossValue, figure{indicator: ind, cell: cell, strong: true, formula: formula, target: p.sourceTarget(ind.Code)})
	w.Text(row, 8, lineTotal, groupStyle)
	w.Text(row, 9, noteWord(cell), groupStyle)
	w.Row(row, xlsx.Row{Height: fit(ind.Name.VI, crossColumns[1].width, groupStyle)})
}

func (p *paper) crossCell(r crossRow) report.Cell {
	return p.s.AgencyPlace[[3]string{r.indicator.Code, r.agency, r.place}]
}

func (p *paper) crossDetail(row int, r crossRow) {
	w, cell, ind := p.crossSheet, p.crossCell(r), r.indicator
	height := 0.0
	for col, text := range [crossLast]string{
		ind.Code, ind.Name.VI, ind.Unit, p.s.Register.AgencyName(r.agency), r.place, p.s.Register.PlaceName(r.place), "", lineDetail, noteWord(cell),
	} {
		w.Text(row, col+1, text, textStyle)
		height = max(height, p.fit(text, crossColumns[col].width))
	}
	w.Row(row, xlsx.Row{Level: 1, Height: height})
	key := [3]string{ind.Code, r.agency, r.place}
	f := figure{indicator: ind, cell: cell, formula: p.crossFormula(key, ind, cell.Value)}
	if rows := p.sourceRows[key]; !rows.isNone() && row < xlsx.MaxLinks {
		f.target = p.sourcesSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, sourcesLast))
	}
	p.figure(w, row, crossValue, f)
}

// noteWord says in words what a sign in place of a figure, or beside it, means.
func noteWord(c report.Cell) string {
	switch c.Mark {
	case report.MarkNone:
	case report.MarkRepeats:
		return "có thể trùng"
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
	return p.ratioOnCross(ind,
		p.crossRows[[3]string{ind.Num, key[1], key[2]}], p.crossRows[[3]string{ind.Den, key[1], key[2]}], want,
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

func (p *paper) ratioOnCross(ind *report.Indicator, numRow, denRow int, want report.Value, value func(code string) report.Value) string {
	if numRow < crossTop || denRow < crossTop {
		return ""
	}
	return ratioFormula(ind.Factor,
		term{xlsx.Ref(numRow, crossValue), value(ind.Num)}, term{xlsx.Ref(denRow, crossValue), value(ind.Den)}, want, ind.Scale)
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
		if row, ok := p.crossRows[part]; ok {
			a.at(xlsx.Ref(row, crossValue), p.s.AgencyPlace[part].Value)
		}
	}
	return a.sum(want, p.scales[ind.Code])
}

// crossTarget is where the figures of an indicator by agency and place begin.
func (p *paper) crossTarget(ind *report.Indicator) string {
	block := p.crossBlock[ind.Code]
	if block.isNone() {
		return ""
	}
	return p.crossSheet.Ref(xlsx.Rect(block.from-1, 1, block.to, crossLast))
}

// sourceTarget is where the sources of an indicator stand.
func (p *paper) sourceTarget(indicator string) string {
	rows := p.sourcesOf[indicator]
	if rows.isNone() {
		return ""
	}
	return p.sourcesSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, sourcesLast))
}
