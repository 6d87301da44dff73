package export

import (
	"fmt"
	"slices"
	"strconv"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

// Each chart stands beside the small table it is drawn from. The table refers to
// the sheets, so the chart follows them; and it leaves out whoever has no figure,
// because a chart would draw them as nought (law 8).
const (
	chartName   = 30 // width of the names, digits
	chartFigure = 15
	chartMost   = 20 // bars in one chart
	chartColor  = "2E75B6"

	// Sections are a page each; the title is repeated on all.
	chartRows     = 24 // of a section, at least
	chartWidthMM  = 155
	chartHeightMM = 115
)

// bar is a line of a chart's table.
type bar struct {
	name  string
	value report.Value
	ref   string // where the figure stands
}

// writeCharts writes the charts: who reported, the largest sum of money by
// agency, the first sum by place by place.
func (p *paper) writeCharts() {
	w := p.chartsSheet
	w.Columns(1, 1, xlsx.Column{Width: chartName})
	w.Columns(3, 3, xlsx.Column{Width: 2})
	w.Columns(4, 9, xlsx.Column{Width: 14})
	p.sheetTitle(w, "BIỂU ĐỒ", 9)
	w.Print.RepeatTop, w.Print.RepeatBottom = 1, 4
	row, figures := p.statusChart(5), float64(chartFigure)
	byAgency := p.money()
	if byAgency == nil {
		byAgency = p.largest(func(*report.Indicator) bool { return true })
	}
	if byAgency != nil {
		w.Print.RowBreaks = append(w.Print.RowBreaks, row)
		bars := p.agencyBars(byAgency)
		row, figures = p.barChart(row, byAgency, "theo đơn vị", bars), p.barWidth(byAgency, bars, figures)
	}
	if byPlace := p.firstPlaced(); byPlace != nil && byPlace.On(report.AxisPlace) == report.RollSum {
		w.Print.RowBreaks = append(w.Print.RowBreaks, row)
		bars := p.placeBars(byPlace)
		p.barChart(row, byPlace, "theo địa bàn", bars)
		figures = p.barWidth(byPlace, bars, figures)
	}
	w.Columns(2, 2, xlsx.Column{Width: figures})
}

// barWidth is how wide the column of figures has to be for the bars as well.
func (p *paper) barWidth(ind *report.Indicator, bars []bar, width float64) float64 {
	const perDigit, air = 1.05, 2
	for _, b := range bars {
		width = max(width, float64(len(shownNumber(b.value, p.scales[ind.Code])))*perDigit+air)
	}
	return width
}

// statusChart draws who reported.
func (p *paper) statusChart(row int) int {
	w := p.chartsSheet
	p.chartHead(row, "Tình hình báo cáo của "+strconv.Itoa(p.s.Asked)+" đơn vị", "Số đơn vị")
	top := row + 2
	const states = 4 // the counters that divide the roster
	for i, c := range counters[:states] {
		n := 0
		for a := range p.s.Agencies {
			if c.is(&p.s.Agencies[a]) {
				n++
			}
		}
		w.Text(top+i, 1, c.name, textStyle)
		w.Formula(top+i, 2, p.statusSheet.Ref(xlsx.At(statusCounters+i, 3)), strconv.Itoa(n), numberStyle(0, false, false))
		w.Row(top+i, xlsx.Row{Height: fit(c.name, chartName, textStyle)})
	}
	w.Chart(row+1, 4, xlsx.Chart{
		Kind: xlsx.Doughnut, Title: "Tình hình báo cáo", Labels: true, WidthMM: chartWidthMM, HeightMM: chartHeightMM,
		Series: []xlsx.Series{{
			Name: w.Ref(xlsx.At(row+1, 2)), Categories: w.Ref(xlsx.Rect(top, 1, top+states-1, 1)), Values: w.Ref(xlsx.Rect(top, 2, top+states-1, 2)),
		}},
	})
	return row + chartRows
}

func (p *paper) chartHead(row int, title, figure string) {
	w := p.chartsSheet
	w.Text(row, 1, title, xlsx.Style{Size: 12, Bold: true, Wrap: true, V: xlsx.Middle})
	w.Merge(xlsx.Rect(row, 1, row, 2))
	w.Row(row, xlsx.Row{Height: fit(title, chartName+chartFigure, xlsx.Style{Size: 12, Bold: true})})
	w.Text(row+1, 1, "Phân loại", headStyle)
	w.Text(row+1, 2, figure, headStyle)
	w.Row(row+1, xlsx.Row{Height: fit(figure, chartFigure, headStyle)})
}

// barChart draws an indicator. It gives the row after the section.
func (p *paper) barChart(row int, ind *report.Indicator, by string, bars []bar) int {
	w := p.chartsSheet
	title := ind.Name.VI + " " + by
	p.chartHead(row, title, ind.Unit)
	shown := slices.DeleteFunc(slices.Clone(bars), func(b bar) bool { return !written(b.value) })
	note := p.leftOut(len(bars) - len(shown))
	if len(shown) > chartMost {
		slices.SortStableFunc(shown, func(a, b bar) int { return byFigure(ranked{a.name, a.value}, ranked{b.name, b.value}) })
		note = fmt.Sprintf("Vẽ %d giá trị cao nhất trong %d. %s", chartMost, len(shown), note)
		shown = shown[:chartMost]
	}
	top := row + 2
	for i, b := range shown {
		w.Text(top+i, 1, b.name, textStyle)
		w.Formula(top+i, 2, b.ref, b.value.Num.String(), numberStyle(p.scales[ind.Code], false, false))
		w.Row(top+i, xlsx.Row{Height: fit(b.name, chartName, textStyle)})
	}
	if note != "" {
		across(w, top+len(shown), 1, 2, note, smallStyle)
		w.Row(top+len(shown), xlsx.Row{Height: fit(note, chartName+chartFigure, smallStyle)})
	}
	if len(shown) > 0 {
		w.Chart(row+1, 4, xlsx.Chart{
			Kind: xlsx.Bars, Title: title, ValueAxis: ind.Unit, Labels: true, NumFmt: numberFormat(axisScale(shown, p.scales[ind.Code])),
			WidthMM: chartWidthMM, HeightMM: chartHeightMM,
			Series: []xlsx.Series{{
				Name: w.Ref(xlsx.At(row+1, 2)), Categories: w.Ref(xlsx.Rect(top, 1, top+len(shown)-1, 1)),
				Values: w.Ref(xlsx.Rect(top, 2, top+len(shown)-1, 2)), Color: chartColor,
			}},
		})
	}
	return row + max(chartRows, len(shown)+4)
}

// axisScale is how many decimals the numbers of a chart need: two where the
// largest is below ten, one below a hundred, none above, and never more than the
// figures have. The table beside the chart has all of them; on an axis a
// Vietnamese reader takes 100.000 for a hundred thousand.
func axisScale(shown []bar, scale int) int {
	most := decimal.FromInt(0)
	for _, b := range shown {
		if v := b.value.Num.Abs(); v.Cmp(most) > 0 {
			most = v
		}
	}
	switch {
	case most.Cmp(decimal.FromInt(100)) >= 0:
		return 0
	case most.Cmp(decimal.FromInt(10)) >= 0:
		return min(scale, 1)
	}
	return min(scale, 2)
}

func (p *paper) leftOut(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Không vẽ %d mục không có con số (chưa báo cáo, không phát sinh…).", n)
}

func (p *paper) agencyBars(ind *report.Indicator) []bar {
	var out []bar
	for i := range p.s.Agencies {
		agency := p.s.Agencies[i].Agency
		out = append(out, bar{
			name: p.shortName(agency), value: p.s.ByAgency[[2]string{ind.Code, agency}].Value,
			ref: p.agenciesSheet.Ref(xlsx.At(p.totals.agencyRows[ind.Code], p.totals.columns[agency])),
		})
	}
	return out
}

func (p *paper) placeBars(ind *report.Indicator) []bar {
	var out []bar
	for i, r := range p.places {
		if !r.inside {
			out = append(out, bar{
				name: r.place.Name.VI, value: p.placeCell(ind, r).Value,
				ref: p.placesSheet.Ref(xlsx.At(placesTop+i, p.placeCols[ind.Code])),
			})
		}
	}
	return out
}
