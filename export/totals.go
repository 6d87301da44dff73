package export

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The columns of the table of indicators.
const (
	colCode = 1
	colName = 2
	colUnit = 3
	colSum  = 4
)

// totalsLayout is how the table of indicators is laid out.
type totalsLayout struct {
	apart      bool           // the agencies have a sheet of their own
	first      int            // first column of agencies
	last       int            // last column of agencies
	heard      int            // column that says how many were heard
	name       float64        // width of the names
	unit       float64        // width of the units
	sum        float64        // width of the totals
	agency     float64        // width of an agency's column
	heardWidth float64        // of the column that says how many were heard
	words      []string       // the lines before the table
	head       int            // first row of its heading
	lines      []totalsLine   // its rows
	heights    []float64      // of the heading as a whole, and of each row
	columns    map[string]int // column by agency

	rows       map[string]int // row of the totals by indicator
	agencyRows map[string]int // row of the agencies by indicator: the same, or on their own sheet
}

// totalsLine is a row of the table: an indicator, or the name of a group.
type totalsLine struct {
	indicator *report.Indicator
	group     string
	told      bool // a group whose answers are told, not counted
	level     int  // how deep it is indented
}

const (
	headRows       = 3 // of the table: names, agencies, numbers
	widthCode      = 7
	widthUnit      = 10
	widthHeard     = 7.5
	leastNameWidth = 27
	portraitWidth  = 89 // of a page with the margins of the decree, in digits
)

// layOutTotals decides whether the agencies fit beside the totals on a page, and
// where everything stands.
func (p *paper) layOutTotals() totalsLayout {
	t := totalsLayout{lines: p.totalsLines(), columns: map[string]int{}, rows: map[string]int{}, agencyRows: map[string]int{}}
	t.unit, t.sum, t.heardWidth = widthUnit, p.sumWidth(), widthHeard
	t.agency = p.agencyWidth()
	fixed := widthCode + t.unit + t.heardWidth + t.sum
	const shrink = 1.18 // 11 points printed at 85 % are still above 9
	room := pageWidth*shrink - fixed - leastNameWidth
	t.apart = t.agency*float64(len(p.s.Agencies)) > room
	t.first = colSum + 1
	if t.apart {
		// The right half of the heading stands over the figures and needs room.
		t.name, t.unit, t.sum, t.heardWidth = 34, 12, max(22, t.sum), 14
		t.first = colUnit + 1
		t.heard = colSum + 1
	} else {
		t.name = min(max(leastNameWidth, pageWidth-fixed-t.agency*float64(len(p.s.Agencies))), 44)
		t.heard = t.first + len(p.s.Agencies)
	}
	t.last = t.first + len(p.s.Agencies) - 1
	for i := range p.s.Agencies {
		t.columns[p.s.Agencies[i].Agency] = t.first + i
	}
	t.words = p.words()
	return t
}

// sumWidth is how wide the column of totals must be, for its figures and for the
// number in its heading.
func (p *paper) sumWidth() float64 {
	const least = 11
	return max(least, p.widest(func(ind *report.Indicator) report.Value { return p.s.Total[ind.Code].Value }))
}

// agencyWidth is how wide the column of an agency must be.
func (p *paper) agencyWidth() float64 {
	widest := 8.0
	for i := range p.s.Agencies {
		agency := p.s.Agencies[i].Agency
		widest = max(widest, wordWidth(p.shortName(agency)))
		widest = max(widest, p.widest(func(ind *report.Indicator) report.Value {
			return p.s.ByAgency[[2]string{ind.Code, agency}].Value
		}))
	}
	return widest
}

// wordWidth is how wide a column must be for the longest word of its heading, in
// digits.
func wordWidth(name string) float64 {
	const capital, letter, air = 1.36, 1.0, 1.4
	widest := 0.0
	for word := range strings.FieldsSeq(name) {
		width := air
		for _, r := range word {
			if unicode.IsUpper(r) {
				width += capital
			} else {
				width += letter
			}
		}
		widest = max(widest, width)
	}
	return widest
}

// widest gives the width of a column for the widest of its figures.
func (p *paper) widest(value func(*report.Indicator) report.Value) float64 {
	const least, perDigit, air = 8.0, 1.08, 1.8
	width := least
	for _, ind := range p.figures {
		width = max(width, float64(len(shownNumber(value(ind), p.scales[ind.Code])))*perDigit+air)
	}
	return width
}

