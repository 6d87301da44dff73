package ingest

import (
	"cmp"
	"slices"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// readByWords reads a workbook without our marks: every sheet of the plan is
// looked for by the words of its header, wherever it stands.
func (r *reading) readByWords(b *sheet.Book) {
	r.find(fault.New(fault.ReadByHeadings, fault.A("expected", r.def.Code)))
	for _, s := range b.Sheets {
		if s.Name == sheet.MarkSheet && s.Hidden {
			s.SettleRest(sheet.Used)
		}
	}
	choices := r.choose(b)
	for i := range choices {
		if choices[i].sheet == nil {
			if c, ok := r.foreign(b, i, choices); ok {
				choices[i] = c
			}
		}
	}
	r.lists = r.listed(choices)
	var tables []*mapped
	for _, c := range choices {
		s := r.planned(c)
		if c.sheet == nil {
			r.sheetMissing(s, b)
			continue
		}
		if c.turned {
			r.find(fault.New(fault.TableTurned, fault.A("expected", s.layout.Name)).At(c.sheet.Name, xlsx.Ref(c.header.Top, 1)))
		}
		var m *mapped
		if s.single() {
			m = r.mapSingle(c.sheet, s)
		} else {
			m = r.mapTable(c.sheet, s, c.header, c.nextTable(choices))
		}
		r.extract(m)
		r.noteExtras(m)
		tables = append(tables, m)
	}
	asking := map[*sheet.Cell]bool{}
	for _, m := range tables {
		r.checkPeriod(m, asking)
	}
	for _, m := range tables { // when all of them are known: one may stand under another
		r.settleAround(m)
	}
}

// nextTable gives the row in which the next table on the same sheet begins, 0
// when there is none.
func (c choice) nextTable(all []choice) int {
	next := 0
	for _, other := range all {
		if other.sheet == c.sheet && other.header.Top > c.header.Bottom && (next == 0 || other.header.Top < next) {
			next = other.header.Top
		}
	}
	return next
}

// choice is a sheet of the workbook for a sheet of the plan.
type choice struct {
	plan   int
	sheet  *sheet.Sheet // nil when none fits
	header table.Header
	turned bool // rows stand for columns
	score  int
}

// planned gives the sheet of the plan that a choice is read by.
func (r *reading) planned(c choice) *planned {
	if c.turned {
		return r.sheets[c.plan].turned()
	}
	return &r.sheets[c.plan]
}

// choose finds for every sheet of the plan where it stands: the pair that fits
// best first, no table twice.
func (r *reading) choose(b *sheet.Book) []choice {
	var all []choice
	for i := range r.sheets {
		for _, s := range b.Sheets {
			if c, ok := r.suits(i, s); ok {
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b choice) int { return cmp.Compare(b.score, a.score) })
	chosen := make([]choice, len(r.sheets))
	for i := range chosen {
		chosen[i].plan = i
	}
	type table struct {
		sheet *sheet.Sheet
		row   int
	}
	used := map[table]bool{}
	for _, c := range all {
		t := table{c.sheet, c.header.Bottom}
		if chosen[c.plan].sheet == nil && !used[t] {
			chosen[c.plan] = c
			used[t] = true
		}
	}
	r.answerSheets(all, chosen, r.findRivals(all, chosen))
	return chosen
}

// findRivals notes the sheets that are left aside although they have figures under
// most of the words that were looked for: a sheet for each district, the table of
// another year, the rest of a long one. Which of them is meant is not for a program
// to say (law 5).
func (r *reading) findRivals(all, chosen []choice) (by map[int][]choice) {
	by = map[int][]choice{}
	taken := map[*sheet.Sheet]bool{}
	for _, c := range chosen {
		taken[c.sheet] = true
	}
	for _, c := range all {
		best := chosen[c.plan]
		if !taken[c.sheet] && 2*c.score > best.score && hasFigures(c.sheet, c.header.Bottom) {
			if r.rival(c.sheet, best.sheet) {
				by[c.plan] = append(by[c.plan], c)
			}
		}
	}
	return by
}

// rival notes that a sheet might have been read in the place of another, and
// reports whether that is new. A copy says nothing else.
func (r *reading) rival(s, used *sheet.Sheet) bool {
	if r.rivals[s] != nil || s.IsCopy(used) {
		return false
	}
	if r.rivals == nil {
		r.rivals = map[*sheet.Sheet]*sheet.Sheet{}
	}
	r.rivals[s] = used
	return true
}

// hasFigures reports whether there is a number below a row.
func hasFigures(s *sheet.Sheet, row int) bool {
	return slices.ContainsFunc(s.Cells, func(c sheet.Cell) bool { return c.Row > row && c.Type == xlsx.Number })
}

// suits tells how well a sheet of the workbook fits a sheet of the plan. Where
// hardly any of the words are over its columns it is tried with rows for columns,
// and is read so when that finds twice as much over them, and names at their side
// that the form has over its columns.
func (r *reading) suits(at int, s *sheet.Sheet) (choice, bool) {
	p := &r.sheets[at]
	c, ok := r.fits(at, p, s)
	if p.single() || 2*c.header.Found >= len(p.indicators) && p.layout.Shape == report.PlacesDown ||
		2*c.header.Found >= len(p.places) && p.layout.Shape == report.IndicatorsDown {
		return c, ok
	}
	other := p.turned()
	if other == nil {
		return c, ok
	}
	t, found := r.fits(at, other, s)
	if !found || t.header.Found < 2 || t.header.Found < 2*c.header.Found {
		return c, ok
	}
	_, asDrawn := r.labelColumn(s, p)
	if _, asTurned := r.labelColumn(s, other); asTurned < 2 || asTurned <= asDrawn {
		return c, ok
	}
	t.turned = true
	return t, true
}

// fits is suits for one direction.
func (r *reading) fits(at int, p *planned, s *sheet.Sheet) (choice, bool) {
	c := choice{plan: at, sheet: s}
	if p.single() {
		_, found := r.labelColumn(s, p)
		c.score = 10 * found
		c.header.Bottom = -at - 1 // single columns do not compete for header rows
		if found == 0 {
			return c, false
		}
	} else {
		h, ok := p.words().header.Find(s, 1)
		if !ok {
			return c, false
		}
		c.header, c.score = h, 10*h.Found
	}
	if viet.Key(s.Name) == p.words().name {
		c.score += 5
	}
	return c, true
}

// sheetMissing says that a sheet of the form is nowhere in the workbook.
func (r *reading) sheetMissing(p *planned, b *sheet.Book) {
	asked := false
	for _, ind := range p.indicators {
		asked = asked || ind.Asks(r.agency)
	}
	if p.layout.Optional || !asked {
		return
	}
	for _, s := range b.Sheets {
		if viet.Key(s.Name) == p.words().name {
			r.find(fault.New(fault.TableMissing, fault.A("expected", r.firstTitle(p))).At(s.Name, ""))
			return
		}
	}
	r.find(fault.New(fault.SheetMissing, fault.A("expected", p.layout.Name)))
}

// firstTitle names a column that should be there.
func (r *reading) firstTitle(p *planned) string {
	if p.matrix != nil {
		return p.matrix.title(0)
	}
	for _, ind := range p.indicators {
		if ind.Asks(r.agency) {
			return ind.Name.VI
		}
	}
	return ""
}

// mapTable says what the columns under a header are, and then the rows.
func (r *reading) mapTable(s *sheet.Sheet, p *planned, h table.Header, until int) *mapped {
	m := &mapped{sheet: s, plan: p, first: h.Top, last: h.Bottom, cols: make([]column, 0, len(h.Columns))}
	passed := settleTwins(s, &h, until)
	for _, hc := range h.Columns {
		m.cols = append(m.cols, r.mapColumn(p, hc))
	}
	for _, col := range passed {
		m.column(col).role = roleIgnore
	}
	r.addBareColumns(m, h)
	code, name := r.keyColumns(m, h)
	for _, col := range []int{code, name} {
		if c := m.column(col); c != nil {
			c.role = roleLabel
		}
	}
	r.answerColumns(m, h)
	r.likelyColumns(m, h)
	r.useHeader(m, h)
	r.checkHeader(m, h)
	r.checkUnits(m, h, until)
	rr := r.newRowReader(m, code, name)
	for _, hc := range h.Columns {
		rr.header[hc.Col] = viet.Key(hc.Leaf())
	}
	rr.readRows(h.Bottom+1, until)
	r.absent(m)
	return m
}

// noteRows is how far under a table its notes and signatures may reach; beyond
// that a cell was filled by a slip.
const noteRows = 40

// settleAround says what stands above and below a table.
func (r *reading) settleAround(m *mapped) {
	for _, row := range m.sheet.RowNumbers(1) {
		switch {
		case row < m.first:
			m.sheet.SettleRow(row, sheet.Heading)
		case row > m.last+noteRows:
			m.sheet.SettleRow(row, sheet.Stray)
		case row > m.last:
			m.sheet.SettleRow(row, sheet.Notes)
		}
	}
}
