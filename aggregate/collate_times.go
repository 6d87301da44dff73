package aggregate

import (
	"maps"
	"slices"
	"strconv"

	"tonghop/report/calendar"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// withoutContained leaves out tables of a time that lies within that of another table of
// the same body and title that has all its figures: a month beside the six months that it
// is one of. A year is often named over what is of some other time, and contains nothing.
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
	return longer.ByKey == t.ByKey && longer.Series == t.Series && p.Differs(q) && p.Of.Kind != calendar.Year && p.Of.Contains(q.Of.From) && p.Of.Contains(q.Of.To) && covers(longer, t)
}

// covers reports whether a table has a figure wherever another has one.
func covers(other, t *paper.Table) bool {
	type cell struct{ row, column string }
	has := map[cell]bool{}
	for i := range other.Figures {
		r, c := &other.Rows[other.Figures[i].Row], &other.Columns[other.Figures[i].Column]
		has[cell{r.Own, c.Key}], has[cell{r.NameKey, c.Key}] = true, true
	}
	return !slices.ContainsFunc(t.Figures, func(f paper.Figure) bool {
		r, c := &t.Rows[f.Row], &t.Columns[f.Column]
		return !has[cell{r.Own, c.Key}] && !has[cell{r.NameKey, c.Key}]
	})
}

// saySameEachTime says which columns of a body have the very same figures in the reports of
// several times, where no word says that they are of a moment. A few small figures may be
// the same by chance.
func (c *collation) saySameEachTime(figures []counted) {
	const fewest = 3 // figures that are no small ones
	for _, reports := range c.overTime() {
		columns := make([]map[int]map[int]string, len(reports))
		for i, n := range reports {
			columns[i] = c.byColumn(figures[n])
		}
		for column := range c.sum.Columns {
			first, large := columns[0][column], 0
			for _, value := range first {
				if len(value) > len("9 ") {
					large++
				}
			}
			if c.sum.Columns[column].Accrual != paper.Unsaid || large < fewest || slices.ContainsFunc(columns[1:], func(other map[int]map[int]string) bool { return !maps.Equal(first, other[column]) }) {
				continue
			}
			t := c.sum.Tables[reports[0]]
			c.say(fault.New(fault.PaperSameEachTime, fault.A("label", label(c.sum.Columns[column].Path)), fault.A("agency", t.By()), fault.A("count", strconv.Itoa(len(reports)))).In(t.File).At(t.Sheet, t.Area))
		}
	}
}

// overTime gives the tables of each series of a body that has one for each of several
// times.
func (c *collation) overTime() [][]int {
	type series struct{ body, name string }
	var out [][]int
	at := map[series]int{}
	for n, t := range c.sum.Tables {
		key := series{t.ByKey, t.Series}
		if _, ok := at[key]; !ok {
			at[key] = len(out)
			out = append(out, nil)
		}
		out[at[key]] = append(out[at[key]], n)
	}
	return slices.DeleteFunc(out, func(tables []int) bool {
		for i, n := range tables {
			if slices.ContainsFunc(tables[:i], func(k int) bool { return !c.sum.Tables[n].Period.Differs(c.sum.Tables[k].Period) }) {
				return true
			}
		}
		return len(tables) < 2
	})
}

// byColumn spells the figures of a table by column and row, without those of rows of which
// it is said how they go together over time.
func (c *collation) byColumn(own counted) map[int]map[int]string {
	out := map[int]map[int]string{}
	for at, sources := range own {
		if c.sum.Rows[at.row].Accrual != paper.Unsaid {
			continue
		}
		if out[at.column] == nil {
			out[at.column] = map[int]string{}
		}
		for _, s := range sources {
			out[at.column][at.row] += s.Value.String() + " "
		}
	}
	return out
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
