package export

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"strings"
	"time"
	"unicode"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

// Marking is a workbook as an agency handed it in, with what was found in it.
type Marking struct {
	Name     string // of the file as it was sent; "" for a form
	Body     []byte
	Findings fault.List
	Given    []report.Explanation // given by other ways than in the workbook itself
	Heading  string               // what it is a report of and whose, in one line
	At       time.Time            // stamped on a list that is a file of its own
	Limits   xlsx.Limits          // zero: the defaults
}

// Marked is the file that goes back to the agency.
type Marked struct {
	Name string
	Body []byte

	// Apart says why the agency's workbook was left alone and the list is a file
	// of its own; zero where the workbook itself is marked.
	Apart report.Text
}

// Colours of what has to be mended and of what has to be explained, those of
// Excel's own styles “Bad” and “Neutral”.
const (
	badFill   = "FFC7CE"
	doubtFill = "FFEB9C"
)

var markFills = []string{badFill, doubtFill}

// listName is what the sheet of findings is called.
const listName = "LỖI CẦN SỬA"

// Mark gives the agency's own workbook back with the cells coloured that have to be
// mended or explained, a note on each, and a first sheet that lists them with links
// and a column for explanations. Nothing else in it changes; see [xlsx.Annotate]
// and docs/adr/0025. What was normalised is not marked: there is nothing to do.
//
// A workbook that comes back marked is marked anew, and what was written into the
// column of explanations stays there. A file that cannot be marked without harm is
// left alone: then the list comes as a workbook of its own, with links into the file,
// and says why.
func Mark(m Marking) (*Marked, error) {
	l := newList(m)
	if m.Name == "" {
		return l.apart(report.Text{VI: "báo cáo được gửi bằng biểu nhập, không phải bảng tính", EN: "the report came as a form and not as a workbook"})
	}
	body, err := xlsx.Annotate(m.Body, l.annotation(), m.Limits)
	var unread *xlsx.Error
	var harm *xlsx.HarmError
	switch {
	case errors.As(err, &harm):
		return l.apart(harmWords(harm))
	case errors.As(err, &unread):
		return l.apart(unreadWords(unread))
	case err != nil:
		return nil, err
	}
	return &Marked{Name: markedName(m.Name), Body: body}, nil
}

// apart writes the list as a workbook of its own.
func (l *list) apart(why report.Text) (*Marked, error) {
	body, err := l.draw(&why).Bytes()
	if err != nil {
		return nil, err
	}
	return &Marked{Name: "danh-sach-loi.xlsx", Body: body, Apart: why}, nil
}

// markedName says in the name that the file is marked, once. Where the ending is not
// that of a workbook the file is one nevertheless, and gets it.
func markedName(name string) string {
	const mark = "-danh-dau"
	base, ext := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	if !strings.EqualFold(ext, ".xlsx") {
		ext = ".xlsx"
	}
	return strings.TrimSuffix(base, mark) + mark + ext
}

// harmWords say why a workbook that was read is not written.
func harmWords(e *xlsx.HarmError) report.Text {
	switch e.Reason {
	case xlsx.HarmFormat:
		return otherFormat
	case xlsx.HarmMacros:
		return report.Text{VI: "tệp có macro, thêm trang tính có thể làm hỏng macro", EN: "the file carries macros, which a new sheet may break"}
	case xlsx.HarmSignature:
		return report.Text{VI: "tệp có chữ ký số, sửa bất cứ gì cũng làm mất chữ ký", EN: "the file is digitally signed, and any change breaks the signature"}
	case xlsx.HarmLarge:
		return report.Text{VI: "tệp có trang quá lớn", EN: "a sheet of the file is too large"}
	case xlsx.HarmShared:
		return report.Text{VI: "tệp ở chế độ dùng chung có theo dõi thay đổi", EN: "the file is shared and keeps track of changes"}
	}
	return report.Text{
		VI: "một phần của tệp được ghi theo cách không sửa tại chỗ được (" + cmp.Or(path.Base(e.Part), "?") + ")",
		EN: "a part of the file is written in a way that cannot be edited in place (" + cmp.Or(path.Base(e.Part), "?") + ")",
	}
}

// otherFormat is said of a file that is not of the format that is marked.
var otherFormat = report.Text{VI: "chỉ đánh dấu được vào tệp .xlsx, tệp này là loại khác", EN: "only .xlsx files can be marked, and this is another kind of file"}

