package biff_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"tonghop/internal/xlsx/biff"
	"tonghop/internal/xlsx/xlstest"
)

var wideLimits = biff.Limits{
	Sheets: 100, Styles: 1000, NameBytes: 1 << 20, Strings: 100_000, StringBytes: 8 << 20,
	Cells: 1_000_000, Merges: 1000, CellRunes: 32_767,
}

// lines reads a stream and writes every cell in one line.
func lines(stream []byte, lim biff.Limits) (out []string, book *biff.Book, err error) {
	book, err = biff.Open(stream, lim)
	if err != nil {
		return nil, nil, err
	}
	for i, s := range book.Sheets {
		if !s.Cells {
			continue
		}
		_, err := book.Walk(i, func(c *biff.Cell) error {
			line := fmt.Sprintf("%s R%dC%d %s %s", s.Name, c.Row, c.Col, []string{"blank", "n", "s", "b", "e"}[c.Type], c.Text)
			if c.Formula {
				line += " formula"
			}
			for _, r := range c.Runs {
				line += fmt.Sprintf(" %s<%d", r.Font, r.End)
			}
			out = append(out, line)
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return out, book, nil
}

func mustLines(t *testing.T, stream []byte) []string {
	t.Helper()
	out, _, err := lines(stream, wideLimits)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cellsOf is a book of one sheet with one cell to a row.
func cellsOf(values ...any) xlstest.Book {
	s := xlstest.Sheet{Name: "S"}
	for i, v := range values {
		s.Cells = append(s.Cells, xlstest.Cell{Row: i, Value: v})
	}
	return xlstest.Book{Sheets: []xlstest.Sheet{s}}
}

func TestValues(t *testing.T) {
	const hundredths, whole = 1, 2
	for _, tt := range []struct {
		value any
		want  string // "" for a cell that is not delivered
	}{
		{0.7199, "n 0.7199"},
		{7828905.9, "n 7828905.9"},
		{-12.5, "n -12.5"},
		{0.30000000000000004, "n 0.30000000000000004"}, // computed, and nothing of it lost
		{123456789012345.0, "n 123456789012345"},
		{1e21, "n 1e+21"},
		{1.5e-12, "n 1.5e-12"},
		{0.000125, "n 0.000125"},
		{0.0, "n 0"},
		{math.NaN(), "e #NUM!"},
		{xlstest.Formula{Value: math.Inf(-1)}, "e #NUM! formula"},
		{xlstest.RK(5<<2 | whole), "n 5"},
		{xlstest.RK(7199<<2 | whole | hundredths), "n 71.99"},
		{xlstest.RK(1<<32 - 7<<2 | whole), "n -7"},
		{xlstest.RK(0x40590000), "n 100"},            // the upper part of 100.0
		{xlstest.RK(0x40590000 | hundredths), "n 1"}, // and a hundredth of it
		{"Hải Dương", "s Hải Dương"},
		{"Hai Duong", "s Hai Duong"},
		{"Phường \U0001F3E0", "s Phường \U0001F3E0"}, // a pair in UTF-16
		{xlstest.Inline("Sa Pa"), "s Sa Pa"},
		{"", ""},
		{nil, ""},
		{true, "b 1"},
		{false, "b 0"},
		{xlstest.Err(0x17), "e #REF!"},
		{xlstest.Err(0x2A), "e #N/A"},
		{xlstest.Formula{Value: 42.5}, "n 42.5 formula"},
		{xlstest.Formula{Value: 0.0}, "n 0 formula"},
		{xlstest.Formula{Value: 0.0, Flags: 2}, "blank  formula"}, // still to be computed
		{xlstest.Formula{Value: 7.0, Flags: 2}, "n 7 formula"},
		{xlstest.Formula{Value: true}, "b 1 formula"},
		{xlstest.Formula{Value: xlstest.Err(7)}, "e #DIV/0! formula"},
		{xlstest.Formula{Value: "Đạt"}, "s Đạt formula"},
		{xlstest.Formula{Value: nil}, "s  formula"},
		{xlstest.Formula{Value: xlstest.NoText{}}, "blank  formula"},
	} {
		got := mustLines(t, cellsOf(tt.value).Stream())
		var want []string
		if tt.want != "" {
			want = []string{"S R1C1 " + tt.want}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%#v: %q, want %q", tt.value, got, want)
		}
	}
}

// Between a formula and its text other records may stand.
func TestFormulaTextComesLate(t *testing.T) {
	b := cellsOf(xlstest.Formula{Value: xlstest.NoText{}})
	b.Sheets[0].Extra = slices.Concat(
		xlstest.Record(0x04BC, make([]byte, 10)), // a shared formula
		xlstest.Record(0x0207, xlstest.Text("tốt", 2)))
	if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R1C1 s tốt formula"}) {
		t.Errorf("%q", got)
	}
}

func TestManyInOneRecord(t *testing.T) {
	b := cellsOf()
	b.Sheets[0].Extra = slices.Concat(
		xlstest.Record(0x00BD, uint16(3), uint16(1), uint16(0), uint32(1<<2|2), uint16(0), uint32(2<<2|2), uint16(2)),
		xlstest.Record(0x00BE, uint16(4), uint16(0), uint16(0), uint16(0), uint16(1)))
	if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R4C2 n 1", "S R4C3 n 2"}) {
		t.Errorf("%q", got)
	}
}

// The table of texts may be cut anywhere, and each piece says anew how wide its
// characters are.
func TestTextsCutAnywhere(t *testing.T) {
	fonts := []xlstest.Font{{Name: "Arial"}, {Name: ".VnTime"}, {Name: "VNI-Times"}}
	b := cellsOf("Huyện Gia Lộc", "plain words", xlstest.Rich{Text: "Thị xã Sa Pa", Runs: [][2]int{{4, 1}, {7, 2}}}, "Đ", "x")
	b.Fonts = fonts
	want := []string{
		"S R1C1 s Huyện Gia Lộc", "S R2C1 s plain words", "S R3C1 s Thị xã Sa Pa <6 .VnTime<10 VNI-Times<15",
		"S R4C1 s Đ", "S R5C1 s x",
	}
	for piece := 8; piece < 120; piece++ {
		b.Piece = piece
		if got := mustLines(t, b.Stream()); !slices.Equal(got, want) {
			t.Fatalf("pieces of %d: %q", piece, got)
		}
	}
}

// A text may be narrow in one piece and wide in the next.
func TestTextChangesWidth(t *testing.T) {
	b := cellsOf()
	b.Extra = slices.Concat(
		xlstest.Record(0x00FC, uint32(1), uint32(1), uint16(6), byte(0), "Bi"),
		xlstest.Record(0x003C, byte(1), uint16(0x1EC3), uint16('u')),
		xlstest.Record(0x003C, byte(0), " 1"))
	b.Sheets[0].Extra = xlstest.Record(0x00FD, uint16(0), uint16(0), uint16(0), uint32(0))
	if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R1C1 s Biểu 1"}) {
		t.Errorf("%q", got)
	}
}

// Phonetic readings behind a text are passed over.
func TestTextWithReadings(t *testing.T) {
	b := cellsOf()
	b.Extra = xlstest.Record(0x00FC, uint32(2), uint32(2),
		uint16(2), byte(4), uint32(3), "ab", "xyz",
		uint16(1), byte(0), "c")
	b.Sheets[0].Extra = xlstest.Record(0x00FD, uint16(0), uint16(0), uint16(0), uint32(1))
	if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R1C1 s c"}) {
		t.Errorf("%q", got)
	}
}

