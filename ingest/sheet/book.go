package sheet

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

// Book is a workbook that was read.
type Book struct {
	Format string            // xlsx, xls, ods, csv, tsv
	Sheets []*Sheet          // those of the paper: none of ours
	Props  map[string]string // custom document properties
	Macros bool              // it carries macros, which were not run
	Lists  []List            // sheets that we put there ourselves
}

// List is a sheet that we put into a workbook to say what is wrong with it, come
// back with the workbook. Nothing on it is read but what was answered there.
type List struct {
	Name    string
	Cells   int // with something in them
	Answers []xlsx.Answer
}

// Add puts a sheet after those of the book, or among the lists where it is one of
// ours.
func (b *Book) Add(s *Sheet) {
	list, ours := listOf(s)
	if !ours {
		b.Sheets = append(b.Sheets, s)
		return
	}
	b.Lists = append(b.Lists, list)
	giveBack(s.Cells) // their texts may be held on
}

// listOf makes a list of a sheet, where it is one.
func listOf(s *Sheet) (List, bool) {
	if c := s.At(1, 1); c == nil || !xlsx.IsListMark(c.Raw) {
		return List{}, false
	}
	text := func(row, col int) string {
		if c := s.At(row, col); c != nil {
			return c.Raw
		}
		return ""
	}
	last := s.Cells[len(s.Cells)-1].Row
	return List{Name: s.Name, Cells: len(s.Cells), Answers: xlsx.ReadAnswers(text, last, s.MaxCol)}, true
}

// Cells counts the cells with something in them.
func (b *Book) Cells() int {
	n := 0
	for _, s := range b.Sheets {
		n += len(s.Cells)
	}
	return n
}

// Release gives the room of the cells back to be used again for other books. Nothing of
// the book may be used any more; texts that were taken from it may.
func (b *Book) Release() {
	for _, s := range b.Sheets {
		giveBack(s.Cells)
		s.Cells, s.rows = nil, nil
	}
}

// Open reads a workbook whole, or says why not: what the file is instead, or
// what is broken in it. The fault is nil when all of it was read.
func Open(body []byte, limits xlsx.Limits) (*Book, *fault.Fault) {
	file, err := xlsx.Open(bytes.NewReader(body), int64(len(body)), limits)
	if err != nil {
		return nil, Refusal(err, limits)
	}
	book := &Book{Format: string(file.Format), Macros: file.HasMacros}
	if book.Props, err = file.CustomProps(); err != nil {
		return nil, Refusal(err, limits)
	}
	for _, info := range file.Sheets {
		s, err := read(file, info.Index)
		if err != nil {
			return nil, Refusal(err, limits)
		}
		s.Hidden, s.State = info.State != xlsx.Visible, info.State.String()
		book.Add(s)
	}
	return book, nil
}

// Refusal puts a refusal of package xlsx into the words of the catalogue.
func Refusal(err error, limits xlsx.Limits) *fault.Fault {
	var e *xlsx.Error
	if !errors.As(err, &e) {
		e = &xlsx.Error{Kind: xlsx.KindDamaged, Err: err}
	}
	f := refusal(e, limits)
	if e.Sheet != "" {
		f = f.At(e.Sheet, e.Ref)
	}
	return &f
}

// plainRefusals are the kinds that need no arguments.
var plainRefusals = map[xlsx.ErrorKind]fault.Code{
	xlsx.KindLegacyXLS: fault.FileOldExcel,
	xlsx.KindODS:       fault.FileODS,
	xlsx.KindHTML:      fault.FileWebPage,
	xlsx.KindXML2003:   fault.FileWebPage,
	xlsx.KindCSV:       fault.FileCSV,
	xlsx.KindEncrypted: fault.FilePassword,
}

