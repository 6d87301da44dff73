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

// Collate adds up tables that no definition describes: those of one form cell by
// cell, each form for itself, in the order in which their first tables come. Two
// tables are of one form when most of the words over their columns are the same;
// those of one workbook with a single column must share rows as well.
//
// What is no report of its own is left out and said: the same figures handed in
// twice, and a table that is the sum of all the others. Columns of rates and means
// are not added. Figures in another multiple of a unit are converted exactly; those of
// something else are kept apart.
func Collate(tables []*paper.Table) []paper.Sum {
	var sums []paper.Sum
	for _, form := range forms(tables) {
		sums = append(sums, collate(form))
	}
	sayApart(sums)
	return sums
}

// sayApart says which tables are of a form that few files have while another is in
// most: their columns are probably spelt otherwise.
func sayApart(sums []paper.Sum) {
	main := 0
	for i := range sums {
		if len(sums[i].Tables) > len(sums[main].Tables) {
			main = i
		}
	}
	for i := range sums {
		if i == main || 2*len(sums[i].Tables) > len(sums[main].Tables) || alike(sums[i].Tables[0], sums[main].Tables[0]) {
			continue
		}
		for _, t := range sums[i].Tables {
			sums[i].Findings = append(sums[i].Findings, fault.New(fault.PaperOtherForm,
				fault.A("got", columnsOf(t.Columns)), fault.A("expected", columnsOf(sums[main].Columns)), fault.A("count", strconv.Itoa(len(t.Figures)))).In(t.File).At(t.Sheet, t.Area))
		}
	}
}

