package biff_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"tonghop/internal/xlsx/biff"
	"tonghop/internal/xlsx/xlstest"
)

// extra is a book whose sheet has these records, and one number.
func extra(records ...[]byte) []byte {
	b := cellsOf(1.0)
	b.Sheets[0].Extra = slices.Concat(records...)
	return b.Stream()
}

// inBook is a book that has these records among its own.
func inBook(records ...[]byte) []byte {
	b := cellsOf(1.0)
	b.Extra = slices.Concat(records...)
	return b.Stream()
}

// TestDamage is the table of what must not be read as if it were whole.
func TestDamage(t *testing.T) {
	record := xlstest.Record
	at := func(row, col, style int) []byte {
		return []byte{byte(row), byte(row >> 8), byte(col), byte(col >> 8), byte(style), byte(style >> 8)}
	}
	whole := cellsOf("Hải Dương", 1.0).Stream()
	open := cellsOf(1.0)
	open.Sheets[0].Open = true
	narrow := func(page int, text string) []byte {
		b := cellsOf(text)
		b.Narrow, b.CodePage = true, page
		return b.Stream()
	}
	twoAt := func() []byte {
		b := xlstest.Book{Sheets: []xlstest.Sheet{{Name: "A"}, {Name: "B"}}}.Stream()
		// The second BOUNDSHEET takes the place of the first.
		first := bytes.Index(b, []byte{0x85, 0, 9, 0})
		second := first + 4 + 9
		copy(b[second+4:second+8], b[first+4:first+8])
		return b
	}
	for _, tt := range []struct {
		name   string
		stream []byte
		kind   biff.Kind
		limit  string
	}{
		{"no bytes", nil, biff.Damaged, ""},
		{"cut off in the workbook", whole[:60], biff.Damaged, ""},
		{"cut off in the sheet", whole[:len(whole)-10], biff.Damaged, ""},
		{"cut off before the end mark", whole[:len(whole)-4], biff.Damaged, ""},
		{"a sheet that goes on for ever", open.Stream(), biff.Damaged, ""},
		{"something else", []byte("mã;tên;số\n288;Hải Dương;5\n"), biff.Damaged, ""},
		{"a version to come", record(0x0809, uint16(0x0700), uint16(5), make([]byte, 12)), biff.Damaged, ""},
		{"a first record of nothing", record(0x0809), biff.Damaged, ""},
		{"Excel 2", record(0x0009, uint16(2), uint16(0x10)), biff.OldFormat, ""},
		{"Excel 3", record(0x0209, uint16(0), uint16(0x10), uint16(0)), biff.OldFormat, ""},
		{"Excel 4", record(0x0409, uint16(0), uint16(0x10), uint16(0)), biff.OldFormat, ""},
		{"Excel 2 in a later record", record(0x0809, uint16(2), uint16(0x10), uint16(0)), biff.OldFormat, ""},
		{"a workspace", record(0x0809, uint16(0x0600), uint16(0x100), make([]byte, 12)), biff.Damaged, ""},
		{"no sheets", xlstest.Book{}.Stream(), biff.Damaged, ""},
		{"a password", inBook(record(0x002F, uint16(1))), biff.Encrypted, ""},
		{"two sheets of one name", xlstest.Book{Sheets: []xlstest.Sheet{{Name: "Biểu"}, {Name: "BIỂU"}}}.Stream(), biff.Damaged, ""},
		{"two sheets in one place", twoAt(), biff.Damaged, ""},
		{"a sheet in a state that is none", xlstest.Book{Sheets: []xlstest.Sheet{{Name: "A", State: 3}}}.Stream(), biff.Damaged, ""},
		{"a sheet that is nowhere", inBook(record(0x0085, uint32(1<<30), byte(0), byte(0), xlstest.Text("B", 1))), biff.Damaged, ""},
		{"a sheet before the beginning", inBook(record(0x0085, uint32(1<<32-8), byte(0), byte(0), xlstest.Text("B", 1))), biff.Damaged, ""},
		{"a sheet in the middle of something", inBook(record(0x0085, uint32(3), byte(0), byte(0), xlstest.Text("B", 1))), biff.Damaged, ""},
		{"a sheet of three bytes", inBook(record(0x0085, "abc")), biff.Damaged, ""},
		{"a font of three bytes", inBook(record(0x0031, "abc")), biff.Damaged, ""},
		{"a font with half its name", inBook(record(0x0031, make([]byte, 14), byte(9), byte(0), "Ari")), biff.Damaged, ""},
		{"a format of two bytes", inBook(record(0x041E, "ab")), biff.Damaged, ""},
		{"a cell format of three bytes", inBook(record(0x00E0, "abc")), biff.Damaged, ""},
		{"two tables of texts", inBook(record(0x00FC, uint64(0)), record(0x00FC, uint64(0))), biff.Damaged, ""},
		{"a table of texts cut short", inBook(record(0x00FC, uint32(1), uint32(1), uint16(9), byte(0), "Hai D")), biff.Damaged, ""},
		{"half a character", inBook(record(0x00FC, uint32(1), uint32(1), uint16(2), byte(1), "abc")), biff.Damaged, ""},
		{"a text beyond the table", extra(record(0x00FD, at(1, 0, 0), uint32(5))), biff.BadStringIndex, ""},
		{"a text before the table", extra(record(0x00FD, at(1, 0, 0), uint32(1<<32-1))), biff.BadStringIndex, ""},
		{"a text longer than its record", extra(record(0x0204, at(1, 0, 0), uint16(9), byte(0), "abc")), biff.Damaged, ""},
		{"fonts of a text out of order", extra(record(0x00D6, at(1, 0, 0), uint16(3), byte(0), "abc", uint16(2), uint16(2), uint16(0), uint16(1), uint16(0))), biff.Damaged, ""},
		{"a number of four bytes", extra(record(0x0203, at(1, 0, 0), uint32(0))), biff.Damaged, ""},
		{"a cell of three bytes", extra(record(0x0203, "abc")), biff.Damaged, ""},
		{"an error that is none", extra(record(0x0205, at(1, 0, 0), byte(0x99), byte(1))), biff.BadValue, ""},
		{"a formula's value that is none", extra(record(0x0006, at(1, 0, 0), "\x09\x00\x00\x00\x00\x00\xff\xff", make([]byte, 8))), biff.BadValue, ""},
		{"a formula of three bytes", extra(record(0x0006, at(1, 0, 0), "abc")), biff.Damaged, ""},
		{"a style beyond the table", extra(record(0x0203, at(1, 0, 77), 1.0)), biff.Damaged, ""},
		{"a column beyond the last", extra(record(0x0203, at(1, 256, 0), 1.0)), biff.Damaged, ""},
		{"a cell twice", extra(record(0x0203, at(0, 0, 0), 2.0)), biff.DuplicateCell, ""},
		{"a cell that is blanked again", extra(record(0x0201, at(0, 0, 0))), biff.DuplicateCell, ""},
		{"numbers that do not end where they say", extra(record(0x00BD, uint16(1), uint16(0), uint16(0), uint32(2), uint16(3))), biff.Damaged, ""},
		{"numbers of odd length", extra(record(0x00BD, uint16(1), uint16(0), uint16(0), uint32(2), byte(0), uint16(0))), biff.Damaged, ""},
		{"numbers beyond the last column", extra(record(0x00BD, uint16(1), uint16(255), uint16(0), uint32(2), uint16(0), uint32(2), uint16(256))), biff.Damaged, ""},
		{"a row of three bytes", extra(record(0x0208, "abc")), biff.Damaged, ""},
		{"columns the wrong way round", extra(record(0x007D, uint16(5), uint16(2), make([]byte, 8))), biff.Damaged, ""},
		{"columns of three bytes", extra(record(0x007D, "abc")), biff.Damaged, ""},
		{"merged cells the wrong way round", extra(record(0x00E5, uint16(1), uint16(5), uint16(2), uint16(0), uint16(0))), biff.Damaged, ""},
		{"more merged cells than there are", extra(record(0x00E5, uint16(9), make([]byte, 8))), biff.Damaged, ""},
		{"a code page that is not known", narrow(932, "\x93\xfa"), biff.CodePage, ""},
		{"UTF-8 that is none", narrow(65001, "B\xecnh"), biff.Damaged, ""},

		{"too many sheets", inBook(bytes.Repeat(record(0x0085, uint32(0), byte(0), byte(2), xlstest.Text("B", 1)), 1)), biff.TooLarge, "Sheets"},
		{"too many fonts", inBook(bytes.Repeat(record(0x0031, make([]byte, 14), byte(0), byte(0)), 4)), biff.TooLarge, "Styles"},
		{"too many cell formats", inBook(bytes.Repeat(record(0x00E0, make([]byte, 20)), 4)), biff.TooLarge, "Styles"},
		{"too long names", inBook(bytes.Repeat(record(0x041E, uint16(164), xlstest.Text(strings.Repeat("0", 39), 2)), 2)), biff.TooLarge, "NameBytes"},
		{"too many texts", inBook(record(0x00FC, uint64(0), bytes.Repeat([]byte{0, 0, 0}, 11))), biff.TooLarge, "Strings"},
		{"too many pieces of rich text", inBook(record(0x00FC, uint64(0), uint16(0), byte(8), uint16(11))), biff.TooLarge, "Strings"},
		{"too many characters", inBook(record(0x00FC, uint64(0), xlstest.Text(strings.Repeat("ế", 50), 2))), biff.TooLarge, "CellRunes"},
		{"too much text", inBook(record(0x00FC, uint64(0), bytes.Repeat(xlstest.Text(strings.Repeat("ế", 30), 2), 3))), biff.TooLarge, "StringBytes"},
		{"too many cells", extra(record(0x00BE, uint16(1), uint16(0), make([]byte, 12), uint16(5))), biff.TooManyCells, "Cells"},
		{"too many merged cells", extra(record(0x00E5, uint16(3), make([]byte, 24))), biff.TooLarge, "Merges"},
		{"too many hidden columns", extra(bytes.Repeat(record(0x007D, make([]byte, 12)), 3)), biff.TooLarge, "Merges"},
		{"too many hidden rows", extra(bytes.Repeat(record(0x0208, make([]byte, 16)), 3)), biff.TooLarge, "Merges"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lim := wideLimits
			if tt.limit != "" {
				lim = biff.Limits{Sheets: 1, Styles: 3, NameBytes: 60, Strings: 10, StringBytes: 200, Cells: 5, Merges: 2, CellRunes: 40}
			}
			got, _, err := lines(tt.stream, lim)
			e, ok := errors.AsType[*biff.Error](err)
			if !ok || e.Kind != tt.kind || e.Limit != tt.limit {
				t.Errorf("%q, %v, want %s %s", got, err, tt.kind, tt.limit)
			}
		})
	}
}

