package export

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The rows and columns of the sheet of sources.
const (
	sourcesHead  = 5
	sourcesTop   = sourcesHead + 1
	sourcesValue = 4
)

// sourceColumn is a column of the sheet of sources.
type sourceColumn struct {
	column
	least  float64 // digits
	always bool    // stands though nothing is in it
	text   func(p *paper, l *report.SourceLine) string
}

// allSourceColumns are the columns there may be. One that is empty throughout is
// left out. Which version of a report counts is said where its file is named, on
// the sheet of who reported.
var allSourceColumns = []sourceColumn{
	{column{"Mã", 9}, 5, true, func(_ *paper, l *report.SourceLine) string { return l.Indicator }},
	{column{"Đơn vị báo cáo", 18}, 9, true, func(p *paper, l *report.SourceLine) string { return p.shortName(l.Agency) }},
	{column{"Địa bàn", 18}, 9, true, func(p *paper, l *report.SourceLine) string { return p.s.Register.PlaceName(l.Place) }},
	{column{"Số liệu", 15}, 7, true, (*paper).sourceShown},
	{column{"Nói về đơn vị", 18}, 8, false, (*paper).sourceUnit},
	{column{"Tệp", 26}, 9, true, func(_ *paper, l *report.SourceLine) string { return l.File }},
	{column{"Trang", 18}, 8, true, func(_ *paper, l *report.SourceLine) string { return l.Source.Sheet }},
	{column{"Ô", 10}, 5, true, func(_ *paper, l *report.SourceLine) string { return l.Source.Cell }},
	{column{"Nguyên văn nếu khác; ghi chú", 10}, 10, false, (*paper).sourceNote},
}

// sourcesRoom is how wide the sheet of sources may be: programs that take columns
// for wider than they are print its 9 points as some 8.
const sourcesRoom = portraitWidth * 1.08

// layOutSourceColumns says which columns there are and how wide: as wide as the
// longest of their texts, within bounds. Where a page has no room for all, the
// widest give way and have rows of several lines.
func (p *paper) layOutSourceColumns() []sourceColumn {
	const step = 0.5
	var out []sourceColumn
	total := 0.0
	for _, c := range allSourceColumns {
		longest, letters := "", 0
		for i := range p.s.Sources {
			text := c.text(p, &p.s.Sources[i])
			if n := utf8.RuneCountInString(text); n > letters {
				longest, letters = text, n
			}
		}
		if longest == "" && !c.always {
			continue
		}
		width := c.least
		for width < c.width && p.evidenceFit(longest, width-step, false) > evidenceLine {
			width += step
		}
		c.width = width
		total += width
		out = append(out, c)
	}
	for ; total > sourcesRoom; total -= step {
		widest := slices.MaxFunc(out, func(a, b sourceColumn) int { return cmp.Compare(a.width, b.width) })
		at := slices.IndexFunc(out, func(c sourceColumn) bool { return c.name == widest.name })
		out[at].width -= step
	}
	return out
}

// sourcesLast is the last column of the sheet of sources.
func (p *paper) sourcesLast() int { return len(p.sourceCols) }

// source gives the fact in a row of the sheet of sources.
func (p *paper) source(row int) *report.SourceLine {
	return &p.s.Sources[p.lines[row-sourcesTop]]
}

// writeSources writes every fact that counts, with the cell it was read from
// (law 4). Here alone the figures are typed in; all others are made of them.
func (p *paper) writeSources() {
	w, last := p.sourcesSheet, p.sourcesLast()
	columns, width := make([]column, 0, last), 0.0
	for _, c := range p.sourceCols {
		columns, width = append(columns, c.column), width+c.width
	}
	p.sheetTitle(w, "NGUỒN SỐ LIỆU: TỪNG Ô ĐƯỢC TÍNH", last)
	p.tableHead(w, sourcesHead, columns, evidenceSize)
	pages := newEvidence(w, sourcesTop, pageHeight(false, width))
	for n, i := range p.lines {
		if row := sourcesTop + n; i == noSource {
			pages.row(p.writeSourceName(row, p.source(row+1).Indicator, width), true)
		} else {
			pages.row(p.writeSource(row, p.source(row)), false)
		}
	}
	pages.end()
	w.View.Filter = xlsx.Rect(sourcesHead, 1, max(sourcesHead, sourcesTop+len(p.lines)-1), last)
}

