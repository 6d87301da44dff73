package xlsx

import (
	"errors"
	"strings"
)

// ErrorKind says what is wrong with a file, as a stable code. The codes live
// for ever; words for people are chosen elsewhere. An ErrorKind is itself an
// error so that errors.Is(err, KindDuplicateCell) asks the question.
type ErrorKind string

// The kinds of refusal. The first group is about the file as a whole, the
// second about what is inside a workbook.
const (
	KindEmpty          ErrorKind = "empty"           // no bytes at all
	KindNotSpreadsheet ErrorKind = "not-spreadsheet" // something else: a picture, a document, an archive
	KindLegacyXLS      ErrorKind = "legacy-xls"      // Excel 2 to 4, before 1993
	KindODS            ErrorKind = "ods"             // OpenDocument spreadsheet as one file of XML
	KindXLSB           ErrorKind = "xlsb"            // Excel binary workbook in a zip
	KindHTML           ErrorKind = "html"            // a web page, often called .xls by exporters
	KindXML2003        ErrorKind = "xml-2003"        // XML Spreadsheet 2003
	KindCSV            ErrorKind = "csv"             // text that is no table
	KindEncrypted      ErrorKind = "encrypted"       // protected by a password to open

	KindDamaged        ErrorKind = "damaged"          // zip, checksum, size or structure is broken
	KindTooLarge       ErrorKind = "too-large"        // a limit is passed; Error.Limit names it
	KindTooManyCells   ErrorKind = "too-many-cells"   // more cells than Limits.Cells or Limits.GridCells
	KindDuplicateCell  ErrorKind = "duplicate-cell"   // one address holds two cells
	KindCodePage       ErrorKind = "code-page"        // texts in a code page that is not known here, or cannot be told
	KindBadStringIndex ErrorKind = "bad-string-index" // a text cell points outside the table of texts
	KindBadRef         ErrorKind = "bad-ref"          // an address that is none, or off the sheet
	KindBadValue       ErrorKind = "bad-value"        // a value that is not of the cell's type
	KindMissingPart    ErrorKind = "missing-part"     // the workbook names a part the file lacks
	KindDOCTYPE        ErrorKind = "doctype"          // a document type declaration, the door to entity attacks
	KindUnknownEntity  ErrorKind = "unknown-entity"   // &name; other than the five of XML
	KindUnbalancedXML  ErrorKind = "unbalanced-xml"   // elements not closed in order, or a part cut off
	KindMalformedXML   ErrorKind = "malformed-xml"    // any other offence against XML
)

// Error makes the kind an error of its own, for errors.Is.
func (k ErrorKind) Error() string { return string(k) }

// Error is a refusal: what is wrong and where. Fields that do not apply are
// empty.
type Error struct {
	Kind   ErrorKind
	Part   string // name of the part inside the file, "xl/worksheets/sheet1.xml"
	Sheet  string // name of the sheet as its tab shows it
	Ref    string // cell "B7", or row "7:7", at which reading stopped
	Limit  string // field of Limits that was passed, with KindTooLarge and KindTooManyCells
	Detail string // for operators, in English
	Err    error  // cause, if another library found it
}

// Error tells where, what, and why, in that order.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("xlsx: ")
	for _, w := range []struct{ before, what string }{
		{"", e.Part}, {"sheet ", e.Sheet}, {"cell ", e.Ref},
	} {
		if w.what != "" {
			b.WriteString(w.before + w.what + ": ")
		}
	}
	b.WriteString(string(e.Kind))
	if e.Limit != "" {
		b.WriteString(" (limit " + e.Limit + ")")
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the kind of e.
func (e *Error) Is(target error) bool {
	k, ok := target.(ErrorKind)
	return ok && k == e.Kind
}

// KindOf gives the kind of the refusal in err's chain, "" if there is none.
func KindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}
