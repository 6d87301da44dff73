package ingest

import (
	"slices"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// labelColumn finds the column in which most of the sheet's indicators stand by
// name or code, and how many.
func (r *reading) labelColumn(s *sheet.Sheet, p *planned) (col, found int) {
	v := r.newResolver(p)
	votes := map[int]map[string]bool{}
	cells := s.Cells[:min(len(s.Cells), mostLabelCells)]
	for i := range cells {
		c := &cells[i]
		if !c.IsText() {
			continue
		}
		f := v.lookName(c)
		if f.How == match.NotFound {
			f = v.lookCode(c)
		}
		if f.OK() {
			if votes[c.Col] == nil {
				votes[c.Col] = map[string]bool{}
			}
			votes[c.Col][f.Code] = true
		}
	}
	count := map[int]int{}
	for col, codes := range votes {
		count[col] = len(codes)
	}
	col = winner(count)
	return col, count[col]
}

// mostLabelCells bounds the search for labels.
const mostLabelCells = 20_000

// mapSingle maps a sheet with a row for each indicator and one column of
// values. Such a sheet is often a mere list without a header, so the rows are
// found first, and from them the column.
func (r *reading) mapSingle(s *sheet.Sheet, p *planned) *mapped {
	name, _ := r.labelColumn(s, p)
	v := r.newResolver(p)
	var rows []int
	counts, figures := map[int]int{}, map[int]int{}
	for _, row := range s.RowNumbers(1) {
		at := s.At(row, name)
		if at == nil || !v.lookName(at).OK() && !v.lookCode(at).OK() {
			continue
		}
		rows = append(rows, row)
		cells := s.Row(row)
		for i := range cells {
			if cells[i].Col <= name {
				continue
			}
			counts[cells[i].Col]++
			if cells[i].Type == xlsx.Number {
				figures[cells[i].Col]++
			}
		}
	}
	m := &mapped{sheet: s, plan: p, first: rows[0], last: rows[len(rows)-1]}
	value, head := r.valueColumn(s, p, name, rows[0], counts, figures)
	m.first = firstFigureRow(s, value, head, rows[0])
	r.mapSingleColumns(m, name, value, head)
	rr := r.newRowReader(m, r.codeColumn(m, name, rows), name)
	if c := m.column(rr.code); c != nil {
		c.role = roleLabel
	}
	from := m.first
	m.first = head
	rr.readRows(from, 0)
	r.absent(m)
	return m
}

// firstFigureRow gives the first row below the header with a number in the column
// of values, at the latest the first row whose name is known: a row may stand
// above that has a name of the agency's own, and its figure must not be lost.
func firstFigureRow(s *sheet.Sheet, value, head, known int) int {
	for _, row := range s.RowNumbers(head + 1) {
		if row >= known {
			break
		}
		if c := s.At(row, value); c != nil && c.Type == xlsx.Number && c.Fate() == sheet.Unseen && !table.IsIndexRow(s.Row(row)) {
			return row
		}
	}
	return known
}

// valueColumn decides which column holds the values: the one under words that
// say so, or else the only one that holds anything but units and remarks. head
// is the first row of the table.
func (r *reading) valueColumn(s *sheet.Sheet, p *planned, name, firstRow int, counts, figures map[int]int) (value, head int) {
	const above = 6
	head = firstRow
	var candidates []int
	for row := max(firstRow-above, 1); row < firstRow; row++ {
		cells := s.Row(row)
		for i := range cells {
			if cells[i].Col > name && valueHeads[table.Column{Path: []string{cells[i].Text}}.LeafKey()] {
				return under(s, &cells[i], figures), row
			}
			if cells[i].Col == name && nameHeads[cells[i].Key()] {
				head = min(head, row)
			}
		}
	}
	for col := range counts {
		if !r.isUnitColumn(s, p, col, head, firstRow) {
			candidates = append(candidates, col)
		}
	}
	slices.Sort(candidates)
	var filled []int
	for _, col := range candidates {
		if figures[col] > 0 {
			filled = append(filled, col)
		}
	}
	if len(filled) == 0 {
		filled = candidates
	}
	if len(filled) == 1 {
		return filled[0], head
	}
	if len(filled) > 1 {
		r.find(fault.New(fault.HeaderMissing, fault.A("expected", "Kết quả")).At(s.Name, xlsx.Ref(firstRow, filled[0])))
	}
	return 0, head
}

// under gives the column of figures below a head: not always its own, for under a
// merged or centred head marks of footnotes stand in a column beside the figures.
func under(s *sheet.Sheet, head *sheet.Cell, figures map[int]int) int {
	const far = 3 // columns
	for col := head.Col; col <= head.Col+far; col++ {
		if over := s.Shown(head.Row, col); over != nil && over.Col != head.Col {
			break
		}
		if figures[col] > 0 {
			return col
		}
	}
	return head.Col
}

// isUnitColumn reports whether a column holds units or remarks: its head says
// so, or the unit of an indicator stands there.
func (r *reading) isUnitColumn(s *sheet.Sheet, p *planned, col, head, firstRow int) bool {
	for row := head; row < firstRow; row++ {
		if c := s.At(row, col); c != nil && table.IsRemark(c.Key()) {
			return true
		}
	}
	for _, row := range s.RowNumbers(firstRow) {
		c := s.At(row, col)
		if c == nil || !c.IsText() || c.Text == "" {
			continue
		}
		for _, ind := range p.indicators {
			if ind.Unit == c.Text || c.Key() != "" && viet.Key(ind.Unit) == c.Key() { // "%" and "-" have no key
				return true
			}
		}
	}
	return false
}

// mapSingleColumns says what the columns of a single-column sheet are.
func (r *reading) mapSingleColumns(m *mapped, name, value, head int) {
	set := map[int]role{name: roleLabel}
	if value > 0 {
		set[value] = roleValue
	}
	for _, row := range m.sheet.RowNumbers(head) {
		if row > m.last {
			break
		}
		cells := m.sheet.Row(row)
		for i := range cells {
			if _, known := set[cells[i].Col]; !known {
				set[cells[i].Col] = roleIgnore
				if cells[i].Col > name && cells[i].Type == xlsx.Number {
					set[cells[i].Col] = roleExtra
				}
			}
			if row < m.first {
				r.used(m.sheet, &cells[i])
			}
		}
	}
	for col, what := range set {
		m.cols = append(m.cols, column{col: col, role: what})
	}
	slices.SortFunc(m.cols, func(a, b column) int { return a.col - b.col })
}

// codeColumn finds the column of indicator codes left of the names.
func (r *reading) codeColumn(m *mapped, name int, rows []int) int {
	v := r.newResolver(m.plan)
	votes := map[int]int{}
	for _, row := range rows {
		cells := m.sheet.Row(row)
		for i := range cells {
			if cells[i].Col < name && v.lookCode(&cells[i]).OK() {
				votes[cells[i].Col]++
			}
		}
	}
	if col := winner(votes); votes[col]*2 > len(rows) {
		return col
	}
	return 0
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
