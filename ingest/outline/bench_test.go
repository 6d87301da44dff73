package outline

import (
	"fmt"
	"testing"
	"time"

	"tonghop/internal/xlsx"
)

// officeTable is a table of an agency's own making: 40 communes, 12 columns, a title,
// two rows of head, totals.
func officeTable(b *testing.B, rows int) []byte {
	book := xlsx.NewBook(xlsx.Props{Title: "b", Created: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	w := book.Sheet("Biểu 1")
	w.Text(1, 1, "BÁO CÁO KẾT QUẢ", xlsx.Style{})
	w.Text(2, 12, "Đơn vị tính: hộ", xlsx.Style{})
	w.Text(3, 1, "STT", xlsx.Style{})
	w.Text(3, 2, "Xã, phường", xlsx.Style{})
	w.Text(3, 3, "Số hộ", xlsx.Style{})
	w.Merge(xlsx.Rect(3, 3, 3, 12))
	for c := 3; c <= 12; c++ {
		w.Text(4, c, fmt.Sprintf("Nhóm %d", c), xlsx.Style{})
	}
	sums := make([]int, 13)
	for r := range rows {
		w.Number(5+r, 1, fmt.Sprint(r+1), xlsx.Style{})
		w.Text(5+r, 2, fmt.Sprintf("Xã số %d", r+1), xlsx.Style{})
		for c := 3; c <= 12; c++ {
			v := (r*7919 + c*104729) % 5000
			sums[c] += v
			w.Number(5+r, c, fmt.Sprint(v), xlsx.Style{})
		}
	}
	w.Text(5+rows, 2, "Tổng cộng", xlsx.Style{})
	for c := 3; c <= 12; c++ {
		w.Number(5+rows, c, fmt.Sprint(sums[c]), xlsx.Style{})
	}
	body, err := book.Bytes()
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// BenchmarkRead reads an agency's workbook with no form, from its bytes to the
// findings.
func BenchmarkRead(b *testing.B) {
	for _, rows := range []int{40, 4000} {
		b.Run(fmt.Sprintf("%dx12", rows), func(b *testing.B) {
			body := officeTable(b, rows)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				r, stop := Read("x.xlsx", body, xlsx.Limits{})
				if stop != nil || len(r.File.Sheets[0].Tables) != 1 {
					b.Fatal(stop)
				}
			}
		})
	}
}
