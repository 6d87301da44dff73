package main

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tonghop/ingest"
	"tonghop/ingest/outline/draft"
	"tonghop/internal/xlsx"
	"tonghop/report"
)

// drawn is a workbook of one sheet, cell by cell from the top left; merges are
// ranges of it. Texts that are decimals become numbers.
func drawn(t *testing.T, name string, merges []string, rows ...[]string) copyOf {
	t.Helper()
	b := xlsx.NewBook(xlsx.Props{Created: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	s := b.Sheet("Biểu")
	for r, row := range rows {
		for c, text := range row {
			switch {
			case text == "":
			case xlsx.CheckNumber(text) == nil && !(len(text) > 1 && text[0] == '0' && text[1] != '.'):
				s.Number(r+1, c+1, text, xlsx.Style{})
			default:
				s.Text(r+1, c+1, text, xlsx.Style{})
			}
		}
	}
	for _, m := range merges {
		area, err := xlsx.ParseRange(m)
		if err != nil {
			t.Fatal(err)
		}
		s.Merge(area)
	}
	body, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return copyOf{name, body}
}

// readsAll holds that a copy is ready when read by a draft, with as many figures,
// and gives them.
func readsAll(t *testing.T, env ingest.Env, c copyOf, want int) report.Facts {
	t.Helper()
	if env.Agency == "" {
		env.Agency = env.Request.Agencies[0]
	}
	out := ingest.Read(ingest.Upload{ID: "1", Name: c.name, Via: report.ViaWorkbook, Body: c.body}, env)
	if out.Outcome != report.Ready || out.Draft.Facts.Len() != want {
		t.Errorf("%s: %s with %d facts, want %d ready", c.name, out.Outcome, out.Draft.Facts.Len(), want)
		for _, f := range out.Draft.Findings {
			t.Logf("  %s %s %s %s", f.Severity, f.Code, f.Cell, f.VI())
		}
	}
	return out.Draft.Facts
}

// wantFact holds the one figure of an indicator at a place or of a unit, where
// they are named.
func wantFact(t *testing.T, facts report.Facts, unit, place, indicator, want string) {
	t.Helper()
	var got []string
	for _, f := range facts.List() {
		if f.Indicator == indicator && (unit == "" || f.Unit == unit) && (place == "" || f.Place == place) {
			got = append(got, f.Value.String())
		}
	}
	if len(got) != 1 || got[0] != want {
		t.Errorf("%s %s %s is %q, want %s", unit, place, indicator, got, want)
	}
}

func wantShape(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Fatalf("shape %s, want %s", got, want)
	}
}

// TestDraftPlaces drafts a form whose rows are places, with a total row, a total
// column and a ratio, all stated by the index row.
func TestDraftPlaces(t *testing.T) {
	form := func(name string, figures ...int) copyOf {
		rows := [][]string{
			{"SỞ Y TẾ"}, {"BÁO CÁO CÔNG TÁC TRẺ EM NĂM 2021"}, {"(Kèm theo Công văn số 12/SYT-NV)"}, {},
			{"STT", "Địa bàn", "Số trẻ em", "", "", "Tỷ lệ nữ (%)"},
			{"", "", "Nam", "Nữ", "Tổng số", ""},
			{"(1)", "(2)", "(3)", "(4)", "(5)=(3)+(4)", "(6)=(4)/(5)*100"},
		}
		var boys, girls int
		for i, place := range []string{"Thành phố Hải Dương", "Huyện Bình Giang", "Huyện Cẩm Giàng", "Huyện Gia Lộc"} {
			b, g := figures[2*i], figures[2*i+1]
			boys, girls = boys+b, girls+g
			rows = append(rows, []string{strconv.Itoa(i + 1), place, strconv.Itoa(b), strconv.Itoa(g), strconv.Itoa(b + g), strconv.Itoa(100 * g / (b + g))})
		}
		rows = append(rows, []string{"", "Tổng cộng", strconv.Itoa(boys), strconv.Itoa(girls), strconv.Itoa(boys + girls)})
		return drawn(t, name, []string{"A5:A6", "B5:B6", "C5:E5", "F5:F6"}, rows...)
	}
	first := form("so-y-te.xlsx", 60, 40, 30, 20, 75, 25, 10, 10)
	d := drafted(t, first)
	env := accepted(t, d)
	wantShape(t, d.Definition.Sheets[0].Shape, "places-down")
	facts := readsAll(t, env, first, 16)
	wantFact(t, facts, "", "288", "3", "60")
	if got := env.Definition.Indicators[2]; got.Code != "5" || env.Definition.Indicators[0].Parent != "5" || env.Definition.Indicators[0].Part != report.PartSplit {
		t.Errorf("the total column is %+v, its part %+v", got, env.Definition.Indicators[0])
	}
	if got := env.Definition.Indicators[3]; got.Num != "4" || got.Den != "5" || got.Factor != 100 || got.Roll.Agency != report.RollRatio {
		t.Errorf("the ratio is %+v", got)
	}
	if d.Request.Period != "2021" || env.Request.Place != "30" || len(env.Definition.Legal) != 1 {
		t.Errorf("period %q, place %q, legal %q", d.Request.Period, env.Request.Place, env.Definition.Legal)
	}
	if a := env.Register.Agencies[0]; a.Code != "so-y-te" || a.Name.VI != "SỞ Y TẾ" {
		t.Errorf("agency %+v", a)
	}
	wantFact(t, readsAll(t, env, form("khac.xlsx", 6, 4, 3, 2, 15, 5, 1, 1), 16), "", "288", "5", "10")
}

// TestDraftPlacesUnderTheirProvince drafts a form in which the province stands over
// its districts with their total, and figures of which some add up by chance.
func TestDraftPlacesUnderTheirProvince(t *testing.T) {
	form := func(name string, figures ...string) copyOf {
		rows := [][]string{{"BÁO CÁO SỐ HỘ NGHÈO"}, {}, {"TT", "Huyện, thành phố", "Số hộ nghèo", "Số hộ cận nghèo"}}
		for i, place := range []string{"Tỉnh Hải Dương", "Thành phố Hải Dương", "Huyện Bình Giang", "Huyện Cẩm Giàng", "Huyện Gia Lộc"} {
			rows = append(rows, []string{"", place, figures[2*i], figures[2*i+1]})
		}
		return drawn(t, name, nil, rows...)
	}
	first := form("a.xlsx", "20", "200", "10", "100", "5", "50", "3", "30", "2", "20")
	d := drafted(t, first)
	env := accepted(t, d)
	wantShape(t, d.Definition.Sheets[0].Shape, "places-down")
	if got := d.Definition.Sheets[0].Places; len(got) != 4 {
		t.Errorf("places %v", got)
	}
	readsAll(t, env, first, 8)
	readsAll(t, env, form("b.xlsx", "10", "100", "4", "40", "3", "30", "2", "20", "1", "10"), 8)
}

// TestDraftList drafts a form whose rows are facilities with codes.
func TestDraftList(t *testing.T) {
	form := func(name, agency string, cost string, units ...string) copyOf {
		rows := [][]string{
			{"Đơn vị báo cáo: " + agency}, {"DANH SÁCH CƠ SỞ KHÁM CHỮA BỆNH"}, {},
			{"STT", "Mã cơ sở", "Tên cơ sở", "Số lượt khám", "Chi phí (triệu đồng)", "Ghi chú"},
		}
		for i := 0; i < len(units); i += 2 {
			rows = append(rows, []string{strconv.Itoa(i/2 + 1), units[i], units[i+1], strconv.Itoa(100 + i), cost, "đã duyệt"})
		}
		return drawn(t, name, nil, rows...)
	}
	first := form("a.xlsx", "Sở Y tế", "12.5", "30001", "Bệnh viện Đa khoa tỉnh", "30002", "Bệnh viện Nhi", "30003", "Trung tâm Y tế Gia Lộc")
	second := form("b.xlsx", "Sở Công an", "0.1234", "30101", "Bệnh viện Công an", "30102", "Trạm y tế trại giam")
	d := drafted(t, first, second)
	env := accepted(t, d)
	wantShape(t, d.Definition.Sheets[0].Shape, "list")
	if got := env.Definition.Indicators[1]; got.Type != report.TypeDec || got.Scale != 4 || got.Unit != "triệu đồng" {
		t.Errorf("the money is %+v", got)
	}
	wantFact(t, readsAll(t, env, first, 6), "30002", "", d.Definition.Indicators[1].Code, "12.5")
	env.Agency = env.Request.Agencies[1]
	wantFact(t, readsAll(t, env, second, 4), "30101", "", d.Definition.Indicators[0].Code, "100")
	env.Agency = ""
	readsAll(t, env, form("c.xlsx", "Sở Y tế", "7", "30003", "Trung tâm Y tế Gia Lộc", "30001", "Bệnh viện Đa khoa tỉnh"), 4)
}

// TestDraftIndicators drafts a form whose rows are numbered indicators over one
// column of figures, with units beside them.
func TestDraftIndicators(t *testing.T) {
	form := func(name string, figures ...string) copyOf {
		rows := [][]string{
			{"Biểu số 03/LĐ"}, {"BÁO CÁO VIỆC LÀM QUÝ II NĂM 2024"}, {},
			{"STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện"},
		}
		labels := [][3]string{
			{"1", "Số lao động được tạo việc làm", "người"}, {"1.1", "Trong đó: nữ", "người"},
			{"2", "Kinh phí thực hiện", "triệu đồng"}, {"3", "Tỷ lệ thất nghiệp", "%"}, {"4", "Số doanh nghiệp hiện có cuối kỳ", "doanh nghiệp"},
		}
		for i, l := range labels {
			rows = append(rows, []string{l[0], l[1], l[2], figures[i]})
		}
		return drawn(t, name, nil, rows...)
	}
	first := form("a.xlsx", "1200", "500", "15.25", "2.15", "34")
	d := drafted(t, first)
	env := accepted(t, d)
	wantShape(t, d.Definition.Sheets[0].Shape, "indicators-down")
	inds := env.Definition.Indicators
	switch {
	case d.Definition.Code != "bieu-so-03-ld", d.Request.Period != "2024-Q2":
		t.Errorf("code %q, period %q", d.Definition.Code, d.Request.Period)
	case inds[1].Code != "1.1" || inds[1].Parent != "1" || inds[1].Part != report.PartOf:
		t.Errorf("of which: %+v", inds[1])
	case inds[2].Type != report.TypeDec || inds[2].Unit != "triệu đồng":
		t.Errorf("money: %+v", inds[2])
	case inds[3].Roll.Agency != report.RollNone:
		t.Errorf("rate: %+v", inds[3])
	case inds[4].Roll.Time != report.RollLast || inds[4].Type != report.TypeInt:
		t.Errorf("stock: %+v", inds[4])
	}
	wantFact(t, readsAll(t, env, first, 5), "", "", "2", "15.25")
	wantFact(t, readsAll(t, env, form("b.xlsx", "7", "3", "0.5", "1", "2"), 5), "", "", "1.1", "3")
}

// TestDraftMatrix drafts a form of indicators over several columns whose names
// repeat and whose codes do not.
func TestDraftMatrix(t *testing.T) {
	form := func(name string, rows ...[]string) copyOf {
		all := append([][]string{
			{"BẢNG CÂN ĐỐI"}, {},
			{"Mã số", "Chỉ tiêu", "Kế hoạch", "Thực hiện", ""},
			{"", "", "", "Trong kỳ", "Lũy kế"},
		}, rows...)
		return drawn(t, name, []string{"A3:A4", "B3:B4", "C3:C4", "D3:E3"}, all...)
	}
	first := form("a.xlsx", []string{"H01", "Thu ngân sách", "100", "40", "90"}, []string{"H02", "Thu nội địa", "60", "25", "55"},
		[]string{"H03", "Thu khác", "40", "15", "35"}, []string{"H04", "Chi ngân sách", "80", "31", "70"}, []string{"H05", "Chi khác", "12", "9", "11"})
	d := drafted(t, first)
	env := accepted(t, d)
	wantShape(t, d.Definition.Sheets[0].Shape, "matrix")
	wantFact(t, readsAll(t, env, first, 15), "", "", "H02.c02", "25")
	second := form("b.xlsx", []string{"H01", "Thu ngân sách", "10", "4", "9"}, []string{"H02", "Thu nội địa", "6", "2", "5"},
		[]string{"H03", "Thu khác", "4", "2", "4"}, []string{"H04", "Chi ngân sách", "8", "3", "7"}, []string{"H05", "Chi khác", "1", "0", "1"})
	wantFact(t, readsAll(t, env, second, 15), "", "", "H05.c03", "1")
}

// TestDraftTwoTables drafts a sheet with two tables under one another: each becomes
// a sheet of the definition, and their codes are kept apart.
func TestDraftTwoTables(t *testing.T) {
	form := func(name string, f ...string) copyOf {
		return drawn(t, name, nil,
			[]string{"BÁO CÁO TÌNH HÌNH Y TẾ"}, []string{},
			[]string{"STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện"},
			[]string{"1", "Số lượt khám bệnh", "lượt", f[0]},
			[]string{"2", "Số ca phẫu thuật", "ca", f[1]},
			[]string{"3", "Số giường bệnh", "giường", f[2]},
			[]string{}, []string{"Biểu 2. Nhân lực"}, []string{},
			[]string{"STT", "Chức danh", "Biên chế", "Hợp đồng"},
			[]string{"1", "Bác sĩ", f[3], f[4]},
			[]string{"2", "Điều dưỡng", f[5], f[6]},
			[]string{"3", "Dược sĩ", f[7], f[8]},
		)
	}
	first := form("a.xlsx", "1200", "35", "150", "20", "3", "41", "7", "5", "2")
	d := drafted(t, first)
	env := accepted(t, d)
	if len(d.Definition.Sheets) != 2 {
		t.Fatalf("%d sheets, want 2", len(d.Definition.Sheets))
	}
	readsAll(t, env, first, 9)
	wantFact(t, readsAll(t, env, form("b.xlsx", "1", "2", "3", "4", "5", "6", "7", "8", "9"), 9), "", "", d.Definition.Indicators[8].Code, "9")
}

// TestDraftTablesBesideOneAnother drafts the first of two tables on the same rows and
// asks about the second.
func TestDraftTablesBesideOneAnother(t *testing.T) {
	paper := drawn(t, "a.xlsx", nil,
		[]string{"SỞ Y TẾ"}, []string{},
		[]string{"STT", "Nội dung", "Số hộ", "", "STT", "Nội dung", "Số trẻ em"},
		[]string{"1", "Được trợ giúp", "10", "", "1", "Được khám bệnh", "3"},
		[]string{"2", "Chưa trợ giúp", "20", "", "2", "Chưa khám bệnh", "4"},
	)
	d := drafted(t, paper)
	accepted(t, d)
	if len(d.Definition.Sheets) != 1 {
		t.Errorf("%d sheets, want 1", len(d.Definition.Sheets))
	}
	if !slices.ContainsFunc(d.Questions, func(q draft.Question) bool { return strings.Contains(q.VI, "E3:G5") }) {
		t.Errorf("nobody is asked about the table on the right: %v", d.Questions)
	}
}

// TestDraftNumbersBeginAnew reads rows that are numbered anew in each section: the
// number of a row is no code of another, and its name decides.
func TestDraftNumbersBeginAnew(t *testing.T) {
	paper := drawn(t, "a.xlsx", nil,
		[]string{"BÁO CÁO TÌNH HÌNH Y TẾ"}, []string{},
		[]string{"STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"},
		[]string{"1", "Số lượt khám bệnh", "1100", "1200"},
		[]string{"2", "Số ca phẫu thuật", "30", "35"},
		[]string{"", "Nhân lực"},
		[]string{"1", "Số bác sĩ", "22", "20"},
		[]string{"2", "Số điều dưỡng", "40", "41"},
	)
	d := drafted(t, paper)
	facts := readsAll(t, accepted(t, d), paper, 8)
	for i, want := range []string{"1100", "1200", "30", "35", "22", "20", "40", "41"} {
		wantFact(t, facts, "", "", d.Definition.Indicators[i].Code, want)
	}
}
