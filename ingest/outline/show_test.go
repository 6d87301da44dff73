package outline

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

const smallPaper = `SỞ Y TẾ;;;
;;;ĐVT: hộ
STT;Huyện;Số hộ;<b>Ghi chú</b>
1;Nam Sách;12;
2;Gia Lộc;30;ước
;Tổng cộng;43;
Người lập biểu;;;
`

func readSmall(t *testing.T) *Reading {
	t.Helper()
	r, stop := Read("dir/nho.csv", []byte(smallPaper), xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	return r
}

// TestAccount: every cell is used, or left out for a reason of its own.
func TestAccount(t *testing.T) {
	f := readSmall(t).File
	if f.File != "nho.csv" || f.Format != "csv" || f.Counts != (Counts{Cells: 16, Used: 14, Excluded: 2}) {
		t.Errorf("%s, %s, %+v", f.File, f.Format, f.Counts)
	}
	want := []Exclusion{{"A1", ReasonTitle}, {"A7", ReasonSignature}}
	if got := f.Sheets[0].Excluded; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("excluded %v, want %v", got, want)
	}
}

// TestHTML: each cell has the colour of its role and says why; words of the workbook
// are words and no markup.
func TestHTML(t *testing.T) {
	var b bytes.Buffer
	if err := readSmall(t).HTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		`class="out" title="A1: bỏ qua: tiêu đề`, `class="unit" title="D2: đơn vị tính của bảng: hộ`, `class="head" title="C3: tiêu đề cột`, `class="name" title="B4: dòng số liệu`,
		`class="value" title="C4: Số hộ · Nam Sách`, `class="broken" title="C6: không khớp: đang là 43, cộng được 42, lệch 1`, `class="name" title="B6: dòng tổng của dòng 4, 5`,
		`class="note" title="D5: ghi chú`, `class="number" title="A4: số thứ tự dòng`, `&lt;b&gt;Ghi chú&lt;/b&gt;`, `class="out" title="A7: bỏ qua: phần ký`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(page, "<b>") {
		t.Error("words became markup")
	}
}

// TestText: the drawing shows rows with their roles and figures.
func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := readSmall(t).Text(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"nho.csv (csv): 16 ô, 14 dùng, 2 bỏ qua", "Bảng 1: A3:D6", "6     tổng     Tổng cộng", "= Σ 4, 5", "R405"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the drawing has no %q:\n%s", want, b.String())
		}
	}
}

func TestReadRefuses(t *testing.T) {
	if _, stop := Read("x.pdf", []byte("%PDF-1.4"), xlsx.Limits{}); stop == nil || stop.Code != fault.FileNotSpreadsheet {
		t.Errorf("a PDF: %v", stop)
	}
	if _, stop := Read("x.xlsx", nil, xlsx.Limits{}); stop == nil || stop.Code != fault.FileEmpty {
		t.Errorf("nothing: %v", stop)
	}
}

func TestRuns(t *testing.T) {
	for _, tt := range []struct {
		list []int
		want string
	}{{nil, ""}, {[]int{4}, "4"}, {[]int{4, 5}, "4, 5"}, {[]int{4, 5, 6, 9, 11, 12, 13}, "4–6, 9, 11–13"}} {
		if got := runs(tt.list, itoa); got != tt.want {
			t.Errorf("%v is %q, want %q", tt.list, got, tt.want)
		}
	}
}

// TestShown: numbers are written for people, and texts as they stand.
func TestShown(t *testing.T) {
	for _, tt := range []struct {
		cell sheet.Cell
		want string
	}{
		{sheet.Cell{Type: xlsx.Number, Text: "92.900000000000006"}, "92,9"},
		{sheet.Cell{Type: xlsx.Number, Text: "1768300"}, "1.768.300"},
		{sheet.Cell{Type: xlsx.Number, Text: "0.0256", Percent: true}, "2,56%"},
		{sheet.Cell{Type: xlsx.String, Text: "1,234.5"}, "1,234.5"},
	} {
		if got := shown(&tt.cell); got != tt.want {
			t.Errorf("%s is shown as %q, want %q", tt.cell.Text, got, tt.want)
		}
	}
}

// TestWordsBetweenTables: the heading of a table is none of the notes of the table
// above it.
func TestWordsBetweenTables(t *testing.T) {
	r, stop := Read("hai.csv", []byte("STT;Nội dung;Số lượt\n1;Khám bệnh;12\n2;Điều trị;30\n(*) Số liệu ước tính;;\n;;\nII. Nhân lực;;\nSTT;Chức danh;Số người\n1;Bác sĩ;12\n2;Dược sĩ;3\n"), xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	want := []Exclusion{{"A4", ReasonNote}, {"A6", ReasonTitle}}
	if got := r.File.Sheets[0].Excluded; !slices.Equal(got, want) {
		t.Errorf("excluded %v, want %v", got, want)
	}
}

// TestPlacesWithoutFigures: a district between districts that reported nothing is a row
// of the table, and no heading of those below it.
func TestPlacesWithoutFigures(t *testing.T) {
	r, stop := Read("huyen.csv", []byte("Tỉnh Hải Dương năm 2021;\nĐịa bàn;Số hộ\nThành phố Hải Dương;12\nThành phố Chí Linh;30\nHuyện Nam Sách;\nHuyện Thanh Hà;7\nHuyện Gia Lộc;9\nHuyện Tứ Kỳ;8\nTổng cộng;66\n"), xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	row := r.File.Sheets[0].Tables[0].Rows[2]
	if *row.Name != "Huyện Nam Sách" || row.Place == nil || row.Role != RowData {
		t.Errorf("row %d, %s, is %s", row.Row, *row.Name, row.Role)
	}
}
