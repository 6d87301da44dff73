package export

import (
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// The widths of a grid, in digits.
const (
	gridCode  = 5.5
	gridName  = 28
	gridFixed = gridCode + gridName
	gridRoom  = pageWidth * 1.12 // 9 points printed at 89 % are 8
)

// writeGrid writes the figures by agency and place with a column for each place:
// one table on the screen, and on paper as many pages side by side as it takes.
func (p *paper) writeGrid() {
	w, last := p.crossSheet, p.cross.last
	total, each := p.gridWidths()
	w.Columns(1, 1, xlsx.Column{Width: gridCode})
	w.Columns(2, 2, xlsx.Column{Width: gridName})
	w.Columns(gridTotal, gridTotal, xlsx.Column{Width: total})
	w.Columns(gridFirst, last, xlsx.Column{Width: each})
	width := gridFixed + total + each*float64(len(p.cross.places))
	pages := []sheetPage{{from: gridTotal, to: last, width: width - gridFixed}}
	w.Print.FitWidth = width <= gridRoom
	if !w.Print.FitWidth {
		pages, width = p.gridPages(total, each), 0
		w.Print.RepeatLeft, w.Print.RepeatRight = 1, gridTotal-1
	}
	p.pageTitles(w, "SỐ LIỆU THEO ĐƠN VỊ VÀ ĐỊA BÀN", pages, gridFixed)
	p.gridHead(total, each)
	w.View.FreezeRows, w.View.FreezeCols = crossHead, gridTotal
	w.Print.RepeatTop, w.Print.RepeatBottom = crossHead, crossHead
	if !w.Print.FitWidth { // the titles belong to each page then
		w.Print.RepeatTop = 1
	}
	rows := newEvidence(w, crossTop, pageHeight(true, width))
	for i, line := range p.cross.lines {
		row := crossTop + i
		if line.agency == "" {
			rows.row(xlsx.Row{Height: p.gridBlock(row, line.indicator, each)}, true)
		} else {
			rows.row(xlsx.Row{Level: 1, Height: p.gridLine(row, line, each)}, false)
		}
	}
	rows.end()
	w.View.Filter = xlsx.Rect(crossHead, 1, crossTop+len(p.cross.lines)-1, 2)
}

// gridWidths gives the width of the column of totals and that of each place.
func (p *paper) gridWidths() (total, each float64) {
	const least = 6.5
	width := func(c report.Cell, scale int) float64 { return evidenceWidth(c.Value, scale) }
	total, each = 8, least
	for _, ind := range p.placed {
		total = max(total, width(p.s.Total[ind.Code], p.scales[ind.Code]))
		for _, place := range p.cross.places {
			each = max(each, width(p.s.ByPlace[[2]string{ind.Code, place}], p.scales[ind.Code]))
		}
		for _, key := range p.cross.keys[ind.Code] { // a part may be larger than the whole
			each = max(each, width(p.s.AgencyPlace[key], p.scales[ind.Code]))
			total = max(total, width(p.s.ByAgency[[2]string{ind.Code, key[1]}], p.scales[ind.Code]))
		}
	}
	return total, each
}

// gridPages divides the places over pages side by side, alike; the totals stand
// on the first.
func (p *paper) gridPages(total, each float64) []sheetPage {
	room := pageRoom - gridFixed
	most := max(1, int((room-total)/each))
	pages := (len(p.cross.places) + most - 1) / most
	most = (len(p.cross.places) + pages - 1) / pages
	var out []sheetPage
	for from := 0; from < len(p.cross.places); from += most {
		to := min(from+most, len(p.cross.places))
		page := sheetPage{from: gridFirst + from, to: gridFirst + to - 1, width: each * float64(to-from)}
		if from == 0 {
			page.from, page.width = gridTotal, page.width+total
		} else {
			p.crossSheet.Print.ColumnBreaks = append(p.crossSheet.Print.ColumnBreaks, page.from)
		}
		out = append(out, page)
	}
	return out
}

// gridHead names the columns.
func (p *paper) gridHead(total, each float64) {
	w, height := p.crossSheet, 0.0
	head := func(col int, text string, width float64) {
		w.Text(crossHead, col, text, evidence(headStyle))
		height = max(height, p.evidenceFit(text, width, true))
	}
	head(1, "Mã", gridCode)
	head(2, "Chỉ tiêu, đơn vị báo cáo", gridName-2) // less the button of the filter
	head(gridTotal, "Tổng cộng", total)
	for i, place := range p.cross.places {
		head(gridFirst+i, p.s.Register.PlaceName(place), each)
	}
	w.Row(crossHead, xlsx.Row{Height: height})
}

// gridBlock writes the row of an indicator as a whole, and gives its height.
func (p *paper) gridBlock(row int, ind *report.Indicator, each float64) float64 {
	w, name := p.crossSheet, unitName(ind)
	w.Text(row, 1, ind.Code, evidence(groupStyle))
	w.Text(row, 2, name, evidence(groupStyle))
	p.crossTotal(ind)
	height := max(p.evidenceFit(name, gridName, true), p.evidenceFit(ind.Code, gridCode, true))
	by := map[string][][3]string{}
	for _, key := range p.cross.keys[ind.Code] {
		by[key[2]] = append(by[key[2]], key)
	}
	for i, place := range p.cross.places {
		cell := p.s.ByPlace[[2]string{ind.Code, place}]
		if len(by[place]) == 0 {
			cell = report.Cell{}
		}
		p.figure(w, row, gridFirst+i, figure{
			indicator: ind, cell: cell, strong: true, size: evidenceSize,
			formula: p.gridPlaceFormula(ind, place, gridFirst+i, by[place], cell.Value),
		})
		height = max(height, p.evidenceFit(markWord(cell), each, false))
	}
	return height
}

// gridPlaceFormula adds up what the agencies said of a place.
func (p *paper) gridPlaceFormula(ind *report.Indicator, place string, col int, keys [][3]string, want report.Value) string {
	if roll := ind.On(report.AxisAgency); roll != report.RollRatio {
		return p.crossSum(keys).roll(roll, want, p.scales[ind.Code])
	}
	return p.gridRatio(ind, col, want, func(code string) (int, report.Value) {
		return p.cross.totals[code].FirstRow, p.s.ByPlace[[2]string{code, place}].Value
	})
}

// gridRatio makes a ratio of two cells of a column.
func (p *paper) gridRatio(ind *report.Indicator, col int, want report.Value, at func(code string) (int, report.Value)) string {
	num, numValue := at(ind.Num)
	den, denValue := at(ind.Den)
	if num == 0 || den == 0 {
		return ""
	}
	return ratioFormula(ind.Factor, term{xlsx.Ref(num, col), numValue}, term{xlsx.Ref(den, col), denValue}, want, ind.Scale)
}

// gridLine writes what an agency said of the places, and gives the height of its
// row.
func (p *paper) gridLine(row int, line crossLine, each float64) float64 {
	w, ind, pair := p.crossSheet, line.indicator, [2]string{line.indicator.Code, line.agency}
	name, st := p.shortName(line.agency), evidence(textStyle)
	w.Text(row, 1, ind.Code, st)
	st.Indent = 1
	w.Text(row, 2, name, st)
	height := p.evidenceFit(name, gridName-2, false) // less the indent
	w.Paint(xlsx.Rect(row, gridFirst, row, p.cross.last), evidence(voidStyle))
	for _, key := range p.cross.keysOf[pair] {
		p.crossFigure(key)
		height = max(height, p.evidenceFit(markWord(p.s.AgencyPlace[key]), each, false))
	}
	cell := p.s.ByAgency[pair]
	formula := p.crossSum(p.cross.keysOf[pair]).roll(ind.On(report.AxisPlace), cell.Value, p.scales[ind.Code])
	if formula == "" && ind.On(report.AxisAgency) == report.RollRatio {
		formula = p.gridRatio(ind, gridTotal, cell.Value, func(code string) (int, report.Value) {
			keys := p.cross.keysOf[[2]string{code, line.agency}]
			if len(keys) == 0 {
				return 0, report.Value{}
			}
			return p.cross.area(keys).FirstRow, p.s.ByAgency[[2]string{code, line.agency}].Value
		})
	}
	p.figure(w, row, gridTotal, figure{indicator: ind, cell: cell, strong: true, formula: formula, size: evidenceSize})
	return height
}
