package aggregate

import (
	"slices"
	"strings"

	"tonghop/report/paper"
)

// knownHeads gives tables in which a column whose words name a time, "Thực hiện tháng 3",
// and of whose table nobody knows the time, is the column of those words in the others.
// Where these are of several columns, the last month in one report and the next in another,
// it stays alone.
func knownHeads(tables []*paper.Table) []*paper.Table {
	keys := map[string]string{} // by the words; "" of several
	for _, t := range tables {
		for i := range t.Columns {
			c := &t.Columns[i]
			if known, ok := keys[c.Said]; ok && known != c.Key {
				keys[c.Said] = ""
			} else if c.Said != "" {
				keys[c.Said] = c.Key
			}
		}
	}
	if len(keys) == 0 {
		return tables
	}
	out := make([]*paper.Table, len(tables))
	for n, t := range tables {
		out[n] = t
		if slices.ContainsFunc(t.Columns, func(c paper.Column) bool { return c.Said != "" }) {
			continue
		}
		named, taken := *t, map[string]bool{}
		named.Columns = slices.Clone(t.Columns)
		for i := range named.Columns {
			c := &named.Columns[i]
			if key := keys[c.Key]; key != "" {
				c.Key, c.Said = key, c.Key
			}
			taken[c.Key] = true
		}
		if len(taken) == len(named.Columns) {
			out[n] = &named
		}
	}
	return out
}

// nameTimed names the columns whose words name the time of their table by those of all
// times, or of the time that counts.
func (c *collation) nameTimed(tables []*paper.Table) {
	paths := make([][][]string, len(c.sum.Columns))
	for _, t := range byEnd(tables) {
		for i := range t.Columns {
			if col := &t.Columns[i]; col.Said != "" {
				at := c.columns[col.Key]
				if !slices.ContainsFunc(paths[at], func(p []string) bool { return slices.Equal(p, col.Path) }) {
					paths[at] = append(paths[at], col.Path)
				}
			}
		}
	}
	for i := range c.sum.Columns {
		switch n := len(paths[i]); {
		case n == 0:
		case c.sum.Columns[i].Accrual == paper.Opening:
			c.sum.Columns[i].Path = paths[i][0]
		case c.sum.Columns[i].IsOfMoment():
			c.sum.Columns[i].Path = paths[i][n-1]
		case n > 1:
			c.sum.Columns[i].Path = joinPaths(paths[i])
		}
	}
}

// byEnd gives tables in the order of the ends of their times.
func byEnd(tables []*paper.Table) []*paper.Table {
	return slices.SortedStableFunc(slices.Values(tables), func(a, b *paper.Table) int { return a.Period.Of.To.Compare(b.Period.Of.To) })
}

// joinPaths gives the words over a column that has others from time to time: of three times
// all, of more the first and the last.
func joinPaths(paths [][]string) []string {
	const most = 3
	out := slices.Clone(paths[0])
	for step := range out {
		var words []string
		for _, p := range paths {
			if step < len(p) && !slices.Contains(words, p[step]) {
				words = append(words, p[step])
			}
		}
		if out[step] = strings.Join(words, "; "); len(words) > most {
			out[step] = words[0] + " … " + words[len(words)-1]
		}
	}
	return out
}
