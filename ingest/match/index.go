package match

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"tonghop/ingest/viet"
)

// Entry is something that a text may name.
type Entry struct {
	Code    string
	Name    string
	Aliases []string
}

// How says by what an entry was found.
type How uint8

// The ways to be found, surest first.
const (
	NotFound   How = iota
	ByCode         // the code itself
	ByName         // the name itself, but for case, blanks, punctuation and the place of tone marks
	ByZeros        // the code but for leading zeros
	ByAlias        // one of its other names
	ByLevel        // the name with its level left out, put in, or abbreviated
	BySpelling     // the name with blanks, i and y, c and k, or zeros otherwise
	ByUnmarked     // the name with marks left out: "Hai Duong"
	ByNear         // the name but for a slip of the pen
	Former         // a unit that is no more on that day, or is not yet
	About          // a body of that place, which is not the place
	Group          // a group of units that has no code: a region, the country
	ByInitials     // the name with words shortened to their first letters: "Sở LĐTBXH"
	ByWords        // by the words that both have
	Ambiguous      // several entries have that name
)

// Loose reports whether the text differs from what the register says, so that
// the reader should be told how it was understood.
func (h How) Loose() bool { return h == ByZeros || h == ByAlias || h == ByLevel }

// Found is the answer to a look-up.
type Found struct {
	How     How
	Code    string
	Name    string
	Choices []string // codes and names, when Ambiguous

	Confidence int    // per mille, see [Sure]; [Index.Likely] alone gives one below it
	RunnerUp   Choice // the likeliest other; only [Index.Likely] looks for one
}

// OK reports whether exactly one entry was found.
func (f Found) OK() bool { return f.How != NotFound && f.How != Ambiguous }

// Index looks entries up. It is read-only once made, and any number of goroutines
// may use it.
type Index struct {
	entries []Entry
	codes   map[string]int
	zeros   map[string][]int // by code without leading zeros
	names   map[string][]int // by key of the name
	aliases map[string][]int
	stems   map[string][]stem // by key of a name without its level
	plains  func() []string   // for Near; made when first asked for
}

// stem is a name without the word for its level.
type stem struct {
	entry int
	level string // the word that was taken off, "" without
}

// New makes an index. With levels, words such as "huyện" and "TP." before a
// name are understood.
func New(entries []Entry, levels bool) *Index {
	x := &Index{
		entries: entries,
		codes:   make(map[string]int, len(entries)), zeros: make(map[string][]int, len(entries)),
		names: make(map[string][]int, len(entries)), aliases: make(map[string][]int), stems: make(map[string][]stem),
	}
	x.plains = sync.OnceValue(func() []string {
		plains := make([]string, len(entries))
		for i, e := range entries {
			plains[i] = viet.Plain(e.Name)
		}
		return plains
	})
	for i, e := range entries {
		x.codes[e.Code] = i
		bare := strings.TrimLeft(e.Code, "0")
		x.zeros[bare] = append(x.zeros[bare], i)
		key := viet.Key(e.Name)
		x.names[key] = append(x.names[key], i)
		for _, a := range e.Aliases {
			add(x.aliases, viet.Key(a), i)
		}
		if levels {
			own := x.addStem(i, key, "")
			for _, a := range e.Aliases {
				x.addStem(i, viet.Key(a), own)
			}
		}
	}
	return x
}

// addStem files an entry under a name of it without the word for its level, and
// gives that word. A name without one has the level of the entry's own name.
func (x *Index) addStem(i int, key, own string) (level string) {
	level, name := cutLevel(key)
	level = cmp.Or(level, own)
	if s := (stem{i, level}); name != "" && !slices.Contains(x.stems[name], s) {
		x.stems[name] = append(x.stems[name], s)
	}
	return level
}

// add files i under key, once.
func add(m map[string][]int, key string, i int) {
	if key != "" && !slices.Contains(m[key], i) {
		m[key] = append(m[key], i)
	}
}

// Code looks a text up as a code, with or without its leading zeros.
func (x *Index) Code(text string) Found {
	text = strings.TrimSpace(text)
	if text == "" {
		return Found{}
	}
	if i, ok := x.codes[text]; ok {
		return x.found(ByCode, i)
	}
	if isDigits(text) {
		if at := x.zeros[strings.TrimLeft(text, "0")]; len(at) == 1 {
			return x.found(ByZeros, at[0])
		}
	}
	return Found{}
}

// Name looks a text up as a name.
func (x *Index) Name(text string) Found { return x.NameKey(viet.Key(text)) }

// NameKey looks a name up by its key ([viet.Key]).
func (x *Index) NameKey(key string) Found {
	if key == "" {
		return Found{}
	}
	if f := x.among(x.names[key], ByName); f.How != NotFound {
		return f
	}
	if f := x.among(x.aliases[key], ByAlias); f.How != NotFound {
		return f
	}
	level, name := cutLevel(key)
	var fits []int
	for _, s := range x.stems[name] {
		if (level == "" || s.level == "" || level == s.level) && !slices.Contains(fits, s.entry) {
			fits = append(fits, s.entry)
		}
	}
	return x.among(fits, ByLevel)
}

// among answers with the only one of the entries, or says that they are many.
func (x *Index) among(at []int, how How) Found {
	switch len(at) {
	case 0:
		return Found{}
	case 1:
		return x.found(how, at[0])
	}
	f := Found{How: Ambiguous}
	for _, i := range at {
		f.Choices = append(f.Choices, x.entries[i].Code+" "+x.entries[i].Name)
	}
	slices.Sort(f.Choices)
	return f
}

func (x *Index) found(how How, i int) Found {
	return Found{How: how, Code: x.entries[i].Code, Name: x.entries[i].Name, Confidence: confidence[how]}
}

// confidence is what a way to be found is worth, per mille.
var confidence = map[How]int{ByCode: 1000, ByName: 1000, ByZeros: 980, ByAlias: 960, ByLevel: 970}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// levelWords are the words for levels of administration and their usual
// abbreviations, by key, longest first. "TT" before a name is a thị trấn; as
// the head of a column it is a number, which is not asked here.
var levelWords = []struct{ key, level string }{
	{viet.Key("thành phố"), "thanh pho"}, {viet.Key("thị trấn"), "thi tran"}, {viet.Key("đặc khu"), "dac khu"},
	{viet.Key("thị xã"), "thi xa"}, {viet.Key("phường"), "phuong"}, {viet.Key("huyện"), "huyen"},
	{viet.Key("tỉnh"), "tinh"}, {viet.Key("quận"), "quan"}, {viet.Key("xã"), "xa"},
	{"t p", "thanh pho"}, {"t x", "thi xa"}, {"t t", "thi tran"}, {"đ k", "dac khu"},
	{"tp", "thanh pho"}, {"tx", "thi xa"}, {"tt", "thi tran"}, {"đk", "dac khu"},
	{"h", "huyen"}, {"q", "quan"}, {"p", "phuong"}, {"x", "xa"},
}

// Spellings gives the keys under which a name is written over a column: bare is
// without the word for its level, and others have that word short or long.
func Spellings(name string) (bare string, others []string) {
	level, bare := cutLevel(viet.Key(name))
	for _, w := range levelWords {
		if level != "" && w.level == level {
			others = append(others, w.key+" "+bare)
		}
	}
	return bare, others
}

// cutLevel takes the word for the level off a key.
func cutLevel(key string) (level, stem string) {
	for _, w := range levelWords {
		if n := len(w.key); len(key) > n+1 && key[n] == ' ' && key[:n] == w.key {
			return w.level, key[n+1:]
		}
	}
	return "", key
}
