package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

// The looks of a template: ink on paper, one pale colour where something is to
// be written, one grey where nothing is.
const (
	inputFill = "FFF9DB"
	greyFill  = "EDEDED"
	headFill  = "DCEAE3"
	lineColor = "8C8C8C"
)

var (
	headStyle   = xlsx.Style{Size: 12, Bold: true, Fill: headFill, H: xlsx.Center, V: xlsx.Middle, Wrap: true, Border: xlsx.Box, BorderColor: lineColor}
	codeStyle   = xlsx.Style{Size: 10, Italic: true, Color: "595959", H: xlsx.Center, V: xlsx.Middle, Border: xlsx.Box, BorderColor: lineColor}
	labelStyle  = xlsx.Style{Size: 12, H: xlsx.Left, Indent: 1, V: xlsx.Middle, Wrap: true, Border: xlsx.Box, BorderColor: lineColor}
	middleStyle = xlsx.Style{Size: 12, H: xlsx.Center, V: xlsx.Middle, Wrap: true, Border: xlsx.Box, BorderColor: lineColor}
	greyStyle   = xlsx.Style{Size: 12, Fill: greyFill, V: xlsx.Middle, H: xlsx.Right, Indent: 1, Border: xlsx.Box, BorderColor: lineColor}
)

func inputStyle(h xlsx.HAlign) xlsx.Style {
	indent := 1
	if h == xlsx.Center {
		indent = 0
	}
	return xlsx.Style{Size: 12, Fill: inputFill, H: h, Indent: indent, V: xlsx.Middle, Wrap: h != xlsx.Right, Border: xlsx.Box, BorderColor: lineColor, Unlocked: true}
}

// numberFormat shows a figure with as many decimals as it may have.
func numberFormat(ind *report.Indicator) string {
	if ind.Type == report.TypeDec && ind.Scale > 0 {
		return "#,##0." + strings.Repeat("0", ind.Scale)
	}
	return "#,##0"
}

// drawPlaces draws a row for each place or unit, and one that adds them up.
func (p *page) drawPlaces() {
	n := 0
	row := func(code, name string, k func(*report.Indicator) (factKey, bool)) {
		n++
		p.mark(p.row, code)
		p.sheet.Text(p.row, colNumber, strconv.Itoa(n), middleStyle)
		p.sheet.Text(p.row, colCode, code, middleStyle)
		p.sheet.Text(p.row, colName, name, labelStyle)
		p.sheet.Row(p.row, xlsx.Row{Height: max(18, p.fit(colName, colName, name, labelStyle))})
		for _, v := range p.values {
			key, asked := k(v.ind)
			p.drawCell(v.col, v.ind, key, asked)
		}
		p.row++
	}
	for _, place := range p.plan.places {
		row(place.Code, place.Name.VI, func(ind *report.Indicator) (factKey, bool) {
			at, asked := p.placeAt(ind, place.Code)
			return factKey{p.agency, at, ind.Code}, asked
		})
	}
	for _, unit := range p.plan.units {
		row(unit.Code, unit.Name.VI, func(ind *report.Indicator) (factKey, bool) {
			return factKey{unit.Code, p.unitPlace(unit.Code), ind.Code}, true
		})
	}
	if n > 0 {
		p.drawTotalRow()
	}
}

// drawTotalRow adds the rows up, with formulas and what they come to.
func (p *page) drawTotalRow() {
	bold := greyStyle
	bold.Bold = true
	name := bold
	name.H = xlsx.Left
	p.mark(p.row, markTotal)
	p.sheet.Text(p.row, colName, "Tổng cộng", name)
	p.sheet.Paint(xlsx.Rect(p.row, colNumber, p.row, colName), bold)
	for _, v := range p.values {
		st := bold
		st.NumFmt = numberFormat(v.ind)
		if !adds(v.ind) {
			p.sheet.Blank(p.row, v.col, st)
			continue
		}
		p.drawSum(v.col, xlsx.Ref(p.first, v.col)+":"+xlsx.Ref(p.row-1, v.col), p.columnFigures(v.ind), st)
	}
	p.sheet.Row(p.row, xlsx.Row{Height: 20})
	p.row++
}

