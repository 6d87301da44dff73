package outline

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"tonghop/ingest/sheet"
	"tonghop/ingest/table"
	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// The widths of what is drawn as text, in columns of a terminal.
const (
	nameWidth   = 36
	figureWidth = 14
	mostFigures = 8 // columns of figures in one drawing; the others follow below
)

// Text draws the sheets as they were understood. Errors are those of w.
func (r *Reading) Text(w io.Writer) error {
	out := &drawing{w: w}
	f := &r.File
	out.line("%s (%s): %d ô, %d dùng, %d bỏ qua có lý do", f.File, f.Format, f.Counts.Cells, f.Counts.Used, f.Counts.Excluded)
	for i := range f.Sheets {
		out.sheet(&f.Sheets[i], &r.sheets[i])
	}
	if len(f.Findings) > 0 {
		out.line("\nPhát hiện (findings): %d", len(f.Findings))
	}
	for _, x := range f.Findings {
		out.line("  %s %s: %s", x.Code, x.PlaceVI(), x.VI())
	}
	return out.err
}

// drawing writes lines until one cannot be written.
type drawing struct {
	w   io.Writer
	err error
}

func (d *drawing) line(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintln(d.w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

func (d *drawing) sheet(s *Sheet, r *read) {
	state := ""
	if s.State != "visible" {
		state = ", trang ẩn"
	}
	d.line("\n# %s (%d ô%s)", s.Name, len(r.sheet.Cells), state)
	for i := range s.Tables {
		d.table(i+1, &s.Tables[i], r.found.Tables[i], r)
	}
	if len(s.Excluded) > 0 {
		d.line("  Bỏ qua:")
	}
	for _, x := range gathered(s.Excluded) {
		d.line("    %-44s %s", clip(x.Range, 44), reasonsVI[x.Reason])
	}
}

// gathered puts the ranges of one reason after another into one line.
func gathered(list []Exclusion) []Exclusion {
	var out []Exclusion
	for _, x := range list {
		if n := len(out); n > 0 && out[n-1].Reason == x.Reason {
			out[n-1].Range += " " + x.Range
			continue
		}
		out = append(out, x)
	}
	return out
}

func (d *drawing) table(n int, t *Table, found *table.Table, r *read) {
	unit := "không ghi"
	if t.Unit != nil {
		unit = *t.Unit + " (ô " + *t.UnitCell + ")"
	}
	d.line("  Bảng %d: %s · tiêu đề dòng %s · số liệu dòng %d–%d · đơn vị tính: %s", n, t.Range, runs(t.HeaderRows, itoa), t.FirstRow, t.LastRow, unit)
	for _, c := range t.Columns {
		more := ""
		if len(c.SumOf) > 0 {
			more = " = tổng " + strings.Join(c.SumOf, " + ")
		}
		if c.Unit != nil {
			more += " [" + *c.Unit + "]"
		}
		d.line("    %-3s %s %s%s", c.Column, pad(columnVI[c.Role], 11), strings.Join(c.Path, " › "), more)
	}
	var values []int
	for _, c := range found.Cols {
		if c.Role == table.ColValue {
			values = append(values, c.Col)
		}
	}
	for first := true; first || len(values) > 0; first = false {
		few := values[:min(len(values), mostFigures)]
		values = values[len(few):]
		d.rows(t, few, r)
	}
}

// rows draws the rows of a table with some of its columns of figures.
func (d *drawing) rows(t *Table, cols []int, r *read) {
	head := pad("dòng", 6) + pad("là", 9) + pad("tên", nameWidth)
	for _, col := range cols {
		head += padLeft(xlsx.ColName(col), figureWidth)
	}
	d.line("    %s", head)
	for _, row := range t.Rows {
		name := ""
		if row.Level != nil {
			name = strings.Repeat("  ", *row.Level-1)
		}
		if row.Number != nil && (row.Name == nil || !strings.HasPrefix(*row.Name, *row.Number)) {
			name += *row.Number + " "
		}
		if row.Name != nil {
			name += *row.Name
		}
		if row.Place != nil {
			name += " {" + *row.Place + "}"
		}
		line := pad(itoa(row.Row), 6) + pad(rowVI[row.Role], 9) + pad(name, nameWidth)
		for _, col := range cols {
			text := ""
			if c := r.sheet.At(row.Row, col); c != nil {
				text = shown(c)
			}
			line += padLeft(text, figureWidth)
		}
		if len(row.SumOf) > 0 {
			line += "  = Σ " + runs(row.SumOf, itoa)
		}
		d.line("    %s", line)
	}
}

// shown is a cell as a person sees it: a number in Vietnamese digits, without those
// that only a binary fraction has.
func shown(c *sheet.Cell) string {
	if c.Type != xlsx.Number {
		return c.Text
	}
	d, _, err := decimal.FromStored(c.Text)
	if err != nil {
		return c.Text
	}
	if hundred, err := d.Shift(2); c.Percent && err == nil {
		return decimal.FormatVI(hundred, hundred.Scale()) + "%"
	}
	return decimal.FormatVI(d, d.Scale())
}

func itoa(n int) string { return fmt.Sprint(n) }

// clip cuts a text to some columns of a terminal.
func clip(s string, columns int) string {
	if columnsOf(s) <= columns {
		return s
	}
	out := []rune(s)
	for len(out) > 0 && columnsOf(string(out)) > columns-1 {
		out = out[:len(out)-1]
	}
	return string(out) + "…"
}

// pad writes a text into some columns, a blank at the end.
func pad(s string, columns int) string {
	s = clip(oneLine(s), columns-1)
	return s + strings.Repeat(" ", max(columns-columnsOf(s), 0))
}

// padLeft writes a text at the end of some columns, a blank before it.
func padLeft(s string, columns int) string {
	s = clip(oneLine(s), columns-1)
	return strings.Repeat(" ", max(columns-columnsOf(s), 0)) + s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// columnsOf counts the columns that a text takes in a terminal.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
