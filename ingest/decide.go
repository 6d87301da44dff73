package ingest

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// Submit makes a checked upload the next version of the return ("" for the
// newest that was not refused), with the explanations its findings ask for; those
// that the upload brought itself need not be given again. Submitting what stands
// already changes nothing. An upload whose questions were answered, or an answer to
// them withdrawn, after it was read is read again first.
//
// Faults: who may, request closed, upload unknown, still being checked, not
// ready, superseded, explanation missing or too short.
func (d *Desk) Submit(ctx context.Context, actor report.Actor, request, agency, upload string, explain []report.Explanation) error {
	if err := allow(actor, report.ActSubmit, agency); err != nil {
		return err
	}
	var overtook *fault.Fault // an answer came after the outcome
	_, err := d.decide(ctx, report.ReturnKey(request, agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		overtook = nil
		book, ret, err := openReturn(l, request, agency)
		if err != nil {
			return nil, err
		}
		if err := mustBeOpen(book, now); err != nil {
			return nil, err
		}
		attempt := pickAttempt(ret, upload)
		if attempt == nil {
			return nil, fault.New(fault.UploadUnknown, fault.A("upload", upload))
		}
		if stands(attempt.State) {
			return nil, nil
		}
		explain := explanationsOf(attempt, explain)
		if err := submittable(ret, attempt, explain); err != nil {
			return nil, err
		}
		if attempt.Submission == nil && l.AnsweredSince(book.Request.Definition, agency, attempt.Checked.Draft.Questions, attempt.CheckedAt) {
			f := fault.New(fault.StillChecking, fault.A("upload", attempt.Received.Number))
			overtook = &f
			again := *attempt.Received
			again.Submit, again.IdemID = false, ""
			return []report.Body{&again}, nil
		}
		return []report.Body{&report.Submitted{Version: ret.NextVersion(), Upload: attempt.Received.Upload, Explanations: explain}}, nil
	})
	if err == nil && overtook != nil {
		return *overtook
	}
	return err
}

func stands(s report.UploadState) bool {
	return s == report.StateSubmitted || s == report.StateApproved
}

// pickAttempt finds the upload that is to be submitted; nil when there is none.
// Without a name it is the newest that was not refused: one that is still being
// checked is waited for, it may be meant. Where all were refused it is the newest
// of them, to be told why it cannot be submitted.
func pickAttempt(ret *report.Return, upload string) *report.Attempt {
	switch {
	case ret == nil || len(ret.Attempts) == 0:
		return nil
	case upload != "":
		return ret.Attempt(upload)
	}
	for _, a := range slices.Backward(ret.Attempts) {
		if a.State != report.StateRefused {
			return a
		}
	}
	return ret.Attempts[len(ret.Attempts)-1]
}

// submittable is nil when the attempt may become a submission.
func submittable(ret *report.Return, a *report.Attempt, explain []report.Explanation) error {
	upload := fault.A("upload", a.Received.Number)
	if a.Checked == nil {
		return fault.New(fault.StillChecking, upload)
	}
	if a.Checked.Outcome != report.Ready {
		return fault.New(fault.NotReady, upload, fault.A("count", strconv.Itoa(blocking(a.Checked.Draft.Findings))))
	}
	if a.State == report.StateSuperseded && a.Submission != nil {
		return fault.New(fault.Superseded, fault.A("version", strconv.Itoa(a.Submission.Version)),
			fault.A("newest", strconv.Itoa(ret.NextVersion()-1)))
	}
	return explained(a.Checked.Draft.Findings, explain)
}

func blocking(findings fault.List) int {
	n := 0
	for _, f := range findings {
		if f.Severity.Blocks() {
			n++
		}
	}
	return n
}

// explained is nil when every finding that asks for an explanation has one. An
// explanation without a cell answers every finding of its code.
func explained(findings fault.List, given []report.Explanation) error {
	for _, e := range given {
		if err := reasonOf(e.Reason, report.MinExplanation); err != nil {
			return err
		}
	}
	open := 0
	for _, f := range findings {
		if f.Severity == fault.Explain && !slices.ContainsFunc(given, func(e report.Explanation) bool { return e.Answers(f) }) {
			open++
		}
	}
	if open > 0 {
		return fault.New(fault.ExplanationMissing, fault.A("count", strconv.Itoa(open)))
	}
	return nil
}

