package export

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// few is the sample with four indicators by place, whose table is one page wide.
func few() *report.Summary {
	s := sample()
	placed := 0
	s.Indicators = slices.DeleteFunc(slices.Clone(s.Indicators), func(ind *report.Indicator) bool {
		if ind.By == report.ByPlace {
			placed++
		}
		return ind.By == report.ByPlace && placed > 4
	})
	return s
}

// narrow is the sample with a group of one indicator at its end, which has a page
// for itself.
func narrow() *report.Summary {
	s := sample()
	def := *s.Definition
	def.Groups = append(slices.Clone(def.Groups), report.Group{Code: "z", Name: report.Text{VI: "Nhóm cuối"}})
	s.Definition, s.Indicators = &def, slices.Clone(s.Indicators)
	for i := len(s.Indicators) - 1; i >= 0; i-- {
		if s.Indicators[i].By == report.ByPlace {
			last := *s.Indicators[i]
			last.Group = "z"
			s.Indicators[i] = &last
			break
		}
	}
	return s
}

// The title of a table stands across the page. Of one that is several pages wide
// it stands on each page, over the columns that the page has for itself.
func TestTitlesStandAcrossThePage(t *testing.T) {
	for name, tt := range map[string]struct {
		summary *report.Summary
		first   string
		pages   bool
	}{
		"one page":      {few(), "A1", false},
		"several pages": {sample(), "C1", true},
	} {
		t.Run(name, func(t *testing.T) {
			f := reopen(t, tt.summary)
			merged, err := f.GetMergeCells(sheetPlaces + " (" + Provisional + ")")
			if err != nil {
				t.Fatal(err)
			}
			titles := map[string]string{}
			for _, m := range merged {
				if row, _, err := xlsx.ParseRef(m.GetStartAxis()); err == nil && row == 1 {
					titles[m.GetStartAxis()] = m.GetCellValue()
				}
			}
			if titles[tt.first] != "TỔNG HỢP THEO ĐỊA BÀN" {
				t.Errorf("%s holds %q; titles are %v", tt.first, titles[tt.first], titles)
			}
			if (len(titles) > 1) != tt.pages {
				t.Errorf("titles are %v", titles)
			}
		})
	}
}

// In the whole workbook no title is squeezed into columns it does not fit in.
func TestTitlesAreOneLine(t *testing.T) {
	for name, s := range map[string]*report.Summary{"one page": few(), "several pages": sample(), "a narrow page": narrow()} {
		t.Run(name, func(t *testing.T) {
			f := reopen(t, s)
			for _, sheet := range f.GetSheetList()[1:] {
				for row := 1; row <= 2; row++ {
					height, err := f.GetRowHeight(sheet, row)
					if err != nil {
						t.Fatal(err)
					}
					if height >= 2*titleStyle.Size {
						t.Errorf("%s: line %d of the title is %g points tall, more than one line", sheet, row, height)
					}
				}
			}
		})
	}
}

// Of a table that is several pages wide, each page but the first says that it goes
// on, once.
func TestLaterPagesSayThatTheyGoOn(t *testing.T) {
	s := sample()
	p := newPaper(s)
	var want []string
	for n, page := range p.placePages() {
		title := "TỔNG HỢP THEO ĐỊA BÀN"
		if n > 0 {
			title += " (tiếp)"
		}
		want = append(want, xlsx.Ref(1, p.placeCols[page[0].Code])+" "+title)
	}
	if len(want) < 3 {
		t.Fatalf("%d pages are too few to tell", len(want))
	}
	f := reopen(t, s)
	rows, err := f.GetRows(sheetPlaces + " (" + Provisional + ")")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, text := range rows[0] {
		if text != "" {
			got = append(got, xlsx.Ref(1, i+1)+" "+text)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("titles: want -, got +:\n%s", diff)
	}
}
