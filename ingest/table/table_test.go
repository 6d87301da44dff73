package table

import (
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/ingest/viet"
	"tonghop/internal/xlsx"
)

// sheetOf makes a sheet of rows of texts.
func sheetOf(rows [][]string, merges ...string) *sheet.Sheet {
	g := &xlsx.Grid{Name: "S"}
	for r, row := range rows {
		for c, text := range row {
			if text != "" {
				g.Cells = append(g.Cells, xlsx.Cell{Row: r + 1, Col: c + 1, Type: xlsx.String, Text: text})
			}
		}
	}
	for _, m := range merges {
		area, err := xlsx.ParseRange(m)
		if err != nil {
			panic(err)
		}
		g.Merges = append(g.Merges, area)
	}
	return sheet.FromGrid(g)
}

func want(path ...string) Want {
	keys := make([]string, len(path))
	for i, p := range path {
		keys[i] = viet.Key(p)
	}
	return Want{Paths: [][]string{keys}}
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name   string
		rows   [][]string
		merges []string
		wants  []Want
		bottom int
		cols   []int // of the wants; 0 where none
	}{
		{"one row", [][]string{{"BIỂU 1"}, {"Huyện", "Số hộ", "Số người"}, {"x", "1", "2"}}, nil, []Want{want("Số hộ"), want("Số người")}, 2, []int{2, 3}},
		{"columns in another order", [][]string{{"Huyện", "Số người", "Số hộ"}}, nil, []Want{want("Số hộ"), want("Số người")}, 1, []int{3, 2}},
		{"one name under two groups", [][]string{{"Mã", "Lượt", "", "Chi", ""}, {"", "Tổng", "Nội trú", "Tổng", "Nội trú"}}, []string{"A1:A2", "B1:C1", "D1:E1"},
			[]Want{want("Lượt", "Nội trú"), want("Chi", "Nội trú")}, 2, []int{3, 5}},
		{"groups that are not merged", [][]string{{"Mã", "Lượt", "", "Chi", ""}, {"", "Tổng", "Nội trú", "Tổng", "Nội trú"}}, nil,
			[]Want{want("Lượt", "Nội trú"), want("Chi", "Nội trú")}, 2, []int{3, 5}},
		{"a unit in brackets", [][]string{{"Huyện", "Hỗ trợ\n(triệu đồng)"}}, nil, []Want{want("Hỗ trợ")}, 1, []int{2}},
		{"merged downwards", [][]string{{"Huyện", "Số hộ", "Nhóm"}, {"", "", "Số người"}}, []string{"A1:A2", "B1:B2"}, []Want{want("Số hộ"), want("Số người")}, 2, []int{2, 3}},
		{"the words of two rows joined", [][]string{{"Số người"}, {"được trợ giúp"}}, nil, []Want{want("Số người được trợ giúp")}, 2, []int{1}},
		{"one is lacking", [][]string{{"Huyện", "Số hộ"}}, nil, []Want{want("Số hộ"), want("Số người")}, 1, []int{2, 0}},
		{"nothing", [][]string{{"Họ tên", "Điện thoại"}}, nil, []Want{want("Số hộ")}, 0, []int{0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, ok := NewSearch(tt.wants).Find(sheetOf(tt.rows, tt.merges...), 1)
			if ok != (tt.bottom > 0) || h.Bottom != tt.bottom {
				t.Fatalf("found %t, header %d to %d, want bottom %d", ok, h.Top, h.Bottom, tt.bottom)
			}
			got := make([]int, len(tt.wants))
			for _, c := range h.Columns {
				if c.Want >= 0 {
					got[c.Want] = c.Col
				}
			}
			for i := range got {
				if got[i] != tt.cols[i] {
					t.Errorf("columns %v, want %v", got, tt.cols)
				}
			}
		})
	}
}

// TestFindAmongFigures: a year over a column may be stored as a number, with as
// many digits as any that is looked for and in words of its own or with others.
func TestFindAmongFigures(t *testing.T) {
	for _, tt := range []struct {
		name string
		want Want
		rows []string // one below the other
	}{
		{"by itself", want("2021"), []string{"2021"}},
		{"the end of words in two rows", want("Kết quả năm 2021"), []string{"Kết quả năm", "2021"}},
		{"below a group", want("Kết quả", "2021"), []string{"Kết quả", "2021"}},
		{"with a point", want("Mục 1.2"), []string{"Mục", "1.2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := &xlsx.Grid{Name: "S"}
			for i, text := range append(tt.rows, "123456", "7.25") {
				c := xlsx.Cell{Row: i + 1, Col: 1, Type: xlsx.Number, Text: text}
				if i == 0 && len(tt.rows) > 1 {
					c.Type = xlsx.String
				}
				g.Cells = append(g.Cells, c)
			}
			h, ok := NewSearch([]Want{tt.want}).Find(sheet.FromGrid(g), 1)
			if !ok || h.Bottom != len(tt.rows) {
				t.Errorf("found %t, down to row %d, want %d", ok, h.Bottom, len(tt.rows))
			}
		})
	}
}

