package ingest

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/match"
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
		if s.Name == markSheet && s.Hidden {
			s.SettleRest(sheet.Used)
		}
	}
	choices := r.choose(b)
	r.lists = r.listed(choices)
	for _, choice := range choices {
		s := &r.sheets[choice.plan]
		if choice.sheet == nil {
			r.sheetMissing(s, b)
			continue
		}
		var m *mapped
		if s.single() {
			m = r.mapSingle(choice.sheet, s)
		} else {
			m = r.mapTable(choice.sheet, s, choice.header)
		}
		r.extract(m)
		r.noteExtras(m)
		r.settleAround(m)
	}
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
	for _, ind := range p.indicators {
		w := table.Want{Paths: [][]string{{viet.Key(ind.Code)}, {viet.Key(ind.Name.VI)}, {viet.Key(label(ind))}, {viet.Key(table.Unnumbered(ind.Name.VI))}}}
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
		r.missing[ind.Code] = true
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
func (r *reading) mapTable(s *sheet.Sheet, p *planned, h table.Header) *mapped {
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
	rr.readRows(h.Bottom+1, 0)
	r.absent(m)
	return m
}

// mapColumn says what a column is.
func (r *reading) mapColumn(p *planned, hc table.Column) column {
	c := column{col: hc.Col, title: hc.Title()}
	leaf := hc.LeafKey()
	switch {
	case hc.Want >= 0 && p.layout.Shape == report.IndicatorsDown:
		c.role, c.place = roleValue, p.places[hc.Want].Code
	case hc.Want >= 0:
		c.role, c.ind = roleValue, p.indicators[hc.Want]
		for _, known := range p.layout.Columns {
			if known.Indicator == c.ind.Code {
				c.shift = known.Shift
			}
		}
	case isIgnored(p.layout, hc):
		c.role = roleIgnore
	case table.IsNumbering(leaf) || table.IsRemark(leaf):
		c.role = roleIgnore
	case p.layout.Shape == report.IndicatorsDown && table.IsTotal(hc.Leaf(), nil):
		c.role = roleTotal
	}
	return c
}

// isIgnored reports whether the definition says that the column is read past.
func isIgnored(layout *report.Sheet, hc table.Column) bool {
	for _, words := range layout.Ignore {
		key := viet.Key(words)
		if key == viet.Key(hc.Leaf()) || key == hc.LeafKey() || key == viet.Key(hc.Title()) {
			return true
		}
	}
	return false
}

// addBareColumns adds the columns that have no header at all and yet something
// in them: the names of rows often stand under nothing.
func (r *reading) addBareColumns(m *mapped, h table.Header) {
	const look = 30 // rows
	left, right := 0, 0
	for _, c := range m.cols {
		if c.role == roleValue {
			if left == 0 {
				left = c.col
			}
			right = c.col
		}
	}
	for _, row := range m.sheet.RowNumbers(h.Bottom + 1) {
		if row > h.Bottom+look {
			break
		}
		cells := m.sheet.Row(row)
		for i := range cells {
			col := cells[i].Col
			if col > right {
				break
			}
			if m.column(col) == nil {
				at, _ := slices.BinarySearchFunc(m.cols, col, func(c column, col int) int { return c.col - col })
				m.cols = slices.Insert(m.cols, at, column{col: col})
			}
		}
	}
}

// keyColumns finds the columns of codes and of names by what stands in them: a
// vote of the rows, in which the words over a column have a say.
func (r *reading) keyColumns(m *mapped, h table.Header) (code, name int) {
	const most = 400 // rows that vote
	v := r.newResolver(m.plan)
	codes, names := map[int]int{}, map[int]int{}
	rows := m.sheet.RowNumbers(h.Bottom + 1)
	for _, row := range rows[:min(len(rows), most)] {
		cells := m.sheet.Row(row)
		for i := range cells {
			c := &cells[i]
			col := m.column(c.Col)
			if col == nil || col.role == roleValue {
				continue
			}
			if v.lookCode(c).OK() {
				codes[c.Col]++
			}
			if c.IsText() && v.lookName(c.Text).How != match.NotFound {
				names[c.Col]++
			}
		}
	}
	for _, hc := range h.Columns {
		leaf := viet.Key(hc.Leaf())
		if hc.Want < 0 && isHead(leaf, m.plan.layout.Key.Code, usualCodeHeads) {
			codes[hc.Col] += 3
		}
		if hc.Want < 0 && isHead(leaf, m.plan.layout.Key.Name, usualNameHeads) {
			names[hc.Col] += 3
		}
		if table.IsNumbering(hc.LeafKey()) && m.plan.layout.Shape != report.IndicatorsDown {
			delete(codes, hc.Col)
		}
	}
	name = winner(names)
	delete(codes, name)
	return winner(codes), name
}

func isHead(leaf string, lists ...[]string) bool {
	for _, list := range lists {
		for _, w := range list {
			if viet.Key(w) == leaf {
				return true
			}
		}
	}
	return false
}

// winner gives the column with most votes, the leftmost of equals, 0 when there
// are none.
func winner(votes map[int]int) int {
	best, most := 0, 0
	for col, n := range votes {
		if n > most || n == most && n > 0 && col < best {
			best, most = col, n
		}
	}
	return best
}

// useHeader settles the cells of the header.
func (r *reading) useHeader(m *mapped, h table.Header) {
	for row := h.Top; row <= h.Bottom; row++ {
		cells := m.sheet.Row(row)
		for i := range cells {
			if c := m.column(cells[i].Col); c != nil && (c.role == roleExtra || c.role == roleIgnore) {
				if area, merged := m.sheet.Area(row, cells[i].Col); !merged || !r.headsValues(m, area) {
					m.sheet.Settle(&cells[i], map[role]sheet.Fate{roleExtra: sheet.ExtraColumn, roleIgnore: sheet.Ignored}[c.role])
					continue
				}
			}
			r.used(m.sheet, &cells[i])
		}
	}
}

// headsValues reports whether a merged cell of the header lies over a column of
// values.
func (r *reading) headsValues(m *mapped, area xlsx.Range) bool {
	for _, c := range m.cols {
		if c.role == roleValue && area.FirstCol <= c.col && c.col <= area.LastCol {
			return true
		}
	}
	return false
}

// checkHeader says which columns are lacking and which stand there twice.
func (r *reading) checkHeader(m *mapped, h table.Header) {
	for _, t := range h.Twice {
		first, second := m.column(t.First), m.column(t.Second)
		second.role = roleIgnore
		at := xlsx.Ref(h.Bottom, t.Second)
		r.find(fault.New(fault.HeaderTwice, fault.A("got", second.title), fault.A("first", xlsx.Ref(h.Bottom, first.col))).At(m.sheet.Name, at))
	}
	if m.plan.layout.Shape == report.IndicatorsDown {
		return
	}
	at := xlsx.Ref(h.Bottom, 1)
	var lacking []string // they may be left blank, and so may their columns
	for _, ind := range m.plan.indicators {
		if !ind.Asks(r.agency) || slices.ContainsFunc(m.cols, func(c column) bool { return c.ind == ind }) {
			continue
		}
		r.missing[ind.Code] = true
		switch {
		case ind.Required:
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", ind.Name.VI)).At(m.sheet.Name, at))
		case !derived(ind):
			lacking = append(lacking, ind.Name.VI)
		}
	}
	if len(lacking) > 0 {
		r.find(fault.New(fault.HeaderMissing, fault.A("expected", strings.Join(lacking, "”, “"))).At(m.sheet.Name, at).Weighed(fault.Note))
	}
}

// checkUnits compares the units that headers state with those that are asked.
func (r *reading) checkUnits(m *mapped, h table.Header) {
	general := r.generalUnit(m.sheet, h.Top)
	for _, hc := range h.Columns {
		if hc.Want < 0 || m.plan.layout.Shape == report.IndicatorsDown {
			continue
		}
		stated := ""
		for _, words := range hc.Path {
			if u := table.Unit(words); u != "" {
				stated = u
			}
		}
		if _, money := table.Money(m.plan.indicators[hc.Want].Unit); stated == "" && money {
			stated = general
		}
		r.checkUnit(m, hc, stated, xlsx.Ref(h.Bottom, hc.Col))
	}
}

func (r *reading) checkUnit(m *mapped, hc table.Column, stated, at string) {
	ind := m.plan.indicators[hc.Want]
	args := []fault.Arg{fault.A("label", label(ind)), fault.A("got", stated), fault.A("expected", ind.Unit)}
	for _, known := range m.plan.layout.Columns {
		if known.Indicator != ind.Code || known.Unit == "" && known.Shift == 0 {
			continue
		}
		if known.Shift != 0 {
			if known.Unit != "" {
				args[1] = fault.A("got", known.Unit)
			}
			r.notes = append(r.notes, fault.New(fault.ScaleConverted, args...).At(m.sheet.Name, at))
			return
		}
		if viet.Key(known.Unit) == viet.Key(stated) {
			r.notes = append(r.notes, fault.New(fault.UnitOverridden, args...).At(m.sheet.Name, at))
			return
		}
	}
	if table.Contradicts(stated, ind.Unit) {
		r.find(fault.New(fault.UnitDiffers, args...).At(m.sheet.Name, at))
	}
}

// generalUnit gives the unit that is stated once for the whole table, above it.
func (r *reading) generalUnit(s *sheet.Sheet, top int) string {
	for _, row := range s.RowNumbers(1) {
		if row >= top {
			break
		}
		cells := s.Row(row)
		for i := range cells {
			if !cells[i].IsText() {
				continue
			}
			if u := table.Unit(cells[i].Text); u != "" {
				if _, money := table.Money(u); money {
					return u
				}
			}
		}
	}
	return ""
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
