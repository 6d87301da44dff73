package ingest

import (
	"slices"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// mapColumn says what a column is.
func (r *reading) mapColumn(p *planned, hc table.Column) column {
	c := column{col: hc.Col, title: hc.Title()}
	leaf := hc.LeafKey()
	switch {
	case hc.Want >= 0 && p.layout.Shape == report.IndicatorsDown:
		c.role, c.place = roleValue, p.places[hc.Want].Code
	case hc.Want >= 0 && p.matrix != nil:
		c.role, c.across, c.placed, c.shift = roleValue, hc.Want, true, p.stated(hc.Want).Shift
	case hc.Want >= 0:
		c.role, c.ind, c.shift = roleValue, p.indicators[hc.Want], p.stated(hc.Want).Shift
	case isIgnored(p, hc):
		c.role = roleIgnore
	case table.IsNumbering(leaf) || table.IsRemark(leaf):
		c.role = roleIgnore
	case p.layout.Shape == report.IndicatorsDown && table.IsTotal(hc.Leaf(), nil):
		c.role = roleTotal
	}
	return c
}

// isIgnored reports whether the definition says that the column is read past.
func isIgnored(p *planned, hc table.Column) bool {
	ignored := p.words().ignored
	return len(ignored) > 0 && (ignored[viet.Key(hc.Leaf())] || ignored[hc.LeafKey()] || ignored[viet.Key(hc.Title())])
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
	codes, names, filled := map[int]int{}, map[int]int{}, map[int]int{}
	rows := m.sheet.RowNumbers(h.Bottom + 1)
	for _, row := range rows[:min(len(rows), most)] {
		cells := m.sheet.Row(row)
		for i := range cells {
			c := &cells[i]
			col := m.column(c.Col)
			if col == nil || col.role == roleValue {
				continue
			}
			filled[c.Col]++
			if v.lookCode(c).OK() {
				codes[c.Col]++
				if m.plan.matrix != nil { // a column of codes is none of names, though either would tell the rows
					continue
				}
			}
			if c.IsText() && v.lookName(c).How != match.NotFound {
				names[c.Col]++
			}
		}
	}
	for col, n := range codes { // a figure may look like a code: one that does makes no column of them
		if 2*n <= filled[col] {
			delete(codes, col)
		}
	}
	for _, hc := range h.Columns {
		leaf := viet.Key(hc.Leaf())
		if hc.Want < 0 && leaf != "" && codes[hc.Col] == 1 && !m.plan.words().codeHeads[leaf] {
			delete(codes, hc.Col) // under other words once is chance
		}
		if hc.Want < 0 && m.plan.words().codeHeads[leaf] {
			codes[hc.Col] += 3
		}
		if hc.Want < 0 && m.plan.words().nameHeads[leaf] {
			names[hc.Col] += 3
		}
		if table.IsNumbering(hc.LeafKey()) && !m.plan.rowsAsked() {
			delete(codes, hc.Col)
		}
	}
	name = winner(names)
	delete(codes, name)
	return winner(codes), name
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
					cells[i].Settle(map[role]sheet.Fate{roleExtra: sheet.ExtraColumn, roleIgnore: sheet.Ignored}[c.role])
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
