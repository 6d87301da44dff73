package ingest

import (
	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/report"
)

// listed gives, for each worksheet, the indicators of the lists that stand on
// it. Offices put several lists of a form on one sheet, one under the other; a
// row of one list is then no unknown row of another.
func (r *reading) listed(choices []choice) map[*sheet.Sheet]map[string]bool {
	out := map[*sheet.Sheet]map[string]bool{}
	for _, c := range choices {
		p := &r.sheets[c.plan]
		if c.sheet == nil || !p.single() {
			continue
		}
		if out[c.sheet] == nil {
			out[c.sheet] = map[string]bool{}
		}
		for _, ind := range p.indicators {
			out[c.sheet][ind.Code] = true
		}
	}
	return out
}

// isNeighbour reports whether a row belongs to another list on the same
// worksheet, which reads it itself.
func (rr *rowReader) isNeighbour(h heads) bool {
	if rr.m.plan.layout.Shape != report.IndicatorsDown || len(rr.r.lists[rr.m.sheet]) == 0 {
		return false
	}
	return rr.r.lists[rr.m.sheet][rr.resolver.elsewhere(h)]
}

// endsHere reports whether what stands under tables begins in a row: place and
// date, or who signs, with nothing at its head. Such words often stand in the
// column of values.
func endsHere(cells []sheet.Cell, h heads) bool {
	if h.label() != "" {
		return false
	}
	for i := range cells {
		if cells[i].IsText() && table.EndsTable(cells[i].Text) {
			return true
		}
	}
	return false
}
