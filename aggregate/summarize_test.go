package aggregate

import (
	"errors"
	"testing"
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
	"tonghop/report/decimal"
	"tonghop/report/fault"
)

// dueHistory is a request with a due date: trước ngày 21/3/2021.
func dueHistory() *history {
	h := newHistory(1)
	h.events = h.events[:2]
	h.add(report.RequestKey(testRequest), &report.RequestApplied{Revision: 1, Request: &report.Request{
		Code: testRequest, Definition: "d", Version: "1", Register: "hd", Registered: "1", Place: "30", Agencies: testAgencies,
		Due: calendar.DueRule{Wording: calendar.Before, Date: calendar.MustDate("2021-03-21")},
	}})
	return h
}

func TestAgencyStates(t *testing.T) {
	key := report.ReturnKey(testRequest, "syt")
	one := facts(num("syt", "288", "sum", "3"))
	for _, c := range []struct {
		name  string
		deeds func(h *history)
		state report.AgencyState
		late  calendar.Standing
	}{
		{"did nothing", func(*history) {}, report.AgencyMissing, calendar.NotJudged},
		{"submitted in time", func(h *history) { h.submit("syt", one) }, report.AgencySubmitted, calendar.OnTime},
		{"submitted late", func(h *history) { h.now = h.now.AddDate(0, 0, 5); h.submit("syt", one) }, report.AgencySubmitted, calendar.Late},
		{"a late correction of a timely report is timely", func(h *history) {
			h.submit("syt", one)
			h.now = h.now.AddDate(0, 0, 5)
			h.submit("syt", one)
		}, report.AgencySubmitted, calendar.OnTime},
		{"approved", func(h *history) { h.add(key, &report.Approved{Submission: h.submit("syt", one).ID}) }, report.AgencyApproved, calendar.OnTime},
		{"sent back", func(h *history) {
			h.add(key, &report.Returned{Submission: h.submit("syt", one).ID, Reason: "số liệu chưa khớp"})
		}, report.AgencyReturned, calendar.NotJudged},
		{"sent back, and mended late", func(h *history) {
			h.add(key, &report.Returned{Submission: h.submit("syt", one).ID, Reason: "số liệu chưa khớp"})
			h.now = h.now.AddDate(0, 0, 5)
			h.submit("syt", one)
		}, report.AgencySubmitted, calendar.Late},
		{"taken back", func(h *history) {
			h.add(key, &report.Withdrawn{Submission: h.submit("syt", one).ID, Reason: "nhầm tệp báo cáo"})
		}, report.AgencyWithdrawn, calendar.NotJudged},
		{"taken back, and the version before stands", func(h *history) {
			h.submit("syt", one)
			h.now = h.now.AddDate(0, 0, 5)
			h.add(key, &report.Withdrawn{Submission: h.submit("syt", one).ID, Reason: "nhầm tệp báo cáo"})
		}, report.AgencySubmitted, calendar.OnTime},
		{"came after the close", func(h *history) {
			h.add(report.RequestKey(testRequest), &report.Closed{Reason: "hết hạn nhận báo cáo"})
			h.submit("syt", one)
		}, report.AgencyHeld, calendar.OnTime},
		{"refused", func(h *history) {
			h.add(key, &report.Received{Upload: "u1"})
			h.add(key, &report.Checked{Upload: "u1", Outcome: report.Refused, Draft: report.Draft{Findings: fault.List{fault.New(fault.NotWhole)}}})
		}, report.AgencyRefused, calendar.NotJudged},
		{"checked, not submitted", func(h *history) {
			h.add(key, &report.Received{Upload: "u1"})
			h.add(key, &report.Checked{Upload: "u1", Outcome: report.Ready})
		}, report.AgencyReady, calendar.NotJudged},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := dueHistory()
			c.deeds(h)
			f := folded(h.events)
			s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, false)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Agencies[0]; got.State != c.state || got.Timeliness.Standing != c.late {
				t.Errorf("got %s, %q; want %s, %q", got.State, got.Timeliness.Standing, c.state, c.late)
			}
		})
	}
}

// TestAdjustedInAnyOrder: figures that the coordinator changed are known for
// changed, in whatever order they were.
func TestAdjustedInAnyOrder(t *testing.T) {
	h := newHistory(1)
	id := h.submit("syt", facts(num("syt", "288", "sum", "3"), num("syt", "290", "sum", "4"), num("syt", "30T", "sum", "5"))).ID
	for _, place := range []string{"30T", "288", "290"} {
		h.add(report.ReturnKey(testRequest, "syt"), &report.Adjusted{Submission: id, Unit: "syt", Place: place, Indicator: "sum", New: decimal.FromInt(9), Reason: "theo biên bản"})
	}
	f := folded(h.events)
	for _, place := range []string{"288", "290", "30T"} {
		e, err := f.state.Explain(&f.ledger, Question{Request: testRequest, Agency: "syt", Place: place, Indicator: "sum"})
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Sources) != 1 || !e.Sources[0].Adjusted {
			t.Errorf("%s: %+v is not said to be adjusted", place, e.Sources)
		}
	}
}