// columnsOf names columns by their lowest words, the first few of them.
func columnsOf(columns []paper.Column) string {
	const few = 6
	var names []string
	for i := range columns[:min(len(columns), few)] {
		if p := columns[i].Path; len(p) > 0 {
			names = append(names, p[len(p)-1])
		}
	}
	if len(columns) > few {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// forms groups tables by their columns. Of several groups with the same columns a
// table joins the one whose first has most rows in common with it.
func forms(tables []*paper.Table) [][]*paper.Table {
	var out [][]*paper.Table
	for _, t := range tables {
		best, most := -1, -1
		for i := range out {
			if !alike(out[i][0], t) {
				continue
			}
			if shared := sharedRows(out[i][0], t); shared > most && !apart(out[i], t, shared) {
				best, most = i, shared
			}
		}
		if best < 0 {
			out = append(out, []*paper.Table{t})
			continue
		}
		out[best] = append(out[best], t)
	}
	return out
}

// sharedRows counts the rows that two tables have in common.
func sharedRows(a, b *paper.Table) int {
	keys := map[string]bool{}
	for i := range a.Rows {
		keys[a.Rows[i].Key] = true
	}
	n := 0
	for i := range b.Rows {
		if keys[b.Rows[i].Key] {
			n++
		}
	}
	return n
}

// apart reports whether a table is of another form than those of a group, though
// its columns are the same: one column of figures says little, and in one workbook
// tables of other rows under it are other tables, as the annexes of a budget.
func apart(group []*paper.Table, t *paper.Table, shared int) bool {
	if len(t.Columns) > 1 || 2*shared >= min(len(group[0].Rows), len(t.Rows)) {
		return false
	}
	return slices.ContainsFunc(group, func(g *paper.Table) bool { return g.File == t.File })
}

// alike reports whether two tables have the same columns: two in three of all of
// them.
func alike(a, b *paper.Table) bool {
	keys := map[string]bool{}
	for i := range a.Columns {
		keys[a.Columns[i].Key] = true
	}
	same := 0
	for i := range b.Columns {
		if keys[b.Columns[i].Key] {
			same++
		}
	}
	return same > 0 && 3*same >= 2*max(len(a.Columns), len(b.Columns))
}

// collate adds up the tables of one form.
func collate(tables []*paper.Table) paper.Sum {
	c := collation{cells: map[place]int{}, rows: map[string]int{}, columns: map[string]int{}}
	tables = c.withoutCopies(tables)
	tables = c.withoutSummaries(tables)
	tables = c.unitsApart(tables)
	c.sum.Tables = tables
	c.sum.Unit = firstUnit(tables)
	for _, t := range tables {
		c.place(t)
	}
	for n, t := range tables {
		c.add(n, t)
	}
	c.finish()
	return c.sum
}

// place is a cell of the form.
type place struct{ row, column int }

// collation is a sum in the making.
type collation struct {
	sum     paper.Sum
	rows    map[string]int // positions by key
	columns map[string]int
	cells   map[place]int // positions among the totals
	units   struct{ columns, rows units }
}

func (c *collation) say(f fault.Fault) { c.sum.Findings = append(c.sum.Findings, f) }

// withoutCopies leaves out tables that say in every cell what another says. Where
// both name who made them, and not the same, neither is left out: it may be so.
func (c *collation) withoutCopies(tables []*paper.Table) []*paper.Table {
	said := map[string][]*paper.Table{}
	var kept []*paper.Table
	for _, t := range tables {
		figures := figuresOf(t)
		twins := said[figures]
		if len(t.Figures) < 2 { // one figure alike is no copy
			twins = nil
		}
		if i := slices.IndexFunc(twins, func(twin *paper.Table) bool { return maybeCopy(t, twin) }); i >= 0 {
			c.say(likeness(fault.PaperTwice, t, twins[i]))
			continue
		}
		if i := slices.IndexFunc(twins, func(twin *paper.Table) bool { return t.File != twin.File }); i >= 0 {
			c.say(likeness(fault.PaperAlike, t, twins[i]))
		}
		said[figures] = append(said[figures], t)
		kept = append(kept, t)
	}
	return kept
}

// maybeCopy reports whether a table with the figures of another may be that one once
// more: it is from another sheet, and not said to be by somebody else.
func maybeCopy(t, twin *paper.Table) bool {
	return (t.File != twin.File || t.Sheet != twin.Sheet) && (t.Agency == twin.Agency || t.Agency == "" || twin.Agency == "")
}

func likeness(code fault.Code, t, twin *paper.Table) fault.Fault {
	return fault.New(code, fault.A("other", twin.File), fault.A("count", strconv.Itoa(len(t.Figures)))).In(t.File).At(t.Sheet, t.Area)
}

// figuresOf spells the figures of a table with their rows and columns.
func figuresOf(t *paper.Table) string {
	var b strings.Builder
	for i := range t.Figures {
		f := &t.Figures[i]
		b.WriteString(t.Rows[f.Row].Key)
		b.WriteByte(0)
		b.WriteString(t.Columns[f.Column].Key)
		b.WriteByte(0)
		b.WriteString(f.Value.String())
		b.WriteByte(0)
	}
	return b.String()
}

// withoutSummaries leaves out the table that is the sum of all the others: someone
// added them up before.
func (c *collation) withoutSummaries(tables []*paper.Table) []*paper.Table {
	const fewest = 3 // of two tables each is the "sum" of the other when they are alike
	if len(tables) < fewest {
		return tables
	}
	all := map[[2]string]decimal.Decimal{}
	for _, t := range tables {
		for i := range t.Figures {
			f := &t.Figures[i]
			key := [2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}
			sum, err := all[key].Add(f.Value)
			if err != nil {
				return tables
			}
			all[key] = sum
		}
	}
	for n, t := range tables {
		if isHalf(t, all) {
			c.say(fault.New(fault.PaperIsSum, fault.A("count", strconv.Itoa(len(tables)-1))).In(t.File).At(t.Sheet, t.Area))
			return slices.Delete(slices.Clone(tables), n, n+1)
		}
	}
	return tables
}

// isHalf reports whether a table has in every cell half of what all have together,
// and says something in several.
func isHalf(t *paper.Table, all map[[2]string]decimal.Decimal) bool {
	const fewest = 3
	nonzero := 0
	for i := range t.Figures {
		f := &t.Figures[i]
		if !t.Columns[f.Column].Adds {
			continue
		}
		twice, err := f.Value.Add(f.Value)
		if err != nil || twice != all[[2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}] {
			return false
		}
		if !f.Value.IsZero() {
			nonzero++
		}
	}
	return nonzero >= fewest
}

// place finds room for the rows and columns of a table: those that are new follow
// the one they follow there, or stand before the first that is known; where none is
// known they come last.
func (c *collation) place(t *paper.Table) {
	last := before(c.columns, t.Columns, columnKey)
	for i := range t.Columns {
		if at, ok := c.columns[t.Columns[i].Key]; ok {
			last = at
			continue
		}
		last++
		c.sum.Columns = slices.Insert(c.sum.Columns, last, t.Columns[i])
		reindex(c.columns, c.sum.Columns, columnKey)
	}
	last = before(c.rows, t.Rows, rowKey)
	for i := range t.Rows {
		if at, ok := c.rows[t.Rows[i].Key]; ok {
			last = at
			continue
		}
		last++
		c.sum.Rows = slices.Insert(c.sum.Rows, last, t.Rows[i])
		if last < len(c.sum.Rows)-1 {
			reindex(c.rows, c.sum.Rows, rowKey)
		} else {
			c.rows[t.Rows[i].Key] = last
		}
	}
}

func columnKey(c paper.Column) string { return c.Key }

func rowKey(r paper.Row) string { return r.Key }

// before gives the position before the first of a list that is known, the last
// position where none is.
func before[T any](index map[string]int, list []T, key func(T) string) int {
	for _, x := range list {
		if at, ok := index[key(x)]; ok {
			return at - 1
		}
	}
	return len(index) - 1
}

// reindex notes where everything stands after one was put in.
func reindex[T any](index map[string]int, list []T, key func(T) string) {
	for i, x := range list {
		index[key(x)] = i
	}
}

// add counts the figures of a table.
func (c *collation) add(n int, t *paper.Table) {
	said := false
	for i := range t.Figures {
		f := &t.Figures[i]
		at := place{c.rows[t.Rows[f.Row].Key], c.columns[t.Columns[f.Column].Key]}
		if !c.sum.Columns[at.column].Adds || !c.sum.Rows[at.row].Adds {
			continue
		}
		k, ok := c.cells[at]
		if !ok {
			k = len(c.sum.Totals)
			c.cells[at] = k
			c.sum.Totals = append(c.sum.Totals, paper.Total{Row: at.row, Column: at.column})
		}
		total := &c.sum.Totals[k]
		powers, from, to := c.shift(t, f)
		if powers != 0 && !said {
			said = true
			c.say(fault.New(fault.PaperConverted, fault.A("from", from.Words), fault.A("to", to.Words)).In(t.File).At(t.Sheet, t.Area))
		}
		value, err := f.Value.Shift(powers)
		if err == nil {
			total.Value, err = total.Value.Add(value)
		}
		if err != nil {
			c.say(fault.New(fault.NumberTooLarge, fault.A("label", strings.Join(t.Columns[f.Column].Path, " / ")), fault.A("got", f.Text)).In(t.File).At(t.Sheet, f.Cell))
			continue
		}
		total.Sources = append(total.Sources, paper.Source{Table: n, Cell: f.Cell, Value: value})
	}
}

// sayApart says which column one table alone has where it lacks the one column that
// all others have: most likely one column under two headings.
func (c *collation) sayApart() {
	const fewest = 3 // of two tables neither is the odd one
	n := len(c.sum.Tables)
	if n < fewest {
		return
	}
	have := map[string][]int{}
	for t, table := range c.sum.Tables {
		for i := range table.Columns {
			have[table.Columns[i].Key] = append(have[table.Columns[i].Key], t)
		}
	}
	for t, table := range c.sum.Tables {
		var own, lacking []*paper.Column
		for i := range c.sum.Columns {
			col := &c.sum.Columns[i]
			switch in := have[col.Key]; {
			case len(in) == 1 && in[0] == t:
				own = append(own, col)
			case len(in) == n-1 && !slices.Contains(in, t):
				lacking = append(lacking, col)
			}
		}
		if len(own) == 1 && len(lacking) == 1 && !sameName(own[0].Key, lacking[0].Key) {
			c.say(fault.New(fault.PaperColumnApart, fault.A("label", strings.Join(own[0].Path, " / ")), fault.A("other", strings.Join(lacking[0].Path, " / ")),
				fault.A("count", strconv.Itoa(n-1))).In(table.File).At(table.Sheet, table.Area))
		}
	}
}

// finish sorts the totals and says which columns were not added.
func (c *collation) finish() {
	slices.SortFunc(c.sum.Totals, func(a, b paper.Total) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	})
	c.sayApart()
	for i := range c.sum.Columns {
		if col := &c.sum.Columns[i]; !col.Adds {
			c.say(fault.New(fault.PaperNotAdded, fault.Both("what", "Cột", "The column"), fault.A("label", strings.Join(col.Path, " / "))))
		}
	}
	filled := rowsWithFigures(c.sum.Tables)
	for i := range c.sum.Rows {
		if row := &c.sum.Rows[i]; !row.Adds && filled[row.Key] {
			c.say(fault.New(fault.PaperNotAdded, fault.Both("what", "Dòng", "The row"), fault.A("label", row.Name)))
		}
	}
}

// rowsWithFigures gives the keys of the rows that say something.
func rowsWithFigures(tables []*paper.Table) map[string]bool {
	filled := map[string]bool{}
	for _, t := range tables {
		for i := range t.Figures {
			filled[t.Rows[t.Figures[i].Row].Key] = true
		}
	}
	return filled
}
