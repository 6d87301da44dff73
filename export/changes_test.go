package export

import (
	"bytes"
	"testing"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
)

func text(s string) *string { return &s }

// sampleNotice is of a correction after the close: one figure of an agency, the total it is
// in, a figure that was taken out, and words.
func sampleNotice() *Notice {
	at := time.Date(2021, 4, 2, 3, 15, 0, 0, time.UTC)
	deeds := []report.Deed{
		{Kind: report.KindSubmitted, At: at, Agency: "syt", Actor: report.Actor{Role: report.RoleAgency, Name: "Trần Bình"}, Version: 2, File: "so-y-te-sua.xlsx"},
		{Kind: report.KindAdjusted, At: at.Add(time.Hour), Agency: "syt", Actor: report.Actor{Role: report.RoleCoordinator}, Reason: "theo biên bản"},
	}
	return &Notice{
		Changes: &report.Changes{
			Request: "r", From: at.AddDate(0, 0, -2), To: at.AddDate(0, 0, 1), Deeds: deeds,
			Totals: []report.Changed{{Indicator: "1.02", Old: text("19"), New: text("21.5"), Steps: []report.Step{{Deeds: []int{0}, Value: text("21")}, {Deeds: []int{1}, Value: text("21.5")}}}},
			Cells: []report.Changed{
				{Agency: text("syt"), Place: text("288"), Indicator: "1.02", Old: text("10"), New: text("12"), Steps: []report.Step{{Deeds: []int{0}, Value: text("12")}}},
				{Agency: text("syt"), Place: text("288"), Indicator: "1.09", Old: text("3"), NewMark: report.MarkMissing, Steps: []report.Step{{Deeds: []int{0}}}},
				{Agency: text("syt"), Place: text("288"), Indicator: "3.01", New: text("Có kết quả"), OldMark: report.MarkNil, Steps: []report.Step{{Deeds: []int{0}, Value: text("Có kết quả")}}},
			},
		},
		Request: &report.Request{Code: "r", Title: report.Text{VI: "Kết quả quý I"}, Issuer: report.Issuer{Name: "Sở Y tế", Superior: "UBND tỉnh"}},
		Definition: &report.Definition{Indicators: []report.Indicator{
			{Code: "1.02", Name: report.Text{VI: "Số cuộc"}, Unit: "cuộc", Type: report.TypeDec, Scale: 1}, {Code: "3.01", Name: report.Text{VI: "Kết quả"}, Type: report.TypeText},
		}},
		Register: (&report.Register{
			Agencies: []report.Agency{{Code: "syt", Name: report.Text{VI: "Sở Y tế"}}}, Places: []report.Place{{Code: "288", Name: report.Text{VI: "TP. Hải Dương"}}},
		}).Index(),
	}
}

// TestNotice: a notice says of each figure what it was, what it is, by how much it differs,
// and by whom, when and why; the same changes give the same bytes.
func TestNotice(t *testing.T) {
	b, err := sampleNotice().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := sampleNotice().Bytes(); err != nil || !bytes.Equal(b, again) {
		t.Error("the same changes give other bytes")
	}
	wb, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := wb.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{
		"A5": "ĐÍNH CHÍNH SỐ LIỆU", "A7": "Thay đổi từ 10 giờ 15 phút ngày 31/3/2021 đến 10 giờ 15 phút ngày 3/4/2021", "A9": "I. Số tổng hợp",
		"B10": "1.02 Số cuộc", "D10": "Tất cả", "F10": "19", "G10": "21.5", "H10": "2.5",
		"I10": "10 giờ 15 phút ngày 2/4/2021, Trần Bình (Sở Y tế) nộp bản 2 (so-y-te-sua.xlsx)\n11 giờ 15 phút ngày 2/4/2021, " + report.RoleCoordinator.Words().VI + " (Sở Y tế) điều chỉnh: theo biên bản",
		"A11": "II. Số liệu của từng đơn vị", "D12": "Sở Y tế", "E12": "TP. Hải Dương", "F12": "10", "G12": "12", "H12": "2",
		"B13": "1.09", "F13": "3", "G13": "chưa có", "H13": "",
		"F14": "-", "G14": "Có kết quả",
	} {
		row, col, err := xlsx.ParseRef(at)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if c := g.At(row, col); c != nil {
			got = c.Text
		}
		if got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
}

// TestNoticeOfNothing: that nothing changed is said.
func TestNoticeOfNothing(t *testing.T) {
	n := sampleNotice()
	n.Changes.Totals, n.Changes.Cells = nil, nil
	if b, err := n.Bytes(); err != nil || len(b) == 0 {
		t.Error(err)
	}
	n.Changes.To = time.Time{}
	if _, err := n.Bytes(); err == nil {
		t.Error("a notice without a moment is written")
	}
}
