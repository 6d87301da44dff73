package export

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"testing"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report/decimal"
	"tonghop/report/fault"
	papers "tonghop/report/paper"
)

// twoPapers are the papers of two communes under a head of two rows, added up.
func twoPapers() papers.Sum {
	a := &papers.Table{File: "a.xlsx", Sheet: "Biểu 1", Area: "A4:D6", Agency: "Xã A"}
	b := &papers.Table{File: "b.xls", Sheet: "S", Area: "A1:D3", Agency: "Xã B"}
	d := decimal.MustParse
	return papers.Sum{
		Tables: []*papers.Table{a, b},
		Unit:   "hộ",
		Columns: []papers.Column{
			{Key: "n", Path: []string{"Số hộ", "Tổng số"}, Adds: true}, {Key: "m", Path: []string{"Số hộ", "Trong đó: nghèo"}, Adds: true}, {Key: "k", Path: []string{"Kinh phí"}, Adds: true},
		},
		Rows: []papers.Row{{Key: "x", Number: "1", Name: "Thôn Đông", Place: "00004"}, {Key: "t", Name: "Tổng cộng", Total: true}},
		Totals: []papers.Total{
			{Row: 0, Column: 0, Value: d("12"), Sources: []papers.Source{{Table: 0, Cell: "B5", Value: d("5")}, {Table: 1, Cell: "B2", Value: d("7")}}},
			{Row: 0, Column: 2, Value: d("0.25"), Sources: []papers.Source{{Table: 1, Cell: "D2", Value: d("0.25")}}},
			{Row: 1, Column: 0, Value: d("12"), Sources: []papers.Source{{Table: 0, Cell: "B6", Value: d("5")}, {Table: 1, Cell: "B3", Value: d("7")}}},
		},
		Files: []papers.Share{
			{Name: "a.xlsx", Figures: []papers.Part{{Row: 0, Column: 0, Value: d("5")}, {Row: 1, Column: 0, Value: d("5")}}},
			{Name: "b.xls", Figures: []papers.Part{{Row: 0, Column: 0, Value: d("7")}, {Row: 0, Column: 2, Value: d("0.25")}, {Row: 1, Column: 0, Value: d("7")}}},
		},
		Agencies: []papers.Share{
			{Name: "Xã A", Figures: []papers.Part{{Row: 0, Column: 0, Value: d("5")}, {Row: 1, Column: 0, Value: d("5")}}},
			{Name: "Xã B", Figures: []papers.Part{{Row: 0, Column: 0, Value: d("7")}, {Row: 0, Column: 2, Value: d("0.25")}, {Row: 1, Column: 0, Value: d("7")}}},
		},
		Places: []papers.Share{{Name: "Thôn Đông", Code: "00004", Figures: []papers.Part{{Column: 0, Value: d("12")}, {Column: 2, Value: d("0.25")}}}},
	}
}

