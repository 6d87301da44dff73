package table

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/viet"
)

// colSums finds totals among the columns.
type colSums struct {
	*Table
	*vectors
	at     []int // indexes into Cols of the columns that add up
	parent []int
	sums   [][]int // of each column: the columns that it is the sum of
}

// mostCompared is how many columns are held against each other at most: of more only
// those are totals that say of what.
const mostCompared = 1024

// sumColumns finds the columns that are the sums of others, in every row: those
// that the index row or formulas state, those that their words call a total over
// the columns of their group, and those that arithmetic alone shows.
func (t *Table) sumColumns() {
	s := &colSums{Table: t}
	for i := range t.Cols {
		if t.Cols[i].Adds() {
			s.at = append(s.at, i)
		}
	}
	n := len(s.at)
	if n < 2 {
		return
	}
	s.vectors = newVectors(n, len(t.Lines))
	s.parent, s.sums = make([]int, n), make([][]int, n)
	shares := t.shareLines()
	for k, i := range s.at {
		s.parent[k] = -1
		for lane := range t.Lines {
			if shares[lane] {
				continue
			}
			t.fill(s.vectors.at(k, lane), t.Lines[lane].Row, t.Cols[i].Col)
		}
	}
	s.stated()
	if n <= mostCompared {
		s.byWords()
		for s.sweep() {
		}
	}
	s.say()
}

// shareLines tells which lines are shares, rates or means by their name or by a "%" that
// stands in them alone: across them nothing adds up. Where all are, none is told.
func (t *Table) shareLines() []bool {
	out := make([]bool, len(t.Lines))
	some := false
	for i := range t.Lines {
		l := &t.Lines[i]
		out[i] = l.Name != "" && !t.AddsRow(l, "") ||
			slices.ContainsFunc(t.look.row(l.Row, t.cols), func(c seen) bool { return strings.TrimSpace(c.Text) == "%" })
		some = some || !out[i]
	}
	if !some {
		clear(out)
	}
	return out
}

// index gives the position among the columns that add up of a name in the index
// row, -1 when no such column adds up.
func (s *colSums) index(name string) int {
	for k, i := range s.at {
		if s.Cols[i].Index != "" && strings.EqualFold(s.Cols[i].Index, name) {
			return k
		}
	}
	return -1
}

// stated takes the sums that the index row states, "3=1+2", and those that most
// of the formulas of a column state.
func (s *colSums) stated() {
	for k, i := range s.at {
		if of := s.byIndexRow(i); len(of) > 1 && s.holds(k, of) {
			s.take(k, of)
			continue
		}
		if of := s.byFormula(i); len(of) > 1 && s.holds(k, of) {
			s.take(k, of)
		}
	}
}

// holds reports whether a stated sum is one: nothing is filled in yet, or more
// rows close than not.
func (s *colSums) holds(k int, of []int) bool {
	c := s.of(of).against(k)
	return c.hits+c.misses == 0 || c.mostly() || c.hits*2 >= c.misses && c.hits > 0
}

// byIndexRow reads "3=1+2" or "(3)=(1)+(2)" over a column.
func (s *colSums) byIndexRow(i int) []int {
	if s.IndexRow == 0 {
		return nil
	}
	c := s.look.at(s.IndexRow, s.Cols[i].Col)
	if c == nil {
		return nil
	}
	formula := parseIndex(c.Text).formula
	if formula == "" || strings.ContainsAny(formula, "-*/x:%") {
		return nil
	}
	var of []int
	for _, name := range strings.Split(formula, "+") {
		k := s.index(strings.Trim(name, "()[]"))
		if k < 0 || s.at[k] == i {
			return nil
		}
		of = append(of, k)
	}
	return of
}

