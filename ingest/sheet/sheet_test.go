package sheet

import (
	"errors"
	"slices"
	"testing"
	"time"

	"tonghop/internal/xlsx"
	"tonghop/report/fault"
)

func grid() *xlsx.Grid {
	return &xlsx.Grid{
		Name: "S",
		Cells: []xlsx.Cell{
			{Row: 1, Col: 1, Type: xlsx.String, Text: " Tổng  chi\n(đ) "},
			{Row: 3, Col: 2, Type: xlsx.Number, Text: "0.125", Style: 1},
			{Row: 3, Col: 3, Type: xlsx.Number, Text: "1", Style: 2},
			{Row: 3, Col: 5, HasFormula: true, NoCache: true, Formula: "A1"},
		},
		Merges:     []xlsx.Range{{FirstRow: 1, FirstCol: 1, LastRow: 2, LastCol: 4}},
		HiddenRows: []xlsx.Span{{From: 3, To: 3}},
		Styles:     []xlsx.CellStyle{{}, {NumFmt: "0.0%"}, {NumFmt: `0"%"`}},
		MaxRow:     3, MaxCol: 5,
	}
}

func TestSheet(t *testing.T) {
	s := FromGrid(grid())
	if c := s.At(1, 1); c.Text != "Tổng chi\n(đ)" || !c.Change.Spaced || c.Raw != " Tổng  chi\n(đ) " {
		t.Errorf("text %q of %q, %+v", c.Text, c.Raw, c.Change)
	}
	if !s.At(3, 2).Percent || s.At(3, 3).Percent {
		t.Error("a sign in quotes does not make percent, one outside does")
	}
	if c := s.At(3, 5); !c.NoValue || c.Ref() != "E3" {
		t.Errorf("%+v", c)
	}
	if s.At(2, 2) != nil || s.Shown(2, 3) != s.At(1, 1) || s.Shown(3, 2) != s.At(3, 2) {
		t.Error("merged areas show their first cell, others themselves")
	}
	if rows := s.RowNumbers(2); len(rows) != 1 || rows[0] != 3 || len(s.Row(3)) != 3 || s.Row(2) != nil {
		t.Errorf("rows from 2: %v", rows)
	}
	if !s.IsHidden(s.At(3, 2)) || s.IsHidden(s.At(1, 1)) {
		t.Error("row 3 is hidden")
	}
}

func TestFates(t *testing.T) {
	s := FromGrid(grid())
	s.At(1, 1).Settle(Heading)
	s.At(1, 1).Settle(Notes)
	if got := s.At(1, 1).Fate(); got != Heading {
		t.Errorf("the first word holds, got %d", got)
	}
	s.At(1, 1).Settle(Used)
	if got := s.At(1, 1).Fate(); got != Used {
		t.Errorf("what is used is used, got %d", got)
	}
	(*Cell)(nil).Settle(Used)
	s.At(3, 2).Settle(TotalRow)
	s.SettleRow(3, Stray)
	s.SettleRest(OtherSheet)
	for i, want := range []Fate{Used, TotalRow, Stray, Stray} {
		if got := s.Cells[i].Fate(); got != want {
			t.Errorf("cell %d: %d, want %d", i, got, want)
		}
	}
}

// TestCellsInAnyOrder: files name their cells in whatever order they like.
func TestCellsInAnyOrder(t *testing.T) {
	g := grid()
	slices.Reverse(g.Cells)
	got, want := FromGrid(g), FromGrid(grid())
	if !slices.Equal(got.Cells, want.Cells) {
		t.Errorf("backwards:\n%v\nwant:\n%v", got.Cells, want.Cells)
	}
	if rows := got.RowNumbers(1); !slices.Equal(rows, []int{1, 3}) || got.At(3, 2) == nil {
		t.Errorf("rows %v, want 1 and 3 with their cells", rows)
	}
}

// TestRelease: the room of a book serves the next one, and no two at a time.
// Nothing of the book before is left in it, and texts that were taken stay.
func TestRelease(t *testing.T) {
	open := func(texts ...string) *Book {
		t.Helper()
		made := xlsx.NewBook(xlsx.Props{Created: time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)})
		s := made.Sheet("S")
		for i, text := range texts {
			s.Text(i+1, 1, text, xlsx.Style{})
		}
		body, err := made.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		b, stop := Open(body, xlsx.Limits{})
		if stop != nil {
			t.Fatal(stop)
		}
		return b
	}
	check := func(b *Book, want ...string) {
		t.Helper()
		var got []string
		for i := range b.Sheets[0].Cells {
			got = append(got, b.Sheets[0].Cells[i].Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("read %q, want %q", got, want)
		}
	}
	first := open("một", "hai", "ba")
	room, text := first.Sheets[0].Cells, first.Sheets[0].Cells[0].Text
	first.Release()
	if first.Cells() != 0 || first.Sheets[0].At(1, 1) != nil {
		t.Error("a book that was released has cells")
	}
	if room[0] != (Cell{}) || room[2] != (Cell{}) {
		t.Error("the room holds texts of the book before")
	}
	first.Release() // gives nothing back a second time
	second, third := open("bốn"), open("năm", "sáu")
	check(second, "bốn")
	check(third, "năm", "sáu")
	if text != "một" {
		t.Errorf("a text that was taken became %q", text)
	}
}

// TestRooms: a room that is taken is empty, and is nobody else's.
func TestRooms(t *testing.T) {
	for range 100 { // what was given back comes again mostly, not always
		giveBack(make([]Cell, 3))
		a, b := takeRoom(), takeRoom()
		if len(a) > 0 || len(b) > 0 {
			t.Fatalf("rooms with %d and %d cells, want none", len(a), len(b))
		}
		if cap(a) > 0 && cap(b) > 0 && &a[:1][0] == &b[:1][0] {
			t.Fatal("one room was taken twice")
		}
	}
}

func TestRefusal(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		code fault.Code
	}{
		{"not ours", errors.New("disk on fire"), fault.FileDamaged},
		{"of a part", &xlsx.Error{Kind: xlsx.KindMissingPart, Part: "xl/styles.xml"}, fault.FileDamaged},
		{"of a sheet", &xlsx.Error{Kind: xlsx.KindBadStringIndex, Sheet: "S", Ref: "B7"}, fault.FileSheetDamaged},
		{"of an address", &xlsx.Error{Kind: xlsx.KindBadRef, Sheet: "S", Ref: "ZZZZ1"}, fault.FileCellOffGrid},
		{"binary", &xlsx.Error{Kind: xlsx.KindXLSB}, fault.FileNotSpreadsheet},
		{"a limit", &xlsx.Error{Kind: xlsx.KindTooLarge, Limit: "PartBytes"}, fault.FileInflatesTooFar},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := Refusal(tt.err, xlsx.Limits{})
			if f.Code != tt.code || !f.Severity.Blocks() {
				t.Errorf("%s %s", f.Severity, f.Code)
			}
			if f.VI() == "" || f.FixVI() == "" {
				t.Error("no words")
			}
		})
	}
}
