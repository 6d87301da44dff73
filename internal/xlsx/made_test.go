package xlsx

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"maps"
	"slices"
	"testing"

	"github.com/klauspost/compress/flate"
)

// The namespaces and the XML declaration of the parts that tests make.
const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// frameParts gives the parts of a workbook with one sheet, but for the sheet.
// Style 1 is a date, style 2 a number with groups, style 3 in an old font.
func frameParts() map[string]string {
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + relSpace + `/` + kind + `" Target="` + target + `"/>`
	}
	return map[string]string{
		"[Content_Types].xml": xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
		"_rels/.rels":         xmlHead + `<Relationships xmlns="` + packSpace + `">` + rel("rId1", "officeDocument", "xl/workbook.xml") + `</Relationships>`,
		"xl/workbook.xml":     xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships xmlns="` + packSpace + `">` + rel("rId1", "worksheet", "worksheets/sheet1.xml") +
			rel("rId2", "sharedStrings", "sharedStrings.xml") + rel("rId3", "styles", "/xl/styles.xml") + `</Relationships>`,
		"xl/sharedStrings.xml": xmlHead + `<sst xmlns="` + mainSpace + `"><si><t>Lào Cai</t></si><si><t>Sa Pa</t></si></sst>`,
		"xl/styles.xml": xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
			`<fonts><font><name val="Times New Roman"/></font><font><b/><name val=".VnTime"/></font></fonts>` +
			`<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>` +
			`<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="3" fontId="0"/><xf numFmtId="2" fontId="1"><alignment indent="2"/></xf></cellXfs></styleSheet>`,
	}
}

// sheetXML wraps rows.
func sheetXML(rows string) string {
	return xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// bookWith makes a workbook whose sheet is this part.
func bookWith(tb testing.TB, sheet string) []byte {
	tb.Helper()
	parts := frameParts()
	parts["xl/worksheets/sheet1.xml"] = sheet
	return zipOf(tb, parts)
}

// zipOf packs parts, sorted by name.
func zipOf(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var entries []rawEntry
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		entries = append(entries, entryOf(tb, name, []byte(parts[name])))
	}
	return zipEntries(tb, entries)
}

// rawEntry is a zip entry whose header may lie.
type rawEntry struct {
	header zip.FileHeader
	data   []byte // as stored
}

// entryOf compresses a part and tells the truth about it.
func entryOf(tb testing.TB, name string, content []byte) rawEntry {
	tb.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 6)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return rawEntry{zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
		UncompressedSize64: uint64(len(content)), CompressedSize64: uint64(b.Len()),
	}, b.Bytes()}
}

// storedZip packs parts without compressing them, which is quick.
func storedZip(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var entries []rawEntry
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		content := []byte(parts[name])
		entries = append(entries, rawEntry{zip.FileHeader{
			Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(content),
			UncompressedSize64: uint64(len(content)), CompressedSize64: uint64(len(content)),
		}, content})
	}
	return zipEntries(tb, entries)
}

// zipEntries writes entries as they are.
func zipEntries(tb testing.TB, entries []rawEntry) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := e.header
		part, err := w.CreateRaw(&h)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write(e.data); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// ooxmlOf gives what stands behind a workbook of that format.
func ooxmlOf(wb *Workbook) *ooxml { return wb.back.(*ooxml) }
