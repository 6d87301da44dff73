package export

import (
	"strings"
	"unicode"

	"tonghop/internal/xlsx"
	"tonghop/report"
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

// breakTotals divides the first sheet into pages. The table begins below the
// words where it fits there whole, and on a page of its own where it does not. The
// last of its rows stand with what is below it down to the end of the sheet: a
// signature never stands alone, nor is it torn apart.
func (p *paper) breakTotals(w *xlsx.Worksheet, end int) {
	t := &p.totals
	caption, first := t.head-1, t.head+headRows
	last := first + len(t.lines) - 1
	rows := rowsOnPaper(w, first, last, func(row int) bool { return p.isHeading(t.lines[row-first]) })
	page := pageHeight(w.Print.Landscape, p.totalWidth()) * trust
	full := page - w.HeightOf(t.head, first-1)
	rest := page - w.HeightOf(1, first-1)
	if tall(rows) > rest {
		w.Print.RowBreaks = append(w.Print.RowBreaks, caption)
		rest = full - w.HeightOf(caption, caption)
	}
	starts := divide(rows, rest, full, w.HeightOf(last+1, end))
	if len(starts) > 0 && starts[0].at == 0 { // for the sake of the signature
		w.Print.RowBreaks, starts = append(w.Print.RowBreaks, caption), starts[1:]
	}
	beginPages(w, first, starts)
}

// isHeading tells whether a row names those below it. A group whose answers are
// told stands for itself.
func (p *paper) isHeading(line totalsLine) bool { return line.indicator == nil && !line.told }

// totalWidth is how wide the first sheet is, in digits.
func (p *paper) totalWidth() float64 {
	t := &p.totals
	width := widthCode + t.name + t.unit + t.sum + t.heardWidth
	if !t.apart {
		width += t.agency * float64(len(p.s.Agencies))
	}
	return width
}
