package calendar

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestPeriodsTable(t *testing.T) {
	for _, f := range tableLines(t, "periods.txt", 7) {
		t.Run(f[0]+" "+f[1], func(t *testing.T) {
			p := period(t, f[0]+" "+f[1])
			got := []string{p.Calendar.Name(), p.Key(), p.From.String(), p.To.String(), fmt.Sprint(p.Days()), p.VI(), p.EN()}
			for i := range f {
				if got[i] != f[i] {
					t.Errorf("got %q, want %q", got[i], f[i])
				}
			}
		})
	}
}

func calendars(t *testing.T) []Calendar {
	t.Helper()
	var all []Calendar
	for _, name := range Names() {
		cal, err := Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cal)
	}
	return all
}

// TestPeriodsTile: one after the other, without gap or overlap, for a century under every
// calendar; each is found by its first and its last day, and by its key.
func TestPeriodsTile(t *testing.T) {
	for _, cal := range calendars(t) {
		for _, kind := range []Kind{Month, Quarter, Half, Year} {
			t.Run(cal.Name()+" "+string(kind), func(t *testing.T) {
				p, err := NewPeriod(cal, kind, 2000, 1)
				if err != nil {
					t.Fatal(err)
				}
				for ; p.Year <= 2100; p = p.Next() {
					checkNeighbours(t, p)
				}
			})
		}
	}
}

func checkNeighbours(t *testing.T, p Period) {
	t.Helper()
	next := p.Next()
	if p.To.AddDays(1) != next.From || next.Prev() != p {
		t.Fatalf("%s ends %s, %s begins %s", p, p.To, next, next.From)
	}
	for _, day := range []Date{p.From, p.To} {
		if found, err := Containing(p.Calendar, p.Kind, day); err != nil || found != p {
			t.Fatalf("%s is in %s, found %s, %v", day, p, found, err)
		}
	}
	if p.Contains(p.From.AddDays(-1)) || p.Contains(next.From) || !p.Contains(p.To) {
		t.Fatalf("%s contains what it should not", p)
	}
	if back, err := ParsePeriod(p.Calendar, p.Key()); err != nil || back != p {
		t.Fatalf("%s came back as %s, %v", p, back, err)
	}
	if last := p.LastYear(); last.Year != p.Year-1 || last.N != p.N {
		t.Fatalf("a year before %s is %s", p, last)
	}
}

// TestUnionsAreExact: the parts of a period follow one another from its first to its last day.
func TestUnionsAreExact(t *testing.T) {
	unions := []struct {
		whole, part Kind
		count       int
	}{
		{Quarter, Month, 3},
		{Half, Month, 6}, {Half, Quarter, 2},
		{NineMonths, Month, 9}, {NineMonths, Quarter, 3}, {NineMonths, Half, 0},
		{Year, Month, 12}, {Year, Quarter, 4}, {Year, Half, 2}, {Year, NineMonths, 0}, {Year, Year, 1},
		{Month, Quarter, 0}, {Year, Free, 0}, {Free, Month, 0},
	}
	for _, cal := range calendars(t) {
		for _, u := range unions {
			t.Run(fmt.Sprintf("%s %s of %s", cal.Name(), u.part, u.whole), func(t *testing.T) {
				for year := 2000; year <= 2100; year++ {
					for n := 1; n <= 4; n++ {
						whole, err := NewPeriod(cal, u.whole, year, n)
						if err != nil {
							continue // fewer than four of this kind
						}
						checkUnion(t, whole, whole.Parts(u.part), u.count)
					}
				}
				if u.whole == Free {
					free, err := FreePeriod(cal, MustDate("2021-01-01"), MustDate("2021-01-31"))
					if err != nil || free.Parts(u.part) != nil {
						t.Fatalf("a free interval has parts: %v", err)
					}
				}
			})
		}
	}
}

func checkUnion(t *testing.T, whole Period, parts []Period, count int) {
	t.Helper()
	if len(parts) != count {
		t.Fatalf("%s has %d parts, want %d", whole, len(parts), count)
	}
	if count == 0 {
		return
	}
	if parts[0].From != whole.From || parts[count-1].To != whole.To {
		t.Fatalf("%s is not the union of %v", whole, parts)
	}
	for i := 1; i < count; i++ {
		if parts[i-1].Next() != parts[i] || parts[i-1].To.AddDays(1) != parts[i].From {
			t.Fatalf("%s does not follow %s", parts[i], parts[i-1])
		}
	}
}

