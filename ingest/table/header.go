package table

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
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
	keys []string
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
func (c Column) LeafKey() string { return viet.Key(withoutUnit(c.Leaf())) }

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
}

// Bounds of the search: no real header lies deeper, and a hostile sheet must
// not make the search long.
const (
	lowestHeader  = 200 // row
	deepestHeader = 5   // rows
	widestTable   = 1000
	mostBottoms   = 80
)

// Find gives the best header on the sheet among rows from first on, and false
// when nothing on the sheet is wanted. extra are words that also speak for a
// header without being wanted, such as those over the key column.
func Find(s *sheet.Sheet, wants []Want, extra []string, first int) (Header, bool) {
	f := newFinder(s, wants, extra)
	var best Header
	for _, bottom := range f.bottoms(first) {
		for depth := 1; depth <= deepestHeader && bottom-depth+1 >= first; depth++ {
			if h := f.try(bottom-depth+1, bottom); h.score > best.score {
				best = h
			}
		}
	}
	return best, best.Found > 0
}

type finder struct {
	sheet  *sheet.Sheet
	wants  []Want
	byLeaf map[string][]int // wants by the last step of any of their paths
	tails  map[string]bool  // what a header of several rows may end in
	extra  map[string]bool
}

func newFinder(s *sheet.Sheet, wants []Want, extra []string) *finder {
	f := &finder{sheet: s, wants: wants, byLeaf: map[string][]int{}, tails: map[string]bool{}, extra: map[string]bool{}}
	for i, w := range wants {
		for _, p := range w.Paths {
			leaf := p[len(p)-1]
			if !slices.Contains(f.byLeaf[leaf], i) {
				f.byLeaf[leaf] = append(f.byLeaf[leaf], i)
			}
			for tail := leaf; tail != ""; _, tail, _ = strings.Cut(tail, " ") {
				f.tails[tail] = true
			}
		}
	}
	for _, e := range extra {
		f.extra[e] = true
	}
	return f
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
	return f.tails[c.Key()] || c.IsText() && f.tails[viet.Key(withoutUnit(c.Text))]
}

// try reads the rows as a header.
func (f *finder) try(top, bottom int) Header {
	h := Header{Top: top, Bottom: bottom}
	for _, col := range f.columns(top, bottom) {
		c := Column{Col: col, Want: -1}
		f.path(&c, top, bottom)
		if len(c.Path) > 0 {
			h.Columns = append(h.Columns, c)
		}
	}
	f.assign(&h)
	for _, c := range h.Columns {
		if c.Want >= 0 {
			h.Found++
			h.score += 100 + 10*c.fit
		} else if n := len(c.keys); n > 0 && f.extra[c.keys[n-1]] {
			h.score += 50
		}
	}
	if h.Found == 0 {
		h.score = 0
	} else {
		h.score -= bottom - top // of equal headers the shorter one
	}
	return h
}

// columns gives the columns in which the rows have something, or lie under
// something merged.
func (f *finder) columns(top, bottom int) []int {
	set := map[int]bool{}
	for row := top; row <= bottom; row++ {
		cells := f.sheet.Row(row)
		for i := range cells[:min(len(cells), widestTable)] {
			set[cells[i].Col] = true
			if area, ok := f.sheet.Area(row, cells[i].Col); ok {
				for col := area.FirstCol; col <= min(area.LastCol, area.FirstCol+widestTable); col++ {
					set[col] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// path reads the words over a column.
func (f *finder) path(c *Column, top, bottom int) {
	var last *sheet.Cell
	for row := top; row <= bottom; row++ {
		cell := f.sheet.Shown(row, c.Col)
		if cell == nil && row < bottom {
			cell = f.groupOver(row, c.Col, bottom)
		}
		if cell == nil || cell == last {
			continue
		}
		last = cell
		text, _ := viet.Clean(cell.Text)
		c.Path = append(c.Path, text)
		c.keys = append(c.keys, cell.Key())
	}
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
	type claim struct{ column, want, fit int }
	var claims []claim
	for i := range h.Columns {
		for _, want := range f.claimed(&h.Columns[i]) {
			if fit := f.fit(&h.Columns[i], want); fit > 0 {
				claims = append(claims, claim{i, want, fit})
			}
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(b.fit, a.fit) })
	taken := map[int]claim{}
	for _, c := range claims {
		column := &h.Columns[c.column]
		if column.Want >= 0 {
			continue
		}
		if first, known := taken[c.want]; known {
			if first.fit == c.fit {
				h.Twice = append(h.Twice, Twice{c.want, h.Columns[first.column].Col, column.Col})
			}
			continue
		}
		taken[c.want] = c
		column.Want, column.fit = c.want, c.fit
	}
}

// claimed gives the wants whose last words are those over the column.
func (f *finder) claimed(c *Column) []int {
	n := len(c.keys)
	out := slices.Clone(f.byLeaf[c.keys[n-1]])
	for _, key := range []string{c.LeafKey(), strings.Join(c.keys, " ")} {
		for _, want := range f.byLeaf[key] {
			if !slices.Contains(out, want) {
				out = append(out, want)
			}
		}
	}
	return out
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
	if len(path) == 1 && path[0] == strings.Join(c.keys, " ") {
		return 4
	}
	// The last words must agree, those above must occur in their order.
	bare := make([]string, len(c.Path))
	for i, words := range c.Path {
		bare[i] = viet.Key(withoutUnit(words))
	}
	last := len(c.keys) - 1
	if leaf := path[len(path)-1]; c.keys[last] != leaf && bare[last] != leaf {
		return 0
	}
	at, seen := 0, 0
	for _, step := range path[:len(path)-1] {
		for at < last && c.keys[at] != step && bare[at] != step {
			at++
		}
		if at == last {
			return 0
		}
		at++
		seen++
	}
	fit := 2 + 2*seen
	if len(path) == len(c.keys) {
		fit++ // nothing was passed over
	}
	return fit
}
