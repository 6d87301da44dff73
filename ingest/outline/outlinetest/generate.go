package outlinetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tonghop/ingest/outline"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// Tuning and held-out seeds: readers are bettered on the first, and measured on
// samples from the second on, which nobody has looked at.
const (
	FirstTuningSeed  = 0
	FirstHeldOutSeed = 1_000_000
)

// Generate draws the workbook of a seed. The same seed gives the same bytes and
// the same gold.
func Generate(seed uint64) Sample {
	g := plan(seed)
	body, err := g.book.Bytes()
	if err != nil {
		panic(fmt.Sprintf("seed %d: %v", seed, err)) // the generator wrote what cannot be written
	}
	g.sample.Body = body
	return g.sample
}

// plan decides everything about a sample, short of making the file.
func plan(seed uint64) *generator {
	d := newDice(seed)
	g := &generator{d: d, sample: Sample{Seed: seed, Name: fmt.Sprintf("%s-%d.xlsx", pick(d, "bao-cao", "bieu", "phu-luc", "tong-hop"), seed)}}
	g.traits, g.set = map[string]bool{}, drawSetting(d)
	g.draw()
	return g
}

type generator struct {
	d      dice
	book   *xlsx.Book
	sample Sample
	traits map[string]bool
	set    setting
}

func (g *generator) draw() {
	g.book = xlsx.NewBook(xlsx.Props{Title: "Báo cáo", Created: time.Date(2025, 3, 25, 0, 0, 0, 0, time.UTC)})
	g.sample.Gold.File = outline.File{File: g.sample.Name, Format: "xlsx", Findings: fault.List{}}
	sheets := 1
	if g.d.chance(25) {
		sheets = g.d.between(2, 4)
		g.trait("several sheets")
	}
	names := sheetNames(g.d, sheets)
	series := sheets > 1 && g.d.chance(35)
	if series {
		g.trait("one sheet for each agency or month")
		names = []string{"Sở Y tế", "Sở Nội vụ", "Hội Chữ thập đỏ", "Tỉnh đoàn"}[:sheets]
		if g.d.chance(50) {
			names = []string{"Tháng 9", "Tháng 10", "Tháng 11", "Tháng 12"}[:sheets]
		}
	}
	structure := g.d.Uint64()
	emptyAt, hiddenAt := -1, -1
	if g.d.chance(12) {
		emptyAt = g.d.IntN(sheets + 1)
	}
	if g.d.chance(8) {
		hiddenAt = g.d.IntN(sheets + 1)
	}
	for i := range sheets + 1 {
		if i == emptyAt {
			g.emptySheet()
		}
		if i == hiddenAt {
			g.hiddenSheet()
		}
		if i < sheets {
			outer, figures := g.d, newDice(g.d.Uint64())
			if series {
				g.d = newDice(structure) // the same form, other figures
			}
			g.sheet(names[i], figures)
			g.d = outer
		}
	}
	g.finish()
}

func (g *generator) trait(name string) { g.traits[name] = true }

// traitIf notes a trait where it is one.
func (g *generator) traitIf(yes bool, name string) {
	if yes {
		g.traits[name] = true
	}
}

func sheetNames(d dice, n int) []string {
	switch d.IntN(4) {
	case 0:
		return []string{"Sheet1", "Sheet4", "Sheet5", "Sheet6"}[:n]
	case 1:
		return []string{"Biểu 01", "Biểu 02", "Biểu 03", "Biểu 04"}[:n]
	case 2:
		return []string{"Phụ lục I", "Phụ lục II", "Phụ lục III", "PL IV"}[:n]
	}
	return []string{"BC chính thức", "Chi tiết", "Bổ sung", "Theo dõi"}[:n]
}

func (g *generator) emptySheet() {
	name := pick(g.d, "Sheet2", "Sheet3", "Worksheet 1")
	g.book.Sheet(name)
	g.trait("empty sheet")
	g.addSheet(outline.Sheet{Name: name, State: "visible"}, GoldSheet{})
}

