package ingest

import (
	"slices"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// rowReader goes down the rows of a table and says of each what it is.
type rowReader struct {
	r        *reading
	m        *mapped
	resolver *resolver
	code     int // column of codes, 0 without
	name     int // column of names, 0 without
	header   map[int]string
	totals   []string        // further labels of totals, as keys
	exact    map[string]bool // what some row is by its code or its full name
	ended    bool            // the table is over: notes and signatures follow
}

func (r *reading) newRowReader(m *mapped, code, name int) *rowReader {
	return &rowReader{r: r, m: m, resolver: r.newResolver(m.plan), code: code, name: name,
		header: map[int]string{}, totals: m.plan.words().totals}
}

// heads gives what stands at the head of a row. Names under a merged cell are
// not repeated: each row has its own.
func (rr *rowReader) heads(row int) heads {
	var h heads
	if rr.code > 0 {
		h.code = rr.m.sheet.At(row, rr.code)
	}
	if rr.name > 0 {
		h.name = rr.m.sheet.At(row, rr.name)
	}
	return h
}

// read says what a row is and adds a line for it, unless it is furniture.
func (rr *rowReader) read(row int) {
	s := rr.m.sheet
	cells := s.Row(row)
	figure := rr.firstFigure(cells)
	h := rr.heads(row)
	rr.ended = rr.ended || endsHere(cells, h)
	switch {
	case rr.ended && figure == nil:
		s.SettleRow(row, sheet.Notes)
		return
	case rr.isRepeat(cells):
		s.SettleRow(row, sheet.RepeatHeader)
		return
	}
	found := rr.look(h)
	switch {
	case found.OK() && figure != nil && rr.isAncestor(found, h):
		rr.m.lines = append(rr.m.lines, line{row: row, role: roleTotal, label: h.label()})
		rr.m.last = row
	case found.OK():
		rr.known(row, h, found)
	case figure == nil:
		rr.furniture(row, cells, h)
	case signs(cells), h.label() == "" && rr.onlyWords(cells):
		rr.ended = rr.ended || signs(cells)
		s.SettleRow(row, sheet.Notes)
	case rr.isTotal(h):
		rr.m.lines = append(rr.m.lines, line{row: row, role: roleTotal, label: h.label()})
		rr.m.last = row
	case rr.totalAside(h, cells) != nil:
		rr.m.lines = append(rr.m.lines, line{row: row, role: roleTotal, label: clipped(rr.totalAside(h, cells).Text)})
		rr.m.last = row
	case rr.ended:
		s.SettleRow(row, sheet.Notes)
	case rr.over(h) != "":
		rr.m.lines = append(rr.m.lines, line{row: row, role: roleTotal, place: rr.over(h), label: h.label()})
		rr.m.last = row
	case rr.isNeighbour(h):
	case rr.provenTotal(row, h):
		rr.m.lines = append(rr.m.lines, line{row: row, role: roleTotal, label: h.label()})
		rr.m.last = row
	default:
		rr.strange(row, h, found, figure)
	}
}

// look finds what a row is. Where the column of codes only numbers the rows, a name
// that is known goes before a number that is the code of something else.
func (rr *rowReader) look(h heads) match.Found {
	found := rr.resolver.look(h)
	if (found.How == match.ByCode || found.How == match.ByZeros) && h.name != nil && table.IsNumbering(rr.header[rr.code]) {
		if byName := rr.resolver.lookName(h.name); byName.OK() && byName.Code != found.Code && !bears(h.name, found.Name) {
			return byName
		}
	}
	return found
}

// signs reports whether a row holds nothing but who draws up and who signs.
func signs(cells []sheet.Cell) bool {
	some := false
	for i := range cells {
		if !isWords(&cells[i]) {
			return false
		}
		some = some || table.IsSignature(cells[i].Text)
	}
	return some
}

// onlyWords reports whether a row holds words where only figures are asked: the title,
// the unit or the head of another table.
func (rr *rowReader) onlyWords(cells []sheet.Cell) bool {
	return !slices.ContainsFunc(cells, func(c sheet.Cell) bool { return !isWords(&c) }) &&
		!slices.ContainsFunc(rr.m.plan.indicators, func(ind *report.Indicator) bool { return !ind.IsNumber() })
}

// isWords reports whether a cell holds a text without a digit.
func isWords(c *sheet.Cell) bool { return c.IsText() && !strings.ContainsAny(c.Text, "0123456789") }

// known adds the line of a row that was found.
func (rr *rowReader) known(row int, h heads, found match.Found) {
	s := rr.m.sheet
	rr.m.last = row
	if rr.resolver.disagree(found, s, h) || !rr.resolver.claim(found, s, h) {
		rr.m.refuse(found.Code)
		rr.m.partial = true
		s.SettleRow(row, sheet.UnknownRow)
		return
	}
	l := line{row: row}
	rr.resolver.fill(&l, found)
	rr.m.lines = append(rr.m.lines, l)
}

// isAncestor reports whether a row that was found by a name without its level is
// not that place but the one it lies in: "Hải Dương" over the rows of a province
// in which "Thành phố Hải Dương" has a row of its own.
func (rr *rowReader) isAncestor(found match.Found, h heads) bool {
	if found.How != match.ByLevel || !rr.exact[found.Code] || rr.m.plan.layout.Shape != report.PlacesDown || h.name == nil {
		return false
	}
	code := found.Code
	for range rr.r.reg.Places { // a cycle ends here
		p := rr.r.reg.Place(code)
		if p == nil || p.Parent == "" {
			return false
		}
		if code = p.Parent; viet.Key(rr.r.reg.PlaceName(code)) == viet.Key(table.Unnumbered(h.name.Text)) {
			return true
		}
	}
	return false
}

// over gives the place that a row names where it is not asked for itself and others that are
// lie in it: the region over its provinces, which their figures must add up to; "" otherwise.
func (rr *rowReader) over(h heads) string {
	if rr.m.plan.layout.Shape != report.PlacesDown {
		return ""
	}
	code := rr.resolver.elsewhere(h)
	if code == "" || !slices.ContainsFunc(rr.m.plan.places, func(p *report.Place) bool { return p.Code != code && rr.r.reg.PlaceIsUnder(p.Code, code) }) {
		return ""
	}
	return code
}

// firstFigure gives the first cell of a row that holds something where figures
// are asked.
func (rr *rowReader) firstFigure(cells []sheet.Cell) *sheet.Cell {
	for i := range cells {
		if c := rr.m.column(cells[i].Col); c != nil && c.role == roleValue && (cells[i].Text != "" || cells[i].NoValue) && !statesUnit(&cells[i]) {
			return &cells[i]
		}
	}
	return nil
}

// statesUnit reports whether a cell only says what figures are counted in: of the
// next table on the sheet.
func statesUnit(c *sheet.Cell) bool {
	if !c.IsText() || !strings.ContainsAny(c.Text, "(:;") {
		return false
	}
	if viet.StatedUnit(c.Text) != "" {
		return true
	}
	unit, general := viet.FindUnit(c.Text)
	return general && viet.ParseUnit(unit).Measure
}

// isTotal reports whether any word at the head of the row says that it adds up
// others: such words often stand over merged cells.
func (rr *rowReader) isTotal(h heads) bool {
	for _, c := range []*sheet.Cell{h.name, h.code} {
		if c != nil && table.IsTotal(c.Text, rr.totals) {
			return true
		}
	}
	return false
}

// totalAside gives the words that say that a row adds up others where they stand
// beside the columns of codes and names, which are empty in it or crossed out: "Tổng cộng"
// under the head of the column of numbers, often merged over the names.
func (rr *rowReader) totalAside(h heads, cells []sheet.Cell) *sheet.Cell {
	if c := h.cell(); c != nil && c.Text != "" && viet.MarkOfFigure(c.Text) == viet.NoMark {
		return nil
	}
	for i := range cells {
		if c := rr.m.column(cells[i].Col); c != nil && c.role == roleValue {
			return nil // the head of a row stands before its figures
		}
		if cells[i].IsText() && table.IsTotal(cells[i].Text, rr.totals) {
			return &cells[i]
		}
	}
	return nil
}

// provenTotal reports whether a row whose label says nothing is the sum of all
// rows so far in every column: the name of the whole province over its
// districts, or no label at all.
func (rr *rowReader) provenTotal(row int, h heads) bool {
	if rr.m.plan.rowsAsked() || len(rr.m.lines) < 2 {
		return false
	}
	if c := h.cell(); c != nil && c.Text != "" {
		p := rr.r.reg.Place(rr.resolver.elsewhere(h))
		if p == nil || rr.m.plan.layout.Shape != report.PlacesDown {
			return false
		}
	}
	proven := 0
	for i := range rr.m.cols {
		c := &rr.m.cols[i]
		cell := rr.m.sheet.At(row, c.col)
		if c.role != roleValue || cell == nil || !adds(c.ind) || !rr.m.isFigure(cell) {
			continue
		}
		total, ok := rr.r.totalOf(cell, c)
		if !ok || !rr.addsUp(c, total, cell) {
			return false
		}
		proven++
	}
	return proven > 0
}

// addsUp reports whether the rows so far come to the total in a column.
func (rr *rowReader) addsUp(c *column, total decimal.Decimal, cell *sheet.Cell) bool {
	var sum decimal.Sum
	for _, l := range rr.m.lines {
		if l.role != roleValue {
			continue
		}
		if part := rr.m.sheet.At(l.row, c.col); part != nil && part.Text != "" {
			if v, ok := rr.r.totalOf(part, c); ok {
				sum.Add(v)
			}
		}
	}
	d, err := sum.Value()
	return err == nil && closes(total, d, cell)
}

// furniture says what a row without figures is: a heading among the rows, or
// the beginning of what stands under the table.
func (rr *rowReader) furniture(row int, cells []sheet.Cell, h heads) {
	for i := range cells {
		if cells[i].IsText() && table.EndsTable(cells[i].Text) {
			rr.ended = true
			rr.m.sheet.SettleRow(row, sheet.Notes)
			return
		}
	}
	if c := h.cell(); c != nil && c.Text != "" && !rr.ended {
		rr.m.sheet.SettleRow(row, sheet.SectionRow)
	}
}

// isRepeat reports whether a row is a row of the header once more: the last of it, or
// one that says over the names what stands over them.
func (rr *rowReader) isRepeat(cells []sheet.Cell) bool {
	if c := rr.m.sheet.At(cells[0].Row, rr.name); c != nil && c.Key() != "" && c.Key() == rr.header[rr.name] &&
		!slices.ContainsFunc(cells, func(c sheet.Cell) bool { return !isWords(&c) }) {
		return true
	}
	same := 0
	for i := range cells {
		key, ok := rr.header[cells[i].Col]
		if !ok || cells[i].Key() != key {
			return false
		}
		same++
	}
	return same >= 2
}

// readRows reads all rows below the header.
func (rr *rowReader) readRows(from, until int) {
	s := rr.m.sheet
	rows := s.RowNumbers(from)
	rr.m.lines = make([]line, 0, len(rows))
	rr.exact = make(map[string]bool, len(rows))
	for _, row := range rows {
		if f := rr.resolver.look(rr.heads(row)); f.How == match.ByCode || f.How == match.ByName {
			rr.exact[f.Code] = true
		}
	}
	for i, row := range rows {
		if until > 0 && row >= until {
			return
		}
		if i < 3 && rr.numbersColumns(row, i == 0) {
			s.SettleRow(row, sheet.IndexRow)
			rr.m.index = row
			continue
		}
		rr.read(row)
	}
}

// numbersColumns reports whether a row under the header numbers the columns or
// names them by their codes.
func (rr *rowReader) numbersColumns(row int, next bool) bool {
	cells := rr.m.sheet.Row(row)
	return (table.IsIndexRow(cells) || table.IsLetteredIndexRow(cells)) && !rr.isData(row) || rr.namesColumns(cells) ||
		next && rr.heads(row).label() == "" && table.IsGappedIndexRow(cells)
}

// namesColumns reports whether a row has under each header the code of what the
// header names, as our templates do.
func (rr *rowReader) namesColumns(cells []sheet.Cell) bool {
	codes := 0
	for i := range cells {
		c := rr.m.column(cells[i].Col)
		if c == nil || c.role != roleValue {
			continue
		}
		if !rr.m.isCodeOf(c, cells[i].Text) {
			return false
		}
		codes++
	}
	return codes >= 2
}

// isData reports whether a row that looks like column numbers is a row of
// figures after all: its head names something by a name.
func (rr *rowReader) isData(row int) bool {
	h := rr.heads(row)
	return h.name != nil && h.name.IsText() && rr.resolver.lookName(h.name).OK()
}

// absent says which of the places that are asked for do not stand on the sheet:
// nothing, unless something is required there.
func (r *reading) absent(m *mapped) {
	if m.plan.matrix != nil {
		for _, label := range r.lackingRows(m, isRequired) {
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", label)).At(m.sheet.Name, xlsx.Ref(max(m.first, 1), 1)))
		}
		return
	}
	if m.plan.layout.Shape != report.IndicatorsDown {
		return
	}
	stands := map[string]bool{}
	for _, l := range m.lines {
		if l.ind != nil {
			stands[l.ind.Code] = true
		}
	}
	for _, ind := range m.plan.indicators {
		if ind.Required && ind.Asks(r.agency) && !stands[ind.Code] {
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", label(ind))).At(m.sheet.Name, xlsx.Ref(max(m.first, 1), 1)))
		}
	}
}
