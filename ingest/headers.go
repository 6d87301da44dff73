package ingest

import (
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// checkHeader says which columns are lacking and which stand there twice.
func (r *reading) checkHeader(m *mapped, h table.Header) {
	for _, t := range h.Twice {
		first, second := m.column(t.First), m.column(t.Second)
		second.role = roleIgnore
		at := xlsx.Ref(h.Bottom, t.Second)
		r.find(fault.New(fault.HeaderTwice, fault.A("got", second.title), fault.A("first", xlsx.Ref(h.Bottom, first.col))).At(m.sheet.Name, at))
	}
	if m.plan.layout.Shape == report.IndicatorsDown {
		return
	}
	at := xlsx.Ref(h.Bottom, 1)
	var lacking []string // they may be left blank, and so may their columns
	for _, ind := range m.plan.indicators {
		if !ind.Asks(r.agency) || slices.ContainsFunc(m.cols, func(c column) bool { return c.ind == ind }) {
			continue
		}
		switch {
		case ind.Required:
			r.find(fault.New(fault.HeaderMissing, fault.A("expected", ind.Name.VI)).At(m.sheet.Name, at))
		case !derived(ind):
			lacking = append(lacking, ind.Name.VI)
		}
	}
	if len(lacking) > 0 {
		r.find(fault.New(fault.HeaderMissing, fault.A("expected", strings.Join(lacking, "”, “"))).At(m.sheet.Name, at).Weighed(fault.Note))
	}
}

// checkUnits compares the units that headers state with those that are asked.
func (r *reading) checkUnits(m *mapped, h table.Header) {
	general := r.generalUnit(m.sheet, h.Top)
	for _, hc := range h.Columns {
		if hc.Want < 0 || m.plan.layout.Shape == report.IndicatorsDown {
			continue
		}
		stated := ""
		for _, words := range hc.Path {
			if u := table.Unit(words); u != "" {
				stated = u
			}
		}
		if _, money := table.Money(m.plan.indicators[hc.Want].Unit); stated == "" && money {
			stated = general
		}
		r.checkUnit(m, hc, stated, xlsx.Ref(h.Bottom, hc.Col))
	}
}

func (r *reading) checkUnit(m *mapped, hc table.Column, stated, at string) {
	ind := m.plan.indicators[hc.Want]
	said := note{label: label(ind), got: stated, expected: ind.Unit, spot: spot{m.sheet.Name, at}}
	for _, known := range m.plan.layout.Columns {
		if known.Indicator != ind.Code || known.Unit == "" && known.Shift == 0 {
			continue
		}
		if known.Shift != 0 {
			if known.Unit != "" {
				said.got = known.Unit
			}
			said.code = fault.ScaleConverted
			r.notes = append(r.notes, said)
			return
		}
		if viet.Key(known.Unit) == viet.Key(stated) {
			said.code = fault.UnitOverridden
			r.notes = append(r.notes, said)
			return
		}
	}
	if table.Contradicts(stated, ind.Unit) {
		said.code = fault.UnitDiffers
		r.find(said.finding())
	}
}

// generalUnit gives the unit that is stated once for the whole table, above it.
func (r *reading) generalUnit(s *sheet.Sheet, top int) string {
	for _, row := range s.RowNumbers(1) {
		if row >= top {
			break
		}
		cells := s.Row(row)
		for i := range cells {
			if !cells[i].IsText() {
				continue
			}
			if u := table.Unit(cells[i].Text); u != "" {
				if _, money := table.Money(u); money {
					return u
				}
			}
		}
	}
	return ""
}
