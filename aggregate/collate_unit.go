package aggregate

import (
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// unitsApart gives tables in which the columns, and the rows, of a name are all in
// units that can be converted into one another: one that is in a unit of something
// else than the first that states a unit gets a name of its own. What is not plain
// is said.
func (c *collation) unitsApart(tables []*paper.Table) []*paper.Table {
	c.units.columns, c.units.rows, c.units.own = units{}, units{}, map[string]bool{}
	out := c.ratesApart(tables)
	for _, t := range out {
		for _, l := range columnLines(t) {
			c.settle(t, c.units.columns, l)
		}
		for i := range t.Columns {
			if col := &t.Columns[i]; col.Own {
				c.units.own[col.Key] = true
			}
		}
		for _, l := range rowLines(t) {
			c.settle(t, c.units.rows, l)
		}
	}
	return out
}

// settle notes the unit of a line of a table. Where it counts something else than
// the first that was noted under its key, the line gets a key of its own.
func (c *collation) settle(t *paper.Table, known units, l line) {
	if !l.unit.IsStated() {
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
// sum, and both units.
func (c *collation) shift(t *paper.Table, f *paper.Figure) (powers int, from, to paper.Unit) {
	if isThings(t, f) {
		return 0, paper.Unit{}, paper.Unit{}
	}
	from, to = statedUnit(t, f), c.unitOf(t.Rows[f.Row].Key, t.Columns[f.Column].Key)
	if from.Base != to.Base { // both counted, in other words; or a row of another kind than its column
		return 0, from, to
	}
	return from.Power - to.Power, from, to
}

// statedUnit gives the unit that a table states for a figure.
func statedUnit(t *paper.Table, f *paper.Figure) paper.Unit {
	if isThings(t, f) {
		return paper.Unit{}
	}
	column := &t.Columns[f.Column]
	return paper.UnitOf(t.Rows[f.Row].Unit, column.Unit, column.Own)
}

// unitOf gives the unit in which a row and a column are added up.
func (c *collation) unitOf(row, column string) paper.Unit {
	return paper.UnitOf(c.units.rows[row], c.units.columns[column], c.units.own[column])
}

// isThings reports whether a figure is a number of things in a table of money.
func isThings(t *paper.Table, f *paper.Figure) bool {
	row := &t.Rows[f.Row]
	return row.Counts && !row.Unit.IsStated() && t.Columns[f.Column].Lent
}

// unitAt gives the unit in which the figures of a cell of the form are added up.
func (c *collation) unitAt(at place) paper.Unit {
	row := c.sum.Rows[at.row].Key
	if c.things[at] && !c.units.rows[row].IsStated() {
		return paper.Unit{}
	}
	return c.unitOf(row, c.sum.Columns[at.column].Key)
}

// said is what was said of the units of a table, so that each is said once.
type said struct {
	t         *paper.Table
	assumed   bool // that figures without a unit are in one
	taken     bool // that a unit over a column is not that of a row
	converted map[[2]string]bool
}

// sayConverted says that figures of a table were brought from one unit into another.
func (c *collation) sayConverted(s *said, from, to paper.Unit) {
	words := [2]string{from.Words, to.Words}
	if s.converted[words] {
		return
	}
	if s.converted == nil {
		s.converted = map[[2]string]bool{}
	}
	s.converted[words] = true
	c.say(fault.New(fault.PaperConverted, fault.A("from", from.Words), fault.A("to", to.Words)).In(s.t.File).At(s.t.Sheet, s.t.Area))
}

// sayAssumed says that figures of a table were taken to be in a unit that others
// state: it states none, or over the whole column one of something else. Each is said
// at the first of them.
func (c *collation) sayAssumed(s *said, at place, from, to paper.Unit) {
	var f fault.Fault
	switch {
	case !from.IsStated() && to.Measure && !s.assumed:
		s.assumed = true
		f = fault.New(fault.PaperUnitAssumed, fault.A("label", c.lineOfUnit(at)), fault.A("expected", to.Words))
	case from.IsStated() && to.IsStated() && from.Base != to.Base && (from.Measure || to.Measure) && !s.taken:
		s.taken = true
		f = fault.New(fault.PaperUnitWords, fault.A("label", c.lineOfUnit(at)), fault.A("got", from.Words), fault.A("expected", to.Words))
	default:
		return
	}
	c.say(f.In(s.t.File).At(s.t.Sheet, s.t.Area))
}

// lineOfUnit names the row or column that says in which unit a cell is.
func (c *collation) lineOfUnit(at place) string {
	row, column := &c.sum.Rows[at.row], &c.sum.Columns[at.column]
	if stated := c.units.rows[row.Key]; stated.IsStated() && c.unitOf(row.Key, column.Key).Base == stated.Base {
		return rowName(row)
	}
	return label(column.Path)
}
