package export

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tonghop/report"
	"tonghop/report/decimal"
)

// grouped is a paper whose indicators by place are drawn: a letter is the group of
// an indicator; "A a" are two of one group, the small one a column 40 digits wide.
func grouped(drawing string) *paper {
	p := &paper{s: &report.Summary{Total: map[string]report.Cell{}}, index: &index{scales: map[string]int{}}}
	for i, r := range strings.ReplaceAll(drawing, " ", "") {
		ind := &report.Indicator{Code: fmt.Sprint(i), Group: strings.ToUpper(string(r))}
		if strings.ToUpper(string(r)) != string(r) {
			p.s.Total[ind.Code] = report.Cell{Value: num(strings.Repeat("9", 27))} // 35 with the points
		}
		p.placed = append(p.placed, ind)
	}
	return p
}

// drawnPages draws pages as [grouped] reads them.
func drawnPages(p *paper, pages [][]*report.Indicator) []string {
	var out []string
	for _, page := range pages {
		line := ""
		for _, ind := range page {
			letter := ind.Group
			if p.figureWidth(ind) > 30 {
				letter = strings.ToLower(letter)
			}
			line += letter
		}
		out = append(out, line)
	}
	return out
}

// Nine columns of plain figures stand on a page beside the names of the places.
func TestPlacePages(t *testing.T) {
	for _, tt := range []struct {
		name, drawing string
		want          []string
	}{
		{"nothing", "", nil},
		{"a page full", "AAAAAAAAA", []string{"AAAAAAAAA"}},
		{"groups share a page", "AAAA BBBB C", []string{"AAAABBBBC"}},
		{"a group is not torn", "AAAAAA BBBBBB", []string{"AAAAAA", "BBBBBB"}},
		{"the next goes on where there is room", "AAAAAA BBBBBB CCC", []string{"AAAAAA", "BBBBBBCCC"}},
		{"and not where there is none", "AAAAAA BBBBBB CCCC", []string{"AAAAAA", "BBBBBB", "CCCC"}},
		{"one too many is spread alike", "AAAAAAAAAA", []string{"AAAAA", "AAAAA"}},
		{"over three pages", "AAAAAAAAAAAAAAAAAAA", []string{"AAAAAAA", "AAAAAAA", "AAAAA"}},
		{"a large group begins a page", "AA BBBBBBBBBBBB", []string{"AA", "BBBBBB", "BBBBBB"}},
		{"nothing follows a large group on its page", "AAAAAAAAAAAA B", []string{"AAAAAA", "AAAAAA", "B"}},
		{"wide figures take more room", "aa AAAA", []string{"aaA", "AAA"}},
		{"plain pages are alike only where all have room", "AAA aaa", []string{"AAAa", "aa"}},
		{"one of a group again is another group", "AAAAA BBBB A", []string{"AAAAABBBB", "A"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := grouped(tt.drawing)
			if diff := cmp.Diff(tt.want, drawnPages(p, p.placePages())); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// Whatever the groups and figures are: every indicator stands on one page, in
// order; a page is not too wide; a group that has room on a page is on one.
func TestPlacePagesHoldTheirPromises(t *testing.T) {
	const room = pageRoom - placesFixed
	rapid.Check(t, func(t *rapid.T) {
		var drawing strings.Builder
		for i, n := range rapid.SliceOfN(rapid.IntRange(1, 25), 0, 8).Draw(t, "groups") {
			for _, wide := range rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "wide") {
				letter := rune('A' + i)
				if wide {
					letter += 'a' - 'A'
				}
				drawing.WriteRune(letter)
			}
		}
		p := grouped(drawing.String())
		pages := p.placePages()
		if got := slices.Concat(pages...); !slices.Equal(got, p.placed) {
			t.Fatalf("pages hold %v of %s", drawnPages(p, pages), drawing.String())
		}
		on := map[string]int{}
		for _, page := range pages {
			if len(page) == 0 || p.figuresWidth(page) > room {
				t.Fatalf("pages %v: one is empty or too wide", drawnPages(p, pages))
			}
			for _, group := range slices.CompactFunc(slices.Clone(page), func(a, b *report.Indicator) bool { return a.Group == b.Group }) {
				on[group.Group]++
			}
		}
		for group, n := range on {
			of := slices.DeleteFunc(slices.Clone(p.placed), func(ind *report.Indicator) bool { return ind.Group != group })
			if p.figuresWidth(of) <= room && n > 1 {
				t.Fatalf("pages %v: %s is torn", drawnPages(p, pages), group)
			}
		}
	})
}

// The table is divided on paper where its pages are: a break before the first
// column of each but the first, and the names repeated.
func TestPlacesBreakWherePagesBegin(t *testing.T) {
	p := newPaper(sample())
	p.writePlaces()
	var want []int
	for _, page := range p.placePages()[1:] {
		want = append(want, p.placeCols[page[0].Code])
	}
	paper := p.placesSheet.Print
	if len(want) < 2 || !slices.Equal(paper.ColumnBreaks, want) {
		t.Errorf("pages begin at columns %v, want %v", paper.ColumnBreaks, want)
	}
	if paper.FitWidth || paper.RepeatLeft != 1 || paper.RepeatRight != placesLeft-1 {
		t.Errorf("the names are not repeated at the left of each page: %+v", paper)
	}
}

// figureWidth has room for all digits.
func TestFigureWidthHoldsTheTotal(t *testing.T) {
	p := grouped("A")
	least := p.figureWidth(p.placed[0])
	p.s.Total["0"] = report.Cell{Value: report.NumberOf(decimal.MustParse("123456789012.5"))}
	p.scales["0"] = 2
	if got := p.figureWidth(p.placed[0]); got < float64(len("123.456.789.012,50")) || got <= least {
		t.Errorf("a column of 18 letters is %g wide, of none %g", got, least)
	}
}
