package table

import (
	"strings"
	"testing"
)

// TestAdditive: shares, rates, means, scores and ranks do not add up; what is sorted by a
// scale, steps of it and places called points do.
func TestAdditive(t *testing.T) {
	for _, tt := range []struct {
		path string // from the general to the particular
		unit string
		want bool
	}{
		{"Số hộ", "", true},
		{"Tỷ lệ hộ nghèo", "", false},
		{"Hộ nghèo", "%", false},
		{"Thu nhập bình quân", "", false},
		{"Số lượt khám bình quân một ngày", "", false},
		{"Thu nhập trung bình", "", false},
		{"Trung bình", "", false},
		{"Số hộ có mức sống trung bình", "", true},
		{"Hộ có mức sống trung bình", "", true},
		{"Học lực trung bình", "", true},
		{"Học lực / Trung bình", "", true},
		{"Xếp loại / Trung bình", "", true},
		{"Mức sống trung bình", "hộ", true},
		{"Mức hỗ trợ", "triệu đồng", false},
		{"Mức hỗ trợ", "", false},
		{"Mức 3", "", true},
		{"Hạng", "", false},
		{"Hạng A1", "", true},
		{"Hạng mục san nền", "", true},
		{"Xếp hạng", "", false},
		{"Điểm", "", false},
		{"Điểm đánh giá", "", false},
		{"Điểm dân cư", "", true},
		{"Điểm tập kết rác", "", true},
		{"Điểm thi đua", "điểm", false},
		{"Máy tính", "Cái/chiếc", true},
		{"Dụng cụ", "Bộ/Set", true},
		{"Số lượt khám", "lượt/người", true},
		{"Lượt khám", "lượt/người", false},
		{"Giá bán", "đồng/kg", false},
		{"Lúa", "tạ/ha", false},
		{"Bác sĩ", "người/1.000 dân", false},
		{"So sánh", "lần", false},
		{"Diện tích thiệt hại trên 70%", "ha", true},
		{"Cồn 70%", "lít", true},
		{"% thực hiện", "", false},
		{"Kế hoạch 2023 (%)", "", false},
		{"Năm sản xuất", "", false},
		{"Năm trước", "", true},
		{"Cơ cấu", "", false},
		{"Nhiệt độ", "", false},
		{"Giá", "", false},
		{"Giá bán", "", false},
		{"Giá trị", "", true},
		{"Thời hạn", "tháng", false},
		{"Ngày ĐTBQ", "", false},
		{"Mật độ", "", false},
		{"Dân số", "Người/km2", false},
		{"Năm sinh", "", false},
		{"Số thứ tự ưu tiên", "", false},
		{"Điểm trường", "", true},
		{"Số hộ / Đạt", "", true},
		{"Số trường / Không đạt", "", true},
		{"Công suất thiết kế", "m3/ngày", true},
		{"Công suất", "m³/ngày đêm", true},
		{"Công suất", "1.000 m3/ngày", true},
		{"Sản lượng", "tấn/năm", true},
		{"Năng suất", "tấn/ngày", false},
		{"Định mức", "m3/ngày", false},
		{"Tiêu chuẩn cấp nước", "lít/ngày", false},
		{"Cấp nước", "lít/người/ngày", false},
		{"Lương", "đồng/tháng", false},
		{"Vận hành", "km/giờ", false},
		{"Mức đầu tư", "", true},
		{"Tổng mức đầu tư", "triệu đồng", true},
		{"Mức lương", "đồng", false},
		{"Mức đóng", "", false},
		{"Điểm phát thuốc", "", true},
		{"Điểm thi", "", false},
		{"Trung bình yếu", "", true},
		{"Trung bình khá", "", true},
		{"Trung bình tháng", "", false},
		{"Đạt", "", false},
		{"", "", true},
		{"Kết quả / Đạt", "", false},
	} {
		if got := Additive(strings.Split(tt.path, " / "), tt.unit); got != tt.want {
			t.Errorf("%s (%s): %v", tt.path, tt.unit, got)
		}
	}
}

// TestAddsRow: a step of a scale is told by the steps beside it.
func TestAddsRow(t *testing.T) {
	rows := func(names ...string) *Table {
		var out Table
		for _, name := range names {
			out.Lines = append(out.Lines, Line{Name: name})
		}
		out.countSteps()
		return &out
	}
	for _, tt := range []struct {
		names []string
		want  bool
	}{
		{[]string{"3. Trung bình", "1. Giỏi", "2. Khá", "4. Yếu"}, true},
		{[]string{"Trung bình", "Tháng 1", "Tháng 2"}, false},
		{[]string{"Trung bình tháng", "Giỏi", "Khá"}, false},
		{[]string{"Tỷ lệ", "Giỏi", "Khá"}, false},
	} {
		table := rows(tt.names...)
		if table.AddsRow(&table.Lines[0], "%") {
			t.Errorf("%s in percent adds up", tt.names[0])
		}
		if got := table.AddsRow(&table.Lines[0], ""); got != tt.want {
			t.Errorf("the first of %v adds up: %v", tt.names, got)
		}
	}
}
