package ingest

import (
	"bytes"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

func TestTemplateIsTheSameEachTime(t *testing.T) {
	env := testEnv(t, "places")
	if !bytes.Equal(templateOf(t, env, TemplateOptions{}), templateOf(t, env, TemplateOptions{})) {
		t.Error("the same arguments gave other bytes (law 6)")
	}
}

func TestUntouchedTemplateIsBlank(t *testing.T) {
	for _, form := range []string{"places", "list", "across", "ma-tran", "ma-tran-dvt"} {
		env := testEnv(t, form)
		got := Read(Upload{Name: "a.xlsx", Body: templateOf(t, env, TemplateOptions{})}, env)
		if len(got.Draft.Findings) != 1 || got.Draft.Findings[0].Code != fault.FileBlankTemplate {
			t.Errorf("%s: findings %v, want one: the form is blank", form, got.Draft.Findings)
		}
	}
}

func TestNilTemplate(t *testing.T) {
	env := testEnv(t, "places")
	got := Read(Upload{Body: templateOf(t, env, TemplateOptions{Nil: true})}, env)
	if got.Outcome != report.Ready || !got.Draft.Nil || len(got.Draft.Findings) != 0 {
		t.Errorf("outcome %s, nil %t, findings %v; want ready, nil and none", got.Outcome, got.Draft.Nil, got.Draft.Findings)
	}
}

// TestSheetsMoved: our sheets copied into another workbook leave the hidden sheet
// behind; they are read as before, and the reader is told.
func TestSheetsMoved(t *testing.T) {
	env := testEnv(t, "places")
	values := map[Spot]report.Value{{env.Agency, "30T", "1.01"}: report.NumberOf(decimal.FromInt(3)), {env.Agency, "288", "2.01"}: report.NumberOf(decimal.FromInt(5))}
	body := templateOf(t, env, TemplateOptions{Values: values})
	want := Read(Upload{Body: body}, env)
	book, stop := sheet.Open(body, env.Limits)
	if stop != nil {
		t.Fatal(stop)
	}
	book.Props = nil
	book.Sheets = slices.DeleteFunc(book.Sheets, func(s *sheet.Sheet) bool { return s.Name == sheet.MarkSheet })
	r := newReading(newPlan(env.Definition, env.Request, env.Register, env.Agency), env)
	counts, stop := r.readBook(book)
	got := r.finish(Upload{}, counts, stop)
	if diff := cmp.Diff(bare(want.Draft.Facts), bare(got.Draft.Facts)); diff != "" || got.Outcome != report.Ready || got.Draft.Facts.Len() != len(values) {
		t.Errorf("%s, %d facts; with the hidden sheet -, without +:\n%s", got.Outcome, got.Draft.Facts.Len(), diff)
	}
	if f := got.Draft.Findings; len(f) != 1 || f[0].Code != fault.ReadByHeadings {
		t.Errorf("findings %v, want one: look the figures over", f)
	}
}

func TestNilBox(t *testing.T) {
	for text, want := range map[string]bool{
		"x": true, "X": true, "✓": true, "có": true, "KPS": true, "không phát sinh": true,
		"": false, "-": false, "không": false, "…": false, "có phát sinh": false,
	} {
		if got := saysNothing(text); got != want {
			t.Errorf("%q in the box of a nil report: %t, want %t", text, got, want)
		}
	}
}

// Whatever is filled in, workbook and form end in the same facts.
func TestTemplateAndFormAgree(t *testing.T) {
	envs := []Env{testEnv(t, "places"), testEnv(t, "list"), testEnv(t, "across"), testEnv(t, "ma-tran"), testEnv(t, "ma-tran-dvt")}
	rapid.Check(t, func(rt *rapid.T) {
		env := rapid.SampledFrom(envs).Draw(rt, "form")
		values := drawValues(rt, env)
		book := Read(Upload{Via: report.ViaWorkbook, Body: templateOf(t, env, TemplateOptions{Values: values})}, env)
		form := Read(Upload{Via: report.ViaForm, Body: formOf(values)}, env)
		if diff := cmp.Diff(bare(form.Draft.Facts), bare(book.Draft.Facts)); diff != "" {
			rt.Fatalf("form -, workbook +:\n%s", diff)
		}
		if book.Draft.Facts.Len() != len(values) && !book.Draft.Findings.Blocks() {
			rt.Fatalf("%d facts of %d values, and nothing said", book.Draft.Facts.Len(), len(values))
		}
		if c := book.Draft.Counts; c.Cells != c.Used+c.Excluded {
			rt.Fatalf("the account %+v does not close (law 4)", c)
		}
	})
}

// drawValues fills some of the cells that are asked with lawful figures.
func drawValues(t *rapid.T, env Env) map[Spot]report.Value {
	p := newPlan(env.Definition, env.Request, env.Register, env.Agency)
	values := map[Spot]report.Value{}
	for _, s := range p.sheets {
		for _, ind := range s.indicators {
			if derived(ind) || !ind.Asks(env.Agency) {
				continue
			}
			for _, spot := range spotsOn(p, &s, ind) {
				if rapid.IntRange(0, 2).Draw(t, "given") == 0 {
					values[spot] = drawValue(t, ind)
				}
			}
		}
	}
	return values
}

// spotsOn gives the cells of an indicator on a sheet.
func spotsOn(p *plan, s *planned, ind *report.Indicator) (out []Spot) {
	for _, u := range s.units {
		out = append(out, Spot{u.Code, p.unitPlace(u.Code), ind.Code})
	}
	for _, place := range s.places {
		if at, ok := p.placeAt(ind, place.Code); ok {
			out = append(out, Spot{p.agency, at, ind.Code})
		}
	}
	if s.once() {
		out = append(out, Spot{p.agency, p.home, ind.Code})
	}
	return out
}

func drawValue(t *rapid.T, ind *report.Indicator) report.Value {
	if kind := rapid.IntRange(0, 9).Draw(t, "kind"); kind < 3 {
		return report.Value{Kind: []report.ValueKind{report.Nil, report.NotCollected, report.NotApplicable}[kind]}
	}
	switch {
	case ind.Type == report.TypeBool:
		return report.BoolOf(rapid.Bool().Draw(t, "yes"))
	case len(ind.Options) > 0:
		return report.TextOf(rapid.SampledFrom(ind.Options).Draw(t, "option"))
	case ind.Type == report.TypeText:
		return report.TextOf(rapid.StringMatching(`[A-Za-zăâđêôơư][a-zăâđêôơư ,;=<&"_x0]{0,40}[a-z]`).Draw(t, "text"))
	case ind.Type == report.TypeInt:
		return report.NumberOf(decimal.FromInt(rapid.Int64Range(0, 1_000_000_000_000_000_000).Draw(t, "number")))
	}
	return report.NumberOf(decimal.New(rapid.Int64Range(0, 1_000_000_000_000_000_000).Draw(t, "number"), ind.Scale))
}

// formOf writes the values as a form.
func formOf(values map[Spot]report.Value) []byte {
	var entries []string
	for spot, v := range values {
		answer := fmt.Sprintf(`"value": %s`, strconv.QuoteToGraphic(v.String()))
		if v.IsNone() {
			answer = fmt.Sprintf(`"mark": %q`, v.Kind.String())
		}
		entries = append(entries, fmt.Sprintf(`{"unit": %q, "place": %q, "indicator": %q, %s}`, spot.Unit, spot.Place, spot.Indicator, answer))
	}
	slices.Sort(entries)
	return []byte(`{"nil": false, "values": [` + strings.Join(entries, ",\n") + `]}`)
}

// bare takes the sources off facts.
func bare(facts report.Facts) []report.Fact {
	out := facts.List()
	for i := range out {
		out[i].Source = report.Source{}
	}
	return out
}

// paper is a filled-in template that can be mistreated before it is read.
type paper struct {
	t     *testing.T
	env   Env
	props map[string]string
	grids []*xlsx.Grid
	state []xlsx.Visibility

	macros bool
}

// filledPaper is the template of a form with one figure in each place.
func filledPaper(t *testing.T, form string) *paper {
	env := testEnv(t, form)
	n := func(i int64) report.Value { return report.NumberOf(decimal.FromInt(i)) }
	values := map[Spot]report.Value{
		{"syt", "30T", "1.01"}: n(3), {"syt", "288", "2.01"}: n(100), {"syt", "080", "2.01"}: n(20), {"syt", "291", "2.01"}: n(10), {"syt", "291", "2.02"}: n(4),
		{"bv1", "288", "kb"}: n(10), {"0102", "291", "kb"}: n(4), {"tt3", "080", "kb"}: n(1), {"tx1", "291", "kb"}: n(1), {"tx2", "291", "kb"}: n(1),
		{"syt", "30T", "R-1.C1"}: n(1), {"syt", "30T", "R-1.C3"}: n(5), {"syt", "30T", "R-2.C2"}: n(3), {"syt", "30T", "R-3.C1"}: n(4), {"syt", "30T", "R-10.C1"}: n(7),
	}
	for spot := range values {
		if env.Definition.Indicator(spot.Indicator) == nil {
			delete(values, spot)
		}
	}
	body := templateOf(t, env, TemplateOptions{Values: values})
	file, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{t: t, env: env}
	if p.props, err = file.CustomProps(); err != nil {
		t.Fatal(err)
	}
	for _, info := range file.Sheets {
		g, err := file.Grid(info.Index)
		if err != nil {
			t.Fatal(err)
		}
		p.grids, p.state = append(p.grids, g), append(p.state, info.State)
	}
	return p
}

func (p *paper) read() report.Checked {
	book := &sheet.Book{Props: p.props, Macros: p.macros}
	for i, g := range p.grids {
		s := sheet.FromGrid(g)
		s.Hidden = p.state[i] != xlsx.Visible
		book.Sheets = append(book.Sheets, s)
	}
	return readSheets(p.env, book)
}

// put writes a cell.
func (p *paper) put(sheet int, ref, text string) {
	row, col, err := xlsx.ParseRef(ref)
	if err != nil {
		p.t.Fatal(err)
	}
	c, err := parseCell(text)
	if err != nil {
		p.t.Fatal(err)
	}
	c.Row, c.Col = row, col
	g := p.grids[sheet]
	g.Cells = slices.DeleteFunc(g.Cells, func(x xlsx.Cell) bool { return x.Row == row && x.Col == col })
	g.Cells = append(g.Cells, c)
	p.sort(g)
}

func (p *paper) sort(g *xlsx.Grid) {
	slices.SortFunc(g.Cells, func(a, b xlsx.Cell) int { return (a.Row-b.Row)*100000 + a.Col - b.Col })
}

// at gives the cell of a text, so that tests need not know where rows stand.
func (p *paper) at(sheet int, text string) (row, col int) {
	for _, c := range p.grids[sheet].Cells {
		if c.Text == text && c.Col > 1 && c.Row > 1 {
			return c.Row, c.Col
		}
	}
	p.t.Fatalf("%q does not stand on sheet %d", text, sheet)
	return 0, 0
}

// insertRows moves everything from a row on down, or with a negative number up
// over the rows before it.
func (p *paper) insertRows(sheet, row, n int) {
	g := p.grids[sheet]
	g.Cells = slices.DeleteFunc(g.Cells, func(c xlsx.Cell) bool { return n < 0 && c.Row >= row+n && c.Row < row })
	for i := range g.Cells {
		if g.Cells[i].Row >= row {
			g.Cells[i].Row += n
		}
	}
	for i := range g.Merges {
		if g.Merges[i].FirstRow >= row {
			g.Merges[i].FirstRow += n
			g.Merges[i].LastRow += n
		}
	}
	g.HiddenRows = nil
}

func (p *paper) insertCols(sheet, col, n int) {
	g := p.grids[sheet]
	for i := range g.Cells {
		if g.Cells[i].Col >= col {
			g.Cells[i].Col += n
		}
	}
	g.Merges = nil
}

func TestMistreatedTemplates(t *testing.T) {
	tests := []struct {
		name   string
		form   string
		mangle func(p *paper)
		want   []fault.Code // no others but notes
		facts  int
	}{
		{"as it is", "places", func(*paper) {}, nil, 5},
		{"a list as it is", "list", func(*paper) {}, nil, 5},
		{"a row and a column before everything", "places", func(p *paper) { p.insertRows(1, 1, 2); p.insertCols(1, 1, 1) }, nil, 5},
		{"a row among the places", "places", func(p *paper) { row, _ := p.at(1, "291"); p.insertRows(1, row, 1) }, nil, 5},
		{"a row with a place of its own", "places", func(p *paper) {
			row, _ := p.at(1, "291")
			p.insertRows(1, row, 1)
			p.put(1, xlsx.Ref(row, 4), "Quận Hồng Bàng")
			p.put(1, xlsx.Ref(row, 5), "#7")
		}, []fault.Code{fault.PlaceNotAsked}, 5},
		{"a column of its own", "places", func(p *paper) {
			row, col := p.at(1, "2.01a")
			p.insertCols(1, col, 1)
			p.put(1, xlsx.Ref(row-1, col), "Cột thêm")
			p.put(1, xlsx.Ref(row+2, col), "#9")
		}, nil, 5},
		{"a header changed", "places", func(p *paper) {
			row, col := p.at(1, "2.01")
			p.put(1, xlsx.Ref(row-1, col), "Số con gà")
		}, []fault.Code{fault.HeaderChanged}, 2},
		{"names sorted without their codes", "places", func(p *paper) {
			row, col := p.at(1, "Huyện Nam Sách")
			p.put(1, xlsx.Ref(row, col), "Huyện Hòa An")
		}, []fault.Code{fault.NameCodeDiffer}, 3},
		{"a row copied", "places", func(p *paper) {
			row, _ := p.at(1, "291")
			p.insertRows(1, row+1, 1)
			for _, c := range slices.Clone(p.grids[1].Cells) {
				if c.Row == row {
					c.Row++
					p.grids[1].Cells = append(p.grids[1].Cells, c)
				}
			}
			p.sort(p.grids[1])
		}, []fault.Code{fault.PlaceTwice}, 5},
		{"a required row deleted", "places", func(p *paper) { row, _ := p.at(0, "1.01"); p.insertRows(0, row+1, -1) }, []fault.Code{fault.HeaderMissing}, 4},
		{"a sheet deleted", "places", func(p *paper) { p.grids, p.state = p.grids[1:], p.state[1:] }, []fault.Code{fault.SheetMissing}, 4},
		{"sheets renamed and moved", "places", func(p *paper) {
			p.grids[0].Name, p.grids[1].Name = "x", "y"
			slices.Reverse(p.grids)
			slices.Reverse(p.state)
		}, nil, 5},
		{"hidden rows and columns taken away", "places", func(p *paper) {
			for _, g := range p.grids[:2] {
				g.Cells = slices.DeleteFunc(g.Cells, func(c xlsx.Cell) bool { return c.Row == 1 || c.Col == 1 })
			}
		}, nil, 5},
		{"marks taken away whole", "places", func(p *paper) {
			p.grids, p.state, p.props = p.grids[:2], p.state[:2], nil
			for _, g := range p.grids {
				g.Cells = slices.DeleteFunc(g.Cells, func(c xlsx.Cell) bool { return c.Row == 1 || c.Col == 1 })
			}
		}, nil, 5},
		{"a stale total", "places", func(p *paper) {
			row, _ := p.at(1, "Tổng cộng")
			p.put(1, xlsx.Ref(row, 5), "f:SUM(E1:E2)=>#1")
		}, nil, 5},
		{"a total typed over", "places", func(p *paper) {
			row, _ := p.at(1, "Tổng cộng")
			p.put(1, xlsx.Ref(row, 5), "#1")
		}, []fault.Code{fault.TotalRowDiffers}, 5},
		{"a matrix as it is", "ma-tran", func(*paper) {}, nil, 5},
		{"a matrix without marks", "ma-tran", func(p *paper) {
			p.grids, p.state, p.props = p.grids[:1], p.state[:1], nil
			p.grids[0].Cells = slices.DeleteFunc(p.grids[0].Cells, func(c xlsx.Cell) bool { return c.Row == 1 || c.Col == 1 })
		}, nil, 5},
		{"a row and a column within a matrix", "ma-tran", func(p *paper) {
			row, col := p.at(0, "C3")
			p.insertRows(0, row+3, 1)
			p.insertCols(0, col, 1)
		}, nil, 5},
		{"a group of columns renamed", "ma-tran", func(p *paper) {
			row, col := p.at(0, "Số dư đầu kỳ")
			p.put(0, xlsx.Ref(row, col), "Số phát sinh")
		}, []fault.Code{fault.HeaderChanged, fault.HeaderChanged}, 1},
		{"the heads of two columns exchanged", "ma-tran", func(p *paper) {
			row, col := p.at(0, "C1")
			p.put(0, xlsx.Ref(row-1, col), "Có (đồng)")
			p.put(0, xlsx.Ref(row-1, col+1), "Nợ (đồng)")
		}, []fault.Code{fault.HeaderChanged, fault.HeaderChanged}, 1},
		{"a row of a matrix under another name", "ma-tran", func(p *paper) {
			row, col := p.at(0, "Tiền gửi")
			p.put(0, xlsx.Ref(row, col), "Tiền mặt")
		}, []fault.Code{fault.NameCodeDiffer}, 4},
		{"a row of a matrix copied", "ma-tran", func(p *paper) {
			row, _ := p.at(0, "R-3")
			p.insertRows(0, row+1, 1)
			for _, c := range slices.Clone(p.grids[0].Cells) {
				if c.Row == row {
					c.Row++
					p.grids[0].Cells = append(p.grids[0].Cells, c)
				}
			}
			p.sort(p.grids[0])
		}, []fault.Code{fault.IndicatorTwice}, 5},
		{"a row of a matrix deleted", "ma-tran", func(p *paper) { row, _ := p.at(0, "R-3"); p.insertRows(0, row+1, -1) }, []fault.Code{fault.HeaderMissing}, 4},
		{"nothing to report, and figures", "places", func(p *paper) {
			for _, c := range p.grids[0].Cells {
				if c.Col == 1 && c.Text == markNil {
					p.put(0, xlsx.Ref(c.Row, 6), "x")
				}
			}
		}, []fault.Code{fault.NilWithFigures}, 5},
		{"another form", "places", func(p *paper) { p.mark("form", "khac") }, []fault.Code{fault.MarkWrongForm}, 0},
		{"another version", "places", func(p *paper) { p.mark("version", "0") }, []fault.Code{fault.MarkWrongVersion}, 0},
		{"another agency", "places", func(p *paper) { p.mark("agency", "bhd") }, []fault.Code{fault.MarkWrongAgency}, 0},
		{"another request", "places", func(p *paper) { p.mark("request", "thu-2020") }, []fault.Code{fault.MarkWrongRequest}, 0},
		{"marks at odds", "places", func(p *paper) { p.props[markPrefix+"form"] = "khac" }, []fault.Code{fault.MarkBroken}, 0},
		{"a mark half gone", "places", func(p *paper) { p.mark("request", ""); p.props = nil }, []fault.Code{fault.MarkBroken}, 0},
		{"properties gone", "places", func(p *paper) { p.props = nil }, nil, 5},
		{"sheet of marks gone", "places", func(p *paper) { p.grids, p.state = p.grids[:2], p.state[:2] }, nil, 5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := filledPaper(t, tt.form)
			tt.mangle(p)
			got := p.read()
			var codes []fault.Code
			for _, f := range got.Draft.Findings {
				if f.Severity != fault.Note {
					codes = append(codes, f.Code)
				}
			}
			if !slices.Equal(codes, tt.want) || got.Draft.Facts.Len() != tt.facts {
				t.Errorf("findings %v and %d facts, want %v and %d:\n%s", codes, got.Draft.Facts.Len(), tt.want, tt.facts, describe(got))
			}
			if c := got.Draft.Counts; c.Cells != c.Used+c.Excluded {
				t.Errorf("the account %+v does not close (law 4)", c)
			}
		})
	}
}

