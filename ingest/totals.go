package ingest

import (
	"slices"
	"strings"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// checkTotals proves the rows and columns that add up others by adding up. They
// are never facts: a total is made anew from its facts each time (law 4).
func (r *reading) checkTotals(m *mapped) {
	if m.partial {
		r.settleTotals(m)
		return
	}
	for i := range m.lines {
		if m.lines[i].role == roleTotal {
			r.checkTotalLine(m, i)
		}
	}
	for i := range m.cols {
		if m.cols[i].role == roleTotal && m.plan.layout.Shape == report.IndicatorsDown {
			r.checkTotalColumn(m, &m.cols[i])
		}
	}
}

// checkTotalLine compares a total row with what it may add up: all rows, the
// rows above it up to the total before, or the rows below it down to the next.
// The reading of it under which most columns close is the one that was meant.
func (r *reading) checkTotalLine(m *mapped, at int) {
	total := &m.lines[at]
	var best fault.List
	for i, part := range m.partsOf(at, r.reg) {
		wrong := r.compareTotal(m, total, part)
		if i == 0 || len(wrong) < len(best) {
			best = wrong
		}
		if len(best) == 0 {
			break
		}
	}
	if m.plan.matrix != nil && len(best) > 0 { // what its rows add up to only its rules say
		r.unprovenTotal(m, total)
		return
	}
	r.findings = append(r.findings, best...)
	r.settleTotal(m, total)
}

// settleTotals says what became of the total rows of a table in which they
// cannot be proved.
func (r *reading) settleTotals(m *mapped) {
	for i := range m.lines {
		if m.lines[i].role == roleTotal {
			r.settleTotal(m, &m.lines[i])
		}
	}
}

func (r *reading) settleTotal(m *mapped, total *line) {
	cells := m.sheet.Row(total.row)
	for i := range cells {
		if c := m.column(cells[i].Col); c != nil && c.role == roleLabel {
			r.used(m.sheet, &cells[i])
		} else {
			cells[i].Settle(sheet.TotalRow)
		}
	}
}

// partsOf gives the sets of rows that a total may add up, likeliest first.
func (m *mapped) partsOf(at int, reg *report.Register) [][]*line {
	var all, above, below []*line
	for i := range m.lines {
		if m.lines[i].role == roleValue {
			all = append(all, &m.lines[i])
		}
	}
	for i := at - 1; i >= 0 && m.lines[i].role != roleTotal; i-- {
		if m.lines[i].role == roleValue {
			above = append(above, &m.lines[i])
		}
	}
	for i := at + 1; i < len(m.lines) && m.lines[i].role != roleTotal; i++ {
		if m.lines[i].role == roleValue {
			below = append(below, &m.lines[i])
		}
	}
	slices.Reverse(above)
	out := [][]*line{all}
	if place := m.lines[at].place; place != "" { // the register knows what lies in it
		out = [][]*line{slices.DeleteFunc(slices.Clone(all), func(l *line) bool { return !reg.PlaceIsUnder(l.place, place) }), all}
	}
	for _, part := range [][]*line{above, below} {
		if len(part) > 0 && len(part) < len(all) {
			out = append(out, part)
		}
	}
	return out
}

// compareTotal says in which columns the total is not the sum of the rows.
func (r *reading) compareTotal(m *mapped, total *line, parts []*line) fault.List {
	var wrong fault.List
	for i := range m.cols {
		c := &m.cols[i]
		cell := m.sheet.At(total.row, c.col)
		ind := m.summand(c)
		if c.role != roleValue || ind == nil || !adds(ind) || !m.isFigure(cell) {
			continue
		}
		sum, complete := r.sumOf(m, parts, c)
		left, ok := r.totalOf(cell, &column{ind: ind, shift: c.shift})
		if !complete || !ok || closes(left, sum, cell) || r.withinCuts(m, parts, c, cell, left, sum) {
			continue
		}
		wrong = append(wrong, differs(fault.TotalRowDiffers, left, sum,
			fault.A("label", label(ind)), fault.A("total", total.label)).At(m.sheet.Name, cell.Ref()).See(r.summed(m, parts, c)...))
	}
	return wrong
}

// sumOf adds up a column over rows; complete is false when a cell could not be
// read, which is said already.
func (r *reading) sumOf(m *mapped, parts []*line, c *column) (sum decimal.Decimal, complete bool) {
	var s decimal.Sum
	for _, l := range parts {
		k, ind, asked := r.keyOf(m, l, c)
		if ind == nil || !asked {
			continue
		}
		of := r.records[k]
		if of == nil {
			continue
		}
		if of.spoilt {
			return sum, false
		}
		if of.given && r.facts[of.fact].Value.Kind == report.Number {
			s.Add(r.facts[of.fact].Value.Num)
		}
	}
	sum, err := s.Value()
	return sum, err == nil
}

// summed names the cells that [reading.sumOf] adds up.
func (r *reading) summed(m *mapped, parts []*line, c *column) []string {
	var run []spot
	for _, l := range parts {
		if q, asked := r.slot(m, l, c); asked {
			if f, ok := r.value(q.key); ok && f.Value.Kind == report.Number {
				run = append(run, q.spot)
			}
		}
	}
	if len(run) == 0 {
		return nil
	}
	return ranges(run)
}

// totalOf reads the figure of a total.
func (r *reading) totalOf(cell *sheet.Cell, c *column) (decimal.Decimal, bool) {
	loose := *c.ind // a total may be larger than any of its parts
	loose.Max, loose.Min = nil, &least
	a := question{ind: &loose, shift: c.shift, habit: c.habit}.read(cell, false)
	return a.value.Num, a.value.Kind == report.Number
}

// least is below any figure.
var least = decimal.MustParse("-99999999999999999999")

// isFigure reports whether a total cell holds a figure of its own: what a
// formula of the template comes to is Excel's work, and stale when another
// program filled the form in.
func (m *mapped) isFigure(cell *sheet.Cell) bool {
	return cell != nil && !cell.NoValue && !(m.marked && cell.IsFormula) && (cell.Type == xlsx.Number || cell.IsText()) && cell.Text != ""
}

// adds reports whether the indicator's figures add up over rows.
func adds(ind *report.Indicator) bool {
	return ind.IsNumber() && !isRatio(ind) && ind.On(report.AxisPlace) == report.RollSum && ind.On(report.AxisAgency) == report.RollSum
}

// closes reports whether a total is the sum. A spreadsheet keeps 15 digits, so
// a total that needs more was rounded by the program that stored it; then the
// sum is rounded likewise before the two are compared.
func closes(total, sum decimal.Decimal, cell *sheet.Cell) bool {
	if total.Equal(sum) {
		return true
	}
	if cell.Type != xlsx.Number {
		return false
	}
	if digitsOf(sum) <= keptDigits {
		return isDust(total, sum)
	}
	short, _, err := decimal.FromStored(sum.String())
	return err == nil && short.Equal(total)
}

// keptDigits is how many digits of a number a spreadsheet keeps.
const keptDigits = 15

func digitsOf(d decimal.Decimal) int {
	return len(strings.ReplaceAll(strings.Trim(d.Abs().String(), "0."), ".", ""))
}

// isDust reports whether a total differs from the sum by no more than what a
// spreadsheet leaves behind when it adds binary fractions: 163980235.500001 for
// 163980235.5. Nobody types so many digits, and the difference lies beyond the
// decimals of any part.
func isDust(total, sum decimal.Decimal) bool {
	const shares = 1_000_000_000_000 // a share of the sum that no addition of a column loses
	d, err := total.Sub(sum)
	if err != nil || digitsOf(total) < keptDigits-1 || !total.Round(sum.Scale(), decimal.HalfEven).Equal(sum) {
		return false
	}
	many, err := d.Abs().Mul(decimal.FromInt(shares))
	return err == nil && many.Cmp(sum.Abs()) <= 0
}

// withinCuts reports whether a total differs from the sum of rows by no more than was cut off
// them: a cell that a spreadsheet computed to more digits than it keeps was taken to those it
// shows, and may have been half of the last of them more or less.
func (r *reading) withinCuts(m *mapped, parts []*line, c *column, cell *sheet.Cell, total, sum decimal.Decimal) bool {
	var slack decimal.Sum
	some := false
	for _, l := range parts {
		if k, ind, asked := r.keyOf(m, l, c); ind != nil && asked {
			if f, ok := r.value(k); ok && strings.Contains(f.Source.Norm, string(fault.DigitsRounded)) {
				slack.Add(halfLastDigit(f.Value.Num))
				some = true
			}
		}
	}
	if cell.Type == xlsx.Number && len(strings.Trim(cell.Text, "-0.")) > keptDigits+1 {
		slack.Add(halfLastDigit(total))
	}
	most, err := slack.Value()
	d, differ := total.Sub(sum)
	return some && err == nil && differ == nil && d.Abs().Cmp(most) <= 0
}

// halfLastDigit is half of the last of the digits of a number that a spreadsheet keeps; nought
// where that is not behind the point: whole numbers are exact.
func halfLastDigit(d decimal.Decimal) decimal.Decimal {
	whole, _, _ := strings.Cut(d.Abs().String(), ".")
	if behind := keptDigits - len(strings.TrimLeft(whole, "0")); behind >= 0 {
		return decimal.New(5, behind+1)
	}
	return decimal.Decimal{}
}

// differs makes a finding of two figures that should agree.
func differs(code fault.Code, left, right decimal.Decimal, args ...fault.Arg) fault.Fault {
	f := fault.New(code, args...).With(fault.A("left", left.String()), fault.A("right", right.String()))
	if d, err := left.Sub(right); err == nil {
		f = f.With(fault.A("diff", d.String()))
	}
	return f
}

// checkTotalColumn compares a column that adds up the places of each indicator.
func (r *reading) checkTotalColumn(m *mapped, total *column) {
	for i := range m.lines {
		l := &m.lines[i]
		cell := m.sheet.At(l.row, total.col)
		if l.role != roleValue || l.ind == nil || !adds(l.ind) || !m.isFigure(cell) {
			continue
		}
		var s decimal.Sum
		complete := true
		for j := range m.cols {
			if m.cols[j].role != roleValue {
				continue
			}
			q, asked := r.slot(m, l, &m.cols[j])
			complete = complete && !r.isSpoilt(q.key)
			if f, ok := r.value(q.key); asked && ok && f.Value.Kind == report.Number {
				s.Add(f.Value.Num)
			}
		}
		sum, err := s.Value()
		left, ok := r.totalOf(cell, &column{ind: l.ind, shift: l.shift, habit: total.habit})
		if err != nil || !complete || !ok || closes(left, sum, cell) {
			continue
		}
		r.find(differs(fault.SumDiffers, left, sum, fault.A("label", label(l.ind)), fault.A("row", total.title),
			fault.Both("parts", "các địa bàn", "the places")).At(m.sheet.Name, cell.Ref()))
	}
}
