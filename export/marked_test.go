package export

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/fault"
)

var markedAt = time.Date(2021, 3, 26, 8, 0, 0, 0, time.UTC)

// agencyBook is a workbook as an agency made it.
func agencyBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "Biểu 3"); err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{
		"A1": "TT", "B1": "Địa bàn", "C1": "Số suất", "D1": "Tiền",
		"A2": "1", "B2": "Huyện Thanh Miện", "C2": 1204.5, "D2": 40,
		"A3": "2", "B3": "Huyện Gia Lộc", "C3": "như năm trước", "D3": 8,
	} {
		if err := f.SetCellValue("Biểu 3", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// agencyMarking is what was found in it.
func agencyMarking(t *testing.T) Marking {
	return Marking{
		Name: "Báo cáo quý.xlsx", Body: agencyBook(t), Heading: "Hội Chữ thập đỏ: Báo cáo quý", At: markedAt,
		Findings: fault.List{
			fault.New(fault.NotWhole, fault.A("label", "Số suất"), fault.A("got", "1204,5")).At("Biểu 3", "C2"),
			fault.New(fault.NotANumber, fault.A("label", "Số suất"), fault.A("got", "như năm trước")).At("Biểu 3", "C3"),
			fault.New(fault.SheetMissing, fault.A("expected", "Biểu 1")),
			fault.New(fault.RuleToExplain, fault.A("rule", "R06"), fault.A("vi", "Bình quân quá cao"), fault.A("en", "Too much on average")).At("Biểu 3", "D2"),
			fault.New(fault.RuleToExplain, fault.A("rule", "R07"), fault.A("vi", "Tăng gấp đôi"), fault.A("en", "Twice as much")).At("Biểu 3", "D2"),
			fault.New(fault.NumberFromText, fault.A("label", "Tiền"), fault.A("got", "8"), fault.A("used", "8")).At("Biểu 3", "D3"),
		},
	}
}

// listOf gives the list of a marked file as rows of texts by column letter.
func listOf(t *testing.T, body []byte) (*excelize.File, []map[string]string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() }) // read only
	if got := f.GetSheetList()[0]; got != listName {
		t.Fatalf("first sheet %q", got)
	}
	rows, err := f.GetRows(listName)
	if err != nil {
		t.Fatal(err)
	}
	head := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 3 && r[3] == "STT" })
	if head < 0 {
		t.Fatalf("no heading in %q", rows)
	}
	var out []map[string]string
	for i, r := range rows[head+1:] {
		m := map[string]string{"row": xlsx.Ref(head+2+i, 1)[1:]}
		for c, text := range r {
			m[xlsx.ColName(c+1)] = text
		}
		out = append(out, m)
	}
	return f, out
}

func TestMark(t *testing.T) {
	m := agencyMarking(t)
	marked, err := Mark(m)
	if err != nil {
		t.Fatal(err)
	}
	if marked.Name != "Báo cáo quý-danh-dau.xlsx" || marked.Apart != (report.Text{}) {
		t.Errorf("%q, apart: %q", marked.Name, marked.Apart.VI)
	}
	f, rows := listOf(t, marked.Body)
	if len(rows) != 5 {
		t.Fatalf("%d rows, want every finding but the note: %q", len(rows), rows)
	}
	for i, want := range []struct{ severity, sheet, cell, row, value, words string }{
		{"Lỗi phải sửa", "Biểu 3", "C2", "Huyện Thanh Miện", "1.204,5", "phải là số nguyên"},
		{"Lỗi phải sửa", "Biểu 3", "C3", "Huyện Gia Lộc", "như năm trước", "không phải là số"},
		{"Lỗi phải sửa", "", "", "", "", "Biểu 1"},
		{"Cần giải trình", "Biểu 3", "D2", "Huyện Thanh Miện", "40", "Bình quân quá cao"},
		{"Cần giải trình", "Biểu 3", "D2", "Huyện Thanh Miện", "40", "Tăng gấp đôi"},
	} {
		r := rows[i]
		got := []string{r["D"], r["E"], r["F"], r["G"], r["H"], r["I"]}
		if !slices.Equal(got, []string{string(rune('1' + i)), want.severity, want.sheet, want.cell, want.row, want.value}) || !strings.Contains(r["J"], want.words) {
			t.Errorf("row %d: %q %q, want %+v", i+1, got, r["J"], want)
		}
		linked, target, err := f.GetCellHyperLink(listName, "G"+r["row"])
		if err != nil || linked != (want.cell != "") || linked && target != "'Biểu 3'!"+want.cell {
			t.Errorf("row %d: link %v to %q, %v", i+1, linked, target, err)
		}
		style, _ := f.GetCellStyle(listName, "K"+r["row"])
		look, err := f.GetStyle(style)
		if err != nil || look.Protection == nil || look.Protection.Locked != (want.severity == "Lỗi phải sửa") {
			t.Errorf("row %d: the cell for an explanation is locked wrongly: %+v", i+1, look)
		}
	}
	notes, err := f.GetComments("Biểu 3")
	if err != nil || len(notes) != 3 {
		t.Fatalf("notes %+v, %v: want one a cell", notes, err)
	}
	both := notes[slices.IndexFunc(notes, func(c excelize.Comment) bool { return c.Cell == "D2" })]
	text := both.Text
	for _, p := range both.Paragraph {
		text += p.Text
	}
	for _, want := range []string{"Cần giải trình (R402)", "Bình quân quá cao", "Tăng gấp đôi", "→ "} {
		if !strings.Contains(text, want) {
			t.Errorf("note of D2: %q lacks %q", text, want)
		}
	}
	if hidden, _ := f.GetColVisible(listName, "A"); hidden {
		t.Error("the column of codes is seen")
	}
}