// TestCutOffAnywhere: what is cut off is refused, wherever the cut is.
func TestCutOffAnywhere(t *testing.T) {
	b := cellsOf("Hải Dương", 1.0, xlstest.Formula{Value: "tốt"}, xlstest.Rich{Text: "Sa Pa", Runs: [][2]int{{2, 0}}})
	b.Piece = 20
	whole := b.Stream()
	if _, _, err := lines(whole, wideLimits); err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) {
		if got, _, err := lines(whole[:n], wideLimits); err == nil {
			t.Fatalf("%d bytes of %d: %q", n, len(whole), got)
		}
	}
}

// TestErrorSaysWhere: a refusal names the cell.
func TestErrorSaysWhere(t *testing.T) {
	for name, stream := range map[string][]byte{
		"value":  extra(xlstest.Record(0x0205, uint16(6), uint16(2), uint16(0), byte(0x99), byte(1))),
		"text":   extra(xlstest.Record(0x00FD, uint16(6), uint16(2), uint16(0), uint32(9))),
		"double": extra(xlstest.Record(0x0203, uint16(6), uint16(2), uint16(0), 1.0), xlstest.Record(0x0203, uint16(6), uint16(2), uint16(0), 1.0)),
	} {
		_, _, err := lines(stream, wideLimits)
		e, ok := errors.AsType[*biff.Error](err)
		if !ok || e.Row != 7 || e.Col != 3 {
			t.Errorf("%s: %+v", name, err)
		}
	}
}