// writeSourceName names the indicator of the rows below.
func (p *paper) writeSourceName(row int, code string, width float64) xlsx.Row {
	w, name := p.sourcesSheet, ""
	if ind := p.indicator(code); ind != nil {
		name = unitName(ind)
		if ind.Type == report.TypeText {
			name += " – xem trang “" + sheetAnswers + "”"
		}
	}
	w.Paint(xlsx.Rect(row, 1, row, p.sourcesLast()), evidence(groupStyle))
	w.Text(row, 1, code, evidence(groupStyle))
	w.Text(row, 2, name, evidence(groupStyle))
	w.Merge(xlsx.Rect(row, 2, row, p.sourcesLast()))
	return xlsx.Row{Height: max(p.evidenceFit(name, width-p.sourceCols[0].width, true), p.evidenceFit(code, p.sourceCols[0].width, true))}
}

func (p *paper) writeSource(row int, l *report.SourceLine) xlsx.Row {
	w, height := p.sourcesSheet, 0.0
	for i, c := range p.sourceCols {
		if i+1 == sourcesValue {
			height = max(height, p.sourceValue(row, l))
			continue
		}
		text := c.text(p, l)
		w.Text(row, i+1, text, evidence(textStyle))
		height = max(height, p.evidenceFit(text, c.width, false))
	}
	return xlsx.Row{Height: height}
}

// sourceNumber spells the number of a source, "" where it is none.
func (p *paper) sourceNumber(l *report.SourceLine) string {
	return shownNumber(l.Value, p.scales[l.Indicator])
}

// sourceShown spells what the column of values has to have room for.
func (p *paper) sourceShown(l *report.SourceLine) string {
	if l.Value.Kind == report.Words && !p.isTold(l) {
		return l.Value.Text
	}
	return p.sourceNumber(l)
}

// sourceUnit names whom a source is about where that is not who reported it.
func (p *paper) sourceUnit(l *report.SourceLine) string {
	if l.Unit == l.Agency {
		return ""
	}
	return p.s.Register.AgencyName(l.Unit)
}

// sourceNote gives what stood in the cell where it does not stand in the column
// of values already, how it was normalised, and whether it was adjusted.
func (p *paper) sourceNote(l *report.SourceLine) string {
	var notes []string
	if text := l.Source.Text; text != "" && !p.sourceShows(l, text) {
		notes = append(notes, "“"+text+"”")
	}
	if l.Source.Norm != "" {
		notes = append(notes, l.Source.Norm)
	}
	if l.Adjusted {
		notes = append(notes, "điều chỉnh")
	}
	return strings.Join(notes, "; ")
}

// sourceShows tells whether the column of values shows a text as it stood in the
// cell. Words stand there whole, or on the sheet of answers; how they were spaced
// is no matter.
func (p *paper) sourceShows(l *report.SourceLine, text string) bool {
	switch v := l.Value; v.Kind {
	case report.Words:
		return slices.Equal(strings.Fields(text), strings.Fields(v.Text))
	case report.Number:
		return text == v.Num.String() || text == p.sourceNumber(l)
	case report.YesNo:
		return text == yesNo(v.Yes)
	default:
		return text == markWord(report.Cell{Value: v})
	}
}

// wordTold stands for an answer that is told whole on the sheet of answers.
const wordTold = "lời văn"

// isTold tells whether the words of a source stand whole among the answers.
func (p *paper) isTold(l *report.SourceLine) bool {
	if p.told == nil {
		p.told = make(map[[3]string]bool, len(p.s.Answers))
		for _, a := range p.s.Answers {
			if ind := p.indicator(a.Indicator); ind != nil && ind.Type == report.TypeText {
				p.told[[3]string{a.Indicator, a.Agency, a.Text}] = true
			}
		}
	}
	return p.told[[3]string{l.Indicator, l.Agency, l.Value.Text}]
}

// sourceValue writes what a source says, and gives the height it needs.
func (p *paper) sourceValue(row int, l *report.SourceLine) float64 {
	w, v := p.sourcesSheet, l.Value
	switch {
	case written(v):
		w.Number(row, sourcesValue, v.Num.String(), evidence(numberStyle(p.scales[l.Indicator], false, false)))
	case v.Kind == report.Number:
		st := evidence(numberStyle(0, false, false))
		st.NumFmt, st.Wrap = "", true
		w.Text(row, sourcesValue, p.sourceNumber(l), st)
		return p.evidenceFit(p.sourceNumber(l), p.sourceCols[sourcesValue-1].width, false)
	case v.Kind == report.Words && p.isTold(l):
		w.Text(row, sourcesValue, wordTold, evidence(wordStyle(wordTold)))
	case v.Kind == report.Words:
		w.Text(row, sourcesValue, v.Text, evidence(textStyle))
		return p.evidenceFit(v.Text, p.sourceCols[sourcesValue-1].width, false)
	case v.Kind == report.YesNo:
		w.Text(row, sourcesValue, yesNo(v.Yes), evidence(midStyle))
	default:
		word := markWord(report.Cell{Value: v})
		w.Text(row, sourcesValue, word, evidence(wordStyle(word)))
	}
	return evidenceLine
}
