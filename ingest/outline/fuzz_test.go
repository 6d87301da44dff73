package outline

import (
	"io"
	"testing"

	"tonghop/internal/xlsx"
)

// FuzzRead reads tables of any making: none takes the program down, every cell is
// accounted for, every sum names rows and columns of its table, and what was read
// can be shown.
func FuzzRead(f *testing.F) {
	f.Add([]byte(smallPaper))
	f.Add([]byte("A;B\n1;2\n"))
	f.Add([]byte("TT;Chỉ tiêu;Tổng;Nam;Nữ\nA;B;1=2+3;2;3\nI;Một;3;1;2\n-;Trong đó: a;1;1;0\n;Cộng (I+II);3;1;2\n"))
	f.Add([]byte("Quý I;3\nTháng 1;1\nTháng 2;2\n"))
	f.Add([]byte("a;b;;c;d\nx;1;;y;2\nz;3;;w;4\n"))
	f.Add([]byte("Tỉnh;2019;2020\nHà Nội;1;2\n\n2. Bảng hai\nXã;Số hộ\nA;5\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 4<<10 {
			return
		}
		r, stop := Read("x.csv", body, xlsx.Limits{})
		if stop != nil {
			if stop.Code == "F024" {
				detail, _ := stop.Arg("detail")
				t.Fatal(detail)
			}
			return
		}
		if c := r.File.Counts; c.Used+c.Excluded != c.Cells {
			t.Fatalf("%+v", c)
		}
		for _, s := range r.File.Sheets {
			for _, table := range s.Tables {
				rows := map[int]bool{}
				for _, row := range table.Rows {
					rows[row.Row] = true
				}
				for _, row := range table.Rows {
					for _, of := range row.SumOf {
						if !rows[of] || of == row.Row {
							t.Fatalf("row %d is the sum of %v", row.Row, row.SumOf)
						}
					}
				}
			}
		}
		r.Papers()
		if err := r.Text(io.Discard); err != nil {
			t.Fatal(err)
		}
		if err := r.HTML(io.Discard); err != nil {
			t.Fatal(err)
		}
	})
}
