package aggregate

import (
	"testing"
	"time"

	"tonghop/report"
)

// TestOutlook: one rule says which figures are given out unasked, and what they
// are worth, on whatever way they are asked for.
func TestOutlook(t *testing.T) {
	request, syt := report.RequestKey(testRequest), report.ReturnKey(testRequest, "syt")
	one := facts(num("syt", "288", "sum", "3"))
	closeIt := func(h *history) { h.add(request, &report.Closed{Reason: "hết hạn nhận báo cáo"}) }
	approve := func(h *history, e *report.Event) { h.add(syt, &report.Approved{Submission: e.ID}) }
	for _, c := range []struct {
		name                  string
		deeds                 func(h *history)
		official, provisional bool
	}{
		{"approved and open", func(h *history) { approve(h, h.submit("syt", one)) }, false, true},
		{"closed and not approved", func(h *history) { h.submit("syt", one); closeIt(h) }, false, true},
		{"approved and closed", func(h *history) { approve(h, h.submit("syt", one)); closeIt(h) }, true, false},
		{"reopened", func(h *history) {
			approve(h, h.submit("syt", one))
			closeIt(h)
			h.add(request, &report.Reopened{Reason: "có đơn vị gửi bổ sung"})
		}, false, true},
		{"a correction of what was approved waits", func(h *history) {
			approve(h, h.submit("syt", one))
			h.submit("syt", one)
			closeIt(h)
		}, false, true},
		{"adjusted since", func(h *history) {
			v1 := h.submit("syt", one)
			approve(h, v1)
			h.add(syt, &report.Adjusted{Submission: v1.ID, Unit: "syt", Place: "288", Indicator: "sum", Reason: "theo biên bản đối chiếu"})
			closeIt(h)
		}, true, false},
		{"nobody heard", closeIt, true, true},
		{"no approval asked", func(h *history) {
			h.request(2, false, "syt")
			h.submit("syt", one)
			closeIt(h)
		}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHistory(1)
			h.events = h.events[:2]
			h.request(1, true, "syt")
			c.deeds(h)
			f := folded(h.events)
			check := func(what string, official, provisional bool) {
				t.Helper()
				if official != c.official || provisional != c.provisional {
					t.Errorf("%s: official %t, provisional %t; want %t, %t", what, official, provisional, c.official, c.provisional)
				}
			}
			r, err := f.state.Rollup(&f.ledger, Query{Request: testRequest})
			if err != nil {
				t.Fatal(err)
			}
			check("roll-up", r.Official, r.Provisional)
			s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, false)
			if err != nil {
				t.Fatal(err)
			}
			check("summary", s.Official, s.Provisional)
			e, err := f.state.Explain(&f.ledger, Question{Request: testRequest, Indicator: "sum"})
			if err != nil {
				t.Fatal(err)
			}
			check("explanation", e.Official, e.Provisional)
			v := View{Books: &report.Books{}, state: State{slots: f.state.slots}}
			v.Books.Read(func(l *report.Ledger) { *l = f.ledger })
			b, err := v.Board(testRequest, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			check("board", c.official, b.Provisional)
		})
	}
}
