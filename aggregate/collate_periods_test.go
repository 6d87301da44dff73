package aggregate

import (
	"testing"

	"tonghop/report/calendar"
	"tonghop/report/paper"
)

// in says of what time a table is: "2026-M03".
func in(key string, t *paper.Table) *paper.Table {
	period, err := calendar.ParsePeriod(calendar.Civil(), key)
	if err != nil {
		panic(err)
	}
	t.Period = paper.Period{Of: period}
	return t
}

// accruing says of columns of a table how they go together over time.
func accruing(t *paper.Table, columns ...paper.Accrual) *paper.Table {
	for i, a := range columns {
		t.Columns[i].Accrual = a
	}
	return t
}

func TestCollatePeriods(t *testing.T) {
	month := func(agency, key, file string, lines ...string) *paper.Table {
		return accruing(in(key, by(agency, tableOf(file, "first flow last", lines...))), paper.Opening, paper.Flow, paper.Closing)
	}
	for _, tt := range []struct {
		name   string
		tables []*paper.Table
		want   string
	}{
		{"of each body the first, all and the last", []*paper.Table{
			month("A", "2026-M02", "a2", "x: 11 2 13"), month("A", "2026-M01", "a1", "x: 10 1 11"), month("B", "2026-M02", "b2", "x: 7 1 8"),
		}, `
form of 3
 x/first 17 = a1!B2:10 b2!B2:7
 x/flow 4 = a2!C2:2 a1!C2:1 b2!C2:1
 x/last 21 = a2!D2:13 b2!D2:8
 N547 a1
 N547 a2
`},
		{"one of an unknown time", []*paper.Table{
			month("A", "2026-M01", "a1", "x: 10 1 11"), accruing(by("A", tableOf("a2", "first flow last", "x: 11 2 13")), paper.Opening, paper.Flow, paper.Closing),
		}, `
form of 2
 x/first 21 = a1!B2:10 a2!B2:11
 x/flow 3 = a1!C2:1 a2!C2:2
 x/last 24 = a1!D2:11 a2!D2:13
 S259 a2
 S257 a2
`},
		{"two sheets of one time are of different things", []*paper.Table{
			month("A", "2026-M01", "a", "x: 10 1 11"), month("A", "2026-M01", "a", "x: 20 2 22"),
		}, `
form of 2
 x/first 30 = a!B2:10 a!B2:20
 x/flow 3 = a!C2:1 a!C2:2
 x/last 33 = a!D2:11 a!D2:22
`},
		{"and the later time counts with both of its sheets", []*paper.Table{
			month("A", "2026-M01", "a", "x: 10 1 11"), month("A", "2026-M02", "a", "x: 11 2 13"), month("A", "2026-M02", "b", "x: 20 2 22", "y: 1 1 1"),
		}, `
form of 3
 x/first 10 = a!B2:10
 x/flow 5 = a!C2:1 a!C2:2 b!C2:2
 x/last 35 = a!D2:13 b!D2:22
 y/flow 1 = b!C3:1
 y/last 1 = b!D3:1
 N547 a
 N547 a
 S257 b
`},
		{"a row that is up to date in every column", []*paper.Table{
			sinceRow(in("2026-M01", by("A", tableOf("a1", "p q", "now: 1 2", "since: 1 2"))), 1), sinceRow(in("2026-M02", by("A", tableOf("a2", "p q", "now: 3 4", "since: 4 6"))), 1),
		}, `
form of 2
 now/p 4 = a1!B2:1 a2!B2:3
 now/q 6 = a1!C2:2 a2!C2:4
 since/p 4 = a2!B3:4
 since/q 6 = a2!C3:6
 N547 a2
`},
		{"a month within the half year", []*paper.Table{
			month("A", "2026-M06", "a6", "x: 1 2 3", "y: 1 2 3"), month("A", "2026-H1", "ah", "x: 0 9 9", "y: 0 8 8"),
		}, `
form of 1
 x/first 0 = ah!B2:0
 x/flow 9 = ah!C2:9
 x/last 9 = ah!D2:9
 y/first 0 = ah!B3:0
 y/flow 8 = ah!C3:8
 y/last 8 = ah!D3:8
 S262 a6
`},
		{"a year is often named over what is of a month", []*paper.Table{
			month("A", "2026-M06", "a6", "x: 1 2 3"), month("A", "2026", "ay", "x: 0 9 9"),
		}, `
form of 2
 x/first 1 = a6!B2:1 ay!B2:0
 x/flow 11 = a6!C2:2 ay!C2:9
 x/last 12 = a6!D2:3 ay!D2:9
 S259 ay
 S257 ay
`},
		{"a quarter is the sum of its months but for what is up to date", []*paper.Table{
			month("", "2026-M01", "m1", "x: 10 111 121", "y: 5 222 227", "z: 0 1 1"), month("", "2026-M02", "m2", "x: 121 333 454", "y: 227 444 671", "z: 1 1 2"),
			month("", "2026-M03", "m3", "x: 454 1 455", "y: 671 2 673", "z: 2 1 3"), month("", "2026-Q1", "q1", "x: 10 445 455", "y: 5 668 673", "z: 0 3 3"),
		}, `
form of 3
 x/first 10 = m1!B2:10
 x/flow 445 = m1!C2:111 m2!C2:333 m3!C2:1
 x/last 455 = m3!D2:455
 y/first 5 = m1!B3:5
 y/flow 668 = m1!C3:222 m2!C3:444 m3!C3:2
 y/last 673 = m3!D3:673
 z/first 0 = m1!B4:0
 z/flow 3 = m1!C4:1 m2!C4:1 m3!C4:1
 z/last 3 = m3!D4:3
 S231 q1
 N547 m1
 N547 m3
`},
		{"last month's report sent again is no copy", []*paper.Table{
			in("2026-M01", by("A", tableOf("a1", "n m", "x: 10 11"))), in("2026-M02", by("A", tableOf("a2", "n m", "x: 10 11"))),
		}, `
form of 2
 x/n 20 = a1!B2:10 a2!B2:10
 x/m 22 = a1!C2:11 a2!C2:11
 S238 a2
`},
		{"one time by two names is one", []*paper.Table{
			month("A", "2026-H1", "h", "x: 1 2 3"), month("A", "2026-01-01..2026-06-30", "m", "x: 1 2 4"),
		}, `
form of 2
 x/first 2 = h!B2:1 m!B2:1
 x/flow 4 = h!C2:2 m!C2:2
 x/last 7 = h!D2:3 m!D2:4
 S257 m
`},
		{"a longer report that lacks a figure leaves nothing out", []*paper.Table{
			month("A", "2026-M06", "a6", "x: 1 2 3", "y: . 5 ."), month("A", "2026-H1", "ah", "x: 0 9 9"),
		}, `
form of 2
 x/first 0 = ah!B2:0
 x/flow 11 = a6!C2:2 ah!C2:9
 x/last 9 = ah!D2:9
 y/flow 5 = a6!C3:5
 N547 ah
 S257 ah
`},
		{"tables of other titles are of other things", []*paper.Table{
			inSeries("north", month("A", "2026-M01", "n1", "x: 1 1 1")), inSeries("north", month("A", "2026-M02", "n2", "x: 1 1 2")), inSeries("south", month("A", "2026-M02", "s2", "x: 5 5 5")),
		}, `
form of 3
 x/first 6 = n1!B2:1 s2!B2:5
 x/flow 7 = n1!C2:1 n2!C2:1 s2!C2:5
 x/last 7 = n2!D2:2 s2!D2:5
 N547 n1
 N547 n2
 S257 s2
`},
		{"or of one thing, where none has the time of another", []*paper.Table{
			inSeries("north", month("A", "2026-M01", "n1", "x: 1 1 1")), inSeries("south", month("A", "2026-M02", "s2", "x: 5 5 5")),
		}, `
form of 2
 x/first 6 = n1!B2:1 s2!B2:5
 x/flow 6 = n1!C2:1 s2!C2:5
 x/last 6 = n1!D2:1 s2!D2:5
 S259 s2
`},
		{"what begins anew with each year is added over years", []*paper.Table{
			anew(month("A", "2025-M11", "a11", "x: 1 1 11")), anew(month("A", "2025-M12", "a12", "x: 1 1 12")), anew(month("A", "2026-M01", "a1", "x: 1 1 1")),
		}, `
form of 3
 x/first 1 = a11!B2:1
 x/flow 3 = a11!C2:1 a12!C2:1 a1!C2:1
 x/last 13 = a12!D2:12 a1!D2:1
 N547 a11
 N547 a12
`},
		{"a blank of the last report revives no figure", []*paper.Table{
			month("A", "2026-M01", "a1", "x: . 1 11", "all: . 1 30"), month("A", "2026-M02", "a2", "x: . 1 .", "all: . 1 40"),
		}, `
form of 2
 x/flow 2 = a1!C2:1 a2!C2:1
 all/flow 2 = a1!C3:1 a2!C3:1
 all/last 40 = a2!D3:40
 N547 a2
`},
		{"a column of what happened goes before a row of how things stand", []*paper.Table{
			sinceRow(month("A", "2026-M01", "a1", "debt: 9 5 9"), 0), sinceRow(month("A", "2026-M02", "a2", "debt: 9 7 8"), 0),
		}, `
form of 2
 debt/first 9 = a1!B2:9
 debt/flow 12 = a1!C2:5 a2!C2:7
 debt/last 8 = a2!D2:8
 N547 a1
 N547 a2
`},
		{"the same figures each time may be of a moment", []*paper.Table{
			in("2026-M01", by("A", tableOf("a1", "homes born", "x: 120 2", "y: 95 1", "z: 88 0"))), in("2026-M02", by("A", tableOf("a2", "homes born", "x: 120 1", "y: 95 3", "z: 88 1"))),
		}, `
form of 2
 x/homes 240 = a1!B2:120 a2!B2:120
 x/born 3 = a1!C2:2 a2!C2:1
 y/homes 190 = a1!B3:95 a2!B3:95
 y/born 4 = a1!C3:1 a2!C3:3
 z/homes 176 = a1!B4:88 a2!B4:88
 z/born 1 = a1!C4:0 a2!C4:1
 S264 a1
`},
		{"a December without its year may come before January", []*paper.Table{
			yearless(month("A", "2000-M12", "a12", "x: 1 2 3")), yearless(month("A", "2000-M01", "a1", "x: 4 5 6")),
		}, `
form of 2
 x/first 5 = a12!B2:1 a1!B2:4
 x/flow 7 = a12!C2:2 a1!C2:5
 x/last 9 = a12!D2:3 a1!D2:6
 S259 a12
`},
		{"and months without their year that follow each other are in order", []*paper.Table{
			yearless(month("A", "2000-M02", "a2", "x: 1 2 3")), yearless(month("A", "2000-M01", "a1", "x: 4 5 6")),
		}, `
form of 2
 x/first 4 = a1!B2:4
 x/flow 7 = a2!C2:2 a1!C2:5
 x/last 3 = a2!D2:3
 N547 a1
 N547 a2
`},
		{"unknown times of other rows are of other things", []*paper.Table{
			accruing(by("A", tableOf("a", "last flow", "x: 1 2", "z: 1 2")), paper.Closing), accruing(by("A", tableOf("a", "last flow", "y: 3 4", "w: 1 2")), paper.Closing),
		}, `
form of 2
 x/last 1 = a!B2:1
 x/flow 2 = a!C2:2
 z/last 1 = a!B3:1
 z/flow 2 = a!C3:2
 y/last 3 = a!B2:3
 y/flow 4 = a!C2:4
 w/last 1 = a!B3:1
 w/flow 2 = a!C3:2
`},
		{"a month of another title is not within the half year", []*paper.Table{
			inSeries("north", month("A", "2026-M06", "n6", "x: 1 2 3")), inSeries("south", month("A", "2026-H1", "sh", "x: 0 9 9")),
		}, `
form of 2
 x/first 1 = n6!B2:1 sh!B2:0
 x/flow 11 = n6!C2:2 sh!C2:9
 x/last 12 = n6!D2:3 sh!D2:9
 S259 sh
`},
		{"other titles over other rows are of other things", []*paper.Table{
			inSeries("north", accruing(in("2026-M01", by("A", tableOf("n", "last flow", "x: 1 2"))), paper.Closing)),
			inSeries("south", accruing(in("2026-M02", by("A", tableOf("s", "last flow", "y: 3 4"))), paper.Closing)),
		}, `
form of 2
 x/last 1 = n!B2:1
 x/flow 2 = n!C2:2
 y/last 3 = s!B2:3
 y/flow 4 = s!C2:4
`},
		{"bodies that report on other times", []*paper.Table{
			month("A", "2026-M01", "a1", "x: 10 1 11"), month("B", "2026-M02", "b2", "x: 7 1 8"), month("C", "2026-M02", "c2", "x: 7 2 9"),
		}, `
form of 3
 x/first 24 = a1!B2:10 b2!B2:7 c2!B2:7
 x/flow 4 = a1!C2:1 b2!C2:1 c2!C2:2
 x/last 28 = a1!D2:11 b2!D2:8 c2!D2:9
 S263 a1
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := "\n" + spelt(Collate(tt.tables)); got != tt.want {
				t.Errorf("got%s\nwant%s", got, tt.want)
			}
		})
	}
}

// yearless says that nothing names the year of a table.
func yearless(t *paper.Table) *paper.Table {
	t.Period.Yearless = true
	return t
}

// inSeries says what a table is about, its time aside.
func inSeries(series string, t *paper.Table) *paper.Table {
	t.Series = series
	return t
}

// anew makes what closes a period begin anew with each year.
func anew(t *paper.Table) *paper.Table {
	for i := range t.Columns {
		if t.Columns[i].Accrual == paper.Closing {
			t.Columns[i].Accrual = paper.YearToDate
		}
	}
	return t
}

// sinceRow says of a row of a table that it is up to date.
func sinceRow(t *paper.Table, row int) *paper.Table {
	t.Rows[row].Accrual = paper.Closing
	return t
}

// TestHeardOverTime: a report whose figure another replaces was heard all the same.
func TestHeardOverTime(t *testing.T) {
	last := func(key, file, line string) *paper.Table {
		return accruing(in(key, by("A", tableOf(file, "n m", line))), paper.Closing, paper.Flow)
	}
	sum := Collate([]*paper.Table{last("2026-M01", "a1", "x: 1 2"), last("2026-M02", "a2", "x: 3 4")})[0]
	for column := range 2 {
		if total, _ := sum.At(0, column); total.Heard() != 2 {
			t.Errorf("column %d: heard %d of 2", column, total.Heard())
		}
	}
}
