package ingest

import (
	"context"
	"slices"
	"time"

	"tonghop/report"
	"tonghop/report/fault"
)

// Answer says what is meant by the words of a question.
type Answer struct {
	Question string `json:"question"` // key
	Choice   string `json:"choice"`   // code of a candidate, or "-" for none of them: what was asked about is left out
}

// Answer takes the answers to questions about an upload, and has it read again with
// them where nothing was submitted of it: the result comes without the file being
// sent once more, and what came to be submitted in one go is, when nothing stands
// against it any more. The answers hold for that agency and every version of the
// form; a new one takes the place of the old. Saying what is remembered already
// changes nothing.
//
// Faults: who may, request closed, upload unknown or still being checked, a question
// that it does not ask, a choice that the question does not offer.
func (d *Desk) Answer(ctx context.Context, actor report.Actor, request, agency, upload string, answers []Answer) error {
	if err := allow(actor, report.ActAnswer, agency); err != nil {
		return err
	}
	_, err := d.decide(ctx, report.ReturnKey(request, agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		book, ret, err := openReturn(l, request, agency)
		if err != nil {
			return nil, err
		}
		if err := mustBeOpen(book, now); err != nil {
			return nil, err
		}
		attempt := ret.Attempt(upload)
		switch {
		case attempt == nil:
			return nil, fault.New(fault.UploadUnknown, fault.A("upload", upload))
		case attempt.State == report.StateChecking:
			return nil, fault.New(fault.StillChecking, fault.A("upload", attempt.Received.Number))
		}
		bodies, err := answered(l, book, agency, attempt, answers)
		if err != nil {
			return nil, err
		}
		// Another process may have read the upload before it heard of an answer that
		// is remembered by now.
		unheard := slices.ContainsFunc(answers, func(a Answer) bool { return attempt.Checked.Draft.Question(a.Question).Choice != a.Choice })
		if len(bodies) > 0 || unheard || readAgain(l, book, agency, attempt) {
			bodies = append(bodies, reread(ret, attempt)...)
		}
		return bodies, nil
	})
	return err
}

// answered judges answers and gives those that say something new.
func answered(l *report.Ledger, book *report.RequestBook, agency string, a *report.Attempt, answers []Answer) (bodies []report.Body, err error) {
	if len(answers) == 0 {
		return nil, fault.Parameter("answers", "", "ít nhất một câu trả lời", "at least one answer")
	}
	form := book.Request.Definition
	known := l.Answers(form, agency)
	var wrong fault.List
	for i, given := range answers {
		q := a.Checked.Draft.Question(given.Question)
		switch {
		case q == nil:
			wrong = append(wrong, fault.Parameter("question", clipped(given.Question), "mã của một câu hỏi trong kết quả kiểm tra của lần nộp này", "the key of a question that the findings of this upload ask"))
			continue
		case !q.Offers(given.Choice):
			offered := choicesOf(q.Candidates)
			wrong = append(wrong, fault.Parameter("choice", clipped(given.Choice), "một trong: "+offered+"; hoặc "+report.ChoiceNone, "one of: "+offered+"; or "+report.ChoiceNone))
			continue
		case slices.ContainsFunc(answers[:i], func(b Answer) bool { return b.Question == given.Question }):
			wrong = append(wrong, fault.Parameter("question", clipped(given.Question), "mỗi câu hỏi được trả lời một lần", "each question answered once"))
			continue
		}
		if old, holds := known.Choice(q.Key); holds && old.Choice == given.Choice {
			continue
		}
		body := &report.Answered{Definition: form, Question: q.Key, About: q.Kind, Form: q.Form, Words: q.Words, Upload: a.Received.Upload, Choice: given.Choice}
		if c := q.Candidate(given.Choice); c != nil {
			body.Name = c.Name
		}
		bodies = append(bodies, body)
	}
	if len(wrong) == 1 {
		return nil, wrong[0]
	}
	return bodies, wrong.Err()
}

// reread asks that an upload be read again, for what it came for. What was submitted
// stays as it was read, and what was submitted after it is not to be replaced by it:
// such an upload is read again only when somebody hands it in anew.
func reread(ret *report.Return, a *report.Attempt) []report.Body {
	if a.Submission != nil || overtaken(ret, a.Received.Upload, a.AskedAt) {
		return nil
	}
	again := *a.Received
	again.Submit, again.IdemID = a.Submit, ""
	return []report.Body{&again}
}

// Forget withdraws a remembered answer, so that it is asked again. The newest upload
// of each open request of the form that was read with it is read again, unless it was
// submitted.
//
// Faults: who may, nothing remembered, a reason too short.
func (d *Desk) Forget(ctx context.Context, actor report.Actor, definition, agency, question, reason string) error {
	if err := allow(actor, report.ActForget, agency); err != nil {
		return err
	}
	if err := CheckReason(reason); err != nil {
		return err
	}
	var held report.Remembered
	var found bool
	var requests []string
	d.Books.Read(func(l *report.Ledger) {
		held, found = l.Answers(definition, agency).Choice(question)
		for _, code := range l.RequestCodes() {
			if l.Request(code).Request.Definition == definition {
				requests = append(requests, code)
			}
		}
	})
	if !found {
		return fault.Parameter("question", clipped(question), "mã của một câu trả lời đang được nhớ của đơn vị này", "the key of an answer that is remembered of this agency")
	}
	// The withdrawal stands where the answer does. Those who read by it come after.
	_, err := d.decide(ctx, report.ReturnKey(held.Request, agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		current, holds := l.Answers(definition, agency).Choice(question)
		if !holds || current.ID != held.ID {
			return nil, nil // withdrawn already, or answered anew
		}
		return []report.Body{&report.Answered{
			Definition: definition, Question: question, About: held.About, Form: held.Form, Words: held.Words, Upload: held.Upload, Reason: reason,
		}}, nil
	})
	for _, request := range requests {
		if err != nil {
			return err
		}
		err = d.rereadNewest(ctx, actor, request, agency)
	}
	return err
}

// rereadNewest asks that the newest upload of a return be read again, where its
// outcome does not hold.
func (d *Desk) rereadNewest(ctx context.Context, actor report.Actor, request, agency string) error {
	_, err := d.decide(ctx, report.ReturnKey(request, agency), actor, func(l *report.Ledger, now time.Time) ([]report.Body, error) {
		book := l.Request(request)
		if book == nil || book.IsClosed(now) {
			return nil, nil
		}
		ret := book.Returns()[agency]
		if ret == nil || len(ret.Attempts) == 0 {
			return nil, nil
		}
		newest := ret.Attempts[len(ret.Attempts)-1]
		if newest.State == report.StateChecking || !readAgain(l, book, agency, newest) {
			return nil, nil
		}
		return reread(ret, newest), nil
	})
	return err
}
