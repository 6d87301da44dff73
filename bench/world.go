package main

import (
	"fmt"

	"tonghop/report"
	"tonghop/report/calendar"
)

// The world of question a: what the generated workbooks ask for, so that we read
// them as they are. Each file is the return of one unit; the units belong to
// twenty agencies, by which the summary is made.

// officeAgencies are the agencies that the generator writes into cell C2: of file
// i the one at i modulo their number.
var officeAgencies = []string{
	"Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Tài chính", "Sở Xây dựng", "Sở Công Thương",
	"Sở Nông nghiệp và Môi trường", "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch",
	"Sở Tư pháp", "Sở Nội vụ", "Sở Dân tộc và Tôn giáo", "Thanh tra tỉnh", "Ban Quản lý Khu kinh tế",
	"Công an tỉnh", "Cục Thuế", "Kho bạc Nhà nước", "Bảo hiểm Xã hội", "Cục Thống kê",
	"Văn phòng Ủy ban nhân dân tỉnh", "Trung tâm Phục vụ hành chính công",
}

// officeDistricts are the stems of the names of districts, as the generator has
// them.
var officeDistricts = []string{
	"Thạnh Phú", "Bình Đại", "Giồng Trôm", "Mỏ Cày Nam", "Mỏ Cày Bắc", "Châu Thành", "Chợ Lách", "Ba Tri",
	"Đông Hưng", "Quỳnh Phụ", "Vũ Thư", "Kiến Xương", "Tiền Hải", "Hưng Hà", "Thái Thụy", "Nghĩa Hưng",
	"Hải Hậu", "Giao Thủy", "Xuân Trường", "Trực Ninh", "Ý Yên", "Vụ Bản", "Mỹ Lộc", "Nam Trực",
	"Đức Phổ", "Sơn Tịnh", "Tư Nghĩa", "Mộ Đức", "Ba Tơ", "Minh Long", "Trà Bồng", "Lý Sơn",
}

const (
	officeRequest = "ho-so-2025"
	officePlaces  = 160 // districts
	provinceCode  = "83"
)

// districtName is the name of the i-th district.
func districtName(i int) string {
	round := i / len(officeDistricts)
	name := [...]string{"Huyện ", "Thị xã ", "Thành phố "}[round%3] + officeDistricts[i%len(officeDistricts)]
	if round > 2 {
		name += fmt.Sprint(" ", round)
	}
	return name
}

func districtCode(i int) string { return fmt.Sprintf("%03d", 101+i) }

func unitCode(i int) string { return fmt.Sprintf("u%05d", i) }

func agencyCode(i int) string { return fmt.Sprintf("cq%02d", i) }

// officeIndicators are the five figures that every peer adds up.
var officeIndicators = []struct {
	code, name, unit string
	typ              report.Type
	header           []string
}{
	{"1", "Số hồ sơ tiếp nhận", "hồ sơ", report.TypeInt, []string{"Kết quả giải quyết", "Số hồ sơ tiếp nhận"}},
	{"2", "Số hồ sơ đã giải quyết", "hồ sơ", report.TypeInt, []string{"Kết quả giải quyết", "Đã giải quyết"}},
	{"3", "Số hồ sơ tồn", "hồ sơ", report.TypeInt, []string{"Kết quả giải quyết", "Tồn"}},
	{"4", "Kinh phí", "triệu đồng", report.TypeDec, []string{"Kinh phí", "Kinh phí (triệu đồng)"}},
	{"5", "Kinh phí đã giải ngân", "triệu đồng", report.TypeDec, []string{"Kinh phí", "Đã giải ngân"}},
}

// scaleOf is how many decimals figures of a type have here.
func scaleOf(t report.Type) int {
	if t == report.TypeDec {
		return 2
	}
	return 0
}

// officeDefinition is the form that the generated workbooks follow without
// knowing it.
func officeDefinition() *report.Definition {
	d := &report.Definition{Code: "ho-so", Version: "1", Title: report.Text{VI: "Tiếp nhận và giải quyết hồ sơ", EN: "Files taken in and settled"}, Calendar: "civil"}
	s := report.Sheet{
		Name: "Báo cáo", Shape: report.PlacesDown, Places: []string{provinceCode + "/" + report.LevelDistrict},
		Key:    report.KeyHeaders{Code: []string{"Mã huyện"}, Name: []string{"Huyện/Thị xã/Thành phố"}},
		Ignore: []string{"STT", "Ngày báo cáo", "Tỷ lệ (%)", "Ghi chú", "Đạt chỉ tiêu"},
	}
	for _, i := range officeIndicators {
		ind := report.Indicator{Code: i.code, Name: report.Text{VI: i.name}, Unit: i.unit, Type: i.typ, Scale: scaleOf(i.typ), By: report.ByPlace}
		d.Indicators = append(d.Indicators, ind)
		s.Columns = append(s.Columns, report.Column{Indicator: i.code, Header: i.header})
	}
	d.Sheets = []report.Sheet{s}
	return d
}

// officeRegister has the districts, the agencies, and n units below them.
func officeRegister(n int) *report.Register {
	r := &report.Register{Code: "tinh", Version: "1", Title: report.Text{VI: "Danh mục của tỉnh", EN: "Register of the province"}}
	r.Places = append(r.Places, report.Place{Code: provinceCode, Name: report.Text{VI: "Tỉnh"}, Level: report.LevelProvince})
	for i := range officePlaces {
		r.Places = append(r.Places, report.Place{Code: districtCode(i), Name: report.Text{VI: districtName(i)}, Level: report.LevelDistrict, Parent: provinceCode})
	}
	for i, name := range officeAgencies {
		r.Agencies = append(r.Agencies, report.Agency{Code: agencyCode(i), Name: report.Text{VI: name}, Place: provinceCode})
	}
	for i := range n {
		r.Agencies = append(r.Agencies, report.Agency{Code: unitCode(i), Name: report.Text{VI: fmt.Sprintf("Đơn vị %05d", i)},
			Parent: agencyCode(i % len(officeAgencies)), Place: provinceCode})
	}
	return r.Index()
}

// officeAsk asks n units.
func officeAsk(n int) *report.Request {
	r := &report.Request{
		Code: officeRequest, Title: report.Text{VI: "Tình hình tiếp nhận và giải quyết hồ sơ năm 2025", EN: "Files taken in and settled, 2025"},
		Definition: "ho-so", Version: "1", Register: "tinh", Registered: "1", Place: provinceCode,
		Issuer: report.Issuer{Name: "Văn phòng Ủy ban nhân dân tỉnh", Code: "VP"},
		From:   calendar.MustDate("2025-01-01"), To: calendar.MustDate("2025-12-31"),
		Due: calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2026-01-15")},
	}
	for i := range n {
		r.Agencies = append(r.Agencies, unitCode(i))
	}
	return r
}
