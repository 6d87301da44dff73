package match

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/ingest/viet"
)

// Likely looks a text up as a code, as a name, and then by all that names suffer
// on paper: marks left out, initials for words, a slip of the pen, words left
// out. It gives the entry that was most likely meant with its confidence, and
// the runner-up. Only one of [Sure] confidence may be taken without asking: it
// fits, and no other entry fits as well or nearly.
//
// It compares with every entry, so it is for texts that [Index.Code] and
// [Index.Name] do not know.
func (x *Index) Likely(text string) Found {
	for _, f := range []Found{x.Code(text), x.Name(text)} {
		if f.OK() {
			return f
		}
	}
	ranked := x.rank(text)
	if len(ranked) == 0 {
		return Found{}
	}
	best := ranked[0]
	f := x.found(best.how, best.entry)
	f.Confidence = best.sure
	if len(ranked) > 1 {
		other := ranked[1]
		e := x.entries[other.entry]
		f.RunnerUp = Choice{Code: e.Code, Name: e.Name, Confidence: other.sure}
		if other.sure >= best.sure-tooNear { // what is as good for another is good for neither
			f.Confidence = min(f.Confidence, Sure-100)
			if other.sure == best.sure {
				f.How = Ambiguous
			}
		}
	}
	if f.How == Ambiguous {
		f.Choices = x.among([]int{best.entry, ranked[1].entry}, Ambiguous).Choices
		f.Code, f.Name = "", ""
	}
	return f
}

// tooNear is how much more likely than the next an entry has to be, per mille.
const tooNear = 60

// likely is an entry and how likely it was meant.
type likely struct {
	entry, sure int
	how         How
}

// rank gives the entries that a text may mean, likeliest first.
func (x *Index) rank(text string) []likely {
	words := strings.Fields(unpadded(viet.Key(text)))
	var out []likely
	for i, e := range x.entries {
		best := likely{entry: i}
		for k, name := range append([]string{e.Name}, e.Aliases...) {
			sure, how := alike(words, strings.Fields(unpadded(viet.Key(name))))
			if k > 0 {
				sure = max(sure-10, 0)
			}
			if sure > best.sure {
				best.sure, best.how = sure, how
			}
		}
		if best.sure > 0 {
			out = append(out, best)
		}
	}
	slices.SortStableFunc(out, func(a, b likely) int { return cmp.Compare(b.sure, a.sure) })
	return out
}

// alike says how likely words stand for a name, per mille: 0 when they do not.
func alike(words, name []string) (sure int, how How) {
	if len(words) == 0 || len(name) == 0 {
		return 0, NotFound
	}
	text, full := strings.Join(words, " "), strings.Join(name, " ")
	switch {
	case text == full:
		return 1000, ByName
	case sameWords(words, name):
		return 950, ByName
	case isASCII(text) && text == unmarked(full):
		return 940, ByUnmarked
	case abbreviates(words, name):
		return 930, ByInitials
	case unmarked(text) == unmarked(full) && apart(text).within(apart(full)):
		return 925, ByUnmarked
	case slippedOnce(words, name):
		return 910, ByNear
	}
	return shared(words, name), ByWords
}

// sameWords reports whether both have the same words but for small ones: "Lao
// động, Thương binh và Xã hội".
func sameWords(a, b []string) bool {
	big := func(words []string) []string {
		return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return smallWords[w] })
	}
	return slices.Equal(big(a), big(b))
}

// slippedOnce reports whether one letter or one mark is wrong in a name of three
// words or more, in a word that is neither a number nor a letter or two: "quý I"
// and "quý II" are two things.
func slippedOnce(text, name []string) bool {
	const fewest, shortest = 3, 3
	if len(text) != len(name) || len(name) < fewest {
		return false
	}
	wrong := 0
	for i, w := range text {
		if w == name[i] {
			continue
		}
		a, b := unmarked(w), unmarked(name[i])
		if min(len(a), len(b)) < shortest && a != b || digitsOf(a) != digitsOf(b) || len(a) == 1 {
			return false
		}
		if a != b && letterSlips(a, b) != 1 {
			return false
		}
		wrong++
	}
	return wrong == 1
}

// shared measures the words that both have, each as long as it is, against all
// there are: 800 per mille for the same words in another order, nothing below
// half of that.
func shared(a, b []string) int {
	const most, least = 800, 400
	common, all := 0, 0
	rest := slices.Clone(b)
	for _, w := range a {
		all += len(w)
		if at := slices.Index(rest, w); at >= 0 {
			common += 2 * len(w)
			rest = slices.Delete(rest, at, at+1)
		}
	}
	for _, w := range b {
		all += len(w)
	}
	if sure := most * common / all; sure >= least {
		return sure
	}
	return 0
}
