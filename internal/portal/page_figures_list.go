package portal

import (
	"strconv"

	"tonghop/aggregate"
	"tonghop/report"
)

// listMost is how many figures a list on the page shows; files have all.
const listMost = 500

// list has a row for each figure that is found or ranked: those ranked below their indicator,
// and otherwise the indicators below whose figures they are.
func (b *tabler) list() error {
	r, err := b.rollup(map[string][]string{"agency": {aggregate.ByAgency}, "place": {aggregate.ByPlace}, "both": {aggregate.ByAgency, aggregate.ByPlace}}[b.view.By]...)
	if err != nil {
		return err
	}
	b.view.Rollup, b.def, b.reg = r, r.Definition, r.Register
	t := table{List: true, Corner: report.Text{VI: "Chỉ tiêu", EN: "Indicator"}}
	if r.Ranked != nil {
		for _, v := range figureViews {
			if v.Value == b.view.By {
				t.Corner = v.Name
			}
		}
	}
	above := report.Text{}
	for i := range r.Rows[:min(len(r.Rows), listMost)] {
		at := &r.Rows[i]
		ind := b.def.Indicator(at.Indicator)
		line := row{Code: ind.Code, Name: ind.Name, Unit: ind.Unit, Total: b.cellOf(at, ind)}
		group := b.whose(at)
		if r.Ranked != nil {
			line.Code, line.Name, line.Unit = strconv.Itoa(at.Rank)+".", group, ""
			group = b.indicatorText(ind)
		}
		if group != above {
			line.Group, above = group, group
		}
		t.Rows = append(t.Rows, line)
	}
	t.More = len(r.Rows) - len(t.Rows)
	b.view.Table = t
	return nil
}

// whose names whose figure a row is.
func (b *tabler) whose(r *aggregate.Row) report.Text {
	switch {
	case r.Place == nil && r.Agency == nil:
		return report.Text{VI: "Tất cả", EN: "All"}
	case r.Place == nil:
		return b.agencyText(*r.Agency)
	}
	place := report.Text{VI: b.reg.PlaceName(*r.Place)}
	if p := b.reg.Place(*r.Place); p != nil {
		place = p.Name
	}
	if r.Agency == nil {
		return place
	}
	agency := b.agencyText(*r.Agency)
	return report.Text{VI: agency.VI + ", " + place.VI, EN: agency.In("en") + ", " + place.In("en")}
}

// indicatorText names an indicator with its code and unit.
func (b *tabler) indicatorText(ind *report.Indicator) report.Text {
	unit := ""
	if ind.Unit != "" {
		unit = " (" + ind.Unit + ")"
	}
	return report.Text{VI: ind.Code + " " + ind.Name.VI + unit, EN: ind.Code + " " + ind.Name.In("en") + unit}
}
