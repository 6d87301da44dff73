package examples_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tonghop/aggregate"
	"tonghop/examples"
	"tonghop/examples/internal/paper"
	"tonghop/ingest"
	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/codec"
	"tonghop/report/fault"
)

// The health insurance of Lào Cai, June 2024, as the insurer published it: other
// people's files, which lie beside the project and are never part of it.
const (
	insurance  = "../../shared/data/real/bhyt-lao-cai-2024-06"
	facilities = "DM_COSOKCB.xlsx"
	provincial = "B02. CSKCB.xlsx"
	national   = "B02. TOAN QUOC.xlsx"
	byDistrict = "by_district.csv"
)

// columns are the nine figures in the order of by_district.csv.
var columns = []string{"luot", "luot-ngoai", "luot-noi", "chi", "chi-ngoai", "chi-noi", "bhtt", "bhtt-noi", "bhtt-ngoai"}

// foreign reads one of the files, or skips the test by the file's name.
func foreign(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(insurance, name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not beside the project", path.Join("shared/data/real/bhyt-lao-cai-2024-06", name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestFacilitiesRollUpToDistricts adds 169 facilities up by the district that the
// insurer's register gives each, to the last đồng, and holds the province
// against its row in the national table.
func TestFacilitiesRollUpToDistricts(t *testing.T) {
	form := insuranceForm(t, "bhyt-lao-cai/request.yaml", "bhxh-lao-cai")
	addFacilities(t, form)
	view, facts := rolledUp(t, form, provincial)
	if facts != 169*len(columns) {
		t.Errorf("%d facts, want %d", facts, 169*len(columns))
	}
	got := rows(t, view, form, "place", report.LevelDistrict)
	for _, want := range districts(t) {
		place := placeNamed(t, form.Register, want[0])
		for i, code := range columns {
			compare(t, want[0], code, got[[2]string{code, place}], want[i+1])
		}
	}
	total := rows(t, view, form, "", "")
	for code, want := range nationalRow(t, "10") {
		compare(t, "province against the national table", code, total[[2]string{code, ""}], want)
	}
}

// TestProvincesRollUpToTheCountry adds 63 provinces up to the row "Toàn quốc".
func TestProvincesRollUpToTheCountry(t *testing.T) {
	form := insuranceForm(t, "bhyt-toan-quoc/request.yaml", "bhxh-vn")
	view, facts := rolledUp(t, form, national)
	if facts != 63*len(columns) {
		t.Errorf("%d facts, want %d", facts, 63*len(columns))
	}
	total := rows(t, view, form, "", "")
	for code, want := range nationalRow(t, "00") {
		compare(t, "country", code, total[[2]string{code, ""}], want)
	}
}

func insuranceForm(t *testing.T, request, agency string) *paper.Form {
	t.Helper()
	form, err := paper.ReadForm(examples.FS, request, agency)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// addFacilities puts the facilities of the insurer's register under the insurer,
// each in its district.
func addFacilities(t *testing.T, form *paper.Form) {
	t.Helper()
	b := foreign(t, facilities)
	book, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	grid, err := book.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for _, c := range grid.Cells {
		if c.Row == 2 {
			column[c.Text] = c.Col
		}
	}
	cell := func(row int, name string) string {
		if c := grid.At(row, column[name]); c != nil {
			return c.Text
		}
		return ""
	}
	for row := 4; row <= grid.MaxRow; row++ {
		code := cell(row, "MACSKCB")
		if code == "" {
			continue
		}
		form.Register.Agencies = append(form.Register.Agencies, report.Agency{
			Code: code, Name: report.Text{VI: cell(row, "TENCSKCB")}, Parent: form.Agency,
			Place: placeNamed(t, form.Register, cell(row, "TENHUYEN")),
		})
	}
	form.Register.Index()
}

// placeNamed finds a district by its name but for capitals: the insurer writes
// "Thị Xã Sa Pa".
func placeNamed(t *testing.T, reg *report.Register, name string) string {
	t.Helper()
	for _, p := range reg.Places {
		if p.Level == report.LevelDistrict && strings.EqualFold(p.Name.VI, name) {
			return p.Code
		}
	}
	t.Fatalf("no district %q", name)
	return ""
}

// rolledUp reads a file, submits it, and gives the figures and the number of
// facts.
func rolledUp(t *testing.T, form *paper.Form, file string) (*aggregate.View, int) {
	t.Helper()
	body := foreign(t, file)
	id := report.UploadID(form.Request.Code, form.Agency, file)
	checked := ingest.Read(
		ingest.Upload{ID: id, Name: file, Via: report.ViaWorkbook, Body: body},
		ingest.Env{Request: form.Request, Definition: form.Definition, Register: form.Register, Agency: form.Agency},
	)
	for _, f := range checked.Draft.Findings {
		if f.Severity != fault.Note {
			t.Errorf("%s %s: %s", f.Code, f.Place(), f.VI())
		}
	}
	at := time.Date(2024, 7, 10, 2, 0, 0, 0, time.UTC)
	books := &report.Books{}
	view := &aggregate.View{Books: books}
	view.Attach()
	var events []report.Recorded
	for i, e := range []*report.Event{
		{Key: report.Key{Scope: report.ScopeRegister, Name: form.Register.Code}, Body: &report.RegisterApplied{Register: form.Register}},
		{Key: report.Key{Scope: report.ScopeDefinition, Name: form.Definition.Code}, Body: &report.DefinitionApplied{Definition: form.Definition}},
		{Key: report.RequestKey(form.Request.Code), Body: &report.RequestApplied{Revision: 1, Request: form.Request}},
		{Key: report.ReturnKey(form.Request.Code, form.Agency), Body: &report.Received{Upload: id, Name: file, Via: report.ViaWorkbook}},
		{Key: report.ReturnKey(form.Request.Code, form.Agency), Body: &checked},
		{Key: report.ReturnKey(form.Request.Code, form.Agency), Body: &report.Submitted{Version: 1, Upload: id}},
	} {
		e.At, e.Actor = at.Add(time.Duration(i)*time.Second), coordinator
		if err := codec.Seal(e); err != nil {
			t.Fatal(err)
		}
		events = append(events, report.Recorded{Seq: uint64(i + 1), Event: e})
	}
	if err := books.Restore(events); err != nil {
		t.Fatal(err)
	}
	return view, checked.Draft.Facts.Len()
}

// rows asks for figures by an axis, keyed by indicator and place.
func rows(t *testing.T, view *aggregate.View, form *paper.Form, by, level string) map[[2]string]string {
	t.Helper()
	q := aggregate.Query{Request: form.Request.Code, Level: level}
	if by != "" {
		q.By = []string{by}
	}
	table, err := view.Rollup(q)
	if err != nil {
		t.Fatal(err)
	}
	out := map[[2]string]string{}
	for _, r := range table.Rows {
		out[[2]string{r.Indicator, text(r.Place)}] = text(r.Value)
	}
	return out
}

// compare holds two decimals to be the same number.
func compare(t *testing.T, where, code, got, want string) {
	t.Helper()
	if got == "" || plain(got) != plain(want) {
		t.Errorf("%s, %s: rolled up to %q, want %s", where, code, got, want)
	}
}

// plain writes a decimal without zeros at its end.
func plain(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// shown gives the decimal that a spreadsheet meant by a number as it stored it:
// files hold the 17 digits of a binary number, 13056694147402.529 for
// 13056694147402.53.
func shown(t *testing.T, stored string) string {
	t.Helper()
	f, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// districts gives the lines of by_district.csv: a name and nine figures.
func districts(t *testing.T) [][]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(foreign(t, byDistrict))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 10 {
		t.Fatalf("%d lines, want a header and nine districts", len(lines))
	}
	return lines[1:]
}

// nationalRow gives the nine figures of a province, or of the country, as they
// stand in the national table.
func nationalRow(t *testing.T, province string) map[string]string {
	t.Helper()
	b := foreign(t, national)
	book, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	grid, err := book.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]string{"luot": "D", "luot-ngoai": "E", "luot-noi": "F", "chi": "L", "chi-ngoai": "N", "chi-noi": "P", "bhtt": "R", "bhtt-noi": "S", "bhtt-ngoai": "T"}
	out := map[string]string{}
	for row := 7; row <= grid.MaxRow; row++ {
		key := grid.At(row, 1)
		if key == nil || key.Text != province {
			continue
		}
		for code, col := range at {
			_, c, err := xlsx.ParseRef(col + "1")
			if err != nil {
				t.Fatal(err)
			}
			out[code] = shown(t, grid.At(row, c).Text)
		}
	}
	if len(out) != len(columns) {
		t.Fatalf("province %s is not in the national table", province)
	}
	return out
}
