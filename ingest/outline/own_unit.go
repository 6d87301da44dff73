package outline

import (
	"strconv"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// inUnitOver gives a figure in the unit that its row or its column states, where the
// cell itself states another: "1,5 tỷ" under "triệu đồng" is 1500. ok is false where
// what the cell states cannot be converted, or nothing is stated to convert it into.
func inUnitOver(f table.FigureAt, stated string) (value decimal.Decimal, converted, ok bool) {
	own := viet.ParseUnit(f.Unit)
	if !own.Measure && own.Power == 0 { // "05 hộ": what is counted
		return f.Value, false, true
	}
	over := viet.ParseUnit(stated)
	powers, same := own.Shift(over)
	if over.IsZero() || !same {
		return f.Value, false, false
	}
	value, err := f.Value.Shift(powers)
	return value, powers != 0, err == nil
}

// ownUnit is a figure of a line that states a unit of its own.
type ownUnit struct {
	line   int
	figure table.FigureAt
}

// findOwnUnits says which cells state a unit of their own: what those of a column came
// to, at the first of them, and each that could not be converted.
func (f *File) findOwnUnits(s *sheet.Sheet, t *table.Table) {
	stating := map[int][]ownUnit{} // by column
	units := rowUnits(s, t)
	for i := range t.Lines {
		for _, x := range t.Figures(t.Lines[i].Row) {
			if x.Unit != "" {
				stating[x.Col] = append(stating[x.Col], ownUnit{i, x})
			}
		}
	}
	for k := range t.Cols {
		c := &t.Cols[k]
		over, _ := unitOver(t, c)
		if len(stating[c.Col]) == 0 || c.Role != table.ColValue || !c.Added && !table.Additive(c.Path, over) {
			continue
		}
		var first fault.Fault
		converted := 0
		for _, own := range stating[c.Col] {
			l, x := &t.Lines[own.line], own.figure
			stated := paper.UnitOf(unitOf(units[own.line]), unitOf(over), isOwn(t, c)).Words
			value, moved, ok := inUnitOver(x, stated)
			switch {
			case !ok:
				f.say(fault.New(fault.NumberWithWords, fault.A("label", t.ColumnName(c.Col)), fault.A("row", l.Name), fault.A("got", x.Text), fault.A("expected", stated)).At(s.Name, x.Cell))
			case moved:
				if converted++; converted == 1 {
					first = fault.New(fault.CellConverted, fault.A("label", t.ColumnName(c.Col)), fault.A("got", x.Text), fault.A("used", value.String()), fault.A("expected", stated)).At(s.Name, x.Cell)
				}
			}
		}
		switch {
		case converted > 1:
			f.say(first.With(fault.A("more", strconv.Itoa(converted-1))))
		case converted == 1:
			f.say(first)
		}
	}
}
