package aggregate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// forms groups tables by their columns. Of several groups with the same columns a
// table joins the one whose first has its title, and most rows in common with it.
func forms(tables []*paper.Table) [][]*paper.Table {
	var out [][]*paper.Table
	planned := plannedBeside(tables)
	for _, t := range tables {
		best, most := -1, -1
		for i, group := range out {
			if !alike(group[0], t) || planned && group[0].Title.Plan != t.Title.Plan {
				continue
			}
			shared := sharedRows(group[0], t)
			if apart(group, t, shared) {
				continue
			}
			fit := shared
			if titlesAgree(group[0], t) {
				common, _ := titleOverlap(group[0], t)
				fit += len(t.Rows) + common // goes before any number of rows
			}
			if fit > most {
				best, most = i, fit
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

// plannedBeside reports whether a workbook has a plan beside a table of the same columns
// that is none, what came of it: they are two forms then, in all files.
func plannedBeside(tables []*paper.Table) bool {
	plans := map[string][]*paper.Table{}
	for _, t := range tables {
		if t.Title.Plan {
			plans[t.File] = append(plans[t.File], t)
		}
	}
	return slices.ContainsFunc(tables, func(t *paper.Table) bool {
		return !t.Title.Plan && slices.ContainsFunc(plans[t.File], func(plan *paper.Table) bool { return alike(plan, t) })
	})
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

// sharedRows counts the rows that two tables have in common by place or name,
// wherever they stand in the tree. A name that comes often is one in common.
func sharedRows(a, b *paper.Table) int {
	own, names := map[string]bool{}, map[string]bool{}
	for i := range a.Rows {
		own[a.Rows[i].Own], names[a.Rows[i].NameKey] = true, true
	}
	n := 0
	for i := range b.Rows {
		row := &b.Rows[i]
		if own[row.Own] || names[row.NameKey] {
			n++
			delete(own, row.Own)
			delete(names, row.NameKey)
		}
	}
	return n
}

// apart reports whether a table is of another form than those of a group, though
// its columns are the same. Where most rows are the same too, it is of the form,
// whatever the agency wrote over it; but not where only the title says of what the
// figures are, as over years and provinces, nor where one workbook has both.
func apart(group []*paper.Table, t *paper.Table, shared int) bool {
	if slices.ContainsFunc(group, func(g *paper.Table) bool { return areHalves(g, t) }) {
		return false
	}
	first := group[0]
	fewRows := 2*shared < min(len(first.Rows), len(t.Rows))
	together := slices.ContainsFunc(group, func(g *paper.Table) bool { return g.File == t.File })
	// One column of figures says little, and in one workbook tables of other rows
	// under it are other tables, as the annexes of a budget.
	if fewRows && together && len(t.Columns) == 1 {
		return true
	}
	if otherYears(first.Years, t.Years) {
		return true
	}
	if !fewRows && slices.ContainsFunc(group, func(g *paper.Table) bool { return isBesideAnother(g, t) }) {
		return true
	}
	if !fewRows && !together && !onlyPeriods(t) {
		return false
	}
	return titlesDiffer(first, t) || (fewRows || onlyPeriods(t)) && unitsDiffer(first, t)
}

// areHalves reports whether two tables are the halves of one list, side by side under heads
// of the same words.
func areHalves(a, b *paper.Table) bool {
	return a.File == b.File && a.Sheet == b.Sheet && a.Top == b.Top && a.Top > 0 && sharedRows(a, b) == 0 &&
		slices.EqualFunc(a.Columns, b.Columns, func(x, y paper.Column) bool { return x.Key == y.Key })
}

// isBesideAnother reports whether two tables of the same rows stand on one sheet and the words
// over them differ: "I. Vốn trong nước" and "II. Vốn nước ngoài". One paper does not ask the
// same twice, however alike the two are.
func isBesideAnother(a, b *paper.Table) bool {
	if a.File != b.File || a.Sheet != b.Sheet {
		return false
	}
	return !sameSet(a.Title.Words, b.Title.Words) || !sameSet(a.Title.Years, b.Title.Years)
}

// sameSet reports whether two lists have the same words, in whatever order.
func sameSet(a, b []string) bool {
	in := func(list []string) func(string) bool {
		return func(w string) bool { return !slices.Contains(list, w) }
	}
	return !slices.ContainsFunc(a, in(b)) && !slices.ContainsFunc(b, in(a))
}

// onlyPeriods reports whether the columns of a table are years or other periods: what
// is counted then stands nowhere but over the table.
func onlyPeriods(t *paper.Table) bool {
	return !slices.ContainsFunc(t.Columns, func(c paper.Column) bool { return !c.Period })
}

// unitsDiffer reports whether no column that two tables have in common is in units
// of the same thing.
func unitsDiffer(a, b *paper.Table) bool {
	known := map[string]paper.Unit{}
	for i := range a.Columns {
		known[a.Columns[i].Key] = a.Columns[i].Unit
	}
	differ := false
	for i := range b.Columns {
		unit, ok := known[b.Columns[i].Key]
		if !ok {
			continue
		}
		if _, same := b.Columns[i].Unit.Shift(unit); same {
			return false
		}
		differ = true
	}
	return differ
}

// titleOverlap gives the words that two titles have in common, and how many the
// shorter has.
func titleOverlap(a, b *paper.Table) (common, of int) {
	for _, w := range a.Title.Words {
		if slices.Contains(b.Title.Words, w) {
			common++
		}
	}
	return common, min(len(a.Title.Words), len(b.Title.Words))
}

// titlesAgree reports whether half of the words of the shorter title are in the
// other.
func titlesAgree(a, b *paper.Table) bool {
	common, of := titleOverlap(a, b)
	return of > 0 && 2*common >= of
}

// titlesDiffer reports whether two titles have hardly a word in common: fewer than
// one in three of the shorter, for agencies vary them.
func titlesDiffer(a, b *paper.Table) bool {
	common, of := titleOverlap(a, b)
	return of > 0 && 3*common < of
}

// otherYears reports whether two tables name years, and none in common: "Quyết toán
// năm 2013" and "Dự toán năm 2017".
func otherYears(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(year string) bool { return slices.Contains(b, year) })
}

// sayTitles says which tables were taken for one form with the others though they
// say that they are about something else, or another year.
func (c *collation) sayTitles(tables []*paper.Table) {
	for _, t := range tables[1:] {
		if titlesDiffer(tables[0], t) || otherYears(tables[0].Title.Years, t.Title.Years) {
			c.say(fault.New(fault.PaperTitlesMixed, fault.A("got", short(t.Title.Text)), fault.A("expected", short(tables[0].Title.Text))).In(t.File).At(t.Sheet, t.Area))
		}
	}
}

// sayFormsApart says which tables are of a form of their own and perhaps should not
// be: another form has their columns, or their rows, or nearly all files.
func sayFormsApart(sums []paper.Sum) {
	for i := range sums {
		for _, t := range sums[i].Tables {
			if f, ok := formApart(sums, i, t); ok {
				sums[i].Findings = append(sums[i].Findings, f.In(t.File).At(t.Sheet, t.Area))
			}
		}
	}
}

// formApart says why a table of the i-th form may belong to another.
func formApart(sums []paper.Sum, i int, t *paper.Table) (fault.Fault, bool) {
	main := 0
	for k := range sums {
		if len(sums[k].Tables) > len(sums[main].Tables) {
			main = k
		}
		if k == i || !goesBefore(sums, k, i) || hasFile(&sums[k], t.File) {
			continue // its file has a table of that form too: it is another
		}
		other := sums[k].Tables[0]
		if alike(other, t) {
			return fault.New(fault.PaperTitleApart, fault.A("got", about(t)), fault.A("expected", about(other)), fault.A("count", strconv.Itoa(len(t.Figures)))), true
		}
		if mostRows(other, t) {
			return otherForm(t, &sums[k]), true
		}
	}
	if i != main && !hasFile(&sums[main], t.File) && 2*len(sums[i].Tables) <= len(sums[main].Tables) && !alike(sums[i].Tables[0], sums[main].Tables[0]) {
		return otherForm(t, &sums[main]), true
	}
	return fault.Fault{}, false
}

// about says what a table is about: by its title, its unit, or else its columns.
func about(t *paper.Table) string {
	return cmp.Or(short(t.Title.Text), t.Unit, columnsOf(t.Columns))
}

// short gives the beginning of a title, by which people know it.
func short(title string) string {
	const most = 100
	runes := []rune(title)
	if len(runes) <= most {
		return title
	}
	return string(runes[:most]) + "…"
}

// goesBefore reports whether of two forms the first is what the second is measured
// by: it has more tables, or comes first.
func goesBefore(sums []paper.Sum, a, b int) bool {
	x, y := len(sums[a].Tables), len(sums[b].Tables)
	return x > y || x == y && a < b
}

func hasFile(s *paper.Sum, file string) bool {
	return slices.ContainsFunc(s.Tables, func(t *paper.Table) bool { return t.File == file })
}

// mostRows reports whether two in three rows of the shorter of two tables are in
// the other; one row alike says nothing.
func mostRows(a, b *paper.Table) bool {
	const fewest = 2
	shared := sharedRows(a, b)
	return shared >= fewest && 3*shared >= 2*min(len(a.Rows), len(b.Rows))
}

func otherForm(t *paper.Table, other *paper.Sum) fault.Fault {
	return fault.New(fault.PaperOtherForm, fault.A("got", columnsOf(t.Columns)), fault.A("expected", columnsOf(other.Columns)), fault.A("count", strconv.Itoa(len(t.Figures))))
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
