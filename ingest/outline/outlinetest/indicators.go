package outlinetest

import "strings"

// indicator is a line of a list of indicators. How its children stand to it is
// written before each of them: "=" they add up to it, "~" they are some of it,
// "§" it only heads them.
type indicator struct {
	text, unit string
	mark       string // "=", "~", "§" or ""
	children   []*indicator
}

// indicatorLists are written with two blanks for each level; the unit stands
// behind the semicolon and is inherited.
var indicatorLists = []struct{ title, lines string }{{"HOẠT ĐỘNG NGÀY CÔNG TÁC XÃ HỘI", `
§ Công tác thông tin, truyền thông
  Số văn bản chỉ đạo, kế hoạch đã ban hành; văn bản
  Số hội nghị, tọa đàm, lễ kỷ niệm; cuộc
  Số lượt người tham dự; lượt người
    ~ Người làm công tác xã hội
    ~ Nữ
  Số tin, bài trên báo, cổng thông tin điện tử; tin, bài
    = Báo in, báo điện tử
    = Cổng thông tin điện tử
    = Mạng xã hội
  Băng rôn, khẩu hiệu, pa nô; cái
§ Trợ giúp người có hoàn cảnh khó khăn
  Số người được trợ giúp; người
    = Trẻ em
    = Người cao tuổi
    = Người khuyết tật
    = Đối tượng khác
  Số hộ gia đình được trợ giúp; hộ
    ~ Hộ nghèo
    ~ Hộ cận nghèo
  Tổng trị giá hỗ trợ; triệu đồng
    = Bằng tiền
    = Bằng hiện vật (quy đổi)
  Số ngày công tình nguyện; ngày công
§ Phát triển nghề công tác xã hội
  Số cơ sở cung cấp dịch vụ; cơ sở
  Số người làm công tác xã hội; người
    ~ Có trình độ chuyên môn
`}, {"HOẠT ĐỘNG CỦA TRUNG TÂM CÔNG TÁC XÃ HỘI", `
Đối tượng đang chăm sóc, nuôi dưỡng đầu kỳ; người
Tiếp nhận trong kỳ; người
Giảm trong kỳ; người
  = Về gia đình, cộng đồng
  = Chuyển cơ sở khác
  = Nhận làm con nuôi
  = Tử vong
Đang chăm sóc, nuôi dưỡng cuối kỳ; người
  = Trẻ em
  = Người cao tuổi
  = Người khuyết tật
  = Người tâm thần
  = Cần bảo vệ khẩn cấp
Tổng số ngày nuôi dưỡng; ngày-người
Số lượt khám, chăm sóc y tế; lượt
  ~ Chuyển tuyến điều trị
Viên chức, người lao động; người
  ~ Có chuyên môn công tác xã hội
  ~ Nữ
`}, {"CÂN ĐỐI NGÂN SÁCH ĐỊA PHƯƠNG", `
= THU CÂN ĐỐI NGÂN SÁCH; tỷ đồng
  = Thu nội địa
    = Thu từ doanh nghiệp nhà nước
    = Thu từ doanh nghiệp có vốn đầu tư nước ngoài
    = Thuế thu nhập cá nhân
    = Các khoản thu về nhà, đất
    = Thu khác ngân sách
  = Thu từ hoạt động xuất nhập khẩu
  = Thu viện trợ
= CHI CÂN ĐỐI NGÂN SÁCH; tỷ đồng
  = Chi đầu tư phát triển
    ~ Chi giáo dục - đào tạo
    ~ Chi khoa học và công nghệ
  = Chi thường xuyên
    = Chi quản lý hành chính
    = Chi sự nghiệp giáo dục
    = Chi bảo đảm xã hội
  = Chi trả nợ lãi
  = Dự phòng ngân sách
`}, {"CHI PHÍ HOẠT ĐỘNG", `
= Chi hoạt động; triệu đồng
  = Chi nộp thuế và các khoản phí, lệ phí
  = Chi cho nhân viên
    = Chi lương và phụ cấp
    = Các khoản đóng góp theo lương
    = Chi trợ cấp
  = Chi về tài sản
    ~ Khấu hao tài sản cố định
  = Chi hoạt động quản lý công vụ
= Chi dự phòng; triệu đồng
  = Dự phòng giảm giá
  = Dự phòng rủi ro tín dụng
`}, {"ĐỘI NGŨ NHÀ GIÁO, CÁN BỘ QUẢN LÝ", `
= Tổng số cán bộ quản lý; người
  = Giáo sư, phó giáo sư
  = Tiến sĩ
  = Thạc sĩ
  = Đại học
  = Trình độ khác
= Tổng số nhà giáo; người
  = Nhà giáo cơ hữu
    ~ Nữ
    ~ Dân tộc thiểu số
  = Nhà giáo thỉnh giảng
§ Cơ sở vật chất
  Phòng học lý thuyết; phòng
  Xưởng thực hành; xưởng
  Diện tích ký túc xá; m2
`}, {"SẢN XUẤT NÔNG, LÂM NGHIỆP", `
§ Lĩnh vực trồng trọt
  Diện tích gieo trồng cây hằng năm; ha
    = Lúa cả năm
    = Ngô
    = Rau, đậu các loại
    = Cây hằng năm khác
  Sản lượng lương thực có hạt; tấn
    = Thóc
    = Ngô hạt
§ Lĩnh vực chăn nuôi
  Tổng đàn gia súc; con
    = Trâu
    = Bò
    = Lợn
  Tổng đàn gia cầm; nghìn con
    ~ Gà
§ Lĩnh vực lâm nghiệp
  Diện tích rừng trồng mới; ha
    ~ Rừng sản xuất
  Số vụ cháy rừng; vụ
`}, {"CÔNG TÁC TIẾP DÂN VÀ CẢI CÁCH HÀNH CHÍNH", `
§ Khiếu nại, tố cáo và tiếp công dân
  Số lượt tiếp công dân; lượt
    = Tiếp thường xuyên
    = Tiếp định kỳ của lãnh đạo
  Số đơn tiếp nhận; đơn
    = Khiếu nại
    = Tố cáo
    = Kiến nghị, phản ánh
§ Cải cách hành chính
  Số thủ tục hành chính đang thực hiện; thủ tục
    = Cấp tỉnh
    = Cấp xã
  Số dịch vụ công trực tuyến toàn trình; dịch vụ
  Số hồ sơ giải quyết; hồ sơ
    ~ Quá hạn
`}}

func readIndicators(text string) []*indicator {
	top := &indicator{}
	stack := []*indicator{top}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		rest := strings.TrimLeft(line, " ")
		depth := (len(line) - len(rest)) / 2
		n := &indicator{}
		for _, mark := range []string{"§", "=", "~"} {
			if r, ok := strings.CutPrefix(rest, mark+" "); ok {
				rest, n.mark = r, mark
			}
		}
		n.text, n.unit, _ = strings.Cut(rest, "; ")
		stack = stack[:depth+1]
		above := stack[depth]
		if n.unit == "" {
			n.unit = above.unit
		}
		above.children = append(above.children, n)
		stack = append(stack, n)
	}
	return top.children
}