// hiddenSheet has lists that nobody is to see: they are counted, not scored.
func (g *generator) hiddenSheet() {
	name := pick(g.d, "DM", "Danh muc", "_tam")
	ws := g.book.Sheet(name)
	ws.View.Visibility = pick(g.d, xlsx.Hidden, xlsx.VeryHidden)
	p := newPaper(ws, g.d, look{})
	p.exact(1, 1, "Mã", either, xlsx.Style{})
	p.exact(1, 2, "Tên", either, xlsx.Style{})
	for i, l := range some(g.d, 5, departments) {
		p.exact(i+2, 1, fmt.Sprintf("%02d", i+1), either, xlsx.Style{})
		p.exact(i+2, 2, l, either, xlsx.Style{})
	}
	g.trait("hidden sheet")
	g.count(p)
	g.addSheet(outline.Sheet{Name: name, State: ws.View.Visibility.String()}, GoldSheet{Free: p.cellsOf(either)})
}

func (g *generator) addSheet(s outline.Sheet, x GoldSheet) {
	g.sample.Gold.File.Sheets = append(g.sample.Gold.File.Sheets, s)
	g.sample.Gold.Sheets = append(g.sample.Gold.Sheets, x)
}

func (g *generator) count(p *paper) {
	c := &g.sample.Gold.File.Counts
	for _, k := range p.classes {
		c.Cells++
		if k == outside {
			c.Excluded++
		} else {
			c.Used++
		}
	}
}

func (g *generator) finish() {
	gold := &g.sample.Gold
	for _, b := range gold.Broken {
		if b.Required {
			gold.File.Findings = append(gold.File.Findings, fault.New(fault.TotalRowDiffers, fault.A("diff", b.Differences[0])).At(b.Sheet, b.Cell))
		}
	}
	for t := range g.traits {
		gold.Traits = append(gold.Traits, t)
	}
	slices.Sort(gold.Traits)
}

// drawLook decides how the tables of a sheet are written.
func (g *generator) drawLook() look {
	d := g.d
	l := look{
		merge: d.chance(75), centred: d.chance(40), box: d.chance(85), capsHead: d.chance(8), breaks: d.chance(20),
		indent: pick(d, noIndent, noIndent, blankIndent, styleIndent), formulas: d.chance(25),
		sttNumbers: d.chance(60), dashInName: d.chance(40), totalsFirst: d.chance(40), acrossHead: d.chance(25),
		fractions: d.chance(25), blankNumber: d.chance(5), newTones: d.chance(20), codeRow: d.chance(5), blankShares: d.chance(20), spacer: pick(d, " ", "\u00a0"),
	}
	if d.chance(12) {
		l.bilingual = pick(d, sameCell, twoRows)
	}
	if d.chance(55) {
		l.indexStyle = d.between(indexPlain, indexSpaced)
	}
	if d.chance(35) {
		l.numbers = pick(d, commaText, dottedText, paddedText, spacedText, withUnits, mixedText, leadingZero)
	}
	if d.chance(40) {
		l.nilMark = pick(d, "-", "-", "-", " ", " ", "KPS", "Không", "x")
	}
	if l.nilMark == "-" && d.chance(20) {
		l.otherMark = pick(d, "…", "x", "...", " ")
	}
	if d.chance(35) {
		l.noise = pick(d, 3, 10, 30)
	}
	l.nfd = d.chance(6)
	return l
}

// drawSetting decides where and when. What is dated before July 2025 speaks of
// the units of that time, what is dated after of those since.
func drawSetting(d dice) setting {
	if d.chance(50) {
		set := setting{era: "old", year: d.between(2020, 2024), province: placeOf("old", pick(d, "10", "30"))}
		set.period = fmt.Sprintf(pick(d, "Kỳ báo cáo: Quý I năm %d", "6 tháng đầu năm %d", "NĂM %d", "Tháng 3/%d", "(Năm báo cáo: %d)", "9 tháng năm %d"), set.year)
		return set
	}
	set := setting{era: "new", year: 2025, province: placeOf("new", pick(d, "15", "04", "46"))}
	set.period = fmt.Sprintf(pick(d, "Kỳ báo cáo: Quý IV năm %d", "6 tháng cuối năm %d", "Tháng 10/%d", "(Từ ngày 15/9/%[1]d đến ngày 14/12/%[1]d)", "Tháng 9/%d"), set.year)
	return set
}

