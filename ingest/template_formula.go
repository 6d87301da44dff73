package ingest

import (
	"fmt"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/lang"
)

// drawDerived draws a cell that follows from others: with a formula where a
// spreadsheet can say it, empty and grey where it cannot. It is computed again
// from what comes back, so the formula is for the eyes of who fills the form in.
func (p *page) drawDerived(col int, ind *report.Indicator, k factKey) {
	st := greyStyle
	st.NumFmt = numberFormat(ind)
	formula, ok := p.formulaOf(ind)
	if !ok {
		p.sheet.Blank(p.row, col, st)
		return
	}
	if d, known := p.figure(k, ind); known && xlsx.CheckNumber(d.String()) == nil {
		p.sheet.Formula(p.row, col, formula, d.String(), st)
		return
	}
	p.sheet.FormulaText(p.row, col, formula, "", st)
}

// formulaOf writes a derived indicator as a formula over the cells of its row.
func (p *page) formulaOf(ind *report.Indicator) (string, bool) {
	if p.plan.layout.Shape == report.IndicatorsDown {
		return "", false // its parts stand in other rows, perhaps on other sheets
	}
	if ind.Compute == "" {
		num, known := p.cellOf(ind.Num)
		den, also := p.cellOf(ind.Den)
		if !known || !also {
			return "", false
		}
		return fmt.Sprintf(`IF(AND(ISNUMBER(%s),N(%s)<>0),ROUND(%d*%s/%s,%d),"")`, num, den, max(ind.Factor, 1), num, den, ind.Scale), true
	}
	program, err := lang.Compile(ind.Compute, p.filled.typeOf)
	if err != nil || len(program.PrevNames()) > 0 {
		return "", false
	}
	formula := program.String()
	var cells []string
	for _, code := range program.Names() {
		cell, known := p.cellOf(code)
		if !known {
			return "", false
		}
		cells = append(cells, cell)
		formula = strings.ReplaceAll(formula, "["+code+"]", cell)
	}
	if !plainArithmetic(formula) {
		return "", false
	}
	list := strings.Join(cells, ",")
	return fmt.Sprintf(`IF(COUNT(%s)<%d,"",%s)`, list, len(cells), formula), true
}

// cellOf gives the cell of an indicator in the row being drawn, or anywhere in a
// matrix.
func (p *page) cellOf(code string) (string, bool) {
	if p.plan.matrix != nil {
		return p.matrixCellOf(code)
	}
	for _, v := range p.values {
		if v.ind != nil && v.ind.Code == code {
			return xlsx.Ref(p.row, v.col), true
		}
	}
	return "", false
}

// plainArithmetic reports whether a formula has only what means the same in the
// language of definitions and in a spreadsheet.
func plainArithmetic(formula string) bool {
	for _, r := range formula {
		cell := r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !cell && !strings.ContainsRune(" +-*().", r) {
			return false
		}
	}
	return true
}