func refusal(e *xlsx.Error, limits xlsx.Limits) fault.Fault {
	if code, ok := plainRefusals[e.Kind]; ok {
		return fault.New(code)
	}
	switch e.Kind {
	case xlsx.KindEmpty:
		return fault.New(fault.FileEmpty)
	case xlsx.KindNotSpreadsheet:
		return fault.New(fault.FileNotSpreadsheet, fault.Both("got", "loại tệp khác", "another kind of file"))
	case xlsx.KindCodePage:
		return fault.New(fault.FileCodePage, fault.A("detail", e.Detail))
	case xlsx.KindXLSB:
		return fault.New(fault.FileNotSpreadsheet, fault.Both("got", "bảng tính nhị phân (.xlsb), chưa đọc được", "a binary workbook (.xlsb), which is not read here"))
	case xlsx.KindTooLarge, xlsx.KindTooManyCells:
		return tooMuch(e, limits)
	case xlsx.KindDOCTYPE, xlsx.KindUnknownEntity:
		return fault.New(fault.FileForbiddenMarkup, fault.A("part", path.Base(e.Part)))
	case xlsx.KindBadRef:
		if e.Sheet != "" {
			return fault.New(fault.FileCellOffGrid, fault.A("got", e.Ref))
		}
	}
	code := fault.FileDamaged
	if e.Sheet != "" {
		code = fault.FileSheetDamaged
	}
	return fault.New(code, fault.A("detail", detail(e)))
}

// detail is for the one who helps the clerk: part, kind, cause.
func detail(e *xlsx.Error) string {
	words := []string{string(e.Kind)}
	if e.Detail != "" {
		words = append(words, e.Detail)
	}
	if e.Part != "" {
		words = append([]string{e.Part}, words...)
	}
	return strings.Join(words, ": ")
}

// tooMuch names the limit that was passed.
func tooMuch(e *xlsx.Error, limits xlsx.Limits) fault.Fault {
	l, d := limits, xlsx.DefaultLimits()
	size := func(set, standard int64) fault.Arg { return fault.A("limit", megabytes(cmp.Or(set, standard))) }
	count := func(set, standard int) fault.Arg { return fault.A("limit", strconv.Itoa(cmp.Or(set, standard))) }
	switch e.Limit {
	case "FileBytes":
		return fault.New(fault.FileTooLarge, size(l.FileBytes, d.FileBytes))
	case "PartBytes":
		return fault.New(fault.FileInflatesTooFar, size(l.PartBytes, d.PartBytes))
	case "InflatedBytes":
		return fault.New(fault.FileInflatesTooFar, size(l.InflatedBytes, d.InflatedBytes))
	case "StringBytes":
		return fault.New(fault.FileTooMuchText, size(l.StringBytes, d.StringBytes))
	case "NameBytes":
		return fault.New(fault.FileTooMuchText, size(l.NameBytes, d.NameBytes))
	case "Parts":
		return fault.New(fault.FileTooManyParts, count(l.Parts, d.Parts))
	case "Cells":
		return fault.New(fault.FileTooManyCells, count(l.Cells, d.Cells))
	case "GridCells":
		return fault.New(fault.FileTooManyCells, count(l.GridCells, d.GridCells))
	case "Depth":
		return fault.New(fault.FileNestedTooDeep, count(l.Depth, d.Depth))
	case "Sheets":
		return tooMany("trang tính", "sheets", count(l.Sheets, d.Sheets))
	case "Names":
		return tooMany("tên vùng", "defined names", count(l.Names, d.Names))
	case "Styles":
		return tooMany("kiểu định dạng ô", "cell formats", count(l.Styles, d.Styles))
	case "Strings":
		return tooMany("đoạn chữ", "texts", count(l.Strings, d.Strings))
	case "Merges":
		return tooMany("vùng ô gộp, dòng và cột ẩn", "merged cells, hidden rows and columns", count(l.Merges, d.Merges))
	case "CellRunes":
		return tooMany("ký tự trong một ô", "characters in one cell", count(l.CellRunes, d.CellRunes))
	case "AttrBytes":
		return tooMany("ký tự trong một thuộc tính", "characters in one attribute", count(l.AttrBytes, d.AttrBytes))
	case "TokenBytes":
		return tooMany("ký tự trong một thẻ", "characters in one tag", count(l.TokenBytes, d.TokenBytes))
	}
	return fault.New(fault.FileDamaged, fault.A("detail", detail(e)))
}

func tooMany(vi, en string, limit fault.Arg) fault.Fault {
	return fault.New(fault.FileTooMany, fault.Both("what", vi, en), limit)
}

// megabytes writes a size as people say it.
func megabytes(n int64) string {
	const mb = 1 << 20
	if n < mb {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	return fmt.Sprintf("%d MB", n/mb)
}
