package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"
)

// benchBook makes a workbook of the kind agencies send: codes, Vietnamese
// names, whole numbers, decimals with 17 digits, dates, empty styled cells. It
// is the same bytes for the same size.
func benchBook(tb testing.TB, rows, cols int) []byte {
	tb.Helper()
	var sheet, texts bytes.Buffer
	sheet.WriteString(xmlHead + `<worksheet xmlns="` + mainSpace + `"><dimension ref="A1"/><sheetData>`)
	n := 0
	text := func(format string, args ...any) int {
		fmt.Fprintf(&texts, "<si><t>"+format+"</t></si>", args...)
		n++
		return n - 1
	}
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:%d">`, r, cols)
		for c := 1; c <= cols; c++ {
			ref := Ref(r, c)
			switch (c + r%3) % 8 {
			case 0:
				fmt.Fprintf(&sheet, `<c r="%s" s="1"/>`, ref)
			case 1:
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, text("Xã Nậm Chảy số %d", r*7+c))
			case 2, 3, 4:
				fmt.Fprintf(&sheet, `<c r="%s" s="2"><v>%d</v></c>`, ref, r*1009+c*37)
			case 5:
				fmt.Fprintf(&sheet, `<c r="%s" s="3"><v>%d.28999999999999998</v></c>`, ref, r*31+c)
			case 6:
				fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>%d</v></c>`, ref, 44000+r%900)
			case 7:
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, text("%05d", r+c))
			}
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	parts := frameParts()
	parts["xl/worksheets/sheet1.xml"] = sheet.String()
	parts["xl/sharedStrings.xml"] = xmlHead + `<sst xmlns="` + mainSpace + `">` + texts.String() + "</sst>"
	return zipOf(tb, parts)
}

var benchSizes = []struct {
	name       string
	rows, cols int
}{{"40x12", 40, 12}, {"5000x20", 5000, 20}, {"100000x20", 100_000, 20}}

// BenchmarkRead compares this package with excelize on the same bytes: the
// whole way from the file to every cell of its first sheet. Metric: cells of
// the grid, rows times columns, per second.
func BenchmarkRead(b *testing.B) {
	for _, size := range benchSizes {
		book := benchBook(b, size.rows, size.cols)
		run := func(name string, read func() error) {
			b.Run(name+"/"+size.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(size.rows*size.cols*b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
			})
		}
		run("scan", func() error {
			wb, err := openBytes(book)
			if err != nil {
				return err
			}
			return wb.Scan(0, func(*Cell) error { return nil })
		})
		run("grid", func() error {
			wb, err := openBytes(book)
			if err != nil {
				return err
			}
			_, err = wb.Grid(0)
			return err
		})
		run("excelize", func() error { return excelizeRows(book) })
		if size.rows > 10_000 {
			continue
		}
		wb, err := openBytes(book)
		if err != nil {
			b.Fatal(err)
		}
		parts := frameParts()
		parts[part1] = longWay(readPart(b, wb, ooxmlOf(wb).sheets[0].part))
		parts["xl/sharedStrings.xml"] = readPart(b, wb, ooxmlOf(wb).textsPart)
		unusual := zipOf(b, parts)
		run("scan unusual spelling", func() error {
			wb, err := openBytes(unusual)
			if err != nil {
				return err
			}
			return wb.Scan(0, func(*Cell) error { return nil })
		})
	}
}

// excelizeRows reads as excelize reads fastest.
func excelizeRows(book []byte) error {
	f, err := excelize.OpenReader(bytes.NewReader(book), excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return err
		}
	}
	return rows.Close()
}

// BenchmarkInflate is the floor under BenchmarkRead: only the sheet, only
// decompressed and proved.
func BenchmarkInflate(b *testing.B) {
	for _, size := range benchSizes {
		book := benchBook(b, size.rows, size.cols)
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				wb, err := openBytes(book)
				if err != nil {
					b.Fatal(err)
				}
				for _, p := range []*part{ooxmlOf(wb).sheets[0].part, ooxmlOf(wb).textsPart} {
					if err := drain(ooxmlOf(wb).pkg, p); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// drain inflates a part and looks at nothing.
func drain(p *pkg, part *part) error {
	r, err := p.open(part)
	if err != nil {
		return err
	}
	defer r.close()
	buf := make([]byte, window)
	for err == nil {
		_, err = r.Read(buf)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
