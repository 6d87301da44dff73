package outline

import (
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/paper"
)

// TestPaperPeriod: the time of a table is what stands over it, then what its file is
// called; nothing where two are named.
func TestPaperPeriod(t *testing.T) {
	table := "STT;Xã;Số ca\n1;Xã Tân Tiến;12\n2;Xã Đồng Tâm;15\n"
	for _, tt := range []struct{ file, over, want string }{
		{"a.csv", "BÁO CÁO THÁNG 3 NĂM 2026", "tháng 3 năm 2026"},
		{"a.csv", "BÁO CÁO KẾT QUẢ THÁNG 3, KẾ HOẠCH THÁNG 4 NĂM 2026", "tháng 3 năm 2026"},
		{"a.csv", "BÁO CÁO THÁNG 3", "tháng 3"},
		{"a 2026.csv", "BÁO CÁO QUÝ I", "quý I năm 2026"},
		{"bao-cao-thang-3-2026.csv", "BÁO CÁO KẾT QUẢ", "tháng 3 năm 2026"},
		{"T3.csv", "BÁO CÁO KẾT QUẢ NĂM 2026", "tháng 3 năm 2026"},
		{"T4.csv", "BÁO CÁO THÁNG 3 NĂM 2026", "tháng 3 năm 2026"},
		{"a.csv", "BÁO CÁO THÁNG 3 VÀ THÁNG 4 NĂM 2026", ""},
		{"a.csv", "BÁO CÁO QUÝ I NĂM 2026 (THÁNG 3/2026)", "tháng 3 năm 2026"},
		{"a.csv", "Hải Dương, ngày 05 tháng 4 năm 2026", ""},
		{"a.csv", "(Kèm theo Công văn tháng 3/2026)", ""},
		{"a.csv", "CHƯƠNG TRÌNH GIẢM NGHÈO NĂM 2026", "năm 2026"},
		{"a.csv", "GIAI ĐOẠN 2021 - 2025", ""},
		{"a.csv", "BÁO CÁO THÁNG 1 NĂM 2026 (từ ngày 15/12/2025 đến ngày 14/01/2026)", "tháng 1 năm 2026"},
		{"a.csv", "BÁO CÁO 4 THÁNG ĐẦU NĂM", "từ ngày 1/1 đến ngày 30/4"},
		{"a.csv", "KẾT QUẢ THÁNG 3/2026 (ĐẾN NGÀY 20/3/2026)", "tháng 3 năm 2026"},
		{"a.csv", "HUYỆN TUẦN GIÁO THÁNG 3/2026", "tháng 3 năm 2026"},
		{"a.csv", "TUẦN 12 THÁNG 3/2026", ""},
		{"a.csv", "CẢ NĂM, NĂM HỌC 2025-2026", ""},
		{"a.csv", "BÁO CÁO", ""},
	} {
		tables, _ := ReadPapers(tt.file, []byte(tt.over+";;\n;;\n"+table), xlsx.Limits{}, "")
		if len(tables) != 1 {
			t.Fatalf("%s: %d tables", tt.over, len(tables))
		}
		if got := tables[0].Period.VI(); got != tt.want {
			t.Errorf("%s of %s: %q, want %q", tt.over, tt.file, got, tt.want)
		}
	}
}

// TestPaperMaker: files that name no body are of one where their names differ in the time.
func TestPaperMaker(t *testing.T) {
	key := func(file, over string) string {
		tables, _ := ReadPapers(file, []byte(over+";;\n;;\nSTT;Xã;Số ca\n1;Xã Tân Tiến;12\n2;Xã Đồng Tâm;15\n"), xlsx.Limits{}, "")
		return tables[0].ByKey
	}
	for _, tt := range []struct {
		a, b, over string
		same       bool
	}{
		{"thang-1-2026.csv", "thang-2-2026.csv", "BÁO CÁO", true},
		{"so-y-te-T1.csv", "so-y-te-T2.csv", "BÁO CÁO NĂM 2026", true},
		{"so-y-te-T1.csv", "so-noi-vu-T1.csv", "BÁO CÁO", false},
		{"a.csv", "b.csv", "BÁO CÁO THÁNG 1 NĂM 2026", false},
		{"a.csv", "b.csv", "SỞ Y TẾ", true},
	} {
		if a, b := key(tt.a, tt.over), key(tt.b, tt.over); (a == b) != tt.same {
			t.Errorf("%s is by %q, %s by %q", tt.a, a, tt.b, b)
		}
	}
}

