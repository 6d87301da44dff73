package outlinetest

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/outline"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// samples is how many seeds the tests of the generator itself walk through.
const samples = 300

func TestTheSameSeedGivesTheSameSample(t *testing.T) {
	for seed := range uint64(40) {
		a, b := Generate(seed), Generate(seed)
		if !bytes.Equal(a.Body, b.Body) {
			t.Errorf("seed %d gives two workbooks", seed)
		}
		if !reflect.DeepEqual(a.Gold, b.Gold) {
			t.Errorf("seed %d gives two golds", seed)
		}
	}
	if bytes.Equal(Generate(0).Body, Generate(1).Body) {
		t.Error("two seeds give one workbook")
	}
}

// paperCells reads a sample back with the reader of workbooks.
type paperCells struct {
	seed  uint64
	sheet string
	grid  *xlsx.Grid
}

func sheetsOf(t *testing.T, s Sample) map[string]paperCells {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(s.Body), int64(len(s.Body)), xlsx.DefaultLimits())
	if err != nil {
		t.Fatalf("seed %d: %v", s.Seed, err)
	}
	out := map[string]paperCells{}
	for i, info := range book.Sheets {
		grid, err := book.Grid(i)
		if err != nil {
			t.Fatalf("seed %d: %v", s.Seed, err)
		}
		out[info.Name] = paperCells{s.Seed, info.Name, grid}
	}
	return out
}

func (p paperCells) text(t *testing.T, at string) string {
	t.Helper()
	row, col, err := xlsx.ParseRef(at)
	if err != nil {
		t.Fatalf("seed %d: %v", p.seed, err)
	}
	c := p.grid.At(row, col)
	if c == nil {
		return ""
	}
	s, _ := viet.Clean(c.Text)
	return s
}

// figure reads a cell of figures; what is no figure counts as nought.
func (p paperCells) figure(t *testing.T, at string) decimal.Decimal {
	t.Helper()
	row, col, err := xlsx.ParseRef(at)
	if err != nil {
		t.Fatalf("seed %d: %v", p.seed, err)
	}
	c := p.grid.At(row, col)
	if c == nil {
		return decimal.Decimal{}
	}
	if c.Type == xlsx.Number {
		d, _, err := decimal.FromStored(c.Text)
		if err != nil {
			t.Fatalf("seed %d, %s %s: %v", p.seed, p.sheet, at, err)
		}
		return d
	}
	text, _ := viet.Clean(c.Text)
	if viet.MarkOfFigure(text) != viet.NoMark {
		return decimal.Decimal{}
	}
	r, err := viet.Number(text)
	if err != nil {
		t.Fatalf("seed %d, %s %s: %q is neither a figure nor a mark: %v", p.seed, p.sheet, at, c.Text, err)
	}
	return r.Value
}

func TestGoldIsTrueToTheWorkbook(t *testing.T) {
	for seed := range uint64(samples) {
		s := Generate(seed)
		sheets := sheetsOf(t, s)
		total := 0
		for _, p := range sheets {
			total += len(p.grid.Cells)
		}
		if c := s.Gold.File.Counts; c.Cells != total || c.Used+c.Excluded != total {
			t.Errorf("seed %d: counts %+v, the workbook has %d cells", seed, c, total)
		}
		if len(sheets) != len(s.Gold.File.Sheets) {
			t.Errorf("seed %d: %d sheets, the gold has %d", seed, len(sheets), len(s.Gold.File.Sheets))
		}
		for i, g := range s.Gold.File.Sheets {
			p, ok := sheets[g.Name]
			if !ok {
				t.Fatalf("seed %d: no sheet %q", seed, g.Name)
			}
			for k, table := range g.Tables {
				checkShape(t, p, table, s.Gold.Sheets[i].Tables[k])
				checkWords(t, p, table)
			}
			checkSums(t, p, g, s.Gold.Sheets[i], s.Gold.Broken)
			checkOutside(t, p, g, s.Gold.Sheets[i])
		}
		if t.Failed() {
			return
		}
	}
}

