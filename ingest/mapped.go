package ingest

import (
	"slices"
	"strconv"

	"tonghop/ingest/match"
	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// mapped is a table of an upload of which it is known what every column and
// every row is, by hidden marks or by words.
type mapped struct {
	sheet   *sheet.Sheet
	plan    *planned
	marked  bool     // drawn by us: its formulas are ours
	partial bool     // a row of figures was not understood: totals cannot be proved
	cols    []column // by position
	lines   []line   // from the top
	unasked []spot   // cells of a matrix with figures nobody asked for
	refused words    // codes of rows whose words say something else, which was said
	first   int      // first row of the table, its head included
	last    int      // last row of the table
	index   int      // row that numbers the columns, 0 without
}

// refuse notes that a row was not taken for what its code says, which was said.
func (m *mapped) refuse(code string) {
	if m.refused == nil {
		m.refused = words{}
	}
	m.refused[code] = true
}

// role is what a column or a row is for.
type role uint8

const (
	roleExtra  role = iota // not understood
	roleValue              // figures
	roleTotal              // adds up others
	roleLabel              // names or numbers the rows
	roleIgnore             // read past on purpose
)

// column is a column of a mapped table.
type column struct {
	col   int
	role  role
	ind   *report.Indicator // of figures where rows are places or units
	place string            // of figures where rows are indicators; "" for the single column
	title string
	shift int        // powers of ten from what is written to the indicator's unit
	habit viet.Habit // how its texts write numbers

	across int  // which column of a matrix it is
	placed bool // across is set
}

// line is a row of a mapped table.
type line struct {
	row   int
	role  role
	unit  string // of a list
	place string // where rows are places
	ind   *report.Indicator
	label string // what stands at its head
	shift int    // powers of ten from what is written to the indicator's unit
	down  int    // which row of a matrix it is
}

// column finds a column by where it stands on the sheet, nil where it is none of the
// table.
func (m *mapped) column(col int) *column {
	if i, ok := m.position(col); ok {
		return &m.cols[i]
	}
	return nil
}

// position gives the place of a column among those of the table.
func (m *mapped) position(col int) (int, bool) {
	if len(m.cols) == 0 {
		return 0, false
	}
	// They stand in order, mostly without a gap: then each is where it is looked
	// for first.
	if i := col - m.cols[0].col; i >= 0 && i < len(m.cols) && m.cols[i].col == col {
		return i, true
	}
	return slices.BinarySearchFunc(m.cols, col, func(c column, col int) int { return c.col - col })
}

// slot gives what a cell of the table is asked, and false when nothing is asked
// there.
func (r *reading) slot(m *mapped, l *line, c *column) (slot, bool) {
	q := slot{question: question{row: l.label, shift: c.shift + l.shift, habit: c.habit, notes: r.answerNotes}, spot: spot{m.sheet.Name, xlsx.Ref(l.row, c.col)}}
	if m.plan.rowsAsked() {
		q.row = ""
		if c.place != "" {
			q.row = r.reg.PlaceName(c.place)
		}
	}
	var asked bool
	if q.key, q.ind, asked = r.keyOf(m, l, c); asked {
		q.record = r.recordOf(q.key)
	}
	return q, asked
}

// keyOf gives what the figure in a cell of the table is about, and its indicator:
// nil where it has none. asked is false when nothing is asked there.
func (r *reading) keyOf(m *mapped, l *line, c *column) (k factKey, ind *report.Indicator, asked bool) {
	unit, place := r.agency, l.place
	ind = c.ind
	switch m.plan.layout.Shape {
	case report.UnitList:
		unit, place = l.unit, r.unitPlace(l.unit)
	case report.IndicatorsDown:
		ind, place = l.ind, c.place
	case report.Matrix:
		ind, place = m.plan.matrix.cells[l.down][c.across], ""
	}
	if ind == nil {
		return k, nil, false
	}
	asked = true
	if m.plan.layout.Shape != report.UnitList {
		place, asked = r.placeAt(ind, place)
	}
	return factKey{unit, place, ind.Code}, ind, asked
}

// extract reads every cell of the table.
func (r *reading) extract(m *mapped) {
	r.expectMany(m)
	m.learnHabits()
	r.checkRowUnits(m)
	r.checkMagnitudes(m)
	for i := range m.lines {
		if m.lines[i].role == roleValue {
			r.extractLine(m, &m.lines[i])
		}
	}
	r.tellUnasked(m)
	r.checkTotals(m)
	r.checkIndexRow(m)
	for _, merged := range m.sheet.Merges {
		r.checkMerge(m, merged)
	}
}

func (r *reading) extractLine(m *mapped, l *line) {
	cells := m.sheet.Row(l.row)
	for i := range m.cols {
		c := &m.cols[i]
		for len(cells) > 0 && cells[0].Col < c.col {
			cells = cells[1:] // outside the table
		}
		var cell *sheet.Cell // nil where nothing stands
		if len(cells) > 0 && cells[0].Col == c.col {
			cell = &cells[0]
		}
		if c.role == roleValue {
			q, asked := r.slot(m, l, c)
			if asked {
				q.expect(q.ind, q.spot)
			}
			if cell != nil {
				r.extractCell(m, q, asked, cell)
			}
			continue
		}
		if cell == nil {
			continue
		}
		switch c.role {
		case roleLabel:
			r.used(m.sheet, cell)
		case roleTotal:
			cell.Settle(sheet.TotalColumn)
		case roleIgnore:
			cell.Settle(sheet.Ignored)
		default:
			cell.Settle(sheet.ExtraColumn)
		}
	}
}

func (r *reading) extractCell(m *mapped, q slot, asked bool, cell *sheet.Cell) {
	if asked && m.marked && cell.IsFormula && derived(q.ind) {
		cell.Settle(sheet.TotalColumn) // our own formula: it is computed anew
		return
	}
	if asked {
		r.take(m.sheet, cell, q)
		return
	}
	cell.Settle(sheet.Withdrawn)
	if q.ind == nil {
		m.noteUnasked(cell, q.spot)
		return
	}
	if cell.Text == "" {
		return
	}
	if a := q.read(cell, m.sheet.Date1904()); a.value.IsNone() && a.wrong == nil || a.value.Kind == report.Number && a.value.Num.IsZero() {
		return // saying that there is nothing is no harm
	}
	r.find(fault.New(fault.IndicatorNotAsked, fault.A("label", label(q.ind))).At(q.sheet, q.cell))
}

// checkMerge says that merged cells among the figures leave it open to which of
// them the figure belongs.
func (r *reading) checkMerge(m *mapped, area xlsx.Range) {
	cell := m.sheet.At(area.FirstRow, area.FirstCol)
	if cell == nil || area.FirstRow <= m.first || area.FirstRow > m.last {
		return
	}
	lines, cols := 0, 0
	for _, l := range m.lines {
		if l.role == roleValue && l.row >= area.FirstRow && l.row <= area.LastRow {
			lines++
		}
	}
	for _, c := range m.cols {
		if c.role == roleValue && c.col >= area.FirstCol && c.col <= area.LastCol {
			cols++
		}
	}
	if lines*cols < 2 {
		return
	}
	if len(m.plan.indicators) == 0 || m.textOnly(area) {
		return
	}
	r.find(fault.New(fault.MergedFigures, fault.A("got", area.String())).At(m.sheet.Name, xlsx.Ref(area.FirstRow, area.FirstCol)))
}

// textOnly reports whether a merged area of one row stands where words are
// asked: there cells are merged to make room.
func (m *mapped) textOnly(area xlsx.Range) bool {
	if area.FirstRow != area.LastRow {
		return false
	}
	for _, l := range m.lines {
		switch {
		case l.row != area.FirstRow:
		case l.ind != nil:
			return l.ind.Type == report.TypeText
		case m.plan.matrix != nil && l.role == roleValue:
			c := m.column(area.FirstCol)
			if c == nil || c.role != roleValue {
				return false
			}
			ind := m.plan.matrix.cells[l.down][c.across]
			return ind != nil && ind.Type == report.TypeText
		}
	}
	return false
}

// noteExtras says which columns were not understood, each once. Figures under
// words of the agency's own must not be lost for a note nobody opens: there a
// reason is asked, or the heading of the form.
func (r *reading) noteExtras(m *mapped) {
	var names []string
	if x := m.plan.matrix; x != nil {
		for j := range x.columns {
			names = append(names, x.title(j))
		}
	} else {
		for _, ind := range m.plan.indicators {
			names = append(names, ind.Name.VI)
		}
	}
	for _, c := range m.cols {
		if c.role != roleExtra {
			continue
		}
		count, figures := 0, 0
		first := ""
		for _, l := range m.lines {
			if cell := m.sheet.At(l.row, c.col); cell != nil && cell.Text != "" && cell.Fate() != sheet.Used {
				count++
				if cell.Type == xlsx.Number {
					figures++
				}
				if first == "" {
					first = cell.Ref()
				}
			}
		}
		if count == 0 {
			continue
		}
		title := c.title
		if title == "" {
			title = xlsx.ColName(c.col)
		}
		f := fault.New(fault.ColumnLeftOut, fault.A("got", clipped(title)), fault.A("near", match.Nearest(title, names)),
			fault.A("count", strconv.Itoa(count))).At(m.sheet.Name, first)
		if figures > 0 && !m.marked && c.title != "" {
			if r.askColumn(m, &c, count, first) {
				continue
			}
			r.find(f.Weighed(fault.Explain))
			r.attach(columnQuestion(m, c.title), first)
			continue
		}
		r.find(f)
	}
}
