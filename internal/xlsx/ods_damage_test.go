package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestODSDamage refuses what cannot be read whole, and says where.
func TestODSDamage(t *testing.T) {
	row := func(cells string) string { return odsCellsXML(odsNumberXML("1") + cells) }
	tests := []struct {
		name, body string
		kind       ErrorKind
		ref        string
	}{
		{"type that is none", row(`<table:table-cell office:value-type="geld" office:value="1"/>`), KindDamaged, "B1"},
		{"number that is none", row(`<table:table-cell office:value-type="float" office:value="1,5"/>`), KindBadValue, "B1"},
		{"number beyond numbers", row(`<table:table-cell office:value-type="float" office:value="INF"/>`), KindBadValue, "B1"},
		{"number that is only shown", row(`<table:table-cell office:value-type="float"><text:p>1.234</text:p></table:table-cell>`), KindBadValue, "B1"},
		{"number that is empty", row(`<table:table-cell office:value-type="float" office:value=""/>`), KindBadValue, "B1"},
		{"day that is none", row(`<table:table-cell office:value-type="date" office:date-value="30/3/2021"/>`), KindBadValue, "B1"},
		{"time that is none", row(`<table:table-cell office:value-type="time" office:time-value="7h30"/>`), KindBadValue, "B1"},
		{"yes in Vietnamese", row(`<table:table-cell office:value-type="boolean" office:boolean-value="có"/>`), KindBadValue, "B1"},
		{"error without a name", row(`<table:table-cell table:formula="of:=1/0" calcext:value-type="error"/>`), KindBadValue, "B1"},
		{"table in a cell", row(`<table:table-cell><table:table table:is-sub-table="true"><table:table-row/></table:table></table:table-cell>`), KindDamaged, "B1"},
		{"table in a text", row(`<table:table-cell><text:p><table:table/></text:p></table:table-cell>`), KindDamaged, "B1"},
		{"table in something unknown", row(`<table:table-cell><dc:x><table:table-row/></dc:x></table:table-cell>`), KindDamaged, "B1"},
		{"text beside paragraphs", row(`<table:table-cell>12</table:table-cell>`), KindDamaged, "B1"},
		{"rows in something unknown", odsTableXML(`<table:rows-of-tomorrow><table:table-row/></table:rows-of-tomorrow>`), KindDamaged, ""},
		{"row in a row", row(`<table:table-row/>`), KindDamaged, "A1"},
		{"text of tomorrow", row(`<table:table-cell><text:paragraph>1</text:paragraph></table:table-cell>`), KindDamaged, "B1"},
		{"repeated no times", row(`<table:table-cell table:number-columns-repeated="0"/>`), KindDamaged, "B1"},
		{"repeated less than that", row(`<table:table-cell table:number-columns-repeated="-1"/>`), KindDamaged, "B1"},
		{"repeated many times", row(`<table:table-cell table:number-columns-repeated="many"/>`), KindDamaged, "B1"},
		{"row repeated no times", odsTableXML(`<table:table-row table:number-rows-repeated="00"/>`), KindDamaged, ""},
		{"cell beyond the last column", row(`<table:table-cell table:number-columns-repeated="16383"/>` + odsNumberXML("1")), KindBadRef, "1:1"},
		{"cell beyond the last row", odsTableXML(`<table:table-row table:number-rows-repeated="1048576"/><table:table-row>` + odsNumberXML("1") + `</table:table-row>`), KindBadRef, ""},
		{"repeated beyond the last row", odsTableXML(`<table:table-row table:number-rows-repeated="1048576"/><table:table-row table:number-rows-repeated="2">` + odsNumberXML("1") + `</table:table-row>`), KindBadRef, ""},
		{"merged beyond the last column", row(`<table:table-cell table:number-columns-spanned="16384"/>`), KindBadRef, "B1"},
		{"merged over one another", row(`<table:table-cell table:number-columns-repeated="2" table:number-columns-spanned="2"/>`), KindDamaged, "B1"},
		{"merged over the next row", odsTableXML(`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-rows-spanned="2"/></table:table-row>`), KindDamaged, "A1"},
		{"undeclared prefix", row(`<x:y/>`), KindMalformedXML, "A1"},
		{"cut off", odsTableXML(`<table:table-row>`), KindUnbalancedXML, ""},
		{"two sheets of one name", odsTableXML("") + odsTableXML(""), KindDamaged, ""},
		{"no sheet", `<table:named-expressions/>`, KindDamaged, ""},
		{"entity", row(odsTextXML("&x;")), KindUnknownEntity, "B1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := readAll(odsWith(t, test.body))
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Kind != test.kind {
				t.Fatalf("%v, want %s", err, test.kind)
			}
			if e.Ref != test.ref || e.Ref != "" && e.Sheet != "Biểu 1" {
				t.Errorf("on sheet %q at %q, want %q: %v", e.Sheet, e.Ref, test.ref, err)
			}
		})
	}
}

