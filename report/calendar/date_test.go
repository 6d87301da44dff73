package calendar

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyDate draws days of the years 1 to 9999.
func anyDate() *rapid.Generator[Date] {
	last := MustDate("9999-12-31").Sub(MustDate("0001-01-01"))
	return rapid.Custom(func(t *rapid.T) Date {
		return MustDate("0001-01-01").AddDays(rapid.IntRange(0, last).Draw(t, "day"))
	})
}

func TestDatesAreThoseOfTheTimePackage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate().Draw(t, "d")
		n := rapid.IntRange(-400_000, 400_000).Draw(t, "n")
		noon := time.Date(d.Year(), time.Month(d.Month()), d.Day(), 12, 0, 0, 0, time.UTC)
		if got := d.String(); got != noon.Format(time.DateOnly) {
			t.Fatalf("String gives %s for %s", got, noon)
		}
		if got := d.Weekday(); got != noon.Weekday() {
			t.Fatalf("%s is a %s, not a %s", d, noon.Weekday(), got)
		}
		later := d.AddDays(n)
		if want := DateOf(noon.AddDate(0, 0, n), time.UTC); later != want {
			t.Fatalf("%s and %d days is %s, not %s", d, n, want, later)
		}
		if got := later.Sub(d); got != n {
			t.Fatalf("from %s to %s are %d days, not %d", d, later, n, got)
		}
		if got := later.Compare(d); got != min(max(n, -1), 1) || later.Before(d) != (n < 0) || later.After(d) != (n > 0) {
			t.Fatalf("%s against %s: %d", later, d, got)
		}
	})
}

func TestEveryDayOfTwoCenturiesFollowsTheOther(t *testing.T) {
	day := MustDate("1999-12-31")
	for moment := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); moment.Year() <= 2199; moment = moment.AddDate(0, 0, 1) {
		day = day.AddDays(1)
		if want := DateOf(moment, time.UTC); day != want {
			t.Fatalf("got %s, want %s", day, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	tests := []struct {
		name, in string
		ok       bool
	}{
		{"ordinary", "2021-03-25", true},
		{"leap day", "2020-02-29", true},
		{"leap day of a year without one", "2021-02-29", false},
		{"1900 had none", "1900-02-29", false},
		{"2000 had one", "2000-02-29", true},
		{"31 April", "2021-04-31", false},
		{"month 13", "2021-13-01", false},
		{"day 0", "2021-01-00", false},
		{"year 0", "0000-01-01", false},
		{"short month", "2021-3-25", false},
		{"Vietnamese form", "25/03/2021", false},
		{"with a time", "2021-03-25T00:00:00Z", false},
		{"sign in the month", "2021-+3-25", false},
		{"space", "2021-03-25 ", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := ParseDate(tt.in)
			if tt.ok && (err != nil || d.String() != tt.in) || !tt.ok && !errors.Is(err, ErrDate) {
				t.Fatalf("got %s, %v", d, err)
			}
		})
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2021-03-25", "2020-02-29", "0000-00-00", "2021-3-25", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		if err == nil && (d.String() != s || wantErr != nil || DateOf(want, time.UTC) != d) {
			t.Fatalf("%q gave %s; time gives %s, %v", s, d, want, wantErr)
		}
		if err != nil && wantErr == nil && want.Year() > 0 {
			t.Fatalf("%q was refused: %v", s, err)
		}
	})
}

func TestDateInWords(t *testing.T) {
	tests := []struct{ in, short, long, en string }{
		{"2021-02-05", "5/2/2021", "ngày 05 tháng 02 năm 2021", "5 February 2021"},
		{"2021-01-10", "10/1/2021", "ngày 10 tháng 01 năm 2021", "10 January 2021"},
		{"2021-03-09", "9/3/2021", "ngày 09 tháng 3 năm 2021", "9 March 2021"},
		{"2021-03-25", "25/3/2021", "ngày 25 tháng 3 năm 2021", "25 March 2021"},
		{"2021-12-31", "31/12/2021", "ngày 31 tháng 12 năm 2021", "31 December 2021"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d := MustDate(tt.in)
			if got := [3]string{d.Vietnamese(), d.VietnameseLong(), d.English()}; got != [3]string{tt.short, tt.long, tt.en} {
				t.Fatalf("got %q", got)
			}
		})
	}
	var none Date
	if none.String()+none.Vietnamese()+none.VietnameseLong()+none.English() != "" || !none.IsZero() || none.AddDays(7) != none {
		t.Error("no day is a day")
	}
}

// TestTheDayIsTheVietnameseOne: half past five in the afternoon UTC is after midnight in Hà Nội.
func TestTheDayIsTheVietnameseOne(t *testing.T) {
	moment := time.Date(2021, 3, 29, 17, 30, 0, 0, time.UTC)
	if got := DateOf(moment, Vietnam()); got != MustDate("2021-03-30") {
		t.Errorf("in Vietnam it is %s", got)
	}
	if got := DateOf(moment, nil); got != MustDate("2021-03-30") {
		t.Errorf("without a zone it is %s", got)
	}
	if got := DateOf(moment, time.UTC); got != MustDate("2021-03-29") {
		t.Errorf("in UTC it is %s", got)
	}
	if got := MustDate("2021-03-30").Start(nil).UTC(); got != time.Date(2021, 3, 29, 17, 0, 0, 0, time.UTC) {
		t.Errorf("the day begins at %s", got)
	}
}

func TestDateInJSON(t *testing.T) {
	type row struct {
		From  Date `json:"from,omitzero"`
		Until Date `json:"until,omitzero"`
	}
	var r row
	if err := json.Unmarshal([]byte(`{"from":"2004-07-08","until":""}`), &r); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(r)
	if err != nil || string(out) != `{"from":"2004-07-08"}` {
		t.Fatalf("got %s, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"from":"8/7/2004"}`), &r); !errors.Is(err, ErrDate) {
		t.Fatalf("a day of another form: %v", err)
	}
}
