package sheet

import (
	"cmp"
	"slices"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// gathering takes the cells of a sheet in. Most texts are what they seem; for the
// few that may be in a code of the time before Unicode it keeps what is open
// until all cells are known.
type gathering struct {
	styles []xlsx.CellStyle
	cells  []Cell
	open   []open
	sure   map[int]*evidence // by column
}

// open is a cell of which it is not known how it is to be read.
type open struct {
	cell    int // index
	verdict viet.Verdict
}

// evidence counts the cells of a column, in fonts of an old code, that can be
// read in one way only.
type evidence struct{ unicode, tcvn3, vni int }

func (g *gathering) add(c *xlsx.Cell) {
	g.cells = append(g.cells, Cell{})
	fill(&g.cells[len(g.cells)-1], g.styles, c)
	if c.Type == xlsx.String && (len(c.Runs) > 0 || viet.Strange(c.Text, c.Font)) {
		g.judge(c)
	}
}

// judge reads a text by its fonts and letters.
func (g *gathering) judge(c *xlsx.Cell) {
	var runs []viet.Run
	for _, r := range c.Runs {
		runs = append(runs, viet.Run(r))
	}
	v := viet.Judge(c.Text, c.Font, runs)
	at := len(g.cells) - 1
	cell := &g.cells[at]
	cell.Change.Lost = viet.LettersLost(c.Text)
	if v.Doubt {
		g.open = append(g.open, open{at, v})
		return
	}
	cell.decode(v.Text, v.Code)
	if v.Code != viet.Misread {
		g.count(cell.Col, v, c.Font)
	}
}

// count takes a cell that can be read in one way only as evidence for others.
func (g *gathering) count(col int, v viet.Verdict, font string) {
	if code, _ := viet.FontEncoding(font); code == viet.Unicode && v.Code == viet.Unicode {
		return
	}
	if g.sure == nil {
		g.sure = map[int]*evidence{}
	}
	if g.sure[col] == nil {
		g.sure[col] = &evidence{}
	}
	*g.sure[col].of(v.Code)++
}

func (e *evidence) of(code viet.Encoding) *int {
	switch code {
	case viet.TCVN3:
		return &e.tcvn3
	case viet.VNI:
		return &e.vni
	}
	return &e.unicode
}

// decode takes a text as it was read from a code.
func (c *Cell) decode(text string, code viet.Encoding) {
	if code == viet.Unicode {
		return
	}
	lost := c.Change.Lost
	c.Text, c.Change = viet.CleanLines(text)
	c.Change.Decoded, c.Change.Lost = code, lost
}

// settle decides what is open by what stands around it.
func (g *gathering) settle() {
	if len(g.open) == 0 {
		return
	}
	all := evidence{}
	for _, e := range g.sure { // a sum: the order does not matter
		all.unicode, all.tcvn3, all.vni = all.unicode+e.unicode, all.tcvn3+e.tcvn3, all.vni+e.vni
	}
	alike := g.alike()
	for _, o := range g.open {
		cell := &g.cells[o.cell]
		v := o.verdict
		switch {
		case v.Alike && alike[cell.Col] == v.As:
			cell.decode(v.Other, v.As)
		case v.Alike:
			cell.Change.Doubt = true
		default:
			g.decide(cell, v, all)
		}
	}
	g.followAlike(alike)
}

// decide chooses between two readings of a text in a font of an old code: as the
// rest of its column is read, or else the rest of the sheet, or else as it leans
// itself.
func (g *gathering) decide(cell *Cell, v viet.Verdict, all evidence) {
	for _, e := range []*evidence{g.sure[cell.Col], &all} {
		if e == nil {
			continue
		}
		code := cmp.Or(v.Code, v.As)
		switch old, now := e.unicode, *e.of(code); {
		case old > now && v.Code == viet.Unicode, now > old && v.Code != viet.Unicode:
			cell.decode(v.Text, v.Code)
			return
		case old > now: // it leaned to the old code
			return
		case now > old:
			cell.decode(v.Other, v.As)
			return
		}
	}
	cell.decode(v.Text, v.Code)
	cell.Change.Doubt = v.Even
}

// proof is how many cells of a column that look like an old code prove that it is
// one, where no font says so.
const proof = 3

// alike gives the columns in whose cells an old code is beyond doubt although no
// font speaks for it: some cells are in it, and none is in anything else. When
// the whole sheet is so, it holds for every column.
func (g *gathering) alike() map[int]viet.Encoding {
	first := slices.IndexFunc(g.open, func(o open) bool { return o.verdict.Alike })
	if first < 0 {
		return nil
	}
	code := g.open[first].verdict.As // two old codes on one sheet, and no font for either: the other is asked for
	counts, against := map[int]int{}, map[int]bool{}
	total := 0
	for i := range g.cells {
		c := &g.cells[i]
		if !c.IsText() || c.Change.Decoded != viet.Unicode {
			continue
		}
		if _, ok := viet.Follow(c.Raw, code); !ok {
			against[c.Col] = true
			continue
		}
		if v := viet.Judge(c.Raw, "", nil); v.Alike && v.As == code {
			counts[c.Col]++
			total++
		}
	}
	out := map[int]viet.Encoding{}
	for i := range g.cells {
		if col := g.cells[i].Col; len(against) == 0 && total >= proof || !against[col] && counts[col] >= proof {
			out[col] = code
		}
	}
	return out
}

// followAlike reads the other texts of columns that are beyond doubt: words that
// could be read in two ways.
func (g *gathering) followAlike(alike map[int]viet.Encoding) {
	if len(alike) == 0 {
		return
	}
	for i := range g.cells {
		c := &g.cells[i]
		code, ok := alike[c.Col]
		if !ok || !c.IsText() || c.Change.Decoded != viet.Unicode {
			continue
		}
		if text, ok := viet.Follow(c.Raw, code); ok && text != c.Raw {
			c.decode(text, code)
		}
	}
}
