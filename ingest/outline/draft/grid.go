package draft

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/outline"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// grid is one table of the form, with what all copies of it say.
type grid struct {
	form   *outline.Form // of the first copy: the pattern
	sheet  string        // its name, once in the definition
	cols   []*col        // of figures
	all    []table.Col   // every column of the pattern
	rows   []*row        // of the pattern, then those that only other copies have
	coded  bool          // nearly every row has a code of its own
	rules  map[int]string
	shared bool     // other tables stand on the same tab
	left   []string // letters of columns of figures that cannot be told from others, or are too many
	passed []string // what stands over those
	copies int      // that were read
	values map[cell]decimal.Decimal
	labels map[string]int // how many rows have a name, by its key
}

// cell is a figure of a copy, by row and column of the pattern.
type cell struct {
	copy int
	row  *row
	col  int
}

// col is a column of figures.
type col struct {
	table.Col
	at   int // its place among the columns of figures
	key  string
	code string
	seen figures
}

// row is a row of the body.
type row struct {
	table.Line
	key   string
	label string // its name without numbering
	code  string
	unit  string // where the row states its own
	place match.Place
	file  string // in which it was first seen
	above *row   // that it stands under in the tree
	seen  figures
	sums  [][]*row // rows that it is the sum of in some copy
}

// figures is what the figures of a row or column look like.
type figures struct {
	count   int
	scale   int // the most decimals
	minus   bool
	percent bool // some are shown so
	summed  bool // they add up to something that is counted: no rates, whatever they are called
}

func (f *figures) add(v decimal.Decimal, percent bool) {
	f.percent = f.percent || percent
	f.count++
	f.scale = max(f.scale, v.Scale())
	f.minus = f.minus || v.Sign() < 0
}

// mostColumns of figures are drafted of a table.
const mostColumns = 200

// gridOf takes the pattern of a table.
func gridOf(f *outline.Form) *grid {
	g := &grid{form: f, labels: map[string]int{}, values: map[cell]decimal.Decimal{}, sheet: f.Sheet, all: f.Table.Cols, rules: f.Table.Rules()}
	told := g.toldApart()
	for i := range g.all {
		c := &g.all[i]
		switch {
		case c.Role != table.ColValue || told[headerKey(c)] != i && told[headerKey(c)] >= 0:
		case told[headerKey(c)] < 0 || len(g.cols) == mostColumns:
			g.left = append(g.left, xlsx.ColName(c.Col))
			if len(c.Path) > 0 {
				g.passed = append(g.passed, strings.Join(c.Path, " / "))
			}
		default:
			g.cols = append(g.cols, &col{Col: *c, at: len(g.cols), key: columnKey(c)})
		}
	}
	g.coded = coded(f.Table)
	g.take(f, g.cols)
	return g
}

// headerKey is the same for columns of figures that nobody could tell apart by what
// stands over them.
func headerKey(c *table.Col) string {
	if len(c.Path) == 0 {
		return columnKey(c)
	}
	return strings.ToLower(strings.Join(c.Path, "\x00"))
}

// toldApart gives for each head of columns of figures which column it stands over: of
// several the only one with figures, or where none has any the first. It is -1 where
// several have: which is which in another copy could only be guessed by their order.
func (g *grid) toldApart() map[string]int {
	figures := map[int]bool{}
	for i := range g.form.Table.Lines {
		for _, f := range g.form.Table.Figures(g.form.Table.Lines[i].Row) {
			figures[f.Col] = true
		}
	}
	told, filled := map[string]int{}, map[string]bool{}
	for i := range g.all {
		c := &g.all[i]
		if c.Role != table.ColValue {
			continue
		}
		key := headerKey(c)
		_, known := told[key]
		switch here := figures[c.Col]; {
		case !known, here && !filled[key]:
			told[key], filled[key] = i, here
		case here:
			told[key] = -1
		}
	}
	return told
}

// columnKey is the same for a column of the same words in another copy.
func columnKey(c *table.Col) string {
	if c.Code != "" {
		return "=" + c.Code
	}
	if key := viet.Key(strings.Join(c.Path, " ")); key != "" {
		return key
	}
	if c.Index != "" {
		return "#" + c.Index
	}
	return "@" + strconv.Itoa(c.Col)
}

