package ingest

import "tonghop/report"

// EnvOf gives what an agency's uploads for a request are read by, as the ledger
// has it now: the request's definition and register, and what the agency said
// for the period before. The result may be kept after the ledger moves on.
func EnvOf(l *report.Ledger, book *report.RequestBook, agency string) Env {
	env := Env{
		Request:    book.Request,
		Definition: l.Definition(book.Request.Definition, book.Request.Version),
		Register:   l.Register(book.Request.Register, book.Request.Registered),
		Agency:     agency,
		Answers:    l.Answers(book.Request.Definition, agency),
	}
	if before := Before(l, book, agency); before != nil {
		env.Previous = before.Figures() // facts are immutable
		env.PreviousRequest = l.Before(book).Code
	}
	return env
}

// Before gives what counts of an agency's return for the period before a
// request's; nil when nothing of it does.
func Before(l *report.Ledger, book *report.RequestBook, agency string) *report.Submission {
	before := l.Before(book)
	if before == nil {
		return nil
	}
	ret := before.Returns()[agency]
	if ret == nil {
		return nil
	}
	return ret.Standing
}