// TestMarkAgain: what was typed into the list stays, also when the workbook is
// marked anew, and otherwise nothing changes.
func TestMarkAgain(t *testing.T) {
	m := agencyMarking(t)
	first, err := Mark(m)
	if err != nil {
		t.Fatal(err)
	}
	m.Body, m.Name = first.Body, first.Name
	again, err := Mark(m)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Body, again.Body) || first.Name != again.Name {
		t.Errorf("marked twice: %d bytes as %q, once %d as %q", len(again.Body), again.Name, len(first.Body), first.Name)
	}
	f, rows := listOf(t, first.Body)
	const first6, second = "Quà do Trung ương tặng", "Có thêm hai xã mới"
	for row, text := range map[int]string{4: second, 0: "không hiểu chỗ này"} {
		if err := f.SetCellStr(listName, "K"+rows[row]["row"], text); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	m.Body = b.Bytes()
	m.Given = []report.Explanation{{Code: "R402", Sheet: "Biểu 3", Cell: "D2", Reason: first6}}
	third, err := Mark(m)
	if err != nil {
		t.Fatal(err)
	}
	_, rows = listOf(t, third.Body)
	for row, want := range map[int]string{0: "không hiểu chỗ này", 1: "", 3: first6, 4: second} {
		if rows[row]["K"] != want {
			t.Errorf("row %d: explanation %q, want %q", row+1, rows[row]["K"], want)
		}
	}
	g, _ := listOf(t, third.Body)
	if notes, err := g.GetComments("Biểu 3"); err != nil || len(notes) != 3 {
		t.Errorf("%d notes, %v: those of before were not taken out", len(notes), err)
	}
	if formats, err := g.GetConditionalFormats("Biểu 3"); err != nil || len(formats) != 2 {
		t.Errorf("conditional formats %v, %v: those of before were not taken out", formats, err)
	}
}

func TestMarkApart(t *testing.T) {
	plain := agencyMarking(t)
	for _, tt := range []struct {
		name   string
		file   string
		body   []byte
		why    string
		linked bool
	}{
		{"text", "bao cao.csv", []byte("Huyện;Số\nGia Lộc;5\n"), "chỉ đánh dấu được vào tệp .xlsx", false},
		{"broken", "hong.xlsx", plain.Body[:len(plain.Body)/2], "không đọc được trọn vẹn", false},
		{"form", "", []byte(`{"values":[]}`), "biểu nhập", false},
		{"macros", "Báo cáo quý.xlsm", macroBook(t), "macro", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := plain
			m.Name, m.Body = tt.file, tt.body
			marked, err := Mark(m)
			if err != nil {
				t.Fatal(err)
			}
			if marked.Name != "danh-sach-loi.xlsx" || !strings.Contains(marked.Apart.VI, tt.why) || marked.Apart.EN == "" {
				t.Errorf("%q because %q", marked.Name, marked.Apart.VI)
			}
			f, rows := listOf(t, marked.Body)
			if len(rows) != 5 || len(f.GetSheetList()) != 1 {
				t.Errorf("%d rows on %q", len(rows), f.GetSheetList())
			}
			all, err := f.GetRows(listName)
			if err != nil || !strings.Contains(strings.Join(slices.Concat(all[:6]...), "\n"), tt.why) {
				t.Errorf("the first lines do not say why: %q, %v", all[:6], err)
			}
			linked, target, err := f.GetCellHyperLink(listName, "G"+rows[0]["row"])
			if err != nil || linked != tt.linked || linked && !strings.HasPrefix(target, "B%C3%A1o%20c%C3%A1o%20qu%C3%BD.xlsm") {
				t.Errorf("link %v to %q, %v", linked, target, err)
			}
		})
	}
}

// macroBook is the agency's workbook with macros in it.
func macroBook(t *testing.T) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(agencyBook(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.AddVBAProject([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not really")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "b.xlsm")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestMarkedName(t *testing.T) {
	for name, want := range map[string]string{
		"a.xlsx": "a-danh-dau.xlsx", "a-danh-dau.xlsx": "a-danh-dau.xlsx", "B.XLSX": "B-danh-dau.XLSX", "c.xls": "c-danh-dau.xlsx", "d": "d-danh-dau.xlsx",
	} {
		if got := markedName(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}

// TestMarkWithNothingToMend: a clean file comes back with a list that says so.
func TestMarkWithNothingToMend(t *testing.T) {
	m := agencyMarking(t)
	m.Findings = m.Findings.Of(fault.Note)
	marked, err := Mark(m)
	if err != nil {
		t.Fatal(err)
	}
	f, rows := listOf(t, marked.Body)
	title, _ := f.GetCellValue(listName, "D2")
	if len(rows) != 0 || !strings.Contains(title, "không còn chỗ nào phải sửa") {
		t.Errorf("%q with %d rows", title, len(rows))
	}
	if notes, _ := f.GetComments("Biểu 3"); len(notes) > 0 {
		t.Errorf("notes %+v", notes)
	}
}

// TestMarkedOpensInOffice: LibreOffice opens it, and its figures are those of the
// agency.
func TestMarkedOpensInOffice(t *testing.T) {
	marked, err := Mark(agencyMarking(t))
	if err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(convert(t, marked.Body, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	f, rows := listOf(t, saved)
	if len(rows) != 5 {
		t.Errorf("%d rows", len(rows))
	}
	for cell, want := range map[string]string{"B2": "Huyện Thanh Miện", "C2": "1204.5", "C3": "như năm trước", "D2": "40"} {
		if got, err := f.GetCellValue("Biểu 3", cell, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", cell, got, err, want)
		}
	}
}