// totalsLines gives the rows: groups with their indicators, parts under what they
// are parts of.
func (p *paper) totalsLines() []totalsLine {
	var out []totalsLine
	levels := map[string]int{}
	group, first := "", true
	for _, ind := range p.s.Indicators {
		told := ind.Type == report.TypeText
		if ind.Group != group || first {
			group, first = ind.Group, false
			if group != "" {
				out = append(out, totalsLine{group: group, told: told})
			}
		}
		if told {
			continue
		}
		if n := len(out); n > 0 && out[n-1].indicator == nil {
			out[n-1].told = false
		}
		level := 0
		if l, ok := levels[ind.Parent]; ok && ind.Parent != "" {
			level = l + 1
		}
		levels[ind.Code] = level
		out = append(out, totalsLine{indicator: ind, level: level})
	}
	return out
}

// writeTotals writes the first sheet: heading, words, table, signatures; and the
// sheet of agencies where they do not fit on it.
func (p *paper) writeTotals() {
	w, t := p.totalsSheet, &p.totals
	last := t.heard
	w.Columns(colCode, colCode, xlsx.Column{Width: widthCode})
	w.Columns(colName, colName, xlsx.Column{Width: t.name})
	w.Columns(colUnit, colUnit, xlsx.Column{Width: t.unit})
	w.Columns(colSum, colSum, xlsx.Column{Width: t.sum})
	if !t.apart && len(p.s.Agencies) > 0 {
		w.Columns(t.first, t.last, xlsx.Column{Width: t.agency})
	}
	w.Columns(t.heard, t.heard, xlsx.Column{Width: t.heardWidth})

	middle := colUnit
	if t.apart {
		middle = colName
	}
	row := p.heading(w, middle, last)
	row = p.writeWords(w, row, last)
	// The heading and the words are a page of their own. (A page that ends just
	// behind rows that are to be repeated also loses rows in LibreOffice.)
	w.Print.RowBreaks = append(w.Print.RowBreaks, row)
	t.head = row + 1
	for i, line := range t.lines {
		if line.indicator != nil {
			t.rows[line.indicator.Code] = t.head + headRows + i
			t.agencyRows[line.indicator.Code] = agenciesTop + i
		}
	}
	if !t.apart {
		t.agencyRows = t.rows
	}
	across(w, row, 1, last, "Đơn vị tính: ghi ở cột C", xlsx.Style{Size: 12, Italic: true, H: xlsx.Right})
	p.totalsHead(w)
	p.totalsRows()
	if t.apart {
		p.writeAgencies()
	}
	p.keepTogether(w)
	row = t.head + headRows + len(t.lines) + 1
	row = p.legend(w, row, last)
	p.signatures(w, row+1, middle, last)
	w.View.FreezeCols = colName
	w.Print.RepeatTop, w.Print.RepeatBottom = t.head, t.head+headRows-1
}

// keepTogether moves the last rows of the table to the next page when what
// stands below it would not fit on the page any more: a signature never stands
// alone, nor is it torn apart.
func (p *paper) keepTogether(w *xlsx.Worksheet) {
	const (
		tail  = 240 // legend and signatures, points
		carry = 3   // rows taken along
		left  = 482 // of a page between the margins of the decree, landscape
		high  = 729 // the same, portrait
	)
	t := &p.totals
	page, width := float64(left), float64(pageWidth)
	if t.apart {
		page, width = high, portraitWidth
	}
	page *= max(1, p.totalWidth()/width) * 0.98
	head := t.heights[0]
	used := head + 20 // the line above it
	for _, h := range t.heights[1:] {
		if used += h; used > page {
			used = head + h
		}
	}
	if used+tail > page && len(t.lines) > carry {
		w.Print.RowBreaks = append(w.Print.RowBreaks, t.head+headRows+len(t.lines)-carry)
	}
}

// totalWidth is how wide the first sheet is, in digits.
func (p *paper) totalWidth() float64 {
	t := &p.totals
	width := widthCode + t.name + t.unit + t.sum + t.heardWidth
	if !t.apart {
		width += t.agency * float64(len(p.s.Agencies))
	}
	return width
}

// writeWords writes the lines in words. It gives the next free row.
func (p *paper) writeWords(w *xlsx.Worksheet, row, last int) int {
	for i, line := range p.totals.words {
		text := fmt.Sprintf("%d. %s", i+1, line)
		if i == len(p.totals.words)-1 {
			text += "/."
		}
		across(w, row, 1, last, text, bodyStyle)
		w.Row(row, xlsx.Row{Height: fit(text, p.totalWidth(), bodyStyle) + 2})
		row++
	}
	return row + 1
}