func TestCodePages(t *testing.T) {
	for _, tt := range []struct {
		page        int
		bytes, want string
	}{
		{0, "B\xecnh", "Bình"},
		{1252, "B\xecnh", "Bình"},
		{1258, "Bi\xea\xf2u 1", "Bi\u00ea\u0323u 1"},
		{1258, "\xd0\xf4\xccng", "\u0110\u00f4\u0300ng"},
		{1251, "\xcc\xee\xf1\xea\xe2\xe0", "Москва"},
		{65001, "Lào Cai", "Lào Cai"},
		{10000, "caf\x8e", "café"},
		{932, "ASCII", "ASCII"}, // never mind the code page
	} {
		b := cellsOf(tt.bytes, xlstest.Formula{Value: tt.bytes})
		b.Narrow, b.CodePage = true, tt.page
		got, book, err := lines(b.Stream(), wideLimits)
		want := []string{"S R1C1 s " + tt.want, "S R2C1 s " + tt.want + " formula"}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("code page %d: %q, %v, want %q", tt.page, got, err, want)
		} else if book.Version != 5 {
			t.Errorf("version %d", book.Version)
		}
	}
}

// A rich text of BIFF5 has its fonts behind it, by bytes.
func TestNarrowRichText(t *testing.T) {
	b := cellsOf(xlstest.Rich{Text: "\xd0\xf4\xccng \xe1", Runs: [][2]int{{0, 1}, {6, 0}}})
	b.Narrow, b.CodePage, b.Fonts = true, 1258, []xlstest.Font{{Name: "Arial"}, {Name: ".VnTime"}}
	if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R1C1 s \u0110\u00f4\u0300ng á .VnTime<9 Arial<11"}) {
		t.Errorf("%q", got)
	}
}