// byFormula gives the columns that the formulas of a column add up in its row,
// the same in most rows.
func (s *colSums) byFormula(i int) []int {
	votes := map[string]int{}
	lists := map[string][]int{}
	rows := 0
	for _, l := range s.Lines {
		c := s.look.at(l.Row, s.Cols[i].Col)
		if c == nil || c.Formula == "" || l.Role == RowTotal {
			continue
		}
		refs, ok := addends(c.Formula)
		if !ok {
			continue
		}
		rows++
		var of []int
		for _, r := range refs {
			k := slices.IndexFunc(s.at, func(at int) bool { return s.Cols[at].Col == r.col })
			if r.row != l.Row || k < 0 || s.at[k] == i {
				of = nil
				break
			}
			of = append(of, k)
		}
		if of == nil {
			continue
		}
		key := keyOf(of)
		votes[key]++
		lists[key] = of
	}
	for key, n := range votes {
		if n*2 > rows {
			return lists[key]
		}
	}
	return nil
}

// take makes a column the sum of others.
func (s *colSums) take(k int, of []int) {
	s.sums[k] = of
	for _, p := range of {
		if s.parent[p] < 0 {
			s.parent[p] = k
		}
	}
}

// isLabelled reports whether the words over a column call it a total.
func (s *colSums) isLabelled(k int) bool {
	path := s.Cols[s.at[k]].Path
	for i := len(path) - 1; i >= max(0, len(path)-2); i-- {
		if isTotalLabel(WithoutUnit(path[i])) {
			return true
		}
	}
	return false
}

// byWords tries each column that its words call a total as the sum of the others
// of its group, and of the groups beside it.
func (s *colSums) byWords() {
	var order []int // the innermost first
	for k := range s.at {
		order = append(order, k)
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(s.Cols[s.at[b]].Path) - len(s.Cols[s.at[a]].Path) })
	for _, k := range order {
		if s.sums[k] != nil || !s.isLabelled(k) {
			continue
		}
		for _, of := range s.families(k) {
			c := s.of(of).against(k)
			if len(of) > 1 && s.enough(c, true) && (c.misses == 0 || !s.areParts(k, of) || s.neverExceeds(k, of)) {
				s.take(k, of)
				break
			}
		}
	}
}

// families gives the columns that a total may be the sum of by the words over it:
// those under the same words, from the nearest words to the widest.
func (s *colSums) families(k int) [][]int {
	path := s.Cols[s.at[k]].Path
	var out [][]int
	for depth := len(path) - 1; depth >= 0; depth-- {
		var tops []int // those of the family that no other of it counts
		for p := range s.at {
			if p != k && samePrefix(path, s.Cols[s.at[p]].Path, depth) && s.parent[p] < 0 {
				tops = append(tops, p)
			}
		}
		out = append(out, tops)
		var of []int
		for p := range s.at {
			if p != k && s.sums[p] == nil && samePrefix(path, s.Cols[s.at[p]].Path, depth) {
				of = append(of, p)
			}
		}
		out = append(out, of)
		out = append(out, s.groupsBeside(k, depth)...)
	}
	return out
}

// groupsBeside gives the columns under each of the words beside a total: "Chia theo giới tính"
// behind "Trong đó" is what it is divided into.
func (s *colSums) groupsBeside(k, depth int) [][]int {
	path := s.Cols[s.at[k]].Path
	var out [][]int
	at := map[string]int{}
	for p := range s.at {
		other := s.Cols[s.at[p]].Path
		if p == k || len(other) < depth+2 || !samePrefix(path, other, depth) || s.parent[p] >= 0 {
			continue
		}
		group := viet.Key(other[depth])
		if _, ok := at[group]; !ok {
			at[group] = len(out)
			out = append(out, nil)
		}
		out[at[group]] = append(out[at[group]], p)
	}
	return out
}

// areParts reports whether the words over columns say that they are parts of what
// is counted elsewhere: "trong đó" under the words that they share with a total.
func (s *colSums) areParts(k int, of []int) bool {
	path := s.Cols[s.at[k]].Path
	for _, p := range of {
		other := s.Cols[s.at[p]].Path
		for i := range other {
			if (i >= len(path) || viet.Key(path[i]) != viet.Key(other[i])) && strings.HasPrefix(viet.Key(other[i]), partWords[0]) {
				return true
			}
		}
	}
	return false
}

// neverExceeds reports whether a column is nowhere more than the sum of others. What
// "trong đó" leaves out can only make it more: less than its parts is a slip.
func (s *colSums) neverExceeds(k int, of []int) bool {
	sum := s.of(of)
	for lane := range s.lanes {
		if f := s.vectors.at(k, lane); sum.in(lane, k) == miss && f.value.Cmp(sum.total[lane]) > 0 {
			return false
		}
	}
	return true
}

