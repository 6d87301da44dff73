package export

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
	"tonghop/report/fault"
	papers "tonghop/report/paper"
)

// Collated writes the sums of papers that no definition describes: for each form
// a sheet with the totals, one by file and one by body, one by place where rows
// are about places, and the sources, to which every total leads; last the
// findings. made is when, for the properties of the file. Same sums, same bytes.
func Collated(w io.Writer, sums []papers.Sum, found fault.List, made time.Time) error {
	b := xlsx.NewBook(xlsx.Props{Title: "Bảng tổng hợp", Creator: "tonghop", Created: made, Custom: map[string]string{CollatedMark: "1"}})
	for i := range sums {
		c := collated{book: b, Sum: &sums[i], tail: sheetTail(i)}
		c.write()
	}
	writeFindings(b, found)
	_, err := b.WriteTo(w)
	return err
}

// CollatedMark is the property by which a workbook of totals is known again, so
// that it is not added up with what it was added up from.
const CollatedMark = "tonghop.collated"

// sheetTail tells the sheets of one form from those of another.
func sheetTail(i int) string {
	if i == 0 {
		return ""
	}
	return " (" + strconv.Itoa(i+1) + ")"
}

// collated writes the sheets of one form.
type collated struct {
	*papers.Sum
	book    *xlsx.Book
	tail    string
	sourced []int // first row of the sources of each total
}

// The columns before the figures of a sheet of totals.
const (
	collatedNumber = 1
	collatedCode   = 2
	collatedName   = 3
	collatedLeft   = 4 // first column of figures
)

func (c *collated) write() {
	c.locate()
	c.writeTotals()
	c.writeEach("Theo tệp", "TỔNG HỢP THEO TỆP", "Tệp", c.Files)
	c.writeEach("Theo đơn vị", "TỔNG HỢP THEO ĐƠN VỊ", "Đơn vị", c.Agencies)
	c.writePlaces()
	c.writeSources()
}

// sourcesFirst is the first row with a source.
const sourcesFirst = 4

// locate finds where the sources of each total will stand.
func (c *collated) locate() {
	row := sourcesFirst
	c.sourced = make([]int, len(c.Totals))
	for i := range c.Totals {
		c.sourced[i] = row
		row += len(c.Totals[i].Sources)
	}
}

func (c *collated) writeTotals() {
	w := c.book.Sheet("Tổng hợp" + c.tail)
	heard := collatedLeft + len(c.Columns)
	last := heard
	across(w, 1, 1, max(last, 6), "BẢNG TỔNG HỢP TỪ "+strconv.Itoa(len(c.Tables))+" BÁO CÁO", titleStyle)
	across(w, 2, 1, max(last, 6), c.titled("Cộng từng ô của các báo cáo cùng biểu. Bấm vào số để xem được cộng từ những ô nào."), captionStyle)
	c.unitLine(w, 3, last)
	const head = 4
	top := c.heading(w, head, "")
	c.headCell(w, xlsx.Rect(head, heard, top-2, heard), "Số báo cáo có số liệu")
	w.Text(top-1, heard, "n/N", indexStyle)
	w.Columns(heard, heard, xlsx.Column{Width: 12})
	for i := range c.Rows {
		c.rowHead(w, top+i, &c.Rows[i])
		for k := range c.Columns {
			c.totalCell(w, top+i, i, k)
		}
		w.Text(top+i, heard, c.heardIn(i), midStyle)
	}
	c.finishSheet(w, extent{head, top, top + len(c.Rows) - 1, collatedLeft - 1, last})
}

// titled gives words with what stands over the tables in front.
func (c *collated) titled(words string) string {
	if c.Title == "" {
		return words
	}
	return c.Title + ". " + words
}

// unitLine writes the unit of all figures over them, where they have one.
func (c *collated) unitLine(w *xlsx.Worksheet, row, last int) {
	if c.Unit != "" {
		across(w, row, 1, max(last, 6), "Đơn vị tính: "+c.Unit, xlsx.Style{Size: 12, Italic: true, H: xlsx.Right})
	}
}

