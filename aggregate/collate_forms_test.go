package aggregate

import (
	"strconv"
	"strings"
	"testing"

	"tonghop/report/fault"
	"tonghop/report/paper"
)

// titled says what stands over a table: words, and the years among them.
func titled(title string, t *paper.Table) *paper.Table {
	t.Title.Text = title
	for w := range strings.FieldsSeq(title) {
		if _, err := strconv.Atoi(w); err == nil {
			t.Title.Years = append(t.Title.Years, w)
			continue
		}
		t.Title.Words = append(t.Title.Words, w)
	}
	return t
}

// yearly makes the columns of a table periods.
func yearly(t *paper.Table) *paper.Table {
	for i := range t.Columns {
		t.Columns[i].Period = true
	}
	return t
}

// ofYears says which years the heads of a table name.
func ofYears(t *paper.Table, years ...string) *paper.Table {
	t.Years = years
	return t
}

func TestCollateForms(t *testing.T) {
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"years over provinces are of what the title says", []*paper.Table{
			titled("farms", yearly(tableOf("a", "2014 2015", "x: 1 2", "y: 3 4"))), titled("cereals production", yearly(tableOf("b", "2014 2015", "x: 5 6", "y: 7 8"))),
			titled("farms counted", yearly(tableOf("c", "2014 2015", "x: 1 1", "y: 1 1"))),
		}, `
form of 2
 x/2014 2 = a!B2:1 c!B2:1
 x/2015 3 = a!C2:2 c!C2:1
 y/2014 4 = a!B3:3 c!B3:1
 y/2015 5 = a!C3:4 c!C3:1
form of 1
 x/2014 5 = b!B2:5
 x/2015 6 = b!C2:6
 y/2014 7 = b!B3:7
 y/2015 8 = b!C3:8
 S229 b
`},
		{"years over provinces are of what their unit says", []*paper.Table{
			yearly(tableOf("a", "2014(tấn)", "x: 1", "y: 3")), yearly(tableOf("b", "2014(trđ)", "x: 5", "y: 7")),
		}, `
form of 1
 x/2014 1 = a!B2:1
 y/2014 3 = a!B3:3
form of 1
 x/2014 5 = b!B2:5
 y/2014 7 = b!B3:7
 S229 b
`},
		{"the same rows and columns are one form whatever the title, and it is said", []*paper.Table{
			titled("trợ giúp", tableOf("a", "n", "x: 1", "y: 2")), titled("bảo trợ", tableOf("b", "n", "x: 4", "y: 8")), titled("cứu tế", tableOf("c", "n", "x: 5", "y: 5")),
		}, `
form of 3
 x/n 10 = a!B2:1 b!B2:4 c!B2:5
 y/n 15 = a!B3:2 b!B3:8 c!B3:5
 S228 c
`},
		{"two tables of one sheet are two forms though the words over them are nearly the same", []*paper.Table{
			titled("vốn trong nước", tableOf("a", "n m", "x: 1 1", "y: 2 2")), titled("vốn nước ngoài", tableOf("a", "n m", "x: 3 3", "y: 4 4")),
			titled("vốn nước ngoài", tableOf("b", "n m", "x: 30 30", "y: 40 40")), titled("vốn trong nước", tableOf("b", "n m", "x: 10 10", "y: 20 20")),
		}, `
form of 2
 x/n 11 = a!B2:1 b!B2:10
 x/m 11 = a!C2:1 b!C2:10
 y/n 22 = a!B3:2 b!B3:20
 y/m 22 = a!C3:2 b!C3:20
form of 2
 x/n 33 = a!B2:3 b!B2:30
 x/m 33 = a!C2:3 b!C2:30
 y/n 44 = a!B3:4 b!B3:40
 y/m 44 = a!C3:4 b!C3:40
`},
		{"so are two of other years", []*paper.Table{
			titled("vốn 2025", tableOf("a", "n", "x: 1", "y: 2")), titled("vốn 2024", tableOf("a", "n", "x: 3", "y: 4")),
		}, `
form of 1
 x/n 1 = a!B2:1
 y/n 2 = a!B3:2
form of 1
 x/n 3 = a!B2:3
 y/n 4 = a!B3:4
`},
		{"another year is added, and said", []*paper.Table{
			titled("trợ giúp 2021", tableOf("a", "n", "x: 1", "y: 2")), titled("trợ giúp 2020", tableOf("b", "n", "x: 4", "y: 8")),
		}, `
form of 2
 x/n 5 = a!B2:1 b!B2:4
 y/n 10 = a!B3:2 b!B3:8
 S228 b
`},
		{"columns of another year are another form", []*paper.Table{
			ofYears(tableOf("a", "n m", "x: 1 1", "y: 2 2"), "2013"), ofYears(tableOf("b", "n m", "x: 4 4", "y: 8 8"), "2017"),
		}, `
form of 1
 x/n 1 = a!B2:1
 x/m 1 = a!C2:1
 y/n 2 = a!B3:2
 y/m 2 = a!C3:2
form of 1
 x/n 4 = b!B2:4
 x/m 4 = b!C2:4
 y/n 8 = b!B3:8
 y/m 8 = b!C3:8
 S229 b
`},
		{"two titles in each workbook are two forms of which nothing need be said", []*paper.Table{
			titled("trẻ em", tableOf("a", "n m", "x: 1 1", "y: 2 2")), titled("người già", tableOf("a", "n m", "x: 3 3", "y: 4 4")),
			titled("người già", tableOf("b", "n m", "x: 30 30", "y: 40 40")), titled("trẻ em", tableOf("b", "n m", "x: 10 10", "y: 20 20")),
		}, `
form of 2
 x/n 11 = a!B2:1 b!B2:10
 x/m 11 = a!C2:1 b!C2:10
 y/n 22 = a!B3:2 b!B3:20
 y/m 22 = a!C3:2 b!C3:20
form of 2
 x/n 33 = a!B2:3 b!B2:30
 x/m 33 = a!C2:3 b!C2:30
 y/n 44 = a!B3:4 b!B3:40
 y/m 44 = a!C3:4 b!C3:40
`},
		{"the same rows under other columns", []*paper.Table{
			tableOf("a", "n m", "x: 1 2", "y: 3 4"), tableOf("b", "p q", "x: 5 6", "y: 7 8"),
		}, `
form of 1
 x/n 1 = a!B2:1
 x/m 2 = a!C2:2
 y/n 3 = a!B3:3
 y/m 4 = a!C3:4
form of 1
 x/p 5 = b!B2:5
 x/q 6 = b!C2:6
 y/p 7 = b!B3:7
 y/q 8 = b!C3:8
 S232 b
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkSums(t, tt.tables, tt.want)
		})
	}
}

// TestCollateAbout: what keeps a table apart is named though it has no title.
// TestCollateHalves: a list that was set in two halves is one form.
func TestCollateHalves(t *testing.T) {
	half := func(top int, rows ...string) *paper.Table {
		table := tableOf("a", "n", rows...)
		table.Top = top
		return table
	}
	for _, tt := range []struct {
		tables []*paper.Table
		forms  int
	}{
		{[]*paper.Table{half(5, "x: 1", "y: 2"), half(5, "z: 3", "w: 4")}, 1},
		{[]*paper.Table{half(5, "x: 1", "y: 2"), half(15, "z: 3", "w: 4")}, 2},
	} {
		if got := len(Collate(tt.tables)); got != tt.forms {
			t.Errorf("%d forms, want %d", got, tt.forms)
		}
	}
}

func TestCollateAbout(t *testing.T) {
	sums := Collate([]*paper.Table{ofYears(tableOf("a", "n", "x: 1", "y: 2"), "2013"), ofYears(tableOf("b", "n", "x: 4", "y: 8"), "2017")})
	for _, f := range sums[1].Findings {
		if err := f.Check(); err != nil || strings.Contains(f.VI(), "?") {
			t.Errorf("%v: %s", err, f.VI())
		}
	}
}

// TestCollateSummaries: what someone added up before is left out wherever it lies.
func TestCollateSummaries(t *testing.T) {
	sheet := func(name string, t *paper.Table) *paper.Table {
		t.Sheet = name
		return t
	}
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		left   []string // files of those that are left out
		first  string   // the first total
	}{
		{"in each workbook", []*paper.Table{
			sheet("all", tableOf("a", "n", "x: 3", "y: 30", "z: 7")), sheet("1", tableOf("a", "n", "x: 1", "y: 10", "z: 3")), sheet("2", tableOf("a", "n", "x: 2", "y: 20", "z: 4")),
			sheet("all", tableOf("b", "n", "x: 7", "y: 70", "z: 9")), sheet("1", tableOf("b", "n", "x: 3", "y: 30", "z: 4")), sheet("2", tableOf("b", "n", "x: 4", "y: 40", "z: 5")),
		}, []string{"a", "b"}, "10"},
		{"in each workbook, and of all of them", []*paper.Table{
			sheet("all", tableOf("a", "n", "x: 3", "y: 30", "z: 7")), sheet("1", tableOf("a", "n", "x: 1", "y: 10", "z: 3")), sheet("2", tableOf("a", "n", "x: 2", "y: 20", "z: 4")),
			tableOf("b", "n", "x: 7", "y: 70", "z: 9"), tableOf("tỉnh", "n", "x: 10", "y: 100", "z: 16"),
		}, []string{"a", "tỉnh"}, "10"},
		{"in another unit", []*paper.Table{
			tableOf("a", "n(đ)", "x: 1000000", "y: 2000000", "z: 500000"), tableOf("b", "n(đ)", "x: 3000000", "y: 1000000", "z: 500000"), tableOf("c", "n(trđ)", "x: 4", "y: 3", "z: 1"),
		}, []string{"c"}, "4000000"},
		{"rounded to another unit", []*paper.Table{
			tableOf("a", "n(đ)", "x: 1240000", "y: 22000000", "z: 5500000"), tableOf("b", "n(đ)", "x: 3000000", "y: 1000000", "z: 5500000"), tableOf("c", "n(trđ)", "x: 4.2", "y: 23", "z: 11"),
		}, []string{"c"}, "4240000"},
		{"rounded to another unit, and first of all", []*paper.Table{
			tableOf("0", "n(trđ)", "x: 4.2", "y: 23", "z: 11"), tableOf("a", "n(đ)", "x: 1240000", "y: 22000000", "z: 5500000"), tableOf("b", "n(đ)", "x: 3000000", "y: 1000000", "z: 5500000"),
		}, []string{"0"}, "4240000"},
		{"in another unit and not what rounding gives", []*paper.Table{
			tableOf("a", "n(đ)", "x: 1240000", "y: 22000000", "z: 5500000"), tableOf("b", "n(đ)", "x: 3000000", "y: 1000000", "z: 5500000"), tableOf("c", "n(trđ)", "x: 4.3", "y: 23", "z: 11"),
		}, nil, "8540000"},
		{"with a total that the parts lack", []*paper.Table{
			tableOf("a", "n", "x: 1", "y: 2", "z: 3"), tableOf("b", "n", "x: 3", "y: 1", "z: 5"), total(tableOf("c", "n", "x: 4", "y: 3", "z: 8", "all: 15"), "all", "x", "y", "z"),
		}, []string{"c"}, "4"},
		{"by chance, of a body of its own", []*paper.Table{
			by("Xã An", tableOf("a", "n", "x: 1", "y: 2", "z: 1")), by("Xã Yên", tableOf("b", "n", "x: 2", "y: 1", "z: 0")), by("Xã Vui", tableOf("c", "n", "x: 3", "y: 3", "z: 1")),
		}, nil, "6"},
		{"in too many digits for chance", []*paper.Table{
			by("Xã An", tableOf("a", "n", "x: 11", "y: 12", "z: 31")), by("Xã Yên", tableOf("b", "n", "x: 22", "y: 21", "z: 10")), by("Huyện", tableOf("c", "n", "x: 33", "y: 33", "z: 41")),
		}, []string{"c"}, "33"},
		{"as it says itself", []*paper.Table{
			by("Xã An", tableOf("a", "n", "x: 1", "y: 2", "z: 1")), by("Xã Yên", tableOf("b", "n", "x: 2", "y: 1", "z: 0")), by("Huyện", sheet("Tổng hợp", tableOf("c", "n", "x: 3", "y: 3", "z: 1"))),
		}, []string{"c"}, "3"},
		{"as all of them say", []*paper.Table{
			by("Xã An", titled("BẢNG TỔNG HỢP", tableOf("a", "n", "x: 1", "y: 2", "z: 1"))), by("Xã Yên", titled("Bảng tổng hợp", tableOf("b", "n", "x: 2", "y: 1", "z: 0"))),
			by("Xã Vui", titled("Bảng tổng hợp", tableOf("c", "n", "x: 3", "y: 3", "z: 1"))),
		}, nil, "6"},
		{"of a body that made one of the others", []*paper.Table{
			by("Sở", tableOf("a", "n", "x: 1", "y: 2", "z: 1")), by("Xã Yên", tableOf("b", "n", "x: 2", "y: 1", "z: 0")), by("Sở", tableOf("c", "n", "x: 3", "y: 3", "z: 1")),
		}, []string{"c"}, "3"},
		{"with a row of its own it is a report", []*paper.Table{
			tableOf("a", "n", "x: 1", "y: 2", "z: 3"), tableOf("b", "n", "x: 3", "y: 1", "z: 5"), tableOf("c", "n", "x: 4", "y: 3", "z: 8", "w: 15"),
		}, nil, "8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sum := Collate(tt.tables)[0]
			var left []string
			for _, f := range sum.Findings {
				if f.Code == fault.PaperIsSum {
					left = append(left, f.File)
				}
			}
			if strings.Join(left, " ") != strings.Join(tt.left, " ") || sum.Totals[0].Value.String() != tt.first {
				t.Errorf("left out %v, want %v; the first total is %s, want %s", left, tt.left, sum.Totals[0].Value, tt.first)
			}
		})
	}
}

// TestCollateCounted: a unit of money over a whole table is not that of a row that
// counts things.
func TestCollateCounted(t *testing.T) {
	of := func(unit string, t *paper.Table) *paper.Table {
		t.Columns[0].Unit, t.Columns[0].Lent = unitNamed(unit), true
		t.Rows[0].Counts = true
		return t
	}
	checkSums(t, []*paper.Table{
		of("trđ", tableOf("a", "n", "số hộ: 110", "kinh phí: 5")), of("đ", tableOf("b", "n", "số hộ: 120", "kinh phí: 3000000")),
	}, `
form of 2
 số hộ/n 230 = a!B2:110 b!B2:120
 kinh phí/n 8 = a!B3:5 b!B3:3
 N545 b
`)
}

// BenchmarkCollate adds up two lists of rows that have nothing in common: the time a
// row takes must not grow with their number.
func BenchmarkCollate(b *testing.B) {
	for _, rows := range []int{2_000, 20_000} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			tables := make([]*paper.Table, 2)
			for n := range tables {
				lines := make([]string, rows)
				for i := range lines {
					lines[i] = "thôn " + strconv.Itoa(n) + " " + strconv.Itoa(i) + " đông: 1"
				}
				tables[n] = tableOf(strconv.Itoa(n), "n", lines...)
			}
			for b.Loop() {
				Collate(tables)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(2*rows), "ns/row")
		})
	}
}

// TestCollateTitle: a sum is called by what stands over more than half of its tables.
func TestCollateTitle(t *testing.T) {
	titled := func(titles ...string) string {
		var tables []*paper.Table
		for i, title := range titles {
			table := tableOf(string(rune('a'+i)), "n m", "x: 1 2", "y: 3 "+string(rune('1'+i)))
			table.Title.Text = title
			tables = append(tables, table)
		}
		return Collate(tables)[0].Title
	}
	for _, tt := range []struct {
		titles []string
		want   string
	}{
		{[]string{"X"}, "X"}, {[]string{"X", "Y", "X"}, "X"}, {[]string{"X", "Y"}, ""}, {[]string{"", "", "X"}, ""}, {[]string{"tháng 1", "tháng 2", "tháng 3"}, ""},
	} {
		if got := titled(tt.titles...); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.titles, got, tt.want)
		}
	}
}
