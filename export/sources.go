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
	sourcesLast  = 13
)

var sourcesColumns = [sourcesLast]column{
	{"Mã", 7.5}, {"Chỉ tiêu", 27}, {"Đơn vị báo cáo", 17}, {"Nói về đơn vị", 14}, {"Địa bàn", 17},
	{"Số liệu", 13}, {"Nguyên văn trong ô", 13}, {"Bản", 5}, {"Tệp", 20},
	{"Trang", 13}, {"Ô", 7}, {"Chuẩn hóa", 8}, {"Điều chỉnh", 7},
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
		name = ind.Name.VI
	}
	if l.Unit != l.Agency {
		unit = p.s.Register.AgencyName(l.Unit)
	}
	text := l.Source.Text
	if l.Value.Kind == report.Words {
		text = "" // it stands in the column of values, whole
	}
	adjusted := ""
	if l.Adjusted {
		adjusted = "có"
	}
	height := 0.0
	for col, text := range [sourcesLast]string{
		l.Indicator, name, p.shortName(l.Agency), unit, p.s.Register.PlaceName(l.Place),
		"", text, "", l.File, l.Source.Sheet, l.Source.Cell, l.Source.Norm, adjusted,
	} {
		w.Text(row, col+1, text, textStyle)
		height = max(height, p.fit(text, sourcesColumns[col].width))
	}
	p.sourceValue(row, l)
	w.Number(row, 8, strconv.Itoa(l.Version), midStyle)
	w.Row(row, xlsx.Row{Height: height})
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
		w.Text(row, sourcesValue, v.Text, clipped(textStyle))
	case v.Kind == report.YesNo:
		w.Text(row, sourcesValue, yesNo(v.Yes), midStyle)
	default:
		w.Text(row, sourcesValue, markWord(report.Cell{Value: v}), wordStyle(markWord(report.Cell{Value: v})))
	}
}
