package paper

import (
	"fmt"
	"strings"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
)

// The looks of tables that offices draw themselves.
var (
	middle = xlsx.Style{Size: 12, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	strong = xlsx.Style{Size: 12, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	title  = xlsx.Style{Size: 14, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	slant  = xlsx.Style{Size: 12, Italic: true, H: xlsx.Center}
	head   = xlsx.Style{Size: 11, Bold: true, H: xlsx.Center, V: xlsx.Middle, Wrap: true, Border: xlsx.Box}
	count  = xlsx.Style{Size: 11, H: xlsx.Center, V: xlsx.Middle, Border: xlsx.Box}
	name   = xlsx.Style{Size: 11, V: xlsx.Middle, Wrap: true, Border: xlsx.Box}
	figure = xlsx.Style{Size: 11, V: xlsx.Middle, H: xlsx.Right, Border: xlsx.Box}
	total  = xlsx.Style{Size: 11, V: xlsx.Middle, H: xlsx.Right, Border: xlsx.Box, Bold: true}
	words  = xlsx.Style{Size: 11, V: xlsx.Top, Wrap: true, Border: xlsx.Box}
)

// newBook starts a workbook as an agency's own Excel would have made it.
func newBook(agency, subject string, made time.Time) *xlsx.Book {
	return xlsx.NewBook(xlsx.Props{Title: subject, Creator: agency, Created: made})
}

// letterhead writes the two-column heading of an office's paper, over columns
// 1 to last, and gives the row after it.
func letterhead(s *xlsx.Worksheet, last int, above, body, number, place string) int {
	half := last / 2
	line := func(row int, left string, ls xlsx.Style, right string, rs xlsx.Style) {
		s.Text(row, 1, left, ls)
		s.Merge(xlsx.Rect(row, 1, row, half))
		s.Text(row, half+1, right, rs)
		s.Merge(xlsx.Rect(row, half+1, row, last))
	}
	line(1, above, middle, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", strong)
	line(2, body, strong, "Độc lập - Tự do - Hạnh phúc", strong)
	line(3, number, middle, place, slant)
	return 5
}

// heading writes a line of the title over all columns.
func heading(s *xlsx.Worksheet, row, last int, text string, st xlsx.Style) {
	s.Text(row, 1, text, st)
	s.Merge(xlsx.Rect(row, 1, row, last))
}

// typed writes a cell as it was typed.
func typed(s *xlsx.Worksheet, row, col int, cell string, st xlsx.Style) {
	text, isNumber := Typed(cell)
	switch {
	case text == "":
		s.Blank(row, col, st)
	case isNumber:
		s.Number(row, col, text, st)
	default:
		s.Text(row, col, text, st)
	}
}

// vietnamese writes a cell as a text with a decimal comma, as happens to figures
// that were pasted from a document.
func vietnamese(s *xlsx.Worksheet, row, col int, cell string, st xlsx.Style) {
	text, isNumber := Typed(cell)
	if !isNumber || !strings.Contains(text, ".") {
		typed(s, row, col, cell, st)
		return
	}
	s.Text(row, col, strings.Replace(text, ".", ",", 1), st)
}

// add adds up what was typed in an indicator's row at some places; "" when
// nothing there is a number.
func (t *Table) add(indicator string, places []string) string {
	var sum decimal.Sum
	found := false
	for _, p := range places {
		if d, err := decimal.Parse(t.At(indicator, p)); err == nil {
			sum.Add(d)
			found = true
		}
	}
	if !found {
		return ""
	}
	d, err := sum.Value()
	if err != nil {
		panic(fmt.Sprintf("total of %s: %v", indicator, err)) // no example comes near the limit
	}
	return d.String()
}

// signature writes place and date, and who signs, under a table.
func signature(s *xlsx.Worksheet, row, last int, date, rank string) {
	right := last - last/3
	put := func(row int, text string, st xlsx.Style) {
		s.Text(row, right, text, st)
		s.Merge(xlsx.Rect(row, right, row, last))
	}
	put(row, date, slant)
	s.Text(row+1, 1, "NGƯỜI LẬP BIỂU", strong)
	s.Merge(xlsx.Rect(row+1, 1, row+1, 3))
	put(row+1, rank, strong)
	s.Row(row+1, xlsx.Row{Height: 34}) // who signs for whom takes two lines
	put(row+2, "(Ký tên, đóng dấu)", slant)
}
