package calendar

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHolidaysTheProgramKnows(t *testing.T) {
	table := VietnamHolidays()
	if got, want := table.Years(), []int{2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026}; !slices.Equal(got, want) {
		t.Fatalf("years %v, want %v", got, want)
	}
	// What the Labour Code grants: 10 days until 2020, 11 since. The days given in exchange are
	// worked on a Saturday; that of 31/12/2018 lies in a year that is not in the table.
	for _, year := range table.Years() {
		off, worked := 0, 0
		for _, day := range table.DaysOff(year) {
			switch {
			case day.Working:
				worked++
			case !isWeekend(day.Date):
				off++
			}
		}
		want := 11 + worked
		if year <= 2020 {
			want--
		}
		if year == 2019 {
			want--
		}
		if off != want {
			t.Errorf("%d: %d working days off and %d worked in exchange, want %d off", year, off, worked, want)
		}
	}
}

func TestIsWorkingDay(t *testing.T) {
	tests := []struct {
		day, why string
		want     bool
	}{
		{"2021-03-25", "an ordinary Thursday", true},
		{"2021-03-14", "Sunday", false},
		{"2021-02-12", "mùng 1 Tết Tân Sửu", false},
		{"2021-02-17", "after Tết", true},
		{"2021-05-03", "for 1 May on a Saturday", false},
		{"2024-05-04", "a Saturday worked", true},
		{"2024-05-05", "the Sunday after it", false},
		{"2025-05-02", "exchanged", false},
		{"2025-04-26", "a Saturday worked", true},
		{"2026-08-31", "exchanged", false},
		{"2019-09-03", "National Day had one day before 2021", true},
		{"2021-09-03", "and two since", false},
	}
	for _, tt := range tests {
		t.Run(tt.day+" "+tt.why, func(t *testing.T) {
			if got, err := VietnamHolidays().IsWorkingDay(MustDate(tt.day)); err != nil || got != tt.want {
				t.Fatalf("got %t, %v; want %t", got, err, tt.want)
			}
		})
	}
	entry, ok := VietnamHolidays().Lookup(MustDate("2021-04-21"))
	if !ok || entry.VI != "Giỗ Tổ Hùng Vương" || entry.EN != "Hùng Kings' Day" || entry.Source == "" {
		t.Errorf("21/4/2021 is %+v", entry)
	}
}

// TestAYearWithoutATable: not known is not the same as no holidays.
func TestAYearWithoutATable(t *testing.T) {
	table := VietnamHolidays()
	var none *HolidayTable
	calls := []struct {
		name string
		call func() error
	}{
		{"is working day", func() error { _, err := table.IsWorkingDay(MustDate("2018-06-01")); return err }},
		{"add, over the end", func() error { _, err := table.AddWorkingDays(MustDate("2026-12-30"), 3); return err }},
		{"add, over the beginning", func() error { _, err := table.AddWorkingDays(MustDate("2019-01-02"), -2); return err }},
		{"between", func() error {
			_, err := table.WorkingDaysBetween(MustDate("2026-12-01"), MustDate("2027-01-01"))
			return err
		}},
		{"end of term", func() error { _, err := table.EndOfTerm(MustDate("2026-12-31"), 1); return err }},
		{"no table at all", func() error { _, err := none.IsWorkingDay(MustDate("2021-06-01")); return err }},
	}
	for _, tt := range calls {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.call(); !errors.Is(err, ErrNoHolidayTable) {
				t.Fatalf("got %v", err)
			}
		})
	}
	if none.Years() != nil || none.DaysOff(2021) != nil {
		t.Error("no table knows a year")
	}
	if _, ok := none.Lookup(MustDate("2021-01-01")); ok {
		t.Error("no table knows a day")
	}
}

