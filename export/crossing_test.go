package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// scattered is a summary in which each agency speaks of one place of its own.
func scattered() *report.Summary {
	s := official()
	places := map[string]string{}
	for i, agency := range s.Request.Agencies {
		places[agency] = s.Places[i%len(s.Places)].Code
	}
	for key := range s.AgencyPlace {
		if places[key[1]] != key[2] {
			delete(s.AgencyPlace, key)
		}
	}
	return s
}

// wide is a summary with so many places that a grid of them is several pages wide.
func wide() *report.Summary {
	reg, req := sampleRegister(), sampleRequest()
	for i := range 40 {
		reg.Places = append(reg.Places, report.Place{
			Code: fmt.Sprintf("1%03d", i), Name: report.Text{VI: fmt.Sprintf("Xã Tân Tiến %d", i+1)}, Level: report.LevelDistrict, Parent: "30",
		})
	}
	d := sampleDefinition()
	d.Indicators = d.Indicators[:4:4]
	b := newBuilder(d, reg.Index(), req)
	for _, agency := range req.Agencies {
		b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1, File: agency + ".xlsx"})
		b.facts(agency, agency+".xlsx", 1)
	}
	return b.finish()
}

// blocks is a summary of many indicators that each have few figures, so scattered
// that they make a list.
func blocks() *report.Summary {
	d := &report.Definition{Code: "d", Version: "1", Calendar: "d09"}
	for i := range 80 {
		d.Indicators = append(d.Indicators, report.Indicator{
			Code: fmt.Sprintf("%03d", i), Name: report.Text{VI: "Số lượt"}, Unit: "lượt", Type: report.TypeInt, By: report.ByPlace,
		})
	}
	b := newBuilder(d, sampleRegister(), sampleRequest())
	for i, agency := range b.Request.Agencies {
		b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1, File: "a.xlsx"})
		for n, ind := range b.Indicators {
			if (n+i)%3 == 0 {
				b.fact(agency, "a.xlsx", 1, ind, b.Register.Places[i+1].Code, "C5")
			}
		}
	}
	return b.finish()
}

// Where most agencies speak of most places the table is a grid; where few do, a
// list: a grid of them would be empty paper.
func TestGridOrList(t *testing.T) {
	for name, tt := range map[string]struct {
		summary *report.Summary
		grid    bool
	}{"dense": {official(), true}, "many places": {wide(), true}, "scattered": {scattered(), false}} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(tt.summary)
			if got := p.cross.places != nil; got != tt.grid {
				t.Errorf("a grid: %t, want %t", got, tt.grid)
			}
			cells := map[xlsx.Range][3]string{}
			for key := range tt.summary.AgencyPlace {
				if !slices.Contains(p.placed, p.indicator(key[0])) {
					continue
				}
				at, ok := p.cross.cells[key]
				if other, taken := cells[at]; !ok || taken {
					t.Fatalf("%v has cell %v, which is that of %v", key, at, other)
				}
				cells[at] = key
				if line := p.cross.lines[at.FirstRow-crossTop]; line.agency != key[1] || line.indicator.Code != key[0] {
					t.Fatalf("%v stands in the row of %s, %s", key, line.indicator.Code, line.agency)
				}
			}
		})
	}
}

