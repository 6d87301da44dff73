package xlsx

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// reopen reads a book with the library, as a reader that is not ours.
func reopen(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// partText gives a part of the file as it is.
func partText(t testing.TB, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("zip: %v", err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatalf("part %s: %v", name, err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("part %s: %v", name, err)
	}
	return string(text)
}

// newTestBook gives a book with one sheet.
func newTestBook() (*Book, *Worksheet) {
	b := NewBook(Props{Created: sampleDay})
	return b, b.Sheet("Trang 1")
}

func TestCellsComeBack(t *testing.T) {
	f := reopen(t, mustBytes(t, sampleBook()))
	tests := []struct {
		name, sheet, cell string
		value             string
		kind              excelize.CellType
		formula           string
	}{
		{"text", "Tổng hợp", "B9", "Sở Giáo dục và Đào tạo", excelize.CellTypeInlineString, ""},
		{"whole number", "Tổng hợp", "D11", "2150", excelize.CellTypeUnset, ""},
		{"decimal keeps its digits", "Tổng hợp", "E11", "48.125", excelize.CellTypeUnset, ""},
		{"zero is written", "Tổng hợp", "C12", "0", excelize.CellTypeUnset, ""},
		{"formula with its number", "Tổng hợp", "E14", "62.175", excelize.CellTypeUnset, "SUM(E9:E13)"},
		{"formula with its text", "Tổng hợp", "B15", "có & đủ <Sở Giáo dục và Đào tạo>", excelize.CellTypeFormula, `IF(C14>0,"có & đủ <"&B9&">","không")`},
		{"rich text", "Tổng hợp", "A5", "BÁO CÁO KẾT QUẢ NGÀY CÔNG TÁC XÃ HỘI VIỆT NAM TẠM TÍNH", excelize.CellTypeInlineString, ""},
		{"day", "Tình hình báo cáo", "B2", "44284", excelize.CellTypeUnset, ""},
		{"day and time", "Tình hình báo cáo", "C2", "44284.7077199074", excelize.CellTypeUnset, ""},
		{"true", "Tình hình báo cáo", "D2", "1", excelize.CellTypeBool, ""},
		{"false", "Tình hình báo cáo", "D3", "0", excelize.CellTypeBool, ""},
		{"hidden sheet", "_danh mục", "A3", "Kinh Môn", excelize.CellTypeInlineString, ""},
		{"blank input cell", "Biểu 01", "B5", "", excelize.CellTypeUnset, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := f.GetCellValue(tt.sheet, tt.cell, excelize.Options{RawCellValue: true})
			if err != nil || got != tt.value {
				t.Errorf("value = %q, %v, want %q", got, err, tt.value)
			}
			if kind, err := f.GetCellType(tt.sheet, tt.cell); err != nil || kind != tt.kind {
				t.Errorf("type = %v, %v, want %v", kind, err, tt.kind)
			}
			if formula, err := f.GetCellFormula(tt.sheet, tt.cell); err != nil || formula != tt.formula {
				t.Errorf("formula = %q, %v, want %q", formula, err, tt.formula)
			}
		})
	}
}

// What stands around the cells, seen in the parts or through the library.
func TestBookAroundCells(t *testing.T) {
	data := mustBytes(t, sampleBook())
	tests := []struct {
		name, part, want string
	}{
		{"dimension", "xl/worksheets/sheet1.xml", `<dimension ref="A1:E15">`},
		{"merge", "xl/worksheets/sheet1.xml", `<mergeCell ref="A5:E5"/>`},
		{"frozen", "xl/worksheets/sheet1.xml", `topLeftCell="C9" xSplit="2" ySplit="8"`},
		{"page number not on the first page", "xl/worksheets/sheet1.xml", `differentFirst="true"`},
		{"page number", "xl/worksheets/sheet1.xml", `<oddHeader>&amp;C&amp;&#34;Times New Roman,Regular&#34;&amp;13&amp;P</oddHeader>`},
		{"ampersand in the footer", "xl/worksheets/sheet1.xml", `29/3/2021 &amp;&amp; chưa đủ`},
		{"A4", "xl/worksheets/sheet1.xml", `paperSize="9"`},
		{"link inside", "xl/worksheets/sheet1.xml", `<hyperlink ref="B9" location="'Tình hình báo cáo'!A1"/>`},
		{"outline", "xl/worksheets/sheet1.xml", `<sheetFormatPr outlineLevelRow="1"`},
		{"tab", "xl/worksheets/sheet1.xml", `rgb="FF1F4E79"`},
		{"filter buttons", "xl/worksheets/sheet2.xml", `<autoFilter ref="A1:D6"/>`},
		{"filter's name", "xl/workbook.xml", `<definedName hidden="true" localSheetId="1" name="_xlnm._FilterDatabase">`},
		{"landscape", "xl/worksheets/sheet2.xml", `orientation="landscape"`},
		{"protected", "xl/worksheets/sheet3.xml", `<sheetProtection`},
		{"columns may be widened", "xl/worksheets/sheet3.xml", `formatColumns="false"`},
		{"list from cells", "xl/worksheets/sheet3.xml", `<formula1>'_danh mục'!$A$1:$A$3</formula1>`},
		{"whole number", "xl/worksheets/sheet3.xml", `operator="greaterThanOrEqual"`},
		{"Vietnamese prompt", "xl/worksheets/sheet3.xml", `prompt="Số nguyên từ 0 trở lên; không có thì để trống."`},
		{"inline list", "xl/worksheets/sheet3.xml", `<formula1>"Có,Không phát sinh,Không thu thập"</formula1>`},
		{"very hidden", "xl/workbook.xml", `state="veryHidden"`},
		{"hidden name", "xl/workbook.xml", `<definedName hidden="true" name="tonghop.form">&#34;ngay-ctxh-2021/1&#34;</definedName>`},
		{"repeated rows", "xl/workbook.xml", `<definedName localSheetId="0" name="_xlnm.Print_Titles">&#39;Tổng hợp&#39;!$7:$8</definedName>`},
		{"print area", "xl/workbook.xml", `<definedName localSheetId="1" name="_xlnm.Print_Area">&#39;Tình hình báo cáo&#39;!$A$1:$D$6</definedName>`},
		{"created", "docProps/core.xml", `2021-03-29T09:59:07Z`},
		{"custom property", "docProps/custom.xml", `<vt:lpwstr>tổng hợp &lt;&amp;&gt;</vt:lpwstr>`},
		{"company", "docProps/app.xml", `<Company>UBND tỉnh Hải Dương</Company>`},
		{"chart size", "xl/drawings/drawing1.xml", `<xdr:ext cx="5760000" cy="2880000"/>`},
		{"note", "xl/comments1.xml", "4 đơn vị chưa gửi."},
		{"unlocked style", "xl/styles.xml", `locked="false"></protection>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if text := partText(t, data, tt.part); !strings.Contains(text, tt.want) {
				t.Errorf("%s has no %s:\n%.3000s", tt.part, tt.want, text)
			}
		})
	}
	t.Run("nothing is recomputed on opening", func(t *testing.T) {
		if text := partText(t, data, "xl/workbook.xml"); strings.Contains(text, "fullCalcOnLoad") {
			t.Error("fullCalcOnLoad is set")
		}
	})
}

func TestSameCallsSameBytes(t *testing.T) {
	want := sha256.Sum256(mustBytes(t, sampleBook()))
	for i := range 20 {
		if got := sha256.Sum256(mustBytes(t, sampleBook())); got != want {
			t.Fatalf("build %d differs", i)
		}
	}
	b := sampleBook()
	for i := range 2 {
		if got := sha256.Sum256(mustBytes(t, b)); got != want {
			t.Errorf("the same book, written the time %d, differs", i+1)
		}
	}
}

func TestSameBytesInParallel(t *testing.T) {
	want := sha256.Sum256(mustBytes(t, sampleBook()))
	for _, procs := range []int{1, 2, 7} {
		t.Run(fmt.Sprintf("%d threads", procs), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					data, err := sampleBook().Bytes()
					if err != nil || sha256.Sum256(data) != want {
						t.Errorf("differs, or failed: %v", err)
					}
				})
			}
			wg.Wait()
		})
	}
}

// Rows released early, and cells set in another order, give the same bytes.
func TestDoneChangesNothing(t *testing.T) {
	const rows, cols = 3000, 12
	build := func(done bool, colOf func(int) int) []byte {
		b, s := newTestBook()
		for r := 1; r <= rows; r++ {
			for i := range cols {
				c := colOf(i)
				s.Number(r, c+1, fmt.Sprintf("%d.%02d", r, c), numberStyle)
			}
			if done {
				s.Done(r)
			}
		}
		return mustBytes(t, b)
	}
	straight := func(i int) int { return i }
	turned := func(i int) int { return (i*5 + 3) % cols }
	want := build(false, straight)
	if !bytes.Equal(build(true, straight), want) {
		t.Error("Done after each row: other bytes")
	}
	if !bytes.Equal(build(true, turned), want) {
		t.Error("cells in another order: other bytes")
	}
}

func TestLaterCellReplacesEarlier(t *testing.T) {
	b, s := newTestBook()
	s.Text(2, 2, "cũ", bodyStyle)
	s.Text(1, 1, "trên", bodyStyle)
	s.Number(2, 2, "7", bodyStyle)
	s.Paint(Rect(1, 1, 2, 2), headStyle)
	f := reopen(t, mustBytes(t, b))
	for cell, want := range map[string]string{"A1": "trên", "B2": "7", "A2": ""} {
		if got, err := f.GetCellValue(s.Name(), cell); err != nil || got != want {
			t.Errorf("%s = %q, %v, want %q", cell, got, err, want)
		}
	}
}

// A refused call makes the whole book fail, saying where.
func TestRefused(t *testing.T) {
	long := strings.Repeat("ệ", maxText+1)
	tests := []struct {
		name string
		call func(*Book, *Worksheet)
		want error
		at   string
	}{
		{"text one character too long", func(_ *Book, s *Worksheet) { s.Text(3, 2, long, Style{}) }, ErrTextTooLong, "B3"},
		{"text that is not UTF-8", func(_ *Book, s *Worksheet) { s.Text(1, 1, "a\xff", Style{}) }, ErrNotText, "A1"},
		{"rich text too long in sum", func(_ *Book, s *Worksheet) {
			s.Rich(1, 1, []Piece{{Text: long[:len("ệ")*maxText]}, {Text: "x"}}, Style{})
		}, ErrTextTooLong, "A1"},
		{"code as number", func(_ *Book, s *Worksheet) { s.Number(1, 1, "007", Style{}) }, ErrNotNumber, "A1"},
		{"decimal comma", func(_ *Book, s *Worksheet) { s.Number(1, 1, "1,5", Style{}) }, ErrNotNumber, "A1"},
		{"sixteen digits", func(_ *Book, s *Worksheet) { s.Number(1, 1, "1234567890123456", Style{}) }, ErrTooPrecise, "A1"},
		{"formula's value", func(_ *Book, s *Worksheet) { s.Formula(1, 1, "A2/3", "#DIV/0!", Style{}) }, ErrNotNumber, "A1"},
		{"formula with its sign", func(_ *Book, s *Worksheet) { s.Formula(1, 1, "=A2", "1", Style{}) }, ErrFormula, "A1"},
		{"row 0", func(_ *Book, s *Worksheet) { s.Text(0, 1, "x", Style{}) }, ErrOutside, "row 0"},
		{"column XFE", func(_ *Book, s *Worksheet) { s.Text(1, MaxCols+1, "x", Style{}) }, ErrOutside, "column 16385"},
		{"row after Done", func(_ *Book, s *Worksheet) { s.Done(5); s.Text(5, 1, "x", Style{}) }, ErrRowDone, "A5"},
		{"merge upside down", func(_ *Book, s *Worksheet) { s.Merge(Rect(5, 1, 4, 1)) }, ErrOutside, "A5:A4"},
		{"day before March 1900", func(_ *Book, s *Worksheet) { s.Date(1, 1, time.Date(1900, 2, 28, 0, 0, 0, 0, time.UTC), Style{}) }, ErrOutside, "A1"},
		{"sheet's name", func(b *Book, _ *Worksheet) { b.Sheet("a/b") }, ErrSheetName, "a/b"},
		{"sheet's name twice", func(b *Book, _ *Worksheet) { b.Sheet("TRANG 1") }, ErrSheetName, "TRANG 1"},
		{"all sheets hidden", func(_ *Book, s *Worksheet) { s.View.Visibility = Hidden }, ErrNoSheet, ""},
		{"empty list", func(_ *Book, s *Worksheet) { s.Restrict(At(1, 1), Rule{Kind: OneOf}) }, ErrRule, "A1"},
		{"choice with comma", func(_ *Book, s *Worksheet) { s.Restrict(At(1, 1), Rule{Kind: OneOf, Values: []string{"a,b"}}) }, ErrRule, "A1"},
		{"prompt too long", func(_ *Book, s *Worksheet) { s.Restrict(At(1, 1), Rule{Kind: Whole, Prompt: long[:900]}) }, ErrTextTooLong, "A1"},
		{"chart without series", func(_ *Book, s *Worksheet) { s.Chart(1, 1, Chart{}) }, ErrChart, "A1"},
		{"link to nowhere", func(_ *Book, s *Worksheet) { s.Link(1, 1, "x", "", Style{}) }, ErrNotText, "A1"},
		{"note with control character", func(_ *Book, s *Worksheet) { s.Note(1, 1, "a", "b\x01") }, ErrNotText, "A1"},
		{"colour", func(_ *Book, s *Worksheet) { s.Text(1, 1, "x", Style{Fill: "red"}) }, nil, "red"},
		{"merges over each other", func(_ *Book, s *Worksheet) { s.Merge(Rect(1, 1, 3, 3)); s.Merge(Rect(3, 3, 4, 4)) }, nil, "C3:D4"},
		{"two notes on a cell", func(_ *Book, s *Worksheet) { s.Note(1, 1, "a", "b"); s.Note(1, 1, "a", "c") }, nil, "A1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, s := newTestBook()
			tt.call(b, s)
			data, err := b.Bytes()
			if err == nil || data != nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.at) {
				t.Errorf("got %d bytes, error %v, want %v at %q", len(data), err, tt.want, tt.at)
			}
		})
	}
	t.Run("no date of creation", func(t *testing.T) {
		b := NewBook(Props{})
		b.Sheet("x")
		if _, err := b.Bytes(); !errors.Is(err, ErrNoDate) {
			t.Errorf("error %v, want %v", err, ErrNoDate)
		}
	})
	t.Run("a full cell is taken", func(t *testing.T) {
		b, s := newTestBook()
		s.Text(1, 1, strings.Repeat("ệ", maxText), Style{})
		mustBytes(t, b)
	})
}
