package export

import (
	"fmt"
	"slices"
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
