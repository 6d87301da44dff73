package export

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
)

// Notice is a correction notice (đính chính): which figures of a request are others than
// they were at a moment, by whose deeds, when and why.
type Notice struct {
	Changes    *report.Changes
	Request    *report.Request
	Definition *report.Definition
	Register   *report.Register
}

// Name says what the file of a notice should be called.
func (n *Notice) Name() string {
	return "dinh-chinh_" + n.Request.Code + "_" + calendar.DateOf(n.Changes.To, nil).String() + ".xlsx"
}

// The columns of a notice.
var noticeColumns = []column{
	{"TT", 5}, {"Chỉ tiêu", 32}, {"Đơn vị tính", 11}, {"Đơn vị báo cáo", 22}, {"Địa bàn", 16},
	{"Số đã công bố", 14}, {"Số đính chính", 14}, {"Tăng, giảm", 12}, {"Ai, khi nào, vì sao", 44},
}

// The rows above the table of a notice.
const (
	noticeTitle = 5
	noticeHead  = 8
)

// noticeMiddle is the last column of the left half of the heading and the signatures.
const noticeMiddle = 4

// Bytes writes a notice as a workbook of one sheet, dated by the later moment: totals
// first, then the figures they are made of. The same changes give the same bytes (law 6).
func (n *Notice) Bytes() ([]byte, error) {
	c := n.Changes
	if c.To.IsZero() {
		return nil, fmt.Errorf("notice of %s: %w", c.Request, ErrNoMoment)
	}
	book := xlsx.NewBook(xlsx.Props{Title: "Đính chính: " + n.Request.Title.VI, Creator: n.Request.Issuer.Name, Company: n.Request.Issuer.Superior, Description: n.span(), Created: c.To})
	w := book.Sheet("Đính chính")
	n.head(w)
	row := noticeHead + 1
	for i, part := range []struct {
		name  string
		cells []report.Changed
	}{{"Số tổng hợp", c.Totals}, {"Số liệu của từng đơn vị", c.Cells}} {
		if len(part.cells) == 0 {
			continue
		}
		across(w, row, 1, len(noticeColumns), []string{"I", "II"}[i]+". "+part.name, groupStyle)
		row++
		for k := range part.cells {
			n.line(w, row, k+1, &part.cells[k])
			row++
		}
	}
	if len(c.Totals)+len(c.Cells) == 0 {
		across(w, row, 1, len(noticeColumns), "Không có số liệu nào thay đổi.", midStyle)
		row++
	}
	signs := paper{s: &report.Summary{Request: n.Request}}
	signs.signatures(w, row+2, noticeMiddle, len(noticeColumns))
	out, err := book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("notice of %s: %w", c.Request, err)
	}
	return out, nil
}

// span says between which moments.
func (n *Notice) span() string {
	text := "Thay đổi từ " + moment(n.Changes.From) + " đến " + moment(n.Changes.To)
	if n.Changes.Official {
		text += "; chỉ tính số liệu đã duyệt"
	}
	return text
}

// head writes all that stands above the lines.
func (n *Notice) head(w *xlsx.Worksheet) {
	const middle = noticeMiddle
	last := len(noticeColumns)
	centred := xlsx.Style{Size: 12, H: xlsx.Center, V: xlsx.Middle, Wrap: true}
	across(w, 1, 1, middle, upper(n.Request.Issuer.Superior), centred)
	across(w, 2, 1, middle, upper(n.Request.Issuer.Name), bold(centred))
	across(w, 1, middle+1, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold(centred))
	across(w, 2, middle+1, last, "Độc lập - Tự do - Hạnh phúc", bold(centred))
	w.Row(2, xlsx.Row{Height: 2 * lineHeight})
	across(w, noticeTitle, 1, last, "ĐÍNH CHÍNH SỐ LIỆU", titleStyle)
	across(w, noticeTitle+1, 1, last, n.Request.Title.VI, captionStyle)
	across(w, noticeTitle+2, 1, last, n.span(), captionStyle)
	for row := noticeTitle; row < noticeHead; row++ {
		w.Row(row, xlsx.Row{Height: 21})
	}
	for i, c := range noticeColumns {
		w.Columns(i+1, i+1, xlsx.Column{Width: c.width})
		w.Text(noticeHead, i+1, c.name, headStyle)
	}
	w.Row(noticeHead, xlsx.Row{Height: 2 * lineHeight})
	w.View.FreezeRows = noticeHead
	w.Print = xlsx.Print{Landscape: true, FitWidth: true, PageNumber: true, RepeatTop: noticeHead, RepeatBottom: noticeHead, Footer: n.span()}
}