// Every figure by agency and place stands in its sheet with a formula or as it
// is, and its link leads to rows that hold its sources, whatever the layout.
func TestFiguresLeadToTheirSources(t *testing.T) {
	for name, s := range map[string]*report.Summary{"grid": official(), "list": scattered(), "wide grid": wide()} {
		t.Run(name, func(t *testing.T) {
			f, p := reopen(t, s), newPaper(s)
			cross, sources := p.crossSheet.Name(), p.sourcesSheet.Name()
			rows, err := f.GetRows(sources)
			if err != nil {
				t.Fatal(err)
			}
			links := 0
			for key, at := range p.cross.cells {
				ref := xlsx.Ref(at.FirstRow, at.FirstCol)
				has, target, err := f.GetCellHyperLink(cross, ref)
				if err != nil {
					t.Fatal(err)
				}
				if !has {
					continue
				}
				links++
				_, area, _ := strings.Cut(target, "!")
				r, err := xlsx.ParseRange(strings.ReplaceAll(area, "$", ""))
				if err != nil {
					t.Fatalf("%s leads to %q: %v", ref, target, err)
				}
				for n := r.FirstRow; n <= r.LastRow; n++ {
					row := rows[n-1]
					if row[0] != key[0] || row[1] != p.shortName(key[1]) || row[2] != s.Register.PlaceName(key[2]) {
						t.Fatalf("%s is %v and leads to %q", ref, key, row)
					}
				}
			}
			if links < len(p.cross.cells)/2 {
				t.Errorf("only %d of %d figures lead anywhere", links, len(p.cross.cells))
			}
		})
	}
}

// Of the sheet of sources no column is empty throughout, and all have room on a
// page of upright paper in type that can be read.
func TestSourcesFitThePage(t *testing.T) {
	long := official()
	long.Sources = slices.Clone(long.Sources)
	for i := range long.Sources {
		long.Sources[i].File = "Báo cáo kết quả hoạt động nhân Ngày Công tác xã hội Việt Nam năm 2021 (bản chính thức).xlsx"
		long.Sources[i].Source.Text = "khoảng " + long.Sources[i].Source.Text
		long.Sources[i].Source.Sheet = "Biểu số 3. Trợ giúp người có hoàn cảnh"
		long.Sources[i].Source.Cell = "AB1048576"
		long.Sources[i].Unit = "khác"
	}
	for name, s := range map[string]*report.Summary{"plain": official(), "long": long, "none": few()} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(s)
			width := 0.0
			for _, c := range p.sourceCols {
				width += c.width
				if !c.always && !slices.ContainsFunc(s.Sources, func(l report.SourceLine) bool { return c.text(p, &l) != "" }) {
					t.Errorf("column %q is empty", c.name)
				}
			}
			if width > sourcesRoom {
				t.Errorf("the sheet is %g wide, the page %g", width, sourcesRoom)
			}
		})
	}
}

// A name does not stand at the end of a page without the rows it is for, two at
// least.
func TestEvidenceBreaksBeforeNames(t *testing.T) {
	for name, s := range map[string]*report.Summary{"grid": official(), "list": scattered(), "wide grid": wide(), "short blocks": blocks()} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(s)
			p.writeCross()
			p.writeSources()
			if len(p.sourcesSheet.Print.RowBreaks) == 0 {
				t.Fatal("the sources have no pages")
			}
			for _, row := range p.sourcesSheet.Print.RowBreaks {
				for before := row - 3; before < row; before++ {
					if p.lines[before-sourcesTop] == noSource {
						t.Errorf("a name stands in row %d of the sources, the page ends before row %d", before, row)
					}
				}
			}
			for _, row := range p.crossSheet.Print.RowBreaks {
				for before := row - 2; before < row; before++ {
					if p.cross.lines[before-crossTop].agency == "" {
						t.Errorf("a name stands in row %d by agency and place, the page ends before row %d", before, row)
					}
				}
			}
		})
	}
}

// An answer in words stands whole in the workbook once, on the sheet of answers;
// words that are not told there stand whole among the sources.
func TestWordsStandWholeSomewhere(t *testing.T) {
	s := official()
	untold := s.Answers[0]
	s.Answers = s.Answers[1:]
	f := reopen(t, s)
	for sheet, want := range map[string][]string{
		sheetAnswers: {s.Answers[0].Text},
		sheetSources: {untold.Text, wordTold},
	} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		all := slices.Concat(rows...)
		for _, text := range want {
			if !slices.Contains(all, text) {
				t.Errorf("sheet %s does not hold %q", sheet, text)
			}
		}
	}
}

