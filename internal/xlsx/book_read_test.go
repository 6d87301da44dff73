package xlsx

import (
	"bytes"
	"testing"
)

// What the writing half writes, the reading half reads: the template that goes
// out is the form that comes back.
func TestOurReaderReadsOurBooks(t *testing.T) {
	data := mustBytes(t, sampleBook())
	wb, err := Open(bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	oracle := reopen(t, data)
	for i, info := range wb.Sheets {
		grid, err := wb.Grid(i)
		if err != nil {
			t.Fatalf("sheet %q: %v", info.Name, err)
		}
		want := rawRows(t, oracle, info.Name)
		for _, c := range grid.Cells {
			ref := Ref(c.Row, c.Col)
			if c.Text != want[ref] {
				t.Errorf("%s!%s = %q, want %q", info.Name, ref, c.Text, want[ref])
			}
			delete(want, ref)
		}
		for ref, text := range want {
			if text != "" {
				t.Errorf("%s!%s = %q was not read", info.Name, ref, text)
			}
		}
	}
	checkMarks(t, wb)
}

// checkMarks looks at what travels unseen.
func checkMarks(t *testing.T, wb *Workbook) {
	t.Helper()
	props, err := wb.CustomProps()
	if err != nil || props["request"] != "ngay-ctxh-2021" || props["agency"] != "tổng hợp <&>" {
		t.Errorf("custom properties %v, %v", props, err)
	}
	hidden := map[string]string{}
	for _, n := range wb.Names {
		if n.Hidden {
			hidden[n.Name] = n.Refers
		}
	}
	if got, want := hidden["tonghop.form"], `"ngay-ctxh-2021/1"`; got != want {
		t.Errorf("hidden name = %s, want %s", got, want)
	}
	for i, want := range []Visibility{Visible, Visible, Visible, VeryHidden} {
		if got := wb.Sheets[i].State; got != want {
			t.Errorf("sheet %d: state %d, want %d", i, got, want)
		}
	}
}

// Types survive: numbers are numbers, texts that look like numbers are texts.
func TestTypesComeBack(t *testing.T) {
	b, s := newTestBook()
	s.Text(1, 1, "007", bodyStyle)
	s.Text(1, 2, "=1+1", bodyStyle)
	s.Number(1, 3, "7.50", moneyStyle)
	s.Bool(1, 4, true, bodyStyle)
	s.Date(1, 5, sampleDay, bodyStyle)
	s.Formula(1, 6, "C1*2", "15", moneyStyle)
	s.FormulaText(1, 7, `A1&"!"`, "007!", bodyStyle)
	data := mustBytes(t, b)
	wb, err := Open(bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	grid, err := wb.Grid(0)
	if err != nil {
		t.Fatalf("Grid: %v", err)
	}
	tests := []struct {
		name          string
		kind          CellType
		text, formula string
	}{
		{"code", String, "007", ""},
		{"text with a sign", String, "=1+1", ""},
		{"decimal", Number, "7.50", ""},
		{"true", Bool, "1", ""},
		{"day", Date, "44284", ""},
		{"formula with a number", Number, "15", "C1*2"},
		{"formula with a text", String, "007!", `A1&"!"`},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := grid.At(1, i+1)
			if c == nil || c.Type != tt.kind || c.Text != tt.text || c.Formula != tt.formula {
				t.Errorf("got %+v, want %v %q, formula %q", c, tt.kind, tt.text, tt.formula)
			}
		})
	}
}