// mark changes a mark in both places.
func (p *paper) mark(name, value string) {
	p.props[markPrefix+name] = value
	for i := range p.grids[2].Cells {
		c := &p.grids[2].Cells[i]
		if c.Col == 2 && p.grids[2].At(c.Row, 1) != nil && p.grids[2].At(c.Row, 1).Text == name {
			c.Text = value
		}
	}
}

// A total over no figure is empty, not nought (law 8); one figure makes it.
func TestTotalsOverNothingAreEmpty(t *testing.T) {
	for name, value := range map[string]report.Value{
		"": {}, "5": report.NumberOf(decimal.FromInt(5)), "0": report.NumberOf(decimal.FromInt(0)),
	} {
		for form, spot := range map[string]Spot{"places": {"", "288", "2.01"}, "across": {"", "288", "1.1"}} {
			t.Run(form+" "+name, func(t *testing.T) {
				env := testEnv(t, form)
				spot.Unit = env.Agency
				opts := TemplateOptions{}
				if !value.IsNone() {
					opts.Values = map[Spot]report.Value{spot: value}
				}
				var sums []string
				for cell := range templateCells(t, templateOf(t, env, opts)) {
					if strings.Contains(cell.Formula, "SUM(") && cell.Text != "" {
						sums = append(sums, cell.Text)
					}
				}
				want := []string{name}
				if name == "" {
					want = nil
				}
				if diff := cmp.Diff(want, sums); diff != "" {
					t.Errorf("totals: want -, got +:\n%s", diff)
				}
			})
		}
	}
}