// mixed is a summary whose second indicator has large figures and rolls up in its
// own way on each axis.
func mixed(agency, place report.Rolling) *report.Summary {
	d := sampleDefinition()
	d.Indicators = d.Indicators[:4:4]
	ind := &d.Indicators[1]
	ind.Roll = report.Roll{Agency: agency, Place: place}
	b := newBuilder(d, sampleRegister(), sampleRequest())
	for i, code := range b.Request.Agencies {
		b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: code, State: report.AgencySubmitted, Version: 1, Versions: 1, File: "a.xlsx"})
		b.facts(code, "a.xlsx", 1)
		for n := range b.Sources {
			if l := &b.Sources[n]; l.Agency == code && l.Indicator == ind.Code {
				l.Value = num(fmt.Sprint(1_000_000*(i+1) + n))
			}
		}
	}
	s := b.finish()
	roll := func(how report.Rolling, take func(key [3]string) bool) report.Cell {
		var sum, most int64
		for key, cell := range s.AgencyPlace {
			if key[0] != ind.Code || !take(key) {
				continue
			}
			n, _ := strconv.ParseInt(cell.Value.Num.String(), 10, 64)
			sum, most = sum+n, max(most, n)
		}
		switch how {
		case report.RollSum:
			return report.Cell{Value: num(fmt.Sprint(sum))}
		case report.RollMax:
			return report.Cell{Value: num(fmt.Sprint(most))}
		}
		return report.Cell{Mark: report.MarkNotAdditive}
	}
	for pair := range s.ByAgency {
		if pair[0] == ind.Code {
			s.ByAgency[pair] = roll(place, func(key [3]string) bool { return key[1] == pair[1] })
		}
	}
	for pair := range s.ByPlace {
		if pair[0] == ind.Code {
			s.ByPlace[pair] = roll(agency, func(key [3]string) bool { return key[2] == pair[1] })
		}
	}
	return s
}

// Along a row of the grid places are rolled up, down a column agencies; where the
// two differ no formula stands for the whole.
func TestGridRollsEachAxisUpInItsWay(t *testing.T) {
	for name, tt := range map[string]struct {
		agency, place report.Rolling
		row, column   string // what formulas begin with; "": there is none
	}{
		"the same":     {report.RollSum, report.RollSum, "SUM(", "SUM("},
		"most of sums": {report.RollMax, report.RollSum, "SUM(", "MAX("},
		"sum of most":  {report.RollSum, report.RollMax, "MAX(", "SUM("},
	} {
		t.Run(name, func(t *testing.T) {
			s := mixed(tt.agency, tt.place)
			f, p := reopen(t, s), newPaper(s)
			ind := p.placed[0]
			total := p.cross.totals[ind.Code]
			for ref, want := range map[string]string{
				xlsx.Ref(total.FirstRow+1, gridTotal): tt.row,
				xlsx.Ref(total.FirstRow, gridFirst):   tt.column,
			} {
				got, err := f.GetCellFormula(p.crossSheet.Name(), ref)
				if err != nil || !strings.HasPrefix(got, want) {
					t.Errorf("%s is made by %q, %v, want %s", ref, got, err, want)
				}
			}
			whole, err := f.GetCellFormula(p.crossSheet.Name(), xlsx.Ref(total.FirstRow, gridTotal))
			if same := tt.agency == tt.place; err != nil || (whole != "") != same {
				t.Errorf("the whole is made by %q, %v", whole, err)
			}
		})
	}
}