// unreadWords say why a file cannot be marked that cannot be read as a workbook.
func unreadWords(e *xlsx.Error) report.Text {
	switch e.Kind {
	case xlsx.KindEncrypted:
		return report.Text{VI: "tệp đặt mật khẩu nên không mở được", EN: "the file is protected by a password"}
	case xlsx.KindLegacyXLS, xlsx.KindXLSB, xlsx.KindODS, xlsx.KindCSV, xlsx.KindHTML, xlsx.KindXML2003:
		return otherFormat
	}
	return report.Text{VI: "tệp không đọc được trọn vẹn", EN: "the file cannot be read as a whole"}
}

// annotation is what goes into the workbook.
func (l *list) annotation() xlsx.Annotation {
	a := xlsx.Annotation{List: l.draw(nil), Fills: markFills}
	at := map[string]int{} // cells that something is said of already
	for i := range l.rows {
		r := &l.rows[i]
		if !r.placed {
			continue
		}
		key := r.Sheet + "!" + r.area.String()
		if k, again := at[key]; again {
			a.Cells[k].Fill = min(a.Cells[k].Fill, r.fill())
			a.Cells[k].Note += "\n\n" + r.noteWords()
			continue
		}
		at[key] = len(a.Cells)
		a.Cells = append(a.Cells, xlsx.Annotated{Sheet: r.Sheet, Area: r.area, Fill: r.fill(), Note: r.noteWords()})
	}
	return a
}

// row is one finding on the list, with what stands at its place.
type row struct {
	fault.Fault
	placed bool       // there is such a cell in the workbook
	linked bool       // and it can be shown
	area   xlsx.Range // of placed
	name   string     // what the row of the cell is called
	value  string     // what stands there now
	hidden bool       // the sheet is hidden
	answer string     // an explanation that was given already
}

func (r *row) fill() int {
	if r.Severity == fault.Explain {
		return 1
	}
	return 0
}

// noteWords are what the note on the cell says.
func (r *row) noteWords() string {
	words := []string{r.Severity.VI() + " (" + string(r.Code) + ")", r.VI()}
	if fix := r.FixVI(); fix != "" {
		words = append(words, "→ "+fix)
	}
	words = append(words, r.EN())
	return writable(strings.Join(words, "\n"))
}

// writable gives a text in which every character can stand in a workbook: what is
// told of a damaged file may hold any.
func writable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// list is the sheet of findings of one workbook.
type list struct {
	Marking
	rows []row
}

// newList looks up what stands at the places of the findings. A workbook that cannot
// be read has a list all the same, without it.
func newList(m Marking) *list {
	l := &list{Marking: m}
	for _, f := range m.Findings {
		if f.Severity != fault.Note {
			l.rows = append(l.rows, row{Fault: f})
		}
	}
	wb, err := xlsx.Open(bytes.NewReader(m.Body), int64(len(m.Body)), m.Limits)
	if err != nil {
		wb = &xlsx.Workbook{}
	}
	typed := map[answerKey][]string{}
	for _, s := range wb.Sheets {
		g, err := wb.Grid(s.Index)
		if err != nil {
			continue // told by a finding of its own
		}
		l.look(g, s)
		for _, a := range answersOn(g) {
			k := answerKey{a.Code, a.Sheet, a.Cell}
			typed[k] = append(typed[k], a.Text)
		}
	}
	for i := range l.rows {
		r := &l.rows[i]
		k := answerKey{string(r.Code), r.Sheet, r.Cell}
		if said := typed[k]; len(said) > 0 {
			r.answer, typed[k] = said[0], said[1:]
		}
		for _, e := range m.Given {
			if r.answer == "" && e.Answers(r.Fault) {
				r.answer = e.Reason
			}
		}
	}
	return l
}

// answerKey says what an answer stands beside.
type answerKey struct{ code, sheet, cell string }

// answersOn gives the rows of a list that came back with the workbook.
func answersOn(g *xlsx.Grid) []xlsx.Answer {
	return xlsx.ReadAnswers(func(row, col int) string {
		if c := g.At(row, col); c != nil {
			return c.Text
		}
		return ""
	}, g.MaxRow, g.MaxCol)
}
