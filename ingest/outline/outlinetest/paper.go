package outlinetest

import (
	"slices"

	"tonghop/internal/xlsx"
)

// paper is a sheet being written, with an account of what stands on it.
type paper struct {
	*xlsx.Worksheet
	d       dice
	look    look
	classes map[[2]int]class
	widths  map[int]float64
	merged  bool // something was merged
}

// class says whether a cell belongs to a table.
type class uint8

const (
	inTable class = iota
	outside
	either
)

func newPaper(ws *xlsx.Worksheet, d dice, l look) *paper {
	return &paper{Worksheet: ws, d: d, look: l, classes: map[[2]int]class{}, widths: map[int]float64{}}
}

// write puts a text as it is meant, with the sheet's own sloppiness.
func (p *paper) write(row, col int, text string, k class, st xlsx.Style) {
	if text == "" {
		return
	}
	if p.look.noise > 0 && p.d.chance(p.look.noise) && len(text) > 3 {
		text = stray(p.d, text)
	}
	p.exact(row, col, text, k, st)
}

// exact puts a text without stray blanks.
func (p *paper) exact(row, col int, text string, k class, st xlsx.Style) {
	if text == "" {
		return
	}
	if p.look.nfd {
		text = apart(text)
	}
	p.Text(row, col, text, st)
	p.classes[[2]int{row, col}] = k
}

func (p *paper) number(row, col int, decimal string, k class, st xlsx.Style) {
	p.Number(row, col, decimal, st)
	p.classes[[2]int{row, col}] = k
}

func (p *paper) formula(row, col int, expr, cached string, st xlsx.Style) {
	p.Formula(row, col, expr, cached, st)
	p.classes[[2]int{row, col}] = inTable
}

func (p *paper) merge(a xlsx.Range) {
	p.Merge(a)
	p.merged = p.merged || a.FirstRow != a.LastRow || a.FirstCol != a.LastCol
}

func (p *paper) width(col int, w float64) { p.widths[col] = max(p.widths[col], w) }

// cellsOf lists the cells of a class in the order of the sheet.
func (p *paper) cellsOf(k class) []string {
	var at [][2]int
	for c, have := range p.classes {
		if have == k {
			at = append(at, c)
		}
	}
	slices.SortFunc(at, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return a[1] - b[1]
	})
	var out []string
	for _, c := range at {
		out = append(out, ref(c[0], c[1]))
	}
	return out
}

func (p *paper) finish(hidden map[int]bool) {
	cols := make([]int, 0, len(p.widths))
	for c := range p.widths {
		cols = append(cols, c)
	}
	slices.Sort(cols)
	for _, c := range cols {
		p.Columns(c, c, xlsx.Column{Width: p.widths[c], Hidden: hidden[c]})
	}
}
