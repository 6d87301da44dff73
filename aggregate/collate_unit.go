package aggregate

import (
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// firstUnit gives the unit of whole tables: that of the first that states one.
func firstUnit(tables []*paper.Table) string {
	for _, t := range tables {
		if t.Unit != "" {
			return t.Unit
		}
	}
	return ""
}

// unitsApart gives tables in which the columns, and the rows, of a name are all in
// units that can be converted into one another: one that is in a unit of something
// else than the first that states a unit gets a name of its own. What is not plain
// is said.
func (c *collation) unitsApart(tables []*paper.Table) []*paper.Table {
	c.units.columns, c.units.rows = units{}, units{}
	out := c.ratesApart(tables)
	for _, t := range out {
		for _, l := range columnLines(t) {
			c.settle(t, c.units.columns, l)
		}
		for _, l := range rowLines(t) {
			c.settle(t, c.units.rows, l)
		}
	}
	c.sayAssumed(out)
	return out
}

// settle notes the unit of a line of a table. Where it counts something else than
// the first that was noted under its key, the line gets a key of its own.
func (c *collation) settle(t *paper.Table, known units, l line) {
	if !l.unit.IsStated() || !l.filled {
		return
	}
	first, found := known[*l.key]
	if !found {
		known[*l.key] = l.unit
		return
	}
	if l.unit.Base == first.Base {
		return
	}
	if _, same := l.unit.Shift(first); same {
		c.say(fault.New(fault.PaperUnitWords, fault.A("label", l.label()), fault.A("got", l.unit.Words), fault.A("expected", first.Words)).In(t.File).At(t.Sheet, t.Area))
		return
	}
	c.sayUnitDiffers(t, l.label(), numbers(l.unit), numbers(first))
	*l.key += unitInKey + l.unit.Base
	if _, found := known[*l.key]; !found {
		known[*l.key] = l.unit
	}
	l.state(l.unit)
}

// sayAssumed says which tables leave out a unit of money or measure that others
// state, once for each.
func (c *collation) sayAssumed(tables []*paper.Table) {
	for _, t := range tables {
		for i := range t.Columns {
			col := &t.Columns[i]
			if unit := c.units.columns[col.Key]; !col.Unit.IsStated() && unit.Measure && col.Adds {
				c.say(fault.New(fault.PaperUnitAssumed, fault.A("label", strings.Join(col.Path, " / ")), fault.A("expected", unit.Words)).In(t.File).At(t.Sheet, t.Area))
				break
			}
		}
	}
}

// unitInKey stands between the key of a line and the unit that keeps it apart.
const unitInKey = "\x00"

// sameName reports whether two keys are those of one name in two units.
func sameName(a, b string) bool {
	a, _, _ = strings.Cut(a, unitInKey)
	b, _, _ = strings.Cut(b, unitInKey)
	return a == b
}

// line is a row or a column of a table, as far as what its figures are in goes.
type line struct {
	key    *string
	adds   *bool
	unit   paper.Unit
	filled bool      // it has figures
	path   *[]string // the words over a column
	name   *string   // of a row
}

func columnLines(t *paper.Table) []line {
	out := make([]line, len(t.Columns))
	for i := range t.Columns {
		col := &t.Columns[i]
		out[i] = line{key: &col.Key, adds: &col.Adds, unit: col.Unit, path: &col.Path}
	}
	for i := range t.Figures {
		out[t.Figures[i].Column].filled = true
	}
	return out
}

func rowLines(t *paper.Table) []line {
	out := make([]line, len(t.Rows))
	for i := range t.Rows {
		row := &t.Rows[i]
		out[i] = line{key: &row.Key, adds: &row.Adds, unit: row.Unit, name: &row.Name}
	}
	for i := range t.Figures {
		out[t.Figures[i].Row].filled = true
	}
	return out
}

// label names a line.
func (l line) label() string {
	if l.path != nil {
		return label(*l.path)
	}
	return *l.name
}

// state writes a unit behind the words of a line, so that it is not taken for the
// other of its name.
func (l line) state(unit paper.Unit) {
	if l.path != nil {
		*l.path = paper.PathWithUnit(*l.path, unit.Words)
		return
	}
	*l.name = paper.WithUnit(*l.name, unit.Words)
}

// units are the units in which the lines of a name are added up, by key.
type units map[string]paper.Unit

// shift gives the powers of ten by which a figure is moved to be in the unit of the
// sum, and both units. What a row states goes before what its column does.
func (c *collation) shift(t *paper.Table, f *paper.Figure) (powers int, from, to paper.Unit) {
	row, column := &t.Rows[f.Row], &t.Columns[f.Column]
	if row.Counts && !row.Unit.IsStated() && column.Lent {
		return 0, paper.Unit{}, paper.Unit{} // a number of things in a table of money
	}
	if from, to = row.Unit, c.units.rows[row.Key]; !from.IsStated() {
		from = column.Unit
	}
	if !to.IsStated() {
		to = c.units.columns[column.Key]
	}
	if from.Base != to.Base { // both counted, in other words; or a row of another kind than its column
		return 0, from, to
	}
	return from.Power - to.Power, from, to
}
