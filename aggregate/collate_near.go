package aggregate

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// sayColumnsApart says which column one table alone has where it lacks the one
// column that all others have: most likely one column under two headings.
func (c *collation) sayColumnsApart() {
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
			c.say(fault.New(fault.PaperColumnApart, fault.A("label", label(own[0].Path)), fault.A("other", label(lacking[0].Path)),
				fault.A("count", strconv.Itoa(n-1))).In(table.File).At(table.Sheet, table.Area))
		}
	}
}

// sayRowsApart says which rows only one table has, while other tables, and not that
// one, have a row of nearly the same name: perhaps one row, spelt in two ways. Of
// two such rows the one of the later table is told.
func (c *collation) sayRowsApart() {
	if len(c.sum.Tables) < 2 {
		return
	}
	have := map[string][]int{} // tables that have a row, by its key
	for n, t := range c.sum.Tables {
		for i := range t.Rows {
			have[t.Rows[i].Key] = append(have[t.Rows[i].Key], n)
		}
	}
	near := newNearness(c.sum.Rows)
	told := map[int]bool{}
	for n := len(c.sum.Tables) - 1; n >= 0; n-- {
		t := c.sum.Tables[n]
		filled := filledRows(t)
		first, other, count := -1, -1, 0
		for i := range t.Rows {
			at := c.rows[t.Rows[i].Key]
			if len(have[t.Rows[i].Key]) > 1 || !filled[i] || told[at] {
				continue
			}
			match := near.to(at, func(k int) bool { return !slices.Contains(have[c.sum.Rows[k].Key], n) })
			if match < 0 {
				continue
			}
			told[match] = true
			if count++; count == 1 {
				first, other = at, match
			}
		}
		if count > 0 {
			c.sayRowApart(t, &c.sum.Rows[first], &c.sum.Rows[other], count-1)
		}
	}
}

func (c *collation) sayRowApart(t *paper.Table, row, other *paper.Row, more int) {
	f := fault.New(fault.PaperRowApart, fault.A("label", row.Name), fault.A("other", other.Name))
	if more > 0 {
		f.Args = append(f.Args, fault.A("count", strconv.Itoa(more)))
	}
	c.say(f.In(t.File).At(t.Sheet, t.Area))
}

// nearness finds rows of nearly the same name. Names are near that become one when
// a word is left out of either, or a letter: each is noted under all it becomes, so
// that the search is no longer than the list.
type nearness struct {
	rows []paper.Row
	by   map[string][]int
}

func newNearness(rows []paper.Row) *nearness {
	n := &nearness{rows, map[string][]int{}}
	for i := range rows {
		for _, v := range variants(&rows[i]) {
			n.by[v] = append(n.by[v], i)
		}
	}
	return n
}

// mostNear is how many rows of one variant are looked at: what so many are near to
// is near to none.
const mostNear = 8

// to gives the row that is nearest to another, of those that may be; -1 for none.
func (n *nearness) to(row int, may func(int) bool) int {
	for _, v := range variants(&n.rows[row]) {
		if len(n.by[v]) > mostNear {
			continue
		}
		for _, k := range n.by[v] {
			if k != row && may(k) && !sameName(n.rows[k].Key, n.rows[row].Key) {
				return k
			}
		}
	}
	return -1
}

// variants gives what the name of a row may be a slip of, likeliest first: itself,
// itself without one of its words where two are left, and without one letter where it
// is long enough for that to be chance. A place is meant by its name alone, and a row
// that is kept to its table, or has no name, by nothing.
func variants(row *paper.Row) []string {
	const (
		fewestWords   = 3  // of two words either is the name of something else
		fewestLetters = 10 // "xã a" and "xã b" are two communes
	)
	key := row.NameKey
	if strings.Contains(row.Key, tableInKey) || strings.IndexFunc(key, isLetter) != 0 {
		return nil
	}
	out := []string{key}
	if row.Place != "" {
		return out
	}
	if words := strings.Fields(key); len(words) >= fewestWords {
		for i := range words {
			out = append(out, strings.Join(slices.Delete(slices.Clone(words), i, i+1), " "))
		}
	}
	if utf8.RuneCountInString(key) < fewestLetters {
		return out
	}
	for i, r := range key {
		end := i + utf8.RuneLen(r)
		if word := i == 0 || key[i-1] == ' '; isLetter(r) && !(word && (end == len(key) || key[end] == ' ')) { // a letter that is a word numbers
			out = append(out, key[:i]+key[end:])
		}
	}
	return out
}

// isLetter reports whether a rune of a key is no digit, blank or sign.
func isLetter(r rune) bool { return r >= 'a' }
