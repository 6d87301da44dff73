package aggregate

import (
	"slices"
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
	out := slices.Clone(tables)
	for n, t := range tables {
		apart := *t
		apart.Columns = slices.Clone(t.Columns)
		for i := range apart.Columns {
			col := &apart.Columns[i]
			if c.settle(t, c.units.columns, &col.Key, strings.Join(col.Path, " / "), col.Unit) {
				col.Path = withUnit(col.Path, col.Unit)
			}
		}
		apart.Rows = slices.Clone(t.Rows)
		for i := range apart.Rows {
			row := &apart.Rows[i]
			if c.settle(t, c.units.rows, &row.Key, row.Name, row.Unit) {
				row.Name += " (" + row.Unit.Words + ")"
			}
		}
		out[n] = &apart
	}
	c.sayAssumed(out)
	return out
}

// settle notes the unit of a line of a table. Where it counts something else than
// the first that was noted under its key, the line gets a key of its own: apart.
func (c *collation) settle(t *paper.Table, known units, key *string, label string, unit paper.Unit) (apart bool) {
	if !unit.IsStated() {
		return false
	}
	first, found := known[*key]
	if !found {
		known[*key] = unit
		return false
	}
	code := fault.PaperUnitWords
	_, same := unit.Shift(first)
	switch {
	case unit.Base == first.Base:
		return false
	case !same:
		code = fault.PaperUnitDiffers
		*key += unitInKey + unit.Base
		if _, found := known[*key]; !found {
			known[*key] = unit
		}
	}
	c.say(fault.New(code, fault.A("label", label), fault.A("got", unit.Words), fault.A("expected", first.Words)).In(t.File).At(t.Sheet, t.Area))
	return !same
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

// withUnit gives the words over a column with its unit behind them, unless they say
// it already.
func withUnit(path []string, unit paper.Unit) []string {
	if len(path) == 0 || strings.Contains(path[len(path)-1], unit.Words) {
		return path
	}
	path = slices.Clone(path)
	path[len(path)-1] += " (" + unit.Words + ")"
	return path
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
