package export

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// The columns of the list. The first three are hidden and say for our own reader
// what each row is about; the first row is hidden as well.
const (
	atNumber = iota + xlsx.ListCell + 1
	atSeverity
	atSheet
	atCell
	atRow
	atValue
	atWords
	atAnswer
)

// listWidths are those of the columns seen, in digits.
var listWidths = map[int]float64{
	atNumber: 5, atSeverity: 10.5, atSheet: 15, atCell: 8, atRow: 26, atValue: 17, atWords: 62, atAnswer: 36,
}

// The styles of the list.
var (
	listTitle   = xlsx.Style{Size: 14, Bold: true, V: xlsx.Middle, Color: warnColor}
	listGuide   = xlsx.Style{Size: tableSize, V: xlsx.Top, Wrap: true}
	listBad     = xlsx.Style{Size: tableSize, Bold: true, H: xlsx.Center, V: xlsx.Top, Wrap: true, Border: xlsx.Box, Fill: badFill}
	listDoubt   = xlsx.Style{Size: tableSize, Bold: true, H: xlsx.Center, V: xlsx.Top, Wrap: true, Border: xlsx.Box, Fill: doubtFill}
	listCentre  = xlsx.Style{Size: tableSize, H: xlsx.Center, V: xlsx.Top, Wrap: true, Border: xlsx.Box}
	listText    = xlsx.Style{Size: tableSize, V: xlsx.Top, Wrap: true, Border: xlsx.Box}
	listLink    = xlsx.Style{Size: tableSize, Underline: true, Color: "0563C1", H: xlsx.Center, V: xlsx.Top, Wrap: true, Border: xlsx.Box}
	listInput   = xlsx.Style{Size: tableSize, V: xlsx.Top, Wrap: true, Border: xlsx.Box, Fill: "FFFFE5", Unlocked: true}
	listNoInput = xlsx.Style{Size: tableSize, V: xlsx.Top, Wrap: true, Border: xlsx.Box, Fill: groupFill}
)

// listStyles are all of them, in the order in which they are entered into every
// workbook: one that is marked again has them already.
var listStyles = []xlsx.Style{listTitle, listGuide, listBad, listDoubt, headStyle, listCentre, listText, listLink, listInput, listNoInput}

