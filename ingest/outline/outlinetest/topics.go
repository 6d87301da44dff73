package outlinetest

// topic is a matter that tables report on.
type topic struct {
	title    string
	measures []measure
}

// measure is a thing counted, and how it is divided.
type measure struct {
	text, english string
	unit          string
	scale         int // decimals
	most          int // about the largest figure of one row, in whole units
	parts         []string
	within        []string // of which: need not add up
}

var (
	byAge    = []string{"Dưới 16 tuổi", "Từ 16 đến dưới 60 tuổi", "Từ 60 đến dưới 80 tuổi", "Từ đủ 80 tuổi trở lên"}
	bySex    = []string{"Nam", "Nữ"}
	facets   = []string{"Nữ", "Dân tộc thiểu số", "Trẻ em", "Người khuyết tật"}
	bySource = []string{"Ngân sách Trung ương", "Ngân sách địa phương", "Xã hội hóa", "Nguồn khác"}
)

var topics = []topic{
	{"TRỢ GIÚP XÃ HỘI THƯỜNG XUYÊN TẠI CỘNG ĐỒNG", []measure{
		{"Số đối tượng đang hưởng trợ cấp", "Beneficiaries", "người", 0, 9000, byAge, facets},
		{"Số hộ nhận chăm sóc", "Households", "hộ", 0, 400, []string{"Hộ nghèo", "Hộ cận nghèo", "Hộ khác"}, []string{"Hộ có trẻ em", "Hộ đơn thân"}},
		{"Kinh phí chi trả", "Expenditure", "triệu đồng", 1, 20000, bySource, []string{"Chi trả qua bưu điện", "Chi qua tài khoản"}},
	}},
	{"HOẠT ĐỘNG NGÀY CÔNG TÁC XÃ HỘI VIỆT NAM", []measure{
		{"Số cuộc hội nghị, tọa đàm", "Meetings", "cuộc", 0, 60, []string{"Cấp tỉnh", "Cấp huyện", "Cấp xã"}, []string{"Trực tuyến", "Lồng ghép"}},
		{"Số lượt người tham dự", "Participants", "lượt người", 0, 5000, bySex, facets},
		{"Số suất quà đã trao", "Gifts", "suất", 0, 900, []string{"Trẻ em", "Người cao tuổi", "Người khuyết tật", "Đối tượng khác"}, []string{"Hộ nghèo", "Hộ cận nghèo"}},
		{"Trị giá hỗ trợ", "Value of support", "triệu đồng", 2, 800, []string{"Bằng tiền", "Bằng hiện vật"}, []string{"Ngân sách", "Doanh nghiệp đóng góp"}},
	}},
	{"RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO", []measure{
		{"Tổng số hộ dân cư", "Households", "hộ", 0, 30000, []string{"Thành thị", "Nông thôn"}, []string{"Hộ DTTS", "Hộ có công"}},
		{"Số hộ nghèo", "Poor households", "hộ", 0, 4000, []string{"Thành thị", "Nông thôn"}, []string{"Hộ DTTS", "Hộ không có khả năng lao động"}},
		{"Số hộ cận nghèo", "Near-poor households", "hộ", 0, 3000, []string{"Cũ", "Phát sinh mới"}, []string{"Hộ DTTS", "Hộ có công"}},
		{"Số nhân khẩu", "Persons", "khẩu", 0, 16000, bySex, facets},
	}},
	{"CÔNG TÁC BẢO VỆ, CHĂM SÓC TRẺ EM", []measure{
		{"Trẻ em dưới 16 tuổi", "Children", "trẻ", 0, 12000, bySex, []string{"Trẻ em DTTS", "Trẻ em khuyết tật"}},
		{"Trẻ em có hoàn cảnh đặc biệt", "Children in need", "trẻ", 0, 700, []string{"Mồ côi", "Khuyết tật", "Bị bỏ rơi", "Khác"}, []string{"Được trợ giúp", "Nữ"}},
		{"Số ca tư vấn", "Consultations", "ca", 0, 300, []string{"Trực tiếp", "Qua điện thoại"}, []string{"Chuyển gửi", "Khẩn cấp"}},
	}},
	{"KHÁM, CHỮA BỆNH BẢO HIỂM Y TẾ", []measure{
		{"Số lượt khám, chữa bệnh", "Visits", "lượt", 0, 40000, []string{"Ngoại trú", "Nội trú"}, []string{"Trái tuyến", "Chuyển tuyến"}},
		{"Tổng chi", "Total cost", "triệu đồng", 2, 60000, []string{"Ngoại trú", "Nội trú"}, []string{"Tiền thuốc", "Tiền giường"}},
		{"Số ngày điều trị", "Bed days", "ngày", 0, 20000, []string{"Hồi sức", "Thông thường"}, []string{"Đông y", "Bệnh truyền nhiễm"}},
	}},
	{"THU, CHI NGÂN SÁCH NHÀ NƯỚC", []measure{
		{"Tổng thu cân đối", "Total revenue", "tỷ đồng", 1, 9000, []string{"Thu nội địa", "Thu xuất nhập khẩu", "Thu viện trợ"}, []string{"Thu tiền sử dụng đất", "Thu xổ số kiến thiết"}},
		{"Chi đầu tư phát triển", "Development spending", "tỷ đồng", 1, 4000, []string{"Vốn trong nước", "Vốn ngoài nước"}, []string{"Giáo dục", "Khoa học công nghệ"}},
		{"Chi thường xuyên", "Current spending", "tỷ đồng", 1, 5000, []string{"Ngân sách cấp tỉnh", "Ngân sách huyện, xã"}, []string{"Chi giáo dục", "Chi y tế"}},
	}},
	{"QUY MÔ TRƯỜNG, LỚP, HỌC SINH", []measure{
		{"Số trường", "Schools", "trường", 0, 60, []string{"Công lập", "Ngoài công lập"}, []string{"Đạt chuẩn quốc gia", "Bán trú"}},
		{"Số lớp", "Classes", "lớp", 0, 700, []string{"Mầm non", "Tiểu học", "THCS", "THPT"}, []string{"Lớp ghép", "Học 2 buổi/ngày"}},
		{"Số học sinh", "Pupils", "học sinh", 0, 18000, bySex, facets},
		{"Số giáo viên", "Teachers", "người", 0, 1200, []string{"Biên chế", "Hợp đồng"}, []string{"Nữ", "Đạt chuẩn trở lên"}},
	}},
	{"TIẾP NHẬN, GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", []measure{
		{"Số hồ sơ tiếp nhận", "Received", "hồ sơ", 0, 5000, []string{"Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Từ kỳ trước"}, []string{"Trực tuyến toàn trình", "Thu phí"}},
		{"Số hồ sơ đã giải quyết", "Settled", "hồ sơ", 0, 4800, []string{"Trước hạn", "Đúng hạn", "Quá hạn"}, []string{"Trả qua bưu chính", "Số hóa kết quả"}},
		{"Số hồ sơ đang giải quyết", "Pending", "hồ sơ", 0, 600, []string{"Trong hạn", "Quá hạn"}, []string{"Chờ bổ sung", "Chuyển cấp trên"}},
	}},
	{"DƯ NỢ TÍN DỤNG CHÍNH SÁCH", []measure{
		{"Doanh số cho vay", "Lending", "triệu đồng", 0, 90000, []string{"Ngắn hạn", "Trung hạn", "Dài hạn"}, []string{"Hộ nghèo", "Học sinh, sinh viên"}},
		{"Dư nợ", "Outstanding loans", "triệu đồng", 0, 400000, []string{"Trong hạn", "Quá hạn", "Khoanh"}, []string{"Hộ nghèo", "Giải quyết việc làm"}},
		{"Số khách hàng", "Clients", "khách hàng", 0, 9000, []string{"Cá nhân", "Tổ chức"}, []string{"Nữ", "DTTS"}},
	}},
	{"TÌNH HÌNH SẢN XUẤT NÔNG NGHIỆP", []measure{
		{"Diện tích gieo trồng", "Planted area", "ha", 1, 7000, []string{"Lúa", "Ngô", "Rau màu", "Cây khác"}, []string{"Vụ xuân", "Áp dụng VietGAP"}},
		{"Sản lượng", "Output", "tấn", 1, 30000, []string{"Vụ đông xuân", "Vụ mùa"}, []string{"Lúa chất lượng cao", "Tiêu thụ qua hợp đồng"}},
		{"Đàn gia súc", "Livestock", "con", 0, 40000, []string{"Trâu", "Bò", "Lợn", "Dê"}, []string{"Nái", "Nuôi trang trại"}},
	}},
	{"CHI TRẢ CHẾ ĐỘ NGƯỜI CÓ CÔNG VỚI CÁCH MẠNG", []measure{
		{"Số người hưởng", "Recipients", "người", 0, 3000, []string{"Thương binh", "Bệnh binh", "Thân nhân liệt sĩ", "Đối tượng khác"}, []string{"Nữ", "Trên 80 tuổi"}},
		{"Số tiền chi trả", "Amount paid", "nghìn đồng", 0, 3000000, []string{"Trợ cấp hằng tháng", "Trợ cấp một lần"}, []string{"Điều dưỡng", "Quà lễ, Tết"}},
	}},
	{"GIẢI QUYẾT VIỆC LÀM VÀ ĐÀO TẠO NGHỀ", []measure{
		{"Số lao động được giải quyết việc làm", "Employed", "lao động", 0, 3000, []string{"Trong nước", "Xuất khẩu lao động"}, facets},
		{"Số người được đào tạo nghề", "Trained", "người", 0, 1500, []string{"Cao đẳng", "Trung cấp", "Sơ cấp", "Dưới 3 tháng"}, []string{"Lao động nông thôn", "Nữ"}},
		{"Kinh phí đào tạo", "Training cost", "triệu đồng", 1, 4000, bySource, []string{"Hỗ trợ tiền ăn", "Hỗ trợ đi lại"}},
	}},
}

