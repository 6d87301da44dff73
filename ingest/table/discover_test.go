package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
)

// drawn makes a sheet of lines of text, cells parted by bars: a number where "#"
// stands before it, a formula without a value where "=". Lines "merge A1:B2" say what is
// merged.
func drawn(t *testing.T, text string) *sheet.Sheet {
	t.Helper()
	g := &xlsx.Grid{Name: "S"}
	row := 0
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		if area, ok := strings.CutPrefix(strings.TrimSpace(line), "merge "); ok {
			m, err := xlsx.ParseRange(area)
			if err != nil {
				t.Fatal(err)
			}
			g.Merges = append(g.Merges, m)
			continue
		}
		row++
		for i, cell := range strings.Split(line, "|") {
			indent := cell[:len(cell)-len(strings.TrimLeft(cell, " "))]
			cell = strings.TrimSpace(cell)
			c := xlsx.Cell{Row: row, Col: i + 1, Type: xlsx.String, Text: cell}
			if len(indent) > 1 {
				c.Text = indent + cell
			}
			if n, ok := strings.CutPrefix(cell, "#"); ok {
				c.Type, c.Text = xlsx.Number, n
			}
			if formula, ok := strings.CutPrefix(cell, "="); ok {
				c.Type, c.Text, c.HasFormula, c.NoCache, c.Formula = xlsx.Blank, "", true, true, formula
			}
			if cell != "" {
				g.Cells = append(g.Cells, c)
				g.MaxCol = max(g.MaxCol, c.Col)
			}
		}
	}
	return sheet.FromGrid(g)
}

// understood spells tables in short: their areas, heads and columns, and the rows
// that are more than figures.
func understood(found Found) string {
	var b strings.Builder
	for _, t := range found.Tables {
		fmt.Fprintf(&b, "%s head %v", t.Area(), t.HeadRows)
		if t.IndexRow > 0 {
			fmt.Fprintf(&b, " index %d", t.IndexRow)
		}
		if t.Unit != "" {
			fmt.Fprintf(&b, " in %s", t.Unit)
		}
		b.WriteByte('\n')
		for _, c := range t.Cols {
			fmt.Fprintf(&b, "  %s %s %s", xlsx.ColName(c.Col), [...]string{"value", "number", "code", "name", "note"}[c.Role], strings.Join(c.Path, " > "))
			if c.Sum != nil {
				b.WriteString(" =")
				for _, p := range c.Sum {
					b.WriteString(" " + xlsx.ColName(p))
				}
			}
			b.WriteByte('\n')
		}
		for _, l := range t.Lines {
			switch {
			case l.Role == RowTotal:
				fmt.Fprintf(&b, "  %d total %v\n", l.Row, l.Sum)
			case l.Role == RowSection:
				fmt.Fprintf(&b, "  %d section\n", l.Row)
			case l.Part:
				fmt.Fprintf(&b, "  %d part\n", l.Row)
			}
		}
		for _, x := range t.Broken {
			fmt.Fprintf(&b, "  %s is %s, its parts %s\n", x.Cell(), x.Got, x.Want)
		}
	}
	return b.String()
}

