package outline

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report/calendar"
	"tonghop/report/paper"
)

// columnKeys gives the key of each column of figures, the same for columns of the
// same words, whatever unit they state, with a number before them or not, and however
// parts are said to be parts: "Trong đó › Nam" is "Số nam". Where two columns of the
// table would be one by that, they keep all their words.
func columnKeys(t *table.Table) []string {
	keys, short := make([]string, len(t.Cols)), make([]string, len(t.Cols))
	times := map[string]int{}
	for i := range t.Cols {
		if c := &t.Cols[i]; c.Role == table.ColValue {
			short[i] = columnKey(withoutUnitRow(c), shortStep)
			times[short[i]]++
		}
	}
	seen := map[string]int{}
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role != table.ColValue {
			continue
		}
		keys[i] = short[i]
		if times[short[i]] > 1 {
			keys[i] = columnKey(c, viet.Key)
		}
		keys[i] = once(seen, keys[i])
	}
	return keys
}

// withoutUnitRow gives the words over a column without those that are its unit and nothing
// else, in a row of the head under the others.
func withoutUnitRow(c *table.Col) *table.Col {
	last := len(c.Path) - 1
	if last < 1 {
		return c
	}
	if unit := strings.Trim(c.Path[last], "() "); unit != c.Unit || !table.IsUnit(unit) {
		return c
	}
	without := *c
	without.Path = c.Path[:last]
	return &without
}

// columnKey makes the key of a column of its steps; of its number where it has no
// words.
func columnKey(c *table.Col, keyOf func(string) string) string {
	var words []string
	for _, step := range c.Path {
		if table.BracketedUnit(step) != "" {
			step = table.WithoutUnit(step)
		}
		for part := range strings.SplitSeq(dashes.Replace(step), dash) {
			if key := keyOf(part); key != "" {
				words = append(words, key)
			}
		}
	}
	if len(words) == 0 {
		return "#" + c.Index
	}
	return strings.Join(words, " ")
}

// dash parts words over a column that others write one under the other: "Thiệt hại - Số
// người chết".
const dash = " - "

var dashes = strings.NewReplacer(" – ", dash, " — ", dash)

// shortStep gives the key of words over a column without their number, and without
// what only says that it is a part, or that things are counted.
func shortStep(step string) string {
	key := viet.Key(table.Unnumbered(step))
	for _, w := range partWords {
		if rest, ok := cutWord(key, w); ok {
			key = rest
			break
		}
	}
	if rest, ok := cutWord(key, numberWord); ok && rest != "" {
		key = rest
	}
	return key
}

// cutWord takes words off the head of a key.
func cutWord(key, word string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(key, word)
	if !ok || rest != "" && rest[0] != ' ' {
		return key, false
	}
	return strings.TrimPrefix(rest, " "), true
}

var (
	// partWords say that what follows is a part of what stands before, by key.
	partWords  = keysOf("trong đó", "chia ra", "bao gồm", "gồm có", "gồm")
	numberWord = viet.Key("số")
	// totalNames are all the name of a row that adds up everything, by key.
	totalNames = keysOf("cộng", "tổng cộng", "tổng số", "tổng", "total")
	// personHeads begin what stands over the names of people, by key.
	personHeads = keysOf("họ tên", "họ và tên", "tên chủ hộ")
)

func keysOf(words ...string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = viet.Key(w)
	}
	return out
}

// once makes a key unlike those before it, by counting.
func once(seen map[string]int, key string) string {
	seen[key]++
	if n := seen[key]; n > 1 {
		return key + "#" + strconv.Itoa(n)
	}
	return key
}

// isPeriod reports whether the words over a column say a period and nothing else:
// "2015", "Prel. 2016", "Quý I", "Năm 2017".
func isPeriod(path []string) bool {
	return len(path) > 0 && !slices.ContainsFunc(path, func(step string) bool {
		key := viet.Key(step)
		for _, w := range beforeYears {
			if rest, ok := cutWord(key, w); ok {
				key = rest
				break
			}
		}
		if isYear(key) {
			return false
		}
		_, err := viet.Period(step, calendar.Civil(), anyYear)
		return err != nil
	})
}