func TestBook(t *testing.T) {
	b := xlstest.Book{
		Date1904: true,
		Fonts:    []xlstest.Font{{Name: "A"}, {Name: "B"}, {Name: "C"}, {Name: "D"}, {Name: "Năm", Bold: true}},
		Formats:  []string{"dd/mm/yyyy", `#,##0" đ"`},
		Styles:   []xlstest.Style{{}, {Font: 5, Format: 164, Indent: 2}, {Font: 3, Format: 165}, {Format: 9}},
		Sheets: []xlstest.Sheet{
			{Name: "Biểu 1"}, {Name: "ẩn", State: 1}, {Name: "_dấu", State: 2}, {Name: "Đồ thị", Kind: 2}, {Name: "Macro1", Kind: 1},
		},
	}
	_, book, err := lines(b.Stream(), wideLimits)
	if err != nil {
		t.Fatal(err)
	}
	if !book.Date1904 || !book.Macros || book.Version != 8 {
		t.Errorf("1904 %v, macros %v, version %d", book.Date1904, book.Macros, book.Version)
	}
	var tabs []string
	for _, s := range book.Sheets {
		tabs = append(tabs, fmt.Sprintf("%s %d %v", s.Name, s.State, s.Cells))
	}
	if want := []string{"Biểu 1 0 true", "ẩn 1 true", "_dấu 2 true", "Đồ thị 0 false", "Macro1 0 false"}; !slices.Equal(tabs, want) {
		t.Errorf("tabs %q", tabs)
	}
	want := []biff.Style{
		{Font: "A"}, {FormatID: 164, Format: "dd/mm/yyyy", Font: "Năm", Bold: true, Indent: 2},
		{FormatID: 165, Format: `#,##0" đ"`, Font: "D"}, {FormatID: 9, Font: "A"},
	}
	if !slices.Equal(book.Styles, want) {
		t.Errorf("styles %+v", book.Styles)
	}
}

