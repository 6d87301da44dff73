package portal

import (
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
)

// TestDueIsNeverEmpty: a due day that cannot be computed is said to be so, on
// the board and on the pages.
func TestDueIsNeverEmpty(t *testing.T) {
	def := &report.Definition{}
	for want, due := range map[string]calendar.DueRule{
		"không định hạn": {},
		"chưa tính được": {Wording: calendar.Within, WorkingDays: 5},
	} {
		req := &report.Request{Period: "2077-M01", Due: due}
		if got := dueOf(req, def); got.Wording != want || got.Strict != "" {
			t.Errorf("%+v: %+v, want %q", due, got, want)
		}
		if got := deadlineOf(req, def, time.Now()); got.Words.VI != want {
			t.Errorf("%+v on a page: %+v", due, got)
		}
	}
}
