package table

import (
	"slices"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// apart gives the columns of the tables that stand side by side, one when there is
// but one: between them is a column with nothing in it, or their heads begin alike,
// and each has names and figures of its own.
func (d *discovery) apart(t *Table) []colSpan {
	used := map[int]bool{}
	mark := func(r int) {
		for _, c := range d.row(r, t.cols) {
			used[c.Col] = true
		}
		for _, a := range d.areas[r] {
			if d.at(a.FirstRow, a.FirstCol) != nil {
				for col := a.FirstCol; col <= min(a.LastCol, t.cols.to); col++ {
					used[col] = true
				}
			}
		}
	}
	for r := t.Top; r <= t.Last; r++ {
		mark(r)
	}
	var parts []colSpan
	for col := t.cols.from; col <= t.cols.to; col++ {
		switch {
		case !used[col]:
		case len(parts) > 0 && parts[len(parts)-1].to == col-1:
			parts[len(parts)-1].to = col
		default:
			parts = append(parts, colSpan{col, col})
		}
	}
	var halves []colSpan
	for _, p := range parts {
		halves = append(halves, d.byRepeatedHead(t, p)...)
	}
	for _, some := range [][]colSpan{halves, parts} {
		if len(some) > 1 && !slices.ContainsFunc(some, func(p colSpan) bool { return !d.hasNames(t, p) }) {
			return some
		}
	}
	return parts[:min(len(parts), 1)]
}

// byRepeatedHead parts columns where the words over the first of them stand once more: a
// long list that was set in two halves, "STT | Xã | Số hộ | STT | Xã | Số hộ".
func (d *discovery) byRepeatedHead(t *Table, p colSpan) []colSpan {
	head := func(col int) string {
		for _, row := range slices.Backward(t.HeadRows) {
			if c := d.shown(row, col); c != nil && c.kind == kindText {
				return viet.Key(c.Text)
			}
		}
		return ""
	}
	first := head(p.from)
	parts := []colSpan{p}
	if first == "" {
		return parts
	}
	for col := p.from + 2; col <= p.to; col++ {
		last := &parts[len(parts)-1]
		if col-last.from > 1 && head(col) == first {
			last.to = col - 1
			parts = append(parts, colSpan{col, p.to})
		}
	}
	return parts
}

// hasNames reports whether columns have words in the rows of a table, before
// figures or the columns of figures.
func (d *discovery) hasNames(t *Table, p colSpan) bool {
	if p.from == p.to {
		return false
	}
	rows, named, figured := 0, 0, 0
	for _, l := range t.Lines {
		cells := d.row(l.Row, p)
		if len(cells) == 0 {
			continue
		}
		rows++
		name, figure := false, false
		for i := range cells {
			switch {
			case cells[i].kind == kindText:
				name = true
			case cells[i].kind.isFigure() && name:
				figure = true
			}
		}
		if name {
			named++
		}
		if figure {
			figured++
		}
	}
	return rows > 0 && named*2 >= rows && figured*2 >= rows
}

// dropParameters takes out what looks like a table and is a block of parameters
// over one: names of parameters and their values.
func (d *discovery) dropParameters() {
	d.tables = slices.DeleteFunc(d.tables, func(t *Table) bool {
		if t.IndexRow > 0 || len(t.HeadRows) > 1 || len(t.Lines) > 8 {
			return false
		}
		below := slices.ContainsFunc(d.tables, func(o *Table) bool { return o.Top > t.Last })
		if !below {
			return false
		}
		names, words := 0, 0
		cells := d.row(t.HeadRows[0], t.cols)
		for i := range cells {
			if isIdentifier(cells[i].Text) {
				names++
			}
			if isHeadWord(&cells[i]) {
				words++
			}
		}
		// Rows under words of which none is a name that a program gave are a table.
		if words > 0 || names*2 < len(cells) && (len(cells) > 3 || names == 0 && len(t.Lines) > 1) {
			return false
		}
		d.parameters = append(d.parameters, xlsx.Range{FirstRow: t.Top, LastRow: t.Last, FirstCol: t.cols.from, LastCol: t.cols.to})
		return true
	})
}
