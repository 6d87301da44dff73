package table

import (
	"slices"

	"tonghop/ingest/viet"
)

// byTree tries each row with rows under it in the tree as their sum, the deepest
// first.
func (s *rowSums) byTree() {
	var nothing []int // rows of nought over rows of nought
	for i := len(s.Lines) - 1; i >= 0; i-- {
		if s.skip[i] || s.Lines[i].Level == 0 || s.Lines[i].Sum != nil {
			continue
		}
		if of := s.children(i); len(of) > 1 || len(of) == 1 && s.isWholeOf(i, of[0]) {
			c := s.reckon(of).against(i)
			switch {
			case len(of) == 1 && !c.whole():
			case c.misses == 0 && c.hits == 0 && (c.zeros > 0 || s.isNought(i)):
				if !s.takesFromElsewhere(i, of) {
					nothing = append(nothing, i)
				}
			case c.likely(), c.hits > 1 && c.mostly(), c.hits > 0 && c.hits >= c.misses && s.reckon(of).near(i):
				s.take(i, of)
			}
		}
	}
	if slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Sum != nil && l.Level > 0 }) {
		for _, i := range nothing { // where the tree adds up, it does so there too
			s.take(i, s.children(i))
		}
	}
}

// isWholeOf reports whether a row that stands alone under another, numbered in its own way
// as that one is in its, may be all of it: "B. Chi đầu tư", "I. Xây dựng".
func (s *rowSums) isWholeOf(i, child int) bool {
	above, below := styleOf(s.Lines[i].Number), styleOf(s.Lines[child].Number)
	return above != noStyle && below != noStyle && below < dash && !sameNumbering(s.Lines[i].Number, s.Lines[child].Number) && s.nonzero(i)
}

// isNought reports whether all figures of a row are nought: over marks for nothing such a
// row is their sum too.
func (s *rowSums) isNought(i int) bool { return s.hasFigures(i) && !s.nonzero(i) }

// children gives the rows right under a row in the tree, parts left out.
func (s *rowSums) children(i int) []int {
	level := s.Lines[i].Level
	end, top := i+1, 0
	for end < len(s.Lines) && s.Lines[end].Level > level {
		if !s.skip[end] && !s.part[end] && (top == 0 || s.Lines[end].Level < top) {
			top = s.Lines[end].Level
		}
		end++
	}
	var out []int
	for k := i + 1; k < end; k++ {
		if s.Lines[k].Level == top && !s.skip[k] && !s.part[k] {
			out = append(out, k)
		}
	}
	return out
}

// roots gives the rows that no other row counts yet, in order.
func (s *rowSums) roots() []int {
	var out []int
	for i := range s.Lines {
		if !s.skip[i] && !s.part[i] && s.parent[i] < 0 {
			out = append(out, i)
		}
	}
	return out
}

// mostSweeps bounds the totals that are looked for among rows outside a tree.
const mostSweeps = 2000

// mostUnlabelled bounds the rows that a row without a label is tried as the sum of.
const mostUnlabelled = 60

// mostSearched bounds the rows without a label that are tried as sums.
const mostSearched = 5000

// sweep looks once over the rows that nothing counts for those that are the sums of
// others before or after them. It reports whether it found one.
func (s *rowSums) sweep() bool {
	roots := s.roots()
	return len(roots) > 1 && (s.labelledSums(roots) || s.unlabelledSums(roots) || s.slips(roots))
}

