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

// votes are how many rows have something in a column, a code in it, and a name.
type votes struct{ filled, codes, names int }

// keyColumns finds the columns of codes and of names by what stands in them: a
// vote of the rows, in which the words over a column have a say. 0 is none.
func (r *reading) keyColumns(m *mapped, h table.Header) (code, name int) {
	all := r.vote(m, h.Bottom+1)
	for i := range all { // a figure may look like a code: one that does makes no column of them
		if v := &all[i]; 2*v.codes <= v.filled {
			v.codes = 0
		}
	}
	heads := m.plan.words()
	for _, hc := range h.Columns {
		at, _ := m.position(hc.Col)
		v, leaf := &all[at], viet.Key(hc.Leaf())
		if hc.Want < 0 && leaf != "" && v.codes == 1 && !heads.codeHeads[leaf] {
			v.codes = 0 // under other words once is chance
		}
		if hc.Want < 0 && heads.codeHeads[leaf] {
			v.codes += 3
		}
		if hc.Want < 0 && heads.nameHeads[leaf] {
			v.names += 3
		}
		if table.IsNumbering(hc.LeafKey()) && !m.plan.rowsAsked() {
			v.codes = 0
		}
	}
	if at := elected(all, func(v *votes) int { return v.names }); at >= 0 {
		name, all[at].codes = m.cols[at].col, 0
	}
	if at := elected(all, func(v *votes) int { return v.codes }); at >= 0 {
		code = m.cols[at].col
	}
	return code, name
}

// vote lets the rows from one on say what stands in each column.
func (r *reading) vote(m *mapped, from int) []votes {
	const most = 400 // rows that vote
	all := make([]votes, len(m.cols))
	resolver := r.newResolver(m.plan)
	rows := m.sheet.RowNumbers(from)
	for _, row := range rows[:min(len(rows), most)] {
		cells := m.sheet.Row(row)
		for i := range cells {
			c := &cells[i]
			at, known := m.position(c.Col)
			if !known || m.cols[at].role == roleValue {
				continue
			}
			v := &all[at]
			v.filled++
			if resolver.lookCode(c).OK() {
				v.codes++
				if m.plan.matrix != nil { // a column of codes is none of names, though either would tell the rows
					continue
				}
			}
			if c.IsText() && resolver.lookName(c).How != match.NotFound {
				v.names++
			}
		}
	}
	return all
}

// elected gives the place of the column with most votes, the leftmost of equals, -1
// when there are none.
func elected(all []votes, count func(*votes) int) int {
	best, most := -1, 0
	for i := range all {
		if n := count(&all[i]); n > most {
			best, most = i, n
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
