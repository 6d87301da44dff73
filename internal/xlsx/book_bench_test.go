package xlsx

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// summaryBook is a Committee's summary: 200 indicators by 30 columns, with a
// column of totals and two charts.
func summaryBook(rows, cols int) *Book {
	b := NewBook(Props{Title: "Tổng hợp", Created: sampleDay})
	s := b.Sheet("Tổng hợp")
	s.Columns(1, 1, Column{Width: 40})
	for c := 2; c <= cols; c++ {
		s.Text(1, c, "Đơn vị "+strconv.Itoa(c), headStyle)
	}
	for r := 2; r <= rows; r++ {
		s.Text(r, 1, "Số cuộc truyền thông "+strconv.Itoa(r), wrapStyle)
		for c := 3; c <= cols; c++ {
			s.Number(r, c, strconv.Itoa(r*c), numberStyle)
		}
		last := ColName(cols)
		s.Formula(r, 2, fmt.Sprintf("SUM(C%d:%s%d)", r, last, r), strconv.Itoa(r*(cols*(cols+1)/2-3)), totalStyle)
	}
	for i, kind := range []ChartKind{Bars, StackedColumns} {
		s.Chart(rows+2+20*i, 1, Chart{Kind: kind, Title: "Biểu đồ", Series: []Series{{
			Name: s.Ref(At(1, 2)), Categories: s.Ref(Rect(2, 1, rows, 1)), Values: s.Ref(Rect(2, 2, rows, 2)),
		}}})
	}
	return b
}

func BenchmarkSummary200x30(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := summaryBook(200, 30).WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRows writes long sheets of 20 columns (texts, whole numbers,
// decimals, dates) row by row. The time per cell must stay flat.
func BenchmarkRows(b *testing.B) {
	for _, rows := range []int{1_000, 10_000, 100_000} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			b.ReportAllocs()
			var peak uint64
			for b.Loop() {
				book := NewBook(Props{Created: sampleDay})
				peak = max(peak, fillRows(book.Sheet("Nguồn"), rows))
				if _, err := book.WriteTo(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
			cells := float64(rows*20) * float64(b.N)
			b.ReportMetric(cells/b.Elapsed().Seconds()/1e6, "Mcells/s")
			b.ReportMetric(float64(peak)/(1<<20), "MiB-live")
		})
	}
}

// fillRows writes the rows and gives the heap in use near the end.
func fillRows(s *Worksheet, rows int) (live uint64) {
	text := Style{Border: Box, Size: 11}
	for r := 1; r <= rows; r++ {
		for c := 1; c <= 20; c++ {
			switch c % 4 {
			case 0:
				s.Text(r, c, "Xã Tân Tiến "+strconv.Itoa(r%700), text)
			case 1:
				s.Number(r, c, strconv.Itoa(r*c), numberStyle)
			case 2:
				s.Number(r, c, strconv.Itoa(r)+"."+strconv.Itoa(10+r*c%90), moneyStyle)
			case 3:
				s.Date(r, c, sampleDay.AddDate(0, 0, -r%900), text)
			}
		}
		s.Done(r)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// BenchmarkRowsStreamWriter is the peer: the same sheet through the library's
// own way of writing long sheets.
func BenchmarkRowsStreamWriter(b *testing.B) {
	const rows = 100_000
	b.ReportAllocs()
	for b.Loop() {
		if err := streamRows(rows); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows*20)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
}

func streamRows(rows int) error {
	f := excelize.NewFile()
	defer f.Close()
	var ids [4]int
	for i, st := range []Style{{Border: Box, Size: 11}, numberStyle, moneyStyle, {Border: Box, Size: 11, NumFmt: dateFormat}} {
		native, err := st.native()
		if err != nil {
			return err
		}
		if ids[i], err = f.NewStyle(native); err != nil {
			return err
		}
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	cells := make([]any, 20)
	for r := 1; r <= rows; r++ {
		for c := 1; c <= 20; c++ {
			var value any
			switch c % 4 {
			case 0:
				value = "Xã Tân Tiến " + strconv.Itoa(r%700)
			case 1:
				value = r * c
			case 2:
				value = float64(r) + float64(10+r*c%90)/100
			case 3:
				value = 44284 - r%900
			}
			cells[c-1] = excelize.Cell{StyleID: ids[c%4], Value: value}
		}
		if err := w.SetRow("A"+strconv.Itoa(r), cells); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Write(io.Discard)
}
