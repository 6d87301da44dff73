package table

import (
	"slices"
	"strings"

	"tonghop/ingest/viet"
	"tonghop/report/decimal"
)

// ratioWords are words over columns whose figures do not add up, by key.
var ratioWords = keys("tỷ lệ", "tỉ lệ", "tỷ trọng", "bình quân", "trung bình", "so sánh", "tỷ suất", "năng suất", "đơn giá", "lãi suất", "mức", "tốc độ", "chỉ số", "hệ số", "điểm", "tl", "bq", "so với", "đạt", "%")

// Adds reports whether the figures of a column can be added up.
func (c *Col) Adds() bool {
	if c.Role != ColValue || strings.Contains(c.Unit, "%") {
		return false
	}
	if len(c.Path) == 0 {
		return true
	}
	leaf := c.Path[len(c.Path)-1]
	if strings.Contains(leaf, "%") {
		return false
	}
	key := viet.Key(leaf)
	for _, w := range ratioWords {
		if key == w || strings.HasPrefix(key, w+" ") {
			return false
		}
	}
	return true
}

// rowVectors lays the figures out by rows; lanes are the columns that add up.
func (t *Table) rowVectors() (*vectors, []int) {
	var cols []int
	for i := range t.Cols {
		if t.Cols[i].Adds() {
			cols = append(cols, t.Cols[i].Col)
		}
	}
	v := newVectors(len(t.Lines), len(cols))
	for i := range t.Lines {
		for k, col := range cols {
			t.fill(v.at(i, k), t.Lines[i].Row, col)
		}
	}
	return v, cols
}

func (t *Table) fill(f *figure, row, col int) {
	c := t.look.at(row, col)
	if c == nil || c.kind != kindFigure {
		return
	}
	*f = figure{value: c.value, has: true, fine: c.fine}
}

// rowSums finds totals among the rows.
type rowSums struct {
	*Table
	*vectors
	cols   []int
	parent []int // of each line: the line that counts it, -1
	part   []bool
	skip   []bool // has no figures

	labels     []int8 // whether the name says that it is a total: 1 yes, -1 no, 0 not yet asked
	unnumbered []bool // has no number where nearly all rows have one
	unnamed    []bool // has no name where nearly all rows have one
}

// sumRows finds the rows that are sums of others. Arithmetic decides; the labels
// and the tree of rows say where to look first.
func (t *Table) sumRows() {
	s := &rowSums{Table: t}
	s.vectors, s.cols = t.rowVectors()
	n := len(t.Lines)
	s.parent, s.part, s.skip, s.labels = make([]int, n), make([]bool, n), make([]bool, n), make([]int8, n)
	s.unnumbered, s.unnamed = make([]bool, n), make([]bool, n)
	for i := range n {
		s.parent[i] = -1
		s.skip[i] = t.figuresIn(&t.Lines[i]) == 0
	}
	if s.lanes == 0 {
		s.labelOnly()
		return
	}
	s.markParts()
	s.unnumbered = s.without(func(l *Line) string { return l.Number })
	s.unnamed = s.without(func(l *Line) string { return l.Name })
	clear(s.labels) // a number that is lacking is a label
	s.stated()
	s.byTree()
	s.byParts()
	for range mostSweeps {
		if !s.sweep() {
			break
		}
	}
	s.counted()
	s.labelOnly()
	s.say()
}

// counted tries the rows that a total counts as sums themselves, of the rows next
// to them that nothing counts: the total of the country closes over its regions
// before the last of them is seen to be a total.
func (s *rowSums) counted() {
	for i := range s.Lines {
		if s.skip[i] || s.part[i] || s.parent[i] < 0 || s.Lines[i].Sum != nil {
			continue
		}
		for _, step := range []int{+1, -1} {
			near := []int{i}
			for k := i + step; k >= 0 && k < len(s.Lines) && (s.skip[k] || s.part[k] || s.parent[k] < 0); k += step {
				if !s.skip[k] && !s.part[k] {
					near = append(near, k)
				}
			}
			if c := s.run(near, 0, +1); len(c.of) > 1 && c.whole() && (s.isLabelled(i) || s.beyondChance(c)) {
				s.take(i, c.of)
				break
			}
		}
	}
}

