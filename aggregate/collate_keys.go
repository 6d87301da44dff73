package aggregate

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// sameKeys gives tables in which a row has the key of the same row in the others:
// its code where all tables have codes, else its name under those that it stands
// under. A name that is unique on both sides is the same row wherever it stands in
// the tree, for one agency numbers I, 1, 2 and another not at all.
func sameKeys(tables []*paper.Table) []*paper.Table {
	coded := !slices.ContainsFunc(tables, func(t *paper.Table) bool { return !hasCodes(t) })
	known := knownRows{keys: map[string]bool{}, byName: map[string]string{}}
	out := make([]*paper.Table, len(tables))
	for n, t := range tables {
		keyed := *t
		keyed.Rows = slices.Clone(t.Rows)
		if coded {
			byCode(keyed.Rows)
		} else {
			known.adopt(keyed.Rows)
		}
		out[n] = &keyed
	}
	return out
}

// hasCodes reports whether the rows of a table have codes.
func hasCodes(t *paper.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r paper.Row) bool { return r.CodeKey != "" })
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
			key += "#" + strconv.Itoa(seen[key])
		}
		rows[i].Key = key
	}
}

// knownRows are the rows of the tables so far.
type knownRows struct {
	keys   map[string]bool
	byName map[string]string // key of the row of a name, "" where several have it
}

// adopt gives rows that are known by another key that key, and notes the others.
func (k *knownRows) adopt(rows []paper.Row) {
	present, times := map[string]bool{}, map[string]int{}
	for i := range rows {
		present[rows[i].Key] = true
		times[rows[i].Own]++
	}
	for i := range rows {
		row := &rows[i]
		if k.keys[row.Key] || times[row.Own] > 1 {
			continue
		}
		if key := k.byName[row.Own]; key != "" && !present[key] && !k.elsewhere(row.Key, key, present) {
			row.Key = key
			present[key] = true
		}
	}
	for i := range rows {
		k.keys[rows[i].Key] = true
		if key, ok := k.byName[rows[i].Own]; ok && key != rows[i].Key {
			k.byName[rows[i].Own] = ""
		} else {
			k.byName[rows[i].Own] = rows[i].Key
		}
	}
}

// elsewhere reports whether a row stands under another row than the one that is
// known by its name, and both of them are in one table: "Y tế › Số lượt" is not
// "Giáo dục › Số lượt".
func (k *knownRows) elsewhere(key, known string, present map[string]bool) bool {
	a, b := parentOf(key), parentOf(known)
	return a != "" && b != "" && a != b && (present[b] || k.keys[a])
}

// parentOf gives the key of the row that a row stands under, "" for none.
func parentOf(key string) string {
	if at := strings.LastIndex(key, paper.KeyStep); at >= 0 {
		return key[:at]
	}
	return ""
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
		filled := rowsWithFigures([]*paper.Table{t})
		var doubtful []int
		for i := range t.Rows {
			if row := &t.Rows[i]; filled[row.Key] && row.CodeKey == "" && !row.Total && (t.People || row.Twice) {
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