func TestDiscover(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"a plain table under its title, over its signature", `
UBND TỈNH HẢI DƯƠNG||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BÁO CÁO KẾT QUẢ
||Đơn vị tính: hộ
STT|Huyện|Số hộ|Ghi chú
#1|Nam Sách|#12|
#2|Gia Lộc|#30|ước
|Tổng cộng|#42|

|NGƯỜI LẬP BIỂU|GIÁM ĐỐC
|Trần Văn An|Lê Thị Bình`, `
A4:D7 head [4] in hộ
  A number STT
  B name Huyện
  C value Số hộ
  D note Ghi chú
  7 total [5 6]
`},
		{"an index row is a rule, and proves a column", `
TT|Chỉ tiêu|Tổng số|Nam|Nữ
A|B|1=2+3|2|3
1|Trẻ em|#30|#10|#20
2|Người cao tuổi|#7|#3|#4`, `
A1:E4 head [1] index 2
  A number TT
  B name Chỉ tiêu
  C value Tổng số = D E
  D value Nam
  E value Nữ
`},
		{"a total that leaves a row out is a total that does not close", `
Huyện|Số hộ
Nam Sách|#1200
Gia Lộc|#3071
Tứ Kỳ|#590
TỔNG CỘNG|#4271`, `
A1:B5 head [1]
  A name Huyện
  B value Số hộ
  5 total [2 3 4]
  B5 is 4271, its parts 4861
`},
		{"a name that begins like a total adds nothing up", `
Đơn vị|Số hộ|Số người
Tổng công ty Điện lực|#35|#40
Xã Cộng Hòa|#10|#11
Xã Đồng Lạc|#25|#29`, `
A1:C4 head [1]
  A name Đơn vị
  B value Số hộ
  C value Số người
`},
		{"a total without a label is one by arithmetic", `
Đơn vị|Số hộ|Số người|Kinh phí
Số liệu chung|#4871|#15031|#903.5
Xã Hồng Phong|#1200|#4100|#250.25
Xã Đồng Lạc|#3071|#9031|#600
Xã Nam Tân|#600|#1900|#53.25`, `
A1:D5 head [1]
  A name Đơn vị
  B value Số hộ
  C value Số người
  D value Kinh phí
  2 total [3 4 5]
`},
		{"two small numbers that add up to a third prove nothing", `
Đơn vị|Số lớp
Xã A|#5
Xã B|#2
Xã C|#3`, `
A1:B4 head [1]
  A name Đơn vị
  B value Số lớp
`},
		{"a count that begins like a total and is only near one", `
STT|Nội dung|Kết quả
1|Trẻ em|#250
2|Người cao tuổi|#168
3|Tổng số ngày nuôi dưỡng|#420`, `
A1:C4 head [1]
  A number STT
  B name Nội dung
  C value Kết quả
`},
		{"shares said over two rows are not added", `
Nội dung|Kế hoạch|Thực hiện|% thực
|||hiện
Tổng cộng|#300|#250|#83
Xã A|#100|#50|#50
Xã B|#200|#200|#100`, `
A1:D5 head [1 2]
  A name Nội dung
  B value Kế hoạch
  C value Thực hiện
  D value % thực > hiện
  3 total [4 5]
`},
		{"parts under trong đó are counted above", `
STT|Nội dung|Số người
I|Được trợ giúp|#100
1|Trẻ em|#60
|Trong đó:|
-|Nữ|#25
-|Dân tộc thiểu số|#50
2|Người cao tuổi|#40`, `
A1:C7 head [1]
  A number STT
  B name Nội dung
  C value Số người
  2 total [3 7]
  4 section
  5 part
  6 part
`},
		{"side by side", `
Xã|Số hộ||Thôn|Số người
Hồng Phong|#12||Đông|#120
Đồng Lạc|#15||Tây|#210
Nam Tân|#21||Nam|#33`, `
A1:B4 head [1]
  A name Xã
  B value Số hộ
D1:E4 head [1]
  D name Thôn
  E value Số người
`},
		{"stacked, the second after a gap", `
Xã|Số hộ
Hồng Phong|#12
Đồng Lạc|#15

2. Học sinh
Trường|Số lớp|Số học sinh
Lê Lợi|#12|#400
Kim Đồng|#9|#310`, `
A1:B3 head [1]
  A name Xã
  B value Số hộ
A6:C8 head [6]
  A name Trường
  B value Số lớp
  C value Số học sinh
`},
		{"parameters over a table are none", `
ma_tinh|tu_thang|nam
#30|#1|#2024

Mã|Tên|Số lượt|Chi
001|Bệnh viện A|#12|#55.5
002|Bệnh viện B|#31|#60`, `
A4:D6 head [4]
  A code Mã
  B name Tên
  C value Số lượt
  D value Chi
`},
		{"years over figures are words", `
Tỉnh|Dân số||
|#2019|#2020|#2021
Hà Nội|#8050|#8240|#8330
Hà Nam|#850|#860|#870
merge B1:D1
merge A1:A2`, `
A1:D4 head [1 2]
  A name Tỉnh
  B value Dân số > 2019
  C value Dân số > 2020
  D value Dân số > 2021
`},
		{"figures with their units", `
Đơn vị|ĐVT|Kết quả
Hội Phụ nữ|hộ|05 hộ
Đoàn TNCS|hộ|12 hộ
Báo tỉnh|hộ|-`, `
A1:C4 head [1]
  A name Đơn vị
  B note ĐVT
  C value Kết quả
`},
		{"letters of levels before names are no numbers", `
Địa bàn|Số hộ|Số người
P. Tân Bình|#10|#40
P. Hải Tân|#11|#41
X. Nam Tân|#12|#42`, `
A1:C4 head [1]
  A name Địa bàn
  B value Số hộ
  C value Số người
`},
		{"the last section of a total that is counted there first", `
Vùng|Năm 2015|Năm 2016|Năm 2017|Năm 2018
Whole|#1620|#1655|#1701|#1788
Delta|#600|#610|#620|#650
Hà Nội|#350|#351|#360|#377
Hà Nam|#250|#259|#260|#273
Highlands|#1020|#1045|#1081|#1138
Kon Tum|#511|#519|#540|#561
Gia Lai|#509|#526|#541|#577`, `
A1:E8 head [1]
  A name Vùng
  B value Năm 2015
  C value Năm 2016
  D value Năm 2017
  E value Năm 2018
  2 total [3 6]
  3 total [4 5]
  6 total [7 8]
`},
		{"a total at the top with no name at all", `
Đơn vị|Số hộ|Số người
|#60|#150
Xã A|#10|#30
Xã B|#20|#50
Xã C|#30|#70`, `
A1:C5 head [1]
  A name Đơn vị
  B value Số hộ
  C value Số người
  2 total [3 4 5]
`},
		{"a row with no name that adds nothing up", `
Đơn vị|Số hộ|Số người
|#61|#150
Xã A|#10|#30
Xã B|#20|#50
Xã C|#30|#70`, `
A1:C5 head [1]
  A name Đơn vị
  B value Số hộ
  C value Số người
`},
		{"a unit of money alone over the head", `
BẢNG KÊ CHI
||Triệu đồng
STT|Nội dung|Số tiền
1|Chi lương|#12.5
2|Chi khác|#3`, `
A3:C5 head [3] in Triệu đồng
  A number STT
  B name Nội dung
  C value Số tiền
`},
		{"a unit with brackets of its own", `
||Đơn vị tính: Đồng Việt Nam (VND)
STT|Nội dung|Số tiền
1|Chi lương|#12500
2|Chi khác|#3000`, `
A2:C4 head [2] in Đồng Việt Nam (VND)
  A number STT
  B name Nội dung
  C value Số tiền
`},
		{"words only", `
Kính gửi Sở Nội vụ
Báo cáo chậm một tuần`, "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := "\n" + understood(Discover(drawn(t, tt.sheet))); got != tt.want {
				t.Errorf("understood:%s\nwant:%s", got, tt.want)
			}
		})
	}
}

