package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"tonghop/report"
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
	Value                    report.Value
	Mark                     report.Mark
	Heard, Asked             int
	Provisional              bool // TẠM TÍNH, as the table it was taken from
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

// CSV writes rows as UTF-8 with a byte order mark, lines ending in CR LF (RFC
// 4180). Memory does not grow with the rows. A text that a spreadsheet would
// take for a formula gets an apostrophe in front; a number never does.
func CSV(w io.Writer, rows iter.Seq[Row], d Dialect) error {
	out := csvWriter{Writer: bufio.NewWriter(w), Dialect: d}
	out.WriteString(byteOrderMark)
	for _, head := range csvHeads {
		out.text(head)
	}
	out.end()
	for r := range rows {
		out.row(&r)
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
		w.raw(strings.Replace(r.Value.Num.String(), ".", string(rune(w.Decimal)), 1))
	} else {
		w.text(r.Value.String())
	}
	w.text(string(r.Mark))
	w.raw(strconv.Itoa(r.Heard))
	w.raw(strconv.Itoa(r.Asked))
	w.raw(strconv.FormatBool(r.Provisional))
	w.end()
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