// agencies are bodies of a province that report; the first group are its
// departments, the second its associations.
var (
	departments = []string{
		"Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Nội vụ", "Sở Tài chính", "Sở Xây dựng", "Sở Tư pháp", "Sở Công Thương",
		"Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch", "Thanh tra tỉnh", "Văn phòng UBND tỉnh",
		"Ban Quản lý khu kinh tế", "Công an tỉnh",
	}
	associations = []string{
		"Ủy ban MTTQ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Chữ thập đỏ tỉnh", "Đoàn TNCS Hồ Chí Minh tỉnh", "Hội Nông dân tỉnh",
		"Hội Cựu chiến binh tỉnh", "Liên đoàn Lao động tỉnh", "Hội Người cao tuổi tỉnh", "Hội Người mù tỉnh",
	}
	media     = []string{"Báo và Phát thanh, Truyền hình tỉnh", "Trung tâm Công tác xã hội tỉnh", "Trung tâm Kiểm soát bệnh tật tỉnh", "Bưu điện tỉnh"}
	companies = []string{
		"Tổng công ty Điện lực miền Bắc", "Tổng công ty Bưu điện Việt Nam", "Tổng cục Thống kê", "Công ty TNHH MTV Khai thác công trình thủy lợi",
		"Công ty Cổ phần Môi trường đô thị", "Tổng công ty Đường sắt Việt Nam", "Công ty CP Cấp nước", "Quỹ tín dụng nhân dân Cộng Đồng",
		"Công ty CP Gang thép", "Tổng kho Xăng dầu", "Công ty Xổ số kiến thiết", "Hợp tác xã Cộng Lực",
	}
	facilities = []string{
		"Bệnh viện đa khoa tỉnh", "Bệnh viện Sản - Nhi", "Bệnh viện Y học cổ truyền", "Bệnh viện Phục hồi chức năng", "Bệnh viện Nội tiết",
		"Trung tâm Y tế thành phố", "Trung tâm Y tế huyện Bát Xát", "Trung tâm Y tế huyện Bảo Thắng", "Trung tâm Y tế huyện Văn Bàn",
		"Phòng khám đa khoa khu vực Phố Ràng", "Phòng khám đa khoa Hưng Thịnh", "Bệnh viện Mắt", "Trạm Y tế xã Bản Qua", "Trạm Y tế xã Quang Kim",
		"Trạm Y tế xã Cốc San", "Trạm Y tế phường Kim Tân", "Trạm Y tế xã Gia Phú", "Trạm Y tế xã Sơn Hà",
	}
	categories = []string{
		"Trẻ em dưới 16 tuổi không có nguồn nuôi dưỡng", "Người thuộc diện hộ nghèo không có vợ, chồng", "Người cao tuổi cô đơn", "Người khuyết tật nặng",
		"Người khuyết tật đặc biệt nặng", "Người nhiễm HIV/AIDS", "Người đơn thân nghèo nuôi con", "Nạn nhân bạo lực gia đình",
		"Người lang thang, cơ nhỡ", "Nạn nhân bị mua bán", "Người tâm thần", "Đối tượng tự nguyện", "Hộ gia đình nhận nuôi trẻ em",
	}
)
