package outline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// find says what is wrong with the tables of a sheet, in the order in which it is
// read.
func (f *File) find(s *sheet.Sheet, tables []*table.Table) {
	var words sheet.Changes
	for i := range s.Cells {
		words.Add(&s.Cells[i])
	}
	for _, x := range words.Codes(s.Name) {
		f.say(x)
	}
	for _, t := range tables {
		f.findTotals(s, t)
		f.findHeads(s, t)
		f.findCells(s, t)
		f.findWords(s, t)
		f.findOwnUnits(s, t)
		f.findUnits(s, t)
		f.findDoubts(s, t)
	}
	if hidden := hiddenFigures(s, tables); hidden > 0 {
		f.say(fault.New(fault.HiddenFigures, fault.A("count", strconv.Itoa(hidden))).At(s.Name, ""))
	}
}

// say takes a finding in. Arguments that are not known are left out.
func (f *File) say(x fault.Fault) {
	x.Args = slices.DeleteFunc(x.Args, func(a fault.Arg) bool { return a.Value == "" })
	f.Findings = append(f.Findings, x)
}

// formulaOf spells the formula of a cell, "" where it is not known.
func formulaOf(c *sheet.Cell) string {
	if c.Formula == "" {
		return ""
	}
	return "=" + c.Formula
}

// findTotals says which totals do not close: the cell, what stands there, what its
// parts add up to, and the difference.
func (f *File) findTotals(s *sheet.Sheet, t *table.Table) {
	for _, b := range t.Broken {
		var x fault.Fault
		numbers := []fault.Arg{fault.A("left", b.Got.String()), fault.A("right", b.Want.String()), fault.A("diff", b.Diff().String())}
		name := t.RowName(b.Row)
		var related []string
		if b.Across {
			for _, col := range b.Of {
				related = append(related, xlsx.Ref(b.Row, col))
			}
			x = fault.New(fault.SumDiffers, append(numbers, fault.A("label", b.Cell()), fault.A("parts", listed(related, " + ")), fault.A("row", name))...)
		} else {
			for _, row := range b.Of {
				related = append(related, xlsx.Ref(row, b.Col))
			}
			if name == "" {
				name = strconv.Itoa(b.Row)
			}
			x = fault.New(fault.TotalRowDiffers, append(numbers, fault.A("label", t.ColumnName(b.Col)), fault.A("total", name))...)
		}
		if b.Rounding {
			x = x.Weighed(fault.Note)
		}
		f.say(x.At(s.Name, b.Cell()).See(related...))
	}
}

// listed joins some cells, and says how many more there are when they are many.
func listed(cells []string, sign string) string {
	const most = 12
	if len(cells) <= most {
		return strings.Join(cells, sign)
	}
	return strings.Join(cells[:most], sign) + sign + "… (" + strconv.Itoa(len(cells)) + ")"
}

// findHeads says of which columns of figures it is open what stands over them, where
// words do.
func (f *File) findHeads(s *sheet.Sheet, t *table.Table) {
	for i := range t.Cols {
		c := &t.Cols[i]
		if c.Role != table.ColValue || len(c.Path) > 0 {
			continue
		}
		for _, row := range slices.Backward(t.HeadRows) {
			if cell := s.At(row, c.Col); cell != nil && cell.IsText() && cell.Text != "" {
				f.say(fault.New(fault.ColumnHeadOpen, fault.A("column", xlsx.ColName(c.Col)), fault.A("got", clipped(cell.Text))).At(s.Name, cell.Ref()))
				break
			}
		}
	}
}

// findCells says which figures cannot be read: errors, and formulas without a
// stored value.
func (f *File) findCells(s *sheet.Sheet, t *table.Table) {
	for i := range t.Lines {
		for k := range t.Cols {
			if t.Cols[k].Role != table.ColValue {
				continue
			}
			c := s.At(t.Lines[i].Row, t.Cols[k].Col)
			if c == nil {
				continue
			}
			label := fault.A("label", t.ColumnName(t.Cols[k].Col))
			switch {
			case c.Type == xlsx.TypeError:
				f.say(fault.New(fault.ErrorCell, label, fault.A("row", t.Lines[i].Name), fault.A("got", c.Text)).At(s.Name, c.Ref()))
			case c.NoValue:
				f.say(fault.New(fault.FormulaWithoutValue, label, fault.A("row", t.Lines[i].Name), fault.A("formula", formulaOf(c))).At(s.Name, c.Ref()))
			}
		}
	}
}

// yesOrNo are answers to rows that ask no number, by key.
var yesOrNo = map[string]bool{viet.Key("có"): true, viet.Key("không"): true, viet.Key("đã"): true, viet.Key("chưa"): true}

