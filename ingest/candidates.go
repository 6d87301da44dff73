package ingest

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
	"tonghop/report/fault"
)

const (
	// leastAlike is how alike a name must be to the words to be offered at all, of
	// 100. Below it a question would be a quiz.
	leastAlike = 65
	// longestAsked bounds the texts that are compared letter by letter, in bytes
	// without marks.
	longestAsked = 160
	// mostLooks bounds how often likely names are looked for in one upload: each is a
	// walk through all that is asked.
	mostLooks = 200
	// offered is how many likely names a question offers.
	offered = 5
)

// offer is an entry that a question may offer, with its names as they are compared.
type offer struct {
	code, name string
	keys       []string
}

// side says on which side of a table the words stand that are asked about.
type side bool

const (
	ofColumns side = false
	ofRows    side = true
)

// offers are what the columns or the rows of a sheet of the form may be, and by what
// rule their names are compared.
func (r *reading) offers(p *planned, at side) ([]offer, func(string) string) {
	entries, bare := indicatorEntries, withoutNumber
	switch rowsAreIndicators := p.layout.Shape == report.IndicatorsDown; {
	case p.matrix != nil && at == ofRows:
		entries = func(p *planned) []match.Entry { return p.matrix.rowEntries() }
	case p.matrix != nil:
		entries = func(p *planned) []match.Entry { return p.matrix.columnEntries() }
	case p.layout.Shape == report.UnitList && at == ofRows:
		entries = func(p *planned) []match.Entry { return agencyEntries(p.units) }
	case rowsAreIndicators != (at == ofRows):
		entries, bare = func(p *planned) []match.Entry { return placeEntries(p.places) }, withoutLevel
	}
	key := offerKey{p, at}
	if r.offered[key] == nil {
		if r.offered == nil {
			r.offered = map[offerKey][]offer{}
		}
		all := []offer{} // known to be looked up, even where there is none
		for _, e := range entries(p) {
			o := offer{code: e.Code, name: e.Name}
			for _, n := range append([]string{e.Name, table.WithoutUnit(e.Name)}, e.Aliases...) {
				if k := bare(n); k != "" && !slices.Contains(o.keys, k) {
					o.keys = append(o.keys, k)
				}
			}
			all = append(all, o)
		}
		r.offered[key] = all
	}
	return r.offered[key], bare
}

type offerKey struct {
	plan *planned
	at   side
}

// candidates gives what the words may mean, the likeliest first: the closest in
// letters, or with most words in common. How alike they are orders them for a reader
// and decides nothing. What cannot be is not offered.
func (r *reading) candidates(p *planned, at side, words string, cannot func(code string) *fault.Arg) []report.Candidate {
	if r.looks++; r.looks > mostLooks {
		return nil
	}
	offers, bare := r.offers(p, at)
	texts := []string{bare(words), bare(table.WithoutUnit(words))}
	var out []report.Candidate
	for _, o := range offers {
		alike := 0
		for _, key := range o.keys {
			for _, text := range texts {
				alike = max(alike, likeness(text, key))
			}
		}
		if alike >= leastAlike && cannot(o.code) == nil {
			out = append(out, report.Candidate{Code: o.code, Name: o.name, Confidence: min(alike, 99)}) // what is asked is not certain
		}
	}
	slices.SortStableFunc(out, func(a, b report.Candidate) int { // of equals as the form has them
		return cmp.Compare(b.Confidence, a.Confidence)
	})
	return out[:min(len(out), offered)]
}

// withoutNumber is a name as it is compared, where numbers may stand before it.
func withoutNumber(name string) string { return viet.Plain(table.Unnumbered(name)) }

// withoutLevel is the name of a place as it is compared: all districts of a province
// are alike in the word for their level.
func withoutLevel(name string) string {
	bare, _ := match.Spellings(strings.TrimLeft(name, "0123456789.) "))
	return viet.Plain(bare)
}

// likeness says how alike two texts without marks are, 0 to 100: by their letters
// where that is enough to be offered, and by their words.
func likeness(a, b string) int {
	if a == "" || b == "" || max(len(a), len(b)) > longestAsked {
		return 0
	}
	most := max(len(a), len(b))
	limit := most*(100-leastAlike)/100 + 1 // from here on it is not enough
	letters := 0
	if d := match.Distance(a, b, limit); d < limit {
		letters = 100 - (100*d+most-1)/most
	}
	return max(letters, shared(strings.Fields(a), strings.Fields(b)))
}

// shared says what part of the words of two texts they have in common, 0 to 100: a
// word twice counts twice. One word in common is too little to ask about.
func shared(a, b []string) int {
	same := 0
	for i, w := range b {
		if count(a, w) > count(b[:i], w) {
			same++
		}
	}
	if same < 2 {
		return 0
	}
	return 200 * same / (len(a) + len(b))
}

func count(words []string, word string) (n int) {
	for _, w := range words {
		if w == word {
			n++
		}
	}
	return n
}
