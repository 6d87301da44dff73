package examples_test

import (
	"fmt"
	"math/big"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"tonghop/aggregate"
	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/calendar"
)

// sheetOf opens the first sheet of one of other people's files.
func sheetOf(t *testing.T, body []byte) *sheet.Sheet {
	t.Helper()
	book, stop := sheet.Open(body, xlsx.Limits{})
	if stop != nil {
		t.Fatal(stop)
	}
	return book.Sheets[0]
}

// loops adds up cells as they stand: by whatever a row belongs to, and column.
type loops map[[2]string]*big.Rat

func (l loops) add(key, column string, v *big.Rat) {
	at := [2]string{key, column}
	if l[at] == nil {
		l[at] = new(big.Rat)
	}
	l[at].Add(l[at], v)
}

// hold compares a figure with a loop's.
func (l loops) hold(t *testing.T, key, column string, got aggregate.Row) {
	t.Helper()
	want := l[[2]string{key, column}]
	if got.Value == nil || want == nil {
		t.Errorf("%s, %s: rolled up to %+v, the cells come to %v", key, column, got, want)
		return
	}
	if value, _ := new(big.Rat).SetString(*got.Value); value.Cmp(want) != 0 {
		t.Errorf("%s, %s: rolled up to %s, the cells come to %s", key, column, *got.Value, want.FloatString(2))
	}
}

// inFile are the columns of the nine figures in both files of the insurer.
var inFile = map[string]int{"luot": 4, "luot-ngoai": 5, "luot-noi": 6, "chi": 12, "chi-ngoai": 14, "chi-noi": 16, "bhtt": 18, "bhtt-noi": 19, "bhtt-ngoai": 20}

// exactly reads a cell to the cent: a stored number holds 17 digits of a binary one.
func exactly(t *testing.T, s *sheet.Sheet, row, col int) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(shown(t, s.At(row, col).Text))
	if !ok {
		t.Fatalf("%s is no number", s.At(row, col).Ref())
	}
	return r
}