// labelledSums takes the rows whose label calls them totals, those with the smallest
// reach first: a total of a section stands nearer to its rows than that of the table.
// Those that close are taken together where no row is in two of them; of others only
// the best, for the next sweep may see more.
func (s *rowSums) labelledSums(roots []int) bool {
	var found []candidate
	for at, i := range roots {
		if s.Lines[i].Sum != nil || !s.isLabelled(i) {
			continue
		}
		for _, c := range []candidate{s.run(roots, at, +1), s.run(roots, at, -1)} {
			if c.of != nil {
				found = append(found, c)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		switch {
		case a.better(b):
			return -1
		case b.better(a):
			return 1
		}
		return 0
	})
	taken := map[int]bool{}
	for n, c := range found {
		if n > 0 && !c.whole() {
			break
		}
		of := s.withFarEnd(c, roots)
		if taken[c.line] || slices.ContainsFunc(of, func(k int) bool { return taken[k] }) {
			continue
		}
		s.take(c.line, of)
		taken[c.line] = true
		for _, k := range of {
			taken[k] = true
		}
	}
	return len(found) > 0
}

// unlabelledSums takes the rows without such a label that are sums beyond chance, from
// the top.
func (s *rowSums) unlabelledSums(roots []int) bool {
	found := false
	for at := 0; at < min(len(roots), mostSearched); at++ {
		i := roots[at]
		if s.Lines[i].Sum != nil || s.isLabelled(i) {
			continue
		}
		for _, c := range []candidate{s.run(roots, at, +1), s.run(roots, at, -1)} {
			if c.of != nil && s.beyondChance(c) {
				s.take(c.line, c.of)
				found = true
				roots = s.roots()
				at, _ = slices.BinarySearch(roots, i) // on with the row behind it
				break
			}
		}
	}
	return found
}

// withFarEnd gives the lines of a total, with the one at the far end of the table that
// it leaves out: in a flat table a total is of all rows, and a sum that stops short of
// the first or the last is the commonest slip.
func (s *rowSums) withFarEnd(c candidate, roots []int) []int {
	if len(c.of) != len(roots)-2 || !s.Lines[c.line].saysPlainTotal() || !s.isFlat() {
		return c.of
	}
	far := roots[0]
	if far == c.line {
		far = roots[len(roots)-1]
	}
	if slices.Contains(c.of, far) || s.isLabelled(far) || s.unnumbered[far] || isBesideOthers(s.Lines[far].Name) {
		return c.of
	}
	of := append(slices.Clone(c.of), far)
	slices.Sort(of)
	return of
}

// isBesideOthers reports whether a row stands beside the others to be compared with
// their total and is none of its parts: "Cùng kỳ năm 2023", "Kế hoạch năm".
func isBesideOthers(name string) bool { return beginsWith(viet.Key(Unnumbered(name)), besideWords) }

var besideWords = keys("cùng kỳ", "kỳ trước", "tháng trước", "quý trước", "năm trước", "năm ngoái", "kế hoạch", "chỉ tiêu giao", "dự toán", "so với", "so sánh", "tăng", "giảm", "chênh lệch", "tỷ lệ", "tỉ lệ", "lũy kế", "luỹ kế", "ước")

// candidate is a line and the lines whose sum it may be.
type candidate struct {
	verdict
	line int
	of   []int
}

func (c candidate) better(than candidate) bool {
	switch {
	case c.of == nil:
		return false
	case than.of == nil:
		return true
	case c.likely() != than.likely():
		return c.likely()
	case c.whole() != than.whole():
		return c.whole()
	case c.misses != than.misses:
		return c.misses < than.misses
	}
	return len(c.of) < len(than.of)
}

// run tries a root as the sum of those that follow it in a direction: the longest
// run that closes, else the one that closes in most columns.
func (s *rowSums) run(roots []int, at, step int) candidate {
	i := roots[at]
	labelled := s.isLabelled(i)
	atEnd := at == 0 || at == len(roots)-1 // of all rows, where totals of all stand
	sum := s.reckon(nil)
	best, partly := candidate{}, candidate{}
	var of []int // of a candidate the first rows; cut and copied when it is chosen
	for k := at + step; k >= 0 && k < len(roots); k += step {
		r := roots[k]
		if !labelled && len(of) >= mostUnlabelled && !atEnd {
			break
		}
		if labelled && s.Lines[r].Sum == nil && s.isLabelled(r) && len(of) > 0 {
			break // the next total that is not yet understood
		}
		if s.Lines[i].Level > 0 && s.Lines[r].Level > 0 && s.Lines[r].Level < s.Lines[i].Level && !labelled && !s.unnamed[i] {
			break // but what has no name has no place in the tree
		}
		sum.add(r)
		of = append(of, r)
		if !labelled && !sum.mayBe(i) {
			continue
		}
		c := candidate{sum.against(i), i, of}
		switch {
		case len(of) == 1 && !labelled:
		case len(of) == 1 && s.Lines[r].Sum == nil:
			// a total of one row is one only when nothing else is there
			if len(roots) == 2 && c.whole() {
				best = c
			}
		case c.whole(), c.likely() && (labelled || c.hits > 1) && !best.whole():
			best = c
		case (c.mostly() && c.hits > 1 || c.hits > 0 && c.hits >= c.misses && (labelled || c.hits > 1) && sum.near(i)) && (partly.of == nil || c.hits >= partly.hits):
			partly = c
		}
	}
	if best.of == nil {
		best = partly
	}
	best.of = slices.Clone(best.of)
	if len(best.of) == 1 && s.Lines[best.of[0]].Sum != nil {
		best.of = s.besideOf(best.of[0], i, roots)
	}
	slices.Sort(best.of)
	return best
}

// besideOf gives the rows of a total that is the same as that of one section: the
// sections beside it were left out, or where there are none it is that total once
// more.
func (s *rowSums) besideOf(section, total int, roots []int) []int {
	number := s.Lines[section].Number
	var of []int
	for _, r := range roots {
		if number != "" && r != total && s.Lines[r].Sum != nil && sameNumbering(s.Lines[r].Number, number) {
			of = append(of, r)
		}
	}
	if len(of) > 1 {
		return of
	}
	return s.linesOf(s.Lines[section].Sum)
}

// beyondChance reports whether a sum that no label states is none by accident: it
// closes in several columns, or in one to many digits.
func (s *rowSums) beyondChance(c candidate) bool {
	const manyDigits, manyClose = 6, 3
	nonzero := 0
	for _, k := range c.of {
		if s.nonzero(k) {
			nonzero++
		}
	}
	if nonzero < 2 {
		return false
	}
	if s.unnamed[c.line] && c.misses == 0 && c.rounded == 0 {
		return c.hits > 1 || nonzero > 2
	}
	digits := 0
	sum := s.reckon(c.of)
	for lane := range s.lanes {
		if sum.in(lane, c.line) == hit {
			digits += len(digitsOf(s.at(c.line, lane).value.String()))
		}
	}
	if c.misses > 0 {
		// One figure typed wrong may be far off; where many close it is a slip.
		close := sum.near(c.line) || c.misses*manyClose <= c.hits
		return c.hits >= 2 && c.misses <= c.hits && digits >= manyDigits+3 && close
	}
	return c.hits >= 3 && digits >= manyDigits || c.hits >= 2 && digits >= manyDigits+2 || digits >= manyDigits+3 && nonzero >= 3
}

func (s *rowSums) nonzero(i int) bool {
	for lane := range s.lanes {
		if f := s.at(i, lane); f.has && !f.value.IsZero() {
			return true
		}
	}
	return false
}

// slips takes the rows whose labels say total and that are near the sum of all the
// rows they can be the sum of: totals that do not close.
func (s *rowSums) slips(roots []int) bool {
	found := false
	for at := 0; at < len(roots); at++ {
		i := roots[at]
		if s.Lines[i].Sum != nil || !s.isLabelled(i) || !s.hasFigures(i) || isCount(s.Lines[i].Name) && !s.isDivided(i) {
			continue
		}
		if of := s.slipOf(roots, at); of != nil && (s.nonzero(i) || !s.takesFromElsewhere(i, of)) {
			s.take(i, of)
			found = true
			roots = s.roots()
			at, _ = slices.BinarySearch(roots, i) // on with the row behind it
		}
	}
	return found
}

// slipOf gives the rows whose sum a root would be without a slip, nil for none.
func (s *rowSums) slipOf(roots []int, at int) []int {
	i := roots[at]
	for _, toAny := range []bool{true, false} {
		for _, step := range []int{+1, -1} {
			of := s.reach(roots, at, step, toAny)
			if len(of) < 2 {
				continue
			}
			plain := s.Lines[i].saysPlainTotal()
			if s.reckon(of).near(i) || s.closesInPart(i, of) || (plain || s.digits(i) >= fewDigits) && s.omitsOne(i, of) || plain && len(of) == len(roots)-1 && s.isFlat() {
				return of
			}
		}
	}
	if of := s.children(i); len(of) > 1 && s.reckon(of).near(i) {
		return of
	}
	if of := s.placesIn(i); len(of) > 1 && (s.reckon(of).near(i) || s.closesInPart(i, of)) {
		return of
	}
	return nil
}

// closesInPart reports whether a row is the sum of others in half of its columns or more, to
// as many digits as hardly happen by chance.
func (s *rowSums) closesInPart(i int, of []int) bool {
	const enough = 3
	sum := s.reckon(of)
	digits := 0
	for lane := range s.lanes {
		if sum.in(lane, i) == hit {
			digits += len(digitsOf(s.at(i, lane).value.String()))
		}
	}
	c := sum.against(i)
	return digits >= enough && c.hits >= c.misses
}

// fewDigits are enough for a row with some label to be no sum but for one by accident.
const fewDigits = 4

// digits counts the digits of the figures of a line.
func (s *rowSums) digits(i int) int {
	n := 0
	for lane := range s.lanes {
		if f := s.at(i, lane); f.has && !f.value.IsZero() {
			n += len(digitsOf(f.value.String()))
		}
	}
	return n
}

// isSlip reports whether a row that is not the sum of others looks like one with a slip.
func (s *rowSums) isSlip(i int, of []int) bool { return s.of(of).near(i) || s.omitsOne(i, of) }

// omitsOne reports whether a row would be the sum of others had it not left one of
// them out, or counted one twice: the same one in every column.
func (s *rowSums) omitsOne(i int, of []int) bool {
	sum := s.of(of)
	for _, k := range of {
		slips, closes := 0, true
		for lane := range s.lanes {
			f, one := s.at(i, lane), s.at(k, lane)
			if !f.has || sum.parts[lane] == 0 || sum.bad[lane] || sum.closes(f, lane) {
				continue
			}
			diff, err := f.value.Add(sum.total[lane].Neg())
			if err != nil || !one.has || diff.Abs() != one.value.Abs() {
				closes = false
				break
			}
			slips++
		}
		if closes && slips > 0 {
			return true
		}
	}
	return false
}

// isFlat reports whether all rows of figures but totals stand at one level, and none is
// a part of another: then a total can be of nothing but all of them.
func (s *rowSums) isFlat() bool {
	level := -1
	for i := range s.Lines {
		if s.skip[i] || s.isLabelled(i) || s.Lines[i].Sum != nil {
			continue
		}
		if s.part[i] || level >= 0 && s.Lines[i].Level != level {
			return false
		}
		level = s.Lines[i].Level
	}
	return true
}

// reach gives the roots from one to the next total in a direction: to any, or to
// one that is not yet understood.
func (s *rowSums) reach(roots []int, at, step int, toAny bool) []int {
	var of []int
	for k := at + step; k >= 0 && k < len(roots); k += step {
		if total := s.Lines[roots[k]].Sum != nil; total && toAny || !total && s.isLabelled(roots[k]) {
			break
		}
		of = append(of, roots[k])
	}
	slices.Sort(of)
	return of
}
