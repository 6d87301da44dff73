package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tonghop/report/fault"
)

func notWhole() fault.Fault {
	return fault.New(fault.NotWhole, fault.A("label", "Số lớp"), fault.A("got", "12,5"))
}

func TestWords(t *testing.T) {
	sum := fault.New(fault.SumDiffers, fault.A("label", "H9"), fault.A("parts", "F9 + G9"),
		fault.A("left", "1204"), fault.A("right", "1240.5"), fault.A("diff", "-36.5"))
	for _, tt := range []struct {
		name           string
		fault          fault.Fault
		vi, en, fixVI  string
		checkComplaint bool
	}{
		{
			name: "optional parts are left out", fault: notWhole(),
			vi:    "Số lớp: đang ghi “12,5”, nhưng chỉ tiêu này phải là số nguyên.",
			en:    "Số lớp: “12,5” is given, but this must be a whole number.",
			fixVI: "Nhập số nguyên; không nhập phần lẻ.",
		},
		{
			name:  "optional parts are said when all of them is known",
			fault: notWhole().With(fault.A("row", "Trường TH Lê Lợi"), fault.A("below", "12"), fault.A("above", "13")),
			vi:    "Số lớp (Trường TH Lê Lợi): đang ghi “12,5”, nhưng chỉ tiêu này phải là số nguyên.",
			en:    "Số lớp (Trường TH Lê Lợi): “12,5” is given, but this must be a whole number.",
			fixVI: "Nhập số nguyên, ví dụ 12 hoặc 13; không nhập phần lẻ.",
		},
		{
			name: "half of an optional part is nothing", fault: notWhole().With(fault.A("below", "12")),
			vi:    "Số lớp: đang ghi “12,5”, nhưng chỉ tiêu này phải là số nguyên.",
			en:    "Số lớp: “12,5” is given, but this must be a whole number.",
			fixVI: "Nhập số nguyên; không nhập phần lẻ.",
		},
		{
			name: "numbers are written as the reader writes them", fault: sum,
			vi:    "H9 đang là 1.204, tổng F9 + G9 là 1.240,5 (lệch −36,5).",
			en:    "H9 is 1,204; F9 + G9 add up to 1,240.5 (off by −36.5).",
			fixVI: "Sửa H9 hoặc một trong các ô F9 + G9.",
		},
		{
			name: "dates too", fault: fault.New(fault.RequestClosed, fault.A("request", "r"), fault.A("closed", "2021-01-05")),
			vi: "Kỳ báo cáo r đã khoá từ ngày 05/01/2021.", en: "The request r is closed since 2021-01-05.",
			fixVI: "Đề nghị đơn vị chủ trì mở lại kỳ báo cáo, nêu rõ lý do.",
		},
		{
			name: "an argument may differ by language", fault: fault.New(fault.FileNotSpreadsheet, fault.Both("got", "tệp PDF", "a PDF")),
			vi: "Tệp này là tệp PDF, không phải bảng tính.", en: "This file is not a spreadsheet but a PDF.",
			fixVI: "Nộp bảng tính .xlsx. Bản ký, bản quét gửi kèm riêng, không thay được bảng tính.",
		},
		{
			name: "what is missing is a question mark", fault: fault.New(fault.NotWhole), checkComplaint: true,
			vi: "?: đang ghi “?”, nhưng chỉ tiêu này phải là số nguyên.", en: "?: “?” is given, but this must be a whole number.",
			fixVI: "Nhập số nguyên; không nhập phần lẻ.",
		},
		{
			name: "text from outside is no template", fault: fault.New(fault.NotWhole, fault.A("label", "{got}[[x]]"), fault.A("got", "{label}")),
			vi: "{got}[[x]]: đang ghi “{label}”, nhưng chỉ tiêu này phải là số nguyên.", en: "{got}[[x]]: “{label}” is given, but this must be a whole number.",
			fixVI: "Nhập số nguyên; không nhập phần lẻ.",
		},
		{
			name: "a rule speaks its own words", fault: fault.New(fault.RuleBroken, fault.A("rule", "R1"), fault.A("vi", "Nữ không nhiều hơn tổng số."), fault.A("en", "Women are not more than all.")),
			vi: "Nữ không nhiều hơn tổng số.", en: "Women are not more than all.",
			fixVI: "Sửa các ô liên quan cho khớp (quy tắc R1 của biểu mẫu).",
		},
		{
			name: "a code of a later version", fault: fault.New("V399"), checkComplaint: true,
			vi: "Mã V399 chưa có trong danh mục lỗi của bản chương trình này.",
			en: "Code V399 is not in the catalogue of this version of the program.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.fault.VI(); got != tt.vi {
				t.Errorf("vi\n got %s\nwant %s", got, tt.vi)
			}
			if got := tt.fault.EN(); got != tt.en {
				t.Errorf("en\n got %s\nwant %s", got, tt.en)
			}
			if got := tt.fault.FixVI(); got != tt.fixVI {
				t.Errorf("fix\n got %s\nwant %s", got, tt.fixVI)
			}
			if err := tt.fault.Check(); (err != nil) != tt.checkComplaint {
				t.Errorf("Check: got %v", err)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	for _, tt := range []struct {
		name          string
		fault         fault.Fault
		place, vi, en string
	}{
		{"a cell", notWhole().At("Biểu 01", "F18"), "Biểu 01!F18", "trang “Biểu 01”, ô F18", "sheet “Biểu 01”, cell F18"},
		{"a cell of one of several files", notWhole().At("Biểu 01", "F18").In("a.xlsx"), "a.xlsx: Biểu 01!F18", "tệp “a.xlsx”, trang “Biểu 01”, ô F18", "file “a.xlsx”, sheet “Biểu 01”, cell F18"},
		{"a sheet", notWhole().At("Biểu 01", ""), "Biểu 01", "trang “Biểu 01”", "sheet “Biểu 01”"},
		{"a value of a form", notWhole().At("", "values/4"), "values/4", "ô values/4", "cell values/4"},
		{"a line of a document", notWhole().In("a.yaml").AtLine(3, 5), "a.yaml:3:5", "tệp “a.yaml”, dòng 3, cột 5", "file “a.yaml”, line 3, column 5"},
		{"a line", notWhole().AtLine(3, 5), "3:5", "dòng 3, cột 5", "line 3, column 5"},
		{"a file", notWhole().In("a.xlsx"), "a.xlsx", "tệp “a.xlsx”", "file “a.xlsx”"},
		{"nowhere", notWhole(), "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := []string{tt.fault.Place(), tt.fault.PlaceVI(), tt.fault.PlaceEN()}
			if diff := cmp.Diff([]string{tt.place, tt.vi, tt.en}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFaultIsAnError(t *testing.T) {
	var list fault.List
	if list.Err() != nil {
		t.Error("an empty list is an error")
	}
	list = fault.List{fault.New(fault.FileMacros), notWhole().At("Biểu 01", "F18")}
	err := fmt.Errorf("check upload: %w", list.Err())
	if !errors.Is(err, fault.NotWhole) || errors.Is(err, fault.FileEmpty) {
		t.Error("errors.Is does not find the faults of a list by their codes")
	}
	var first fault.Fault
	if !errors.As(err, &first) || first.Code != fault.FileMacros {
		t.Errorf("errors.As: got %v", first)
	}
	want := "Biểu 01!F18: V302: Số lớp: “12,5” is given, but this must be a whole number."
	if got := list[1].Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := fault.NotWhole.Error(), "V302"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSeverity(t *testing.T) {
	for i, s := range fault.Severities() {
		if s.Rank() != i || s.Blocks() != (i < 2) || s.VI() == "" || s.EN() == "" {
			t.Errorf("%s: rank %d, blocks %v", s, s.Rank(), s.Blocks())
		}
	}
	if got := fault.Severity("later").Rank(); got != fault.Error.Rank() {
		t.Errorf("an unknown severity ranks %d: it must not pass in silence", got)
	}
	if got := notWhole().Weighed(fault.Explain); got.Severity != fault.Explain || got.Severity.Blocks() {
		t.Errorf("weighed otherwise: %s", got.Severity)
	}
}

func TestWithReplacesAndCopies(t *testing.T) {
	first := notWhole()
	second := first.With(fault.A("got", "7,5"), fault.A("got", "8,5"))
	if v, _ := second.Arg("got"); v != "8,5" || len(second.Args) != 2 {
		t.Errorf("got %v", second.Args)
	}
	if v, _ := first.Arg("got"); v != "12,5" {
		t.Errorf("the first fault changed: %v", first.Args)
	}
	related := first.See("A1")
	_, _ = related.See("B2"), related.See("C3")
	if diff := cmp.Diff([]string{"A1"}, related.Related); diff != "" {
		t.Error(diff)
	}
}

func TestJSON(t *testing.T) {
	f := fault.New(fault.FileNotSpreadsheet, fault.Both("got", "tệp PDF", "a PDF")).At("Biểu 01", "F18").See("Biểu 01!G18")
	got, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"code":"F003","severity":"stop","sheet":"Biểu 01","cell":"F18",` +
		`"vi":"Tệp này là tệp PDF, không phải bảng tính.","en":"This file is not a spreadsheet but a PDF.",` +
		`"fix":"Nộp bảng tính .xlsx. Bản ký, bản quét gửi kèm riêng, không thay được bảng tính.",` +
		`"fixEn":"Send an .xlsx workbook. A signed or scanned copy may go along, but cannot replace it.",` +
		`"related":["Biểu 01!G18"],"group":"F003/Biểu 01/F","args":{"got":{"vi":"tệp PDF","en":"a PDF"}}}`
	if string(got) != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestJSONReadsDataNotWords(t *testing.T) {
	var f fault.Fault
	if err := json.Unmarshal([]byte(`{"code":"V302","vi":"old words","args":{"got":"12,5","label":"Số lớp"}}`), &f); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(notWhole(), f); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"code":"V302","args":{"got":[1]}}`), &f); err == nil {
		t.Error("an argument that is a list was taken")
	}
}

// anyFault draws faults of the catalogue and of a later one, at all kinds of places.
func anyFault() *rapid.Generator[fault.Fault] {
	all := fault.All()
	word := rapid.SampledFrom([]string{"", "1204", "-3.50", "2021-03-30", "{got}", "[[", "ế", "}"})
	return rapid.Custom(func(t *rapid.T) fault.Fault {
		f := fault.New("Z999", fault.A("x", "y"))
		if i := rapid.IntRange(-1, len(all)-1).Draw(t, "code"); i >= 0 {
			f = all[i].Sample()
		}
		for _, name := range rapid.SliceOfN(rapid.SampledFrom([]string{"got", "label", "row", "left"}), 0, 3).Draw(t, "names") {
			f = f.With(fault.Both(name, word.Draw(t, "vi"), word.Draw(t, "en")))
		}
		f = f.At(rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "sheet"),
			rapid.SampledFrom([]string{"", "B9", "B10", "AA9", "Z9", "$C$9", "A1:B2", "values/4", "values/12", "9", "ABCD1"}).Draw(t, "cell"))
		if rapid.Bool().Draw(t, "line") {
			f = f.AtLine(rapid.IntRange(1, 3).Draw(t, "line number"), 1).In("a.yaml")
		}
		return f.Weighed(rapid.SampledFrom(fault.Severities()).Draw(t, "severity"))
	})
}

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFault().Draw(t, "fault")
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		var back fault.Fault
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(f, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(`{"code":"V302","severity":"error","sheet":"A","cell":"B9","args":{"got":"1","label":{"vi":"a","en":"b"}}}`))
	f.Add([]byte(`{"args":{"got":1}}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var read fault.Fault
		if json.Unmarshal(data, &read) != nil {
			return
		}
		if read.VI() == "" || read.EN() == "" || read.Error() == "" {
			t.Fatalf("%#v is silent", read)
		}
	})
}
