package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"tonghop/report"
	"tonghop/report/calendar"
)

// Row is one figure with everything that is needed to read it alone: the tidy
// form for other programs. An axis is empty where it is summed over.
type Row struct {
	Agency, AgencyName       string // who reported
	Group, GroupName         string // the body that agencies belong to
	Unit, UnitName           string // whom the figure is about: the agency or one below it
	Place, PlaceName         string
	Indicator, IndicatorName string
	IndicatorUnit            string // what it is counted in
	IsNumber                 bool   // its values are numbers, also where there is none
	Value                    report.Value
	Mark                     report.Mark
	Heard, Asked             int
	Provisional              bool // TẠM TÍNH, as the table it was taken from

	// Of figures over time ([Columns]).
	Period       string // key, with the first and last day
	From, To     calendar.Date
	ReportsHeard int // one for each agency and part of the period
	ReportsAsked int
	Against      []Compared // as many as the columns have

	Bounds *Bounds // nil where there are none
	Rank   int     // among the greatest or least figures; 0 where rows have no order
}

// Bounds are between what a sum would lie had those that are missing reported as they did
// before: canonical decimals, and how many of those missing are in them, and are not.
type Bounds struct {
	Low, High         string
	Agencies, Unknown int
}

// Compared is a figure beside that of another time; numbers are canonical decimals,
// empty where there is none.
type Compared struct {
	Value, Mark               string
	Heard, Asked              int // reports, of the other time
	Difference, Index, Growth string
}

// Columns says which columns a table has beside those that every one has.
type Columns struct {
	Time    bool     // the period, and how many reports were heard for it
	Against []string // names of other times; seven columns for each
	Bounds  bool     // of sums of which some are missing
	Rank    bool     // the place of a row among the greatest or least
}

// Dialect is how a CSV file is written.
type Dialect struct {
	Comma   byte // between fields
	Decimal byte // between whole and fraction of a number
}

// The dialects. Both begin with a byte order mark, without which Excel takes
// Vietnamese letters for something else.
var (
	// Plain is what programs read: commas, and points in numbers.
	Plain = Dialect{Comma: ',', Decimal: '.'}
	// ExcelVI is what Excel opens by a double click on a Vietnamese machine.
	ExcelVI = Dialect{Comma: ';', Decimal: ','}
)

// byteOrderMark says that a file is UTF-8.
const byteOrderMark = "\ufeff"

// csvHeads are the names of the columns, the ones the JSON API uses. They are
// the same whatever axes are kept apart, so that a program finds each in its
// place.
var csvHeads = []string{
	"agency", "agency_name", "group", "group_name", "unit", "unit_name", "place", "place_name",
	"indicator", "indicator_name", "indicator_unit", "value", "mark", "heard", "asked", "provisional",
}

// heads are the names of the columns beside those that every table has. They come
// after these, so that a program that knows nothing of them finds its own.
func (c *Columns) heads() []string {
	var out []string
	if c.Time {
		out = append(out, "period", "from", "to", "reports_heard", "reports_asked")
	}
	for _, with := range c.Against {
		with = strings.ReplaceAll(with, "-", "_")
		out = append(out, with+"_value", with+"_mark", with+"_heard", with+"_asked", with+"_difference", with+"_index", with+"_growth")
	}
	if c.Bounds {
		out = append(out, "bounds_low", "bounds_high", "bounds_agencies", "bounds_unknown")
	}
	if c.Rank {
		out = append(out, "rank")
	}
	return out
}

// CSV writes rows as UTF-8 with a byte order mark, lines ending in CR LF (RFC
// 4180). Memory does not grow with the rows. A text that a spreadsheet would
// take for a formula gets an apostrophe in front; a number never does.
func CSV(w io.Writer, rows iter.Seq[Row], columns Columns, d Dialect) error {
	out := csvWriter{Writer: bufio.NewWriter(w), Dialect: d}
	out.WriteString(byteOrderMark)
	for _, head := range slices.Concat(csvHeads, columns.heads()) {
		out.text(head)
	}
	out.end()
	for r := range rows {
		out.row(&r)
		out.time(&r, &columns)
		out.rest(&r, &columns)
		out.end()
	}
	if err := out.Flush(); err != nil { // keeps the first error of all writes
		return fmt.Errorf("csv: %w", err)
	}
	return nil
}

// csvWriter writes fields and lines. That of encoding/csv changes the breaks
// within a field when lines end in CR LF, and texts are to stay as they are.
type csvWriter struct {
	*bufio.Writer
	Dialect
	begun bool // the line has a field already
}

func (w *csvWriter) row(r *Row) {
	for _, text := range []string{
		r.Agency, r.AgencyName, r.Group, r.GroupName, r.Unit, r.UnitName, r.Place, r.PlaceName,
		r.Indicator, r.IndicatorName, r.IndicatorUnit,
	} {
		w.text(text)
	}
	if r.Value.Kind == report.Number {
		w.number(r.Value.Num.String(), true)
	} else {
		w.text(r.Value.String())
	}
	w.text(string(r.Mark))
	w.raw(strconv.Itoa(r.Heard))
	w.raw(strconv.Itoa(r.Asked))
	w.raw(strconv.FormatBool(r.Provisional))
}

// time writes the columns of figures over time.
func (w *csvWriter) time(r *Row, c *Columns) {
	if c.Time {
		w.text(r.Period)
		w.text(r.From.String())
		w.text(r.To.String())
		w.raw(strconv.Itoa(r.ReportsHeard))
		w.raw(strconv.Itoa(r.ReportsAsked))
	}
	for i := range c.Against {
		var a Compared
		if i < len(r.Against) {
			a = r.Against[i]
		}
		w.number(a.Value, r.IsNumber)
		w.text(a.Mark)
		w.raw(strconv.Itoa(a.Heard))
		w.raw(strconv.Itoa(a.Asked))
		w.number(a.Difference, true)
		w.number(a.Index, true)
		w.number(a.Growth, true)
	}
}

// rest writes bounds and rank.
func (w *csvWriter) rest(r *Row, c *Columns) {
	if b := r.Bounds; c.Bounds && b != nil {
		w.number(b.Low, true)
		w.number(b.High, true)
		w.raw(strconv.Itoa(b.Agencies))
		w.raw(strconv.Itoa(b.Unknown))
	} else if c.Bounds {
		for range 4 {
			w.raw("")
		}
	}
	if c.Rank {
		w.raw(strconv.Itoa(r.Rank))
	}
}

// number writes a canonical decimal as the dialect does, and a text as a text.
func (w *csvWriter) number(s string, is bool) {
	if !is {
		w.text(s)
		return
	}
	w.raw(strings.Replace(s, ".", string(rune(w.Decimal)), 1))
}

// text writes a text that must not act.
func (w *csvWriter) text(s string) { w.raw(harmless(s)) }

// raw writes a field, in quotes where it needs them.
func (w *csvWriter) raw(s string) {
	if w.begun {
		w.WriteByte(w.Comma)
	}
	w.begun = true
	if !strings.ContainsAny(s, "\",;\r\n\t") {
		w.WriteString(s)
		return
	}
	w.WriteByte('"')
	w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	w.WriteByte('"')
}

func (w *csvWriter) end() {
	w.WriteString("\r\n")
	w.begun = false
}

// harmless puts an apostrophe before a text that a spreadsheet would compute.
// Blanks in front do not make it safe: they are trimmed on import.
func harmless(s string) string {
	first := strings.TrimLeft(s, " \u00a0")
	if first != "" && strings.IndexByte("=+-@\t\r\n|", first[0]) >= 0 {
		return "'" + s
	}
	return s
}
