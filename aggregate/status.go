package aggregate

import (
	"time"

	"tonghop/report"
	"tonghop/report/calendar"
)

// statuses gives who reported and when, in roster order.
func (f *figures) statuses(official bool) []report.AgencyStatus {
	due, known := DueOf(f.request, f.definition)
	out := make([]report.AgencyStatus, len(f.request.Agencies))
	for i, agency := range f.request.Agencies {
		out[i] = statusOf(agency, f.book.Returns()[agency], official)
		if known && !out[i].ReceivedAt.IsZero() {
			out[i].Timeliness = due.Judge(out[i].ReceivedAt)
		}
	}
	return out
}

// statusOf gives where one agency stands. r is nil for one that did nothing.
func statusOf(agency string, r *report.Return, official bool) report.AgencyStatus {
	s := report.AgencyStatus{Agency: agency, State: report.AgencyMissing}
	if r == nil {
		return s
	}
	s.State, s.Versions = stateOf(r), len(r.Submissions)
	s.ReceivedAt = receivedAt(r)
	if n := len(r.Attempts); n > 0 {
		newest := r.Attempts[n-1]
		s.Newest, s.Findings = newest.State, blocking(newest)
	}
	counts := r.Standing
	if official {
		counts = r.Official
	}
	if counts == nil {
		return s
	}
	s.Version, s.CountsAt, s.Upload = counts.Version, counts.At, counts.Upload
	s.Nil, s.Approved, s.Explanations = counts.Draft.Nil, counts.Approval != nil, counts.Explanations
	if a := r.Attempt(counts.Upload); a != nil {
		s.File, s.SHA256 = a.Received.Name, a.Received.SHA256
	}
	return s
}

// receivedAt is when the agency reported: when the first came of what it neither
// took back nor had sent back. A correction does not make a report late, and what
// was no report does not make one early. The zero time when there is none.
func receivedAt(r *report.Return) time.Time {
	for _, s := range r.Submissions {
		if s.Withdrawal == nil && s.Sent == nil {
			return s.ReceivedAt
		}
	}
	return time.Time{}
}

// stateOf gives the state of an agency from what it did: the submission that
// stands, and otherwise what became of its newest attempt.
func stateOf(r *report.Return) report.AgencyState {
	if s := r.Standing; s != nil {
		if s.Approval != nil {
			return report.AgencyApproved
		}
		return report.AgencySubmitted
	}
	if len(r.Attempts) == 0 {
		return report.AgencyMissing
	}
	switch r.Attempts[len(r.Attempts)-1].State {
	case report.StateRefused:
		return report.AgencyRefused
	case report.StateReady:
		return report.AgencyReady
	case report.StateReturned:
		return report.AgencyReturned
	case report.StateWithdrawn:
		return report.AgencyWithdrawn
	case report.StateHeld:
		return report.AgencyHeld
	}
	return report.AgencyMissing
}

func blocking(a *report.Attempt) int {
	n := 0
	if a.Checked != nil {
		for _, f := range a.Checked.Draft.Findings {
			if f.Severity.Blocks() {
				n++
			}
		}
	}
	return n
}

// DueOf gives the due date of a request: its rule over its period, with the days
// off of Vietnam. False when the rule or the period says too little to know.
func DueOf(r *report.Request, d *report.Definition) (calendar.Due, bool) {
	period, err := r.PeriodUnder(d)
	if err != nil && r.Due.Date.IsZero() {
		return calendar.Due{}, false
	}
	due, err := r.Due.Compute(period, calendar.VietnamHolidays())
	return due, err == nil && !due.IsZero()
}