// heardIn says how many of how many reports stand behind the totals of a row: "2/3",
// or from the fewest to the most where that differs from column to column.
func (c *collated) heardIn(row int) string {
	fewest, most := 0, 0
	for k := range c.Columns {
		t, ok := c.At(row, k)
		if !ok {
			continue
		}
		n := t.Heard()
		if most == 0 {
			fewest = n
		}
		fewest, most = min(fewest, n), max(most, n)
	}
	switch of := "/" + strconv.Itoa(len(c.Tables)); {
	case most == 0:
		return ""
	case fewest == most:
		return strconv.Itoa(most) + of
	default:
		return strconv.Itoa(fewest) + "–" + strconv.Itoa(most) + of
	}
}

func (c *collated) totalCell(w *xlsx.Worksheet, row, i, k int) {
	at, ok := c.Find(i, k)
	if !ok {
		w.Blank(row, collatedLeft+k, textStyle)
		return
	}
	t := &c.Totals[at]
	w.Number(row, collatedLeft+k, t.Value.String(), figureStyle(t.Value, c.Rows[i].Total))
	if at < xlsx.MaxLinks {
		w.Lead(row, collatedLeft+k, "'Nguồn"+c.tail+"'!"+xlsx.Ref(c.sourced[at], 1))
	}
}

// figureStyle shows a figure with the decimals that it has.
func figureStyle(d decimal.Decimal, strong bool) xlsx.Style {
	format := "#,##0"
	if n := d.Scale(); n > 0 {
		format += "." + strings.Repeat("0", n)
	}
	return xlsx.Style{Size: tableSize, Bold: strong, H: xlsx.Right, V: xlsx.Middle, Border: xlsx.Box, NumFmt: format}
}

// heading writes the head of a table of figures from a row on: the words over the
// columns, those over several merged. It gives the row after it. first names one
// more column before the others, "" for none.
func (c *collated) heading(w *xlsx.Worksheet, row int, first string) int {
	depth := 1
	paths := make([][]string, len(c.Columns))
	for i := range c.Columns {
		paths[i] = c.Columns[i].Head()
		depth = max(depth, len(paths[i]))
	}
	left := 0
	if first != "" {
		left = 1
		c.headCell(w, xlsx.Rect(row, 1, row+depth-1, 1), first)
	}
	for i, name := range []string{"STT", "Mã", "Nội dung"} {
		c.headCell(w, xlsx.Rect(row, left+i+1, row+depth-1, left+i+1), name)
	}
	from := left + collatedLeft
	for i := range c.Columns {
		path := paths[i]
		for level := range path {
			if i > 0 && samePath(path, paths[i-1], level) {
				continue // within the merged words of the column before
			}
			to := i
			for to+1 < len(c.Columns) && level < len(path)-1 && samePath(path, paths[to+1], level) {
				to++
			}
			bottom := row + level
			if level == len(path)-1 {
				bottom = row + depth - 1
			}
			c.headCell(w, xlsx.Rect(row+level, from+i, bottom, from+to), path[level])
		}
		if len(path) == 0 {
			c.headCell(w, xlsx.Rect(row, from+i, row+depth-1, from+i), papers.WithUnit(c.Columns[i].Code, c.Columns[i].Unit.Words))
		}
	}
	for r := row; r < row+depth; r++ {
		w.Row(r, xlsx.Row{Height: 34})
	}
	for i := range c.Columns {
		text := c.Columns[i].Code
		if text == "" {
			text = "(" + strconv.Itoa(i+1) + ")"
		}
		w.Text(row+depth, from+i, text, indexStyle)
	}
	for i := 1; i < from; i++ {
		w.Text(row+depth, i, string(rune('A'+i-1)), indexStyle)
	}
	w.Columns(left+collatedNumber, left+collatedNumber, xlsx.Column{Width: 6})
	w.Columns(left+collatedCode, left+collatedCode, xlsx.Column{Width: 11})
	w.Columns(left+collatedName, left+collatedName, xlsx.Column{Width: 46})
	if len(c.Columns) > 0 {
		w.Columns(from, from+len(c.Columns)-1, xlsx.Column{Width: 17})
	}
	if left > 0 {
		w.Columns(1, 1, xlsx.Column{Width: 30})
	}
	return row + depth + 1
}

