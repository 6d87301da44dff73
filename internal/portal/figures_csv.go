package portal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/report/calendar"
)

// rollupCSV answers with figures as a tidy table: one figure a line.
func (c *call) rollupCSV() (any, error) {
	q, err := c.figureQuery()
	if err != nil {
		return nil, err
	}
	dialect, err := c.dialect()
	if err != nil {
		return nil, err
	}
	tag := c.tag(q.Request)
	out, err := c.roll(q)
	if err != nil {
		return nil, err
	}
	if c.unchanged(tag) {
		return answered{}, nil
	}
	rows, err := tidyRows(out)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := export.CSV(&b, slices.Values(rows), columnsOf(out, q.Bounds), dialect); err != nil {
		return nil, err
	}
	return &download{name: rollupName(out, ".csv"), media: mediaCSV, etag: tag, body: b.Bytes()}, nil
}

// rollupName is what a file of figures should be called: whoever finds it later
// sees of what day it is, that it is TẠM TÍNH, and of approved reports alone. See
// [export.FileName].
func rollupName(r *aggregate.Rollup, extension string) string {
	name := "so-lieu_" + r.Request
	if r.Over != nil {
		name += "_" + strings.ReplaceAll(r.Over.Period, "..", "_")
		if r.Over.Cumulative {
			name += "_luy-ke"
		}
	}
	if r.Mapped != nil {
		name += "_ban-do-" + r.Mapped.On.String()
	}
	if r.Provisional {
		name += "_tam-tinh"
		if r.Official {
			name += "_da-duyet"
		}
	}
	return name + "_" + calendar.DateOf(r.AsOf, nil).String() + extension
}

// dialect is how the table is written: for programs, or for Excel on a
// Vietnamese machine.
func (c *call) dialect() (export.Dialect, error) {
	switch d := c.query("dialect"); d {
	case "", "plain":
		return export.Plain, nil
	case "excel-vi":
		return export.ExcelVI, nil
	default:
		return export.Dialect{}, wrong("dialect", d, "plain hoặc excel-vi", "plain or excel-vi")
	}
}

// columnsOf gives the columns a table of figures over time has beside the others.
func columnsOf(r *aggregate.Rollup, bounds bool) export.Columns {
	out := export.Columns{Time: r.Over != nil, Rank: r.Ranked != nil, Bounds: bounds}
	for _, b := range r.Bases {
		out.Against = append(out.Against, b.With)
	}
	return out
}

// tidyRows gives the rows of a roll-up their names.
func tidyRows(r *aggregate.Rollup) ([]export.Row, error) {
	f := flattening{definition: r.Definition, register: r.Register}
	rows := make([]export.Row, len(r.Rows))
	for i := range r.Rows {
		row := &r.Rows[i]
		ind := f.definition.Indicator(row.Indicator)
		v, err := valueOf(ind, row)
		if err != nil {
			return nil, fmt.Errorf("table of %s: %w", r.Request, err)
		}
		out := &rows[i]
		*out = export.Row{
			Indicator: ind.Code, IndicatorName: ind.Name.VI, IndicatorUnit: ind.Unit,
			IsNumber: ind.IsNumber(), Value: v, Mark: row.Mark, Heard: row.Heard, Asked: row.Asked, Provisional: r.Provisional,
		}
		if r.Over != nil {
			out.Period, out.From, out.To = r.Over.Period, r.Over.From, r.Over.To
		}
		if row.Reports != nil {
			out.ReportsHeard, out.ReportsAsked = row.Reports.Heard, row.Reports.Asked
		}
		if b := row.Bounds; b != nil {
			out.Bounds = &export.Bounds{Low: b.Low, High: b.High, Agencies: b.Agencies, Unknown: b.Unknown}
		}
		out.Rank = row.Rank
		for _, b := range r.Bases {
			out.Against = append(out.Against, compared(row, b.With))
		}
		out.Agency, out.AgencyName = named(row.Agency, f.register.AgencyName)
		out.Group, out.GroupName = named(row.Group, f.register.AgencyName)
		out.Unit, out.UnitName = named(row.Unit, f.register.AgencyName)
		out.Place, out.PlaceName = named(row.Place, f.register.PlaceName)
	}
	return rows, nil
}

// compared gives what stands beside a row; nothing where it is not compared.
func compared(row *aggregate.Row, with string) export.Compared {
	a, is := row.Against[with]
	if !is {
		return export.Compared{}
	}
	return export.Compared{
		Value: deref(a.Value), Mark: string(a.Mark), Heard: a.Reports.Heard, Asked: a.Reports.Asked, Difference: deref(a.Difference), Index: deref(a.Index), Growth: deref(a.Growth),
	}
}

// named gives a code with its name; both are empty for an axis that is summed
// over.
func named(code *string, name func(string) string) (string, string) {
	if code == nil {
		return "", ""
	}
	return *code, name(*code)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
