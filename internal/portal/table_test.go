package portal

import (
	"bytes"
	"slices"
	"testing"

	"tonghop/aggregate"
	"tonghop/export"
	"tonghop/internal/xlsx"
	"tonghop/report"
)

func TestRollupAsFlatSheet(t *testing.T) {
	w := newWorld(t).withExample()
	w.hand("", "syt", formOf("12"), true)
	const root = "/api/v1/requests/" + theRequest

	for _, test := range []struct {
		name, query string
		want        map[string]string
	}{
		{"by place", "by=place&indicator=1.02", map[string]string{
			"A3": "Mã địa bàn", "B3": "Địa bàn", "C3": export.HeadGiven, "A4": "288", "C4": "1", "D4": "12",
		}},
		{"by agency: those not heard have a line too", "by=agency&indicator=1.02", map[string]string{
			"A3": "Mã đơn vị", "A4": "syt", "D4": "12", "A5": "sgddt", "C5": "0", "D5": "",
		}},
		{"by nothing: a total", "by=&indicator=1.02", map[string]string{"A3": export.HeadGiven, "A4": "1", "B4": "12"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			res, b := w.do("GET", root+"/rollup.xlsx?"+test.query, "", nil)
			if res.StatusCode != 200 {
				t.Fatalf("status %d: %s", res.StatusCode, b)
			}
			got := sheetTexts(t, b)
			for ref, want := range test.want {
				if got[ref] != want {
					t.Errorf("%s: got %q, want %q", ref, got[ref], want)
				}
			}
		})
	}

	t.Run("the same question again needs no second answer", func(t *testing.T) {
		res, _ := w.do("GET", root+"/rollup.xlsx?by=place", "", nil)
		res, b := w.do("GET", root+"/rollup.xlsx?by=place", "", nil, "If-None-Match", res.Header.Get("ETag"))
		if res.StatusCode != 304 || len(b) != 0 {
			t.Errorf("got %d with %d bytes", res.StatusCode, len(b))
		}
	})
}

// sheetTexts gives the cells of the first sheet by address.
func sheetTexts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	book, err := xlsx.Open(bytes.NewReader(b), int64(len(b)), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	grid, err := book.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for i := range grid.Cells {
		out[xlsx.Ref(grid.Cells[i].Row, grid.Cells[i].Col)] = grid.Cells[i].Text
	}
	return out
}

// TestComparedTable: beside a figure stands what it is compared with, how much of that was
// heard, and by how much the two differ: percentages in points, without an index.
func TestComparedTable(t *testing.T) {
	count := report.Indicator{Code: "1", Name: report.Text{VI: "Số cuộc"}, Unit: "cuộc", Type: report.TypeInt}
	share := report.Indicator{Code: "2", Name: report.Text{VI: "Tỷ lệ"}, Unit: "%", Type: report.TypeDec, Scale: 1}
	text := func(s string) *string { return &s }
	r := &aggregate.Rollup{
		Bases: []aggregate.Base{{With: aggregate.AgainstLastYear, Provisional: true, Over: &aggregate.Over{Title: report.Text{VI: "quý I năm 2020"}, Reports: aggregate.Count{Heard: 7, Asked: 10}}}},
		Rows: []aggregate.Row{
			{Indicator: "1", Value: text("12"), Against: map[string]aggregate.Against{aggregate.AgainstLastYear: {Value: text("10"), Mark: report.MarkEstimate, Difference: text("2"), Index: text("120"), Growth: text("20")}}},
			{Indicator: "2", Value: text("5.5"), Against: map[string]aggregate.Against{aggregate.AgainstLastYear: {Mark: report.MarkMissing}}},
		},
	}
	f := flattening{definition: &report.Definition{Indicators: []report.Indicator{count, share}}, register: (&report.Register{}).Index(), bases: r.Bases}
	table := &export.Table{}
	f.columns(table, r.Rows)
	for i := range r.Rows {
		if err := f.add(table, &r.Rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	var heads []string
	for _, ind := range table.Indicators {
		heads = append(heads, export.FigureHead(ind))
	}
	want := []string{
		"Số cuộc (cuộc)", "Số cuộc, cùng kỳ năm trước: quý I năm 2020, 7/10 báo cáo, TẠM TÍNH (cuộc)", "Số cuộc, tăng giảm so với cùng kỳ năm trước (cuộc)", "Số cuộc, bằng bao nhiêu % cùng kỳ năm trước (%)",
		"Tỷ lệ (%)", "Tỷ lệ, cùng kỳ năm trước: quý I năm 2020, 7/10 báo cáo, TẠM TÍNH (%)", "Tỷ lệ, tăng giảm so với cùng kỳ năm trước (điểm phần trăm)",
	}
	if !slices.Equal(heads, want) {
		t.Errorf("heads %q, want %q", heads, want)
	}
	cells := table.Lines[0].Cells
	if len(table.Lines) != 1 || cells[1].Value.String() != "10" || cells[1].Mark != report.MarkEstimate || cells[2].Value.String() != "2" || cells[3].Value.String() != "120" || cells[5].Mark != report.MarkMissing {
		t.Errorf("cells %+v", cells)
	}
}