// coded reports whether at least half the rows that are more than words have a
// code, each another one.
func coded(t *table.Table) bool {
	seen := map[string]bool{}
	rows := 0
	for i := range t.Lines {
		l := &t.Lines[i]
		if l.Code != "" && seen[l.Code] {
			return false
		}
		seen[l.Code] = true
		if l.Role != table.RowNote && l.Role != table.RowSection {
			rows++
		}
	}
	delete(seen, "")
	return len(seen) > 0 && len(seen)*2 >= rows
}

// fits reports whether a table of another copy is this one: most of its columns of
// figures stand there.
func (g *grid) fits(f *outline.Form) bool {
	same, others := 0, 0
	for i := range f.Table.Cols {
		if c := &f.Table.Cols[i]; c.Role == table.ColValue {
			others++
			if g.column(columnKey(c)) != nil {
				same++
			}
		}
	}
	return same > 0 && same*5 >= max(others, len(g.cols))*3
}

func (g *grid) column(key string) *col {
	for _, c := range g.cols {
		if c.key == key {
			return c
		}
	}
	return nil
}

// join takes in another copy. What it has and the pattern lacks is given back.
func (g *grid) join(f *outline.Form) (newCols, newRows []string) {
	cols := make([]*col, 0, len(f.Table.Cols))
	for i := range f.Table.Cols {
		c := f.Table.Cols[i]
		if c.Role != table.ColValue {
			continue
		}
		known := g.column(columnKey(&c))
		if known == nil {
			newCols = append(newCols, strings.Join(c.Path, " › "))
			continue
		}
		here := *known
		here.Col.Col = c.Col
		cols = append(cols, &here)
	}
	before := len(g.rows)
	g.take(f, cols)
	for i := range cols {
		g.column(cols[i].key).seen = cols[i].seen
	}
	for _, r := range g.rows[before:] {
		newRows = append(newRows, r.label)
	}
	return newCols, newRows
}

// take reads the rows of a copy, whose columns of figures are cols.
func (g *grid) take(f *outline.Form, cols []*col) {
	t := f.Table
	known := map[string]*row{}
	for _, r := range g.rows {
		known[r.key] = r
	}
	at := map[int]*row{} // by its number on this sheet
	keys := map[string]int{}
	units := f.RowUnits()
	var above []*row
	for i := range t.Lines {
		l := t.Lines[i]
		if l.Role == table.RowNote || l.Name == "" && l.Code == "" {
			continue
		}
		key := viet.Key(l.Name)
		if g.coded && l.Code != "" {
			key = "=" + l.Code
		}
		if keys[key]++; keys[key] > 1 {
			key += "#" + strconv.Itoa(keys[key])
		}
		r := known[key]
		if r == nil {
			r = &row{Line: l, key: key, label: cmp.Or(bare(l.Name), l.Code), place: f.Places[i], file: f.File, unit: units[i]}
			known[key] = r
			g.rows = append(g.rows, r)
			g.labels[viet.Key(r.label)]++
			level := max(l.Level, 1)
			if level > 1 && len(above) >= level-1 {
				r.above = above[level-2]
			}
		}
		if n := max(l.Level, 1); len(above) >= n-1 {
			above = append(above[:n-1:n-1], r)
		}
		at[l.Row] = r
		for _, fig := range t.Figures(l.Row) {
			percent := f.Percent(l.Row, fig.Col)
			for _, c := range cols {
				if c.Col.Col == fig.Col {
					g.values[cell{g.copies, r, c.at}] = fig.Value
					c.seen.add(fig.Value, percent)
					r.seen.add(fig.Value, percent)
				}
			}
		}
	}
	g.prove(t, at)
	g.copies++
}

// prove keeps which rows are the sum of which, as this copy has it.
func (g *grid) prove(t *table.Table, at map[int]*row) {
	for i := range t.Lines {
		l := &t.Lines[i]
		r := at[l.Row]
		if r == nil || len(l.Sum) == 0 {
			continue
		}
		var parts []*row
		for _, n := range l.Sum {
			if p := at[n]; p != nil && p != r {
				parts = append(parts, p)
			}
		}
		if len(parts) == len(l.Sum) && !slices.ContainsFunc(r.sums, func(s []*row) bool { return slices.Equal(s, parts) }) {
			r.sums = append(r.sums, parts)
		}
	}
}

// bare is a name without the number or bullet at its front.
func bare(name string) string {
	if got := table.Unnumbered(name); got != "" {
		return got
	}
	return name
}