// TestFindForgetsWhatItTurnedDown: headers are tried in the room of others, of
// which nothing is left in the one that is found.
func TestFindForgetsWhatItTurnedDown(t *testing.T) {
	wants := []Want{want("Số hộ"), want("Số người"), want("Số trẻ em")}
	for _, tt := range []struct {
		name  string
		rows  [][]string
		paths string
	}{
		{"one with the row above is tried later", [][]string{{"BIỂU 1"}, {"Huyện", "Số hộ"}}, "Huyện|Số hộ"},
		{"one of as much came before", [][]string{{"Số hộ"}, {"Số hộ", "Số hộ"}, {"Số hộ", "Số người", "Số trẻ em"}}, "Số hộ|Số người|Số trẻ em"},
		{"one of less comes later", [][]string{{"Số hộ", "Số người"}, {"x", "y"}, {"Số người", "Số trẻ em", "Số hộ (a)", "z"}, {"Số hộ"}}, "Số người|Số trẻ em|Số hộ (a)|z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, _ := NewSearch(wants).Find(sheetOf(tt.rows), 1)
			var got []string
			for _, c := range h.Columns {
				got = append(got, c.Title())
			}
			if paths := strings.Join(got, "|"); paths != tt.paths || len(h.Twice) > 0 {
				t.Errorf("found %s, twice %v, want %s", paths, h.Twice, tt.paths)
			}
		})
	}
}

func TestFindSaysWhatStandsTwice(t *testing.T) {
	h, _ := NewSearch([]Want{want("Số hộ")}).Find(sheetOf([][]string{{"Huyện", "Số hộ", "Số hộ"}}), 1)
	if len(h.Twice) != 1 || h.Twice[0] != (Twice{0, 2, 3}) {
		t.Errorf("twice: %v", h.Twice)
	}
}

func TestIsIndexRow(t *testing.T) {
	for _, tt := range []struct {
		row  []string
		want bool
	}{
		{[]string{"(1)", "(2)", "(3)"}, true},
		{[]string{"A", "B", "1", "2", "3=1+2", "4=2/1*100"}, true},
		{[]string{"1", "2", "3"}, true},
		{[]string{"(1)", "(2)", "(3) = (1) + (2)"}, true},
		{[]string{"1", "Huyện Nam Sách", "3"}, false},
		{[]string{"1", "5", "3"}, false},
		{[]string{"7", "8", "9"}, false},
		{[]string{"1", "2"}, false},
	} {
		if got := IsIndexRow(sheetOf([][]string{tt.row}).Row(1)); got != tt.want {
			t.Errorf("%v: %t", tt.row, got)
		}
	}
}

func TestIsGappedIndexRow(t *testing.T) {
	for _, tt := range []struct {
		row  []string
		want bool
	}{
		{[]string{"1", "3", "4", "6", "7", "9", "10"}, true},
		{[]string{"(1)", "(2)", "(4)", "(5)"}, true},
		{[]string{"(1)", "(2)"}, true},
		{[]string{"(1)"}, true},
		{[]string{"(1)", "(3)"}, false},             // of two that are left one out
		{[]string{"1", "2"}, false},                 // figures
		{[]string{"1", "3", "4"}, false},            // too few to be sure
		{[]string{"1", "3", "3", "4"}, false},       // not ascending
		{[]string{"1", "3", "9", "10"}, false},      // too wide a gap
		{[]string{"4", "5", "6", "7"}, false},       // begins too late
		{[]string{"1", "2,5", "3", "4"}, false},     // no whole numbers
		{[]string{"Huyện", "1", "2", "3"}, false},   // a row of data
		{[]string{"-1", "1", "2", "3", "4"}, false}, // nor that
	} {
		if got := IsGappedIndexRow(sheetOf([][]string{tt.row}).Row(1)); got != tt.want {
			t.Errorf("%v: %t", tt.row, got)
		}
	}
}

func TestWords(t *testing.T) {
	for label, want := range map[string]bool{
		"Tổng cộng": true, "TỔNG SỐ (A+B)": true, "Cộng I + II": true, "Toàn tỉnh": true, "II. Cộng": true, "- Tổng số:": true,
		"Công ty TNHH": false, "Huyện Nam Sách": false, "": false, "Tổngs": false,
	} {
		if IsTotal(label, nil) != want {
			t.Errorf("IsTotal(%q) is %t", label, !want)
		}
	}
	for text, want := range map[string]bool{
		"Ghi chú: số liệu đến 14/3": true, "NGƯỜI LẬP BIỂU": true, "Hải Dương, ngày 05 tháng 3 năm 2021": true, "KT. GIÁM ĐỐC": true, "Huyện Nam Sách": false,
	} {
		if EndsTable(text) != want {
			t.Errorf("EndsTable(%q) is %t", text, !want)
		}
	}
	for label, want := range map[string]string{
		"1. Huyện A": "Huyện A", "1.2. Huyện A": "Huyện A", "a) nữ": "nữ", "- Trong đó: nữ": "Trong đó: nữ", "IV. Khối tỉnh": "Khối tỉnh",
		"12 huyện": "12 huyện", "Xã A": "Xã A", "(3) Nam Sách": "Nam Sách",
	} {
		if got := Unnumbered(label); got != want {
			t.Errorf("Unnumbered(%q) is %q, want %q", label, got, want)
		}
	}
	if got := Numbering("1.03a. Trong đó: nữ"); got != "1.03a" {
		t.Errorf("Numbering: %q", got)
	}
	if !IsPart("- Trong đó nữ") || !IsPart("Chia ra:") || IsPart("Trong kỳ") {
		t.Error("IsPart")
	}
}

func TestUnit(t *testing.T) {
	for words, want := range map[string]string{
		"Tổng chi (tỷ đ)": "tỷ đ", "Đơn vị tính: Triệu đồng": "Triệu đồng", "( ĐVT; Triệu đồng)": "Triệu đồng", "ĐVT: nghìn đồng.": "nghìn đồng",
		"Đơn vị tỉnh: Triệu đồng": "Triệu đồng", "Tổng chi": "", "Đơn vị": "", "BQ chung (*)": "*", "Hỗ trợ (ĐVT: đồng)": "đồng",
	} {
		if got := Unit(words); got != want {
			t.Errorf("Unit(%q) is %q, want %q", words, got, want)
		}
	}
}
