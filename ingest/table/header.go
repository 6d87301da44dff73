package table

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// Want is a column that is looked for: any of the paths, each from the top, as
// keys ([viet.Key]).
type Want struct {
	Paths [][]string
}

// Column is a column of a table that was found.
type Column struct {
	Col  int
	Path []string // the words over it, from the top
	Want int      // index of what it is, -1 when it is nothing that was looked for
	said []*words // the same with their keys
	fit  int
}

// Title gives the words over the column in one line.
func (c Column) Title() string { return strings.Join(c.Path, " / ") }

// Leaf gives the lowest words over the column, "" when there are none.
func (c Column) Leaf() string {
	if len(c.Path) == 0 {
		return ""
	}
	return c.Path[len(c.Path)-1]
}

// LeafKey gives the key of the lowest words, without a unit in brackets.
func (c Column) LeafKey() string { return viet.Key(WithoutUnit(c.Leaf())) }

// Twice is a thing that two columns claim to be.
type Twice struct {
	Want          int
	First, Second int // columns
}

// Header is the head of a table.
type Header struct {
	Top, Bottom int // rows, both ends included
	Columns     []Column
	Twice       []Twice
	Found       int // how many of the wants have a column
	score       int
	said        []*words // of all columns, one after the other
}

// Give makes a column the one that a want has, and no other.
func (h *Header) Give(want, col int) {
	for i := range h.Columns {
		switch c := &h.Columns[i]; {
		case c.Col == col:
			c.Want = want
		case c.Want == want:
			c.Want = -1
		}
	}
}

// Bounds of the search: no real header lies deeper, and a hostile sheet must
// not make the search long.
const (
	lowestHeader  = 200 // row
	deepestHeader = 5   // rows
	widestTable   = 1000
	mostBottoms   = 80
)

// Search is what is looked for over the columns of tables. It is read only, and
// serves any number of sheets and goroutines.
type Search struct {
	wants  []Want
	byLeaf map[string][]int // wants by the last step of any of their paths
	tails  map[string]bool  // what a header of several rows may end in
	extra  map[string]bool
	figure int // length of the longest tail that begins with a digit: what figures are held against
	reach  int // the most that a column with a want adds to a score
}

// NewSearch looks for wants. extra are words that also speak for a header without
// being wanted, such as those over the key column.
func NewSearch(wants []Want, extra ...[]string) *Search {
	q := &Search{wants: wants, byLeaf: map[string][]int{}, extra: map[string]bool{}, tails: map[string]bool{}}
	longest := 1
	for i, w := range wants {
		for _, p := range w.Paths {
			leaf := p[len(p)-1]
			if !slices.Contains(q.byLeaf[leaf], i) {
				q.byLeaf[leaf] = append(q.byLeaf[leaf], i)
			}
			for tail := leaf; tail != ""; _, tail, _ = strings.Cut(tail, " ") {
				q.tails[tail] = true
				if '0' <= tail[0] && tail[0] <= '9' {
					q.figure = max(q.figure, len(tail))
				}
			}
			longest = max(longest, len(p))
		}
	}
	q.reach = worthWant + worthFit*max(fitLine, fitLeaf+fitStep*(longest-1)+fitWhole)
	for _, list := range extra {
		for _, e := range list {
			q.extra[viet.Key(e)] = true
		}
	}
	return q
}

// Find gives the best header on the sheet among rows from first on, and false
// when nothing on the sheet is wanted.
func (q *Search) Find(s *sheet.Sheet, first int) (Header, bool) {
	f := q.on(s)
	var best, tried Header // what is tried reuses the room of what was turned down
	for _, bottom := range f.bottoms(first) {
		if f.most(max(bottom-deepestHeader+1, first), bottom) <= best.score {
			continue
		}
		for depth := 1; depth <= deepestHeader && bottom-depth+1 >= first; depth++ {
			if f.try(&tried, bottom-depth+1, bottom); tried.score > best.score {
				best, tried = tried, best
			}
		}
	}
	best.spell()
	return best, best.Found > 0
}

// spell writes out the words over the columns of the header that was chosen.
func (h *Header) spell() {
	for i := range h.Columns {
		c := &h.Columns[i]
		c.Path = make([]string, len(c.said))
		for k, w := range c.said {
			c.Path[k] = w.text
		}
	}
}

// finder is a search on one sheet.
type finder struct {
	*Search
	sheet *sheet.Sheet
	words map[*sheet.Cell]*words // of the cells that were read as headers, many times over

	// Room for one header after the other.
	filled    colSet
	cols      []int
	claims    []claim
	claimants []int // of one column
	taken     []int // by want: the claim that took it, from 1, 0 for none
	line      []byte
}

// claim is what a column may be.
type claim struct{ column, want, fit int }

func (q *Search) on(s *sheet.Sheet) *finder {
	return &finder{Search: q, sheet: s, words: map[*sheet.Cell]*words{}, taken: make([]int, len(q.wants))}
}

// words are what a cell says as a header.
type words struct {
	text string
	key  string
	bare string // the key without a unit in brackets
}