// TestLevels: rows stand in a tree by their numbers, or by the blanks before their
// names.
func TestLevels(t *testing.T) {
	for _, tt := range []struct {
		name, sheet string
		want        []int
	}{
		{"numbers", `
STT|Nội dung|Kết quả
I|Một|#1
1|Hai|#2
1.1|Ba|#3
-|Bốn|#4
2|Năm|#5
II|Sáu|#6`, []int{1, 2, 3, 4, 2, 1}},
		{"dashes before the next kind of number", `
STT|Nội dung|Kết quả
I|Một|#1
-|Nữ|#2
1|Trẻ em|#3
-|Nữ|#4
2|Người cao tuổi|#5
-|Nữ|#6
II|Hai|#7
-|Nữ|#8
1|Trẻ em|#9`, []int{1, 2, 2, 3, 2, 3, 1, 2, 2}},
		{"blanks", `
Nội dung|Kết quả
Một|#1
   Hai|#2
      Ba|#3
   Bốn|#4`, []int{1, 2, 3, 2}},
		{"one kind of number is no tree", `
STT|Nội dung|Kết quả
1|Một|#1
2|Hai|#2`, []int{0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := Discover(drawn(t, tt.sheet))
			if len(found.Tables) != 1 {
				t.Fatalf("%d tables", len(found.Tables))
			}
			var got []int
			for _, l := range found.Tables[0].Lines {
				got = append(got, l.Level)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("levels %v, want %v", got, tt.want)
			}
		})
	}
}

