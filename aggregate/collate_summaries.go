package aggregate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// withoutSummaries leaves out tables that are the sum of others, which someone
// added up before: of the others in their workbook first, then of all that are left.
func (c *collation) withoutSummaries(tables []*paper.Table) []*paper.Table {
	for _, file := range filesOf(tables) {
		tables = c.withoutSummary(tables, func(t *paper.Table) bool { return t.File == file })
	}
	return c.withoutSummary(tables, func(*paper.Table) bool { return true })
}

// filesOf gives the files of tables, each once.
func filesOf(tables []*paper.Table) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range tables {
		if !seen[t.File] {
			seen[t.File] = true
			out = append(out, t.File)
		}
	}
	return out
}

// withoutSummary leaves out the table that is the sum of all others among some.
func (c *collation) withoutSummary(tables []*paper.Table, among func(*paper.Table) bool) []*paper.Table {
	const fewest = 3 // of two tables each is the "sum" of the other when they are alike
	var some []*paper.Table
	for _, t := range tables {
		if among(t) {
			some = append(some, t)
		}
	}
	if len(some) < fewest {
		return tables
	}
	all, ok := heapUp(some)
	if !ok {
		return tables
	}
	for n := range all.tables {
		t := some[n]
		if off, ok := all.isSum(n); ok && (all.beyondChance(n) || saysSum(t, some) || !isAnothers(t, some)) {
			f := fault.New(fault.PaperIsSum, fault.A("count", strconv.Itoa(len(some)-1)))
			if !off.IsZero() {
				f.Args = append(f.Args, fault.A("diff", off.String()))
			}
			c.say(f.In(t.File).At(t.Sheet, t.Area))
			return slices.DeleteFunc(slices.Clone(tables), func(x *paper.Table) bool { return x == t })
		}
	}
	return tables
}

// heap is what some tables say together, in one unit for each column.
type heap struct {
	collation
	tables []*paper.Table
	cells  map[[2]string]heaped
	finest map[string]int // the least power of the units of each column, by key
	times  bool           // the tables are of different times
}

type heaped struct {
	sum    decimal.Decimal
	tables int
}

// heapUp heaps up the figures of tables; false where they cannot be held.
func heapUp(tables []*paper.Table) (*heap, bool) {
	h := &heap{cells: map[[2]string]heaped{}, finest: map[string]int{}}
	h.tables = h.unitsApart(tables) // what it says is said when it counts
	for _, t := range h.tables {
		h.times = h.times || t.Period.Differs(h.tables[0].Period)
		for i := range t.Columns {
			key, power := t.Columns[i].Key, t.Columns[i].Unit.Power
			if least, ok := h.finest[key]; !ok || power < least {
				h.finest[key] = power
			}
		}
		if !h.take(t) {
			return nil, false
		}
	}
	return h, true
}

// take puts the figures of a table on the heap; false where they cannot be held.
func (h *heap) take(t *paper.Table) bool {
	for i := range t.Figures {
		key, value, ok := h.figure(t, &t.Figures[i])
		cell := h.cells[key]
		sum, err := cell.sum.Add(value)
		if !ok || err != nil {
			return false
		}
		h.cells[key] = heaped{sum, cell.tables + 1}
	}
	return true
}

// figure gives the cell of a figure and its value in the unit of the heap.
func (h *heap) figure(t *paper.Table, f *paper.Figure) (key [2]string, value decimal.Decimal, ok bool) {
	powers, _, _ := h.shift(t, f)
	value, err := f.Value.Shift(powers)
	return [2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}, value, err == nil
}

// weighs reports whether a figure can show that a table is the sum of others: it adds up,
// also over time where the tables are of different times.
func (h *heap) weighs(t *paper.Table, f *paper.Figure) bool {
	column, row := &t.Columns[f.Column], &t.Rows[f.Row]
	return column.Adds && row.Adds && !(h.times && cmp.Or(column.Accrual, row.Accrual).IsOfMoment())
}

