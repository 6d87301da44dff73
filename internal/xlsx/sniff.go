package xlsx

import (
	"bytes"
	"encoding/binary"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// Format is what a file is, judged by its content.
type Format string

// The formats that are told apart.
const (
	FormatEmpty     Format = "empty"
	FormatXLSX      Format = "xlsx"      // Office Open XML workbook, with macros or without
	FormatXLSB      Format = "xlsb"      // the same in binary
	FormatODS       Format = "ods"       // OpenDocument spreadsheet
	FormatFODS      Format = "fods"      // the same as one file of XML
	FormatZip       Format = "zip"       // any other zip, a text document among them
	FormatXLS       Format = "xls"       // Excel 97-2003 and older
	FormatEncrypted Format = "encrypted" // a workbook behind a password
	FormatOLE       Format = "ole"       // any other compound file
	FormatHTML      Format = "html"      // a web page
	FormatXML2003   Format = "xml-2003"  // XML Spreadsheet 2003
	FormatText      Format = "text"      // csv, most likely; Open tells which
	FormatCSV       Format = "csv"       // text with fields between ; or , or |
	FormatTSV       Format = "tsv"       // text with fields between tabs
	FormatUnknown   Format = "unknown"
)

// refusal gives the kind with which Open refuses a format, "" for none.
func (f Format) refusal() ErrorKind {
	switch f {
	case FormatXLSX, FormatODS, FormatXLS, FormatText:
		return ""
	case FormatEmpty:
		return KindEmpty
	case FormatXLSB:
		return KindXLSB
	case FormatFODS:
		return KindODS
	case FormatEncrypted:
		return KindEncrypted
	case FormatHTML:
		return KindHTML
	case FormatXML2003:
		return KindXML2003
	}
	return KindNotSpreadsheet
}

// Sniff says what a file is by its content; its name is never asked. A zip that
// cannot be read is FormatZip, and Open says what is wrong with it.
func Sniff(r io.ReaderAt, size int64) Format {
	format, _, _ := classify(r, size, DefaultLimits())
	return format
}

// classify is Sniff for one who goes on reading: with the zip opened, and the
// error if it is one that cannot be.
func classify(r io.ReaderAt, size int64, lim Limits) (Format, *pkg, error) {
	if size <= 0 {
		return FormatEmpty, nil, nil
	}
	head, err := startOf(r, min(size, 4))
	if err != nil {
		return FormatUnknown, nil, err
	}
	if string(head) == "PK\x03\x04" || string(head) == "PK\x05\x06" {
		p, err := openPkg(r, size, lim)
		if err != nil {
			return FormatZip, nil, err
		}
		return p.format(), p, nil
	}
	if head, err = startOf(r, min(size, 8<<10)); err != nil {
		return FormatUnknown, nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(r, size), nil, nil
	case isBareBIFF(head):
		return FormatXLS, nil, nil
	}
	return sniffText(head), nil, nil
}

// startOf gives the first bytes of a file that has as many.
func startOf(r io.ReaderAt, n int64) ([]byte, error) {
	head := make([]byte, n)
	if n, err := r.ReadAt(head, 0); err != nil && !(err == io.EOF && n == len(head)) {
		return nil, &Error{Kind: KindDamaged, Detail: "reading the file", Err: err}
	}
	return head, nil
}

// mediaTypeODS begins the media type of spreadsheets and of their templates.
const mediaTypeODS = "application/vnd.oasis.opendocument.spreadsheet"

// format tells what kind of zip it is: by the part that the package names as
// its document, or by the mark of OpenDocument.
func (p *pkg) format() Format {
	if mark := p.part("mimetype"); mark != nil {
		if strings.HasPrefix(p.start(mark), mediaTypeODS) {
			return FormatODS
		}
		return FormatZip
	}
	// A file that was unpacked and packed again may have lost its mark.
	if strings.Contains(p.start(p.part("META-INF/manifest.xml")), `"`+mediaTypeODS) {
		return FormatODS
	}
	main := ""
	if arrows, err := p.outset(); err == nil {
		main = strings.ToLower(find(arrows, "officeDocument"))
	}
	switch base := path.Base(main); {
	case p.part("xl/workbook.bin") != nil, strings.HasSuffix(base, ".bin"):
		return FormatXLSB
	case p.part("xl/workbook.xml") != nil, strings.Contains(base, "workbook"):
		return FormatXLSX
	case main != "" && strings.Contains(p.start(p.part("[Content_Types].xml")), "spreadsheetml"):
		return FormatXLSX
	}
	return FormatZip
}

// start gives the first bytes of a part, "" if they cannot be had.
func (p *pkg) start(part *part) string {
	if part == nil {
		return ""
	}
	r, err := p.open(part)
	if err != nil {
		return ""
	}
	defer r.close()
	b, _ := io.ReadAll(io.LimitReader(r, 16<<10))
	return string(b)
}

// A directory entry of a compound file has 128 bytes and begins at a multiple
// of them: a name in UTF-16, at most 32 units, and at byte 64 the bytes it takes
// with the zero at its end.
const (
	oleEntry      = 128
	oleNameLength = 64
)

// sniffOLE looks for the names of streams in a compound file. It looks at every
// place where the directory may have an entry instead of following the chains
// to it: they are what is broken in a broken file, and what is looped in a
// hostile one. The first name that tells decides, as what is embedded in a file
// comes after what the file is.
func sniffOLE(r io.ReaderAt, size int64) Format {
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; at += int64(len(buf)) {
		n, err := r.ReadAt(buf, at)
		for b := buf[:n]; len(b) >= oleEntry; b = b[oleEntry:] {
			switch entryName(b) {
			case "encryptedpackage":
				return FormatEncrypted
			case "worddocument", "powerpoint document":
				return FormatOLE
			case "workbook", "book":
				return FormatXLS
			}
		}
		if err != nil {
			break
		}
	}
	return FormatOLE
}

// entryName gives the name of a directory entry in small letters, "" if this is
// none or its name is not ASCII.
func entryName(b []byte) string {
	n := int(binary.LittleEndian.Uint16(b[oleNameLength:])) - 2
	if n <= 0 || n >= oleNameLength || n%2 != 0 || b[n] != 0 || b[n+1] != 0 {
		return ""
	}
	name := make([]byte, 0, oleNameLength/2)
	for i := 0; i < n; i += 2 {
		if b[i] == 0 || b[i] >= 0x80 || b[i+1] != 0 {
			return ""
		}
		name = append(name, b[i])
	}
	return strings.ToLower(string(name))
}

// isBareBIFF knows workbooks of Excel 2 to 5 outside a compound file, by their
// first record.
func isBareBIFF(head []byte) bool {
	return len(head) >= 8 && head[0] == 0x09 && (head[1] == 0 || head[1] == 2 || head[1] == 4 || head[1] == 8) &&
		(head[2] == 4 || head[2] == 6 || head[2] == 8 || head[2] == 16) && head[3] == 0
}

// sniffText tells pages and plain text from bytes that are neither.
func sniffText(head []byte) Format {
	text := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		text = bytes.ReplaceAll(head[2:], []byte{0}, nil) // near enough for ASCII markup
	} else if !looksLikeText(text) {
		return FormatUnknown
	}
	text = bytes.ToLower(bytes.TrimSpace(text))
	has := func(s string) bool { return bytes.Contains(text, []byte(s)) }
	switch {
	case len(text) == 0:
		return FormatText
	case text[0] != '<' && !bytes.HasPrefix(text, []byte("mime-version:")):
		return FormatText
	case has("<office:document") && has(mediaTypeODS):
		return FormatFODS
	case has("urn:schemas-microsoft-com:office:spreadsheet"), has(`progid="excel.sheet"`):
		if !has("<html") {
			return FormatXML2003
		}
		return FormatHTML
	case has("<html"), has("<!doctype html"), has("<table"), has("<body"), has("<div"), has("<meta"):
		return FormatHTML
	case has("<?xml"), has("<!doctype"):
		return FormatUnknown
	}
	return FormatText
}

// looksLikeText allows any encoding that keeps ASCII, but no control
// characters other than those of text.
func looksLikeText(b []byte) bool {
	if bytes.HasPrefix(b, []byte("%PDF")) || bytes.HasPrefix(b, []byte("{\\rtf")) {
		return false
	}
	high := 0
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a {
			return false
		}
		if c >= 0x80 {
			high++
		}
	}
	for i := 1; i < utf8.UTFMax && i < len(b); i++ { // the head may end inside a character
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				b = b[:len(b)-i]
			}
			break
		}
	}
	// Compressed data soon shows a control character; short heads may not.
	return utf8.Valid(b) || high*2 < len(b)
}