func TestCountingGoesThereAndBack(t *testing.T) {
	table := VietnamHolidays()
	rapid.Check(t, func(t *rapid.T) {
		start := MustDate("2020-01-01").AddDays(rapid.IntRange(0, 2000).Draw(t, "start"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		end, err := table.AddWorkingDays(start, n)
		if err != nil {
			t.Fatal(err)
		}
		if working, err := table.IsWorkingDay(end); err != nil || !working {
			t.Fatalf("%d working days after %s is %s, a day off", n, start, end)
		}
		if got, err := table.WorkingDaysBetween(start, end); err != nil || got != n {
			t.Fatalf("from %s to %s are %d working days, %v, want %d", start, end, got, err, n)
		}
		if got, err := table.WorkingDaysBetween(end, start); err != nil || got != -n {
			t.Fatalf("from %s back to %s are %d, %v, want %d", end, start, got, err, -n)
		}
		if before, err := table.AddWorkingDays(end.AddDays(1), -1); err != nil || before != end {
			t.Fatalf("the working day before the day after %s is %s, %v", end, before, err)
		}
	})
	if same, err := table.AddWorkingDays(MustDate("2021-03-14"), 0); err != nil || same != MustDate("2021-03-14") {
		t.Errorf("no working days after a Sunday: %s, %v", same, err)
	}
}

func TestEndOfTerm(t *testing.T) {
	tests := []struct {
		name, start, want string
		days              int
	}{
		{"the starting day is not counted", "2021-03-15", "2021-03-16", 1},
		{"a Saturday moves to Monday", "2021-03-15", "2021-03-22", 5},
		{"Tết moves to the day after it", "2021-02-01", "2021-02-17", 9},
		{"a worked Saturday stays", "2024-04-24", "2024-05-04", 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := VietnamHolidays().EndOfTerm(MustDate(tt.start), tt.days)
			if err != nil || got.String() != tt.want {
				t.Fatalf("got %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func TestAnOfficeAddsItsOwnYears(t *testing.T) {
	own, err := ParseHolidays("year 2026\noff 2026-11-24 | Ngày Văn hóa Việt Nam | Culture Day | Nghị quyết\nyear 2027\noff 2027-01-01 | Tết Dương lịch | New Year's Day\n")
	if err != nil {
		t.Fatal(err)
	}
	joined := VietnamHolidays().With(own)
	for day, want := range map[string]bool{"2026-11-24": false, "2026-01-01": true, "2027-01-01": false, "2025-05-02": false} {
		if got, err := joined.IsWorkingDay(MustDate(day)); err != nil || got != want {
			t.Errorf("%s: %t, %v; want %t", day, got, err, want)
		}
	}
	if got, err := VietnamHolidays().IsWorkingDay(MustDate("2026-11-24")); err != nil || !got {
		t.Errorf("joining changed the table it began with: %t, %v", got, err)
	}
}

func TestHolidayFilesThatAreRefused(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"another word", "year 2021\nfree 2021-01-01 | a | b", "line 2"},
		{"no year", "year next", "line 1"},
		{"a year twice", "year 2021\nyear 2021", "twice"},
		{"a day twice", "year 2021\noff 2021-01-01 | a | b\noff 2021-01-01 | a | b", "line 3"},
		{"a day without its year", "year 2021\noff 2022-01-01 | a | b", "before its year"},
		{"a day that is none", "year 2021\noff 2021-02-30 | a | b", "2021-02-30"},
		{"an end that is none", "year 2021\noff 2021-02-01..2 | a | b", "line 2"},
		{"backwards", "year 2021\noff 2021-02-10..2021-02-01 | a | b", "span"},
		{"a year long", "year 2021\noff 2021-01-01..2021-12-31 | a | b", "span"},
		{"no name", "year 2021\noff 2021-01-01 | a", "want a day"},
		{"too many fields", "year 2021\noff 2021-01-01 | a | b | c | d", "want a day"},
		{"a working day worked", "year 2021\nwork 2021-01-04 | a | b", "no weekend day"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseHolidays(tt.text)
			if !errors.Is(err, ErrHolidayFile) || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want one with %q", err, tt.want)
			}
		})
	}
}

func FuzzParseHolidays(f *testing.F) {
	f.Add(holidaysText)
	f.Add("year 2021\noff 2021-01-01..2021-01-03 | a | b | c\nwork 2021-01-09 | a | b")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := ParseHolidays(text)
		if err != nil {
			if !errors.Is(err, ErrHolidayFile) {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		for _, year := range table.Years() {
			for _, day := range table.DaysOff(year) {
				if got, err := table.IsWorkingDay(day.Date); err != nil || got != day.Working {
					t.Fatalf("%s: %t, %v", day.Date, got, err)
				}
			}
		}
	})
}