func TestIndexRow(t *testing.T) {
	for text, want := range map[string]bool{
		"A|B|1|2|3=1+2": true, "(1)|(2)|(3)=(1)+(2)": true, "A|B|C|1|2": true, "1|2|3|4": true, "1|3|4|6|7|9": true, "A|1": true,
		"1|Xã Nam Tân|3": false, "#12|#15|#20": false, "5|6|7": false, "3|2|1": false, "1|A|2": false, "2019|2020|2021": false, "01|02": false,
	} {
		s := drawn(t, text)
		l := lookAt(s)
		if got := isIndexRow(l.cells[1]); got != want {
			t.Errorf("%q is an index row: %v", text, got)
		}
	}
}

func TestAddends(t *testing.T) {
	for formula, want := range map[string]string{
		"SUM(D5:D7)": "[{5 4} {6 4} {7 4}]", "D5+D7": "[{5 4} {7 4}]", "SUM($D$5,D7)": "[{5 4} {7 4}]", "+D5+SUM(D7:E7)": "[{5 4} {7 4} {7 5}]", "SUBTOTAL(9,D5:D6)": "[{5 4} {6 4}]",
		"D5-D6": "", "SUM(D5:D6)*2": "", "IF(A1,1,2)": "", "SUM(Sheet2!A1:A3)": "", "": "", "SUM(A1:XFD1048576)": "",
	} {
		got, ok := addends(formula)
		if s := fmt.Sprint(got); ok != (want != "") || ok && s != want {
			t.Errorf("%s adds %v (%v), want %s", formula, got, ok, want)
		}
	}
}

// TestDoubt: "1,234" is what the other texts of its column make it, and in doubt
// where they do not tell.
func TestDoubt(t *testing.T) {
	for _, tt := range []struct{ name, texts, value, other string }{
		{"nothing tells", "1,234 2,345 3,456", "1.234", "1234"},
		{"a dot as well", "1.234 2.345", "1234", "1.234"},
		{"thousands and decimals by English habit", "1,234 2,345.5", "1234", ""},
		{"decimals by Vietnamese habit", "1,234 2.345,5", "1.234", ""},
		{"both habits", "1,234 2.345,5 2,345.5", "1.234", "1234"},
		{"no doubt at all", "1234 12,5", "1234", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			drawing := "Đơn vị|Kinh phí"
			for i, text := range strings.Fields(tt.texts) {
				drawing += fmt.Sprintf("\nXã %c|%s", 'A'+i, text)
			}
			table := Discover(drawn(t, drawing)).Tables[0]
			figures := table.Figures(2)
			if len(figures) != 1 || figures[0].Value.String() != tt.value {
				t.Fatalf("read as %v, want %s", figures, tt.value)
			}
			first, other, ok := table.Doubt(2, 2)
			if ok != (tt.other != "") || ok && (first.String() != tt.value || other.String() != tt.other) {
				t.Errorf("doubt %t: %s or %s, want %q", ok, first, other, tt.other)
			}
		})
	}
}