// labelOnly makes totals of what only its label says, in blank forms above all:
// what they sum is not known.
func (s *rowSums) labelOnly() {
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Role == RowData && isPlainTotal(l.Name) && (s.skip[i] || s.lanes == 0 || !s.hasFigures(i)) {
			l.Role = RowTotal
		}
	}
}

func (s *rowSums) hasFigures(i int) bool {
	for k := range s.lanes {
		if s.at(i, k).has {
			return true
		}
	}
	return false
}

// isLabelled reports whether the name of a row says that it is a total.
func (s *rowSums) isLabelled(i int) bool {
	if s.labels[i] == 0 {
		s.labels[i] = -1
		if isTotalLabel(s.Lines[i].Name) || s.unnumbered[i] || s.holdsPlaces(i) {
			s.labels[i] = 1
		}
	}
	return s.labels[i] > 0
}

// holdsPlaces reports whether a row is about a place that those right after it, or
// right before it, lie in: a district over its communes.
func (s *rowSums) holdsPlaces(i int) bool {
	rank := placeRank(s.Lines[i].Name)
	if rank == 0 {
		return false
	}
	const few = 2
	n := 0
	for k := i + 1; k < len(s.Lines) && n < few && placeRank(s.Lines[k].Name) > rank; k++ {
		if rank == 1 && isCity(s.Lines[k].Name) {
			return false // provinces and cities stand side by side
		}
		n++
	}
	return n == few
}

// placeWords are the words for levels of administration, from the highest, by key.
var placeWords = [][]string{
	keys("tỉnh"),
	keys("thành phố", "tp", "t p", "huyện", "h", "thị xã", "tx", "t x", "quận", "q"),
	keys("xã", "x", "phường", "p", "thị trấn", "tt", "đặc khu"),
}

// isCity reports whether a name says that it is a city.
func isCity(name string) bool {
	_, rest := splitNumber(name)
	return beginsWith(viet.Key(rest), cityWords)
}

var cityWords = keys("thành phố", "tp", "t p")

// placeRank gives how far down the level is that a name begins with, 0 for a name
// that does not say.
func placeRank(name string) int {
	_, rest := splitNumber(name)
	key := viet.Key(rest)
	for i, words := range placeWords {
		for _, w := range words {
			if strings.HasPrefix(key, w+" ") {
				return i + 1
			}
		}
	}
	return 0
}

// isTotalLabel is [IsTotal] for labels that may be names: "Tổng công ty" adds
// nothing up, nor does the commune of Cộng Hòa.
func isTotalLabel(name string) bool {
	_, rest := splitNumber(name)
	key := viet.Key(rest)
	if beginsWith(key, periodTotals) {
		return true
	}
	if key == "t c" || key == "tc" {
		return true
	}
	if !IsTotal(rest, nil) {
		return false
	}
	for _, w := range notTotals {
		if strings.HasPrefix(key, w) {
			return false
		}
	}
	return true
}

// periodTotals begin names of periods that are often the sums of shorter ones above.
var periodTotals = keys("quý", "cả năm", "6 tháng", "9 tháng", "sáu tháng", "chín tháng", "lũy kế")

// isPlainTotal reports whether a label says nothing else than that its row is a
// total: "Tổng cộng", "Cộng (I+II)", not "Tổng số ngày nuôi dưỡng".
func isPlainTotal(name string) bool {
	if !isTotalLabel(name) {
		return false
	}
	_, rest := splitNumber(name)
	if i := strings.IndexAny(rest, "(:="); i > 0 {
		rest = rest[:i]
	}
	key := viet.Key(rest)
	for _, w := range totalWords {
		if key == w {
			return true
		}
	}
	return key == "t c" || key == "tc" || beginsWith(key, plainTotals)
}

