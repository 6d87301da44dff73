package table

import (
	"slices"
	"strings"
)

// byFormulas takes the sums that formulas state: SUM(D5:D9). A formula may stop short of
// the rows too.
func (s *rowSums) byFormulas() {
	byRow := map[int]int{}
	for i := range s.Lines {
		byRow[s.Lines[i].Row] = i
	}
	for i := range s.Lines {
		if s.skip[i] || s.Lines[i].Sum != nil {
			continue
		}
		if of := s.byFormula(i, byRow); len(of) > 1 || len(of) == 1 && s.isLabelled(i) {
			if c := s.reckon(of).against(i); c.whole() || c.mostly() || c.zeros > 0 && c.misses == 0 {
				s.take(i, s.withFarEnd(candidate{c, i, of}, s.roots()))
			}
		}
	}
}

// unvalued takes the sums that formulas without a value state, as programs write them:
// nothing can be held against them, and the row is a total all the same. They come last,
// so that they take no row from a total that has figures.
func (s *rowSums) unvalued() {
	byRow := map[int]int{}
	for i := range s.Lines {
		byRow[s.Lines[i].Row] = i
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Sum != nil || !s.isUnvalued(i) {
			continue
		}
		of := s.byFormula(i, byRow)
		if len(of) < 2 && (len(of) == 0 || !s.isLabelled(i)) {
			continue
		}
		for _, k := range of {
			l.Sum = append(l.Sum, s.Lines[k].Row)
		}
		l.Role = RowTotal
		s.part[i] = false
	}
}

// isUnvalued reports whether every figure of a row that adds up is a formula without a
// value.
func (s *rowSums) isUnvalued(i int) bool {
	some := false
	for k, col := range s.cols {
		if s.at(i, k).has {
			return false
		}
		c := s.look.at(s.Lines[i].Row, col)
		some = some || c != nil && c.NoValue
	}
	return some
}

// stated takes the sums that labels state: "(A+B+C)".
func (s *rowSums) stated() {
	byNumber := map[string][]int{}
	for i := range s.Lines {
		if n := strings.Trim(s.Lines[i].Number, ".)("); n != "" {
			byNumber[n] = append(byNumber[n], s.figuresOf(i))
		}
	}
	for i := range s.Lines {
		if !s.skip[i] && s.Lines[i].Sum == nil {
			s.statedBy(i, byNumber)
		}
	}
}

// figuresOf gives the line with the figures of a section: its total, where the line
// that names it has none.
func (s *rowSums) figuresOf(i int) int {
	if total, ok := s.sections[i]; ok {
		return total
	}
	return i
}

// WithoutFormula takes the formula of row numbers off the end of a label: "Lợi nhuận
// (I-II)", "Tổng số (1+2)". Ages "(6-11)" and years are none.
func WithoutFormula(label string) string {
	label = strings.TrimSpace(label)
	open := strings.LastIndexByte(label, '(')
	inner, closed := strings.CutSuffix(label, ")")
	if !closed || open <= 0 {
		return label
	}
	inner = strings.ReplaceAll(inner[open+1:], " ", "")
	numbers := strings.FieldsFunc(inner, func(r rune) bool { return strings.ContainsRune("=+-–", r) })
	if len(numbers) < 2 || slices.ContainsFunc(numbers, func(n string) bool { return styleOf(n) == noStyle }) {
		return label
	}
	if !strings.ContainsAny(inner, "=+") && isDigitByte(numbers[0][0]) {
		return label
	}
	return strings.TrimSpace(label[:open])
}

// statedBy tries what a label states: the rows of those numbers that follow, or
// those that went before.
func (s *rowSums) statedBy(i int, byNumber map[string][]int) {
	best := candidate{}
	for _, below := range []bool{true, false} {
		of := statedParts(s.Lines[i].Name, byNumber, i, below)
		if len(of) < 2 {
			continue
		}
		sum := s.reckon(of)
		c := candidate{sum.against(i), i, of}
		if (c.hits > 0 || c.misses > 0 && sum.near(i)) && c.better(best) {
			best = c
		}
	}
	if best.of != nil {
		s.take(i, best.of)
	}
}

// byFormula gives the rows that the formulas of a row add up, the same in most
// of its columns.
func (s *rowSums) byFormula(i int, byRow map[int]int) []int {
	var best []int
	votes := map[string]int{}
	for _, col := range s.cols {
		c := s.look.at(s.Lines[i].Row, col)
		if c == nil || c.Formula == "" {
			continue
		}
		refs, ok := addends(c.Formula)
		if !ok {
			continue
		}
		var of []int
		for _, r := range refs {
			if r.col != col {
				of = nil
				break
			}
			if k, ok := byRow[r.row]; ok && k != i && (!s.skip[k] || s.isUnvalued(k)) {
				of = append(of, k)
			}
		}
		slices.Sort(of)
		of = slices.Compact(of)
		if len(of) == 0 {
			continue
		}
		key := keyOf(of)
		if votes[key]++; votes[key] == 1 && best == nil || votes[key] > 1 && votes[key] > votes[keyOf(best)] {
			best = of
		}
	}
	return best
}

// takesFromElsewhere reports whether a formula of a row names a row that is none of some
// others: "=F27" is no sum of what stands under it.
func (s *rowSums) takesFromElsewhere(i int, of []int) bool {
	for _, col := range s.cols {
		c := s.look.at(s.Lines[i].Row, col)
		if c == nil || c.Formula == "" {
			continue
		}
		refs, ok := addends(c.Formula)
		if ok && slices.ContainsFunc(refs, func(r ref) bool {
			return !slices.ContainsFunc(of, func(k int) bool { return s.Lines[k].Row == r.row })
		}) {
			return true
		}
	}
	return false
}

func keyOf(of []int) string {
	var b strings.Builder
	for _, n := range of {
		b.WriteRune(rune(n + 1))
	}
	return b.String()
}

// statedParts gives the rows that a label adds up by their numbers: "Tổng số
// (A+B+C)", "Tổng thu nhập (1+2+3)", "Cộng I + II". Of several rows of a number
// the nearest below is meant, or the nearest above.
func statedParts(name string, byNumber map[string][]int, at int, below bool) []int {
	i := strings.IndexByte(name, '+')
	if i < 0 {
		return nil
	}
	from := strings.LastIndexAny(name[:i], "(=:")
	expr := name[from+1:]
	if end := strings.IndexByte(expr, ')'); end >= 0 {
		expr = expr[:end]
	}
	var out []int
	for _, term := range strings.Split(expr, "+") {
		words := strings.Fields(term)
		if len(words) == 0 {
			return nil
		}
		number := strings.Trim(words[len(words)-1], ".")
		if len(words) > 1 && len(out) > 0 {
			number = strings.Trim(words[0], ".")
		}
		k := nextLine(byNumber[number], at, below)
		if k < 0 {
			return nil
		}
		out = append(out, k)
	}
	return out
}

// nextLine gives the first line after one, or the last before it, -1 without.
func nextLine(lines []int, at int, below bool) int {
	found := -1
	for _, l := range lines {
		switch {
		case below && l > at:
			return l
		case !below && l < at:
			found = l
		}
	}
	return found
}
