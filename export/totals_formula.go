package export

import (
	"fmt"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

// totalFormula rolls the agencies up.
func (p *paper) totalFormula(row int, ind *report.Indicator, want report.Value) string {
	roll := ind.On(report.AxisAgency)
	if roll == report.RollRatio {
		return ratioInColumn(ind, p.totals.rows, colSum, want, func(code string) report.Value { return p.s.Total[code].Value })
	}
	cells := area(row, p.totals.first, row, p.totals.last)
	if p.totals.apart {
		row = p.totals.agencyRows[ind.Code]
		cells = p.agenciesSheet.Ref(xlsx.Rect(row, p.totals.first, row, p.totals.last))
	}
	if ind.Type == report.TypeBool {
		return p.boolFormula(ind, roll, cells, want)
	}
	a := adder{refs: []string{cells}}
	for i := range p.s.Agencies {
		a.add(p.s.ByAgency[[2]string{ind.Code, p.s.Agencies[i].Agency}].Value)
	}
	return a.roll(roll, want, p.scales[ind.Code])
}

// boolFormula asks whether all, or any, of the agencies say yes.
func (p *paper) boolFormula(ind *report.Indicator, roll report.Rolling, cells string, want report.Value) string {
	yes, no := 0, 0
	for i := range p.s.Agencies {
		v := p.s.ByAgency[[2]string{ind.Code, p.s.Agencies[i].Agency}].Value
		if v.Kind == report.YesNo && v.Yes {
			yes++
		} else if v.Kind == report.YesNo {
			no++
		}
	}
	switch {
	case want.Kind != report.YesNo || yes+no == 0:
	case roll == report.RollAll && want.Yes == (no == 0):
		return fmt.Sprintf(`IF(COUNTIF(%s,"không")>0,"không","có")`, cells)
	case roll == report.RollAny && want.Yes == (yes > 0):
		return fmt.Sprintf(`IF(COUNTIF(%s,"có")>0,"có","không")`, cells)
	}
	return ""
}

// ratioInColumn makes a ratio of two other rows of the same column.
func ratioInColumn(ind *report.Indicator, rows map[string]int, col int, want report.Value, value func(code string) report.Value) string {
	num, hasNum := rows[ind.Num]
	den, hasDen := rows[ind.Den]
	if !hasNum || !hasDen {
		return ""
	}
	return ratioFormula(ind.Factor, term{xlsx.Ref(num, col), value(ind.Num)}, term{xlsx.Ref(den, col), value(ind.Den)}, want, ind.Scale)
}

// agencyFormula adds up what an agency said of its places, or refers to the
// source itself.
func (p *paper) agencyFormula(ind *report.Indicator, agency string, col int, want report.Value) (formula, target string) {
	if keys := p.cross.keysOf[[2]string{ind.Code, agency}]; len(keys) > 0 {
		target = p.crossSheet.Ref(p.cross.rows(keys))
		a := p.crossSum(keys)
		a.refs = []string{p.crossSheet.Ref(p.cross.area(keys))}
		formula = a.roll(ind.On(report.AxisPlace), want, p.scales[ind.Code])
	} else if rows := p.sourcesBy[[2]string{ind.Code, agency}]; !rows.isNone() {
		target = p.sourcesSheet.Ref(xlsx.Rect(rows.from, 1, rows.to, p.sourcesLast()))
		formula = p.sourceFormula(rows, ind, want)
	}
	if formula == "" && ind.On(report.AxisAgency) == report.RollRatio {
		formula = ratioInColumn(ind, p.totals.agencyRows, col, want, func(code string) report.Value { return p.s.ByAgency[[2]string{code, agency}].Value })
	}
	return formula, target
}