// Withdraw takes the submission that stands back and gives its version; the one
// before it stands again. With version not 0 it must be the one that stands, so
// that a request sent twice takes back one version and not two. What is approved
// can only be sent back by the coordinator. A person is asked for a reason by the
// page and by the command line; a program, which keeps to the published contract,
// may give none ("").
func (d *Desk) Withdraw(ctx context.Context, actor report.Actor, request, agency string, version int, reason string) (int, error) {
	if err := allow(actor, report.ActWithdraw, agency); err != nil {
		return 0, err
	}
	return d.onStanding(ctx, actor, request, agency, version, fault.NothingToWithdraw, func(s *report.Submission) ([]report.Body, error) {
		if s.Approval != nil {
			return nil, fault.New(fault.AlreadyApproved, fault.A("version", strconv.Itoa(s.Version)))
		}
		if reason != "" {
			if err := CheckReason(reason); err != nil {
				return nil, err
			}
		}
		return []report.Body{&report.Withdrawn{Submission: s.ID, Reason: reason}}, nil
	})
}

// Approve makes the submission that stands official. With version not 0 it must
// be the one that stands: the reviewer approves what was seen. Approving twice
// changes nothing.
func (d *Desk) Approve(ctx context.Context, actor report.Actor, request, agency string, version int, note string) error {
	if err := allow(actor, report.ActReview, agency); err != nil {
		return err
	}
	_, err := d.onStanding(ctx, actor, request, agency, version, fault.NothingSubmitted, func(s *report.Submission) ([]report.Body, error) {
		if s.Approval != nil {
			return nil, nil
		}
		return []report.Body{&report.Approved{Submission: s.ID, Note: note}}, nil
	})
	return err
}

// Return sends the submission that stands back, with a reason and the cells it
// is about, and gives its version: it counts no longer, nor do those before it.
func (d *Desk) Return(ctx context.Context, actor report.Actor, request, agency string, version int, reason string, cells []string) (int, error) {
	if err := allow(actor, report.ActReview, agency); err != nil {
		return 0, err
	}
	return d.onStanding(ctx, actor, request, agency, version, fault.NothingSubmitted, func(s *report.Submission) ([]report.Body, error) {
		if err := CheckReason(reason); err != nil {
			return nil, err
		}
		return []report.Body{&report.Returned{Submission: s.ID, Reason: reason, Cells: cells}}, nil
	})
}

// onStanding decides about the submission that stands, and gives its version.
func (d *Desk) onStanding(ctx context.Context, actor report.Actor, request, agency string, version int, none fault.Code, judge func(*report.Submission) ([]report.Body, error)) (stood int, err error) {
	_, err = d.decide(ctx, report.ReturnKey(request, agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		_, s, err := standing(l, request, agency, version, none, now)
		if err != nil {
			return nil, err
		}
		stood = s.Version
		return judge(s)
	})
	return stood, err
}

// standing finds the submission that stands in an open request. A version that
// is not 0 must be its version.
func standing(l *report.Ledger, request, agency string, version int, none fault.Code, now time.Time) (*report.RequestBook, *report.Submission, error) {
	book, ret, err := openReturn(l, request, agency)
	if err != nil {
		return nil, nil, err
	}
	if err := mustBeOpen(book, now); err != nil {
		return nil, nil, err
	}
	if ret == nil || ret.Standing == nil {
		return nil, nil, fault.New(none, fault.A("agency", agency))
	}
	if s := ret.Standing; version != 0 && version != s.Version {
		if version > 0 && version < s.Version {
			return nil, nil, fault.New(fault.Superseded, fault.A("version", strconv.Itoa(version)), fault.A("newest", strconv.Itoa(s.Version)))
		}
		return nil, nil, fault.New(fault.VersionUnknown, fault.A("agency", agency), fault.A("version", strconv.Itoa(version)))
	}
	return book, ret.Standing, nil
}

// Close closes a request: nothing submitted until it is reopened counts.
// Closing what is closed changes nothing.
func (d *Desk) Close(ctx context.Context, actor report.Actor, request, reason string) error {
	return d.onRequest(ctx, actor, request, func(book *report.RequestBook, now time.Time) ([]report.Body, error) {
		if book.IsClosed(now) {
			return nil, nil
		}
		return []report.Body{&report.Closed{Reason: reason}}, nil
	})
}

// Reopen opens a closed request again, with a reason.
func (d *Desk) Reopen(ctx context.Context, actor report.Actor, request, reason string) error {
	return d.onRequest(ctx, actor, request, func(book *report.RequestBook, now time.Time) ([]report.Body, error) {
		if !book.IsClosed(now) {
			return nil, fault.New(fault.RequestNotClosed, fault.A("request", request))
		}
		if err := CheckReason(reason); err != nil {
			return nil, err
		}
		return []report.Body{&report.Reopened{Reason: reason}}, nil
	})
}

func (d *Desk) onRequest(ctx context.Context, actor report.Actor, request string, judge func(*report.RequestBook, time.Time) ([]report.Body, error)) error {
	if err := allow(actor, report.ActClose, ""); err != nil {
		return err
	}
	_, err := d.decide(ctx, report.RequestKey(request), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		book := l.Request(request)
		if book == nil {
			return nil, fault.New(fault.RequestUnknown, fault.A("request", request))
		}
		return judge(book, now)
	})
	return err
}
