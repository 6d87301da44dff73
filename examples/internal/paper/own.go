package paper

import (
	"time"

	"tonghop/internal/xlsx"
)

// districts of Hải Dương as offices write them when nobody gives them a form.
var (
	abbreviated = []placeRow{
		{"288", "TP. Hải Dương"}, {"290", "TP. Chí Linh"}, {"291", "Nam Sách"}, {"292", "TX Kinh Môn"},
		{"293", "Kim Thành"}, {"294", "Thanh Hà"}, {"295", "Cẩm Giàng"}, {"296", "Bình Giang"},
		{"297", "Gia Lộc"}, {"298", "Tứ Kỳ"}, {"299", "Ninh Giang"}, {"300", "Thanh Miện"},
		{"30T", "Cấp tỉnh"},
	}
	spelledOut = []placeRow{
		{"30T", "Cơ quan tỉnh"},
		{"288", "Thành phố Hải Dương"}, {"290", "Thành phố Chí Linh"}, {"292", "Thị xã Kinh Môn"},
		{"291", "Huyện Nam Sách"}, {"293", "Huyện Kim Thành"}, {"294", "Huyện Thanh Hà"}, {"295", "Huyện Cẩm Giàng"},
		{"296", "Huyện Bình Giang"}, {"297", "Huyện Gia Lộc"}, {"298", "Huyện Tứ Kỳ"}, {"299", "Huyện Ninh Giang"},
		{"300", "Huyện Thanh Miện"},
	}
)

const province = "UBND TỈNH HẢI DƯƠNG"

