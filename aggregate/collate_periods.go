package aggregate

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/report/calendar"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// onePeriodEach takes out of the figures of each body those that its report of another
// time contains: what is up to date counts once, as the last report says, and how things
// stood at first as the first says, line by line, so that a total and its parts are of one
// time. Where it is not known which report comes first, all count, and it is said.
func (c *collation) onePeriodEach(figures []counted) {
	series := c.momentLines(figures)
	said := saidAccrued{by: map[accruedBy]*accrued{}}
	apart := c.apartInTime(series)
	var lines []*momentLine
	for _, l := range series {
		lines = append(lines, c.yearsOf(l)...)
	}
	for _, l := range lines {
		if !c.severalTimes(l.tables) {
			continue
		}
		n, sure := theOne(c.sum.Tables, l.tables, l.accrual)
		if !sure && !l.overlaps(l) {
			continue
		}
		a := said.of(c.sum.Tables, n, sure)
		a.note(l.label, len(l.tables))
		for _, k := range l.tables {
			same := c.sum.Tables[k].Period.Is(a.table.Period)
			for _, at := range l.cells[k] {
				if !sure || same {
					a.cells++
					continue
				}
				delete(figures[k], at)
				c.replaced[at]++
			}
		}
	}
	for _, pair := range apart {
		l := pair[1]
		said.of(c.sum.Tables, l.tables[0], false).note(l.label, len(pair[0].tables)+len(l.tables))
	}
	for _, a := range said.list {
		c.sayAccrued(a)
	}
}

// momentLine is a column, or a row, of the tables of a series in which figures say how
// things stood.
type momentLine struct {
	of      subject
	series  string
	label   string
	accrual paper.Accrual
	tables  []int           // that have figures there, in their order
	cells   map[int][]place // of each
}

// subject is a column, or a row, of a body.
type subject struct {
	body        string
	row, column int // -1: all
}

// momentLines gives those lines, by the first tables that have them, then in the order of
// the form.
func (c *collation) momentLines(figures []counted) []*momentLine {
	type key struct {
		subject
		series string
	}
	var out []*momentLine
	lines := map[key]*momentLine{}
	for n, t := range c.sum.Tables {
		for _, at := range sortedPlaces(figures[n]) {
			column := &c.sum.Columns[at.column]
			k, accrual, words := key{subject{t.ByKey, -1, at.column}, t.Series}, column.Accrual, label(column.Path)
			if accrual == paper.Unsaid {
				k.row, k.column = at.row, -1
				accrual, words = c.sum.Rows[at.row].Accrual, rowName(&c.sum.Rows[at.row])
			}
			if !accrual.IsOfMoment() {
				continue
			}
			l := lines[k]
			if l == nil {
				l = &momentLine{of: k.subject, series: k.series, label: words, accrual: accrual, cells: map[int][]place{}}
				lines[k] = l
				out = append(out, l)
			}
			if l.cells[n] == nil {
				l.tables = append(l.tables, n)
			}
			l.cells[n] = append(l.cells[n], at)
		}
	}
	return out
}

// yearsOf parts a line of what begins anew with each year by the years of its tables, where
// these are known.
func (c *collation) yearsOf(l *momentLine) []*momentLine {
	if l.accrual != paper.YearToDate || slices.ContainsFunc(l.tables, func(n int) bool {
		p := c.sum.Tables[n].Period
		return !p.IsKnown() || p.Yearless
	}) {
		return []*momentLine{l}
	}
	var out []*momentLine
	at := map[int]*momentLine{}
	for _, n := range l.tables {
		year := c.sum.Tables[n].Period.Of.To.Year()
		if at[year] == nil {
			of := *l
			of.tables = nil
			at[year] = &of
			out = append(out, &of)
		}
		at[year].tables = append(at[year].tables, n)
	}
	return out
}

// overlaps reports whether two tables of lines have figures in one cell.
func (l *momentLine) overlaps(other *momentLine) bool {
	seen := map[place]int{}
	for _, n := range l.tables {
		for _, at := range l.cells[n] {
			if l == other && seen[at] > 0 {
				return true
			}
			seen[at]++
		}
	}
	if l == other {
		return false
	}
	for _, n := range other.tables {
		if slices.ContainsFunc(other.cells[n], func(at place) bool { return seen[at] > 0 }) {
			return true
		}
	}
	return false
}

