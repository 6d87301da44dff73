package xlsx

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// fuzzLimits keep one input cheap, so that the fuzzer can try many.
var fuzzLimits = Limits{PartBytes: 1 << 20, InflatedBytes: 4 << 20, Cells: 10_000, TokenBytes: 64 << 10, CellRunes: 4_000}

// checkRefusal holds what every error of this package must be.
func checkRefusal(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*Error](err)
	if err != nil && (!ok || e.Kind == "") {
		t.Fatalf("%v is not a refusal", err)
	}
}

// checkGrid holds what every grid must be.
func checkGrid(t *testing.T, g *Grid) {
	t.Helper()
	for i, c := range g.Cells {
		if c.Row < 1 || c.Row > MaxRows || c.Col < 1 || c.Col > MaxCols || c.Row > g.MaxRow || c.Col > g.MaxCol {
			t.Fatalf("cell at %d, %d", c.Row, c.Col)
		}
		if i > 0 && byPosition(g.Cells[i-1], c) >= 0 {
			t.Fatalf("%s is not after the cell before", Ref(c.Row, c.Col))
		}
		if g.At(c.Row, c.Col) != &g.Cells[i] {
			t.Fatalf("%s is not found", Ref(c.Row, c.Col))
		}
		if c.Type == Blank && !c.NoCache || c.NoCache && !c.HasFormula {
			t.Fatalf("%+v", c)
		}
	}
}

// FuzzOpen takes any bytes for a workbook.
func FuzzOpen(f *testing.F) {
	f.Add(bookWith(f, sheetXML(goodRows)))
	f.Add(zipOf(f, fullParts()))
	f.Add(storedZip(f, fullParts()))
	f.Add(storedZip(f, odsParts(odsCellsXML(odsNumberXML("1")))))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add([]byte("<html>"))
	f.Add(oldBook().Bytes())
	f.Add([]byte("Mã;Tên\n1;Sa Pa\n"))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		wb, err := Open(bytes.NewReader(file), int64(len(file)), fuzzLimits)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		got := Sniff(bytes.NewReader(file), int64(len(file)))
		if isText := wb.Format == FormatCSV || wb.Format == FormatTSV; got != wb.Format && !(isText && got == FormatText) {
			t.Fatalf("opened as %s, but sniffed as %s", wb.Format, got)
		}
		for i := range wb.Sheets {
			g, err := wb.Grid(i)
			checkRefusal(t, err)
			if err == nil {
				checkGrid(t, g)
			}
		}
	})
}

// FuzzSheetXML takes any text for a sheet in a sound workbook. What is read must
// be XML to the standard library as well, and the same by the long way.
func FuzzSheetXML(f *testing.F) {
	f.Add(sheetXML(goodRows))
	f.Add(fullParts()[part1])
	f.Add(sheetXML(`<row r="2"><c r="B2" t="inlineStr"><is><r><rPr><rFont val="x"/></rPr><t> a&amp;b </t></r></is></c></row><row r="1"><c r="A1" t="str"><f>X</f><v>_x000D_</v></c></row>`))
	f.Add(sheetXML("<row><c\tr='A1'\n><!-- - --><v><![CDATA[1]]></v ></c ><c><v>2</v></c></row>"))
	f.Add(utf16Part(binary.LittleEndian, sheetXML(goodRows)))
	f.Fuzz(func(t *testing.T, sheet string) {
		g, err := fuzzSheet(t, sheet)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		checkGrid(t, g)
		if strings.Contains(sheet, "\x00") {
			return // UTF-16, which the standard library does not read
		}
		if err := wellFormed(sheet); err != nil && !strings.Contains(err.Error(), "invalid XML name") {
			t.Fatalf("read, but not well-formed: %v", err)
		}
		if strings.Contains(sheet, "<![CDATA[") || strings.Contains(sheet, "<!--") {
			return // the long way would change what is inside
		}
		if long, err := fuzzSheet(t, longWay(sheet)); err != nil || !reflect.DeepEqual(g, long) {
			t.Fatalf("by the long way %+v, %v\nby the short way %+v", long, err, g)
		}
	})
}

// fuzzSheet reads one sheet in a sound workbook.
func fuzzSheet(t *testing.T, sheet string) (*Grid, error) {
	t.Helper()
	parts := frameParts()
	parts[part1] = sheet
	file := storedZip(t, parts)
	wb, err := Open(bytes.NewReader(file), int64(len(file)), fuzzLimits)
	if err != nil {
		t.Fatal(err)
	}
	return wb.Grid(0)
}

// FuzzPart puts any text in the place of any part of a sound workbook.
func FuzzPart(f *testing.F) {
	names := slices.Sorted(maps.Keys(fullParts()))
	for i, name := range names {
		f.Add(i, fullParts()[name])
	}
	f.Fuzz(func(t *testing.T, i int, content string) {
		parts := fullParts()
		parts[names[uint(i)%uint(len(names))]] = content
		file := storedZip(t, parts)
		wb, err := Open(bytes.NewReader(file), int64(len(file)), fuzzLimits)
		checkRefusal(t, err)
		if err != nil {
			return
		}
		for i := range wb.Sheets {
			g, err := wb.Grid(i)
			checkRefusal(t, err)
			if err == nil {
				checkGrid(t, g)
			}
		}
		_, err = wb.CoreProps()
		checkRefusal(t, err)
		_, err = wb.CustomProps()
		checkRefusal(t, err)
	})
}

// wellFormed asks the standard library.
func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		if _, err := d.Token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}
