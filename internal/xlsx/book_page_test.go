package xlsx

import (
	"errors"
	"strings"
	"testing"
)

func TestPageSettings(t *testing.T) {
	b, s := newTestBook()
	s.Text(1, 1, "x", Style{})
	s.Print = Print{
		Scale: 85, RepeatTop: 1, RepeatBottom: 2, RepeatLeft: 1, RepeatRight: 3,
		RowBreaks: []int{30}, ColumnBreaks: []int{9}, PageNumber: true, Header: "TẠM TÍNH & 7/9", Footer: "mã 12",
	}
	s.Lead(1, 1, s.Ref(Rect(4, 1, 9, 2)))
	sheet := partText(t, mustBytes(t, b), "xl/worksheets/sheet1.xml")
	for name, want := range map[string]string{
		"scale":        `scale="85"`,
		"row break":    `<rowBreaks`,
		"column break": `<colBreaks`,
		"header":       `TẠM TÍNH &amp;&amp; 7/9</oddHeader>`,
		"first header": `TẠM TÍNH &amp;&amp; 7/9</firstHeader>`,
		"footer":       `&amp;11 mã 12</oddFooter>`,
		"link":         `<hyperlink ref="A1" location="'Trang 1'!$A$4:$B$9"/>`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("%s: %q is not in the sheet", name, want)
		}
	}
	if before, _, ok := strings.Cut(sheet, "</firstHeader>"); !ok || strings.Contains(before[strings.LastIndex(before, "<firstHeader>"):], "&amp;P") {
		t.Error("the first page has a number")
	}
	if book := partText(t, mustBytes(t, b), "xl/workbook.xml"); !strings.Contains(book, "!$A:$C,") || !strings.Contains(book, "!$1:$2") {
		t.Error("rows and columns are not repeated together")
	}
}

func TestPageSettingsRefused(t *testing.T) {
	for name, set := range map[string]func(*Worksheet){
		"page from the first row":    func(s *Worksheet) { s.Print.RowBreaks = []int{1} },
		"page from the first column": func(s *Worksheet) { s.Print.ColumnBreaks = []int{1} },
		"page beyond the sheet":      func(s *Worksheet) { s.Print.ColumnBreaks = []int{MaxCols + 1} },
		"header too long":            func(s *Worksheet) { s.Print.Header = strings.Repeat("x", maxMargin+1) },
		"link beyond the sheet":      func(s *Worksheet) { s.Lead(0, 1, "A") },
		"link to nowhere":            func(s *Worksheet) { s.Lead(1, 1, "") },
	} {
		t.Run(name, func(t *testing.T) {
			b, s := newTestBook()
			s.Text(1, 1, "x", Style{})
			set(s)
			if _, err := b.Bytes(); !errors.Is(err, ErrOutside) && !errors.Is(err, ErrNotText) {
				t.Errorf("got %v", err)
			}
		})
	}
}
