package aggregate

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// sameKeys gives tables in which a row has the key of the same row in the others:
// its code where all tables have codes for the same names, else its name under those
// that it stands under. A name that is unique on both sides is the same row also
// where it stands otherwise in the tree, for one agency numbers I, 1, 2 and another
// not at all.
func (c *collation) sameKeys(tables []*paper.Table) []*paper.Table {
	coded := !slices.ContainsFunc(tables, func(t *paper.Table) bool { return !hasCodes(t) || !codesAgree(tables[0], t) })
	tables = partsByName(tables)
	known := knownRows{side: side{map[string]bool{}, map[string]bool{}}, keys: map[string]bool{}, byOwn: map[string]knownRow{}, byName: map[string]knownRow{}}
	out := make([]*paper.Table, len(tables))
	for n, t := range tables {
		keyed := *t
		keyed.Rows = slices.Clone(t.Rows)
		if coded {
			byCode(keyed.Rows)
			c.sayCodesNamed(tables[0], t)
		} else {
			known.adopt(keyed.Rows, filledRows(t))
		}
		out[n] = &keyed
	}
	return out
}

// partsByName gives tables in which "Trong đó: Khách sạn" is "Khách sạn", unless one of
// them has rows of both names.
func partsByName(tables []*paper.Table) []*paper.Table {
	names := map[string]string{} // by the name of a part
	for _, t := range tables {
		for i := range t.Rows {
			if r := &t.Rows[i]; r.PartKey != "" {
				names[r.NameKey] = r.PartKey
			}
		}
	}
	if len(names) == 0 {
		return tables
	}
	for _, t := range tables {
		called := map[string]map[string]bool{} // in this table, by what they would be called
		for i := range t.Rows {
			name := t.Rows[i].NameKey
			short := cmp.Or(names[name], name)
			if called[short] == nil {
				called[short] = map[string]bool{}
			}
			called[short][name] = true
		}
		maps.DeleteFunc(names, func(_, part string) bool { return len(called[part]) > 1 })
	}
	if len(names) == 0 {
		return tables
	}
	out := make([]*paper.Table, len(tables))
	for n, t := range tables {
		named := *t
		named.Rows = slices.Clone(t.Rows)
		for i := range named.Rows {
			rename(&named.Rows[i], names)
		}
		out[n] = &named
	}
	return out
}

// rename gives a row, and those that it stands under, other names.
func rename(r *paper.Row, names map[string]string) {
	step := func(key string) string {
		name, count, again := strings.Cut(key, numberInKey)
		other, ok := names[name]
		switch {
		case !ok:
			return key
		case again:
			return other + numberInKey + count
		}
		return other
	}
	steps := strings.Split(r.Key, paper.KeyStep)
	for i := range steps {
		steps[i] = step(steps[i])
	}
	r.Key, r.Own, r.NameKey = strings.Join(steps, paper.KeyStep), step(r.Own), step(r.NameKey)
}

// numberInKey stands before the number of a key that comes again.
const numberInKey = "#"

// codesAgree reports whether the codes of two tables are those of one list: one in
// three that both have stands beside the same name, for names are spelt in many ways.
func codesAgree(a, b *paper.Table) bool {
	names := map[string]string{}
	for i := range a.Rows {
		names[a.Rows[i].CodeKey] = a.Rows[i].NameKey
	}
	both, same := 0, 0
	for i := range b.Rows {
		name, ok := names[b.Rows[i].CodeKey]
		if !ok || b.Rows[i].CodeKey == "" {
			continue
		}
		both++
		if name == b.Rows[i].NameKey {
			same++
		}
	}
	return 3*same >= both
}

// hasCodes reports whether the rows of a table have codes.
func hasCodes(t *paper.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r paper.Row) bool { return r.CodeKey != "" })
}

// sayCodesNamed says where a code stands beside quite another name than in the first
// table, at the first of them.
func (c *collation) sayCodesNamed(first, t *paper.Table) {
	known := map[string]*paper.Row{}
	for i := range first.Rows {
		known[first.Rows[i].CodeKey] = &first.Rows[i]
	}
	var row, other *paper.Row
	count := 0
	for i := range t.Rows {
		r := &t.Rows[i]
		if k := known[r.CodeKey]; r.CodeKey != "" && k != nil && !nearlyNamed(r, k) {
			if count++; count == 1 {
				row, other = r, k
			}
		}
	}
	if count == 0 {
		return
	}
	f := fault.New(fault.PaperCodeNamed, fault.A("label", row.Code), fault.A("got", row.Name), fault.A("expected", other.Name))
	if count > 1 {
		f.Args = append(f.Args, fault.A("count", strconv.Itoa(count-1)))
	}
	c.say(f.In(t.File).At(t.Sheet, t.Area))
}

// nearlyNamed reports whether two rows have the same name, or one but for a slip.
func nearlyNamed(a, b *paper.Row) bool {
	if a.NameKey == b.NameKey {
		return true
	}
	near := variants(b)
	return slices.ContainsFunc(variants(a), func(v string) bool { return slices.Contains(near, v) })
}

// nameInKey stands before the key of a row that has no code among rows that do.
const nameInKey = "="

