package reporttest

import (
	"context"
	"errors"
	"testing"
	"time"

	"tonghop/report"
)

// TestSchedules holds schedules to the contract of report.Schedules. Open gives
// none, on the machine's own clock.
func TestSchedules(t *testing.T, open func(t *testing.T) report.Schedules) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, report.Schedules)
	}{
		{"once", testOnce},
		{"again and again", testAgain},
		{"replaced and removed", testReplaced},
		{"refused", testBadSchedule},
		{"next ends with its context", testFireEnds},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel() // most of it is waiting
			test.run(t, open(t))
		})
	}
}

func set(t *testing.T, s report.Schedules, name, cron string, at time.Time, body string) {
	t.Helper()
	if err := s.Set(within(t), name, cron, "Asia/Ho_Chi_Minh", at, []byte(body)); err != nil {
		t.Fatalf("set %s: %v", name, err)
	}
}

func fire(t *testing.T, s report.Schedules) *report.Fire {
	t.Helper()
	f, err := s.Next(within(t))
	if err != nil {
		t.Fatalf("next: %v", err)
	}
	if err := f.Done(); err != nil {
		t.Errorf("done: %v", err)
	}
	return f
}

func noFire(t *testing.T, s report.Schedules, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if f, err := s.Next(ctx); err == nil {
		t.Errorf("%s fired, due %v", f.Name, f.Due)
	}
}

func testOnce(t *testing.T, s report.Schedules) {
	at := time.Now().Add(300 * time.Millisecond).Truncate(time.Second).Add(time.Second).UTC()
	set(t, s, "deadline", "", at, "đóng")
	f := fire(t, s)
	if f.Name != "deadline" || !f.Due.Equal(at) || string(f.Body) != "đóng" {
		t.Errorf("got %s %q due %v, want deadline due %v", f.Name, f.Body, f.Due, at)
	}
	if now := time.Now(); now.Before(at) {
		t.Errorf("fired %v early", at.Sub(now))
	}
	noFire(t, s, 700*time.Millisecond)
}

func testAgain(t *testing.T, s report.Schedules) {
	set(t, s, "tick", "* * * * * *", time.Time{}, "x")
	var last time.Time
	for range 3 {
		f := fire(t, s)
		if f.Due.Nanosecond() != 0 || !f.Due.After(last) || time.Since(f.Due) > 5*time.Second || time.Now().Before(f.Due) {
			t.Errorf("due %v after %v, it is %v", f.Due, last, time.Now().UTC())
		}
		last = f.Due
	}
}

func testReplaced(t *testing.T, s report.Schedules) {
	set(t, s, "a", "", time.Now().Add(1500*time.Millisecond), "first")
	set(t, s, "b", "", time.Now().Add(1500*time.Millisecond), "never")
	set(t, s, "a", "", time.Now().Add(500*time.Millisecond), "second")
	for range 2 {
		if err := s.Unset(within(t), "b"); err != nil {
			t.Errorf("unset: %v", err)
		}
	}
	if f := fire(t, s); f.Name != "a" || string(f.Body) != "second" {
		t.Errorf("got %s %q, want a \"second\"", f.Name, f.Body)
	}
	noFire(t, s, 1500*time.Millisecond)
}

func testBadSchedule(t *testing.T, s report.Schedules) {
	for _, bad := range []struct{ name, cron, zone string }{
		{"five-fields", "0 6 1 * *", ""},
		{"nonsense", "now and then", ""},
		{"zone", "0 0 6 1 * *", "Mars/Olympus"},
		{"a.b", "0 0 6 1 * *", ""},
		{"", "0 0 6 1 * *", ""},
	} {
		if err := s.Set(within(t), bad.name, bad.cron, bad.zone, time.Time{}, nil); err == nil {
			t.Errorf("schedule %q %q %q was taken", bad.name, bad.cron, bad.zone)
		}
	}
}

func testFireEnds(t *testing.T, s report.Schedules) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the end of the context", err)
	}
}
