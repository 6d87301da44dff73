package xlsx

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// ChartKind is the form of a chart.
type ChartKind uint8

// The kinds of charts.
const (
	Bars ChartKind = iota // lying, side by side
	StackedBars
	Columns // standing, side by side
	StackedColumns
	Pie
	Doughnut
)

var nativeCharts = [...]excelize.ChartType{
	Bars: excelize.Bar, StackedBars: excelize.BarStacked,
	Columns: excelize.Col, StackedColumns: excelize.ColStacked,
	Pie: excelize.Pie, Doughnut: excelize.Doughnut,
}

// Chart is a native chart: it draws what its cells hold, and follows them.
type Chart struct {
	Kind         ChartKind
	Title        string
	CategoryAxis string // title of the axis with the names; none when empty
	ValueAxis    string // title of the axis with the numbers; none when empty
	Series       []Series

	// WidthMM and HeightMM are the size in millimetres, 160 by 80 when 0. The
	// size holds whatever the rows and columns underneath measure.
	WidthMM, HeightMM int

	Labels bool   // numbers at the bars, parts in percent at pies
	NumFmt string // of the numbers at axis and labels; "#,##0" when empty
	Font   string // Times New Roman when empty
}

// Series is one row of numbers in a chart. All three are what [Worksheet.Ref]
// gives: Name one cell, Categories and Values as many cells as each other.
type Series struct {
	Name       string
	Categories string
	Values     string
	Color      string // "RRGGBB"; the theme's when empty
}

// ErrChart says that a chart cannot be drawn.
var ErrChart = errors.New("not a chart")

const (
	defaultWidthMM  = 160
	defaultHeightMM = 80

	// emuPerMM is the drawing unit of the file format.
	emuPerMM = 36_000
)

type placedChart struct {
	row, col int
	chart    Chart
}

// Chart puts a chart over the sheet, its upper left corner in the cell.
func (s *Worksheet) Chart(row, col int, c Chart) {
	c.WidthMM = firstSet(c.WidthMM, defaultWidthMM)
	c.HeightMM = firstSet(c.HeightMM, defaultHeightMM)
	if err := c.check(row, col); err != nil {
		s.fail(At(row, col), fmt.Errorf("chart %q: %w", c.Title, err))
		return
	}
	s.charts = append(s.charts, placedChart{row: row, col: col, chart: c})
}

func (c Chart) check(row, col int) error {
	if !inside(row, col) {
		return ErrOutside
	}
	if int(c.Kind) >= len(nativeCharts) || len(c.Series) == 0 || c.WidthMM < 0 || c.HeightMM < 0 {
		return ErrChart
	}
	texts := c.Title + c.CategoryAxis + c.ValueAxis + c.NumFmt + c.Font
	for _, s := range c.Series {
		if s.Name == "" || s.Values == "" || s.Color != "" && !isColor(s.Color) {
			return fmt.Errorf("series %+v: %w", s, ErrChart)
		}
		texts += s.Name + s.Categories + s.Values
	}
	if !plainText(texts) {
		return ErrNotText
	}
	return nil
}

// native spells the chart for the library.
func (c Chart) native() *excelize.Chart {
	round := c.Kind == Pie || c.Kind == Doughnut
	format := firstSet(c.NumFmt, "#,##0")
	out := &excelize.Chart{
		Type:       nativeCharts[c.Kind],
		Series:     c.nativeSeries(),
		Title:      c.title(c.Title, 13, true),
		Legend:     excelize.ChartLegend{Position: "bottom", Font: c.font(11, false)},
		VaryColors: &round,
		XAxis:      excelize.ChartAxis{Font: *c.font(11, false), Title: c.title(c.CategoryAxis, 11, false)},
		YAxis: excelize.ChartAxis{
			Font: *c.font(11, false), Title: c.title(c.ValueAxis, 11, false), MajorGridLines: true,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: format},
		},
		PlotArea:     excelize.ChartPlotArea{ShowVal: c.Labels && !round, ShowPercent: c.Labels && round, ShowLeaderLines: round},
		ShowBlanksAs: "gap",
	}
	out.XAxis.ReverseOrder = c.fromAbove()
	if !round {
		out.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: format}
	}
	switch {
	case round:
		out.Legend.Position = "right"
	case len(c.Series) == 1: // the title says what the bars are
		out.Legend.Position = "none"
	}
	if c.Kind == StackedBars || c.Kind == StackedColumns {
		full := 100
		out.Overlap = &full
	}
	return out
}

// fromAbove tells whether the chart is read from above like the table beside
// it: so are lying bars, which the format counts from the axis upwards.
func (c Chart) fromAbove() bool { return c.Kind == Bars || c.Kind == StackedBars }

func (c Chart) nativeSeries() []excelize.ChartSeries {
	var out []excelize.ChartSeries
	for _, s := range c.Series {
		series := excelize.ChartSeries{
			Name: s.Name, Categories: s.Categories, Values: s.Values,
			DataLabel: excelize.ChartDataLabel{Font: *c.font(10, false)},
		}
		if s.Color != "" {
			series.Fill = solid(s.Color)
		}
		out = append(out, series)
	}
	return out
}

func (c Chart) font(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: firstSet(c.Font, defaultFont), Size: size, Bold: bold, Color: "000000"}
}

func (c Chart) title(text string, size float64, bold bool) excelize.ChartTitle {
	if text == "" {
		return excelize.ChartTitle{}
	}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: c.font(size, bold)}}}
}
