package aggregate

import (
	"strings"
	"testing"

	"tonghop/report/paper"
)

// lent says of a table that the unit of its first column is that of all its figures.
func lent(t *paper.Table) *paper.Table {
	t.Columns[0].Lent = true
	t.Unit = t.Columns[0].Unit.Words
	return t
}

// own says of a column of a table that its unit is its own, and no row's.
func own(t *paper.Table, column int) *paper.Table {
	t.Columns[column].Own = true
	return t
}

// counting says of rows of a table that their names say that things are counted.
func counting(t *paper.Table, rows ...int) *paper.Table {
	for _, i := range rows {
		t.Rows[i].Counts = true
	}
	return t
}

// shownUnits spells the unit of a sum, those of its columns and rows, and of totals.
func shownUnits(s *paper.Sum) string {
	words := []string{s.Unit + ":"}
	for i := range s.Columns {
		words = append(words, strings.Join(s.Columns[i].Head(), " "))
	}
	for i := range s.Rows {
		words = append(words, s.Rows[i].Label())
	}
	words = append(words, "=")
	for i := range s.Totals {
		words = append(words, s.Totals[i].Value.String()+s.Totals[i].Unit)
	}
	return strings.Join(words, " ")
}

// TestCollateShowsUnits: over the totals stands the unit that they are in, whatever a
// paper says over its own, and where there are several each stands beside its own.
func TestCollateShowsUnits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"one of all", []*paper.Table{lent(tableOf("a", "n(trđ)", "x: 1", "y: 2"))}, "trđ: n x y = 1trđ 2trđ"},
		{"that of the first to state one, over its rows", []*paper.Table{
			tableOf("a", "n", "x(đ): 5000000", "y(đ): 6000000"), lent(tableOf("b", "n(trđ)", "x: 7", "y: 8")),
		}, "đ: n x y = 12000000đ 14000000đ"},
		{"or over its column", []*paper.Table{tableOf("a", "n(đ)", "x: 5000000"), lent(tableOf("b", "n(trđ)", "x: 7"))}, "đ: n x = 12000000đ"},
		{"of one column", []*paper.Table{tableOf("a", "n(trđ) m", "x: 1 2", "y: 3 4")}, ": n (trđ) m x y = 1trđ 2 3trđ 4"},
		{"of some rows", []*paper.Table{tableOf("a", "n", "x(trđ): 1", "y(tấn): 2", "z: 3")}, ": n x (trđ) y (tấn) z = 1trđ 2tấn 3"},
		{"of some rows in one of two columns", []*paper.Table{tableOf("a", "n(trđ) m(trđ)", "x: 1 2", "y(tấn): 2 .")}, ": n m (trđ) x (trđ) y (tấn) = 1trđ 2trđ 2tấn"},
		{"of columns where a row is in both", []*paper.Table{tableOf("a", "n(trđ) m(đ)", "x: 1 2", "y(tấn): 2 3")}, ": n (trđ) m (đ) x y (tấn) = 1trđ 2đ 2tấn 3tấn"},
		{"not of things counted in a table of money", []*paper.Table{counting(lent(tableOf("a", "n(trđ)", "x: 1", "y: 2")), 0)}, ": n x y (trđ) = 1 2trđ"},
		{"of a column that has its own beside what the rows count", []*paper.Table{
			own(tableOf("a", "n m(trđ)", "x(m): 5 250", "y(tấn): 2 90"), 1), own(tableOf("b", "n m(đ)", "x(m): 6 3000000", "y(tấn): 1 1000000"), 1),
		}, ": n m (trđ) x (m) y (tấn) = 11m 253trđ 3tấn 91trđ"},
		{"of nothing", []*paper.Table{tableOf("a", "n!", "x: 1")}, ": n x ="},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := shownUnits(&Collate(tt.tables)[0]); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestCollateSaysUnits: what was taken for granted is said of each table once, and
// each conversion.
func TestCollateSaysUnits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"rows that all state a unit leave nothing open", []*paper.Table{
			tableOf("a", "n", "x(đ): 5000000"), lent(tableOf("b", "n(trđ)", "x: 7")),
		}, `
form of 2
 x/n 12000000 = a!B2:5000000 b!B2:7000000
 N545 b
`},
		{"a row that states none where others do", []*paper.Table{
			tableOf("a", "n", "x(đ): 5", "y(đ): 6"), tableOf("b", "n", "x: 7", "y: 8"),
		}, `
form of 2
 x/n 12 = a!B2:5 b!B2:7
 y/n 14 = a!B3:6 b!B3:8
 S237 b
`},
		{"a unit over all of a table that is not that of a row elsewhere", []*paper.Table{
			tableOf("a", "n", "x(đ): 5", "hộ-nghèo(hộ): 6"), lent(tableOf("b", "n(trđ)", "x: 7", "hộ-nghèo: 8")),
		}, `
form of 2
 x/n 7000005 = a!B2:5 b!B2:7000000
 hộ-nghèo/n 14 = a!B3:6 b!B3:8
 N545 b
 S236 b
`},
		{"each conversion is said", []*paper.Table{
			tableOf("a", "n(đ) m(kg)", "x: 5000000 4000", "y: 1 1"), tableOf("b", "n(trđ) m(tấn)", "x: 7 3", "y: 8 4"),
		}, `
form of 2
 x/n 12000000 = a!B2:5000000 b!B2:7000000
 x/m 7000 = a!C2:4000 b!C2:3000
 y/n 8000001 = a!B3:1 b!B3:8000000
 y/m 4001 = a!C3:1 b!C3:4000
 N545 b
 N545 b
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkSums(t, tt.tables, tt.want)
		})
	}
}
