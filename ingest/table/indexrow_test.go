package table

import (
	"strings"
	"testing"

	"tonghop/ingest/sheet"
	"tonghop/internal/xlsx"
)

// TestIndexRowOrData: a row of letters and numbers under a head numbers the columns,
// unless the rows below go on with its letter.
func TestIndexRowOrData(t *testing.T) {
	for _, tt := range []struct{ name, sheet, want string }{
		{"the letter of a row that others follow", `
Loại|Nam|Nữ|Khác
A|#1|#2|#3
B|#4|#0|#2
C|#7|#1|#5`, "A1:D4 head [1]"},
		{"numbers typed as text", `
Loại|Nam|Nữ|Khác
A|1|2|3
B|4|0|2`, "A1:D3 head [1]"},
		{"the letter of the column of names", `
Xã|Nam|Nữ|Khác
A|#1|#2|#3
Bát Xát|#4|#0|#2
Cốc San|#7|#1|#5`, "A1:D4 head [1] index 2"},
		{"sections begin with the same letter", `
TT|Xã|Nam|Nữ
A|B|1|2
A|Huyện Bát Xát||
1|Bản Qua|#4|#2
2|Cốc Mỳ|#7|#5`, "A1:D5 head [1] index 2"},
		{"letters that go on behind the numbers", `
TT|Xã|Đơn vị|Nam|Nữ|Ghi chú
A|B|C|1|2|D
1|Bản Qua|hộ|#4|#2|xem
2|Cốc Mỳ|hộ|#7|#5|`, "A1:F4 head [1] index 2"},
		{"other letters behind the numbers", `
Hạng|Nam|Nữ|Loại
A|#1|#2|C
Bát Xát|#4|#2|B
Cốc San|#7|#5|A`, "A1:D4 head [1]"},
		{"codes behind one letter", `
Địa bàn|Số hội nghị|Số lượt
C|1.02|1.03
Nam Sách|#4|#0
Gia Lộc|#7|#1`, "A1:C4 head [1] index 2"},
		{"figures behind one letter", `
Loại|Tỷ lệ|Mức
C|#1.02|#1.03
Khác|#4|#0
Còn lại|#7|#1`, "A1:C4 head [1]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, _ := strings.Cut(understood(Discover(drawn(t, tt.sheet))), "\n")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestLetterRow: in tonghop's own forms letters stand under the heads of the columns
// that name the rows, and codes of indicators under the others. The column of codes
// of places stays what it is, and the first row is a row.
func TestLetterRow(t *testing.T) {
	found := Discover(drawn(t, `
STT|Mã|Địa bàn|Số hội nghị|Số lượt người|Trong đó: nữ
A|B|C|1.02|1.03|1.03a
1|30T|Cấp tỉnh|#5|#10|#3
2|288|Thành phố Hải Dương|#7|#12|#4
3|291|Huyện Nam Sách|#9|#20|#6`))
	const want = `A1:F5 head [1] index 2
  A number STT
  B code Mã
  C name Địa bàn
  D value Số hội nghị
  E value Số lượt người
  F value Trong đó: nữ
`
	if got := understood(found); got != want {
		t.Fatalf("got\n%swant\n%s", got, want)
	}
	cols := found.Tables[0].Cols
	if cols[1].Index != "B" || cols[1].Code != "" || cols[3].Index != "" || cols[3].Code != "1.02" || cols[5].Code != "1.03a" {
		t.Errorf("%+v", cols)
	}
}

// TestWidest: a table may be as wide as Excel allows.
func TestWidest(t *testing.T) {
	const widest = 16_384
	g := &xlsx.Grid{Name: "S", MaxCol: widest}
	for row := 1; row <= 3; row++ {
		for col := 1; col <= widest; col++ {
			c := xlsx.Cell{Row: row, Col: col, Type: xlsx.Number, Text: "7"}
			if row == 1 || col == 1 {
				c.Type, c.Text = xlsx.String, "Xã "+xlsx.Ref(row, col)
			}
			g.Cells = append(g.Cells, c)
		}
	}
	found := Discover(sheet.FromGrid(g))
	if len(found.Tables) != 1 || found.Tables[0].Area().String() != "A1:XFD3" || len(found.Tables[0].Cols) != widest {
		t.Errorf("%d tables: %s", len(found.Tables), found.Tables[0].Area())
	}
}
