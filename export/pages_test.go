package export

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tonghop/report"
)

// drawn makes rows of 20 points of a drawing: "H" heads those below it, "." does
// not.
func drawn(rows string) []paperRow {
	var out []paperRow
	for _, r := range rows {
		out = append(out, paperRow{20, r == 'H'})
	}
	return out
}

func TestDivide(t *testing.T) {
	for _, tt := range []struct {
		name              string
		rows              string
		first, full, tail float64
		want              []pageStart
	}{
		{"all on one page", ".....", 100, 100, 0, nil},
		{"page after page", ".......", 60, 60, 0, []pageStart{{3, false}, {6, false}}},
		{"the first has less room", ".....", 20, 80, 0, []pageStart{{1, false}}},
		{"no room at all for the first row", "..", 10, 80, 0, []pageStart{{0, false}}},
		{"a heading goes with its rows", "..H..", 60, 60, 0, []pageStart{{2, true}}},
		{"and does not stand with one line", ".H..", 60, 60, 0, []pageStart{{1, true}}},
		{"two lines are enough", "H...", 60, 60, 0, []pageStart{{3, false}}},
		{"headings of headings go along", ".HH..", 60, 60, 0, []pageStart{{1, true}, {4, false}}},
		{"a heading that fills the page stays", "H....", 20, 20, 0, []pageStart{{1, false}, {2, false}, {3, false}, {4, false}}},
		{"what follows has room", "....", 200, 200, 100, nil},
		{"what follows takes rows along", "......", 140, 140, 60, []pageStart{{3, true}}},
		{"and their heading", "..H...", 140, 140, 60, []pageStart{{2, true}}},
		{"one row would stand with what follows", "......", 100, 100, 40, []pageStart{{3, true}}},
		{"few rows move to a page of their own", "..", 60, 140, 60, []pageStart{{0, true}}},
		{"and stay where no page has more room", "..", 60, 60, 60, nil},
		{"nothing but what follows", "", 40, 140, 60, []pageStart{{0, true}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := divide(drawn(tt.rows), tt.first, tt.full, tt.tail)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(pageStart{})); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// Whatever the rows are, none is lost and none too much for its page, no heading
// stands at the end of a page that begins with something else, and what follows
// stands below rows.
func TestDivideHoldsItsPromises(t *testing.T) {
	const full, tail = 500, 200
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) paperRow {
			return paperRow{rapid.Float64Range(10, 60).Draw(rt, "height"), rapid.IntRange(0, 5).Draw(rt, "heads") == 0}
		}), 4, 80).Draw(rt, "rows")
		for i := 1; i < len(rows); i++ { // a heading heads rows
			rows[i].heads = rows[i].heads && !rows[i-1].heads && i < len(rows)-1
		}
		first := rapid.Float64Range(0, full).Draw(rt, "first")
		starts := []int{0}
		for _, s := range divide(rows, first, full, tail) {
			starts = append(starts, s.at)
		}
		ends := append(slices.Clone(starts[1:]), len(rows))
		for n, from := range starts {
			room := float64(full)
			if n == 0 {
				room = first
			}
			if n == len(starts)-1 {
				room -= tail
			}
			if n > 0 && from <= starts[n-1] && from > 0 {
				rt.Fatalf("pages begin at %v", starts)
			}
			page := rows[from:ends[n]]
			if tall(page) > room {
				rt.Fatalf("page %d holds %g points and has room for %g; pages begin at %v", n+1, tall(page), room, starts)
			}
			if len(page) > 1 && page[len(page)-1].heads {
				rt.Fatalf("page %d ends with a heading; pages begin at %v", n+1, starts)
			}
		}
		if last := len(rows) - starts[len(starts)-1]; last < carried {
			rt.Fatalf("%d rows stand with what follows; pages begin at %v", last, starts)
		}
	})
}

// brief leaves a summary so many of its indicators.
func brief(s *report.Summary, indicators int) *report.Summary {
	s.Indicators = slices.Clone(s.Indicators[:indicators])
	return s
}

// A table that fits below the words stands there. One that does not begins on the
// next page, with the line of its unit.
func TestTableBeginsWhereItFits(t *testing.T) {
	for _, tt := range []struct {
		name    string
		summary *report.Summary
		below   bool
	}{{"three indicators", brief(crowd(20), 3), true}, {"the whole form", crowd(20), false}, {"the letter", sample(), false}} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPaper(tt.summary)
			p.writeTotals()
			breaks := p.totalsSheet.Print.RowBreaks
			if below := !slices.Contains(breaks, p.totals.head-1); below != tt.below {
				t.Errorf("the table begins in row %d, pages in %v; below the words %t, want %t", p.totals.head, breaks, below, tt.below)
			}
		})
	}
}

// On paper, however many indicators there are, three rows of the table stand with
// the signature, and the signature is whole.
func TestSignatureStandsWithTheTable(t *testing.T) {
	codes := func(page string) int {
		n := 0
		for line := range strings.Lines(page) {
			if f := strings.Fields(line); len(f) > 0 && (strings.HasPrefix(f[0], "1.") || strings.HasPrefix(f[0], "2.") || strings.HasPrefix(f[0], "3")) {
				n++
			}
		}
		return n
	}
	for _, indicators := range []int{24, 47} {
		s := brief(sample(), indicators)
		s.Sources, s.AgencyPlace = nil, nil
		pages := printed(t, s)
		at := pageOf(pages, "Nơi nhận:")
		if at == 0 || at != pageOf(pages, "Nguyễn Văn An") {
			t.Errorf("%d indicators: the signature begins on page %d and ends on page %d", indicators, at, pageOf(pages, "Nguyễn Văn An"))
			continue
		}
		if n := codes(pages[at-1]); n < carried {
			t.Errorf("%d indicators: %d rows stand with the signature:\n%s", indicators, n, pages[at-1])
		}
	}
}
