package ingest

import (
	"slices"
	"strings"

	"tonghop/ingest/match"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/report"
)

// matrix is what stands in the cells of a sheet whose rows and columns have codes
// of their own ([report.Matrix]). It is the same for every agency, and read only.
type matrix struct {
	rows    []report.Row
	columns []report.Column
	cells   [][]*report.Indicator // by row and column; nil where nothing is asked
	rowAt   map[string]int        // by code
	units   []string              // by column: the unit all its indicators have, "" where they differ
}

// newMatrix finds the indicators of the cells; nil for the other shapes.
func newMatrix(def *report.Definition, layout *report.Sheet) *matrix {
	if layout.Shape != report.Matrix {
		return nil
	}
	known := make(map[string]*report.Indicator, len(def.Indicators))
	for i := range def.Indicators {
		known[def.Indicators[i].Code] = &def.Indicators[i]
	}
	x := &matrix{rows: layout.Rows, columns: layout.Columns, rowAt: make(map[string]int, len(layout.Rows)), units: make([]string, len(layout.Columns))}
	for i, row := range x.rows {
		cells := make([]*report.Indicator, len(x.columns))
		for j, column := range x.columns {
			cells[j] = known[report.CellCode(row.Code, column.Code)]
		}
		x.cells = append(x.cells, cells)
		x.rowAt[row.Code] = i
	}
	for j := range x.columns {
		x.units[j], _ = sharedUnit(x.column(j))
	}
	return x
}

// asked gives the indicators of all cells, row by row.
func (x *matrix) asked() []*report.Indicator {
	return withoutNil(slices.Concat(x.cells...))
}

// row gives the indicators of a row.
func (x *matrix) row(i int) []*report.Indicator { return withoutNil(slices.Clone(x.cells[i])) }

// column gives the indicators of a column.
func (x *matrix) column(j int) []*report.Indicator {
	out := make([]*report.Indicator, len(x.cells))
	for i := range x.cells {
		out[i] = x.cells[i][j]
	}
	return withoutNil(out)
}

func withoutNil(inds []*report.Indicator) []*report.Indicator {
	return slices.DeleteFunc(inds, func(ind *report.Indicator) bool { return ind == nil })
}

// columnAt finds a column by its code, -1 without.
func (x *matrix) columnAt(code string) int {
	return slices.IndexFunc(x.columns, func(c report.Column) bool { return c.Code == code })
}

// title is a column's heading in one line.
func (x *matrix) title(j int) string { return strings.Join(x.columns[j].Header, " / ") }

// rowLabel is how findings name a row.
func (x *matrix) rowLabel(i int) string { return x.rows[i].Code + " " + x.rows[i].Name.VI }

// sharedUnit gives the unit that all of the indicators have, and false where they
// differ.
func sharedUnit(inds []*report.Indicator) (string, bool) {
	unit := ""
	for i, ind := range inds {
		if i > 0 && ind.Unit != unit {
			return "", false
		}
		unit = ind.Unit
	}
	return unit, true
}

// rowEntries are what the rows of a matrix may be.
func (x *matrix) rowEntries() []match.Entry {
	out := make([]match.Entry, len(x.rows))
	for i, row := range x.rows {
		out[i] = match.Entry{Code: row.Code, Name: row.Name.VI}
	}
	return out
}

// columnEntries are what the columns of a matrix may be.
func (x *matrix) columnEntries() []match.Entry {
	out := make([]match.Entry, len(x.columns))
	for j, c := range x.columns {
		out[j] = match.Entry{Code: c.Code, Name: x.title(j)}
	}
	return out
}