// totalsHead writes the heading of the table.
func (p *paper) totalsHead(w *xlsx.Worksheet) {
	t := &p.totals
	top, bottom := t.head, t.head+1
	w.Paint(xlsx.Rect(top, 1, bottom, t.heard), headStyle)
	for col, name := range map[int]string{colCode: "Mã", colName: "Chỉ tiêu", colUnit: "Đơn vị tính", colSum: "Tổng cộng", t.heard: "Số đơn vị báo cáo"} {
		w.Text(top, col, name, headStyle)
		w.Merge(xlsx.Rect(top, col, bottom, col))
	}
	for col, name := range map[int]string{colCode: "A", colName: "B", colUnit: "C", colSum: "1"} {
		w.Text(top+2, col, name, indexStyle)
	}
	if t.apart {
		w.Text(top+2, t.heard, "2", indexStyle)
		w.Row(top, xlsx.Row{Height: 20})
		w.Row(bottom, xlsx.Row{Height: 30})
		return
	}
	n := len(p.s.Agencies)
	w.Text(top+2, colSum, fmt.Sprintf("1=2+…+%d", n+1), indexStyle)
	w.Text(top+2, t.heard, strconv.Itoa(n+2), indexStyle)
	w.Row(top, xlsx.Row{Height: 18})
	if n == 0 {
		return
	}
	across(w, top, t.first, t.last, "Chia theo đơn vị", headStyle)
	p.agencyHeads(w, bottom, 2)
}

// agencyHeads writes the names of the agencies over their columns, and who of
// them was not heard.
func (p *paper) agencyHeads(w *xlsx.Worksheet, row, number int) {
	height := 0.0
	for i := range p.s.Agencies {
		a := &p.s.Agencies[i]
		name := p.agencyHead(a)
		w.Text(row, p.totals.columns[a.Agency], name, smaller(headStyle))
		w.Text(row+1, p.totals.columns[a.Agency], strconv.Itoa(number+i), indexStyle)
		height = max(height, fit(name, p.totals.agency, smaller(headStyle)))
	}
	w.Row(row, xlsx.Row{Height: height})
}

// agencyHead heads the column of an agency.
func (p *paper) agencyHead(a *report.AgencyStatus) string {
	if counts(a) {
		return p.shortName(a.Agency)
	}
	return p.shortName(a.Agency) + "\n(chưa BC)"
}

// totalsRows writes the rows of the table.
func (p *paper) totalsRows() {
	p.totals.heights = append(p.totals.heights, p.headHeight())
	for i, line := range p.totals.lines {
		row := p.totals.head + headRows + i
		if line.indicator == nil {
			p.totals.heights = append(p.totals.heights, p.groupRow(p.totalsSheet, row, p.totals.heard, line))
			continue
		}
		p.totals.heights = append(p.totals.heights, p.lineHead(p.totalsSheet, row, line, p.totals.name))
		p.totalCells(row, line.indicator)
		if !p.totals.apart {
			p.agencyCells(p.totalsSheet, row, line.indicator)
		}
	}
}

// headHeight is how tall the heading of the table is.
func (p *paper) headHeight() float64 {
	height := 50.0
	for i := range p.s.Agencies {
		if a := &p.s.Agencies[i]; !p.totals.apart {
			height = max(height, 18+17.25+fit(p.agencyHead(a), p.totals.agency, smaller(headStyle)))
		}
	}
	return height
}

// groupRow writes the name of a group over the whole width. It gives the height.
func (p *paper) groupRow(w *xlsx.Worksheet, row, last int, line totalsLine) float64 {
	height := 20.0
	if last == colUnit { // on the sheet of agencies the name has little room
		height = 32
	}
	w.Text(row, colCode, line.group, bolder(groupStyle, true))
	name := upper(p.groupName(line.group))
	if line.told {
		name += " (xem trang “" + sheetAnswers + "”)"
		w.Lead(row, colName, p.answersSheet.Ref(xlsx.At(1, 1)))
	}
	w.Text(row, colName, name, groupStyle)
	w.Merge(xlsx.Rect(row, colName, row, last))
	w.Paint(xlsx.Rect(row, 1, row, last), groupStyle)
	w.Row(row, xlsx.Row{Height: height})
	return height
}

// lineHead writes code, name and unit of an indicator. It gives the height.
func (p *paper) lineHead(w *xlsx.Worksheet, row int, line totalsLine, width float64) float64 {
	st := textStyle
	st.Indent = line.level
	st.Italic = line.level > 0
	w.Text(row, colCode, line.indicator.Code, midStyle)
	w.Text(row, colName, p.partName(line), st)
	w.Text(row, colUnit, line.indicator.Unit, midStyle)
	height := max(fit(p.partName(line), width, st), fit(line.indicator.Unit, widthUnit, midStyle))
	w.Row(row, xlsx.Row{Height: height})
	return height
}

// partName gives the name of an indicator; a part says what it is a part of
// where its own name does not.
func (p *paper) partName(line totalsLine) string {
	ind := line.indicator
	if line.level == 0 || hasPartWord(ind.Name.VI) {
		return ind.Name.VI
	}
	switch ind.Part {
	case report.PartOf:
		return "Trong đó: " + lowerFirst(ind.Name.VI)
	case report.PartSplit:
		return "Chia ra: " + lowerFirst(ind.Name.VI)
	}
	return ind.Name.VI
}