// isSum reports whether a table has half of what all have together in every cell
// that others have too, and says something in several; and by how much it is off at
// most, for a table in a larger unit is often rounded. Beyond these cells it may
// only have totals, and the others only few cells.
func (h *heap) isSum(n int) (off decimal.Decimal, ok bool) {
	const fewest = 3
	t := h.tables[n]
	scales := scalesOf(t)
	nonzero, shared := 0, 0
	for i := range t.Figures {
		f := &t.Figures[i]
		if !h.weighs(t, f) {
			continue
		}
		key, value, ok := h.figure(t, f)
		cell := h.cells[key]
		if cell.tables == 1 && (t.Rows[f.Row].Total || value.IsZero()) {
			continue
		}
		by, held := offBy(value, cell.sum)
		if !ok || !held || cell.tables == 1 || !by.IsZero() && !h.rounds(t, f, scales[f.Column], by) {
			return off, false
		}
		if by.Cmp(off) > 0 {
			off = by
		}
		shared++
		if !value.IsZero() {
			nonzero++
		}
	}
	return off, nonzero >= fewest && 3*shared >= 2*h.additive()
}

// beyondChance reports whether a table that is the sum of others is that by no
// accident: in so many digits. Three incidents are easily one and two elsewhere.
func (h *heap) beyondChance(n int) bool {
	const manyDigits = 6
	digits := 0
	t := h.tables[n]
	for i := range t.Figures {
		f := &t.Figures[i]
		key := [2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}
		if h.weighs(t, f) && h.cells[key].tables > 1 && !f.Value.IsZero() {
			digits += len(strings.TrimLeft(strings.ReplaceAll(f.Value.Abs().String(), ".", ""), "0"))
		}
	}
	return digits >= manyDigits
}

// saysSum reports whether a table, and no other, says over it or on its sheet that it
// sums up: "TỔNG HỢP" over every report says nothing of any.
func saysSum(t *paper.Table, among []*paper.Table) bool {
	says := func(t *paper.Table) bool {
		return strings.Contains(strings.ToLower(t.Title.Text), "tổng hợp") || strings.Contains(strings.ToLower(t.Sheet), "tổng hợp")
	}
	return says(t) && !slices.ContainsFunc(among, func(other *paper.Table) bool { return other != t && says(other) })
}

// isAnothers reports whether a table names a body that made it and none of the others:
// who sums up others is one of them, or does not say.
func isAnothers(t *paper.Table, among []*paper.Table) bool {
	return t.Agency != "" && !slices.ContainsFunc(among, func(other *paper.Table) bool { return other != t && other.ByKey == t.ByKey })
}

// offBy gives by how much a figure differs from the rest of a sum that it is part of.
func offBy(value, sum decimal.Decimal) (by decimal.Decimal, ok bool) {
	rest, err := sum.Sub(value)
	if err != nil {
		return by, false
	}
	by, err = value.Sub(rest)
	return by.Abs(), err == nil
}

// scalesOf gives how many decimals the figures of each column are written with.
func scalesOf(t *paper.Table) []int {
	out := make([]int, len(t.Columns))
	for i := range t.Figures {
		f := &t.Figures[i]
		out[f.Column] = max(out[f.Column], f.Value.Scale())
	}
	return out
}

// rounds reports whether a figure may be off by so much because it was rounded to
// its last decimal: it is in a larger unit than others have, and has two digits and more,
// for what has one is near to many things.
func (h *heap) rounds(t *paper.Table, f *paper.Figure, scale int, by decimal.Decimal) bool {
	powers, _, _ := h.shift(t, f)
	last := decimal.New(1, scale)
	ten, err1 := last.Shift(1)
	most, err2 := last.Shift(powers)
	twice, err3 := by.Add(by)
	column := &t.Columns[f.Column]
	return column.Unit.Power > h.finest[column.Key] && err1 == nil && err2 == nil && err3 == nil && f.Value.Abs().Cmp(ten) >= 0 && twice.Cmp(most) <= 0
}

// additive counts the cells that add up.
func (h *heap) additive() int {
	cells := map[[2]string]bool{}
	for _, t := range h.tables {
		for i := range t.Figures {
			if f := &t.Figures[i]; h.weighs(t, f) {
				cells[[2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}] = true
			}
		}
	}
	return len(cells)
}