// wants gives the words over the columns: the whole path of each, the same in one
// line, either without units in brackets where that is still one column, and the
// code. A code that is a mere number is none here: the row of column numbers under
// a heading would be taken for the heading.
func (x *matrix) wants() []table.Want {
	bare := map[string]int{}
	paths := make([][2][]string, len(x.columns)) // as written, and without units
	for j, c := range x.columns {
		for _, words := range c.Header {
			paths[j][0] = append(paths[j][0], viet.Key(words))
			paths[j][1] = append(paths[j][1], viet.Key(table.WithoutUnit(words)))
		}
		bare[strings.Join(paths[j][1], " ")]++
	}
	out := make([]table.Want, len(x.columns))
	for j, c := range x.columns {
		add := func(path ...string) {
			known := slices.ContainsFunc(out[j].Paths, func(p []string) bool { return slices.Equal(p, path) })
			if len(path) > 0 && path[len(path)-1] != "" && !known {
				out[j].Paths = append(out[j].Paths, path)
			}
		}
		add(paths[j][0]...)
		add(strings.Join(paths[j][0], " "))
		if line := strings.Join(paths[j][1], " "); bare[line] == 1 {
			add(paths[j][1]...)
			add(line)
		}
		if !isMereNumber(c.Code) {
			add(viet.Key(c.Code))
		}
	}
	return out
}

// matrixRows are the rows of all matrices of a definition, each code once: what
// stands on another sheet is told apart from what is nothing at all.
func matrixRows(def *report.Definition) []match.Entry {
	var out []match.Entry
	known := map[string]bool{}
	for _, s := range def.Sheets {
		for _, row := range s.Rows {
			if !known[row.Code] {
				known[row.Code] = true
				out = append(out, match.Entry{Code: row.Code, Name: row.Name.VI})
			}
		}
	}
	return out
}

// overColumn gives an indicator that stands for a whole column where its unit is
// spoken of: an indicator of its own, or what those of a matrix have in common.
func (p *planned) overColumn(want int) *report.Indicator {
	if p.matrix == nil {
		return p.indicators[want]
	}
	return &report.Indicator{Code: p.matrix.columns[want].Code, Name: report.Text{VI: p.matrix.title(want)}, Unit: p.matrix.units[want], Type: report.TypeDec}
}

// overRow is overColumn for the rows of a table; nil where its figures have no one
// unit.
func (m *mapped) overRow(l *line) *report.Indicator {
	x := m.plan.matrix
	if x == nil || l.role != roleValue {
		return l.ind
	}
	unit, one := sharedUnit(x.row(l.down))
	if !one {
		return nil
	}
	return &report.Indicator{Code: x.rows[l.down].Code, Name: x.rows[l.down].Name, Unit: unit, Type: report.TypeDec}
}

// unitsDown reports whether units are those of the rows: where these are
// indicators, and in a matrix whose columns have figures of several.
func (p *planned) unitsDown() bool {
	if p.matrix != nil {
		return p.matrix.unitsBeside()
	}
	return p.layout.Shape == report.IndicatorsDown
}

// stated gives what the definition says of a column: nothing where it says nothing.
func (p *planned) stated(want int) report.Column {
	if p.matrix != nil {
		return p.matrix.columns[want]
	}
	return p.columnOf(p.indicators[want].Code)
}

// columnOf is stated for the code of an indicator.
func (p *planned) columnOf(indicator string) report.Column {
	var out report.Column
	for _, c := range p.layout.Columns {
		if c.Indicator == indicator {
			out = c
		}
	}
	return out
}

// rowsAsked reports whether the rows of the sheet are indicators, or rows of a
// matrix, which are known in the same ways.
func (p *planned) rowsAsked() bool {
	return p.layout.Shape == report.IndicatorsDown || p.matrix != nil
}

// once reports whether what is asked on the sheet is asked once of the agency.
func (p *planned) once() bool { return p.single() || p.matrix != nil }

// tiers is how many rows the heading of the matrix has.
func (x *matrix) tiers() int {
	most := 1
	for _, c := range x.columns {
		most = max(most, len(c.Header))
	}
	return most
}

// leaf is what a template writes right over a column: the lowest words, with the
// unit of the form and not that of the heading the definition speaks of.
func (x *matrix) leaf(j int) string {
	words := x.columns[j].Header[len(x.columns[j].Header)-1]
	if x.units[j] == "" {
		return words
	}
	return table.WithoutUnit(words) + "\n(" + x.units[j] + ")"
}

// unitsBeside reports whether units belong beside the rows of the matrix: some
// column has figures of several.
func (x *matrix) unitsBeside() bool {
	for j := range x.columns {
		if _, one := sharedUnit(x.column(j)); !one {
			return true
		}
	}
	return false
}