// A total adds up exactly what stands in the cells it names, asks whether there is
// anything to add up of the same cells, and is empty over figures that a spreadsheet
// cannot count.
func TestTotalsAddWhatStandsThere(t *testing.T) {
	total := regexp.MustCompile(`^IF\(COUNT\((.+)\)=0,"",SUM\((.+)\)\)$`)
	for _, form := range []string{"places", "across"} {
		for name, figure := range map[string]string{"plain": "7", "too long to count": "12345678901234567"} {
			t.Run(form+" "+name, func(t *testing.T) {
				env := testEnv(t, form)
				values := everyFigure(env)
				for spot, v := range values {
					if v.Kind == report.Number {
						values[spot] = report.NumberOf(decimal.MustParse(figure))
					}
				}
				body := templateOf(t, env, TemplateOptions{Values: values})
				book, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				totals := 0
				for i := range book.Sheets {
					grid, err := book.Grid(i)
					if err != nil {
						t.Fatal(err)
					}
					for j := range grid.Cells {
						c := &grid.Cells[j]
						if !strings.Contains(c.Formula, "SUM(") {
							continue
						}
						totals++
						m := total.FindStringSubmatch(c.Formula)
						if m == nil || m[1] != m[2] {
							t.Fatalf("%s is made by %s", xlsx.Ref(c.Row, c.Col), c.Formula)
						}
						if sum := sumOn(t, grid, m[1]); sum != c.Text {
							t.Errorf("%s says %q, %s makes %q", xlsx.Ref(c.Row, c.Col), c.Text, c.Formula, sum)
						}
					}
				}
				if totals == 0 {
					t.Error("there are no totals")
				}
			})
		}
	}
}

// sumOn adds up the numbers of a range as a spreadsheet does, "" where there are
// none.
func sumOn(t *testing.T, grid *xlsx.Grid, area string) string {
	t.Helper()
	r, err := xlsx.ParseRange(area)
	if err != nil {
		t.Fatal(err)
	}
	var sum decimal.Sum
	counted := 0
	for i := range grid.Cells {
		if c := &grid.Cells[i]; r.Contains(c.Row, c.Col) && c.Type == xlsx.Number {
			sum.Add(decimal.MustParse(c.Text))
			counted++
		}
	}
	if counted == 0 {
		return ""
	}
	return cached(sum)
}

// templateCells gives all cells of a workbook.
func templateCells(t *testing.T, body []byte) iter.Seq[*xlsx.Cell] {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(*xlsx.Cell) bool) {
		for i := range book.Sheets {
			grid, err := book.Grid(i)
			if err != nil {
				t.Fatal(err)
			}
			for j := range grid.Cells {
				if !yield(&grid.Cells[j]) {
					return
				}
			}
		}
	}
}
