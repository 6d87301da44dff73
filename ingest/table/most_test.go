package table

import (
	"testing"

	"pgregory.net/rapid"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
)

// TestBoundHolds: no header that ends in a row scores more than is said of the
// row, so that passing rows over changes nothing that is found.
func TestBoundHolds(t *testing.T) {
	texts := []string{"số hộ", "kết quả", "nghèo", "số hộ nghèo", "1", "2", "12", "tên", "(người)", "số hộ (hộ)", "-", "tổng"}
	rapid.Check(t, func(t *rapid.T) {
		g := &xlsx.Grid{Name: "s", MaxRow: 7, MaxCol: 6}
		for row := 1; row <= 7; row++ {
			for col := 1; col <= 6; col++ {
				if text := rapid.SampledFrom(append(texts, "", "", "")).Draw(t, "text"); text != "" {
					g.Cells = append(g.Cells, xlsx.Cell{Row: row, Col: col, Type: xlsx.String, Text: text})
				}
			}
		}
		if rapid.Bool().Draw(t, "merged") {
			at := rapid.IntRange(1, 5)
			row, col := at.Draw(t, "row"), at.Draw(t, "col")
			g.Merges = append(g.Merges, xlsx.Rect(row, col, row+rapid.IntRange(0, 2).Draw(t, "deep"), col+rapid.IntRange(0, 1).Draw(t, "wide")))
		}
		path := rapid.SliceOfN(rapid.SampledFrom(keys(texts[:6]...)), 1, 3)
		var wants []Want
		for range rapid.IntRange(1, 4).Draw(t, "wants") {
			wants = append(wants, Want{Paths: rapid.SliceOfN(path, 1, 3).Draw(t, "paths")})
		}
		f := NewSearch(wants, []string{"tên", "tổng"}).on(sheet.FromGrid(g))
		for bottom := 1; bottom <= 7; bottom++ {
			bound := f.most(max(bottom-deepestHeader+1, 1), bottom)
			for top := max(bottom-deepestHeader+1, 1); top <= bottom; top++ {
				var h Header
				if f.try(&h, top, bottom); h.score > bound {
					t.Fatalf("rows %d to %d score %d, at most %d was said", top, bottom, h.score, bound)
				}
			}
		}
	})
}

// TestBoundOfWholePaths: nothing fits better than a path of which every step
// stands over the column, and the bound has room for it.
func TestBoundOfWholePaths(t *testing.T) {
	for _, steps := range [][]string{{"Số hộ"}, {"Kết quả", "Số hộ"}, {"Kết quả", "Nghèo", "Số hộ"}} {
		var rows [][]string
		for _, step := range steps {
			rows = append(rows, []string{step})
		}
		f, h := NewSearch([]Want{want(steps...)}).on(sheetOf(rows)), Header{}
		f.try(&h, 1, len(steps))
		if bound := f.most(1, len(steps)); h.Found != 1 || h.score > bound {
			t.Errorf("%v: found %d, score %d, at most %d was said", steps, h.Found, h.score, bound)
		}
	}
}