// TestBodyKey: a body is one however its name is shortened, and of its district where one is
// named.
func TestBodyKey(t *testing.T) {
	for _, tt := range []struct{ body, above, want string }{
		{"UBND XÃ TÂN HỘI", "", "xã Tân Hội"}, {"XÃ TÂN HỘI", "", "xã Tân Hội"}, {"Uỷ ban nhân dân xã Tân Hội, huyện Đức Trọng", "", "xã Tân Hội/Đức Trọng"},
		{"UBND xã Tân Hội", "UBND HUYỆN ĐỨC TRỌNG", "xã Tân Hội/Đức Trọng"}, {"Trường Mầm non Hoa Sen", "PHÒNG GD&ĐT THỊ XÃ KỲ ANH", "Trường Mầm non Hoa Sen/Kỳ Anh"},
		{"UBND xã Tân Hội, huyện Đức Trọng, tỉnh Lâm Đồng", "UBND HUYỆN KHÁC", "xã Tân Hội/Đức Trọng"},
		{"Sở Y tế", "UBND TỈNH LÂM ĐỒNG", "Sở Y tế"}, {"UBND xã A, tỉnh Lâm Đồng", "", "xã A"}, {"UBND", "", "UBND"},
		{"Bệnh viện đa khoa Đức Trọng", "", "BVĐK Đức Trọng"},
	} {
		body, district, in := strings.Cut(tt.want, "/")
		want := viet.Key(body)
		if in {
			want += paper.KeyStep + viet.Key(district)
		}
		if got := bodyKey(tt.body, tt.above); got != want {
			t.Errorf("%s under %q is %q, want %q", tt.body, tt.above, got, want)
		}
	}
}

// TestTimeHeads: a column whose words name the time of its table is the same in the reports of
// other times, unless months stand side by side.
func TestTimeHeads(t *testing.T) {
	read := func(over, head string) *paper.Table {
		return paperOf(t, over+";;;;", ";;;;", "STT;Nội dung;"+head, "1;Thuế GTGT;12;7;5", "2;Phí, lệ phí;15;8;7")
	}
	for _, tt := range []struct {
		a, heads, b, others string
		same                bool
	}{
		{"THÁNG 1 NĂM 2026", "Thực hiện tháng 1;Lũy kế 1 tháng;Kế hoạch tháng 2", "THÁNG 12 NĂM 2026", "Thực hiện tháng 12;Lũy kế 12 tháng;Kế hoạch tháng 1", true},
		{"THÁNG 1 NĂM 2026", "Tháng 12/2025;Tháng 01/2026;1 tháng đầu năm", "THÁNG 2 NĂM 2026", "Tháng 01;Tháng 02/2026;2 tháng đầu năm", false},
		{"THÁNG 1 NĂM 2026", "Chính thức tháng 12/2025;Ước tháng 01/2026;1 tháng đầu năm", "THÁNG 2 NĂM 2026", "Chính thức tháng 01;Ước tháng 02/2026;2 tháng đầu năm", true},
		{"QUÝ I NĂM 2026", "Kế hoạch;Thực hiện quý I;Lũy kế 3 tháng", "QUÝ II NĂM 2026", "Kế hoạch;Thực hiện quý II;Lũy kế 6 tháng", true},
		{"THÁNG 2 NĂM 2026", "Tháng 1;Tháng 2;Cộng", "THÁNG 3 NĂM 2026", "Tháng 2;Tháng 3;Cộng", false},
		{"THÁNG 2 NĂM 2026", "Vốn tháng 1;Chi tháng 2;Chi quý I", "THÁNG 3 NĂM 2026", "Vốn tháng 2;Chi tháng 3;Chi quý I", false},
		{"THÁNG 2 NĂM 2026", "Có đến 28/2;Thu;Chi", "THÁNG 3 NĂM 2026", "Có đến 31/3;Thu;Chi", true},
		{"THÁNG 2 NĂM 2026", "Có đến 15/2;Thu;Chi", "THÁNG 3 NĂM 2026", "Có đến 31/3;Thu;Chi", false},
		{"NĂM 2026", "Quý I;Quý II;Cộng", "NĂM 2026", "Quý I;Quý III;Cộng", false},
	} {
		a, b := columnKeysOf(read("KẾT QUẢ "+tt.a, tt.heads)), columnKeysOf(read("KẾT QUẢ "+tt.b, tt.others))
		if slices.Equal(a, b) != tt.same {
			t.Errorf("%s: %q\n%s: %q", tt.a, a, tt.b, b)
		}
	}
	p := read("KẾT QUẢ THÁNG 3 NĂM 2026", "Kế hoạch năm;Thực hiện tháng 3;3 tháng đầu năm")
	if p.Columns[1].Accrual != paper.Unsaid || p.Columns[2].Accrual != paper.YearToDate || p.Columns[1].Said != viet.Key("Thực hiện tháng 3") || p.Columns[0].Said != "" {
		t.Errorf("%+v", p.Columns)
	}
	if p = read("KẾT QUẢ 6 THÁNG ĐẦU NĂM 2026", "Kế hoạch năm;Thực hiện 6 tháng;Ước 6 tháng"); p.Columns[1].Accrual != paper.Unsaid {
		t.Errorf("six months in a report of six months: %+v", p.Columns[1])
	}
}

