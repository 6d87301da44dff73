package sheet

import (
	"errors"
	"testing"

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
