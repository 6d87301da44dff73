package outlinetest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/outline"
	"tonghop/ingest/viet"
)

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func list[T any](of []T) string {
	if len(of) == 0 {
		return ""
	}
	return fmt.Sprint(of)
}

// table scores one table against what was read in its place, nil for nothing.
func (s *scorer) table(w outline.Table, x GoldTable, g *outline.Table) {
	if g == nil {
		g = &outline.Table{}
		s.answer(Tables, w.Range, body(w), "")
	} else {
		s.answer(Tables, w.Range, body(w), body(*g))
	}
	var header []int
	for _, r := range g.HeaderRows {
		if !slices.Contains(x.Repeated, r) && r != x.CodeRow {
			header = append(header, r)
		}
	}
	s.answer(HeaderRows, w.Range, list(w.HeaderRows), list(header))
	s.answer(IndexRows, w.Range, number(w.IndexRow), number(g.IndexRow))
	if !x.UnitFree {
		want, got := unitOf(w.Unit, w.UnitCell), unitOf(g.Unit, g.UnitCell)
		s.answer(Units, w.Range, want, got)
	}
	columns := s.columns(w, x, g)
	rows := s.rows(w, x, g)
	unit := known(x.UnitFree || unitOf(w.Unit, nil) == unitOf(g.Unit, nil), g.Unit == nil)
	s.figures(w, *g, rows, columns, unit)
}

func unitOf(unit, cell *string) string {
	if unit == nil {
		return ""
	}
	return unitKey(unit) + " in " + textOf(cell)
}

// unitKey is the unit for comparing. The sign of percent has no key.
func unitKey(unit *string) string {
	return cmp.Or(viet.Key(textOf(unit)), textOf(unit))
}

// bare is a number without the brackets and points around it: "(3)", "a)", "1.".
func bare(s *string) string { return strings.Trim(textOf(s), "()./ ") }

// columns scores the columns and gives how well each is known.
func (s *scorer) columns(w outline.Table, x GoldTable, g *outline.Table) map[string]knowledge {
	good := map[string]knowledge{}
	got := map[string]outline.Column{}
	for _, c := range g.Columns {
		got[c.Column] = c
	}
	for i, c := range w.Columns {
		a, e := got[c.Column], x.Columns[i]
		delete(got, c.Column)
		ok := true
		if e.Roles != nil {
			ok = slices.Contains(e.Roles, a.Role)
			s.answerIf(ColumnRoles, c.Column, c.Role, a.Role, ok)
		}
		path := samePath(c, a, e.Joined)
		s.answerIf(ColumnPaths, c.Column, pathOf(c.Path), pathOf(a.Path), path)
		unit := e.UnitFree || unitKey(c.Unit) == unitKey(a.Unit)
		if !e.UnitFree {
			s.answerIf(ColumnUnits, c.Column, textOf(c.Unit), textOf(a.Unit), unit)
		}
		s.answer(ColumnNames, c.Column, bare(c.Index), bare(a.Index))
		s.answer(ColumnNames, c.Column, textOf(c.Code), textOf(a.Code))
		if !e.SumFree {
			s.answerIf(ColumnSums, c.Column, list(c.SumOf), list(a.SumOf), sameColumnSum(w, c.SumOf, a.SumOf))
		}
		good[c.Column] = worst(known(ok, a.Role == ""), known(path, len(a.Path) == 0), known(unit, a.Unit == nil))
	}
	for _, c := range g.Columns {
		if _, left := got[c.Column]; left {
			s.answer(ColumnRoles, c.Column, "", c.Role)
			s.answer(ColumnPaths, c.Column, "", pathOf(c.Path))
			s.answer(ColumnSums, c.Column, "", list(c.SumOf))
		}
	}
	return good
}

// pathOf writes the words over a column.
func pathOf(path []string) string { return strings.Join(path, " | ") }

// samePath compares words, not their spelling; a unit in brackets may be among
// them or not.
func samePath(w, g outline.Column, joined bool) bool {
	key := func(path []string, unit *string) []string {
		var out []string
		for _, p := range path {
			k := viet.Key(p)
			if unit != nil {
				u := viet.Key(*unit)
				if rest, ok := strings.CutSuffix(k, u); ok && strings.Contains(p, "(") {
					k = strings.TrimSpace(rest)
				}
			}
			if k != "" {
				out = append(out, k)
			}
		}
		if joined {
			return []string{strings.Join(out, " ")}
		}
		return out
	}
	return slices.Equal(key(w.Path, w.Unit), key(g.Path, w.Unit))
}

// sameColumnSum compares sums down to the columns that are no sums themselves.
func sameColumnSum(t outline.Table, want, got []string) bool {
	parts := map[string][]string{}
	for _, c := range t.Columns {
		if c.SumOf != nil {
			parts[c.Column] = c.SumOf
		}
	}
	return sameLeafSet(parts, want, got)
}

