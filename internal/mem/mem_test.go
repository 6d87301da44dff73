package mem_test

import (
	"testing"
	"time"

	"tonghop/internal/mem"
	"tonghop/report"
	"tonghop/report/reporttest"
)

func TestJournal(t *testing.T) {
	reporttest.TestJournal(t, func(*testing.T) report.Journal { return new(mem.Journal) })
}

func TestInbox(t *testing.T) {
	reporttest.TestInbox(t, func(_ *testing.T, patience time.Duration) (report.Journal, report.Inbox) {
		j := new(mem.Journal)
		return j, &mem.Inbox{Journal: j, Patience: patience}
	})
}

func TestFiles(t *testing.T) {
	reporttest.TestFiles(t, func(*testing.T) report.Files { return new(mem.Files) })
}

func TestSnapshots(t *testing.T) {
	reporttest.TestSnapshots(t, func(*testing.T) (report.Journal, report.Snapshots) {
		j := new(mem.Journal)
		return j, &mem.Snapshots{Journal: j}
	})
}

func TestSchedules(t *testing.T) {
	reporttest.TestSchedules(t, func(*testing.T) report.Schedules { return new(mem.Schedules) })
}

// TestOwnClock: with a clock of its own nothing in the package waits for the
// machine's.
func TestOwnClock(t *testing.T) {
	now := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	s := &mem.Schedules{Now: func() time.Time { return now }}
	if err := s.Set(t.Context(), "monthly", "0 0 6 1 * *", "Asia/Ho_Chi_Minh", time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	now = time.Date(2027, 2, 15, 0, 0, 0, 0, time.UTC) // three turns missed are one fire, of the last
	f, err := s.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2027, 1, 31, 23, 0, 0, 0, time.UTC); !f.Due.Equal(want) {
		t.Errorf("due: got %v, want %v", f.Due, want)
	}
}
