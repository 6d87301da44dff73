package aggregate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/report/calendar"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// onePeriodEach takes out of the figures of each body those that its report of another
// time contains: a figure up to date counts once, as the last report says, and how things
// stood at first as the first says. Where it is not known which report comes first, all
// count, and it is said.
func (c *collation) onePeriodEach(figures []counted) {
	var all []*accrued
	by := map[accruedBy]*accrued{}
	for _, at := range c.accruing(figures) {
		for _, reports := range c.reportsOf(figures, at) {
			n, sure := theOne(c.sum.Tables, reports, c.accrualAt(at))
			a := by[accruedBy{n, sure}]
			if a == nil {
				a = &accrued{of: c.sum.Tables[n], sure: sure}
				by[accruedBy{n, sure}] = a
				all = append(all, a)
			}
			a.note(c.accrualLabel(at), len(reports))
			if !sure {
				continue
			}
			for _, k := range reports {
				if c.sum.Tables[k].Period != a.of.Period {
					delete(figures[k], at)
					c.replaced[at]++
				}
			}
		}
	}
	for _, a := range all {
		c.sayAccrued(a)
	}
}

// accruedBy is by what figures that show how things stand are said together: the table
// that counts, or does not say of what time it is.
type accruedBy struct {
	table int
	sure  bool
}

// accrued are such figures of one body.
type accrued struct {
	of     *paper.Table
	sure   bool
	labels []string // of the lines that they stand in
	cells  int
	tables int // most that have one of them
}

func (a *accrued) note(label string, tables int) {
	a.cells, a.tables = a.cells+1, max(a.tables, tables)
	if !slices.Contains(a.labels, label) {
		a.labels = append(a.labels, label)
	}
}

func (c *collation) sayAccrued(a *accrued) {
	label, agency := fault.A("label", strings.Join(a.labels, "”, “")), fault.A("agency", a.of.By())
	f := fault.New(fault.PaperTimeUnknown, label, agency, fault.A("count", strconv.Itoa(a.tables)))
	if a.sure {
		f = fault.New(fault.PaperOneTime, label, agency, fault.Both("period", a.of.Period.VI(), a.of.Period.EN()), fault.A("count", strconv.Itoa(a.cells)))
	}
	c.say(f.In(a.of.File).At(a.of.Sheet, a.of.Area))
}

// accruing gives the cells with figures of which one report counts for those of other
// times, by column, then row.
func (c *collation) accruing(figures []counted) []place {
	seen := map[place]bool{}
	for _, own := range figures {
		for at := range own {
			if c.accrualAt(at) != paper.Flow {
				seen[at] = true
			}
		}
	}
	out := make([]place, 0, len(seen))
	for at := range seen {
		out = append(out, at)
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Or(cmp.Compare(a.column, b.column), cmp.Compare(a.row, b.row)) })
	return out
}

// accrualAt tells it by the column, else by the row.
func (c *collation) accrualAt(at place) paper.Accrual {
	return cmp.Or(c.sum.Columns[at.column].Accrual, c.sum.Rows[at.row].Accrual)
}

// accrualLabel names the column or row that says how figures accrue.
func (c *collation) accrualLabel(at place) string {
	if c.sum.Columns[at.column].Accrual != paper.Flow {
		return label(c.sum.Columns[at.column].Path)
	}
	return rowName(&c.sum.Rows[at.row])
}

// reportsOf gives the tables of each body that have a figure in a cell, of those bodies
// that have several of different times, or of times of which one is not known. Reports of
// one time are of different things.
func (c *collation) reportsOf(figures []counted, at place) [][]int {
	var out [][]int
	of := map[string]int{}
	for n, t := range c.sum.Tables {
		if figures[n][at] == nil {
			continue
		}
		i, ok := of[t.ByKey]
		if !ok {
			i = len(out)
			of[t.ByKey] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], n)
	}
	return slices.DeleteFunc(out, func(reports []int) bool {
		first := c.sum.Tables[reports[0]].Period
		return !slices.ContainsFunc(reports[1:], func(n int) bool { return c.sum.Tables[n].Period != first })
	})
}

// theOne gives the first table of the time that counts for all others; where their order
// is not known, not sure, one of a time that is not.
func theOne(tables []*paper.Table, reports []int, accrual paper.Accrual) (n int, sure bool) {
	n = reports[0]
	for _, k := range reports {
		if t := tables[k].Period; !t.IsKnown() || !t.Comparable(tables[reports[0]].Period) {
			return k, false
		}
		p, q := tables[k].Period.Of, tables[n].Period.Of
		if accrual == paper.Closing && p.To.After(q.To) || accrual == paper.Opening && p.From.Before(q.From) {
			n = k
		}
	}
	return n, true
}

// withoutContained leaves out tables of a time that lies within that of another table of
// the same body with mostly the same rows: a month beside the six months that it is one of.
// A year is often named over what is of some other time, and contains nothing.
func (c *collation) withoutContained(tables []*paper.Table) []*paper.Table {
	return slices.DeleteFunc(slices.Clone(tables), func(t *paper.Table) bool {
		i := slices.IndexFunc(tables, func(longer *paper.Table) bool { return contains(longer, t) })
		if i < 0 {
			return false
		}
		longer := tables[i]
		c.say(fault.New(fault.PaperWithin, fault.A("agency", t.By()), fault.Both("period", t.Period.VI(), t.Period.EN()),
			fault.A("other", longer.File+" › "+longer.Sheet), fault.Both("longer", longer.Period.VI(), longer.Period.EN())).In(t.File).At(t.Sheet, t.Area))
		return true
	})
}

func contains(longer, t *paper.Table) bool {
	p, q := longer.Period, t.Period
	return longer.ByKey == t.ByKey && p.Differs(q) && p.Of.Kind != calendar.Year && p.Of.Contains(q.Of.From) && p.Of.Contains(q.Of.To) &&
		2*sharedRows(longer, t) >= min(len(longer.Rows), len(t.Rows))
}

// sayTimesDiffer says that bodies reported on different times, at the first table of one
// that ends otherwise than most do.
func (c *collation) sayTimesDiffer() {
	last := map[string]*paper.Table{} // of each body
	var bodies []string
	for _, t := range c.sum.Tables {
		before := last[t.ByKey]
		switch {
		case !t.Period.IsKnown() || before != nil && !t.Period.Comparable(before.Period):
			continue
		case before == nil:
			bodies = append(bodies, t.ByKey)
		case !t.Period.Of.To.After(before.Period.Of.To):
			continue
		}
		last[t.ByKey] = t
	}
	most := mostTimes(last, bodies)
	for _, body := range bodies {
		t, other := last[body], last[most]
		if t.Period.Comparable(other.Period) && t.Period.Of.To != other.Period.Of.To {
			c.say(fault.New(fault.PaperTimesDiffer, fault.A("agency", t.By()), fault.Both("period", t.Period.VI(), t.Period.EN()),
				fault.A("other", other.By()), fault.Both("others", other.Period.VI(), other.Period.EN())).In(t.File).At(t.Sheet, t.Area))
			return
		}
	}
}

// mostTimes gives the first of the bodies that end as most of them do; "" of none.
func mostTimes(last map[string]*paper.Table, bodies []string) string {
	times := map[calendar.Date]int{}
	for _, body := range bodies {
		times[last[body].Period.Of.To]++
	}
	most := ""
	for _, body := range bodies {
		if most == "" || times[last[body].Period.Of.To] > times[last[most].Period.Of.To] {
			most = body
		}
	}
	return most
}