// plainTotals begin labels that are totals whatever follows.
var plainTotals = keys("tổng cộng", "cộng", "toàn tỉnh", "toàn quốc", "toàn huyện", "toàn thành phố", "toàn ngành", "cả nước", "cả tỉnh")

var notTotals = keys("tổng công ty", "tổng cục", "tổng liên đoàn", "tổng đài", "tổng hội", "tổng kho", "tổng thanh tra", "tổng biên tập", "cộng hòa", "cộng hiền", "cộng lạc", "cộng tác", "cộng đồng", "tổng hợp", "toàn thắng", "tổng lãnh sự", "tổng giám đốc")

// markParts finds the rows that are parts of a row above and are counted there.
func (s *rowSums) markParts() {
	for i := 0; i < len(s.Lines); i++ {
		l := &s.Lines[i]
		_, rest := splitNumber(l.Name)
		if !IsPart(rest) && !isPartHeading(l.Name) {
			continue
		}
		heading := isPartHeading(l.Name)
		if heading && closesParts(l.Name) {
			continue // they are told by adding up
		}
		if !heading {
			s.part[i] = true
		}
		if i+1 == len(s.Lines) {
			return
		}
		base := noStyle
		if i > 0 {
			base = styleOf(s.Lines[i-1].Number)
		}
		first := styleOf(s.Lines[i+1].Number)
		if !heading && first != dash && first != plus {
			continue
		}
		if !heading && l.Number != "" && styleOf(l.Number) == first {
			continue // "- Trong đó nữ" among dashes is one part alone
		}
		for k := i + 1; k < len(s.Lines); k++ {
			st := styleOf(s.Lines[k].Number)
			if s.isLabelled(k) || st != first && (st == base || st < first && st != noStyle) || st == base && st != noStyle || s.Lines[k].Level > 0 && l.Level > 0 && s.Lines[k].Level < l.Level {
				break
			}
			if first == noStyle && st != noStyle || first != noStyle && st == noStyle {
				break
			}
			s.part[k] = true
		}
	}
}

// without marks the rows that stand out by not having what nearly all have.
func (s *rowSums) without(what func(*Line) string) []bool {
	bare := make([]bool, len(s.Lines))
	has, lacks := 0, 0
	for i := range s.Lines {
		switch {
		case s.skip[i] || s.part[i]:
		case what(&s.Lines[i]) != "":
			has++
		default:
			bare[i] = true
			lacks++
		}
	}
	if has < 3*lacks {
		clear(bare)
	}
	return bare
}