// draw writes the list. why is given where it is a workbook of its own.
func (l *list) draw(why *report.Text) *xlsx.Book {
	created := l.At
	if why == nil { // it goes into a workbook that has a day of its own
		created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	book := xlsx.NewBook(xlsx.Props{Title: listName, Creator: "tonghop", Created: created})
	l.Name = writable(l.Name)
	s := book.Sheet(listName)
	for _, st := range listStyles {
		s.Blank(1, atNumber, st)
	}
	s.Blank(1, atNumber, xlsx.Style{})
	s.Text(1, 1, xlsx.ListMark, xlsx.Style{})
	s.Text(1, atAnswer, xlsx.AnswerMark, xlsx.Style{})
	s.Row(1, xlsx.Row{Hidden: true})
	s.Columns(1, xlsx.ListCell, xlsx.Column{Hidden: true})
	for col := atNumber; col <= atAnswer; col++ {
		s.Columns(col, col, xlsx.Column{Width: listWidths[col]})
	}
	head := l.drawTop(s, why)
	for i := range l.rows {
		l.drawRow(s, head+1+i, i, why != nil)
	}
	l.restrict(s, head+1)
	s.Protect = true
	s.View = xlsx.View{FreezeRows: head, HideGrid: true, TabColor: warnColor}
	s.Print = xlsx.Print{
		Landscape: true, FitWidth: true, RepeatTop: head, Margins: xlsx.Margins{Top: 15, Bottom: 15, Left: 12, Right: 12},
		Footer: listName,
	}
	return book
}

// drawTop writes what stands above the rows and gives the row of their headings.
func (l *list) drawTop(s *xlsx.Worksheet, why *report.Text) int {
	row := 2
	line := func(text string, st xlsx.Style) {
		s.Merge(xlsx.Rect(row, atNumber, row, atAnswer))
		s.Text(row, atNumber, text, st)
		s.Row(row, xlsx.Row{Height: fit(text, l.width(), st)})
		row++
	}
	line(listName+": "+l.counts(), listTitle)
	if l.Heading != "" {
		line(l.Heading, listGuide)
	}
	if why != nil {
		line(fmt.Sprintf("Danh sách này là tệp riêng, không đánh dấu vào tệp của đơn vị, vì %s. (The agency's file was left as it is: %s.)", why.VI, why.EN), listGuide)
	}
	line(l.guide(why != nil), listGuide)
	s.Text(row, atNumber, "", listBad)
	s.Merge(xlsx.Rect(row, atSeverity, row, atSheet))
	s.Text(row, atSeverity, "phải sửa (must be mended)", listGuide)
	s.Text(row, atCell, "", listDoubt)
	s.Merge(xlsx.Rect(row, atRow, row, atValue))
	s.Text(row, atRow, "phải sửa hoặc giải trình (mend or explain)", listGuide)
	s.Row(row, xlsx.Row{Height: lineHeight})
	row++
	for i, title := range [...]string{"STT", "Mức", "Trang", "Ô", "Dòng", "Đang ghi", "Sai gì, sửa thế nào", "Giải trình"} {
		s.Text(row, atNumber+i, title, headStyle)
	}
	s.Row(row, xlsx.Row{Height: 24})
	return row
}

// width is that of all columns seen, in digits.
func (l *list) width() float64 {
	sum := 0.0
	for col := atNumber; col <= atAnswer; col++ {
		sum += listWidths[col]
	}
	return sum
}

// counts says how much there is to do.
func (l *list) counts() string {
	mend, explain := 0, 0
	for i := range l.rows {
		if l.rows[i].Severity == fault.Explain {
			explain++
		} else {
			mend++
		}
	}
	switch {
	case mend == 0 && explain == 0:
		return "không còn chỗ nào phải sửa"
	case explain == 0:
		return fmt.Sprintf("%d chỗ phải sửa", mend)
	case mend == 0:
		return fmt.Sprintf("%d chỗ cần giải trình", explain)
	}
	return fmt.Sprintf("%d chỗ phải sửa, %d chỗ cần giải trình", mend, explain)
}

// guide says what to do with the list.
func (l *list) guide(apart bool) string {
	switch {
	case len(l.rows) == 0:
		return "Tệp này nộp được. (Nothing has to be mended: the file can be submitted.)"
	case apart && l.Name != "":
		return fmt.Sprintf("Để tệp này cùng thư mục với tệp “%s” rồi bấm vào cột Ô để mở đúng chỗ. Sửa trong tệp của đơn vị, lưu lại rồi tải lên; chỗ cần giải trình thì ghi lý do trên trang kết quả. "+
			"(Keep this file beside the agency's own; the links in the column Ô lead into it. Mend that file and upload it; explanations are given on the page.)", clip(l.Name))
	case apart:
		return "Sửa các chỗ dưới đây trong biểu nhập rồi gửi lại; chỗ cần giải trình thì ghi lý do trên trang kết quả. (Mend these in the form and send it again; explanations are given on the page.)"
	}
	return "Bấm vào cột Ô để đến đúng chỗ và sửa ngay trong các trang của tệp này. Ở dòng màu vàng, nếu số đúng thì ghi lý do (ít nhất 10 ký tự) vào cột Giải trình. Lưu lại rồi tải lên cả tệp; không phải xoá trang này, màu hay ghi chú. " +
		"(Click a cell in the column Ô, mend it in this very file, or say why the figure is right in the last column; then save and upload the file as it is.)"
}

// drawRow writes one finding.
func (l *list) drawRow(s *xlsx.Worksheet, at, i int, apart bool) {
	r := &l.rows[i]
	s.Text(at, xlsx.ListCode, string(r.Code), xlsx.Style{})
	s.Text(at, xlsx.ListSheet, r.Sheet, xlsx.Style{})
	s.Text(at, xlsx.ListCell, r.Cell, xlsx.Style{})
	s.Number(at, atNumber, strconv.Itoa(i+1), listCentre)
	severity := listBad
	if r.Severity == fault.Explain {
		severity = listDoubt
	}
	s.Text(at, atSeverity, r.Severity.VI(), severity)
	sheet := r.Sheet
	if r.hidden {
		sheet += " (trang ẩn)"
	}
	s.Text(at, atSheet, sheet, listText)
	l.drawPlace(s, at, r, apart)
	s.Text(at, atRow, r.name, listText)
	s.Text(at, atValue, r.value, listText)
	words, small := r.words(), r.smallWords()
	s.Rich(at, atWords, append(words, xlsx.Piece{Text: "\n" + small, Size: smallSize, Color: dimColor}), listText)
	answer := listNoInput
	if r.Severity == fault.Explain && !apart {
		answer = listInput
	}
	s.Text(at, atAnswer, writable(r.answer), answer)
	s.Row(at, xlsx.Row{Height: max(
		xlsx.FitHeight(plain(words), listWidths[atWords], bold(listText))+xlsx.FitHeight(small, listWidths[atWords], xlsx.Style{Size: smallSize}), fit(r.name, listWidths[atRow], listText),
		fit(sheet, listWidths[atSheet], listText), fit(r.value, listWidths[atValue], listText), fit(r.answer, listWidths[atAnswer], listText),
	)})
}

// drawPlace writes the cell, as a link where there is something to show.
func (l *list) drawPlace(s *xlsx.Worksheet, at int, r *row, apart bool) {
	if !r.linked || at > xlsx.MaxLinks || apart && strings.ContainsAny(l.Name, `/\`) {
		s.Text(at, atCell, r.Cell, listCentre)
		return
	}
	s.Text(at, atCell, r.Cell, listLink)
	place := xlsx.PlaceOn(r.Sheet, r.area)
	if apart {
		s.LeadOut(at, atCell, l.Name, place)
		return
	}
	s.Lead(at, atCell, place)
}

// words say what is wrong and how to mend it.
func (r *row) words() []xlsx.Piece {
	out := []xlsx.Piece{{Text: writable(r.VI())}}
	if fix := r.FixVI(); fix != "" {
		out = append(out, xlsx.Piece{Text: "\n→ " + writable(fix), Bold: true})
	}
	if len(r.Related) > 0 {
		out = append(out, xlsx.Piece{Text: "\nXem thêm: " + clip(strings.Join(r.Related, ", "))})
	}
	return out
}

// smallSize is the size of type of what stands under the words, in points.
const smallSize = 9

// smallWords are the same in English, with the code for who helps.
func (r *row) smallWords() string {
	english := r.EN()
	if fix := r.FixEN(); fix != "" {
		english += " " + fix
	}
	return writable(english) + " [" + string(r.Code) + "]"
}

func plain(pieces []xlsx.Piece) string {
	var out strings.Builder
	for _, p := range pieces {
		out.WriteString(p.Text)
	}
	return out.String()
}

// restrict says at the cells for explanations what is asked there.
func (l *list) restrict(s *xlsx.Worksheet, first int) {
	const most = 2000
	rule := xlsx.Rule{
		Kind: xlsx.TextLength, Max: most, Warn: true,
		PromptTitle: "Giải trình", Prompt: "Nếu số đúng, ghi lý do (ít nhất 10 ký tự). Nếu sai, sửa số ở ô bên trái rồi để trống ô này.",
		ErrorTitle: "Quá dài", Error: fmt.Sprintf("Lý do không quá %d ký tự.", most),
	}
	for from := 0; from < len(l.rows); from++ {
		if l.rows[from].Severity != fault.Explain {
			continue
		}
		to := from
		for to+1 < len(l.rows) && l.rows[to+1].Severity == fault.Explain {
			to++
		}
		s.Restrict(xlsx.Rect(first+from, atAnswer, first+to, atAnswer), rule)
		from = to
	}
}