// No figure of a grid is too wide for its column: a spreadsheet would show ####.
func TestGridHasRoomForItsFigures(t *testing.T) {
	for name, s := range map[string]*report.Summary{
		"sums": official(), "large sums": mixed(report.RollSum, report.RollSum), "not additive": mixed(report.RollNone, report.RollNone),
	} {
		t.Run(name, func(t *testing.T) {
			p := newPaper(s)
			total, each := p.gridWidths()
			check := func(of string, v report.Value, scale int, width float64) {
				st := evidence(numberStyle(scale, false, true))
				if text := shownNumber(v, scale); xlsx.FitHeight(text, width, st) > xlsx.FitHeight("", width, st) {
					t.Fatalf("%s of %s has %g", text, of, width)
				}
			}
			for key := range p.cross.cells {
				check(fmt.Sprint(key), s.AgencyPlace[key].Value, p.scales[key[0]], each)
				check(key[1], s.ByAgency[[2]string{key[0], key[1]}].Value, p.scales[key[0]], total)
			}
		})
	}
}

// TestListHasRoomForItsFigures: amounts in đồng are long.
func TestListHasRoomForItsFigures(t *testing.T) {
	s := scattered()
	for key, c := range s.AgencyPlace {
		if c.Value.Kind == report.Number {
			c.Value = num("1234567890123")
			s.AgencyPlace[key] = c
		}
	}
	p := newPaper(s)
	width := p.layOutList()[listValue-1].width
	for key, c := range s.AgencyPlace {
		st := evidence(numberStyle(p.scales[key[0]], false, false))
		if text := shownNumber(c.Value, p.scales[key[0]]); xlsx.FitHeight(text, width, st) > xlsx.FitHeight("", width, st) {
			t.Fatalf("%s of %v has %g", text, key, width)
		}
	}
}

// A grid too wide for a page is divided before the columns its pages begin with,
// each with its title above and the names at its left.
func TestWideGridOnPaper(t *testing.T) {
	p := newPaper(wide())
	p.writeCross()
	var want []int
	for _, page := range p.gridPages(p.gridWidths())[1:] {
		want = append(want, page.from)
	}
	paper := p.crossSheet.Print
	if breaks := paper.ColumnBreaks[:len(want)]; len(want) == 0 || !slices.Equal(breaks, want) {
		t.Errorf("pages begin at columns %v, want %v", breaks, want)
	}
	if paper.FitWidth || paper.RepeatTop != 1 || paper.RepeatLeft != 1 || paper.RepeatRight != gridTotal-1 {
		t.Errorf("titles or names are not repeated: %+v", paper)
	}
}

// The link of a total leads to the name above the rows it is made of.
func TestTotalsLeadToNames(t *testing.T) {
	for name, s := range map[string]*report.Summary{"grid": official(), "list": scattered()} {
		t.Run(name, func(t *testing.T) {
			f, p := reopen(t, s), newPaper(s)
			for _, ind := range p.placed {
				at, ok := p.cross.totals[ind.Code]
				if !ok {
					continue
				}
				for sheet, link := range map[string]struct{ from, to string }{
					p.crossSheet.Name():  {xlsx.Ref(at.FirstRow, at.FirstCol), p.sourcesSheet.Name()},
					p.placesSheet.Name(): {xlsx.Ref(placesTotal, p.placeCols[ind.Code]), p.crossSheet.Name()},
				} {
					has, target, err := f.GetCellHyperLink(sheet, link.from)
					if err != nil {
						t.Fatal(err)
					}
					if !has { // computed, or a word
						continue
					}
					_, area, _ := strings.Cut(target, "!")
					r, err := xlsx.ParseRange(strings.ReplaceAll(area, "$", ""))
					if err != nil {
						t.Fatalf("%s of %s leads to %q: %v", link.from, sheet, target, err)
					}
					if head, err := f.GetCellValue(link.to, xlsx.Ref(r.FirstRow, 2)); err != nil || !strings.HasPrefix(head, ind.Name.VI) {
						t.Errorf("%s of %s leads to %q, which begins with %q, %v", link.from, sheet, target, head, err)
					}
				}
			}
		})
	}
}

