package ingest

import (
	"slices"
	"strings"
	"sync"

	"tonghop/ingest/match"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
)

// wording is what the words on a sheet of the form are compared with, as keys.
// It is the same for every agency, and read only.
type wording struct {
	name      string        // of the sheet
	header    *table.Search // the words over its columns; nil for a single column
	codeHeads words         // over the column of codes
	nameHeads words         // over the column of names
	ignored   words         // over columns that are read past
	totals    []string      // further labels of totals
	here      *match.Index  // what its rows may be; nil for a list, which is each agency's own
	known     *match.Index  // where rows are indicators: all of the definition
}

// words is a set of keys.
type words map[string]bool

func wordsOf(lists ...[]string) words {
	out := words{}
	for _, list := range lists {
		for _, w := range list {
			out[viet.Key(w)] = true
		}
	}
	return out
}

// Words that usually stand over the columns that name the rows.
var (
	usualCodeHeads = []string{"mã", "mã số", "mã đơn vị", "mã địa bàn", "mã tỉnh", "mã huyện", "mã xã", "mã cskcb", "mã chỉ tiêu", "mã đvhc"}
	usualNameHeads = []string{"tên", "tên đơn vị", "đơn vị", "địa bàn", "tên địa bàn", "địa phương", "tên địa phương", "tên tỉnh", "tên huyện", "huyện",
		"huyện, thị xã, thành phố", "quận, huyện", "tỉnh, thành phố", "tỉnh", "xã", "xã, phường", "đơn vị hành chính", "tên cskcb", "cơ sở",
		"chỉ tiêu", "tên chỉ tiêu", "nội dung", "danh mục", "diễn giải"}
	nameHeads  = wordsOf(usualNameHeads)
	valueHeads = wordsOf([]string{"kết quả", "số liệu", "giá trị", "thực hiện", "kết quả thực hiện", "số lượng", "kết quả đạt được", "nội dung báo cáo",
		"kết quả báo cáo", "thực hiện trong kỳ", "trong kỳ", "số thực hiện"})
)

// newWording works the words of a sheet out.
func newWording(def *report.Definition, s *planned) *wording {
	key := s.layout.Key
	w := &wording{
		name:      viet.Key(s.layout.Name),
		codeHeads: wordsOf(key.Code, usualCodeHeads), nameHeads: wordsOf(key.Name, usualNameHeads),
		ignored: wordsOf(s.layout.Ignore),
	}
	for _, t := range s.layout.Totals {
		w.totals = append(w.totals, viet.Key(t))
	}
	if !s.single() {
		w.header = table.NewSearch(wants(s), key.Code, key.Name, usualCodeHeads, usualNameHeads)
	}
	switch s.layout.Shape {
	case report.UnitList:
	case report.Matrix:
		w.here, w.known = match.New(s.matrix.rowEntries(), false), match.New(matrixRows(def), false)
	case report.IndicatorsDown:
		w.here, w.known = match.New(indicatorEntries(s), false), match.New(allIndicators(def), false)
	default:
		w.here = match.New(placeEntries(s.places), true)
	}
	return w
}

