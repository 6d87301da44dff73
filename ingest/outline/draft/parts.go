package draft

import (
	"regexp"
	"slices"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// whole says what a row or column is a part of.
type whole struct {
	of   int    // its place in the list, -1 for none
	part string // "split": the parts make it up; "of": at most it
	ask  Question
}

// sum is a total that adds up rows or columns without their being its parts in
// the definition.
type sum struct {
	total int
	parts []int
	sure  bool // stated, or seen in several copies
}

const (
	split  = "split"
	partOf = "of"
)

var none = whole{of: -1}

// columnWholes says of each column of figures what it is a part of.
func (g *grid) columnWholes() ([]whole, []sum) {
	out := make([]whole, len(g.cols))
	for i := range out {
		out[i] = none
	}
	var sums []sum
	for i, c := range g.cols {
		parts, stated := g.columnParts(i)
		adds := g.addsAcross(i, parts)
		if len(parts) < 2 || !stated && !adds {
			continue
		}
		if !adds { // the form says so, and a copy does not follow it
			sums = append(sums, sum{i, parts, false})
			continue
		}
		if g.rateOfColumns(c, parts) {
			continue
		}
		free := !slices.ContainsFunc(parts, func(p int) bool { return out[p].of >= 0 || p == i || leads(out, i, p) })
		if !free || !stated && !table.IsTotal(leaf(&c.Col), nil) {
			sums = append(sums, sum{i, parts, stated})
			continue
		}
		for n, p := range parts {
			out[p] = whole{of: i, part: split}
			if !stated && n == 0 {
				out[p].ask = Question{
					VI: "cột “" + leaf(&c.Col) + "” có phải là tổng của các cột cùng nhóm không? Nếu không, bỏ parent và part",
					EN: "does the total column of the group add these columns up? If not, take parent and part out",
				}
			}
		}
	}
	for i, c := range g.cols {
		if out[i].of >= 0 || !g.isPartColumn(c) {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			if !g.isPartColumn(g.cols[k]) && !leads(out, k, i) && c.Unit == g.cols[k].Unit {
				if g.columnWithin(i, k) {
					out[i] = whole{of: k, part: partOf}
				}
				break
			}
		}
	}
	return out, sums
}

// leads reports whether following wholes from one comes to another: such parts
// would go round in a circle.
func leads(out []whole, from, to int) bool {
	for range len(out) + 1 {
		if from == to {
			return true
		}
		if from < 0 {
			return false
		}
		from = out[from].of
	}
	return true
}

var partWords = keys("trong đó", "trong tổng số", "trong tổng", "tr đó")

// isPartColumn reports whether the words over a column say "of which".
func (g *grid) isPartColumn(c *col) bool {
	for _, step := range c.Path {
		if beginsWith(viet.Key(step), partWords) {
			return true
		}
	}
	return false
}

// columnParts gives the columns that a column adds up: as the index row states, as
// the figures of the first copy prove, or as its name says among those of its
// group.
func (g *grid) columnParts(i int) (parts []int, stated bool) {
	c := g.cols[i]
	if f := g.formula(c); f.kind == formulaSum {
		return f.cols, true
	}
	if len(c.Sum) > 1 {
		for _, n := range c.Sum {
			at := slices.IndexFunc(g.cols, func(o *col) bool { return o.Col.Col == n })
			if at < 0 {
				return nil, false
			}
			parts = append(parts, at)
		}
		return parts, false
	}
	n := len(c.Path)
	if n < 2 || !table.IsTotal(c.Path[n-1], nil) || g.rules[c.Col.Col] != "" {
		return nil, false
	}
	for k, o := range g.cols {
		if k != i && len(o.Path) >= n && slices.Equal(o.Path[:n-1], c.Path[:n-1]) && o.Unit == c.Unit && !g.isPartColumn(o) {
			parts = append(parts, k)
		}
	}
	return parts, false
}

// rowWholes says of each row in a list what it is a part of.
func (g *grid) rowWholes(rows []*row) ([]whole, []sum) {
	at := map[*row]int{}
	for i, r := range rows {
		at[r] = i
	}
	out := make([]whole, len(rows))
	for i := range out {
		out[i] = none
	}
	var sums []sum
	for i := range rows {
		parts, sure := g.rowParts(i, rows, at)
		if len(parts) == 0 || g.rateOfRows(rows[i], rows, parts) {
			continue
		}
		free := !slices.ContainsFunc(parts, func(p int) bool { return out[p].of >= 0 || p == i || leads(out, i, p) })
		if !sure || !free {
			sums = append(sums, sum{i, parts, sure})
			continue
		}
		for _, p := range parts {
			out[p] = whole{of: i, part: split}
		}
	}
	asked := map[int]bool{} // of a group, once
	for i, r := range rows {
		if out[i].of >= 0 {
			continue
		}
		k, ask := -1, Question{}
		switch {
		case r.Part || beginsWith(viet.Key(r.label), partWords):
			k = wholeOf(r, at)
		case r.above != nil && beginsWith(viet.Key(r.above.label), keys("chia theo", "chia ra")):
			if n, ok := at[r.above]; ok {
				k = n
				if !asked[n] {
					asked[n] = true
					ask = Question{VI: "các dòng “chia theo” có cộng lại đúng bằng dòng trên không? Nếu có, đổi part: of thành part: split", EN: "do the parts make up the row above? If so, part: split"}
				}
			}
		}
		if k >= 0 && !leads(out, k, i) && g.rowWithin(r, rows[k]) {
			out[i] = whole{of: k, part: partOf, ask: ask}
		}
	}
	return out, sums
}

// wholeOf gives the row that a "trong đó" is counted in: the nearest it stands
// under that is asked itself.
func wholeOf(r *row, at map[*row]int) int {
	for up := r.above; up != nil; up = up.above {
		if n, ok := at[up]; ok && !beginsWith(viet.Key(up.label), partWords) {
			return n
		}
	}
	return -1
}

// inBrackets is what a label says it adds up: "Tổng thu nhập (1+2+3)".
var inBrackets = regexp.MustCompile(`\(([^()]*\+[^()]*)\)\s*:?\s*$`)

// rowParts gives the rows that a row adds up, and whether that is certain: stated,
// proven in several copies, or proven for a row that is called a total.
func (g *grid) rowParts(i int, rows []*row, at map[*row]int) (parts []int, sure bool) {
	r := rows[i]
	if m := inBrackets.FindStringSubmatch(r.Name); m != nil {
		text := m[1][strings.LastIndex(m[1], "=")+1:]
		if parts := numbered(i, rows, strings.Split(text, "+")); len(parts) > 1 {
			return parts, true
		}
	}
	if proven, copies := g.proven(r, rows); proven != nil {
		for _, p := range proven {
			n, ok := at[p]
			if !ok {
				return nil, false
			}
			parts = append(parts, n)
		}
		return parts, copies > 1 || table.IsTotal(r.Name, nil) || slices.Equal(proven, numberedUnder(r, rows))
	}
	if !table.IsTotal(r.Name, nil) || r.seen.count > 0 {
		return nil, false
	}
	return around(i, rows), false
}

// numbered finds the rows with these numbers: those right under the row, as I and
// II are under "A=I+II", else the nearest above it.
func numbered(i int, rows []*row, numbers []string) []int {
	if parts := withNumbers(numbers, i+1, len(rows), 1, func(r *row) bool { return rows[i] == r.above }, rows); parts != nil {
		return parts
	}
	return withNumbers(numbers, i-1, -1, -1, func(*row) bool { return true }, rows)
}

// withNumbers walks over rows and gives the first of each number, nil when one is
// lacking.
func withNumbers(numbers []string, from, to, step int, may func(*row) bool, rows []*row) (parts []int) {
	for _, n := range numbers {
		want := strings.Trim(n, " .()")
		k := from
		for k != to && !(may(rows[k]) && strings.Trim(rows[k].Number, " .()") == want) {
			k += step
		}
		if k == to || want == "" || slices.Contains(parts, k) {
			return nil
		}
		parts = append(parts, k)
	}
	return parts
}

// around guesses what a total of an empty form adds up: the highest rows above it,
// up to the row that heads them or to another total; for a first row those below.
func around(i int, rows []*row) (parts []int) {
	from := i
	for from > 0 && !table.IsTotal(rows[from-1].Name, nil) {
		from--
	}
	to := i
	if from == i {
		from, to = i+1, len(rows)
		for k := from; k < to; k++ {
			if table.IsTotal(rows[k].Name, nil) {
				to = k
			}
		}
	}
	for pass := 0; pass < 2 && len(parts) < 2; pass++ {
		top := 0
		for k := from; k < to; k++ {
			if l := rows[k].Level; top == 0 || l < top {
				top = l
			}
		}
		parts = nil
		for k := from; k < to; k++ {
			if rows[k].Level == top {
				parts = append(parts, k)
			}
		}
		if len(parts) == 1 { // it heads the others
			from = parts[0] + 1
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}