func TestAccrual(t *testing.T) {
	for path, want := range map[string]paper.Accrual{
		"Trong tháng": paper.Flow, "Lũy kế từ đầu năm": paper.YearToDate, "Luỹ kế": paper.Closing, "Kết quả / Từ đầu năm đến nay": paper.YearToDate,
		"Tồn đầu kỳ": paper.Opening, "Tồn đầu": paper.Opening, "Số tháng trước chuyển sang": paper.Opening, "Tồn cuối kỳ": paper.Closing, "Tồn cuối": paper.Closing, "Dư nợ": paper.Closing, "Trong đó: nợ quá hạn": paper.Closing,
		"Dư nợ / Phát sinh trong kỳ": paper.Flow, "Lũy kế / Thu": paper.Closing, "Kế hoạch năm 2026": paper.YearToDate, "Kế hoạch 2026": paper.YearToDate, "Kế hoạch tháng": paper.Unsaid,
		"Dự toán năm": paper.YearToDate, "Dự toán HĐND giao": paper.YearToDate, "Số hộ": paper.Unsaid, "Số phát sinh trong kỳ": paper.Flow, "Phát sinh lũy kế": paper.Closing, "Có đến 31/3/2026": paper.Closing,
		"Tính đến 31/3/2026": paper.Closing, "Thực hiện đến 31/3": paper.Closing, "Thực hiện đến hết tháng 3": paper.Closing, "Từ 18 đến 60 tuổi": paper.Unsaid, "Số vụ từ 6 đến 14 tuổi": paper.Unsaid, "Cùng kỳ năm trước": paper.Unsaid, "Đầu năm học": paper.Unsaid, "Hiện có đến cuối quý": paper.Closing, "Số hộ hiện có": paper.Closing,
		"Giải ngân theo kế hoạch vốn năm 2025 kéo dài": paper.Unsaid, "Đang giải quyết": paper.Closing, "Số hồ sơ / Còn lại": paper.Closing, "Tổng mức đầu tư": paper.Closing, "Giảm so với đầu năm": paper.Closing,
	} {
		if got := accrualOf(strings.Split(path, " / ")); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	for name, want := range map[string]paper.Accrual{
		"Dư nợ cuối kỳ": paper.Closing, "Lũy kế từ đầu năm": paper.YearToDate, "Chi trả dư nợ gốc": paper.Unsaid, "Thu từ xử lý hàng tồn kho": paper.Unsaid, "Sửa chữa nhà hiện có": paper.Unsaid,
		"Thu hồi số dư tạm ứng": paper.Unsaid, "Cấp mới cho đối tượng đang quản lý": paper.Unsaid, "Hồ sơ giải quyết quá hạn tính đến ngày trả": paper.Unsaid, "Tồn kho": paper.Closing, "Còn lại": paper.Unsaid, "Đến ngày hẹn": paper.Unsaid, "2. Số dư đầu kỳ": paper.Opening,
	} {
		if got := rowAccrual([]string{name}); got != want {
			t.Errorf("the row %s: %d, want %d", name, got, want)
		}
	}
}
