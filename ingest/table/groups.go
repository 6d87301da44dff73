package table

import (
	"slices"

	"tonghop/ingest/viet"
)

// GroupStep stands between the two names of a row that has two: see [Line.Group].
const GroupStep = " › "

// groupRows names rows by two columns of words where the second does not tell them apart:
// "Kế hoạch" and "Thực hiện" beside each commune. A group is named in its first row, merged
// over all of them or not.
func (t *Table) groupRows() {
	outer, inner := t.nameColumnPair()
	if inner < 0 {
		return
	}
	groups, leaves := make([]string, len(t.Lines)), make([]string, len(t.Lines))
	of := map[string]map[string]bool{} // groups of a leaf
	last, grouped := "", 0
	for i := range t.Lines {
		row := t.Lines[i].Row
		leaf := t.wordsAt(row, inner)
		own := t.wordsAt(row, outer)
		if own == "" && (leaf == "" || isPlainTotal(leaf) && !t.isUnderMerge(row, outer)) {
			continue // the total of all, whose name stands further in
		}
		if own != "" {
			last = own
		}
		if leaf == "" || last == "" || viet.Key(leaf) == viet.Key(last) {
			continue
		}
		groups[i], leaves[i] = last, leaf
		key := viet.Key(leaf)
		if of[key] == nil {
			of[key] = map[string]bool{}
		}
		of[key][viet.Key(last)] = true
		grouped++
	}
	again := 0
	for i := range leaves {
		if leaves[i] != "" && len(of[viet.Key(leaves[i])]) > 1 {
			again++
		}
	}
	t.underHeads(groups, outer, inner)
	all := again*2 > grouped // else only those that nothing else tells apart
	for i := range t.Lines {
		if l := &t.Lines[i]; groups[i] != "" && (all || len(of[viet.Key(leaves[i])]) > 1) {
			l.Group, l.Leaf = groups[i], leaves[i]
			l.Name = l.Group + GroupStep + l.Leaf
		}
	}
}

// underHeads puts the rows of groups a level under the rows that name a group alone, with
// its figures: "Xã Mường Cai", then its villages.
func (t *Table) underHeads(groups []string, outer, inner int) {
	heads := false
	for i := range t.Lines[:max(len(t.Lines)-1, 0)] {
		row := t.Lines[i].Row
		if t.wordsAt(row, outer) != "" && t.wordsAt(row, inner) == "" && groups[i+1] == t.wordsAt(row, outer) {
			t.Lines[i].headsGroup, heads = true, true
		}
	}
	if !heads {
		return
	}
	for i := range t.Lines {
		t.Lines[i].Level = 1
		if groups[i] != "" {
			t.Lines[i].Level = 2
		}
	}
}

// nameColumnPair gives the last two of the columns of names, -1 where there are no two with
// words of their own over them.
func (t *Table) nameColumnPair() (outer, inner int) {
	outer, inner = -1, -1
	for i := range t.Cols {
		if t.Cols[i].Role == ColName {
			outer, inner = inner, i
		}
	}
	if outer < 0 || t.sameHead(outer, inner) {
		return -1, -1
	}
	return t.Cols[outer].Col, t.Cols[inner].Col
}

// wordsAt gives the words in a cell, "" where there are none.
func (t *Table) wordsAt(row, col int) string {
	c := t.look.at(row, col)
	if c == nil || c.kind != kindText {
		return ""
	}
	words, _ := viet.Clean(c.Text)
	return words
}

// isUnderMerge reports whether a cell lies under the first of an area that is merged down.
func (t *Table) isUnderMerge(row, col int) bool {
	a, ok := t.look.area(row, col)
	return ok && a.FirstRow < row
}

// Path gives the names of a row, the group that it stands in first.
func (l *Line) Path() []string {
	if l.Group == "" {
		return []string{l.Name}
	}
	return []string{l.Group, l.Leaf}
}

// byGroups takes the rows of groups for sums where the figures agree: "Cộng" in a group of
// the rows before it there, and those of a group that is called the total of the rows of
// their names in the groups since the last such, or in all.
func (s *rowSums) byGroups() {
	since, all := map[string][]int{}, map[string][]int{} // lines of a leaf in groups that are no total
	var inGroup []int
	total := false
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.headsGroup && !s.skip[i] {
			s.takeIfSum(i, s.membersOf(i))
		}
		if l.Group == "" || s.skip[i] || s.part[i] {
			continue
		}
		if i > 0 && s.Lines[i-1].Group != l.Group {
			inGroup = nil
			if total && !isPlainTotal(l.Group) {
				clear(since)
			}
			total = isPlainTotal(l.Group)
		}
		leaf := viet.Key(l.Leaf)
		switch {
		case total:
			if !s.takeIfSum(i, since[leaf]) {
				s.takeIfSum(i, all[leaf])
			}
			continue
		case isPlainTotal(l.Leaf):
			s.takeIfSum(i, inGroup)
			inGroup = nil
		default:
			inGroup = append(inGroup, i)
		}
		since[leaf], all[leaf] = append(since[leaf], i), append(all[leaf], i)
	}
}

// membersOf gives the rows of the group that a row heads.
func (s *rowSums) membersOf(i int) []int {
	var out []int
	for k := i + 1; k < len(s.Lines) && s.Lines[k].Level > s.Lines[i].Level; k++ {
		if !s.skip[k] && !s.part[k] {
			out = append(out, k)
		}
	}
	return out
}

// takeIfSum makes a line the sum of others where it is that, or looks like it with a slip.
func (s *rowSums) takeIfSum(i int, of []int) bool {
	if len(of) < 2 || s.Lines[i].Sum != nil {
		return false
	}
	if c := s.of(of).against(i); !c.whole() && !c.mostly() && !s.isSlip(i, of) {
		return false
	}
	s.take(i, slices.Clone(of))
	return true
}