// sheet draws one sheet with a table or some.
func (g *generator) sheet(name string, figures dice) {
	d := g.d
	l := g.drawLook()
	set := g.set
	if strings.HasPrefix(name, "Tháng ") {
		set.period = fmt.Sprintf("%s/%d", name, set.year)
	}
	ws := g.book.Sheet(name)
	ws.Print.Landscape, ws.Print.FitWidth = true, true
	p := newPaper(ws, d, l)
	gold := outline.Sheet{Name: name, State: "visible"}
	var extra GoldSheet
	var tables []*table
	beside := d.chance(6)
	count := 1
	if beside || d.chance(13) {
		count = 2
		if !beside && d.chance(25) {
			count = 3
		}
	}
	for range count {
		tables = append(tables, drawTable(d, figures, set, l, beside))
	}
	width := 0
	for _, t := range tables {
		n := 0
		for _, h := range t.heads {
			n += len(h.leaves())
		}
		if beside {
			width += n + 1
		} else {
			width = max(width, n)
		}
	}
	left := 1
	if d.chance(8) {
		left = 2
		p.width(1, 3)
	}
	f := frame{generator: g, p: p, left: left, right: left + max(width, 4) - 1, tables: tables, set: set, shift: d.IntN(2)}
	row := f.above()
	hidden := map[int]bool{}
	col := left
	bottom := row
	for i, t := range tables {
		if i > 0 && !beside {
			row = f.between(bottom, i)
		}
		unitAt := ""
		if t.unit != "" || t.units != "" {
			shift := 0
			if !beside || i == 0 {
				shift = 1
			}
			row, unitAt = f.unit(t, row, col, shift)
		}
		lay := &layout{t: t, p: p, top: row, left: col}
		last := lay.put()
		bottom = max(bottom, last)
		if t.unit != "" {
			lay.gold.Unit, lay.gold.UnitCell = ptr(f.lastUnit), ptr(unitAt)
		}
		lay.extra.UnitFree = t.units != ""
		gold.Tables = append(gold.Tables, lay.gold)
		extra.Tables = append(extra.Tables, lay.extra)
		g.sample.Gold.Broken = append(g.sample.Gold.Broken, lay.noteBroken(name, t.broken)...)
		g.noteTraits(lay)
		f.hide(lay, hidden)
		if beside {
			col += len(lay.columns) + d.between(1, 2)
		}
	}
	f.below(bottom)
	p.finish(hidden)
	g.traitIf(count > 1 && !beside, "tables below one another")
	g.traitIf(beside, "tables beside one another")
	g.count(p)
	extra.Outside, extra.Free = p.cellsOf(outside), p.cellsOf(either)
	for _, c := range extra.Outside {
		gold.Excluded = append(gold.Excluded, outline.Exclusion{Range: c, Reason: "words"})
	}
	g.addSheet(gold, extra)
}

// hide hides a row that a table says is hidden, and now and then a column.
func (f *frame) hide(l *layout, hidden map[int]bool) {
	for _, r := range l.t.rows {
		if r.hidden {
			f.p.Row(r.row, xlsx.Row{Hidden: true})
			f.trait("hidden row")
		}
	}
	if f.d.chance(4) {
		for _, c := range l.columns {
			if c.role == outline.ColumnCode {
				hidden[c.col] = true
				f.trait("hidden column")
				return
			}
		}
	}
}

