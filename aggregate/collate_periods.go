package aggregate

import (
	"maps"
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
	lines := c.momentLines(figures)
	said := saidAccrued{by: map[accruedBy]*accrued{}}
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
	for _, l := range c.apartInTime(lines) {
		said.of(c.sum.Tables, l.tables[0], false).note(l.label, len(l.tables)+1)
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
	var byYear []*momentLine
	for _, l := range out {
		byYear = append(byYear, c.yearsOf(l)...)
	}
	return byYear
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

// apartInTime gives lines of a body whose titles differ and whose times do too, so that
// they may be of different things, or of one thing over time: all of them count.
func (c *collation) apartInTime(lines []*momentLine) []*momentLine {
	first := map[subject]*momentLine{}
	var out []*momentLine
	for _, l := range lines {
		before := first[l.of]
		switch {
		case before == nil:
			first[l.of] = l
		case before.series != l.series && c.timesDiffer(before.tables, l.tables) && before.overlaps(l):
			out = append(out, l)
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

// countsFor reports whether of two periods the first counts for the other: that which ends last, or
// begins first, and of two that do so on one day the longer one.
func countsFor(p, q calendar.Period, accrual paper.Accrual) bool {
	begins, ends := p.From.Compare(q.From), p.To.Compare(q.To)
	if accrual == paper.Opening {
		return begins < 0 || begins == 0 && ends > 0
	}
	return ends > 0 || ends == 0 && begins < 0
}

// withoutContained leaves out tables of a time that lies within that of another table of
// the same body and title that has all its figures: a month beside the six months that it is one of.
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
			columns[i] = byColumn(figures[n])
		}
		for column := range c.sum.Columns {
			first, large := columns[0][column], 0
			for row, value := range first {
				if c.sum.Rows[row].Accrual == paper.Unsaid && len(value) > len("9 ") {
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

// byColumn spells the figures of a table by column and row.
func byColumn(own counted) map[int]map[int]string {
	out := map[int]map[int]string{}
	for at, sources := range own {
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