func (f *finder) wordsOf(c *sheet.Cell) *words {
	w := f.words[c]
	if w == nil {
		w = &words{key: c.Key()}
		w.text, _ = viet.Clean(c.Text)
		if w.bare = w.key; strings.HasSuffix(w.text, ")") {
			w.bare = viet.Key(WithoutUnit(w.text))
		}
		f.words[c] = w
	}
	return w
}

// appendLine appends the keys over a column in one line.
func (c *Column) appendLine(out []byte) []byte {
	for i, w := range c.said {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, w.key...)
	}
	return out
}

// isLine reports whether a key is the keys over a column in one line.
func (c *Column) isLine(key string) bool {
	for i, w := range c.said {
		if i > 0 {
			if !strings.HasPrefix(key, " ") {
				return false
			}
			key = key[1:]
		}
		if !strings.HasPrefix(key, w.key) {
			return false
		}
		key = key[len(w.key):]
	}
	return key == ""
}

// What speaks for a header: each column that is wanted, the more the better its
// words fit, and each that heads the rows.
const (
	worthWant  = 100
	worthFit   = 10
	worthExtra = 50
)

// How well a column's words fit a want.
const (
	fitLine  = 4 // all words over it, in one line
	fitLeaf  = 2 // the lowest words
	fitStep  = 2 // each step above
	fitWhole = 1 // nothing was passed over
)

// most bounds the scores of the headers that end in a row: whatever stands above,
// the words in the row itself are the last of their columns. Most rows of a table
// hold figures, a few of which look like codes, and need not be tried at all.
func (f *finder) most(top, bottom int) int {
	wanted, others := 0, 0
	for _, col := range f.columns(top, bottom) {
		cell := f.sheet.Shown(bottom, col)
		if cell == nil { // what stands above may be anything
			wanted++
			continue
		}
		switch {
		case f.wanted(cell) || cell.Type != xlsx.Number && keyIn(silent, cell):
			wanted++
		case keyIn(f.extra, cell):
			others++
		}
	}
	claims := min(wanted, len(f.wants))
	return claims*f.reach + (wanted-claims+others)*worthExtra
}

// bottoms gives the rows that may be the last of a header: those in which words
// that are wanted end.
func (f *finder) bottoms(first int) []int {
	rows := map[int]bool{}
	for _, row := range f.sheet.RowNumbers(first) {
		if row > lowestHeader || len(rows) >= mostBottoms {
			break
		}
		cells := f.sheet.Row(row)
		for i := range cells[:min(len(cells), widestTable)] {
			c := &cells[i]
			if !f.wanted(c) {
				continue
			}
			bottom := row
			if area, ok := f.sheet.Area(row, c.Col); ok {
				bottom = min(area.LastRow, row+deepestHeader)
			}
			rows[bottom] = true
		}
	}
	return slices.Sorted(maps.Keys(rows))
}

// wanted reports whether the words of a cell can be the last of a path, or its
// end, where one header was written over several rows.
func (f *finder) wanted(c *sheet.Cell) bool {
	if !c.IsText() && digits(c.Text) > f.figure {
		return false // as of most figures and dates, and costs no key
	}
	return keyIn(f.tails, c) || c.IsText() && strings.HasSuffix(c.Text, ")") && f.tails[viet.Key(WithoutUnit(c.Text))]
}

// digits counts the digits of a text.
func digits(text string) (n int) {
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			n++
		}
	}
	return n
}

// silent are the keys of cells that say nothing.
var silent = map[string]bool{"": true}

// keyIn reports whether the key of a cell is in a set. Texts keep their keys,
// which are asked for again; figures, of which there are many more, do not.
func keyIn(set map[string]bool, c *sheet.Cell) bool {
	if c.IsText() {
		return set[c.Key()]
	}
	var buf [32]byte
	return set[string(viet.AppendKey(buf[:0], c.Text))]
}

// try reads the rows as a header.
func (f *finder) try(h *Header, top, bottom int) {
	*h = Header{Top: top, Bottom: bottom, Columns: h.Columns[:0], Twice: h.Twice[:0], said: h.said[:0]}
	cols := f.columns(top, bottom)
	h.Columns = slices.Grow(h.Columns, len(cols))
	for _, col := range cols {
		from := len(h.said)
		if h.said = f.path(h.said, col, top, bottom); len(h.said) > from {
			h.Columns = append(h.Columns, Column{Col: col, Want: -1, said: h.said[from:len(h.said):len(h.said)]})
		}
	}
	f.assign(h)
	for i := range h.Columns {
		c := &h.Columns[i]
		if c.Want >= 0 {
			h.Found++
			h.score += worthWant + worthFit*c.fit
		} else if f.extra[c.said[len(c.said)-1].key] {
			h.score += worthExtra
		}
	}
	if h.Found == 0 {
		h.score = 0
	} else {
		h.score -= bottom - top // of equal headers the shorter one
	}
}

