package xlsx

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"
	"unicode/utf16"

	"tonghop/internal/xlsx/xlstest"
)

// compoundFile makes the head of a compound file and directory entries.
func compoundFile(names ...string) []byte {
	b := make([]byte, 512)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for _, name := range names {
		entry := make([]byte, oleEntry)
		for i, u := range utf16.Encode([]rune(name)) {
			entry[2*i], entry[2*i+1] = byte(u), byte(u>>8)
		}
		entry[oleNameLength] = byte(2*len(name) + 2)
		b = append(b, entry...)
	}
	return b
}

func TestSniff(t *testing.T) {
	withMain := func(target string, more ...string) []byte {
		parts := frameParts()
		parts["_rels/.rels"] = strings.Replace(parts["_rels/.rels"], "xl/workbook.xml", target, 1)
		parts[target] = parts["xl/workbook.xml"]
		delete(parts, "xl/workbook.xml")
		for i := 0; i < len(more); i += 2 {
			parts[more[i]] = more[i+1]
		}
		return zipOf(t, parts)
	}
	zipped := func(parts map[string]string) []byte { return zipOf(t, parts) }
	tests := []struct {
		name   string
		file   []byte
		format Format
		kind   ErrorKind // of Open
	}{
		{"nothing", nil, FormatEmpty, KindEmpty},
		{"workbook", bookWith(t, sheetXML("")), FormatXLSX, ""},
		{"workbook under another name", withMain("book/the-workbook.xml"), FormatXLSX, KindMissingPart},
		{"binary workbook", withMain("xl/workbook.bin"), FormatXLSB, KindXLSB},
		{"OpenDocument", zipped(map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), FormatODS, KindDamaged},
		{"OpenDocument in order", odsWith(t, ""), FormatODS, ""},
		{"OpenDocument that lost its mark", odsWith(t, "", "mimetype", ""), FormatODS, ""},
		{"OpenDocument as one file", []byte(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`), FormatFODS, KindODS},
		{"OpenDocument text", zipped(map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}), FormatZip, KindNotSpreadsheet},
		{"Word document", zipped(map[string]string{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), FormatZip, KindNotSpreadsheet},
		{"empty archive", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), FormatZip, KindNotSpreadsheet},
		{"half an archive", []byte("PK\x03\x04 and so on"), FormatZip, KindDamaged},
		{"Excel 97", compoundFile("Root Entry", "Workbook"), FormatXLS, KindDamaged},
		{"Excel 5", compoundFile("Root Entry", "Book"), FormatXLS, KindDamaged},
		{"password", compoundFile("Root Entry", "EncryptionInfo", "EncryptedPackage"), FormatEncrypted, KindEncrypted},
		{"Word 97 with a table of Excel", xlstest.Compound("WordDocument", nil, "Workbook"), FormatOLE, KindNotSpreadsheet},
		{"Excel 97 with a text of Word", compoundFile("Root Entry", "Workbook", "WordDocument"), FormatXLS, KindDamaged},
		{"compound file without a directory", compoundFile(), FormatOLE, KindDamaged},
		{"another document in a compound file", xlstest.Compound("Contents", nil), FormatOLE, KindNotSpreadsheet},
		{"Excel 97, whole", oldBook().Bytes(), FormatXLS, ""},
		{"Excel 5, whole", xlstest.Book{Narrow: true, Sheets: []xlstest.Sheet{{Name: "S"}}}.Bytes(), FormatXLS, ""},
		{"Excel 5, outside a compound file", xlstest.Book{Narrow: true, Sheets: []xlstest.Sheet{{Name: "S"}}}.Stream(), FormatXLS, ""},
		{"Excel 2", []byte{9, 0, 4, 0, 2, 0, 0x10, 0, 0, 0}, FormatXLS, KindLegacyXLS},
		{"csv", []byte("mã;tên\n1;Lào Cai\n"), FormatText, ""},
		{"csv with a mark", []byte("\xef\xbb\xbfmã,tên\n"), FormatText, ""},
		{"csv in UTF-16", []byte("\xff\xfem\x00,\x00n\x00"), FormatText, ""},
		{"csv in an old code page", []byte("B\xecnh Dinh,1\n"), FormatText, ""},
		{"csv whose head ends inside a character", []byte(strings.Repeat("ể", 4<<10/3) + ";1\n"), FormatText, ""},
		{"a letter", []byte("Kính gửi: Sở Y tế,\nĐề nghị báo cáo trước ngày 30.\n"), FormatText, KindCSV},
		{"page", []byte("\r\n <HTML><body><table>"), FormatHTML, KindHTML},
		{"page for Excel", []byte(`<html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><table>`), FormatHTML, KindHTML},
		{"table alone", []byte("<table border=1><tr>"), FormatHTML, KindHTML},
		{"page in an envelope", []byte("MIME-Version: 1.0\n\n<html>"), FormatHTML, KindHTML},
		{"XML 2003", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>`), FormatXML2003, KindXML2003},
		{"other XML", []byte(`<?xml version="1.0"?><document/>`), FormatUnknown, KindNotSpreadsheet},
		{"PDF", []byte("%PDF-1.7\n"), FormatUnknown, KindNotSpreadsheet},
		{"picture", []byte("\x89PNG\r\n\x1a\n\x00"), FormatUnknown, KindNotSpreadsheet},
		{"blank lines", []byte("  \n\n"), FormatText, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Sniff(bytes.NewReader(test.file), int64(len(test.file))); got != test.format {
				t.Errorf("is %s, want %s", got, test.format)
			}
			_, err := openBytes(test.file)
			if KindOf(err) != test.kind || err != nil && !errors.Is(err, test.kind) {
				t.Errorf("Open: %v, want %q", err, test.kind)
			}
		})
	}
}

// TestWorkbookAnywhere opens a workbook whose parts are not in their usual
// folders.
func TestWorkbookAnywhere(t *testing.T) {
	parts := make(map[string]string)
	for name, content := range maps.All(fullParts()) {
		content = strings.ReplaceAll(content, `"/xl/`, `"/`)
		parts[strings.TrimPrefix(name, "xl/")] = strings.ReplaceAll(content, `'/xl/`, `'/`)
	}
	if n, err := readAll(zipOf(t, parts)); n != 3 || err != nil {
		t.Errorf("%d cells, %v", n, err)
	}
}
