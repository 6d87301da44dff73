package outline

import (
	"strings"
	"testing"

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

// TestBodyKey: a body is one however its name is shortened.
func TestBodyKey(t *testing.T) {
	for _, same := range [][2]string{
		{"UBND XÃ TÂN HỘI", "Uỷ ban nhân dân xã Tân Hội, huyện Đức Trọng"}, {"BVĐK Đức Trọng", "Bệnh viện đa khoa Đức Trọng"},
	} {
		if a, b := bodyKey(same[0]), bodyKey(same[1]); a != b {
			t.Errorf("%q and %q", a, b)
		}
	}
	if a, b := bodyKey("Ủy ban nhân dân xã A"), bodyKey("Ủy ban nhân dân xã B"); a == b {
		t.Errorf("two bodies are %q", a)
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