// wants gives the words over the columns of a sheet of the plan, in the order
// of its indicators or places.
func wants(p *planned) []table.Want {
	if p.matrix != nil {
		return p.matrix.wants()
	}
	var out []table.Want
	if p.layout.Shape == report.IndicatorsDown {
		bare := map[string]int{}
		for _, place := range p.places {
			key, _ := match.Spellings(place.Name.VI)
			bare[key]++
		}
		for _, place := range p.places {
			w := table.Want{Paths: [][]string{{viet.Key(place.Name.VI)}}}
			if !isMereNumber(place.Code) {
				w.Paths = append(w.Paths, []string{viet.Key(place.Code)})
			}
			for _, a := range place.Aliases {
				w.Paths = append(w.Paths, []string{viet.Key(a)})
			}
			key, others := match.Spellings(place.Name.VI)
			if bare[key] == 1 {
				others = append(others, key)
			}
			for _, o := range others {
				w.Paths = append(w.Paths, []string{o})
			}
			out = append(out, w)
		}
		return out
	}
	bare := bareNames(p.indicators)
	for _, ind := range p.indicators {
		w := table.Want{Paths: [][]string{{viet.Key(ind.Name.VI)}, {viet.Key(label(ind))}, {viet.Key(table.Unnumbered(ind.Name.VI))}}}
		if !isMereNumber(ind.Code) {
			w.Paths = append(w.Paths, []string{viet.Key(ind.Code)})
		}
		if key := viet.Key(table.WithoutUnit(ind.Name.VI)); bare[key] == 1 {
			w.Paths = append(w.Paths, []string{key})
		}
		for _, c := range p.layout.Columns {
			if c.Indicator == ind.Code && len(c.Header) > 0 {
				path := make([]string, len(c.Header))
				for i, words := range c.Header {
					path[i] = viet.Key(words)
				}
				w.Paths = append(w.Paths, path)
			}
		}
		w.Paths = slices.DeleteFunc(w.Paths, func(p []string) bool { return p[len(p)-1] == "" })
		out = append(out, w)
	}
	return out
}

// isMereNumber reports whether a code is a number and nothing else. It stands over no
// column then: the number of a row, or of a column, would be taken for a heading.
func isMereNumber(code string) bool { return strings.Trim(code, "0123456789.") == "" }

// bareNames counts the indicators by the key of their name without brackets: a
// name that two share would be a guess.
func bareNames(inds []*report.Indicator) map[string]int {
	out := map[string]int{}
	for _, ind := range inds {
		out[viet.Key(table.WithoutUnit(ind.Name.VI))]++
	}
	return out
}

// registered looks up everything in a register, to say more of a row than that it
// is unknown. A register may be a country's, so the indexes are made when they are
// first asked for.
type registered struct {
	agencies, places func() *match.Index
}

func newRegistered(reg *report.Register) *registered {
	return &registered{
		agencies: sync.OnceValue(func() *match.Index {
			all := make([]*report.Agency, len(reg.Agencies))
			for i := range all {
				all[i] = &reg.Agencies[i]
			}
			return match.New(agencyEntries(all), false)
		}),
		places: sync.OnceValue(func() *match.Index {
			all := make([]*report.Place, len(reg.Places))
			for i := range all {
				all[i] = &reg.Places[i]
			}
			return match.New(placeEntries(all), true)
		}),
	}
}

func placeEntries(places []*report.Place) []match.Entry {
	out := make([]match.Entry, len(places))
	for i, p := range places {
		out[i] = match.Entry{Code: p.Code, Name: p.Name.VI, Aliases: p.Aliases}
	}
	return out
}

func agencyEntries(agencies []*report.Agency) []match.Entry {
	out := make([]match.Entry, len(agencies))
	for i, a := range agencies {
		out[i] = match.Entry{Code: a.Code, Name: a.Name.VI, Aliases: a.Aliases}
		if a.Short != "" {
			out[i].Aliases = append(slices.Clone(a.Aliases), a.Short)
		}
	}
	return out
}

func indicatorEntries(s *planned) []match.Entry {
	out := make([]match.Entry, len(s.indicators))
	for i, ind := range s.indicators {
		out[i] = match.Entry{Code: ind.Code, Name: ind.Name.VI}
		for _, c := range s.layout.Columns {
			if c.Indicator == ind.Code && len(c.Header) > 0 {
				out[i].Aliases = append(out[i].Aliases, c.Header[len(c.Header)-1])
			}
		}
	}
	return out
}

func allIndicators(def *report.Definition) []match.Entry {
	out := make([]match.Entry, len(def.Indicators))
	for i := range def.Indicators {
		out[i] = match.Entry{Code: def.Indicators[i].Code, Name: def.Indicators[i].Name.VI}
	}
	return out
}
