package aggregate

import "tonghop/report/paper"

// showUnits says in which unit the totals are: all of them where it is one, else
// those of each column, and in columns of several units those of each row. A unit
// over figures that are in another makes them wrong by what lies between the two.
func (c *collation) showUnits() {
	var all common
	columns, rows := make([]common, len(c.sum.Columns)), make([]common, len(c.sum.Rows))
	for i := range c.sum.Totals {
		t := &c.sum.Totals[i]
		unit := c.unitAt(place{t.Row, t.Column})
		t.Unit = unit.Words
		all.note(unit)
		columns[t.Column].note(unit)
	}
	for i := range c.sum.Totals {
		if t := &c.sum.Totals[i]; columns[t.Column].several {
			rows[t.Row].note(c.unitAt(place{t.Row, t.Column}))
		}
	}
	c.sum.Unit = all.unit().Words
	for i := range c.sum.Columns {
		c.sum.Columns[i].Unit = columns[i].unit()
	}
	for i := range c.sum.Rows {
		c.sum.Rows[i].Unit = rows[i].unit()
	}
	for i := range c.sum.Totals { // a row in two units leaves it to its columns, whose other rows say theirs
		t := &c.sum.Totals[i]
		if unit := c.unitAt(place{t.Row, t.Column}); columns[t.Column].several && rows[t.Row].several && unit.IsStated() {
			c.sum.Columns[t.Column].Unit = unit
		}
	}
	if c.sum.Unit != "" {
		for i := range c.sum.Columns {
			c.sum.Columns[i].Unit = paper.Unit{}
		}
	}
}

// common is the unit that some totals have in common.
type common struct {
	first         paper.Unit
	some, several bool
}

func (c *common) note(u paper.Unit) {
	switch {
	case !c.some:
		c.first, c.some = u, true
	case u.Base != c.first.Base || u.Power != c.first.Power || u.IsStated() != c.first.IsStated():
		c.several = true
	}
}

// unit gives the unit, none where there are several.
func (c *common) unit() paper.Unit {
	if c.several {
		return paper.Unit{}
	}
	return c.first
}
