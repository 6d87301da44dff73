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
	if grouped == 0 || again*2 <= grouped {
		return
	}
	for i := range t.Lines {
		if l := &t.Lines[i]; groups[i] != "" {
			l.Group, l.Leaf = groups[i], leaves[i]
			l.Name = l.Group + GroupStep + l.Leaf
		}
	}
}

// nameColumnPair gives the first and the last of the columns of names, -1 where there are
// no two with words of their own over them.
func (t *Table) nameColumnPair() (outer, inner int) {
	first, last := -1, -1
	for i := range t.Cols {
		if t.Cols[i].Role != ColName {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	if first == last || t.sameHead(first, last) {
		return -1, -1
	}
	return t.Cols[first].Col, t.Cols[last].Col
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

// byGroups takes the rows of a group that is called the total for the sums of the rows of
// their names in all other groups.
func (s *rowSums) byGroups() {
	of := map[string][]int{} // lines of a leaf in groups that are no total
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Group != "" && !isPlainTotal(l.Group) && !s.skip[i] && !s.part[i] {
			of[viet.Key(l.Leaf)] = append(of[viet.Key(l.Leaf)], i)
		}
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Group == "" || !isPlainTotal(l.Group) || l.Sum != nil || s.skip[i] {
			continue
		}
		parts := slices.DeleteFunc(slices.Clone(of[viet.Key(l.Leaf)]), func(k int) bool { return s.Lines[k].Sum != nil })
		if len(parts) > 1 {
			s.take(i, parts)
		}
	}
}