// checkShape holds the parts of a table against one another.
func checkShape(t *testing.T, p paperCells, g outline.Table, x GoldTable) {
	t.Helper()
	area, err := xlsx.ParseRange(g.Range)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Columns) != len(g.Columns) || len(x.Rows) != len(g.Rows) || area.LastCol-area.FirstCol+1 != len(g.Columns) {
		t.Errorf("seed %d, %s: %d and %d columns, %d and %d rows in %s", p.seed, p.sheet, len(g.Columns), len(x.Columns), len(g.Rows), len(x.Rows), g.Range)
	}
	next := area.FirstRow
	for _, r := range g.HeaderRows {
		if r != next {
			t.Errorf("seed %d, %s: header rows %v of %s", p.seed, p.sheet, g.HeaderRows, g.Range)
		}
		next++
	}
	if g.IndexRow != nil {
		if *g.IndexRow != next {
			t.Errorf("seed %d, %s: index row %d of %s", p.seed, p.sheet, *g.IndexRow, g.Range)
		}
		next++
	}
	if g.FirstRow < next || g.LastRow != area.LastRow || g.Rows[0].Row != g.FirstRow || g.Rows[len(g.Rows)-1].Row != g.LastRow {
		t.Errorf("seed %d, %s: body %d to %d of %s", p.seed, p.sheet, g.FirstRow, g.LastRow, g.Range)
	}
	if !slices.IsSortedFunc(g.Rows, func(a, b outline.Row) int { return a.Row - b.Row }) {
		t.Errorf("seed %d, %s: rows are out of order", p.seed, p.sheet)
	}
}

// checkWords looks for the words of the gold in the workbook.
func checkWords(t *testing.T, p paperCells, g outline.Table) {
	t.Helper()
	area, _ := xlsx.ParseRange(g.Range)
	row := func(n int) string {
		var all []string
		for c := area.FirstCol; c <= area.LastCol; c++ {
			all = append(all, p.text(t, xlsx.Ref(n, c)))
		}
		return viet.Key(strings.Join(all, " "))
	}
	header := ""
	for _, r := range g.HeaderRows {
		header += row(r) + " "
	}
	for _, c := range g.Columns {
		for _, word := range strings.Fields(viet.Key(strings.Join(c.Path, " "))) {
			if !strings.Contains(header, word) {
				t.Errorf("seed %d, %s: %q of column %s is not in the header", p.seed, p.sheet, word, c.Column)
			}
		}
	}
	for _, r := range g.Rows {
		if r.Name != nil && !strings.Contains(row(r.Row), viet.Key(*r.Name)) {
			t.Errorf("seed %d, %s row %d: %q is not in %q", p.seed, p.sheet, r.Row, *r.Name, row(r.Row))
		}
	}
	if g.Unit != nil {
		if said := p.text(t, *g.UnitCell); !strings.HasSuffix(viet.Key(said), viet.Key(*g.Unit)) {
			t.Errorf("seed %d, %s: %s says %q, not the unit %q", p.seed, p.sheet, *g.UnitCell, said, *g.Unit)
		}
	}
}

