package aggregate

import (
	"strings"
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

// open says of rows of a table that a formula without a value stands in their first column.
func open(t *paper.Table, rows ...int) *paper.Table {
	for _, i := range rows {
		t.Open = append(t.Open, paper.Cell{Row: i})
	}
	return t
}

// openAt says of a cell of a table that a formula without a value stands there.
func openAt(t *paper.Table, row, column int) *paper.Table {
	t.Open = append(t.Open, paper.Cell{Row: row, Column: column})
	return t
}

// nameless takes the name of a row of a table.
func nameless(t *paper.Table, row int) *paper.Table {
	t.Rows[row].Name = ""
	return t
}

// called says of rows of a table that their names say that they are totals.
func called(t *paper.Table, rows ...int) *paper.Table {
	for _, i := range rows {
		t.Rows[i].Called = true
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
		{"a total by formulas that nothing has reckoned", []*paper.Table{
			total(tableOf("a", "n", "x: 10", "y: 20", "all: ."), "all", "x", "y"), total(tableOf("b", "n", "x: 11", "w: 21", "all: ."), "all", "x", "w"),
		}, `
form of 2
 x/n 21 = a!B2:10 b!B2:11
 w/n 21 = b!B3:21
 y/n 20 = a!B3:20
 all/n 62 = a!B2:10 a!B3:20 b!B2:11 b!B3:21
 S239 a
 S239 b
`},
		{"totals of totals by formulas that nothing has reckoned", []*paper.Table{
			total(total(total(tableOf("a", "n", "all: .", "I: .", "x: 10", "y: 20", "II: .", "z: 5", "w: 6"), "I", "x", "y"), "II", "z", "w"), "all", "I", "II"),
		}, `
form of 1
 all/n 41 = a!B4:10 a!B5:20 a!B7:5 a!B8:6
 I/n 30 = a!B4:10 a!B5:20
 x/n 10 = a!B4:10
 y/n 20 = a!B5:20
 II/n 11 = a!B7:5 a!B8:6
 z/n 5 = a!B7:5
 w/n 6 = a!B8:6
 S239 a
 S239 a
 S239 a
`},
		{"a column of sums that nothing has reckoned", []*paper.Table{
			across(tableOf("a", "p q all", "x: 1 2 .", "y: 3 4 ."), 2, 0, 1),
		}, `
form of 1
 x/p 1 = a!B2:1
 x/q 2 = a!C2:2
 x/all 3 = a!B2:1 a!C2:2
 y/p 3 = a!B3:3
 y/q 4 = a!C3:4
 y/all 7 = a!B3:3 a!C3:4
 S239 a
`},
		{"a part of a part that nobody knows", []*paper.Table{
			openAt(across(across(tableOf("a", "p q r half all", "x: 1 . 5 . .", "y: 3 4 5 . ."), 3, 0, 1), 4, 2, 3), 0, 1), across(across(tableOf("b", "p q r half all", "x: 1 1 1 2 3", "y: 1 1 1 2 3"), 3, 0, 1), 4, 2, 3),
		}, `
form of 2
 x/p 2 = a!B2:1 b!B2:1
 x/q 1 = b!C2:1
 x/r 6 = a!D2:5 b!D2:1
 x/half 2 = b!E2:2
 x/all 3 = b!F2:3
 y/p 4 = a!B3:3 b!B3:1
 y/q 5 = a!C3:4 b!C3:1
 y/r 6 = a!D3:5 b!D3:1
 y/half 9 = a!B3:3 a!C3:4 b!E3:2
 y/all 15 = a!B3:3 a!C3:4 a!D3:5 b!F3:3
 S239 a
 S258 a
 S239 a
 S258 a
 S245 
 S245 
`},
		{"a total of rows is not made of the columns that are known", []*paper.Table{
			openAt(across(total(tableOf("a", "p q all", "x: 1 2 3", "y: 3 4 7", "sum: 4 . ."), "sum", "x", "y"), 2, 0, 1), 2, 1), across(total(tableOf("b", "p q all", "x: 1 1 2", "y: 1 1 2", "sum: 2 2 4"), "sum", "x", "y"), 2, 0, 1),
		}, `
form of 2
 x/p 2 = a!B2:1 b!B2:1
 x/q 3 = a!C2:2 b!C2:1
 x/all 5 = a!D2:3 b!D2:2
 y/p 4 = a!B3:3 b!B3:1
 y/q 5 = a!C3:4 b!C3:1
 y/all 9 = a!D3:7 b!D3:2
 sum/p 6 = a!B4:4 b!B4:2
 sum/q 8 = a!C2:2 a!C3:4 b!C4:2
 sum/all 14 = a!D2:3 a!D3:7 b!D4:4
 S239 a
`},
		{"nor a part in another column", []*paper.Table{
			openAt(across(tableOf("a", "p q all", "x: 1 . .", "y: 3 4 ."), 2, 0, 1), 0, 1), across(tableOf("b", "p q all", "x: 1 1 2", "y: 1 1 2"), 2, 0, 1),
		}, `
form of 2
 x/p 2 = a!B2:1 b!B2:1
 x/q 1 = b!C2:1
 x/all 2 = b!D2:2
 y/p 4 = a!B3:3 b!B3:1
 y/q 5 = a!C3:4 b!C3:1
 y/all 9 = a!B3:3 a!C3:4 b!D3:2
 S239 a
 S258 a
 S245 
`},
		{"a total without a name has that of the next", []*paper.Table{
			nameless(total(tableOf("a", "n", "x: 1", "y: 2", "all: 3"), "all", "x", "y"), 2), total(tableOf("b", "n", "x: 5", "y: 2", "all: 7"), "all", "x", "y"),
		}, `
form of 2
 x/n 6 = a!B2:1 b!B2:5
 y/n 4 = a!B3:2 b!B3:2
 all/n 10 = a!B4:3 b!B4:7
`},
		{"a part that nothing has reckoned makes no total", []*paper.Table{
			open(total(tableOf("a", "n", "x: 10", "y: .", "all: ."), "all", "x", "y"), 1), total(tableOf("b", "n", "x: 1", "y: 2", "all: 3"), "all", "x", "y"),
		}, `
form of 2
 x/n 11 = a!B2:10 b!B2:1
 y/n 2 = b!B3:2
 all/n 3 = b!B4:3
 S258 a
 S245 
`},
		{"one that nothing has reckoned beside one with a value", []*paper.Table{
			total(tableOf("a", "n", "x: 10", "y: 20", "all: 30"), "all", "x", "y"), total(tableOf("b", "n", "x: 11", "w: 21", "all: ."), "all", "x", "w"),
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
		{"what two parts of a total are made of counts once", []*paper.Table{
			total(total(total(tableOf("a", "n", "all: 24", "I: 12", "II: 12", "x: 5", "y: 7", "z: 9"), "I", "x", "y"), "II", "x", "y"), "all", "I", "II"),
			tableOf("b", "n", "all: .", "I: .", "II: .", "x: 1", "y: 7", "z: 8"),
		}, `
form of 2
 all/n 32 = a!B2:24 b!B5:1 b!B6:7
 I/n 20 = a!B3:12 b!B5:1 b!B6:7
 II/n 20 = a!B4:12 b!B5:1 b!B6:7
 x/n 6 = a!B5:5 b!B5:1
 y/n 14 = a!B6:7 b!B6:7
 z/n 17 = a!B7:9 b!B7:8
 S239 b
 S239 b
 S239 b
`},
		{"a total of which only a share was typed is made of its parts", []*paper.Table{
			total(tableOf("a", "n r!", "all: 60 .", "x: 10 .", "y: 50 ."), "all", "x", "y"),
			tableOf("b", "n r!", "all: . 86", "x: 1 .", "z: 400 ."),
		}, `
form of 2
 all/n 461 = a!B2:60 b!B3:1 b!B4:400
 x/n 11 = a!B3:10 b!B3:1
 z/n 400 = b!B4:400
 y/n 50 = a!B4:50
 S239 b
 N546 
`},
		{"sections that a table leaves out count by their parts", []*paper.Table{
			total(total(tableOf("a", "n", "all: 60", "I: 30", "x: 10", "y: 20", "II: 30", "w: 5"), "I", "x", "y"), "all", "I", "II"),
			tableOf("b", "n", "all: .", "x: 1", "y: 2", "II: 4", "w: 6"),
		}, `
form of 2
 all/n 67 = a!B2:60 b!B3:1 b!B4:2 b!B5:4
 I/n 33 = a!B3:30 b!B3:1 b!B4:2
 x/n 11 = a!B4:10 b!B3:1
 y/n 22 = a!B5:20 b!B4:2
 II/n 34 = a!B6:30 b!B5:4
 w/n 11 = a!B7:5 b!B6:6
 S239 b
 S239 b
`},
		{"columns that a table leaves out count by their parts", []*paper.Table{
			across(across(tableOf("a", "all n m k", "x: 6 3 1 2", "y: 9 4 3 1"), 0, 1, 3), 1, 2), tableOf("b", "m k p", "x: 5 6 1", "y: 4 5 1"),
			across(across(tableOf("c", "all n m k", "x: 6 3 3 3", "y: 9 4 4 5"), 0, 1, 3), 1, 2), tableOf("d", "all m k", "x: . 5 6", "y: . 4 5"),
		}, `
form of 3
 x/all 23 = a!B2:6 c!B2:6 d!C2:5 d!D2:6
 x/n 11 = a!C2:3 c!C2:3 d!C2:5
 x/m 9 = a!D2:1 c!D2:3 d!C2:5
 x/k 11 = a!E2:2 c!E2:3 d!D2:6
 y/all 27 = a!B3:9 c!B3:9 d!C3:4 d!D3:5
 y/n 12 = a!C3:4 c!C3:4 d!C3:4
 y/m 11 = a!D3:3 c!D3:4 d!C3:4
 y/k 11 = a!E3:1 c!E3:5 d!D3:5
 S239 d
 S239 d
form of 1
 x/m 5 = b!B2:5
 x/k 6 = b!C2:6
 x/p 1 = b!D2:1
 y/m 4 = b!B3:4
 y/k 5 = b!C3:5
 y/p 1 = b!D3:1
 S232 b
`},
		{"a total that does not close is not added to its own parts", []*paper.Table{
			total(tableOf("a", "n", "=: 30", "x: 10", "y: 20"), "=", "x", "y"), called(tableOf("b", "n", "toàn xã: 64", "p: 11", "q: 22"), 0),
		}, `
form of 2
 =/n 30 = a!B2:30
 x/n 10 = a!B3:10
 y/n 20 = a!B4:20
 toàn xã/n 64 = b!B2:64
 p/n 11 = b!B3:11
 q/n 22 = b!B4:22
 S258 b
`},
		{"also where it is added up alone in another table", []*paper.Table{
			total(tableOf("a", "n", "=: 30", "x: 10", "y: 20"), "=", "x", "y"), called(tableOf("b", "n", "toàn xã: 5"), 0), called(tableOf("c", "n", "toàn xã: 64", "p: 11", "q: 22"), 0),
		}, `
form of 3
 =/n 35 = a!B2:30 b!B2:5
 x/n 10 = a!B3:10
 y/n 20 = a!B4:20
 toàn xã/n 69 = b!B2:5 c!B2:64
 p/n 11 = c!B3:11
 q/n 22 = c!B4:22
 S239 b
 S258 c
 S245 
`},
		{"one that does, or stands alone, or is known for a part, is", []*paper.Table{
			total(tableOf("a", "n", "=: 30", "số nam: 10", "số nữ: 20"), "=", "số nam", "số nữ"),
			total(called(tableOf("b", "n", "toàn xã: 33", "p: 11", "q: 22"), 0), "toàn xã", "p", "q"), called(tableOf("c", "n", "toàn xã: 5"), 0),
			called(tableOf("d", "n", "số nam: 3", "số nữ: 4"), 0, 1),
		}, `
form of 4
 =/n 75 = a!B2:30 b!B2:33 c!B2:5 d!B2:3 d!B3:4
 số nam/n 13 = a!B3:10 d!B2:3
 số nữ/n 24 = a!B4:20 d!B3:4
 toàn xã/n 38 = b!B2:33 c!B2:5
 p/n 11 = b!B3:11
 q/n 22 = b!B4:22
 S239 b
 S239 c
 S239 d
 S245 
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkSums(t, tt.tables, tt.want)
		})
	}
}

// TestCollateTotalUnits: a total is made of figures in its own unit, or of none.
func TestCollateTotalUnits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"parts in a smaller unit are converted", []*paper.Table{
			total(tableOf("a", "n", "all(trđ): 60", "x(trđ): 20", "y(trđ): 40"), "all", "x", "y"), tableOf("b", "n", "x(trđ): 11", "y(trđ): 22", "z(nghđ): 5000"),
		}, `
form of 2
 all/n 98 = a!B2:60 b!B2:11 b!B3:22 b!B4:5
 x/n 31 = a!B3:20 b!B2:11
 y/n 62 = a!B4:40 b!B3:22
 z/n 5000 = b!B4:5000
 N545 b
 S239 b
`},
		{"columns too", []*paper.Table{
			tableOf("a", "n(nghđ) m(trđ)", "x: 5000 8"), across(tableOf("b", "n(trđ) m(trđ) k(trđ)", "x: 9 19 28"), 2, 0, 1),
		}, `
form of 2
 x/n 14000 = a!B2:5000 b!B2:9000
 x/m 27 = a!C2:8 b!C2:19
 x/k 41 = a!B2:5 a!C2:8 b!D2:28
 N545 b
 N545 a
 S239 a
`},
		{"households are no part of an amount", []*paper.Table{
			total(tableOf("a", "n", "all(trđ): 60", "x(trđ): 20", "y(trđ): 40"), "all", "x", "y"), counting(lent(tableOf("b", "n(trđ)", "x: 11", "y: 22", "h: 450")), 2),
		}, `
form of 2
 all/n 60 = a!B2:60
 x/n 31 = a!B3:20 b!B2:11
 y/n 62 = a!B4:40 b!B3:22
 h/n 450 = b!B4:450
 S258 b
 S245 
`},
		{"nor in columns", []*paper.Table{
			tableOf("a", "n(hộ) m(trđ)", "x: 5 8"), across(tableOf("b", "n m(trđ) k(trđ)", "x: 9 19 28"), 2, 0, 1),
		}, `
form of 2
 x/n 14 = a!B2:5 b!B2:9
 x/m 27 = a!C2:8 b!C2:19
 x/k 28 = b!D2:28
 S258 a
`},
		{"what states no unit is a part where that is proven", []*paper.Table{
			total(tableOf("a", "n", "all(trđ): 60", "x: 20", "y: 40"), "all", "x", "y"), tableOf("b", "n", "x: 11", "y: 22"),
		}, `
form of 2
 all/n 93 = a!B2:60 b!B2:11 b!B3:22
 x/n 31 = a!B3:20 b!B2:11
 y/n 62 = a!B4:40 b!B3:22
 S239 b
`},
		{"and else is none", []*paper.Table{
			total(tableOf("a", "n", "all(trđ): 60", "x: 20", "y: 40"), "all", "x", "y"), tableOf("b", "n", "x: 11", "y: 22", "z: 1"),
		}, `
form of 2
 all/n 60 = a!B2:60
 x/n 31 = a!B3:20 b!B2:11
 y/n 62 = a!B4:40 b!B3:22
 z/n 1 = b!B4:1
 S258 b
 S245 
`},
		{"a total that states no unit is in that of its parts", []*paper.Table{
			total(tableOf("a", "n", "all: 60", "x(trđ): 20", "y(trđ): 40"), "all", "x", "y"), tableOf("b", "n", "x(trđ): 11", "y(đ): 22000000"),
		}, `
form of 2
 all/n 93 = a!B2:60 b!B2:11 b!B3:22
 x/n 31 = a!B3:20 b!B2:11
 y/n 62 = a!B4:40 b!B3:22
 N545 b
 S239 b
`},
		{"and not where they are in several", []*paper.Table{
			total(tableOf("a", "n", "all: 60", "x: 20", "y: 40"), "all", "x", "y"), tableOf("b", "n", "x(trđ): 11", "y(hộ): 22"),
		}, `
form of 2
 all/n 60 = a!B2:60
 x/n 31 = a!B3:20 b!B2:11
 y/n 62 = a!B4:40 b!B3:22
 S237 a
 S258 b
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

// TestCollatePlaceUnits: the households of a place and its money are two shares, and
// each says what it is in.
func TestCollatePlaceUnits(t *testing.T) {
	sum := Collate([]*paper.Table{
		placed(tableOf("a", "n", "Bát-Xát(hộ): 18"), "02683"), placed(tableOf("b", "n", "Bát-Xát(trđ): 180"), "02683"),
	})[0]
	var got []string
	for _, p := range sum.Places {
		got = append(got, p.Name, p.Figures[0].Value.String())
	}
	if want := "Bát-Xát (hộ) 18 Bát-Xát (trđ) 180"; strings.Join(got, " ") != want {
		t.Errorf("places: %v, want %s", got, want)
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
