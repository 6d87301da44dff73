package aggregate

import (
	"cmp"
	"slices"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// share says what each file, each body and each place has of the totals.
func (c *collation) share() {
	c.sum.Files = c.sharesOf(func(t *paper.Table) (key, name string) { return t.File, t.File })
	c.sum.Agencies = c.sharesOf(func(t *paper.Table) (key, name string) { return cmp.Or(t.ByKey, t.By()), t.By() })
	c.sum.Places = c.placeShares()
}

// adding is a share in the making.
type adding struct {
	share paper.Share
	unit  paper.Unit    // of the rows of a place
	at    map[place]int // positions among the figures
}

// sharesOf gathers the sources of totals by a property of their tables, in the order
// of the files. A share is called as its first table is.
func (c *collation) sharesOf(of func(*paper.Table) (key, name string)) []paper.Share {
	var out []*adding
	byKey := map[string]*adding{}
	shares := make([]*adding, len(c.sum.Tables))
	for n, t := range c.sum.Tables {
		key, name := of(t)
		if byKey[key] == nil {
			byKey[key] = &adding{share: paper.Share{Name: name}, at: map[place]int{}}
			out = append(out, byKey[key])
		}
		shares[n] = byKey[key]
	}
	for i := range c.sum.Totals {
		t := &c.sum.Totals[i]
		for _, src := range t.Sources {
			c.put(shares[src.Table], place{t.Row, t.Column}, paper.Part{Row: t.Row, Column: t.Column, Value: src.Value})
		}
	}
	return finished(out)
}

// placeShares gathers the totals of rows by their places. Rows that add others up
// are left out, so that nothing counts twice; and the households of a place are no
// share with its money, where rows state what they are in.
func (c *collation) placeShares() []paper.Share {
	type placeIn struct {
		code, base string
		power      int
	}
	var out []*adding
	by := map[placeIn]*adding{}
	times := map[string]int{} // shares of a place
	for i := range c.sum.Totals {
		t := &c.sum.Totals[i]
		r := &c.sum.Rows[t.Row]
		if r.Place == "" || r.Total {
			continue
		}
		unit := c.units.rows[r.Key]
		key := placeIn{r.Place, unit.Base, unit.Power}
		if by[key] == nil {
			by[key] = &adding{share: paper.Share{Name: r.Name, Code: r.Place}, unit: unit, at: map[place]int{}}
			out = append(out, by[key])
			times[r.Place]++
		}
		c.put(by[key], place{0, t.Column}, paper.Part{Column: t.Column, Value: t.Value})
	}
	for _, a := range out {
		if times[a.share.Code] > 1 || c.sum.Unit == "" {
			a.share.Name = paper.WithUnit(a.share.Name, a.unit.Words)
		}
	}
	return finished(out)
}

// put adds a figure to a share. What is too large to be held is said, and stands
// there as far as it was counted.
func (c *collation) put(a *adding, at place, part paper.Part) {
	k, ok := a.at[at]
	if !ok {
		a.at[at] = len(a.share.Figures)
		a.share.Figures = append(a.share.Figures, part)
		return
	}
	sum, err := a.share.Figures[k].Value.Add(part.Value)
	if err != nil {
		c.say(fault.New(fault.NumberTooLarge, fault.A("label", a.share.Name+" / "+label(c.sum.Columns[at.column].Path)), fault.A("got", part.Value.String())))
		return
	}
	a.share.Figures[k].Value = sum
}

// finished gives the shares with their figures by row, then column.
func finished(list []*adding) []paper.Share {
	var out []paper.Share
	for _, a := range list {
		slices.SortFunc(a.share.Figures, func(x, y paper.Part) int {
			return cmp.Or(cmp.Compare(x.Row, y.Row), cmp.Compare(x.Column, y.Column))
		})
		out = append(out, a.share)
	}
	return out
}
