package match

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"golang.org/x/text/unicode/norm"

	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/country"
)

// seed makes every run of the measurement the same.
const seed = 20260

// list is a true list of units, as a table may have them.
type list struct {
	kind  string
	day   calendar.Date
	units []*country.Unit
}

// trueLists are the lists that tables are of: the provinces, the districts and
// the communes of each, the communes of each district, and communes under their
// districts; before and since July 2025.
func trueLists() []list {
	var out []list
	for _, d := range []string{"2021-03-30", "2025-12-31"} {
		day := calendar.MustDate(d)
		m := country.On(day)
		out = append(out, list{"provinces", day, m.Provinces()})
		for _, p := range m.Provinces() {
			below := m.Children(p.Code)
			out = append(out, list{string(below[0].Level) + "s of a province", day, below})
			if below[0].Level == country.Commune {
				continue
			}
			var nested []*country.Unit
			for _, d := range below {
				communes := m.Children(d.Code)
				nested = append(append(nested, d), communes...)
				if len(communes) > 0 {
					out = append(out, list{"communes of a district", day, communes})
				}
			}
			out = append(out, list{"communes under districts", day, nested})
		}
	}
	return out
}

// habit is a way of writing units: all of a list, or one at a time.
type habit struct {
	name   string
	write  func(u *country.Unit, r *rand.Rand) string
	slips  bool // what is written may be another unit's name by chance; such are left as they were
	recall int  // least share of the units that must be mapped without asking, per mille
}

var habits = []habit{
	{"full name", full, false, 980},
	{"bare name", bare, false, 940},
	{"abbreviated level", abbreviated, false, 980},
	{"abbreviated, no blank", func(u *country.Unit, r *rand.Rand) string { return strings.Replace(abbreviated(u, r), ". ", ".", 1) }, false, 980},
	{"capitals", func(u *country.Unit, _ *rand.Rand) string { return strings.ToUpper(u.FullName()) }, false, 980},
	{"tone marks moved", func(u *country.Unit, _ *rand.Rand) string { return moved(u.FullName()) }, false, 980},
	{"numbered", numbered, false, 950},
	{"footnotes", footnoted, false, 950},
	{"odd blanks", func(u *country.Unit, _ *rand.Rand) string {
		return "\u00a0\u00a0" + strings.ReplaceAll(u.FullName(), " ", "  ") + "\u00a0"
	}, false, 980},
	{"letters and marks apart", func(u *country.Unit, _ *rand.Rand) string { return norm.NFD.String(u.FullName()) }, false, 980},
	{"no marks", func(u *country.Unit, _ *rand.Rand) string { return viet.Plain(u.FullName()) }, false, 930},
	{"no marks, bare", func(u *country.Unit, _ *rand.Rand) string { return viet.Plain(u.Name) }, false, 900},
	{"some marks left out", halfMarkedName, true, 900},
	{"i for y", func(u *country.Unit, _ *rand.Rand) string { return iForY.Replace(u.FullName()) }, false, 950},
	{"run together", func(u *country.Unit, _ *rand.Rand) string { return strings.ReplaceAll(u.Name, " ", "") }, true, 900},
	{"English", english, false, 850},

	{"one letter wrong", func(u *country.Unit, r *rand.Rand) string { return slipped(u.FullName(), r, 1) }, true, 0},
	{"one letter wrong in ten", func(u *country.Unit, r *rand.Rand) string {
		return sometimes(r, 10, slipped(u.FullName(), r, 1), u.FullName())
	}, true, 900},
	{"two letters wrong in ten", func(u *country.Unit, r *rand.Rand) string {
		return sometimes(r, 10, slipped(u.FullName(), r, 2), u.FullName())
	}, true, 880},
	{"wrong mark in ten", func(u *country.Unit, r *rand.Rand) string {
		return sometimes(r, 10, wrongMark(u.FullName(), r), u.FullName())
	}, true, 880},
}

// mixed is a table in which every row has its own habit; only the slips are not
// among them.
var mixed = habit{"each row its own", func(u *country.Unit, r *rand.Rand) string { return habits[r.IntN(len(habits)-4)].write(u, r) }, true, 850}

func full(u *country.Unit, _ *rand.Rand) string { return u.FullName() }
func bare(u *country.Unit, _ *rand.Rand) string { return u.Name }

