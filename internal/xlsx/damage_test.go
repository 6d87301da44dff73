package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// Bounds for anything that arrives, however made: see withinBounds.
const (
	maxTime = 5 * time.Second
	maxHeap = 96 << 20
)

// withinBounds runs read, and fails the test if it takes long or allocates
// much. What it allocates in all bounds what it held at any time.
func withinBounds(t *testing.T, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	read()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if took > maxTime {
		t.Errorf("took %v", took)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > maxHeap {
		t.Errorf("allocated %d MB", n>>20)
	}
}

// part1 is the name of the sheet that tests damage.
const part1 = "xl/worksheets/sheet1.xml"

// goodRows has two texts, a number and a date.
const goodRows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c></row>` +
	`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>44562</v></c></row>`

// TestDamage is the table of everything that other readers pass over in
// silence, or fall over.
func TestDamage(t *testing.T) {
	withParts := func(change func(parts map[string]string)) []byte {
		parts := frameParts()
		parts[part1] = sheetXML(goodRows)
		change(parts)
		return zipOf(t, parts)
	}
	lying := func(change func(e *rawEntry)) []byte {
		var entries []rawEntry
		parts := frameParts()
		parts[part1] = sheetXML(goodRows)
		for name, content := range parts {
			e := entryOf(t, name, []byte(content))
			if name == part1 {
				change(&e)
			}
			entries = append(entries, e)
		}
		return zipEntries(t, entries)
	}
	rows := func(s string) []byte { return bookWith(t, sheetXML(s)) }
	laughs := `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`

	tests := []struct {
		name string
		file []byte
		kind ErrorKind
		ref  string
	}{
		{"whole", rows(goodRows), "", ""},
		{"cut off inside a cell", bookWith(t, strings.TrimSuffix(sheetXML(goodRows), `<v>44562</v></c></row></sheetData></worksheet>`)), KindUnbalancedXML, "B2"},
		{"cut off between rows", bookWith(t, strings.TrimSuffix(sheetXML(goodRows), `</sheetData></worksheet>`)), KindUnbalancedXML, "B2"},
		{"cut off before the last tag", bookWith(t, strings.TrimSuffix(sheetXML(goodRows), `</worksheet>`)), KindUnbalancedXML, ""},
		{"cut off inside the last tag", bookWith(t, strings.TrimSuffix(sheetXML(goodRows), `>`)), KindUnbalancedXML, ""},
		{"malformed element in a row", rows(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><oops attr=1 <c r="A2"><v>2</v></c></row>`), KindMalformedXML, "2:2"},
		{"unknown element in a row", rows(`<row r="1"><oops><c r="A1"><v>1</v></c></oops></row>`), KindDamaged, ""},
		{"unknown element among rows", rows(`<rows><row r="1"/></rows>`), KindDamaged, ""},
		{"elements crossed", rows(`<row r="1"><c r="A1"><v>1</c></v></row>`), KindUnbalancedXML, "A1"},
		{"end without start", bookWith(t, sheetXML("")+"</worksheet>"), KindUnbalancedXML, ""},
		{"two roots", bookWith(t, sheetXML("")+"<worksheet/>"), KindMalformedXML, ""},
		{"text in a row", rows(`<row r="1">12</row>`), KindDamaged, ""},
		{"text in a cell", rows(`<row r="1"><c r="A1">12</c></row>`), KindDamaged, "A1"},
		{"two values", rows(`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`), KindDamaged, "A1"},
		{"element in a value", rows(`<row r="1"><c r="A1"><v>1<b/>2</v></c></row>`), KindDamaged, "A1"},
		{"attribute twice", rows(`<row r="1"><c r="A1" r="A1"><v>1</v></c></row>`), KindMalformedXML, ""},
		{"attribute without quotes", rows(`<row r=1/>`), KindMalformedXML, ""},
		{"undeclared prefix", rows(`<z:row/>`), KindMalformedXML, ""},
		{"empty part", bookWith(t, ""), KindUnbalancedXML, ""},
		{"no rows at all", bookWith(t, xmlHead+`<worksheet xmlns="`+mainSpace+`"/>`), KindDamaged, ""},
		{"another root", bookWith(t, xmlHead+`<workbook xmlns="`+mainSpace+`"/>`), KindDamaged, ""},
		{"wrong checksum", lying(func(e *rawEntry) { e.header.CRC32++ }), KindDamaged, ""},
		{"no checksum", lying(func(e *rawEntry) { e.header.CRC32 = 0 }), KindDamaged, ""},
		{"length below the truth", lying(func(e *rawEntry) { e.header.UncompressedSize64 -= 40 }), KindDamaged, ""},
		{"length above the truth", lying(func(e *rawEntry) { e.header.UncompressedSize64 = 1 << 29 }), KindDamaged, ""},
		{"length above every limit", lying(func(e *rawEntry) { e.header.UncompressedSize64 = 4 << 30 }), KindTooLarge, ""},
		{"compressed data corrupt", lying(func(e *rawEntry) { e.data[len(e.data)/2] ^= 0xff }), KindDamaged, ""},
		{"compressed data cut off", lying(func(e *rawEntry) {
			e.data = e.data[:len(e.data)/2]
			e.header.CompressedSize64 = uint64(len(e.data))
		}), KindDamaged, ""},
		{"method unknown", lying(func(e *rawEntry) { e.header.Method = 99 }), KindDamaged, ""},
		{"entry encrypted", lying(func(e *rawEntry) { e.header.Flags |= 1 }), KindEncrypted, ""},
		{"file cut off", rows(goodRows)[:600], KindDamaged, ""},
		{"part twice", twice(t), KindDamaged, ""},
		{"text index beyond the table", rows(`<row r="1"><c r="A1" t="s"><v>99</v></c></row>`), KindBadStringIndex, "A1"},
		{"text index negative", rows(`<row r="1"><c r="A1" t="s"><v>-5</v></c></row>`), KindBadStringIndex, "A1"},
		{"text index empty", rows(`<row r="1"><c r="A1" t="s"><v></v></c></row>`), KindBadStringIndex, "A1"},
		{"texts missing", withParts(func(p map[string]string) { delete(p, "xl/sharedStrings.xml") }), KindMissingPart, ""},
		{"texts not even named", withParts(func(p map[string]string) {
			delete(p, "xl/sharedStrings.xml")
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "/sharedStrings\"", "/other\"", 1)
		}), KindMissingPart, ""},
		{"texts cut off", withParts(func(p map[string]string) {
			p["xl/sharedStrings.xml"] = strings.TrimSuffix(p["xl/sharedStrings.xml"], "</sst>")
		}), KindUnbalancedXML, ""},
		{"sheet missing", withParts(func(p map[string]string) { delete(p, part1) }), KindMissingPart, ""},
		{"two sheets in one part", withParts(func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", `<sheet name="Biểu 2" sheetId="2" r:id="rId1"/></sheets>`, 1)
		}), KindDamaged, ""},
		{"two sheets of one name", withParts(func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", `<sheet name="BIỂU 1" sheetId="2" r:id=""/></sheets>`, 1)
		}), KindDamaged, ""},
		{"sheet without its relation", withParts(func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], `r:id="rId1"`, `r:id="rId9"`, 1)
		}), KindMissingPart, ""},
		{"styles missing", withParts(func(p map[string]string) { delete(p, "xl/styles.xml") }), KindMissingPart, ""},
		{"workbook missing", withParts(func(p map[string]string) { delete(p, "xl/workbook.xml") }), KindMissingPart, ""},
		{"style beyond the table", rows(`<row r="1"><c r="A1" s="77"><v>1</v></c></row>`), KindDamaged, "A1"},
		{"external entity", withParts(func(p map[string]string) {
			p["xl/sharedStrings.xml"] = xmlHead + `<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst xmlns="` + mainSpace + `"><si><t>&x;</t></si></sst>`
		}), KindDOCTYPE, ""},
		{"billion laughs", bookWith(t, strings.Replace(sheetXML(`<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>`), "<worksheet", laughs+"<worksheet", 1)), KindDOCTYPE, ""},
		{"entity without a declaration", rows(`<row r="1"><c r="A1" t="str"><v>&laugh;</v></c></row>`), KindUnknownEntity, "A1"},
		{"character that is none", rows(`<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>`), KindMalformedXML, "A1"},
		{"bytes that are not UTF-8", rows("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>B\xecnh</v></c></row>"), KindMalformedXML, "A1"},
		{"encoding in name only", bookWith(t, strings.Replace(sheetXML(""), "UTF-8", "windows-1258", 1)), KindMalformedXML, ""},
		{"cell twice in a row", rows(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`), KindDuplicateCell, "A1"},
		{"cell twice in two rows", rows(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="C2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`), KindDuplicateCell, "A1"},
		{"row 9,000,000", rows(`<row r="9000000"><c r="A9000000"><v>1</v></c></row>`), KindBadRef, ""},
		{"row 0", rows(`<row r="0"><c><v>1</v></c></row>`), KindBadRef, ""},
		{"column ZZZZ", rows(`<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`), KindBadRef, ""},
		{"column after XFD", rows(`<row r="1"><c r="XFD1"><v>1</v></c><c><v>2</v></c></row>`), KindBadRef, ""},
		{"cell of another row", rows(`<row r="1"><c r="A2"><v>1</v></c></row>`), KindBadRef, ""},
		{"address without a row", rows(`<row r="1"><c r="A"><v>1</v></c></row>`), KindBadRef, ""},
		{"number that is none", rows(`<row r="1"><c r="A1"><v>12,5</v></c></row>`), KindBadValue, "A1"},
		{"infinity", rows(`<row r="1"><c r="A1"><v>INF</v></c></row>`), KindBadValue, "A1"},
		{"truth that is none", rows(`<row r="1"><c r="A1" t="b"><v>2</v></c></row>`), KindBadValue, "A1"},
		{"date that is none", rows(`<row r="1"><c r="A1" t="d"><v>2021-02-30</v></c></row>`), KindBadValue, "A1"},
		{"type that is none", rows(`<row r="1"><c r="A1" t="x"><v>1</v></c></row>`), KindDamaged, "A1"},
		{"merge that is none", bookWith(t, strings.Replace(sheetXML(""), "</sheetData>", `</sheetData><mergeCells><mergeCell ref="A1:"/></mergeCells>`, 1)), KindBadRef, ""},
		{"deep nesting", bookWith(t, strings.Replace(sheetXML(""), "<sheetData>", strings.Repeat("<a>", 100_000)+"<sheetData>", 1)), KindTooLarge, ""},
		{"long attribute", bookWith(t, strings.Replace(sheetXML(""), "<sheetData>", `<sheetData x="`+strings.Repeat("y", 70_000)+`">`, 1)), KindTooLarge, ""},
		{"long text in ASCII", rows(`<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("e", 32_768) + `</v></c></row>`), KindTooLarge, "A1"},
		{"long text", rows(`<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("ế", 32_768) + `</v></c></row>`), KindTooLarge, "A1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			withinBounds(t, func() {
				_, err := readAll(test.file)
				if KindOf(err) != test.kind || err != nil && !errors.Is(err, test.kind) {
					t.Fatalf("got %v, want %q", err, test.kind)
				}
				if e, ok := errors.AsType[*Error](err); ok && test.ref != "" && e.Ref != test.ref {
					t.Errorf("at %q, want %q: %v", e.Ref, test.ref, err)
				}
			})
		})
	}
}