func TestNotes(t *testing.T) {
	h := dueHistory()
	h.submit("syt", facts(num("syt", "288", "dec", "3.5"), num("syt", "290", "sum", "1")))
	h.now = h.now.AddDate(0, 0, 5)
	v2 := h.submit("syt", facts(num("syt", "288", "dec", "4.5"), num("syt", "288", "sum", "2")))
	h.submit("sgd", facts(num("sgd", "288", "dec", "1"), num("sgd", "288", "some", "9")))
	old := decimal.MustParse("4.5")
	h.add(report.ReturnKey(testRequest, "syt"), &report.Adjusted{Submission: v2.ID, Unit: "syt", Place: "288", Indicator: "dec", Old: &old, New: decimal.FromInt(5), Reason: "theo biên bản"})
	f := folded(h.events)
	s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, false)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range s.Notes {
		line := n.Kind + " " + n.Agency + " " + n.Place + " " + n.Indicator + ": " + n.Words
		if n.Fault != nil {
			line += string(n.Fault.Code)
		}
		got = append(got, line)
	}
	want := []string{
		"missing hpn  : Chưa có báo cáo được tính.",
		"missing bao  : Chưa có báo cáo được tính.",
		"late sgd  : W718",
		"repeats   dec: Cộng từ nhiều nguồn, có thể trùng.",
		"corrected syt 288 dec: Bản 2 thay bản 1: 3,5 → 4,5.",
		"corrected syt 288 sum: Bản 2 thay bản 1: không có số liệu → 2.",
		"corrected syt 290 sum: Bản 2 thay bản 1: 1 → không có số liệu.",
		"adjusted syt 288 dec: Điều chỉnh: 4,5 → 5. Lý do: theo biên bản",
		"outside sgd 288 some: 9S218",
	}
	if len(got) != len(want) {
		t.Fatalf("got %d notes: %q", len(got), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("note %d: got %q, want %q", i, got[i], want[i])
		}
	}
}

// TestProvisional: figures are TẠM TÍNH until the request is closed and everyone
// was heard; where no approval is asked, all are official then.
func TestProvisional(t *testing.T) {
	h := dueHistory()
	for _, a := range testAgencies {
		h.submit(a, report.Draft{Nil: true})
	}
	f := folded(h.events)
	check := func(official, want bool) {
		t.Helper()
		s, err := f.state.Summarize(&f.ledger, testRequest, time.Time{}, official)
		if err != nil {
			t.Fatal(err)
		}
		if s.Provisional != want {
			t.Errorf("provisional %t, want %t", s.Provisional, want)
		}
	}
	check(true, true) // still open
	f.take(h.add(report.RequestKey(testRequest), &report.Closed{Reason: "hết hạn nhận báo cáo"}))
	check(true, false)
	check(false, false)
	f.take(h.add(report.RequestKey(testRequest), &report.Reopened{Reason: "có đơn vị gửi bổ sung"}))
	check(true, true)
}

func TestSummarizeRefuses(t *testing.T) {
	f := small()
	if _, err := f.state.Summarize(&f.ledger, "x", time.Time{}, false); !errors.Is(err, fault.RequestUnknown) {
		t.Errorf("got %v, want %s", err, fault.RequestUnknown)
	}
}

// TestExplainedNote: an answer to all findings of a code stands beside the first
// of them, not beside nothing.
func TestExplainedNote(t *testing.T) {
	first := fault.New(fault.RuleToExplain, fault.A("text", "Quá cao")).At("Biểu 3", "M15")
	s := &report.Submission{Draft: &report.Draft{Findings: fault.List{first, first.At("Biểu 3", "M16")}}}
	for name, tt := range map[string]struct{ sheet, cell, want string }{
		"of the code":         {"", "", "M15"},
		"of a cell":           {"Biểu 3", "M16", "M16"},
		"of nothing on paper": {"Biểu 3", "M17", "M17"},
	} {
		n := explained("syt", s, report.Explanation{Code: string(first.Code), Sheet: tt.sheet, Cell: tt.cell, Reason: "Có nhà tình nghĩa"})
		if n.Fault == nil || n.Fault.Cell != tt.want {
			t.Errorf("%s: beside %v, want the cell %s", name, n.Fault, tt.want)
		}
	}
}
