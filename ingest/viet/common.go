package viet

// common are syllables that reports and the names of places are full of. They
// decide between two readings that are both spelt well: under a font of TCVN3
// "Tân" is Tân in Unicode or else Tõn, which nobody is called.
var common = wordSet(`
	ấp an ba bà bạch bản bắc bàn bảo bằng bến biên bình bộ bờ bãi ca cái cam căn canh cao cát cẩm cần cầu châu chi chí chính chợ chữ chương công cộng cờ cù cương cường
	danh di dân diễn diên dũng dương duy duyên đa đà đại đạo đắc đắk đăng đậu đề địa điền định đoàn đông đồng đô đội đơn đức đường
	gia giang giao giồng giai gò hà hạ hai hải hàm hậu hạnh hiệp hiền hiệu hiến hoa hòa hoà hoài hoàn hoàng hoạch hội hồ hồng hộ hùng huyện hưng hương hữu
	kế khai khánh khê khu khương kiên kiến kim kinh kỳ kỷ lạc lai lâm lang lăng lâu lập lễ lệ liên liêm liệt linh lĩnh lộc lộ lô lợi long lô lòng lục lũng lương lượt lưu lý
	má mai mạnh mã mậu minh miền mộc môn mỹ mường nà na nai nam năm năng nga ngãi ngân nghi nghĩa nghĩ nghệ ngô ngọc ngũ nguyên nhân nhất nhị nhựt ninh nội nông nùng nữ
	pá pha phan phát phạm phiên phố phòng phong phú phúc phước phương phường phượng quán quan quang quảng quân quất quế quốc quới quyết quý quỳnh quỹ
	rạch sa sách sài san sen sinh số sơn sông sự sĩ tà tài tam tân tấn tập tây tạo tế thạch thái thành thắng thanh thạnh thân thăng thế thể thị thiên thiện thiệu thịnh thọ thôn thông thổ thới
	thu thụ thủ thuận thúc thuỷ thủy thừa thực thương thượng tích tiên tiến tiền tịnh tĩnh tổng tổ toàn toán tỷ tỉnh trà trấn trần trị trí triệu trình trọng trung trúc trường tú túc tuần tuấn tuyên tứ từ tự tường
	u ủy vạn văn vân vĩ viên viện việc việt vinh vĩnh vị vọng vô võ vũ vụ vùng vượng xá xã xuân xuyên ý yên
	người nghìn tỉ hỗ trợ giúp đỡ trẻ em cận nghèo kết quả hiện báo cáo chỉ tiêu ghi chú tính tháng ngày giờ giá sở ban ngành phối hợp lớp cuộc lần buổi lượng
	đã đang có không là và của các cho với được trong ngoài trên dưới đến tại về theo như để khi do bị sẽ vào ra`)
