package ingest

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
)

const (
	// leastAlike is how alike a name must be to the words to be offered at all, of
	// 100. Below it a question would be a quiz.
	leastAlike = 60
	// longestAsked bounds the texts that are compared letter by letter, in bytes
	// without marks.
	longestAsked = 160
)

// candidates gives the entries that the words may mean, the likeliest first: the
// closest in letters, or with most words in common. How alike they are orders them
// for a reader and decides nothing. bare takes off what is in too many names to tell
// them apart.
func candidates(words string, entries []match.Entry, bare func(string) string) []report.Candidate {
	texts := []string{bare(words), bare(table.WithoutUnit(words))}
	var out []report.Candidate
	for _, e := range entries {
		alike := 0
		for _, name := range append([]string{e.Name, table.WithoutUnit(e.Name)}, e.Aliases...) {
			name = bare(name)
			for _, text := range texts {
				alike = max(alike, likeness(text, name))
			}
		}
		if alike >= leastAlike {
			out = append(out, report.Candidate{Code: e.Code, Name: e.Name, Confidence: min(alike, 99)}) // what is asked is not certain
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

// offered is how many likely names a question offers.
const offered = 5

// likeness says how alike two texts without marks are, 0 to 100.
func likeness(a, b string) int {
	if a == "" || b == "" || max(len(a), len(b)) > longestAsked {
		return 0
	}
	most := max(len(a), len(b))
	return max(100-(100*match.Distance(a, b, most)+most-1)/most, shared(strings.Fields(a), strings.Fields(b)))
}

// shared says what part of the words of two texts they have in common, 0 to 100: a
// word twice counts twice. One word in common is too little to ask about.
func shared(a, b []string) int {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	same := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			same++
		}
	}
	if same < 2 {
		return 0
	}
	return 200 * same / (len(a) + len(b))
}
