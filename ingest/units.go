package ingest

import (
	"cmp"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// checkRowUnits compares the units of rows with those that are asked, where rows
// are indicators, and converts figures in another scale. A unit stands in a column
// of units, in brackets behind its name, or, of money, above the table.
func (r *reading) checkRowUnits(m *mapped) {
	if !m.plan.unitsDown() || len(m.lines) == 0 {
		return
	}
	general := generalUnit(m.sheet, m.first)
	col, head := m.unitColumn()
	above := "" // what the column of units said last
	for i := range m.lines {
		l := &m.lines[i]
		ind := m.overRow(l)
		if l.role != roleValue || ind == nil || !ind.IsNumber() {
			continue
		}
		said := unitSaid{ind: ind, at: spot{m.sheet.Name, xlsx.Ref(max(head, m.first, 1), max(col, 1))}}
		cell := m.sheet.Shown(l.row, col) // one unit is often merged over rows
		switch {
		case cell != nil && cell.IsText():
			if !isDitto(cell.Text) {
				above = cell.Text
			}
			said.stated, said.at.cell = above, cell.Ref()
		case m.unitInName(l) != nil:
			cell = m.unitInName(l)
			said.stated, _ = viet.FindUnit(cell.Text)
			said.at.cell = cell.Ref()
		case general != "" && r.isMoney(ind):
			said.stated = general
		}
		l.shift = r.rowShift(said, func() []decimal.Decimal { return m.figuresIn(l) })
		if l.shift != 0 {
			r.used(m.sheet, cell)
		}
	}
}

// isDitto reports whether a cell says: as above.
func isDitto(text string) bool {
	key := viet.Key(text)
	return key == "nt" || key == asAbove || key == "" && strings.ContainsAny(text, `"'”″〃`)
}

var asAbove = viet.Key("như trên")

// unitSaid is a unit that is stated for an indicator.
type unitSaid struct {
	ind    *report.Indicator
	stated string
	at     spot
}

func (u unitSaid) note(code fault.Code) note {
	return note{code: code, label: label(u.ind), got: u.stated, expected: u.ind.Unit, spot: u.at}
}

// rowShift gives the powers of ten by which figures are to be moved from the
// unit that is stated to the one that is asked. Where they are of different
// things, or the figures cannot be in the unit that is stated, it asks.
func (r *reading) rowShift(said unitSaid, figures func() []decimal.Decimal) int {
	if said.stated == "" || said.stated == said.ind.Unit {
		return 0
	}
	stated, asked := viet.ParseUnit(said.stated), r.unit(said.ind)
	if !stated.Contradicts(asked) {
		return 0
	}
	powers, same := stated.Shift(asked)
	n := said.note(fault.UnitDiffers)
	switch {
	case !same:
	case r.plan.contradicted(stated, figures()):
		n.code = fault.UnitImpossible
	default:
		n.code = fault.ScaleConverted
		r.notes = append(r.notes, n)
		return powers
	}
	r.find(n.finding())
	return 0
}

// contradicted reports whether figures cannot be in a unit. What the whole country
// reports may be larger than what a province does.
func (p *plan) contradicted(u viet.Unit, figures []decimal.Decimal) bool {
	if area := p.reg.Place(p.req.Place); area != nil && area.Level == report.LevelCountry {
		return viet.ContradictedAnywhere(u, figures)
	}
	return viet.Contradicted(u, figures)
}

// isMoney reports whether an indicator is counted in money.
func (p *plan) isMoney(ind *report.Indicator) bool {
	return ind.IsNumber() && p.unit(ind).Base == viet.BaseMoney
}

// generalUnit gives the unit of money that is stated for the whole table, above
// it: the nearest, for there may be other tables with units of their own.
func generalUnit(s *sheet.Sheet, top int) string {
	found := ""
	for _, row := range s.RowNumbers(1) {
		if row >= top {
			break
		}
		cells := s.Row(row)
		for i := range cells {
			if !cells[i].IsText() {
				continue
			}
			stated, general := viet.FindUnit(cells[i].Text)
			if i+1 < len(cells) && stated == "" {
				if stated = viet.UnitBeside(cells[i].Text, cells[i+1].Text); stated != "" {
					general = true
				}
			}
			if stated == "" && len(cells) == 1 {
				stated = strings.TrimSpace(cells[i].Text)
			}
			if !general && len(cells) > 1 {
				continue // the header of another table: the unit is that of a column
			}
			for _, u := range viet.ParseUnits(stated) {
				if u.Base == viet.BaseMoney {
					found = u.Stated
				}
			}
		}
	}
	return found
}

// unitColumn finds the column of units by the words over it; 0 where there is
// none.
func (m *mapped) unitColumn() (col, row int) {
	for _, row := range m.sheet.RowNumbers(m.first) {
		if row >= m.lines[0].row {
			break
		}
		cells := m.sheet.Row(row)
		for i := range cells {
			if cells[i].IsText() && viet.IsUnitHead(cells[i].Text) {
				return cells[i].Col, row
			}
		}
	}
	return 0, 0
}

// unitInName gives the cell that names a row with a unit in brackets behind the
// name, nil where there is none.
func (m *mapped) unitInName(l *line) *sheet.Cell {
	for i := range m.cols {
		if m.cols[i].role != roleLabel {
			continue
		}
		if c := m.sheet.At(l.row, m.cols[i].col); c != nil && c.IsText() && strings.HasSuffix(c.Text, ")") {
			if unit, _ := viet.FindUnit(c.Text); viet.ParseUnit(unit).Measure {
				return c
			}
		}
	}
	return nil
}

// figuresUnder gives the numbers of a column below a row, down to another one; 0
// is the end of the sheet.
func figuresUnder(s *sheet.Sheet, col, row, until int) []decimal.Decimal {
	var out []decimal.Decimal
	for _, n := range s.RowNumbers(row + 1) {
		if until > 0 && n >= until {
			break
		}
		out = appendFigure(out, s.At(n, col))
	}
	return out
}

// figuresIn gives the numbers of a line.
func (m *mapped) figuresIn(l *line) []decimal.Decimal {
	var out []decimal.Decimal
	for i := range m.cols {
		if m.cols[i].role == roleValue {
			out = appendFigure(out, m.sheet.At(l.row, m.cols[i].col))
		}
	}
	return out
}

func appendFigure(out []decimal.Decimal, c *sheet.Cell) []decimal.Decimal {
	if c == nil || c.Type != xlsx.Number {
		return out
	}
	if d, _, err := decimal.FromStored(c.Text); err == nil {
		out = append(out, d)
	}
	return out
}

// shortest is the least number of digits of a figure of money that can be beyond
// all bounds, in thousand millions of đồng.
const shortest = 7

// checkMagnitudes asks for figures of money that cannot be in the unit of the
// form itself: đồng typed where thousand millions are asked. Once a column, and
// where rows are indicators once a row.
func (r *reading) checkMagnitudes(m *mapped) {
	asked := map[any]bool{}
	var room [1]decimal.Decimal
	for i := range m.lines {
		l := &m.lines[i]
		if l.role != roleValue {
			continue
		}
		cells := m.sheet.Row(l.row)
		for k := range cells {
			cell := &cells[k]
			if cell.Type != xlsx.Number || !isLong(cell.Text) {
				continue
			}
			c := m.column(cell.Col)
			if c == nil || c.role != roleValue || c.shift+l.shift != 0 {
				continue
			}
			ind := cmp.Or(l.ind, c.ind)
			once := any(ind)
			if x := m.plan.matrix; x != nil {
				ind, once = x.cells[l.down][c.across], c.across
			}
			if ind == nil {
				continue
			}
			figure := appendFigure(room[:0], cell)
			if r.plan.contradicted(r.unit(ind), figure) && !asked[once] {
				asked[once] = true
				r.find(fault.New(fault.FigureImpossible, fault.A("label", label(ind)), fault.A("got", figure[0].String()),
					fault.A("expected", ind.Unit)).At(m.sheet.Name, cell.Ref()))
			}
		}
	}
}

// isLong reports whether a stored number may have so many digits before the
// point.
func isLong(text string) bool {
	whole, _, _ := strings.Cut(text, ".")
	return len(whole) >= shortest || strings.ContainsAny(text, "Ee")
}

// learnHabits finds out how the texts of each column write numbers.
func (m *mapped) learnHabits() {
	for i := range m.lines {
		cells := m.sheet.Row(m.lines[i].row)
		for k := range cells {
			if !cells[k].IsText() {
				continue
			}
			if c := m.column(cells[k].Col); c != nil && c.role == roleValue {
				c.habit = c.habit.And(viet.HabitOf(cells[k].Text))
			}
		}
	}
}