func abbreviated(u *country.Unit, _ *rand.Rand) string { return string(u.Type) + ". " + u.Name }

func numbered(u *country.Unit, r *rand.Rand) string {
	return []string{"1. ", "12) ", "1.1. ", "- ", "a) ", "IV. ", "+ ", "• ", "(3) "}[r.IntN(9)] + sometimes(r, 2, u.Name, u.FullName())
}

func footnoted(u *country.Unit, r *rand.Rand) string {
	return sometimes(r, 2, u.Name, u.FullName()) + []string{"*", " (*)", " (1)", "¹", " **", " [2]"}[r.IntN(6)]
}

func english(u *country.Unit, _ *rand.Rand) string {
	word := map[country.Type]string{
		country.Tinh: "Province", country.ThanhPho: "City", country.Quan: "District", country.Huyen: "District", country.ThiXa: "Town",
		country.Phuong: "Ward", country.Xa: "Commune", country.ThiTran: "Township",
	}[u.Type]
	return strings.TrimSpace(viet.Plain(u.Name) + " " + word)
}

// sometimes gives the first text once in n, else the second.
func sometimes(r *rand.Rand, n int, a, b string) string {
	if r.IntN(n) == 0 {
		return a
	}
	return b
}

var iForY = strings.NewReplacer("Mỹ", "Mĩ", "Kỳ", "Kì", "Lý", "Lí", "Quỳ", "Quì", "Tỵ", "Tị", "Sỹ", "Sĩ", "Hy", "Hi", "Ký", "Kí", "Vỹ", "Vĩ", "Ly", "Li")

