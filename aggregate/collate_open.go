package aggregate

import (
	"strconv"

	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// sayOpen says which totals of all tables are not what their parts are together,
// unless that is so in the tables themselves, which is said of each.
func (c *collation) sayOpen(figures []counted, totals totals) {
	for _, row := range sortedLines(totals.rows) {
		c.sayOpenLine(len(c.sum.Columns), totals.rows, row, figures, func(line, k int) place { return place{line, k} })
	}
	for _, column := range sortedLines(totals.columns) {
		c.sayOpenLine(len(c.sum.Rows), totals.columns, column, figures, func(line, k int) place { return place{k, line} })
	}
}

// sayOpenLine says it of one row, or column, at the first of its cells that is open.
func (c *collation) sayOpenLine(cells int, sums sumsOf, line int, figures []counted, at func(line, k int) place) {
	var first fault.Fault
	open := 0
	for k := range cells {
		total, ok := c.sum.At(at(line, k).row, at(line, k).column)
		if !ok {
			continue
		}
		cell := func(p int) place { return at(p, k) }
		has := func(p int) bool { _, ok := c.sum.Find(cell(p).row, cell(p).column); return ok }
		parts := sums.uncovered(sums[line], has)
		right, ok := c.sumOf(parts, at(line, k), cell)
		if !ok || len(parts) == 0 || right.Cmp(total.Value) == 0 || c.openInTables(sums, line, figures, at(line, k), cell) {
			continue
		}
		if open++; open == 1 {
			first = c.openTotal(at(line, k), total.Value, right)
		}
	}
	if open == 0 {
		return
	}
	if open > 1 {
		first.Args = append(first.Args, fault.A("count", strconv.Itoa(open-1)))
	}
	c.say(first)
}

// sumOf adds up the totals of the parts of one, in its unit.
func (c *collation) sumOf(parts []int, total place, cell func(int) place) (sum decimal.Decimal, ok bool) {
	var sources []paper.Source
	for _, p := range parts {
		t, _ := c.sum.At(cell(p).row, cell(p).column)
		sources = append(sources, paper.Source{Value: t.Value})
	}
	return c.sumOfParts(parts, total, cell, func(i int) []paper.Source { return sources[i : i+1] })
}

// sumOfParts adds up the figures of the parts of a total, in its unit.
func (c *collation) sumOfParts(parts []int, total place, cell func(int) place, figures func(int) []paper.Source) (sum decimal.Decimal, ok bool) {
	units := make([]inUnit, len(parts))
	for i, p := range parts {
		units[i] = c.inAt(cell(p), true)
	}
	powers, _, ok := steps(c.inAt(total, false), units)
	if !ok {
		return sum, false
	}
	var all []paper.Source
	for i := range parts {
		moved, ok := shifted(figures(i), powers[i])
		if !ok {
			return sum, false
		}
		all = append(all, moved...)
	}
	return sumOfSources(all)
}

// openInTables reports whether a total is open only because it is so in tables that
// have both it and its parts.
func (c *collation) openInTables(sums sumsOf, line int, figures []counted, at place, cell func(int) place) bool {
	open := false
	for _, own := range figures {
		parts := sums.uncovered(sums[line], func(p int) bool { return own[cell(p)] != nil })
		total, has := own[at]
		if !has && len(parts) == 0 {
			continue
		}
		if !has || len(parts) == 0 {
			return false
		}
		left, lok := sumOfSources(total)
		right, rok := c.sumOfParts(parts, at, cell, func(i int) []paper.Source { return own[cell(parts[i])] })
		if !lok || !rok {
			return false
		}
		open = open || left.Cmp(right) != 0
	}
	return open
}

// sumOfSources adds up sources.
func sumOfSources(sources []paper.Source) (sum decimal.Decimal, ok bool) {
	for i := range sources {
		next, err := sum.Add(sources[i].Value)
		if err != nil {
			return sum, false
		}
		sum = next
	}
	return sum, true
}

// openTotal says that a total and its parts differ.
func (c *collation) openTotal(at place, left, right decimal.Decimal) fault.Fault {
	name := rowName(&c.sum.Rows[at.row])
	if column := label(c.sum.Columns[at.column].Path); column != "" {
		name += " / " + column
	}
	args := []fault.Arg{fault.A("label", name), fault.A("left", left.String()), fault.A("right", right.String())}
	if diff, err := left.Add(right.Neg()); err == nil {
		args = append(args, fault.A("diff", diff.String()))
	}
	return fault.New(fault.PaperTotalOpen, args...)
}