// samePath reports whether two columns have the same words down to a level, and
// both have more below it: the last words of a column are its own.
func samePath(a, b []string, level int) bool {
	return level < len(a)-1 && level < len(b)-1 && slices.Equal(a[:level+1], b[:level+1])
}

func (c *collated) headCell(w *xlsx.Worksheet, area xlsx.Range, text string) {
	w.Paint(area, headStyle)
	w.Text(area.FirstRow, area.FirstCol, text, headStyle)
	if area.FirstRow != area.LastRow || area.FirstCol != area.LastCol {
		w.Merge(area)
	}
}

// rowHead writes what a row is about, from a column on.
func (c *collated) rowHead(w *xlsx.Worksheet, row int, r *papers.Row) { c.rowHeadFrom(w, row, 0, r) }

func (c *collated) rowHeadFrom(w *xlsx.Worksheet, row, left int, r *papers.Row) {
	name := textStyle
	name.Bold, name.Indent = r.Total, max(r.Level-1, 0)
	w.Text(row, left+collatedNumber, r.Number, midStyle)
	w.Text(row, left+collatedCode, r.Code, midStyle)
	w.Text(row, left+collatedName, r.Label(), name)
}

// shareHead is the row from which on the head stands of a sheet of shares.
const shareHead = 3

// writeEach writes the figures of each file, or of each body, in rows of their own.
func (c *collated) writeEach(sheet, title, head string, shares []papers.Share) {
	w := c.book.Sheet(sheet + c.tail)
	across(w, 1, 1, max(collatedLeft+len(c.Columns), 6), title, titleStyle)
	c.unitLine(w, shareHead-1, collatedLeft+len(c.Columns))
	top := c.heading(w, shareHead, head)
	row := top
	for i := range shares {
		s := &shares[i]
		for rest := s.Figures; len(rest) > 0; row++ {
			n := 1
			for n < len(rest) && rest[n].Row == rest[0].Row {
				n++
			}
			w.Text(row, 1, s.Name, textStyle)
			r := &c.Rows[rest[0].Row]
			c.rowHeadFrom(w, row, 1, r)
			c.parts(w, row, 1+collatedLeft, rest[:n], r.Total)
			rest = rest[n:]
		}
	}
	c.finishSheet(w, extent{shareHead, top, row - 1, collatedLeft, collatedLeft + len(c.Columns)})
}

// parts writes the figures of one row from a column on, and blanks between them.
func (c *collated) parts(w *xlsx.Worksheet, row, left int, figures []papers.Part, strong bool) {
	for k := range c.Columns {
		if len(figures) == 0 || figures[0].Column != k {
			w.Blank(row, left+k, textStyle)
			continue
		}
		v := figures[0].Value
		w.Number(row, left+k, v.String(), figureStyle(v, strong))
		figures = figures[1:]
	}
}

// writePlaces writes a row for each place that rows are about.
func (c *collated) writePlaces() {
	if len(c.Places) == 0 {
		return
	}
	w := c.book.Sheet("Theo địa bàn" + c.tail)
	last := collatedLeft + len(c.Columns) - 1
	across(w, 1, 1, max(last, 6), "TỔNG HỢP THEO ĐỊA BÀN", titleStyle)
	c.unitLine(w, shareHead-1, last)
	top := c.heading(w, shareHead, "")
	for n := range c.Places {
		p := &c.Places[n]
		c.rowHead(w, top+n, &papers.Row{Number: strconv.Itoa(n + 1), Code: p.Code, Name: p.Name})
		c.parts(w, top+n, collatedLeft, p.Figures, false)
	}
	c.finishSheet(w, extent{shareHead, top, top + len(c.Places) - 1, collatedLeft - 1, last})
}

