package export

import (
	"cmp"
	"slices"

	"tonghop/report"
)

// span is a run of rows, both ends in it. The zero span is none.
type span struct{ from, to int }

func (s span) isNone() bool { return s.from == 0 }

// take widens the span to a row.
func (s span) take(row int) span {
	if s.isNone() {
		return span{row, row}
	}
	return span{s.from, row}
}

// index knows where every figure will stand before any is written, so that
// formulas and links may point forwards.
type index struct {
	figures  []*report.Indicator // numbers and yes-or-no: what tables show
	placed   []*report.Indicator // those of them that are asked by place or unit
	stories  []*report.Indicator // narrative
	scales   map[string]int      // decimals shown, by indicator
	position map[string]int      // of an indicator in the definition

	lines      []int32            // what stands in the rows of the sheet of sources: one of the summary's, or noSource
	sourceRows map[[3]string]span // by indicator, agency, place
	sourcesOf  map[string]span    // by indicator
	sourcesBy  map[[2]string]span // by indicator, agency

	cross crossing

	places    []placeRow
	placeCols map[string]int // column of the table by place, by indicator
}

// noSource marks a row of the sheet of sources that names the indicator of those
// below it.
const noSource = -1

// newIndex lays out the sheets whose rows others refer to.
func newIndex(s *report.Summary) *index {
	x := &index{scales: map[string]int{}, position: map[string]int{}}
	for i, ind := range s.Indicators {
		x.position[ind.Code], x.scales[ind.Code] = i, ind.Scale
		switch {
		case ind.Type == report.TypeText:
			x.stories = append(x.stories, ind)
			continue
		case ind.By == report.ByPlace || ind.By == report.ByUnit:
			x.placed = append(x.placed, ind)
		}
		x.figures = append(x.figures, ind)
	}
	x.layOutSources(s)
	x.cross = x.layOutCross(s)
	x.places, x.placeCols = placeRows(s), x.placeColumns()
	return x
}

// layOutSources puts all sources of one indicator next to each other, and in
// them those of one agency and place.
func (x *index) layOutSources(s *report.Summary) {
	agency, place := ranks(s)
	sorted := make([]int32, len(s.Sources))
	for i := range sorted {
		sorted[i] = int32(i)
		if l := &s.Sources[i]; l.Value.Kind == report.Number {
			x.scales[l.Indicator] = max(x.scales[l.Indicator], l.Value.Num.Scale())
		}
	}
	slices.SortStableFunc(sorted, func(i, j int32) int {
		a, b := &s.Sources[i], &s.Sources[j]
		return cmp.Or(
			cmp.Compare(x.rank(a.Indicator), x.rank(b.Indicator)), cmp.Compare(a.Indicator, b.Indicator),
			cmp.Compare(agency(a.Agency), agency(b.Agency)), cmp.Compare(a.Agency, b.Agency),
			cmp.Compare(place(a.Place), place(b.Place)), cmp.Compare(a.Place, b.Place),
			cmp.Compare(a.Unit, b.Unit))
	})
	x.lines = make([]int32, 0, len(sorted)+len(s.Indicators))
	x.sourceRows, x.sourcesOf, x.sourcesBy = map[[3]string]span{}, map[string]span{}, map[[2]string]span{}
	for n, i := range sorted {
		l := &s.Sources[i]
		if n == 0 || s.Sources[sorted[n-1]].Indicator != l.Indicator {
			x.lines = append(x.lines, noSource)
		}
		row := sourcesTop + len(x.lines)
		x.lines = append(x.lines, i)
		key := [3]string{l.Indicator, l.Agency, l.Place}
		x.sourceRows[key] = x.sourceRows[key].take(row)
		pair := [2]string{l.Indicator, l.Agency}
		x.sourcesBy[pair] = x.sourcesBy[pair].take(row)
		x.sourcesOf[l.Indicator] = x.sourcesOf[l.Indicator].take(row)
	}
}

// rank puts indicators the definition does not know last.
func (x *index) rank(indicator string) int {
	if at, ok := x.position[indicator]; ok {
		return at
	}
	return len(x.position)
}

// ranks gives the order of agencies and places: roster and register, strangers
// last.
func ranks(s *report.Summary) (agency, place func(code string) int) {
	at := make(map[string]int, len(s.Agencies))
	for i := range s.Agencies {
		at[s.Agencies[i].Agency] = i
	}
	agency = func(code string) int {
		if i, ok := at[code]; ok {
			return i
		}
		return len(at)
	}
	place = func(code string) int {
		if i, ok := s.Register.PlaceRank(code); ok {
			return i
		}
		return len(s.Register.Places)
	}
	return agency, place
}

// indicator finds an indicator of the summary; nil when there is none.
func (p *paper) indicator(code string) *report.Indicator {
	if at, ok := p.position[code]; ok {
		return p.s.Indicators[at]
	}
	return nil
}
