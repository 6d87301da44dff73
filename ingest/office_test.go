package ingest

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// A paper as offices send it: a table of their own of forty rows and twelve
// columns, without our marks, of which the form asks for five. It is what most
// of the time of a season goes into.
const (
	officeDistricts = 160
	officeUnits     = 2000
	officeRows      = 34 // districts on one paper, between five rows of heads and a total
)

func officeDistrict(i int) (code, name string) {
	stems := [...]string{"Thạnh Phú", "Bình Đại", "Giồng Trôm", "Mỏ Cày Nam", "Mỏ Cày Bắc", "Châu Thành", "Chợ Lách", "Ba Tri"}
	levels := [...]string{"Huyện", "Thị xã", "Thành phố"}
	return strconv.Itoa(101 + i), fmt.Sprintf("%s %s %d", levels[i%3], stems[i%len(stems)], i/len(stems)+1)
}

// officeEnv asks each of two thousand units for five figures of the districts.
func officeEnv() Env {
	def := &report.Definition{Code: "ho-so", Version: "1", Calendar: "civil"}
	layout := report.Sheet{
		Name: "Báo cáo", Shape: report.PlacesDown, Places: []string{"83/" + report.LevelDistrict},
		Key:    report.KeyHeaders{Code: []string{"Mã huyện"}, Name: []string{"Huyện/Thị xã/Thành phố"}},
		Ignore: []string{"STT", "Ngày báo cáo", "Tỷ lệ (%)", "Ghi chú", "Đạt chỉ tiêu"},
	}
	for i, header := range [][]string{
		{"Kết quả giải quyết", "Số hồ sơ tiếp nhận"}, {"Kết quả giải quyết", "Đã giải quyết"}, {"Kết quả giải quyết", "Tồn"},
		{"Kinh phí", "Kinh phí (triệu đồng)"}, {"Kinh phí", "Đã giải ngân"},
	} {
		ind := report.Indicator{Code: strconv.Itoa(i + 1), Name: report.Text{VI: header[1]}, Type: report.TypeInt, By: report.ByPlace}
		if i > 2 {
			ind.Type, ind.Scale, ind.Unit = report.TypeDec, 2, "triệu đồng"
		}
		def.Indicators = append(def.Indicators, ind)
		layout.Columns = append(layout.Columns, report.Column{Indicator: ind.Code, Header: header})
	}
	def.Sheets = []report.Sheet{layout}
	reg := &report.Register{Code: "tinh", Version: "1", Places: []report.Place{{Code: "83", Name: report.Text{VI: "Tỉnh"}, Level: report.LevelProvince}}}
	for i := range officeDistricts {
		code, name := officeDistrict(i)
		reg.Places = append(reg.Places, report.Place{Code: code, Name: report.Text{VI: name}, Level: report.LevelDistrict, Parent: "83"})
	}
	req := &report.Request{Code: "ho-so-2025", Definition: "ho-so", Version: "1", Register: "tinh", Registered: "1", Place: "83",
		From: calendar.MustDate("2025-01-01"), To: calendar.MustDate("2025-12-31")}
	for i := range officeUnits {
		code := fmt.Sprintf("u%05d", i)
		reg.Agencies = append(reg.Agencies, report.Agency{Code: code, Name: report.Text{VI: "Đơn vị " + code}, Place: "83"})
		req.Agencies = append(req.Agencies, code)
	}
	return Env{Definition: def, Register: reg.Index(), Request: req, Agency: "u00007"}
}

// officePaper draws the table of one office.
func officePaper(t testing.TB) []byte {
	t.Helper()
	book := xlsx.NewBook(xlsx.Props{Title: "Báo cáo", Created: calendar.MustDate("2025-12-31").Start(nil)})
	w := book.Sheet("Sheet1")
	plain, whole, money := xlsx.Style{}, xlsx.Style{NumFmt: "#,##0"}, xlsx.Style{NumFmt: "#,##0.00"}
	w.Text(1, 1, "BÁO CÁO TÌNH HÌNH TIẾP NHẬN VÀ GIẢI QUYẾT HỒ SƠ THÁNG 7 NĂM 2025", plain)
	w.Text(2, 1, "Đơn vị báo cáo:", plain)
	w.Text(2, 3, "Sở Nội vụ", plain)
	w.Text(3, 1, "Kỳ báo cáo:", plain)
	day := time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC)
	w.Date(3, 3, day, plain)
	for col, head := range []string{"STT", "Mã huyện", "Huyện/Thị xã/Thành phố", "Ngày báo cáo", "Kết quả giải quyết", "", "", "", "Kinh phí", "", "Ghi chú", "Đạt chỉ tiêu"} {
		if head != "" {
			w.Text(4, col+1, head, plain)
		}
	}
	for i, head := range []string{"Số hồ sơ tiếp nhận", "Đã giải quyết", "Tồn", "Tỷ lệ (%)", "Kinh phí (triệu đồng)", "Đã giải ngân"} {
		w.Text(5, 5+i, head, plain)
	}
	for _, area := range []string{"A1:L1", "A2:B2", "C2:F2", "A3:B3", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:H4", "I4:J4", "K4:K5", "L4:L5"} {
		merged, err := xlsx.ParseRange(area)
		if err != nil {
			t.Fatal(err)
		}
		w.Merge(merged)
	}
	const first = 6
	for i := range officeRows {
		row := first + i
		code, name := officeDistrict(i)
		w.Number(row, 1, strconv.Itoa(i+1), whole)
		w.Text(row, 2, code, plain)
		w.Text(row, 3, name, plain)
		w.Date(row, 4, day.AddDate(0, 0, i%27), plain)
		w.Number(row, 5, strconv.Itoa(300+37*i), whole)
		w.Number(row, 6, strconv.Itoa(200+31*i), whole)
		w.Number(row, 7, strconv.Itoa(100+6*i), whole)
		w.Number(row, 8, fmt.Sprintf("0.%04d", 6667+i), xlsx.Style{NumFmt: "0.00%"})
		w.Number(row, 9, fmt.Sprintf("%d.%02d", 120000+971*i, (7*i+13)%100), money)
		w.Number(row, 10, fmt.Sprintf("%d.%02d", 90000+641*i, (3*i+5)%100), money)
		if i%3 > 0 {
			w.Text(row, 11, fmt.Sprintf("Đang xử lý (văn bản số %d/BC-UBND)", 100+i), plain)
		}
		w.Bool(row, 12, i%2 == 0, plain)
	}
	total := first + officeRows
	w.Text(total, 1, "Tổng cộng", plain)
	for i, sum := range []string{"30957", "24191", "6766"} {
		col := string(rune('E' + i))
		w.Formula(total, 5+i, fmt.Sprintf("SUM(%s%d:%s%d)", col, first, col, total-1), sum, whole)
	}
	body, err := book.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestOfficePaper holds what the benchmark measures to be the reading of a whole
// paper, and not of one that is refused early.
func TestOfficePaper(t *testing.T) {
	got := Read(Upload{ID: "u", Name: "bao-cao.xlsx", Body: officePaper(t)}, officeEnv())
	if got.Outcome != report.Ready || got.Draft.Facts.Len() != 5*officeRows {
		t.Errorf("%s with %d facts, want ready with %d: %v", got.Outcome, got.Draft.Facts.Len(), 5*officeRows, got.Draft.Findings)
	}
}
