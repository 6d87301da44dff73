package report

import "testing"

func TestSplitCell(t *testing.T) {
	for name, want := range map[string][2]int{"A1": {1, 1}, "Z9": {9, 26}, "AA10": {10, 27}, "F18": {18, 6}, "XFD1048576": {MaxRow, MaxColumn}} {
		row, column, ok := SplitCell(name)
		if !ok || row != want[0] || column != want[1] {
			t.Errorf("%s: got row %d, column %d, %t", name, row, column, ok)
		}
		if got := cellAt(row, column); got != name {
			t.Errorf("%s is written %s", name, got)
		}
	}
	for _, name := range []string{"", "A", "1", "a1", "A0", "A01", "$A$1", "A1:B2", "XFE1", "A1048577", "AAAA1", "A12345678"} {
		if row, column, ok := SplitCell(name); ok || row != 0 || column != 0 {
			t.Errorf("%q is taken for a canonical reference: row %d, column %d", name, row, column)
		}
	}
}
