package export

import (
	"slices"
	"strconv"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// placeRow is a row of the table by place: a place of facts, or one above it
// whose figures are added up from the rows below.
type placeRow struct {
	place    *report.Place
	parts    []int // positions of the rows it adds up; nil for a place of facts
	inside   bool  // lies below such a row
	ownLevel bool  // the facts at a place that also has places below
}

// placeRows arranges the places: below a district its communes, where figures of
// the district are known. What lies outside any is a row of its own.
func placeRows(s *report.Summary) []placeRow {
	above := map[string]bool{}
	for key := range s.ByLevel {
		if p := s.Register.Place(key[1]); p != nil && key[1] != s.Request.Place && p.Level == report.LevelDistrict {
			above[key[1]] = true
		}
	}
	groupOf := func(p *report.Place) string {
		if d := s.Register.PlaceAt(p.Code, report.LevelDistrict); above[d] {
			return d
		}
		return ""
	}
	members := map[string][]*report.Place{}
	for _, p := range s.Places {
		if g := groupOf(p); g != "" {
			members[g] = append(members[g], p)
		}
	}
	var rows []placeRow
	opened := map[string]bool{}
	for _, p := range s.Places {
		g := groupOf(p)
		switch {
		case g == "":
			rows = append(rows, placeRow{place: p})
		case !opened[g]:
			opened[g] = true
			rows = appendGroup(rows, s.Register.Place(g), members[g])
		}
	}
	return rows
}

func appendGroup(rows []placeRow, head *report.Place, members []*report.Place) []placeRow {
	if len(members) == 1 && members[0].Code == head.Code {
		return append(rows, placeRow{place: head})
	}
	at := len(rows)
	rows = append(rows, placeRow{place: head})
	for _, m := range members {
		rows[at].parts = append(rows[at].parts, len(rows))
		rows = append(rows, placeRow{place: m, inside: true, ownLevel: m.Code == head.Code})
	}
	return rows
}

// The rows of the table by place.
const (
	placesHead  = 5 // names, units, numbers
	placesTotal = placesHead + 3
	placesTop   = placesTotal + 1
	placesLeft  = 3 // first column of figures
)

// The widths of the table by place, in digits.
const (
	placeNameWidth = 28
	placesFixed    = placeNameWidth + 6
)

// writePlaces writes the table with a row for each place and a column for each
// indicator. It is one table on the screen and as many pages side by side on
// paper as stay readable, each with the names of the places.
func (p *paper) writePlaces() {
	w := p.placesSheet
	if len(p.placed) == 0 || len(p.places) == 0 {
		p.sheetTitle(w, "TỔNG HỢP THEO ĐỊA BÀN", 6)
		w.Text(placesHead, 1, "Biểu mẫu không có chỉ tiêu chi tiết theo địa bàn.", smallStyle)
		return
	}
	w.Columns(1, 1, xlsx.Column{Width: 6})
	w.Columns(2, 2, xlsx.Column{Width: placeNameWidth})
	p.placesHeading()
	p.placesNames()
	var pages []sheetPage
	for n, page := range p.placePages() {
		pages = append(pages, p.placesPage(n+1, page))
	}
	p.pageTitles(w, "TỔNG HỢP THEO ĐỊA BÀN", pages, placesFixed)
	w.Print.Area = xlsx.Rect(1, 1, placesTop+len(p.places)-1, placesLeft+len(p.placed)-1)
	w.Row(placesHead, xlsx.Row{Height: p.placesHeight})
	w.Row(placesHead+1, xlsx.Row{Height: 30})
	w.View.FreezeRows, w.View.FreezeCols = placesTop-1, placesLeft-1
	w.Print.FitWidth = false
	w.Print.RepeatTop, w.Print.RepeatBottom = 1, placesTop-2
	w.Print.RepeatLeft, w.Print.RepeatRight = 1, placesLeft-1
}

// placePages divides the indicators into pages. A group of the form is not torn
// apart when it fits on a page; one that does not is spread over its pages alike,
// so that none ends with a page of a single column.
func (p *paper) placePages() [][]*report.Indicator {
	const whole = pageRoom - placesFixed
	var pages [][]*report.Indicator
	room := 0.0
	for from := 0; from < len(p.placed); {
		to := from + 1
		for to < len(p.placed) && p.placed[to].Group == p.placed[from].Group {
			to++
		}
		group := p.placed[from:to:to]
		from = to
		width := p.figuresWidth(group)
		switch {
		case width <= room:
			pages[len(pages)-1] = append(pages[len(pages)-1], group...)
			room -= width
		case width <= whole:
			pages = append(pages, group)
			room = whole - width
		default:
			pages = append(pages, p.spread(group, whole)...)
			room = 0
		}
	}
	return pages
}

// spread divides indicators over as few pages of a width as take them: alike, or
// where that would make one too wide, each as full as it can be.
func (p *paper) spread(all []*report.Indicator, width float64) [][]*report.Indicator {
	var full [][]*report.Indicator
	room := 0.0
	for i, ind := range all {
		if room -= p.figureWidth(ind); room < 0 || i == 0 {
			full, room = append(full, nil), width-p.figureWidth(ind)
		}
		full[len(full)-1] = append(full[len(full)-1], ind)
	}
	alike := slices.Collect(slices.Chunk(all, (len(all)+len(full)-1)/len(full)))
	for _, page := range alike {
		if p.figuresWidth(page) > width {
			return full
		}
	}
	return alike
}

func (p *paper) figuresWidth(all []*report.Indicator) float64 {
	width := 0.0
	for _, ind := range all {
		width += p.figureWidth(ind)
	}
	return width
}

// figureWidth is how wide the column of an indicator must be for its figures and
// its name.
func (p *paper) figureWidth(ind *report.Indicator) float64 {
	const least, perDigit, air = 9.5, 1.08, 2.2
	digits := len(shownNumber(p.s.Total[ind.Code].Value, p.scales[ind.Code]))
	return max(least, float64(digits)*perDigit+air)
}

func (p *paper) placesHeading() {
	w := p.placesSheet
	st := headStyle
	for r := placesHead; r < placesTop-1; r++ {
		w.Paint(xlsx.Rect(r, 1, r, placesLeft-1), st)
	}
	w.Text(placesHead, 1, "TT", st)
	w.Merge(xlsx.Rect(placesHead, 1, placesHead+1, 1))
	w.Text(placesHead, 2, "Địa bàn", st)
	w.Merge(xlsx.Rect(placesHead, 2, placesHead+1, 2))
	w.Text(placesHead+2, 1, "A", indexStyle)
	w.Text(placesHead+2, 2, "B", indexStyle)
}

// placesNames writes the first columns.
func (p *paper) placesNames() {
	w := p.placesSheet
	w.Blank(placesTotal, 1, bold(midStyle))
	w.Text(placesTotal, 2, "TỔNG CỘNG", bold(textStyle))
	n := 0
	for i, r := range p.places {
		row, st := placesTop+i, textStyle
		st.Bold = r.parts != nil
		name := r.place.Name.VI
		if r.ownLevel {
			name = "Cấp huyện"
		}
		if r.inside {
			st.Indent = 1
			w.Row(row, xlsx.Row{Level: 1, Height: fit(name, placeNameWidth, st)})
		} else {
			w.Row(row, xlsx.Row{Height: fit(name, placeNameWidth, st)})
		}
		w.Text(row, 2, name, st)
		if r.inside {
			w.Blank(row, 1, midStyle)
			continue
		}
		n++
		w.Number(row, 1, strconv.Itoa(n), bolder(midStyle, r.parts != nil))
	}
}

func bolder(st xlsx.Style, strong bool) xlsx.Style {
	st.Bold = strong
	return st
}

// placesPage writes the columns that are printed on one page, as wide as the page
// allows, and gives where they stand.
func (p *paper) placesPage(number int, page []*report.Indicator) sheetPage {
	const widest = 15
	w := p.placesSheet
	if number > 1 {
		w.Print.ColumnBreaks = append(w.Print.ColumnBreaks, p.placeCols[page[0].Code])
	}
	out := sheetPage{from: p.placeCols[page[0].Code], to: p.placeCols[page[len(page)-1].Code]}
	extra := float64(pageRoom-placesFixed) - p.figuresWidth(page)
	for _, ind := range page {
		width := min(p.figureWidth(ind)+max(0, extra)/float64(len(page)), max(widest, p.figureWidth(ind)))
		w.Columns(p.placeCols[ind.Code], p.placeCols[ind.Code], xlsx.Column{Width: width})
		p.placesHeight = max(p.placesHeight, fit(placeTitle(ind), width-1, smaller(headStyle))) // bold names break early
		p.placesColumn(ind)
		out.width += width
	}
	return out
}

// placeTitle heads the column of an indicator.
func placeTitle(ind *report.Indicator) string { return ind.Code + "\n" + ind.Name.VI }

func (p *paper) placesColumn(ind *report.Indicator) {
	w, col := p.placesSheet, p.placeCols[ind.Code]
	w.Text(placesHead, col, placeTitle(ind), smaller(headStyle))
	w.Text(placesHead+1, col, ind.Unit, smaller(headStyle))
	w.Text(placesHead+2, col, strconv.Itoa(col-placesLeft+1), indexStyle)
	p.figure(w, placesTotal, col, figure{
		indicator: ind, cell: p.s.Total[ind.Code], strong: true,
		formula: p.placesTotalFormula(ind), target: p.crossTarget(ind),
	})
	for i, r := range p.places {
		row, cell := placesTop+i, p.placeCell(ind, r)
		f := figure{indicator: ind, cell: cell, strong: r.parts != nil}
		if r.parts != nil {
			f.formula = p.placeGroupFormula(ind, r, cell.Value)
		} else {
			f.formula, f.target = p.placeFormula(ind, r.place.Code, row, cell.Value)
		}
		p.figure(w, row, col, f)
	}
}

// placeCell gives the figure of a row.
func (p *paper) placeCell(ind *report.Indicator, r placeRow) report.Cell {
	key := [2]string{ind.Code, r.place.Code}
	if r.parts == nil {
		return p.s.ByPlace[key]
	}
	if cell, ok := p.s.ByLevel[key]; ok {
		return cell
	}
	return p.s.ByPlace[key]
}

// placeFormula adds up what the agencies said of a place.
func (p *paper) placeFormula(ind *report.Indicator, place string, row int, want report.Value) (formula, target string) {
	var a adder
	for i := range p.s.Agencies {
		key := [3]string{ind.Code, p.s.Agencies[i].Agency, place}
		at, ok := p.cross.cells[key]
		if !ok {
			continue
		}
		if target == "" {
			target = p.crossSheet.Ref(at)
		}
		a.at(p.crossSheet.Ref(at), p.s.AgencyPlace[key].Value)
	}
	if ind.On(report.AxisAgency) == report.RollRatio {
		return p.ratioInRow(ind, row, want, func(code string) report.Value { return p.s.ByPlace[[2]string{code, place}].Value }), target
	}
	return a.roll(ind.On(report.AxisAgency), want, p.scales[ind.Code]), target
}

// ratioInRow makes a ratio of two other columns of the same row.
func (p *paper) ratioInRow(ind *report.Indicator, row int, want report.Value, value func(code string) report.Value) string {
	num, hasNum := p.placeCols[ind.Num]
	den, hasDen := p.placeCols[ind.Den]
	if !hasNum || !hasDen {
		return ""
	}
	return ratioFormula(ind.Factor,
		term{xlsx.Ref(row, num), value(ind.Num)}, term{xlsx.Ref(row, den), value(ind.Den)}, want, ind.Scale)
}

// placeGroupFormula adds up the rows below.
func (p *paper) placeGroupFormula(ind *report.Indicator, r placeRow, want report.Value) string {
	row, col := placesTop+slices.IndexFunc(p.places, func(q placeRow) bool { return q.parts != nil && q.place == r.place }), p.placeCols[ind.Code]
	if ind.On(report.AxisPlace) == report.RollRatio {
		return p.ratioInRow(ind, row, want, func(code string) report.Value {
			return p.placeCell(p.indicator(code), r).Value
		})
	}
	var a adder
	a.refs = []string{area(placesTop+r.parts[0], col, placesTop+r.parts[len(r.parts)-1], col)}
	for _, part := range r.parts {
		a.add(p.placeCell(ind, p.places[part]).Value)
	}
	return a.roll(ind.On(report.AxisPlace), want, p.scales[ind.Code])
}

// placesTotalFormula adds up the outermost rows.
func (p *paper) placesTotalFormula(ind *report.Indicator) string {
	want := p.s.Total[ind.Code].Value
	if ind.On(report.AxisPlace) == report.RollRatio {
		return p.ratioInRow(ind, placesTotal, want, func(code string) report.Value { return p.s.Total[code].Value })
	}
	var a adder
	col, run := p.placeCols[ind.Code], span{}
	flush := func() {
		if !run.isNone() {
			a.refs = append(a.refs, area(run.from, col, run.to, col))
		}
		run = span{}
	}
	for i, r := range p.places {
		if r.inside {
			flush()
			continue
		}
		run = run.take(placesTop + i)
		a.add(p.placeCell(ind, r).Value)
	}
	flush()
	return a.roll(ind.On(report.AxisPlace), want, p.scales[ind.Code])
}

// placeColumns numbers the columns of the table by place.
func (x *index) placeColumns() map[string]int {
	out := make(map[string]int, len(x.placed))
	for i, ind := range x.placed {
		out[ind.Code] = placesLeft + i
	}
	return out
}
