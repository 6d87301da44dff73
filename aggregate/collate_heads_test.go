package aggregate

import (
	"testing"

	"tonghop/report/paper"
)

// timed says that the words over columns name the time of their table: their keys without.
func timed(t *paper.Table, keys ...string) *paper.Table {
	for i, key := range keys {
		if c := &t.Columns[i]; key != "" {
			c.Key, c.Said = key, c.Key
		}
	}
	return t
}

// TestCollateTimedHeads: columns that name the time of their table are named by all times, or
// by that which counts; a table of no known time has the column whose words it has.
func TestCollateTimedHeads(t *testing.T) {
	month := func(key, file, columns string, lines ...string) *paper.Table {
		return accruing(in(key, by("A", timed(tableOf(file, columns, lines...), "in", "until"))), paper.Unsaid, paper.YearToDate)
	}
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"two months", []*paper.Table{
			month("2026-M02", "b", "in2 until2", "x: 2 3"), month("2026-M01", "a", "in1 until1", "x: 1 1"),
		}, `
form of 2
 x/in1; in2 3 = b!B2:2 a!B2:1
 x/until2 3 = b!C2:3
 N547 b
`},
		{"four months", []*paper.Table{
			month("2026-M04", "d", "in4 until4", "x: 4 10"), month("2026-M03", "c", "in3 until3", "x: 3 6"), month("2026-M02", "b", "in2 until2", "x: 2 3"), month("2026-M01", "a", "in1 until1", "x: 1 1"),
		}, `
form of 4
 x/in1 … in4 10 = d!B2:4 c!B2:3 b!B2:2 a!B2:1
 x/until4 10 = d!C2:10
 N547 d
`},
		{"one of a time that nobody knows", []*paper.Table{
			month("2026-M01", "a", "in1 until1", "x: 1 1"), by("B", tableOf("b", "in1 until1", "x: 5 6")),
		}, `
form of 2
 x/in1 6 = a!B2:1 b!B2:5
 x/until1 7 = a!C2:1 b!C2:6
`},
		{"words that are two columns", []*paper.Table{
			timed(by("A", tableOf("a", "m1 m2 n k", "x: 1 1 1 1")), "this", "next"), timed(by("B", tableOf("b", "m2 m3 n k", "x: 2 2 2 2")), "this", "next"), by("C", tableOf("c", "m1 m2 n k", "x: 3 3 3 3")),
		}, `
form of 3
 x/m1; m2 6 = a!B2:1 b!B2:2 c!B2:3
 x/m2 3 = c!C2:3
 x/m2; m3 3 = a!C2:1 b!C2:2
 x/n 6 = a!D2:1 b!D2:2 c!D2:3
 x/k 6 = a!E2:1 b!E2:2 c!E2:3
 S235 c
`},
	} {
		if got := "\n" + spelt(Collate(tt.tables)); got != tt.want {
			t.Errorf("%s:%s", tt.name, got)
		}
	}
}

// ofFiles says what the file of a table is called but for its time, and that it names nobody
// where it does not say who made it.
func ofFiles(key string, t *paper.Table) *paper.Table {
	if t.FileKey = paper.NoBody + key; t.ByKey == "" {
		t.ByKey = t.FileKey
	}
	return t
}

// TestCollateBodies: who names its district is who names none, unless two districts have a
// body of the name; who names nobody is who made the other files of the name.
func TestCollateBodies(t *testing.T) {
	month := func(key, body, file, line string) *paper.Table {
		return accruing(in(key, by(body, tableOf(file, "flow last", line))), paper.Flow, paper.Closing)
	}
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"one district", []*paper.Table{
			month("2026-M01", "hoi", "a", "x: 1 10"), month("2026-M02", "hoi/trong", "b", "x: 2 12"),
		}, `
form of 2
 x/flow 3 = a!B2:1 b!B2:2
 x/last 12 = b!C2:12
 N547 b
`},
		{"two districts", []*paper.Table{
			month("2026-M01", "hoi/ha", "a", "x: 1 10"), month("2026-M01", "hoi/trong", "b", "x: 2 12"), month("2026-M02", "hoi/trong", "c", "x: 4 16"),
		}, `
form of 3
 x/flow 7 = a!B2:1 b!B2:2 c!B2:4
 x/last 26 = a!C2:10 c!C2:16
 N547 c
 S263 c
`},
		{"a file that names nobody among those of one body", []*paper.Table{
			ofFiles("hoi", month("2026-M01", "hoi", "a", "x: 1 10")), ofFiles("hoi", month("2026-M02", "", "b", "x: 2 12")),
		}, `
form of 2
 x/flow 3 = a!B2:1 b!B2:2
 x/last 12 = b!C2:12
 N547 b
`},
		{"among those of two", []*paper.Table{
			ofFiles("hoi", month("2026-M01", "hoi", "a", "x: 1 10")), ofFiles("hoi", month("2026-M02", "", "b", "x: 2 12")), ofFiles("hoi", month("2026-M02", "trong", "c", "x: 3 14")),
		}, `
form of 3
 x/flow 6 = a!B2:1 b!B2:2 c!B2:3
 x/last 36 = a!C2:10 b!C2:12 c!C2:14
 S263 a
`},
		{"of a name that says nothing", []*paper.Table{
			ofFiles("", month("2026-M01", "hoi", "a", "x: 1 10")), ofFiles("", month("2026-M02", "", "b", "x: 2 12")),
		}, `
form of 2
 x/flow 3 = a!B2:1 b!B2:2
 x/last 22 = a!C2:10 b!C2:12
 S263 b
`},
	} {
		if got := "\n" + spelt(Collate(tt.tables)); got != tt.want {
			t.Errorf("%s:%s", tt.name, got)
		}
	}
}
