package aggregate

import (
	"slices"

	"tonghop/report/paper"
)

// sumsOf says of rows, or of columns, of the form which others they are the sum of.
type sumsOf map[int][]int

// totals are the rows and columns of the form that add up others.
type totals struct {
	rows, columns sumsOf
	top           map[int]bool // rows that add up everything wherever they stand
}

// totals gathers from the tables what their rows and columns are the sum of.
func (c *collation) totals() totals {
	out := totals{top: map[int]bool{}}
	var rows, columns []stated
	roots := map[int]bool{} // rows that are a root beside others somewhere
	for _, t := range c.sum.Tables {
		rows = append(rows, c.statedRows(t))
		columns = append(columns, c.statedColumns(t))
		uncounted := uncountedRows(t)
		for _, i := range uncounted {
			row := c.rows[t.Rows[i].Key]
			if len(uncounted) == 1 && len(t.Rows[i].Of) > 0 {
				out.top[row] = true
			} else {
				roots[row] = true
			}
		}
	}
	for row := range roots {
		delete(out.top, row)
	}
	out.rows, out.columns = agreed(rows), agreed(columns)
	return out
}

// stated is what one table says of its rows, or columns: which it has, and which
// others they are the sum of.
type stated struct {
	has map[int]bool
	of  sumsOf
}

func (c *collation) statedRows(t *paper.Table) stated {
	s := stated{map[int]bool{}, sumsOf{}}
	for i := range t.Figures {
		s.has[c.rows[t.Rows[t.Figures[i].Row].Key]] = true
	}
	for i := range t.Rows {
		for _, p := range t.Rows[i].Of {
			at := c.rows[t.Rows[i].Key]
			s.of[at] = append(s.of[at], c.rows[t.Rows[p].Key])
		}
	}
	return s
}

func (c *collation) statedColumns(t *paper.Table) stated {
	s := stated{map[int]bool{}, sumsOf{}}
	for i := range t.Columns {
		at := c.columns[t.Columns[i].Key]
		s.has[at] = true
		for _, p := range t.Columns[i].Of {
			s.of[at] = append(s.of[at], c.columns[t.Columns[p].Key])
		}
	}
	return s
}

// agreed puts together what tables say a line is the sum of: it is one where half
// of the tables that have it say so, and the sum of all that any of them counts.
// Where tables part a whole in several ways, by sex and by age, the first way counts.
func agreed(tables []stated) sumsOf {
	out := sumsOf{}
	have, say := map[int]int{}, map[int]int{}
	for _, s := range tables {
		for at := range s.has {
			have[at]++
		}
		for at := range s.of {
			say[at]++
		}
	}
	for _, s := range tables {
		for at, of := range s.of {
			if 2*say[at] < have[at] || out[at] != nil && inSeveralWays(out[at], of, s) {
				continue
			}
			out[at] = union(out[at], of)
		}
	}
	return out
}

// inSeveralWays reports whether a table has a part that others count and does not
// count it, nor any part of its own counts it.
func inSeveralWays(known, of []int, s stated) bool {
	counted := map[int]bool{}
	s.of.mark(of, counted)
	return slices.ContainsFunc(known, func(p int) bool { return s.has[p] && !counted[p] })
}

// mark notes some lines and all that they are the sum of.
func (s sumsOf) mark(lines []int, counted map[int]bool) {
	for _, p := range lines {
		if !counted[p] {
			counted[p] = true
			s.mark(s[p], counted)
		}
	}
}

// union gives the members of two lists in their order, each once.
func union(a, b []int) []int {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// uncountedRows gives the rows of a table that no other row counts: those with
// figures that add up, are no parts, and stand under no row with figures. A row without
// figures counts nothing.
func uncountedRows(t *paper.Table) []int {
	filled, counted := addedRows(t), make([]bool, len(t.Rows))
	for i := range t.Rows {
		for _, p := range t.Rows[i].Of {
			counted[p] = counted[p] || filled[i]
		}
	}
	var out, above []int // above are the rows with figures that a row stands under
	for i := range t.Rows {
		row := &t.Rows[i]
		for len(above) > 0 && t.Rows[above[len(above)-1]].Level >= row.Level {
			above = above[:len(above)-1]
		}
		if filled[i] && row.Adds && !counted[i] && !row.Part && len(above) == 0 {
			out = append(out, i)
		}
		if filled[i] && row.Level > 0 {
			above = append(above, i)
		}
	}
	return out
}
