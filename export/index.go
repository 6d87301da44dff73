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

	lines      []int32            // of the summary's sources, in the order of their sheet
	sourceRows map[[3]string]span // by indicator, agency, place
	sourcesOf  map[string]span    // by indicator
	sourcesBy  map[[2]string]span // by indicator, agency

	cross      []crossRow
	crossRows  map[[3]string]int  // by indicator, agency, place
	crossOf    map[[2]string]span // by indicator, agency
	crossBlock map[string]span    // by indicator; the row before it holds the total

	places    []placeRow
	placeCols map[string]int // column of the table by place, by indicator
}

// crossRow is one row of the table of agencies by places.
type crossRow struct {
	indicator     *report.Indicator
	agency, place string // both empty: the total of the indicator
}

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
	x.layOutCross(s)
	x.places, x.placeCols = placeRows(s), x.placeColumns()
	return x
}

// layOutSources puts all sources of one indicator next to each other, and in
// them those of one agency and place.
func (x *index) layOutSources(s *report.Summary) {
	agency, place := ranks(s)
	x.lines = make([]int32, len(s.Sources))
	for i := range x.lines {
		x.lines[i] = int32(i)
		if l := &s.Sources[i]; l.Value.Kind == report.Number {
			x.scales[l.Indicator] = max(x.scales[l.Indicator], l.Value.Num.Scale())
		}
	}
	slices.SortStableFunc(x.lines, func(i, j int32) int {
		a, b := &s.Sources[i], &s.Sources[j]
		return cmp.Or(
			cmp.Compare(x.rank(a.Indicator), x.rank(b.Indicator)), cmp.Compare(a.Indicator, b.Indicator),
			cmp.Compare(agency(a.Agency), agency(b.Agency)), cmp.Compare(a.Agency, b.Agency),
			cmp.Compare(place(a.Place), place(b.Place)), cmp.Compare(a.Place, b.Place),
			cmp.Compare(a.Unit, b.Unit))
	})
	x.sourceRows, x.sourcesOf, x.sourcesBy = map[[3]string]span{}, map[string]span{}, map[[2]string]span{}
	for n, i := range x.lines {
		l, row := &s.Sources[i], sourcesTop+n
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

// layOutCross gives each indicator that is asked by place a row for its total and
// a row for each agency and place that said something.
func (x *index) layOutCross(s *report.Summary) {
	agency, place := ranks(s)
	said := make(map[string][][3]string, len(x.placed))
	for key := range s.AgencyPlace { // any order: sorted below
		said[key[0]] = append(said[key[0]], key)
	}
	x.crossRows, x.crossOf, x.crossBlock = map[[3]string]int{}, map[[2]string]span{}, map[string]span{}
	row := crossTop
	for _, ind := range x.placed {
		keys := said[ind.Code]
		if len(keys) == 0 {
			continue
		}
		slices.SortFunc(keys, func(a, b [3]string) int {
			return cmp.Or(
				cmp.Compare(agency(a[1]), agency(b[1])), cmp.Compare(a[1], b[1]),
				cmp.Compare(place(a[2]), place(b[2])), cmp.Compare(a[2], b[2]))
		})
		x.cross = append(x.cross, crossRow{indicator: ind})
		row++
		for _, key := range keys {
			x.cross = append(x.cross, crossRow{indicator: ind, agency: key[1], place: key[2]})
			pair := [2]string{key[0], key[1]}
			x.crossRows[key] = row
			x.crossOf[pair] = x.crossOf[pair].take(row)
			x.crossBlock[ind.Code] = x.crossBlock[ind.Code].take(row)
			row++
		}
	}
}

// indicator finds an indicator of the summary; nil when there is none.
func (p *paper) indicator(code string) *report.Indicator {
	if at, ok := p.position[code]; ok {
		return p.s.Indicators[at]
	}
	return nil
}
