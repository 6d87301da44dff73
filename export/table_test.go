package export

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report"
	"tonghop/report/decimal"
)

func sampleTable() *Table {
	num := func(s string) report.Value { return report.NumberOf(decimal.MustParse(s)) }
	return &Table{
		Title: "Kết quả theo địa bàn", AsOf: time.Date(2025, 6, 20, 3, 0, 0, 0, time.UTC), Provisional: true, Heard: 2, Asked: 3,
		Keys: []string{"Mã", "Địa bàn"},
		Indicators: []*report.Indicator{
			{Code: "1", Name: report.Text{VI: "Số hồ sơ"}, Type: report.TypeInt},
			{Code: "2", Name: report.Text{VI: "Kinh phí"}, Unit: "triệu đồng", Type: report.TypeDec, Scale: 2},
		},
		Lines: []TableLine{
			{[]string{"288", "Thành phố Hải Dương"}, []report.Cell{{Value: num("12"), Given: 1}, {Value: num("1234.5"), Given: 2}}},
			{[]string{"290", "=1+1"}, []report.Cell{{Mark: report.MarkBlank}, {Value: num("12345678901234567.89"), Given: 1}}},
			{[]string{"30T", "Cấp tỉnh"}, []report.Cell{{Value: report.Value{Kind: report.Nil}, Mark: report.MarkNil, Given: 1}, {Mark: report.MarkMissing}}},
		},
	}
}

func TestTableSaysWhatItHolds(t *testing.T) {
	b, err := sampleTable().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	grid, err := book.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		ref  string
		typ  xlsx.CellType
		text string
	}{
		{"A1", xlsx.String, "Kết quả theo địa bàn"},
		{"A2", xlsx.String, "TẠM TÍNH. Số liệu đến 10 giờ 00 phút ngày 20/6/2025; đã báo cáo 2/3 đơn vị"},
		{"C3", xlsx.String, HeadGiven},
		{"D3", xlsx.String, "Số hồ sơ"},
		{"E3", xlsx.String, "Kinh phí (triệu đồng)"},
		{"A4", xlsx.String, "288"}, // a code stays a text
		{"C4", xlsx.Number, "2"},   // the most that any figure of the line was given by
		{"D4", xlsx.Number, "12"},
		{"E4", xlsx.Number, "1234.5"},
		{"B5", xlsx.String, "=1+1"}, // a name that looks like a formula stays a name
		{"D5", xlsx.String, "trống"},
		{"E5", xlsx.String, "12.345.678.901.234.567,89"}, // all digits, as a text
		{"D6", xlsx.String, "-"},
	} {
		row, col, err := xlsx.ParseRef(want.ref)
		if err != nil {
			t.Fatal(err)
		}
		c := grid.At(row, col)
		if c == nil || c.Type != want.typ || c.Text != want.text || c.HasFormula {
			t.Errorf("%s: got %+v, want %s %q", want.ref, c, want.typ, want.text)
		}
	}
	if c := grid.At(6, 5); c != nil {
		t.Errorf("E6: got %+v, want nothing: nobody was heard (law 8)", c)
	}
}

func TestTableSameBytes(t *testing.T) {
	a, err := sampleTable().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	b, err := sampleTable().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("the same table gave other bytes")
	}
}

func TestTableNeedsAMoment(t *testing.T) {
	table := sampleTable()
	table.AsOf = time.Time{}
	if _, err := table.Bytes(); !errors.Is(err, ErrNoMoment) {
		t.Errorf("got %v, want %v", err, ErrNoMoment)
	}
}

// TestTableMarksEstimates: an estimate has a sign of its own, which is not that of what may
// count twice.
func TestTableMarksEstimates(t *testing.T) {
	table := sampleTable()
	table.Lines[0].Cells[0].Mark = report.MarkEstimate
	b, err := table.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	grid, err := book.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	if c := grid.At(tableTop, 4); c == nil || grid.Style(c).NumFmt != `#,##0"≈"` {
		t.Errorf("an estimate is %+v", c)
	}
}
