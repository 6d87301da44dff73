package calendar

import (
	"errors"
	"testing"
)

// TestSpecial: a month that begins on another day by decision, and what follows from it.
func TestSpecial(t *testing.T) {
	july := Special{Month: "2025-M07", Begins: MustDate("2025-07-01"), Basis: "Công văn 12"}
	cal, err := D09().With([]Special{july})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string][2]string{
		"2025-M06": {"2025-05-15", "2025-06-30"}, "2025-M07": {"2025-07-01", "2025-07-14"}, "2025-Q2": {"2025-03-15", "2025-06-30"},
		"2025-H1": {"2024-12-15", "2025-06-30"}, "2025-9M": {"2024-12-15", "2025-09-14"}, "2025": {"2024-12-15", "2025-12-14"}, "2024-M06": {"2024-05-15", "2024-06-14"},
	} {
		p, err := ParsePeriod(cal, key)
		if err != nil || p.From != MustDate(want[0]) || p.To != MustDate(want[1]) {
			t.Errorf("%s is %s to %s, want %v; %v", key, p.From, p.To, want, err)
		}
	}
	june, _ := ParsePeriod(cal, "2025-M06")
	if next := june.Next(); next.Key() != "2025-M07" || next.From != july.Begins || next.Prev() != june || june.LastYear().To != MustDate("2024-06-14") {
		t.Errorf("after June comes %s from %s", next, next.From)
	}
	for day, want := range map[string]string{"2025-06-14": "2025-M06", "2025-06-15": "2025-M06", "2025-06-30": "2025-M06", "2025-07-01": "2025-M07", "2025-07-15": "2025-M08", "2025-05-14": "2025-M05"} {
		if p, err := Containing(cal, Month, MustDate(day)); err != nil || p.Key() != want {
			t.Errorf("%s lies in %s, want %s; %v", day, p, want, err)
		}
	}
	again, _ := D09().With([]Special{july})
	if cal != again || cal == D09() || cal.Name() != "d09" {
		t.Error("calendars with the same months differ, or are those without")
	}
}

// TestSpecialTiles: whatever months are moved, the days of three years lie in one month each,
// and in quarters that are unions of these.
func TestSpecialTiles(t *testing.T) {
	cal, err := D09().With([]Special{
		{Month: "2025-M07", Begins: MustDate("2025-07-01")}, {Month: "2025-M01", Begins: MustDate("2025-01-01")}, {Month: "2025-M02", Begins: MustDate("2025-01-20")}, {Month: "2026-M01", Begins: MustDate("2026-01-05")},
	})
	if err != nil {
		t.Fatal(err)
	}
	day := MustDate("2024-06-01")
	month, _ := Containing(cal, Month, day)
	for day.Before(MustDate("2027-01-01")) {
		p, err := Containing(cal, Month, day)
		q, errQ := Containing(cal, Quarter, day)
		if err != nil || errQ != nil || !p.Contains(day) || !q.Contains(p.From) || !q.Contains(p.To) {
			t.Fatalf("%s: %s (%s to %s) in %s; %v %v", day, p, p.From, p.To, q, err, errQ)
		}
		if p != month {
			if p != month.Next() || p.From != month.To.AddDays(1) || p.From != day {
				t.Fatalf("%s: %s follows %s, which ends on %s", day, p, month, month.To)
			}
			month = p
		}
		day = day.AddDays(1)
	}
}

func TestSpecialWrong(t *testing.T) {
	for _, list := range [][]Special{
		{{Month: "2025-Q3", Begins: MustDate("2025-07-01")}},
		{{Month: "2025-M7", Begins: MustDate("2025-07-01")}},
		{{Month: "2025-M07", Begins: MustDate("2025-05-15")}}, // June would have no day
		{{Month: "2025-M07", Begins: MustDate("2025-07-15")}}, // nor would July
		{{Month: "2025-M07"}},
		{{Month: "2025-M07", Begins: MustDate("2025-07-01")}, {Month: "2025-M07", Begins: MustDate("2025-07-02")}},
		{{Month: "2025-M07", Begins: MustDate("2025-07-01")}, {Month: "2025-M08", Begins: MustDate("2025-06-20")}},
	} {
		if _, err := D09().With(list); !errors.Is(err, ErrCalendar) {
			t.Errorf("%v: %v", list, err)
		}
	}
	if cal, err := Civil().With(nil); err != nil || cal != Civil() {
		t.Errorf("none: %v, %v", cal, err)
	}
}