// twice makes a zip with two sheets of one name.
func twice(t *testing.T) []byte {
	t.Helper()
	var entries []rawEntry
	parts := frameParts()
	parts[part1] = sheetXML(goodRows)
	parts["xl/Worksheets/Sheet1.xml"] = sheetXML("")
	for name, content := range parts {
		entries = append(entries, entryOf(t, name, []byte(content)))
	}
	return zipEntries(t, entries)
}

// TestOdd holds what looks wrong and is not: it must be read, and right.
func TestOdd(t *testing.T) {
	prefixed := xmlHead + `<x:worksheet xmlns:x="` + mainSpace + `"><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	var far strings.Builder
	for r := 1; r <= 20_000; r++ {
		fmt.Fprintf(&far, `<row r="%d"><c r="XFD%d"><v>%d</v></c></row>`, r, r, r)
	}
	one := func(c string) string { return sheetXML(`<row r="1">` + c + `</row>`) }
	tests := []struct {
		name  string
		sheet string
		count int
		ref   string
		want  Cell // Row, Col and Font are not compared
	}{
		{"number", one(`<c r="A1"><v>0.71989999999999998</v></c>`), 1, "A1", Cell{Type: Number, Text: "0.71989999999999998"}},
		{"number with an exponent", one(`<c r="A1"><v>1.5E-7</v></c>`), 1, "A1", Cell{Type: Number, Text: "1.5E-7"}},
		{"white space round a number", one("<c r=\"A1\"><v>\n 12 </v></c>"), 1, "A1", Cell{Type: Number, Text: "12"}},
		{"number with a date style", one(`<c r="A1" s="1"><v>44562</v></c>`), 1, "A1", Cell{Type: Date, Text: "44562", Style: 1}},
		{"shared text", one(`<c r="A1" t="s"><v>0</v></c>`), 1, "A1", Cell{Type: String, Text: "Lào Cai"}},
		{"truth", one(`<c r="A1" t="b"><v>true</v></c>`), 1, "A1", Cell{Type: Bool, Text: "1"}},
		{"error", one(`<c r="A1" t="e"><v>#REF!</v></c>`), 1, "A1", Cell{Type: TypeError, Text: "#REF!"}},
		{"ISO date", one(`<c r="A1" t="d"><v>2021-01-01T10:10:10</v></c>`), 1, "A1", Cell{Type: Date, Text: "2021-01-01T10:10:10"}},
		{"inline text", one(`<c r="A1" t="inlineStr"><is><t xml:space="preserve"> Sa Pa </t></is></c>`), 1, "A1", Cell{Type: String, Text: " Sa Pa "}},
		{"inline runs", one(`<c r="A1" t="inlineStr"><is><r><t>Sa </t></r><r><rPr><rFont val=".VnTime"/></rPr><t>Pa</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>`), 1, "A1", Cell{Type: String, Text: "Sa Pa", Runs: []Run{{"", 3}, {".VnTime", 5}}}},
		{"formula with its value", one(`<c r="A1"><f>SUM(B1:C1)</f><v>7</v></c>`), 1, "A1", Cell{Type: Number, Text: "7", HasFormula: true, Formula: "SUM(B1:C1)"}},
		{"formula with an error", one(`<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>`), 1, "A1", Cell{Type: TypeError, Text: "#DIV/0!", HasFormula: true, Formula: "1/0"}},
		{"formula without a value", one(`<c r="A1"><f>B1&amp;"&lt;"</f></c>`), 1, "A1", Cell{HasFormula: true, NoCache: true, Formula: `B1&"<"`}},
		{"formula with an empty value", one(`<c r="A1"><f>B1</f><v></v></c>`), 1, "A1", Cell{HasFormula: true, NoCache: true, Formula: "B1"}},
		{"formula that gives no letters", one(`<c r="A1" t="str"><f>B1</f><v></v></c>`), 1, "A1", Cell{Type: String, HasFormula: true, Formula: "B1"}},
		{"follower of a shared formula", one(`<c r="A1"><f t="shared" si="0"/><v>2</v></c>`), 1, "A1", Cell{Type: Number, Text: "2", HasFormula: true}},
		{"blank with a style", one(`<c r="A1" s="2"/><c r="B1" s="2"></c><c r="C1"><v/></c><c r="D1" t="str"><v></v></c>`), 0, "", Cell{}},
		{"empty style", one(`<c r="A1" s=""><v>2</v></c>`), 1, "A1", Cell{Type: Number, Text: "2"}},
		{"entities", one(`<c r="A1" t="str"><v>&lt;&#x1EBF;&#233;&amp;amp;&apos;&quot;&gt;</v></c>`), 1, "A1", Cell{Type: String, Text: `<ếé&amp;'">`}},
		{"escapes", one(`<c r="A1" t="str"><v>a_x000D_b_x005F_x000D_c_xD83D__xDE1C__x12</v></c>`), 1, "A1", Cell{Type: String, Text: "a\rb_x000D_c😜_x12"}},
		{"CDATA", one(`<c r="A1" t="str"><v>a<![CDATA[<b>&amp;]]>c</v></c>`), 1, "A1", Cell{Type: String, Text: "a<b>&amp;c"}},
		{"comments and instructions", one(`<!-- x --><c r="A1"><?y z?><v>1<!-- - -->2</v></c>`), 1, "A1", Cell{Type: Number, Text: "12"}},
		{"line ends", one("<c r=\"A1\" t=\"str\"><v>a\r\nb\rc\nd</v></c>"), 1, "A1", Cell{Type: String, Text: "a\nb\nc\nd"}},
		{"single quotes and spaces", sheetXML("<row  r = '3' ><c\n r='B3'  s='2' ><v >8</v ></c ></row\n>"), 1, "B3", Cell{Type: Number, Text: "8", Style: 2}},
		{"prefix, no addresses", prefixed, 2, "B1", Cell{Type: Number, Text: "3"}},
		{"no addresses after some", sheetXML(`<row r="4"><c r="C4"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`), 3, "A5", Cell{Type: Number, Text: "3"}},
		{"addresses in rows without", sheetXML(`<row><c r="C4"><v>1</v></c><c><v>2</v></c></row>`), 2, "D4", Cell{Type: Number, Text: "2"}},
		{"rows out of order", sheetXML(`<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>1</v></c></row>`), 3, "B2", Cell{Type: Number, Text: "2"}},
		{"row in two pieces", sheetXML(`<row r="2"><c r="A2"><v>5</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>`), 2, "B2", Cell{Type: Number, Text: "2"}},
		{"strict namespace", strings.Replace(one(`<c r="A1"><v>1</v></c>`), mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main", 1), 1, "A1", Cell{Type: Number, Text: "1"}},
		{"byte order mark", "\xef\xbb\xbf" + one(`<c r="A1"><v>1</v></c>`), 1, "A1", Cell{Type: Number, Text: "1"}},
		{"UTF-16, little end first", utf16Part(binary.LittleEndian, one(`<c r="A1" t="str"><v>Đề án 😜</v></c>`)), 1, "A1", Cell{Type: String, Text: "Đề án 😜"}},
		{"UTF-16, big end first", utf16Part(binary.BigEndian, one(`<c r="A1" t="str"><v>Đề án 😜</v></c>`)), 1, "A1", Cell{Type: String, Text: "Đề án 😜"}},
		{"dimension of the whole sheet", strings.Replace(one(`<c r="A1"><v>1</v></c>`), "<sheetData>", `<dimension ref="A1:XFD1048576"/><sheetData>`, 1), 1, "A1", Cell{Type: Number, Text: "1"}},
		{"only the last cell", sheetXML(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), 1, "XFD1048576", Cell{Type: Number, Text: "1"}},
		{"20,000 rows with the last column only", sheetXML(far.String()), 20_000, "XFD777", Cell{Type: Number, Text: "777"}},
		{"extensions", strings.Replace(one(`<c r="A1"><v>1</v><extLst><ext uri="u"><z:c xmlns:z="zz"/></ext></extLst></c>`), "</sheetData>", `</sheetData><extLst><ext xmlns:q="qq" uri="x"><q:sheetData/></ext></extLst>`, 1), 1, "A1", Cell{Type: Number, Text: "1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			withinBounds(t, func() {
				wb, err := openBytes(bookWith(t, test.sheet))
				if err != nil {
					t.Fatal(err)
				}
				g, err := wb.Grid(0)
				if err != nil {
					t.Fatal(err)
				}
				if len(g.Cells) != test.count {
					t.Fatalf("%d cells, want %d: %+v", len(g.Cells), test.count, g.Cells[:min(3, len(g.Cells))])
				}
				if test.count == 0 {
					return
				}
				row, col, err := ParseRef(test.ref)
				if err != nil {
					t.Fatal(err)
				}
				got := g.At(row, col)
				if got == nil {
					t.Fatalf("nothing at %s: %+v", test.ref, g.Cells)
				}
				test.want.Row, test.want.Col, test.want.Font = row, col, got.Font
				if fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", test.want) {
					t.Errorf("got %+v\nwant %+v", *got, test.want)
				}
			})
		})
	}
}

