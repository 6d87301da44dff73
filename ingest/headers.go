package ingest

import (
	"slices"
	"strings"

	"tonghop/ingest/table"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
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
	if m.plan.matrix != nil {
		r.checkMatrixHeader(m, at)
		return
	}
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
func (r *reading) checkUnits(m *mapped, h table.Header, until int) {
	general := generalUnit(m.sheet, h.Top)
	for _, hc := range h.Columns {
		if hc.Want < 0 || m.plan.unitsDown() {
			continue
		}
		u := unit{at: xlsx.Ref(h.Bottom, hc.Col)}
		for _, words := range hc.Path {
			// A remark such as "(quy đổi)" does not take the place of a unit above it.
			if own, _ := viet.FindUnit(words); own != "" && (u.stated == "" || viet.ParseUnit(own).Measure) {
				u.stated = own
			}
		}
		if strings.Contains(hc.Leaf(), "%") && u.stated != "" {
			u.stated = "%" // "Tổng chi (tỷ đ)" over "% tiền khám"
		}
		if general != "" && r.isMoney(m.plan.overColumn(hc.Want)) && !viet.ParseUnit(u.stated).Measure {
			u.stated, u.general = general, true
		}
		u.figures = func() []decimal.Decimal { return figuresUnder(m.sheet, hc.Col, h.Bottom, until) }
		r.checkUnit(m, hc, u)
	}
}

// unit is what is said of the unit of a column.
type unit struct {
	stated  string
	general bool   // once for the whole table, above it
	at      string // where a finding about it stands
	figures func() []decimal.Decimal
}

func (r *reading) checkUnit(m *mapped, hc table.Column, u unit) {
	ind, known := m.plan.overColumn(hc.Want), m.plan.stated(hc.Want)
	said := note{label: label(ind), got: u.stated, expected: ind.Unit, spot: spot{m.sheet.Name, u.at}}
	switch c := m.column(hc.Col); {
	case known.Shift != 0 && m.plan.matrix != nil && saysOwnUnit(known, ind, u):
		c.shift = 0 // as on our template, which asks in the unit of the form
		return
	case known.Shift != 0:
		if known.Unit != "" {
			said.got = known.Unit
		}
		said.code = fault.ScaleConverted
		r.notes = append(r.notes, said)
		return
	case known.Unit != "" && viet.Key(known.Unit) == viet.Key(u.stated):
		said.code = fault.UnitOverridden
		r.notes = append(r.notes, said)
		return
	}
	if u.stated != ind.Unit && viet.ParseUnit(u.stated).Contradicts(r.unit(ind)) {
		r.settleUnit(m, hc, ind, u)
	}
}
