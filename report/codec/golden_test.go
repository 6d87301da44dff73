package codec_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/codec"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

var update = flag.Bool("update", false, "write testdata/golden anew; for a kind whose layout has not changed the diff must be empty")

// goldenEvents has one event of every kind with every field in use. The bytes
// they gave when layout 1 was fixed stand in testdata/golden.
func goldenEvents() map[string]*report.Event {
	ten := decimal.FromInt(10)
	bodies := map[string]report.Body{
		"definition": &report.DefinitionApplied{Definition: &report.Definition{
			Code: "ctxh", Version: "2021.1", Title: report.Text{VI: "Báo cáo công tác xã hội", EN: "Social work report"},
			Legal: []string{"Quyết định 112/QĐ-TTg"}, Calendar: "d09", Groups: []report.Group{{Code: "I", Name: report.Text{VI: "Truyền thông"}}},
			Indicators: []report.Indicator{{
				Code: "1.02", Group: "I", Name: report.Text{VI: "Số lượt người"}, Unit: "lượt", Type: report.TypeDec, Scale: 2, By: report.ByPlace,
				Roll: report.Roll{Agency: report.RollSum, Place: report.RollSum, Time: report.RollLast}, Num: "1", Den: "2", Factor: 100, Weight: "3",
				Parent: "1.01", Part: report.PartOf, Required: true, Min: &ten, Max: &ten, MaxLen: 9, Options: []string{"a"},
				Compute: "[1.01] + 1", Agencies: []string{"so-y-te"}, Repeats: true, Help: report.Text{VI: "Ghi số lượt"},
			}},
			Rules: []report.Rule{{Code: "R01", Check: "[1.02] <= [1.01]", Severity: "explain", Text: report.Text{VI: "Lớn hơn"}, Fix: report.Text{VI: "Sửa"}, From: "2021-01-01", Until: "2021-12-31"}},
			Sheets: []report.Sheet{{
				Name: "Biểu 01", Title: report.Text{VI: "Biểu số 01"}, Shape: report.PlacesDown, Indicators: []string{"1.02"}, Places: []string{"30/district"},
				Columns: []report.Column{{Indicator: "1.02", Header: []string{"Số lượt", "Tổng"}, Unit: "lượt", Shift: 6}},
				Key:     report.KeyHeaders{Code: []string{"Mã"}, Name: []string{"Tên"}}, Totals: []string{"Cộng"}, Ignore: []string{"Ghi chú"}, Optional: true,
			}},
		}},
		"register": &report.RegisterApplied{Register: (&report.Register{
			Code: "hai-duong", Version: "1", Title: report.Text{VI: "Danh mục"},
			Agencies: []report.Agency{{Code: "so-y-te", Name: report.Text{VI: "Sở Y tế"}, Short: "SYT", Aliases: []string{"Y tế"}, Parent: "ubnd", Place: "30", Kind: "sở", From: calendar.MustDate("1997-01-01"), Until: calendar.MustDate("2025-02-28"), Successor: "so-y-te-moi"}},
			Places:   []report.Place{{Code: "288", Name: report.Text{VI: "Thành phố Hải Dương"}, Level: "district", Aliases: []string{"TPHD"}, Parent: "30", From: calendar.MustDate("1997-01-01"), Until: calendar.MustDate("2025-06-30"), Successor: "10525"}},
		}).Index()},
		"request": &report.RequestApplied{Revision: 2, Request: &report.Request{
			Code: "hd-2021", Title: report.Text{VI: "Ngày công tác xã hội"}, Definition: "ctxh", Version: "2021.1", Register: "hai-duong", Registered: "1", Place: "30",
			Issuer:    report.Issuer{Name: "Sở LĐTBXH", Superior: "UBND tỉnh", Code: "SLĐTBXH", City: "Hải Dương", Unit: "Phòng BTXH"},
			Letter:    report.Letter{Number: "512/SLĐTBXH", Date: calendar.MustDate("2021-03-10"), Summary: "V/v báo cáo"},
			Recipient: report.Text{VI: "UBND tỉnh"}, Signature: report.Signature{Authority: "KT. GIÁM ĐỐC", Title: "PHÓ GIÁM ĐỐC", Name: "Nguyễn Văn A"}, Receivers: []string{"- Lưu: VT"},
			Calendar: "civil", Period: "2021-Q1", From: calendar.MustDate("2021-03-01"), To: calendar.MustDate("2021-03-25"), Due: calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2021-03-30")},
			Agencies: []string{"so-y-te", "so-gd"}, Approval: true,
		}},
		"received": &report.Received{Upload: "0011", Number: "hd-2021/so-y-te/1", SHA256: "aabb", Size: 20480, Name: "báo cáo.xlsx", Media: "application/vnd.ms-excel", Via: report.ViaWorkbook, Submit: true, Note: "gửi lại", IdemID: "cc"},
		"chained":  &report.Chained{Journal: "00112233445566778899aabbccddeeff00112233", Seq: 12, Events: 11, Chain: "ab"},
		"checked":  goldenChecked(),
		"checked-asked": &report.Checked{Upload: "0011", Outcome: report.Refused, Definition: "ctxh@2021.1", Register: "hai-duong@1", Draft: report.Draft{
			Questions: []report.Question{
				{Key: "00112233", Kind: report.AskRow, Code: "S261", Form: "Biểu 01", Words: "H. Nam Sahc", Sheet: "Sheet1", Cells: []string{"B9", "B31"},
					Candidates: []report.Candidate{{Code: "291", Name: "Huyện Nam Sách", Confidence: 83}, {Code: "290", Name: "Thành phố Chí Linh"}}},
				{Key: "44556677", Kind: report.AskColumn, Choice: report.ChoiceNone},
			},
		}},
		"answered":        &report.Answered{Definition: "ctxh", Question: "00112233", About: report.AskRow, Form: "Biểu 01", Words: "H. Nam Sahc", Upload: "0011", Choice: "291", Name: "Huyện Nam Sách", Reason: "theo danh mục cũ"},
		"submitted":       &report.Submitted{Version: 2, Upload: "0011", Explanations: []report.Explanation{{Code: "R402", Sheet: "Biểu 01", Cell: "F18", Reason: "tăng do mở thêm lớp"}, {Code: "R403", Reason: "đã đối chiếu lại"}}},
		"withdrawn":       &report.Withdrawn{Submission: "ffee", Reason: "gửi nhầm tệp"},
		"approved":        &report.Approved{Submission: "ffee", Note: "đồng ý"},
		"returned":        &report.Returned{Submission: "ffee", Reason: "thiếu huyện", Cells: []string{"Biểu 01!F18", ""}},
		"adjusted":        &report.Adjusted{Submission: "ffee", Unit: "so-y-te", Place: "288", Indicator: "1.02", Old: &ten, New: decimal.MustParse("-12.5"), Reason: "theo công văn bổ sung"},
		"closed":          &report.Closed{Reason: "hết hạn nộp"},
		"reopened":        &report.Reopened{Reason: "đơn vị xin bổ sung"},
		"exported":        &report.Exported{SHA256: "aabb", Name: "tong-hop.xlsx", State: "ccdd", Provisional: true, Trigger: "close"},
		"token":           &report.TokenIssued{ID: "t1", Hash: "eeff", Role: report.RoleAgency, Agency: "so-y-te", Name: "Văn thư", Expires: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		"revoked":         &report.TokenRevoked{ID: "t1", Reason: "nghỉ việc"},
		"submitted-group": &report.Submitted{Version: 1, Upload: "0011", Explanations: []report.Explanation{{Code: "R402", Group: "R402/R05/Biểu 01/F", Reason: "tăng do mở thêm lớp"}}},
		"definition-versions": &report.DefinitionApplied{Definition: &report.Definition{Code: "ctxh", Version: "2026.1", Rules: []report.Rule{
			{Code: "R05", Version: "1", Check: "[1] <= 5", Text: report.Text{VI: "cũ"}, Until: "2025-12-14"},
			{Code: "R05", Version: "2", Check: "[1] <= 3", Warning: "explain", WarningUntil: "2026-06-14", Text: report.Text{VI: "mới"}, From: "2025-12-15"},
		}}},
		"checked-no": &report.Checked{Upload: "0011", Outcome: report.Refused, Definition: "ctxh@2021.1", Register: "hai-duong@1", Draft: report.Draft{Nil: true}},
	}
	out := map[string]*report.Event{}
	for name, body := range bodies {
		out[name] = &report.Event{
			Key: report.ReturnKey("hd-2021", "so-y-te"), At: time.Date(2021, 3, 30, 10, 15, 0, 123e6, time.UTC),
			Actor: report.Actor{Role: report.RoleAgency, Agency: "so-y-te", ID: "t1", Name: "Văn thư"}, Body: body,
		}
	}
	return out
}

// goldenChecked has facts of every kind of value and every form of cell.
func goldenChecked() *report.Checked {
	fact := func(place, indicator string, v report.Value, sheet, cell, text, norm string) report.Fact {
		return report.Fact{Unit: "so-y-te", Place: place, Indicator: indicator, Value: v, Source: report.Source{Sheet: sheet, Cell: cell, Text: text, Norm: norm}}
	}
	number := func(s string) report.Value { return report.NumberOf(decimal.MustParse(s)) }
	return &report.Checked{
		Upload: "0011", Outcome: report.Ready, Definition: "ctxh@2021.1", Register: "hai-duong@1",
		Draft: report.Draft{
			Facts: report.FactsOf([]report.Fact{
				fact("288", "1.01", number("12"), "Biểu 01", "C7", "12", ""),
				fact("288", "1.02", number("-0.125"), "Biểu 01", "D7", "-0,125", "N501"),
				fact("288", "1.03", number("170141183460469231731687303715884105727"), "Biểu 01", "E7", "170141183460469231731687303715884105727", ""),
				fact("289", "1.01", report.Value{Kind: report.Nil}, "Biểu 01", "C8", "không", "N507"),
				fact("289", "1.02", report.Value{Kind: report.NotCollected}, "Biểu 01", "D8:D9", "…", ""),
				fact("289", "1.03", report.Value{Kind: report.NotApplicable}, "Biểu 01", "E8", "x", ""),
				fact("30T", "3.01", report.TextOf("Đã tổ chức 4 lớp"), "", "", "Đã tổ chức 4 lớp", ""),
				fact("30T", "3.02", report.BoolOf(true), "", "", "có", "N501,N507"),
			}),
			Findings: fault.List{{
				Code: "R402", Severity: fault.Explain, File: "báo cáo.xlsx", Sheet: "Biểu 01", Cell: "F18", Line: 3, Column: 5,
				Related: []string{"Biểu 01!G18"}, Args: []fault.Arg{{Name: "rule", Value: "lớn hơn", EN: "greater"}},
			}},
			Counts: report.Counts{Cells: 99, Used: 90, Excluded: 9},
		},
	}
}

func goldenFile(name string) string { return filepath.Join("testdata", "golden", name+".hex") }

// TestGolden holds layout 1 of every kind: what was written once is written the
// same for ever, and is read for ever.
func TestGolden(t *testing.T) {
	for name, e := range goldenEvents() {
		t.Run(name, func(t *testing.T) {
			if err := codec.Seal(e); err != nil {
				t.Fatal(err)
			}
			got, err := codec.Payload(e)
			if err != nil {
				t.Fatal(err)
			}
			want := golden(t, name, got)
			if !bytes.Equal(got, want) {
				t.Errorf("payload\n%x\nwant\n%x", got, want)
			}
			back, err := codec.DecodePayload(want)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(back, e) {
				t.Errorf("the golden bytes were read as %+v", back.Body)
			}
		})
	}
}

// TestGoldenFrame holds that a compressed frame of version 1 is read for ever.
// How it is written may change with the library; its identity may not.
func TestGoldenFrame(t *testing.T) {
	e := goldenEvents()["definition"]
	frame, err := codec.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	back, err := codec.Decode(golden(t, "frame", frame))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, e) {
		t.Errorf("the golden frame was read as %+v", back.Body)
	}
}

// golden gives the bytes of a golden file, writing it first with -update.
func golden(t *testing.T, name string, got []byte) []byte {
	t.Helper()
	if *update {
		var lines strings.Builder
		for text := hex.EncodeToString(got); text != ""; {
			n := min(len(text), 96)
			lines.WriteString(text[:n] + "\n")
			text = text[n:]
		}
		if err := os.WriteFile(goldenFile(name), []byte(lines.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(goldenFile(name))
	if err != nil {
		t.Fatal(err)
	}
	want, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	if err != nil {
		t.Fatal(err)
	}
	return want
}