// drawSum draws a cell that adds up others. Over no figure at all it stays empty,
// in the file as it is given out and while it is filled in (law 8).
func (p *page) drawSum(col int, cells string, figures []decimal.Decimal, st xlsx.Style) {
	formula := fmt.Sprintf(`IF(COUNT(%s)=0,"",SUM(%s))`, cells, cells)
	var sum decimal.Sum
	counted := 0
	for _, d := range figures {
		sum.Add(d)
		if xlsx.CheckNumber(d.String()) == nil { // any other stands as a text, which is not counted
			counted++
		}
	}
	if counted == 0 {
		p.sheet.FormulaText(p.row, col, formula, "", st)
		return
	}
	p.sheet.Formula(p.row, col, formula, cached(sum), st)
}

// columnFigures gives what stands in a column as it is given out.
func (p *page) columnFigures(ind *report.Indicator) []decimal.Decimal {
	var out []decimal.Decimal
	add := func(k factKey) {
		if d, ok := p.figure(k, ind); ok {
			out = append(out, d)
		}
	}
	for _, place := range p.plan.places {
		if at, asked := p.placeAt(ind, place.Code); asked {
			add(factKey{p.agency, at, ind.Code})
		}
	}
	for _, unit := range p.plan.units {
		add(factKey{unit.Code, p.unitPlace(unit.Code), ind.Code})
	}
	return out
}

// cached gives a sum as a spreadsheet keeps it: 15 digits, as it would have
// computed itself.
func cached(sum decimal.Sum) string {
	d, err := sum.Value()
	if err != nil {
		return "0"
	}
	if short, _, err := decimal.FromStored(d.String()); err == nil {
		d = short
	}
	return d.String()
}

// drawIndicators draws a row for each indicator, under the heads of their
// groups.
func (p *page) drawIndicators() {
	group, n := "", 0
	for _, ind := range p.plan.indicators {
		if ind.Group != group {
			group = ind.Group
			p.drawGroup(group)
		}
		n++
		p.drawIndicator(ind, n)
	}
}

func (p *page) drawGroup(code string) {
	for _, g := range p.def.Groups {
		if g.Code != code {
			continue
		}
		st := labelStyle
		st.Bold = true
		st.Fill = "F5F8F6"
		p.mark(p.row, markFurniture)
		words := g.Code + ". " + g.Name.VI
		p.sheet.Text(p.row, colNumber, words, st)
		p.sheet.Paint(xlsx.Rect(p.row, colNumber, p.row, p.last), st)
		p.sheet.Merge(xlsx.Rect(p.row, colNumber, p.row, p.last))
		p.sheet.Row(p.row, xlsx.Row{Height: max(20, p.fit(colNumber, p.last, words, st))})
		p.row++
	}
}

func (p *page) drawIndicator(ind *report.Indicator, n int) {
	p.mark(p.row, ind.Code)
	p.sheet.Text(p.row, colNumber, strconv.Itoa(n), middleStyle)
	p.sheet.Text(p.row, colCode, ind.Code, middleStyle)
	name := labelStyle
	if ind.Parent != "" || table.IsPart(ind.Name.VI) {
		name.Indent, name.Italic = 2, true
	}
	p.sheet.Text(p.row, colName, ind.Name.VI, name)
	if ind.Help.VI != "" {
		p.sheet.Note(p.row, colName, p.req.Issuer.Name, ind.Help.VI)
	}
	p.sheet.Text(p.row, p.unit, ind.Unit, middleStyle)
	for _, v := range p.values {
		place, asked := p.placeAt(ind, v.place)
		p.drawCell(v.col, ind, factKey{p.agency, place, ind.Code}, asked)
	}
	if p.total > 0 {
		p.drawRowTotal(ind)
	}
	high := max(20, p.fit(colName, colName, ind.Name.VI, name), p.fit(p.unit, p.unit, ind.Unit, middleStyle))
	if ind.Type == report.TypeText && len(ind.Options) == 0 {
		high = 96
	}
	p.sheet.Row(p.row, xlsx.Row{Height: high})
	p.row++
}

func (p *page) drawRowTotal(ind *report.Indicator) {
	st := greyStyle
	st.Bold, st.NumFmt = true, numberFormat(ind)
	if !adds(ind) {
		p.sheet.Blank(p.row, p.total, st)
		return
	}
	var figures []decimal.Decimal
	for _, v := range p.values {
		if place, asked := p.placeAt(ind, v.place); asked {
			if d, ok := p.figure(factKey{p.agency, place, ind.Code}, ind); ok {
				figures = append(figures, d)
			}
		}
	}
	from, to := p.values[0].col, p.values[len(p.values)-1].col
	p.drawSum(p.total, xlsx.Ref(p.row, from)+":"+xlsx.Ref(p.row, to), figures, st)
}

