package outlinetest

import (
	"strings"

	"tonghop/ingest/outline"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// noteColumns writes down what the columns are.
func (l *layout) noteColumns() {
	paths := map[*column][]string{}
	joined := map[*column]bool{}
	for _, h := range l.heads {
		l.pathsOf(h, nil, false, paths, joined)
	}
	for _, c := range l.columns {
		g := outline.Column{Column: xlsx.ColName(c.col), Path: paths[c], Role: c.role}
		x := GoldColumn{Roles: []string{c.role}, Joined: joined[c] || l.t.look.bilingual == twoRows}
		if l.t.look.unitRow && c.unit != "" {
			g.Path = append(g.Path, "("+c.unit+")")
		}
		if c.role == columnUnit {
			g.Role, x.Roles = outline.ColumnNote, []string{outline.ColumnNote, columnUnit}
		}
		x.Adds = c.adds()
		if name := l.index[c]; name != "" {
			g.Index = ptr(name)
		}
		if c.code != "" {
			g.Code = ptr(c.code)
		}
		if c.empty {
			x.Roles, x.SumFree = nil, true
		}
		for _, p := range c.parts {
			g.SumOf = append(g.SumOf, xlsx.ColName(p.col))
		}
		if c.unit != "" && strings.Contains(viet.Key(strings.Join(g.Path, "|")), viet.Key(c.unit)) {
			if stated(g.Path, c.unit) {
				g.Unit = ptr(c.unit)
			} else {
				x.UnitFree = true
			}
		} else if c.role == outline.ColumnValue && c.unit != "" && l.t.unit == "" {
			x.UnitFree = true // the name may say it: "Số hộ nghèo"
		}
		l.gold.Columns = append(l.gold.Columns, g)
		l.extra.Columns = append(l.extra.Columns, x)
	}
}

// stated reports whether some head ends in the unit in brackets.
func stated(path []string, unit string) bool {
	for _, s := range path {
		if strings.Contains(s, "("+unit+")") || strings.EqualFold(s, "("+unit+")") || strings.Contains(s, "("+strings.ToUpper(unit)+")") {
			return true
		}
	}
	return false
}

// pathsOf collects the words over each column, as the header shows them.
func (l *layout) pathsOf(h *head, above []string, loose bool, into map[*column][]string, joined map[*column]bool) {
	text := h.text
	if l.t.look.capsHead {
		text = strings.ToUpper(text)
	}
	path := above[:len(above):len(above)]
	if text != "" {
		path = append(path, text)
	}
	switch {
	case h.english == "" || l.t.look.bilingual == oneLanguage:
	case l.t.look.bilingual == sameCell:
		path[len(path)-1] += " " + h.english
	default:
		path = append(path, h.english)
	}
	loose = loose || h.loose || l.t.look.bilingual == sameCell
	if h.column != nil {
		into[h.column], joined[h.column] = path, loose
		return
	}
	for _, c := range h.children {
		l.pathsOf(c, path, loose, into, joined)
	}
}

// noteRows writes down what the rows are.
func (l *layout) noteRows() {
	tree := l.t.tree && (l.t.look.indent != noIndent || l.number != nil || l.t.look.numberInAll)
	raised := false
	for _, r := range l.t.rows {
		if r.kind == blankRow {
			continue
		}
		g := outline.Row{Row: r.row}
		x := GoldRow{LevelFree: r.free || !tree && l.t.tree}
		switch r.kind {
		case dataRow:
			g.Role = outline.RowData
		case totalRow:
			g.Role = outline.RowTotal
			for _, p := range r.parts {
				g.SumOf = append(g.SumOf, p.row)
			}
			raised = raised || r.free
		case sectionRow:
			g.Role = outline.RowSection
		case wordsRow:
			g.Role, x.Roles = outline.RowSection, []string{outline.RowSection, outline.RowNote}
		}
		if x.Roles == nil {
			x.Roles = []string{g.Role}
		}
		if tree && !x.LevelFree {
			g.Level = ptr(r.depth)
			for i := range r.deeper {
				x.Levels = append(x.Levels, r.depth+i+1)
			}
		}
		x.Blank = r.hasFigures() && !l.shown[r]
		l.noteName(r, &g, &x)
		l.noteNumber(r, &g, &x)
		if l.has(outline.ColumnCode) && r.code != "" {
			g.Code = ptr(r.code)
		}
		if r.place.code != "" {
			g.Place = ptr(r.place.code)
		}
		l.gold.Rows = append(l.gold.Rows, g)
		l.extra.Rows = append(l.extra.Rows, x)
	}
	l.extra.Raised = raised
	l.extra.Repeated = l.repeated
}

func (l *layout) has(role string) bool {
	for _, c := range l.columns {
		if c.role == role {
			return true
		}
	}
	return false
}

// noteName writes down the name of a row, and the forms of it that are as good:
// with and without what numbers it or marks it as a part.
func (l *layout) noteName(r *row, g *outline.Row, x *GoldRow) {
	if r.label == "" {
		return
	}
	full := l.fullLabel(r)
	if l.across(r) && l.number != nil && r.number != "" {
		full = r.number + ". " + full
	}
	g.Name = ptr(full)
	x.Names = []string{full, r.label, strings.TrimSuffix(full, " "+r.star)}
	if r.marker != "" {
		x.Names = append(x.Names, r.marker+r.label, strings.TrimLeft(r.marker, "-+ ")+r.label)
	}
}

// noteNumber writes down the number of a row where it stands in its own column.
func (l *layout) noteNumber(r *row, g *outline.Row, x *GoldRow) {
	if r.number == "" {
		x.NumberFree = r.marker != ""
		return
	}
	if l.number == nil || l.across(r) || r.number == "-" || r.number == "+" {
		x.NumberFree = true
		return
	}
	g.Number = ptr(r.number)
}

// noteBroken lists the totals of a table that do not add up.
func (l *layout) noteBroken(sheet string, made map[*row]map[*column]bool) []Broken {
	var out []Broken
	at := map[string]int{}
	for _, x := range l.t.relations() {
		diff := l.t.difference(x)
		f := l.t.figureAt(x.row, x.col)
		if diff == 0 || f.blank || f.mark != "" {
			continue
		}
		cell := ref(x.row.row, x.col.col)
		i, ok := at[cell]
		if !ok {
			i = len(out)
			at[cell] = i
			out = append(out, Broken{Sheet: sheet, Cell: cell, Required: made[x.row][x.col]})
		}
		out[i].Differences = append(out[i].Differences, plain(diff, f.scale))
	}
	return out
}