// moved puts the tone marks of oa, oe, uy where the other habit has them.
func moved(s string) string {
	var pairs []string
	for _, p := range []string{"òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ", "òe oè", "óe oé", "ỏe oẻ", "ọe oẹ", "ùy uỳ", "úy uý", "ủy uỷ", "ũy uỹ", "ụy uỵ"} {
		a, b, _ := strings.Cut(p, " ")
		pairs = append(pairs, a, b, b, a)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// halfMarkedName leaves half of the marks out.
func halfMarkedName(u *country.Unit, r *rand.Rand) string {
	var out strings.Builder
	for _, c := range u.FullName() {
		if plain := viet.Plain(string(c)); len(plain) == 1 && c > 127 && r.IntN(4) == 0 {
			out.WriteString(plain)
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}

// slipped makes n slips in the name, not in the word for the level.
func slipped(s string, r *rand.Rand, n int) string {
	for range n {
		letters := []rune(s)
		at := 3 + r.IntN(max(len(letters)-3, 1))
		at = min(at, len(letters)-1)
		switch r.IntN(4) {
		case 0: // left out
			letters = slices.Delete(letters, at, at+1)
		case 1: // doubled
			letters = slices.Insert(letters, at, letters[at])
		case 2: // another
			letters[at] = rune('a' + r.IntN(26))
		default: // exchanged
			letters[at], letters[at-1] = letters[at-1], letters[at]
		}
		s = string(letters)
	}
	return s
}

// wrongMark gives one letter another mark.
func wrongMark(s string, r *rand.Rand) string {
	letters := []rune(s)
	for range 20 {
		at := r.IntN(len(letters))
		for _, row := range []string{"aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ"} {
			if at > 2 && strings.ContainsRune(row, letters[at]) {
				all := []rune(row)
				letters[at] = all[r.IntN(len(all))]
				return string(letters)
			}
		}
	}
	return s
}

// tally is what came of one habit.
type tally struct{ labels, right, wrong, asked int }

// everyList makes the measurement take every list for every habit; otherwise each
// habit but the first two has an eighth of them, and with -short a fortieth.
var everyList = flag.Bool("every-list", false, "measure every habit on every list of the register")

// taken reports whether list n is measured in habit k.
func taken(k, n int) bool {
	switch {
	case *everyList:
		return true
	case testing.Short():
		return n%40 == k%40
	}
	return n%8 == k%8
}

// TestPrecision writes the lists of the register in every habit, and counts: no
// label may be taken for another unit, whatever the habit, and enough of them
// must be understood without asking.
func TestPrecision(t *testing.T) {
	rows := newRows()
	for k, h := range append(slices.Clone(habits), mixed) {
		var total tally
		for n, l := range trueLists() {
			if !taken(k, n) && (k > 1 || testing.Short()) {
				continue
			}
			r := rand.New(rand.NewPCG(seed, uint64(n)))
			labels := l.written(h, namesOf(l.units), r)
			total.add(measure(t, h.name, l, labels, l.day))
		}
		rows.put(t, h.name, total, h.recall)
	}
	t.Log(rows)
}

// rows is the table of what was measured.
type rows struct {
	text strings.Builder
	w    *tabwriter.Writer
}

func newRows() *rows {
	r := &rows{}
	r.w = tabwriter.NewWriter(&r.text, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(r.w, "\thabit\tlabels\tright\tasked\twrong\tprecision\trecall\t")
	return r
}

func (r *rows) String() string {
	r.w.Flush()
	return "\n" + r.text.String()
}

// put adds a line, and fails the test when something was taken for another unit
// or too little was understood.
func (r *rows) put(t *testing.T, name string, got tally, recall int) {
	t.Helper()
	precision := "-"
	if got.right+got.wrong > 0 {
		precision = fmt.Sprintf("%.4f", float64(got.right)/float64(got.right+got.wrong))
	}
	fmt.Fprintf(r.w, "\t%s\t%d\t%d\t%d\t%d\t%s\t%.3f\t\n", name, got.labels, got.right, got.asked, got.wrong, precision, float64(got.right)/float64(max(got.labels, 1)))
	if got.wrong > 0 {
		t.Errorf("%s: %d labels of %d were taken for another unit", name, got.wrong, got.labels)
	}
	if testing.Short() { // too few of each for a share to mean something
		return
	}
	if got.labels == 0 || got.right*1000 < got.labels*recall {
		t.Errorf("%s: %d labels of %d were understood, less than %d in a thousand", name, got.right, got.labels, recall)
	}
}

func (a *tally) add(b tally) {
	a.labels, a.right, a.wrong, a.asked = a.labels+b.labels, a.right+b.right, a.wrong+b.wrong, a.asked+b.asked
}

// written writes the units of a list in a habit.
// Of the slips those are left out that make a name of the list by chance.
func (l list) written(h habit, of names, r *rand.Rand) []string {
	labels := make([]string, len(l.units))
	for i, u := range l.units {
		labels[i] = h.write(u, r)
		if h.slips && of.isOther(labels[i], u) {
			labels[i] = u.FullName()
		}
	}
	return labels
}

// measure compares what the labels of a list are found to be with what they are.
func measure(t *testing.T, name string, l list, labels []string, day calendar.Date) tally {
	t.Helper()
	var got tally
	for i, p := range Places(labels, nil, day) {
		got.labels++
		switch u := l.units[i]; {
		case !p.Sure():
			got.asked++
		case p.Code == u.Code && lastWord(p.Name) == lastWord(u.Name): // of another day its type, and the spelling of its name, may be others
			got.right++
		default:
			if got.wrong++; got.wrong < 4 {
				t.Logf("%s, %s on %s: %q is %s %s, and was taken for %s %s (%d, how %d)", name, l.kind, l.day, labels[i], u.Code, u.FullName(), p.Code, p.Name, p.Confidence, p.How)
			}
		}
	}
	return got
}

func lastWord(name string) string {
	plain := viet.Plain(name)
	return plain[strings.LastIndexByte(plain, ' ')+1:]
}

// names are the keys of the names of a list, and behind ~ the names without marks,
// each with the codes that have it.
type names map[string][]string

func namesOf(units []*country.Unit) names {
	n := names{}
	for _, u := range units {
		for key := range map[string]bool{viet.Key(u.FullName()): true, viet.Key(u.Name): true, "~ " + viet.Plain(u.Name): true} {
			n[key] = append(n[key], u.Code)
		}
	}
	return n
}

// has reports whether the list has a name that is that of u but for marks.
func (n names) has(u *country.Unit) bool { return len(n["~ "+viet.Plain(u.Name)]) > 0 }

// isOther reports whether a text is by chance the name of another unit of the
// list: then it is that name, and nobody can see that it was meant otherwise.
func (n names) isOther(text string, u *country.Unit) bool {
	return slices.ContainsFunc(n[viet.Key(text)], func(code string) bool { return code != u.Code })
}