// Columns of a grid stand in the order of the register, and a link to rows has
// all of them.
func TestGridColumns(t *testing.T) {
	s := official()
	p := newPaper(s)
	var want []string
	for _, place := range s.Places {
		want = append(want, place.Code)
	}
	if !slices.Equal(p.cross.places, want) {
		t.Errorf("columns %v, want %v", p.cross.places, want)
	}
	keys := p.cross.keys[p.placed[0].Code]
	if rows := p.cross.rows(keys); rows.FirstCol != 1 || rows.LastCol != gridTotal+len(want) {
		t.Errorf("the rows of an indicator are %v", rows)
	}
}

// A grid has at most three cells for each figure: of agencies that speak each of
// a place of its own three make one, and four do not.
func TestSparseGrid(t *testing.T) {
	for n, grid := range map[int]bool{1: true, 3: true, 4: false} {
		d := sampleDefinition()
		d.Indicators = d.Indicators[1:2:2]
		b := newBuilder(d, sampleRegister(), sampleRequest())
		for i, agency := range b.Request.Agencies[:n] {
			b.fact(agency, "a.xlsx", 1, b.Indicators[0], b.Register.Places[i+1].Code, "C5")
			b.Agencies = append(b.Agencies, report.AgencyStatus{Agency: agency, State: report.AgencySubmitted, Version: 1, Versions: 1})
		}
		if got := newIndex(b.finish()).cross.places != nil; got != grid {
			t.Errorf("%d agencies: a grid %t, want %t", n, got, grid)
		}
	}
}

// Whatever stood in a cell can be read among the sources: as the figure, or in the
// note beside it with what was done to it (law 4).
func TestSourceNotes(t *testing.T) {
	p := newPaper(official())
	for _, tt := range []struct {
		name string
		line report.SourceLine
		want string
	}{
		{"as it is", report.SourceLine{Fact: report.Fact{Indicator: "1.02", Value: num("1234"), Source: report.Source{Text: "1234"}}}, ""},
		{"as it is shown", report.SourceLine{Fact: report.Fact{Indicator: "1.02", Value: num("1234"), Source: report.Source{Text: "1.234"}}}, ""},
		{"with words", report.SourceLine{Fact: report.Fact{Indicator: "1.02", Value: num("1234"), Source: report.Source{Text: "1234 cuộc", Norm: "V1"}}}, "“1234 cuộc”; V1"},
		{"nothing occurred, as its sign", report.SourceLine{Fact: report.Fact{Indicator: "1.02", Value: report.Value{Kind: report.Nil}, Source: report.Source{Text: wordNil}}}, ""},
		{"nothing occurred, in words", report.SourceLine{Fact: report.Fact{Indicator: "1.02", Value: report.Value{Kind: report.Nil}, Source: report.Source{Text: "không có"}}}, "“không có”"},
		{"a yes", report.SourceLine{Fact: report.Fact{Indicator: "1.19", Value: report.BoolOf(true), Source: report.Source{Text: "có"}}}, ""},
		{"a yes by a sign", report.SourceLine{Fact: report.Fact{Indicator: "1.19", Value: report.BoolOf(true), Source: report.Source{Text: "x"}}}, "“x”"},
		{"adjusted", report.SourceLine{Adjusted: true, Fact: report.Fact{Indicator: "1.02", Value: num("20"), Source: report.Source{Text: "2"}}}, "“2”; điều chỉnh"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := p.sourceNote(&tt.line); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The first page of evidence has less room than the others by what stands above
// its heading, and both less by what is repeated.
func TestEvidenceLeavesRoomForTitles(t *testing.T) {
	w := xlsx.NewBook(xlsx.Props{}).Sheet("S")
	w.Row(1, xlsx.Row{Height: 30})
	w.Row(2, xlsx.Row{Height: 20})
	w.Row(3, xlsx.Row{Height: 10})
	w.Print.RepeatTop, w.Print.RepeatBottom = 3, 3
	e := newEvidence(w, 4, 1000)
	if full, first := 1000*trust-10, 1000*trust-60; e.full != full || e.first != first {
		t.Errorf("room for %g points, then %g; want %g, then %g", e.first, e.full, first, full)
	}
}