// sourceColumns is how many columns the sheet of sources has.
const sourceColumns = 7

// writeSources writes every figure that was added, total by total.
func (c *collated) writeSources() {
	w := c.book.Sheet("Nguồn" + c.tail)
	across(w, 1, 1, sourceColumns, "NGUỒN CỦA TỪNG SỐ", titleStyle)
	for i, h := range []struct {
		text  string
		width float64
	}{{"Dòng", 40}, {"Cột", 40}, {"Số liệu", 18}, {"Tệp", 40}, {"Trang tính", 20}, {"Ô", 9}, {"Số báo cáo", 12}} {
		w.Text(sourcesFirst-1, i+1, h.text, headStyle)
		w.Columns(i+1, i+1, xlsx.Column{Width: h.width})
	}
	row := sourcesFirst
	for i := range c.Totals {
		t := &c.Totals[i]
		name := c.Rows[t.Row].Label()
		if name == "" {
			name = c.Rows[t.Row].Code
		}
		column := strings.Join(c.Columns[t.Column].Head(), " / ")
		heard := strconv.Itoa(t.Heard()) + "/" + strconv.Itoa(len(c.Tables))
		for _, src := range t.Sources {
			table := c.Tables[src.Table]
			w.Text(row, 1, name, keyStyle)
			w.Text(row, 2, column, keyStyle)
			w.Number(row, 3, src.Value.String(), figureStyle(src.Value, false))
			w.Text(row, 4, table.File, keyStyle)
			w.Text(row, 5, table.Sheet, keyStyle)
			w.Text(row, 6, src.Cell, keyStyle)
			w.Text(row, sourceColumns, heard, keyStyle)
			row++
		}
	}
	w.View.FreezeRows = sourcesFirst - 1
	if row > sourcesFirst {
		w.View.Filter = xlsx.Rect(sourcesFirst-1, 1, row-1, sourceColumns)
	}
	w.Print.Landscape, w.Print.FitWidth = true, true
	w.Print.RepeatTop, w.Print.RepeatBottom = sourcesFirst-1, sourcesFirst-1
}

// extent is where a table stands on its sheet: the first rows of head and body, the
// last of the body, the last column that says what a row is, and the last of all.
type extent struct{ head, top, last, names, right int }

// finishSheet freezes the head and the columns that say what the rows are, and
// prints the head on every page.
func (c *collated) finishSheet(w *xlsx.Worksheet, e extent) {
	w.View.FreezeRows, w.View.FreezeCols = e.top-1, e.names
	w.Print.Landscape, w.Print.FitWidth = true, true
	w.Print.RepeatTop, w.Print.RepeatBottom = e.head, e.top-1
	w.Print.PageNumber = true
	if e.last >= e.top {
		w.Print.Area = xlsx.Rect(1, 1, e.last, max(e.right, 6))
	}
}

// writeFindings lists what was found in the files.
func writeFindings(b *xlsx.Book, found fault.List) {
	w := b.Sheet("Phát hiện")
	across(w, 1, 1, 5, "PHÁT HIỆN KHI ĐỌC VÀ CỘNG", titleStyle)
	for i, h := range []struct {
		text  string
		width float64
	}{{"Mức", 16}, {"Mã", 8}, {"Ở đâu", 40}, {"Phát hiện", 70}, {"Cách xử lý", 50}} {
		w.Text(3, i+1, h.text, headStyle)
		w.Columns(i+1, i+1, xlsx.Column{Width: h.width})
	}
	row := 4
	for _, f := range found {
		for i, text := range []string{f.Severity.VI(), string(f.Code), f.PlaceVI(), f.VI(), f.FixVI()} {
			w.Text(row, i+1, text, textStyle)
		}
		row++
	}
	if len(found) == 0 {
		across(w, row, 1, 5, "Không có phát hiện nào.", textStyle)
	}
	w.View.FreezeRows = 3
	w.Print.Landscape, w.Print.FitWidth = true, true
}
