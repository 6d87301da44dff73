package ingest

import "tonghop/report"

// EnvOf gives what an agency's uploads for a request are read by, as the ledger
// has it now: the request's definition and register, and what the agency said
// for the period before. The result may be kept after the ledger moves on.
func EnvOf(l *report.Ledger, book *report.RequestBook, agency string) Env {
	return Env{
		Request:    book.Request,
		Definition: l.Definition(book.Request.Definition, book.Request.Version),
		Register:   l.Register(book.Request.Register, book.Request.Registered),
		Agency:     agency,
		Answers:    l.Answers(book.Request.Definition, agency),
		Previous:   previous(l.Before(book), agency),
	}
}

// previous looks figures up in what counts of an agency's return; nil when
// nothing of it does.
func previous(book *report.RequestBook, agency string) func(unit, place, indicator string) report.Value {
	if book == nil {
		return nil
	}
	ret := book.Returns[agency]
	if ret == nil || ret.Standing == nil {
		return nil
	}
	return ret.Standing.Figures().Look // facts are immutable
}
