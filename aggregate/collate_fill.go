package aggregate

import (
	"maps"
	"slices"
	"strconv"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// fill makes the totals that a table lacks and others have of the parts that it has.
func (c *collation) fill(figures []counted, totals totals) {
	f := filler{collation: c, totals: totals, agreed: maps.Clone(totals.rows), somewhere: map[place]bool{}}
	for n, own := range figures {
		for at := range own {
			f.somewhere[at] = true
		}
		f.noteUnvalued(c.sum.Tables[n], own)
	}
	rows, columns := sortedLines(totals.rows), sortedLines(totals.columns)
	for n := range c.sum.Tables {
		f.table(n, figures[n])
		for _, column := range columns {
			f.fillColumn(column)
		}
		f.made = map[place]bool{} // what a column adds up stands in its row as if it were typed
		for _, row := range rows {
			f.fillRow(row)
		}
	}
	for row := range totals.top {
		c.sum.Rows[row].Top = inAll(figures, row)
	}
}

func sortedLines(s sumsOf) []int {
	out := make([]int, 0, len(s))
	for at := range s {
		out = append(out, at)
	}
	slices.Sort(out)
	return out
}

// filler makes totals of one table after the other.
type filler struct {
	*collation
	totals    totals
	agreed    sumsOf         // the rows that tables say a row is the sum of; those of totals grow
	somewhere map[place]bool // cells that some table states, by a figure or as the sum of others
	n         int            // of the table
	t         *paper.Table
	own       counted
	made      map[place]bool       // of these those that were made: their parts count and not they
	in        map[place]paper.Unit // the units of all that were made
	hasColumn map[int]bool
	hasRow    map[int]bool
	roots     []int          // rows of the form that nothing counts in the table
	loose     []int          // of these those that are called a total, and nobody knows of what
	open      map[place]bool // cells with formulas that nothing has reckoned
}

// noteUnvalued notes the cells of rows and columns that a table says are the sum of others
// and has no figures in: sums by formulas that no program has reckoned.
func (f *filler) noteUnvalued(t *paper.Table, own counted) {
	rows, columns := addedRows(t), make([]bool, len(t.Columns))
	for i := range t.Figures {
		columns[t.Figures[i].Column] = true
	}
	note := func(sum, part place) {
		if own[part] != nil {
			f.somewhere[sum] = true
		}
	}
	for i := range t.Rows {
		if rows[i] {
			continue
		}
		for _, p := range leaves(i, func(p int) []int { return t.Rows[p].Of }, func(p int) bool { return rows[p] }) {
			for k := range t.Columns {
				note(f.at(t, i, k), f.at(t, p, k))
			}
		}
	}
	for k := range t.Columns {
		if columns[k] {
			continue
		}
		for _, p := range leaves(k, func(p int) []int { return t.Columns[p].Of }, func(p int) bool { return columns[p] }) {
			for i := range t.Rows {
				note(f.at(t, i, k), f.at(t, i, p))
			}
		}
	}
}

// table goes on to a table.
func (f *filler) table(n int, own counted) {
	f.n, f.t, f.own = n, f.sum.Tables[n], own
	f.hasColumn, f.hasRow, f.made, f.in = map[int]bool{}, map[int]bool{}, map[place]bool{}, map[place]paper.Unit{}
	for i := range f.t.Columns {
		f.hasColumn[f.columns[f.t.Columns[i].Key]] = true
	}
	for i := range f.t.Rows {
		f.hasRow[f.rows[f.t.Rows[i].Key]] = true
	}
	f.open = map[place]bool{}
	for _, c := range f.t.Open {
		f.open[f.at(f.t, c.Row, c.Column)] = true
	}
	f.roots, f.loose = nil, nil
	for _, i := range uncountedRows(f.t) {
		row := f.rows[f.t.Rows[i].Key]
		f.roots = append(f.roots, row)
		if f.t.Rows[i].Called && len(f.t.Rows[i].Of) == 0 {
			f.loose = append(f.loose, row)
		}
	}
}

// fillColumn makes the figures of a column that adds up others, where the table has
// all of them.
func (f *filler) fillColumn(column int) {
	if !f.hasParts(column, map[int]bool{}) || !f.hasColumn[column] && f.isSummed(column) {
		return
	}
	var out outcome
	proven := f.totals.columns.proven(column)
	for i := range f.t.Rows {
		at := place{f.rows[f.t.Rows[i].Key], column}
		if !f.lacks(at) {
			continue
		}
		if f.hasOpenAcross(at, map[int]bool{}) {
			if len(f.totals.rows[at.row]) == 0 { // else it is made of its rows
				out.open++
			}
			continue
		}
		parts := leaves(column, f.totals.columns.of, func(p int) bool { return f.states(place{at.row, p}) })
		f.put(&out, at, f.totals.columns.uncovered(parts, always), func(p int) place { return place{at.row, p} }, proven)
	}
	f.sayFilled(out, fault.Both("what", "cột", "the column"), label(f.sum.Columns[column].Path))
}

// hasOpenAcross is [filler.hasOpenPart] for the columns that a column adds up.
func (f *filler) hasOpenAcross(at place, seen map[int]bool) bool {
	return slices.ContainsFunc(f.totals.columns[at.column], func(p int) bool {
		part := place{at.row, p}
		if seen[p] || p == at.column || f.own[part] != nil {
			return false
		}
		seen[p] = true
		return f.open[part] && len(f.totals.columns[p]) == 0 || f.hasOpenAcross(part, seen)
	})
}

// hasParts reports whether the table has the columns that one adds up, or of those
// that it lacks the parts.
func (f *filler) hasParts(column int, busy map[int]bool) bool {
	of := f.totals.columns[column]
	if len(of) == 0 || busy[column] {
		return false
	}
	busy[column] = true
	defer delete(busy, column)
	return !slices.ContainsFunc(of, func(p int) bool { return !f.hasColumn[p] && !f.hasParts(p, busy) })
}

// isSummed reports whether the table has a column of its own that is the sum of some
// parts of one that it lacks, and no part itself: theirs is no sum that it lacks, but
// one under another name.
func (f *filler) isSummed(column int) bool {
	parts := f.totals.columns.proven(column)
	return slices.ContainsFunc(f.t.Columns, func(c paper.Column) bool {
		return !parts[f.columns[c.Key]] && slices.ContainsFunc(c.Of, func(p int) bool { return parts[f.columns[f.t.Columns[p].Key]] })
	})
}

// fillRow makes the figures of a row that adds up others.
func (f *filler) fillRow(row int) {
	if !f.mayHave(row) {
		return
	}
	var lacking []place
	for column := range f.sum.Columns {
		if at := (place{row, column}); f.lacks(at) {
			lacking = append(lacking, at)
		}
	}
	if len(lacking) == 0 {
		return
	}
	var out outcome
	proven := f.agreed.proven(row)
	if f.totals.top[row] {
		out.loose = f.looseBeside(row, proven)
	}
	for _, at := range lacking {
		if f.hasOpenPart(at, map[int]bool{}) {
			out.open++
			continue
		}
		parts := leaves(row, f.partsOf, func(p int) bool { return f.states(place{p, at.column}) })
		f.put(&out, at, f.totals.rows.uncovered(parts, always), func(p int) place { return place{p, at.column} }, proven)
	}
	if f.totals.top[row] && out.made > 0 {
		f.totals.rows[row] = union(f.totals.rows[row], f.roots)
	}
	f.sayFilled(out, fault.Both("what", "dòng", "the row"), rowName(&f.sum.Rows[row]))
}

// hasOpenPart reports whether a part of a total, or of one of its parts, is a formula that
// nothing has reckoned and that is the sum of nothing known.
func (f *filler) hasOpenPart(at place, seen map[int]bool) bool {
	return slices.ContainsFunc(union(f.totals.rows[at.row], f.openRoots(at.row)), func(p int) bool {
		part := place{p, at.column}
		if seen[p] || p == at.row || f.states(part) {
			return false
		}
		seen[p] = true
		return f.open[part] && len(f.totals.rows[p]) == 0 || f.hasOpenPart(part, seen)
	})
}

// openRoots gives the rows of the table with a formula that nothing has reckoned, and that
// nothing else counts, where a row adds up everything.
func (f *filler) openRoots(row int) []int {
	if !f.totals.top[row] {
		return nil
	}
	var out []int
	for _, c := range f.t.Open {
		if r := &f.t.Rows[c.Row]; !r.Part && r.Level <= 1 && len(r.Of) == 0 && !r.Called {
			out = append(out, f.rows[r.Key])
		}
	}
	return out
}

// partsOf gives the rows that a row adds up in the table: all that nothing counts
// where it is the total of everything, and has no figure there at all.
func (f *filler) partsOf(row int) []int {
	if f.totals.top[row] && !slices.Contains(f.roots, row) {
		return f.roots
	}
	return f.totals.rows[row]
}

// looseBeside names a row beside others that is called a total, is of no known rows,
// and no part of the total that is to be made: most likely that total itself, with a
// slip, which must not be added to its own parts. It is "" where there is none.
func (f *filler) looseBeside(row int, parts map[int]bool) string {
	for _, r := range f.loose {
		if r != row && !parts[r] && len(f.roots) > 1 {
			return rowName(&f.sum.Rows[r])
		}
	}
	return ""
}

// states reports whether the table has a figure of its own in a cell, not one that
// was made.
func (f *filler) states(at place) bool { return f.own[at] != nil && !f.made[at] }

// outcome is what came of the totals of a line that a table lacks.
type outcome struct {
	made  int
	unfit int    // those whose parts are not in one unit
	open  int    // those of whose parts one is not known
	loose string // the row that says it is a total and may be this one
	left  int    // those that were not made for that
}

// put makes a total of its parts, unless something speaks against it.
func (f *filler) put(out *outcome, at place, parts []int, cell func(int) place, proven map[int]bool) {
	if len(parts) == 0 {
		return
	}
	if out.loose != "" {
		out.left++
		return
	}
	sources, ok := f.gather(at, parts, cell, proven)
	if !ok {
		out.unfit++
		return
	}
	f.own[at], f.made[at] = sources, true
	out.made++
}

// gather gives the figures of parts in the unit of their total; false where they are
// not of one kind, or too large to be in it.
func (f *filler) gather(at place, parts []int, cell func(int) place, proven map[int]bool) ([]paper.Source, bool) {
	units := make([]inUnit, len(parts))
	for i, p := range parts {
		units[i] = f.inAt(cell(p), proven[p])
		if in, made := f.in[cell(p)]; made {
			units[i].unit = in
		}
	}
	powers, to, ok := steps(f.inAt(at, false), units)
	if !ok {
		return nil, false
	}
	var out []paper.Source
	for i, p := range parts {
		moved, ok := shifted(f.own[cell(p)], powers[i])
		if !ok {
			return nil, false
		}
		out = append(out, moved...)
	}
	for i := range parts {
		if powers[i] != 0 {
			f.sayConverted(&f.said[f.n], units[i].unit, to)
		}
	}
	f.in[at] = to
	return out, true
}

// mayHave reports whether the table is one of those that a total is of: it has a
// row that the total counts, or the total says no more than that. "Toàn quốc" is no
// total of a table of something else.
func (f *filler) mayHave(row int) bool {
	return f.sum.Rows[row].Own == paper.TotalKey || slices.ContainsFunc(f.totals.rows[row], func(p int) bool { return f.hasRow[p] })
}

// inAll reports whether all tables with figures have some in a row.
func inAll(figures []counted, row int) bool {
	return !slices.ContainsFunc(figures, func(own counted) bool {
		for at := range own {
			if at.row == row {
				return false
			}
		}
		return len(own) > 0
	})
}

// lacks reports whether other tables have a figure that this one has not.
func (f *filler) lacks(at place) bool {
	return f.somewhere[at] && f.own[at] == nil && f.adds(at)
}

// leaves gives the lines that a total is made of in a table: its parts that have
// figures there, and of those that have none their own parts, each once. Nothing is
// its own part.
func leaves(line int, of func(int) []int, has func(int) bool) []int {
	var out []int
	seen := map[int]bool{line: true}
	var walk func(int)
	walk = func(line int) {
		for _, p := range of(line) {
			if seen[p] {
				continue
			}
			if seen[p] = true; has(p) {
				out = append(out, p)
			} else {
				walk(p)
			}
		}
	}
	walk(line)
	slices.Sort(out)
	return out
}

func always(int) bool { return true }

// of gives what a line is the sum of.
func (s sumsOf) of(line int) []int { return s[line] }

// proven gives all that a line is the sum of, down to the last parts, as tables say.
func (s sumsOf) proven(line int) map[int]bool {
	out := map[int]bool{}
	s.mark(s[line], out)
	return out
}

// uncovered gives the parts that have figures and that no other such part counts.
func (s sumsOf) uncovered(of []int, has func(int) bool) []int {
	covered := map[int]bool{}
	for _, p := range of {
		if has(p) {
			s.mark(s[p], covered)
		}
	}
	var out []int
	for _, p := range of {
		if has(p) && !covered[p] {
			out = append(out, p)
		}
	}
	return out
}

// sayFilled says which totals of a line were made, and which were not and why.
func (f *filler) sayFilled(out outcome, what fault.Arg, name string) {
	label := fault.A("label", name)
	say := func(code fault.Code, n int, more ...fault.Arg) {
		if n > 0 {
			f.say(fault.New(code, what, label, fault.A("count", strconv.Itoa(n))).With(more...).In(f.t.File).At(f.t.Sheet, f.t.Area))
		}
	}
	say(fault.PaperTotalMade, out.made)
	say(fault.PaperTotalLacking, out.unfit, fault.Both("why", "các phần đó không cùng một đơn vị tính", "these are not in one unit"))
	say(fault.PaperTotalLacking, out.open, fault.Both("why", "có phần là công thức mà tệp không lưu kết quả", "one of these is a formula without a value"))
	say(fault.PaperTotalLacking, out.left, fault.Both("why", "dòng “"+out.loose+"” gọi là số tổng mà không bằng tổng dòng nào", "the row “"+out.loose+"” is called a total and is the sum of no rows"))
}

// rowName names a row: by its code where it has no name.
func rowName(r *paper.Row) string {
	if r.Name == "" {
		return r.Code
	}
	return r.Name
}