// findWords says which cells of a column of figures hold words, or a date, at the
// first of them: they were not counted. That something is so is no figure left out.
func (f *File) findWords(s *sheet.Sheet, t *table.Table) {
	for k := range t.Cols {
		c := &t.Cols[k]
		if c.Role != table.ColValue {
			continue
		}
		var first *sheet.Cell
		row, more := "", -1
		for i := range t.Lines {
			l := &t.Lines[i]
			if l.Role != table.RowData && l.Role != table.RowTotal || !t.IsWords(l.Row, c.Col) || yesOrNo[s.At(l.Row, c.Col).Key()] {
				continue
			}
			if more++; first == nil {
				first, row = s.At(l.Row, c.Col), l.Name
			}
		}
		if first != nil {
			f.say(fault.New(fault.WordsAmongFigures, fault.A("label", t.ColumnName(c.Col)), fault.A("row", row), fault.A("got", clipped(first.Text)), countArg("more", more)).At(s.Name, first.Ref()))
		}
	}
}

// countArg is a number that is said where it is not nought.
func countArg(name string, n int) fault.Arg {
	if n == 0 {
		return fault.A(name, "")
	}
	return fault.A(name, strconv.Itoa(n))
}

// clipped shortens a text for people.
func clipped(text string) string {
	const most = 60
	if runes := []rune(oneLine(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return oneLine(text)
}

// findDoubts says in which columns figures are written so that two habits read
// them differently and nothing tells which is meant, at the first of them.
func (f *File) findDoubts(s *sheet.Sheet, t *table.Table) {
	for k := range t.Cols {
		c := &t.Cols[k]
		if c.Role != table.ColValue {
			continue
		}
		for i := range t.Lines {
			l := &t.Lines[i]
			first, other, ok := t.Doubt(l.Row, c.Col)
			if !ok {
				continue
			}
			cell := s.At(l.Row, c.Col)
			f.say(fault.New(fault.NumberAmbiguous, fault.A("label", t.ColumnName(c.Col)), fault.A("row", l.Name), fault.A("got", cell.Text),
				fault.A("first", first.String()), fault.A("second", other.String())).At(s.Name, cell.Ref()))
			break
		}
	}
}

// findUnits says over which columns a unit stands that their figures cannot be in,
// at the first of them.
func (f *File) findUnits(s *sheet.Sheet, t *table.Table) {
	for k := range t.Cols {
		c := &t.Cols[k]
		stated, lent := unitOver(t, c)
		unit := viet.ParseUnit(stated)
		if c.Role != table.ColValue || unit.Base != viet.BaseMoney {
			continue
		}
		var figures []decimal.Decimal
		first := ""
		for i := range t.Lines {
			cell := s.At(t.Lines[i].Row, c.Col)
			if cell == nil || cell.Type != xlsx.Number || lent && viet.IsNumberOf(t.Lines[i].Name) {
				continue
			}
			if d, _, err := decimal.FromStored(cell.Text); err == nil {
				figures, first = append(figures, d), cmp.Or(first, cell.Ref())
			}
		}
		if viet.ContradictedAnywhere(unit, figures) {
			f.say(fault.New(fault.UnitImpossible, fault.A("label", t.ColumnName(c.Col)), fault.A("got", stated)).At(s.Name, first).Weighed(fault.Explain))
		}
	}
}

// findOutside says how many numbers stand beside or under the tables, at the first of
// them: they may be figures of a column that was not recognised.
func (f *File) findOutside(s *sheet.Sheet, a *account) {
	var first *sheet.Cell
	n := 0
	for i, reason := range a.reasons {
		c := &s.Cells[i]
		if reason != ReasonBeside && reason != ReasonNote || c.Type != xlsx.Number && !isNumberInText(c) {
			continue
		}
		if n++; first == nil {
			first = c
		}
	}
	if n > 0 {
		f.say(fault.New(fault.FiguresOutside, fault.A("count", strconv.Itoa(n)), fault.A("got", shown(first))).At(s.Name, first.Ref()))
	}
}

// isNumberInText reports whether a text is a number and nothing else, as all are in a
// file of text.
func isNumberInText(c *sheet.Cell) bool {
	if !c.IsText() {
		return false
	}
	n, err := viet.Number(c.Text)
	return err == nil && n.Rest == ""
}

// hiddenFigures counts the figures of tables in rows and columns that nobody sees.
func hiddenFigures(s *sheet.Sheet, tables []*table.Table) int {
	n := 0
	for _, t := range tables {
		for i := range t.Lines {
			for k := range t.Cols {
				if t.Cols[k].Role != table.ColValue {
					continue
				}
				if c := s.At(t.Lines[i].Row, t.Cols[k].Col); c != nil && c.Text != "" && s.IsHidden(c) {
					n++
				}
			}
		}
	}
	return n
}
