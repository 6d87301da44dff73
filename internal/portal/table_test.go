package portal

import (
	"bytes"
	"testing"

	"tonghop/export"
	"tonghop/internal/xlsx"
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
