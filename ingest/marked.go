package ingest

import (
	"slices"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// readByMarks reads a workbook that was drawn by us.
func (r *reading) readByMarks(b *sheet.Book) {
	found := make([]*sheet.Sheet, len(r.sheets))
	for _, s := range b.Sheets {
		if s.Name == sheet.MarkSheet {
			s.SettleRest(sheet.Used)
			continue
		}
		top, _, n, ok := corner(s)
		switch {
		case !ok || n < 0 || n >= len(found):
		case found[n] == nil:
			found[n] = s
		case hasFigures(s, top): // a copy that was worked on
			r.rival(s, found[n])
		}
	}
	for i, s := range found {
		p := &r.sheets[i]
		if s == nil {
			r.sheetMissing(p, b)
			continue
		}
		m := r.mapMarked(s, p)
		r.extract(m)
		r.noteExtras(m)
	}
}

// mapMarked says what rows and columns are by their hidden codes.
func (r *reading) mapMarked(s *sheet.Sheet, p *planned) *mapped {
	top, left, _, _ := corner(s)
	m := &mapped{sheet: s, plan: p, marked: true, first: top, last: top}
	r.used(s, s.At(top, left))
	marks := r.rowMarks(s, left, top)
	head := 0
	for _, mk := range marks {
		if mk.code == markHead {
			head = mk.row
		}
		m.last = mk.row
	}
	code, name := r.markedColumns(m, top, left, head)
	rr := r.newRowReader(m, code, name)
	marked := map[int]bool{top: true}
	for _, mk := range marks {
		marked[mk.row] = true
		r.markedRow(rr, mk.row, mk.code)
	}
	r.addedRows(rr, marked, head)
	slices.SortStableFunc(m.lines, func(a, b line) int { return a.row - b.row })
	r.missingLines(m)
	return m
}

// rowMark is the code at the head of a row.
type rowMark struct {
	row  int
	code string
}

// rowMarks reads the hidden column of codes.
func (r *reading) rowMarks(s *sheet.Sheet, left, top int) []rowMark {
	var out []rowMark
	for _, row := range s.RowNumbers(top + 1) {
		if c := s.At(row, left); c != nil && c.IsText() {
			r.used(s, c)
			out = append(out, rowMark{row, c.Text})
		}
	}
	return out
}

// markedColumns reads the hidden row of codes and checks that the words under it
// still say the same.
func (r *reading) markedColumns(m *mapped, top, left, head int) (code, name int) {
	s := m.sheet
	m.cols = append(m.cols, column{col: left, role: roleIgnore})
	cells := s.Row(top)
	for i := range cells {
		c := &cells[i]
		if c.Col == left || !c.IsText() {
			continue
		}
		r.used(s, c)
		col := r.markedColumn(m.plan, c)
		switch c.Text {
		case markCode:
			code = c.Col
		case markHead:
			name = c.Col
		}
		if col.role == roleValue && r.headerChanged(m, &col, head) {
			col.role = roleIgnore
		}
		m.cols = append(m.cols, col)
	}
	r.addedColumns(m, head)
	slices.SortFunc(m.cols, func(a, b column) int { return a.col - b.col })
	r.lackMarkedColumns(m)
	return code, name
}

// lackMarkedColumns says which columns of a template are gone.
func (r *reading) lackMarkedColumns(m *mapped) {
	s := m.sheet
	if m.plan.matrix != nil {
		for _, title := range r.lackingColumns(m, isFilled) {
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", title)).At(s.Name, ""))
		}
		return
	}
	for _, ind := range m.plan.indicators {
		if m.plan.layout.Shape != report.IndicatorsDown && ind.Asks(r.agency) && !derived(ind) &&
			!slices.ContainsFunc(m.cols, func(c column) bool { return c.ind == ind }) {
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", label(ind))).At(s.Name, ""))
		}
	}
}

// markedColumn says what a column is by its code.
func (r *reading) markedColumn(p *planned, c *sheet.Cell) column {
	col := column{col: c.Col}
	switch c.Text {
	case markTotal:
		col.role = roleTotal
	case markFurniture, markHead, markCode:
		col.role = roleLabel
	case markValue:
		col.role = roleValue
	default:
		if p.matrix != nil {
			if at := p.matrix.columnAt(c.Text); at >= 0 {
				col.role, col.across, col.placed = roleValue, at, true
			}
		} else if p.layout.Shape == report.IndicatorsDown {
			if at := slices.IndexFunc(p.places, func(x *report.Place) bool { return x.Code == c.Text }); at >= 0 {
				col.role, col.place = roleValue, c.Text
			}
		} else if at := slices.IndexFunc(p.indicators, func(x *report.Indicator) bool { return x.Code == c.Text }); at >= 0 {
			col.role, col.ind = roleValue, p.indicators[at]
		}
	}
	return col
}

// headerChanged says that the words over a column are no longer those of what
// its code names: figures may have been typed under the new words.
func (r *reading) headerChanged(m *mapped, c *column, head int) bool {
	if m.plan.matrix != nil {
		return r.matrixHeaderChanged(m, c, head)
	}
	cell := m.sheet.Shown(head, c.col)
	if head == 0 || cell == nil || c.ind == nil && c.place == "" {
		return false
	}
	title := r.columnTitle(c)
	c.title = title
	if cell.Text == "" || viet.Key(cell.Text) == viet.Key(title) {
		return false
	}
	what := title
	if c.ind != nil {
		what = label(c.ind)
	}
	r.find(fault.New(fault.HeaderChanged, fault.A("label", what), fault.A("got", clipped(cell.Text))).At(m.sheet.Name, cell.Ref()))
	return true
}

// columnTitle is what a template writes over a column of values.
func (r *plan) columnTitle(c *column) string {
	if c.ind != nil {
		return titleOf(c.ind)
	}
	return r.reg.PlaceName(c.place)
}

// titleOf is what a template writes over the column of an indicator.
func titleOf(ind *report.Indicator) string {
	if ind.Unit == "" {
		return ind.Name.VI
	}
	return ind.Name.VI + "\n(" + ind.Unit + ")"
}

// addedColumns finds columns that were put in by the one who filled the form
// in: they have no code.
func (r *reading) addedColumns(m *mapped, head int) {
	known := map[int]bool{}
	for _, c := range m.cols {
		known[c.col] = true
	}
	for _, row := range m.sheet.RowNumbers(max(head, m.first)) {
		if row > m.last {
			break
		}
		cells := m.sheet.Row(row)
		for i := range cells {
			if known[cells[i].Col] || cells[i].Text == "" {
				continue
			}
			known[cells[i].Col] = true
			c := column{col: cells[i].Col}
			if over := m.sheet.Shown(head, c.col); over != nil && head > 0 {
				c.title = over.Text
			}
			m.cols = append(m.cols, c)
		}
	}
}

// markedRow says what a row is by its code.
func (r *reading) markedRow(rr *rowReader, row int, code string) {
	s := rr.m.sheet
	switch code {
	case markNil:
		r.readNil(rr.m, row)
		return
	case markFurniture, markHead:
		r.useRow(s, row)
		return
	case markTotal:
		h := rr.heads(row)
		rr.m.lines = append(rr.m.lines, line{row: row, role: roleTotal, label: h.label()})
		return
	}
	found := rr.resolver.here.Code(code)
	if found.How != match.ByCode {
		rr.read(row) // a code that the form no longer has: the words may tell
		return
	}
	h := rr.heads(row)
	if rr.resolver.moved(found, s, h) {
		rr.m.refuse(found.Code)
		s.SettleRow(row, sheet.UnknownRow)
		return
	}
	if first, twice := rr.resolver.seen[found.Code]; twice {
		// A row that was copied carries the code of the row it was copied from.
		if rr.firstFigure(s.Row(row)) != nil {
			rr.resolver.seen[found.Code] = first
			rr.resolver.claim(found, s, heads{code: rr.markCell(row)})
		}
		s.SettleRow(row, sheet.UnknownRow)
		return
	}
	rr.resolver.seen[found.Code] = xlsx.Ref(row, max(rr.name, 1))
	l := line{row: row}
	rr.resolver.fill(&l, found)
	rr.m.lines = append(rr.m.lines, l)
}

// markCell gives any cell of the row for a finding to point at.
func (rr *rowReader) markCell(row int) *sheet.Cell {
	if c := rr.m.sheet.At(row, rr.name); c != nil {
		return c
	}
	return &rr.m.sheet.Row(row)[0]
}

// moved says that the words at the head of a row are those of another row: the
// visible columns were sorted, or names pasted over, without the hidden one.
func (v *resolver) moved(found match.Found, s *sheet.Sheet, h heads) bool {
	if h.name == nil || h.name.Text == "" {
		return false
	}
	if viet.Key(h.name.Text) == viet.Key(found.Name) {
		return false
	}
	byName := v.lookName(h.name)
	if byName.How != match.NotFound && byName.Code == found.Code || match.Alike(h.name.Text, found.Name) && !byName.OK() {
		return false
	}
	v.r.find(fault.New(fault.NameCodeDiffer, fault.A("code", found.Code), fault.A("name", clipped(h.name.Text)), fault.A("expected", found.Name)).At(s.Name, h.name.Ref()))
	return true
}

// useRow settles a row of our own furniture.
func (r *reading) useRow(s *sheet.Sheet, row int) {
	cells := s.Row(row)
	for i := range cells {
		cells[i].Settle(sheet.Used)
	}
}

// readNil reads the box that says that nothing occurred at all: any mark beside
// its label.
func (r *reading) readNil(m *mapped, row int) {
	cells := m.sheet.Row(row)
	for i := range cells {
		r.used(m.sheet, &cells[i])
		text, _ := viet.Clean(cells[i].Text)
		r.nothing = r.nothing || saysNothing(text)
	}
}

// saysNothing reports whether the box was ticked, or answered in words: "KPS",
// "không phát sinh". A dash there is no answer.
func saysNothing(text string) bool {
	yes, ok := viet.YesNo(text)
	return ok && yes || viet.MarkOf(text) == viet.MarkNil && viet.Key(text) != ""
}

// addedRows reads rows that were put in by the one who filled the form in, by
// the words at their head.
func (r *reading) addedRows(rr *rowReader, marked map[int]bool, head int) {
	for _, row := range rr.m.sheet.RowNumbers(head + 1) {
		if row > rr.m.last || head == 0 {
			break
		}
		if !marked[row] {
			rr.read(row)
		}
	}
	// Under the table there may be anything; figures there are told about.
	for _, row := range rr.m.sheet.RowNumbers(rr.m.last + 1) {
		if !marked[row] {
			rr.m.sheet.SettleRow(row, sheet.Stray)
		}
	}
}

// missingLines notes the indicators whose row was deleted.
func (r *reading) missingLines(m *mapped) {
	if m.plan.matrix != nil {
		for _, label := range r.lackingRows(m, isFilled) {
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", label)).At(m.sheet.Name, ""))
		}
		return
	}
	if m.plan.layout.Shape != report.IndicatorsDown {
		return
	}
	for _, ind := range m.plan.indicators {
		stands := slices.ContainsFunc(m.lines, func(l line) bool { return l.ind == ind })
		if !stands && ind.Asks(r.agency) && !derived(ind) {
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", label(ind))).At(m.sheet.Name, ""))
		}
	}
}