// totalCells writes the total of an indicator and how many were heard for it.
func (p *paper) totalCells(row int, ind *report.Indicator) {
	cell := p.s.Total[ind.Code]
	target := p.crossTarget(ind)
	if target == "" {
		target = p.sourceTarget(ind.Code)
	}
	p.figure(p.totalsSheet, row, colSum, figure{
		indicator: ind, cell: cell, strong: true, formula: p.totalFormula(row, ind, cell.Value), target: target,
	})
	p.totalsSheet.Text(row, p.totals.heard, heardOf(cell.Heard, cell.Asked), midStyle)
}

// totalFormula rolls the agencies up.
func (p *paper) totalFormula(row int, ind *report.Indicator, want report.Value) string {
	roll := ind.On(report.AxisAgency)
	if roll == report.RollRatio {
		return ratioInColumn(ind, p.totals.rows, colSum, want, func(code string) report.Value { return p.s.Total[code].Value })
	}
	cells := area(row, p.totals.first, row, p.totals.last)
	if p.totals.apart {
		row = p.totals.agencyRows[ind.Code]
		cells = p.agenciesSheet.Ref(xlsx.Rect(row, p.totals.first, row, p.totals.last))
	}
	if ind.Type == report.TypeBool {
		return p.boolFormula(ind, roll, cells, want)
	}
	a := adder{refs: []string{cells}}
	for i := range p.s.Agencies {
		a.add(p.s.ByAgency[[2]string{ind.Code, p.s.Agencies[i].Agency}].Value)
	}
	return a.roll(roll, want, p.scales[ind.Code])
}

// boolFormula asks whether all, or any, of the agencies say yes.
func (p *paper) boolFormula(ind *report.Indicator, roll report.Rolling, cells string, want report.Value) string {
	yes, no := 0, 0
	for i := range p.s.Agencies {
		v := p.s.ByAgency[[2]string{ind.Code, p.s.Agencies[i].Agency}].Value
		if v.Kind == report.YesNo && v.Yes {
			yes++
		} else if v.Kind == report.YesNo {
			no++
		}
	}
	switch {
	case want.Kind != report.YesNo || yes+no == 0:
	case roll == report.RollAll && want.Yes == (no == 0):
		return fmt.Sprintf(`IF(COUNTIF(%s,"không")>0,"không","có")`, cells)
	case roll == report.RollAny && want.Yes == (yes > 0):
		return fmt.Sprintf(`IF(COUNTIF(%s,"có")>0,"có","không")`, cells)
	}
	return ""
}

// ratioInColumn makes a ratio of two other rows of the same column.
func ratioInColumn(ind *report.Indicator, rows map[string]int, col int, want report.Value, value func(code string) report.Value) string {
	num, hasNum := rows[ind.Num]
	den, hasDen := rows[ind.Den]
	if !hasNum || !hasDen {
		return ""
	}
	return ratioFormula(ind.Factor, term{xlsx.Ref(num, col), value(ind.Num)}, term{xlsx.Ref(den, col), value(ind.Den)}, want, ind.Scale)
}

// agencyCells writes what each agency said of an indicator.
func (p *paper) agencyCells(w *xlsx.Worksheet, row int, ind *report.Indicator) {
	for i := range p.s.Agencies {
		agency := p.s.Agencies[i].Agency
		col := p.totals.columns[agency]
		cell := p.s.ByAgency[[2]string{ind.Code, agency}]
		formula, target := p.agencyFormula(ind, agency, col, cell.Value)
		p.figure(w, row, col, figure{indicator: ind, cell: cell, formula: formula, target: target})
	}
}

// agencyFormula adds up what an agency said of its places, or refers to the
// source itself.
func (p *paper) agencyFormula(ind *report.Indicator, agency string, col int, want report.Value) (formula, target string) {
	if rows := p.crossOf[[2]string{ind.Code, agency}]; !rows.isNone() {
		target = p.crossSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, crossLast))
		a := adder{refs: []string{p.crossSheet.Ref(xlsx.Rect(rows.from, crossValue, rows.to, crossValue))}}
		for r := rows.from; r <= rows.to; r++ {
			a.add(p.crossCell(p.cross[r-crossTop]).Value)
		}
		formula = a.roll(ind.On(report.AxisPlace), want, p.scales[ind.Code])
	} else if rows := p.sourcesBy[[2]string{ind.Code, agency}]; !rows.isNone() {
		target = p.sourcesSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, sourcesLast))
		formula = p.sourceFormula(rows, ind, want)
	}
	if formula == "" && ind.On(report.AxisAgency) == report.RollRatio {
		formula = ratioInColumn(ind, p.totals.agencyRows, col, want, func(code string) report.Value { return p.s.ByAgency[[2]string{code, agency}].Value })
	}
	return formula, target
}
