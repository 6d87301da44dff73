package spec

import (
	"strings"
	"unicode/utf8"

	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

var shapes = []report.Shape{report.PlacesDown, report.IndicatorsDown, report.UnitList, report.Matrix}

// layout checks the sheets: their names, what they refer to, and that every
// indicator stands on exactly one of them.
func (c *checker) layout(d *report.Definition) {
	if len(d.Sheets) == 0 {
		c.add("sheets", fault.New(fault.ListEmpty, say("field", "sheets")))
		return
	}
	codes := indicatorCodes(d)
	namedOn := map[string]string{}
	once := map[string]bool{}
	for n := range d.Sheets {
		s, at := &d.Sheets[n], join("sheets", n)
		key := strings.ToLower(s.Name)
		if unfitSheetName(s.Name) || once[key] {
			c.add(join(at, "sheet"), fault.New(fault.SheetNameUnfit, say("got", s.Name)))
		}
		once[key] = true
		choice(c, join(at, "shape"), "shape", s.Shape, shapes)
		if s.Shape == report.PlacesDown && len(s.Places) == 0 {
			c.add(join(at, "places"), fault.New(fault.ListEmpty, say("field", "places")))
		}
		if s.Shape == report.Matrix {
			c.matrix(s, at, namedOn)
			continue
		}
		if len(s.Rows) > 0 {
			c.add(join(at, "rows"), unfitField("rows", s.Shape))
		}
		c.columns(s, at, codes)
		for i, code := range s.Indicators {
			path := join(at, "indicators", i)
			first, again := namedOn[code]
			switch {
			case c.indicators[code] == nil:
				c.add(path, c.unknown(fault.LayoutIndicatorUnknown, "", code, codes))
			case again:
				c.add(path, fault.New(fault.LayoutIndicatorTwice, say("code", code), say("first", first)))
			default:
				namedOn[code] = s.Name
			}
		}
	}
	c.reachable(d, namedOn)
}

// unfitSheetName reports whether a spreadsheet would refuse the name.
func unfitSheetName(name string) bool {
	const most = 31
	return name == "" || utf8.RuneCountInString(name) > most || strings.ContainsAny(name, `:\/?*[]`) ||
		strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'")
}

func (c *checker) columns(s *report.Sheet, at string, codes []string) {
	for n, column := range s.Columns {
		path := join(at, "columns", n)
		if column.Code != "" {
			c.add(join(path, "code"), unfitField("code", s.Shape))
		} else if c.indicators[column.Indicator] == nil {
			c.add(join(path, "indicator"), c.unknown(fault.LayoutIndicatorUnknown, "", column.Indicator, codes))
		}
		if len(column.Header) == 0 {
			c.add(join(path, "header"), fault.New(fault.ListEmpty, say("field", "header")))
		}
		c.within(join(path, "shift"), "shift", column.Shift, -decimal.MaxScale, decimal.MaxScale)
	}
}

// reachable reports indicators that nobody can fill in, and those that two
// sheets without a list of their own would both take.
func (c *checker) reachable(d *report.Definition, namedOn map[string]string) {
	for n := range d.Indicators {
		i := &d.Indicators[n]
		if namedOn[i.Code] != "" {
			continue
		}
		open := openSheets(d, i)
		switch {
		case len(open) == 0 && !derived(i):
			c.add(join("indicators", n), fault.New(fault.LayoutIndicatorMissing, say("code", i.Code)))
		case len(open) > 1:
			c.add(join("sheets", open[1]), fault.New(fault.LayoutIndicatorTwice, say("code", i.Code), say("first", d.Sheets[open[0]].Name)))
		}
	}
}

// openSheets gives the sheets without a list of indicators whose shape suits
// the grain of the indicator.
func openSheets(d *report.Definition, i *report.Indicator) (at []int) {
	for n := range d.Sheets {
		s := &d.Sheets[n]
		if len(s.Indicators) == 0 && s.Shape != report.Matrix && grain(s) == orAgency(i.By) {
			at = append(at, n)
		}
	}
	return at
}

// grain is how finely a sheet asks.
func grain(s *report.Sheet) report.By {
	switch {
	case s.Shape == report.UnitList:
		return report.ByUnit
	case s.Shape == report.PlacesDown || len(s.Places) > 0:
		return report.ByPlace
	}
	return report.ByAgency
}

func orAgency(by report.By) report.By {
	if by == "" {
		return report.ByAgency
	}
	return by
}

// derived reports whether the indicator is worked out and need not be asked.
func derived(i *report.Indicator) bool {
	return i.Compute != "" || i.Num != "" && i.Den != ""
}