// line writes a figure that changed.
func (n *Notice) line(w *xlsx.Worksheet, row, number int, c *report.Changed) {
	ind := &report.Indicator{Code: c.Indicator} // of an earlier version of the definition
	if n.Definition != nil && n.Definition.Indicator(c.Indicator) != nil {
		ind = n.Definition.Indicator(c.Indicator)
	}
	agency, place := "Tất cả", "Tất cả"
	if c.Agency != nil {
		agency, place = n.Register.AgencyName(*c.Agency), n.Register.PlaceName(*c.Place)
	}
	why := n.why(c)
	name := strings.TrimSpace(ind.Code + " " + ind.Name.VI)
	w.Text(row, 1, strconv.Itoa(number), midStyle)
	w.Text(row, 2, name, textStyle)
	w.Text(row, 3, ind.Unit, midStyle)
	w.Text(row, 4, agency, textStyle)
	w.Text(row, 5, place, textStyle)
	noticeFigure(w, row, 6, ind, c.Old, c.OldMark)
	noticeFigure(w, row, 7, ind, c.New, c.NewMark)
	noticeChange(w, row, 8, ind, c)
	w.Text(row, 9, why, textStyle)
	height := lineHeight
	for i, text := range []string{name, ind.Unit, agency, place} {
		height = max(height, fit(text, noticeColumns[i+1].width, textStyle))
	}
	w.Row(row, xlsx.Row{Height: max(height, fit(why, noticeColumns[8].width, textStyle))})
}

// why says by whose deeds a figure changed, one a line.
func (n *Notice) why(c *report.Changed) string {
	var lines []string
	seen := map[int]bool{}
	for _, s := range c.Steps {
		for _, k := range s.Deeds {
			if seen[k] {
				continue
			}
			seen[k] = true
			d := &n.Changes.Deeds[k]
			who := cmp.Or(d.Actor.Name, d.Actor.Role.Words().VI)
			if d.Agency != "" && c.Agency == nil {
				who += " (" + n.Register.AgencyName(d.Agency) + ")"
			}
			lines = append(lines, moment(d.At)+", "+who+" "+d.Words().VI)
		}
	}
	return strings.Join(lines, "\n")
}

// noticeFigure writes a figure, or why there is none.
func noticeFigure(w *xlsx.Worksheet, row, col int, ind *report.Indicator, value *string, mark report.Mark) {
	cell := report.Cell{Mark: mark}
	if value != nil && ind.IsNumber() {
		if d, err := decimal.Parse(*value); err == nil {
			cell.Value = report.NumberOf(d)
		}
	}
	switch {
	case written(cell.Value):
		w.Number(row, col, cell.Value.Num.String(), numberStyle(ind.Scale, false, false))
	case cell.Value.Kind == report.Number:
		w.Text(row, col, shownNumber(cell.Value, ind.Scale), midStyle)
	case value != nil && ind.Type == report.TypeBool:
		w.Text(row, col, yesNo(*value == "true"), midStyle)
	case value != nil:
		w.Text(row, col, *value, textStyle)
	case mark == report.MarkMissing:
		w.Text(row, col, "chưa có", midStyle)
	default:
		w.Text(row, col, markWord(cell), midStyle)
	}
}

// noticeChange writes by how much a number is larger or smaller; nothing of what is none.
func noticeChange(w *xlsx.Worksheet, row, col int, ind *report.Indicator, c *report.Changed) {
	w.Blank(row, col, textStyle)
	if c.Old == nil || c.New == nil || !ind.IsNumber() {
		return
	}
	old, errOld := decimal.Parse(*c.Old)
	now, errNew := decimal.Parse(*c.New)
	if errOld != nil || errNew != nil {
		return
	}
	if d, err := now.Sub(old); err == nil {
		v := report.NumberOf(d)
		if !written(v) {
			w.Text(row, col, shownNumber(v, ind.Scale), midStyle)
			return
		}
		st := numberStyle(ind.Scale, false, false)
		st.NumFmt = "+" + numberFormat(ind.Scale) + ";-" + numberFormat(ind.Scale)
		w.Number(row, col, d.String(), st)
	}
}
