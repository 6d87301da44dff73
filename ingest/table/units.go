package table

import (
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
)

// units finds the unit of each table among the words over it, down from the table
// before it.
func (d *discovery) units() {
	const reach = 12
	for _, t := range d.tables {
		from := max(1, t.Top-reach)
		for _, o := range d.tables {
			if o.Last < t.Top {
				from = max(from, o.Last+1)
			}
		}
		t.unitOver(from)
	}
}

// unitOver looks for the unit in the rows over the head: over its columns first.
func (t *Table) unitOver(from int) {
	for _, anywhere := range []bool{false, true} {
		for r := t.Top; r >= from; r-- {
			cells := t.look.cells[r]
			for i := range cells {
				c := &cells[i]
				if c.kind != kindText || !anywhere && !t.cols.has(c.Col) {
					continue
				}
				if unit := statedUnit(c.Cell); unit != "" {
					t.Unit, t.UnitCell = unit, c.Ref()
					return
				}
				if unit := unitBeside(cells, i); unit != "" {
					t.Unit, t.UnitCell = unit, cells[i+1].Ref()
					return
				}
			}
		}
	}
	t.bareUnit()
}

// unitBeside gives the unit in the cell behind one of a row that introduces it.
func unitBeside(cells []seen, i int) string {
	if i+1 >= len(cells) || cells[i+1].kind != kindText {
		return ""
	}
	return viet.UnitBeside(cells[i].Text, cells[i+1].Text)
}

// statedUnit gives the unit that a cell states for the whole table: after "ĐVT:".
func statedUnit(c *sheet.Cell) string {
	for line := range strings.SplitSeq(c.Text, "\n") {
		if unit, ok := strings.CutPrefix(strings.TrimSpace(line), "("); ok {
			line = strings.Trim(unit, "()")
		}
		if unit := afterUnitWord(line); unit != "" {
			return strings.TrimSpace(unit)
		}
	}
	return ""
}