// noteTraits lists what a table has of what tables can have.
func (g *generator) noteTraits(l *layout) {
	t := l.t
	levels := len(l.gold.HeaderRows)
	g.trait(fmt.Sprintf("header of %d rows", levels))
	g.traitIf(t.look.merge && levels > 1, "merged header")
	g.traitIf(!t.look.merge && levels > 1, "header not merged")
	g.traitIf(t.look.bilingual == sameCell, "two languages in a cell")
	g.traitIf(t.look.bilingual == twoRows, "two languages in two rows")
	g.traitIf(t.look.indexStyle > 0, "index row")
	g.traitIf(t.look.indexStyle >= indexFormulas, "index row with formulas")
	g.traitIf(len(l.repeated) > 0, "repeated header")
	g.traitIf(t.look.nfd, "NFD")
	g.traitIf(t.look.numbers != asNumbers, "numbers as text")
	g.traitIf(t.look.formulas && !t.rounded, "formulas")
	g.traitIf(t.rounded, "rounded")
	g.traitIf(t.broken != nil, "total that does not close")
	g.traitIf(l.number == nil && t.look.numberInAll, "numbers before the names")
	g.traitIf(t.tree && t.look.indent == blankIndent, "indented by blanks")
	g.traitIf(t.tree && t.look.indent == styleIndent, "indented by alignment")
	g.traitIf(t.look.unitRow, "row of units")
	g.traitIf(t.look.codeRow, "row of technical names")
	g.traitIf(len(t.values()) == 1, "one column of figures")
	g.traitIf(len(t.rows) < 4, "tiny")
	g.traitIf(len(t.rows) > 100, "long")
	g.trait("rows: " + t.kind)
	g.noteColumnTraits(l)
	g.noteRowTraits(l)
}

func (g *generator) noteColumnTraits(l *layout) {
	levels := len(l.gold.HeaderRows)
	for _, c := range l.columns {
		g.traitIf(c.role == outline.ColumnCode, "code column")
		g.traitIf(c.role == columnUnit, "unit column")
		g.traitIf(c.role == outline.ColumnNote, "column of words")
		g.traitIf(c.isRatio(), "percent column")
		g.traitIf(c.empty, "empty column")
		g.traitIf(c.within != nil, "columns of which")
		g.traitIf(c.stock[0] != nil, "stock columns")
		g.traitIf(c.growth, "growth column")
		g.traitIf(c.less[0] != nil, "column of differences")
		g.traitIf(len(c.parts) > 1 && c.parts[1].col != c.parts[0].col+1, "parts of a total column apart")
		if len(c.parts) > 0 {
			g.traitIf(c.col < c.parts[0].col, "total column left")
			g.traitIf(c.col > c.parts[0].col, "total column right")
		}
	}
	for _, h := range l.heads {
		g.traitIf(h.loose && levels > 1, "phrase in two cells of the header")
		g.traitIf(h.column != nil && len(h.text) == 4 && strings.HasPrefix(h.text, "20"), "year columns")
	}
}

func (g *generator) noteRowTraits(l *layout) {
	t, rows := l.t, l.t.rows
	for i, r := range rows {
		g.traitIf(r.kind == blankRow, "empty row inside")
		g.traitIf(r.kind == sectionRow, "section without figures")
		g.traitIf(r.caps, "section in capitals")
		g.traitIf(r.kind == wordsRow, "row of words")
		g.traitIf(r.within != nil, "rows of which")
		g.traitIf(r.zero, "row of nought")
		g.traitIf(r.group != "" && t.look.merge, "names merged down")
		g.traitIf(r.star != "", "footnote mark")
		g.traitIf(r.star != "" && strings.Contains(r.star, r.unit) && r.unit != "", "units behind the names")
		g.traitIf(r.kind == sectionRow && t.look.acrossHead, "section across")
		g.traitIf(r.place.code != "", "places")
		if r.kind != totalRow {
			g.traitIf(strings.HasPrefix(r.label, "Tổng c"), "data that sounds like a total")
			continue
		}
		g.traitIf(r.label == "", "total without a label")
		g.traitIf(slices.Contains(oddTotals[1:], r.label), "total that sounds like data")
		g.traitIf(i == 0 && r.free, "total at the top")
		g.traitIf(i == len(rows)-1, "total at the bottom")
		g.traitIf(!r.free && r.depth == 1, "subtotal")
	}
}
