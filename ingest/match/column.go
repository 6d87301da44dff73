package match

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
)

// Heading is an indicator, or what else a column may be, as it stands over
// columns.
type Heading struct {
	Code  string
	Paths [][]string // ways it is written, each from the top head to the one right over the figures
}

// Name gives the last head of the first way, by which it is called in questions.
func (h Heading) Name() string {
	if len(h.Paths) == 0 || len(h.Paths[0]) == 0 {
		return h.Code
	}
	return h.Paths[0][len(h.Paths[0])-1]
}

// Best finds which heading stands over a column. path is the heads over it from
// the top. It compares the whole path, then the last head with what stands above
// it, and then as [Index.Likely] does. Only an answer of [Sure] confidence may
// be taken without asking; the runner-up is in it.
func Best(path []string, headings []Heading) Found {
	return best(rankHeadings(path, keysOfAll(headings)), headings)
}

// Columns finds which heading stands over each column of a table. No two columns
// are one indicator: of two that would be, the one it fits better is, and when
// it fits both as well, both are asked.
func Columns(paths [][]string, headings []Heading) []Found {
	keys := keysOfAll(headings)
	out := make([]Found, len(paths))
	over := map[string][]int{} // columns by code
	for i, path := range paths {
		out[i] = best(rankHeadings(path, keys), headings)
		if out[i].Confidence >= Sure {
			over[out[i].Code] = append(over[out[i].Code], i)
		}
	}
	for _, at := range over {
		most, times := 0, 0
		for _, i := range at {
			switch c := out[i].Confidence; {
			case c > most:
				most, times = c, 1
			case c == most:
				times++
			}
		}
		for _, i := range at {
			if out[i].Confidence < most || times > 1 {
				out[i].Confidence = Sure - 50
			}
		}
	}
	return out
}

// best makes the answer of ranked headings.
func best(ranked []likely, headings []Heading) Found {
	if len(ranked) == 0 {
		return Found{}
	}
	first := ranked[0]
	f := Found{How: first.how, Code: headings[first.entry].Code, Name: headings[first.entry].Name(), Confidence: first.sure}
	if len(ranked) == 1 {
		return f
	}
	second := ranked[1]
	h := headings[second.entry]
	f.RunnerUp = Choice{Code: h.Code, Name: h.Name(), Confidence: second.sure}
	if second.sure == first.sure {
		f.How, f.Code, f.Name, f.Confidence = Ambiguous, "", "", Sure-100
		for _, r := range ranked {
			if r.sure == first.sure {
				f.Choices = append(f.Choices, headings[r.entry].Code+" "+headings[r.entry].Name())
			}
		}
	} else if second.sure >= first.sure-tooNear && first.sure < 990 {
		f.Confidence = min(f.Confidence, Sure-100)
	}
	return f
}

// keysOf gives the words of each head of a path without numbering and unit; heads
// that say what the one above them says are one, as a merged cell is read.
func keysOf(path []string) [][]string {
	var out [][]string
	for _, head := range path {
		text, _ := viet.Clean(head)
		words := strings.Fields(unpadded(viet.Key(withoutBrackets(table.Unnumbered(text)))))
		if len(words) == 0 {
			words = strings.Fields(viet.Key(text))
		}
		if len(words) > 0 && (len(out) == 0 || !slices.Equal(words, out[len(out)-1])) {
			out = append(out, words)
		}
	}
	return out
}

// withoutBrackets takes all that stands in brackets off the end: the unit, and
// notes such as "(quy đổi)".
func withoutBrackets(text string) string {
	for {
		bare := table.WithoutUnit(text)
		if bare == text {
			return text
		}
		text = bare
	}
}

// wholeKey is the key of all that a path says.
func wholeKey(path []string) string { return viet.Key(strings.Join(path, " ")) }

// headingKeys is a heading ready to be compared.
type headingKeys struct {
	code  string
	whole []string
	paths [][][]string
}

func keysOfAll(headings []Heading) []headingKeys {
	out := make([]headingKeys, len(headings))
	for i, h := range headings {
		out[i].code = viet.Key(h.Code)
		for _, path := range h.Paths {
			out[i].whole, out[i].paths = append(out[i].whole, wholeKey(path)), append(out[i].paths, keysOf(path))
		}
	}
	return out
}

// rankHeadings gives the headings that a path may be, likeliest first.
func rankHeadings(heads []string, headings []headingKeys) []likely {
	path := keysOf(heads)
	if len(path) == 0 {
		return nil
	}
	whole, leaf := wholeKey(heads), viet.Key(heads[len(heads)-1])
	var out []likely
	for i, h := range headings {
		top := likely{entry: i}
		if h.code != "" && h.code == leaf {
			top.sure, top.how = 1000, ByCode
		}
		for k, other := range h.paths {
			sure, how := alikePaths(path, other)
			if sure == 1000 && h.whole[k] != whole { // but for numbering and brackets
				sure = 990
			}
			if k > 0 && how == ByName {
				how = ByAlias
			}
			if sure > top.sure {
				top.sure, top.how = sure, how
			}
		}
		if top.sure > 0 {
			out = append(out, top)
		}
	}
	slices.SortStableFunc(out, func(a, b likely) int { return cmp.Compare(b.sure, a.sure) })
	return out
}

// alikePaths says how likely the heads over a column are those of a heading, per
// mille. What stands above counts: "nữ" under "Số người dự" is not "nữ" under
// "Số học viên".
func alikePaths(path, other [][]string) (sure int, how How) {
	if len(path) == 0 || len(other) == 0 {
		return 0, NotFound
	}
	sure, how = alike(path[len(path)-1], other[len(other)-1])
	if len(other) == 1 || len(path) == 1 { // heads joined into one: "Số người dự: nữ"
		if s, h := alike(slices.Concat(path...), slices.Concat(other...)); s > 0 && min(s, 960) > sure && len(path) != len(other) {
			sure, how = min(s, 960), h
		}
	}
	if sure == 0 {
		return 0, NotFound
	}
	return min(sure, context(path[:len(path)-1], other[:len(other)-1])), how
}

// context is the confidence that the heads above leave: full where they are the
// same; less where the column has more of them, or fewer; not enough where they
// differ.
func context(above, wanted [][]string) int {
	same := 0
	for _, head := range above {
		if same < len(wanted) {
			if sure, _ := alike(head, wanted[same]); sure >= Sure {
				same++
			}
		}
	}
	switch {
	case same == len(wanted) && len(above) == len(wanted):
		return 1000
	case same == len(wanted): // a title over the whole table, say
		return 980
	case len(above) == 0:
		return 935 // nothing is said against it; another heading with that last head is as likely
	case same > 0:
		return 920
	}
	return 600
}