func collatedBytes(t *testing.T, found fault.List) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Collated(&b, []papers.Sum{twoPapers(), twoPapers()}, found, time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCollated: every total, what each file and body adds to it, and its sources
// stand in the workbook, and total and sources are the same figures.
func TestCollated(t *testing.T) {
	body := collatedBytes(t, fault.List{fault.New(fault.PaperWithoutTable).In("c.xlsx")})
	if !bytes.Equal(body, collatedBytes(t, fault.List{fault.New(fault.PaperWithoutTable).In("c.xlsx")})) {
		t.Error("the same sums give other bytes")
	}
	wb, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if props, err := wb.CustomProps(); err != nil || props[CollatedMark] == "" {
		t.Errorf("the mark is %q (%v)", props[CollatedMark], err)
	}
	grids := map[string]*xlsx.Grid{}
	for _, s := range wb.Sheets {
		if grids[s.Name], err = wb.Grid(s.Index); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Tổng hợp", "Theo tệp", "Theo đơn vị", "Theo địa bàn", "Nguồn", "Tổng hợp (2)", "Nguồn (2)", "Phát hiện"} {
		if grids[name] == nil {
			t.Errorf("no sheet %s", name)
		}
	}
	for _, tt := range []struct{ sheet, cell, want string }{
		{"Tổng hợp", "D4", "Số hộ"}, {"Tổng hợp", "D5", "Tổng số"}, {"Tổng hợp", "F4", "Kinh phí"},
		{"Tổng hợp", "C7", "Thôn Đông"}, {"Tổng hợp", "D7", "12"}, {"Tổng hợp", "F7", "0.25"}, {"Tổng hợp", "D8", "12"}, {"Tổng hợp", "E7", ""},
		{"Tổng hợp", "G4", "Số báo cáo có số liệu"}, {"Tổng hợp", "G7", "1–2/2"}, {"Tổng hợp", "G8", "2/2"}, {"Nguồn", "G4", "2/2"}, {"Nguồn", "G6", "1/2"},
		{"Theo tệp", "A6", "a.xlsx"}, {"Theo tệp", "E6", "5"}, {"Theo tệp", "A8", "b.xls"}, {"Theo tệp", "E8", "7"}, {"Theo tệp", "G8", "0.25"},
		{"Theo đơn vị", "A6", "Xã A"}, {"Theo đơn vị", "E9", "7"},
		{"Tổng hợp", "A3", "Đơn vị tính: hộ"}, {"Theo tệp", "A2", "Đơn vị tính: hộ"}, {"Theo địa bàn", "A2", "Đơn vị tính: hộ"},
		{"Theo địa bàn", "B6", "00004"}, {"Theo địa bàn", "D6", "12"},
		{"Nguồn", "A4", "Thôn Đông"}, {"Nguồn", "C4", "5"}, {"Nguồn", "D4", "a.xlsx"}, {"Nguồn", "F4", "B5"}, {"Nguồn", "C5", "7"}, {"Nguồn", "F6", "D2"},
		{"Phát hiện", "B4", "S234"},
	} {
		g := grids[tt.sheet]
		row, col, _ := xlsx.ParseRef(tt.cell)
		got := ""
		if c := g.At(row, col); c != nil {
			got = c.Text
		}
		if got != tt.want {
			t.Errorf("%s!%s is %q, want %q", tt.sheet, tt.cell, got, tt.want)
		}
	}
}

// TestCollatedPrintsHead: the whole head of each sheet, down to the row of column
// numbers, stands on every page.
func TestCollatedPrintsHead(t *testing.T) {
	body := collatedBytes(t, nil)
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	book, err := fs.ReadFile(z, "xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"&#39;Tổng hợp&#39;!$4:$6", "&#39;Theo tệp&#39;!$3:$5", "&#39;Theo đơn vị&#39;!$3:$5", "&#39;Theo địa bàn&#39;!$3:$5"} {
		if !bytes.Contains(book, []byte(want)) {
			t.Errorf("%s is not repeated on every page", want)
		}
	}
}

// TestCollatedUnits: where totals are in several units each stands at its column or row.
func TestCollatedUnits(t *testing.T) {
	sum := twoPapers()
	sum.Unit = ""
	sum.Columns[2].Unit = papers.Unit{Words: "kg", Base: "kg"}
	sum.Rows[0].Unit = papers.Unit{Words: "hộ", Base: "hộ"}
	var b bytes.Buffer
	if err := Collated(&b, []papers.Sum{sum}, nil, time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	wb, err := xlsx.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		sheet     int
		cell, say string
	}{{0, "F4", "Kinh phí (kg)"}, {0, "C7", "Thôn Đông (hộ)"}, {0, "A3", ""}, {1, "D6", "Thôn Đông (hộ)"}, {4, "A4", "Thôn Đông (hộ)"}, {4, "B6", "Kinh phí (kg)"}} {
		g, err := wb.Grid(wb.Sheets[tt.sheet].Index)
		if err != nil {
			t.Fatal(err)
		}
		row, col, _ := xlsx.ParseRef(tt.cell)
		got := ""
		if c := g.At(row, col); c != nil {
			got = c.Text
		}
		if got != tt.say {
			t.Errorf("%s of sheet %d is %q, want %q", tt.cell, tt.sheet, got, tt.say)
		}
	}
}
