package aggregate

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/report/decimal"
	"tonghop/report/fault"
	"tonghop/report/paper"
)

// tableOf makes a table of lines "row: figure figure", under columns of the names,
// each followed by its unit in brackets where it has one and "!" where it is a rate.
func tableOf(file, columns string, lines ...string) *paper.Table {
	t := &paper.Table{File: file, Sheet: "S", Area: "A1:C9"}
	for name := range strings.SplitSeq(columns, " ") {
		rate := strings.HasSuffix(name, "!")
		name, unit, _ := strings.Cut(strings.TrimSuffix(name, "!"), "(")
		c := paper.Column{Key: name, Path: []string{name}, Adds: !rate}
		c.Unit = unitNamed(strings.TrimSuffix(unit, ")"))
		t.Columns = append(t.Columns, c)
	}
	for i, line := range lines {
		name, figures, _ := strings.Cut(line, ": ")
		name, rate := strings.CutSuffix(name, "!")
		name, unit, _ := strings.Cut(strings.TrimSuffix(name, ")"), "(")
		t.Rows = append(t.Rows, paper.Row{Key: name, Own: name, NameKey: name, Name: name, Unit: unitNamed(unit), Adds: !rate})
		for k, f := range strings.Fields(figures) {
			if f == "." {
				continue
			}
			t.Figures = append(t.Figures, paper.Figure{Row: i, Column: k, Cell: fmt.Sprintf("%c%d", 'B'+k, i+2), Text: f, Value: decimal.MustParse(f)})
		}
	}
	return t
}

// onSheet says on which sheet a table stands.
func onSheet(sheet string, t *paper.Table) *paper.Table {
	t.Sheet = sheet
	return t
}

// aPlan says that a table is a plan.
func aPlan(t *paper.Table) *paper.Table {
	t.Title.Plan = true
	return t
}

// by says who made a table.
func by(agency string, t *paper.Table) *paper.Table {
	t.Agency, t.ByKey = agency, agency
	return t
}

// unitNamed gives the unit of a name.
func unitNamed(words string) paper.Unit {
	switch words {
	case "":
		return paper.Unit{}
	case "%":
		return paper.Unit{Words: words, Base: "%", Measure: true}
	case "nghđ":
		return paper.Unit{Words: words, Base: "đ", Power: 3, Measure: true}
	case "trđ":
		return paper.Unit{Words: words, Base: "đ", Power: 6, Measure: true}
	case "đ":
		return paper.Unit{Words: words, Base: "đ", Measure: true}
	case "tấn":
		return paper.Unit{Words: words, Base: "kg", Power: 3, Measure: true}
	}
	return paper.Unit{Words: words, Base: words}
}

// spelt spells sums in short, findings last.
func spelt(sums []paper.Sum) string {
	var b strings.Builder
	for i := range sums {
		s := &sums[i]
		fmt.Fprintf(&b, "form of %d\n", len(s.Tables))
		for _, t := range s.Totals {
			fmt.Fprintf(&b, " %s/%s %s =", s.Rows[t.Row].Name, s.Columns[t.Column].Path[0], t.Value)
			for _, src := range t.Sources {
				fmt.Fprintf(&b, " %s!%s:%s", s.Tables[src.Table].File, src.Cell, src.Value)
			}
			b.WriteByte('\n')
		}
		for _, f := range s.Findings {
			fmt.Fprintf(&b, " %s %s\n", f.Code, f.File)
		}
	}
	return b.String()
}