// apartInTime gives pairs of lines of a body whose titles differ and whose times do too, so
// that they may be of different things, or of one thing over time: all of them count.
func (c *collation) apartInTime(lines []*momentLine) [][2]*momentLine {
	first := map[subject]*momentLine{}
	var out [][2]*momentLine
	for _, l := range lines {
		before := first[l.of]
		switch {
		case before == nil:
			first[l.of] = l
		case before.series != l.series && c.timesDiffer(before.tables, l.tables) && before.overlaps(l):
			out = append(out, [2]*momentLine{before, l})
		}
	}
	return out
}

// timesDiffer reports whether no table of one list is of the time of one of the other, as
// far as their times are known.
func (c *collation) timesDiffer(a, b []int) bool {
	return !slices.ContainsFunc(a, func(n int) bool {
		return slices.ContainsFunc(b, func(k int) bool {
			p, q := c.sum.Tables[n].Period, c.sum.Tables[k].Period
			return p.IsKnown() && p.Is(q)
		})
	})
}

// severalTimes reports whether tables are of different times, or of times that are not
// known. Tables of one time are of different things.
func (c *collation) severalTimes(tables []int) bool {
	first := c.sum.Tables[tables[0]].Period
	return len(tables) > 1 && (!first.IsKnown() || slices.ContainsFunc(tables, func(n int) bool { return !c.sum.Tables[n].Period.Is(first) }))
}

// saidAccrued is what is to be said of such lines, in their order.
type saidAccrued struct {
	list []*accrued
	by   map[accruedBy]*accrued
}

func (s *saidAccrued) of(tables []*paper.Table, n int, sure bool) *accrued {
	a := s.by[accruedBy{n, sure}]
	if a == nil {
		a = &accrued{table: tables[n], sure: sure}
		s.by[accruedBy{n, sure}] = a
		s.list = append(s.list, a)
	}
	return a
}

// accruedBy is by what figures that show how things stand are said together: the table
// that counts, or does not say of what time it is.
type accruedBy struct {
	table int
	sure  bool
}

// accrued are such figures of one body.
type accrued struct {
	table  *paper.Table
	sure   bool
	labels []string // of the first lines that they stand in
	lines  int
	cells  int
	tables int // most that have one of them
}

// mostLabels is how many lines are named in a finding.
const mostLabels = 3

func (a *accrued) note(label string, tables int) {
	a.lines, a.tables = a.lines+1, max(a.tables, tables)
	if len(a.labels) < mostLabels {
		a.labels = append(a.labels, label)
	}
}

// names spells the labels.
func (a *accrued) names() string {
	names := strings.Join(a.labels, "; ")
	if more := a.lines - len(a.labels); more > 0 {
		names += "; … (+" + strconv.Itoa(more) + ")"
	}
	return names
}

func (c *collation) sayAccrued(a *accrued) {
	label, agency := fault.A("label", a.names()), fault.A("agency", a.table.By())
	f := fault.New(fault.PaperTimeUnknown, label, agency, fault.A("count", strconv.Itoa(a.tables)))
	if a.sure {
		f = fault.New(fault.PaperOneTime, label, agency, fault.Both("period", a.table.Period.VI(), a.table.Period.EN()), fault.A("count", strconv.Itoa(a.cells)))
	}
	c.say(f.In(a.table.File).At(a.table.Sheet, a.table.Area))
}

// theOne gives the first table of the time that counts for all others; where their order
// is not known, not sure, one of a time that is not. A year is often named over what is of
// some other time, and a December without its year may come before January.
func theOne(tables []*paper.Table, reports []int, accrual paper.Accrual) (n int, sure bool) {
	n = reports[0]
	first, december, january := tables[n].Period, -1, false
	for _, k := range reports {
		t := tables[k].Period
		year, other := t.Of.Kind == calendar.Year, first.Of.Kind == calendar.Year
		switch {
		case !t.Comparable(first), year && !other:
			return k, false
		case other && !year:
			return reports[0], false
		}
		if t.Yearless && t.Of.To.Month() == 12 {
			december = k
		}
		january = january || t.Yearless && t.Of.From.Month() == 1
		if countsFor(t.Of, tables[n].Period.Of, accrual) {
			n = k
		}
	}
	if december >= 0 && january && len(reports) < 12 {
		return december, false
	}
	return n, true
}

// countsFor reports whether of two periods the first counts for the other: that which ends
// last, or begins first, and of two that do so on one day the longer one.
func countsFor(p, q calendar.Period, accrual paper.Accrual) bool {
	begins, ends := p.From.Compare(q.From), p.To.Compare(q.To)
	if accrual == paper.Opening {
		return begins < 0 || begins == 0 && ends > 0
	}
	return ends > 0 || ends == 0 && begins < 0
}
