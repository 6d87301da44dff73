package ingest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// realData is where other people's files lie, beside the project.
const realData = "../../shared/data/real/bhyt-lao-cai-2024-06"

// realFile reads one of them, or skips the test by the file's name.
func realFile(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(realData, name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside the project", filepath.Join(realData, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// bhytColumns are the nine figures of form B02: code, header path, unit.
var bhytColumns = []struct {
	code, name, unit string
	typ              report.Type
	path             []string
}{
	{"luot_kcb_tong", "Số lượt khám chữa bệnh", "lượt", report.TypeInt, []string{"Số lượt KCB", "Tổng cộng"}},
	{"luot_kcb_ngoai_tru", "Số lượt ngoại trú", "lượt", report.TypeInt, []string{"Số lượt KCB", "Ngoại trú"}},
	{"luot_kcb_noi_tru", "Số lượt nội trú", "lượt", report.TypeInt, []string{"Số lượt KCB", "Nội trú"}},
	{"tong_chi", "Chi khám chữa bệnh", "đồng", report.TypeDec, []string{"Tổng chi (tỷ đ)", "Tổng chi"}},
	{"tong_chi_ngoai_tru", "Chi ngoại trú", "đồng", report.TypeDec, []string{"Tổng chi (tỷ đ)", "Ngoại trú"}},
	{"tong_chi_noi_tru", "Chi nội trú", "đồng", report.TypeDec, []string{"Tổng chi (tỷ đ)", "Nội trú"}},
	{"bhtt_tong", "Bảo hiểm thanh toán", "đồng", report.TypeDec, []string{"BHTT (tỷ đ)", "Tổng cộng"}},
	{"bhtt_noi_tru", "Bảo hiểm thanh toán nội trú", "đồng", report.TypeDec, []string{"BHTT (tỷ đ)", "Nội trú"}},
	{"bhtt_ngoai_tru", "Bảo hiểm thanh toán ngoại trú", "đồng", report.TypeDec, []string{"BHTT (tỷ đ)", "Ngoại trú"}},
}

// bhytDefinition is form B02 for a list of facilities or for provinces. With
// declared, the definition knows that the header states a wrong unit.
func bhytDefinition(shape report.Shape, by report.By, declared bool) *report.Definition {
	def := &report.Definition{Code: "b02", Version: "1", Title: report.Text{VI: "B02. Thống kê khám chữa bệnh"}, Calendar: "civil"}
	s := report.Sheet{Name: "Worksheet", Shape: shape, Key: report.KeyHeaders{Code: []string{"Mã CSKCB", "Mã tỉnh"}, Name: []string{"Tên CSKCB", "Tên tỉnh"}},
		Ignore: []string{"Mã vùng", "TL_Nội trú", "Ngày ĐTBQ", "BQ chung (*)", "BQ ngoại trú", "BQ nội trú", "Tỉ lệ (%)", "% tiền khám", "% tiền giường"}}
	for _, c := range bhytColumns {
		def.Indicators = append(def.Indicators, report.Indicator{Code: c.code, Name: report.Text{VI: c.name}, Unit: c.unit, Type: c.typ, Scale: map[report.Type]int{report.TypeDec: 2}[c.typ], By: by})
		col := report.Column{Indicator: c.code, Header: c.path}
		if declared && c.unit == "đồng" {
			col.Unit = "tỷ đ"
		}
		s.Columns = append(s.Columns, col)
	}
	if shape == report.PlacesDown {
		s.Places = []string{"00/province"}
	}
	def.Sheets = []report.Sheet{s}
	return def
}

// bhytFacilities is the register of the insurer's facilities, made from its own
// list, and the district of each.
func bhytFacilities(t *testing.T) (*report.Register, map[string]string) {
	t.Helper()
	book, stop := sheet.Open(realFile(t, "DM_COSOKCB.xlsx"), xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	reg := &report.Register{Code: "lc", Version: "1", Agencies: []report.Agency{{Code: "bhxh-lc", Name: report.Text{VI: "Bảo hiểm xã hội tỉnh Lào Cai"}}},
		Places: []report.Place{{Code: "10", Name: report.Text{VI: "Lào Cai"}, Level: report.LevelProvince}, {Code: "10T", Name: report.Text{VI: "Cấp tỉnh"}, Level: report.LevelProvincial, Parent: "10"}}}
	district := map[string]string{}
	s := book.Sheets[0]
	for _, row := range s.RowNumbers(4) {
		code, name, where := s.At(row, 2), s.At(row, 3), s.At(row, 7)
		if code == nil || name == nil || where == nil {
			continue
		}
		reg.Agencies = append(reg.Agencies, report.Agency{Code: code.Text, Name: report.Text{VI: name.Text}, Parent: "bhxh-lc"})
		district[code.Text] = where.Text
	}
	return reg.Index(), district
}

func bhytRequest(place string) *report.Request {
	return &report.Request{Code: "b02-2024-06", Definition: "b02", Version: "1", Register: "lc", Registered: "1", Place: place, Period: "2024-M06", Calendar: "civil", Agencies: []string{"bhxh-lc"}}
}

func TestFacilitiesToTheLastDong(t *testing.T) {
	body := realFile(t, "B02. CSKCB.xlsx")
	reg, district := bhytFacilities(t)
	got := Read(Upload{ID: "u", Via: report.ViaWorkbook, Body: body}, Env{Request: bhytRequest("10"), Definition: bhytDefinition(report.UnitList, report.ByUnit, true), Register: reg, Agency: "bhxh-lc"})
	for _, f := range got.Draft.Findings {
		t.Logf("%s %s %s: %s", f.Severity, f.Code, f.Place(), f.VI())
	}
	if got.Outcome != report.Ready {
		t.Fatalf("outcome %s, want ready", got.Outcome)
	}
	if want := 169 * 9; got.Draft.Facts.Len() != want {
		t.Fatalf("%d facts, want %d", got.Draft.Facts.Len(), want)
	}
	sums := map[[2]string]*decimal.Sum{}
	for _, f := range got.Draft.Facts.All() {
		k := [2]string{district[f.Unit], f.Indicator}
		if sums[k] == nil {
			sums[k] = &decimal.Sum{}
		}
		sums[k].Add(f.Value.Num)
	}
	checked := 0
	for _, row := range districtTotals(t) {
		for code, want := range row {
			if code == "district" {
				continue
			}
			sum, err := sums[[2]string{row["district"], code}].Value()
			if err != nil || !sum.Equal(decimal.MustParse(want)) {
				t.Errorf("%s %s: %s, want %s (%v)", row["district"], code, sum, want, err)
			}
			checked++
		}
	}
	if checked != 9*9 {
		t.Errorf("%d district totals compared, want 81", checked)
	}
	c := got.Draft.Counts
	if c.Cells != c.Used+c.Excluded || c.Used < 169*11 {
		t.Errorf("account %+v does not close", c)
	}
}

// districtTotals reads by_district.csv, a row of column name to text each.
func districtTotals(t *testing.T) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(realFile(t, "by_district.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

func TestCountryToTheLastDong(t *testing.T) {
	body := realFile(t, "B02. TOAN QUOC.xlsx")
	book, stop := sheet.Open(body, xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	reg := &report.Register{Code: "vn", Version: "1", Agencies: []report.Agency{{Code: "bhxh-lc", Name: report.Text{VI: "Bảo hiểm xã hội Việt Nam"}}},
		Places: []report.Place{{Code: "00", Name: report.Text{VI: "Toàn quốc"}, Level: "country"}}}
	s := book.Sheets[0]
	for _, row := range s.RowNumbers(8) {
		code := s.At(row, 1).Text
		reg.Places = append(reg.Places, report.Place{Code: code, Name: report.Text{VI: s.At(row, 2).Text}, Level: report.LevelProvince, Parent: "00"})
	}
	def := bhytDefinition(report.PlacesDown, report.ByPlace, true)
	got := Read(Upload{ID: "u", Via: report.ViaWorkbook, Body: body}, Env{Request: bhytRequest("00"), Definition: def, Register: reg.Index(), Agency: "bhxh-lc"})
	for _, f := range got.Draft.Findings {
		t.Logf("%s %s %s: %s", f.Severity, f.Code, f.Place(), f.VI())
	}
	if got.Outcome != report.Ready || got.Draft.Facts.Len() != 63*9 {
		t.Fatalf("outcome %s with %d facts, want ready with %d", got.Outcome, got.Draft.Facts.Len(), 63*9)
	}
	var sum decimal.Sum
	for _, f := range got.Draft.Facts.All() {
		if f.Indicator == "tong_chi" {
			sum.Add(f.Value.Num)
		}
	}
	if d, err := sum.Value(); err != nil || d.String() != "13056694147402.53" {
		t.Errorf("sum of tong_chi is %s (%v)", d, err)
	}
}

func TestWrongUnitInTheHeaderIsNoticed(t *testing.T) {
	reg, _ := bhytFacilities(t)
	body := realFile(t, "B02. CSKCB.xlsx")
	for _, tt := range []struct {
		name     string
		declared bool
		want     fault.Code
		outcome  report.Outcome
	}{
		{"unknown to the form", false, fault.UnitImpossible, report.Refused},
		{"known to the form", true, fault.UnitOverridden, report.Ready},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Read(Upload{Via: report.ViaWorkbook, Body: body}, Env{Request: bhytRequest("10"), Definition: bhytDefinition(report.UnitList, report.ByUnit, tt.declared), Register: reg, Agency: "bhxh-lc"})
			n := 0
			for _, f := range got.Draft.Findings {
				if f.Code == tt.want {
					n++
				}
			}
			if n != 6 || got.Outcome != tt.outcome {
				t.Errorf("%d findings %s and outcome %s, want 6 (one a column of money) and %s", n, tt.want, got.Outcome, tt.outcome)
			}
		})
	}
}
