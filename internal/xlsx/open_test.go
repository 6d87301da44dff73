package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// fullParts is a workbook with one of everything that is not a cell.
func fullParts() map[string]string {
	p := frameParts()
	rel := func(id, kind, target string) string {
		return `<Relationship Id='` + id + `' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/` + kind + `' Target='` + target + `'/>`
	}
	p["_rels/.rels"] = xmlHead + `<Relationships xmlns="` + packSpace + `">` + rel("a", "officeDocument", "/xl/workbook.xml") +
		rel("b", "custom-properties", "docProps/custom.xml") +
		`<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	p["xl/workbook.xml"] = xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:q="` + relSpace + `"><workbookPr date1904="1"/><sheets>` +
		`<sheet name="Biểu &amp; 1" sheetId="4" q:id="r1"/><sheet name="Ẩn" sheetId="7" state="hidden" q:id="r2"/>` +
		`<sheet name="Kín" sheetId="8" state="veryHidden" q:id="r3"/><sheet name="Module1" sheetId="9" state="veryHidden" q:id=""/></sheets>` +
		`<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'Biểu &amp; 1'!$A$1:$B$2</definedName><definedName name="mark" hidden="1">"x&amp;y"</definedName></definedNames></workbook>`
	p["xl/_rels/workbook.xml.rels"] = xmlHead + `<Relationships xmlns="` + packSpace + `">` + rel("r1", "worksheet", "worksheets/sheet1.xml") +
		rel("r2", "worksheet", "./worksheets/../worksheets/sheet%202.xml") + rel("r3", "chartsheet", "chart.xml") +
		rel("r4", "sharedStrings", "sharedStrings.xml") + rel("r5", "styles", `styles.xml`) + rel("r6", "vbaProject", "vbaProject.bin") +
		`<Relationship Id="r7" Type="x/externalLink" TargetMode="External" Target="file:///x"/></Relationships>`
	p["xl/chart.xml"] = xmlHead + `<chartsheet xmlns="` + mainSpace + `"/>`
	p["xl/worksheets/sheet 2.xml"] = sheetXML("")
	p["docProps/core.xml"] = xmlHead + `<cp:coreProperties xmlns:cp="u:cp" xmlns:dc="u:dc"><dc:creator>Sở Nội vụ</dc:creator><dc:title/></cp:coreProperties>`
	p["docProps/custom.xml"] = xmlHead + `<Properties xmlns="u:p" xmlns:vt="u:vt"><property fmtid="{1}" pid="2" name="tonghop.form"><vt:lpwstr>ctxh-2021</vt:lpwstr></property><property pid="3" name="n"><vt:i4>7</vt:i4></property></Properties>`
	p["xl/sharedStrings.xml"] = xmlHead + `<sst xmlns="` + mainSpace + `"><si><r><rPr><rFont val=".VnTime"/><b/></rPr><t>Lµo</t></r><r><rPr><rFont val=".VnTime"/></rPr><t xml:space="preserve"> Cai</t></r><phoneticPr fontId="1"/></si><si/></sst>`
	p[part1] = xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetViews/><cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="0"/><col min="6" max="6" width="8.5"/><col min="16384" max="99999" hidden="true"/></cols><sheetData>` +
		`<row r="1"><c r="A1" t="s" s="3"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>1.5</v></c></row><row r="2" hidden="1"/><row r="3" ht="0"><c r="A3"><v>1</v></c></row><row r="7" hidden="1"/>` +
		`</sheetData><sheetProtection sheet="1" objects="1"/><mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="D5:C4"/></mergeCells></worksheet>`
	return p
}

func TestWorkbook(t *testing.T) {
	wb, err := openBytes(zipOf(t, fullParts()))
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %+v, want %+v", what, got, want)
		}
	}
	check("sheets", wb.Sheets, []SheetInfo{
		{0, "Biểu & 1", Visible, true}, {1, "Ẩn", Hidden, true}, {2, "Kín", VeryHidden, false}, {3, "Module1", VeryHidden, false},
	})
	check("names", wb.Names, []DefinedName{{"_xlnm.Print_Area", 0, "'Biểu & 1'!$A$1:$B$2", false}, {"mark", -1, `"x&y"`, true}})
	check("epoch", wb.Date1904, true)
	check("macros", wb.HasMacros, true)
	core, err := wb.CoreProps()
	check("core", core, map[string]string{"creator": "Sở Nội vụ", "title": ""})
	check("error", err, nil)
	custom, err := wb.CustomProps()
	check("custom", custom, map[string]string{"tonghop.form": "ctxh-2021", "n": "7"})
	check("error", err, nil)
	check("styles", wb.Styles(), []CellStyle{
		{NumFmt: "General", Font: "Times New Roman"}, {NumFmt: "dd/mm/yyyy", Font: "Times New Roman", Date: true},
		{NumFmt: "#,##0", Font: "Times New Roman"}, {NumFmt: "0.00", Font: ".VnTime", Bold: true, Indent: 2},
	})
	check("format", []string{wb.NumFmt(1), wb.NumFmt(-1), wb.FontName(3), wb.FontName(99)}, []string{"dd/mm/yyyy", "General", ".VnTime", ""})
	check("date", []bool{wb.IsDate(1), wb.IsDate(2), wb.IsDate(-1)}, []bool{true, false, false})

	g, err := wb.Grid(0)
	check("error", err, nil)
	check("merges", g.Merges, []Range{{1, 1, 2, 2}, {4, 3, 5, 4}})
	check("hidden rows", g.HiddenRows, []Span{{2, 3}, {7, 7}})
	check("hidden columns", g.HiddenCols, []Span{{2, 4}, {16384, 16384}})
	check("hidden", []bool{g.RowHidden(1), g.RowHidden(3), g.RowHidden(8), g.ColHidden(4), g.ColHidden(6)}, []bool{false, true, false, true, false})
	check("protected", g.Protected, true)
	check("size", []int{g.MaxRow, g.MaxCol}, []int{3, 3})
	check("text", *g.At(1, 1), Cell{Row: 1, Col: 1, Type: String, Text: "Lµo Cai", Style: 3, Font: ".VnTime", Runs: []Run{{".VnTime", 8}}})
	check("bold", g.Style(g.At(1, 1)).Bold, true)
	check("empty text", g.At(1, 2), (*Cell)(nil))
	check("date", g.At(1, 3).Type, Date)
	for sheet := 1; sheet <= 3; sheet++ {
		g, err := wb.Grid(sheet)
		check("error", err, nil)
		check("cells", len(g.Cells), 0)
	}
	if err := wb.Scan(4, nil); err == nil {
		t.Error("sheet 4 of 4 was read")
	}
}

// TestNamesOfParts finds parts as other writers spell them.
func TestNamesOfParts(t *testing.T) {
	tests := []struct {
		name   string
		rename func(string) string
	}{
		{"backslashes", func(s string) string { return strings.ReplaceAll(s, "/", `\`) }},
		{"capitals", strings.ToUpper},
		{"a slash in front", func(s string) string { return "/" + s }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			renamed := make(map[string]string)
			for name, content := range fullParts() {
				renamed[test.rename(name)] = content
			}
			if n, err := readAll(zipOf(t, renamed)); n != 3 || err != nil {
				t.Errorf("%d cells, %v", n, err)
			}
		})
	}
}

// TestOtherWriters reads what excelize writes, streamed and not, and finds what
// excelize finds.
func TestOtherWriters(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	stream, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for r := 1; r <= 300; r++ {
		row := []any{fmt.Sprintf(" dòng %d & <%d>", r, r), r, float64(r) / 7, r%2 == 0, nil, "a\nb"}
		if err := stream.SetRow(Ref(r, 1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Hai"); err != nil {
		t.Fatal(err)
	}
	for r := 1; r <= 50; r++ {
		for c := 1; c <= 9; c += 2 {
			if err := f.SetCellValue("Hai", Ref(r*3, c), fmt.Sprintf("%d_x000D_%d", r, c)); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	if n := compareWithExcelize(t, b.Bytes()); n != 300*5+50*5 {
		t.Errorf("%d cells", n)
	}
}

// TestScanStaysFlat reads ten times the rows in the same memory: what it
// allocates is the texts of the cells, which go as they come.
func TestScanStaysFlat(t *testing.T) {
	held := func(rows int) uint64 {
		wb, err := openBytes(benchBook(t, rows, 20))
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		var before, m runtime.MemStats
		runtime.ReadMemStats(&before)
		most, n := uint64(0), 0
		err = wb.Scan(0, func(c *Cell) error {
			if n++; n%(rows*4) == 0 {
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		texts := uint64(len(ooxmlOf(wb).texts.blocks)*textBlock + 4*cap(ooxmlOf(wb).texts.ends))
		return most - min(most, before.HeapAlloc+texts)
	}
	small, large := held(1_000), held(10_000)
	if large > small+512<<10 {
		t.Errorf("%d KB for ten times the rows, %d KB before", large>>10, small>>10)
	}
}

// TestScanStops gives the caller's own error back as it is.
func TestScanStops(t *testing.T) {
	wb, err := openBytes(bookWith(t, sheetXML(goodRows)))
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	n := 0
	err = wb.Scan(0, func(*Cell) error {
		if n++; n == 2 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 2 {
		t.Errorf("%v after %d cells", err, n)
	}
}

// TestStringsOutliveScan keeps texts past their cell, as Scan promises.
func TestStringsOutliveScan(t *testing.T) {
	wb, err := openBytes(benchBook(t, 500, 10))
	if err != nil {
		t.Fatal(err)
	}
	kept, copied := map[string]string{}, map[string]string{}
	err = wb.Scan(0, func(c *Cell) error {
		kept[Ref(c.Row, c.Col)], copied[Ref(c.Row, c.Col)] = c.Text, strings.Clone(c.Text)
		return nil
	})
	if err != nil || !maps.Equal(kept, copied) || len(kept) < 4000 {
		t.Errorf("%d texts, %v", len(kept), err)
	}
}

// TestShortWayAndLongAgree reads the same sheet in the common spelling and in
// another that means the same.
func TestShortWayAndLongAgree(t *testing.T) {
	book := benchBook(t, 300, 20)
	wb, err := openBytes(book)
	if err != nil {
		t.Fatal(err)
	}
	short, err := wb.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	parts := frameParts()
	parts[part1] = longWay(readPart(t, wb, ooxmlOf(wb).sheets[0].part))
	parts["xl/sharedStrings.xml"] = readPart(t, wb, ooxmlOf(wb).textsPart)
	if wb, err = openBytes(zipOf(t, parts)); err != nil {
		t.Fatal(err)
	}
	long, err := wb.Grid(0)
	if err != nil || !reflect.DeepEqual(short, long) {
		t.Errorf("the two ways differ: %v", err)
	}
}

// longWay spells cells so that the short way declines them.
func longWay(sheet string) string { return strings.ReplaceAll(sheet, "<c ", "<c  ") }

// readPart inflates a part whole.
func readPart(t testing.TB, wb *Workbook, p *part) string {
	t.Helper()
	r, err := ooxmlOf(wb).pkg.open(p)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFileThatFails passes on the trouble of the disk below.
func TestFileThatFails(t *testing.T) {
	_, err := Open(&budgetReaderAt{bytes.NewReader(nil), 0}, 4096, Limits{})
	if !errors.Is(err, KindDamaged) || !errors.Is(err, errBudget) {
		t.Errorf("got %v", err)
	}
}

func TestErrorText(t *testing.T) {
	err := fmt.Errorf("upload 7: %w", &Error{Kind: KindTooLarge, Part: "xl/a.xml", Sheet: "Biểu", Ref: "B7", Limit: "Depth", Detail: "deep", Err: errRef})
	const want = `upload 7: xlsx: xl/a.xml: sheet Biểu: cell B7: too-large (limit Depth): deep: not an address on a sheet`
	if err.Error() != want {
		t.Errorf("got %s", err)
	}
	if !errors.Is(err, KindTooLarge) || errors.Is(err, KindDamaged) || !errors.Is(err, errRef) || KindOf(err) != KindTooLarge || KindOf(errRef) != "" {
		t.Error("kind is lost")
	}
}
