package aggregate

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

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
	return (t.File != twin.File || t.Sheet != twin.Sheet) && (t.ByKey == twin.ByKey || t.Agency == "" || twin.Agency == "")
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
		if all.isSum(n) {
			t := some[n]
			c.say(fault.New(fault.PaperIsSum, fault.A("count", strconv.Itoa(len(some)-1))).In(t.File).At(t.Sheet, t.Area))
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
}

type heaped struct {
	sum    decimal.Decimal
	tables int
}

// heapUp heaps up the figures of tables; false where they cannot be held.
func heapUp(tables []*paper.Table) (*heap, bool) {
	h := &heap{cells: map[[2]string]heaped{}}
	h.tables = h.unitsApart(tables) // what it says is said when it counts
	for _, t := range h.tables {
		for i := range t.Figures {
			key, value, ok := h.figure(t, &t.Figures[i])
			if !ok {
				return nil, false
			}
			cell := h.cells[key]
			sum, err := cell.sum.Add(value)
			if err != nil {
				return nil, false
			}
			h.cells[key] = heaped{sum, cell.tables + 1}
		}
	}
	return h, true
}

// figure gives the cell of a figure and its value in the unit of the heap.
func (h *heap) figure(t *paper.Table, f *paper.Figure) (key [2]string, value decimal.Decimal, ok bool) {
	powers, _, _ := h.shift(t, f)
	value, err := f.Value.Shift(powers)
	return [2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}, value, err == nil
}

// isSum reports whether a table has half of what all have together in every cell
// that others have too, and says something in several. Beyond them it may only have
// totals, and the others only few cells.
func (h *heap) isSum(n int) bool {
	const fewest = 3
	t := h.tables[n]
	nonzero, shared := 0, 0
	for i := range t.Figures {
		f := &t.Figures[i]
		if !t.Columns[f.Column].Adds || !t.Rows[f.Row].Adds {
			continue
		}
		key, value, ok := h.figure(t, f)
		cell := h.cells[key]
		if cell.tables == 1 && (t.Rows[f.Row].Total || value.IsZero()) {
			continue
		}
		twice, err := value.Add(value)
		if !ok || err != nil || cell.tables == 1 || twice.Cmp(cell.sum) != 0 {
			return false
		}
		shared++
		if !value.IsZero() {
			nonzero++
		}
	}
	return nonzero >= fewest && 3*shared >= 2*h.additive()
}

// additive counts the cells that add up.
func (h *heap) additive() int {
	cells := map[[2]string]bool{}
	for _, t := range h.tables {
		for i := range t.Figures {
			if f := &t.Figures[i]; t.Columns[f.Column].Adds && t.Rows[f.Row].Adds {
				cells[[2]string{t.Rows[f.Row].Key, t.Columns[f.Column].Key}] = true
			}
		}
	}
	return len(cells)
}