// anyYear is the year of a period that names none: "Quý I" is one in every year.
const anyYear = 2000

// beforeYears stand before the year over a column, by key.
var beforeYears = keysOf("năm", "sơ bộ", "ước", "prel", "est", "year")

// yearsOver gives the years that the words over the columns of figures name, each
// once.
func yearsOver(columns []paper.Column) []string {
	var out []string
	for i := range columns {
		for w := range strings.FieldsSeq(viet.Key(strings.Join(columns[i].Path, " "))) {
			if isYear(w) && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// isYear reports whether a word is the number of a year.
func isYear(word string) bool {
	n, err := strconv.Atoi(word)
	return err == nil && 1900 <= n && n < 2100
}

// namesPeople reports whether the rows of a table are people.
func namesPeople(t *table.Table) bool {
	return slices.ContainsFunc(t.Cols, func(c table.Col) bool {
		return c.Role == table.ColName && len(c.Path) > 0 && beginsWithAny(viet.Key(c.Path[len(c.Path)-1]), personHeads)
	})
}

// rowKey is by what a row is known again in other tables.
type rowKey struct {
	key   string // its name under those that it stands under in the tree
	own   string // itself alone: its place, or its name
	name  string // its name alone
	part  string // its name without what says that it is a part, "" where nothing does
	code  string // where the rows of the table have one each
	twice bool
}

// rowKeys gives the keys of the rows of a table. A place is known by its code
// however it is spelt, unless two rows would be one by that.
func rowKeys(t *table.Table, told *Table) []rowKey {
	names := nameKeys(t)
	byPlace := ownKeys(t, told, names)
	times := timesOf(treeKeys(t, byPlace))
	for i, key := range treeKeys(t, byPlace) {
		if times[key] > 1 && told.Rows[i].Place != nil {
			byPlace[i] = names[i]
		}
	}
	keys, twice := toldApart(treeKeys(t, byPlace), byPlace)
	coded := hasCodes(t)
	out := make([]rowKey, len(t.Lines))
	for i := range out {
		out[i] = rowKey{key: keys[i], own: byPlace[i], name: names[i], part: partKey(names[i]), twice: twice[i]}
		if coded {
			out[i].code = viet.Key(t.Lines[i].Code)
		}
	}
	return out
}

// ownKeys gives the key of each row by itself: of its place where that is known, with the
// other one of two names; else of its name.
func ownKeys(t *table.Table, told *Table, names []string) []string {
	out := make([]string, len(t.Lines))
	groups := groupsArePlaces(t, told)
	for i := range t.Lines {
		l, place := &t.Lines[i], told.Rows[i].Place
		switch {
		case place == nil:
			out[i] = names[i]
		case l.Group == "":
			out[i] = placeInKey + *place
		case groups:
			out[i] = placeInKey + *place + table.GroupStep + viet.Key(l.Leaf)
		default:
			out[i] = placeInKey + *place + table.GroupStep + viet.Key(l.Group)
		}
	}
	return out
}

// groupsArePlaces reports whether of rows with two names it is the first that is a place:
// all rows of a group have the same.
func groupsArePlaces(t *table.Table, told *Table) bool {
	of := map[string]string{}
	for i := range t.Lines {
		l, place := &t.Lines[i], told.Rows[i].Place
		if l.Group == "" || place == nil {
			continue
		}
		if known, ok := of[l.Group]; ok && known != *place {
			return false
		}
		of[l.Group] = *place
	}
	return len(of) > 0
}

// What stands before the parts of keys that are no names.
const (
	placeInKey  = "@"
	numberInKey = "#"
)

// nameKeys gives the keys of the names of rows: without a formula of their numbers where
// that leaves them unlike each other.
func nameKeys(t *table.Table) []string {
	out := make([]string, len(t.Lines))
	named := map[string]string{} // by the key without a formula, the name of the first row
	alike := map[string]bool{}
	for i := range t.Lines {
		l := &t.Lines[i]
		out[i] = nameKeyOf(l, table.WithoutFormula(l.Name))
		if first, ok := named[out[i]]; ok && first != l.Name {
			alike[out[i]] = true
		} else {
			named[out[i]] = l.Name
		}
	}
	for i := range t.Lines {
		if l := &t.Lines[i]; alike[out[i]] {
			out[i] = nameKeyOf(l, l.Name)
		}
	}
	return out
}

// nameKeyOf gives the key of a name of a row, the same in whatever multiple of a unit it
// states its figures to be, "Lúa (tấn)", "Lúa (1.000 tấn)", and whichever of its two names
// goes before the other.
func nameKeyOf(l *table.Line, name string) string {
	if l.Group != "" {
		both := []string{viet.Key(table.Unnumbered(l.Group)), viet.Key(l.Leaf)}
		slices.Sort(both)
		return strings.Join(both, table.GroupStep)
	}
	if bare, unit := unitInName(name); unit != "" {
		name = bare + " " + viet.ParseUnit(unit).Base
	}
	name = viet.Key(table.Unnumbered(name))
	switch {
	case name == "" && l.Role == table.RowTotal && l.Number == "":
		return paper.TotalKey
	case name == "":
		return numberInKey + l.Number
	case slices.Contains(totalNames, name):
		return paper.TotalKey
	}
	return name
}

// partKey gives a name without "Trong đó" before it, by key, "" where nothing of the kind
// stands there.
func partKey(key string) string {
	for _, w := range partWords {
		if rest, ok := cutWord(key, w); ok {
			return rest
		}
	}
	return ""
}

// treeKeys joins the keys of rows to those that they stand under. What alone adds
// up everything stands under nothing.
func treeKeys(t *table.Table, own []string) []string {
	out := make([]string, len(own))
	totals := timesOf(own)[paper.TotalKey]
	var above []string
	for i := range own {
		if own[i] == paper.TotalKey && totals == 1 {
			out[i] = paper.TotalKey
			continue
		}
		level := max(t.Lines[i].Level, 1)
		above = append(above[:min(level-1, len(above))], own[i])
		out[i] = strings.Join(above, paper.KeyStep)
	}
	return out
}

func timesOf(keys []string) map[string]int {
	times := map[string]int{}
	for _, k := range keys {
		times[k]++
	}
	return times
}

// toldApart makes keys that several rows have unlike each other by the row above
// that has one of its own: "Trong đó: hộ nghèo" under each commune. Where that does
// not tell them apart either, they are counted, and said to be there twice.
func toldApart(keys, own []string) (out []string, twice []bool) {
	times := timesOf(keys)
	out, twice = slices.Clone(keys), make([]bool, len(keys))
	above := ""
	for i, key := range keys {
		switch {
		case times[key] == 1:
			above = key
		case above != "":
			out[i] = above + paper.KeyStep + own[i]
		}
	}
	times = timesOf(out)
	seen := map[string]int{}
	for i, key := range out {
		twice[i] = times[key] > 1
		out[i] = once(seen, key)
	}
	return out, twice
}

// hasCodes reports whether nearly every row of figures has a code of its own.
func hasCodes(t *table.Table) bool {
	codes := map[string]bool{}
	rows := 0
	for i := range t.Lines {
		if t.Lines[i].Role == table.RowSection || t.Lines[i].Role == table.RowNote {
			continue
		}
		rows++
		if c := t.Lines[i].Code; c != "" {
			if codes[c] {
				return false
			}
			codes[c] = true
		}
	}
	return rows > 0 && len(codes)*10 >= rows*9
}