func TestFrame(t *testing.T) {
	row := func(n, height, flags int) []byte {
		return xlstest.Record(0x0208, uint16(n), uint16(0), uint16(1), uint16(height), uint32(0), uint16(flags), uint16(0))
	}
	b := cellsOf(1.0)
	b.Sheets[0].Extra = slices.Concat(
		row(0, 255, 0), row(3, 255, 0x20), row(4, 255, 0x20), row(9, 0, 0),
		xlstest.Record(0x007D, uint16(1), uint16(2), uint16(2560), uint16(0), uint16(1), uint16(0)),
		xlstest.Record(0x007D, uint16(4), uint16(4), uint16(2560), uint16(0), uint16(0), uint16(0)),
		xlstest.Record(0x007D, uint16(5), uint16(256), uint16(0), uint16(0), uint16(0), uint16(0)),
		xlstest.Record(0x00E5, uint16(2), uint16(0), uint16(1), uint16(2), uint16(3), uint16(9), uint16(9), uint16(0), uint16(255)),
		xlstest.Record(0x0012, uint16(1)),
		// A chart in the sheet, whose records are its own.
		xlstest.Record(0x0809, uint16(0x0600), uint16(0x20), make([]byte, 12)),
		xlstest.Record(0x0203, uint16(0), uint16(0), uint16(0), 99.0), row(20, 0, 0), xlstest.Record(0x000A))
	book, err := biff.Open(b.Stream(), wideLimits)
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	frame, err := book.Walk(0, func(*biff.Cell) error { cells++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(cells, frame.HiddenRows, frame.HiddenCols, frame.Merges, frame.Protected)
	if want := "1 [{4 5} {10 10}] [{2 3} {6 256}] [{1 3 2 4} {10 1 10 256}] true"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A program that never knew compound files writes the sheet and nothing else.
func TestSheetAlone(t *testing.T) {
	stream := slices.Concat(
		xlstest.Record(0x0809, uint16(0x0500), uint16(0x10), uint32(0)),
		xlstest.Record(0x0042, uint16(1258)),
		xlstest.Record(0x0031, uint16(200), uint32(0), uint16(700), make([]byte, 6), byte(5), "Arial"),
		xlstest.Record(0x00E0, uint16(0), uint16(9), make([]byte, 12)),
		xlstest.Record(0x0204, uint16(0), uint16(0), uint16(0), uint16(2), "\xea\xf2"),
		xlstest.Record(0x0203, uint16(0), uint16(1), uint16(0), 0.25),
		xlstest.Record(0x000A))
	got, book, err := lines(stream, wideLimits)
	if err != nil || !slices.Equal(got, []string{"Sheet1 R1C1 s \u00ea\u0323", "Sheet1 R1C2 n 0.25"}) {
		t.Fatalf("%q, %v", got, err)
	}
	if want := (biff.Style{FormatID: 9, Font: "Arial", Bold: true}); book.Styles[0] != want {
		t.Errorf("style %+v", book.Styles[0])
	}
}

// Cells may come in any order, and a blank may be written over.
func TestOrder(t *testing.T) {
	b := cellsOf()
	b.Sheets[0].Cells = []xlstest.Cell{{Row: 5, Value: 1.0}, {Row: 2, Value: nil}, {Row: 2, Value: 2.0}, {Row: 3, Col: 1, Value: 3.0}}
	if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R6C1 n 1", "S R3C1 n 2", "S R4C2 n 3"}) {
		t.Errorf("%q", got)
	}
}

func TestErrorsOfTheCaller(t *testing.T) {
	book, err := biff.Open(cellsOf(1.0, 2.0).Stream(), wideLimits)
	if err != nil {
		t.Fatal(err)
	}
	stop := fmt.Errorf("enough")
	if _, err := book.Walk(0, func(*biff.Cell) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

// Walking a sheet again neither counts its cells again nor uses anything up.
func TestWalkAgain(t *testing.T) {
	lim := wideLimits
	lim.Cells, lim.Strings = 2, 3
	b := cellsOf(xlstest.Rich{Text: "\xe1b", Runs: [][2]int{{1, 0}}}, 1.0)
	b.Narrow = true
	book, err := biff.Open(b.Stream(), lim)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := book.Walk(0, func(*biff.Cell) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
}

// The counts before the table of texts are wrong in files of several writers.
func TestTableCountsAreNotBelieved(t *testing.T) {
	for _, count := range []uint32{0, 1, 2, 9, 1 << 31} {
		b := cellsOf()
		b.Extra = xlstest.Record(0x00FC, count, count, uint16(1), byte(0), "a", uint16(1), byte(0), "b")
		b.Sheets[0].Extra = xlstest.Record(0x00FD, uint16(0), uint16(0), uint16(0), uint32(1))
		if got := mustLines(t, b.Stream()); !slices.Equal(got, []string{"S R1C1 s b"}) {
			t.Errorf("count %d: %q", count, got)
		}
	}
}

func TestErrorText(t *testing.T) {
	e := &biff.Error{Kind: biff.TooLarge, Limit: "Sheets", Detail: "too many sheets"}
	if got := e.Error(); got != "biff: too-large (limit Sheets): too many sheets" {
		t.Error(got)
	}
	if !strings.HasPrefix((&biff.Error{Kind: biff.Encrypted}).Error(), "biff: encrypted") {
		t.Error("kind is not told")
	}
}
