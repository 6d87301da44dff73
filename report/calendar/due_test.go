package calendar

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// dueRule reads the first column of testdata/due.txt.
func dueRule(t *testing.T, text string) DueRule {
	t.Helper()
	words := strings.Fields(text)
	r := DueRule{Wording: Wording(words[0])}
	switch {
	case words[0] == "within" && words[2] == "working":
		r.WorkingDays = atoi(t, words[1])
	case words[0] == "within":
		r.Days = atoi(t, words[1])
	case words[1] == "day":
		r.Day = atoi(t, words[2])
		if len(words) > 3 {
			r.MonthsAfter = atoi(t, words[4])
		}
	default:
		r.Date = MustDate(words[1])
	}
	return r
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDueTable(t *testing.T) {
	for _, f := range tableLines(t, "due.txt", 6) {
		t.Run(f[0]+" "+f[1], func(t *testing.T) {
			due, err := dueRule(t, f[0]).Compute(period(t, f[1]), VietnamHolidays())
			if err != nil {
				t.Fatal(err)
			}
			room := string(due.Room)
			if due.Room == RoomEnough {
				room = "enough"
			}
			got := []string{f[0], f[1], due.Strict.String(), due.Lenient.String(), fmt.Sprintf("%s %d", room, due.WorkingDays), due.VI()}
			for i := range f {
				if got[i] != f[i] {
					t.Errorf("got %q, want %q", got[i], f[i])
				}
			}
			if due.EN() == "" || due.IsZero() {
				t.Errorf("no English words for %s", f[0])
			}
		})
	}
}

func TestDueInEnglish(t *testing.T) {
	tests := []struct {
		rule string
		want string
	}{
		{"before 2021-06-30", "before 30 June 2021 (to the end of 29 June 2021)"},
		{"by 2021-06-30", "not later than 30 June 2021"},
		{"until 2021-06-30", "until the end of 30 June 2021"},
		{"within 1 working", "within 1 working day of the cut-off on 14 June 2021 (to the end of 15 June 2021)"},
		{"within 2 days", "within 2 days of the cut-off on 14 June 2021 (to the end of 16 June 2021)"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			due, err := dueRule(t, tt.rule).Compute(period(t, "d09 2021-Q2"), VietnamHolidays())
			if err != nil || due.EN() != tt.want {
				t.Fatalf("got %q, %v; want %q", due.EN(), err, tt.want)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	tests := []struct {
		rule, received string
		want           Timeliness
		vi, en         string
	}{
		{"before 2021-03-30", "2021-03-29T23:59:59+07:00", Timeliness{OnTime, 0}, "đúng hạn", "on time"},
		{"before 2021-03-30", "2021-03-30T00:00:00+07:00", Timeliness{OnTimeLenient, 0}, "đúng hạn theo cách hiểu rộng", "on time by the lenient reading"},
		{"before 2021-03-30", "2021-03-29T17:00:00Z", Timeliness{OnTimeLenient, 0}, "đúng hạn theo cách hiểu rộng", "on time by the lenient reading"},
		{"before 2021-03-30", "2021-03-31T00:00:00+07:00", Timeliness{Late, 1}, "chậm 1 ngày", "1 day late"},
		{"by 2021-03-30", "2021-03-30T23:59:59+07:00", Timeliness{OnTime, 0}, "đúng hạn", "on time"},
		{"by 2021-03-30", "2021-04-05T08:00:00+07:00", Timeliness{Late, 6}, "chậm 6 ngày", "6 days late"},
		{"by 2021-03-14", "2021-03-15T08:00:00+07:00", Timeliness{OnTimeLenient, 0}, "đúng hạn theo cách hiểu rộng", "on time by the lenient reading"},
	}
	for _, tt := range tests {
		t.Run(tt.rule+" received "+tt.received, func(t *testing.T) {
			received, err := time.Parse(time.RFC3339, tt.received)
			if err != nil {
				t.Fatal(err)
			}
			due, err := dueRule(t, tt.rule).Compute(Period{}, VietnamHolidays())
			if err != nil {
				t.Fatal(err)
			}
			got := due.Judge(received)
			if got != tt.want || got.VI() != tt.vi || got.EN() != tt.en || got.IsLate() != (tt.want.Standing == Late) {
				t.Fatalf("got %+v, %q, %q; want %+v", got, got.VI(), got.EN(), tt.want)
			}
		})
	}
	if got := (Due{}).Judge(time.Unix(0, 0)); got.Standing != OnTime {
		t.Errorf("nothing was due, and it was %s", got.Standing)
	}
	if got := (Timeliness{}); got.VI()+got.EN() != "" || got.IsLate() {
		t.Errorf("what was not judged is %q", got.VI())
	}
}

func TestDueRuleFromAFile(t *testing.T) {
	tests := []struct {
		name, in string
		want     DueRule
		ok       bool
	}{
		{"a day", `{"wording":"before","date":"2021-03-30"}`, DueRule{Wording: Before, Date: MustDate("2021-03-30")}, true},
		{"a day of the month", `{"wording":"by","day":20}`, DueRule{Wording: By, Day: 20}, true},
		{"of the next month", `{"wording":"until","day":15,"monthsAfter":1}`, DueRule{Wording: Until, Day: 15, MonthsAfter: 1}, true},
		{"working days", `{"wording":"within","workingDays":2}`, DueRule{Wording: Within, WorkingDays: 2}, true},
		{"days", `{"wording":"within","days":5}`, DueRule{Wording: Within, Days: 5}, true},
		{"nothing", `{}`, DueRule{}, true},
		{"wording only", `{"wording":"before"}`, DueRule{Wording: Before}, false},
		{"date only", `{"date":"2021-03-30"}`, DueRule{Date: MustDate("2021-03-30")}, false},
		{"two answers", `{"wording":"by","date":"2021-03-30","day":20}`, DueRule{Wording: By, Date: MustDate("2021-03-30"), Day: 20}, false},
		{"within a date", `{"wording":"within","date":"2021-03-30"}`, DueRule{Wording: Within, Date: MustDate("2021-03-30")}, false},
		{"before two working days", `{"wording":"before","workingDays":2}`, DueRule{Wording: Before, WorkingDays: 2}, false},
		{"another wording", `{"wording":"about","day":20}`, DueRule{Wording: "about", Day: 20}, false},
		{"day 32", `{"wording":"by","day":32}`, DueRule{Wording: By, Day: 32}, false},
		{"negative days", `{"wording":"within","days":-1}`, DueRule{Wording: Within, Days: -1}, false},
		{"too many days", `{"wording":"within","workingDays":1000}`, DueRule{Wording: Within, WorkingDays: 1000}, false},
		{"months without a day", `{"wording":"within","monthsAfter":1,"days":1}`, DueRule{Wording: Within, Days: 1, MonthsAfter: 1}, false},
		{"too many months", `{"wording":"by","day":1,"monthsAfter":13}`, DueRule{Wording: By, Day: 1, MonthsAfter: 13}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r DueRule
			if err := json.Unmarshal([]byte(tt.in), &r); err != nil || r != tt.want {
				t.Fatalf("got %+v, %v", r, err)
			}
			if err := r.Validate(); tt.ok && err != nil || !tt.ok && !errors.Is(err, ErrDueRule) {
				t.Fatalf("validate: %v", err)
			}
			out, err := json.Marshal(r)
			if err != nil || string(out) != tt.in {
				t.Fatalf("written as %s, %v", out, err)
			}
			if tt.ok {
				return
			}
			if _, err := r.Compute(period(t, "d09 2021-Q2"), VietnamHolidays()); !errors.Is(err, ErrDueRule) {
				t.Fatalf("a rule that is refused was computed: %v", err)
			}
		})
	}
}

func TestComputeRefuses(t *testing.T) {
	if due, err := (DueRule{}).Compute(period(t, "d09 2021-Q2"), nil); err != nil || !due.IsZero() || due.VI()+due.EN() != "" {
		t.Errorf("no rule gave %+v, %v", due, err)
	}
	for _, rule := range []string{"within 2 working", "within 2 days", "by day 20"} {
		if _, err := dueRule(t, rule).Compute(Period{}, VietnamHolidays()); !errors.Is(err, ErrDueRule) {
			t.Errorf("%s without a period: %v", rule, err)
		}
	}
	for _, rule := range []string{"within 2 working", "within 2 days"} {
		if _, err := dueRule(t, rule).Compute(period(t, "d09 2031-Q1"), VietnamHolidays()); !errors.Is(err, ErrNoHolidayTable) {
			t.Errorf("%s in a year without a table: %v", rule, err)
		}
	}
}

// TestDueIsConsistent: the strict day is never after the lenient one; whoever is in time by the
// letter is in time; who comes later is never earlier.
func TestDueIsConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.OneOf(
			rapid.Custom(func(t *rapid.T) DueRule {
				wording := rapid.SampledFrom([]Wording{Before, By, Until}).Draw(t, "wording")
				return DueRule{Wording: wording, Day: rapid.IntRange(1, 31).Draw(t, "day"), MonthsAfter: rapid.IntRange(0, 2).Draw(t, "months")}
			}),
			rapid.Custom(func(t *rapid.T) DueRule {
				return DueRule{Wording: Within, WorkingDays: rapid.IntRange(1, 20).Draw(t, "workingDays")}
			}),
		).Draw(t, "rule")
		p, err := NewPeriod(D09(), Month, rapid.IntRange(2020, 2025).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
		if err != nil {
			t.Fatal(err)
		}
		due, err := rule.Compute(p, VietnamHolidays())
		if err != nil {
			t.Fatal(err)
		}
		if due.Strict.After(due.Lenient) || due.WorkingDays < 0 || (due.WorkingDays == 0) != (due.Room != RoomEnough) {
			t.Fatalf("%+v", due)
		}
		if rule.Wording == Within && due.WorkingDays != rule.WorkingDays {
			t.Fatalf("%d working days are left of %d", due.WorkingDays, rule.WorkingDays)
		}
		for day, late := due.Strict.AddDays(-1), -1; !day.After(due.Lenient.AddDays(2)); day = day.AddDays(1) {
			got := due.Judge(day.Start(nil))
			if got.DaysLate < late || got.IsLate() != day.After(due.Lenient) || (got.Standing == OnTime) != !day.After(due.Strict) {
				t.Fatalf("received on %s: %+v for %+v", day, got, due)
			}
			late = got.DaysLate
		}
	})
}
