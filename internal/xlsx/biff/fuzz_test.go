package biff_test

import (
	"errors"
	"slices"
	"testing"
	"unicode/utf8"

	"tonghop/internal/xlsx/biff"
	"tonghop/internal/xlsx/xlstest"
)

// FuzzBook reads anything: no panic, nothing beyond the bounds, texts that are
// texts, addresses on the sheet, and twice the same.
func FuzzBook(f *testing.F) {
	b := cellsOf("Hải Dương", 0.5, xlstest.RK(7199<<2|3), true, xlstest.Err(7), nil,
		xlstest.Formula{Value: "tốt"}, xlstest.Formula{Value: 0.0, Flags: 2}, xlstest.Inline("Sa Pa"),
		xlstest.Rich{Text: "Thị xã", Runs: [][2]int{{4, 1}}})
	b.Fonts = []xlstest.Font{{Name: "Arial"}, {Name: ".VnTime", Bold: true}}
	b.Formats = []string{"dd/mm/yyyy"}
	b.Styles = []xlstest.Style{{}, {Font: 1, Format: 164, Indent: 1}}
	b.Piece = 16
	b.Sheets[0].Extra = slices.Concat(
		xlstest.Record(0x00BD, uint16(30), uint16(1), uint16(0), uint32(6), uint16(0), uint32(10), uint16(2)),
		xlstest.Record(0x00E5, uint16(1), uint16(0), uint16(1), uint16(2), uint16(3)),
		xlstest.Record(0x0208, uint16(9), make([]byte, 10), uint16(0x20), uint16(0)))
	f.Add(b.Stream())
	b.Narrow, b.CodePage = true, 1258
	f.Add(b.Stream())
	f.Add(cellsOf().Stream())
	lim := biff.Limits{Sheets: 20, Styles: 50, NameBytes: 1000, Strings: 1000, StringBytes: 10_000, Cells: 5000, Merges: 50, CellRunes: 2000}
	f.Fuzz(func(t *testing.T, stream []byte) {
		book, err := biff.Open(stream, lim)
		if err != nil {
			wantError(t, err)
			return
		}
		if len(book.Sheets) > lim.Sheets || len(book.Styles) > lim.Styles {
			t.Fatalf("%d sheets, %d styles", len(book.Sheets), len(book.Styles))
		}
		for i := range book.Sheets {
			first, err := walk(t, book, i)
			if err != nil {
				wantError(t, err)
				continue
			}
			if again, err := walk(t, book, i); err != nil || !slices.EqualFunc(first, again, sameCell) {
				t.Errorf("read again: %d cells, then %d, %v", len(first), len(again), err)
			}
		}
	})
}

// walk collects the cells of a sheet, and looks at each.
func walk(t *testing.T, book *biff.Book, sheet int) (cells []biff.Cell, err error) {
	t.Helper()
	seen := map[[2]int]bool{}
	_, err = book.Walk(sheet, func(c *biff.Cell) error {
		at := [2]int{c.Row, c.Col}
		switch {
		case c.Row < 1 || c.Col < 1 || c.Row > 65536 || c.Col > 256:
			t.Errorf("a cell in row %d, column %d", c.Row, c.Col)
		case !utf8.ValidString(c.Text):
			t.Errorf("a text that is none: %q", c.Text)
		case !c.Formula && (c.Type == biff.Blank || c.Text == ""):
			t.Errorf("a cell with nothing in it")
		case len(c.Runs) > 0 && c.Runs[len(c.Runs)-1].End != len(c.Text):
			t.Errorf("runs %v of %d bytes", c.Runs, len(c.Text))
		case len(book.Styles) > 0 && c.Style >= len(book.Styles):
			t.Errorf("style %d of %d", c.Style, len(book.Styles))
		}
		seen[at] = true
		cells = append(cells, *c)
		return nil
	})
	if err == nil && len(seen) != len(cells) {
		t.Errorf("%d cells at %d addresses", len(cells), len(seen))
	}
	return cells, err
}

func sameCell(a, b biff.Cell) bool {
	return a.Row == b.Row && a.Col == b.Col && a.Type == b.Type && a.Text == b.Text && a.Style == b.Style && slices.Equal(a.Runs, b.Runs)
}

func wantError(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*biff.Error](err)
	if !ok || e.Kind == "" {
		t.Errorf("an error of another kind: %v", err)
	}
}
