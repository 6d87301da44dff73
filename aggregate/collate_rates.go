package aggregate

import (
	"slices"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// ratesApart gives tables in which the figures of a name all add up, or none does:
// "Hộ nghèo" is a number in one paper and "Hộ nghèo (%)" a share in another. The
// shares get a name of their own, whichever paper comes first, and that is said.
func (c *collation) ratesApart(tables []*paper.Table) []*paper.Table {
	out := make([]*paper.Table, len(tables))
	columns, rows := kinds{}, kinds{}
	for n, t := range tables {
		apart := *t
		apart.Columns, apart.Rows = slices.Clone(t.Columns), slices.Clone(t.Rows)
		columns.note(columnLines(&apart))
		rows.note(rowLines(&apart))
		out[n] = &apart
	}
	for _, t := range out {
		for _, l := range columnLines(t) {
			c.rateApart(t, columns[*l.key], l)
		}
		for _, l := range rowLines(t) {
			c.rateApart(t, rows[*l.key], l)
		}
	}
	return out
}

// rateInKey stands behind the key of rates that are kept apart.
const rateInKey = unitInKey + "!"

// rateApart gives a line of rates a key of its own where others of its name add up.
func (c *collation) rateApart(t *paper.Table, k kind, l line) {
	switch {
	case k.adding == 0: // nothing adds up, also where a paper leaves open what it is
		*l.adds = *l.adds && k.rates == 0
	case !*l.adds:
		if l.filled && k.rates <= k.adding { // the odd one is told
			c.sayUnitDiffers(t, l.label(), rates(k.rate), numbers(k.number))
		}
		*l.key += rateInKey
		l.state(l.unit)
	case l.filled && k.adding < k.rates:
		c.sayUnitDiffers(t, l.label(), numbers(k.number), rates(k.rate))
	}
}

// kind is what the figures of a name are: in how many tables they add up and in how
// many not, and the first unit that is stated for either.
type kind struct {
	adding, rates int
	number, rate  paper.Unit
}

// kinds are the kinds of lines, by key.
type kinds map[string]kind

// note takes the lines of a table that have figures in.
func (k kinds) note(lines []line) {
	for _, l := range lines {
		if !l.filled {
			continue
		}
		kind := k[*l.key]
		times, unit := &kind.rates, &kind.rate
		if *l.adds {
			times, unit = &kind.adding, &kind.number
		}
		*times++
		if !unit.IsStated() {
			*unit = l.unit
		}
		k[*l.key] = kind
	}
}

// numbers names what adds up, and rates what does not, by the unit where it is stated.
func numbers(u paper.Unit) [2]string { return unitOr(u, "số lượng", "numbers") }

func rates(u paper.Unit) [2]string {
	return unitOr(u, "tỷ lệ hoặc số bình quân", "rates or means")
}

func unitOr(u paper.Unit, vi, en string) [2]string {
	if u.IsStated() {
		return [2]string{u.Words, u.Words}
	}
	return [2]string{vi, en}
}

// sayUnitDiffers says that figures of one name are kept apart for what they are in;
// got and expected say so in Vietnamese and English.
func (c *collation) sayUnitDiffers(t *paper.Table, label string, got, expected [2]string) {
	c.say(fault.New(fault.PaperUnitDiffers, fault.A("label", label), fault.Both("got", got[0], got[1]), fault.Both("expected", expected[0], expected[1])).In(t.File).At(t.Sheet, t.Area))
}