// sameLeafSet compares sums by what they add up in the end. What is without
// figures makes no difference.
func sameLeafSet[T comparable](parts map[T][]T, want, got []T, without ...T) bool {
	if (len(want) == 0) != (len(got) == 0) {
		return false
	}
	count := map[T]int{}
	var add func(of []T, by, depth int)
	add = func(of []T, by, depth int) {
		for _, v := range of {
			if p, ok := parts[v]; ok && depth < 10 {
				add(p, by, depth+1)
				continue
			}
			count[v] += by
		}
	}
	add(want, 1, 0)
	add(got, -1, 0)
	for v, n := range count {
		if n != 0 && !slices.Contains(without, v) {
			return false
		}
	}
	return true
}

// rows scores the rows and gives how well each is known.
func (s *scorer) rows(w outline.Table, x GoldTable, g *outline.Table) map[int]knowledge {
	good := map[int]knowledge{}
	got := map[int]outline.Row{}
	for _, r := range g.Rows {
		got[r.Row] = r
	}
	parts := map[int][]int{}
	for _, r := range w.Rows {
		if r.SumOf != nil {
			parts[r.Row] = r.SumOf
		}
	}
	var blank []int
	for i, r := range w.Rows {
		if x.Rows[i].Blank {
			blank = append(blank, r.Row)
		}
	}
	shift := levelShift(w, x, got)
	for i, r := range w.Rows {
		a, e, at := got[r.Row], x.Rows[i], number(&r.Row)
		delete(got, r.Row)
		role := slices.Contains(e.Roles, a.Role)
		s.answerIf(RowRoles, at, r.Role, a.Role, role)
		name := e.Names == nil && textOf(a.Name) == "" || slices.ContainsFunc(e.Names, func(n string) bool { return nameKey(n) == nameKey(textOf(a.Name)) })
		s.answerIf(RowNames, at, textOf(r.Name), textOf(a.Name), name)
		if !e.NumberFree {
			s.answer(RowNumbers, at, bare(r.Number), bare(a.Number))
		}
		s.answer(RowCodes, at, textOf(r.Code), textOf(a.Code))
		s.answer(Places, at, textOf(r.Place), textOf(a.Place))
		sum := sameLeafSet(parts, r.SumOf, a.SumOf, blank...)
		s.answerIf(RowSums, at, list(r.SumOf), list(a.SumOf), sum)
		s.level(r, e, a, at, shift)
		place := textOf(r.Place) == textOf(a.Place)
		good[r.Row] = worst(known(role, a.Role == ""), known(name, a.Name == nil), known(place, a.Place == nil))
	}
	for _, r := range g.Rows {
		_, left := got[r.Row]
		if !left || slices.Contains(x.Repeated, r.Row) && r.Role == outline.RowNote {
			continue
		}
		at := number(&r.Row)
		s.answer(RowRoles, at, "", r.Role)
		s.answer(RowSums, at, "", list(r.SumOf))
		s.answer(Places, at, "", textOf(r.Place))
	}
	return good
}

// level scores the depth of a row. Where rows are no tree, none and 1 are right.
func (s *scorer) level(w outline.Row, e GoldRow, g outline.Row, at string, shift int) {
	if e.LevelFree || w.Level == nil && (g.Level == nil || *g.Level == 1) {
		return
	}
	if w.Level == nil || g.Level == nil {
		s.answer(RowLevels, at, number(w.Level), number(g.Level))
		return
	}
	n := *g.Level - shift
	s.answerIf(RowLevels, at, number(w.Level), number(g.Level), n == *w.Level || slices.Contains(e.Levels, n))
}

// levelShift is 1 where a reader takes the row of all for the root of the tree.
func levelShift(w outline.Table, x GoldTable, got map[int]outline.Row) int {
	if !x.Raised {
		return 0
	}
	least := 0
	for i, r := range w.Rows {
		if g := got[r.Row]; g.Level != nil && r.Level != nil && !x.Rows[i].LevelFree && (least == 0 || *g.Level < least) {
			least = *g.Level
		}
	}
	if least == 2 {
		return 1
	}
	return 0
}

// nameKey is the name without what numbers it and without marks at its ends.
func nameKey(s string) string {
	s, _ = viet.Clean(s)
	s = strings.TrimLeft(s, "-+* ")
	if head, rest, ok := strings.Cut(s, " "); ok && isNumbering(head) {
		s = rest
	}
	return viet.Key(s)
}

// isNumbering reports whether a word only numbers: "1.", "I.", "a)", "1.1".
func isNumbering(s string) bool {
	bare := strings.TrimRight(s, ".)/")
	if bare == "" {
		return s != ""
	}
	if strings.Trim(bare, "0123456789.") == "" {
		return true
	}
	return bare != s && (strings.Trim(bare, "IVX") == "" || len(bare) == 1)
}
