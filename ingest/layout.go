package ingest

import (
	"cmp"
	"slices"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/fault"
)

// readByWords reads a workbook without our marks: every sheet of the plan is
// looked for by the words of its header, wherever it stands.
func (r *reading) readByWords(b *sheet.Book) {
	r.find(fault.New(fault.ReadByHeadings, fault.A("expected", r.def.Code)))
	for _, s := range b.Sheets {
		if s.Name == markSheet && s.Hidden {
			s.SettleRest(sheet.Used)
		}
	}
	choices := r.choose(b)
	r.lists = r.listed(choices)
	var tables []*mapped
	for _, c := range choices {
		s := &r.sheets[c.plan]
		if c.sheet == nil {
			r.sheetMissing(s, b)
			continue
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
	score  int
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
	return chosen
}

// suits tells how well a sheet of the workbook fits a sheet of the plan.
func (r *reading) suits(at int, s *sheet.Sheet) (choice, bool) {
	p := &r.sheets[at]
	c := choice{plan: at, sheet: s}
	if p.single() {
		_, found := r.labelColumn(s, p)
		c.score = 10 * found
		c.header.Bottom = -at - 1 // single columns do not compete for header rows
		if found == 0 {
			return c, false
		}
	} else {
		h, ok := table.Find(s, r.wants(p), headWords(p), 1)
		if !ok {
			return c, false
		}
		c.header, c.score = h, 10*h.Found
	}
	if viet.Key(s.Name) == viet.Key(p.layout.Name) {
		c.score += 5
	}
	return c, true
}

// wants gives the words over the columns of a sheet of the plan, in the order
// of its indicators or places.
func (r *reading) wants(p *planned) []table.Want {
	var out []table.Want
	if p.layout.Shape == report.IndicatorsDown {
		for _, place := range p.places {
			w := table.Want{Paths: [][]string{{viet.Key(place.Name.VI)}, {viet.Key(place.Code)}}}
			for _, a := range place.Aliases {
				w.Paths = append(w.Paths, []string{viet.Key(a)})
			}
			out = append(out, w)
		}
		return out
	}
	bare := bareNames(p.indicators)
	for _, ind := range p.indicators {
		w := table.Want{Paths: [][]string{{viet.Key(ind.Code)}, {viet.Key(ind.Name.VI)}, {viet.Key(label(ind))}, {viet.Key(table.Unnumbered(ind.Name.VI))}}}
		if key := viet.Key(table.WithoutUnit(ind.Name.VI)); bare[key] == 1 {
			w.Paths = append(w.Paths, []string{key})
		}
		for _, c := range p.layout.Columns {
			if c.Indicator == ind.Code && len(c.Header) > 0 {
				path := make([]string, len(c.Header))
				for i, words := range c.Header {
					path[i] = viet.Key(words)
				}
				w.Paths = append(w.Paths, path)
			}
		}
		w.Paths = slices.DeleteFunc(w.Paths, func(p []string) bool { return p[len(p)-1] == "" })
		out = append(out, w)
	}
	return out
}

// bareNames counts the indicators by the key of their name without brackets: a
// name that two share would be a guess.
func bareNames(inds []*report.Indicator) map[string]int {
	out := map[string]int{}
	for _, ind := range inds {
		out[viet.Key(table.WithoutUnit(ind.Name.VI))]++
	}
	return out
}

// Words that usually stand over the columns that name the rows.
var (
	usualCodeHeads = []string{"mã", "mã số", "mã đơn vị", "mã địa bàn", "mã tỉnh", "mã huyện", "mã xã", "mã cskcb", "mã chỉ tiêu", "mã đvhc"}
	usualNameHeads = []string{"tên", "tên đơn vị", "đơn vị", "địa bàn", "tên địa bàn", "địa phương", "tên địa phương", "tên tỉnh", "tên huyện", "huyện",
		"huyện, thị xã, thành phố", "quận, huyện", "tỉnh, thành phố", "tỉnh", "xã", "xã, phường", "đơn vị hành chính", "tên cskcb", "cơ sở",
		"chỉ tiêu", "tên chỉ tiêu", "nội dung", "danh mục", "diễn giải"}
	usualValueHeads = []string{"kết quả", "số liệu", "giá trị", "thực hiện", "kết quả thực hiện", "số lượng", "kết quả đạt được", "nội dung báo cáo",
		"kết quả báo cáo", "thực hiện trong kỳ", "trong kỳ", "số thực hiện"}
)

func headWords(p *planned) []string {
	var out []string
	for _, list := range [][]string{p.layout.Key.Code, p.layout.Key.Name, usualCodeHeads, usualNameHeads} {
		for _, w := range list {
			out = append(out, viet.Key(w))
		}
	}
	return out
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
		if viet.Key(s.Name) == viet.Key(p.layout.Name) {
			r.find(fault.New(fault.TableMissing, fault.A("expected", r.firstTitle(p))).At(s.Name, ""))
			return
		}
	}
	r.find(fault.New(fault.SheetMissing, fault.A("expected", p.layout.Name)))
}

// firstTitle names a column that should be there.
func (r *reading) firstTitle(p *planned) string {
	for _, ind := range p.indicators {
		if ind.Asks(r.agency) {
			return ind.Name.VI
		}
	}
	return ""
}

// mapTable says what the columns under a header are, and then the rows.
func (r *reading) mapTable(s *sheet.Sheet, p *planned, h table.Header, until int) *mapped {
	m := &mapped{sheet: s, plan: p, first: h.Top, last: h.Bottom}
	for _, hc := range h.Columns {
		m.cols = append(m.cols, r.mapColumn(p, hc))
	}
	r.addBareColumns(m, h)
	code, name := r.keyColumns(m, h)
	for _, col := range []int{code, name} {
		if c := m.column(col); c != nil {
			c.role = roleLabel
		}
	}
	r.useHeader(m, h)
	r.checkHeader(m, h)
	r.checkUnits(m, h)
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
