package aggregate

import (
	"testing"

	"tonghop/report/decimal"
	"tonghop/report/paper"
)

// total says of a table that a row is the sum of others, by their names.
func total(t *paper.Table, row string, of ...string) *paper.Table {
	at := map[string]int{}
	for i := range t.Rows {
		at[t.Rows[i].Name] = i
	}
	r := &t.Rows[at[row]]
	r.Total, r.Of = true, nil
	for _, name := range of {
		r.Of = append(r.Of, at[name])
	}
	return t
}

// across says of a table that a column is the sum of others.
func across(t *paper.Table, column int, of ...int) *paper.Table {
	t.Columns[column].Of = of
	return t
}

// leveled gives the rows of a table their depth in the tree.
func leveled(t *paper.Table, levels ...int) *paper.Table {
	for i, level := range levels {
		t.Rows[i].Level = level
	}
	return t
}

func TestCollateTotals(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"a total that one table lacks is made of its parts, also of those that only it has", []*paper.Table{
			total(tableOf("a", "n", "x: 10", "y: 20", "all: 30"), "all", "x", "y"), tableOf("b", "n", "x: 11", "w: 21"),
		}, `
form of 2
 x/n 21 = a!B2:10 b!B2:11
 w/n 21 = b!B3:21
 y/n 20 = a!B3:20
 all/n 62 = a!B4:30 b!B2:11 b!B3:21
 S239 b
`},
		{"parts of parts are not counted twice", []*paper.Table{
			total(total(tableOf("a", "n", "all: 60", "I: 30", "x: 10", "y: 20", "II: 30"), "I", "x", "y"), "all", "I", "II"),
			leveled(total(tableOf("b", "n", "I: 3", "x: 1", "y: 2", "II: 4"), "I", "x", "y"), 1, 2, 2, 1),
		}, `
form of 2
 all/n 67 = a!B2:60 b!B2:3 b!B5:4
 I/n 33 = a!B3:30 b!B2:3
 x/n 11 = a!B4:10 b!B3:1
 y/n 22 = a!B5:20 b!B4:2
 II/n 34 = a!B6:30 b!B5:4
 S239 b
`},
		{"a row under one with figures is a part of it, whoever says so", []*paper.Table{
			total(tableOf("a", "n", "x: 10", "y: 20", "all: 30"), "all", "x", "y"), leveled(tableOf("b", "n", "x: 5", "p: 4"), 1, 2),
		}, `
form of 2
 x/n 15 = a!B2:10 b!B2:5
 p/n 4 = b!B3:4
 y/n 20 = a!B3:20
 all/n 35 = a!B4:30 b!B2:5
 S239 b
`},
		{"a column that adds up others", []*paper.Table{
			across(tableOf("a", "n m k", "x: 3 1 2", "y: 7 3 4"), 0, 1, 2), tableOf("b", "n m k", "x: . 5 6", "y: 9 4 5"),
		}, `
form of 2
 x/n 14 = a!B2:3 b!C2:5 b!D2:6
 x/m 6 = a!C2:1 b!C2:5
 x/k 8 = a!D2:2 b!D2:6
 y/n 16 = a!B3:7 b!B3:9
 y/m 7 = a!C3:3 b!C3:4
 y/k 9 = a!D3:4 b!D3:5
 S239 b
`},
		{"a total without its parts is said", []*paper.Table{
			total(tableOf("a", "n m", "x: 10 1", "y: 20 2", "all: 30 3"), "all", "x", "y"), tableOf("b", "n m", "all: 7 1"),
			total(tableOf("c", "n m", "x: 1 1", "y: 2 2", "all: 3 3"), "all", "x", "y"),
		}, `
form of 3
 x/n 11 = a!B2:10 c!B2:1
 x/m 2 = a!C2:1 c!C2:1
 y/n 22 = a!B3:20 c!B3:2
 y/m 4 = a!C3:2 c!C3:2
 all/n 40 = a!B4:30 b!B2:7 c!B4:3
 all/m 7 = a!C4:3 b!C2:1 c!C4:3
 S245 
`},
		{"what does not close in its own table is said there and not once more", []*paper.Table{
			total(tableOf("a", "n", "x: 10", "y: 20", "all: 31"), "all", "x", "y"), total(tableOf("b", "n", "x: 1", "y: 2", "all: 3"), "all", "x", "y"),
		}, `
form of 2
 x/n 11 = a!B2:10 b!B2:1
 y/n 22 = a!B3:20 b!B3:2
 all/n 34 = a!B4:31 b!B4:3
`},
		{"two ways of parting a whole are not added", []*paper.Table{
			total(tableOf("a", "n", "all: 10", "nam: 4", "nữ: 6", "trẻ: 3", "già: 7"), "all", "nam", "nữ"),
			total(tableOf("b", "n", "all: 20", "nam: 9", "nữ: 11", "trẻ: 5", "già: 15"), "all", "trẻ", "già"),
		}, `
form of 2
 all/n 30 = a!B2:10 b!B2:20
 nam/n 13 = a!B3:4 b!B3:9
 nữ/n 17 = a!B4:6 b!B4:11
 trẻ/n 8 = a!B5:3 b!B5:5
 già/n 22 = a!B6:7 b!B6:15
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkSums(t, tt.tables, tt.want)
		})
	}
}

// TestCollateTop: a row is the total of everything where it is that in every table,
// and each total knows how many tables stand behind it.
func TestCollateTop(t *testing.T) {
	sum := Collate([]*paper.Table{
		total(tableOf("a", "n", "x: 10", "y: 20", "all: 30"), "all", "x", "y"), tableOf("b", "n", "x: 11"),
	})[0]
	for i, want := range []struct {
		top   bool
		heard int
	}{{false, 2}, {false, 1}, {true, 2}} {
		total, _ := sum.At(i, 0)
		if sum.Rows[i].Top != want.top || total.Heard() != want.heard {
			t.Errorf("%s: top %v, heard %d", sum.Rows[i].Name, sum.Rows[i].Top, total.Heard())
		}
	}
	sections := total(tableOf("c", "n", "I: 3", "x: 1", "y: 2", "II: 4"), "I", "x", "y")
	for _, r := range Collate([]*paper.Table{sections})[0].Rows {
		if r.Top {
			t.Errorf("%s is one of two sections and no total of all", r.Name)
		}
	}
}

// TestCollateShares: what each file, body and place has of the totals; bodies and
// places however they are spelt.
func TestCollateShares(t *testing.T) {
	a, b := by("SỞ Y TẾ", tableOf("a", "n", "x: 1", "y: 2")), by("Sở Y tế", tableOf("b", "n", "x: 4", "y: 8"))
	a.ByKey, b.ByKey = "sở y tế", "sở y tế"
	for _, table := range []*paper.Table{a, b} {
		table.Rows[0].Place, table.Rows[1].Place = "00004", "00004"
	}
	sum := Collate([]*paper.Table{a, b})[0]
	if len(sum.Files) != 2 || sum.Files[1].Name != "b" || len(sum.Files[1].Figures) != 2 {
		t.Errorf("files: %v", sum.Files)
	}
	if len(sum.Agencies) != 1 || sum.Agencies[0].Name != "SỞ Y TẾ" || sum.Agencies[0].Figures[0].Value != decimal.FromInt(5) {
		t.Errorf("agencies: %v", sum.Agencies)
	}
	if len(sum.Places) != 1 || sum.Places[0].Code != "00004" || sum.Places[0].Figures[0].Value != decimal.FromInt(15) {
		t.Errorf("places: %v", sum.Places)
	}
}

// TestCollateShareTooLarge: what a place has and cannot be held is said.
func TestCollateShareTooLarge(t *testing.T) {
	const most = "99999999999999999999999999999999999999"
	a := tableOf("a", "n", "x: "+most, "y: "+most)
	a.Rows[0].Place, a.Rows[1].Place = "00004", "00004"
	checkSums(t, []*paper.Table{a}, `
form of 1
 x/n `+most+` = a!B2:`+most+`
 y/n `+most+` = a!B3:`+most+`
 V314 
`)
}