// byCode makes the codes of rows their keys.
func byCode(rows []paper.Row) {
	seen := map[string]int{}
	for i := range rows {
		key := rows[i].CodeKey
		if key == "" {
			key = nameInKey + rows[i].Own
		}
		if seen[key]++; seen[key] > 1 {
			key += numberInKey + strconv.Itoa(seen[key])
		}
		rows[i].Key = key
	}
}

// knownRows are the rows of the tables so far.
type knownRows struct {
	side
	keys   map[string]bool
	byOwn  map[string]knownRow
	byName map[string]knownRow
}

// knownRow is the row of a name; its key is "" where several have it.
type knownRow struct{ key, place string }

// adopt gives rows that are known by another key that key, and notes the others.
// filled says of each whether it has figures.
func (k *knownRows) adopt(rows []paper.Row, filled []bool) {
	here := side{map[string]bool{}, map[string]bool{}}
	present, times := map[string]bool{}, map[string]int{}
	for i := range rows {
		present[rows[i].Key] = true
		times[rows[i].NameKey]++
		here.note(&rows[i], filled[i])
	}
	for i := range rows {
		row := &rows[i]
		if k.keys[row.Key] || times[row.NameKey] > 1 {
			continue
		}
		if key := k.find(row); key != "" && !present[key] && k.sameParent(row.Key, key, here) {
			row.Key = key
			present[key] = true
		}
	}
	for i := range rows {
		k.note(&rows[i], filled[i])
	}
}

// side is what one side of a comparison has: rows by their own keys, and those of
// them with figures.
type side struct{ own, filled map[string]bool }

func (s side) note(row *paper.Row, filled bool) {
	s.own[row.Own] = true
	if filled {
		s.filled[row.Own] = true
	}
}

// find gives the key of the only row of the same place or name, "" for none. A place
// that is known on one side alone is the one of that name.
func (k *knownRows) find(row *paper.Row) string {
	if known := k.byOwn[row.Own]; known.key != "" {
		return known.key
	}
	if known := k.byName[row.NameKey]; known.place == "" || row.Place == "" {
		return known.key
	}
	return ""
}

// sameParent reports whether a row stands under the row of the same name as the one
// that is known does. Where only one of them stands under a row, the other side must
// have that row too, or it must be a mere heading: "Hộ nghèo › Nữ", with figures for
// both, is not any "Nữ".
func (k *knownRows) sameParent(key, known string, here side) bool {
	a, b := parentOf(key), parentOf(known)
	return a == b || a == "" && (here.own[b] || !k.filled[b]) || b == "" && (k.own[a] || !here.filled[a])
}

func (k *knownRows) note(row *paper.Row, filled bool) {
	k.keys[row.Key] = true
	k.side.note(row, filled)
	noteIn(k.byOwn, row.Own, row)
	noteIn(k.byName, row.NameKey, row)
}

func noteIn(index map[string]knownRow, name string, row *paper.Row) {
	if known, ok := index[name]; ok && known.key != row.Key {
		index[name] = knownRow{}
		return
	}
	index[name] = knownRow{row.Key, row.Place}
}

// filledRows says of each row of a table whether it has figures.
func filledRows(t *paper.Table) []bool {
	filled := make([]bool, len(t.Rows))
	for i := range t.Figures {
		filled[t.Figures[i].Row] = true
	}
	return filled
}

// addedRows says of each row of a table whether it has figures that add up: a total of
// which only a share was typed says nothing of its parts.
func addedRows(t *paper.Table) []bool {
	added := make([]bool, len(t.Rows))
	for i := range t.Figures {
		if f := &t.Figures[i]; t.Columns[f.Column].Adds {
			added[f.Row] = true
		}
	}
	return added
}

// parentOf gives the name of the row that a row stands under, by its key; "" for
// none.
func parentOf(key string) string {
	steps := strings.Split(key, paper.KeyStep)
	if len(steps) < 2 {
		return ""
	}
	return steps[len(steps)-2]
}

// namesakesApart gives tables in which rows whose name does not say for certain
// which they are have keys of their own, so that nothing is added to them: people,
// and rows of one name with nothing to tell them apart. It says which.
func (c *collation) namesakesApart(tables []*paper.Table) []*paper.Table {
	if len(tables) < 2 {
		return tables
	}
	out := slices.Clone(tables)
	for n, t := range tables {
		filled := filledRows(t)
		var doubtful []int
		for i := range t.Rows {
			if row := &t.Rows[i]; filled[i] && row.CodeKey == "" && !row.Total && (t.People || row.Twice) {
				doubtful = append(doubtful, i)
			}
		}
		if len(doubtful) == 0 {
			continue
		}
		apart := *t
		apart.Rows = slices.Clone(t.Rows)
		for _, i := range doubtful {
			apart.Rows[i].Key += tableInKey + strconv.Itoa(n)
		}
		out[n] = &apart
		c.say(fault.New(fault.PaperRowsTwice, fault.A("label", t.Rows[doubtful[0]].Name), fault.A("count", strconv.Itoa(len(doubtful)))).In(t.File).At(t.Sheet, t.Area))
	}
	return out
}

// tableInKey stands between the key of a row and the table that it is kept to.
const tableInKey = "\x00@"