func samePrefix(a, b []string, n int) bool {
	if len(a) < n || len(b) < n {
		return false
	}
	for i := range n {
		if viet.Key(a[i]) != viet.Key(b[i]) {
			return false
		}
	}
	return true
}

// enough reports whether a sum closes in enough rows to be one: in all of them
// with no words for it, in most with.
func (s *colSums) enough(c verdict, labelled bool) bool {
	const share = 2 // one in so many rows may have a slip
	switch {
	case labelled:
		return c.hits > 0 && c.misses*share <= c.hits
	case c.misses > 0:
		return c.hits >= 10 && c.misses*10 <= c.hits
	}
	return c.hits >= 3
}

// sweep looks for one column that is the sum of those right after or right before
// it that no other counts yet.
func (s *colSums) sweep() bool {
	var roots []int
	for k := range s.at {
		if s.parent[k] < 0 {
			roots = append(roots, k)
		}
	}
	if len(roots) < 3 {
		return false
	}
	for _, labelled := range []bool{true, false} {
		var best []int
		bestAt := -1
		for at, k := range roots {
			if s.sums[k] != nil || s.isLabelled(k) != labelled {
				continue
			}
			for _, step := range []int{+1, -1} {
				if of := s.run(roots, at, step, labelled); of != nil && (best == nil || len(of) < len(best)) {
					best, bestAt = of, k
				}
			}
		}
		if best != nil {
			s.take(bestAt, best)
			return true
		}
	}
	return false
}

// run gives the shortest run of roots beside one that it is the sum of.
func (s *colSums) run(roots []int, at, step int, labelled bool) []int {
	k := roots[at]
	sum := s.newSum()
	var of []int
	for i := at + step; i >= 0 && i < len(roots); i += step {
		sum.add(roots[i])
		of = append(of, roots[i])
		if len(of) < 2 || !labelled && !sum.mayBe(k) {
			continue
		}
		c := sum.against(k)
		if s.enough(c, labelled) && s.several(of) && (c.misses == 0 || !s.areParts(k, of) || s.neverExceeds(k, of)) {
			slices.Sort(of)
			return of
		}
	}
	return nil
}

// several reports whether at least two of the columns are not empty.
func (s *colSums) several(of []int) bool {
	n := 0
	for _, k := range of {
		for lane := range s.lanes {
			if f := s.vectors.at(k, lane); f.has && !f.value.IsZero() {
				n++
				break
			}
		}
	}
	return n > 1
}

// say gives the sums to their columns, and makes known where they do not close.
func (s *colSums) say() {
	for k, of := range s.sums {
		if of == nil {
			continue
		}
		c := &s.Cols[s.at[k]]
		for _, p := range of {
			c.Sum = append(c.Sum, s.Cols[s.at[p]].Col)
		}
		slices.Sort(c.Sum)
		sum := s.of(of)
		for lane := range s.Lines {
			f := s.vectors.at(k, lane)
			if f.has && sum.parts[lane] > 0 && !sum.bad[lane] && !sum.closes(f, lane) && s.Lines[lane].Role != RowNote {
				s.Broken = append(s.Broken, Broken{Row: s.Lines[lane].Row, Col: c.Col, Across: true, Of: c.Sum, Got: f.value, Want: sum.total[lane], Rounding: sum.rounds(f, lane)})
			}
		}
	}
	slices.SortStableFunc(s.Broken, func(a, b Broken) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
}

// Rules gives the rules that the index row states, such as "3=1+2", by column.
func (t *Table) Rules() map[int]string {
	if t.IndexRow == 0 {
		return nil
	}
	out := map[int]string{}
	for i := range t.Cols {
		c := t.look.at(t.IndexRow, t.Cols[i].Col)
		if c == nil {
			continue
		}
		if tok := parseIndex(c.Text); tok.ok && tok.formula != "" {
			out[t.Cols[i].Col] = strconv.Itoa(tok.number) + "=" + tok.formula
		}
	}
	return out
}
