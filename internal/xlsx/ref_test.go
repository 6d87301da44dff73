package xlsx

import (
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestParseRef(t *testing.T) {
	tests := []struct {
		text     string
		row, col int // 0 for no address
	}{
		{"A1", 1, 1}, {"AB12", 12, 28}, {"XFD1048576", MaxRows, MaxCols}, {"b7", 7, 2},
		{"", 0, 0}, {"A", 0, 0}, {"1", 0, 0}, {"A0", 0, 0}, {"A01", 0, 0}, {"A1 ", 0, 0}, {"$A$1", 0, 0}, {"A1:B2", 0, 0},
		{"XFE1", 0, 0}, {"ZZZZ1", 0, 0}, {"A1048577", 0, 0}, {"A99999999999999999999", 0, 0}, {"À1", 0, 0},
	}
	for _, test := range tests {
		row, col, err := ParseRef(test.text)
		if row != test.row || col != test.col || (err == nil) != (test.row > 0) || err != nil && !errors.Is(err, KindBadRef) {
			t.Errorf("%q is %d, %d, %v", test.text, row, col, err)
		}
	}
}

func TestRefAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row, col := rapid.IntRange(1, MaxRows).Draw(t, "row"), rapid.IntRange(1, MaxCols).Draw(t, "col")
		text := Ref(row, col)
		if r, c, err := ParseRef(text); r != row || c != col || err != nil {
			t.Fatalf("%s is %d, %d, %v", text, r, c, err)
		}
		if want, _ := excelize.CoordinatesToCellName(col, row); text != want {
			t.Fatalf("%s, excelize %s", text, want)
		}
	})
}

func TestRange(t *testing.T) {
	for text, want := range map[string]Range{"B2:D4": {2, 2, 4, 4}, "D2:B4": {2, 2, 4, 4}, "C7": {7, 3, 7, 3}, "C7:C7": {7, 3, 7, 3}} {
		got, err := ParseRange(text)
		if got != want || err != nil {
			t.Errorf("%s is %v, %v", text, got, err)
		}
		if again, err := ParseRange(got.String()); again != got || err != nil {
			t.Errorf("%s written as %s", text, got)
		}
	}
	for _, text := range []string{"", "A1:", ":A1", "A1:B2:C3", "A:B", "1:2"} {
		if r, err := ParseRange(text); !errors.Is(err, KindBadRef) {
			t.Errorf("%q is %v, %v", text, r, err)
		}
	}
	r := Range{2, 2, 4, 4}
	if !r.Contains(2, 4) || r.Contains(5, 4) || r.Contains(3, 1) {
		t.Error("Contains")
	}
}