// information is the workbook of the Department of Information and
// Communications: two appendices to its letter, drawn by its own office.
func information(t *Table, made time.Time) ([]byte, error) {
	b := newBook("Sở Thông tin và Truyền thông", "Kết quả Ngày Công tác xã hội Việt Nam 2021", made)
	s := b.Sheet("Phụ lục 1")
	setWidths(s, 5, labelWidth, 12, wordsWidth, 12)
	fitted(s)
	row := letterhead(s, 5, province, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Số: 512/STTTT-TTBCXB", "Hải Dương, ngày "+made.Format("02")+" tháng 3 năm 2021")
	heading(s, row, 5, "KẾT QUẢ THÔNG TIN, TRUYỀN THÔNG NGÀY CÔNG TÁC XÃ HỘI VIỆT NAM NĂM 2021", title)
	heading(s, row+1, 5, "(Kèm theo Công văn của Sở Thông tin và Truyền thông)", slant)
	row = t.results(s, row+3, []item{
		{"I. Thông tin, truyền thông", "", ""},
		{"Số văn bản chỉ đạo, kế hoạch đã ban hành", "văn bản", "1.01"},
		{"Số tin, bài trên báo in, báo điện tử, cổng thông tin", "tin, bài", "1.06"},
		{"Số phóng sự, chuyên mục phát thanh, truyền hình", "chuyên mục", "1.07"},
		{"Tổng thời lượng phát sóng", "phút", "1.08"},
		{"Số bài đăng trên mạng xã hội", "bài", "1.10"},
		{"Số lượt tiếp cận trên mạng xã hội", "lượt", "1.11"},
		{"Bảo đảm quy định phòng, chống dịch Covid-19", "có/không", "1.19"},
		{"II. Đánh giá", "", ""},
		{"Kết quả nổi bật", "", "3.01"},
		{"Khó khăn, vướng mắc", "", "3.02"},
	})
	signature(s, row+1, 5, "Hải Dương, ngày "+made.Format("02")+" tháng 3 năm 2021", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")

	s = b.Sheet("Phụ lục 2")
	d := districtTable{
		table: t, places: abbreviated, index: true, total: "Tổng cộng", write: typed,
		columns: []columnHead{
			{"Hội nghị, tọa đàm, lễ kỷ niệm", "Số hội nghị, tọa đàm, lễ kỷ niệm", "1.02"},
			{"Hội nghị, tọa đàm, lễ kỷ niệm", "Số lượt người tham dự", "1.03"},
			{"Truyền thanh cơ sở", "Số lượt phát", "1.09"},
			{"Tuyên truyền trực quan", "Băng rôn (cái)", "1.12"},
			{"Tuyên truyền trực quan", "Tờ rơi (tờ)", "1.13"},
			{"", "Cuộc hoãn do dịch", "1.20"},
		},
	}
	setWidths(s, 5, 26, 14, 14, 14, 14, 14, 14)
	heading(s, 1, d.last(), "Phụ lục 2", strong)
	heading(s, 2, d.last(), "KẾT QUẢ THEO HUYỆN, THỊ XÃ, THÀNH PHỐ", title)
	row = d.draw(s, 4)
	s.Text(row+1, 1, "Ghi chú: số lượt phát do đài truyền thanh cấp xã ghi sổ; không tính lượt phát của Đài tỉnh.", xlsx.Style{Size: 11, Italic: true})
	signature(s, row+2, d.last(), "Hải Dương, ngày "+made.Format("02")+" tháng 3 năm 2021", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
	landscape(s)
	return b.Bytes()
}

// women is the workbook of the Women's Union: its own tables, totals on top,
// figures with a decimal comma typed as text.
func women(t *Table, made time.Time) ([]byte, error) {
	b := newBook("Hội Liên hiệp Phụ nữ tỉnh Hải Dương", "Báo cáo kết quả hoạt động 25/3", made)
	s := b.Sheet("Tổng hợp")
	setWidths(s, 5, labelWidth, 12, wordsWidth, 12)
	fitted(s)
	row := letterhead(s, 5, "HỘI LHPN VIỆT NAM", "BAN CHẤP HÀNH HỘI LHPN TỈNH HẢI DƯƠNG", "Số: 87/BC-BTV", "Hải Dương, ngày 31 tháng 3 năm 2021")
	heading(s, row, 5, "BÁO CÁO", title)
	heading(s, row+1, 5, "Kết quả hưởng ứng Ngày Công tác xã hội Việt Nam (25/3)", strong)
	row = t.results(s, row+3, []item{
		{"Số văn bản chỉ đạo, kế hoạch đã ban hành", "văn bản", "1.01"},
		{"Số tin, bài trên báo in, báo điện tử, cổng thông tin", "tin, bài", "1.06"},
		{"Số bài đăng trên mạng xã hội", "bài", "1.10"},
		{"Số lượt tiếp cận trên mạng xã hội", "lượt", "1.11"},
		{"Bảo đảm quy định phòng, chống dịch Covid-19", "có/không", "1.19"},
		{"Kết quả nổi bật", "", "3.01"},
		{"Khó khăn, vướng mắc", "", "3.02"},
		{"Kiến nghị, đề xuất", "", "3.03"},
	})
	signature(s, row+1, 5, "Hải Dương, ngày 31 tháng 3 năm 2021", "TM. BAN THƯỜNG VỤ\nPHÓ CHỦ TỊCH")

	activities := districtTable{
		table: t, places: spelledOut, total: "Tổng số", atop: true, write: typed,
		columns: []columnHead{
			{"Hội nghị", "Số cuộc", "1.02"}, {"Hội nghị", "Lượt người dự", "1.03"}, {"Hội nghị", "Trong đó: nữ", "1.03b"},
			{"", "Tờ rơi, tờ gấp, tài liệu đã phát", "1.13"}, {"", "Cuộc hoãn do dịch", "1.20"},
		},
	}
	s = b.Sheet("Hoạt động")
	setWidths(s, 5, 26, 14, 14, 14, 16, 14)
	heading(s, 1, activities.last(), "HOẠT ĐỘNG CỦA CÁC CẤP HỘI", title)
	activities.draw(s, 3)
	landscape(s)

	help := districtTable{
		table: t, places: spelledOut, total: "Tổng số", atop: true, write: vietnamese,
		columns: []columnHead{
			{"Người được trợ giúp", "Tổng số", "2.01"}, {"Người được trợ giúp", "Trẻ em", "2.01a"}, {"Người được trợ giúp", "Người cao tuổi", "2.01b"},
			{"Người được trợ giúp", "Người khuyết tật", "2.01c"}, {"Người được trợ giúp", "Khác", "2.01d"},
			{"Hộ được trợ giúp", "Tổng số", "2.02"}, {"Hộ được trợ giúp", "Hộ nghèo", "2.02a"}, {"Hộ được trợ giúp", "Hộ cận nghèo", "2.02b"},
			{"", "Số suất quà đã trao", "2.03"},
			{"Trị giá", "Bằng tiền (triệu đồng)", "2.04"}, {"Trị giá", "Bằng hiện vật (triệu đồng)", "2.05"}, {"Trị giá", "Cộng (triệu đồng)", "2.06"},
			{"", "Chia theo nguồn: xã hội hóa", "2.06b"},
			{"", "Số ca được tư vấn, tham vấn", "2.07"}, {"", "Số ca chuyển gửi, kết nối dịch vụ", "2.08"}, {"", "Số lượt tình nguyện viên tham gia", "2.09"},
		},
	}
	s = b.Sheet("Trợ giúp")
	setWidths(s, 5, 24, 9, 9, 9, 9, 9, 9, 9, 9, 9, 11, 11, 11, 11, 9, 9, 10)
	heading(s, 1, help.last(), "TRỢ GIÚP NGƯỜI CÓ HOÀN CẢNH KHÓ KHĂN", title)
	row = help.draw(s, 3)
	s.Text(row+1, 1, "Ghi chú: thành phố Chí Linh gồm cả 120 suất quà trao chung với UBMTTQ và Hội Chữ thập đỏ tỉnh.", xlsx.Style{Size: 11, Italic: true})
	landscape(s)
	return b.Bytes()
}

// setWidths sets the widths of the first columns.
func setWidths(s *xlsx.Worksheet, widths ...float64) {
	for i, w := range widths {
		s.Columns(i+1, i+1, xlsx.Column{Width: w})
	}
}

// fitted prints all columns on one page.
func fitted(s *xlsx.Worksheet) { s.Print = xlsx.Print{FitWidth: true} }

// landscape turns a wide sheet.
func landscape(s *xlsx.Worksheet) { s.Print = xlsx.Print{Landscape: true, FitWidth: true} }
