package cron_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tonghop/internal/cron"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	out, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTurns(t *testing.T) {
	const saigon, berlin = "Asia/Ho_Chi_Minh", "Europe/Berlin"
	tests := []struct {
		name, line, zone, from, before, next string
	}{
		{"first of the month", "0 0 6 1 * *", saigon, "2026-03-10T00:00:00Z", "2026-02-28T23:00:00Z", "2026-03-31T23:00:00Z"},
		{"exactly due", "0 0 6 1 * *", saigon, "2026-03-31T23:00:00Z", "2026-03-31T23:00:00Z", "2026-04-30T23:00:00Z"},
		{"every two seconds", "*/2 * * * * *", "", "2026-03-10T10:00:01.5Z", "2026-03-10T10:00:00Z", "2026-03-10T10:00:02Z"},
		{"working days", "0 30 7 * * 1-5", "", "2026-03-14T12:00:00Z", "2026-03-13T07:30:00Z", "2026-03-16T07:30:00Z"},
		{"day or weekday", "0 0 0 13 * 5", "", "2026-03-12T00:00:00Z", "2026-03-06T00:00:00Z", "2026-03-13T00:00:00Z"},
		{"list and stepped range", "0 0 8-12/2,20 * * *", "", "2026-03-10T13:00:00Z", "2026-03-10T12:00:00Z", "2026-03-10T20:00:00Z"},
		{"leap day", "0 0 0 29 2 *", "", "2026-03-10T00:00:00Z", "2024-02-29T00:00:00Z", "2028-02-29T00:00:00Z"},
		{"hour left out in spring", "0 30 2 * * *", berlin, "2026-03-29T00:00:00Z", "2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, err := cron.Parse(test.line, test.zone)
			if err != nil {
				t.Fatal(err)
			}
			from := at(t, test.from)
			if got, want := l.Before(from), at(t, test.before); !got.Equal(want) {
				t.Errorf("before %v: got %v, want %v", from, got.UTC(), want)
			}
			if got, want := l.Next(from), at(t, test.next); !got.Equal(want) {
				t.Errorf("next after %v: got %v, want %v", from, got.UTC(), want)
			}
		})
	}
}

func TestBadLines(t *testing.T) {
	tests := []struct{ name, line, zone string }{
		{"five fields", "0 6 1 * *", ""},
		{"empty", "", ""},
		{"too large", "60 * * * * *", ""},
		{"backwards", "0 0 9-7 * * *", ""},
		{"no step", "*/0 * * * * *", ""},
		{"words", "0 0 0 * JAN *", ""},
		{"signed", "+1 * * * * *", ""},
		{"never", "0 0 0 30 2 *", ""},
		{"unknown zone", "* * * * * *", "Mars/Olympus"},
		{"the machine's own zone", "* * * * * *", "Local"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := cron.Parse(test.line, test.zone); !errors.Is(err, cron.ErrLine) {
				t.Errorf("got %v, want ErrLine", err)
			}
		})
	}
}

// TestNextAndBeforeAgree: nothing falls due between a turn and the next, and the
// turn before the next one's moment is that one itself.
func TestNextAndBeforeAgree(t *testing.T) {
	lines := []string{"0 0 6 1 * *", "*/7 3 * * * *", "0 0 0 29 2 *", "15 30 8-18/2 * 3,9 1-5", "0 0 12 13 * 5"}
	rapid.Check(t, func(t *rapid.T) {
		l, err := cron.Parse(rapid.SampledFrom(lines).Draw(t, "line"), "Asia/Ho_Chi_Minh")
		if err != nil {
			t.Fatal(err)
		}
		now := time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "now"), 0)
		next := l.Next(now)
		if got := l.Before(next); !got.Equal(next) {
			t.Fatalf("before %v: %v", next, got)
		}
		if got, want := l.Before(next.Add(-time.Second)), l.Before(now); !got.Equal(want) {
			t.Fatalf("between: %v and %v", got, want)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("0 0 6 1 * *", "Asia/Ho_Chi_Minh")
	f.Add("*/2 1,2-3/1 * * * 0", "")
	f.Fuzz(func(t *testing.T, line, zone string) {
		if l, err := cron.Parse(line, zone); err == nil && l.Next(time.Unix(0, 0)).IsZero() {
			t.Errorf("%q was taken and never falls due", line)
		}
	})
}