func TestCollate(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"cell by cell, exactly", []*paper.Table{
			tableOf("a", "n m", "x: 0.1 1", "y: 2 ."),
			tableOf("b", "n m", "x: 0.2 5", "y: 3 7"),
		}, `
form of 2
 x/n 0.3 = a!B2:0.1 b!B2:0.2
 x/m 6 = a!C2:1 b!C2:5
 y/n 5 = a!B3:2 b!B3:3
 y/m 7 = b!C3:7
`},
		{"rows and columns in another order, and of their own", []*paper.Table{
			tableOf("a", "n m k", "x: 1 2 3", "z: 4 5 6"),
			tableOf("b", "m n k", "z: 10 20 30", "y: 1 1 1", "x: 100 200 300"),
		}, `
form of 2
 x/n 201 = a!B2:1 b!C4:200
 x/m 102 = a!C2:2 b!B4:100
 x/k 303 = a!D2:3 b!D4:300
 z/n 24 = a!B3:4 b!C2:20
 z/m 15 = a!C3:5 b!B2:10
 z/k 36 = a!D3:6 b!D2:30
 y/n 1 = b!C3:1
 y/m 1 = b!B3:1
 y/k 1 = b!D3:1
`},
		{"the same figures in another multiple of their unit are a copy", []*paper.Table{
			onSheet("dong", tableOf("a", "n(đ) m(đ)", "x: 1000000 2000000", "y: 3000000 4000000")), onSheet("trieu", tableOf("a", "n(trđ) m(trđ)", "x: 1 2", "y: 3 4")),
		}, `
form of 1
 x/n 1000000 = a!B2:1000000
 x/m 2000000 = a!C2:2000000
 y/n 3000000 = a!B3:3000000
 y/m 4000000 = a!C3:4000000
 S230 a
`},
		{"a plan beside what came of it is a form of its own, in all files", []*paper.Table{
			aPlan(tableOf("a", "n m", "x: 10 20")), tableOf("a", "n m", "x: 9 18"), aPlan(tableOf("b", "n m", "x: 1 2")), tableOf("b", "n m", "x: 1 3"),
		}, `
form of 2
 x/n 11 = a!B2:10 b!B2:1
 x/m 22 = a!C2:20 b!C2:2
form of 2
 x/n 10 = a!B2:9 b!B2:1
 x/m 21 = a!C2:18 b!C2:3
`},
		{"another form is added apart, and said", []*paper.Table{
			tableOf("a", "n m", "x: 1 2"), tableOf("b", "n m", "x: 3 4"), tableOf("c", "p q", "x: 5 6"),
		}, `
form of 2
 x/n 4 = a!B2:1 b!B2:3
 x/m 6 = a!C2:2 b!C2:4
form of 1
 x/p 5 = c!B2:5
 x/q 6 = c!C2:6
 S232 c
`},
		{"one column of two in common, and no form that most have", []*paper.Table{
			tableOf("a", "n m", "x: 1 2"), tableOf("b", "n p", "x: 3 4"),
		}, `
form of 1
 x/n 1 = a!B2:1
 x/m 2 = a!C2:2
form of 1
 x/n 3 = b!B2:3
 x/p 4 = b!C2:4
`},
		{"the same twice", []*paper.Table{
			tableOf("a", "n", "x: 1", "y: 2"), tableOf("b", "n", "x: 1", "y: 2"),
		}, `
form of 1
 x/n 1 = a!B2:1
 y/n 2 = a!B3:2
 S230 b
`},
		{"the same from two agencies", []*paper.Table{
			by("Xã An", tableOf("a", "n", "x: 1", "y: 2")), by("Xã Yên", tableOf("b", "n", "x: 1", "y: 2")), by("Xã An", tableOf("c", "n", "x: 1", "y: 2")),
			by("Xã Yên", tableOf("d", "n", "x: 1", "y: 2")),
		}, `
form of 2
 x/n 2 = a!B2:1 b!B2:1
 y/n 4 = a!B3:2 b!B3:2
 S238 b
 S230 c
 S230 d
`},
		{"the same digits in another unit are no copy", []*paper.Table{
			lent(tableOf("a", "n(trđ)", "x: 1", "y: 2")), lent(tableOf("b", "n(nghđ)", "x: 1", "y: 2")),
		}, `
form of 2
 x/n 1.001 = a!B2:1 b!B2:0.001
 y/n 2.002 = a!B3:2 b!B3:0.002
 N545 b
`},
		{"nor where rows state it", []*paper.Table{
			tableOf("a", "n", "x(trđ): 1", "y(trđ): 2"), tableOf("b", "n", "x(nghđ): 1", "y(nghđ): 2"),
		}, `
form of 2
 x/n 1.001 = a!B2:1 b!B2:0.001
 y/n 2.002 = a!B3:2 b!B3:0.002
 N545 b
`},
		{"but where one leaves it open", []*paper.Table{
			lent(tableOf("a", "n(trđ)", "x: 1", "y: 2")), tableOf("b", "n", "x: 1", "y: 2"),
		}, `
form of 1
 x/n 1 = a!B2:1
 y/n 2 = a!B3:2
 S230 b
`},
		{"the sum of the others", []*paper.Table{
			tableOf("a", "n", "x: 1", "y: 2", "z: 3"), tableOf("b", "n", "x: 5", "y: 6", "z: 7"), tableOf("all", "n", "x: 6", "y: 8", "z: 10"),
		}, `
form of 2
 x/n 6 = a!B2:1 b!B2:5
 y/n 8 = a!B3:2 b!B3:6
 z/n 10 = a!B4:3 b!B4:7
 S231 all
`},
		{"nearly the sum of the others is a report", []*paper.Table{
			tableOf("a", "n", "x: 1", "y: 2", "z: 3"), tableOf("b", "n", "x: 5", "y: 6", "z: 7"), tableOf("c", "n", "x: 6", "y: 8", "z: 11"),
		}, `
form of 3
 x/n 12 = a!B2:1 b!B2:5 c!B2:6
 y/n 16 = a!B3:2 b!B3:6 c!B3:8
 z/n 21 = a!B4:3 b!B4:7 c!B4:11
`},
		{"money in two scales", []*paper.Table{
			tableOf("a", "n(trđ)", "x: 1.5"), tableOf("b", "n(đ)", "x: 2500000"),
		}, `
form of 2
 x/n 4 = a!B2:1.5 b!B2:2.5
 N545 b
`},
		{"things counted under other words", []*paper.Table{
			tableOf("a", "n(hộ)", "x: 1"), tableOf("b", "n(người)", "x: 2"),
		}, `
form of 2
 x/n 3 = a!B2:1 b!B2:2
 S236 b
`},
		{"units that cannot be converted are kept apart", []*paper.Table{
			tableOf("a", "n(hộ)", "x: 1"), tableOf("b", "n(tấn)", "x: 2"), tableOf("c", "n(tấn)", "x: 4"),
		}, `
form of 3
 x/n 1 = a!B2:1
 x/n (tấn) 6 = b!B2:2 c!B2:4
 S233 b
 S233 c
`},
		{"the first that states a unit decides, also for those that state none", []*paper.Table{
			tableOf("a", "n", "x: 1"), tableOf("b", "n(trđ)", "x: 2"), tableOf("c", "n(đ)", "x: 3000000"),
		}, `
form of 3
 x/n 6 = a!B2:1 b!B2:2 c!B2:3
 S237 a
 N545 c
`},
		{"what a row states goes before its column", []*paper.Table{
			tableOf("a", "n(trđ)", "x: 1", "y(tấn): 1"), tableOf("b", "n(đ)", "x: 2000000", "y(tấn): 1"),
		}, `
form of 2
 x/n 3 = a!B2:1 b!B2:2
 y/n 2 = a!B3:1 b!B3:1
 N545 b
`},
		{"rows of rates are not added", []*paper.Table{
			tableOf("a", "n", "x: 1", "r!: 50"), tableOf("b", "n", "x: 2", "r!: 60"),
		}, `
form of 2
 x/n 3 = a!B2:1 b!B2:2
 N546 
`},
		{"rates are not added", []*paper.Table{
			tableOf("a", "n r!", "x: 1 50"), tableOf("b", "n r!", "x: 2 60"),
		}, `
form of 2
 x/n 3 = a!B2:1 b!B2:2
 N546 
`},
		{"shares under the name of a number are kept apart", []*paper.Table{
			tableOf("a", "n", "x: 11"), tableOf("b", "n(%)!", "x: 4.5"),
		}, `
form of 2
 x/n 11 = a!B2:11
 S233 b
 N546 
`},
		{"also where they come first, and the odd one is told", []*paper.Table{
			tableOf("a", "n(%)!", "x: 4.5"), tableOf("b", "n", "x: 11"), tableOf("c", "n(%)!", "x: 3.5"),
		}, `
form of 3
 x/n 11 = b!B2:11
 S233 b
 N546 
`},
		{"rows of shares under the name of a number", []*paper.Table{
			tableOf("a", "n", "x(%)!: 4.5", "y: 1"), tableOf("b", "n", "x(hộ): 11", "y: 2"),
		}, `
form of 2
 x/n 11 = b!B2:11
 y/n 3 = a!B3:1 b!B3:2
 S233 a
 N546 
`},
		{"a line of shares without figures is nobody else's", []*paper.Table{
			tableOf("a", "n m(%)!", "x: 1 .", "r!: .", "y: 2 ."), tableOf("b", "n m", "x: 4 6", "r: 5 7", "y: 8 9"),
		}, `
form of 2
 x/n 5 = a!B2:1 b!B2:4
 x/m 6 = b!C2:6
 r/n 5 = b!B3:5
 r/m 7 = b!C3:7
 y/n 10 = a!B4:2 b!B4:8
 y/m 9 = b!C4:9
`},
		{"annexes of a workbook under one heading each with their own", []*paper.Table{
			tableOf("a", "n", "x: 1", "y: 2", "all: 3"), tableOf("a", "n", "p: 10", "q: 20", "all: 30"),
			tableOf("b", "n", "p: 11", "q: 21", "all: 32"), tableOf("b", "n", "x: 4", "y: 5", "all: 9"),
			tableOf("c", "n", "x: 6", "y: 7", "all: 13"),
		}, `
form of 3
 x/n 11 = a!B2:1 b!B2:4 c!B2:6
 y/n 14 = a!B3:2 b!B3:5 c!B3:7
 all/n 25 = a!B4:3 b!B4:9 c!B4:13
form of 2
 p/n 21 = a!B2:10 b!B2:11
 q/n 41 = a!B3:20 b!B3:21
 all/n 62 = a!B4:30 b!B4:32
`},
		{"lists of other rows in other workbooks", []*paper.Table{
			tableOf("a", "n", "x: 1"), tableOf("b", "n", "y: 2"),
		}, `
form of 2
 x/n 1 = a!B2:1
 y/n 2 = b!B2:2
`},
		{"lists of other rows in one workbook, of several columns", []*paper.Table{
			tableOf("a", "n m", "x: 1 2"), tableOf("a", "n m", "y: 2 3"),
		}, `
form of 2
 x/n 1 = a!B2:1
 x/m 2 = a!C2:2
 y/n 2 = a!B2:2
 y/m 3 = a!C2:3
`},
		{"one column under two headings", []*paper.Table{
			tableOf("a", "n m k", "x: 1 2 3"), tableOf("b", "n m k", "x: 4 5 6"), tableOf("c", "n mm k", "x: 7 8 10"),
		}, `
form of 3
 x/n 12 = a!B2:1 b!B2:4 c!B2:7
 x/mm 8 = c!C2:8
 x/m 7 = a!C2:2 b!C2:5
 x/k 19 = a!D2:3 b!D2:6 c!D2:10
 S235 c
`},
		{"nothing", nil, "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkSums(t, tt.tables, tt.want)
		})
	}
}

func checkSums(t *testing.T, tables []*paper.Table, want string) {
	t.Helper()
	if got := "\n" + spelt(Collate(tables)); got != want {
		t.Errorf("sums:%s\nwant:%s", got, want)
	}
}

// TestCollateTooLarge: a sum that cannot be held is said, and nothing is cut.
func TestCollateTooLarge(t *testing.T) {
	most := "99999999999999999999999999999999999999"
	sums := Collate([]*paper.Table{tableOf("a", "n", "x: "+most, "y: 1"), tableOf("b", "n", "x: "+most, "y: 2")})
	if len(sums) != 1 || len(sums[0].Findings) != 1 || sums[0].Findings[0].Code != fault.NumberTooLarge {
		t.Fatalf("sums: %s", spelt(sums))
	}
	if total, ok := sums[0].At(1, 0); !ok || total.Value != decimal.FromInt(3) {
		t.Errorf("the other row is %v", total.Value)
	}
}