// columns gives the columns in which the rows have something, or lie under
// something merged. The slice is good until the next call.
func (f *finder) columns(top, bottom int) []int {
	for row := top; row <= bottom; row++ {
		cells := f.sheet.Row(row)
		for i := range cells[:min(len(cells), widestTable)] {
			f.filled.add(cells[i].Col)
			if area, ok := f.sheet.Area(row, cells[i].Col); ok {
				for col := area.FirstCol; col <= min(area.LastCol, area.FirstCol+widestTable); col++ {
					f.filled.add(col)
				}
			}
		}
	}
	f.cols = f.filled.drain(f.cols[:0])
	return f.cols
}

// colSet is a set of columns of a sheet, a bit for each.
type colSet []uint64

func (s *colSet) add(col int) {
	word := col / 64
	for word >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[word] |= 1 << (col % 64)
}

// drain appends the columns in their order, and leaves none in the set.
func (s colSet) drain(out []int) []int {
	for i := range s {
		for ; s[i] != 0; s[i] &= s[i] - 1 {
			out = append(out, 64*i+bits.TrailingZeros64(s[i]))
		}
	}
	return out
}

// path adds the words over a column.
func (f *finder) path(said []*words, col, top, bottom int) []*words {
	var last *sheet.Cell
	for row := top; row <= bottom; row++ {
		cell := f.sheet.Shown(row, col)
		if cell == nil && row < bottom {
			cell = f.groupOver(row, col, bottom)
		}
		if cell == nil || cell == last {
			continue
		}
		last = cell
		said = append(said, f.wordsOf(cell))
	}
	return said
}

// groupOver finds the words of a group that was centred over its columns
// without merging them: the nearest to the left, when the columns in between
// are empty in that row and have words of their own below.
func (f *finder) groupOver(row, col, bottom int) *sheet.Cell {
	const widestGroup = 30
	if f.sheet.At(bottom, col) == nil {
		return nil
	}
	for left := col - 1; left >= max(col-widestGroup, 1); left-- {
		if area, ok := f.sheet.Area(row, left); ok {
			_ = area
			return nil
		}
		if cell := f.sheet.At(row, left); cell != nil {
			if f.sheet.At(bottom, left) == nil {
				return nil
			}
			return cell
		}
		if f.sheet.At(bottom, left) == nil {
			return nil
		}
	}
	return nil
}

// assign says of each column what it is: the want that fits it best, each want
// at most once.
func (f *finder) assign(h *Header) {
	f.claims = f.claims[:0]
	for i := range h.Columns {
		for _, want := range f.claimed(&h.Columns[i]) {
			if fit := f.fit(&h.Columns[i], want); fit > 0 {
				f.claims = append(f.claims, claim{i, want, fit})
			}
		}
	}
	slices.SortStableFunc(f.claims, func(a, b claim) int { return cmp.Compare(b.fit, a.fit) })
	clear(f.taken)
	for i, c := range f.claims {
		column := &h.Columns[c.column]
		if column.Want >= 0 {
			continue
		}
		if n := f.taken[c.want]; n > 0 {
			if first := f.claims[n-1]; first.fit == c.fit {
				h.Twice = append(h.Twice, Twice{c.want, h.Columns[first.column].Col, column.Col})
			}
			continue
		}
		f.taken[c.want] = i + 1
		column.Want, column.fit = c.want, c.fit
	}
}

// claimed gives the wants whose last words are those over the column. The slice
// is good until the next call.
func (f *finder) claimed(c *Column) []int {
	leaf := c.said[len(c.said)-1]
	f.claimants = append(f.claimants[:0], f.byLeaf[leaf.key]...)
	if leaf.bare != leaf.key {
		f.alsoClaimed(f.byLeaf[leaf.bare])
	}
	if len(c.said) > 1 {
		f.line = c.appendLine(f.line[:0])
		f.alsoClaimed(f.byLeaf[string(f.line)])
	}
	return f.claimants
}

func (f *finder) alsoClaimed(wants []int) {
	for _, want := range wants {
		if !slices.Contains(f.claimants, want) {
			f.claimants = append(f.claimants, want)
		}
	}
}

// fit tells how well a column's words agree with a want; 0 is not at all.
func (f *finder) fit(c *Column, want int) int {
	best := 0
	for _, path := range f.wants[want].Paths {
		best = max(best, fitPath(c, path))
	}
	return best
}

func fitPath(c *Column, path []string) int {
	if len(path) == 1 && c.isLine(path[0]) {
		return fitLine
	}
	// The last words must agree, those above must occur in their order.
	last := len(c.said) - 1
	if leaf := path[len(path)-1]; c.said[last].key != leaf && c.said[last].bare != leaf {
		return 0
	}
	at, seen := 0, 0
	for _, step := range path[:len(path)-1] {
		for at < last && c.said[at].key != step && c.said[at].bare != step {
			at++
		}
		if at == last {
			return 0
		}
		at++
		seen++
	}
	fit := fitLeaf + fitStep*seen
	if len(path) == len(c.said) {
		fit += fitWhole
	}
	return fit
}
