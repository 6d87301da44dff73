package ingest

import (
	"tonghop/ingest/match"
	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// mostCompared bounds the pairs of columns and headings that are compared letter by
// letter in one table: a workbook of thousands of columns must not take minutes.
const mostCompared = 20_000

// likelyColumns gives the columns that the form's own words do not stand over to what
// they are all the same: the words without their tone marks, numbered otherwise, or
// two heads in one line; above the threshold, where nothing else is as likely (ADR
// 0026). The others are asked about, a slip of the pen among them (ADR 0027).
func (r *reading) likelyColumns(m *mapped, h table.Header) {
	headings := m.plan.headings()
	var open []int // positions in the header
	var paths [][]string
	for i := range h.Columns {
		hc := &h.Columns[i]
		if c := m.column(hc.Col); c != nil && c.role == roleExtra && c.title != "" {
			open, paths = append(open, i), append(paths, hc.Path)
		}
	}
	if len(open)*len(headings) > mostCompared {
		return
	}
	for k, found := range match.Columns(paths, headings) {
		if found.Code == "" || found.Confidence < match.Sure || isLikeness(found.How) || r.cannotBe(m, found.Code) != nil {
			continue
		}
		hc := &h.Columns[open[k]]
		c := m.column(hc.Col)
		hc.Want = r.become(m, c, found.Code)
		r.notes = append(r.notes, note{code: fault.NameMatched, got: clipped(c.title), used: found.Code + " " + found.Name, spot: spot{m.sheet.Name, xlsx.Ref(h.Bottom, hc.Col)}})
	}
}

// isLikeness reports whether words were found by what they nearly are.
func isLikeness(how match.How) bool {
	return how == match.ByNear || how == match.ByInitials || how == match.ByWords
}

// headings gives what may stand over the columns of a sheet of the plan: none where
// they are places, whose names have rules of their own.
func (p *planned) headings() []match.Heading {
	var out []match.Heading
	switch {
	case p.matrix != nil:
		for _, c := range p.matrix.columns {
			out = append(out, match.Heading{Code: c.Code, Paths: [][]string{c.Header}})
		}
	case p.layout.Shape != report.IndicatorsDown:
		for _, ind := range p.indicators {
			heading := match.Heading{Code: ind.Code, Paths: [][]string{{ind.Name.VI}}}
			for _, c := range p.layout.Columns {
				if c.Indicator == ind.Code && len(c.Header) > 0 {
					heading.Paths = append(heading.Paths, c.Header)
				}
			}
			out = append(out, heading)
		}
	}
	return out
}