// TestODSParts refuses a file for what is wrong with its parts.
func TestODSParts(t *testing.T) {
	secret := strings.Replace(odsManifest, `"text/xml"/>`, `"text/xml"><manifest:encryption-data/></manifest:file-entry>`, 1)
	doctype := xmlHead + `<!DOCTYPE x [<!ENTITY a "b">]><office:document-content` + odsSpaces + `/>`
	tests := []struct {
		name  string
		parts []string
		kind  ErrorKind
	}{
		{"sound", nil, ""},
		{"without what it can do without", []string{"styles.xml", "", "meta.xml", "", "META-INF/manifest.xml", ""}, ""},
		{"password", []string{"META-INF/manifest.xml", secret, "content.xml", "\x00\x01"}, KindEncrypted},
		{"password, as newer files have it", []string{"encrypted-package", "\x00\x01", "content.xml", ""}, KindEncrypted},
		{"no content", []string{"content.xml", ""}, KindMissingPart},
		{"content of a text document", []string{"content.xml", strings.ReplaceAll(odsContent(""), "office:spreadsheet", "office:text")}, KindDamaged},
		{"styles instead of content", []string{"content.xml", odsStylesXML}, KindDamaged},
		{"document type in the content", []string{"content.xml", doctype}, KindDOCTYPE},
		{"document type in the styles", []string{"styles.xml", doctype}, KindDOCTYPE},
		{"document type in the manifest", []string{"META-INF/manifest.xml", doctype}, KindDOCTYPE},
		{"document type in the properties", []string{"meta.xml", doctype}, KindDOCTYPE},
		{"cut off after the last sheet", []string{"content.xml", strings.TrimSuffix(odsContent(odsTableXML("")), "</office:document-content>")}, KindUnbalancedXML},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readAll(odsWith(t, "", test.parts...)); KindOf(err) != test.kind {
				t.Errorf("%v, want %q", err, test.kind)
			}
		})
	}
}