// TestInsuranceFromFacilityToCountry puts the facilities of Lào Cai, as its insurer reports them,
// beside the other 62 provinces, as the insurer of the country does, under the regions of that,
// and rolls all up: facility, district, province, region, country, and by group of insurers.
// Every figure is held against loops over the cells of the two files, and the country
// against what was published.
func TestInsuranceFromFacilityToCountry(t *testing.T) {
	local := insuranceForm(t, "bhyt-lao-cai/request.yaml", "bhxh-lao-cai")
	addFacilities(t, local)
	whole := insuranceForm(t, "bhyt-toan-quoc/request.yaml", "bhxh-vn")
	facilitySheet, countrySheet := sheetOf(t, foreign(t, provincial)), sheetOf(t, foreign(t, national))

	// One register: the country, its regions and provinces; below Lào Cai districts and facilities.
	reg := &report.Register{Code: "bhyt", Version: "1", Title: report.Text{VI: "Cơ quan bảo hiểm, cơ sở và địa bàn"}}
	region := map[string]string{}
	for _, row := range countrySheet.RowNumbers(8) {
		region[countrySheet.At(row, 1).Text] = "V" + countrySheet.At(row, 3).Text
	}
	for _, p := range whole.Register.Places {
		if p.Level == report.LevelProvince {
			p.Parent = region[p.Code]
			if !slices.ContainsFunc(reg.Places, func(r report.Place) bool { return r.Code == p.Parent }) {
				reg.Places = append(reg.Places, report.Place{Code: p.Parent, Name: report.Text{VI: "Vùng " + p.Parent[1:]}, Level: report.LevelRegion, Parent: "00"})
			}
		}
		p.From, p.Until, p.Successor = calendar.Date{}, calendar.Date{}, ""
		reg.Places = append(reg.Places, p)
	}
	for _, p := range local.Register.Places {
		if p.Level == report.LevelDistrict || p.Level == report.LevelProvincial {
			p.From, p.Until, p.Successor = calendar.Date{}, calendar.Date{}, ""
			reg.Places = append(reg.Places, p)
		}
	}
	reg.Agencies = append(reg.Agencies, report.Agency{Code: "bhxh-vn", Name: report.Text{VI: "Bảo hiểm xã hội Việt Nam"}})
	for _, a := range local.Register.Agencies {
		if a.From, a.Until = (calendar.Date{}), (calendar.Date{}); a.Code == "bhxh-lao-cai" {
			a.Parent = "bhxh-vn"
		}
		reg.Agencies = append(reg.Agencies, a)
	}
	reg.Index()

	// What either insurer's file says is read by its own form, and handed in for the whole.
	d := newDesk(t)
	req := *whole.Request
	req.Code, req.Register, req.Registered, req.Agencies = "bhyt-ca-nuoc", reg.Code, reg.Version, []string{"bhxh-vn", "bhxh-lao-cai"}
	d.open(whole.Definition, reg, &req)
	d.take(&req, "bhxh-lao-cai", readAs(t, local, provincial).List())
	d.take(&req, "bhxh-vn", slices.DeleteFunc(readAs(t, whole, national).List(), func(f report.Fact) bool { return f.Place == "10" }))

	sums := loops{}
	for _, row := range facilitySheet.RowNumbers(7) {
		code := facilitySheet.At(row, 1)
		agency := reg.Agency(code.Text)
		if agency == nil {
			t.Fatalf("row %d: no facility %s", row, code.Text)
		}
		for column, col := range inFile {
			v := exactly(t, facilitySheet, row, col)
			for _, key := range []string{agency.Code, agency.Place, "10", region["10"], "00"} {
				sums.add(key, column, v)
			}
		}
	}
	for _, row := range countrySheet.RowNumbers(8) {
		if code := countrySheet.At(row, 1).Text; code != "10" {
			for column, col := range inFile {
				v := exactly(t, countrySheet, row, col)
				for _, key := range []string{code, region[code], "00"} {
					sums.add(key, column, v)
				}
			}
		}
	}
	held := map[string]int{}
	for _, level := range []string{report.LevelDistrict, report.LevelProvince, report.LevelRegion, report.LevelCountry} {
		rows := d.rows(aggregate.Query{Request: req.Code, By: []string{aggregate.ByPlace}, Level: level})
		for _, p := range reg.Places {
			if _, there := sums[[2]string{p.Code, "luot"}]; p.Level == level && there {
				for column := range inFile {
					sums.hold(t, p.Code, column, rows[[2]string{column, p.Code}])
				}
				held[level]++
			}
		}
	}
	units, err := d.view.Rollup(aggregate.Query{Request: req.Code, By: []string{aggregate.ByUnit}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range units.Rows {
		if *r.Unit != "bhxh-vn" {
			sums.hold(t, *r.Unit, r.Indicator, r)
			held["facility"]++
		}
	}
	if want := map[string]int{report.LevelDistrict: 9, report.LevelProvince: 63, report.LevelRegion: 6, report.LevelCountry: 1, "facility": 169 * 9}; fmt.Sprint(held) != fmt.Sprint(want) {
		t.Errorf("held %v, want %v", held, want)
	}
	groups, err := d.view.Rollup(aggregate.Query{Request: req.Code, By: []string{aggregate.ByGroup}})
	if err != nil {
		t.Fatal(err)
	}
	published := nationalRow(t, "00")
	for _, r := range groups.Rows {
		if *r.Group != "bhxh-vn" || r.Heard != 2 {
			t.Errorf("group %s: %d heard", *r.Group, r.Heard)
		}
		compare(t, "the country as published", r.Indicator, text(r.Value), published[r.Indicator])
	}
	if len(groups.Rows) != len(inFile) {
		t.Errorf("%d rows of the group", len(groups.Rows))
	}
}

// TestBranchesRollUpToTheBank rolls the accounts of four branches up to the bank that they are
// of, by group, and holds 1,884 figures against what the bank itself reported.
func TestBranchesRollUpToTheBank(t *testing.T) {
	const folder, whole = "sbv-g01304-201708/", "G01304-01912001-01912001-201708-BT-M-01.xlsx"
	first := sheetOf(t, realFile(t, folder+whole))
	def := accounts(t, first)
	reg := &report.Register{
		Code: "nh", Version: "1", Title: report.Text{VI: "Ngân hàng và chi nhánh"},
		Agencies: []report.Agency{{Code: "bank", Name: report.Text{VI: "Ngân hàng"}}},
		Places:   []report.Place{{Code: "VN", Name: report.Text{VI: "Cả nước"}, Level: report.LevelCountry}},
	}
	req := &report.Request{
		Code: "g01304", Title: report.Text{VI: "Bảng cân đối tài khoản kế toán tháng 8 năm 2017"}, Definition: def.Code, Version: def.Version, Register: reg.Code, Registered: reg.Version,
		Place: "VN", Issuer: report.Issuer{Name: "Ngân hàng Nhà nước Việt Nam"}, Calendar: "civil", Period: "2017-M08", Due: calendar.DueRule{Wording: calendar.By, Date: calendar.MustDate("2017-09-10")},
	}
	files := branches(t, folder)
	for _, name := range files {
		code := "cn-" + strings.Split(name, "-")[1]
		reg.Agencies = append(reg.Agencies, report.Agency{Code: code, Name: report.Text{VI: "Chi nhánh " + code}, Parent: "bank"})
		req.Agencies = append(req.Agencies, code)
	}
	d := newDesk(t)
	d.open(def, reg, req)
	for i, name := range files {
		d.submit(def, reg, req, req.Agencies[i], name, realFile(t, folder+name), "")
	}
	d.rows(aggregate.Query{Request: req.Code})
	groups, err := d.view.Rollup(aggregate.Query{Request: req.Code, By: []string{aggregate.ByGroup}})
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, r := range groups.Rows {
		row, col := place(t, first, r.Indicator)
		want, ok := new(big.Rat).SetString(strings.ReplaceAll(first.At(row, col).Text, ",", "."))
		if !ok {
			t.Fatalf("%s is no number", first.At(row, col).Ref())
		}
		got := new(big.Rat)
		if r.Value != nil {
			got.SetString(*r.Value)
		}
		if *r.Group != "bank" || r.Heard != 4 || got.Cmp(want) != 0 {
			t.Errorf("%s: four branches come to %s (%d heard), the bank reports %s", r.Indicator, text(r.Value), r.Heard, want.FloatString(1))
		}
		held++
	}
	if held != 1884 {
		t.Errorf("%d figures, want 1884", held)
	}
}

// branches gives the files of the branches, in order.
func branches(t *testing.T, folder string) (out []string) {
	t.Helper()
	all, err := os.ReadDir(path.Join("../../shared/data/real", folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if strings.Contains(f.Name(), "-BI-") {
			out = append(out, f.Name())
		}
	}
	if len(out) != 4 {
		t.Fatalf("%d files of branches", len(out))
	}
	return out
}

// The rows and columns of the form of accounts.
const (
	accountsFirst, accountsLast = 19, 332
	accountsCodes               = 15 // row of the codes of columns 5 to 10
)

// accounts makes the definition of the form out of a workbook of it.
func accounts(t *testing.T, s *sheet.Sheet) *report.Definition {
	t.Helper()
	def := &report.Definition{Code: "g01304", Version: "1", Title: report.Text{VI: "Bảng cân đối tài khoản kế toán"}, Calendar: "civil"}
	layout := report.Sheet{Name: "G01304", Shape: report.Matrix, Key: report.KeyHeaders{Name: []string{"Tên tài khoản"}}}
	for col := 5; col <= 10; col++ {
		layout.Columns = append(layout.Columns, report.Column{Code: s.At(accountsCodes, col).Text, Header: []string{s.Shown(accountsCodes+1, col).Text, s.At(accountsCodes+2, col).Text}})
	}
	for row := accountsFirst; row <= accountsLast; row++ {
		r := report.Row{Code: s.At(row, 1).Text, Name: report.Text{VI: strings.TrimSpace(s.At(row, 3).Text)}}
		layout.Rows = append(layout.Rows, r)
		for _, c := range layout.Columns {
			def.Indicators = append(def.Indicators, report.Indicator{
				Code: report.CellCode(r.Code, c.Code), Name: report.Text{VI: r.Name.VI + ", " + strings.Join(c.Header, " ")}, Unit: "đồng", Type: report.TypeDec, Scale: 1, Required: true,
			})
		}
	}
	def.Sheets = []report.Sheet{layout}
	return def
}

// place finds the cell of an account.
func place(t *testing.T, s *sheet.Sheet, indicator string) (row, col int) {
	t.Helper()
	for row := accountsFirst; row <= accountsLast; row++ {
		for col := 5; col <= 10; col++ {
			if report.CellCode(s.At(row, 1).Text, s.At(accountsCodes, col).Text) == indicator {
				return row, col
			}
		}
	}
	t.Fatalf("no cell of %s", indicator)
	return 0, 0
}
