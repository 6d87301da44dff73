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
		u := unit{at: xlsx.Ref(h.Bottom, hc.Col)}
		for _, words := range hc.Path {
			if own := table.Unit(words); own != "" {
				u.stated = own
			}
		}
		if _, money := table.Money(m.plan.indicators[hc.Want].Unit); u.stated == "" && money {
			u.stated, u.general = general, true
		}
		r.checkUnit(m, hc, u)
	}
}

// unit is what is said of the unit of a column.
type unit struct {
	stated  string
	general bool   // once for the whole table, above it
	at      string // where a finding about it stands
}

func (r *reading) checkUnit(m *mapped, hc table.Column, u unit) {
	ind := m.plan.indicators[hc.Want]
	said := note{label: label(ind), got: u.stated, expected: ind.Unit, spot: spot{m.sheet.Name, u.at}}
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
		if viet.Key(known.Unit) == viet.Key(u.stated) {
			said.code = fault.UnitOverridden
			r.notes = append(r.notes, said)
			return
		}
	}
	if table.Contradicts(u.stated, ind.Unit) {
		r.settleUnit(m, hc, ind, u)
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