// TestODSChecksum refuses content whose checksum does not agree when the file is
// opened, before a sheet is read.
func TestODSChecksum(t *testing.T) {
	good := odsWith(t, odsCellsXML(odsNumberXML("1")))
	entries := []rawEntry{entryOf(t, "mimetype", []byte(mediaTypeODS)), entryOf(t, "content.xml", []byte(odsContent(odsTableXML(""))))}
	entries[1].header.CRC32++
	for name, file := range map[string][]byte{"good": good, "bad": zipEntries(t, entries)} {
		if _, err := openBytes(file); (KindOf(err) == KindDamaged) != (name == "bad") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestODSBombs reads files that are small and say that they are large. Each is
// refused for a limit, or what it says costs nothing.
func TestODSBombs(t *testing.T) {
	repeat := func(n int, text string) string { return strings.Repeat(text, n) }
	text := odsTextXML(repeat(30_000, "chữ "))
	var chain strings.Builder // of styles, each resting on the next, the last on the first
	for i := range 50_000 {
		fmt.Fprintf(&chain, `<style:style style:name="s%d" style:family="table-cell" style:parent-style-name="s%d"/>`, i, (i+1)%50_000)
	}
	formats := `<number:number-style style:name="f0"><number:text>` + repeat(200, "x") + `</number:text></number:number-style>`
	for i := range 40 { // each twice the one before
		m := fmt.Sprintf(`<style:map style:apply-style-name="f%d"/>`, i)
		formats += fmt.Sprintf(`<number:number-style style:name="f%d">%s%s</number:number-style>`, i+1, m, m)
	}
	styled := func(styles string) string {
		return strings.Replace(odsContent(odsCellsXML(odsNumberXML("1"))), `<office:automatic-styles>`, `<office:automatic-styles>`+styles, 1)
	}
	tests := []struct {
		name  string
		file  []byte
		limit string
	}{
		{"one cell for all the sheet", odsWith(t, odsTableXML(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>`)), "Cells"},
		{"and for more than there is", odsWith(t, odsTableXML(`<table:table-row table:number-rows-repeated="4294967296"><table:table-cell table:number-columns-repeated="4294967296" office:value-type="float" office:value="1"/></table:table-row>`)), "Cells"},
		{"rows of many cells", odsWith(t, odsTableXML(repeat(700, `<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>`))), "GridCells"},
		{"one text for many rows", odsWith(t, odsTableXML(`<table:table-row table:number-rows-repeated="100000">`+odsTextXML(repeat(20_000, "x"))+`</table:table-row>`)), "StringBytes"},
		{"spaces", odsWith(t, odsCellsXML(odsTextXML(`<text:s text:c="4000000000"/>`))), "CellRunes"},
		{"spaces upon spaces", odsWith(t, odsCellsXML(odsTextXML(repeat(50, `<text:s text:c="30000"/>`)))), "CellRunes"},
		{"a text without end", odsWith(t, odsCellsXML(text)), "CellRunes"},
		{"merged cells", odsWith(t, odsTableXML(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-spanned="2"/></table:table-row>`)), "Merges"},
		{"merged cells in both directions", odsWith(t, odsTableXML(`<table:table-row table:number-rows-repeated="600"><table:table-cell table:number-rows-spanned="1" table:number-columns-spanned="2"/></table:table-row>`+
			`<table:table-row>`+repeat(20, `<table:table-cell table:number-columns-repeated="800" table:number-rows-spanned="2"/>`)+`</table:table-row>`)), ""},
		{"sheets", odsWith(t, repeatN(1001, func(i int) string { return fmt.Sprintf(`<table:table table:name="%d"/>`, i) })), "Sheets"},
		{"hidden rows", odsWith(t, odsTableXML(repeat(200_001, `<table:table-row/><table:table-row table:visibility="filter"/>`))), "Merges"},
		{"columns", odsWith(t, odsTableXML(repeat(300_000, `<table:table-column/>`)+repeat(100, `<table:table-row>`+odsNumberXML("1")+`</table:table-row>`))), ""},
		{"empty rows and cells", odsWith(t, odsTableXML(repeat(2_000, `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`))), ""},
		{"groups in groups", odsWith(t, odsTableXML(repeat(100, `<table:table-row-group>`)+repeat(100, `</table:table-row-group>`))), "Depth"},
		{"styles in a ring", odsWith(t, "", "content.xml", styled(chain.String())), ""},
		{"styles", odsWith(t, "", "content.xml", styled(repeatN(100_001, func(i int) string {
			return fmt.Sprintf(`<style:style style:name="%d" style:family="table-cell"/>`, i)
		}))), "Styles"},
		{"formats that double", odsWith(t, "", "content.xml", styled(formats)), ""},
		{"pieces of text", odsWith(t, odsCellsXML(odsTextXML(repeat(40_000, `<text:span text:style-name="T1">a</text:span>b`)))), "CellRunes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var err error
			withinBounds(t, func() { err = readWithin(test.file, Limits{GridCells: 200_000}) })
			e, _ := errors.AsType[*Error](err)
			if (err == nil) != (test.limit == "") || e != nil && e.Limit != test.limit {
				t.Errorf("%v, want limit %q", err, test.limit)
			}
		})
	}
}

// readWithin reads every sheet under limits.
func readWithin(file []byte, lim Limits) error {
	wb, err := Open(bytes.NewReader(file), int64(len(file)), lim)
	if err != nil {
		return err
	}
	for i := range wb.Sheets {
		if _, err := wb.Grid(i); err != nil {
			return err
		}
	}
	return nil
}

// repeatN joins what make gives for 0 to n-1.
func repeatN(n int, make func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(make(i))
	}
	return b.String()
}

// TestODSSheetsOnce reads a file of many sheets in the order in which everyone
// reads them: the content is inflated twice, once to find the sheets and once to
// read them, and not once for each.
func TestODSSheetsOnce(t *testing.T) {
	const sheets = 200
	file := odsWith(t, repeatN(sheets, func(i int) string {
		return fmt.Sprintf(`<table:table table:name="%d"><table:table-row>%s</table:table-row></table:table>`, i, odsNumberXML(fmt.Sprint(i)))
	}))
	r := &countingReaderAt{Reader: bytes.NewReader(file)}
	wb, err := Open(r, int64(len(file)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	opened := r.n
	for i := range wb.Sheets {
		g, err := wb.Grid(i)
		if err != nil || len(g.Cells) != 1 || g.Cells[0].Text != fmt.Sprint(i) {
			t.Fatalf("sheet %d: %v, %v", i, g, err)
		}
	}
	if read := r.n - opened; read > opened {
		t.Errorf("%d bytes read for the sheets, %d to open the file", read, opened)
	}
}

// countingReaderAt counts the bytes that are read.
type countingReaderAt struct {
	*bytes.Reader
	n int
}

func (r *countingReaderAt) ReadAt(b []byte, off int64) (int, error) {
	n, err := r.Reader.ReadAt(b, off)
	r.n += n
	return n, err
}
