package outlinetest

import "slices"

// accident reports whether figures add up that were not meant to: a person
// could not tell such a table from one where they were.
func (t *table) accident() bool {
	var rows []*row
	for _, r := range t.rows {
		if r.hasFigures() {
			rows = append(rows, r)
		}
	}
	var columns []*column
	for _, c := range t.values() {
		if c.adds() && !c.empty {
			columns = append(columns, c)
		}
	}
	return t.accidentDown(rows, columns) || t.accidentAcross(rows, columns)
}

// accidentDown looks for a row that is the sum of rows right above or below it.
func (t *table) accidentDown(rows []*row, columns []*column) bool {
	at := make([][]int64, len(rows))
	for i, r := range rows {
		for _, c := range columns {
			at[i] = append(at[i], t.figureAt(r, c).value())
		}
	}
	for i, r := range rows {
		want := at[i]
		if !slices.ContainsFunc(want, func(n int64) bool { return n != 0 }) {
			continue
		}
		for _, step := range []int{1, -1} {
			got := make([]int64, len(columns))
			var parts []*row
			for k := i + step; k >= 0 && k < len(rows); k += step {
				for j, n := range at[k] {
					got[j] += n
				}
				parts = append(parts, rows[k])
				if len(parts) > 1 && slices.Equal(want, got) && !sameLeaves(r, parts) {
					return true
				}
			}
		}
	}
	return false
}

// sameLeaves reports whether parts are what the row adds up, at whatever level.
// Rows of nothing but nought make no difference that anyone could see, so a sum
// with them is not held against the figures.
func sameLeaves(r *row, parts []*row) bool {
	if len(r.parts) == 0 {
		return false
	}
	want := map[*row]int{}
	countLeaves(r.parts, want)
	got := map[*row]int{}
	countLeaves(parts, got)
	for k, n := range want {
		if got[k] != n {
			return false
		}
	}
	for k, n := range got {
		if want[k] != n && !k.zero {
			return false
		}
	}
	return true
}

func countLeaves(rows []*row, into map[*row]int) {
	for _, r := range rows {
		if len(r.parts) == 0 {
			into[r]++
			continue
		}
		countLeaves(r.parts, into)
	}
}

// accidentAcross looks for a column that is the sum of a run of others.
func (t *table) accidentAcross(rows []*row, columns []*column) bool {
	for i, c := range columns {
		for from := range columns {
			var parts []*column
			for to := from; to < len(columns) && to != i; to++ {
				parts = append(parts, columns[to])
				if len(parts) > 1 && t.addsUp(rows, c, parts) && !sameColumns(c, parts) {
					return true
				}
			}
		}
	}
	return false
}

func (t *table) addsUp(rows []*row, c *column, parts []*column) bool {
	some := false
	for _, r := range rows {
		n := t.figureAt(r, c).value()
		some = some || n != 0
		for _, p := range parts {
			n -= t.figureAt(r, p).value()
		}
		if n != 0 {
			return false
		}
	}
	return some
}

func sameColumns(c *column, parts []*column) bool {
	return slices.Equal(columnLeaves(c.parts), columnLeaves(parts))
}

func columnLeaves(cs []*column) []*column {
	var out []*column
	for _, c := range cs {
		if len(c.parts) == 0 {
			out = append(out, c)
			continue
		}
		out = append(out, columnLeaves(c.parts)...)
	}
	return out
}
