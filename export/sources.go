package export

import (
	"strconv"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The rows and columns of the sheet of sources.
const (
	sourcesHead  = 5
	sourcesTop   = sourcesHead + 1
	sourcesValue = 6
	sourcesLast  = 14
)

var sourcesColumns = [sourcesLast]column{
	{"Mã", 8}, {"Chỉ tiêu", 36}, {"Đơn vị báo cáo", 26}, {"Nói về đơn vị", 18}, {"Địa bàn", 20},
	{"Số liệu", 15}, {"ĐVT", 10}, {"Nguyên văn trong ô", 20}, {"Bản", 6}, {"Tệp", 26},
	{"Trang", 20}, {"Ô", 8}, {"Chuẩn hóa", 12}, {"Điều chỉnh", 8},
}

// source gives the fact in a row of the sheet of sources.
func (p *paper) source(row int) *report.SourceLine {
	return &p.s.Sources[p.lines[row-sourcesTop]]
}

// writeSources writes every fact that counts, with the cell it was read from
// (law 4). Here alone the figures are typed in; all others are made of them.
func (p *paper) writeSources() {
	w := p.sourcesSheet
	p.sheetTitle(w, "NGUỒN SỐ LIỆU: TỪNG Ô ĐƯỢC TÍNH", sourcesLast)
	p.tableHead(w, sourcesHead, sourcesColumns[:])
	for n := range p.lines {
		row := sourcesTop + n
		p.writeSource(row, p.source(row))
		w.Done(row)
	}
	w.View.Filter = xlsx.Rect(sourcesHead, 1, max(sourcesHead, sourcesTop+len(p.lines)-1), sourcesLast)
}

func (p *paper) writeSource(row int, l *report.SourceLine) {
	w, name, unit := p.sourcesSheet, "", ""
	if ind := p.indicator(l.Indicator); ind != nil {
		name, unit = ind.Name.VI, ind.Unit
	}
	w.Text(row, 1, l.Indicator, plainStyle)
	w.Text(row, 2, name, plainStyle)
	w.Text(row, 3, p.s.Register.AgencyName(l.Agency), plainStyle)
	if l.Unit != l.Agency {
		w.Text(row, 4, p.s.Register.AgencyName(l.Unit), plainStyle)
	} else {
		w.Blank(row, 4, plainStyle)
	}
	w.Text(row, 5, p.s.Register.PlaceName(l.Place), plainStyle)
	p.sourceValue(row, l)
	w.Text(row, 7, unit, plainStyle)
	text := l.Source.Text
	if l.Value.Kind == report.Words {
		text = "" // it stands in the column of values, whole
	}
	w.Text(row, 8, text, plainStyle)
	w.Number(row, 9, strconv.Itoa(l.Version), midStyle)
	w.Text(row, 10, l.File, plainStyle)
	w.Text(row, 11, l.Source.Sheet, plainStyle)
	w.Text(row, 12, l.Source.Cell, plainStyle)
	w.Text(row, 13, l.Source.Norm, plainStyle)
	adjusted := ""
	if l.Adjusted {
		adjusted = "có"
	}
	w.Text(row, 14, adjusted, midStyle)
}

func (p *paper) sourceValue(row int, l *report.SourceLine) {
	w, v := p.sourcesSheet, l.Value
	switch {
	case written(v):
		w.Number(row, sourcesValue, v.Num.String(), numberStyle(p.scales[l.Indicator], false, false))
	case v.Kind == report.Number:
		st := numberStyle(0, false, false)
		st.NumFmt = ""
		w.Text(row, sourcesValue, shownNumber(v, p.scales[l.Indicator]), st)
	case v.Kind == report.Words:
		w.Text(row, sourcesValue, v.Text, plainStyle)
	case v.Kind == report.YesNo:
		w.Text(row, sourcesValue, yesNo(v.Yes), midStyle)
	default:
		w.Text(row, sourcesValue, markWord(report.Cell{Value: v}), markStyle(tableSize))
	}
}