// stated takes the sums that formulas and labels state: SUM(D5:D9), "(A+B+C)".
func (s *rowSums) stated() {
	byNumber := map[string][]int{}
	byRow := map[int]int{}
	for i := range s.Lines {
		byRow[s.Lines[i].Row] = i
		if n := strings.Trim(s.Lines[i].Number, ".)("); n != "" {
			byNumber[n] = append(byNumber[n], i)
		}
	}
	for i := range s.Lines {
		if s.skip[i] {
			continue
		}
		if of := s.byFormula(i, byRow); len(of) > 1 || len(of) == 1 && s.isLabelled(i) {
			if c := s.of(of).against(i); c.whole() || c.mostly() || c.zeros > 0 && c.misses == 0 {
				s.take(i, of)
				continue
			}
		}
		s.statedBy(i, byNumber)
	}
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
		sum := s.of(of)
		c := candidate{sum.against(i), i, of}
		if (c.whole() || c.mostly() || c.hits+c.misses > 0 && sum.near(i)) && c.better(best) {
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
			if k, ok := byRow[r.row]; ok && k != i && !s.skip[k] {
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

// take makes a line the sum of others.
func (s *rowSums) take(i int, of []int) {
	s.Lines[i].Sum = nil
	for _, k := range of {
		s.Lines[i].Sum = append(s.Lines[i].Sum, s.Lines[k].Row)
		if s.parent[k] < 0 {
			s.parent[k] = i
		}
	}
	slices.Sort(s.Lines[i].Sum)
	s.Lines[i].Role = RowTotal
	s.part[i] = false
}

// byTree tries each row with rows under it in the tree as their sum, the deepest
// first.
func (s *rowSums) byTree() {
	var nothing []int // rows of nought over rows of nought
	for i := len(s.Lines) - 1; i >= 0; i-- {
		if s.skip[i] || s.Lines[i].Level == 0 || s.Lines[i].Sum != nil {
			continue
		}
		if of := s.children(i); len(of) > 1 {
			c := s.of(of).against(i)
			switch {
			case c.misses == 0 && c.hits == 0 && c.zeros > 0:
				nothing = append(nothing, i)
			case c.likely(), c.hits > 1 && c.mostly(), c.hits > 0 && c.hits >= c.misses && s.of(of).near(i):
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

// byParts tries a total as the sum of the rows that "trong đó" stands over: they need
// not be all of it, but may.
func (s *rowSums) byParts() {
	for h := 1; h < len(s.Lines); h++ {
		i := h - 1
		if !isPartHeading(s.Lines[h].Name) || s.skip[i] || s.Lines[i].Sum != nil {
			continue
		}
		var of []int
		for k := h + 1; k < len(s.Lines) && s.part[k]; k++ {
			if !s.skip[k] {
				of = append(of, k)
			}
		}
		sum := s.of(of)
		c := sum.against(i)
		switch {
		case len(of) < 2:
		case c.whole() && (s.isLabelled(i) || c.hits > 1), isPlainTotal(s.Lines[i].Name) && (c.hits > 1 && c.mostly() || sum.near(i)):
			s.take(i, of)
		}
	}
}

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

// sweep looks once over the rows that nothing counts for one that is the sum of
// those before or after it. It reports whether it found one.
func (s *rowSums) sweep() bool {
	roots := s.roots()
	if len(roots) < 2 {
		return false
	}
	// What the label calls a total first, from the smallest reach to the widest: a
	// total of a section stands nearer to its rows than that of the table.
	best := candidate{}
	for at, i := range roots {
		if s.Lines[i].Sum != nil || !s.isLabelled(i) {
			continue
		}
		for _, c := range []candidate{s.run(roots, at, +1), s.run(roots, at, -1)} {
			if c.better(best) {
				best = c
			}
		}
	}
	if best.of != nil {
		s.take(best.line, best.of)
		return true
	}
	for at, i := range roots[:min(len(roots), mostSearched)] {
		if s.Lines[i].Sum != nil || s.isLabelled(i) {
			continue
		}
		for _, c := range []candidate{s.run(roots, at, +1), s.run(roots, at, -1)} {
			if c.of != nil && s.beyondChance(c) {
				s.take(c.line, c.of)
				return true
			}
		}
	}
	return s.slips(roots)
}

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
	sum := s.newSum()
	best, partly := candidate{}, candidate{}
	var of []int // of a candidate the first rows; cut and copied when it is chosen
	for k := at + step; k >= 0 && k < len(roots); k += step {
		r := roots[k]
		if !labelled && len(of) >= mostUnlabelled {
			break
		}
		if labelled && s.Lines[r].Sum == nil && s.isLabelled(r) && len(of) > 0 {
			break // the next total that is not yet understood
		}
		if s.Lines[i].Level > 0 && s.Lines[r].Level > 0 && s.Lines[r].Level < s.Lines[i].Level && !labelled {
			break
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
	if len(best.of) == 1 { // the same total once more
		if twin := best.of[0]; s.Lines[twin].Sum != nil {
			best.of = s.linesOf(s.Lines[twin].Sum)
		}
	}
	slices.Sort(best.of)
	return best
}

// linesOf gives the lines of rows.
func (s *rowSums) linesOf(rows []int) []int {
	var out []int
	for i := range s.Lines {
		if slices.Contains(rows, s.Lines[i].Row) {
			out = append(out, i)
		}
	}
	return out
}

// beyondChance reports whether a sum that no label states is none by accident: it
// closes in several columns, or in one to many digits.
func (s *rowSums) beyondChance(c candidate) bool {
	const manyDigits = 6
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
	sum := s.of(c.of)
	for lane := range s.lanes {
		if f := s.at(c.line, lane); f.has && !f.value.IsZero() && sum.parts[lane] > 0 && !sum.bad[lane] && sum.closes(f, lane) {
			digits += len(digitsOf(f.value.String()))
		}
	}
	if c.misses > 0 {
		return c.hits >= 2 && c.misses <= c.hits && digits >= manyDigits+3 && sum.near(c.line)
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

// slips takes a row whose label says total and that is near the sum of all the
// rows it can be the sum of: a total that does not close.
func (s *rowSums) slips(roots []int) bool {
	for at, i := range roots {
		if s.Lines[i].Sum != nil || !s.isLabelled(i) || !s.hasFigures(i) {
			continue
		}
		for _, of := range [][]int{s.reach(roots, at, +1, true), s.reach(roots, at, -1, true), s.reach(roots, at, +1, false), s.reach(roots, at, -1, false)} {
			if len(of) > 1 && (s.of(of).near(i) || isPlainTotal(s.Lines[i].Name) && s.omitsOne(i, of)) {
				s.take(i, of)
				return true
			}
		}
		if of := s.children(i); len(of) > 1 && s.of(of).near(i) {
			s.take(i, of)
			return true
		}
	}
	return false
}

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

// say makes what does not close known, and calls the rest totals by their labels.
func (s *rowSums) say() {
	means := s.neverClose()
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Sum == nil {
			if l.Role == RowData && isPlainTotal(l.Name) && !s.part[i] {
				l.Role = RowTotal
			}
			continue
		}
		sum := s.of(s.linesOf(l.Sum))
		for lane, col := range s.cols {
			f := s.at(i, lane)
			if f.has && sum.parts[lane] > 0 && !sum.bad[lane] && !sum.closes(f, lane) && !(means[lane] && s.isMean(f, lane, l.Sum)) {
				s.Broken = append(s.Broken, Broken{Row: l.Row, Col: col, Of: l.Sum, Got: f.value, Want: sum.total[lane], Rounding: sum.rounds(f, lane)})
			}
		}
	}
	for i := range s.Lines {
		s.Lines[i].Part = s.part[i]
	}
}

// neverClose gives the columns of several in which no total closes, though totals
// close in others.
func (s *rowSums) neverClose() []bool {
	closes := make([]bool, s.lanes)
	any := false
	for i := range s.Lines {
		if s.Lines[i].Sum == nil {
			continue
		}
		sum := s.of(s.linesOf(s.Lines[i].Sum))
		for lane := range s.lanes {
			if f := s.at(i, lane); f.has && !f.value.IsZero() && sum.parts[lane] > 0 && !sum.bad[lane] && (sum.closes(f, lane) || sum.rounds(f, lane)) {
				closes[lane], any = true, true
			}
		}
	}
	for lane := range closes {
		closes[lane] = any && !closes[lane]
	}
	return closes
}

// isMean reports whether a figure lies between the least and the greatest of three
// or more parts: it is the mean of its column, which the words over it do not say.
func (s *rowSums) isMean(f *figure, lane int, rows []int) bool {
	n := 0
	var least, most decimal.Decimal
	for _, k := range s.linesOf(rows) {
		p := s.at(k, lane)
		if !p.has || p.value.IsZero() {
			continue
		}
		if n == 0 || p.value.Cmp(least) < 0 {
			least = p.value
		}
		if n == 0 || p.value.Cmp(most) > 0 {
			most = p.value
		}
		n++
	}
	return n >= 3 && least.Sign() > 0 && f.value.Cmp(least) > 0 && f.value.Cmp(most) < 0
}

// Diff gives how much too much stands there.
func (b Broken) Diff() decimal.Decimal {
	d, err := b.Got.Add(b.Want.Neg())
	if err != nil {
		return decimal.Decimal{}
	}
	return d
}
