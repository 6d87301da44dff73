package outline

import (
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// paperOf reads the only table of a text of semicolon separated values.
func paperOf(t *testing.T, lines ...string) *paper.Table {
	t.Helper()
	tables, found := ReadPapers("a.csv", []byte(strings.Join(lines, "\n")+"\n"), xlsx.Limits{}, "")
	if len(tables) != 1 {
		t.Fatalf("%d tables, want one; found %v", len(tables), found)
	}
	return tables[0]
}

func columnKeysOf(p *paper.Table) []string {
	var out []string
	for i := range p.Columns {
		out = append(out, p.Columns[i].Key)
	}
	return out
}

func rowKeysOf(p *paper.Table) []string {
	var out []string
	for i := range p.Rows {
		out = append(out, p.Rows[i].Key)
	}
	return out
}

// TestPaperColumns: a column is the same whether or not it is said to be a part or a
// number, unless two columns of the table would be one by that.
func TestPaperColumns(t *testing.T) {
	for _, tt := range []struct{ head, want []string }{
		{[]string{"STT;Đơn vị;Tổng số;Trong đó;", ";;;Nam;Nữ"}, []string{"tổng số", "nam", "nữ"}},
		{[]string{"STT;Đơn vị;Tổng số;Số nam;Số nữ"}, []string{"tổng số", "nam", "nữ"}},
		{[]string{"STT;Đơn vị;Tổng số;Chia ra: Nam;Chia ra: Nữ"}, []string{"tổng số", "nam", "nữ"}},
		{[]string{"STT;Đơn vị;1.02 Tổng số;1.02a Số nam;1.02b Số nữ"}, []string{"tổng số", "nam", "nữ"}},
		{[]string{"STT;Đơn vị;Nam;Số nam;Số nữ"}, []string{"nam", "số nam", "nữ"}},
		{[]string{"STT;Đơn vị;Số công trình;Kinh phí;Vay", ";;công trình;triệu đồng;triệu đồng"}, []string{"công trình", "kinh phí", "vay"}},
		{[]string{"STT;Đơn vị;Số công trình;Kinh phí;Vay", ";;(công trình);(tr.đ);(tỷ đồng)"}, []string{"công trình", "kinh phí", "vay"}},
		{[]string{"STT;Đơn vị;Lúa;;Ngô", ";;(ha);(tấn);(ha)"}, []string{"lúa ha", "lúa tấn", "ngô"}},
		{[]string{"STT;Đơn vị;Số trẻ;;Số quà", ";;Học sinh;Trẻ em;suất"}, []string{"trẻ học sinh", "trẻ trẻ em", "quà suất"}},
		{[]string{"STT;Đơn vị;Số hộ;Kinh phí (triệu đồng);Năm 2021"}, []string{"hộ", "kinh phí", "năm 2021"}},
	} {
		p := paperOf(t, append(slices.Clone(tt.head), "1;Xã Tân Tiến;12;7;5", "2;Xã Đồng Tâm;15;8;7", "3;Xã Hồng Phong;7;3;4")...)
		if got := columnKeysOf(p); !slices.Equal(got, keysOf(tt.want...)) {
			t.Errorf("%v: %q, want %q", tt.head, got, tt.want)
		}
	}
}

// TestPaperRows: totals of any plain name are one row, places are their codes, and
// rows of one name are told apart by what stands above them.
func TestPaperRows(t *testing.T) {
	over := []string{"BÁO CÁO KẾT QUẢ NĂM 2021 TRÊN ĐỊA BÀN TỈNH HẢI DƯƠNG;;", ";;", "STT;Đơn vị;Số hộ"}
	a := paperOf(t, append(slices.Clone(over), "1;Huyện Gia Lộc;10", ";Trong đó: hộ nghèo;4", "2;Huyện Tứ Kỳ;20", ";Trong đó: hộ nghèo;5", "3;Huyện Kim Thành;20", ";Tổng cộng;50")...)
	b := paperOf(t, append(slices.Clone(over), "1;H. Gia Lộc;10", ";Trong đó: hộ nghèo;4", "2;Tứ Kỳ;20", ";Trong đó: hộ nghèo;5", "3;huyện  Kim Thành;20", ";Cộng;50")...)
	if x, y := rowKeysOf(a), rowKeysOf(b); !slices.Equal(x, y) {
		t.Errorf("%q and %q", x, y)
	}
	if slices.ContainsFunc(a.Rows, func(r paper.Row) bool { return r.Twice }) {
		t.Error("rows under their communes are said to be there twice")
	}
	if total := a.Rows[5]; total.Key != paper.TotalKey || len(total.Of) != 3 {
		t.Errorf("the total is %q of %v", total.Key, total.Of)
	}
	list := paperOf(t, "STT;Họ và tên;Số tiền", "1;Nguyễn Văn An;100", "2;Nguyễn Văn An;200", "3;Trần Bình;300")
	if !list.People || !list.Rows[0].Twice || !list.Rows[1].Twice || list.Rows[2].Twice {
		t.Errorf("people: %v; %v", list.People, list.Rows)
	}
}

// TestPaperUnits: a unit of money over the whole table is not that of what counts
// things, and its figures are not accused of being too small for it.
func TestPaperUnits(t *testing.T) {
	tables, found := ReadPapers("a.csv", []byte("Đơn vị tính: đồng;;;\n;;;\nSTT;Đơn vị;Số hộ;Kinh phí\n1;Xã Tân Tiến;12;7000000\n2;Xã Đồng Tâm;15;8000000\n3;Xã Hồng Phong;7;3000000\n"), xlsx.Limits{}, "")
	if len(tables) != 1 || len(found) != 0 {
		t.Fatalf("%d tables; found %v", len(tables), found)
	}
	if c := tables[0].Columns; c[0].Unit.IsStated() || c[1].Unit.Base != "đồng" {
		t.Errorf("units: %v and %v", c[0].Unit, c[1].Unit)
	}
	for _, tt := range []struct {
		head string
		want bool // whether the unit is that of the first column
	}{{"Hộ nghèo;Kinh phí", false}, {"Hộ nghèo;Hộ cận nghèo", true}, {"Nam;Nữ", true}, {"Kinh phí;Số hộ", true}, {"Trị giá;Quà", true}} {
		p := paperOf(t, "Đơn vị tính: triệu đồng;;;", ";;;", "STT;Đơn vị;"+tt.head, "1;Xã Tân Tiến;12;7", "2;Xã Đồng Tâm;15;8")
		if got := p.Columns[0].Unit.IsStated(); got != tt.want {
			t.Errorf("%s: the first has the unit: %v", tt.head, got)
		}
	}
	rows := paperOf(t, "Đơn vị tính: triệu đồng;;", ";;", "STT;Nội dung;Thực hiện", "1;Số hộ được vay;12", "2;Vốn cho vay;150")
	if !rows.Columns[0].Lent || !rows.Rows[0].Counts || rows.Rows[1].Counts {
		t.Errorf("lent %v; counts %v and %v", rows.Columns[0].Lent, rows.Rows[0].Counts, rows.Rows[1].Counts)
	}
}

// TestPaperOwnUnit: a column of money beside quantities whose rows say what they are in has a
// unit of its own; where every column has one, the rows go first as ever.
func TestPaperOwnUnit(t *testing.T) {
	p := paperOf(t, "STT;Loại thiệt hại;ĐVT;Số lượng;Giá trị thiệt hại (triệu đồng)", "1;Nhà tốc mái;nhà;5;250", "2;Đường sạt lở;m;120;900", "3;Cầu bị cuốn;cái;1;3000")
	if len(p.Columns) != 2 || p.Columns[0].Own || !p.Columns[1].Own || p.Rows[0].Unit.Words != "nhà" {
		t.Errorf("columns %+v, rows %+v", p.Columns, p.Rows)
	}
	p = paperOf(t, "STT;Nội dung;ĐVT;Thực hiện (triệu đồng)", "1;Số lớp;lớp;5", "2;Kinh phí;triệu đồng;900", "3;Quà;suất;10")
	if p.Columns[0].Own {
		t.Errorf("%+v", p.Columns[0])
	}
}

// TestPaperUnitInName: a row is the same in whatever multiple of a unit its name states, and has
// that unit; rows of one name in two units are two.
func TestPaperUnitInName(t *testing.T) {
	p := paperOf(t, "STT;Sản phẩm;Kế hoạch;Thực hiện", "1;Lúa (1.000 tấn);12;7", "2;Lúa (ha);15;8", "3;Trứng (1.000 quả);7;3", "4;Tỷ lệ hộ nghèo (%);4;5", "5;Phí (mới);6;5")
	q := paperOf(t, "STT;Sản phẩm;Kế hoạch;Thực hiện", "1;Lúa (tấn);12;7", "2;Lúa (ha);15;8", "3;Trứng (quả);7;3", "4;Tỷ lệ hộ nghèo (%);4;5", "5;Phí (mới);6;5")
	if a, b := rowKeysOf(p), rowKeysOf(q); !slices.Equal(a, b) || a[0] == a[1] {
		t.Errorf("%q and %q", a, b)
	}
	for i, want := range []string{"Lúa 1.000 tấn", "Lúa ha", "Trứng 1.000 quả", "Tỷ lệ hộ nghèo (%) ", "Phí (mới) "} {
		if got := p.Rows[i].Name + " " + p.Rows[i].Unit.Words; got != want {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
}

// TestPaperPercent: percent over a whole table is that of its columns, which do not add up.
func TestPaperPercent(t *testing.T) {
	p := paperOf(t, "Đơn vị tính: %;;", ";;", "STT;Xã;Hộ nghèo", "1;Xã Tân Tiến;4,5", "2;Xã Đồng Tâm;9,5")
	if p.Columns[0].Adds {
		t.Errorf("%v adds up", p.Columns[0])
	}
}

// TestPaperPadded: numbers typed with a nought in front are figures under words for a number.
func TestPaperPadded(t *testing.T) {
	p := paperOf(t, "STT;Xã;Số vụ", "1;Xã Tân Tiến;05", "2;Xã Đồng Tâm;02", "3;Xã Hồng Phong;07")
	if len(p.Columns) != 1 || len(p.Figures) != 3 {
		t.Errorf("%d columns with %d figures", len(p.Columns), len(p.Figures))
	}
}

// TestPaperAgencyOfSecond: a body that is a row of the table above does not report the one below.
func TestPaperAgencyOfSecond(t *testing.T) {
	const over = "UBND XÃ TÂN TIẾN;;\n;;\n1. Học sinh;;\nSTT;Trường;Số em\n1;Trường Tiểu học;300\n2;Trường Mầm non Hoa Sen;120\n;;\n;;\n"
	tables, _ := ReadPapers("a.csv", []byte(over+"2. Giáo viên;;\nSTT;Môn;Số người\n1;Toán;7\n2;Văn;5\n"), xlsx.Limits{}, "")
	if len(tables) != 2 || tables[0].Agency != "UBND XÃ TÂN TIẾN" || tables[1].Agency != tables[0].Agency {
		for _, p := range tables {
			t.Errorf("%q reports %v", p.Agency, p.Title)
		}
	}
}

// TestPaperAgency: who reports stands before the title, and some titles begin like
// bodies.
func TestPaperAgency(t *testing.T) {
	for _, tt := range []struct {
		over []string
		want string
	}{
		{[]string{"SỞ Y TẾ;;", "PHÒNG, CHỐNG DỊCH BỆNH NĂM 2021;;"}, "SỞ Y TẾ"},
		{[]string{"HỘI NÔNG DÂN;;", "HỘI NGHỊ VÀ TẬP HUẤN;;"}, "HỘI NÔNG DÂN"},
		{[]string{"UBND TỈNH HẢI DƯƠNG;;", "SỞ Y TẾ;;", "BÁO CÁO KẾT QUẢ;;", "TRƯỜNG HỌC AN TOÀN;;"}, "SỞ Y TẾ"},
		{[]string{"BÁO CÁO KẾT QUẢ;;", "Đơn vị báo cáo: Xã An Bình;;"}, "Xã An Bình"},
		{[]string{"TRƯỜNG HỢP MẮC BỆNH;;"}, ""},
		{[]string{"UBND HUYỆN LỤC YÊN;;", "Trạm Chăn nuôi và Thú y Lục Yên;;", "BÁO CÁO;;"}, "Trạm Chăn nuôi và Thú y Lục Yên"},
		{[]string{"CỤC THUẾ TỈNH YÊN BÁI;;", "Đội Thuế liên xã số 3;;", "BÁO CÁO;;"}, "Đội Thuế liên xã số 3"},
		{[]string{"ĐỘI NGŨ CÁN BỘ CÔNG CHỨC;;"}, ""},
		{[]string{"THANH TRA, KIỂM TRA THÁNG 3;;"}, ""},
	} {
		p := paperOf(t, append(slices.Clone(tt.over), ";;", "STT;Xã;Số ca", "1;Xã Tân Tiến;12", "2;Xã Đồng Tâm;15")...)
		if p.Agency != tt.want {
			t.Errorf("%v: %q, want %q", tt.over, p.Agency, tt.want)
		}
	}
}

// TestPaperTitle: of the title those words are left that say what the table is about.
func TestPaperTitle(t *testing.T) {
	p := paperOf(t, "SỞ Y TẾ;;", "Hải Dương, ngày 20 tháng 3 năm 2021;;", "BÁO CÁO KẾT QUẢ TRỢ GIÚP XÃ HỘI NĂM 2021;;", "(Đơn vị tính: hộ);;", "STT;Xã;Số hộ", "1;Xã Tân Tiến;12", "2;Xã Đồng Tâm;15")
	if got := strings.Join(p.Title.Words, " "); got != viet.Key("trợ giúp hội") {
		t.Errorf("words of the title: %q", got)
	}
	if !slices.Equal(p.Title.Years, []string{"2021"}) {
		t.Errorf("years of the title: %v", p.Title.Years)
	}
	for path, want := range map[string]bool{"2015": true, "Năm 2015": true, "Quý I": true, "Kinh phí quý I": false, "Số hộ năm 2021": false, "Số hộ": false} {
		if got := isPeriod([]string{path}); got != want {
			t.Errorf("%q is a period: %v", path, got)
		}
	}
	years := paperOf(t, "Tỉnh;2014;2015;Sơ bộ 2016", "Hà Nội;1;2;3", "Hải Dương;4;5;6")
	for i, c := range years.Columns {
		if !c.Period {
			t.Errorf("column %d, %v, is no period", i, c.Path)
		}
	}
	if !slices.Equal(years.Years, []string{"2014", "2015", "2016"}) {
		t.Errorf("years of the heads: %v", years.Years)
	}
}

// TestPaperErrors: what cannot be added stays an error, a total that does not close
// is added as it stands.
func TestPaperErrors(t *testing.T) {
	_, found := ReadPapers("a.csv", []byte("STT;Xã;Số hộ\n1;Xã Tân Tiến;12\n2;Xã Đồng Tâm;15\n;Tổng cộng;28\n"), xlsx.Limits{}, "")
	if len(found) != 1 || found[0].Code != fault.TotalRowDiffers || found.Blocks() {
		t.Errorf("found %v", found)
	}
	for _, x := range []fault.Code{fault.ErrorCell, fault.FormulaWithoutValue} {
		if addsAsItStands[x] {
			t.Errorf("%s is not added at all", x)
		}
	}
}

// TestRowNames: what numbers rows, or says that they are parts, is no part of their names.
func TestRowNames(t *testing.T) {
	p := paperOf(t, "STT;Chỉ tiêu;Năm trước;Năm nay", "I;Tổng doanh thu;1250;1300", "II;Tổng chi phí;1380;1250", "III;Lợi nhuận (I-II);-130;50", ";Trong đó: bán hàng;20;30", "IV;Trẻ em (6-11);7;8", "V;Cộng thu (1+2);3;4")
	keys := rowKeysOf(p)
	for i, want := range map[int]string{2: "lợi nhuận", 4: "trẻ em (6-11)", 5: "cộng thu"} {
		if got := p.Rows[i].NameKey; got != viet.Key(want) {
			t.Errorf("row %d of %v is called %q, want %q", i, keys, got, want)
		}
	}
	if got := p.Rows[3].PartKey; got != viet.Key("bán hàng") {
		t.Errorf("the part is called %q", got)
	}
	bare := paperOf(t, "STT;Xã;Số hộ;Số khẩu", "1;Xã Tân Tiến;12;31", "2;Xã Đồng Tâm;15;64", "3;Xã Hồng Phong;9;27", ";;36;122")
	if last := bare.Rows[len(bare.Rows)-1]; last.Key != paper.TotalKey || !last.Adds {
		t.Errorf("a total without a name: %+v", last)
	}
	twice := paperOf(t, "STT;Chỉ tiêu;Năm nay", "I;Thu;5", "II;Chi;3", "III;Chênh lệch (I-II);2", "IV;Thu khác;5", "V;Chi khác;1", "VI;Chênh lệch (IV-V);4")
	if a, b := twice.Rows[2].NameKey, twice.Rows[5].NameKey; a == b {
		t.Errorf("two rows are called %q", a)
	}
	places := paperOf(t, "Tỉnh Cao Bằng;;;", ";;;", "STT;Xã;Chỉ tiêu;Số hộ", "1;Huyện Bảo Lạc;Kế hoạch;20", ";;Thực hiện;18", "2;Huyện Bảo Lâm;Kế hoạch;21", ";;Thực hiện;19")
	if a, b := places.Rows[0].Own, places.Rows[1].Own; places.Rows[0].Place == "" || a == b || !strings.HasPrefix(a, placeInKey) || !strings.HasSuffix(b, viet.Key("thực hiện")) {
		t.Errorf("rows of one place: %q, %q", a, b)
	}
}

// TestDashedHeads: a dash parts words over a column that others write under each other.
func TestDashedHeads(t *testing.T) {
	flat := paperOf(t, "STT;Xã;Số vụ;Thiệt hại - Số người chết", "1;Xã Tân Tiến;12;3", "2;Xã Đồng Tâm;15;4")
	deep := paperOf(t, "STT;Xã;Số vụ;Thiệt hại;", ";;;Số người chết;Số bị thương", "1;Xã Tân Tiến;12;3;1", "2;Xã Đồng Tâm;15;4;5")
	if a, b := columnKeysOf(flat), columnKeysOf(deep); !slices.Equal(a, b[:2]) {
		t.Errorf("%q are not the first of %q", a, b)
	}
}

// TestPaperPlan: a plan is told by its title, or by the name of its sheet.
func TestPaperPlan(t *testing.T) {
	rows := []string{";;", "STT;Xã;Số hộ", "1;Xã Tân Tiến;12", "2;Xã Đồng Tâm;15"}
	for over, want := range map[string]bool{"DỰ TOÁN CHI NĂM 2026;;": true, "Kế hoạch giảm nghèo;;": true, "QUYẾT TOÁN CHI NĂM 2026;;": false, "KẾT QUẢ THỰC HIỆN KẾ HOẠCH;;": false} {
		if got := paperOf(t, append([]string{over}, rows...)...).Title.Plan; got != want {
			t.Errorf("%q is a plan: %v", over, got)
		}
	}
}

// TestPaperSeries: tables of one series differ in their time alone.
func TestPaperSeries(t *testing.T) {
	series := func(over string) string {
		return paperOf(t, over+";;", ";;", "STT;Xã;Số hộ", "1;Xã Tân Tiến;12", "2;Xã Đồng Tâm;15").Series
	}
	january := series("TRỢ GIÚP XÃ HỘI THÁNG 1 NĂM 2026")
	if march := series("TRỢ GIÚP XÃ HỘI THÁNG BA NĂM 2026"); march != january {
		t.Errorf("%q and %q are two series", january, march)
	}
	if other := series("CHĂM SÓC TRẺ EM THÁNG 1 NĂM 2026"); other == january {
		t.Errorf("two titles are one series, %q", other)
	}
}