// TestSocialWorkDay: 25/3/2021 lies behind the cut-off of the first quarter.
func TestSocialWorkDay(t *testing.T) {
	tests := []struct {
		cal  Calendar
		kind Kind
		want string
	}{
		{D09(), Month, "2021-M04"}, {D09(), Quarter, "2021-Q2"},
		{D09(), Half, "2021-H1"}, {D09(), NineMonths, "2021-9M"}, {D09(), Year, "2021"},
		{Civil(), Month, "2021-M03"}, {Civil(), Quarter, "2021-Q1"},
	}
	for _, tt := range tests {
		t.Run(tt.cal.Name()+" "+string(tt.kind), func(t *testing.T) {
			got, err := Containing(tt.cal, tt.kind, MustDate("2021-03-25"))
			if err != nil || got.Key() != tt.want {
				t.Fatalf("got %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func TestEveryDayHasItsPeriod(t *testing.T) {
	all := calendars(t)
	rapid.Check(t, func(t *rapid.T) {
		cal := rapid.SampledFrom(all).Draw(t, "calendar")
		kind := rapid.SampledFrom([]Kind{Month, Quarter, Half, Year}).Draw(t, "kind")
		day := MustDate("2000-01-01").AddDays(rapid.IntRange(0, 36_500).Draw(t, "day"))
		p, err := Containing(cal, kind, day)
		if err != nil || !p.Contains(day) {
			t.Fatalf("%s is not in %s, %v", day, p, err)
		}
	})
}

func TestWhatIsNoPeriod(t *testing.T) {
	for _, key := range []string{
		"", "21", "2021-", "2021-M", "2021-M4", "2021-M00", "2021-M13", "2021-M+4", "2021-Q5", "2021-Q02", "2021-H3", "2021-9M1",
		"2021-Q2 ", "2021-q2", "02021", "0000", "2021-M04-M05", "2021-03-30..2021-03-15", "2021-03-15..", "..", "2021-02-30..2021-03-01",
	} {
		t.Run(key, func(t *testing.T) {
			if p, err := ParsePeriod(D09(), key); !errors.Is(err, ErrPeriod) {
				t.Fatalf("%q is %s, %v", key, p, err)
			}
		})
	}
	if _, err := Containing(D09(), NineMonths, MustDate("2021-10-01")); !errors.Is(err, ErrPeriod) {
		t.Errorf("October is in nine months: %v", err)
	}
	if _, err := Containing(D09(), Free, MustDate("2021-10-01")); !errors.Is(err, ErrPeriod) {
		t.Errorf("a free interval was found: %v", err)
	}
	if _, err := NewPeriod(Calendar{}, Month, 2021, 1); !errors.Is(err, ErrPeriod) {
		t.Errorf("a period without a calendar: %v", err)
	}
	var none Period
	if !none.IsZero() || none.Days() != 0 || none.Key()+none.VI()+none.EN() != "" || none.Contains(Date{}) {
		t.Error("no period is a period")
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2021-M04", "2021-Q2", "2021-H1", "2021-9M", "2021", "2021-03-15..2021-03-30", "2021-M4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, key string) {
		p, err := ParsePeriod(D09(), key)
		if err == nil && (p.Key() != key || p.Days() < 1) {
			t.Fatalf("%q gave %s of %d days", key, p, p.Days())
		}
	})
}

func TestFreeIntervals(t *testing.T) {
	p := period(t, "civil 2024-02-20..2024-02-29")
	for _, tt := range []struct {
		name, want string
		got        Period
	}{
		{"next", "2024-03-01..2024-03-10", p.Next()},
		{"before", "2024-02-10..2024-02-19", p.Prev()},
		{"a year earlier", "2023-02-20..2023-02-28", p.LastYear()},
	} {
		if tt.got.Key() != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestCalendars(t *testing.T) {
	for _, cal := range calendars(t) {
		if cal.IsZero() || cal.VI() == "" || cal.EN() == "" || cal.String() != cal.Name() {
			t.Errorf("%q is not described", cal.Name())
		}
	}
	if d09, err := Lookup("d09"); err != nil || d09 != D09() || D09().Basis() == "" {
		t.Errorf("d09: %v, %v", d09, err)
	}
	if civil, err := Lookup("civil"); err != nil || civil != Civil() {
		t.Errorf("civil: %v, %v", civil, err)
	}
	for _, name := range []string{"", "D09", "lunar"} {
		if _, err := Lookup(name); !errors.Is(err, ErrCalendar) {
			t.Errorf("%q: %v, want ErrCalendar", name, err)
		}
	}
	if (Calendar{}).Name() != "" || !(Calendar{}).IsZero() {
		t.Error("no calendar has a name")
	}
}