// checkSums adds up every total of the gold from the cells of the workbook: all
// close but those that are said not to, and by as much.
func checkSums(t *testing.T, p paperCells, g outline.Sheet, x GoldSheet, broken []Broken) {
	t.Helper()
	found := map[string]bool{}
	check := func(cell string, parts []string) {
		if c := p.text(t, cell); c == "" {
			return
		}
		var sum decimal.Sum
		for _, at := range parts {
			sum.Add(p.figure(t, at))
		}
		want, err := sum.Value()
		if err != nil {
			t.Fatal(err)
		}
		diff, err := p.figure(t, cell).Sub(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff == (decimal.Decimal{}) {
			return
		}
		found[cell] = true
		if !slices.ContainsFunc(broken, func(b Broken) bool {
			return b.Sheet == p.sheet && b.Cell == cell && slices.ContainsFunc(b.Differences, func(d string) bool { return decimal.MustParse(d) == diff })
		}) {
			t.Errorf("seed %d, %s %s is off by %s, which the gold does not say", p.seed, p.sheet, cell, diff)
		}
	}
	for i, table := range g.Tables {
		for k, c := range table.Columns {
			for _, r := range table.Rows {
				if r.Role != outline.RowData && r.Role != outline.RowTotal {
					continue
				}
				at := func(col string, row int) string { return col + number(&row) }
				var down, across []string
				for _, n := range r.SumOf {
					down = append(down, at(c.Column, n))
				}
				for _, n := range c.SumOf {
					across = append(across, at(n, r.Row))
				}
				if down != nil && x.Tables[i].Columns[k].Adds {
					check(at(c.Column, r.Row), down)
				}
				if across != nil {
					check(at(c.Column, r.Row), across)
				}
			}
		}
	}
	for _, b := range broken {
		if b.Sheet == p.sheet && !found[b.Cell] {
			t.Errorf("seed %d, %s %s closes, which the gold denies", p.seed, p.sheet, b.Cell)
		}
	}
}

// checkOutside sees to it that what is outside of tables is a cell, and outside.
func checkOutside(t *testing.T, p paperCells, g outline.Sheet, x GoldSheet) {
	t.Helper()
	for _, at := range x.Outside {
		row, col, err := xlsx.ParseRef(at)
		if err != nil || p.grid.At(row, col) == nil {
			t.Errorf("seed %d, %s: nothing at %s", p.seed, p.sheet, at)
		}
		for _, table := range g.Tables {
			if area, _ := xlsx.ParseRange(table.Range); area.Contains(row, col) {
				t.Errorf("seed %d, %s: %s is in %s", p.seed, p.sheet, at, table.Range)
			}
		}
	}
}

// allTraits is what papers can have: each occurs among the first samples.
var allTraits = []string{
	"NFD", "annex", "block of parameters", "code column", "column of differences", "column of words", "columns of which", "data that sounds like a total", "empty column",
	"empty row inside", "empty sheet", "footnote mark", "formulas", "growth column", "header not merged", "header of 1 rows", "header of 2 rows",
	"header of 3 rows", "header of 4 rows", "header of 5 rows", "header of 6 rows", "header of 8 rows", "heading of two columns", "hidden column", "hidden row",
	"hidden sheet", "indented by alignment", "indented by blanks", "index row", "index row with formulas", "long", "merged header",
	"names merged down", "notes below", "numbers as text", "numbers before the names", "one column of figures", "one sheet for each agency or month",
	"parts of a total column apart", "percent column", "phrase in two cells of the header", "places", "repeated header", "rounded", "row of nought", "row of technical names", "row of units", "row of words",
	"rows of which", "rows: agencies", "rows: categories", "rows: companies", "rows: facilities", "rows: indicators", "rows: months", "rows: people",
	"rows: places", "section across", "section in capitals", "section without figures", "several sheets", "signatures", "stock columns", "subtotal",
	"tables below one another", "tables beside one another", "tiny", "total at the bottom", "total at the top", "total column left",
	"total column right", "total that does not close", "total that sounds like data", "total without a label", "two languages in a cell",
	"two languages in two rows", "unit above the table", "unit column", "units behind the names", "year columns",
}

func TestAllTraitsOccur(t *testing.T) {
	n := map[string]int{}
	for seed := range uint64(1000) {
		for _, trait := range plan(seed).sample.Gold.Traits {
			n[trait]++
		}
	}
	for _, trait := range allTraits {
		if n[trait] == 0 {
			t.Errorf("no sample has %q", trait)
		}
	}
	for trait, times := range n {
		t.Logf("%4d %s", times, trait)
	}
}