// utf16Part writes a part in UTF-16 with its mark.
func utf16Part(order binary.AppendByteOrder, text string) string {
	b := order.AppendUint16(nil, 0xfeff)
	for _, u := range utf16.Encode([]rune(strings.Replace(text, "UTF-8", "UTF-16", 1))) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// blanks compresses n bytes of one kind without holding them.
func blanks(t *testing.T, name, before string, fill byte, n int, after string) rawEntry {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	write := func(s []byte) {
		if _, err := part.Write(s); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte(before))
	block := bytes.Repeat([]byte{fill}, 1<<20)
	for range n >> 20 {
		write(block)
	}
	write([]byte(after))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f := z.File[0]
	raw, err := f.OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, f.CompressedSize64)
	if _, err := raw.(interface{ Read([]byte) (int, error) }).Read(data); err != nil {
		t.Fatal(err)
	}
	h := f.FileHeader
	h.Flags = 0
	return rawEntry{h, data}
}

func TestBombs(t *testing.T) {
	const size = 48 << 20
	head := xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetData>`
	row := `<row r="1"><c r="A1"><v>1</v></c></row>`
	tests := []struct {
		name string
		bomb rawEntry
		kind ErrorKind
	}{
		{"blanks between rows", blanks(t, part1, head+row, ' ', size, `</sheetData></worksheet>`), KindTooLarge},
		{"blanks in a tag", blanks(t, part1, head+`<row `, ' ', size, `r="1"/></sheetData></worksheet>`), KindTooLarge},
		{"a comment", blanks(t, part1, head+`<!--`, 'x', size, `--></sheetData></worksheet>`), KindTooLarge},
		{"a name", blanks(t, part1, head+`<`, 'x', size, `/></sheetData></worksheet>`), KindTooLarge},
		{"a shared text", blanks(t, "xl/sharedStrings.xml", xmlHead+`<sst xmlns="`+mainSpace+`"><si><t>`, 'x', size, `</t></si></sst>`), KindTooLarge},
		{"a picture nobody reads", blanks(t, "xl/media/image1.png", "", 0, size, ""), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parts := frameParts()
			parts[part1] = sheetXML(goodRows)
			delete(parts, test.bomb.header.Name)
			var entries []rawEntry
			for name, content := range parts {
				entries = append(entries, entryOf(t, name, []byte(content)))
			}
			file := zipEntries(t, append(entries, test.bomb))
			withinBounds(t, func() {
				if _, err := readAll(file); KindOf(err) != test.kind {
					t.Errorf("got %v, want %q", err, test.kind)
				}
			})
		})
	}
}

func TestLimits(t *testing.T) {
	many := ""
	for r := 1; r <= 100; r++ {
		many += fmt.Sprintf(`<row r="%d" hidden="1"><c r="A%d" t="s"><v>1</v></c><c r="B%d"/></row><row r="%d"/>`, 2*r, 2*r, 2*r, 2*r+1)
	}
	file := bookWith(t, sheetXML(many))
	tests := []struct {
		name string
		lim  Limits
		kind ErrorKind
	}{
		{"FileBytes", Limits{FileBytes: 100}, KindTooLarge},
		{"PartBytes", Limits{PartBytes: 3000}, KindTooLarge},
		{"InflatedBytes", Limits{InflatedBytes: 4000}, KindTooLarge},
		{"Parts", Limits{Parts: 3}, KindTooLarge},
		{"Strings", Limits{Strings: 1}, KindTooLarge},
		{"StringBytes", Limits{StringBytes: 7}, KindTooLarge},
		{"Styles", Limits{Styles: 2}, KindTooLarge},
		{"NameBytes", Limits{NameBytes: 300}, KindTooLarge},
		{"CellRunes", Limits{CellRunes: 4}, KindTooLarge},
		{"Cells", Limits{Cells: 199}, KindTooManyCells},
		{"GridCells", Limits{GridCells: 99}, KindTooManyCells},
		{"Merges", Limits{Merges: 99}, KindTooLarge},
		{"Depth", Limits{Depth: 3}, KindTooLarge},
		{"just enough", Limits{Cells: 200, GridCells: 100, Merges: 100, Strings: 2, Depth: 5, Parts: 7}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wb, err := Open(bytes.NewReader(file), int64(len(file)), test.lim)
			if err == nil {
				_, err = wb.Grid(0)
			}
			if KindOf(err) != test.kind {
				t.Fatalf("got %v, want %q", err, test.kind)
			}
			if e, ok := errors.AsType[*Error](err); ok && e.Limit != test.name {
				t.Errorf("limit %q", e.Limit)
			}
		})
	}
}
