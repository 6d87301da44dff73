package aggregate

import (
	"slices"
	"strings"

	"tonghop/report/search"
)

// Found says what the words of a [Query.Search] were found in: the rows that are left. What
// the answer says of agencies heard and missing is of the whole question.
type Found struct {
	Rows       int      `json:"rows"` // left
	Of         int      `json:"of"`
	Agencies   []string `json:"agencies"` // whose names or codes have any of the words, in the order of the rows
	Groups     []string `json:"groups,omitempty"`
	Units      []string `json:"units,omitempty"`
	Places     []string `json:"places"`
	Indicators []string `json:"indicators"`
}

// mostWords bounds what is searched for at once: texts, and the words of each.
const mostWords = 16

// sought reads what is searched for.
func (q *Query) sought() ([]search.Words, error) {
	if len(q.Search) > mostWords {
		return nil, wrongParameter("search", strings.Join(q.Search, ", "), "nhiều nhất 16 cụm từ", "at most 16 texts")
	}
	var out []search.Words
	for _, text := range q.Search {
		words := search.Parse(text)
		if len(words) == 0 || len(words) > mostWords {
			return nil, wrongParameter("search", text, "từ một đến 16 từ có trong tên hoặc mã", "from one to 16 words of a name or code")
		}
		out = append(out, words)
	}
	return out, nil
}

// find keeps the rows in which all that is sought is found: each in the name or the code of
// the row's own agency, group, unit, place or indicator.
func (r *Rollup) find(sought []search.Words) {
	if len(sought) == 0 {
		return
	}
	f := seeker{sought: sought, of: r, hits: map[axisCode]uint64{}}
	out := &Found{Of: len(r.Rows), Agencies: []string{}, Places: []string{}, Indicators: []string{}}
	all := uint64(1)<<len(sought) - 1
	r.Rows = slices.DeleteFunc(r.Rows, func(row Row) bool {
		agency, group, unit := f.agency(axisAgency, row.Agency), f.agency(axisGroup, row.Group), f.agency(axisUnit, row.Unit)
		place, indicator := f.place(row.Place), f.indicator(row.Indicator)
		if agency|group|unit|place|indicator != all {
			return true
		}
		f.named(&out.Agencies, axisAgency, row.Agency, agency)
		f.named(&out.Groups, axisGroup, row.Group, group)
		f.named(&out.Units, axisUnit, row.Unit, unit)
		f.named(&out.Places, axisPlace, row.Place, place)
		f.named(&out.Indicators, axisIndicator, &row.Indicator, indicator)
		return false
	})
	out.Rows, r.Found = len(r.Rows), out
}

// seeker looks each name up once.
type seeker struct {
	sought []search.Words
	of     *Rollup
	hits   map[axisCode]uint64 // which of what is sought is found; the highest bit: it was named
}

type axisCode struct {
	axis rowAxis
	code string
}

// rowAxis is what a code in a row is of.
type rowAxis uint8

const (
	axisAgency rowAxis = iota
	axisGroup
	axisUnit
	axisPlace
	axisIndicator
)

// wasNamed marks a code that [Found] has. No search is of so many words.
const wasNamed = uint64(1) << 63

// look gives which of what is sought is found in a code or one of the names of it.
func (f *seeker) look(axis rowAxis, code string, names func() []string) uint64 {
	key := axisCode{axis, code}
	hits, known := f.hits[key]
	if known {
		return hits &^ wasNamed
	}
	whole := search.NameOf(code)
	all := names()
	for i, words := range f.sought {
		if words.InCode(whole) || slices.ContainsFunc(all, func(name string) bool { return words.In(search.NameOf(name)) }) {
			hits |= 1 << i
		}
	}
	f.hits[key] = hits
	return hits
}

func (f *seeker) agency(axis rowAxis, code *string) uint64 {
	if code == nil {
		return 0
	}
	return f.look(axis, *code, func() []string {
		if a := f.of.Register.Agency(*code); a != nil {
			return append([]string{a.Name.VI, a.Name.EN, a.Short}, a.Aliases...)
		}
		return nil
	})
}

func (f *seeker) place(code *string) uint64 {
	if code == nil {
		return 0
	}
	return f.look(axisPlace, *code, func() []string {
		if p := f.of.Register.Place(*code); p != nil {
			return append([]string{p.Name.VI, p.Name.EN}, p.Aliases...)
		}
		return nil
	})
}

func (f *seeker) indicator(code string) uint64 {
	return f.look(axisIndicator, code, func() []string {
		if ind := f.of.Definition.Indicator(code); ind != nil {
			return []string{ind.Name.VI, ind.Name.EN}
		}
		return nil
	})
}

// named adds a code in which something was found, once.
func (f *seeker) named(list *[]string, axis rowAxis, code *string, hits uint64) {
	if hits == 0 {
		return
	}
	key := axisCode{axis, *code}
	if f.hits[key]&wasNamed == 0 {
		f.hits[key] |= wasNamed
		*list = append(*list, *code)
	}
}