// drawCell draws a cell of figures: open for writing, computed, or grey where
// nothing is asked.
func (p *page) drawCell(col int, ind *report.Indicator, k factKey, asked bool) {
	switch {
	case !asked || !ind.Asks(p.agency):
		p.sheet.Blank(p.row, col, greyStyle)
	case derived(ind):
		p.drawDerived(col, ind, k)
	default:
		p.drawInput(col, ind, k)
	}
}

// drawInput draws a cell to be filled in, with what is known already.
func (p *page) drawInput(col int, ind *report.Indicator, k factKey) {
	st := inputStyle(xlsx.Right)
	switch {
	case ind.IsNumber():
		st.NumFmt = numberFormat(ind)
	case ind.Type == report.TypeBool || len(ind.Options) > 0:
		st.H = xlsx.Center
	default:
		st = inputStyle(xlsx.Left)
		st.V = xlsx.Top
	}
	switch v := p.given(k); v.Kind {
	case report.Number:
		if xlsx.CheckNumber(v.Num.String()) == nil {
			p.sheet.Number(p.row, col, v.Num.String(), st)
		} else { // more digits than a number cell keeps: as text nothing is lost (law 5)
			p.sheet.Text(p.row, col, strings.Replace(v.Num.String(), ".", ",", 1), st)
		}
	case report.Words:
		p.sheet.Text(p.row, col, v.Text, st)
	case report.YesNo:
		p.sheet.Text(p.row, col, map[bool]string{true: "có", false: "không"}[v.Yes], st)
	case report.Nil:
		p.sheet.Text(p.row, col, nilWord(ind), st)
	case report.NotCollected:
		p.sheet.Text(p.row, col, "…", st)
	case report.NotApplicable:
		p.sheet.Text(p.row, col, notApplicableWord(ind), st)
	default:
		p.sheet.Blank(p.row, col, st)
	}
	if rule, ok := p.rule(ind); ok {
		p.sheet.Restrict(xlsx.At(p.row, col), rule)
	}
}

func nilWord(ind *report.Indicator) string {
	if ind.Type == report.TypeText {
		return "Không phát sinh"
	}
	return "-"
}

func notApplicableWord(ind *report.Indicator) string {
	if ind.IsNumber() {
		return "x"
	}
	return "không áp dụng"
}

// rule is what may be typed into a cell of the indicator. Marks for nothing are
// lawful answers, so a figure's rule only warns.
func (p *page) rule(ind *report.Indicator) (xlsx.Rule, bool) {
	title := "Chỉ tiêu " + ind.Code
	rule := xlsx.Rule{ErrorTitle: title}
	switch {
	case ind.IsNumber():
		rule.Kind, rule.Warn, rule.Min = xlsx.Whole, true, "0"
		if ind.Type == report.TypeDec {
			rule.Kind = xlsx.Decimal
		}
		if ind.Min != nil && xlsx.CheckNumber(ind.Min.String()) == nil {
			rule.Min = ind.Min.String()
		}
		rule.Error = numberMessage(ind)
	case ind.Type == report.TypeBool:
		rule.Kind, rule.Values = xlsx.OneOf, []string{"có", "không"}
		rule.Error = "Chọn “có” hoặc “không” trong danh sách."
	case len(ind.Options) > 0:
		rule.Kind, rule.Source = xlsx.OneOfCells, p.listRef(ind)
		rule.Error = "Chọn một mục trong danh sách của ô."
	case ind.MaxLen > 0:
		rule.Kind, rule.Max = xlsx.TextLength, min(ind.MaxLen, 32_767)
		rule.Error = fmt.Sprintf("Nội dung dài quá %d ký tự: viết ngắn lại, phần chi tiết gửi kèm văn bản riêng.", ind.MaxLen)
	default:
		return rule, false
	}
	return rule, true
}

func numberMessage(ind *report.Indicator) string {
	what := "số nguyên"
	if ind.Type == report.TypeDec {
		what = fmt.Sprintf("số, nhiều nhất %d chữ số sau dấu phẩy", ind.Scale)
	}
	least := "từ 0 trở lên"
	if ind.Min != nil {
		least = "từ " + decimal.FormatVI(*ind.Min, ind.Min.Scale()) + " trở lên"
	}
	return fmt.Sprintf("Chỉ tiêu này là %s, %s. Không phát sinh thì ghi “-”, chưa có số liệu thì ghi “…”: khi đó bấm Yes (Có) để giữ.", what, least)
}
