package spec

import (
	"fmt"
	"strings"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// A matrix of more would not be a form: its indicators are at most 5,000, and
// every row and column has one. The product of both is looked through.
const (
	mostRows    = 5000
	mostColumns = 200
)

// matrix checks a sheet on which rows and columns have codes of their own, and
// notes where its indicators stand.
func (c *checker) matrix(s *report.Sheet, at string, namedOn map[string]string) {
	if len(s.Indicators) > 0 {
		c.add(join(at, "indicators"), unfitField("indicators", s.Shape))
	}
	if len(s.Places) > 0 {
		c.add(join(at, "places"), unfitField("places", s.Shape))
	}
	whole := c.sized(join(at, "rows"), "rows", len(s.Rows), mostRows)
	if !c.sized(join(at, "columns"), "columns", len(s.Columns), mostColumns) || !whole {
		return
	}
	c.matrixRows(s, at)
	c.matrixColumns(s, at)
	c.cells(s, at, namedOn)
}

// sized reports a list that is empty or too long to be looked through, and
// whether it is neither.
func (c *checker) sized(path, field string, got, most int) bool {
	switch {
	case got == 0:
		c.add(path, fault.New(fault.ListEmpty, say("field", field)))
	case got > most:
		c.add(path, fault.New(fault.DocumentTooLarge, fault.Both("limit", fmt.Sprintf("%d mục trong “%s”", most, field), fmt.Sprintf("%d entries in “%s”", most, field))))
	}
	return got > 0 && got <= most
}

func (c *checker) matrixRows(s *report.Sheet, at string) {
	once := seen{}
	for n, row := range s.Rows {
		path := join(at, "rows", n)
		c.code(join(path, "code"), "code", row.Code, report.IsIndicatorCode)
		c.twice(once, join(path, "code"), row.Code, n)
		c.words(join(path, "name"), row.Code, "name", row.Name)
	}
}

func (c *checker) matrixColumns(s *report.Sheet, at string) {
	once, headers := seen{}, map[string]string{}
	for n, column := range s.Columns {
		path := join(at, "columns", n)
		if column.Indicator != "" {
			c.add(join(path, "indicator"), unfitField("indicator", s.Shape))
		}
		c.code(join(path, "code"), "code", column.Code, report.IsIndicatorCode)
		c.twice(once, join(path, "code"), column.Code, n)
		c.within(join(path, "shift"), "shift", column.Shift, -decimal.MaxScale, decimal.MaxScale)
		if len(column.Header) == 0 {
			c.add(join(path, "header"), fault.New(fault.ListEmpty, say("field", "header")))
			continue
		}
		words := strings.ToLower(strings.Join(column.Header, "\x00"))
		if first, again := headers[words]; again {
			c.add(join(path, "header"), fault.New(fault.MatrixHeadersAlike, say("got", strings.Join(column.Header, " / ")), say("first", first)))
		} else {
			headers[words] = column.Code
		}
	}
}

// cells notes where the indicators of a matrix stand, and reports rows and
// columns in which none does.
func (c *checker) cells(s *report.Sheet, at string, namedOn map[string]string) {
	asked, known := make([]bool, len(s.Columns)), map[string]bool{}
	for n, row := range s.Rows {
		if known[row.Code] || !report.IsIndicatorCode(row.Code) { // said already
			continue
		}
		known[row.Code] = true
		any := false
		for k, column := range s.Columns {
			ind := c.indicators[report.CellCode(row.Code, column.Code)]
			if ind == nil {
				continue
			}
			any, asked[k] = true, true
			if first, again := namedOn[ind.Code]; again {
				c.add(join(at, "rows", n), fault.New(fault.LayoutIndicatorTwice, say("code", ind.Code), say("first", first)))
				continue
			}
			namedOn[ind.Code] = s.Name
			if ind.By == report.ByUnit {
				c.add(join(at, "rows", n), fault.New(fault.MatrixAskedOfUnits, say("code", ind.Code)))
			}
		}
		if !any {
			c.add(join(at, "rows", n), fault.New(fault.MatrixLineEmpty, say("code", row.Code), say("expected", report.CellCode(row.Code, s.Columns[0].Code))))
		}
	}
	for k, column := range s.Columns {
		if !asked[k] && report.IsIndicatorCode(column.Code) {
			c.add(join(at, "columns", k), fault.New(fault.MatrixLineEmpty, say("code", column.Code), say("expected", report.CellCode(s.Rows[0].Code, column.Code))))
		}
	}
}

// unfitField is the fault of a field that a shape has no use for.
func unfitField(field string, shape report.Shape) fault.Fault {
	return fault.New(fault.ShapeFieldUnfit, say("field", field), say("shape", string(shape)))
}
